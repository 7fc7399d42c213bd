"""Feedback on exercises: the cell as given, its solution, every usual mistake, and whatever else a learner may write."""

import ast
import builtins
import copy
import dataclasses
import functools
import importlib
import inspect
import itertools
import pathlib
import pkgutil
import re
import sys
import types

import nbformat
import numpy as np
import pytest

import helpers.exercises
from helpers.exercises.feedback import Exercise, Feedback, run, same

NOT_STARTED = "Not started yet: replace the three dots with your own code, then run this cell again."
NO_RESULT = "Your function returns nothing. Does its last line say return?"
CHANGED_INPUT = "Your result is right, but your code changed its input on the way. Work on a copy, or build something new."
CHANGED_TOO = "(Your function also changes the array that it is given, so whoever calls it finds another one afterwards.)"

NOTEBOOKS = sorted((pathlib.Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
MODULES = [
    importlib.import_module(f"helpers.exercises.{module.name}")
    for module in pkgutil.iter_modules(helpers.exercises.__path__)
]
EXERCISES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": exercise
    for module in MODULES
    for name, exercise in vars(module).items()
    if isinstance(exercise, Exercise)
}

every_exercise = pytest.mark.parametrize("name", EXERCISES)


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def tags(cell):
    return cell.metadata.get("tags", [])


def definitions(cells):
    """Run the imports, functions and classes of cells, and nothing that takes time; return the names."""
    kinds = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    statements = [node for cell in cells for node in ast.parse(cell.source).body if isinstance(node, kinds)]
    names = {}
    exec(compile(ast.Module(statements, []), "notebook", "exec"), names)
    return names


@functools.cache
def tasks():
    """List for each cell tagged exercise: the check that it calls, the notebook's code cells, its place, and the call."""
    found = []
    for path in NOTEBOOKS:
        cells = code_cells(path)
        for index, cell in enumerate(cells):
            if "exercise" in tags(cell):
                *_, last = ast.parse(cell.source).body
                assert isinstance(last, ast.Expr) and isinstance(last.value, ast.Call), (
                    f"{path.name}: {cell.source}"
                )
                check = eval(ast.unparse(last.value.func), definitions(cells[: index + 1]))
                found.append((check, cells, index, ast.unparse(last)))
    return found


def task_cells(exercise):
    """Return the exercise's cell, the code cell after it, the names known before, and the call of the check."""
    found = [task for task in tasks() if task[0] is exercise]
    assert len(found) == 1, f"{len(found)} cells tagged exercise call this check; exactly one should"
    _, cells, index, call = found[0]
    return cells[index], cells[index + 1], definitions(cells[:index]), call


def outcome(exercise, attempt):
    """Run a check; whatever the attempt was, the answer must be a sentence for a person."""
    feedback = exercise(attempt)
    assert isinstance(feedback, Feedback)
    assert re.match(r"\S", feedback.text) and feedback.text.endswith((".", "?", "!", ".)")), feedback.text
    assert not re.search(r"Traceback|\{\w*\}", feedback.text)
    return feedback.state, feedback.text


@every_exercise
def test_stub_and_solution_of_the_notebook(name):
    """Else a learner meets a traceback before writing anything, or a solution that its own check refuses."""
    cell, next_cell, names, check = task_cells(EXERCISES[name])
    # Names of the notebook that the imports of this very cell complete.
    exec(cell.source, names)
    assert outcome(lambda _: eval(check, names), None) == ("not started", NOT_STARTED)
    assert "solution" in tags(next_cell)
    exec(next_cell.source, names)
    assert eval(check, names).state == "solved", next_cell.source


def written_out(attempt):
    """Return an attempt with lines for an error to stop at: the function that it calls, if it does nothing else."""
    called = attempt.__code__.co_names
    return attempt.__globals__.get(called[0], attempt) if len(called) == 1 else attempt


@functools.cache
def made_once(name):
    """Return an exercise that makes its cases once, and `run` for it, which tries the solution and each mistake once on each."""
    exercise, known = EXERCISES[name], {}

    def run_once(function, arguments, until=np.inf):
        # An attempt that is checked has a time to end, and is run each time.
        if until < np.inf:
            return run(function, arguments, until)
        key = id(function), id(arguments)
        if key not in known:
            # Kept with what it is found by, so that no other object gets the same identity.
            known[key] = function, arguments, run(function, arguments)
        return known[key][2]

    return dataclasses.replace(exercise, cases=functools.cache(exercise.cases)), run_once


@every_exercise
def test_each_mistake_gets_its_own_hint(name, monkeypatch):
    """Else a mistake is taken for another or for the solution, or a hint gives the solution away."""
    exercise, run_once = made_once(name)
    monkeypatch.setattr("helpers.exercises.feedback.run", run_once)
    assert len(exercise.usual_mistakes) >= 3
    for mistake in exercise.usual_mistakes:
        attempt = written_out(mistake.attempt) if mistake.line else mistake.attempt
        assert outcome(exercise, attempt) == ("not yet", mistake.hint)
    hints = [mistake.hint for mistake in exercise.usual_mistakes]
    assert len({*hints, exercise.praise}) == len(hints) + 1
    solution = ast.parse(task_cells(EXERCISES[name])[1].source)
    for node in ast.walk(solution):
        if isinstance(node, ast.Return | ast.Assign | ast.AugAssign):
            value = ast.unparse(node.value).replace(" ", "").replace('"', "'")
            for hint in hints:
                # A name or a number alone gives nothing away.
                assert value.isidentifier() or len(value) < 6 or value not in hint.replace(" ", ""), hint


def names_of(expression):
    """List the names in a piece of Python that stand for something outside of it."""
    nodes = list(ast.walk(ast.parse(expression)))
    bound = {node.arg for node in nodes if isinstance(node, ast.arg)}
    bound |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return {node.id for node in nodes if isinstance(node, ast.Name)} - bound


@every_exercise
def test_attempts_use_names_that_are_there(name):
    """Else an import or a helper that only a table names is tidied away, and its mistake becomes a NameError of its own."""
    exercise, module = EXERCISES[name], sys.modules[f"helpers.exercises.{name.partition('.')[0]}"]
    known = {*vars(module), *vars(builtins)}
    if callable(exercise.solution):
        known |= {*inspect.signature(exercise.solution).parameters}
    for attempt, hint in exercise.mistakes.items():
        if isinstance(attempt, str):
            # One of the mistakes is a name that is not known yet.
            assert names_of(attempt) <= known or "is known" in hint, attempt


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_helpers_of_attempts_are_used(module):
    """Else a function or an import stays behind whose mistake has gone, since no linter reads the tables."""
    tree = ast.parse(inspect.getsource(module))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for exercise in vars(module).values():
        for attempt in exercise.mistakes if isinstance(exercise, Exercise) else ():
            used |= names_of(attempt) if isinstance(attempt, str) else set()
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported <= used, imported - used
    tables = any(isinstance(exercise, Exercise) for exercise in vars(module).values())
    # A notebook calls what is named check.
    defined = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("check")
    }
    assert not tables or defined <= used, defined - used


