"""Make what a lecturer hands out: the course without answers, or all notebooks as pages that need no program.

python tests/publish.py student    learner's copy in build/student, packed in build/student.zip
python tests/publish.py handout    HTML pages in build/handout
"""

import dataclasses
import html
import pathlib
import re
import shutil
import sys

import nbformat
from latex2mathml.converter import convert as mathml
from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor, TagRemovePreprocessor
from pygments.formatters import HtmlFormatter
from reader import FOLD, FOLDED, read_opening, tags

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
TEMPLATES = ROOT / "tests" / "templates"

UNEVEN = "A fold is opened and not closed, or lies in another one: {text}"
UNTOLD = "A cell has a fold, and its tags do not say of which kind: one of {kinds}. {text}"

# A paragraph that leads to what lecturers have and learners don't.
FOR_LECTURERS = re.compile(r"\n*^.*\]\(\.\./docs/.*$", re.MULTILINE)
# Words that point to what a learner's copy does not have, and what it says in their place.
WITHOUT_ANSWERS = {
    "Say why it came out so. Then open the folded answer. Here is the first one:": "Say why it came out so. Here is the first one:",
    "The solution is folded away in the next cell. Open it with a click on the three dots, or on the blue bar at its left.": "This copy has no solutions. Keep what you write: you will need it when your class discusses the exercises.",
    ", find the folded answers, see": ", see",
    "**Recall** without scrolling up, then open the answer.": "**Recall** without scrolling up.",
}
ON_A_PAGE = {
    "The solution is folded away in the next cell. Open it with a click on the three dots, or on the blue bar at its left.": "The solution is folded away below.",
}

# What the learner's copy needs to run: folders and files. tests/test_publish.py knows all that is not in it.
COURSE = (
    "helpers",
    "data",
    "labconfig",
    ".ci/install",
    "Makefile",
    "pyproject.toml",
    "setup.py",
    "constraints.txt",
    "environment.yml",
    "start",
    "LICENSE",
)
README = """# Mathematics of neural networks

A copy for learners: the notebooks, without the answers to predictions and without the solutions of exercises. Nothing that is
taught is missing: what settles a prediction stands below it, and every check answers in words.

With Python 3.11 or newer and make (on Debian and Ubuntu also `apt install python3-venv`), run this in a terminal, in
this folder:

    make lab

It installs the course into `.venv` and opens `notebooks/2.0-start-here.ipynb` in JupyterLab. The first time, it needs a
network connection. With conda, in place of `make lab`:

    conda env create -f environment.yml
    conda activate mathematics-of-neural-networks
    jupyter lab notebooks/2.0-start-here.ipynb

Begin with 2.0, and go on in order. The first table of each notebook says how many minutes its core takes. What is marked
**Optional** may be left out, and so may all exercises but the first: that is the short way through the course.

Code: BSD 3-Clause. Text and figures: CC BY 4.0. See LICENSE, and data/LICENSE.md for the digits.
"""

CONTENTS = """# Mathematics of neural networks

These pages can be read without a program and without a network connection. Answers and solutions are folded away: a click opens
them. Explorers are still pictures here; they move in JupyterLab.

Minutes for one reader: for the core, with everything, and with the exercises too; and in class.

| notebook | question | core | everything | exercises | in class |
|---|---|---|---|---|---|
{rows}
"""
ROW = "| [{title}]({name}) | {question} | {core} | {everything} | {exercises} | {in_class} |"
HIGHLIGHTING = HtmlFormatter(style="default").get_style_defs(".highlight")
CHINESE = re.compile(r"[\u3400-\u9fff]+")


def notebooks():
    return sorted((ROOT / "notebooks").glob("*.ipynb"))


def reworded(text, words):
    for old, new in words.items():
        text = text.replace(old, new)
    return FOR_LECTURERS.sub("", text)


def without_answers(cell):
    """Return the text of a cell without its answers; the questions of a recall and folded derivations stay.

    Raises
    ------
    ValueError
        Where folds are not in pairs of `<details>` and `</details>`, one after the other, or no tag says what they hold.
    """
    text = cell.source
    folds = [fold["content"] for fold in FOLD.finditer(text)]
    marks = re.findall(r"</?details\b", text)
    if marks != ["<details", "</details"] * len(folds):
        raise ValueError(UNEVEN.format(text=text))
    kinds = [tag for tag in tags(cell) if tag in FOLDED]
    if folds and len(kinds) != 1:
        raise ValueError(UNTOLD.format(kinds=", ".join(FOLDED), text=text))
    if kinds == ["recall"]:
        text = FOLD.sub(r"\g<summary>\g<gap>", text)
    elif kinds != ["derivation"]:
        text = FOLD.sub("", text)
    return text.rstrip("\n")


