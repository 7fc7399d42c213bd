"""The judge of SurfaceLive: the loss along the way of the step, at thousands of places, by the formula of the surface."""

import numpy as np

from helpers.widgets import SurfaceLive
from judges.shared.judging import LOSS, NUMBER, Judge, value
from judges.shared.mathematics import SURFACES

PLACES = np.unique(np.concatenate([np.linspace(0, 1, 3001), np.geomspace(1e-6, 1, 1500)]))
PART = r"(?P<kept>more than 99 %|less than 1 %|−?[\d,]+ %)"
POINT = rf"\((?P<x>{LOSS}), (?P<y>{LOSS})\)"


def hear_step(case):
    loss, slope, limits, _, _ = SURFACES[case.settings["surface"]]
    step = case.settings["step"]
    point = [
        low + (high - low) * (share + 1) / 2
        for (low, high), share in zip(limits, (case.settings["right"], case.settings["up"]), strict=True)
    ]
    gradient = np.array(slope(*point), dtype=float)
    size = float(np.hypot(*gradient))
    way = [here - step * PLACES * part for here, part in zip(point, gradient, strict=True)]
    losses = loss(*way)
    uphill = -(slope(*way)[0] * gradient[0] + slope(*way)[1] * gradient[1])
    start, actual, promise = float(losses[0]), float(losses[-1]), step * size**2
    fine = 1e-8 * promise + 1e-14 * np.abs(losses).max()

    if case.settings["arrows"] == "shown":
        ending = " The small arrows point uphill everywhere."
        case.hold(case.rest.endswith(ending), "the arrows are not named")
        case.rest = case.rest.removesuffix(ending)
    place = case.must(rf"At {POINT} on the surface “{case.settings['surface']}” the loss is (?P<loss>{LOSS})")
    if not place:
        return
    written(case, place, point)
    number(case, place["loss"], start, "the loss")
    if still := case.take(rf" and the gradient is 0: a step of (?P<step>{NUMBER}) times 0 moves nothing\.$"):
        case.number(still["step"], step, "the step", 6)
        case.hold(size < 1e-8, "the gradient is not 0")
        return
    if still := case.take(
        rf", and the ground is so flat that a step of (?P<step>{NUMBER}) changes it by less than a millionth\.$"
    ):
        case.number(still["step"], step, "the step", 6)
        case.hold(np.abs(losses - start).max() < 1e-6 and promise < 1e-6, "it changes the loss by more")
        return
    taken = case.must(
        rf" and the slope uphill is (?P<slope>{LOSS})\. A step of (?P<step>{NUMBER}) leads to {POINT}, promises a loss of "
        rf"(?P<promised>{LOSS}) and reaches (?P<actual>{LOSS}): "
    )
    if not taken:
        return
    case.hold(size > 1e-9, "there is no gradient")
    number(case, taken["slope"], size, "the slope")
    case.number(taken["step"], step, "the step", 6)
    written(case, taken, [coordinate[-1] for coordinate in way])
    number(case, taken["promised"], start - promise, "the promise")
    number(case, taken["actual"], actual, "the truth")
    if case.pictured:
        for text in (f"here {place['loss']}", f"promised {taken['promised']}", f"true {taken['actual']}"):
            case.show(text)

    kept = (start - actual) / promise
    far = np.abs(losses - start + promise * PLACES).max() / promise
    lowest = losses.min()
    steeper = (np.maximum.accumulate(uphill) - uphill).max() / (size**2 or 1)
    flatter = (uphill - np.minimum.accumulate(uphill)).max() / (size**2 or 1)
    clear = 1e-6 * promise + 1e-13
    highest_so_far, lowest_to_come = np.maximum.accumulate(losses), np.minimum.accumulate(losses[::-1])[::-1]
    lowest_so_far = np.minimum.accumulate(losses)
    # Up from a lower place, and down again.
    hill = bool(
        (
            (losses - lowest_so_far > clear)
            & (losses - lowest_to_come > clear)
            & (losses < highest_so_far + 1)
        ).any()
    )

    if case.take(r"all the way the ground is straight, and the promise is kept exactly\.$"):
        case.hold(far < 1e-7, f"it is off by {far:.1g} of the promise")
    elif case.take(r"over so short a way the ground is as good as straight, and the promise is kept\.$"):
        case.hold(far < 0.031, f"on the way it is off by {far:.1g} of the promise")
    elif found := case.take(
        rf"{PART} of the promised decrease, because the slope gets smaller on the way\.$"
    ):
        part(case, found, kept)
        case.hold(
            steeper < 0.002 and not hill and uphill[-1] < 1e-8 * size**2,
            "the slope does not only get smaller",
        )
        case.hold(kept < 0.9999, "it kept the promise")
    elif case.take(r"more than promised, because the slope gets larger on the way\.$"):
        case.hold(flatter < 0.002 and kept > 1, "the slope does not only get larger")
    elif found := case.take(
        rf"{PART} of the promised decrease, because the slope gets larger and smaller on the way\.$"
    ):
        part(case, found, kept)
        case.hold(min(steeper, flatter) > 5e-4 and not hill and actual <= lowest + fine, "it does not")
    elif found := case.take(
        rf"the way leads down, over a hill and down again, to {PART} of the promised decrease\.$"
    ):
        part(case, found, kept)
        turns = np.flatnonzero(np.diff(np.sign(uphill[np.abs(uphill) > 1e-10 * size**2])))
        case.hold(len(turns) >= 2 and kept > 0, "there is no hill")
        return
    elif found := case.take(
        rf"the step lands exactly on the lowest point of its way, with {PART} of the promised decrease\.$"
    ):
        part(case, found, kept)
        case.hold(uphill[-1] > -1e-7 * size**2 and actual <= lowest + fine and not hill, "it does not")
    elif found := case.take(
        rf"overshoot: the step passed the lowest point of its way, and kept {PART} of the promise\.$"
    ):
        part(case, found, kept)
        case.hold(
            actual > lowest and kept > 0 and not hill, "it did not pass the lowest point, or there was a hill"
        )
        case.hold(uphill[-1] > -1e-9 * size**2, "it goes down at the end")
    elif case.take(
        r"overshoot: the step passed the lowest point of its way, and ended exactly as high as it began\.$"
    ):
        case.hold(abs(actual - start) <= fine and lowest < start, "it did not end as high")
    elif case.take(
        r"overshoot: the step went so far beyond the lowest point of its way that the loss rose\.$"
    ):
        case.hold(actual > start and lowest < start, "it did not rise")
        case.hold(taken["actual"] != place["loss"], "the loss rose to what it was")
        return
    else:
        return
    case.hold(actual < start + fine, "the loss rose")