def test_what_tables_share_is_used():
    """Else a hint or a helper that no table needs any more stays behind, where no linter asks who imports it."""
    shared = [helpers.exercises.attempts, helpers.exercises.shared_hints]
    others = "\n".join(inspect.getsource(module) for module in MODULES if module not in shared)
    for module in shared:
        for name, value in vars(module).items():
            if (isinstance(value, str) and name.isupper()) or inspect.getmodule(value) is module:
                assert re.search(rf"\b{name}\b", others), name


@every_exercise
def test_mistakes_differ_on_the_cases(name):
    """Else the cases cannot tell two mistakes apart, and whichever stands first is said of both; or one passes as right."""
    exercise, run_once = made_once(name)
    if not callable(exercise.solution):
        return
    attempts = [exercise.solution, *(mistake.attempt for mistake in exercise.usual_mistakes)]
    made = [[run_once(attempt, arguments) for arguments in exercise.cases().values()] for attempt in attempts]
    for one, other in itertools.permutations(range(len(made)), 2):
        assert not exercise.agree(made[one], made[other]), (
            exercise.usual_mistakes[max(one, other) - 1].hint,
            min(one, other),
        )


# What a hint says of the learner's numbers, as a regular expression, and how they then compare with the right ones.
SAID_OF_NUMBERS = {
    r"^Your \w+ is never negative": lambda found, right: (found >= 0).all() and (right < 0).any(),
    r"^Your \w+ is never positive": lambda found, right: (found <= 0).all() and (right > 0).any(),
    r"^Your \w+ is always 0\b": lambda found, right: not found.any() and right.any(),
    r"^Your count is one too small": lambda found, right: found == right - 1,
    r"^Each of your numbers is one too large": lambda found, right: found == right + 1,
    r"^Twice too (large|steep)": lambda found, right: np.isclose(found, 2 * right),
    r"^(Your edge|Both of your slopes|Everything) (is|are) half": lambda found, right: np.isclose(
        found, right / 2
    ),
    r"^The sign of the whole is turned: your": lambda found, right: np.isclose(found, -right),
    r"^Both numbers are right,.* in the other order": lambda found, right: np.isclose(
        found.reshape(-1, 2)[:, ::-1], right.reshape(-1, 2)
    ),
}
# And what it says of the steps: how many too many there are.
SAID_OF_STEPS = {
    r"^(You took one|One) step too many": 1,
    r"^(One step is missing|Your ball is one step behind)": -1,
}


