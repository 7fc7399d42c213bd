"""The pictures and explorers of 2.0 to 2.3."""

import numpy as np

from helpers.studies.chapter import plots as maps
from helpers.studies.operations import plots as operations
from helpers.studies.operations.compute import broadcast, move_plane, multiply_matrices, reorder
from helpers.studies.tensors import plots as tensors
from helpers.studies.tensors.compute import slice_digits, view_tensor
from helpers.studies.training import plot_digits as digits
from helpers.studies.training import plots as training
from helpers.studies.training.compute import Training
from helpers.widgets import (
    BroadcastLive,
    DigitSlicer,
    DotLive,
    PlaneLive,
    ReorderingLive,
    TensorViewer,
    TrainingLive,
)


def ring(size):
    """Draw a 28 × 28 ring of ink of a given size."""
    rows, columns = np.mgrid[-13.5:14, -13.5:14]
    distance = np.hypot(rows, 1.4 * columns)
    return (255 * np.exp(-(((distance - size) / 2) ** 2))).astype(np.uint8)


RINGS = np.stack([ring(size) for size in range(2, 14)])
COLOURS = np.stack([RINGS[3], RINGS[6], RINGS[9]], axis=2)
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

PICTURES = {
    "map": (
        maps.show_map,
        (),
        "The chapter in nine sections, in reading order: 2.1 A first look, 2.2 Tensors, 2.3 Operations, "
        "2.4 The training loop, 2.4.1 Derivatives, 2.4.2 Gradients, 2.4.3 Descent, 2.4.4 Backpropagation, 2.5 From scratch.",
    ),
    "digits": (digits.show_digits, (RINGS, LABELS), "12 digits with their labels: 0 1 2 3 4 5 6 7 8 9 0 1."),
    "pixels": (
        digits.show_pixels,
        (RINGS[6], 0),
        "Rows 6 to 16 and columns 10 to 20 of a 0: paper is 0, ink goes up to 254.",
    ),
    "series": (
        tensors.show_series,
        (100 + np.outer(np.arange(600) % 50, np.ones(5)), np.sin(np.outer(np.arange(160) / 5, [1, 2, 3, 4]))),
        "Left, the price of a share on 600 days, with one week marked. Right, the voltage of 4 channels of an "
        "electroencephalogram, one below the other, at 160 moments.",
    ),
    "images": (
        tensors.show_images,
        (COLOURS, RINGS[5].astype(np.uint16) * 100),
        "A colour photograph of shape (28, 28, 3) with its three channels, and a slice through a head of shape (28, 28).",
    ),
    "tiles": (
        tensors.show_tiles,
        (np.stack([COLOURS[:14, :14], COLOURS[:14, 14:], COLOURS[14:, :14]]),),
        "3 tiles of 14 × 14 pixels in 3 channels.",
    ),
    "clip": (
        tensors.show_clip,
        (RINGS[:6, :, :, np.newaxis],),
        "6 frames of one clip of shape (6, 28, 28, 1), from left to right.",
    ),
    "overflow": (
        tensors.show_overflow,
        (RINGS[6], 80),
        "Adding 80 in uint8 turns bright pixels dark, because 256 becomes 0; done with room to spare, they stay bright.",
    ),
    "speed": (
        operations.show_speed,
        ([10, 100, 1000, 10_000], [0.8, 6.0, 40.0, 210.0]),
        "With 10,000 entries, a Python loop takes more than ten times as long as the vectorised operation.",
    ),
    "speed-equal": (
        operations.show_speed,
        ([10, 1000], [0.8, 6.0]),
        "With 1,000 entries, a Python loop takes at most ten times as long as the vectorised operation.",
    ),
    "orders": (operations.show_orders, (RINGS[8][:, 2:22],), operations.ORDERS),
    "kernels": (digits.show_kernels, (KERNEL,), digits.KERNELS),
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

STEPS = np.arange(60)
CHECKS = np.linspace(2.3, 0.7, 7)
FIRST = Training(
    2.3 * np.exp(-STEPS / 40) + 0.1 * np.cos(STEPS),
    np.arange(0, 61, 10),
    np.linspace(0.1, 0.76, 7),
    CHECKS,
    0.2,
    0,
)
RUNS = {
    "ordinary": Training(
        2.3 * np.exp(-STEPS / 15) + 0.2,
        np.arange(0, 61, 10),
        np.sqrt(np.linspace(0.01, 0.8, 7)),
        CHECKS,
        0.2,
        0,
    ),
    "guessing": Training(
        np.where(STEPS < 3, [2.3, 2505.9, 60.0] * 20, 2.4 + 0.2 * np.sin(STEPS)),
        np.arange(0, 61, 10),
        np.full(7, 0.1),
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


LIVE = {f"training-{name}": (training.TrainingPlot, FIRST, run) for name, run in RUNS.items()} | {
    "tensor": (tensors.TensorPlot, view_tensor((), 0, 0), view_tensor((2, 3, 4), 1, 1)),
    "tensor-5d": (tensors.TensorPlot, view_tensor((4,), 0, 0), view_tensor((4, 4, 4, 4, 4), 4, 2)),
    "slice": (
        tensors.DigitSlicePlot,
        slice_digits([(0, 20, 1), (0, 28, 1), (0, 28, 1)]),
        slice_digits([(-7, 20, 2), (27, 3, -1), (4, 24, 2)]),
    ),
    "slice-nothing": (
        tensors.DigitSlicePlot,
        slice_digits([(0, 20, 1), (0, 28, 1), (0, 28, 1)]),
        slice_digits([(0, 20, 1), (9, 3, 1), (0, 28, 1)]),
    ),
    "broadcast-repeated": (
        operations.BroadcastPlot,
        broadcast((4,), (5, 1), "as typed"),
        broadcast((2, 3, 1), (3, 4), "repeated"),
    ),
    "broadcast-misfit": (
        operations.BroadcastPlot,
        broadcast((2, 3), (3,), "repeated"),
        broadcast((3, 2), (3,), "axes added"),
    ),
    "broadcast-empty": (
        operations.BroadcastPlot,
        broadcast((2, 3), (3,), "aligned"),
        broadcast((2, 0), (1,), "repeated"),
    ),
    "product": (
        operations.ProductPlot,
        multiply_matrices((5,), (5,), 0, 0),
        multiply_matrices((2, 3), (3, 4), 1, 2),
    ),
    "product-misfit": (
        operations.ProductPlot,
        multiply_matrices((2, 3), (3, 4), 1, 2),
        multiply_matrices((3, 4), (2, 3), 0, 0),
    ),
    "reordering": (operations.ReorderingPlot, reorder(1, 6, "keep", 0), reorder(4, 6, "transpose", 7)),
    "plane": (
        operations.PlanePlot,
        move_plane(0, 1, 0, 0, 0, "none"),
        move_plane(40, 1.2, 0.5, 0.6, -0.3, "relu"),
    ),
}


def same_training(names, result):
    steps = len(result.losses)
    np.testing.assert_array_equal(np.array(names["losses"])[:steps], result.losses)
    if result.stopped_at is None:
        assert len(names["losses"]) == steps
        assert names["test_accuracy"] == result.accuracies[-1]


def same_part(names, result):
    np.testing.assert_array_equal(names["tensor"], result.tensor)
    np.testing.assert_array_equal(names["part"], result.part)


def same_digits(names, result):
    np.testing.assert_array_equal(names["picked"], result.picked)


def same_sum(names, result):
    np.testing.assert_array_equal(names["left"], result.left)
    np.testing.assert_array_equal(names["right"], result.right)
    np.testing.assert_array_equal(names["total"], result.total)


def same_product(names, result):
    np.testing.assert_array_equal(names["left"], result.left)
    np.testing.assert_array_equal(names["right"], result.right)
    np.testing.assert_array_equal(names["product"], result.product)


def same_order(names, result):
    np.testing.assert_array_equal(names["before"], result.before)
    np.testing.assert_array_equal(names["after"], result.after)


def same_plane(names, result):
    np.testing.assert_allclose(names["kernel"], result.kernel, atol=1e-12)
    np.testing.assert_allclose(names["moved"], result.moved_outline, atol=1e-12)


SAME = {
    BroadcastLive: same_sum,
    DigitSlicer: same_digits,
    DotLive: same_product,
    PlaneLive: same_plane,
    ReorderingLive: same_order,
    TensorViewer: same_part,
    TrainingLive: same_training,
}
