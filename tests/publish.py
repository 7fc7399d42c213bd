"""Make what a lecturer hands out: the course without answers, or all notebooks as pages that need no program.

python tests/publish.py student    learner's copy in build/student, packed in build/student.zip
python tests/publish.py handout    HTML pages in build/handout
"""

import dataclasses
import html
import itertools
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
FOR_LECTURERS = re.compile(r"\n*^.*\]\((?:\.\./)+docs/.*$", re.MULTILINE)
# Words that point to what a learner's copy does not have, and what it says in their place.
WITHOUT_ANSWERS = {
    "Say why it came out so. Then open the folded answer. Here is the first one:": "Say why it came out so. Here is the first one:",
    "The solution is folded away in the next cell. Open it with a click on the three dots, or on the blue bar at its left.": "This copy has no solutions. Keep what you write: you will need it when your class discusses the exercises.",
    ", find the folded answers, see": ", see",
    "**Recall** without scrolling up, then open the answer.": "**Recall** without scrolling up.",
    "说说为什么会是这样。然后打开折叠的答案。这是第一个：": "说说为什么会是这样。这是第一个：",
    "参考答案折叠在下一个单元格里，只露出三个点。点一下这三个点，或者点左边的蓝条，就能打开。": "这一份里没有参考答案。留好你写的代码：班上讨论练习时要用到它。",
    "，找到折叠的答案，查看": "，查看",
    "**回忆**：先别往上翻，想好了再打开答案。": "**回忆**：先别往上翻，想好了再说。",
}
ON_A_PAGE = {
    "The solution is folded away in the next cell. Open it with a click on the three dots, or on the blue bar at its left.": "The solution is folded away below.",
    "参考答案折叠在下一个单元格里，只露出三个点。点一下这三个点，或者点左边的蓝条，就能打开。": "参考答案折叠在下面。",
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

中文：运行 `make lab COURSE_LANGUAGE=zh_CN`，它会打开 `notebooks/zh_CN/2.0-start-here.ipynb`。

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

[中文](zh_CN/index.ipynb)

| notebook | question | core | everything | exercises | in class |
|---|---|---|---|---|---|
{rows}
"""
CONTENTS_IN_CHINESE = """# 神经网络的数学

这些网页不需要任何程序，也不需要联网就能读。答案和参考答案折叠着：点一下就打开。交互演示在这里是不动的图；在 JupyterLab 里才会动。

表中是一个人自学所需的分钟数：只看核心内容、看全部内容、再加上练习；最后一列是课堂用时。

[English](../index.ipynb)

| 笔记本 | 问题 | 核心内容 | 全部内容 | 加上练习 | 课堂 |
|---|---|---|---|---|---|
{rows}
"""
ROW = "| [{title}]({name}) | {question} | {core} | {everything} | {exercises} | {in_class} |"
HIGHLIGHTING = HtmlFormatter(style="default").get_style_defs(".highlight")
CHINESE = re.compile(r"[\u3400-\u9fff]+")


@dataclasses.dataclass(frozen=True)
class Language:
    """What the pages of the handout say beside the notebooks, in one language; `tag` is its name on pages."""

    tag: str
    contents: str
    course: str
    skip: str
    navigation: str
    all_notebooks: str
    solution: str
    explorer: str


ENGLISH = Language(
    tag="en",
    contents=CONTENTS,
    course="Mathematics of neural networks",
    skip="Skip to the content",
    navigation="Course",
    all_notebooks="All notebooks",
    solution="Solution",
    explorer="An explorer: in JupyterLab, this picture follows its sliders.",
)
# By the folders of their notebooks.
LANGUAGES = {
    "notebooks": ENGLISH,
    "zh_CN": Language(
        tag="zh-CN",
        contents=CONTENTS_IN_CHINESE,
        course="神经网络的数学",
        skip="跳到正文",
        navigation="课程",
        all_notebooks="所有笔记本",
        solution="参考答案",
        explorer="交互演示：在 JupyterLab 里，这幅图会跟着滑块动。",
    ),
}


def notebooks():
    """Return the notebooks of all languages, English first."""
    folder = ROOT / "notebooks"
    return [*sorted(folder.glob("*.ipynb")), *sorted(folder.glob("[a-z][a-z]_*/*.ipynb"))]


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

    def __init__(self, language):
        super().__init__(escape=False)
        self.language = language

    def block_math(self, body):
        # Markdown puts it into a paragraph, where no block may stand.
        return f'<span class="wide">{formula(body, display="block")}</span>'

    def inline_math(self, body):
        return formula(body)

    def link(self, text, url, title=None):
        return super().link(text, re.sub(r"^([^:#]*)\.ipynb(?=#|$)", r"\1.html", url), title)

    def text(self, text):
        text = super().text(text)
        return CHINESE.sub(r'<span lang="zh">\g<0></span>', text) if self.language is ENGLISH else text

    def heading(self, text, level, **attributes):
        # The anchors of JupyterLab, which the notebooks' links name.
        anchor = html.unescape(re.sub(r"<[^>]+>", "", text)).replace(" ", "-")
        return f'<h{level} id="{html.escape(anchor)}">{text}</h{level}>\n'

    def table(self, text):
        return f'<div class="wide"><table>\n{text}</table></div>\n'


class PageExporter(HTMLExporter):
    """From a notebook to a page in its language, by the template tests/templates/handout."""

    def __init__(self, language):
        self.language = language
        super().__init__(template_name="handout", extra_template_basedirs=[str(TEMPLATES)])
        self.register_preprocessor(TagRemovePreprocessor(remove_all_outputs_tags={"exercise"}, enabled=True))
        self.register_preprocessor(Reword(lambda cell: reworded(cell.source, ON_A_PAGE)))

    def default_filters(self):
        yield from super().default_filters()
        yield (
            "markdown2html",
            lambda text: MarkdownWithMath(renderer=PageRenderer(self.language)).render(text),
        )

    def page(self, notebook, name):
        title = re.match(r"# (.*)", notebook.cells[0].source)[1]
        resources = {"metadata": {"title": title, "name": name}, "highlighting": HIGHLIGHTING}
        resources["language"] = self.language
        return self.from_notebook_node(notebook, resources)[0]


def contents(language, notebooks):
    """Return the page that lists these notebooks, by the names of their files, as a notebook of one cell."""
    rows = [
        ROW.format(name=f"{name}.ipynb", **dataclasses.asdict(read_opening(notebook)))
        for name, notebook in notebooks.items()
    ]
    text = language.contents.format(rows="\n".join(rows))
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
    exporter = student_exporter()
    for path in notebooks():
        text, _ = exporter.from_filename(str(path))
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(exist_ok=True)
        target.write_text(text + "\n", encoding="utf-8")
    return shutil.make_archive(str(folder), "zip", folder.parent, folder.name)


def handout(folder):
    """Write a page for each notebook, and one for each language that lists them, into a folder."""
    empty(folder)
    for source, paths in itertools.groupby(notebooks(), lambda path: path.parent):
        target = folder / source.relative_to(ROOT / "notebooks")
        target.mkdir(exist_ok=True)
        language = LANGUAGES[source.name]
        exporter = PageExporter(language)
        pages = {path.stem: nbformat.read(path, as_version=4) for path in paths}
        for name, notebook in {"index": contents(language, pages), **pages}.items():
            (target / f"{name}.html").write_text(exporter.page(notebook, name), encoding="utf-8")
    return folder / "index.html"


if __name__ == "__main__":
    tasks = {"student": student, "handout": handout}
    if len(sys.argv) != 2 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    print("written:", tasks[sys.argv[1]](BUILD / sys.argv[1]))
