"""What is handed out: the learner's copy holds no answer and runs; the pages of the handout need nothing from elsewhere."""

import copy
import os
import posixpath
import re
import runpy
import subprocess
import sys
import urllib.parse
import zipfile

import nbformat
import publish
import pytest
from bs4 import BeautifulSoup
from reader import tags
from save_outputs import run
from test_environment import shared_files

import helpers.widgets

NOTEBOOKS = publish.notebooks()
RUN = "2.0-start-here.ipynb"

# By the folders of their pages, and with which README their lists must agree.
READMES = {"": "README.md", "zh_CN/": "README.zh-CN.md"}


def below(path):
    """Return the place of a notebook or its page among those of all languages, as in "zh_CN/2.0-start-here"."""
    return path.relative_to(publish.ROOT / "notebooks").with_suffix("").as_posix()


every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=below)


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    """Write the learner's copy and return its folder."""
    folder = tmp_path_factory.mktemp("copies") / "student"
    publish.student(folder)
    return folder


@pytest.fixture(scope="module")
def handout(tmp_path_factory):
    """Write the handout and return its pages, parsed, by file name, with the folder before it where there is one."""
    folder = tmp_path_factory.mktemp("handout")
    publish.handout(folder)
    return {
        page.relative_to(folder).as_posix(): BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        for page in folder.rglob("*.*")
        if page.is_file()
    }


def read(path):
    return nbformat.read(path, as_version=4).cells


def has(cell, tag):
    return tag in tags(cell)


def answers(cells):
    """Return all that a learner's copy must not say: the code of solutions, and what the folds hold."""
    found = [cell.source for cell in cells if has(cell, "solution")]
    for cell in cells:
        if cell.cell_type == "markdown" and not has(cell, "derivation"):
            for fold in re.split("<details>|</details>", cell.source)[1::2]:
                found.append(fold.partition("</summary>")[2])
    return found


@every_notebook
def test_no_answer_is_left_in_the_copy(student, path):
    """Else learners find a solution, or the answer to a vote, in what they were given."""
    original, handed_out = read(path), read(student / "notebooks" / f"{below(path)}.ipynb")
    removed = "\n".join(answers(original))
    before, after = ("\n".join(cell.source for cell in cells) for cells in (original, handed_out))
    assert removed.strip()
    # A line of a solution may be a line of the lesson, too: it stays there, and goes only where it is the answer.
    for line in filter(None, map(str.strip, removed.splitlines())):
        assert after.count(line) == before.count(line) - removed.count(line), line
    for cell in handed_out:
        assert not has(cell, "solution")
        if has(cell, "exercise"):
            assert (cell.outputs, cell.execution_count) == ([], None)


@every_notebook
def test_the_copy_keeps_the_lesson(student, path):
    """Else learners miss a cell, a question of Recall, or a picture."""
    original, handed_out = read(path), read(student / "notebooks" / f"{below(path)}.ipynb")
    lessons = [
        [
            (cell.source, cell.outputs if not has(cell, "exercise") else [])
            for cell in cells
            if cell.cell_type == "code" and not has(cell, "solution")
        ]
        for cells in (original, handed_out)
    ]
    assert lessons[0] == lessons[1]
    before, after = (
        [cell for cell in cells if cell.cell_type == "markdown"] for cells in (original, handed_out)
    )
    for cell, copied in zip(before, after, strict=True):
        open_parts = re.split("<details>.*?</details>", cell.source, flags=re.DOTALL)
        folded = re.findall("<details><summary>(.*?)</summary>(.*?)</details>", cell.source, re.DOTALL)
        for part in open_parts:
            for words, others in publish.WITHOUT_ANSWERS.items():
                part = part.replace(words, others)
            for line in filter(None, map(str.strip, part.splitlines())):
                assert line in copied.source or "../docs/" in line, line
        if has(cell, "recall"):
            assert [f"\n{question}\n" in copied.source for question, _ in folded] == [True] * 5
        if has(cell, "derivation"):
            assert all(content in copied.source for _, content in folded)


