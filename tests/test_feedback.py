"""What a check takes for right: exact where it counts, generous to rounding, strict about changed inputs."""

import ast
import linecache
import re
import signal
import sys
import threading
import time
import types
import warnings

import numpy as np
import pytest

from helpers.exercises import (
    backpropagation,
    derivatives,
    from_scratch,
    gradients,
    own_code,
    tensor_operations,
)
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
    "inside of a loop that ends": (
        "def attempt(n):\n    while n > 0:\n        k = n\n        while k > 1:\n            k = n + 1\n        n -= 1\n",
        "condition `k > 1` false?",
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
    "h = 3\n    return x[0] + x[1] / h",
    "return max(x[0], 1) + min(x[1], 2) / 2",
    "return (x[0] - x[1]) / 2 * 3",
    "return [[0] * 3 for _ in range(3)] + [0] * 3",
    "return 1 if x[0] == 1 or x[1] == 2 else x[0] or 0",
    "n = 0\n    while n < 3:\n        n = max(3, 4)\n    return n",
    "y = 0\n    while x:\n        y = x.pop()\n    return y",
    "y = 0\n    for i in x:\n        y *= 2\n        y = y + i\n    return y",
    "y = 0\n    for i in x:\n        y *= 2\n        y += i\n    return y",
    "y = 0\n    for i in x:\n        y = 2 * y + i\n    return y",
    "y = 0\n    for i in x:\n        z = 0\n        y += i + z\n    return y",
    "for i in x:\n        try:\n            return i\n        except ValueError:\n            pass",
    "y = [3, 1]\n    y.sort()\n    y.reverse()\n    return y",
    "y = -2\n    return y",
    "for row in x:\n        row[0] = 1\n    return x",
    "return x.mean() + x.sum() == x.max()",
    "f = max\n    return f(x) + x.shape[0] + x.T.size",
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


# For each rule that is read as text: code that breaks it, and code that does not.
FORBIDDEN = [
    (
        tensor_operations.check_naive_relu,
        ["np.maximum(x, 0)", "np.where(x > 0, x, 0)", "np.abs(x)", "np.clip(x, 0, 9)", "x.clip(0)"],
        ["np.zeros((2, 3))", "np.zeros_like(x)", "np.ones(3)", "np.empty(3)", "np.full(3, 0)", "np.array(rows)", "np.asarray(rows)"]
        + ["np.copy(x)", "np.float64(0)", "np.shape(x)", "np.ndim(x)", "np.size(x)", "max(x[i, j], 0)"],
    ),
    (
        tensor_operations.check_naive_matrix_vector,
        ["W @ x", "np.dot(W, x)", "W.dot(x)", "np.matmul(W, x)", "np.einsum('ij,j', W, x)", "np.inner(W, x)", "np.vdot(W[0], x)"]
        + ["np.tensordot(W, x)", "np.matvec(W, x)", "naive_matrix_vector_dot(W, x)"],
        ["dot = W[i, j] * x[j]", "np.zeros(len(W))", "add_up(W[i], x)"],
    ),
    (
        tensor_operations.check_broadcast_shape,
        ["np.broadcast_shapes(left, right)", "from numpy import broadcast_shapes", "numpy.zeros(left)"],
        ["max(left, right)"],
    ),
    (derivatives.check_central, ["central_difference(f, x, h)", "g = central_difference"], ["central(f, x, h)"]),
    (
        gradients.check_product,
        ["numerical_gradient(f, W)", "central_difference(f, x)", "measure_gradient(f, W, h)", "partial_derivative(f, W, 0)"]
        + ["h = 1e-5", "h = 1e-12", "h = 0.001", "h = 0.1"],
        ["2 / len(X)", "0.5 * X", "0.25 * X", "10.01 * X"],
    ),
    (gradients.check_product, ["loss.backward()"], ["backward = X.T"]),
    (gradients.check_best_step, ["gradient(w + h * unit)", "gradient(w - h)"], ["gradient(w)", "loss(w + h * unit)"]),
    (backpropagation.check_used_twice, ["3 * x**2", "3.0 * x * x", "x * x * 3", "3 * (x * x)"], ["x * x + 2 * x * x", "2 * x"]),
    (backpropagation.check_sum_back, ["unbroadcast(g, value)"], ["g.sum(axis=0)", "my_unbroadcast(g)"]),
    (from_scratch.check_first_gradient, ["Tensor(x)", "loss.backward()"], ["MyTensor(x)", "x.T @ g"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "broken", "kept"), FORBIDDEN, ids=[broken[0] for _, broken, _ in FORBIDDEN]
)
def test_what_a_text_forbids_is_found_in_every_form(check, broken, kept):
    """Else one way round a task is praised as its solution, or a learner is accused of what another line does."""
    (rule,) = [
        rule for rule in check.rules if isinstance(rule.broken, str) and rule.is_broken(ast.parse(broken[0]))
    ]
    assert [code for code in broken if not rule.is_broken(ast.parse(code))] == []
    assert [code for code in kept if rule.is_broken(ast.parse(code))] == []


@pytest.mark.parametrize(
    "check", [tensor_operations.check_naive_relu, tensor_operations.check_naive_matrix_vector]
)
def test_two_loops_are_two_loops(check):
    """Else whoever lets NumPy take whole rows, in one loop, has done by hand what was to be done by hand."""
    (rule,) = [rule for rule in check.rules if callable(rule.broken)]
    loops = {
        "for row in x:\n    total = row.sum()": True,
        "[row.sum() for row in x]": True,
        "for row in x:\n    for entry in row:\n        total += entry": False,
        "[[entry for entry in row] for row in x]": False,
        "while i < 3:\n    total += sum(entry for entry in x[i])": False,
    }
    assert {code: rule.is_broken(ast.parse(code)) for code in loops} == loops


def doubling(**options):
    """Return an exercise that asks for twice a number or an array."""
    options = {"cases": lambda: {"three numbers": (np.array([1.0, 0.0, -3.0]),)}} | options
    return Exercise(lambda x: 2 * x, "Doubled.", **options)


@pytest.mark.parametrize(
    ("slip", "solved"),
    [
        (lambda y: y + 1e-6, False),
        (lambda y: y * 1.0001, False),
        (lambda y: y + 3e-8, True),
        (lambda y: y * (1 + 3e-6), True),
        (lambda y: y.astype("float32"), True),
        (lambda y: np.where(y == 0, np.nan, y), False),
        (lambda y: y[:, np.newaxis], False),
        (lambda y: y.astype(complex), True),
        (lambda y: y.astype(str), False),
        (lambda y: [Tensor(entry) for entry in y], True),
        (lambda y: {"y": y}, False),
    ],
    ids=["1e-6 beside", "0.01 % beside", "rounding", "rounding of its size", "float32", "nan", "a column", "complex", "text"]
    + ["Tensors", "dict"],
)  # fmt: skip
def test_how_near_is_near_enough(slip, solved):
    """Else a wrong formula that comes near passes for rounding, or rounding for a wrong formula."""
    assert (doubling()(lambda x: slip(2 * x)).state == "solved") == solved


@pytest.mark.parametrize(("change", "noticed"), [(1e-4, True), (1e-15, False), (0.0, False)])
def test_a_weight_that_is_moved_and_put_back_is_unchanged(change, noticed):
    """Else whoever measures a slope by moving a weight to and fro is told that its input has changed, or nobody is."""

    def attempt(x):
        x += 0.3
        x -= 0.3 + change
        return np.round(2 * x)

    text = doubling(keeps_input=True)(attempt).text
    assert text.startswith("Your result is right, but your code changed") == noticed


def test_a_list_that_is_emptied_is_noticed():
    """Else a function that takes the entries out of a list of its caller's is praised."""
    exercise = Exercise(sum, "Added.", cases=lambda: {"two numbers": ([1, 2],)}, keeps_input=True)
    assert "changed its input" in exercise(lambda x: x.pop() + x.pop()).text
    assert "also changes" in Exercise(sum, "Added.", cases=exercise.cases)(lambda x: x.pop() + x.pop()).text


@pytest.mark.parametrize("line", ["raise ValueError(n)", "assert n % 2 == 0"])
def test_a_refusal_in_any_form_is_recognised(line):
    """Else whoever refuses by an assert hears of Python's AssertionError, and not that None is asked for."""
    exercise = Exercise(lambda n: None if n % 2 else n, "…", cases=lambda: {"4": (4,), "7": (7,)})
    attempt = cell(f"def attempt(n):\n    if n % 2:\n        {line}\n    return n\n")
    assert exercise(attempt).text.startswith("What you return is right. Where None is asked for, as on 7,")


def test_who_returns_none_by_choice_has_forgotten_nothing():
    """Else a learner who wrote `return None` for the wrong case is told to look for a way without return."""
    exercise = Exercise(lambda n: n if n > 4 else None, "…", cases=lambda: {"5": (5,), "4": (4,), "7": (7,)})
    chosen = "On 5, your code returns None, but 5 is expected."
    forgotten = "On 5, your code returns nothing, but 5 is expected. Does every way through your function end in return?"
    for source, text in (
        ("    if n > 5:\n        return n\n    return None\n", chosen),
        ("    return n if n > 5 else None\n", chosen),
        ("    return None if n < 6 else n\n", chosen),
        ("    if n > 5:\n        return n\n", forgotten),
        ("    if n > 5:\n        return n\n    return\n", forgotten),
    ):
        assert exercise(cell(f"def attempt(n):\n{source}")).text == text


STUBS = {
    "def attempt(x):\n    ...\n": True,
    "def attempt(x):\n    'Double it.'\n    ...\n": True,
    "def attempt(x):\n    return ...\n": True,
    "def attempt(x):\n    pass\n": True,
    "def attempt(x):\n    return None\n": True,
    "def attempt(x):\n    return 0\n": False,
    "def attempt(x):\n    return 'seven'\n": False,
    "def attempt(x):\n    return x\n": False,
    "def attempt(x):\n    y = ...\n": False,
    "def attempt(x):\n    print(x)\n": False,
}


@pytest.mark.parametrize("source", STUBS)
def test_what_has_not_begun(source):
    """Else whoever has written a line hears that nothing was begun, or an untouched cell is called wrong."""
    assert (doubling()(cell(source)).state == "not started") == STUBS[source]


def test_errors_and_types_are_told_as_they_are():
    """Else the words of a long error run over the page, or one is told of a type where a number is wrong."""
    long = doubling()(cell("def attempt(x):\n    raise ValueError('word ' * 200)\n")).text
    assert len(long) < 400 and " … " in long
    assert doubling()(cell("def attempt(x):\n    raise ValueError\n")).text.endswith("with ValueError.")
    whole = Exercise(lambda x: 2 * x, "…", cases=lambda: {"two numbers": (np.array([3, 4]),)})
    fraction = Exercise(lambda x: x / 2, "…", cases=lambda: {"two numbers": (np.array([3, 4]),)})
    for exercise, attempt, words in (
        (whole, lambda x: 2 * x + 0.5, "returns [6.5, 8.5], but [6, 8] is expected"),
        (fraction, lambda x: x // 2, "returns int64, but float64 is expected"),
        (fraction, lambda x: (x // 2).tolist(), "returns int64, but float64 is expected"),
        (fraction, lambda x: (x / 2)[:1], "has shape (1,), but shape (2,) is expected"),
        (fraction, lambda x: 1.5, "returns the single number 1.5, but an array of shape (2,) is expected"),
        (Exercise(sum, "…", cases=whole.cases), lambda x: x, "has shape (2,), but a single number, 7, is expected"),
    ):  # fmt: skip
        assert words in exercise(attempt).text


@pytest.mark.parametrize(
    ("entries", "words"),
    [(8, "returns [1, 2, 3, 9, "), (9, "entry [3] of your result is 9, but 4 is expected")],
)
def test_short_arrays_are_shown_whole(entries, words):
    """Else two arrays of three numbers are compared by one entry, or a long one fills the page."""
    exercise = Exercise(lambda n: np.arange(1, n + 1), "…", cases=lambda: {"this": (entries,)})
    assert words in exercise(lambda n: np.where(np.arange(n) == 3, 9, np.arange(1, n + 1))).text


def test_of_two_parts_the_one_that_is_too_far_off_is_blamed():
    """Else whoever takes 3.14 for π hears of that, where the task allows it, and not of what is wrong."""
    exercise = Exercise(
        lambda x: (np.pi * x, x + 1),
        "…",
        cases=lambda: {"this": (np.array([1.0, 2.0]),)},
        parts=("the arc", "the end"),
        slack=0.01,
    )
    assert exercise(lambda x: (3.14 * x, x)).text == "On this, the end is [1., 2.], but [2., 3.] is expected."
    assert exercise(lambda x: (3.1 * x, x + 1)).text.startswith("On this, the arc is [3.1, 6.2], but ")
    assert exercise(lambda x: (3.14 * x, x + 1)).state == "solved"


def test_the_line_that_failed_is_the_innermost_of_the_cell():
    """Else whoever has a helper is sent to the line that calls it, which is sound."""
    attempt = cell("def half(x):\n    return x / 0\n\n\ndef attempt(x):\n    return [half(i) for i in x]\n")
    assert "stopped at `return x / 0` with" in Exercise(sum, "…", cases=lambda: {"1": ([1],)})(attempt).text


def test_the_line_that_failed_is_in_the_cell_of_the_exercise():
    """Else a learner who hands a wrong thing to a function of an earlier cell is sent to that cell, where all is right."""
    half = cell("def half(x):\n    return x / 2\n", "<an earlier cell>")
    attempt = cell("def attempt(x):\n    return half(str(x))\n")
    # Both cells of one notebook: `half` sees its names, too.
    attempt.__globals__["half"] = types.FunctionType(half.__code__, attempt.__globals__)
    exercise = Exercise(lambda x: x / 2, "…", cases=lambda: {"1": (1,)})
    assert "stopped at `return half(str(x))` with TypeError" in exercise(attempt).text