def number(case, text, truth, claim):
    """Hold a number of three digits, in which what rounding leaves counts as 0."""
    if text.startswith("over"):
        case.hold(truth >= value(text.split()[1]), f"{claim} is {truth}")
    elif text.startswith("below"):
        case.hold(truth <= value(text.split()[1]), f"{claim} is {truth}")
    else:
        case.hold(text != "0" or abs(truth) < 1e-8, f"{claim} is not 0 but {truth}")
        case.hold(
            abs(truth) < 1e-8 or abs(value(text) - truth) <= max(0.00501 * abs(truth), 6e-10),
            f"{claim} is {truth}, not {text}",
        )


def written(case, found, point):
    for name, coordinate in zip("xy", point, strict=True):
        number(case, found[name], coordinate, f"the coordinate {name}")


def part(case, found, kept):
    text = found["kept"]
    if text == "more than 99 %":
        case.hold(0.99 < kept < 1, f"it kept {kept}")
    elif text == "less than 1 %":
        case.hold(0 < kept < 0.01, f"it kept {kept}")
    else:
        case.hold(abs(value(text.removesuffix(" %")) - 100 * kept) <= 0.501, f"it kept {kept}, not {text}")
        case.hold(
            text not in ("0 %", "100 %") or abs(value(text[:-2]) - 100 * kept) < 0.51,
            f"it kept {kept}, not {text}",
        )


GRID = tuple(
    {"surface": surface, "right": right, "up": up, "step": step}
    for surface, right, up in (
        ("bowl", 0.3, -0.4),
        ("valley", 0.0, 0.5),
        ("valley", -0.6, 0.0),
        ("two hollows", 0.5, 0.0),
        ("saddle", -0.7, 0.0),
        ("kink", -0.5, 0.1),
        ("kink", 0.0, 0.5),
        ("four hollows", 0.6, 0.4),
    )
    for step in (0.01, 0.25, 0.5, 1.0, 2.0, 5.0, 7.0, 10.0)
)

SURFACE = Judge(
    SurfaceLive,
    hear_step,
    special=(
        *GRID,
        {"surface": "bowl", "right": 0.0, "up": 0.0},
        {"surface": "kink", "right": 0.0, "up": 0.0},
        {"surface": "plateau", "right": 1.0, "up": 1.0, "arrows": "shown"},
        {"surface": "saddle", "right": 0.0, "up": 1e-4, "step": 10.0},
        {"surface": "saddle", "right": 0.0, "up": 1e-3, "step": 10.0},
    ),
    stops={
        "and make the step larger, stop by stop. Which stop leaves the lowest loss?": tuple(
            {"step": step} for step in (0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7)
        ),
        "Choose the surface *bowl*, set the step to 1, and move about. Where does the step land? What does a step of 2 do?": tuple(
            {"surface": "bowl", "step": step, "right": right}
            for step in (1.0, 2.0)
            for right in (-0.6, 0.2, 1.0)
        ),
        "Then set *left ↔ right* to 0, where the step landed.": (
            {"surface": "saddle", "right": 0.0, "up": 0.0, "step": 0.5},
            {"surface": "saddle", "right": 0.0, "up": 0.05, "step": 0.5},
        ),
    },
)