class Reword(Preprocessor):
    """Change all Markdown cells with a function from a cell to its text."""

    def __init__(self, change):
        super().__init__(enabled=True)
        self.change = change

    def preprocess_cell(self, cell, resources, index):
        if cell.cell_type == "markdown":
            cell.source = self.change(cell)
        return cell, resources


def student_exporter():
    """Return the exporter from a notebook to a learner's notebook."""
    exporter = NotebookExporter()
    exporter.register_preprocessor(
        TagRemovePreprocessor(
            remove_cell_tags={"solution"}, remove_all_outputs_tags={"exercise"}, enabled=True
        )
    )
    exporter.register_preprocessor(Reword(lambda cell: reworded(without_answers(cell), WITHOUT_ANSWERS)))
    return exporter


def formula(latex, **options):
    """Return a formula as MathML, with what browsers set differently from TeX written out."""
    text = mathml(latex, **options)
    # No space between the name of a function and its argument.
    text = re.sub(r"(<mi>[a-z]{2,}</mi>)(?=<mi>)", r'\1<mspace width="0.1667em"></mspace>', text)
    # A prime is small and high by itself; raised once more, it can no longer be seen.
    return re.sub(
        r"<msup>(<mi>.</mi>)<mi>(?:′|&#x02032;)</mi></msup>", r'\1<mo lspace="0" rspace="0">′</mo>', text
    )


class PageRenderer(IPythonRenderer):
    """Markdown as HTML that needs nothing from elsewhere: formulas as MathML, links to pages instead of notebooks."""

    def block_math(self, body):
        # Markdown puts it into a paragraph, where no block may stand.
        return f'<span class="wide">{formula(body, display="block")}</span>'

    def inline_math(self, body):
        return formula(body)

    def link(self, text, url, title=None):
        return super().link(text, re.sub(r"^([^:#]*)\.ipynb(?=#|$)", r"\1.html", url), title)

    def text(self, text):
        return CHINESE.sub(r'<span lang="zh">\g<0></span>', super().text(text))

    def heading(self, text, level, **attributes):
        # The anchors of JupyterLab, which the notebooks' links name.
        anchor = html.unescape(re.sub(r"<[^>]+>", "", text)).replace(" ", "-")
        return f'<h{level} id="{html.escape(anchor)}">{text}</h{level}>\n'

    def table(self, text):
        return f'<div class="wide"><table>\n{text}</table></div>\n'


class PageExporter(HTMLExporter):
    """From a notebook to a page, by the template tests/templates/handout."""

    def __init__(self):
        super().__init__(template_name="handout", extra_template_basedirs=[str(TEMPLATES)])
        self.register_preprocessor(TagRemovePreprocessor(remove_all_outputs_tags={"exercise"}, enabled=True))
        self.register_preprocessor(Reword(lambda cell: reworded(cell.source, ON_A_PAGE)))

    def default_filters(self):
        yield from super().default_filters()
        yield "markdown2html", lambda text: MarkdownWithMath(renderer=PageRenderer(escape=False)).render(text)

    def page(self, notebook, name):
        title = re.match(r"# (.*)", notebook.cells[0].source)[1]
        resources = {"metadata": {"title": title, "name": name}, "highlighting": HIGHLIGHTING}
        return self.from_notebook_node(notebook, resources)[0]


def contents():
    """Return the first page of the handout, as a notebook of one cell."""
    rows = []
    for path in notebooks():
        opening = read_opening(nbformat.read(path, as_version=4))
        rows.append(ROW.format(name=path.name, **dataclasses.asdict(opening)))
    text = CONTENTS.format(rows="\n".join(rows))
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])


def empty(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def student(folder):
    """Write the learner's copy of the course into a folder, and pack it beside it."""
    empty(folder)
    for name in COURSE:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(source, target)
    (folder / "README.md").write_text(README, encoding="utf-8")
    (folder / "notebooks").mkdir()
    exporter = student_exporter()
    for path in notebooks():
        text, _ = exporter.from_filename(str(path))
        (folder / "notebooks" / path.name).write_text(text + "\n", encoding="utf-8")
    return shutil.make_archive(str(folder), "zip", folder.parent, folder.name)


def handout(folder):
    """Write a page for each notebook, and one that lists them, into a folder."""
    empty(folder)
    exporter = PageExporter()
    pages = {"index": contents()} | {path.stem: nbformat.read(path, as_version=4) for path in notebooks()}
    for name, notebook in pages.items():
        (folder / f"{name}.html").write_text(exporter.page(notebook, name), encoding="utf-8")
    return folder / "index.html"


if __name__ == "__main__":
    tasks = {"student": student, "handout": handout}
    if len(sys.argv) != 2 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    print("written:", tasks[sys.argv[1]](BUILD / sys.argv[1]))
