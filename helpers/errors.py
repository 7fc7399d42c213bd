"""Errors are lessons: the sentences that say what came, what was expected and what to try."""

import difflib

import numpy as np

BROADCAST = (
    "{operation}: shapes {left} and {right} do not fit. Aligned at their last axes, axis {axis} is {left_size} on the "
    "left and {right_size} on the right; two axes fit when they are equal or one of them is 1."
)
MATMUL = (
    "matmul: shapes {left} and {right} do not fit. The last axis of the left has {left_size} entries, but {right_axis} "
    "of the right has {right_size}; a row and a column must be equally long."
)
MATMUL_SCALAR = "matmul: shapes {left} and {right} do not fit. A single number has no rows or columns; multiply with * instead."
UNKNOWN_NAME = "{kind} {name!r} is not known here. Known are {known}.{hint}"
DID_YOU_MEAN = " Did you mean {name!r}?"


def explain_shapes(operation, arrays):
    """Say in one sentence which axis of two arrays disagrees; None if it is not the shapes."""
    shapes = [np.shape(array) for array in arrays[:2]]
    if len(shapes) < 2:
        return None
    left, right = shapes
    if operation == "matmul":
        return explain_matmul(left, right)
    if operation in ("reshape", "transpose", "getitem", "softmax_cross_entropy"):
        return None
    for axis in range(-1, -min(len(left), len(right)) - 1, -1):
        if left[axis] != right[axis] and 1 not in (left[axis], right[axis]):
            return BROADCAST.format(
                operation=operation,
                left=left,
                right=right,
                axis=axis,
                left_size=left[axis],
                right_size=right[axis],
            )
    return None


def explain_matmul(left, right):
    if not left or not right:
        return MATMUL_SCALAR.format(left=left, right=right)
    axis = -2 if len(right) > 1 else -1
    if left[-1] == right[axis]:
        return None
    return MATMUL.format(
        left=left,
        right=right,
        left_size=left[-1],
        right_axis="the second last axis" if axis == -2 else "the only axis",
        right_size=right[axis],
    )


def look_up(kind, name, known):
    """Return known[name], or raise a ValueError that lists the valid names and the nearest one."""
    if name in known:
        return known[name]
    near = difflib.get_close_matches(str(name).lower(), [key.lower() for key in known], n=1)
    nearest = next((key for key in known if near and key.lower() == near[0]), None)
    hint = DID_YOU_MEAN.format(name=nearest) if nearest else ""
    raise ValueError(UNKNOWN_NAME.format(kind=kind, name=name, known=", ".join(map(repr, known)), hint=hint))
