"""Weight space live: a real digit network is trained anew while one drags, and its path is seen on a plane."""

import math

from helpers.kit.controls import Choice, LogSlider, Slider, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import count, percent, write
from helpers.studies.paths.compute import HIDDEN, STEPS, walk_digits
from helpers.studies.paths.plots import DigitPathPlot

RUN = (
    "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss of all digits is {first} at the "
    "start and {last} at the end{guesses}{way}. "
)
BETTER, EQUAL, WORSE = (
    ", little better than guessing ({guess})",
    ", as with guessing",
    ", worse than guessing ({guess})",
)
HIGHEST = ", and up at {highest} on the way"
FLAT = (
    "The steps threw the weights out onto flat ground: all {units} hidden units give 0 for every digit, so no gradient reaches "
    "them. "
)
SILENT = "{silent} of the {units} hidden units give 0 for every digit, so no gradient reaches them. "
PATH = "The path is {length} long, and the plane shows {share} of its variance{warning}."
WARNING = ": most of what happens is hidden from this picture"

GUESS = math.log(10)
# A loss above this has come down little from that of guessing.
HARDLY_LEARNED = 2.2

CODE = """\
import numpy as np
from helpers.studies.paths.compute import digit_loss, draw_weights, small_digits, train
from helpers.optimizers import SGD

images, labels = small_digits()
optimizer = SGD(learning_rate={learning_rate!r}, momentum={momentum!r})
points, batch_losses = train(draw_weights(), images, labels, {batch_size}, optimizer, {steps})

length = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
print("loss of all digits:", digit_loss(points[0]).round(2), "→", digit_loss(points[-1]).round(2))
print("length of the path:", length.round(1))
"""


class WeightSpaceLive(Explorer):
    """Retrain a 196-16-10 network on real digits, and see its path through 3,322 dimensions on a plane."""

    shows = (
        "Left, the path of the weights over a contour map of the loss, on a plane through weight space. "
        "Right, the loss of all digits at each step. Dashed, the run at the first settings."
    )
    controls = (
        LogSlider("learning_rate", "learning rate", 0.3, 0.01, 3),
        Slider("momentum", "momentum", 0.0, 0.0, 0.99, 0.01),
        Choice("batch_size", "batch size", 32, numbered((1, 4, 16, 32, 64, 250, 1000))),
    )
    presets = {
        "crawls": Preset("crawls", {"learning_rate": 0.02}),
        "learns": Preset("learns", {"learning_rate": 0.5}),
        "all_digits_a_step": Preset("all digits a step", {"learning_rate": 0.5, "batch_size": 1000}),
        "one_digit_a_step": Preset("one digit a step", {"learning_rate": 0.1, "batch_size": 1}),
        "momentum": Preset("momentum", {"learning_rate": 0.1, "momentum": 0.9}),
        "too_far": Preset("too far", {"learning_rate": 2.0}),
    }

    def compute(self, **settings):
        return walk_digits(**settings)

    def draw(self, result):
        return DigitPathPlot(result)

    def describe(self, result, learning_rate, momentum, batch_size):
        first, last, highest = result.losses[0], result.losses[-1], result.losses.max()
        run = RUN.format(
            steps=STEPS,
            digits=count(batch_size, "digit"),
            learning_rate=write(learning_rate, ".3g"),
            momentum=write(momentum, "g"),
            first=write(first, ".2f"),
            last=write(last, ",.2f"),
            guesses=compare_with_guessing(last),
            way=HIGHEST.format(highest=write(highest, ",.2f")) if highest > max(first, last) + 0.3 else "",
        )
        path = PATH.format(
            length=write(result.length, ",.1f"),
            share=percent(result.share),
            warning=WARNING if result.share < 0.495 else "",
        )
        return run + say_silent(result.silent_units) + path

    def write_code(self, **settings):
        return CODE.format(steps=STEPS, **settings)


def compare_with_guessing(loss):
    """Hold a loss against that of giving each digit the same probability, as both are written."""
    guess = write(GUESS, ".2f")
    if write(loss, ".2f") == guess:
        return EQUAL
    if loss > GUESS:
        return WORSE.format(guess=guess)
    return BETTER.format(guess=guess) if loss > HARDLY_LEARNED else ""


def say_silent(silent):
    """Say how many hidden units learn nothing any more, if they are many."""
    if silent == HIDDEN:
        return FLAT.format(units=HIDDEN)
    return SILENT.format(silent=silent, units=HIDDEN) if silent >= HIDDEN / 4 else ""