def numbers_of(function, cases):
    return np.concatenate([np.ravel(run(function, arguments).result) for arguments in cases], dtype=float)


def with_more_steps(solution, arguments, more):
    names = list(inspect.signature(solution).parameters)
    return tuple(
        value + more if name in ("steps", "count") else value
        for name, value in zip(names, arguments, strict=False)
    )


@pytest.mark.parametrize("said", [*SAID_OF_NUMBERS, *SAID_OF_STEPS])
def test_what_a_hint_says_of_the_result_is_true(said):
    """Else two hints have changed places, and a learner whose result is never negative reads that it is never positive."""
    rows = [
        (exercise, mistake)
        for exercise in EXERCISES.values()
        for mistake in exercise.usual_mistakes
        if re.search(said, mistake.hint)
    ]
    assert rows
    for exercise, mistake in rows:
        cases, solution = exercise.cases().values(), exercise.solution
        found, right = numbers_of(mistake.attempt, cases), numbers_of(solution, cases)
        if said in SAID_OF_NUMBERS:
            assert np.all(SAID_OF_NUMBERS[said](found, right)), mistake.hint
        else:
            others = [with_more_steps(solution, arguments, SAID_OF_STEPS[said]) for arguments in cases]
            assert np.allclose(found, numbers_of(solution, others)), mistake.hint


def numbers_in(argument):
    """Yield the numbers that stand in an argument, its lengths, and those in the code of a function."""
    if isinstance(argument, np.ndarray):
        yield from (*argument.shape, *(argument.ravel() if argument.dtype.kind in "biuf" else ()))
    elif isinstance(argument, list | tuple | set | dict):
        yield len(argument)
        for entry in argument.values() if isinstance(argument, dict) else argument:
            yield from numbers_in(entry)
    elif isinstance(argument, types.FunctionType):
        code, known = argument.__code__, inspect.getclosurevars(argument)
        yield from numbers_in((*code.co_consts, *known.nonlocals.values()))
        yield from numbers_in([known.globals[name] for name in known.globals if name != "np"])
    elif isinstance(argument, int | float | np.number):
        yield argument


@pytest.mark.parametrize(
    "name", [name for name, exercise in EXERCISES.items() if callable(exercise.solution)]
)
def test_numbers_in_the_name_of_a_case_are_those_of_the_case(name):
    """Else a learner who computes on paper what the check names, the points (1, 2) and (3, 8), gets something else."""
    for case, arguments in EXERCISES[name].cases().items():
        there = [*numbers_in(arguments)]
        for number in re.findall(r"(?<![\w.])[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?", case):
            value = float(number.replace("−", "-").replace(",", ""))
            assert np.isclose(there, value).any(), (case, number)


def spoil(argument):
    """Change an argument in place."""
    if isinstance(argument, np.ndarray):
        argument[...] = argument[::-1].copy() + 1
    elif isinstance(argument, list):
        argument.append(argument.pop(0) + 1)
    elif isinstance(argument, dict):
        argument.popitem()


def changeable(arguments):
    """Return the arguments that a function can change in place: not numbers, not tuples."""
    return [argument for argument in arguments if isinstance(argument, np.ndarray | list | dict)]


def fail(*arguments):
    raise ValueError("the axes disagree")


def fail_silently(*arguments):
    raise AssertionError


def compute_without_return(*arguments):
    np.sum(np.ones(3))


def nest_unevenly(*arguments):
    return [[1, 2], [3]]


def expect_too_much(*arguments, required):
    return required


