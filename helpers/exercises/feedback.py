"""Feedback that recognises a mistake: an attempt is compared with the solution and with each usual mistake.

An exercise is a list of cases, a solution, and the mistakes that learners make, each with the hint that helps. Whatever
a wrong attempt returns, if it is what a known mistake returns on every case, the learner hears about that mistake. Else
the answer is what was seen: the first case that differs, or the line that Python stopped at and what Python means by it.
"""

import ast
import copy
import dataclasses
import dis
import functools
import html
import inspect
import linecache
import re
import reprlib
import time
import types
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from helpers.exercises import own_code, python_says
from helpers.exercises.solved import remember
from helpers.language import Words

_ = Words(__name__)

NOT_STARTED = _("Not started yet: replace the three dots with your own code, then run this cell again.")
SOLVED = _("Correct! {praise}")
WITH_MORE = _("{text} {more}")
NO_RESULT = _("Your function returns nothing. Does its last line say return?")
NO_RESULT_HERE = _(
    "On {case}, your code returns nothing, but {expected} is expected. Does every way through your function end in return?"
)
NOT_A_FUNCTION = _(
    "The check wants your function itself, not {found}. Give it the function's name, without brackets after it."
)
PRINTED = _(
    "Your function prints and returns nothing. print shows a value to you; return hands it to whoever called."
)
RETURNS_NONE = _(
    "Your function returns None, which is nothing. What stands behind return gives no result, as append, sort and resize do, or a name that holds None."
)
RAISED = _("On {case}, your code stopped{where} with {error}.")
RAISES_ITSELF = _(
    "What you return is right. Where None is asked for, as on {case}, your code raises an error instead: return None."
)
AT_LINE = _(" at `{line}`")
INTERRUPTED = _("You stopped your code on {case}{where}. {question}")
ENDLESS = _(
    "On {case}, your code was still running after {seconds} seconds{where}, so the check stopped it. {question}"
)
RETURNS_FUNCTION = _(
    "On {case}, your code returns {found}, and not what it computes. Write brackets behind its name to call it."
)
A_LIST = _(
    "The numbers are right, but they come in a list, which has no type of its own. Make an array of it with np.array, and give that the type {expected}."
)
OTHER_TYPE = _("On {case}, your code returns {found}, but {expected} is expected.")
OTHER_SHAPE = _("On {case}, your result has shape {found}, but shape {expected} is expected.")
NOT_AN_ARRAY = _(
    "On {case}, your code returns the single number {found}, but an array of shape {expected} is expected."
)
NOT_A_NUMBER = _("On {case}, your result has shape {found}, but a single number, {expected}, is expected.")
OTHER_VALUE = _("On {case}, your code returns {found}, but {expected} is expected.")
OTHER_ENTRY = _("On {case}, entry {place} of your result is {found}, but {expected} is expected there.")
OTHER_PART = _("On {case}, {part} is {found}, but {expected} is expected.")
OTHER_COUNT = _("On {case}, your code returns a tuple of {found}, but a tuple of {expected} is expected.")
A_PART = _("part {number} of your result")
NOT_A_TUPLE = _(
    "On {case}, your code returns an array of shape {found}, but the tuple {expected} is expected."
)
OTHER_NUMBER = _("{found} is not right yet. {nudge}")
CHANGED_INPUT = _(
    "Your result is right, but your code changed its input on the way. Work on a copy, or build something new."
)
CHANGED_TOO = _(
    "(Your function also changes the array that it is given, so whoever calls it finds another one afterwards.)"
)
A_FUNCTION = _("the function {name} itself")
TOO_LONG_A_NUMBER = _("a number of thousands of digits")
LONG_ARRAY = _("an array of shape {shape} that begins with {first}")

# An array with more entries is shown with dots in the middle, where the difference may be.
MAX_SHOWN = 8
# What was found and what is expected stand in one sentence.
MOST_LETTERS = 130
MOST_LETTERS_OF_AN_ERROR = 200

# A learner calls functions and variables something else.
NAMES_IN_ERRORS = re.compile(r"[\w.<>]+\(\)|(?<=local variable )'\w+'")