def test_nothing_points_to_what_is_gone(student):
    """Else a learner looks for an answer that the copy does not have, or a sentence was reworded here and not there."""
    texts = "\n".join(cell.source for path in NOTEBOOKS for cell in read(path))
    for words in (*publish.WITHOUT_ANSWERS, *publish.ON_A_PAGE):
        assert words in texts, words
    gone = re.compile(
        r"folded|open the answer|solution is|\.\./docs|lecturers|折叠的|打开答案|参考答案折叠|授课教师"
    )
    for path in (student / "notebooks").rglob("*.ipynb"):
        for cell in read(path):
            if cell.cell_type == "markdown":
                assert not gone.search(cell.source), cell.source


def text_cell(text, *its_tags):
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": list(its_tags)})


def test_uneven_folds_are_refused():
    """Else a mistake in a fold leaves its answer in the copy, or takes the lesson out with it."""
    fold = "<details><summary>Antwort</summary>\n\n(b)\n</details>"
    for tag in ("predict", "experiment", "answer"):
        assert publish.without_answers(text_cell(f"One.\n\n{fold}\n\nTwo.", tag)) == "One.\n\nTwo."
    assert publish.without_answers(text_cell(f"One.\n\n{fold}", "derivation")) == f"One.\n\n{fold}"
    # A table that touches the list before it is read as a part of the list.
    recall = text_cell(f"{fold}\n{fold}\n\n| term |", "key-terms", "recall")
    assert publish.without_answers(recall) == "Antwort\nAntwort\n\n| term |"
    for text in (
        fold.replace("</details>", ""),
        fold + "</details>",
        f"{fold[:-10]}{fold}</details>",
        "<details>x</details>",
    ):
        with pytest.raises(ValueError, match="A fold is opened and not closed"):
            publish.without_answers(text_cell(text, "answer"))
    for tags_of_it in ((), ("optional",), ("answer", "derivation")):
        with pytest.raises(ValueError, match="its tags do not say of which kind"):
            publish.without_answers(text_cell(fold, *tags_of_it))


