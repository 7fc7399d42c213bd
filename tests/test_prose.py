"""Links, spelling and terms of all that is read: notebooks, pages in Markdown, and the sentences and comments of the code."""

import ast
import collections
import functools
import io
import pathlib
import re
import subprocess
import sys
import tokenize
import urllib.parse

import bs4
import codespell_lib
import nbformat
import pytest
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from reader import ALL_NOTEBOOKS, NOTEBOOKS, TRANSLATED, rows, tagged

from helpers.studies.chapter.compute import singular

ROOT = pathlib.Path(__file__).parents[1]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("data/*.md"))]
PAGES = DOCUMENTS + ALL_NOTEBOOKS
CODE = sorted(ROOT.glob("helpers/**/*.py"))

CHINESE = re.compile("[\u4e00-\u9fff]")

# How the course writes a term, and what a reader should not meet beside it. All forms in one regular expression a term.
TERMS = {
    "Adagrad": r"Ada-?Grad|ada-grad",
    "backpropagation": r"back[- ]prop\w*|backprop",
    "cross-entropy": r"cross ?entropy",
    "data set": r"data-?sets?",
    "element-wise": r"element ?wise",
    "formulas": r"formulae",
    "forward pass, backward pass": r"(?:for|back)ward propagations?|(?:for|back)ward-pass",
    "gradient descent": r"gradient[- ]decen[dt]\w*|gradient-descent",
    "handwritten": r"hand-written",
    "JupyterLab": r"Jupyter [Ll]ab|Jupyterlab",
    "NumPy, PyTorch, TensorFlow": r"Numpy|Pytorch|Tensorflow",
    "learning rate": r"learning-rates?|learning speed",
    "mini-batch": r"mini(?: ?)batch(?:es)?",
    "optimizer, optimization": r"optimis\w+",
    "overfitting": r"over[- ]fit\w*",
    "RMSprop": r"RMSProp|RMS-[Pp]rop|Rmsprop",
    "training set, test set": r"train set|testing set|(?:training|test)set",
}
# Where those forms are not ours: titles in quotation marks, code, formulas, addresses, styles of HTML.
NOT_OURS = re.compile(r"\"[^\"\n]+\"|``?[^`]+``?|\$[^$]+\$|https?://\S+|\w+[._]\w+|color:")
# The course is in British English, in which a program of a computer, practice (the noun) and these terms are right.
BRITISH_TOO = {"math", "practice", "program", "programs", "license", "licenses"}
AMERICAN = {
    word: british
    for british, american in (
        line.split("->")
        for line in pathlib.Path(codespell_lib.__file__)
        .with_name("data")
        .joinpath("dictionary_en-GB_to_en-US.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    for word in american.rstrip(",").split(", ")
    if word not in BRITISH_TOO and not word.startswith("optimiz")
}
# Two English terms that the reading notes give one Chinese name.
ONE_CHINESE_NAME = [{"backward pass", "backpropagation"}]


def name(path):
    return path.relative_to(ROOT).as_posix()


each_page = pytest.mark.parametrize("path", PAGES, ids=name)


@functools.cache
def markdown(path):
    """Return the texts in Markdown of a page: all of a document, each cell of a notebook and each table it shows."""
    if path.suffix == ".md":
        return [path.read_text(encoding="utf-8")]
    texts = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            texts.append(cell.source)
        texts += [
            output.data["text/markdown"]
            for output in cell.get("outputs", [])
            if "text/markdown" in output.get("data", {})
        ]
    return texts


@functools.cache
def page(path):
    """Return a page as a browser shows it."""
    render = MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True)).render
    return bs4.BeautifulSoup("\n".join(map(render, markdown(path))), features="html.parser")


