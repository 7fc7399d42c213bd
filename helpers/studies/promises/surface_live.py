"""Stand on a surface: the gradient, one step against it, what the slope promises, and what the loss does."""

import numpy as np

from helpers.kit.contours import SURFACE_LABELS
from helpers.kit.controls import LogSlider, Menu, Options, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import percent, write_point
from helpers.studies.promises.compute import stand
from helpers.studies.promises.plots import StandingPlot, say, write_losses

PLACE = "At {point} on the surface “{surface}” the loss is {loss} and the slope uphill is {slope}."
STILL = {
    "level": "At {point} on the surface “{surface}” the loss is {loss} and the gradient is 0: a step of {step:g} times 0 moves nothing.",
    "faint": "At {point} on the surface “{surface}” the loss is {loss}, and the ground is so flat that a step of {step:g} changes it by less than a millionth.",
}
STEPS = {
    "exact": "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: all the way the ground is straight, and the promise is kept exactly.",
    "straight": "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: over so short a way the ground is as good as straight, and the promise is kept.",
    "short": "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: {kept} of the promised decrease, because the slope gets smaller on the way.",
    "more": "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: more than promised, because the slope gets larger on the way.",
    "uneven": "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: {kept} of the promised decrease, because the slope gets larger and smaller on the way.",
    "hill": "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: the way leads down, over a hill and down again, to {kept} of the promised decrease.",
    "lands": "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: the step lands exactly on the lowest point of its way, with {kept} of the promised decrease.",
    "past": "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: overshoot: the step passed the lowest point of its way, and kept {kept} of the promise.",
    "even": "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: overshoot: the step passed the lowest point of its way, and ended exactly as high as it began.",
    "uphill": "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: overshoot: the step went so far beyond the lowest point of its way that the loss rose.",
}
ARROWS_SHOWN = "The small arrows point uphill everywhere."

ARROWS_LABELS = {"hidden": "hidden", "shown": "shown"}

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
        Options("arrows", "arrows everywhere", "hidden", ARROWS_LABELS),
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
    compute = staticmethod(stand)
    plot = StandingPlot

    def describe(self, result, surface, step, arrows, **others):
        loss, promised, actual = write_losses(result)
        words = {
            "point": write_point(result.point, say),
            "surface": SURFACE_LABELS[surface],
            "step": step,
            "slope": say(np.hypot(*result.gradient)),
            "landing": write_point(result.landing, say),
            "loss": loss,
            "promised": promised,
            "actual": actual,
        }
        if result.course in STILL:
            sentences = [STILL[result.course]]
        else:
            words["kept"] = percent((result.loss - result.actual) / (result.loss - result.promised))
            sentences = [PLACE, STEPS[result.course]]
        if arrows == "shown":
            sentences.append(ARROWS_SHOWN)
        return " ".join(sentences).format(**words)

    def write_code(self, arrows, **settings):
        return CODE.format(**settings)