def test_no_lesson_needs_an_exercise(student, tmp_path):
    """Else a cell of the copy stops with a NameError, or with what a stub returns."""
    for path in NOTEBOOKS:
        name = path.relative_to(publish.ROOT / "notebooks")
        notebook = nbformat.read(student / "notebooks" / name, as_version=4)
        (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "lesson" / name).parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, tmp_path / "copy" / name)
        for cell in notebook.cells:
            if has(cell, "exercise"):
                lines = cell.source.splitlines()
                cell.source = "\n".join(line for line in lines if line.startswith(("import ", "from ")))
        nbformat.write(notebook, tmp_path / "lesson" / name)
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--no-cache",
        "--select=F821",
        str(tmp_path),
    ]
    found = subprocess.run(command, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


def test_the_copy_runs_with_what_it_holds(student, monkeypatch):
    """Else the copy lacks a file of the course; `make student` runs all of its notebooks."""
    monkeypatch.setenv("PYTHONPATH", str(student))
    # The other tests look at what was handed out.
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    cells = run(student / "notebooks" / RUN).cells
    assert not [
        output for cell in cells for output in cell.get("outputs", []) if output.output_type == "error"
    ]
    (exercise,) = [cell for cell in cells if has(cell, "exercise")]
    assert "Not started yet" in exercise.outputs[0].data["text/plain"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such marks")
def test_what_can_be_run_can_be_run_in_the_copy(student):
    """Else `make lab` stops in a learner's folder with "Permission denied"."""
    runnable = {name for name in publish.COURSE if os.access(publish.ROOT / name, os.X_OK)}
    assert {"start", ".ci/install"} <= runnable
    assert all(os.access(student / name, os.X_OK) for name in runnable)
    packed = zipfile.ZipFile(student.with_suffix(".zip"))
    for name in ("start", ".ci/install"):
        assert packed.getinfo(f"student/{name}").external_attr >> 16 & 0o111, name


def test_paragraphs_for_lecturers_go_alone():
    """Else a learner reads of plans for 50 minutes, or misses the paragraph before or after that."""
    text = "One.\n\nTwo, see [the guide](../docs/teaching.md#plans), too.\n\nThree, see [2.1](2.1-a.ipynb).\n- docs/x"
    kept = "One.\n\nThree, see [2.1](2.1-a.ipynb).\n- docs/x"
    assert publish.reworded(text, {}) == kept
    assert publish.reworded(text, {"One": "1", "Three": "3"}) == kept.replace("One", "1").replace(
        "Three", "3"
    )
    assert publish.reworded(text.replace("../docs", "../../docs"), {}) == kept


def test_an_unknown_copy_is_explained(monkeypatch):
    """Else a typing error makes the other copy, or ends in a traceback."""
    for words in (["publish.py"], ["publish.py", "pupil"], ["publish.py", "student", "handout"]):
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit, match=r"build/student\.zip"):
            runpy.run_path(publish.__file__, run_name="__main__")


# What learners do not get: what looks after the course, what lecturers read, and the README of the whole.
NOT_HANDED_OUT = (
    ".ci/lowest",
    ".ci/run",
    ".git",
    "CONTRIBUTING.md",
    "MANIFEST.in",
    "README.md",
    "README.zh-CN.md",
    "conftest.py",
    "docs/",
    "notebooks/",
    "tests/",
)


def test_the_copy_is_complete(student):
    """Else a new file of the course stays here, or a learner gets what lay around; in the archive as in the folder."""
    shared = {path.relative_to(publish.ROOT).as_posix() for path in shared_files()}
    expected = {name for name in shared if not name.startswith(NOT_HANDED_OUT)}
    expected |= {"README.md", *(path.relative_to(publish.ROOT).as_posix() for path in NOTEBOOKS)}
    found = {path.relative_to(student).as_posix() for path in student.rglob("*") if path.is_file()}
    names = {name for name in zipfile.ZipFile(student.with_suffix(".zip")).namelist() if name[-1] != "/"}
    assert found == expected
    assert names == {f"student/{name}" for name in expected}


def test_the_copy_takes_nothing_that_lies_around(monkeypatch, tmp_path):
    """Else learners get what JupyterLab or an editor kept beside a file, an earlier version with its answers, say."""
    files = ["helpers/layers.py", "helpers/kit/names.js", "notebooks/2.0.ipynb", "notebooks/zh_CN/2.0.ipynb"]
    kept = [
        "__pycache__/layers.pyc",
        ".ipynb_checkpoints/layers-checkpoint.py",
        ".layers.py.swp",
        "kit/.DS_Store",
    ]
    course, copied = tmp_path / "course", tmp_path / "student"
    for name in (
        *files,
        *(f"helpers/{name}" for name in kept),
        "notebooks/.ipynb_checkpoints/2.0-checkpoint.ipynb",
        "notebooks/zh_CN/.ipynb_checkpoints/2.0-checkpoint.ipynb",
    ):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    (copied / "helpers").mkdir(parents=True)
    (copied / "helpers" / "gone.py").write_text("of an earlier copy")
    monkeypatch.setattr(publish, "ROOT", course)
    monkeypatch.setattr(publish, "COURSE", ("helpers",))
    archive = publish.student(copied)
    expected = {"README.md", *files}
    assert {path.relative_to(copied).as_posix() for path in copied.rglob("*") if path.is_file()} == expected
    names = {name for name in zipfile.ZipFile(archive).namelist() if name[-1] != "/"}
    assert names == {f"student/{name}" for name in expected}


def page_of(handout, path):
    return handout[f"{below(path)}.html"]


def test_pages_need_nothing_from_elsewhere(handout):
    """Else a page is incomplete where there is no network connection."""
    assert len(handout) == len(NOTEBOOKS) + len(READMES)
    for page in handout.values():
        for part in page.find_all(True):
            addresses = [
                part[name] for name in ("src", "srcset", "data", "poster", "action") if part.has_attr(name)
            ]
            assert all(address.startswith("data:image/png;base64,") for address in addresses), part.name
            assert part.name not in ("link", "iframe", "object", "embed", "base"), part
        for code in page.find_all(["style", "script"]):
            assert not re.search(r"url\(|@import|https?:|\bimport\b|fetch", code.string), code


def test_links_of_pages_resolve(handout):
    """Else a click on a page leads nowhere."""
    anchors = {name: [part["id"] for part in page.find_all(id=True)] for name, page in handout.items()}
    for name, page in handout.items():
        assert len(anchors[name]) == len({*anchors[name]}), name
        for link in page.find_all("a"):
            file, _, anchor = urllib.parse.unquote(link["href"]).partition("#")
            if not re.match("https?:", file):
                place = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
                assert place in handout, link
                assert not anchor or anchor in anchors[place], link
    sisters = {"": "zh_CN/index.html", "zh_CN/": "../index.html"}
    for folder, sister in sisters.items():
        first = [link["href"] for link in handout[f"{folder}index.html"].select("main a")]
        names = [below(path) for path in NOTEBOOKS]
        own = [posixpath.basename(name) for name in names if name == folder + posixpath.basename(name)]
        assert len(own) == 12 and first == [sister, *(f"{name}.html" for name in own)]


@every_notebook
def test_each_page_links_to_its_sister(handout, path):
    """Else somebody who reads the one language and meets a page in the other has to look for theirs."""
    page = page_of(handout, path)
    sister = f"../{path.stem}.html" if "/" in below(path) else f"zh_CN/{path.stem}.html"
    assert [link["href"] for link in page.select("main a")].count(sister) == 1
    assert page.select_one("nav a")["href"] == "index.html"


@every_notebook
def test_pages_show_all_that_the_notebook_shows(handout, path):
    """Else a page lacks a cell, an output or a figure's text, tells a sentence twice, or says of a figure that it moves."""
    page, cells = page_of(handout, path), [cell for cell in read(path) if cell.cell_type == "code"]
    assert [
        code.get_text().strip("\n") for code in page.select("main > .highlight, main > details > .highlight")
    ] == [cell.source.strip("\n") for cell in cells]
    figures, explorers, outputs = [], [], 0
    for cell in cells:
        for output in cell.outputs if not has(cell, "exercise") else []:
            data = output.get("data", {})
            if "image/png" in data:
                figures.append(data["text/plain"])
                explorers.append(cell.source.splitlines()[-1].removesuffix("()") in helpers.widgets.__all__)
            elif not ("text/markdown" in data and output.output_type == "display_data"):
                outputs += 1
    assert [image["alt"] for image in page.find_all("img")] == figures
    assert [caption.string for caption in page.find_all("figcaption")] == figures
    assert [figure.select_one(".still") is not None for figure in page.find_all("figure")] == explorers
    assert len(page.select(".output")) == outputs


@every_notebook
def test_pages_fold_solutions_and_render_formulas(handout, path):
    """Else a solution lies open under its exercise, or a formula is shown as it is typed."""
    page, cells = page_of(handout, path), read(path)
    name = {"en": "Solution", "zh-CN": "参考答案"}[page.html["lang"]]
    folds = [fold for fold in page.find_all("details") if fold.summary.string == name]
    solutions = [cell.source for cell in cells if has(cell, "solution")]
    assert [fold.select_one(".highlight").get_text().strip() for fold in folds] == solutions
    assert not page.select("details[open]")
    formulas = [
        text
        for cell in cells
        if cell.cell_type == "markdown"
        for text in re.findall(r"\$+[^$]+\$+", cell.source)
    ]
    assert len(page.find_all("math")) == len(formulas)
    for section in page.select("section.text"):
        prose = copy.copy(section)
        for code in prose.select("pre, code"):
            code.decompose()
        assert not re.search(r"\$|\\[a-z]+", prose.get_text())


def test_pages_say_what_they_are(handout):
    """Else a screen reader reads them in another language, or tabs of a browser all have the same name."""
    titles = [page.title.string for page in handout.values()]
    assert len({*titles}) == len(titles)
    for place, page in handout.items():
        assert page.html["lang"] == ("zh-CN" if place.startswith("zh_CN/") else "en")
        assert len(page.find_all("h1")) == len(page.find_all("main")) == 1
        assert page.title.string.startswith(page.h1.string)
        assert page.select_one("a.skip")["href"] == f"#{page.main['id']}"
        levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
        assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False)), page.title
        for chinese in page.find_all(string=re.compile("[\u4e00-\u9fff]")):
            assert (
                page.html["lang"] == "zh-CN"
                or chinese.parent.get("lang") == "zh"
                or chinese.find_parent(["code", "pre", "summary", "script", "figcaption"])
            )


