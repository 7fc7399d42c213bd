"""What a check takes for right: exact where it counts, generous to rounding, strict about changed inputs."""

import ast
import linecache
import re
import signal
import sys
import threading
import time
import warnings

import numpy as np
import pytest

from helpers.exercises import backpropagation, from_scratch, own_code
from helpers.exercises.feedback import Exercise, run, show
from helpers.exercises.own_code import Rule
from helpers.tensor import Tensor

NOTHING = "Your function returns nothing. Does its last line say return?"


def cell(source, file="<cell of a test>"):
    """Run source as JupyterLab runs a cell, so that its lines can be read back; return the function defined last."""
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names = {"np": np, "Tensor": Tensor}
    # Python warns of 2(x + 1) before it runs; the learner's cell shows that, too.
    with warnings.catch_warnings(action="ignore"):
        exec(compile(source, file, "exec"), names)
    *_, last = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return names[last.name]


def test_nearly_right_is_not_right():
    """Else a count that is off by one, a forgotten factor or a lost axis passes for rounding."""
    for solution, argument, wrong in (
        (lambda n: n, 784_001, lambda n: n - 1),
        # As a float, too, which is what / and np.sum of floats leave.
        (lambda n: n, 784_001, lambda n: n - 1.0),
        (lambda counts: counts, np.array([784_001, 7]), lambda counts: counts + [1.0, 0.0]),
        (lambda x: x, np.array([0.001, 0.002]), lambda x: 2 * x),
        (np.ones_like, np.zeros(3), lambda x: 1.0),
    ):
        exercise = Exercise(solution, "Exact.", cases=lambda argument=argument: {"this": (argument,)})
        assert exercise(lambda x, solution=solution: solution(x)).state == "solved"
        assert exercise(wrong).state == "not yet"
    assert exercise(lambda x: np.ones_like(x) * (1 + 1e-7)).state == "solved"


def test_what_numpy_warns_of_is_no_error():
    """Else right code that divides by 0 on the way, and throws that away, is refused with a warning of NumPy's."""
    exercise = Exercise(
        lambda x: np.where(x > 0, 1.0, 0.0), "Where.", cases=lambda: {"this": (np.array([0.0, 2.0]),)}
    )

    # A warning is an error here, as pyproject.toml has it.
    assert exercise(lambda x: np.where(x > 0, x / x, 0.0)).state == "solved"


def test_one_changed_input_is_one_too_many():
    """Else a function that changes its input for some arguments only counts as solved."""

    def change_if_negative(x):
        doubled = 2 * x
        if x[0] < 0:
            x[:] = 0
        return doubled

    exercise = Exercise(
        lambda x: 2 * x,
        "Doubled.",
        cases=lambda: {"1": (np.array([1]),), "-1": (np.array([-1]),)},
        keeps_input=True,
    )
    feedback = exercise(change_if_negative)
    assert (feedback.state, feedback.text) == (
        "not yet",
        "Your result is right, but your code changed its input on the way. Work on a copy, or build something new.",
    )


ENDLESS_LOOPS = {
    "a condition that stays true": (
        "def attempt(n):\n    while n > 0:\n        steps = 1\n    return steps\n",
        "What in the loop makes its condition `n > 0` false?",
    ),
    "True": ("def attempt(n):\n    while True:\n        n += 1\n", "Only break or return ends `while True`"),
    "a loop of one line": ("def attempt(n):\n    while n: pass\n", "condition `n` false?"),
    "an own function": (
        "def halve(n):\n    return n / 2\n\n\ndef attempt(n):\n    while halve(n) != 7:\n        n = n\n",
        "condition `halve(n) != 7` false?",
    ),
    "behind except": (
        "def attempt(n):\n    while n:\n        try:\n            n = n\n        except Exception:\n            pass\n",
        "condition `n` false?",
    ),
}


@pytest.mark.parametrize("name", ENDLESS_LOOPS)
def test_an_endless_loop_is_answered(name, monkeypatch):
    """Else a while without end hangs in silence, and in a browser nothing can stop it."""
    monkeypatch.setattr(own_code, "SECONDS", 0.1)
    source, words = ENDLESS_LOOPS[name]
    exercise = Exercise(lambda n: n, "Same.", cases=lambda: {"the number 3": (3,), "the number 4": (4,)})
    start = time.monotonic()
    feedback = exercise(cell(source))
    assert time.monotonic() - start < 1 and sys.gettrace() is None
    assert feedback.state == "not yet"
    assert feedback.text.startswith("On the number 3, your code was still running after 0.1 seconds at `")
    assert words in feedback.text
    assert exercise(lambda n: n).state == "solved"


