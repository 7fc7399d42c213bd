"""A secant and a tangent: how far the measured slope is off, for every step between 1 and almost nothing."""

from helpers.kit.controls import LogSlider, Menu, Options, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import with_power
from helpers.language import Words
from helpers.studies.secants.compute import measure_secant
from helpers.studies.secants.plots import DIFFERENCE_LABELS, PRECISION_LABELS, TangentPlot

_ = Words(__name__)

WHOLE, AT_A_CORNER = _("{secant} {tangent} {cause}"), _("{secant} {corner}")
SECANT = _("{function}: the secant from {low} to {high}, in {precision}, has the slope {slope}.")
SAME_ENDS = _(
    "{function}: with h = {h} in {precision}, both ends are the same number, {x}, so the measured slope is {slope}."
)
TANGENT = _("The derivative at x = {x} is {derivative}; the error is {error}.")
PLUS, MINUS = "{x} + {h}", "{x} − {h}"
CORNER = _("At x = {x} there is a corner, and no derivative.")
CAUSES = {
    "across": _("There is a corner between the two ends, and the secant mixes the slopes of both its sides."),
    "good": _("h is neither too large nor too small."),
    "same": _("h is too small: x + h is rounded back to x."),
    "rounding": _(
        "h is too small: f hardly changes, and most of the error is digits of it that are lost to rounding."
    ),
    "truncation": _(
        "h is too large: most of the error is there because the curve bends between the two ends."
    ),
}

FUNCTION_LABELS = {
    "x²": "x²",
    "sin x": "sin x",
    "exp x": "exp x",
    "sigmoid": "sigmoid",
    "ripples": _("ripples"),
    "relu": "relu",
    "|x|": "|x|",
}

CODE = """\
import numpy as np
from helpers.gradients import central_difference, forward_difference
from helpers.studies.secants.compute import FUNCTIONS

function, derivative = FUNCTIONS[{function!r}]
x, h = np.{precision}({x!r}), np.{precision}({h!r})
slope = float({difference}_difference(function, x, h))
error = abs(slope - float(derivative(np.float64({x!r}))))
print(f"slope {{slope:.3g}}, error {{error:.0e}}")
"""


class TangentLive(Explorer):
    """Choose a function, a place and a step, and compare the secant's slope with the tangent's."""

    shows = _(
        "Left, the curve of the function with the secant, and dashed the tangent. Right, the error of the "
        "secant's slope for each step h, on logarithmic axes, with your h marked."
    )
    controls = (
        Menu("function", _("function"), "x²", FUNCTION_LABELS),
        Slider("x", "x", 1.0, -2.0, 2.0, 0.1, ".1f"),
        LogSlider("h", _("step h"), 1.0, 1e-16, 1.0),
        Options("difference", _("difference"), "forward", DIFFERENCE_LABELS),
        Options("precision", _("numbers"), "float64", PRECISION_LABELS),
    )
    presets = {
        "h_too_large": Preset(_("h too large"), {"function": "exp x", "h": 0.7}),
        "h_too_small": Preset(_("h too small"), {"function": "exp x", "h": 1e-15}),
        "best_h": Preset(_("best h"), {"function": "exp x", "h": 1e-8}),
        "best_h_central": Preset(
            _("best h, central"), {"function": "exp x", "h": 5e-6, "difference": "central"}
        ),
        "float32": Preset("float32", {"function": "exp x", "h": 1e-6, "precision": "float32"}),
        "ripples": Preset(_("ripples"), {"function": "ripples", "h": 0.7, "difference": "central"}),
        "corner": Preset(_("corner"), {"function": "relu", "x": 0.0, "difference": "central"}),
    }
    compute = staticmethod(measure_secant)
    plot = TangentPlot

    def describe(self, result, function, x, h, difference, precision):
        low = write_end(x, -h, MINUS) if difference == "central" else with_power(x, 6)
        words = {
            "function": FUNCTION_LABELS[function],
            "precision": PRECISION_LABELS[precision],
            "x": with_power(x, 6),
            "h": with_power(h, 6),
            "low": low,
            "high": write_end(x, h, PLUS),
            "slope": with_power(result.slope, 7),
            "derivative": with_power(result.derivative, 7),
            "error": with_power(result.error),
        }
        secant = SAME_ENDS if result.cause == "same" else SECANT
        if result.cause == "kink":
            return AT_A_CORNER.format(secant=secant, corner=CORNER).format(**words)
        return WHOLE.format(secant=secant, tangent=TANGENT, cause=CAUSES[result.cause]).format(**words)

    def write_code(self, **settings):
        return CODE.format(**settings)


def write_end(x, move, far):
    """Write an end of the secant as a number where that is short, else as a sum."""
    if abs(move) >= 1e-3:
        return with_power(x + move, 6)
    return far.format(x=with_power(x, 6), h=with_power(abs(move), 6))
