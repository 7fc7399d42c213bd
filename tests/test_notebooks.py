"""The rules that all notebooks keep: their parts, their words, their saved outputs, and code that graduates to helpers."""

import ast
import copy
import dataclasses
import functools
import pathlib
import re

import nbformat
import pytest
from modules import modules, subclasses
from publish import ROW
from reader import (
    ALL_NOTEBOOKS,
    FOLD,
    FOLDED,
    FOLDER,
    LEAD,
    NOTEBOOKS,
    SEED,
    TAGS,
    open_text,
    prediction,
    read_opening,
    rows,
    tagged,
    tags,
)
from save_outputs import WIDGET_VIEW, strip

import helpers.studies
import helpers.widgets
from helpers.kit.explorer import Explorer

ROOT = pathlib.Path(__file__).parents[1]
LONGEST_CELL = 24
START = "2.0"

# Sections of the reading notes.
KEY_TERMS = {
    "2.1": {
        "class": "类",
        "sample": "样本",
        "label": "标签",
        "training set": "训练集",
        "test set": "测试集",
        "layer": "层",
        "data distillation": "数据蒸馏",
        "compile": "编译",
        "loss function": "损失函数",
        "optimizer": "优化器",
        "metric": "指标",
        "fit": "拟合",
        "overfitting": "过拟合",
    },
    "2.2": {
        "tensor": "张量",
        "dimension": "维度",
        "axis": "轴",
        "scalar": "标量",
        "rank": "阶",
        "vector": "向量",
        "matrix": "矩阵",
        "3D tensor": "3D 张量",
        "4D tensor": "4D 张量",
        "5D tensor": "5D 张量",
        "shape": "形状",
        "data type": "数据类型",
    },
    "2.3": {
        "element-wise": "逐元素",
        "vectorised": "向量化",
        "broadcasting": "广播",
        "broadcast axes": "广播轴",
        "dot product": "点积",
        "tensor product": "张量积",
        "reshape": "变形",
        "transposition": "转置",
    },
    "2.4": {
        "training loop": "训练循环",
        "batch": "批量",
        "forward pass": "前向传播",
        "update": "更新",
        "weights": "权重",
        "differentiable": "可微",
        "gradient": "梯度",
    },
    "2.4.1": {"derivative": "导数", "differentiable": "可微", "slope": "斜率"},
    "2.4.2": {"gradient": "梯度", "slope": "斜率", "curvature": "曲率", "step": "步长"},
    "2.4.3a": {
        "mini-batch stochastic gradient descent": "小批量随机梯度下降",
        "stochastic": "随机",
        "true SGD": "真 SGD",
        "batch SGD": "批量 SGD",
        "backward pass": "反向传播",
        "learning rate": "学习率",
        "loss": "损失",
        "parameter": "参数",
    },
    "2.4.3b": {
        "momentum": "动量",
        "velocity": "速度",
        "convergence speed": "收敛速度",
        "local minimum": "局部极小点",
        "global minimum": "全局最小点",
    },
    "2.4.3c": {"optimizer": "优化器", "optimization method": "优化方法"},
    "2.4.4": {
        "chain rule": "链式法则",
        "backpropagation": "反向传播",
        "reverse-mode differentiation": "反式微分",
        "symbolic differentiation": "符号微分",
        "gradient function": "梯度函数",
    },
    "2.5": {
        "learning": "学习",
        "parameters": "参数",
        "loss": "损失",
        "optimizer": "优化器",
        "learning rate": "学习率",
    },
}

# The English ones, for what no translation can change; tests/test_translation.py compares the others with them.
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
every_edition = pytest.mark.parametrize(
    "path", ALL_NOTEBOOKS, ids=lambda path: path.relative_to(FOLDER).with_suffix("").as_posix()
)
# Chinese writes its question marks and brackets wider.
QUESTION = "[?？]"
CHOICE = r"[(（](\w)[)）]"
CHINESE = re.compile("[\u4e00-\u9fff]")