def test_interrupt_is_answered_in_words():
    """Else who stops an endless loop meets a traceback through the check, or a loop that goes on with the next case."""
    exercise = Exercise(lambda n: n, "Same.", cases=lambda: {"the number 3": (3,), "the number 4": (4,)})
    attempt = cell("def attempt(n):\n    soon.start()\n    while n > 0:\n        pass\n")
    # From inside the attempt, so that on a busy machine, too, the loop is what is stopped.
    attempt.__globals__["soon"] = timer = threading.Timer(0.1, signal.raise_signal, [signal.SIGINT])
    # As a kernel has it while a cell runs, whatever other tests have left.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        feedback = exercise(attempt)
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)
    assert feedback.state == "not yet"
    assert feedback.text.startswith("You stopped your code on the number 3 at `")
    assert feedback.text.endswith("What in the loop makes its condition `n > 0` false?")


def test_a_debugger_keeps_its_place():
    """Else a breakpoint in an exercise is never reached, or a learner who steps through a function runs out of time."""

    def step(frame, event, argument):
        return step

    sys.settrace(step)
    try:
        outcome = run(lambda n: n, (3,), until=0)
        kept = sys.gettrace()
    finally:
        sys.settrace(None)
    assert outcome.result == 3 and kept is step


def test_errors_are_told_apart_by_message_and_line():
    """Else whoever writes into an empty list hears of a mistake that happens to end in an error of the same type."""
    exercise = Exercise(
        lambda x: x[0],
        "First.",
        {"x[9]": "You asked for the tenth.", "x / 0": {"x /": "Over 0."}},
        lambda: {"one list": ([1, 2],), "another": ([3],)},
    )
    tenth = cell("def attempt(x):\n    return x[9]\n")
    assert exercise(tenth).text == "You asked for the tenth."
    empty = exercise(cell("def attempt(x):\n    found = []\n    found[0] = x[0]\n")).text
    assert (
        "On one list, your code stopped at `found[0] = x[0]` with IndexError" in empty and "append" in empty
    )
    whole = Exercise(lambda x: x, "Same.", {"x // 0": {r"x //": "Over 0."}}, lambda: {"3": (3,)})
    assert whole(cell("def attempt(x):\n    return x // 0\n")).text == "Over 0."
    assert "`return x % 0`" in whole(cell("def attempt(x):\n    return x % 0\n")).text


def test_names_do_not_tell_errors_apart():
    """Else a mistake is recognised only in code whose names are those of the course."""
    source = "def attempt(x):\n    for i in x:\n        {name} += i\n    return {name}\n"
    mistakes = {cell(source.format(name="total")): "Begin with 0."}
    exercise = Exercise(sum, "Added.", mistakes, lambda: {"two numbers": ([1, 2],)})
    assert exercise(cell(source.format(name="result"), "<another cell>")).text == "Begin with 0."


def test_rules_are_read_from_the_code():
    """Else a text forbids what its check praises; or a word in a comment, or a function without source, breaks a rule."""
    exercise = Exercise(
        sum,
        "Added.",
        cases=lambda: {"two numbers": ([1, 2],)},
        rules=(
            Rule(r"\bsum\(", "The number is right, but it comes from sum."),
            Rule(lambda tree: not own_code.loops(tree), "The number is right, but there is no loop."),
        ),
    )
    loop = "def attempt(x):\n    {remark}\n    total = 0\n    for i in x:\n        total += i\n    return total\n"
    assert exercise(cell(loop.format(remark="# without sum(x)"))).state == "solved"
    assert exercise(cell(loop.format(remark="'Do what sum(x) does.'"))).state == "solved"
    assert exercise(cell("def attempt(x):\n    return sum(x)\n")).text.endswith("it comes from sum.")
    assert exercise(cell("def attempt(x):\n    return x[0] + x[1]\n")).text.endswith("there is no loop.")
    helped = "def add(x):\n    return sum(x)\n\n\ndef attempt(x):\n    return add(x)\n"
    assert exercise(cell(helped)).text.endswith("it comes from sum.")
    assert exercise(cell("def attempt(x):\n    return sum(x) + 1\n")).state == "not yet"
    assert exercise(sum).state == "solved"


