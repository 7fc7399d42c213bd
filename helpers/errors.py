"""Errors are lessons: the sentences that say what came, what was expected and what to try."""

import difflib

import numpy as np

BROADCAST = (
    "{operation}: shapes {left} and {right} do not fit. Aligned at their last axes, axis −{place} is {left_size} on the "
    "left and {right_size} on the right; two axes fit when they are equal or one of them is 1."
)
MATMUL = (
    "matmul: shapes {left} and {right} do not fit. The last axis of the left has length {left_size}, but {right_axis} "
    "of the right has length {right_size}; a row and a column must be equally long."
)
MATMUL_SCALAR = "matmul: shapes {left} and {right} do not fit. A single number has no rows or columns; multiply with * instead."
MATMUL_STACKS = (
    "matmul: shapes {left} and {right} do not fit. Before the last two axes of a matrix stand those that count a stack "
    "of matrices, and there {left_stack} and {right_stack} disagree; two axes fit when they are equal or one of them is 1."
)
OTHER_MISFIT = "{operation}: {reason}. The input has shape {shapes}."
UNKNOWN_NAME = "{kind} {name!r} is not known here. Known are {known}.{hint}"
DID_YOU_MEAN = " Did you mean {name!r}?"


def explain_shapes(operation, arrays, error):
    """Say in one sentence which axis of the arrays disagrees, or else what NumPy says, with operation and shapes."""
    shapes = [np.shape(array) for array in arrays[:2]]
    explanation = None
    if operation == "matmul":
        explanation = explain_matmul(*shapes)
    elif len(shapes) == 2 and "broadcast" in str(error):
        explanation = explain_broadcast(operation, *shapes)
    return explanation or OTHER_MISFIT.format(operation=operation, reason=error, shapes=shapes[0])


def explain_broadcast(operation, left, right):
    for axis in range(-1, -min(len(left), len(right)) - 1, -1):
        if left[axis] != right[axis] and 1 not in (left[axis], right[axis]):
            return BROADCAST.format(
                operation=operation,
                left=left,
                right=right,
                place=-axis,
                left_size=left[axis],
                right_size=right[axis],
            )
    return None


def explain_matmul(left, right):
    if not left or not right:
        return MATMUL_SCALAR.format(left=left, right=right)
    axis = -2 if len(right) > 1 else -1
    if left[-1] == right[axis]:
        return MATMUL_STACKS.format(left=left, right=right, left_stack=left[:-2], right_stack=right[:-2])
    return MATMUL.format(
        left=left,
        right=right,
        left_size=left[-1],
        right_axis="the second last axis" if axis == -2 else "the only axis",
        right_size=right[axis],
    )


def look_up(kind, name, known):
    """Return known[name], or raise a ValueError that lists the valid names and the nearest one."""
    if isinstance(name, str) and name in known:
        return known[name]
    near = difflib.get_close_matches(str(name).lower(), [key.lower() for key in known], n=1)
    nearest = next((key for key in known if near and key.lower() == near[0]), None)
    hint = DID_YOU_MEAN.format(name=nearest) if nearest else ""
    raise ValueError(UNKNOWN_NAME.format(kind=kind, name=name, known=", ".join(map(repr, known)), hint=hint))
