"""Judges of the explorers that train: each trains once more, with loops of its own, and looks at the whole way."""

import functools

import numpy as np

from helpers.widgets import BatchSizeLive, TrainingLive, WeightSpaceLive
from judges.digits import (
    cross_entropy,
    descend,
    draw_kernel,
    half_resolution,
    load_digits,
    run_network,
)
from judges.judging import Judge
from judges.reading import Form, misrounded, reads, untrue

GUESS = np.log(10)


# WeightSpaceLive

WALK = Form(
    r"60 steps of (?P<batch>[\d,]+) (?P<noun>digits?), learning rate (?P<rate>[\d.]+), momentum (?P<momentum>[\d.]+): the loss of all digits "
    r"is (?P<first>[\d.]+) at the start and (?P<last>[\d.,]+) at the end(?P<guess>, little better than guessing \(2\.30\)|, as with "
    r"guessing|, worse than guessing \(2\.30\))?(?:, and up at (?P<highest>[\d.,]+) on the way)?\. (?:(?P<flat>The steps threw the "
    r"weights out onto flat ground: all 16 hidden units give 0 for every digit, so no gradient reaches them)\. |(?P<silent>\d+) of "
    r"the 16 hidden units give 0 for every digit, so no gradient reaches them\. )?The path is (?P<length>[\d.,]+) long, and the "
    r"plane shows (?P<share>.+ %) of its variance(?P<hidden>: most of what happens is hidden from this picture)?\."
)
BETTER, EQUAL, WORSE = (
    ", little better than guessing (2.30)",
    ", as with guessing",
    ", worse than guessing (2.30)",
)


@functools.cache
def first_walk():
    """Return the weights that every walk starts from."""
    random = np.random.default_rng(0)
    weights = [draw_kernel(random, 196, 16)]
    random.uniform(size=16)
    weights += [np.zeros(16), draw_kernel(random, 16, 10), np.zeros(10)]
    return weights


@functools.lru_cache(maxsize=100)
def batches_of(samples, size, steps):
    random, batches = np.random.default_rng(0), []
    while len(batches) < steps:
        order = random.permutation(samples)
        batches += [order[start : start + size] for start in range(0, samples, size)]
    return batches[:steps]


@functools.lru_cache(maxsize=20)
def walk(learning_rate, momentum, batch_size, nudge=0.0):
    """Return the points of weight space, the loss of all digits at each, and the hidden units of all digits at the end."""
    x, labels = half_resolution()[:1000], load_digits()[1][:1000]
    drawn = ((x[batch], labels[batch]) for batch in batches_of(1000, batch_size, 60))
    start = [array * (1 + nudge) for array in first_walk()]
    ways = [start, *(weights for _, weights in descend(start, drawn, learning_rate, momentum))]
    losses = np.array([cross_entropy(run_network(weights, x)[1], labels) for weights in ways])
    points = np.array([np.concatenate([array.ravel() for array in weights]) for weights in ways])
    return points, losses, run_network(ways[-1], x)[0]


@functools.cache
def plane():
    """Return two directions at right angles in which the four runs that the course learns from are spread most."""
    runs = [walk(*settings)[0] for settings in ((0.1, 0, 32), (0.5, 0, 32), (1.0, 0, 250), (0.1, 0.9, 32))]
    points = np.concatenate(runs)
    moves = points - points.mean(axis=0)
    _, vectors = np.linalg.eigh(moves @ moves.T)
    axes = vectors[:, :-3:-1].T @ moves
    return axes / np.linalg.norm(axes, axis=1, keepdims=True)


def judge_weight_space_live(settings, sentence, pictured):
    said = WALK.read(sentence)
    return believe_one(lambda nudge: hold_walk(settings, said, *walk(**settings, nudge=nudge)), 1e-14)


def believe_one(judge, nudge):
    """Judge by one's own run; if that is chaotic, by any of a few runs that start as far apart as two numbers round."""
    first = judge(0.0)
    # Other settings, and words that do not fit, are not a matter of rounding.
    if not first or len(first) > 4 or judge(nudge) == first:
        return first
    return first if all(judge(times * nudge) for times in (1, -1, 2, -2)) else []