def test_chinese_pages_speak_chinese(handout):
    """Else the Chinese page has an English word around its lesson, which a screen reader then reads as Chinese."""
    for place, page in handout.items():
        if place.startswith("zh_CN/"):
            around = [page.title, page.select_one("a.skip"), *page.select("nav a, .still")]
            around += [fold.summary for fold in page.find_all("details")]
            said = [part.get_text() for part in around] + [nav["aria-label"] for nav in page.find_all("nav")]
            assert [text for text in said if not re.search("[\u4e00-\u9fff]", text)] == [], place


MARKDOWN = {
    "[a](2.1-a.ipynb)": '<a href="2.1-a.html">a</a>',
    "[a](2.1-a.ipynb#What-is-it?)": '<a href="2.1-a.html#What-is-it?">a</a>',
    "[a](#What-is-it?)": '<a href="#What-is-it?">a</a>',
    "[a](https://example.org/a.ipynb)": '<a href="https://example.org/a.ipynb">a</a>',
    "## What is `f` *of* x < 1?": '<h2 id="What-is-f-of-x-&lt;-1?">What is <code>f</code> <em>of</em> x &lt; 1?</h2>',
    "张量 is a tensor 张": '<span lang="zh">张量</span> is a tensor <span lang="zh">张</span>',
    "$x$": '<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><mrow><mi>x</mi></mrow></math>',
    "$$x$$": '<span class="wide"><math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mrow><mi>x</mi></mrow></math></span>',
    # A name of a function stands apart from its argument, and not from its bracket.
    "$\\sin x$": '<mi>sin</mi><mspace width="0.1667em"></mspace><mi>x</mi>',
    "$\\log(x)$": '<mi>log</mi><mo stretchy="false">&#x00028;</mo><mi>x</mi>',
    "$ab$": "<mi>a</mi><mi>b</mi>",
    # A prime is raised once.
    "$f'(x)$": '<mrow><mi>f</mi><mo lspace="0" rspace="0">′</mo><mo stretchy="false">',
    "$x^2$": "<msup><mi>x</mi><mn>2</mn></msup>",
    "| a |\n|---|\n| 1 |": '<div class="wide"><table>',
}  # fmt: skip


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_becomes_a_page(text):
    """Else a link leads to a notebook, Chinese is read as English, or a formula is set as nobody writes it."""
    render = dict(publish.PageExporter(publish.ENGLISH).default_filters())["markdown2html"]
    assert MARKDOWN[text] in render(text)


