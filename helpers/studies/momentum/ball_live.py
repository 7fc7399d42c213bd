"""A ball in a double well: it rolls down a loss curve, step by step, with as much of its velocity as momentum keeps."""

from helpers.kit.controls import LogSlider, Menu, Player, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import significant, write
from helpers.studies.momentum.compute import BALL_STEPS, RESTS, roll
from helpers.studies.momentum.plots import BallPlot
from helpers.surfaces import CURVES

NOW = "Step {step} on the {curve}, learning rate {learning_rate:g}, momentum {momentum}: the ball is at w = {place} {moving}. "
RESTING, RIGHT, LEFT = (
    "and hardly moves",
    "and moves right, {speed} a step",
    "and moves left, {speed} a step",
)
FAR_AWAY = "Step {step} on the {curve}, learning rate {learning_rate:g}, momentum {momentum}: the ball is far outside of the picture. "
DIVERGES = (
    "It is thrown out of the hollow, to places where the curve is ever steeper: the steps are too large."
)
ONLY_ENDS = {
    "settled": "By step {steps} it is at rest in the minimum.",
    "swings": "At step {steps} it still swings around the minimum: so much momentum keeps it going.",
    "creeps": "At step {steps} it is still on its way to the minimum.",
}
ENDS = {
    "settled": "By step {steps} it is at rest in the {hollow} minimum{way}.",
    "swings": "At step {steps} it still swings, in the hollow of the {hollow} minimum{way}.",
    "jumps": "At step {steps} it still jumps to and fro, in the hollow of the {hollow} minimum{way}.",
    "creeps": "At step {steps} it is still on its way, in the hollow of the {hollow} minimum{way}.",
}
STUCK = ": it is too slow for the hill behind it"
ESCAPES = ": it was fast enough to climb over the hill"
LEAPS = ": one step was so long that it led over the hill"
PASSES = ": it has been in the global one, too fast to stay"
LEAPS_BACK = ": it has been in the global one, and one long step led out of it again"
WANDERS = ": it has crossed the hill {crossings} times"

CURVE_LABELS = {
    "parabola": "parabola",
    "double well": "double well",
    "shallow double well": "shallow double well",
}

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

    shows = (
        "Left, a ball on a curve of the loss over the weight w, with an arrow for its velocity and stars at "
        "the minima. Right, its weight at each step."
    )
    controls = (
        Player("step", "step", 8, 0, BALL_STEPS),
        Menu("curve", "curve", "double well", CURVE_LABELS),
        LogSlider("learning_rate", "learning rate", 0.05, 0.01, 1),
        Slider("momentum", "momentum", 0.9, 0.0, 0.99, 0.01),
    )
    presets = {
        "stuck": Preset("stuck", {"step": BALL_STEPS, "momentum": 0.5}),
        "escapes": Preset("escapes", {"step": BALL_STEPS}),
        "passes_the_global_one": Preset(
            "passes the global one",
            {
                "step": BALL_STEPS,
                "curve": "shallow double well",
                "momentum": 0.95,
            },
        ),
        "leaps_without_momentum": Preset(
            "leaps without momentum", {"step": BALL_STEPS, "momentum": 0.0, "learning_rate": 0.5}
        ),
        "swings": Preset("swings", {"step": BALL_STEPS, "curve": "parabola", "momentum": 0.99}),
        "flies_off": Preset("flies off", {"step": BALL_STEPS, "learning_rate": 1.0}),
    }

    def compute(self, **settings):
        return roll(**settings)

    def draw(self, result):
        return BallPlot(result)

    def describe(self, result, step, momentum, **settings):
        settings["momentum"] = significant(momentum, 6)
        place, velocity = result.points[result.step], result.velocities[result.step]
        words = RESTING if abs(velocity) < RESTS else RIGHT if velocity > 0 else LEFT
        if abs(place) > 100:
            now = FAR_AWAY.format(step=step, **settings)
        else:
            moving = words.format(speed=write(abs(velocity), ".2f"))
            now = NOW.format(step=step, place=write(place, ".2f"), moving=moving, **settings)
        if result.fate == "diverges":
            return now + DIVERGES
        ends = ONLY_ENDS if len(CURVES[result.curve].minima) == 1 else ENDS
        hollow = "local" if result.visited[-1] else "global"
        return now + ends[result.fate].format(steps=BALL_STEPS, hollow=hollow, way=say_way(result))

    def write_code(self, **settings):
        return CODE.format(steps=BALL_STEPS, **settings)


def say_way(result):
    """Say through which hollows the ball came to the last one, and how it left each."""
    crossings = len(result.visited) - 1
    if crossings == 0:
        return STUCK
    leapt = result.leaps[-1]
    if crossings == 1:
        return LEAPS if leapt else ESCAPES
    if crossings == 2:
        return LEAPS_BACK if leapt else PASSES
    return WANDERS.format(crossings=crossings)
