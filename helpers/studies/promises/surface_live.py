"""Stand on a surface: the gradient, one step against it, what the slope promises, and what the loss does."""

import numpy as np

from helpers.kit.contours import SURFACE_LABELS
from helpers.kit.controls import LogSlider, Menu, Options, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import percent, write_point
from helpers.language import Words
from helpers.studies.promises.compute import stand
from helpers.studies.promises.plots import StandingPlot, say, write_losses

_ = Words(__name__)

PLACE = _("At {point} on the surface “{surface}” the loss is {loss} and the slope uphill is {slope}.")
STILL = {
    "level": _(
        "At {point} on the surface “{surface}” the loss is {loss} and the gradient is 0: a step of {step:g} times 0 moves nothing."
    ),
    "faint": _(
        "At {point} on the surface “{surface}” the loss is {loss}, and the ground is so flat that a step of {step:g} changes it by less than a millionth."
    ),
}
STEPS = {
    "exact": _(
        "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: all the way the ground is straight, and the promise is kept exactly."
    ),
    "straight": _(
        "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: over so short a way the ground is as good as straight, and the promise is kept."
    ),
    "short": _(
        "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: {kept} of the promised decrease, because the slope gets smaller on the way."
    ),
    "more": _(
        "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: more than promised, because the slope gets larger on the way."
    ),
    "uneven": _(
        "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: {kept} of the promised decrease, because the slope gets larger and smaller on the way."
    ),
    "hill": _(
        "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: the way leads down, over a hill and down again, to {kept} of the promised decrease."
    ),
    "lands": _(
        "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: the step lands exactly on the lowest point of its way, with {kept} of the promised decrease."
    ),
    "past": _(
        "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: overshoot: the step passed the lowest point of its way, and kept {kept} of the promise."
    ),
    "even": _(
        "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: overshoot: the step passed the lowest point of its way, and ended exactly as high as it began."
    ),
    "uphill": _(
        "A step of {step:g} leads to {landing}, promises a loss of {promised} and reaches {actual}: overshoot: the step went so far beyond the lowest point of its way that the loss rose."
    ),
}
ARROWS_SHOWN = _("The small arrows point uphill everywhere.")
PLACE_AND_STEP, WITH_ARROWS = _("{place} {step}"), _("{sentences} {arrows}")

ARROWS_LABELS = {"hidden": _("hidden"), "shown": _("shown")}

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

    shows = _(
        "Left, a map of the surface with your place, the gradient as an arrow, and the step. Right, the loss "
        "along the step, and dashed what the gradient promises."
    )
    controls = (
        Menu("surface", _("surface"), "valley", SURFACE_LABELS),
        Slider("right", _("left ↔ right"), -0.6, -1.0, 1.0, 0.05),
        Slider("up", _("down ↕ up"), 0.5, -1.0, 1.0, 0.05),
        LogSlider("step", _("step"), 0.1, 0.01, 10),
        Options("arrows", _("arrows everywhere"), "hidden", ARROWS_LABELS),
    )
    presets = {
        "promise_kept": Preset(_("promise kept"), {"step": 0.01}),
        "overshoot": Preset(_("overshoot"), {"step": 0.3}),
        "uphill": Preset(_("uphill"), {"step": 0.7}),
        "plateau": Preset(_("plateau"), {"surface": "plateau", "right": -0.6, "up": -0.5, "step": 10.0}),
        "down_to_the_saddle": Preset(
            _("down to the saddle"), {"surface": "saddle", "right": -0.7, "up": 0.0, "step": 0.5}
        ),
        "sharp_edge": Preset(_("sharp edge"), {"surface": "kink", "right": -0.5, "up": 0.1, "step": 0.1}),
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
            sentences = STILL[result.course]
        else:
            words["kept"] = percent((result.loss - result.actual) / (result.loss - result.promised))
            sentences = PLACE_AND_STEP.format(place=PLACE, step=STEPS[result.course])
        if arrows == "shown":
            sentences = WITH_ARROWS.format(sentences=sentences, arrows=ARROWS_SHOWN)
        return sentences.format(**words)

    def write_code(self, arrows, **settings):
        return CODE.format(**settings)
