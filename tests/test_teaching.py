"""The teaching guide keeps what it names: headings, predictions, presets, quotations and sums of the notebooks.

Its notation: in the tables of the plans, the second column names headings, the third begins with the words of a
prediction and ends with its right answer, and the last names an explorer as `code` with *presets* after it. “Quotation
marks” in a table hold words of the notebook or of the explorer. A sum as `code` is computed again.
"""

import functools
import math
import pathlib
import re

import nbformat
import pytest
from modules import modules, subclasses
from reader import prediction, rows, tagged

import helpers.studies
import helpers.widgets
from helpers.kit.explorer import Explorer

ROOT = pathlib.Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "teaching.md"
NOTEBOOKS = {path.name: path for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
PLANS = (20, 50, 90)
PARTS = [*(f"{minutes} minutes" for minutes in PLANS), "Usual mistakes", "At home", "Exam questions"]
SECTION = re.compile(r"^## \[(?P<title>[^\]]+)\]\(\.\./notebooks/(?P<name>[^)]+)\)\n", re.MULTILINE)
MARKS = {"·": "*", "−": "-", "√": "math.sqrt", "²": "**2", "³": "**3", ",": ""}

modules(helpers.studies)
EXPLORERS = {explorer.__name__: explorer for explorer in subclasses(Explorer)}

TEXT = GUIDE.read_text(encoding="utf-8")
OPENING, *PIECES = SECTION.split(TEXT)
SECTIONS = {
    name: (title, body) for title, name, body in zip(PIECES[::3], PIECES[1::3], PIECES[2::3], strict=True)
}


def plain(text):
    """Leave out the marks of emphasis and code, and write each gap as one space."""
    return " ".join(re.sub(r"[*`]", "", text).split())


def notebook(name):
    if name not in NOTEBOOKS:
        pytest.skip(f"{name} is not here yet")
    return nbformat.read(NOTEBOOKS[name], as_version=4).cells


@functools.cache
def prose(name):
    return [cell.source for cell in notebook(name) if cell.cell_type == "markdown"]


@functools.cache
def headings(name):
    return re.findall(r"^#+ (.+)$", "\n".join(prose(name)), re.MULTILINE)


@functools.cache
def predictions(name):
    """Return pairs of a prediction and its answer."""
    return [tuple(map(plain, prediction(cell))) for cell in tagged(notebook(name), "predict")]


@functools.cache
def words(name):
    """Return all that can be read on the page: text, code and what it prints."""
    parts = []
    for cell in notebook(name):
        parts.append(cell.source)
        for output in cell.get("outputs", []):
            parts.append(output.get("text", "") or output.get("data", {}).get("text/plain", ""))
    return plain("\n".join(parts))


def labelled(kind):
    """Map what is written on an explorer's buttons to its presets."""
    return {preset.label: preset for preset in kind.presets.values()}


@functools.cache
def sentence(explorer, preset):
    kind = EXPLORERS[explorer]
    settings = {control.name: control.value for control in kind.controls} | labelled(kind)[preset].settings
    unseen = kind.__new__(kind)  # without its picture, which takes longest
    return plain(unseen.describe(unseen.compute(**settings), **settings))


def parts_of(body):
    """Map the headings of a section's parts to their text, in their order."""
    _, *pieces = re.split(r"^### (.+)\n", body, flags=re.MULTILINE)
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def named_presets(line):
    """Return pairs of explorer and preset: each *preset* belongs to the explorer before it in the same line."""
    pairs, explorer = [], None
    for name, preset in re.findall(r"`(\w+)`|(?<!\*)\*([^*]+)\*(?!\*)", line):
        explorer = name if name in EXPLORERS else explorer
        if preset:
            pairs.append((explorer, preset))
    return pairs


each_section = pytest.mark.parametrize("name", SECTIONS)


def test_every_notebook_has_its_section():
    """Else a lecturer finds no plan for one of the notebooks."""
    assert set(NOTEBOOKS) <= set(SECTIONS)
    assert list(SECTIONS) == sorted(SECTIONS)


@each_section
def test_parts_and_minutes(name):
    """Else a plan is missing, or takes longer than the lesson."""
    _, body = SECTIONS[name]
    parts = parts_of(body)
    assert list(parts) == PARTS
    for minutes in PLANS:
        table = rows(parts[f"{minutes} minutes"])
        assert all(len(row) == 4 for row in table)
        assert sum(int(row[0]) for row in table) == minutes, minutes


@each_section
def test_headings_exist(name):
    """Else a lecturer looks for a heading that the notebook does not have."""
    title, body = SECTIONS[name]
    assert title == headings(name)[0]
    for minutes in PLANS:
        for row in rows(parts_of(body)[f"{minutes} minutes"]):
            for wanted in row[1].split("<br>"):
                link = re.fullmatch(r"\[.+\]\(#(.+)\)", wanted)
                found = [heading for heading in headings(name) if re.split(r" \(|:", heading)[0] == wanted]
                assert link or wanted in headings(name) or found, wanted
    for number in re.findall(r"[Ee]xercise (\d+)", body):
        assert 1 <= int(number) <= len(tagged(notebook(name), "exercise")), number


@each_section
def test_votes_exist_and_answers_are_right(name):
    """Else the class votes on a question that is not asked, or the lecturer defends a wrong choice."""
    for minutes in PLANS:
        for row in rows(parts_of(SECTIONS[name][1])[f"{minutes} minutes"]):
            for vote in filter(None, row[2].split("<br>")):
                begin, answer = re.fullmatch(r"(.+?)…(?: → (.+))?", plain(vote)).groups()
                (found,) = [pair for pair in predictions(name) if pair[0].startswith(begin)]
                has_choices = "- (a)" in found[0]
                assert bool(answer) == has_choices, vote
                if answer:
                    assert found[1].startswith(answer) or re.search(rf"{re.escape(answer)} yes", found[1]), (
                        vote
                    )


@each_section
def test_presets_exist(name):
    """Else a lecturer looks for a button that the explorer does not have."""
    _, body = SECTIONS[name]
    page = words(name)
    for line in body.splitlines():
        for explorer in re.findall(r"`(\w+)`", line):
            assert explorer not in EXPLORERS or f"{explorer}()" in page, explorer
        for explorer, preset in named_presets(line):
            assert explorer and preset in labelled(EXPLORERS[explorer]), (explorer, preset)


@each_section
def test_quotations_are_literal(name):
    """Else a lecturer waits for a sentence, or a number, that does not appear."""
    for minutes in PLANS:
        for row in rows(parts_of(SECTIONS[name][1])[f"{minutes} minutes"]):
            said = [words(name), *(sentence(*pair) for pair in named_presets(row[3]))]
            for quoted in re.findall("“([^”]+)”", row[3]):
                assert any(plain(quoted) in text for text in said), quoted


@each_section
def test_points_add_up(name):
    """Else a marker cannot give the points that a question promises."""
    questions = re.split(
        r"^\*\*Question ", parts_of(SECTIONS[name][1])["Exam questions"], flags=re.MULTILINE
    )[1:]
    assert 2 <= len(questions) <= 3
    for number, question in enumerate(questions, 1):
        promised = re.match(rf"{number} \((\d+) points\)\.\*\* ", question)
        given = re.findall(r"^- (\d+): ", question, re.MULTILINE)
        assert promised and int(promised[1]) == sum(map(int, given)), question


@each_section
def test_mistakes_come_with_questions(name):
    """Else a lecturer knows that a class is wrong, and not what to ask it."""
    bullets = re.findall(r"^- .+", parts_of(SECTIONS[name][1])["Usual mistakes"], re.MULTILINE)
    assert len(bullets) >= (2 if name.startswith("2.0") else 3)
    assert all(re.search(r"\*\*Ask:\*\* .+\?", bullet) for bullet in bullets)


def test_sums_are_right():
    """Else a marker takes points off for the right number."""
    sums = re.findall(r"`([^`=]+) = (−?[\d.,]+)`", TEXT)
    assert sums
    for left, right in sums:
        for mark, code in MARKS.items():
            left, right = left.replace(mark, code), right.replace(mark, code)
        decimals = len(right.partition(".")[2])
        value = eval(left, {"__builtins__": {}, "math": math})
        assert round(value, decimals) == float(right), (left, right)
