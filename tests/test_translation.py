"""The Chinese edition says what the English one says: the same claims, numbers, formulas and code, under one name each."""

import ast
import collections
import decimal
import functools
import gettext
import io
import itertools
import pathlib
import re
import tokenize
import typing
import urllib.parse

import nbformat
import pytest
import translated
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


def unmarked(pairs):
    """Name the translated cells that do not say what they translate, though they are not the English ones to the letter."""
    return [
        there.id
        for here, there in pairs
        if "english" not in there.metadata and (here.cell_type != "code" or here.source != there.source)
    ]


@every_notebook
def test_each_cell_translates_the_present_english_cell(path):
    """Else somebody mends the English text, and the Chinese one goes on saying what was wrong: make words names it, too."""
    assert translated.out_of_date(path) == []
    assert unmarked(both(path)) == []


def test_a_cell_without_a_mark_is_seen():
    """Else a changed cell passes as code that both languages share; tests/test_translated.py changes those with a mark."""
    text, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    cells = [text("A", id="a"), code("x = 1", id="b"), code("x = 1", id="c"), code("# b", id="d")]
    others = [text("A", id="a"), code("x = 1", id="b"), code("x = 2", id="c"), code("# 乙", id="d")]
    others[3].metadata["english"] = translated.version("# b")
    assert unmarked(zip(cells, others, strict=True)) == ["a", "c"]


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


def test_a_text_whose_english_changed_is_not_spoken(tmp_path, monkeypatch):
    """Else people who chose Chinese hear what the English no longer says, until somebody looks at it."""
    module, kept, before, after = (
        "helpers.kit",
        "A hill.",
        "The ball rolls up the hill.",
        "The ball rolls down the hill.",
    )
    catalogue, changed = words.Catalog(), words.Catalog()
    for text, chinese in ((kept, "一座山。"), (before, "球滚上山。")):
        catalogue.add(text, chinese, context=module)
    for text in (kept, after):
        changed.add(text, context=module)
    path = tmp_path / "helpers.po"
    path.write_bytes(words.write(catalogue)[0])
    monkeypatch.setattr(words, "ROOT", tmp_path)
    monkeypatch.setattr(words, "texts", lambda: changed)
    words.update(path)
    assert words.read(path).get(after, module).string == "球滚上山。"
    with path.with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert [spoken.pgettext(module, text) for text in (kept, after)] == ["一座山。", after]


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


# What is run, and what it says