def hold_walk(settings, said, points, losses, hidden):
    moves = points - points.mean(axis=0)
    share = 100 * ((moves @ plane().T) ** 2).sum() / (moves**2).sum()
    length = sum(np.linalg.norm(after - before) for before, after in zip(points, points[1:], strict=False))
    silent = int((hidden.max(axis=0) == 0).sum())
    first, last, highest = losses[0], losses[-1], losses.max()
    found = misrounded(
        said,
        ("batch", settings["batch_size"]),
        ("rate", settings["learning_rate"], {"digits": 3}),
        ("momentum", settings["momentum"], {"digits": 6}),
        ("first", first, {"decimals": 2}),
        ("last", last, {"decimals": 2, "slack": 1e-3}),
        ("length", length, {"decimals": 1, "slack": 1e-3}),
        ("share", share, {"decimals": 0, "slack": 1e-2}),
    )
    if said["highest"]:
        found += misrounded(said, ("highest", highest, {"decimals": 2, "slack": 1e-3}))
    shown = float(said["last"].replace(",", ""))
    kind = {None: last < GUESS, BETTER: last < GUESS, EQUAL: shown == 2.30, WORSE: last > GUESS}
    return found + untrue(
        noun=said["noun"] == ("digit" if settings["batch_size"] == 1 else "digits"),
        the_comparison_with_guessing=kind[said["guess"]],
        guessing_is_not_passed_over=said["guess"] is not None or shown < 2.21,
        nearly_guessing=said["guess"] != BETTER or (2.19 < shown < 2.3),
        higher_on_the_way=said["highest"] is None
        or (0 < losses.argmax() < 60 and highest > max(first, last) + 0.2),
        a_rise_is_not_passed_over=said["highest"] is not None or highest < max(first, last) + 0.31,
        flat_ground=said["flat"] is None or silent == 16,
        silent_units=said["silent"] is None or int(said["silent"]) == silent,
        silence_is_not_passed_over=said["flat"] or said["silent"] or silent < 4,
        hidden=said["hidden"] is None or share < 50,
        most_is_seen=said["hidden"] is not None or share > 49,
    )


RATES = (0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0)

WEIGHT_SPACE_LIVE = Judge(
    WeightSpaceLive,
    reads(judge_weight_space_live),
    special=({"learning_rate": 3.0, "momentum": 0.99, "batch_size": 1},),
    stops={
        "Move the learning rate from its smallest value to its largest, with batches of 32.": tuple(
            {"learning_rate": rate} for rate in RATES[::3]
        ),
        "raise the batch size from 1 to 1,000": tuple({"batch_size": size} for size in (1, 16, 250, 1000)),
        "Set the learning rate to 0.1, and raise the momentum from 0 to 0.99.": tuple(
            {"learning_rate": 0.1, "momentum": momentum} for momentum in (0.0, 0.5, 0.95, 0.99)
        ),
    },
    tries=8,
)


# TrainingLive

TRAINING = Form(
    r"(?P<steps>\d+) steps of (?P<batch>\d+) (?P<noun>digits?), learning rate (?P<rate>[\d.]+), momentum (?P<momentum>[\d.]+): "
    r"(?:the loss grew beyond all numbers at step (?P<stopped>\d+): the steps are far too large|the loss is (?P<first>[\d.]+) on the "
    r"first batch and (?P<last>[\d.,]+) on the last ten, and (?P<share>\d+) of 100 test digits are read correctly(?P<guess>, no "
    r"better than guessing)?)\.(?P<trouble> .+)?"
)
TOO_SMALL = Form(
    r" The steps are too small to arrive anywhere in so few of them: from check to check the loss of the test digits falls, and in "
    r"all only by (?P<fall>[\d.]+)\."
)
FLAT = (
    " The steps threw the weights out onto flat ground: all 32 hidden units give 0 for every test digit, and so all get the same "
    "answer."
)
ONE_ANSWER = Form(
    r" The network gives (?P<same>\d+) of 100 test digits the same answer(?:: (?P<silent>\d+) of its 32 hidden units give 0 for all "
    r"of them)?\."
)


@functools.cache
def training_data():
    train_images, train_labels, test_images, test_labels = load_digits()
    scaled = [(images.reshape(len(images), 784) / np.float32(255)) for images in (train_images, test_images)]
    order = np.random.default_rng(0).permutation(len(train_labels))
    random = np.random.default_rng(0)
    W1 = draw_kernel(random, 784, 32).astype(np.float32)
    W2 = draw_kernel(random, 32, 10).astype(np.float32)
    weights = [W1, np.zeros(32, np.float32), W2, np.zeros(10, np.float32)]
    return (*scaled, train_labels, test_labels, order, weights)