# Colours of letters are chosen for this paper, and unreadable on that of a dark theme.
BOX = "padding: 0.4em 0.8em; background: #f7f7f7; color: #222222"
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
        box = f"border-left: 4px solid {colour}; {BOX}"
        text = html.escape(self.text)
        return {
            "text/plain": str(self),
            "text/html": f'<div role="status" style="{box}"><b style="color: {colour}">{mark}</b> {text}</div>',
        }

    __repr__ = __str__


class Mistake(NamedTuple):
    """A row of an exercise's table, ready to be compared: a function or a value, its hint, and the line of an error."""

    attempt: object
    hint: str
    line: str = ""


@dataclasses.dataclass(frozen=True)
class Exercise:
    """A task whose check is run with `exercise(attempt)`.

    Parameters
    ----------
    solution : callable or value
        What is asked for: a function of the cases' arguments, or, without cases, a plain value. A function is written in
        Python, in the exercise's module, and returns numbers, an array or a tuple of numbers; None, too, though not for
        the first case.
    praise : str
        What the learner has shown by solving it.
    mistakes : dict
        For each usual mistake what stands behind its `return`, and the hint that answers it. Tried in this order. An
        attempt is Python code in the names of the solution's module and the solution's own arguments, those without a
        default, of which `walk(..., sign=1)` names all; for a plain value it knows np alone. Or, where no code can be
        written down or a constant of the module is wanted, it is the function or the value itself. Where several mistakes end in the same error, a dict in the hint's place has hints for regular expressions
        of the line that it stopped at.
    cases : callable
        Returns a dict: for each name ("the digits 3, 1, 4") a tuple of arguments. A function, so that nothing is loaded
        early.
    nudge : str
        For a plain value that no mistake explains.
    exact_dtype : bool
        Whether float64 is wrong where the solution gives float32.
    parts : tuple of str
        For a solution that returns a tuple with arrays, what to call each part.
    rules : tuple of Rule
        What the text forbids, read from the learner's code once the values are right.
    keeps_input : bool
        Whether the text asks for something new, so that changing the input is wrong.
    slack : float
        How far a fraction may be from the right one beyond rounding, where the task can be met by 3.14 for π.
    """

    solution: object
    praise: str
    mistakes: dict = dataclasses.field(default_factory=dict)
    cases: Callable = dict
    nudge: str = ""
    exact_dtype: bool = False
    parts: tuple = ()
    rules: tuple = ()
    keeps_input: bool = False
    slack: float = 0.0

    @functools.cached_property
    def usual_mistakes(self):
        """The table of mistakes as a list of Mistake, made when the first wrong attempt comes."""
        rows = []
        for attempt, hints in self.mistakes.items():
            made = self.function_of(attempt) if isinstance(attempt, str) else attempt
            rows += [Mistake(made, hint, line) for line, hint in python_says.by_line(hints).items()]
        return rows

    def function_of(self, expression):
        """Make a function of the solution's arguments of an expression; of one for a plain value, that value."""
        if not callable(self.solution):
            return eval(expression, {"np": np})
        inputs = inspect.signature(self.solution).parameters.values()
        names = ", ".join(str(one) for one in inputs if one.default is one.empty)
        source = f"lambda {names}: ({expression.replace('(...', '(' + names)})"
        # Its line is found again, as that of a notebook's cell is: by a traceback, and by own_code.
        file = f"<{source}>"
        linecache.cache[file] = (len(source), None, [source], file)
        return eval(compile(source, file, "eval"), self.solution.__globals__)

    def __call__(self, attempt):
        if is_stub(attempt):
            return Feedback("not started", NOT_STARTED)
        if not callable(self.solution):
            return self.check_value(attempt)
        if not callable(attempt):
            return Feedback("not yet", NOT_A_FUNCTION.format(found=show(attempt)))
        cases = self.cases()
        found, until = [], time.monotonic() + own_code.SECONDS
        for case, arguments in cases.items():
            outcome = run(attempt, arguments, until)
            if isinstance(outcome.error, KeyboardInterrupt | own_code.OutOfTime):
                return Feedback("not yet", stopped(case, outcome))
            found.append(outcome)
        expected = [run(self.solution, arguments) for arguments in cases.values()]
        if self.agree(found, expected):
            return self.answer_right(attempt, found)
        return Feedback("not yet", self.answer_wrong(attempt, cases, found, expected))

    def answer_right(self, attempt, found):
        changed_input = any(outcome.changed_input for outcome in found)
        if changed_input and self.keeps_input:
            return Feedback("not yet", CHANGED_INPUT)
        if self.rules:
            tree = own_code.tree_of(attempt)
            for rule in self.rules:
                if rule.is_broken(tree):
                    return Feedback("not yet", rule.hint)
        return self.solved(CHANGED_TOO if changed_input else "")

    def answer_wrong(self, attempt, cases, found, expected):
        if all(is_nothing(outcome) for outcome in found):
            return why_nothing(attempt)
        if self.exact_dtype and self.agree_but_for_type(found, expected):
            for outcome, right in zip(found, expected, strict=True):
                if isinstance(outcome.result, list | tuple) and isinstance(right.result, np.ndarray):
                    return A_LIST.format(expected=right.result.dtype)
        calm = [in_place_of_an_error(outcome) for outcome in found]
        if self.agree(calm, expected):
            refused = next(
                case for case, outcome in zip(cases, found, strict=True) if outcome.error is not None
            )
            return RAISES_ITSELF.format(case=refused)
        for mistake in self.usual_mistakes:
            made = [run(mistake.attempt, arguments) for arguments in cases.values()]
            if self.agree(found, made) and all(
                re.search(mistake.line, outcome.line.text) for outcome in found if outcome.error is not None
            ):
                # A mistake that is this very slip has a hint that says so.
                is_slip = own_code.slip(mistake.attempt)
                return mistake.hint if is_slip else with_slip(mistake.hint, attempt, found)
        case, outcome, right = next(
            (case, outcome, right)
            for case, outcome, right in zip(cases, found, expected, strict=True)
            if not self.agree([outcome], [right])
        )
        if is_nothing(outcome) and chooses_none(attempt):
            text = OTHER_VALUE.format(case=case, found=None, expected=show(right.result))
        else:
            text = explain(case, outcome, right.result, self.parts, self.slack)
        return with_slip(text, attempt, [outcome])

    def solved(self, remark=""):
        remember(self)
        return Feedback("solved", with_more(SOLVED.format(praise=self.praise), remark))

    def agree(self, outcomes, others):
        """Whether two lists of outcomes have the same results, or the same errors, message and all."""
        return all(
            fingerprint(one.error) == fingerprint(other.error)
            and (one.error is not None or same(one.result, other.result, self.exact_dtype, self.slack))
            for one, other in zip(outcomes, others, strict=True)
        )

    def agree_but_for_type(self, outcomes, others):
        return dataclasses.replace(self, exact_dtype=False).agree(outcomes, others)

    def check_value(self, attempt):
        if same(attempt, self.solution):
            return self.solved()
        for mistake in self.usual_mistakes:
            if same(attempt, mistake.attempt):
                return Feedback("not yet", mistake.hint)
        return Feedback("not yet", OTHER_NUMBER.format(found=show(attempt), nudge=self.nudge))


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a function did with some arguments: its result, or the error that it raised, and at which of its lines."""

    result: object = None
    error: BaseException | None = None
    changed_input: bool = False
    line: own_code.Line = own_code.NOWHERE
    inputs: tuple = ()


def run(function, arguments, until=np.inf):
    """Call a function on copies of the arguments, so that no attempt can spoil the next one.

    An endless loop ends when the clock, time.monotonic, passes `until`, or with the interrupt of the kernel.
    """
    copies = copy.deepcopy(arguments)
    try:
        with np.errstate(all="ignore"), own_code.patience(function, until):
            result = plain(function(*copies))
    except (Exception, KeyboardInterrupt, own_code.OutOfTime) as error:
        line = own_code.failing_line(function, error)
        return Outcome(error=error, line=line, inputs=own_code.inputs_of(function))
    unchanged = all(
        same_array(before, after) if isinstance(before, np.ndarray) else before == after
        for before, after in zip(arguments, copies, strict=True)
    )
    return Outcome(result=result, changed_input=not unchanged)


def same_array(before, after):
    """Whether an array is as it was, up to rounding: who moves a weight by h and back again has changed nothing."""
    return before.shape == after.shape and np.allclose(before, after, rtol=1e-6, atol=1e-9, equal_nan=True)


def plain(result):
    """Return a result with arrays in place of the course's Tensors, those of helpers and those that a notebook builds."""
    if is_tensor(result):
        return result.value
    if type(result) in (tuple, list) and any(map(is_tensor, result)):
        return type(result)(plain(part) for part in result)
    return result


