"""The teaching guide, in each language, keeps what it names: headings, predictions, presets, quotations and sums of the notebooks.

Its notation: in the tables of the plans, the second column names headings, the third begins with the words of a
prediction and ends with its right answer, and the last names an explorer as `code` with *presets* after it. “Quotation
marks” in a table hold words of the notebook or of the explorer. A sum as `code` is computed again.
"""

import dataclasses
import functools
import json
import math
import os
import pathlib
import re
import subprocess
import sys

import nbformat
import pytest
import spoken
from reader import prediction, rows, tagged
from spoken import EXPLORERS

from helpers.language import ENGLISH

ROOT = pathlib.Path(__file__).parents[1]
PLANS = (20, 50, 90)
SUM = r"`([^`=]+) = (−?[\d.,]+)`"
NARROW = str.maketrans("（）", "()")
MARKS = {"·": "*", "−": "-", "√": "math.sqrt", "²": "**2", "³": "**3", ",": ""}


@dataclasses.dataclass(frozen=True)
class Guide:
    """A teaching guide in one language: where it and its notebooks are, and the words by which its parts are known."""

    language: str
    file: str
    folder: str
    minutes: str
    parts: tuple
    exercise: str
    mistake: str
    question: str
    points: str

    @functools.cached_property
    def text(self):
        return (ROOT / "docs" / self.file).read_text(encoding="utf-8")

    @functools.cached_property
    def notebooks(self):
        return {path.name: path for path in sorted((ROOT / self.folder).glob("*.ipynb"))}

    @functools.cached_property
    def sections(self):
        """Map the name of each notebook to the title of its section and what stands there."""
        section = rf"^## \[([^\]]+)\]\(\.\./{self.folder}/([^)/]+)\)\n"
        _, *pieces = re.split(section, self.text, flags=re.MULTILINE)
        titles, names, bodies = pieces[::3], pieces[1::3], pieces[2::3]
        return dict(zip(names, zip(titles, bodies, strict=True), strict=True))

    def plan(self, name, minutes):
        """Return the rows of a plan for a lesson."""
        return rows(parts_of(self.sections[name][1])[self.minutes.format(minutes)])


GUIDES = [
    Guide(
        language=ENGLISH,
        file="teaching.md",
        folder="notebooks",
        minutes="{} minutes",
        parts=("Usual mistakes", "At home", "Exam questions"),
        exercise=r"[Ee]xercise (\d+)",
        mistake=r"\*\*Ask:\*\* .+\?",
        question=r"^\*\*Question (\d+) \((\d+) points\)\.\*\* ",
        points=r"^- (\d+): ",
    ),
    Guide(
        language="zh_CN",
        file="teaching.zh-CN.md",
        folder="notebooks/zh_CN",
        minutes="{} 分钟",
        parts=("常见错误", "课后作业", "考试题"),
        exercise=r"练习 (\d+)",
        mistake=r"\*\*问：\*\* .+？",
        question=r"^\*\*第 (\d+) 题（(\d+) 分）。\*\* ",
        points=r"^- (\d+) 分：",
    ),
]


def plain(text):
    """Leave out the marks of emphasis and code, and write each gap as one space, and wide brackets as narrow ones."""
    return " ".join(re.sub(r"[*`]", "", text).translate(NARROW).split())


def notebook(guide, name):
    if name not in guide.notebooks:
        pytest.skip(f"{name} is not here yet")
    return nbformat.read(guide.notebooks[name], as_version=4).cells


@functools.cache
def prose(guide, name):
    return [cell.source for cell in notebook(guide, name) if cell.cell_type == "markdown"]


@functools.cache
def headings(guide, name):
    return re.findall(r"^#+ (.+)$", "\n".join(prose(guide, name)), re.MULTILINE)


@functools.cache
def predictions(guide, name):
    """Return pairs of a prediction and its answer."""
    return [tuple(map(plain, prediction(cell))) for cell in tagged(notebook(guide, name), "predict")]


@functools.cache
def words(guide, name):
    """Return all that can be read on the page: text, code and what it prints."""
    parts = []
    for cell in notebook(guide, name):
        parts.append(cell.source)
        for output in cell.get("outputs", []):
            parts.append(output.get("text", "") or output.get("data", {}).get("text/plain", ""))
    return plain("\n".join(parts))


