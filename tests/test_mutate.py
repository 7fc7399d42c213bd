"""The table of mistakes in tests/mistakes.py still fits the code; `make mutants` makes them."""

import ast

import pytest
from mistakes import MISTAKES, Mistake
from mutate import ROOT, broken, own_tests, replaced

SOURCE = """def pick(x):
    first = x[
        0  # the first
    ]; é = 1
    é = 2
    return first, x[1]
"""


@pytest.mark.parametrize(
    "number", range(len(MISTAKES)), ids=lambda number: f"{MISTAKES[number].where}-{number}"
)
def test_mistake_can_be_made(number):
    """Else the code moved on, and a mistake that nobody makes any more counts as noticed."""
    file, text = broken(MISTAKES[number])
    compile(text, file, "exec")
    assert MISTAKES[number].old != MISTAKES[number].new
    assert all((ROOT / tests).is_file() for tests in own_tests(file))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("x[0]", "x[2]", SOURCE.replace("x[\n        0  # the first\n    ]", "(x[2])")),
        ("x[1]", "2 * é", SOURCE.replace("x[1]", "(2 * é)")),
        ("é = 1; é = 2", "pass", SOURCE.replace("é = 1\n    é = 2", "pass")),
    ],
)
def test_only_one_piece_changes(old, new, expected):
    """Else another line break or an accent makes another mistake than the table says, or two at once."""
    mistake = Mistake("kind", "what a learner meets", "pick", old, new)
    assert replaced(SOURCE, ast.parse(SOURCE).body[0], mistake) == expected


@pytest.mark.parametrize("old", ["x[3]", "x", "é = 3", "x[0]; é = 1"])
def test_what_stands_there_never_or_twice_is_refused(old):
    """Else a row is out of date and nobody hears of it, or changes something that it does not name."""
    with pytest.raises(ValueError, match=r"pick: .* stands in it [02] times, not once"):
        replaced(SOURCE, ast.parse(SOURCE).body[0], Mistake("kind", "what", "pick", old, "0"))


@pytest.mark.parametrize("where", ["nowhere", "compute"])
def test_a_place_without_or_with_several_namesakes_is_refused(where):
    """Else a mistake is made in another function than meant."""
    with pytest.raises(ValueError, match=rf"things named {where}, not one"):
        broken(Mistake("kind", "what", where, "x", "y"))