# The body of a function of x, and the words of the sentence on what stands there.
SLIPS = [
    (
        "for i in x:\n        if i < 3:\n            i = 0\n    return x",
        "`i = 0` changes what the name `i` stands for",
    ),
    ("return x[0] ^ 2", "Python's power is **"),
    ("for i in x:\n        return i", "ends in the loop's first round"),
    (
        "for i in x:\n        if i > 9:\n            return True\n        else:\n            return False",
        "first round",
    ),
    ("x.reshape(3, 1)\n    return x", "`x.reshape(3, 1)` computes something new"),
    ("y = 0\n    y + 1\n    return y", "thrown away"),
    ("y = 0\n    y == 5\n    return y", "compares and throws the answer away"),
    ("return [[0] * 3] * 3", "one and the same list"),
    ("return x.mean", "the function mean itself"),
    ("y = x.sum\n    return 3", "`.sum` has no brackets"),
    ("y = 1\n    y =+ 2\n    return y", "`y =+2`, =+ only"),
    ("for i in x:\n        y = 0\n        y += i\n    return y", "`y` begins anew in each round"),
    ("for i in x:\n        y = []\n        y.append(i)\n    return y", "`y` begins anew in each round"),
    (
        "for i in x:\n        y = np.zeros(3)\n        y[0] += i\n    return y",
        "`y` begins anew in each round",
    ),
    ("y = 0\n    for i in x:\n        y =+ i * 2\n    return y", "`y =+i * 2`, =+ only"),
    (
        "y = 0\n    for i in x:\n        y = 2 * i\n    return y",
        "`y = 2 * i` gives `y` a new value in each round",
    ),
    ("y = 0\n    for i in x:\n        y *= i\n    return y", "0 times anything is 0"),
    ("return x[0] + x[1] / 2", "only `x[1]` is divided"),
    ("return sum(x) - sum(2 * x) / len(x)", "only `sum(2 * x)` is divided"),
    ("h = 3\n    return (x[0] - x[1]) / 2 * h", "only `2` is below the line"),
    ("return 1 if x[0] == 1 or 2 else 0", "`2` alone counts as true"),
]
NO_SLIPS = [
    "for i in x:\n        if i > 1:\n            return i",
    "for i in x:\n        if i > 1:\n            continue\n        return i",
    "y = [0]\n    y.append(3)\n    print(y)\n    return y",
    "'A text that explains.'\n    return max(x, key=abs) + 9",
    "total = 0\n    for i in x:\n        row = 0\n        for j in x:\n            row += j\n        total += row\n    return total",
    "y = 1\n    for i in x:\n        y *= 2\n    return y",
    "return (x[0] + x[1]) / 2",
    "h = 3\n    return x[0] + h / 2",
    "slopes = np.array([3])\n    return x[0] - 0.1 * slopes[0] / 2",
    "return x[0] + sum(x) / len(x)",
]


@pytest.mark.parametrize(("body", "words"), SLIPS)
def test_what_stands_in_the_code_is_said(body, words):
    """Else a learner who threw a result away, or returned too early, hears only that the number is wrong."""
    exercise = Exercise(lambda x: -41.5, "…", cases=lambda: {"this": (np.array([1, 2, 3]),)})
    assert words in exercise(cell(f"def attempt(x):\n    {body}\n")).text


@pytest.mark.parametrize("body", NO_SLIPS)
def test_no_slip_is_seen_where_none_stands(body):
    """Else sound code is accused of a slip, beside what is really wrong with it."""
    assert own_code.slip(cell(f"def attempt(x):\n    {body}\n")) == ""


