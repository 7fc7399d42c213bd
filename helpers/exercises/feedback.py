"""Feedback that recognises a mistake: an attempt is compared with the solution and with each usual mistake.

An exercise is a list of cases, a solution, and the mistakes that learners make, each with the hint that helps. Whatever
a wrong attempt returns, if it is what a known mistake returns on every case, the learner hears about that mistake.
"""

import copy
import dataclasses
import dis
import html
import reprlib
import types
from collections.abc import Callable

import numpy as np

from helpers.exercises.solved import remember

NOT_STARTED = "Not started yet: replace the three dots with your own code, then run this cell again."
SOLVED = "Correct! {praise}"
NO_RESULT = "Your function returns nothing. Does its last line say return?"
NO_RESULT_HERE = (
    "On {case}, your code returns nothing, but {expected} is expected. Does every way through your function end in "
    "return?"
)
NOT_A_FUNCTION = "The check wants your function itself, not {found}. Give it the function's name, without brackets after it."
RAISED = "On {case}, your code stopped with {error}."
ONE_ANSWER = (
    " Python wants a single yes or no there, as `if` does, and an array has many entries: compare the whole array at once, "
    "without `if`."
)
OTHER_TYPE = "On {case}, your code returns {found}, but {expected} is expected."
OTHER_SHAPE = "On {case}, your result has shape {found}, but shape {expected} is expected."
OTHER_VALUE = "On {case}, your code returns {found}, but {expected} is expected."
OTHER_ENTRY = "On {case}, entry {place} of your result is {found}, but {expected} is expected there."
OTHER_PART = "On {case}, {part} is {found}, but {expected} is expected."
OTHER_COUNT = "On {case}, your code returns a tuple of {found}, but a tuple of {expected} is expected."
A_PART = "part {number} of your result"
NOT_A_TUPLE = "On {case}, your code returns an array of shape {found}, but the tuple {expected} is expected."
OTHER_NUMBER = "{found} is not right yet. {nudge}"
CHANGED_INPUT = "Your result is right, but your code changed its input on the way. Work on a copy, or build something new."

# An array with more entries is shown with dots in the middle, where the difference may be.
MAX_SHOWN = 8

MARKS = {"solved": ("✓", "#00664B"), "not started": ("○", "#555555"), "not yet": ("→", "#9A4400")}


@dataclasses.dataclass(frozen=True)
class Feedback:
    """What a check says: a state ("solved", "not started" or "not yet") and a sentence."""

    state: str
    text: str

    def __str__(self):
        return f"{MARKS[self.state][0]} {self.text}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        mark, colour = MARKS[self.state]
        box = f"border-left: 4px solid {colour}; padding: 0.4em 0.8em; background: #f7f7f7; color: #222222"
        text = html.escape(self.text)
        return {
            "text/plain": str(self),
            "text/html": f'<div role="status" style="{box}"><b style="color: {colour}">{mark}</b> {text}</div>',
        }

    __repr__ = __str__


@dataclasses.dataclass(frozen=True)
class Mistake:
    """A usual mistake: what it looks like, as a function or a value, and the hint that answers it."""

    attempt: object
    hint: str


