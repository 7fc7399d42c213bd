"""The judge of RaceLive: six optimizers in plain loops, each with the learning rate that a search of its own finds best."""

import functools

import numpy as np

from helpers.widgets import RaceLive
from judges.shared.judging import LOSS, NUMBER, Judge
from judges.shared.mathematics import SURFACES
from judges.shared.walks import heights, walk

RACERS = ("SGD", "momentum", "Nesterov", "Adagrad", "RMSprop", "Adam")
RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
SEARCHED, WATCHED, STAYS = 150, 60, 10
NEAR, LOST = 0.01, 1e6


@functools.lru_cache(maxsize=4096)
def run(surface, racer, rate, steps):
    """Return how far each step's loss lies above the lowest; those who are lost end before they are."""
    rule, momentum = {
        "SGD": ("momentum", 0.0),
        "momentum": ("momentum", 0.9),
        "Nesterov": ("Nesterov", 0.9),
    }.get(racer, (racer, 0.9 if racer == "Adam" else 0.0))
    above = heights(surface, walk(surface, rule, rate, SURFACES[surface][3], steps, momentum))
    return above[: next((step for step, height in enumerate(above) if not height <= LOST), None)]


@functools.cache
def tuned(surface, racer):
    """Return the learning rate with which a racer arrives first; of equals, the one that is lowest in the last steps."""
    found = []
    for rate in RATES:
        above = run(surface, racer, rate, SEARCHED)
        arrived = max((step + 1 for step, height in enumerate(above) if height > NEAR), default=0)
        if len(above) <= SEARCHED or arrived > SEARCHED - STAYS:
            arrived = SEARCHED + 1
        last = np.mean(above[-STAYS:]) if len(above) > SEARCHED else np.inf
        found.append((arrived, last, rate))
    return min(found)[2]


@functools.lru_cache(maxsize=64)
def race(surface, factor):
    return {racer: run(surface, racer, factor * tuned(surface, racer), WATCHED) for racer in RACERS}


def chaotic(surface, racer, factor, step):
    """Whether a learning rate that differs in its last digits leads elsewhere: then two programs do not agree."""
    one = race(surface, factor)[racer]
    two = run(surface, racer, factor * tuned(surface, racer) * (1 + 1e-13), WATCHED)
    if min(len(one), len(two)) <= step:
        return len(one) != len(two)
    return abs(one[step] - two[step]) > 1e-7 * max(1, one[step])


def hear_race(case):
    surface, factor, step = case.settings["surface"], case.settings["factor"], case.settings["step"]
    runs = race(surface, factor)
    where = case.must(
        rf'Step {step} on the surface "{surface}", with (?P<factor>{NUMBER}) × the tuned learning rates: '
    )
    if not where:
        return
    case.number(where["factor"], factor, "the factor", 6)
    unsure = {racer for racer in RACERS if chaotic(surface, racer, factor, step)}
    here = {racer: above[step] for racer, above in runs.items() if len(above) > step}
    lost = [racer for racer in RACERS if racer not in here]
    near = [racer for racer, height in here.items() if height <= NEAR]
    unsure |= {racer for racer, height in here.items() if abs(height - NEAR) < 1e-9}

    named = set()
    if found := case.take(
        rf"within {NEAR} of the lowest loss: (?P<names>(?:{'|'.join(RACERS)})(?:, (?:{'|'.join(RACERS)}))*)"
    ):
        names = found["names"].split(", ")
        case.hold(set(names) ^ set(near) <= unsure, f"near are {near}")
        named |= set(names)
        in_order(case, [here[name] for name in names if name in here and name not in unsure])
    elif case.must(rf"nobody is within {NEAR} of the lowest loss"):
        case.hold(set(near) <= unsure, f"near are {near}")
    racer = rf"(?P<name>{'|'.join(RACERS)}) \((?P<loss>{LOSS})\)"
    behind = []
    while found := case.take(rf"{', ' if behind else '; behind: '}{racer}"):
        name = found["name"]
        behind.append(name)
        if name in unsure:
            continue
        case.hold(name in here and here[name] > NEAR, f"{name} is not behind")
        if name in here:
            case.number(found["loss"], here[name], f"the loss of {name}", 2)
            case.hold(found["loss"] != "0.01", f"{name} is behind 0.01 with 0.01")
    in_order(case, [here[name] for name in behind if name in here and name not in unsure])
    named |= set(behind)
    if found := case.take(r"; lost in numbers beyond a million: (?P<names>[A-Za-z, ]+)"):
        case.hold(set(found["names"].split(", ")) ^ set(lost) <= unsure, f"lost are {lost}")
        named |= set(found["names"].split(", "))
    else:
        case.hold(set(lost) <= unsure, f"lost are {lost}")
    case.hold(named == set(RACERS), "not everybody is named")
    case.must(r"\.$")


def in_order(case, losses):
    """Hold that the lowest loss comes first, as far as two digits tell; below a millionth, all are equal."""
    rounded = [float(f"{max(loss, 1e-6):.1e}") for loss in losses]
    case.hold(
        all(a <= b * 1.11 for a, b in zip(rounded, rounded[1:], strict=False)),
        "the order is not that of the losses",
    )


RACE = Judge(
    RaceLive,
    hear_race,
    special=tuple(
        {"surface": surface, "factor": factor, "step": step}
        for surface in SURFACES
        for factor, step in ((1.0, 0), (1.0, 60), (10.0, 60), (0.01, 60))
    ),
    stops={
        "On the valley, look at the first two steps of Adagrad.": tuple(
            {"surface": surface, "step": step} for surface in ("valley", "turned valley") for step in (1, 2)
        ),
        "Press *too fast*: all learning rates are 10 times what suits. Who is lost, who is not, and why?": (
            {"factor": 10.0},
            {"factor": 10.0, "step": 60},
        ),
        "Who is left in the nearer, shallower one?": ({"surface": "two hollows", "step": 60},),
    },
)
