"""Learning rate and momentum: two sliders, and what they do to a path on a surface and to its loss."""

import functools

from helpers.kit.contours import SURFACE_LABELS
from helpers.kit.controls import LogSlider, Menu, Options, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import significant, write_loss
from helpers.language import Words
from helpers.studies.momentum.compute import CLOSE, STEPS, compare_momentum, passes, rises, turns
from helpers.studies.momentum.plots import MomentumPlot

_ = Words(__name__)

# By the number of steps; 0 is no goal.
GOAL_LABELS = {0: _("off"), 15: _("15 steps"), 30: _("30 steps"), 60: _("60 steps")}
OPTIMIZER_LABELS = {"momentum": _("momentum"), "Nesterov": "Nesterov", "RMSprop": "RMSprop", "Adam": "Adam"}
# At the beginning of a sentence.
CAPITALIZED_OPTIMIZERS = OPTIMIZER_LABELS | {"momentum": _("Momentum")}
START_LABELS = {
    "usual": _("usual"),
    "upper left": _("upper left"),
    "upper right": _("upper right"),
    "lower left": _("lower left"),
    "lower right": _("lower right"),
}

ALONE = _(
    "{optimizer} on the {surface}, {start} start, learning rate {learning_rate:g}, momentum {momentum}: {fate}. {rises}"
)
BESIDE = _(
    "{optimizer} on the {surface}, {start} start, learning rate {learning_rate:g}, momentum {momentum}: {fate}; {plain_fate}. {rises}"
)
FATES = {
    "settled": _("from step {settled} to step {steps}, the loss stays below {close:g} above the minimum"),
    "diverges": _("it diverges: the steps throw it ever higher, so a smaller learning rate is needed"),
    "edge": _(
        "after {steps} steps it is {height} above the minimum and gets neither lower nor higher in the long run, exactly on the edge of diverging"
    ),
    "flat": _(
        "the steps have thrown it out onto flat ground, {height} above the minimum, where hardly any slope leads back"
    ),
    "local": _("after {steps} steps it rests in a local minimum, {height} above the global one"),
    "local, lower before": _(
        "after {steps} steps it rests in a local minimum, {height} above the global one, though it was {lowest} above it on the way"
    ),
    "higher": _("after {steps} steps it is {height} above the minimum, higher than at the start"),
    "jumps": _("after {steps} steps it still jumps from side to side, {height} above the minimum"),
    "swings": _("after {steps} steps it still goes up and down, {height} above the minimum"),
    "creeps": _("after {steps} steps it is still on its way, {height} above the minimum"),
}
PLAIN_FATES = {
    "as soon": _("without momentum, that takes as many steps"),
    "alone": _("without momentum, it stays below {close:g} from step {settled} to step {steps}"),
    "diverges": _("without momentum, it diverges"),
    "edge": _("without momentum, it is exactly on the edge of diverging"),
    "flat": _("without momentum, it is thrown out onto flat ground"),
    "local": _("without momentum, it rests in a local minimum"),
    "higher": _("without momentum, it is {height} above the minimum, higher than at the start"),
    "jumps": _("without momentum, it still jumps from side to side, {height} above the minimum"),
    "swings": _("without momentum, it still goes up and down, {height} above the minimum"),
    "creeps": _("without momentum, it is still on its way, {height} above the minimum"),
}
PLAIN_TAKES = _.count(
    "without momentum, that takes {number} step", "without momentum, that takes {number} steps"
)
RISES = _("The loss rose at {rises} of {steps} steps.")
NEVER_RISES = _("The loss never rose.")
ZIGZAG = _("The loss never rose, but the path turned back at {turns} of {steps} steps.")
REACHED = _("Goal reached: {settled} of {goal} steps.")
WITH_GOAL = _("{sentences} {goal}")
MISSED = _("Goal of {goal} steps missed: {reason}.")
REASONS = {
    "late": _("it gets there, but only at step {settled}"),
    "late and swinging": _(
        "it gets there at step {settled}, because it flies past the minimum again and again before"
    ),
    "diverges": _("the learning rate is too large"),
    "edge": _("a smaller learning rate would settle"),
    "flat": _("the learning rate is too large"),
    "local": _(
        "the slope is zero in every minimum, and what was left of its speed did not carry it over the edge"
    ),
    "local at once": _("the slope is zero in every minimum, and without momentum nothing carries it on"),
    "higher": _("it is higher than at the start"),
    "swings": _("so much is carried on from step to step that it cannot stop at the minimum"),
    "swings anyway": _("it still goes up and down, even without momentum"),
    "swings on": _("it still goes up and down"),
    "jumps": _("each step leads over the minimum to the other side; a smaller learning rate would help"),
    "jumps far": _("each step jumps to another side, so it cannot come to rest"),
    "creeps": _("the steps are too small; try a larger learning rate first"),
    "lingers": _("it is still on its way"),
}
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

    shows = _(
        "Left, a map of the surface with the path of the two weights. Right, the loss above the minimum at "
        "each step, on a logarithmic axis. Dashed, the same without momentum."
    )
    controls = (
        Menu("surface", _("surface"), "valley", SURFACE_LABELS),
        Menu("optimizer", _("optimizer"), "momentum", OPTIMIZER_LABELS),
        Menu("start", _("start"), "usual", START_LABELS),
        LogSlider("learning_rate", _("learning rate"), 0.1, 0.001, 2),
        Slider("momentum", _("momentum"), 0.8, 0.0, 0.99, 0.01),
        Options("goal", _("goal"), 0, GOAL_LABELS),
    )
    presets = {
        "crawls": Preset(_("crawls"), {"learning_rate": 0.02, "momentum": 0.0}),
        "zigzags": Preset(_("zigzags"), {"learning_rate": 0.45, "momentum": 0.0}),
        "diverges": Preset(_("diverges"), {"learning_rate": 0.7, "momentum": 0.0}),
        "momentum_helps": Preset(_("momentum helps"), {"learning_rate": 0.7, "momentum": 0.7}),
        "overshoots": Preset(_("overshoots"), {"learning_rate": 0.1, "momentum": 0.9}),
        "too_much_momentum": Preset(_("too much momentum"), {"learning_rate": 0.1, "momentum": 0.99}),
        "nesterov_diverges_first": Preset(
            _("Nesterov diverges first"), {"optimizer": "Nesterov", "learning_rate": 0.5, "momentum": 0.9}
        ),
    }
    compute = staticmethod(compare_momentum)
    plot = MomentumPlot

    def describe(self, result, goal, surface, optimizer, start, learning_rate, momentum):
        sentences = (ALONE if momentum == 0 else BESIDE).format(
            optimizer=CAPITALIZED_OPTIMIZERS[optimizer],
            surface=SURFACE_LABELS[surface],
            start=START_LABELS[start],
            learning_rate=learning_rate,
            momentum=significant(momentum, 6),
            fate=say_fate(result.run),
            plain_fate=say_plain_fate(result.plain, result.run),
            rises=say_rises(result.run),
        )
        if not goal:
            return sentences
        words = {"goal": goal, "settled": result.run.settled}
        if result.run.fate == "settled" and result.run.settled <= goal:
            return WITH_GOAL.format(sentences=sentences, goal=REACHED.format(**words))
        again = functools.partial(compare_momentum, surface, optimizer, start, momentum=momentum)
        missed = why_missed(result, lambda factor: again(learning_rate=factor * learning_rate).run)
        answer = MISSED.format(reason=REASONS[missed].format(**words), **words)
        return WITH_GOAL.format(sentences=sentences, goal=answer)

    def write_code(self, goal, **settings):
        return CODE.format(steps=STEPS, close=CLOSE, **settings)


