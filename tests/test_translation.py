"""The Chinese edition says what the English one says: the same claims, numbers, formulas and code, under one name each."""

import ast
import collections
import decimal
import functools
import gettext
import hashlib
import itertools
import pathlib
import re
import typing
import urllib.parse

import nbformat
import pytest
import words
from reader import TRANSLATED, rows, tagged, tags
from save_outputs import PICTURE

ROOT = pathlib.Path(__file__).parents[1]
SOURCES = [*TRANSLATED, *words.CATALOGUES]
every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
every_notebook = pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.stem)

CJK = r"[\u4e00-\u9fff]"
WIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”…—]"
UNITS = {"million": 10**6, "billion": 10**9, "万": 10**4, "亿": 10**8}
OUT_OF_DATE = 'cell {id}: its English has changed; once it says the same again, it gets "english": "{version}"'


class Pair(typing.NamedTuple):
    """A text of the course in both languages, and where it stands."""

    where: str
    english: str
    chinese: str


@functools.cache
def cells(path):
    return nbformat.read(path, as_version=4).cells


def english(path):
    return path.parents[1] / path.name


def both(path):
    """Return the pairs of cells of a translated notebook: the English one first."""
    return list(zip(cells(english(path)), cells(path), strict=True))


@functools.cache
def messages(path):
    return [message for message in words.read(path) if message.id]


@functools.cache
def pairs(source):
    """Return the texts of a notebook or a catalogue in both languages. Of a counted text, English has two; the second is for many."""
    if source.suffix == ".ipynb":
        name = source.stem.partition("-")[0]
        return [
            Pair(f"{name} {here.id}", here.source, there.source)
            for here, there in both(source)
            if here.cell_type == "markdown"
        ]
    return [
        Pair(f"{message.context}: {many(message.id)[:60]}", many(message.id), many(message.string))
        for message in messages(source)
    ]


def many(text):
    return text if isinstance(text, str) else text[-1]


# What cells and catalogues hold