WRONG = {
    "raises": fail,
    "raises without a message": fail_silently,
    "forgets return": compute_without_return,
    "returns three dots": lambda *arguments: (len(arguments), ...)[1],
    "wrong shape": lambda *arguments: np.zeros((3, 1, 4)),
    "uneven lists": nest_unevenly,
    "a constant": lambda *arguments: -41.5,
    "a word": lambda *arguments: "seven",
    "a dictionary": lambda *arguments: {"loss": [1.0]},
    "a function": lambda *arguments: fail,
    "not a number": lambda *arguments: np.full(3, np.nan),
    "other arguments": expect_too_much,
    "called before it was handed over": np.array([1.0, 2.0]),
    "a plain number": -41.5,
    "a plain word": "seven",
    "plain uneven lists": [[1, 2], [3]],
}


@every_exercise
def test_anything_else_gets_a_sentence(name):
    """Else a check answers some wrong attempt with a traceback of its own, or counts it as right."""
    exercise = EXERCISES[name]
    texts = {description: outcome(exercise, attempt) for description, attempt in WRONG.items()}
    assert {state for state, _ in texts.values()} == {"not yet"}
    if callable(exercise.solution):
        case = next(iter(exercise.cases()))
        assert (
            texts["raises"][1].startswith(f"On {case}, ")
            and "ValueError: the axes disagree" in texts["raises"][1]
        )
        assert "AssertionError" in texts["raises without a message"][1]
        assert texts["forgets return"][1] == texts["returns three dots"][1] == NO_RESULT
        assert "(3, 1, 4)" in texts["wrong shape"][1]
        assert "seven" in texts["a word"][1]
        assert "function" in texts["called before it was handed over"][1]


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, exercise in EXERCISES.items()
        # Numbers and tuples cannot be changed, and a plain value has no input.
        if callable(exercise.solution) and any(map(changeable, exercise.cases().values()))
    ],
)
def test_changed_input_is_noticed(name):
    """Else a function that spoils the data of the next cell is praised without a word, or one case spoils the next."""
    # Whatever is forbidden besides is read from code that a learner writes.
    exercise = dataclasses.replace(EXERCISES[name], rules=())

    def change_after(*arguments):
        result = copy.deepcopy(exercise.solution(*arguments))
        spoil(changeable(arguments)[-1])
        return result

    def change_before(*arguments):
        spoil(changeable(arguments)[0])
        return exercise.solution(*arguments)

    if exercise.keeps_input:
        assert outcome(exercise, change_after) == ("not yet", CHANGED_INPUT)
    else:
        state, text = outcome(exercise, change_after)
        assert state == "solved" and text.endswith(CHANGED_TOO)
    # A few results do not depend on the numbers that were changed.
    state, text = outcome(exercise, change_before)
    assert state == "not yet" or text.endswith(CHANGED_TOO)
    assert CHANGED_TOO not in str(exercise(exercise.solution))


def takes_an_array(exercise):
    return callable(exercise.solution) and any(
        isinstance(part, np.ndarray) for case in exercise.cases().values() for part in case
    )


def test_what_is_given_stays_where_the_text_asks_for_something_new():
    """Else a learner who writes into the given array is right in one exercise of a notebook, and wrong in the next."""
    pairs = [
        pair for path in NOTEBOOKS for pair in itertools.pairwise(nbformat.read(path, as_version=4).cells)
    ]
    above = {cell.source: text.source for text, cell in pairs if "exercise" in tags(cell)}
    asked = [
        check
        for check, cells, index, _ in tasks()
        if takes_an_array(check) and re.search(r"Return a new|\.copy\(\)", above[cells[index].source])
    ]
    assert asked and all(check.keeps_input for check in asked)
    kinds = {}
    for name, exercise in EXERCISES.items():
        # A row of the table of operations is called by the walk through the graph, too.
        if type(exercise) is Exercise and takes_an_array(exercise):
            module = name.partition(".")[0]
            kinds.setdefault(module, {}).setdefault(exercise.keeps_input, []).append(name)
    assert [names for names in kinds.values() if len(names) > 1] == []


def test_feedback_is_shown_as_text_and_as_html():
    """Else a check is silent in a terminal, in a saved notebook or to a screen reader, or shows < as a tag."""
    feedback = Feedback("not yet", "Is 1 < 2 & 3 > 2?")
    shown = feedback._repr_mimebundle_()
    assert shown["text/plain"] == str(feedback) == repr(feedback) == "→ Is 1 < 2 & 3 > 2?"
    assert "Is 1 &lt; 2 &amp; 3 &gt; 2?" in shown["text/html"] and 'role="status"' in shown["text/html"]
    marks = {str(Feedback(state, ""))[0] for state in ("solved", "not started", "not yet")}
    assert len(marks) == 3