def bare(here, there):
    """Return two pieces of code as text, without comments, and without those of their texts that the second has in Chinese."""
    trees = [ast.parse(re.sub(r"(?m)^%.*$", "pass", code)) for code in (here, there)]
    for tree in trees:
        formats = {node.format_spec for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and node not in formats:
                node.values = [value for value in node.values if isinstance(value, ast.FormattedValue)]
    for one, other in zip(*map(ast.walk, trees), strict=False):
        if re.search(WIDE, str(getattr(other, "value", ""))) and isinstance(one, ast.Constant):
            one.value = other.value = ""
    return [ast.dump(tree) for tree in trees]


@every_notebook
def test_both_editions_run_the_same_code(path):
    """Else a learner of one language runs another program than the text around it describes."""
    compared = (
        (there.id, *bare(here.source, there.source)) for here, there in both(path) if here.cell_type == "code"
    )
    assert [name for name, one, other in compared if one != other] == []


@pytest.mark.parametrize(
    ("here", "there", "same"),
    [
        ('print(f"{x:.2f} steps")  # so', 'print(f"{x:.2f} 步")  # 这样', True),
        ('show(x, "loss", kind="loss")', 'show(x, "损失", kind="loss")', True),
        ('def f():\n    "Twice."\n    return 2', 'def f():\n    "两倍。"\n    return 2', True),
        ('print(f"{x:.2f} steps")', 'print(f"{x:.1f} 步")', False),
        ('print(f"{x} of {y}")', 'print(f"{y} 个里的 {x} 个")', False),
        ('Dense(10, "relu")', 'Dense(10, "tanh")', False),
        ("seed = 0", "seed = 1", False),
        ('{"loss": 1}', '{"损失": 2}', False),
    ],
)
def test_other_code_is_seen(here, there, same):
    """Else the test above is blind to a difference that matters, or refuses a translated label."""
    one, other = bare(here, there)
    assert (one == other) is same


def said(cell):
    """Return all that a cell says, its pictures aside: printed lines, tables, and the sentences that stand for pictures."""
    texts = []
    for output in cell.get("outputs", []):
        texts += [text for kind, text in output.get("data", {}).items() if kind != PICTURE]
        texts += [output.get("text", ""), str(output.get("metadata", {}).get(PICTURE, ""))]
    return "\n".join(texts)


@every_notebook
def test_both_editions_compute_the_same_numbers(path):
    """Else the text beside a picture or a printed line names a number that a learner of this language does not see."""
    compared = ((there, numbers(said(here)), numbers(said(there))) for here, there in both(path))
    assert [
        (cell.id, one, other)
        for cell, one, other in compared
        if one != other and "measured" not in tags(cell)
    ] == []


# How Chinese is written


def prose(text):
    """Return a Chinese text with a letter in place of code, formulas, shapes, and what else stands in narrow brackets by right."""
    text = re.sub(r"`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", "C", without_fences(text), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "", re.sub(r"\]\([^)]*\)", "]", text))
    # A formula, a shape with a number, or nothing in Chinese.
    inside = rf"[^()]* [-−+×·/] [^()]*|(?=[^()]*\d)[^()，。]*, [^()，。]*|(?:(?!{CJK})[^()])*"
    for _ in range(3):
        text = re.sub(rf"\((?:{inside})\)", "C", text)
        text = re.sub(rf"\[(?:(?!{CJK})[^\[\]])*\]", "C", text)
    return text


def plain(text):
    """Return prose without its marks: bold that ends in punctuation must be followed by a space, which nobody sees as one."""
    text = re.sub(r"([。：？！）”])\*\* ", r"\1", prose(text))
    text = re.sub(r"\*\*(\S(?:.*?\S)?)\*\*", r"\1", text)
    return re.sub(r"(?<![ *])\*(?=\w)|(?<=\w)\*(?! )|[\[\]]", "", text)


STYLE = {
    "no space between Chinese and Latin": rf"{CJK}[A-Za-z0-9]|[A-Za-z0-9%]{CJK}",
    "punctuation of English": rf"{CJK} ?[,;:?!()]|[,;:?!()] ?{CJK}|{CJK}\.(?!\w)|\"{CJK}|{CJK}\"",
    "space beside punctuation": r"[^\S\n][，。：；？！）”、]|[，。：；？！（“、][^\S\n](?=[^\s|])",
    "space before a percent sign": r"\d %",
}
# Markdown takes no stars for the end of bold between punctuation and a letter, nor for its beginning the other way round.
CLOSED = re.compile(r"[。，：；？！）”]\*\*(?=[^\s*|<，。：；？！）、])")
OPENED = re.compile(r"(?<=[^\s*|（“])\*\*(?=[“（《])")


def style(text):
    """Say where a Chinese text breaks a rule: wide punctuation, one space beside Latin letters and numbers, and none else."""
    found = [
        (name, plain(text)[max(0, match.start() - 8) : match.end() + 8])
        for name, rule in STYLE.items()
        for match in re.finditer(rule, plain(text))
    ]
    for opens, pattern in ((True, OPENED), (False, CLOSED)):
        for match in pattern.finditer(prose(text)):
            if prose(text)[: match.end() - 2].count("**") % 2 == (not opens):
                found.append(("bold stays stars", prose(text)[max(0, match.start() - 8) : match.end() + 8]))
    return found


def code_texts(code):
    """Return what people read in a piece of code: its comments and its texts."""
    code = re.sub(r"(?m)^%.*$", "pass", code)
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    constants = (node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant))
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return comments + [text for text in constants if isinstance(text, str)]


@functools.cache
def chinese_texts(source):
    """Return what a translated notebook or a catalogue says, and where."""
    texts = [(pair.where, pair.chinese) for pair in pairs(source)]
    if source in TRANSLATED:
        texts += [
            (cell.id, text)
            for cell in cells(source)
            if cell.cell_type == "code"
            for text in code_texts(cell.source)
        ]
    return texts


@every_source
def test_chinese_is_written_by_one_rule(source):
    """Else a page looks careless: commas of two widths, spaces here and not there, or stars where bold was meant."""
    assert [(where, *fault) for where, text in chinese_texts(source) for fault in style(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "用60 步",
        "用 `x`算",
        "取 $x$的值",
        "占 98%的数字",
        "好, 再来",
        "好(也许)",
        "好.",
        "是什么?",
        "对 ，再来",
        "对， 再来",
        "**对。** 再 来 ：好",
        "98 %",
        "**对。**再来",
        "叫作**“对”**",
    ],
)
def test_careless_chinese_is_seen(text):
    """Else the test above passes whatever is written."""
    assert style(text) or style(text + "。")


