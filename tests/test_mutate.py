"""The table of mistakes in tests/mistakes.py still fits the code; `make mutants` makes them."""

import pytest
from mistakes import MISTAKES
from mutate import ROOT, broken, own_tests


@pytest.mark.parametrize(
    "number", range(len(MISTAKES)), ids=lambda number: f"{MISTAKES[number].file}-{number}"
)
def test_mistake_can_be_made(number):
    """Else the code moved on, and a mistake that nobody makes any more counts as noticed."""
    mistake = MISTAKES[number]
    compile(broken(mistake), mistake.file, "exec")
    assert mistake.old != mistake.new
    assert (ROOT / own_tests(mistake.file)).is_file()
