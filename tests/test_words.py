"""Words are put together as English does it, and in one place."""

import pytest

from helpers.kit.words import enumerated, listed, plural


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (iter("abcd"), "a, b, c and d"),
    ],
)
def test_listed(parts, text):
    """Else a sentence says "a, b" as if more came, or "a and b and c"."""
    assert listed(parts) == text


def test_enumerated():
    """Else settings and shapes, which no "and" joins, get one."""
    assert enumerated(["a"]) == "a"
    assert enumerated(iter("abc")) == "a, b, c"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 steps to go"), (1, "1 step to go"), (2, "2 steps to go"), (1200, "1,200 steps to go")],
)
def test_plural(number, text):
    """Else a sentence speaks of 1 steps, or of 0 step."""
    assert plural(number, "{number} step {where}", "{number:,} steps {where}", where="to go") == text