def test_good_chinese_is_no_fault():
    """Else authors write worse to please the test."""
    good = (
        "用 60 步，占 98%：形状 (2, 3)，值 `x` 是 $x$。",
        "**选读：怎么做。** 文字。**对**（yes）。",
        "等于 (1 − 学习率) / 2，写成 `a`、[:, b] 或 f(…)。",
        "> **“好”** 和 *好*：[看这里](a.ipynb#甲，乙)<br>\n> 1 + … = 10",
    )
    assert [fault for text in good for fault in style(text)] == []


# What Chinese texts quote: names of menus, of Python and of surfaces, titles, and errors that a learner reads in English.
QUOTED = {
    "Deep Learning with Python",
    "The marginal value of adaptive gradient methods in machine learning",
    "Restart Kernel and Run All Cells",
    "Clear Outputs of All Cells",
    "Run All Cells",
    "Error displaying widget",
    "is not defined",
    "operands could not be broadcast together with shapes",
    "unsupported operand type",
    "float' and 'NoneType'",
    "return rank, entries",
    "shallow double well",
    "neuron with loss",
    "exponential moving average",
    "batch stochastic gradient descent",
    "rank of a matrix",
    "False False False",
}
NAMES = {"image", "None", "range", "start", "stop", "step"}


def everything_said(source):
    """Return the texts of a notebook with its outputs, or those of a catalogue, and where each stands."""
    outputs = [(f"{cell.id}, output", said(cell)) for cell in cells(source)] if source in TRANSLATED else []
    return chinese_texts(source) + outputs


def left_in_english(text):
    """Return what a Chinese text says in three English words or more, but for what it quotes."""
    for quoted in sorted(QUOTED, key=len, reverse=True):
        text = text.replace(quoted, "，")
    return re.findall(r"(?:\b[A-Za-z']{2,},? ){2,}[A-Za-z']{2,}", prose(text))


@every_source
def test_no_english_is_left(source):
    """Else half a sentence, an output or a label stays English."""
    texts = everything_said(source)
    assert [(where, words) for where, text in texts for words in left_in_english(text)] == []


@pytest.mark.parametrize("path", words.CATALOGUES, ids=lambda path: path.parts[-3])
def test_each_translation_is_chinese(path):
    """Else a text counts as translated that nobody has translated."""
    latin = {
        where: {*re.findall(r"\b[A-Za-z]{2,}", re.sub(r"\{[^}]*\}", "", text))}
        for where, text in chinese_texts(path)
        if not re.search(CJK, text)
    }
    assert {where: words for where, words in latin.items() if not words <= NAMES} == {}


def test_what_is_quoted_is_said():
    """Else the list above goes on allowing what nobody says any more."""
    everything = "\n".join(text for source in SOURCES for _, text in everything_said(source))
    assert {words for words in QUOTED if words not in everything} == set()
    assert left_in_english("先看看 the loss of all weights，再说。") == ["the loss of all weights"]


# One word for one term