def fill(template, run):
    """Fill what is said of a Run into one of the templates for its fate."""
    words = {"settled": run.settled, "close": CLOSE, "steps": STEPS}
    height, lowest = (write_loss(height, 1e-4, 1e4) for height in (run.heights[-1], run.heights.min()))
    return template.format(height=height, lowest=lowest, **words)


def say_fate(run):
    lower_before = run.fate == "local" and run.heights.min() < run.heights[-1] - 10 * CLOSE
    return fill(FATES["local, lower before" if lower_before else run.fate], run)


def say_plain_fate(plain, run):
    if plain.fate != "settled":
        return fill(PLAIN_FATES[plain.fate], plain)
    if run.fate != "settled":
        return fill(PLAIN_FATES["alone"], plain)
    if run.settled == plain.settled:
        return PLAIN_FATES["as soon"]
    return PLAIN_TAKES(plain.settled)


def say_rises(run):
    steps, risen, turned = len(run.heights) - 1, rises(run.heights), turns(run.points)
    if risen:
        return RISES.format(rises=risen, steps=steps)
    return ZIGZAG.format(turns=turned, steps=steps) if turned > 5 else NEVER_RISES


def why_missed(result, again):
    """Name the reason for which a goal was missed, as a key of `REASONS`.

    Parameters
    ----------
    result : helpers.studies.momentum.compute.Comparison
    again : callable
        Takes a factor for the learning rate, returns the Run with it: advice is tried before it is given.
    """
    run, plain = result.run, result.plain
    fate, end, crossed = run.fate, run.heights[-1], passes(result.surface, run)
    if fate == "settled":
        flew_past = crossed > 2 and rises(run.heights[: run.settled + 1]) > 3
        return "late and swinging" if flew_past else "late"
    if fate == "local" and result.momentum == 0:
        return "local at once"
    if fate == "swings" and plain.fate in ("swings", "higher", "jumps", "diverges", "edge", "flat"):
        return "swings anyway"
    if fate == "swings" and plain.fate == "local":
        return "swings on"
    if fate == "jumps":
        return "jumps" if crossed >= STEPS // 2 and again(1 / 2).heights[-1] < end else "jumps far"
    if fate == "creeps":
        return "creeps" if again(2).heights[-1] < end else "lingers"
    return fate