def is_tensor(value):
    return type(value).__name__ == "Tensor" and hasattr(value, "value")


def fingerprint(error):
    """Return what tells one error from another: its type and its words, without the names that a learner is free to choose."""
    return error if error is None else (type(error), NAMES_IN_ERRORS.sub("it", str(error)))


def in_place_of_an_error(outcome):
    """Return the outcome of an attempt that had returned None where its own line raises an error."""
    return Outcome() if outcome.line.text.startswith(("raise ", "assert ")) else outcome


def is_nothing(outcome):
    return outcome.error is None and (outcome.result is None or outcome.result is ...)


def why_nothing(function):
    """Say of a function that returns None what stands in it: no return, a print in its place, or a return of None."""
    tree = own_code.tree_of(function)
    nodes = [] if tree is None else list(ast.walk(tree))
    if any(isinstance(node, ast.Return) and node.value is not None for node in nodes):
        return RETURNS_NONE
    prints = any(isinstance(node, ast.Name) and node.id == "print" for node in nodes)
    return PRINTED if prints else NO_RESULT


def chooses_none(function):
    """Whether a function says `return None` somewhere, so that None is its answer and no return is forgotten."""
    tree = own_code.tree_of(function)
    returned = [] if tree is None else [node.value for node in ast.walk(tree) if isinstance(node, ast.Return)]
    chosen = [part for value in returned for part in branches(value)]
    return any(isinstance(value, ast.Constant) and value.value is None for value in chosen)


