"""A notebook as its reader meets it: the parts that count, how long they take, and what a cell shows of Python."""

import ast
import builtins
import dataclasses
import itertools
import math
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
TRANSLATED = sorted(FOLDER.glob("[a-z][a-z]_*/*.ipynb"))
ALL_NOTEBOOKS = NOTEBOOKS + TRANSLATED

# How fast a beginner goes on: words and lines of code a minute, minutes for each thing that is done by hand.
WORDS_A_MINUTE = 150
LINES_A_MINUTE = 10
PREDICTION = 1.5
EXPERIMENTS = 3
EXERCISE = 5
# Times are stated to five minutes, upwards: nobody reads to the minute.
STEP = 5

# What a cell is, its tags say; no word of it is read. These say what its folds hold, and each cell with a fold has one of
# them: what happens is asked before it is seen, sliders are moved, the notebook is recalled, a question is answered, a
# formula is derived.
FOLDED = ("predict", "experiment", "recall", "answer", "derivation")
TAGS = {*FOLDED, "opening", "key-terms", "mastery", "optional", "graduates", "conclusion", "measured"}
TAGS |= {"exercise", "warm-up", "stretch", "solution"}
SEED = "seed:"

FOLD = re.compile(
    r"<details><summary>(?P<summary>.*?)</summary>(?P<content>.*?)</details>(?P<gap>\n*)", re.DOTALL
)
# The words in bold with which a line begins.
LEAD = re.compile(r"^\*\*[^*\n]+\*\*", re.MULTILINE)
SPAN = re.compile(r"```(?:python)?\n(.*?)```|`([^`\n]+)`", re.DOTALL)


@dataclasses.dataclass(frozen=True)
class Opening:
    """What the first cell of a notebook says: its title, its question, and its times in minutes."""

    title: str
    question: str
    core: int
    everything: int
    exercises: int
    in_class: int


def tags(cell):
    return cell.metadata.get("tags", [])


def tagged(cells, tag):
    """Return the cells that have a tag."""
    return [cell for cell in cells if tag in tags(cell)]


def is_optional(cell):
    return "optional" in tags(cell)


def open_text(cell):
    """Return what a Markdown cell says without its folded answers."""
    return FOLD.sub("\n\n", cell.source)


def prediction(cell):
    """Return the question and the answer of a cell tagged predict: what its words in bold begin, and what its fold holds."""
    fold = FOLD.search(cell.source)
    return cell.source[LEAD.search(cell.source).end() : fold.start()], fold["content"]


def rows(text):
    """Return the cells of each row of the tables of a text, without their headers."""
    lines = [line.strip().strip("|") for line in text.splitlines() if line.startswith("|")]
    ruled = [re.fullmatch(r"[-:| ]*-[-:| ]*", line) is not None for line in lines] + [False]
    return [
        [cell.strip() for cell in line.split("|")]
        for line, rule, header in zip(lines, ruled, ruled[1:], strict=False)
        if not rule and not header
    ]


def read_opening(notebook):
    title, question, table, *_ = notebook.cells[0].source.split("\n\n")
    # The first row says how many minutes, in the order of the fields.
    minutes = re.findall(r"\d+", rows(table)[0][1])[:4]
    return Opening(title[2:], question.strip("*"), *map(int, minutes))


def minutes(cell):
    """Estimate how long a beginner takes over a cell, exercises aside."""
    if cell.cell_type == "markdown":
        return (
            len(cell.source.split()) / WORDS_A_MINUTE
            + PREDICTION * ("predict" in tags(cell))
            + EXPERIMENTS * ("experiment" in tags(cell))
        )
    if {"exercise", "solution"} & {*tags(cell)}:
        return 0
    return sum(bool(line.strip()) for line in cell.source.splitlines()) / LINES_A_MINUTE


def reading_times(notebook):
    """Return the minutes for the core, with everything, and with the exercises, each rounded up to five."""
    cells = notebook.cells
    exercises = len(tagged(cells, "exercise"))
    core = sum(minutes(cell) for cell in cells if not is_optional(cell))
    everything = sum(map(minutes, cells))
    return tuple(
        STEP * math.ceil(time / STEP) for time in (core, everything, everything + EXERCISE * exercises)
    )


def optional_parts(notebook):
    """Return each run of cells that are tagged optional."""
    return [list(run) for optional, run in itertools.groupby(notebook.cells, is_optional) if optional]


# What 2.0 asks a reader to know: numbers, lists, functions, `if` and `for`.
KNOWN = {"len()", "range()", "print()", "+", "-", "*", "/", "<", ">", "==", "[]"}
SYNTAX = {
    ast.Lambda: "lambda",
    ast.IfExp: "… if … else …",
    ast.Starred: "*unpacking",
    ast.While: "while",
    ast.Try: "try",
    ast.Raise: "raise",
    ast.With: "with",
    ast.ClassDef: "class",
    ast.AugAssign: "x += …",
    ast.Dict: "{key: value}",
    ast.Set: "{a, b}",
    ast.Tuple: "(a, b)",
    ast.JoinedStr: "f-string",
    ast.ListComp: "[… for … in …]",
    ast.GeneratorExp: "(… for … in …)",
    ast.DictComp: "{…: … for … in …}",
    ast.Assert: "assert",
    ast.Yield: "yield",
    ast.Slice: "[a:b]",
    ast.NamedExpr: ":=",
    ast.MatMult: "@",
    ast.Pow: "**",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.Invert: "~",
    ast.LtE: "<=",
    ast.GtE: ">=",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.And: "and",
    ast.Or: "or",
    ast.Not: "not",
    ast.Break: "break",
    ast.Continue: "continue",
}


def used(tree):
    """Name what a piece of code asks its reader to know: syntax, functions, methods, arguments by name."""
    found = set()
    for node in ast.walk(tree):
        if type(node) in SYNTAX:
            found.add(SYNTAX[type(node)])
        if isinstance(node, ast.Attribute):
            module = isinstance(node.value, ast.Name) and node.value.id == "np"
            found.add(f"np.{node.attr}" if module else f".{node.attr}")
        elif isinstance(node, ast.Call):
            found |= {f"{keyword.arg}=" for keyword in node.keywords if keyword.arg}
            if isinstance(node.func, ast.Name) and hasattr(builtins, node.func.id):
                found.add(f"{node.func.id}()")
        elif isinstance(node, ast.Slice) and node.step is not None:
            found.add("[a:b:c]")
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
            found.add("[a, b]")
        elif isinstance(node, ast.Constant) and node.value is None:
            found.add("None")
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            found.add("a, b = …")
    return found - KNOWN


def parsed(text):
    try:
        return ast.parse(text.strip())
    except SyntaxError:
        return ast.parse("")


def shown(cell):
    """Name what a cell shows: in its code, or in the code that its open text sets."""
    if cell.cell_type == "code":
        return used(ast.parse(cell.source))
    spans = [block or span for block, span in SPAN.findall(open_text(cell))]
    found = set().union(*(used(parsed(span)) for span in spans)) if spans else set()
    # `.reshape`, `np.zeros` and `argmin()` are shown by their names alone, and so is a sign.
    for span in spans:
        name = span.strip().removesuffix("()")
        if re.fullmatch(r"\.\w+|np\.\w+", name) or name in {*SYNTAX.values()}:
            found.add(name)
        elif re.fullmatch(r"\w+", name) and hasattr(builtins, name):
            found.add(f"{name}()")
    return found