@functools.cache
def translated(guide):
    """Map each preset that a guide names, a pair of explorer and label, to what the explorer says in that language."""
    pairs = list(dict.fromkeys(pair for line in guide.text.splitlines() for pair in named_presets(line)))
    done = subprocess.run(
        [sys.executable, spoken.__file__],
        input=json.dumps(pairs),
        env=os.environ | {"COURSE_LANGUAGE": guide.language, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(zip(pairs, json.loads(done.stdout), strict=True))


@functools.cache
def sentence(guide, pair):
    """Return what an explorer says after a preset, or None if it has no such button."""
    return spoken.sentence(*pair) if guide.language == ENGLISH else translated(guide)[pair]


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


each_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.language)
each_section = pytest.mark.parametrize(
    ("guide", "name"),
    [pytest.param(guide, name, id=f"{guide.language}-{name}") for guide in GUIDES for name in guide.sections],
)


@each_guide
def test_every_notebook_has_its_section(guide):
    """Else a lecturer finds no plan for one of the notebooks."""
    assert set(guide.notebooks) <= set(guide.sections)
    assert list(guide.sections) == sorted(guide.sections)


@each_section
def test_parts_and_minutes(guide, name):
    """Else a plan is missing, or takes longer than the lesson."""
    _, body = guide.sections[name]
    assert list(parts_of(body)) == [*map(guide.minutes.format, PLANS), *guide.parts]
    for minutes in PLANS:
        table = guide.plan(name, minutes)
        assert all(len(row) == 4 for row in table)
        assert sum(int(row[0]) for row in table) == minutes, minutes


@each_section
def test_headings_exist(guide, name):
    """Else a lecturer looks for a heading that the notebook does not have."""
    title, body = guide.sections[name]
    there = headings(guide, name)
    assert title == there[0]
    for minutes in PLANS:
        for row in guide.plan(name, minutes):
            for wanted in row[1].split("<br>"):
                link = re.fullmatch(r"\[.+\]\(#(.+)\)", wanted)
                found = [heading for heading in there if re.split(r" \(|:|（|：", heading)[0] == wanted]
                assert link or wanted in there or found, wanted
    for number in re.findall(guide.exercise, body):
        assert 1 <= int(number) <= len(tagged(notebook(guide, name), "exercise")), number


@each_section
def test_votes_exist_and_answers_are_right(guide, name):
    """Else the class votes on a question that is not asked, or the lecturer defends a wrong choice."""
    for minutes in PLANS:
        for row in guide.plan(name, minutes):
            for vote in filter(None, row[2].split("<br>")):
                begin, answer = re.fullmatch(r"(.+?)…+(?: → (.+))?", plain(vote)).groups()
                (found,) = [pair for pair in predictions(guide, name) if pair[0].startswith(begin)]
                has_choices = "- (a)" in found[0]
                assert bool(answer) == has_choices, vote
                if answer:
                    assert found[1].startswith(answer) or re.search(rf"{re.escape(answer)} yes", found[1]), (
                        vote
                    )


@each_section
def test_presets_exist(guide, name):
    """Else a lecturer looks for a button that the explorer does not have."""
    page = words(guide, name)
    for line in guide.sections[name][1].splitlines():
        for explorer in re.findall(r"`(\w+)`", line):
            assert explorer not in EXPLORERS or f"{explorer}()" in page, explorer
        for pair in named_presets(line):
            assert sentence(guide, pair), pair


@each_section
def test_quotations_are_literal(guide, name):
    """Else a lecturer waits for a sentence, or a number, that does not appear."""
    for minutes in PLANS:
        for row in guide.plan(name, minutes):
            said = [words(guide, name), *(plain(sentence(guide, pair)) for pair in named_presets(row[3]))]
            for quoted in re.findall("“([^”]+)”", row[3]):
                assert any(plain(quoted) in text for text in said), quoted


@each_section
def test_points_add_up(guide, name):
    """Else a marker cannot give the points that a question promises."""
    questions = parts_of(guide.sections[name][1])[guide.parts[2]]
    before, *pieces = re.split(guide.question, questions, flags=re.MULTILINE)
    numbers, promised, answers = pieces[::3], pieces[1::3], pieces[2::3]
    assert not before.strip() and 2 <= len(numbers) <= 3
    assert list(map(int, numbers)) == list(range(1, len(numbers) + 1))
    for points, answer in zip(promised, answers, strict=True):
        assert int(points) == sum(map(int, re.findall(guide.points, answer, re.MULTILINE))), answer


@each_section
def test_mistakes_come_with_questions(guide, name):
    """Else a lecturer knows that a class is wrong, and not what to ask it."""
    bullets = re.findall(r"^- .+", parts_of(guide.sections[name][1])[guide.parts[0]], re.MULTILINE)
    assert len(bullets) >= (2 if name.startswith("2.0") else 3)
    assert all(re.search(guide.mistake, bullet) for bullet in bullets)


@each_guide
def test_sums_are_right(guide):
    """Else a marker takes points off for the right number."""
    sums = re.findall(SUM, guide.text)
    assert sums
    for left, right in sums:
        for mark, code in MARKS.items():
            left, right = left.replace(mark, code), right.replace(mark, code)
        decimals = len(right.partition(".")[2])
        value = eval(left, {"__builtins__": {}, "math": math})
        assert round(value, decimals) == float(right), (left, right)


def outline(guide, name):
    """Return what is the same in all languages: minutes, right choices and explorers of each row, and the sums."""
    plans = [
        [row[0], re.findall(r"→ (\(\w\))", row[2])] for minutes in PLANS for row in guide.plan(name, minutes)
    ]
    body = guide.sections[name][1]
    explorers = [word for word in re.findall(r"`(\w+)`", body) if word in EXPLORERS]
    return plans, explorers, re.findall(SUM, body)


@each_section
def test_languages_agree(guide, name):
    """Else two lecturers of the same course plan, vote or mark differently."""
    assert outline(guide, name) == outline(GUIDES[0], name)