@functools.cache
def anchors(path):
    """Return the names of a page's headings in links, as JupyterLab makes them of notebooks, and GitHub of documents."""
    headings = [heading.get_text() for heading in page(path).find_all(re.compile("^h[1-6]$"))]
    if path.suffix == ".ipynb":
        return {heading.replace(" ", "-") for heading in headings}
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path):
    """Name the links and pictures of a page that lead nowhere, or of which a screen reader has nothing to say."""
    broken = []
    for tag in page(path).find_all(["a", "img"]):
        target = tag.get("href") or tag.get("src") or ""
        link = urllib.parse.urlsplit(target)
        if link.scheme or link.netloc:
            resolves = link.scheme == "https" and re.fullmatch(r"[\w-]+(\.[\w-]+)+", link.netloc)
        else:
            file = (path.parent / urllib.parse.unquote(link.path)).resolve() if link.path else path
            resolves = target and file.is_relative_to(ROOT) and file.exists()
            if resolves and link.fragment:
                resolves = file in PAGES and urllib.parse.unquote(link.fragment) in anchors(file)
        if not resolves or not (tag.get("alt") or tag.get_text().strip()):
            broken.append(str(tag))
    return broken


@each_page
def test_links_resolve(path):
    """Else a click leads nowhere, a picture is missing, or an address is no address."""
    assert broken_links(path) == []


