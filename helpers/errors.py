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
AXIS = "{operation}: there is no axis {axis}. The input has shape {shape}, so its axes are 0 to {last}, or −{rank} to −1 counted from the end."
NO_AXES = "{operation}: there is no axis {axis}, because the input is a single number. Give an array with at least one axis."
OTHER_MISFIT = "{operation}: {reason}. The input has shape {shapes}."
WHOLE_SETTINGS = "{reason}. Axes, sizes and indices are whole numbers, or tuples of them"
TOO_NARROW = "{reason}. Write array.astype(float) first"
NOT_NUMBERS = (
    "{taker}: here {found}, where real numbers are needed, alone or in lists and arrays whose rows are equally long. Turn "
    "what you have into such numbers first."
)
FOUND_RAGGED = "rows of different lengths came"
FOUND_TEXT = "text came"
FOUND_COMPLEX = "complex numbers came"
FOUND_OTHER = "{kind} came"
TOO_HIGH = "a whole number beyond 64 bits came"
ONLY_OUTSIDE = (
    "NumPy can neither compute with a Tensor nor put it into an array: no gradient would reach it. Use the operations of "
    "helpers.operations, such as exp, sum and matmul, or tensor.value for its numbers alone."
)
WHOLE_NUMBER = "{name} must be a whole number of at least {least}, not {value!r}."
UNKNOWN_NAME = "{kind} {name!r} is not known here. Known are {known}.{hint}"
DID_YOU_MEAN = " Did you mean {name!r}?"


def explain(operation, arrays, error):
    """Return an error of the same kind: one sentence with operation, shapes and axis where NumPy's knows only its own words."""
    kind = next(
        kind for kind in (OverflowError, TypeError, ValueError, IndexError) if isinstance(error, kind)
    )
    # What Python says of a call with too many or too few arguments needs no help.
    if f"{operation}()" in str(error):
        return error
    shapes = [np.shape(array) for array in arrays[:2]]
    explanation = None
    if isinstance(error, np.exceptions.AxisError):
        explanation = explain_axis(operation, error.axis, shapes[0])
    elif operation == "matmul" and kind is ValueError:
        explanation = explain_matmul(*shapes)
    elif len(shapes) == 2 and "broadcast" in str(error):
        explanation = explain_broadcast(operation, *shapes)
    reason = str(error).rstrip(".")
    if kind is OverflowError:
        reason = TOO_NARROW.format(reason=reason)
    elif kind is TypeError and "integer" in reason:
        reason = WHOLE_SETTINGS.format(reason=reason)
    return kind(explanation or OTHER_MISFIT.format(operation=operation, reason=reason, shapes=shapes[0]))


def explain_axis(operation, axis, shape):
    template = AXIS if shape else NO_AXES
    return template.format(operation=operation, axis=axis, shape=shape, last=len(shape) - 1, rank=len(shape))


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


def numbers(values, taker):
    """Return an array, a list or a number as an array of real numbers; raise a TypeError that says what came instead."""
    # Nearly everything that comes here is fine, thousands of times a second.
    if type(values) is np.ndarray and values.dtype.kind in "fiub":
        return values
    try:
        array = np.asarray(values)
    except ValueError:
        raise TypeError(NOT_NUMBERS.format(taker=taker, found=FOUND_RAGGED)) from None
    if array.dtype.kind not in "fiub":
        found = {"U": FOUND_TEXT, "S": FOUND_TEXT, "c": FOUND_COMPLEX}.get(array.dtype.kind)
        first = array.flat[0] if array.dtype.kind == "O" else array.dtype.type
        if isinstance(first, int):
            found = TOO_HIGH
        raise TypeError(
            NOT_NUMBERS.format(taker=taker, found=found or FOUND_OTHER.format(kind=type(first).__name__))
        )
    return array


def whole_number(name, value, least=1):
    """Return a whole number as a Python int; raise a ValueError if it is none, or too low."""
    if not isinstance(value, (int, np.integer)) or isinstance(value, bool) or value < least:
        raise ValueError(WHOLE_NUMBER.format(name=name, least=least, value=value))
    return int(value)
