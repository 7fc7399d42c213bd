"""Stand on a surface: the gradient, one step against it, what the slope promises, and what the loss does."""

import numpy as np

from helpers.kit.contours import SURFACE_LABELS
from helpers.kit.controls import LogSlider, Menu, Options, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import percent
from helpers.studies.promises.compute import stand
from helpers.studies.promises.standing import StandingPlot, say, write_losses

PLACE = "At {point} on the surface “{surface}” the loss is {loss} and the slope uphill is {slope}. "
STEP = "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: "
STILL = {
    "level": "At {point} on the surface “{surface}” the loss is {loss} and the gradient is 0: a step of {step:g} times 0 moves nothing.",
    "faint": "At {point} on the surface “{surface}” the loss is {loss}, and the ground is so flat that a step of {step:g} changes it by less than a millionth.",
}
COURSES = {
    "exact": "all the way the ground is straight, and the promise is kept exactly.",
    "straight": "over so short a way the ground is as good as straight, and the promise is kept.",
    "short": "{kept} of the promised decrease, because the slope gets smaller on the way.",
    "more": "more than promised, because the slope gets larger on the way.",
    "uneven": "{kept} of the promised decrease, because the slope gets larger and smaller on the way.",
    "hill": "the way leads down, over a hill and down again, to {kept} of the promised decrease.",
    "lands": "the step lands exactly on the lowest point of its way, with {kept} of the promised decrease.",
    "past": "overshoot: the step passed the lowest point of its way, and kept {kept} of the promise.",
    "even": "overshoot: the step passed the lowest point of its way, and ended exactly as high as it began.",
    "uphill": "overshoot: the step went so far beyond the lowest point of its way that the loss rose.",
}
ARROWS = " The small arrows point uphill everywhere."

ARROWS = {"hidden": "hidden", "shown": "shown"}

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
        Menu("surface", "surface", "valley", SURFACE_LABELS),
        Slider("right", "left ↔ right", -0.6, -1.0, 1.0, 0.05),
        Slider("up", "down ↕ up", 0.5, -1.0, 1.0, 0.05),
        LogSlider("step", "step", 0.1, 0.01, 10),
        Options("arrows", "arrows everywhere", "hidden", ARROWS),
    )
    presets = {
        "promise_kept": Preset("promise kept", {"step": 0.01}),
        "overshoot": Preset("overshoot", {"step": 0.3}),
        "uphill": Preset("uphill", {"step": 0.7}),
        "plateau": Preset("plateau", {"surface": "plateau", "right": -0.6, "up": -0.5, "step": 10.0}),
        "down_to_the_saddle": Preset(
            "down to the saddle", {"surface": "saddle", "right": -0.7, "up": 0.0, "step": 0.5}
        ),
        "sharp_edge": Preset("sharp edge", {"surface": "kink", "right": -0.5, "up": 0.1, "step": 0.1}),
    }

    def compute(self, **settings):
        return stand(**settings)

    def draw(self, result):
        return StandingPlot(result)

    def describe(self, result, surface, step, arrows, **others):
        loss, promised, actual = write_losses(result)
        words = {"point": say_point(result.point), "surface": surface, "loss": loss, "step": step}
        ending = ARROWS if arrows == "shown" else ""
        if result.course in STILL:
            return STILL[result.course].format(**words) + ending
        words |= {"landing": say_point(result.landing), "promised": promised, "actual": actual}
        words["slope"] = say(np.hypot(*result.gradient))
        words["kept"] = percent((result.loss - result.actual) / (result.loss - result.promised))
        return (PLACE + STEP + COURSES[result.course]).format(**words) + ending

    def write_code(self, arrows, **settings):
        return CODE.format(**settings)


def say_point(point):
    return f"({say(point[0])}, {say(point[1])})"