def branches(value):
    return (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)


def same(found, expected, exact_dtype=False, slack=0.0):
    """Whether two results agree in shape, up to rounding in value, and in dtype if asked for; None agrees with None."""
    if found is None or expected is None:
        return found is expected
    parts = found, expected
    found, expected = as_array(found), as_array(expected)
    if found is None and expected is None:
        return len(parts[0]) == len(parts[1]) and all(
            same(one, other, exact_dtype, slack) for one, other in zip(*parts, strict=True)
        )
    if found is None or expected is None:
        return False
    if found.shape != expected.shape or found.dtype.kind not in "biuf" or expected.dtype.kind not in "biuf":
        return found.shape == expected.shape and bool(np.all(found == expected))
    if exact_dtype and found.dtype != expected.dtype:
        return False
    return bool(close(found, expected, slack).all())


def close(found, expected, slack=0.0):
    """Say of each entry whether it is right: counts are right or wrong, fractions may differ by rounding, and by `slack`."""
    tolerance = 0 if expected.dtype.kind in "biu" else 1e-5
    return np.isclose(found, expected, rtol=tolerance, atol=1e-7 + slack, equal_nan=True)


def as_array(value):
    """Return a value as an array; None for lists of uneven lengths, which are none."""
    try:
        return np.asarray(value)
    except ValueError:
        return None


def with_slip(text, attempt, outcomes):
    """Add what stands in the learner's code, if it is a usual slip; an error and a function have their own explanation."""
    explained = any(outcome.error is not None or callable(outcome.result) for outcome in outcomes)
    said = "" if explained else own_code.slip(attempt)
    return with_more(text, said)


def with_more(text, more):
    return WITH_MORE.format(text=text, more=more) if more else text


def where(line):
    return AT_LINE.format(line=line) if line.text else ""


def stopped(case, outcome):
    """Say where an attempt was that did not come to its end."""
    template = INTERRUPTED if isinstance(outcome.error, KeyboardInterrupt) else ENDLESS
    return template.format(
        case=case,
        where=where(outcome.line),
        question=own_code.what_ends(outcome.line),
        seconds=own_code.SECONDS,
    )


def explain(case, outcome, expected, parts=(), slack=0.0):
    """Say how the outcome of one case differs from what is expected; `parts` names the parts of a tuple."""
    if outcome.error is not None:
        error = f"{type(outcome.error).__name__}: {outcome.error}".rstrip(":.。 ")
        error = own_code.shorten(error, MOST_LETTERS_OF_AN_ERROR)
        text = RAISED.format(case=case, where=where(outcome.line), error=error)
        meaning = python_says.explain(outcome.error, outcome.line.text, outcome.inputs)
        return with_more(text, meaning)
    template, fields = next(differences(outcome.result, expected, parts, slack))
    return template.format(case=case, **fields)