def test_print_is_not_return():
    """Else who prints the right number hears that nothing came, sees the number, and does not know what is meant."""
    exercise = Exercise(sum, "Added.", cases=lambda: {"two numbers": ([1, 2],)})
    assert exercise(cell("def attempt(x):\n    print(sum(x))\n")).text == (
        "Your function prints and returns nothing. print shows a value to you; return hands it to whoever called."
    )
    assert exercise(cell("def attempt(x):\n    y = sum(x)\n")).text == NOTHING
    assert exercise(cell("def attempt(x):\n    return x.sort()\n")).text == (
        "Your function returns None, which is nothing. What stands behind return gives no result, as append, sort and "
        "resize do, or a name that holds None."
    )


def test_long_values_are_short_in_a_sentence():
    """Else two returned arrays fill half a screen, and the word that matters is lost among digits."""
    rng = np.random.default_rng(0)
    values = (
        rng.normal(size=(4, 3, 5)),
        (rng.normal(size=(3, 4)), rng.normal(size=(7, 2))),
        tuple(rng.normal(size=40)),
        rng.normal(size=(3, 4)).tolist(),
        {f"key {i}": list(range(30)) for i in range(30)},
        "long " * 100,
        10**5000,
        [10**5000],
        (np.mean, 3),
    )
    for value in values:
        for other in values:
            exercise = Exercise(lambda x, other=other: other, "…", cases=lambda: {"this": (3,)})
            text = str(exercise(lambda x, value=value: value))
            assert len(text) < 420, text
        assert len(show(value)) <= 270
        # A place in the memory.
        assert not re.search(r"x[0-9a-f]{6}", show(value))
    assert show(values[0]).startswith("an array of shape (4, 3, 5) that begins with 0.1257, ")


def test_the_same_in_another_form_is_right():
    """Else the course's own Tensor, a list, or 3.14 where the task says π, are refused without a word on why."""
    exercise = Exercise(lambda x: 2 * x, "Doubled.", cases=lambda: {"two numbers": (np.array([1.0, 2.0]),)})
    for attempt in (lambda x: Tensor(2 * x), lambda x: [2.0, 4.0], lambda x: (2, 4)):
        assert exercise(attempt).state == "solved"
    pair = Exercise(lambda x: (x, 2 * x), "Both.", cases=lambda: {"two numbers": (np.array([1.0, 2.0]),)})
    assert pair(lambda x: (Tensor(x), Tensor(2 * x))).state == "solved"
    half_turn = Exercise(lambda x: np.pi * x, "π.", cases=lambda: {"1": (1.0,)}, slack=0.01)
    assert half_turn(lambda x: 3.14 * x).state == "solved" and half_turn(lambda x: 3.0 * x).state == "not yet"


def test_a_list_has_no_type():
    """Else who returns a list where float32 is asked for hears of astype, which a list does not have."""
    exercise = Exercise(
        lambda x: x / np.float32(4), "…", cases=lambda: {"this": (np.ones(2, "float32"),)}, exact_dtype=True
    )
    text = exercise(lambda x: [i / 4 for i in x.tolist()]).text
    assert "they come in a list" in text and "float32" in text


def test_raising_where_none_is_asked_for():
    """Else whoever has the whole rule right, and refuses with an error, hears of another mistake, or of Python's."""
    exercise = Exercise(
        lambda n: n // 2 if n % 2 == 0 else None,
        "Halved.",
        {"n / 2": "Rounded."},
        cases=lambda: {"4": (4,), "7": (7,)},
    )
    source = "def attempt(n):\n    if n % 2:\n        raise ValueError(n)\n    return n // {by}\n"
    text = exercise(cell(source.format(by=2))).text
    assert (
        text
        == "What you return is right. Where None is asked for, as on 7, your code raises an error instead: return None."
    )
    assert "4, but 2 is expected" in exercise(cell(source.format(by=1))).text
    assert "TypeError" in exercise(cell("def attempt(n):\n    return n // 2 if n == 4 else n + '7'\n")).text


ROWS_OF_THE_TABLE = {
    "a tuple": "def softplus(x):\n    return np.log(1 + np.exp(x)), lambda g: g / (1 + np.exp(-x))\n",
    "a list": "def softplus(x):\n    return [np.log(1 + np.exp(x)), lambda g: g / (1 + np.exp(-x))]\n",
    "an option": (
        "def softplus(x, sharpness=1.0):\n"
        "    e = np.exp(sharpness * x)\n"
        "    return np.log(1 + e) / sharpness, lambda g: g * e / (1 + e)\n"
    ),
    "an option by its name": (
        "def softplus(x, *, axis=None):\n    return np.log(1 + np.exp(x)), lambda g: g / (1 + np.exp(-x))\n"
    ),
}


