"""What a reader needs is taught first, what is taught stays in the learner's copy, and a lesson fits its hour."""

import ast
import copy
import functools
import pathlib
import re

import nbformat
import pytest
import reader
from publish import student_exporter
from reader import is_optional, open_text, tags
from save_outputs import run
from test_notebooks import NOTEBOOKS, every_edition, every_notebook, key_term_table, read

ROOT = pathlib.Path(__file__).parents[1]
# Nobody reads longer in one sitting.
LONGEST_CORE = 75
# A block quote that begins with words in bold, the first of which stands before a colon: the only kind with a colon there.
OPTIONAL_LINE = re.compile(r"^> \*\*[^*:：\n]+(?:: |：)[^*\n]+\*\*", re.MULTILINE)


@every_notebook
def test_times_are_those_of_the_model(path):
    """Else a reader who has an hour finds out after an hour that the notebook takes two."""
    notebook = read(path)
    opening = reader.read_opening(notebook)
    assert (opening.core, opening.everything, opening.exercises) == reader.reading_times(notebook)
    assert opening.core <= LONGEST_CORE


@every_edition
def test_optional_parts_say_so(path):
    """Else a reader cannot see what may be left out, or a tag and the page disagree on where it begins."""
    notebook = read(path)
    for part in reader.optional_parts(notebook):
        assert part[0].cell_type == "markdown" and OPTIONAL_LINE.search(part[0].source), part[0].source
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and OPTIONAL_LINE.search(cell.source):
            assert is_optional(cell), cell.source


def without_optional_parts(notebook):
    notebook = copy.deepcopy(notebook)
    notebook.cells = [cell for cell in notebook.cells if not is_optional(cell)]
    return notebook


@pytest.mark.weekly
@every_notebook
def test_runs_without_its_optional_parts(path, tmp_path):
    """Else whoever leaves out what is optional meets a NameError later on."""
    notebook = read(path)
    if not reader.optional_parts(notebook):
        return
    copied = tmp_path / path.name
    nbformat.write(without_optional_parts(notebook), copied)
    run(copied)


@functools.cache
def gaps():
    """List for each notebook which solutions use what no cell before them, in the whole course, shows and names."""
    named, seen, found = set(), set(), {path: [] for path in NOTEBOOKS}
    for path in NOTEBOOKS:
        for number, cell in enumerate(read(path).cells):
            if "solution" in tags(cell):
                needed = reader.used(ast.parse(cell.source))
                if needed - (named & seen):
                    found[path].append((number, sorted(needed - (named & seen))))
                    named |= needed
                    seen |= needed
            elif not is_optional(cell):
                shown = reader.shown(cell)
                seen |= shown
                if cell.cell_type == "markdown":
                    named |= shown
    return found


@every_notebook
def test_what_an_exercise_needs_was_taught(path):
    """Else a reader is asked for a method, an argument or a piece of Python that nobody has shown and named."""
    assert gaps()[path] == []


def test_a_gap_is_seen():
    """Else the test above finds nothing, whatever a solution uses."""
    needed = reader.used(ast.parse("order = sorted(rows, key=lambda row: row.sum(axis=1))[::-1]"))
    assert needed == {"sorted()", "key=", "lambda", ".sum", "axis=", "[a:b]", "[a:b:c]"}
    text = nbformat.v4.new_markdown_cell(
        "`sorted(rows, key=f)` and `.sum`, `axis=` too.\n\n<details><summary>Answer</summary>\n\n`lambda`\n</details>"
    )
    assert needed - reader.shown(text) == {"axis=", "lambda", "[a:b]", "[a:b:c]"}


@functools.cache
def learners_copy(path):
    text, _ = student_exporter().from_filename(path)
    return nbformat.reads(text, as_version=4)


@every_notebook
def test_key_terms_are_explained_in_the_learners_copy(path):
    """Else a term is explained in an answer only, and the class that has no answers never learns what it means."""
    prose = "\n\n".join(cell.source for cell in learners_copy(path).cells if cell.cell_type == "markdown")
    for english, chinese in key_term_table(path)[0].items():
        assert re.search(rf"\*\*{re.escape(english)}(?:e?s)?\*\* \({chinese}\)", prose, re.IGNORECASE), (
            english
        )


def predictions(notebook):
    """Yield for each prediction its cell's place, its question, its answer, and the cells that follow, up to the next one."""
    cells = notebook.cells
    places = [place for place, cell in enumerate(cells) if "predict" in tags(cell)]
    for place, following in zip(places, [*places[1:], len(cells)], strict=True):
        yield place, *reader.prediction(cells[place]), cells[place + 1 : following]


@every_notebook
def test_a_prediction_is_settled_by_what_follows(path):
    """Else the answer's own cell tells it, or, where answers are taken out, nothing ever says who was right."""
    notebook = read(path)
    for place, _, _, following in predictions(notebook):
        rest = notebook.cells[place].source.rpartition("</details>")[2].strip()
        assert not rest, f"cell {place} goes on after the answer: {rest[:80]}"
        assert following and not following[0].source.startswith("#"), (
            f"cell {place}: a new section begins before the prediction is settled"
        )


def numbers(text):
    """Return the numbers of a text as they are written, without commas between thousands."""
    return {number.replace(",", "") for number in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?", text)}


def everything_shown(cell):
    """Return what a cell says: its open text, or its code with what that printed."""
    if cell.cell_type == "markdown":
        return open_text(cell)
    printed = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    return "\n".join([cell.source, *printed])


@every_notebook
def test_the_number_asked_for_comes_after_the_question_only(path):
    """Else it is printed just above the question, or never again where the answers are taken out."""
    notebook = read(path)
    for place, question, answer, following in predictions(notebook):
        stem, *options = re.split(r"^- \((?=\w\))", question, flags=re.MULTILINE)
        letter = re.match(r"\s*\((\w)\)", answer)
        if not letter or not options:
            continue
        right = next(option for option in options if option.startswith(letter[1]))
        others = "".join(option for option in options if option is not right)
        asked_for = numbers(right) - numbers(others) - numbers(stem)
        if asked_for:
            assert asked_for & numbers("\n".join(map(everything_shown, following))), (
                f"cell {place}: what follows never shows {asked_for}"
            )
            # A small whole number may stand anywhere and tell nobody.
            telling = {number for number in asked_for if "." in number or len(number) > 2}
            assert not telling & numbers(everything_shown(notebook.cells[place - 1])), (
                f"cell {place}: {telling} stands in the cell before the question"
            )
