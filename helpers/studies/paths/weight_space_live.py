"""Weight space live: a real digit network is trained anew while one drags, and its path is seen on a plane."""

import math

from helpers.kit.controls import Choice, LogSlider, Slider, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import percent, write
from helpers.language import Words
from helpers.studies.paths.compute import HIDDEN, STEPS, walk_digits
from helpers.studies.paths.plots import DigitPathPlot

_ = Words(__name__)

DIGITS = _.count("{number} digit", "{number:,} digits")
WHOLE, WHOLE_WITH_UNITS = _("{run} {path}"), _("{run} {units} {path}")
# By how the end compares with guessing, and whether a far higher loss was measured on the way.
RUNS = {
    ("better", False): _(
        "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss of all digits is {first} at the "
        "start and {last} at the end."
    ),
    ("better", True): _(
        "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss of all digits is {first} at the "
        "start and {last} at the end, and seen up at {highest} on the way."
    ),
    ("little better", False): _(
        "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss of all digits is {first} at the "
        "start and {last} at the end, little better than guessing ({guess})."
    ),
    ("little better", True): _(
        "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss of all digits is {first} at the "
        "start and {last} at the end, little better than guessing ({guess}), and seen up at {highest} on the way."
    ),
    ("equal", False): _(
        "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss of all digits is {first} at the "
        "start and {last} at the end, as with guessing."
    ),
    ("equal", True): _(
        "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss of all digits is {first} at the "
        "start and {last} at the end, as with guessing, and seen up at {highest} on the way."
    ),
    ("worse", False): _(
        "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss of all digits is {first} at the "
        "start and {last} at the end, worse than guessing ({guess})."
    ),
    ("worse", True): _(
        "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss of all digits is {first} at the "
        "start and {last} at the end, worse than guessing ({guess}), and seen up at {highest} on the way."
    ),
}
FLAT = _(
    "The steps threw the weights out onto flat ground: all {units} hidden units give 0 for every digit, so no gradient reaches "
    "them."
)
SILENT = _("{silent} of the {units} hidden units give 0 for every digit, so no gradient reaches them.")
PATH = _("The path is {length} long, and the plane shows {share} of its variance.")
HIDDEN_PATH = _(
    "The path is {length} long, and the plane shows {share} of its variance: most of what happens is hidden from this picture."
)

GUESS = math.log(10)
# A loss above this has come down little from that of guessing.
HARDLY_LEARNED = 2.2

CODE = """\
import numpy as np
from helpers.optimizers import SGD
from helpers.studies.paths.compute import digit_loss, draw_weights, small_digits, train

images, labels = small_digits()
optimizer = SGD(learning_rate={learning_rate!r}, momentum={momentum!r})
points, batch_losses = train(draw_weights(), images, labels, {batch_size}, optimizer, {steps})

length = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
print("loss of all digits:", digit_loss(points[0]).round(2), "→", digit_loss(points[-1]).round(2))
print("length of the path:", length.round(1))
"""


class WeightSpaceLive(Explorer):
    """Retrain a 196-16-10 network on real digits, and see its path through 3,322 dimensions on a plane."""

    shows = _(
        "Left, the path of the weights over a contour map of the loss, on a plane through weight space. "
        "Right, the loss of all digits, at every second step. Dashed, the run at the first settings."
    )
    controls = (
        LogSlider("learning_rate", _("learning rate"), 0.3, 0.01, 3),
        Slider("momentum", _("momentum"), 0.0, 0.0, 0.99, 0.01),
        Choice("batch_size", _("batch size"), 32, numbered((1, 4, 16, 32, 64, 250, 1000))),
    )
    presets = {
        "crawls": Preset(_("crawls"), {"learning_rate": 0.02}),
        "learns": Preset(_("learns"), {"learning_rate": 0.5}),
        "all_digits_a_step": Preset(_("all digits a step"), {"learning_rate": 0.5, "batch_size": 1000}),
        "one_digit_a_step": Preset(_("one digit a step"), {"learning_rate": 0.1, "batch_size": 1}),
        "momentum": Preset(_("momentum"), {"learning_rate": 0.1, "momentum": 0.9}),
        "too_far": Preset(_("too far"), {"learning_rate": 2.0}),
    }
    compute = staticmethod(walk_digits)
    plot = DigitPathPlot

    def describe(self, result, learning_rate, momentum, batch_size):
        return choose_sentences(result).format(
            steps=STEPS,
            digits=DIGITS(batch_size),
            learning_rate=write(learning_rate, ".3g"),
            momentum=write(momentum, "g"),
            first=write(result.losses[0], ".2f"),
            last=write(result.losses[-1], ",.2f"),
            highest=write(result.losses.max(), ",.2f"),
            guess=write(GUESS, ".2f"),
            silent=result.silent_units,
            units=HIDDEN,
            length=write(result.length, ",.1f"),
            share=percent(result.share),
        )

    def write_code(self, **settings):
        return CODE.format(steps=STEPS, **settings)


def choose_sentences(result):
    """Choose what is said of a training: how its loss went, what its hidden units give, and how much of its path is seen."""
    first, last = result.losses[[0, -1]]
    run = RUNS[compare_with_guessing(last), bool(result.losses.max() > max(first, last) + 0.3)]
    path = HIDDEN_PATH if result.share < 0.495 else PATH
    if result.silent_units < HIDDEN / 4:
        return WHOLE.format(run=run, path=path)
    return WHOLE_WITH_UNITS.format(
        run=run, units=FLAT if result.silent_units == HIDDEN else SILENT, path=path
    )


def compare_with_guessing(loss):
    """Hold a loss against that of giving each digit the same probability, as both are written."""
    if write(loss, ".2f") == write(GUESS, ".2f"):
        return "equal"
    if loss > GUESS:
        return "worse"
    return "little better" if loss > HARDLY_LEARNED else "better"