def read(path):
    return nbformat.read(path, as_version=4)


def section(path):
    return path.stem.partition("-")[0]


def edition(path):
    """Return all notebooks in the language of one."""
    return sorted(path.parent.glob("*.ipynb"))


def text_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "markdown"]


def texts(path):
    return [cell.source for cell in text_cells(path)]


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def key_term_table(path):
    """Return the rows of the table of key terms, a term: its name in the other language, and the prose before it."""
    cells = text_cells(path)
    (cell,) = tagged(cells, "key-terms")
    terms = rows(cell.source)
    assert terms
    for row in terms:
        assert is_term(row), row
    before = [*texts(path)[: cells.index(cell)], cell.source.partition("\n|")[0]]
    return {row[0].strip("*"): row[1] for row in terms}, "\n\n".join(before)


def is_term(row):
    """Whether a row of a table holds a term in bold, its name in the other language and a sentence."""
    return (
        len(row) == 3
        and re.fullmatch(r"\*\*[^*]+\*\*", row[0]) is not None
        and sum(CHINESE.search(name) is not None for name in row[:2]) == 1
        and row[2] != ""
    )


def mistagged(cells):
    """Say of cells by their looks which of them lack a tag, or have one that nobody knows."""
    found = []
    for number, cell in enumerate(cells):
        own = {*tags(cell)}
        unknown = {tag for tag in own - TAGS if not tag.startswith(SEED)}
        if unknown:
            found.append(f"cell {number} has tags that no tool knows: {unknown}")
        if ("opening" in own) != (number == 0):
            found.append(f"cell {number}: the first cell, and no other, is the opening")
        if cell.cell_type == "markdown":
            if len(own & {*FOLDED}) != ("<details>" in cell.source):
                found.append(
                    f"cell {number} has a fold and not one tag for it, or a tag and no fold: {FOLDED}"
                )
            if any(map(is_term, rows(cell.source))) != ("key-terms" in own):
                found.append(f"cell {number}: key-terms is the tag for a table of terms")
        elif bool(re.search(r"\.\.\.|\bcheck_\w+\(\w+\)$", cell.source)) != bool(
            own & {"exercise", "mastery"}
        ):
            found.append(f"cell {number}: what a learner fills in and a check answers has the tag exercise")
    return found


@every_edition
def test_cells_say_what_they_are(path):
    """Else an author forgets a tag, and a prediction counts no minutes or its answer stays in the learner's copy."""
    assert mistagged(read(path).cells) == []


def test_a_forgotten_tag_is_seen():
    """Else the test above passes whatever a cell holds."""
    text, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    fold = "What now?\n\n<details><summary>So</summary>\n\nThis.\n</details>"
    term = "| Begriff | 中文 | Satz |\n|---|---|---|\n| **loss** | 损失 | how wrong |"
    task = "def f(x):\n    ...\n\nfirst_look.check_f(f)"
    opening = text("# Title", metadata={"tags": ["opening"]})
    for make, source, tag in ((text, fold, "predict"), (text, term, "key-terms"), (code, task, "exercise")):
        right = make(source, metadata={"tags": [tag]})
        assert mistagged([opening, right]) == []
        for wrong in ([], ["optional"], [tag, "predcit"], [tag, "opening"]):
            assert len(mistagged([opening, make(source, metadata={"tags": wrong})])) == 1, wrong
    assert len(mistagged([text("# Title")])) == 1
    for tag in ("predict", "key-terms"):
        assert len(mistagged([opening, text("Text.", metadata={"tags": [tag]})])) == 1
    assert len(mistagged([opening, text(fold, metadata={"tags": ["predict", "recall"]})])) == 1


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in ALL_NOTEBOOKS}), ids=lambda path: path.name
)
def test_tags_and_words_agree(folder):
    """Else a reader sees a prediction, an experiment or a level where the tools see none, or the other way round."""
    cells = [cell for path in sorted(folder.glob("*.ipynb")) for cell in read(path).cells]
    prose = [cell for cell in cells if cell.cell_type == "markdown"]
    for tag in ("predict", "experiment", "recall"):
        (words,) = set.intersection(*({*LEAD.findall(open_text(cell))} for cell in tagged(prose, tag)))
        for cell in prose:
            assert LEAD.findall(open_text(cell)).count(words) == (tag in tags(cell)), (
                tag,
                words,
                cell.source,
            )
    summaries = {
        tag: {fold["summary"] for cell in tagged(prose, tag) for fold in FOLD.finditer(cell.source)}
        for tag in FOLDED
    }
    assert len(summaries["predict"]) == len(summaries["experiment"]) == 1
    assert summaries["answer"] == summaries["predict"] != summaries["experiment"]
    levels = [
        (
            re.search(r"^### [^:：\n]*?[(（](.+?)[)）]", before.source, re.MULTILINE),
            {*tags(cell)} & {"warm-up", "stretch"},
        )
        for before, cell in zip(cells, cells[1:], strict=False)
        if "exercise" in tags(cell)
    ]
    assert len({(words and words[1], *level) for words, level in levels}) == 3


