"""The tags by which `make seeds` tries conclusions with other seeds; and that it notices one that fails."""

import ast
import pathlib
import subprocess
import sys

import nbformat
import pytest
import seeds

NOTEBOOKS = sorted((pathlib.Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def code(source, *tags, printed=None):
    """Return a code cell with tags, and with what it printed when it was saved."""
    outputs = [nbformat.v4.new_output("stream", text=printed)] if printed else []
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)}, outputs=outputs)


def write(path, *cells):
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), path)
    return path


# What a cell displays behind its last printed line is no line of the conclusion.
SHOWS = "from IPython.display import display\nprint('other stays:', other == 5)\ndisplay('a picture')"


def tiny(path):
    return write(
        path,
        code("seed = 3\nother = 5", "seed:seed"),
        code("raise NotImplementedError", "exercise"),
        code(
            "print('seen')\nprint('below four:', seed < 4)", "conclusion", printed="seen\nbelow four: True\n"
        ),
        code(SHOWS, "conclusion", printed="other stays: True\n"),
        code("print(1 / (seed - 1))"),
        code("print('no number is one:', True)", "conclusion", printed="no number is one: True\n"),
        code("raise NotImplementedError"),
    )


def test_a_conclusion_of_some_seeds_is_noticed(tmp_path):
    """Else one run is read as a rule: the line must be compared for each seed, and with the one that was saved."""
    first, _, third = seeds.try_seeds(tiny(tmp_path / "tiny.ipynb"), range(6))
    assert first[:2] == (2, "below four: True")
    assert list(first[2].values()) == ["below four: True"] * 4 + ["below four: False"] * 2
    assert [seed for seed, line in third[2].items() if line != third[1]] == [1]
    assert third[2][1] == "(cell 4 stopped with ZeroDivisionError: division by zero)"


def test_what_is_reported(tmp_path):
    """Else the person who changed a sentence does not learn which seeds are against it, or that any is."""
    path = tiny(tmp_path / "tiny.ipynb")
    command = [sys.executable, seeds.__file__, "--seeds", "6", path]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.splitlines() == [
        "tiny [2] below four: True",
        "    4 of 6",
        "    with 4, 5: below four: False",
        "tiny [3] other stays: True",
        "    6 of 6",
        "tiny [5] no number is one: True",
        "    5 of 6",
        "    with 1: (cell 4 stopped with ZeroDivisionError: division by zero)",
    ]
    assert done.returncode == 1, done.stderr


@pytest.mark.parametrize("source", ["seed = None", "def f():\n    seed = 0", "a = seed = 0", "seeds = 0"])
def test_a_tag_without_its_seed_is_an_error(source):
    """Else ten runs with one and the same seed agree, and a conclusion holds for nothing."""
    with pytest.raises(ValueError, match="tag seed:seed names no"):
        seeds.seeded(code(source, "seed:seed"), 1)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_tags_of_the_notebooks(path):
    """Else a cell was changed without its tag, and `make seeds` tries less than it says."""
    cells = nbformat.read(path, as_version=4).cells
    seeded = []
    for number, cell in enumerate(cells):
        for tag in seeds.tags(cell):
            if tag.startswith(seeds.SEED):
                seeds.assignment(ast.parse(cell.source), tag)
                seeded.append(number)
    every = {tag for cell in cells for tag in seeds.tags(cell) if tag.startswith(seeds.SEED)}
    for number, cell in enumerate(cells):
        if cell.cell_type == "code":
            for tag in every - {*seeds.tags(cell)}:
                with pytest.raises(ValueError, match=tag):
                    seeds.assignment(ast.parse(cell.source), tag)
                    pytest.fail(f"cell {number} sets the seed anew, without the tag {tag}")
    for number in seeds.conclusions(cells):
        assert seeded and seeded[0] <= number, f"cell {number} concludes without a seed"
        assert seeds.last_line(seeds.saved_text(cells[number])) != seeds.SILENT
