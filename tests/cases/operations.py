"""Operations on tensors, and the plane that they move (2.3)."""

import numpy as np

from cases.rings import RINGS
from helpers.studies.operations import plots as operations
from helpers.studies.operations.compute import broadcast, move_plane, multiply_matrices, reorder
from helpers.widgets import BroadcastLive, DotLive, PlaneLive, ReorderingLive

PICTURES = {
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
    "orders": (
        operations.show_orders,
        (RINGS[8][:, 2:22],),
        "Transposition turns the strokes over and keeps them whole; reshaping cuts them up, because it keeps the order of the "
        "numbers.",
    ),
}

LIVE = {
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
    "dot": (
        operations.ProductPlot,
        multiply_matrices((5,), (5,), 0, 0),
        multiply_matrices((2, 3), (3, 4), 1, 2),
    ),
    "dot-misfit": (
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


SAME = {BroadcastLive: same_sum, DotLive: same_product, PlaneLive: same_plane, ReorderingLive: same_order}