@pytest.mark.parametrize("form", ROWS_OF_THE_TABLE)
def test_a_row_of_the_table_in_another_form_is_right(form):
    """Else a right row is refused for its brackets or for an option."""
    assert backpropagation.check_softplus(cell(ROWS_OF_THE_TABLE[form])).state == "solved"


def test_a_row_of_the_table_is_a_row():
    """Else a function of x and g is praised that @differentiable cannot use, or an error shows the check's own lines."""
    both = cell("def softplus(x, g):\n    return np.log(1 + np.exp(x)), g / (1 + np.exp(-x))\n")
    assert backpropagation.check_softplus(both).text == (
        "The value is right, and so is the gradient. But a row takes the inputs alone, as softplus(x), and g comes only "
        "later: return a function of g beside the value."
    )
    text = backpropagation.check_softplus(cell("def softplus(x):\n    return log(1 + exp(x))\n")).text
    assert "at `return log(1 + exp(x))`" in text and "np.log" in text
    nothing = cell(
        "def softplus(x):\n    value = np.log(1 + np.exp(x))\n    lambda g: g / (1 + np.exp(-x))\n"
    )
    assert backpropagation.check_softplus(nothing).text == NOTHING


def test_four_suspects():
    """Else the right words in capitals are refused, or a suspect is called guilty of what its code does not do."""
    check, right = backpropagation.check_suspects, ("transpose", "unbroadcast", "sign", "accumulation")
    for attempt in (
        right,
        list(right),
        np.array(right),
        tuple(word.upper() for word in right),
        ", ".join(right),
    ):
        assert check(attempt).state == "solved"
    assert check(("sign", "unbroadcast", "transpose", "accumulation")).text == (
        "B and D found. The error of A is prediction − target, as it should be, and in C, x.T @ g lets samples meet samples."
    )
    for wrong, said in (
        (("transposition", *right[1:]), "none of the four words"),
        (("sign", *right[1:]), "stands there twice"),
        (right[:3], "one for each of A, B, C and D"),
        ({*right}, "one for each of A, B, C and D"),
        (7, "one for each of A, B, C and D"),
    ):
        feedback = check(wrong)
        assert feedback.state == "not yet" and said in feedback.text


RULES = {
    "unbroadcast": (
        backpropagation.check_sum_back,
        "def unbroadcast(g, value):\n"
        "    g = g.sum(axis=tuple(range(g.ndim - value.ndim)))\n"
        "    return g.sum(axis=tuple(i for i, n in enumerate(value.shape) if n == 1), keepdims=True)\n\n\n"
        "def sum_back(g, shape):\n    return unbroadcast(g, np.zeros(shape))\n",
    ),
    "the formula": (
        backpropagation.check_used_twice,
        "def gradients_of_cube(x):\n    return x, 3 * x**2\n",
    ),
    "a Tensor": (
        from_scratch.check_first_gradient,
        "from helpers.operations import matmul, relu, softmax_cross_entropy\n\n\n"
        "def first_gradient(x, kernel_1, kernel_2, labels):\n"
        "    weights = Tensor(kernel_1)\n"
        "    softmax_cross_entropy(matmul(relu(matmul(x, weights)), kernel_2), labels).backward()\n"
        "    return weights.gradient\n",
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_stated_rules_of_backpropagation_are_checked(rule):
    """Else the very thing that a task sets out to replace is praised as its solution."""
    check, source = RULES[rule]
    assert check(cell(source)).text in [rule.hint for rule in check.rules]


@pytest.mark.parametrize(
    "solution",
    [
        "    a = x * x\n    return x, a + x * x + x * x\n",
        "    a = x**2\n    return x, 3 * a\n",
        "    return x, x * x + x * (2 * x)\n",
    ],
)
def test_a_walk_through_the_graph_is_not_taken_for_the_formula(solution):
    """Else whoever adds the three ways up is told to walk back through the graph."""
    attempt = cell(f"def gradients_of_cube(x):\n{solution}")
    assert backpropagation.check_used_twice(attempt).state == "solved"