def test_broken_links_are_recognised(tmp_path, monkeypatch):
    """Else the test above passes whatever stands on a page."""
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    first, second = tmp_path / "first.md", tmp_path / "second.ipynb"
    monkeypatch.setitem(globals(), "PAGES", [first, second])
    cell = nbformat.v4.new_markdown_cell("## The loss, `again`")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), second)
    good = [
        "[a](second.ipynb)",
        "[a](second.ipynb#The-loss,-again)",
        "[a](#b--c-d)",
        "[a](https://example.org/b?c#d)",
        "<https://example.org>",
        '<a href="second.ipynb">a</a>',
        "![a](second.ipynb)",
        "`[a](third.md)`",
    ]
    bad = [
        "[a](third.md)",
        "[a](second.ipynb#the-loss-again)",
        "[a](#B:-C-d)",
        "[a](http://example.org)",
        "[a](https://example)",
        "[a][b]\n\n[b]: third.md",
        '<details><img src="third.png" alt="a"></details>',
        "![](second.ipynb)",
        "[a]()",
        "[a](../elsewhere.md)",
    ]
    (tmp_path.parent / "elsewhere.md").touch()
    first.write_text("\n\n".join(["# B & C d", *good, *bad]), encoding="utf-8")
    assert len(broken_links(first)) == len(bad), broken_links(first)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_files_and_commands_exist(path):
    """Else a maintainer is sent to a file that is gone, or types a command that make does not know."""
    code = [tag.get_text() for tag in page(path).find_all("code")]
    # What commands make is there or not.
    folders = "|".join(
        re.escape(file.name) for file in ROOT.iterdir() if file.is_dir() and file.name != "build"
    )
    files = [text for text in code if re.fullmatch(rf"(?:{folders})/[\w./-]*", text)]
    files = [text for text in files if not re.search("NAME|SUBJECT", text)]
    assert [file for file in files if not (ROOT / file).exists()] == []
    targets = set(re.findall(r"^make (\w+)", "\n".join(code), re.MULTILINE))
    known = re.findall(r"^([\w ]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets - {target for line in known for target in line.split()} == set()


def spoken(path):
    """Return what a file says to people: the text of a page, or the sentences and comments of a program."""
    if path.suffix != ".py":
        text = bs4.BeautifulSoup(str(page(path)), features="html.parser")
        for code in text(["code", "pre"]):
            code.replace_with("…")
        return [text.get_text()]
    source = path.read_text(encoding="utf-8")
    strings = [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\w \w", node.value)
    ]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return strings + [token.string for token in tokens if token.type == tokenize.COMMENT]


def unusual(text):
    """Name the words of a text that the course spells in another way, each with that way."""
    text = NOT_OURS.sub("…", text)
    found = [
        f"{match}: {term}" for term, forms in TERMS.items() for match in re.findall(rf"\b(?:{forms})\b", text)
    ]
    return found + [
        f"{word}: {AMERICAN[word.lower()]}"
        for word in re.findall(r"[A-Za-z]+", text)
        if word.lower() in AMERICAN
    ]


@each_page
def test_terms(path):
    """Else a reader meets one thing under two names, or two kinds of English."""
    assert [word for text in spoken(path) for word in unusual(text)] == []


def test_terms_of_helpers():
    """Else the sentences under a picture speak another language than the page around them."""
    assert [f"{name(path)}: {word}" for path in CODE for text in spoken(path) for word in unusual(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RMSProp forgets; back-propagation over a mini batch of the Dataset", 3),
        ("The color of the center, in Numpy", 3),
        ("RMSprop forgets; backpropagation over a mini-batch of the data set", 0),
        ('`color`, $color$, "Color universal design", helpers.dataset and dataset_of', 0),
    ],
)
def test_unusual_words_are_recognised(text, found):
    """Else the test above passes whatever is written."""
    assert len(unusual(text)) == found


def named(text):
    """Yield the terms that a text has in bold, each with its name in the other language, in brackets or in the next column."""
    for term, name in re.findall(r"\*\*([^*\n]+)\*\*(?: ?[(（]| \| )([^|)）\n]+)", text):
        if bool(CHINESE.search(term)) != bool(CHINESE.search(name)):
            english, chinese = sorted((term, name.strip()), key=lambda name: bool(CHINESE.search(name)))
            yield singular(english), chinese


@pytest.mark.parametrize("notebooks", [NOTEBOOKS, TRANSLATED], ids=["English", "Chinese"])
def test_one_chinese_name_for_a_term(notebooks):
    """Else a reader of the Chinese notes takes one thing for two, or two for one."""
    chinese, english = collections.defaultdict(set), collections.defaultdict(set)
    for path in notebooks:
        for term, name in named("\n".join(markdown(path))):
            chinese[term].add(name)
            english[name].add(term)
    assert len(chinese) > 90
    assert {term: names for term, names in chinese.items() if len(names) > 1} == {}
    shared = {name: terms for name, terms in english.items() if len(terms) > 1}
    assert [terms for terms in shared.values() if terms not in ONE_CHINESE_NAME] == []


@pytest.mark.parametrize("path", TRANSLATED, ids=name)
def test_both_languages_explain_the_same_terms(path):
    """Else a reader of one language is told what a word means, and a reader of the other is not."""
    found = []
    for file in (path, path.parents[1] / path.name):
        (cell,) = tagged(nbformat.read(file, as_version=4).cells, "key-terms")
        found.append([[name.strip("*") for name in row[:2]] for row in rows(cell.source)])
    chinese, english = found
    # Where Chinese has two words for one, the English notebook says both, and the Chinese one keeps to one of them.
    assert [term for _, term in chinese] == [term for term, _ in english]
    assert [
        pair for pair in zip(chinese, english, strict=True) if pair[0][0] not in pair[1][1].split(" or ")
    ] == []


def spell(folder, *files):
    """Return what codespell, as pyproject.toml sets it, says of files."""
    command = [sys.executable, "-m", "codespell_lib", "--toml", ROOT / "pyproject.toml", *files]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_spelling_of_files():
    """Else a misspelt word stays in a page, a sentence, a name or a comment."""
    names = [
        "helpers",
        "tests",
        "Makefile",
        "pyproject.toml",
        ".ci/install",
        ".ci/run",
        ".github/workflows/tests.yml",
    ]
    assert spell(ROOT, *names, *map(name, DOCUMENTS)) == []


def test_spelling_of_notebooks(tmp_path):
    """Else a misspelt word stays in a cell or in what it says; so that this can fail, one is planted."""
    for path in ALL_NOTEBOOKS:
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
            said = [
                output.get("text") or output.get("data", {}).get("text/plain", "")
                for output in cell.get("outputs", [])
            ]
            file = tmp_path / f"{path.parent.name}, {path.stem}, cell {number}"
            file.write_text("\n".join([cell.source, *said]), encoding="utf-8")
    (tmp_path / "planted").write_text("a grad" + "iant", encoding="utf-8")
    (found,) = spell(tmp_path, ".")
    assert re.match(r"\.[/\\]planted:1: ", found)
