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


def is_turn(kernel, angle):
    turn = np.radians(angle)
    return np.allclose(kernel, [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])


def folded(plane):
    """Return the share of the outline's points on an axis."""
    return (plane.moved_outline == 0).any(axis=1).mean()


PRESETS = {
    BroadcastLive: {
        "bias_added_to_a_batch": lambda found, left, right, step: (
            right == left[1:] and len(left) == 2 and left[0] > 1 and step == "repeated"
        ),
        "a_number_and_a_matrix": lambda found, left, right, step: (len(left), right) == (2, ()),
        # As it would be for a bias that is as long as a column.
        "sizes_disagree": lambda found, left, right, step: found.total is None and right == left[:1],
        "three_axes": lambda found, left, right, step: (
            found.total.ndim == 3 and left != found.total.shape != right and step == "repeated"
        ),
        "aligned": lambda found, left, right, step: max(map(len, (left, right))) == 3 and step == "aligned",
    },
    DotLive: {
        "vector_and_vector": lambda found, left, right, row, column: (len(left), found.product.shape) == (1, ()),
        "matrix_and_vector": lambda found, left, right, row, column: (len(left), len(right), found.product.shape) == (2, 1, left[:1]),
        "a_dense_layer": lambda found, left, right, row, column: (
            found.product.shape == (left[0], right[1]) == (row + 1, column + 1) and min(*left, *right) > 1
        ),
        "turned_round": lambda found, left, right, row, column: found.product is None and right[1] == left[0],
        "column_times_row": lambda found, left, right, row, column: (left[1], right[0]) == (1, 1) and found.product.size > 1,
    },
    PlaneLive: {
        "rotate": lambda found, **_: is_turn(found.kernel, 30) and not found.bias.any() and folded(found) == 0,
        "shear": lambda found, **_: np.array_equal(found.kernel, [[1, 0], [1, 1]]) and not found.bias.any() and folded(found) == 0,
        "shift": lambda found, **_: np.array_equal(found.kernel, np.eye(2)) and (found.bias > 0).all() and folded(found) == 0,
        "relu_folds": lambda found, **_: np.array_equal(found.kernel, np.eye(2)) and not found.bias.any() and folded(found) > 0.5,
        "shift_then_fold": lambda found, **_: np.array_equal(found.kernel, np.eye(2)) and (found.bias > 0).all() and 0.2 < folded(found) < 0.5,
        "turn_then_fold": lambda found, **_: is_turn(found.kernel, 45) and not found.bias.any() and folded(found) > 0.5,
    },
    ReorderingLive: {
        "reshape_2_x_3": lambda found, **_: np.array_equal(found.after, found.before.reshape(3, 2)) and found.before.shape == (2, 3),
        # The entry that begins the second row.
        "transpose_4_x_6": lambda found, **_: np.array_equal(found.after, found.before.T) and found.before.shape == (4, found.entry),
        "reshape_4_x_6": lambda found, **_: np.array_equal(found.after, found.before.reshape(6, 4)) and found.entry == 6,
        "a_single_row": lambda found, operation, **_: operation == "transpose" and len(found.before) == 1 < found.before.size,
    },
}  # fmt: skip