def test_chinese_is_marked_on_english_pages_only():
    """Else a Chinese page is a heap of marks, and none of its lines may break, as none of a single term does."""
    exporter = publish.PageExporter(publish.LANGUAGES["zh_CN"])
    render = dict(exporter.default_filters())["markdown2html"]
    assert render("**张量**（tensor）").strip() == "<p><strong>张量</strong>（tensor）</p>"


@pytest.mark.parametrize("folder", READMES)
def test_the_first_page_lists_all_notebooks(handout, folder):
    """Else the table of the handout has other questions and minutes than the README, or leaves a notebook out."""
    # Its first table.
    table = re.search(
        r"(?:^\|.*\n)+", (publish.ROOT / READMES[folder]).read_text(encoding="utf-8"), re.MULTILINE
    )
    wanted = [
        re.sub(r"\[(.*?)\]\(.*?\)", r"\1", line).strip("| ").split(" | ") for line in table[0].splitlines()
    ]
    rows = handout[f"{folder}index.html"].select("main .wide > table tr")
    assert [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows] == [
        wanted[0],
        *wanted[2:],
    ]


def test_pages_are_coloured_and_say_where_a_solution_is(handout):
    """Else code is grey, or a reader looks for a blue bar that a page does not have."""
    texts = "\n".join(page.get_text() for page in handout.values())
    assert "The solution is folded away below." in texts and "blue bar" not in texts
    assert "参考答案折叠在下面。" in texts and "蓝条" not in texts
    for page in handout.values():
        assert ".highlight .k" in "".join(style.string for style in page.find_all("style"))
