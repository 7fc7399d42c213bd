"""Stand on a surface: the gradient, one step against it, what the slope promises, and what the loss does."""

import numpy as np

from helpers.plots.surfaces import StandingPlot, say
from helpers.promises import FAINTEST, stand
from helpers.surfaces import SURFACES
from helpers.widgets.controls import LogSlider, Menu, Options, Slider
from helpers.widgets.explorer import Explorer

PLACE = "At {point} on the surface “{surface}” the loss is {loss} and the slope uphill is {slope}. "
STEP = "A step of {step:.3g} leads to {landing}, promises a loss of {promised} and reaches {actual}: "
FLAT = "At {point} on the surface “{surface}” the loss is {loss} and the gradient is 0: a step of {step:.3g} times 0 moves nothing."
FAINT = "At {point} on the surface “{surface}” the loss is {loss}, and the ground is so flat that a step of {step:.3g} changes it by less than a millionth."
STRAIGHT = "over so short a way the ground is as good as straight, and the promise is kept."
SHORT = "{kept:.0f} % of the promised decrease, because the slope gets smaller on the way."
MORE = "more than promised, because the slope gets larger on the way."
PAST = "overshoot: the step passed the lowest point of its way, and kept {kept:.0f} % of the promise."
UPHILL = "overshoot: the step went so far beyond the lowest point of its way that the loss rose."
ARROWS = " The small arrows point uphill everywhere."

CODE = """\
import numpy as np
from helpers.surfaces import SURFACES

surface = SURFACES[{surface!r}]
low, high = np.transpose(surface.limits)
point = low + (high - low) * (np.array([{right!r}, {up!r}]) + 1) / 2
step = {step!r}

loss, gradient = surface.loss_and_gradient(point)
landing = point - step * gradient
promised = loss - step * np.sum(gradient**2)
actual = surface.loss(landing)
print(f"loss {{loss:.3f}}, promised {{promised:.3f}}, reached {{actual:.3f}}")
"""


class SurfaceLive(Explorer):
    """Stand anywhere on a surface and take one step against the gradient."""

    shows = (
        "Left, a map of the surface with your place, the gradient as an arrow, and the step. Right, the loss "
        "along the step, and dashed what the gradient promises."
    )
    controls = (
        Menu("surface", "surface", "valley", tuple(SURFACES)),
        Slider("right", "left ↔ right", -0.6, -1.0, 1.0, 0.05),
        Slider("up", "down ↕ up", 0.5, -1.0, 1.0, 0.05),
        LogSlider("step", "step", 0.1, 0.01, 10),
        Options("arrows", "arrows everywhere", "hidden", ("hidden", "shown")),
    )
    presets = {
        "promise kept": {"step": 0.01},
        "overshoot": {"step": 0.3},
        "uphill": {"step": 0.7},
        "plateau": {"surface": "plateau", "right": -0.6, "up": -0.5, "step": 10.0},
        "down to the saddle": {"surface": "saddle", "right": -0.7, "up": 0.0, "step": 0.5},
        "sharp edge": {"surface": "kink", "right": -0.5, "up": 0.1, "step": 0.1},
    }

    def compute(self, **settings):
        return stand(**settings)

    def draw(self, result):
        return StandingPlot(result)

    def describe(self, result, surface, step, arrows, **others):
        place = {"point": say_point(result.point), "surface": surface, "loss": say(result.loss)}
        ending = ARROWS if arrows == "shown" else ""
        slope = np.hypot(*result.gradient)
        if slope < 1e-9 or result.loss - result.promised < FAINTEST:
            return (FLAT if slope < 1e-9 else FAINT).format(step=step, **place) + ending
        kept = 100 * (result.loss - result.actual) / (result.loss - result.promised)
        taken = STEP.format(
            step=step,
            landing=say_point(result.landing),
            promised=say(result.promised),
            actual=say(result.actual),
        )
        return PLACE.format(slope=say(slope), **place) + taken + judge(result, kept) + ending

    def write_code(self, arrows, **settings):
        return CODE.format(**settings)


def judge(result, kept):
    """Say in one sentence what became of a promise of which some per cent were kept."""
    # What rounding leaves of a step that ends as high as it began is neither up nor down.
    if round(kept) < 0:
        return UPHILL
    if result.slope_ahead > 0:
        return PAST.format(kept=abs(kept))
    if abs(kept - 100) < 3:
        return STRAIGHT
    return (SHORT if kept < 100 else MORE).format(kept=kept)


def say_point(point):
    return f"({say(point[0])}, {say(point[1])})"
