"""docs/faults.md names tests that exist."""

import pathlib
import re

ROOT = pathlib.Path(__file__).parents[1]
TABLE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")


def test_every_fault_names_its_test_or_trial():
    """Else the table promises what nobody has tried."""
    rows = [row.strip("|").split("|") for row in TABLE.splitlines() if row.startswith("|")][2:]
    trials = set(re.findall(r"^(\d+)\. ", TABLE, re.MULTILINE))
    assert rows and trials
    for _, tried, _ in rows:
        tests = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", tried)
        named = re.findall(r"trial (\d+)", tried)
        # A trial by hand that fits into a row is described there.
        assert tests or named or "by hand" in tried, tried
        assert set(named) <= trials
        for file, name in tests:
            assert f"def {name}" in (ROOT / file).read_text(encoding="utf-8"), f"{file} has no {name}"