@functools.lru_cache(maxsize=20)
def train(learning_rate, momentum, batch_size, nudge=0.0):
    """Return the loss of each batch, and of the test digits: their losses at every tenth step, answers, and hidden units."""
    x, test_x, labels, test_labels, order, weights = training_data()
    drawn = (order[np.arange(step * batch_size, (step + 1) * batch_size) % len(order)] for step in range(60))
    weights = [array * np.float32(1 + nudge) for array in weights]
    losses, checks, last = [], [], None
    with np.errstate(all="ignore"):
        way = descend(weights, ((x[batch], labels[batch]) for batch in drawn), learning_rate, momentum)
        checks.append(cross_entropy(run_network(weights, test_x)[1], test_labels))
        for step, (loss, weights) in enumerate(way, 1):
            losses.append(float(loss))
            if not np.isfinite(loss):
                break
            if step % 10 == 0:
                last = run_network(weights, test_x)
                checks.append(cross_entropy(last[1], test_labels))
    return np.array(losses), np.array(checks), last


def judge_training_live(settings, sentence, pictured):
    said = TRAINING.read(sentence)
    found = hold_training(settings, said, *train(**settings))
    if 0 < len(found) < 4 and not said["stopped"]:
        # A run is chaotic where others, from starts as far apart as two numbers round in float32, end elsewhere.
        runs = [train(**settings, nudge=times * 1e-6) for times in (0, 1, -1, 2, -2)]
        spread = 2 * np.ptp([losses[-10:].mean() for losses, _, _ in runs])
        if spread > 1e-3:
            found = min((hold_training(settings, said, *run, spread) for run in runs), key=len)
    return found


def hold_training(settings, said, losses, checks, last, spread=0.0):
    labels = load_digits()[3]
    found = misrounded(
        said,
        ("batch", settings["batch_size"]),
        ("rate", settings["learning_rate"], {"digits": 3}),
        ("momentum", settings["momentum"], {"digits": 6}),
        ("steps", len(losses)),
    )
    if said["stopped"] or not np.isfinite(losses[-1]):
        overflow = said["stopped"] == str(len(losses)) and not np.isfinite(losses[-1])
        return found + untrue(overflow=overflow and said["trouble"] is None)
    hidden, scores = last
    answers = scores.argmax(axis=1)
    share = 100 * (answers == labels).mean()
    same = 100 * np.bincount(answers).max() / len(labels)
    silent = int((hidden.max(axis=0) == 0).sum())
    tail = losses[-10:].mean()
    found += misrounded(
        said,
        ("first", losses[0], {"decimals": 2, "slack": 1e-3}),
        ("last", tail, {"decimals": 2, "slack": 1e-3 + 1e-4 * tail + spread}),
        ("share", share, {"decimals": 0, "slack": 0.2 + 100 * spread}),
    )
    found += untrue(
        noun=said["noun"] == ("digit" if settings["batch_size"] == 1 else "digits"),
        no_better_than_guessing=said["guess"] is None or share < 12.2,
        guessing_is_not_passed_over=said["guess"] is not None or share > 11.5,
    )
    trouble = said["trouble"]
    if trouble is None:
        return found + untrue(trouble_is_not_passed_over=silent < 32 and same < 90.3)
    if trouble == FLAT:
        return found + untrue(flat_ground=silent == 32 and same == 100)
    if "same answer" in trouble:
        said = ONE_ANSWER.read(trouble)
        found += misrounded(said, ("same", same, {"decimals": 0, "slack": 0.3}))
        return found + untrue(silent_units=said["silent"] is None or int(said["silent"]) == silent)
    said = TOO_SMALL.read(trouble)
    found += misrounded(said, ("fall", checks[0] - checks[-1], {"decimals": 2, "slack": 1e-3}))
    # What too small steps leave undone, longer steps of the same kind get done.
    longer = train(**settings | {"learning_rate": 4 * settings["learning_rate"]})
    return found + untrue(
        falls_from_check_to_check=(np.diff(checks) < 1e-5).all(),
        little_is_read=share < 25.3,
        longer_steps_arrive_further=longer[1][-1] < checks[-1],
    )


TRAINING_LIVE = Judge(
    TrainingLive,
    reads(judge_training_live),
    special=({"learning_rate": 10.0, "momentum": 0.99, "batch_size": 1},),
    stops={
        "Move the learning rate from its smallest value to its largest.": tuple(
            {"learning_rate": rate} for rate in (0.001, 0.01, 0.1, 0.5, 2.0, 5.0)
        ),
        "Press *crawls*, then raise the momentum to 0.9.": (
            {"learning_rate": 0.001, "momentum": 0.9},
            {"learning_rate": 0.3, "momentum": 0.9},
            {"learning_rate": 1.0},
            {"learning_rate": 1.0, "momentum": 0.9},
        ),
        "Press *one digit a step*, then double the batch size again and again.": tuple(
            {"learning_rate": 0.1, "batch_size": size} for size in (2, 8, 32, 128)
        ),
    },
    tries=12,
)


# BatchSizeLive

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