def test_contributing_lists_the_tags():
    """Else an author does not know what to tag, or tags what no tool reads."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {tag for tag in {*TAGS, f"{SEED}NAME"} if f"`{tag}`" not in text} == set()


@every_edition
def test_opening(path):
    """Else somebody cannot tell from the top of a notebook what it is for, how long it takes and what comes before."""
    opening = texts(path)[0]
    title, question, table, *_ = opening.split("\n\n")
    assert re.fullmatch(rf"# {re.escape(section(path))} \S.*", title)
    assert re.fullmatch(rf"\*\*[^*]+{QUESTION}\*\*", question)
    assert len(rows(table)) == 3 and all(len(row) == 2 and row[1] for row in rows(table))
    # The same words in all of them: only the numbers differ, and what follows in brackets.
    first = texts(edition(path)[0])[0]
    labels, first_labels = ([row[0] for row in rows(text)] for text in (opening, first))
    times, first_times = (
        re.sub(r"\d+", "…", re.split(r" \(|（", rows(text)[0][1])[0]) for text in (opening, first)
    )
    assert labels == first_labels and times == first_times and times.count("…") == 4


@every_edition
def test_predictions_and_folded_answers(path):
    """Else a learner is asked and never answered, or an unclosed fold hides the rest of a cell."""
    for text in texts(path):
        marks = re.findall(r"</?(?:details|summary)>", text)
        assert "".join(marks) == "<details><summary></summary></details>" * (len(marks) // 4), text
        # Markdown inside a fold is only read as such after an empty line.
        assert not re.search(r"</summary>\n(?!\n)|(?<!\n)\n<details>(?!<summary>\d)", text), text
    predictions = tagged(read(path).cells, "predict")
    for cell in predictions:
        assert len(FOLD.findall(cell.source)) == 1, cell.source
        question, answer = prediction(cell)
        assert re.search(QUESTION, question) and answer.strip(), cell.source
        choices = re.findall(rf"^- {CHOICE}", question, re.MULTILINE)
        explained = re.findall(CHOICE, answer)
        assert set(choices) <= {*explained}, f"an answer does not mention every choice: {cell.source}"
    assert len(predictions) >= (1 if section(path) == START else 3)


def explorers():
    """Return the names of all explorers, also of those that helpers.widgets does not offer."""
    modules(helpers.studies)
    return sorted(explorer.__name__ for explorer in subclasses(Explorer))


def test_every_explorer_is_offered_and_used():
    """Else somebody built an explorer that no learner can import from where the others are, or ever meets."""
    assert set(explorers()) <= set(helpers.widgets.__all__)
    code = "\n".join(cell.source for path in NOTEBOOKS for cell in code_cells(path))
    assert [name for name in helpers.widgets.__all__ if f"{name}()" not in code] == []


@every_edition
def test_explorers_come_with_experiments(path):
    """Else a learner has sliders and no reason to move them."""
    names = "|".join(explorers())
    cells = read(path).cells
    shown = [
        index
        for index, cell in enumerate(cells)
        if cell.cell_type == "code" and re.search(rf"\b({names})\(", cell.source)
    ]
    assert shown or section(path) == START
    for index in shown:
        text = cells[index + 1].source
        assert "experiment" in tags(cells[index + 1]) and LEAD.match(text), text
        (fold,) = FOLD.finditer(text)
        for part in (text[: fold.start()], fold["content"]):
            assert re.findall(r"^(\d)\. ", part, re.MULTILINE) == ["1", "2", "3"], part
    assert len(tagged(cells, "experiment")) == len(shown)


@every_edition
def test_closing(path):
    """Else a notebook ends without recall, without its key terms, or without a way on."""
    (recall,) = tagged(text_cells(path)[-3:], "recall")
    before, _, rest = recall.source.partition("<details>")
    notebooks = edition(path)
    (first_recall,) = tagged(text_cells(notebooks[0]), "recall")
    headings = [re.findall(r"^## .+", text, re.MULTILINE) for text in (before, first_recall.source)]
    assert headings[0][-1] == headings[1][-1], "the closing begins with what can now be done"
    questions = [
        re.fullmatch(rf"(\d)\. [^<]*{QUESTION}", fold["summary"]) for fold in FOLD.finditer(recall.source)
    ]
    assert [question and question[1] for question in questions] == list("12345")
    assert all(fold["content"].strip() for fold in FOLD.finditer(recall.source))
    key_term_table(path)
    following = notebooks[notebooks.index(path) + 1 :]
    if following:
        rest += "\n\n".join(texts(path)[text_cells(path).index(recall) + 1 :])
        assert f"]({following[0].name})" in rest, "the link to the next notebook is missing"


@every_edition
def test_key_terms_have_their_names_in_the_other_language(path):
    """Else a reader of the Chinese notes cannot find a term again, or finds it under two names."""
    table, prose = key_term_table(path)
    bracketed, expected = " ({})", KEY_TERMS.get(section(path), {}).items()
    if path not in NOTEBOOKS:
        bracketed, expected = "（{}）", {(chinese, english) for english, chinese in expected}
    assert expected <= table.items()
    for term, other in table.items():
        # A noun may first appear in the plural.
        first = re.search(rf"\*\*{re.escape(term)}(?:e?s)?\*\*(.*)", prose, re.IGNORECASE)
        assert first, f"{term} is never bold in the text"
        assert first[1].startswith(bracketed.format(other)), (
            f"{term} is first bold without ({other}): {first[0]}"
        )


@every_edition
def test_exercises_and_solutions(path):
    """Else a notebook has too few exercises, one without a solution, or one whose solution lies open."""
    cells = code_cells(path)
    roles = [next((tag for tag in tags(cell) if tag in ("exercise", "solution")), None) for cell in cells]
    assert roles.count("exercise") == roles.count("solution") >= (1 if section(path) == START else 4)
    for cell, role, before in zip(cells, roles, [None, *roles], strict=False):
        assert (role == "solution") == (before == "exercise")
        assert (cell.metadata.get("jupyter", {}).get("source_hidden", False)) == (role == "solution")
        assert "..." in cell.source or role != "exercise"
    everything = read(path).cells
    places = [place for place, cell in enumerate(everything) if "exercise" in tags(cell)]
    headings = [
        re.search(r"^### (\w+)(?: (\d+))?\b", everything[place - 1].source, re.MULTILINE) for place in places
    ]
    assert len({heading[1] for heading in headings}) == 1
    assert [heading[2] for heading in headings] == (
        [None] if section(path) == START else [str(number) for number in range(1, len(places) + 1)]
    )
    assert "warm-up" in tags(everything[places[0]])
    assert section(path) == START or "stretch" in tags(everything[places[-1]])


@pytest.mark.parametrize(
    ("folder", "readme"), [("notebooks", "README.md"), ("notebooks/zh_CN", "README.zh-CN.md")]
)
@every_notebook
def test_readme_lists_it(path, folder, readme):
    """Else somebody who looks for a notebook in the README misses it, or finds another question or time there."""
    opening = dataclasses.asdict(read_opening(read(ROOT / folder / path.name)))
    row = ROW.format(name=f"{folder}/{path.name}", **opening)
    assert row in (ROOT / readme).read_text(encoding="utf-8").splitlines(), row


@every_edition
def test_saved_outputs(path):
    """Else a saved notebook shows errors or views that are dead, or changes whenever somebody saves it."""
    notebook = read(path)
    nbformat.validate(notebook)
    # Copies, because a notebook's parts forgive a change from one kind of dictionary to another.
    assert nbformat.writes(strip(copy.deepcopy(notebook))) == nbformat.writes(notebook), "run make outputs"
    assert path.read_text(encoding="utf-8").rstrip("\n") == nbformat.writes(notebook).rstrip("\n"), (
        "run make outputs"
    )
    assert "widgets" not in notebook.metadata
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        assert cell.source.strip() and len(cell.source.splitlines()) <= LONGEST_CELL, cell.source
        for output in cell.outputs:
            assert output.output_type != "error" and output.get("name") != "stderr", output
            data = output.get("data", {})
            assert WIDGET_VIEW not in data
            if output.output_type != "stream":
                assert data.get("text/plain", "").strip(), (
                    "an output without text says nothing to a screen reader"
                )
                assert not re.search(r" object at 0x|<Figure|Box\(", data["text/plain"]), data["text/plain"]


def bare(node):
    """Return a definition as text without docstrings and decorators, which may differ."""
    node = copy.deepcopy(node)
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef | ast.ClassDef):
            part.decorator_list = []
            if ast.get_docstring(part) is not None:
                part.body = part.body[1:]
    return ast.dump(node)


def defined(source):
    """Map the name of each function and class that a source defines to its bare text."""
    kinds = ast.FunctionDef | ast.ClassDef
    return {node.name: bare(node) for node in ast.parse(source).body if isinstance(node, kinds)}


@functools.cache
def defined_in_helpers():
    return [defined(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "helpers").rglob("*.py"))]


def strays(cell, files):
    """Name the definitions of a cell that stand in no module as they stand in the cell."""
    return [name for name, text in defined(cell).items() if all(module.get(name) != text for module in files)]


@every_notebook
def test_graduated_code_stands_in_helpers(path):
    """Else a learner reads code in a notebook that is not the code of the package."""
    files = defined_in_helpers()
    graduates = [cell.source for cell in code_cells(path) if "graduates" in tags(cell)]
    assert graduates or section(path) == START
    for cell in graduates:
        assert defined(cell), f"nothing graduates from {cell}"
        assert strays(cell, files) == []


def test_graduation_is_strict():
    """Else the comparison of notebook and package is blind to a difference that matters."""
    cell = "def double(x):\n    return 2 * x\n\nclass Box:\n    def open(self):\n        return 1"
    package = (
        "import functools\n\n@functools.cache\ndef double(x):\n    'Twice.'\n    return 2 * x\n\n"
        "class Box:\n    'A box.'\n\n    @property\n    def open(self):\n        'Open.'\n        return 1"
    )
    assert strays(cell, [{}, defined(package)]) == []
    assert strays(cell, [{}]) == ["double", "Box"]
    assert strays(cell, [defined(package.replace("2 * x", "x * 2"))]) == ["double"]
    assert strays(cell, [defined(package.replace("(self)", "(self, key=None)"))]) == ["Box"]
    assert strays(cell, [defined(package.replace("return 1", "return 2"))]) == ["Box"]
