"""The judge of WeightSpaceLive: it trains once more, with loops of its own, and fits a plane of its own."""

import functools

import numpy as np

from helpers.widgets import WeightSpaceLive
from judges.shared.digits import (
    batches_of,
    cross_entropy,
    descend,
    draw_kernel,
    half_resolution,
    load_digits,
    run_network,
)
from judges.shared.judging import Judge
from judges.shared.reading import Form, misrounded, reads, untrue

GUESS = np.log(10)


WALK = Form(
    r"60 steps of (?P<batch>[\d,]+) (?P<noun>digits?), learning rate (?P<rate>[\d.]+), momentum (?P<momentum>[\d.]+): the loss of all digits "
    r"is (?P<first>[\d.]+) at the start and (?P<last>[\d.,]+) at the end(?P<guess>, little better than guessing \(2\.30\)|, as with "
    r"guessing|, worse than guessing \(2\.30\))?(?:, and seen up at (?P<highest>[\d.,]+) on the way)?\. (?:(?P<flat>The steps threw the "
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


@functools.lru_cache(maxsize=20)
def walk(learning_rate, momentum, batch_size, nudge=0.0):
    """Return the points of weight space, the loss of all digits at every second, and the hidden units of all digits at the end."""
    x, labels = half_resolution()[:1000], load_digits()[1][:1000]
    drawn = ((x[batch], labels[batch]) for batch in batches_of(1000, batch_size, 60))
    start = [array * (1 + nudge) for array in first_walk()]
    ways = [start, *(weights for _, weights in descend(start, drawn, learning_rate, momentum))]
    losses = np.array([cross_entropy(run_network(weights, x)[1], labels) for weights in ways[::2]])
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
        or (0 < losses.argmax() < 30 and highest > max(first, last) + 0.2),
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
