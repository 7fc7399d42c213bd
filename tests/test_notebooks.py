"""The rules that all notebooks keep: their parts, their words, their saved outputs, and code that graduates to helpers."""

import ast
import copy
import dataclasses
import functools
import itertools
import pathlib
import re

import nbformat
import pytest
from modules import modules
from publish import ROW
from reader import TIMES, read_opening
from save_outputs import WIDGET_VIEW, strip

import helpers.studies
import helpers.widgets
from helpers.kit.explorer import Explorer

ROOT = pathlib.Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
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

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def section(path):
    return path.stem.partition("-")[0]


def tags(cell):
    return cell.metadata.get("tags", [])


def texts(path):
    return [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def key_term_table(path):
    """Return the rows of the table of key terms, English: Chinese, and the prose before it."""
    prose = "\n\n".join(texts(path))
    before, header, table = prose.partition("| Key term | 中文 | In one sentence |\n|---|---|---|\n")
    assert header, "the table of key terms is missing"
    rows = itertools.takewhile(lambda line: line.startswith("|"), table.splitlines())
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert cells
    for row in cells:
        assert (
            len(row) == 3
            and re.fullmatch(r"\*\*[^*]+\*\*", row[0])
            and re.search(r"[\u4e00-\u9fff]", row[1])
            and row[2]
        ), row
    return {english.strip("*"): chinese for english, chinese, _ in cells}, before


@every_notebook
def test_opening(path):
    """Else somebody cannot tell from the top of a notebook what it is for, how long it takes and what comes before."""
    title, question, table, *_ = texts(path)[0].split("\n\n")
    assert re.fullmatch(rf"# {re.escape(section(path))} \S.*", title)
    assert re.fullmatch(r"\*\*[^*]+\?\*\*", question)
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    assert [row[0] for row in rows[2:]] == ["Time", "Afterwards you can", "Builds on"]
    assert all(len(row) == 2 and row[1] for row in rows[2:])
    assert TIMES.match(rows[2][1])


@every_notebook
def test_predictions_and_folded_answers(path):
    """Else a learner is asked and never answered, or an unclosed fold hides the rest of a cell."""
    predictions = 0
    for text in texts(path):
        marks = re.findall(r"</?(?:details|summary)>", text)
        assert "".join(marks) == "<details><summary></summary></details>" * (len(marks) // 4), text
        # Markdown inside a fold is only read as such after an empty line.
        assert not re.search(r"</summary>\n(?!\n)|(?<!\n)\n<details>(?!<summary>\d)", text), text
        parts = re.split(r"^\*\*Predict\.\*\*", text, flags=re.MULTILINE)[1:]
        for part in parts:
            question, fold, answer = part.partition("<details><summary>Answer</summary>")
            assert "?" in question and fold and answer.partition("</details>")[0].strip(), part
            choices = re.findall(r"^- \((\w)\)", question, re.MULTILINE)
            explained = re.findall(r"\((\w)\)", answer.partition("</details>")[0])
            assert set(choices) <= {*explained} or not choices, (
                f"an answer does not mention every choice: {part}"
            )
        predictions += len(parts)
    assert predictions >= (1 if section(path) == START else 3)


def explorers():
    """Return the names of all explorers, also of those that helpers.widgets does not offer."""
    modules(helpers.studies)
    return sorted(explorer.__name__ for explorer in Explorer.__subclasses__())


def test_every_explorer_is_offered_and_used():
    """Else somebody built an explorer that no learner can import from where the others are, or ever meets."""
    assert set(explorers()) <= set(helpers.widgets.__all__)
    code = "\n".join(cell.source for path in NOTEBOOKS for cell in code_cells(path))
    assert [name for name in helpers.widgets.__all__ if f"{name}()" not in code] == []


@every_notebook
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
        assert text.startswith("**Try this.**"), text
        before, fold, answer = text.partition(
            "<details><summary>What you should have seen, and why</summary>"
        )
        assert fold
        for part in (before, answer):
            assert re.findall(r"^(\d)\. ", part, re.MULTILINE) == ["1", "2", "3"], part


@every_notebook
def test_closing(path):
    """Else a notebook ends without recall, without its key terms, or without a way on."""
    closing = texts(path)[-1] if "**Recall**" in texts(path)[-1] else "\n\n".join(texts(path)[-3:])
    what, recall, rest = closing.partition("**Recall**")
    assert recall and "## What you can now do" in what
    questions = re.findall(r"<details><summary>(\d)\. ([^<]*)</summary>(.*?)</details>", rest, re.DOTALL)
    assert [number for number, _, _ in questions] == list("12345")
    assert all(question.endswith("?") and answer.strip() for _, question, answer in questions)
    key_term_table(path)
    following = NOTEBOOKS[NOTEBOOKS.index(path) + 1 :]
    if following:
        assert f"]({following[0].name})" in rest, "the link to the next notebook is missing"


@every_notebook
def test_key_terms_have_their_chinese_names(path):
    """Else a reader of the Chinese notes cannot find a term again, or finds it under two names."""
    table, prose = key_term_table(path)
    assert KEY_TERMS.get(section(path), {}).items() <= table.items()
    for english, chinese in table.items():
        # A noun may first appear in the plural.
        first = re.search(
            rf"\*\*{re.escape(english)}(?:e?s)?\*\*(.{{0,20}})", prose, re.IGNORECASE | re.DOTALL
        )
        assert first, f"{english} is never bold in the text"
        assert first[1].startswith(f" ({chinese})"), (
            f"{english} is first bold without ({chinese}): {first[0]!r}"
        )


@every_notebook
def test_exercises_and_solutions(path):
    """Else a notebook has too few exercises, one without a solution, or one whose solution lies open."""
    cells = code_cells(path)
    roles = [next((tag for tag in tags(cell) if tag in ("exercise", "solution")), None) for cell in cells]
    assert roles.count("exercise") == roles.count("solution") >= (1 if section(path) == START else 4)
    for cell, role, before in zip(cells, roles, [None, *roles], strict=False):
        assert (role == "solution") == (before == "exercise")
        assert (cell.metadata.get("jupyter", {}).get("source_hidden", False)) == (role == "solution")
        assert "..." in cell.source or role != "exercise"
    headings = re.findall(r"^### (?:Exercise|Practice).*", "\n".join(texts(path)), re.MULTILINE)
    assert len(headings) == roles.count("exercise") and "warm-up" in headings[0]
    assert section(path) == START or "stretch" in headings[-1]


@every_notebook
def test_readme_lists_it(path):
    """Else somebody who looks for a notebook in the README misses it, or finds another question or time there."""
    opening = dataclasses.asdict(read_opening(read(path)))
    row = ROW.format(name=f"notebooks/{path.name}", **opening)
    assert row in (ROOT / "README.md").read_text(encoding="utf-8").splitlines(), row


@every_notebook
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
