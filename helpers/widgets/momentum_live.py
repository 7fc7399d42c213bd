"""Learning rate and momentum: two sliders, and what they do to a path on a surface and to its loss."""

from helpers.momentum import CLOSE, RULES, STARTS, STEPS, compare_momentum, rises, turns
from helpers.plots.momentum import MomentumPlot
from helpers.surfaces import SURFACES
from helpers.widgets.controls import LogSlider, Menu, Options, Slider
from helpers.widgets.explorer import Explorer

GOALS = {"off": None, "15 steps": 15, "30 steps": 30, "60 steps": 60}

RUN = "{optimizer} on the {surface}, {start} start, learning rate {learning_rate:.3g}, momentum {momentum:.3g}: "
FATES = {
    "settled": "from step {settled} on, the loss stays below {close:g} above the minimum",
    "diverges": "it diverges: the steps throw it ever higher, so a smaller learning rate is needed",
    "local": "it comes to rest in a local minimum, {height:.2g} above the global one",
    "swings": "after {steps} steps it still goes up and down, {height:.2g} above the minimum",
    "creeps": "after {steps} steps it is still on its way, {height:.2g} above the minimum",
}
PLAIN_FATES = {
    "settled": "without momentum, that takes {settled} steps",
    "diverges": "without momentum, it diverges",
    "local": "without momentum, it comes to rest in a local minimum",
    "swings": "without momentum, it still goes up and down, {height:.2g} above the minimum",
    "creeps": "without momentum, it is still on its way, {height:.2g} above the minimum",
}
STAYS = "without momentum, it stays below {close:g} from step {settled} on"
NO_MOMENTUM = "{fate}. {rises}."
BOTH = "{fate}; {plain_fate}. {rises}."
RISES = "The loss rose at {rises} of {steps} steps"
NEVER_RISES = "The loss never rose"
ZIGZAG = "The loss never rose, but the path turned back at {turns} of {steps} steps"
LOWER_BEFORE = ", though it was {lowest:.2g} above it on the way"
REACHED = " Goal reached: {settled} of {goal} steps."
MISSED = " Goal of {goal} steps missed: {reason}."
REASONS = {
    "late": "it gets there, but only at step {settled}",
    "late and swinging": "it gets there at step {settled}, because it flies past the minimum again and again before",
    "diverges": "the learning rate is too large",
    "local": "the slope is zero in every minimum, and what was left of its speed did not carry it over the edge",
    "swings": "so much is carried on from step to step that it cannot stop at the minimum",
    "jumps": "each step leads over the minimum to the other side; a smaller learning rate would help",
    "creeps": "the steps are too small; try a larger learning rate first",
}

CODE = """\
import numpy as np
from helpers.descent import descend
from helpers.momentum import RULES, start_of
from helpers.surfaces import SURFACES

surface = SURFACES[{surface!r}]
start = start_of(surface, {start!r})
heights = []
for momentum in ({momentum!r}, 0.0):
    way = descend(surface, RULES[{optimizer!r}]({learning_rate!r}, momentum), start, {steps})
    heights.append(way.losses - surface.loss(surface.minima[0]))
    below = np.flatnonzero(heights[-1] < {close!r})
    reached = f"after {{below[0]}} steps" if len(below) else "never"
    print(f"momentum {{momentum:g}}: first below {close!r} above the minimum {{reached}}")
"""


class MomentumLive(Explorer):
    """Move learning rate and momentum, and see the path, the loss, and what each of them does."""

    shows = (
        "Left, a map of the surface with the path of the two weights. Right, the loss above the minimum at "
        "each step, on a logarithmic axis. Dashed, the same without momentum."
    )
    controls = (
        Menu("surface", "surface", "valley", tuple(SURFACES)),
        Menu("optimizer", "optimizer", "momentum", tuple(RULES)),
        Menu("start", "start", "usual", tuple(STARTS)),
        LogSlider("learning_rate", "learning rate", 0.1, 0.001, 2),
        Slider("momentum", "momentum", 0.8, 0.0, 0.99, 0.01),
        Options("goal", "goal", "off", tuple(GOALS)),
    )
    presets = {
        "crawls": {"learning_rate": 0.02, "momentum": 0.0},
        "zigzags": {"learning_rate": 0.45, "momentum": 0.0},
        "diverges": {"learning_rate": 0.7, "momentum": 0.0},
        "momentum helps": {"learning_rate": 0.7, "momentum": 0.7},
        "overshoots": {"learning_rate": 0.1, "momentum": 0.9},
        "too much momentum": {"learning_rate": 0.1, "momentum": 0.99},
        "Nesterov diverges first": {"optimizer": "Nesterov", "learning_rate": 0.5, "momentum": 0.9},
        "stuck in the local minimum": {"surface": "two hollows", "learning_rate": 0.05, "momentum": 0.5},
        "escapes": {"surface": "two hollows", "learning_rate": 0.05, "momentum": 0.9},
        "passes the global one": {"surface": "two hollows", "learning_rate": 0.2, "momentum": 0.9},
    }

    def compute(self, goal, **settings):
        return compare_momentum(**settings, goal=GOALS[goal])

    def draw(self, result):
        return MomentumPlot(result)

    def describe(self, result, goal, optimizer, momentum, **settings):
        name = optimizer[0].upper() + optimizer[1:]
        run = RUN.format(optimizer=name, momentum=momentum, **settings)
        words = {
            "fate": say_fate(FATES, result.fate, result.settled, result.heights),
            "plain_fate": say_plain_fate(result),
            "rises": say_rises(result),
        }
        lowest = result.heights.min()
        if result.fate == "local" and lowest < result.heights[-1] - 10 * CLOSE:
            words["fate"] += LOWER_BEFORE.format(lowest=lowest)
        text = run + (NO_MOMENTUM if momentum == 0 else BOTH).format(**words)
        if result.goal is None:
            return text
        if result.settled is not None and result.settled <= result.goal:
            return text + REACHED.format(settled=result.settled, goal=result.goal)
        reason = REASONS[why_missed(result)].format(settled=result.settled)
        return text + MISSED.format(goal=result.goal, reason=reason)

    def write_code(self, goal, **settings):
        return CODE.format(steps=STEPS, close=CLOSE, **settings)


def say_fate(fates, fate, settled, heights):
    return fates[fate].format(settled=settled, close=CLOSE, steps=STEPS, height=min(heights[-1], 1e4))


def say_plain_fate(result):
    both = result.fate == result.plain_fate == "settled"
    fates = PLAIN_FATES if both else PLAIN_FATES | {"settled": STAYS}
    return say_fate(fates, result.plain_fate, result.plain_settled, result.plain_heights)


def say_rises(result):
    steps = len(result.heights) - 1
    count, turned = rises(result.heights), turns(result.points)
    if count:
        return RISES.format(rises=count, steps=steps)
    return ZIGZAG.format(turns=turned, steps=steps) if turned > 5 else NEVER_RISES


def why_missed(result):
    """Name the reason for which a goal was missed, as a key of `REASONS`."""
    if result.fate == "settled":
        return "late and swinging" if rises(result.heights[: result.settled + 1]) > 3 else "late"
    return "jumps" if result.fate == "swings" and result.momentum < 0.3 else result.fate