# What has one name beside the key terms of the notebooks, and key terms that need more than their rows: regular expressions.
TERMS = {
    "4D tensor": "4D 张量",
    "adaptive": "自适应",
    "affine map": "仿射映射",
    "argument": "参数|自变量",
    "array": "数组",
    "automatic differentiation": "自动微分",
    "axis": "轴",
    "(?<!heavy )ball": "小球",
    "bias(?! correction)|biases": "偏置",
    "bowl": "碗",
    "button": "按钮",
    "cell": "单元格",
    "channel": "通道",
    "(?<!in )class": "类",
    "column": "列",
    "computation graph": "计算图",
    "converge": "收敛",
    "curvature": "曲率",
    "dashed": "虚线",
    "derivative": "导",
    "dimension": "维",
    "epoch": "轮次",
    "explorer": "交互演示",
    "forward-mode differentiation": "前向微分",
    "friction": "摩擦",
    "Hessian": "黑塞矩阵",
    "hidden layer": "隐藏层",
    "hint": "提示",
    "hyperplane": "超平面",
    "kernel": "核",
    "kink": "折点",
    "label": "标签|标注",
    "loop": "循环",
    "matrix|matrices": "矩阵|方阵",
    "mini-batch": "小批量",
    "model": "模型",
    "network": "网络",
    "node": "节点",
    "noise": "噪声",
    "outer product": "外积",
    "overflow": "溢出",
    "package": "(?<!程序)包",
    "path": "路径",
    "phase diagram": "相图",
    "pixel": "像素",
    "prediction": "预测",
    "preset": "预设",
    "probability|probabilities": "概率",
    "rank": "阶|秩|名次",
    "rounding": "舍入",
    "saddle": "鞍点",
    "seed": "种子",
    "shape(?! of a V)": "形状",
    "shuffle": "打乱",
    "slider": "滑块",
    "slope": "斜率|坡",
    "steep": "陡",
    "stochastic": "随机",
    "surface": "曲面",
    "target": "目标值",
    "training step": "训练步",
    "tuple": "元组",
    "validation set": "验证集",
    "valley": "谷",
    "vote": "投票",
    "warm-up": "热身",
    "(?<!less )weight(?! of the ink)": "权重",
}
# Key terms that are everyday words, too: to take a step, a limit to what is allowed, a mean trick.
EVERYDAY = {"fit", "learning", "limit", "mean", "spread", "step", "unit"}
EVERYDAY |= {"bias", "class", "derivative", "kernel", "label", "matrix", "shape", "slope", "weights"}


# Where a sentence around it has the term already.
SAID_AROUND = {"helpers.studies.batches.plots: batches of {size} lie about {spread:.1f} from the full gradi"}


@functools.cache
def terms():
    """Return regular expressions for the terms of the course in English, each with one for its Chinese name."""
    known = {}
    for path in TRANSLATED:
        (cell,) = tagged(cells(path), "key-terms")
        known |= {term: name.strip("*") for name, term, _ in rows(cell.source) if term not in EVERYDAY}
    return {
        re.compile(rf"(?<![\w.-])(?:{term})(?:e?s)?(?![\w-])", re.IGNORECASE): re.compile(name)
        for term, name in (known | TERMS).items()
    }


def under_another_name(pair):
    """Return the terms of the English text that the Chinese one does not call by their name, nor quotes from code."""
    text = prose(pair.english)
    return [
        (pair.where, found[0], name.pattern)
        for term, name in terms().items()
        if (found := term.search(text)) and not name.search(pair.chinese) and not term.search(pair.chinese)
    ]


@every_source
def test_a_term_has_one_name_everywhere(source):
    """Else a reader takes one thing for two, and looks in vain for what an exercise or a picture names."""
    found = [line for pair in pairs(source) for line in under_another_name(pair)]
    assert [line for line in found if line[0] not in SAID_AROUND] == []


def sentences(pair):
    """Return the sentences of a text in both languages, line by line, where both have as many."""
    for lines in zip(*(text.splitlines() for text in pair[1:]), strict=False):
        here, there = (
            re.split(end, line)
            for end, line in zip((r"(?<=[.!?]) ", r"(?<=[。！？])(?=.)"), lines, strict=True)
        )
        if len(here) == len(there):
            yield from zip(here, (sentence.strip() for sentence in there), strict=True)


def differently_said(pairs):
    """Return the English sentences that are said in more than one way in Chinese."""
    said = {}
    for pair in pairs:
        for here, there in sentences(pair):
            if len(here.split()) > 2 and re.search(CJK, there):
                said.setdefault(here, set()).add(there)
    return {here: ways for here, ways in said.items() if len(ways) > 1}


def test_a_standing_sentence_is_said_in_one_way():
    """Else what opens the exercises of every notebook, or an experiment, reads as if something else were meant this time."""
    assert differently_said(pair for path in TRANSLATED for pair in pairs(path)) == {}
    two = [Pair("", "Run it now. Look at it.", "运行它。看看。"), Pair("", "Look at it.", "瞧一瞧。")]
    assert differently_said(two) == {"Look at it.": {"看看。", "瞧一瞧。"}}


def test_another_name_is_seen():
    """Else the test above passes whatever a translator calls things."""
    assert len(terms()) > 130
    assert under_another_name(Pair("", "The learning rates of a layer", "各层的学习率")) == []
    assert under_another_name(Pair("", "reshape keeps the buffer", "reshape 保持缓冲区")) == []
    assert len(under_another_name(Pair("", "Two learning rates and a tuple", "两个学习速度和一个元祖"))) == 2
