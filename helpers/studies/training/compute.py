"""Experiments that notebooks and explorers share: settings in, arrays out."""

import dataclasses

import numpy as np

from helpers.datasets import bundled_digits
from helpers.layers import Dense, Flatten
from helpers.losses import sparse_categorical_crossentropy
from helpers.metrics import accuracy
from helpers.models import Sequential

STEPS = 60
UNITS = 32
CHECK_EVERY = 20


@dataclasses.dataclass(frozen=True)
class Training:
    """One short training.

    Attributes
    ----------
    losses : array, shape (steps,)
        Loss of each step on its own batch.
    checked_steps, accuracies, test_losses : array, shape (checks,)
        After which steps the test digits were looked at, the share of them that is read correctly, and their loss.
    most_common : float
        Share of the test digits that get the network's most common answer, at the last check.
    silent_units : int
        Hidden units that give 0 for every test digit, at the last check.
    stopped_at : int or None
        The step in which the loss was no finite number any more.
    """

    losses: np.ndarray
    checked_steps: np.ndarray
    accuracies: np.ndarray
    test_losses: np.ndarray
    most_common: float
    silent_units: int
    stopped_at: int | None = None


def train_digits(optimizer, batch_size, seed=0, steps=STEPS, check_every=CHECK_EVERY):
    """Train a 784-32-10 network on the bundled digits, until the steps are done or the loss is no finite number.

    Parameters
    ----------
    optimizer : helpers.optimizers.Optimizer
        A fresh one.
    batch_size : int
        Digits in one step.
    seed : int
        Draws the first weights and the order of the digits.
    steps, check_every : int
        How many steps there are, and after how many of them the test digits are looked at each time.

    Returns
    -------
    Training
    """
    (train_images, train_labels), (test_images, test_labels) = bundled_digits()
    scale = np.float32(255)
    test_inputs = test_images / scale
    model = Sequential([Flatten(), Dense(UNITS, "relu"), Dense(10, "softmax")], seed=seed)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    model.build((28, 28))
    flatten, hidden, last = model.layers

    def check():
        units = hidden(flatten(test_inputs))
        probabilities = last(units).value
        accuracies.append(accuracy(test_labels, probabilities))
        test_losses.append(sparse_categorical_crossentropy(test_labels, probabilities))
        most_common = np.bincount(probabilities.argmax(axis=1)).max() / len(test_labels)
        return most_common, (units.value <= 0).all(axis=0).sum()

    order = np.random.default_rng(seed).permutation(len(train_labels))
    losses, accuracies, test_losses = [], [], []
    most_common, silent_units = check()
    for step, batch in enumerate(np.resize(order, (steps, batch_size)), 1):
        losses.append(model.train_on_batch(train_images[batch] / scale, train_labels[batch])[0])
        if not np.isfinite(losses[-1]):
            break
        if step % check_every == 0:
            most_common, silent_units = check()
    return Training(
        losses=np.array(losses),
        checked_steps=check_every * np.arange(len(accuracies)),
        accuracies=np.array(accuracies),
        test_losses=np.array(test_losses),
        most_common=float(most_common),
        silent_units=int(silent_units),
        stopped_at=None if np.isfinite(losses[-1]) else len(losses),
    )
