"""Python's own messages: each usual slip is really made, as in a cell of a notebook, and answered in words."""

import re

import numpy as np
import pytest
from test_feedback import cell

from helpers.exercises import python_says
from helpers.exercises.feedback import Exercise, run


def function(*lines, inputs="x"):
    return "\n".join([f"def attempt({inputs}):", *(f"    {line}" for line in lines)]) + "\n"


def slips(*arguments, right=-12345.0, **options):
    """Return an exercise on one case, whose solution no slip of this file meets."""
    options = {"praise": "Right.", "cases": lambda: {"this case": arguments}} | options
    return Exercise(lambda *_: right, **options)


MATRIX, VECTOR, WHOLE = (
    np.array([[1.0, -2.0, 3.0], [4.0, 5.0, 6.0]]),
    np.array([1.0, 2.0]),
    np.array([1, 2, 3]),
)

# The lines of a function of x, where it is a matrix, a vector of whole numbers, or something else, and words of the answer.
TABLE = [
    ("np.zeros with two numbers", ["return np.zeros(10, 10)"], MATRIX, "whole shape as its first argument"),
    ("no such type", ["return x.astype('float33')"], MATRIX, "type of numbers"),
    ("^ with floats", ["return 2.5 ^ 2"], MATRIX, "power is **"),
    ("^ with an array", ["return x ^ 2"], MATRIX, "power is **"),
    ("& without brackets", ["return x > 0 & x < 3"], MATRIX, "brackets of its own"),
    ("astype of a list", ["return [1, 2].astype('float32')"], MATRIX, "np.array makes an array"),
    ("argmin of a list", ["return x.argmin()"], [3, 1], "np.array makes an array"),
    ("shape of a list", ["return x.shape"], [3, 1], "stands a list"),
    ("list minus list", ["return x - x"], [3, 1], "a list"),
    ("list divided", ["return x / 2"], [3, 1], "np.array makes one"),
    ("list plus number", ["return x + 1"], [3, 1], "one behind the other"),
    ("list times float", ["return x * 0.5"], [3, 1], "np.array"),
    ("minus list", ["return -x"], [3, 1], "np.array makes one"),
    ("n of the text", ["return x.reshape(n, 1)"], MATRIX, "own inputs (x)"),
    ("pi", ["return x * pi"], MATRIX, "np.pi"),
    ("π", ["return x * π"], MATRIX, "np.pi"),
    ("NumPy's name left out", ["return sqrt(x)"], MATRIX, "np.sqrt"),
    ("true", ["return true"], MATRIX, "capital"),
    ("a name with a slip", ["result = x", "return results"], MATRIX, "Nothing is called `results`"),
    ("a name reused", ["sum = 0", "return sum(x)"], MATRIX, "name been given to something else"),
    ("no * before a bracket", ["return 2(x + 1)"], MATRIX, "write * between"),
    ("no * between brackets", ["return (x + 1)(x - 1)"], MATRIX, "write * between"),
    ("an array called", ["return x(0)"], MATRIX, "what stands before them is an array"),
    ("added before the first value", ["for row in x:", "    total += row", "return total"], MATRIX, "before the loop"),
    ("used before the first value", ["if len(x) > 5:", "    y = 1", "return y"], MATRIX, "every way through the if"),
    ("an array as a key", ["return {x: 1}"], MATRIX, "an array cannot be looked up"),
    ("a list as a key", ["return {[1]: 1}"], MATRIX, "a list cannot be looked up"),
    ("past the end of a list", ["return x[2]"], [3, 1], "the last one is n - 1"),
    ("past the end of a shape", ["return x.shape[1]"], VECTOR, "the last one is n - 1"),
    ("into an empty list", ["y = []", "y[0] = 1"], MATRIX, "append"),
    ("past the end of an array", ["return x[2, 0]"], MATRIX, "its last index is 1: there is no 2"),
    ("in an empty array", ["return x[:0][0]"], VECTOR, "no entries"),
    ("too many indices", ["return x[0, 1]"], VECTOR, "rank of this array is 1"),
    ("/ in an index", ["return x[len(x) / 2]"], MATRIX, "Divide with //"),
    ("/ in an index of a list", ["return x[len(x) / 2]"], [3, 1], "Divide with //"),
    ("/ in a slice", ["return x[: len(x) / 2]"], [3, 1], "Divide with //"),
    ("a float as an index", ["i = 1.0", "return x[i]"], MATRIX, "whole number"),
    ("floats as indices", ["return WHOLE[x]".replace("WHOLE", "np.arange(9)")], VECTOR, "whole number"),
    ("a text as an index", ["return x['a']"], MATRIX, "whole number"),
    ("a comma in a list of lists", ["return x[0, 0]"], [[3, 1]], "pair of brackets for each index"),
    ("a list as an index of a list", ["return x[[0]]"], [3, 1], "the index here is a list"),
    ("True and False of another size", ["return x[np.array([True])]"], MATRIX, "different sizes along axis 0"),
    ("no such key", ["return x['val loss']"], {"val_loss": [1]}, "'val loss'"),
    ("an index of a number", ["return x[0]"], 3, "index too many"),
    ("an index of NumPy's number", ["return x[0][0]"], VECTOR, "index too many"),
    ("square brackets for a call", ["return np.sum[x]"], MATRIX, "Round brackets call it"),
    ("an index of None", ["return [].append(1)[0]"], MATRIX, "is None"),
    ("into a tuple", ["x[0] = 1"], (1, 2), "a tuple, and that cannot be changed"),
    ("shapes that do not fit", ["return x + np.ones(2)"], MATRIX, "(2, 3) does not fit shape (2,)".replace("2, 3", "2,3")),
    ("a row that does not fit", ["y = np.zeros((2, 2))", "y[0] = x[0]"], MATRIX, "(3,), and the place on the left"),
    ("+= that would grow", ["y = np.zeros(3)", "y += x"], MATRIX, "back into an array of shape (3,)"),
    ("@ that does not fit", ["return x @ x"], MATRIX, "rows of the left have 3 entries, the columns of the right 2"),
    ("np.dot that does not fit", ["return np.dot(x, x)"], MATRIX, "row of the left meets"),
    ("@ with a number", ["return x @ 2.0"], MATRIX, "the sign is *"),
    ("if with an array", ["return 1 if x > 0 else 0"], MATRIX, "single yes or no"),
    ("max with an array", ["return max(x, 0)"], MATRIX, "np.maximum compares"),
    ("and with arrays", ["return x > 0 and x < 3"], MATRIX, "Between arrays, `and` has no answer"),
    ("& without brackets around ==", ["return np.sum(x == 1 & WHOLE[0] == 2)".replace("WHOLE[0]", "len(x)")], np.array([1, 2]), "come before"),
    ("a type without quotes", ["return x.astype(float32)"], MATRIX, '"float32"'),
    ("one further than the last", ["return [x[i + 1] for i in range(len(x))]"], [3, 1], "i has to stop one earlier"),
    ("+= on a missing key", ["y = {}", "y['a'] += 1"], MATRIX, "none yet under 'a'"),
    ("places of another number", ["y = np.zeros(3)", "y[[0, 1]] = [1, 2, 3]"], MATRIX, "(3,), and the place on the left has shape (2,)"),
    ("two things without zip", ["for a, b in x, x:", "    pass"], [1, 2, 3], "with zip"),
    ("a library that is not there", ["import no_such_library"], MATRIX, "helpers are enough"),
    ("reshape that does not fit", ["return x.reshape(4, 2)"], MATRIX, "6 entries do not fill the shape that you ask for"),
    ("two unknown sizes", ["return x.reshape(-1, -1)"], MATRIX, "Only one"),
    ("no such axis", ["return x.sum(axis=1)"], VECTOR, "it has no axis 1"),
    ("text plus number", ["return 'loss' + 1"], MATRIX, "text in quotes"),
    ("number plus text", ["return 1 + '1'"], MATRIX, "text in quotes"),
    ("array times text", ["return x * '2'"], MATRIX, "text in quotes"),
    ("None plus number", ["y = [].append(1)", "return y + 1"], MATRIX, "One of the values is None"),
    ("a function plus number", ["return len + 1"], MATRIX, "Call it, with brackets"),
    ("a method times number", ["return x.mean * 2"], MATRIX, "Call it, with brackets"),
    ("three dots in a sum", ["return 1 + ..."], MATRIX, "three dots"),
    ("a number gone through", ["for i in x:", "    pass"], 3, "use range"),
    ("a NumPy number gone through", ["for i in x[0]:", "    pass"], VECTOR, "use range"),
    ("len of a number", ["return len(x)"], 3, "len counts entries"),
    ("unpacking a number", ["a, b = x"], 3, "Several names stand on the left"),
    ("unpacking too many", ["a, b = x"], WHOLE, "On the left stand 2 names"),
    ("unpacking too few", ["a, b, c = x"], VECTOR, "On the left stand 3 names, and 2 came"),
    ("range of a half", ["return list(range(len(x) / 2))"], MATRIX, "Divide with //"),
    ("range of a list", ["return list(range(x))"], [3, 1], "len counts entries"),
    ("range of an array", ["return list(range(x))"], WHOLE, "len counts entries"),
    ("arrays to join without brackets", ["return np.concatenate(x, x)"], MATRIX, "list of their own"),
    ("rows to join that do not fit", ["return np.vstack([x, VECTOR])".replace("VECTOR", "np.ones(2)")], MATRIX, "sizes 3 and 2"),
    ("nothing to join", ["return np.concatenate([])"], MATRIX, "empty here"),
    ("max of nothing", ["return max([])"], MATRIX, "empty here"),
    ("0 as divisor", ["return 1 / (x - x)"], 3, "divided by 0"),
    ("calls itself", ["return attempt(x)"], MATRIX, "calls itself"),
    ("rows of different lengths", ["return np.array([[1, 2], [3]])"], MATRIX, "equally long"),
    ("many into one place", ["y = np.zeros(3)", "y[0] = [1, 2]"], MATRIX, "one number, and you write several"),
    ("math with an array", ["import math", "return math.exp(x)"], MATRIX, "NumPy's functions"),
    ("float of an array", ["return float(x)"], MATRIX, "take one number"),
    ("+= 0.5 on whole numbers", ["x += 0.5", "return x"], WHOLE, "holds int64, and the result is float64"),
    ("/= on whole numbers", ["x /= 2", "return x"], WHOLE, "astype(float)"),
    ("whole numbers to the power -1", ["return x ** -1"], WHOLE, "fractions"),
    ("bincount of floats", ["return np.bincount(x)"], VECTOR, "astype(int)"),
    ("bincount of a matrix", ["return np.bincount(x.astype(int))"], MATRIX, "one axis"),
    ("300 into uint8", ["return np.array([300], dtype='uint8')"], MATRIX, "cannot hold 300"),
    ("append to an array", ["x.append(1)"], MATRIX, "Collect in a list"),
    ("a dot into a dictionary", ["return x.val_loss"], {"val_loss": [1]}, "square brackets and its key"),
    ("a method of None", ["return [2, 1].sort().index(1)"], MATRIX, "stands None"),
    ("a method of a number", ["return x.mean()"], 3, "single number, which has no .mean"),
    ("a method of a method", ["return x.mean.round()"], MATRIX, "function itself"),
    ("NumPy's function with a slip", ["return np.maximums(x, 0)"], MATRIX, "no function `maximums`"),
    ("no option of that name", ["return x.sum(axes=0)"], MATRIX, "no option of the name `axes`"),
    ("brackets behind a value", ["return x.ndim()"], MATRIX, "no brackets behind it"),
    ("a number behind a tuple", ["return x.shape + 1"], MATRIX, "brackets and a comma"),
    ("len behind a dot", ["return x.len"], MATRIX, "len(…)"),
    ("NumPy's function behind a dot", ["return x.moveaxis(0, 1)"], MATRIX, "np.moveaxis"),
    ("append to a tuple", ["x.append(1)"], (1, 2), "make a tuple of it at the end"),
    ("+= in an empty list", ["y = []", "y[0] += 1"], MATRIX, "an empty list has none"),
    ("transpose with one axis", ["return x.transpose(1)"], MATRIX, "all axes, in their new order"),
    ("too few for NumPy", ["return np.maximum(x)"], MATRIX, "takes 2 arguments at least"),
    ("rows without brackets around them", ["return np.array([1.0, 2.0], [3.0, 4.0])"], MATRIX, "all rows as one list"),
    ("a list behind a tuple", ["return [1] + x"], (1, 2), "both tuples"),
    ("a tuple behind a list", ["return x + (1,)"], [1, 2], "both tuples"),
    ("an axis in words", ["return x.sum(axis='rows')"], MATRIX, "text in quotes came"),
    ("too many for a function", ["return len(x, 0)"], MATRIX, "another number of arguments"),
    ("a module that is not imported", ["return math.exp(1.0)"], MATRIX, "has to be imported"),
    ("more for NumPy than fits", ["return x.mean(0, 1, 2, 3, 4)"], MATRIX, "brackets of their own"),
    ("NumPy's function of a Tensor", ["return np.exp(Tensor(x))"], MATRIX, ".value"),
    ("a method of a Tensor", ["return Tensor(x).mean()"], MATRIX, "The array in it is its .value"),
    ("zip of two lengths", ["return list(zip(x, [1, 2, 3], strict=True))"], MATRIX, "different lengths"),
    ("NumPy without its import", ["return numpy.sum(x)"], MATRIX, "import numpy as np"),
    ("a module called", ["import math", "return math(x)"], MATRIX, "A module is no function"),
    ("too few for an own function", ["def add(a, b):", "    return a + b", "return add(x)"], MATRIX, "'b' is missing"),
    ("an input twice", ["def add(a, b):", "    return a + b", "return add(x, a=x)"], MATRIX, "gets `a` twice"),
    ("a number minus a dictionary", ["return 3 - {}"], MATRIX, "a dictionary"),
    ("a remainder of a complex number", ["return 3 % 1j"], MATRIX, "Python cannot compute % between a whole number"),
    ("the root of a negative number", ["import math", "return math.sqrt(-1.0)"], MATRIX, "no value there"),
    ("a power out of reach", ["return 10.0 ** 1000"], MATRIX, "too large"),
    ("indices of two lengths", ["return x[[0, 1], [0, 1, 2]]"], MATRIX, "used side by side"),
    ("an index of a method", ["return x.max[0]"], MATRIX, "Round brackets call it"),
    ("into a view", ["y = np.broadcast_to(x, (4, 2, 3))", "y[0] = 1"], MATRIX, "only be read"),
    ("shapes without a common one", ["return np.broadcast_shapes((2,), (3,))"], MATRIX, "stops there"),
    ("rows to stack that do not fit", ["return np.stack([x, x[0]])"], MATRIX, "agree in their shapes"),
    ("None gone through", ["for i in None:", "    pass"], MATRIX, "the entries of None"),
    ("a function of a word", ["return 'loss'.mean()"], MATRIX, "text in quotes, which has no .mean"),
    ("a word as a number", ["return float('loss')"], MATRIX, "cannot be read as a number"),
    ("a list as a number", ["return float([1])"], MATRIX, "what came is a list"),
    ("comparing a list with a number", ["return x > 0"], [3, 1], "a list is compared with a whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "x", "words"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_python_says_is_explained(lines, x, words):
    """Else a beginner is left alone with Python's words, or hears the meaning of another message."""
    attempt = cell(function(*lines))
    feedback = slips(x)(attempt)
    failing = [line for line in lines if f"`{line.strip()}`" in feedback.text]
    assert feedback.state == "not yet" and failing, feedback.text
    assert words in feedback.text
    assert "{" not in re.sub(r"`.*?`", "", feedback.text), feedback.text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("None", "None"),
        ("True", "True or False"),
        ("(x > 0).all()", "True or False"),
        ("...", "the three dots"),
        ("2", "a whole number"),
        ("2.5", "a number"),
        ("x.mean()", "a single number"),
        ("x.astype('float32')[0, 0]", "a single number"),
        ("'loss'", "text in quotes"),
        ("x", "an array"),
        ("x.tolist()", "a list"),
        ("x.shape", "a tuple"),
        ("{0, 1}", "a set"),
        ("{0: 1}", "a dictionary"),
        ("range(2)", "a range"),
        ("map(len, x)", "a map, which gives its values one by one"),
        ("zip(x, x)", "a zip, which gives its pairs one by one"),
        ("Tensor(x)", "a Tensor of the course"),
    ],
)
def test_what_stands_before_the_brackets_is_called_by_its_name(value, words):
    """Else a learner who wrote brackets behind a comparison looks for a number that is nowhere."""
    attempt = cell(function(f"thing = {value}", "return thing(0)"))
    assert f"what stands before them is {words}. Has" in slips(MATRIX)(attempt).text


def test_every_saying_is_made_by_some_slip():
    """Else a row of the table matches nothing that Python says, and nobody notices that its message was reworded."""
    reached = set()
    made = [(function(*lines), x) for _, lines, x, _ in TABLE] + [(function("return 1", inputs=""), MATRIX)]
    for source, x in made:
        found = run(cell(source), (x,))
        for message, line, meaning in python_says.sayings():
            if re.search(message, f"{type(found.error).__name__}: {found.error}") and re.search(
                line, found.line.text
            ):
                reached.add(meaning)
                break
    assert not [message for message, _, meaning in python_says.sayings() if meaning not in reached]


def test_other_inputs_than_the_exercise_names():
    """Else who changed the line with def hears of a function that is called wrongly, and looks for the call in vain."""
    for inputs in ("", "x, y", "*, x"):
        text = slips(MATRIX)(cell(function("return 1", inputs=inputs))).text
        assert text.endswith("Leave the line with def as it was given.") and " at `" not in text


def test_a_message_without_a_row_has_no_meaning_added():
    """Else an error that the table does not know is explained with the words of another."""
    assert python_says.explain(ValueError("the axes disagree")) == ""
    assert python_says.explain(AssertionError()) == ""