def differences(result, expected, parts, slack):
    """Yield what tells a result from the expected one, the plainest first: a template and its fields."""
    yield from in_kind(result, expected)
    if has_arrays(expected) and isinstance(result, tuple):
        yield from in_parts(result, expected, parts, slack)
    found, wanted = as_array(result), as_array(expected)
    are_numbers = found is not None and found.dtype.kind in "biuf" and expected is not None
    if are_numbers and isinstance(expected, tuple):
        if found.ndim > 1 and not isinstance(result, tuple):
            yield NOT_A_TUPLE, {"found": found.shape, "expected": show(expected)}
    elif are_numbers:
        yield from in_shape(found, wanted)
        right = close(found, wanted, slack)
        yield from in_type(found, wanted, right)
        yield from in_entries(found, wanted, right)
    yield OTHER_VALUE, {"found": show(result), "expected": show(expected)}


def in_kind(result, expected):
    if callable(result):
        yield RETURNS_FUNCTION, {"found": show(result)}
    if result is None or result is ...:
        yield NO_RESULT_HERE, {"expected": show(expected)}


def in_parts(result, expected, parts, slack):
    if len(result) != len(expected):
        yield OTHER_COUNT, {"found": len(result), "expected": len(expected)}
        return
    for number, (found, wanted) in enumerate(zip(result, expected, strict=True)):
        if not same(found, wanted, slack=slack):
            part = parts[number] if parts else A_PART.format(number=number + 1)
            yield OTHER_PART, {"part": part, "found": show(found), "expected": show(wanted)}


def in_shape(found, wanted):
    if found.shape == wanted.shape:
        return
    if found.ndim == 0:
        yield NOT_AN_ARRAY, {"found": show(found), "expected": wanted.shape}
    if wanted.ndim == 0:
        yield NOT_A_NUMBER, {"found": found.shape, "expected": show(wanted)}
    yield OTHER_SHAPE, {"found": found.shape, "expected": wanted.shape}


def in_type(found, wanted, right):
    # Counts may be kept as floats, and whole numbers as int: if some are wrong, their type is not what is wrong with them.
    kept_as_floats = found.dtype.kind == "f" and wanted.dtype.kind in "biu"
    kept_as_int = found.dtype == int and wanted.dtype.kind == "f" and np.all(wanted == np.round(wanted))
    blamed = right.all() or not (kept_as_floats or kept_as_int)
    if found.dtype != wanted.dtype and found.size > 1 and blamed:
        yield OTHER_TYPE, {"found": found.dtype, "expected": wanted.dtype}


def in_entries(found, wanted, right):
    if found.size > MAX_SHOWN:
        place = tuple(np.argwhere(~right)[0].tolist())
        yield (
            OTHER_ENTRY,
            {"place": list(place), "found": show(found[place]), "expected": show(wanted[place])},
        )


def has_arrays(value):
    """Whether a value is a tuple with an array in it, which is shown part by part."""
    return isinstance(value, tuple) and any(isinstance(part, np.ndarray) and part.ndim for part in value)


def show(value, most=MOST_LETTERS):
    """Write a value as short as it can be told apart, in no more than about `most` letters."""
    if callable(value):
        return A_FUNCTION.format(name=getattr(value, "__name__", type(value).__name__))
    if has_arrays(value):
        share = max(40, most // len(value))
        return own_code.shorten(f"({', '.join(show(part, share) for part in value)})", 2 * most)
    array = as_array(value)
    if array is None or array.dtype.kind not in "biufc":
        return own_code.shorten(write(value), most)
    if isinstance(value, tuple) and array.ndim == 1:
        return own_code.shorten(reprlib.repr(tuple(array.round(4).tolist())), most)
    text = np.array2string(array, precision=4, threshold=MAX_SHOWN, separator=", ").replace("\n", " ")
    if len(text) <= most:
        return text
    first = ", ".join(f"{entry:.4g}" for entry in array.ravel()[:4])
    return LONG_ARRAY.format(shape=array.shape, first=first)


def write(value):
    """Write a value as Python does, without the places in the memory, which differ from run to run."""
    try:
        return re.sub(r"( at 0|\.\.\.)x[0-9a-f]+", "...", reprlib.repr(value))
    except ValueError:
        # Python writes out no whole number of more than 4,300 digits.
        return TOO_LONG_A_NUMBER


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