def test_plain_values_are_checked_too():
    """Else an exercise that asks for a number accepts a wrong one, or has no words for it."""
    exercise = Exercise(784, "Rows times columns.", {"28 + 28": "Multiply."}, nudge="Count.")
    assert outcome(exercise, ...)[0] == "not started"
    assert outcome(exercise, 784.0) == ("solved", "Correct! Rows times columns.")
    assert outcome(exercise, 56) == ("not yet", "Multiply.")
    for attempt in WRONG.values():
        state, text = outcome(exercise, attempt)
        assert state == "not yet" and text.endswith("is not right yet. Count.")


def test_a_large_array_is_answered_by_its_first_wrong_entry():
    """Else two arrays are shown that look the same, because the difference hides behind the dots; or a type is blamed."""
    exercise = Exercise(
        solution=lambda size: np.zeros((size, size), int), praise="…", cases=lambda: {"size 9": (9,)}
    )
    wrong = np.zeros((9, 9))
    assert exercise(lambda size: wrong).state == "solved"
    wrong[4, 5] = 0.5
    text = "On size 9, entry [4, 5] of your result is 0.5, but 0 is expected there."
    assert outcome(exercise, lambda size: wrong) == ("not yet", text)
    whole = Exercise(lambda x: x * 1.0, "…", cases=lambda: {"two numbers": (np.array([3, 4]),)})
    text = "On two numbers, your code returns [3, 5], but [3., 4.] is expected."
    assert outcome(whole, lambda x: np.array([3, 5])) == ("not yet", text)
    exact = dataclasses.replace(exercise, exact_dtype=True)
    text = "On size 9, your code returns float64, but int64 is expected."
    assert outcome(exact, lambda size: np.zeros((size, size))) == ("not yet", text)


def test_none_may_be_right():
    """Else a function that rightly finds nothing is refused, or one without return passes as finding nothing."""

    def last_digits(number):
        return (number // 10 % 10, number % 10) if number > 9 else None

    exercise = Exercise(last_digits, "Found.", cases=lambda: {"the number 42": (42,), "the number 7": (7,)})
    assert exercise(last_digits).state == "solved"
    assert outcome(exercise, compute_without_return) == ("not yet", NO_RESULT)
    wrong = (
        (lambda number: (4, 2), "On the number 7, your code returns (4, 2), but None is expected."),
        (
            lambda number: None if number > 9 else 1,
            "On the number 42, your code returns nothing, but (4, 2) is",
        ),
        (lambda number: (4, 2, 0), "On the number 42, your code returns (4, 2, 0), but (4, 2) is expected."),
        (lambda number: 42, "On the number 42, your code returns 42, but (4, 2) is expected."),
        (lambda number: np.ones((4, 2)), "an array of shape (4, 2), but the tuple (4, 2) is expected."),
    )
    for attempt, text in wrong:
        assert text in outcome(exercise, attempt)[1]


def test_parts_of_unequal_shapes_are_compared_one_by_one():
    """Else a mistake that returns a matrix and a vector side by side is never recognised."""
    weights, bias = np.ones((3, 2)), np.zeros(2)
    assert same((weights, bias), (weights.tolist(), bias))
    assert not same((weights, bias), (weights, bias + 1))
    assert not same((weights, bias), (weights, bias, bias))
    assert not same((weights, bias), weights)


def test_tuple_with_arrays_is_answered_part_by_part():
    """Else a learner who returned a tuple hears that an array came, and not which part of it is wrong."""
    cases = {"the number 2": (2,)}
    exercise = Exercise(lambda number: (np.ones((3, 2)), np.arange(number)), "Found.", cases=lambda: cases)
    named = dataclasses.replace(exercise, parts=("the value", "the gradient"))

    def second_wrong(number):
        return np.ones((3, 2)), np.array([5])

    assert outcome(exercise, second_wrong)[1] == (
        "On the number 2, part 2 of your result is [5], but [0, 1] is expected."
    )
    assert outcome(named, second_wrong)[1] == "On the number 2, the gradient is [5], but [0, 1] is expected."
    assert outcome(exercise, lambda number: (np.ones((3, 2)),))[1] == (
        "On the number 2, your code returns a tuple of 1, but a tuple of 2 is expected."
    )


def test_exercises_are_documented_where_they_are():
    """Else a maintainer cannot tell which notebook a module of exercises belongs to."""
    for module in MODULES:
        if any(isinstance(value, Exercise) for value in vars(module).values()):
            assert re.search(r"\b2\.\d", inspect.getdoc(module))
