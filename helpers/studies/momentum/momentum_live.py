"""Learning rate and momentum: two sliders, and what they do to a path on a surface and to its loss."""

import functools

from helpers.kit.contours import SURFACE_LABELS
from helpers.kit.controls import LogSlider, Menu, Options, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import count, significant, write_loss
from helpers.studies.momentum.compute import (
    CLOSE,
    STEPS,
    compare_momentum,
    passes,
    rises,
    turns,
)
from helpers.studies.momentum.plots import MomentumPlot

GOALS = {"off": None, "15 steps": 15, "30 steps": 30, "60 steps": 60}

RUN = "{optimizer} on the {surface}, {start} start, learning rate {learning_rate:g}, momentum {momentum}: "
FATES = {
    "settled": "from step {settled} to step {steps}, the loss stays below {close:g} above the minimum",
    "diverges": "it diverges: the steps throw it ever higher, so a smaller learning rate is needed",
    "edge": "after {steps} steps it is {height} above the minimum and gets neither lower nor higher in the long run, exactly on the edge of diverging",
    "flat": "the steps have thrown it out onto flat ground, {height} above the minimum, where hardly any slope leads back",
    "local": "after {steps} steps it rests in a local minimum, {height} above the global one",
    "higher": "after {steps} steps it is {height} above the minimum, higher than at the start",
    "jumps": "after {steps} steps it still jumps from side to side, {height} above the minimum",
    "swings": "after {steps} steps it still goes up and down, {height} above the minimum",
    "creeps": "after {steps} steps it is still on its way, {height} above the minimum",
}
PLAIN_FATES = {
    "settled": "without momentum, that takes {counted}",
    "diverges": "without momentum, it diverges",
    "edge": "without momentum, it is exactly on the edge of diverging",
    "flat": "without momentum, it is thrown out onto flat ground",
    "local": "without momentum, it rests in a local minimum",
    "higher": "without momentum, it is {height} above the minimum, higher than at the start",
    "jumps": "without momentum, it still jumps from side to side, {height} above the minimum",
    "swings": "without momentum, it still goes up and down, {height} above the minimum",
    "creeps": "without momentum, it is still on its way, {height} above the minimum",
}
STAYS = "without momentum, it stays below {close:g} from step {settled} to step {steps}"
AS_MANY = "without momentum, that takes as many steps"
NO_MOMENTUM = "{fate}. {rises}."
BOTH = "{fate}; {plain_fate}. {rises}."
RISES = "The loss rose at {rises} of {steps} steps"
NEVER_RISES = "The loss never rose"
ZIGZAG = "The loss never rose, but the path turned back at {turns} of {steps} steps"
LOWER_BEFORE = ", though it was {lowest} above it on the way"
REACHED = " Goal reached: {settled} of {goal} steps."
MISSED = " Goal of {goal} steps missed: {reason}."
REASONS = {
    "late": "it gets there, but only at step {settled}",
    "late and swinging": "it gets there at step {settled}, because it flies past the minimum again and again before",
    "diverges": "the learning rate is too large",
    "edge": "a smaller learning rate would settle",
    "flat": "the learning rate is too large",
    "local": "the slope is zero in every minimum, and what was left of its speed did not carry it over the edge",
    "local at once": "the slope is zero in every minimum, and without momentum nothing carries it on",
    "higher": "it is higher than at the start",
    "swings": "so much is carried on from step to step that it cannot stop at the minimum",
    "swings anyway": "it still goes up and down, even without momentum",
    "swings on": "it still goes up and down",
    "jumps": "each step leads over the minimum to the other side; a smaller learning rate would help",
    "jumps far": "each step jumps to another side, so it cannot come to rest",
    "creeps": "the steps are too small; try a larger learning rate first",
    "lingers": "it is still on its way",
}
# Heights that are written as numbers.
SMALLEST, LARGEST = 1e-4, 1e4

OPTIMIZER_LABELS = {"momentum": "momentum", "Nesterov": "Nesterov", "RMSprop": "RMSprop", "Adam": "Adam"}

START_LABELS = {
    "usual": "usual",
    "upper left": "upper left",
    "upper right": "upper right",
    "lower left": "lower left",
    "lower right": "lower right",
}

GOAL_LABELS = {"off": "off", "15 steps": "15 steps", "30 steps": "30 steps", "60 steps": "60 steps"}

