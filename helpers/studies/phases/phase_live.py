"""Phases of momentum: where on the map of learning rate and momentum a descent is fast, slow, or lost."""

from helpers.kit.controls import Choice, LogSlider, Slider, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import significant, unlike, write
from helpers.studies.phases.compute import (
    CREEPS,
    DIVERGES,
    JUMPS,
    OSCILLATES,
    STANDS,
    STEPS,
    explore_phases,
    slower,
)
from helpers.studies.phases.plots import PhasePlot

POINT = "Learning rate {learning_rate:g}, momentum {momentum}: "
SMALL = "from step {step} on, the loss stays below a thousandth of its start. "
SLOW = "within {steps} steps, the loss does not stay below a thousandth of its start. "
ONE = "weight {number} (curvature {curvature:g})"
SLOWER = "In the long run, the slower one is {one}: "
MOTIONS = {
    CREEPS: "it shrinks without changing sides, to {factor} of its size a step. ",
    JUMPS: "it changes sides at each step, and shrinks to {factor} of its size. ",
    OSCILLATES: "it oscillates, and its swings shrink to √momentum = {factor} of their size a step. ",
}
NEITHER = "Neither weight is slower in the long run: both "
BOTH_OSCILLATE = NEITHER + "oscillate, and their swings shrink to √momentum = {factor} of their size a step. "
BOTH_SHRINK = NEITHER + "shrink to {factor} of their size a step. "
STAND = "{who} to rest, because learning rate × curvature is {product}, exactly 2 + 2 × momentum. "
STANDS_ONE, STAND_BOTH = "Weight {number} (curvature {curvature:g}) never comes", "Both weights never come"
DIVERGE = "{who}, because learning rate × curvature is {product}, and 2 + 2 × momentum is only {limit}. "
DIVERGES_ONE, DIVERGE_BOTH = ONE + " diverges", "both weights diverge"
AT_ONCE = "Both weights arrive in a single step. "
NEARLY_ONE = "more than 0.99"
BEST = (
    "For the curvatures {first:g} and {second:g}, learning rate {learning_rate} with momentum {momentum} is best in "
    "the long run."
)

CURVATURES = (0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0)

CODE = """\
import numpy as np
from helpers.descent import descend
from helpers.optimizers import SGD
from helpers.surfaces import Surface, quadratic

loss = quadratic({first_curvature!r}, {second_curvature!r})
valley = Surface("valley", loss, ((-1, 1), (-1, 1)), (1, 1), ((0, 0),), "")
way = descend(valley, SGD(learning_rate={learning_rate!r}, momentum={momentum!r}), valley.start, {steps})
small = way.losses <= way.losses[0] / 1000
large = ~small if way.stopped_at is None else np.append(~small, np.ones({steps} + 1 - len(small), bool))
small_from = np.flatnonzero(large)[-1] + 1
print("the loss stays small from step", small_from if small_from <= {steps} else "…? not within {steps} steps")
"""


class PhaseLive(Explorer):
    """Choose the curvatures of a valley and see how every learning rate and momentum does; follow one of them."""

    shows = (
        "Left, a map over learning rate and momentum, the darker the fewer steps until the loss stays small; "
        "a ring marks your choice. Right, the two weights and the loss at each step."
    )
    controls = (
        LogSlider("learning_rate", "learning rate", 0.3, 0.01, 10),
        Slider("momentum", "momentum", 0.0, 0.0, 0.98, 0.01),
        Choice("first_curvature", "curvature 1", 0.2, numbered(CURVATURES)),
        Choice("second_curvature", "curvature 2", 4.0, numbered(CURVATURES)),
    )
    presets = {
        "creeps": Preset("creeps", {"learning_rate": 0.02}),
        "jumps": Preset("jumps", {"learning_rate": 0.5, "momentum": 0.02}),
        "oscillates": Preset("oscillates", {"learning_rate": 0.1, "momentum": 0.9}),
        "best": Preset("best", {"momentum": 0.2, "first_curvature": 1.0, "second_curvature": 7.0}),
        "diverges": Preset("diverges", {"learning_rate": 0.7}),
        "momentum_saves_it": Preset("momentum saves it", {"learning_rate": 0.7, "momentum": 0.5}),
        "a_round_bowl": Preset(
            "a round bowl", {"learning_rate": 1.0, "first_curvature": 1.0, "second_curvature": 1.0}
        ),
    }

    def compute(self, **settings):
        return explore_phases(**settings)

    def draw(self, result):
        return PhasePlot(result)

    def describe(self, result, learning_rate, momentum, first_curvature, second_curvature):
        arrives = SMALL if result.small_from <= STEPS else SLOW
        diverges = any(kind == DIVERGES for kind, _ in result.motions)
        happens = POINT + ("" if diverges else arrives)
        best_rate, best_momentum = result.best
        best = BEST.format(
            first=first_curvature,
            second=second_curvature,
            learning_rate=significant(best_rate),
            momentum=write(best_momentum, ".2f"),
        )
        happens = happens.format(
            learning_rate=learning_rate,
            momentum=significant(momentum, 6),
            step=result.small_from,
            steps=STEPS,
        )
        return happens + say_motion(result) + best

    def write_code(self, **settings):
        return CODE.format(steps=STEPS, **settings)


def say_motion(result):
    """Say how the weight moves that takes longest, or both where they are equally fast."""
    number, both = slower(result)
    kind, factor = result.motions[number]
    curvature = result.curvatures[number]
    words = {"number": number + 1, "curvature": curvature}
    product, limit = result.learning_rate * curvature, 2 + 2 * result.momentum
    words |= {"product": unlike(product, limit, 3), "limit": unlike(limit, product, 3)}
    words["factor"] = NEARLY_ONE if factor >= 0.995 else significant(factor)
    if kind == DIVERGES:
        return DIVERGE.format(who=(DIVERGE_BOTH if both else DIVERGES_ONE).format(**words), **words)
    if kind == STANDS:
        words["product"] = significant(limit, 3)
        return STAND.format(who=(STAND_BOTH if both else STANDS_ONE).format(**words), **words)
    if factor == 0:
        return AT_ONCE
    if both:
        oscillate = any(kind == OSCILLATES for kind, _ in result.motions)
        return (BOTH_OSCILLATE if oscillate else BOTH_SHRINK).format(**words)
    return SLOWER.format(one=ONE.format(**words)) + MOTIONS[kind].format(**words)
