"""Training live: three sliders retrain a real digit classifier while one drags them."""

import numpy as np

from helpers.kit.controls import Choice, LogSlider, Slider, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import write
from helpers.language import Words
from helpers.optimizers import SGD
from helpers.studies.training.compute import STEPS, UNITS, train_digits
from helpers.studies.training.plots import TrainingPlot

_ = Words(__name__)

DIGITS = _.count("{number} digit", "{number:,} digits")
WITH_REASON = _("{run} {reason}")
STOPPED = _(
    "{digits} a step, learning rate {learning_rate}, momentum {momentum}: the loss grew beyond all numbers at step {steps}: "
    "the steps are far too large."
)
LEARNED = _(
    "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss is {first} on the first batch and {last} on "
    "the last ten, and {share} of 100 test digits are read correctly."
)
GUESSED = _(
    "{steps} steps of {digits}, learning rate {learning_rate}, momentum {momentum}: the loss is {first} on the first batch and {last} on "
    "the last ten, and {share} of 100 test digits are read correctly, no better than guessing."
)
TOO_SMALL = _(
    "The steps are too small to arrive anywhere in so few of them: measured every 20 steps, the loss of the test digits falls "
    "each time, and in all only by {fall}."
)
FLAT = _(
    "The steps threw the weights out onto flat ground: all {units} hidden units give 0 for every test digit, and so all get "
    "the same answer."
)
ONE_ANSWER = _("The network gives {most_common} of 100 test digits the same answer.")
SILENT = _(
    "The network gives {most_common} of 100 test digits the same answer: {silent} of its {units} hidden units give 0 for all of them."
)

# What guessing among ten digits reads of 1,000, and two standard deviations more.
BEST_GUESS = 0.1 + 2 * (0.1 * 0.9 / 1000) ** 0.5

CODE = """\
import numpy as np
from helpers.datasets import load_mnist
from helpers.layers import Dense, Flatten
from helpers.models import Sequential
from helpers.optimizers import SGD

(train_images, train_labels), (test_images, test_labels) = load_mnist()
train_images, test_images = (images.astype("float32") / 255 for images in (train_images, test_images))

model = Sequential([Flatten(), Dense(32, "relu"), Dense(10, "softmax")], seed=0)
model.compile(SGD(learning_rate={learning_rate!r}, momentum={momentum!r}), "sparse_categorical_crossentropy", ["accuracy"])

order = np.random.default_rng(0).permutation(len(train_labels))
losses = []
for batch in np.resize(order, ({steps}, {batch_size})):
    loss, accuracy = model.train_on_batch(train_images[batch], train_labels[batch])
    losses.append(loss)
test_loss, test_accuracy = model.evaluate(test_images, test_labels)
print(f"loss {{losses[0]:.2f}} → {{losses[-1]:.2f}}, test digits read correctly: {{test_accuracy:.0%}}")
"""


class TrainingLive(Explorer):
    """Retrain a 784-32-10 network on real digits whenever learning rate, momentum or batch size moves."""

    shows = _(
        "Left, the loss on each batch. Right, the share of test digits read correctly, every 20 steps. Both over the "
        "steps; dashed, the run at the first settings."
    )
    controls = (
        LogSlider("learning_rate", _("learning rate"), 0.05, 0.001, 10),
        Slider("momentum", _("momentum"), 0.0, 0.0, 0.99, 0.01),
        Choice("batch_size", _("batch size"), 32, numbered((1, 2, 4, 8, 16, 32, 64, 128))),
    )
    presets = {
        "crawls": Preset(_("crawls"), {"learning_rate": 0.001}),
        "learns": Preset(_("learns"), {"learning_rate": 0.3}),
        "momentum_helps": Preset(
            _("momentum helps"), {"learning_rate": 0.1, "momentum": 0.9, "batch_size": 64}
        ),
        "one_digit_a_step": Preset(_("one digit a step"), {"learning_rate": 0.1, "batch_size": 1}),
        "too_far": Preset(_("too far"), {"learning_rate": 10.0}),
    }
    plot = TrainingPlot

    def compute(self, learning_rate, momentum, batch_size):
        return train_digits(SGD(learning_rate, momentum), batch_size)

    def describe(self, result, learning_rate, momentum, batch_size):
        return choose_sentences(result).format(
            steps=len(result.losses),
            digits=DIGITS(batch_size),
            learning_rate=write(learning_rate, ".3g"),
            momentum=write(momentum, "g"),
            first=write(result.losses[0], ".2f"),
            last=write(result.losses[-10:].mean(), ",.2f"),
            share=write(100 * result.accuracies[-1], ".0f"),
            most_common=write(100 * result.most_common, ".0f"),
            silent=result.silent_units,
            units=UNITS,
            fall=write(result.test_losses[0] - result.test_losses[-1], ".2f"),
        )

    def write_code(self, **settings):
        return CODE.format(steps=STEPS, **settings)


def choose_sentences(result):
    """Choose what is said of a training: how it ended and, where the run itself shows it, why so few digits are read."""
    if result.stopped_at is not None:
        return STOPPED
    share = result.accuracies[-1]
    ends = GUESSED if share <= BEST_GUESS else LEARNED
    if result.silent_units == UNITS:
        return WITH_REASON.format(run=ends, reason=FLAT)
    if result.most_common > 0.9:
        reason = SILENT if result.silent_units > UNITS / 2 else ONE_ANSWER
        return WITH_REASON.format(run=ends, reason=reason)
    if share < 0.25 and (np.diff(result.test_losses) < 0).all():
        return WITH_REASON.format(run=ends, reason=TOO_SMALL)
    return ends