CODE = """\
import numpy as np
from helpers.descent import descend
from helpers.studies.momentum.compute import RULES, start_of
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
        Menu("surface", "surface", "valley", SURFACE_LABELS),
        Menu("optimizer", "optimizer", "momentum", OPTIMIZER_LABELS),
        Menu("start", "start", "usual", START_LABELS),
        LogSlider("learning_rate", "learning rate", 0.1, 0.001, 2),
        Slider("momentum", "momentum", 0.8, 0.0, 0.99, 0.01),
        Options("goal", "goal", "off", GOAL_LABELS),
    )
    presets = {
        "crawls": Preset("crawls", {"learning_rate": 0.02, "momentum": 0.0}),
        "zigzags": Preset("zigzags", {"learning_rate": 0.45, "momentum": 0.0}),
        "diverges": Preset("diverges", {"learning_rate": 0.7, "momentum": 0.0}),
        "momentum_helps": Preset("momentum helps", {"learning_rate": 0.7, "momentum": 0.7}),
        "overshoots": Preset("overshoots", {"learning_rate": 0.1, "momentum": 0.9}),
        "too_much_momentum": Preset("too much momentum", {"learning_rate": 0.1, "momentum": 0.99}),
        "nesterov_diverges_first": Preset(
            "Nesterov diverges first", {"optimizer": "Nesterov", "learning_rate": 0.5, "momentum": 0.9}
        ),
    }

    def compute(self, goal, **settings):
        return compare_momentum(**settings, goal=GOALS[goal])

    def draw(self, result):
        return MomentumPlot(result)

    def describe(self, result, goal, optimizer, momentum, **settings):
        name = optimizer[0].upper() + optimizer[1:]
        run = RUN.format(optimizer=name, momentum=significant(momentum, 6), **settings)
        words = {
            "fate": say_fate(FATES, result.fate, result.settled, result.heights),
            "plain_fate": say_plain_fate(result),
            "rises": say_rises(result),
        }
        lowest = result.heights.min()
        if result.fate == "local" and lowest < result.heights[-1] - 10 * CLOSE:
            words["fate"] += LOWER_BEFORE.format(lowest=say_height(lowest))
        text = run + (NO_MOMENTUM if momentum == 0 else BOTH).format(**words)
        if result.goal is None:
            return text
        if result.fate == "settled" and result.settled <= result.goal:
            return text + REACHED.format(settled=result.settled, goal=result.goal)
        rate = settings.pop("learning_rate")
        again = functools.partial(compare_momentum, optimizer=optimizer, momentum=momentum, **settings)
        reason = REASONS[why_missed(result, lambda factor: again(learning_rate=factor * rate))].format(
            settled=result.settled
        )
        return text + MISSED.format(goal=result.goal, reason=reason)

    def write_code(self, goal, **settings):
        return CODE.format(steps=STEPS, close=CLOSE, **settings)


def say_height(height):
    return write_loss(height, SMALLEST, LARGEST)


def say_fate(fates, fate, settled, heights):
    words = {"settled": settled, "close": CLOSE, "steps": STEPS, "height": say_height(heights[-1])}
    if settled is not None:
        words["counted"] = count(settled, "step")
    return fates[fate].format(**words)


def say_plain_fate(result):
    fates = PLAIN_FATES
    if result.fate != "settled":
        fates = PLAIN_FATES | {"settled": STAYS}
    elif result.settled == result.plain_settled:
        fates = PLAIN_FATES | {"settled": AS_MANY}
    return say_fate(fates, result.plain_fate, result.plain_settled, result.plain_heights)


def say_rises(result):
    steps = len(result.heights) - 1
    risen, turned = rises(result.heights), turns(result.points)
    if risen:
        return RISES.format(rises=risen, steps=steps)
    return ZIGZAG.format(turns=turned, steps=steps) if turned > 5 else NEVER_RISES


def why_missed(result, again):
    """Name the reason for which a goal was missed, as a key of `REASONS`.

    Parameters
    ----------
    result : helpers.studies.momentum.compute.Comparison
    again : callable
        Takes a factor for the learning rate, returns the Comparison with it: advice is tried before it is given.
    """
    fate, end = result.fate, result.heights[-1]
    if fate == "settled":
        return (
            "late and swinging"
            if passes(result) > 2 and rises(result.heights[: result.settled + 1]) > 3
            else "late"
        )
    if fate == "local" and result.momentum == 0:
        return "local at once"
    if fate == "swings" and result.plain_fate in ("swings", "higher", "jumps", "diverges", "edge", "flat"):
        return "swings anyway"
    if fate == "swings" and result.plain_fate == "local":
        return "swings on"
    if fate == "jumps":
        return "jumps" if passes(result) >= STEPS // 2 and again(1 / 2).heights[-1] < end else "jumps far"
    if fate == "creeps":
        return "creeps" if again(2).heights[-1] < end else "lingers"
    return fate
