"""A short training, and what the network makes of digits (2.1)."""

import numpy as np

from cases.rings import RINGS, ring
from helpers.optimizers import SGD
from helpers.studies.training import plot_digits as digits
from helpers.studies.training import plots as training
from helpers.studies.training.compute import Training, train_digits
from helpers.widgets import TrainingLive

LABELS = np.arange(12) % 10
LABEL_OF_40 = np.arange(40) % 10
# The first digit is read rightly, all others wrongly, the later the surer.
READ_AS = (LABELS + (np.arange(12) > 0)) % 10
OPINIONS = np.full((12, 10), 0.02)
OPINIONS[np.arange(12), READ_AS] = 0.5 + np.arange(12) / 30
UNSURE = np.array([0.0, 0.004, 0.311, 0.0, 0.62, 0.02, 0.0, 0.045, 0.0, 0.0])
SURE = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.99, 0.0, 0.01, 0.0, 0.0])
ANGLES = 2 * np.pi * np.arange(10) / 10
CENTRES = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)


def clouds(spread):
    """Put four points round the centre of each of ten classes."""
    corners = np.repeat([[1, 0], [0, 1], [-1, 0], [0, -1]], 10, axis=0)
    return np.tile(CENTRES, (4, 1)) + spread * corners


VIEWS = {"raw pixels": (clouds(0.4), 0.81), "untrained": (clouds(0.7), 0.62), "trained": (clouds(0.1), 0.94)}
KERNEL = np.stack(
    [np.roll(ring(6) / 255.0 - 0.4, 2 * unit - 9, axis=1).ravel() for unit in range(10)], axis=1
)
EPOCHS = np.arange(1, 9)
HISTORY = {
    "loss": 1.2 / EPOCHS,
    "accuracy": 1 - 0.3 / EPOCHS,
    "val_loss": 0.4 + 0.9 / EPOCHS + 0.03 * EPOCHS,
    "val_accuracy": 0.93 - 0.3 / EPOCHS,
}
STEPS = np.arange(60)
CHECKS = np.linspace(2.3, 0.7, 4)
FIRST = Training(
    2.3 * np.exp(-STEPS / 40) + 0.1 * np.cos(STEPS),
    np.arange(0, 61, 20),
    np.linspace(0.1, 0.76, 4),
    CHECKS,
    0.2,
    0,
)
RUNS = {
    "ordinary": Training(
        2.3 * np.exp(-STEPS / 15) + 0.2,
        np.arange(0, 61, 20),
        np.sqrt(np.linspace(0.01, 0.8, 4)),
        CHECKS,
        0.2,
        0,
    ),
    "guessing": Training(
        np.where(STEPS < 3, [2.3, 2505.9, 60.0] * 20, 2.4 + 0.2 * np.sin(STEPS)),
        np.arange(0, 61, 20),
        np.full(4, 0.1),
        CHECKS,
        1.0,
        32,
    ),
    "overflowing": Training(
        np.array([2.3, 3.1, 90.0, 1e30, np.inf]), np.array([0]), np.array([0.11]), CHECKS[:1], 0.2, 0, 5
    ),
    "overflowing-at-once": Training(
        np.array([np.nan]), np.array([0]), np.array([0.11]), CHECKS[:1], 0.2, 0, 1
    ),
}

PICTURES = {
    "digits": (digits.show_digits, (RINGS, LABELS), "12 digits with their labels: 0 1 2 3 4 5 6 7 8 9 0 1."),
    "pixels": (
        digits.show_pixels,
        (RINGS[6], 0),
        "Rows 6 to 16 and columns 10 to 20 of a 0: paper is 0, ink goes up to 254.",
    ),
    "kernels": (
        digits.show_kernels,
        (KERNEL,),
        "The weights that lead to each answer, drawn where their pixels are: ink on a purple place speaks for the digit, ink on "
        "an orange place against it.",
    ),
    "projections": (
        digits.show_projections,
        (VIEWS, LABEL_OF_40, 30),
        "30 of 40 test digits, each drawn as its label. Measured in all dimensions, the nearest centre is that of the digit's "
        "own class for about 8 of 10 (raw pixels), about 6 of 10 (untrained), about 9 of 10 (trained).",
    ),
    "mistakes": (
        digits.show_mistakes,
        (RINGS, LABELS, OPINIONS),
        "11 of the digits that the network reads wrongly, those first that it was surest about.",
    ),
    "unsure": (
        digits.show_probabilities,
        (RINGS[4], UNSURE, 2),
        "The most probable answer is 4, with about 60 %, then 2 with about 30 %; the label is 2.",
    ),
    "sure": (
        digits.show_probabilities,
        (RINGS[9], SURE, 5),
        "The most probable answer is 5, with about 100 %; the label is 5.",
    ),
    "history": (
        training.show_history,
        (HISTORY,),
        "After 8 epochs the loss is about 0.1 on the training digits and 0.8 on the test digits; the network reads about "
        "95 % and 90 % of them.",
    ),
}

LIVE = {f"training-{name}": (training.TrainingPlot, FIRST, run) for name, run in RUNS.items()}


def same_training(names, result):
    steps = len(result.losses)
    np.testing.assert_array_equal(np.array(names["losses"])[:steps], result.losses)
    if result.stopped_at is None:
        assert len(names["losses"]) == steps
        assert names["test_accuracy"] == result.accuracies[-1]


SAME = {TrainingLive: same_training}


def accuracy(learning_rate, momentum, batch_size):
    return train_digits(SGD(learning_rate, momentum), batch_size).accuracies[-1]


PRESETS = {
    TrainingLive: {
        "crawls": lambda found, **_: (
            found.accuracies[-1] < 0.15 and 0 < found.test_losses[0] - found.test_losses[-1] < 0.1
        ),
        "learns": lambda found, momentum, **_: found.accuracies[-1] > 0.75 and momentum == 0,
        "momentum_helps": lambda found, **settings: (
            found.accuracies[-1] > accuracy(**settings | {"momentum": 0.0}) + 0.05
        ),
        "one_digit_a_step": lambda found, batch_size, **settings: (
            batch_size == 1 and found.accuracies[-1] < accuracy(**settings, batch_size=32) - 0.2
        ),
        "too_far": lambda found, **_: found.silent_units == 32 and found.most_common == 1,
    },
}
