"""The judge of BatchSizeLive: it fits the line once more, batch by batch, and solves for the best one."""

import functools

import numpy as np

from helpers.widgets import BatchSizeLive
from judges.shared.digits import batches_of
from judges.shared.judging import Judge
from judges.shared.reading import Form, misrounded, reads, untrue

FIT = Form(
    r"Batches of (?P<batch>\d+), learning rate (?P<rate>[\d.]+), step (?P<step>\d+) of 100: (?P<points>[\d,]+) (?P<noun>points?) "
    r"looked at \(epochs: (?P<epochs>[\d.]+)\)\. (?:The line is y = (?P<slope>−?[\d.]+) x (?P<sign>[+−]) (?P<intercept>[\d.]+); the "
    r"loss of all points is (?P<loss>[\d.,]+), the lowest possible (?P<lowest>[\d.]+)|The line is lost: the loss of all points is "
    r"(?P<far>more than a million|[\d.,]+), and was (?P<first>[\d.]+) at the start\. Steps so long that they raised the loss even on "
    r"their own batch: (?P<overshoots>\d+) of (?P<of>\d+))\."
)


@functools.cache
def line_points():
    random = np.random.default_rng(0)
    x = random.uniform(-1, 3, 100)
    return x, 1.2 * x + 0.5 + random.normal(scale=0.7, size=100)


def judge_batch_size_live(settings, sentence, pictured):
    said = FIT.read(sentence)
    x, y = line_points()
    size, rate, step = (settings[name] for name in ("batch_size", "learning_rate", "step"))

    def loss(slope, intercept, x=x, y=y):
        return float(((slope * x + intercept - y) ** 2).mean())

    slope, intercept, overshoots = -1.0, -1.5, 0
    for batch in batches_of(100, size, step):
        bx, by = x[batch], y[batch]
        errors = slope * bx + intercept - by
        before = loss(slope, intercept, bx, by)
        slope, intercept = slope - rate * 2 * (errors * bx).mean(), intercept - rate * 2 * errors.mean()
        overshoots += loss(slope, intercept, bx, by) > before
    now, first = loss(slope, intercept), loss(-1.0, -1.5)
    lowest = loss(*np.linalg.lstsq(np.stack([x, np.ones(100)], axis=1), y, rcond=None)[0])
    found = misrounded(
        said,
        ("batch", size),
        ("rate", rate, {"digits": 3}),
        ("step", step),
        ("points", size * step),
        ("epochs", size * step / 100, {"decimals": 2}),
    ) + untrue(noun=said["noun"] == ("point" if size * step == 1 else "points"))
    if said["far"]:
        found += misrounded(
            said,
            ("far", now, {"digits": 2, "slack": 1e-6 * now}),
            ("first", first, {"digits": 2}),
            ("overshoots", overshoots),
            ("of", step),
        )
        return found + untrue(lost=now > 1.9 * first, too_long_steps=overshoots > 0)
    said["intercept"] = said["sign"].replace("+", "") + said["intercept"]
    found += misrounded(
        said,
        ("slope", slope, {"decimals": 2, "slack": 1e-6}),
        ("intercept", intercept, {"decimals": 2, "slack": 1e-6}),
        ("loss", now, {"digits": 2, "slack": 1e-6}),
        ("lowest", lowest, {"digits": 2}),
    )
    found += [] if f"loss {said['loss']}" in pictured or not pictured else ["the picture says another loss"]
    return found + untrue(not_lost=now < 2.1 * first)


BATCH_SIZE_LIVE = Judge(
    BatchSizeLive,
    reads(judge_batch_size_live),
    special=({"batch_size": 1, "step": 1}, {"batch_size": 1, "learning_rate": 0.5, "step": 100}),
    stops={
        "Press *true SGD*, then the triangle: it begins anew at step 0.": tuple(
            {"batch_size": size, "step": step} for size in (1, 100) for step in (0, 1, 2, 50)
        ),
        "Leave the learning rate alone, and raise the batch size stop by stop.": tuple(
            {"batch_size": size, "learning_rate": 0.2, "step": 60} for size in (1, 2, 5, 10, 20, 50, 100)
        ),
        "find the first learning rate at which even all 100 points lose the line": tuple(
            {"batch_size": 100, "learning_rate": rate, "step": 100} for rate in (0.1, 0.15, 0.2, 0.3, 0.5)
        ),
    },
    tries=150,
)
