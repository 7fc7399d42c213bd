"""Words are put together as English does it, and in one place."""

import pytest

from helpers.kit.words import enumerated, listed


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
