"""Phases of momentum: where on the map of learning rate and momentum a descent is fast, slow, or lost."""

from helpers.phases import CREEPS, DIVERGES, JUMPS, OSCILLATES, STANDS, STEPS, explore_phases
from helpers.plots.phases import PhasePlot
from helpers.widgets.controls import Choice, LogSlider, Slider
from helpers.widgets.explorer import Explorer

POINT = "Learning rate {learning_rate:.3g}, momentum {momentum:.2g}: "
SMALL = "from step {step} on, the loss stays below a thousandth of its start. "
SLOW = "within {steps} steps, the loss does not stay below a thousandth of its start. "
MOTIONS = {
    CREEPS: "The slower one is weight {number} (curvature {curvature:.3g}): it shrinks without changing sides, in the long run to {factor} of its size a step. ",
    JUMPS: "The slower one is weight {number} (curvature {curvature:.3g}): it changes sides at each step, and shrinks to {factor} of its size. ",
    OSCILLATES: "The slower one is weight {number} (curvature {curvature:.3g}): it oscillates, and its swings shrink to √momentum = {factor} of their size a step. ",
    STANDS: "Weight {number} (curvature {curvature:.3g}) never comes to rest, because learning rate × curvature is {product:.3g}, exactly 2 + 2 × momentum. ",
    DIVERGES: "weight {number} (curvature {curvature:.3g}) diverges, because learning rate × curvature is {product:.3g}, and 2 + 2 × momentum is only {limit:.3g}. ",
}
AT_ONCE = "Both weights arrive in a single step. "
NEARLY_ONE = "more than 0.99"
BEST = "For the curvatures {first:.3g} and {second:.3g}, learning rate {learning_rate:.2g} with momentum {momentum:.2f} is best in the long run."

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
        Choice("first_curvature", "curvature of weight 1", 0.2, CURVATURES),
        Choice("second_curvature", "curvature of weight 2", 4.0, CURVATURES),
    )
    presets = {
        "creeps": {"learning_rate": 0.02},
        "jumps": {"learning_rate": 0.5, "momentum": 0.02},
        "oscillates": {"learning_rate": 0.1, "momentum": 0.9},
        "best": {"momentum": 0.2, "first_curvature": 1.0, "second_curvature": 7.0},
        "diverges": {"learning_rate": 0.7},
        "momentum saves it": {"learning_rate": 0.7, "momentum": 0.5},
        "a round bowl": {"learning_rate": 1.0, "first_curvature": 1.0, "second_curvature": 1.0},
    }

    def compute(self, **settings):
        return explore_phases(**settings)

    def draw(self, result):
        return PhasePlot(result)

    def describe(self, result, learning_rate, momentum, first_curvature, second_curvature):
        # The weight that takes longest, or is thrown furthest; of equals, the first.
        slower = max(0, 1, key=lambda weight: result.motions[weight][1])
        kind, factor = result.motions[slower]
        arrives = SMALL if result.small_from <= STEPS else SLOW
        moves = (AT_ONCE if factor == 0 else MOTIONS[kind]).format(
            number=slower + 1,
            curvature=result.curvatures[slower],
            factor=f"{factor:.2f}" if factor < 0.995 else NEARLY_ONE,
            product=learning_rate * result.curvatures[slower],
            limit=2 + 2 * momentum,
        )
        template = POINT + ("" if kind == DIVERGES else arrives)
        happens = template.format(
            learning_rate=learning_rate, momentum=momentum, step=result.small_from, steps=STEPS
        )
        best_rate, best_momentum = result.best
        return (
            happens
            + moves
            + BEST.format(
                first=first_curvature,
                second=second_curvature,
                learning_rate=best_rate,
                momentum=best_momentum,
            )
        )

    def write_code(self, **settings):
        return CODE.format(steps=STEPS, **settings)
