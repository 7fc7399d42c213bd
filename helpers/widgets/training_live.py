"""Training live: three sliders retrain a real digit classifier while one drags them."""

from helpers.experiments import STEPS, train_digits
from helpers.plots.training import TrainingPlot
from helpers.widgets.controls import Choice, LogSlider, Slider
from helpers.widgets.explorer import Explorer

RUN = "{steps} steps of {digits}, learning rate {learning_rate:.3g}, momentum {momentum:g}: "
ONE_DIGIT = "1 digit"
DIGITS = "{batch_size} digits"
LEARNED = (
    "the loss went from {first:.1f} to {last:.1f}, and {share:.0f} of 100 test digits are read correctly."
)
GUESSES = "nothing was learned. {share:.0f} of 100 test digits are right, no better than guessing. {reason}"
TOO_SMALL = "The steps are too small to arrive anywhere in so few of them."
TOO_LARGE = "The steps were so large that they threw the weights to where the network gives almost every digit the same answer."
STOPPED = "the loss grew beyond all numbers at step {step}: the learning rate is far too large."

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

    shows = (
        "Left, the loss on each batch. Right, the share of test digits read correctly. Both over the steps; "
        "dashed, the run at the first settings."
    )
    controls = (
        LogSlider("learning_rate", "learning rate", 0.05, 0.001, 10),
        Slider("momentum", "momentum", 0.0, 0.0, 0.99, 0.01),
        Choice("batch_size", "batch size", 32, (1, 2, 4, 8, 16, 32, 64, 128)),
    )
    presets = {
        "crawls": {"learning_rate": 0.001},
        "learns": {"learning_rate": 0.3},
        "momentum helps": {"learning_rate": 0.1, "momentum": 0.9, "batch_size": 64},
        "one digit a step": {"learning_rate": 0.1, "batch_size": 1},
        "too far": {"learning_rate": 10.0},
    }

    def compute(self, **settings):
        return train_digits(**settings)

    def draw(self, result):
        return TrainingPlot(result)

    def describe(self, result, learning_rate, momentum, batch_size):
        digits = ONE_DIGIT if batch_size == 1 else DIGITS.format(batch_size=batch_size)
        run = RUN.format(
            steps=len(result.losses), digits=digits, learning_rate=learning_rate, momentum=momentum
        )
        if result.stopped_at is not None:
            return run + STOPPED.format(step=result.stopped_at)
        share = 100 * result.accuracies[-1]
        if share < 15:
            reason = TOO_SMALL if result.losses.max() < 5 and learning_rate < 0.02 else TOO_LARGE
            return run + GUESSES.format(share=share, reason=reason)
        return run + LEARNED.format(first=result.losses[0], last=result.losses[-10:].mean(), share=share)

    def write_code(self, **settings):
        return CODE.format(steps=STEPS, **settings)
