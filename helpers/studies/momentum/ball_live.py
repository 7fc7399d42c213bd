"""A ball in a double well: it rolls down a loss curve, step by step, with as much of its velocity as momentum keeps."""

from helpers.kit.controls import LogSlider, Menu, Player, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import significant, write
from helpers.language import Words
from helpers.studies.momentum.ball_plots import BallPlot
from helpers.studies.momentum.compute import BALL_STEPS, RESTS, roll
from helpers.surfaces import CURVES

_ = Words(__name__)

CURVE_LABELS = {
    "parabola": _("parabola"),
    "double well": _("double well"),
    "shallow double well": _("shallow double well"),
}

TEXT = _("Step {step} on the {curve}, learning rate {learning_rate:g}, momentum {momentum}: {now}. {end}")
NOW = {
    "rests": _("the ball is at w = {place} and hardly moves"),
    "right": _("the ball is at w = {place} and moves right, {speed} a step"),
    "left": _("the ball is at w = {place} and moves left, {speed} a step"),
    "far": _("the ball is far outside of the picture"),
}
DIVERGES = _(
    "It is thrown out of the hollow, to places where the curve is ever steeper: the steps are too large."
)
ONLY_ENDS = {
    "settled": _("By step {steps} it is at rest in the minimum."),
    "swings": _("At step {steps} it still swings around the minimum: so much momentum keeps it going."),
    "creeps": _("At step {steps} it is still on its way to the minimum."),
}
# For the number of the minimum: 0 is the global one.
ENDS = {
    ("settled", 0): _("By step {steps} it is at rest in the global minimum: {way}."),
    ("settled", 1): _("By step {steps} it is at rest in the local minimum: {way}."),
    ("swings", 0): _("At step {steps} it still swings, in the hollow of the global minimum: {way}."),
    ("swings", 1): _("At step {steps} it still swings, in the hollow of the local minimum: {way}."),
    ("jumps", 0): _("At step {steps} it still jumps to and fro, in the hollow of the global minimum: {way}."),
    ("jumps", 1): _("At step {steps} it still jumps to and fro, in the hollow of the local minimum: {way}."),
    ("creeps", 0): _("At step {steps} it is still on its way, in the hollow of the global minimum: {way}."),
    ("creeps", 1): _("At step {steps} it is still on its way, in the hollow of the local minimum: {way}."),
}
# For how often it crossed the hill, and whether the last time in a single step; more often, `WANDERS`.
WAYS = {
    (0, False): _("it is too slow for the hill behind it"),
    (1, False): _("it was fast enough to climb over the hill"),
    (1, True): _("one step was so long that it led over the hill"),
    (2, False): _("it has been in the global one, too fast to stay"),
    (2, True): _("it has been in the global one, and one long step led out of it again"),
}
WANDERS = _("it has crossed the hill {crossings} times")

CODE = """\
from helpers.descent import descend
from helpers.optimizers import SGD
from helpers.surfaces import CURVES

curve = CURVES[{curve!r}]
way = descend(curve, SGD({learning_rate!r}, {momentum!r}), curve.start, {steps})
places = way.points[: {step} + 1, 0]
print(f"w = {{places[-1]:.3g}}, loss {{way.losses[len(places) - 1]:.3g}}")
"""


class BallLive(Explorer):
    """Let a ball roll down a curve, and see which hollow keeps it."""

    shows = _(
        "Left, a ball on a curve of the loss over the weight w, with an arrow for its velocity and stars at "
        "the minima. Right, its weight at each step."
    )
    controls = (
        Player("step", _("step"), 8, 0, BALL_STEPS),
        Menu("curve", _("curve"), "double well", CURVE_LABELS),
        LogSlider("learning_rate", _("learning rate"), 0.05, 0.01, 1),
        Slider("momentum", _("momentum"), 0.9, 0.0, 0.99, 0.01),
    )
    presets = {
        "stuck": Preset(_("stuck"), {"step": BALL_STEPS, "momentum": 0.5}),
        "escapes": Preset(_("escapes"), {"step": BALL_STEPS}),
        "passes_the_global_one": Preset(
            _("passes the global one"),
            {
                "step": BALL_STEPS,
                "curve": "shallow double well",
                "momentum": 0.95,
            },
        ),
        "leaps_without_momentum": Preset(
            _("leaps without momentum"), {"step": BALL_STEPS, "momentum": 0.0, "learning_rate": 0.5}
        ),
        "swings": Preset(_("swings"), {"step": BALL_STEPS, "curve": "parabola", "momentum": 0.99}),
        "flies_off": Preset(_("flies off"), {"step": BALL_STEPS, "learning_rate": 1.0}),
    }
    compute = staticmethod(roll)
    plot = BallPlot

    def describe(self, result, step, curve, learning_rate, momentum):
        return TEXT.format(
            step=step,
            curve=CURVE_LABELS[curve],
            learning_rate=learning_rate,
            momentum=significant(momentum, 6),
            now=say_now(result.points[result.step], result.velocities[result.step]),
            end=say_end(result),
        )

    def write_code(self, **settings):
        return CODE.format(steps=BALL_STEPS, **settings)


def say_now(place, velocity):
    """Say where the ball is, and how it moves."""
    moves = "rests" if abs(velocity) < RESTS else "right" if velocity > 0 else "left"
    words = {"place": write(place, ".2f"), "speed": write(abs(velocity), ".2f")}
    return NOW["far" if abs(place) > 100 else moves].format(**words)


def say_end(result):
    """Say what becomes of the ball, and through which hollows it came to the last one."""
    if result.fate == "diverges":
        return DIVERGES
    if len(CURVES[result.curve].minima) == 1:
        return ONLY_ENDS[result.fate].format(steps=BALL_STEPS)
    crossings = len(result.leaps)
    way = WAYS.get((crossings, crossings > 0 and result.leaps[-1]), WANDERS).format(crossings=crossings)
    return ENDS[result.fate, result.visited[-1]].format(steps=BALL_STEPS, way=way)