def version(text):
    """Name a version of an English cell, as the metadata of its translation do."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def out_of_date(here, there):
    """Say of a cell and its translation what is missing: a cell without text for people is the same in both languages."""
    if "english" in there.metadata:
        current = there.metadata["english"] == version(here.source)
    else:
        current = here.cell_type == "code" and here.source == there.source
    return [] if current else [OUT_OF_DATE.format(id=there.id, version=version(here.source))]


@every_notebook
def test_each_cell_translates_the_present_english_cell(path):
    """Else somebody mends the English text, and the Chinese one goes on saying what was wrong."""
    assert [line for pair in both(path) for line in out_of_date(*pair)] == []


def test_a_cell_that_is_out_of_date_is_seen():
    """Else the test above passes whatever has changed."""
    text, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    known = {"english": version("Hello.")}
    assert out_of_date(text("Hello."), text("你好。", metadata=known)) == []
    assert out_of_date(code("f(x)"), code("f(x)")) == []
    for here, there in (
        (text("Hello!"), text("你好。", metadata=known)),
        (text("Hello."), text("Hello.")),
        (code("f(y)"), code("f(x)")),
    ):
        (said,) = out_of_date(here, there)
        assert there.id in said and version(here.source) in said


@every_notebook
def test_both_editions_have_the_same_cells(path):
    """Else a learner of one language misses a paragraph, an answer stays open, or a tool takes a cell for another."""
    for here, there in itertools.zip_longest(cells(english(path)), cells(path)):
        assert (here.id, here.cell_type, tags(here)) == (there.id, there.cell_type, tags(there))


def test_catalogues_hold_every_text():
    """Else a text is marked in helpers, and people who chose Chinese read it in English: run python tests/words.py."""
    marked = {(message.context, message.id) for message in words.texts() if message.id}
    assert len(marked) > 3000
    for path in words.CATALOGUES:
        assert {(message.context, message.id) for message in messages(path)} == marked
        assert [message.id for message in messages(path) if message.fuzzy or not all(message.string)] == []


@pytest.mark.parametrize("path", words.CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_says_the_same(path):
    """Else somebody corrects a translation and nobody hears it: run python tests/words.py."""
    with path.with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    for message in messages(path):
        said = (
            spoken.pgettext(message.context, message.id)
            if isinstance(message.id, str)
            else spoken.npgettext(message.context, *message.id, 2)
        )
        assert said == many(message.string)
    assert sum(map(bool, spoken._catalog)) == len(messages(path))


# What both languages share, to the letter


def without_fences(text):
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def numbers(text):
    """Count the numbers of a text: 6,100 万 is 61 million. Those in fields, addresses and entities are no numbers of ours."""
    text = re.sub(r"\{[^{}]*\}|\]\([^)]*\)|&#?\w+;", " ", text)
    found = re.findall(rf"(\d[\d,]*(?:\.\d+)?)(?: ?({'|'.join(UNITS)}))?", text)
    return collections.Counter(
        f"{(decimal.Decimal(number.replace(',', '')) * UNITS[unit]).normalize():f}"
        if unit
        else number.replace(",", "")
        for number, unit in found
    )


def fields(text):
    return {*re.findall(r"\{[^{}]*\}", text)}


def inline_code(text):
    """Count the pieces of code in a text, without what they say to people."""
    found = re.findall(r"`([^`]+)`", without_fences(text))
    return collections.Counter(re.sub(rf'"[^"]*(?: |{CJK})[^"]*"', '""', code) for code in found)


def formulas(text):
    found = re.findall(r"\$\$?(.*?)\$\$?", text, flags=re.DOTALL)
    return collections.Counter(re.sub(r"\\text\w*\{[^}]*\}|\s", "", formula) for formula in found)


def html_tags(text):
    return collections.Counter(re.findall(r"</?[a-z]\w*", text))


def layout(text):
    """Return what begins each heading, row of a table, and point of a list."""
    return re.findall(r"^(?:#+ |\| |> |- |[1-9]\. )", without_fences(text), re.MULTILINE)


SHARED = (numbers, inline_code, formulas, html_tags, layout)


def different(pair, shared=(*SHARED, fields)):
    """Say what of a pair is not the same in both languages."""
    found = ((share.__name__, share(pair.english), share(pair.chinese)) for share in shared)
    return [f"{pair.where}: {name}: {here} ≠ {there}" for name, here, there in found if here != there]


@every_source
def test_both_languages_share_numbers_formulas_and_code(source):
    """Else a number is mistyped, a formula is another one, or a field stays empty where English fills in a value."""
    # Braces in a notebook are code and formulas.
    shared = SHARED if source in TRANSLATED else (*SHARED, fields)
    assert [line for pair in pairs(source) for line in different(pair, shared)] == []


@pytest.mark.parametrize(
    ("here", "there", "share"),
    [
        ("61 million weights", "6,101 万个权重", "numbers"),
        ("two of 1,000", "1,000 个里的 2 个", "numbers"),
        ("0.50", "0.5", "numbers"),
        ("{count:.2f} steps", "{count} 步", "fields"),
        ("`x` is `y`", "`x` 是 x", "inline_code"),
        (r"$x^2$", r"$x_2$", "formulas"),
        ("a<br>b", "甲乙", "html_tags"),
        ("# A\n\n- b", "# 甲\n\n乙", "layout"),
    ],
)
def test_a_difference_is_seen(here, there, share):
    """Else the test above passes whatever is translated."""
    (said,) = different(Pair("here", here, there))
    assert said.startswith(f"here: {share}: ")


def test_the_same_in_other_words_is_no_difference():
    """Else a good translation is refused."""
    here = r"26 billion [pairs](2.1-a.ipynb#4.-Fit), 0.5&nbsp;% by $f_\text{new}$"
    there = r"260 亿个[配对](2.1-a.ipynb#3.-拟合)，按 $f_\text{新}$ 占 0.5%"
    assert different(Pair("here", here, there), SHARED) == []


@functools.cache
def headings(path):
    """Return the anchors of a notebook's headings, as JupyterLab makes them, in their order."""
    text = "\n".join(without_fences(cell.source) for cell in cells(path) if cell.cell_type == "markdown")
    return [line.replace("`", "").replace(" ", "-") for line in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]


def links(text, path):
    """Return where the links of a text lead, without the language, a heading by its number."""
    found = collections.Counter()
    for target in re.findall(r"\]\(([^)]*)\)", text):
        link = urllib.parse.urlsplit(target)
        if not link.scheme:
            file = (path.parent / link.path).resolve() if link.path else path
            anchor = urllib.parse.unquote(link.fragment)
            if anchor and file.suffix == ".ipynb":
                anchor = headings(file).index(anchor)
            target = re.sub(r"zh_CN/|\.zh-CN", "", file.relative_to(ROOT).as_posix()), anchor
        found[target] += 1
    return found


@every_notebook
def test_both_languages_link_to_the_same_places(path):
    """Else a link of the Chinese notebook leads to another place, or to the English notebook."""
    for here, there in both(path):
        if here.cell_type == "markdown":
            assert links(here.source, english(path)) == links(there.source, path), there.id
            # Of one language alone: the link between the two.
            inside = [
                (path.parent / file).resolve() for file in re.findall(r"\]\(([^)#]+\.ipynb)", there.source)
            ]
            others = [file.name for file in inside if file.parent != path.parent]
            assert others == ([path.name] if "opening" in tags(there) else []), there.id


# Code


def bare(code, other):
    """Return code as text, without what only people read: comments, and those of its texts that the other code has in Chinese."""
    tree = ast.parse(re.sub(r"(?m)^[%!].*$", "pass", code))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            node.values = [part for part in node.values if isinstance(part, ast.FormattedValue)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = "" if node.value not in other else node.value
    return ast.dump(tree)


def strings(code):
    """Return the texts of a piece of code that hold no Chinese."""
    constants = (node for node in ast.walk(ast.parse(re.sub(r"(?m)^[%!].*$", "pass", code))) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str) and not re.search(WIDE, node.value)}
