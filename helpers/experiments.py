"""Experiments that notebooks and explorers share: settings in, arrays out."""

import dataclasses
import functools

import numpy as np

from helpers.datasets import load_mnist
from helpers.layers import Dense, Flatten
from helpers.metrics import accuracy
from helpers.models import Sequential
from helpers.optimizers import SGD

STEPS = 60
CHECK_EVERY = 10


@dataclasses.dataclass(frozen=True)
class Training:
    """One short run: the loss of each step, and the accuracy on the test digits at some of them."""

    losses: np.ndarray
    checked_steps: np.ndarray
    accuracies: np.ndarray
    stopped_at: int | None = None


# As bytes: a copy scaled to floating point numbers takes four times the room for as long as the kernel lives.
bundled_digits = functools.cache(load_mnist)


def train_digits(learning_rate, momentum, batch_size):
    """Train a 784-32-10 network for 60 steps, always from the same weights and with the digits in the same order.

    Parameters
    ----------
    learning_rate, momentum : float
        Settings of SGD.
    batch_size : int
        Digits in one step.

    Returns
    -------
    Training
    """
    (train_images, train_labels), (test_images, test_labels) = bundled_digits()
    scale = np.float32(255)
    test_inputs = test_images / scale
    model = Sequential([Flatten(), Dense(32, "relu"), Dense(10, "softmax")], seed=0)
    model.compile(SGD(learning_rate, momentum), "sparse_categorical_crossentropy")

    def measure_accuracy():
        return accuracy(test_labels, model.predict(test_inputs, batch_size=1000))

    order = np.random.default_rng(0).permutation(len(train_labels))
    losses, accuracies = [], [measure_accuracy()]
    for step, batch in enumerate(np.resize(order, (STEPS, batch_size)), 1):
        losses.append(model.train_on_batch(train_images[batch] / scale, train_labels[batch])[0])
        if not np.isfinite(losses[-1]):
            break
        if step % CHECK_EVERY == 0:
            accuracies.append(measure_accuracy())
    stopped_at = None if np.isfinite(losses[-1]) else len(losses)
    checked = CHECK_EVERY * np.arange(len(accuracies))
    return Training(np.array(losses), checked, np.array(accuracies), stopped_at)
