"""docs/faults.md names tests that exist, and its counts are counted."""

import ast
import builtins
import pathlib
import re

import nbformat

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


def lacking(cell):
    """Return the names that a cell uses and does not make itself, the bodies of its functions and classes left out."""
    statements = ast.parse(cell).body
    made = {*dir(builtins), *(node.name for node in statements if hasattr(node, "name"))}
    used, left = set(), list(statements)
    while left:
        node = left.pop()
        match node:
            case ast.Name(ctx=ast.Load()):
                used.add(node.id)
            case ast.Name() | ast.arg():
                made.add(getattr(node, "id", None) or node.arg)
            case ast.alias():
                made.add((node.asname or node.name).partition(".")[0])
            case ast.ExceptHandler(name=str()):
                made.add(node.name)
        body = node.body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else []
        left += [child for child in ast.iter_child_nodes(node) if child not in body]
    return used - made


def test_lacking():
    """Else the next test counts something else."""
    assert lacking("import numpy as np\nx = np.ones(3)\nprint(x)") == set()
    assert lacking("y = x + 1") == {"x"}
    assert lacking("@wrapped\ndef f(x):\n    return x + y") == {"wrapped"}
    assert lacking("rows = [row for row in table]") == {"table"}


def test_cells_that_lack_a_name():
    """Else the table says a wrong number of cells that run out of their order."""
    cells = [
        cell.source
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
    ]
    (promised,) = re.findall(r"About (\d+) of 100 cells work alone", TABLE)
    alone = sum(not lacking(cell) for cell in cells)
    assert abs(100 * alone / len(cells) - int(promised)) < 3
