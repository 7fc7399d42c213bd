"""Phases of momentum: where on the map of learning rate and momentum a descent is fast, slow, or lost."""

from helpers.kit.controls import Choice, LogSlider, Slider, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import significant, unlike, write
from helpers.language import Words
from helpers.studies.phases.compute import (
    CREEPS,
    DIVERGES,
    JUMPS,
    LOOKED_AT,
    OSCILLATES,
    STANDS,
    STEPS,
    explore_phases,
    slower,
)
from helpers.studies.phases.plots import PhasePlot

_ = Words(__name__)

SMALL = _(
    "Learning rate {learning_rate:g}, momentum {momentum}: from step {step} on, the loss stays below a thousandth of its start. {motion} {best}"
)
SLOW = _(
    "Learning rate {learning_rate:g}, momentum {momentum}: within {steps} steps, the loss does not stay below a thousandth of its start. {motion} {best}"
)
ONE_DIVERGES = _(
    "Learning rate {learning_rate:g}, momentum {momentum}: weight {number} (curvature {curvature:g}) diverges, because learning rate × curvature is {product}, and 2 + 2 × momentum is only {limit}. {best}"
)
BOTH_DIVERGE = _(
    "Learning rate {learning_rate:g}, momentum {momentum}: both weights diverge, because learning rate × curvature is {product}, and 2 + 2 × momentum is only {limit}. {best}"
)
SLOWER = {
    CREEPS: _(
        "In the long run, the slower one is weight {number} (curvature {curvature:g}): it shrinks without changing sides, to {factor} of its size a step."
    ),
    JUMPS: _(
        "In the long run, the slower one is weight {number} (curvature {curvature:g}): it changes sides at each step, and shrinks to {factor} of its size."
    ),
    OSCILLATES: _(
        "In the long run, the slower one is weight {number} (curvature {curvature:g}): it oscillates, and its swings shrink to √momentum = {factor} of their size a step."
    ),
    STANDS: _(
        "Weight {number} (curvature {curvature:g}) never comes to rest, because learning rate × curvature is {limit}, exactly 2 + 2 × momentum."
    ),
}
BOTH_STAND = _(
    "Both weights never come to rest, because learning rate × curvature is {limit}, exactly 2 + 2 × momentum."
)
BOTH_OSCILLATE = _(
    "Neither weight is slower in the long run: both oscillate, and their swings shrink to √momentum = {factor} of their size a step."
)
BOTH_SHRINK = _("Neither weight is slower in the long run: both shrink to {factor} of their size a step.")
AT_ONCE = _("Both weights arrive in a single step.")
NEARLY_ONE = _("more than 0.99")
BEST = _(
    "For the curvatures {first:g} and {second:g}, learning rate {learning_rate} with momentum {momentum} is best in the long run."
)

CURVATURES = (0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0)

CODE = """\
import numpy as np
from helpers.descent import descend
from helpers.optimizers import SGD
from helpers.surfaces import Surface, quadratic

loss = quadratic({first_curvature!r}, {second_curvature!r})
valley = Surface("valley", loss, ((-1, 1), (-1, 1)), (1, 1), ((0, 0),), "")
way = descend(valley, SGD(learning_rate={learning_rate!r}, momentum={momentum!r}), valley.start, {looked_at})
small = way.losses <= way.losses[0] / 1000
large = ~small if way.stopped_at is None else np.append(~small, np.ones({looked_at} + 1 - len(small), bool))
small_from = np.flatnonzero(large)[-1] + 1
print("the loss stays small from step", small_from if small_from <= {steps} else "…? not within {steps} steps")
"""


class PhaseLive(Explorer):
    """Choose the curvatures of a valley and see how every learning rate and momentum does; follow one of them."""

    shows = _(
        "Left, a map over learning rate and momentum, the darker the fewer steps until the loss stays small; "
        "a ring marks your choice. Right, the two weights and the loss at each step."
    )
    controls = (
        LogSlider("learning_rate", _("learning rate"), 0.3, 0.01, 10),
        Slider("momentum", _("momentum"), 0.0, 0.0, 0.98, 0.01),
        Choice("first_curvature", _("curvature 1"), 0.2, numbered(CURVATURES)),
        Choice("second_curvature", _("curvature 2"), 4.0, numbered(CURVATURES)),
    )
    presets = {
        "creeps": Preset(_("creeps"), {"learning_rate": 0.02}),
        "jumps": Preset(_("jumps"), {"learning_rate": 0.5, "momentum": 0.02}),
        "oscillates": Preset(_("oscillates"), {"learning_rate": 0.1, "momentum": 0.9}),
        "best": Preset(_("best"), {"momentum": 0.2, "first_curvature": 1.0, "second_curvature": 7.0}),
        "diverges": Preset(_("diverges"), {"learning_rate": 0.7}),
        "momentum_saves_it": Preset(_("momentum saves it"), {"learning_rate": 0.7, "momentum": 0.5}),
        "a_round_bowl": Preset(
            _("a round bowl"), {"learning_rate": 1.0, "first_curvature": 1.0, "second_curvature": 1.0}
        ),
    }
    compute = staticmethod(explore_phases)
    plot = PhasePlot

    def describe(self, result, learning_rate, momentum, first_curvature, second_curvature):
        number, both = slower(result)
        kind, factor = result.motions[number]
        curvature = result.curvatures[number]
        product, limit = learning_rate * curvature, 2 + 2 * momentum
        words = {
            "number": number + 1,
            "curvature": curvature,
            "factor": NEARLY_ONE if factor >= 0.995 else significant(factor),
            "product": unlike(product, limit, 3),
            "limit": significant(limit, 3) if kind == STANDS else unlike(limit, product, 3),
        }
        best_rate, best_momentum = result.best
        best = BEST.format(
            first=first_curvature,
            second=second_curvature,
            learning_rate=significant(best_rate),
            momentum=write(best_momentum, ".2f"),
        )
        if kind == DIVERGES:
            text = BOTH_DIVERGE if both else ONE_DIVERGES
        else:
            text = SMALL if result.small_from <= STEPS else SLOW
        return text.format(
            learning_rate=learning_rate,
            momentum=significant(momentum, 6),
            step=result.small_from,
            steps=STEPS,
            motion=choose_motion(result.motions, kind, factor, both).format(**words),
            best=best,
            **words,
        )

    def write_code(self, **settings):
        return CODE.format(steps=STEPS, looked_at=LOOKED_AT, **settings)


def choose_motion(motions, kind, factor, both):
    """Return what is said of the weight that takes longest, or of both where they are equally fast."""
    if kind == DIVERGES:
        return ""
    if factor == 0:
        return AT_ONCE
    if both and kind == STANDS:
        return BOTH_STAND
    if both:
        return BOTH_OSCILLATE if any(kind == OSCILLATES for kind, _ in motions) else BOTH_SHRINK
    return SLOWER[kind]
