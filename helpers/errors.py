"""Errors are lessons: the sentences that say what came, what was expected and what to try."""

import difflib
import functools

import numpy as np

from helpers.language import Words

_ = Words(__name__)

BROADCAST = _(
    "{operation}: shapes {left} and {right} do not fit. Aligned at their last axes, axis −{place} is {left_size} on the left and {right_size} on the right; two axes fit when they are equal or one of them is 1."
)
MATMUL = _(
    "matmul: shapes {left} and {right} do not fit. The last axis of the left has length {left_size}, but the second last axis of the right has length {right_size}; a row and a column must be equally long."
)
MATMUL_VECTOR = _(
    "matmul: shapes {left} and {right} do not fit. The last axis of the left has length {left_size}, but the only axis of the right has length {right_size}; a row and a column must be equally long."
)
MATMUL_SCALAR = _(
    "matmul: shapes {left} and {right} do not fit. A single number has no rows or columns; multiply with * instead."
)
MATMUL_STACKS = _(
    "matmul: shapes {left} and {right} do not fit. Before the last two axes of a matrix stand those that count a stack of matrices, and there {left_stack} and {right_stack} disagree; two axes fit when they are equal or one of them is 1."
)
AXIS = _(
    "{operation}: there is no axis {axis}. The input has shape {shape}, so its axes are 0 to {last}, or −{rank} to −1 counted from the end."
)
NO_AXES = _(
    "{operation}: there is no axis {axis}, because the input is a single number. Give an array with at least one axis."
)
OTHER_MISFIT = _("{operation}: {reason}. The input has shape {shapes}.")
WHOLE_SETTINGS = _(
    "{operation}: {reason}. Axes, sizes and indices are whole numbers, or tuples of them. The input has shape {shapes}."
)
TOO_NARROW = _("{operation}: {reason}. Write array.astype(float) first. The input has shape {shapes}.")
# What came, where real numbers alone, or in lists and arrays whose rows are equally long, are needed.
NOT_NUMBERS = {
    "ragged": _(
        "{taker}: here rows of different lengths came, where real numbers are needed, alone or in lists and arrays whose rows are equally long. Turn what you have into such numbers first."
    ),
    "text": _(
        "{taker}: here text came, where real numbers are needed, alone or in lists and arrays whose rows are equally long. Turn what you have into such numbers first."
    ),
    "complex": _(
        "{taker}: here complex numbers came, where real numbers are needed, alone or in lists and arrays whose rows are equally long. Turn what you have into such numbers first."
    ),
    "int": _(
        "{taker}: here a whole number beyond 64 bits came, where real numbers are needed, alone or in lists and arrays whose rows are equally long. Turn what you have into such numbers first."
    ),
    "other": _(
        "{taker}: here {kind} came, where real numbers are needed, alone or in lists and arrays whose rows are equally long. Turn what you have into such numbers first."
    ),
}
WHOLE_NUMBER = _("{name} must be a whole number of at least {least}, not {value!r}.")
DID_YOU_MEAN = _("Did you mean {name!r}?")
WITH_HINT = _("{sentence} {hint}")


def checked_by(check):
    """Let a function be called only with arguments that `check`, which raises an error, lets pass.

    Checks are decorators because the package's code is compared with that of the notebooks without its decorators.
    """

    def decorate(function):
        @functools.wraps(function)
        def checked(*arguments, **options):
            check(*arguments, **options)
            return function(*arguments, **options)

        return checked

    return decorate


def explain(operation, arrays, error):
    """Return an error of the same kind: one sentence with operation, shapes and axis where NumPy's knows only its own words."""
    kinds = OverflowError, TypeError, ValueError, IndexError
    kind = next(kind for kind in kinds if isinstance(error, kind))
    # What Python says of a call with too many or too few arguments needs no help.
    if f"{operation}()" in str(error):
        return error
    shapes = [np.shape(array) for array in arrays[:2]]
    sentence = None
    if isinstance(error, np.exceptions.AxisError):
        template, rank = AXIS if shapes[0] else NO_AXES, len(shapes[0])
        places = {"shape": shapes[0], "last": rank - 1, "rank": rank}
        sentence = template.format(operation=operation, axis=error.axis, **places)
    elif operation == "matmul" and kind is ValueError:
        sentence = explain_matmul(*shapes)
    elif len(shapes) == 2 and "broadcast" in str(error):
        sentence = explain_broadcast(operation, *shapes)
    if sentence is None:
        template = TOO_NARROW if kind is OverflowError else OTHER_MISFIT
        if kind is TypeError and "integer" in str(error):
            template = WHOLE_SETTINGS
        sentence = template.format(operation=operation, reason=str(error).rstrip(".。"), shapes=shapes[0])
    return kind(sentence)


def explain_broadcast(operation, left, right):
    for place, (left_size, right_size) in enumerate(zip(reversed(left), reversed(right), strict=False), 1):
        if left_size != right_size and 1 not in (left_size, right_size):
            shapes = {"left": left, "right": right, "left_size": left_size, "right_size": right_size}
            return BROADCAST.format(operation=operation, place=place, **shapes)
    return None


def explain_matmul(left, right):
    if not left or not right:
        return MATMUL_SCALAR.format(left=left, right=right)
    template, axis = (MATMUL, -2) if len(right) > 1 else (MATMUL_VECTOR, -1)
    if left[-1] == right[axis]:
        return MATMUL_STACKS.format(left=left, right=right, left_stack=left[:-2], right_stack=right[:-2])
    return template.format(left=left, right=right, left_size=left[-1], right_size=right[axis])


def look_up(unknown, name, known):
    """Return known[name], or raise a ValueError: the sentence `unknown` lists the valid names, and the nearest one is offered."""
    if isinstance(name, str) and name in known:
        return known[name]
    sentence = unknown.format(name=name, known=", ".join(map(repr, known)))
    in_small_letters = {key.lower(): key for key in known}
    near = difflib.get_close_matches(str(name).lower(), in_small_letters, n=1)
    for key in near:
        hint = DID_YOU_MEAN.format(name=in_small_letters[key])
        sentence = WITH_HINT.format(sentence=sentence, hint=hint)
    raise ValueError(sentence)


def numbers(values, taker):
    """Return an array, a list or a number as an array of real numbers; raise a TypeError that says what came instead."""
    # Nearly everything that comes here is fine, thousands of times a second.
    if type(values) is np.ndarray and values.dtype.kind in "fiub":
        return values
    try:
        array = np.asarray(values)
    except ValueError:
        raise TypeError(NOT_NUMBERS["ragged"].format(taker=taker)) from None
    if array.dtype.kind not in "fiub":
        kind = type(array.flat[0] if array.dtype.kind == "O" else array.dtype.type)
        found = {"U": "text", "S": "text", "c": "complex"}.get(array.dtype.kind, "other")
        sentence = NOT_NUMBERS["int" if issubclass(kind, int) else found]
        raise TypeError(sentence.format(taker=taker, kind=kind.__name__))
    return array


def whole_number(name, value, least=1, sentence=WHOLE_NUMBER):
    """Return a whole number of Python's or NumPy's as a Python int.

    Raises
    ------
    ValueError
        If it is none, as a bool, or below `least`: the `sentence`, filled in with `name`, `least` and `value`.
    """
    if not isinstance(value, (int, np.integer)) or isinstance(value, bool) or value < least:
        raise ValueError(sentence.format(name=name, least=least, value=value))
    return int(value)