@dataclasses.dataclass(frozen=True)
class Exercise:
    """A task whose check is run with `exercise(attempt)`.

    Parameters
    ----------
    solution : callable or value
        What is asked for: a function of the cases' arguments, or, without cases, a plain value. A function returns
        numbers, an array or a tuple of numbers; None, too, though not for the first case.
    praise : str
        What the learner has shown by solving it.
    mistakes : tuple of Mistake
        Tried in this order.
    cases : dict
        For each name ("the digits 3, 1, 4") a tuple of arguments. Made by a function, so that nothing is loaded early.
    nudge : str
        For a plain value that no mistake explains.
    exact_dtype : bool
        Whether float64 is wrong where the solution gives float32.
    parts : tuple of str
        For a solution that returns a tuple with arrays, what to call each part.
    """

    solution: object
    praise: str
    mistakes: tuple = ()
    cases: Callable = dict
    nudge: str = ""
    exact_dtype: bool = False
    parts: tuple = ()

    def __call__(self, attempt):
        if is_stub(attempt):
            return Feedback("not started", NOT_STARTED)
        if not callable(self.solution):
            return self.check_value(attempt)
        if not callable(attempt):
            return Feedback("not yet", NOT_A_FUNCTION.format(found=show(attempt)))
        cases = self.cases()
        found = [run(attempt, arguments) for arguments in cases.values()]
        expected = [run(self.solution, arguments) for arguments in cases.values()]
        if self.agree(found, expected):
            if any(outcome.changed_input for outcome in found):
                return Feedback("not yet", CHANGED_INPUT)
            return self.solved()
        if all(is_nothing(outcome) for outcome in found):
            return Feedback("not yet", NO_RESULT)
        for mistake in self.mistakes:
            if self.agree(found, [run(mistake.attempt, arguments) for arguments in cases.values()]):
                return Feedback("not yet", mistake.hint)
        for case, outcome, right in zip(cases, found, expected, strict=True):
            if not self.agree([outcome], [right]):
                return Feedback("not yet", explain(case, outcome, right.result, self.parts))

    def solved(self):
        remember(self)
        return Feedback("solved", SOLVED.format(praise=self.praise))

    def agree(self, outcomes, others):
        """Whether two lists of outcomes have the same results, or the same kinds of errors."""
        return all(
            type(one.error) is type(other.error)
            and (one.error is not None or same(one.result, other.result, self.exact_dtype))
            for one, other in zip(outcomes, others, strict=True)
        )

    def check_value(self, attempt):
        if same(attempt, self.solution):
            return self.solved()
        for mistake in self.mistakes:
            if same(attempt, mistake.attempt):
                return Feedback("not yet", mistake.hint)
        return Feedback("not yet", OTHER_NUMBER.format(found=show(attempt), nudge=self.nudge))


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a function did with some arguments: its result, or the error that it raised."""

    result: object = None
    error: Exception | None = None
    changed_input: bool = False


def run(function, arguments):
    """Call a function on copies of the arguments, so that no attempt can spoil the next one."""
    copies = copy.deepcopy(arguments)
    try:
        with np.errstate(all="ignore"):
            result = function(*copies)
    except Exception as error:
        return Outcome(error=error)
    unchanged = all(
        np.array_equal(before, after) if isinstance(before, np.ndarray) else before == after
        for before, after in zip(arguments, copies, strict=True)
    )
    return Outcome(result=result, changed_input=not unchanged)


def is_nothing(outcome):
    return outcome.error is None and (outcome.result is None or outcome.result is ...)


def same(found, expected, exact_dtype=False):
    """Whether two results agree in shape, up to rounding in value, and in dtype if asked for; None agrees with None."""
    if found is None or expected is None:
        return found is expected
    parts = found, expected
    found, expected = as_array(found), as_array(expected)
    if found is None and expected is None:
        return len(parts[0]) == len(parts[1]) and all(
            same(one, other, exact_dtype) for one, other in zip(*parts, strict=True)
        )
    if found is None or expected is None:
        return False
    if found.shape != expected.shape or found.dtype.kind not in "biuf" or expected.dtype.kind not in "biuf":
        return found.shape == expected.shape and bool(np.all(found == expected))
    if exact_dtype and found.dtype != expected.dtype:
        return False
    return bool(close(found, expected).all())


def close(found, expected):
    """Say of each entry whether it is right: counts are right or wrong, fractions may differ by rounding."""
    tolerance = 0 if expected.dtype.kind in "biu" else 1e-5
    return np.isclose(found, expected, rtol=tolerance, atol=1e-7, equal_nan=True)


def as_array(value):
    """Return a value as an array; None for lists of uneven lengths, which are none."""
    try:
        return np.asarray(value)
    except ValueError:
        return None


def explain(case, outcome, expected, parts=()):
    """Say how the outcome of one case differs from what is expected; `parts` names the parts of a tuple."""
    if outcome.error is not None:
        error = f"{type(outcome.error).__name__}: {outcome.error}".rstrip(":. ")
        hint = ONE_ANSWER if "truth value of an array" in error else ""
        return RAISED.format(case=case, error=error) + hint
    if is_nothing(outcome):
        return NO_RESULT_HERE.format(case=case, expected=show(expected))
    if has_arrays(expected) and isinstance(outcome.result, tuple):
        if len(outcome.result) != len(expected):
            return OTHER_COUNT.format(case=case, found=len(outcome.result), expected=len(expected))
        for number, (one, other) in enumerate(zip(outcome.result, expected, strict=True)):
            if not same(one, other):
                part = parts[number] if parts else A_PART.format(number=number + 1)
                return OTHER_PART.format(case=case, part=part, found=show(one), expected=show(other))
    found, wanted = as_array(outcome.result), as_array(expected)
    if found is None or found.dtype.kind not in "biuf" or expected is None:
        return OTHER_VALUE.format(case=case, found=show(outcome.result), expected=show(expected))
    if isinstance(expected, tuple):
        if found.ndim > 1 and not isinstance(outcome.result, tuple):
            return NOT_A_TUPLE.format(case=case, found=found.shape, expected=show(expected))
        return OTHER_VALUE.format(case=case, found=show(outcome.result), expected=show(expected))
    if found.shape != wanted.shape:
        return OTHER_SHAPE.format(case=case, found=found.shape, expected=wanted.shape)
    right = close(found, wanted)
    # Counts may be kept as floats: if some are wrong, their type is not what is wrong with them.
    kept_as_floats = found.dtype.kind == "f" and wanted.dtype.kind in "biu"
    if found.dtype != wanted.dtype and found.size > 1 and (right.all() or not kept_as_floats):
        return OTHER_TYPE.format(case=case, found=found.dtype, expected=wanted.dtype)
    if found.size > MAX_SHOWN:
        place = tuple(np.argwhere(~right)[0].tolist())
        return OTHER_ENTRY.format(
            case=case, place=list(place), found=show(found[place]), expected=show(wanted[place])
        )
    return OTHER_VALUE.format(case=case, found=show(outcome.result), expected=show(expected))


def has_arrays(value):
    """Whether a value is a tuple with an array in it, which is shown part by part."""
    return isinstance(value, tuple) and any(isinstance(part, np.ndarray) and part.ndim for part in value)


def show(value):
    """Write a value as short as it can be told apart."""
    array = as_array(value)
    if array is None or array.dtype.kind not in "biufc":
        return reprlib.repr(value)
    if isinstance(value, tuple) and array.ndim == 1:
        return reprlib.repr(tuple(array.round(4).tolist()))
    return np.array2string(array, precision=4, threshold=MAX_SHOWN, separator=", ").replace("\n", " ")


def is_stub(attempt):
    """Whether an attempt is still what the notebook gave: three dots, or a function with nothing but them."""
    if attempt is None or attempt is ...:
        return True
    if not isinstance(attempt, types.FunctionType):
        return False
    steps = list(dis.get_instructions(attempt))
    does_nothing = {step.opname for step in steps} <= {
        "RESUME",
        "NOP",
        "LOAD_CONST",
        "RETURN_CONST",
        "RETURN_VALUE",
    }
    return does_nothing and all(
        step.argval in (None, ...) for step in steps if step.opname.endswith("_CONST")
    )
