"""What a learner's own code says: the line that an error stopped at, rules that it breaks, slips that stand in it."""

import ast
import contextlib
import inspect
import linecache
import re
import sys
import textwrap
import time
import types
from collections.abc import Callable
from typing import NamedTuple

from helpers.language import Words

_ = Words(__name__)

# Of an attempt at all cases together; the slowest solution takes a small part of it.
SECONDS = 10
LONGEST_LINE = 90

ENDS_WHEN = _("What in the loop makes its condition `{condition}` false?")
ENDS_NEVER = _("Only break or return ends `while True`: does your code ever get there?")
ENDS_SOMEHOW = _("What should bring it to an end?")

POWER = _("In `{code}` stands ^, which works on bits. Python's power is **.")
RETURN_IN_LOOP = _(
    "The `{code}` stands inside a loop, so the function ends in the loop's first round. Moved to the left, below the loop, it waits for all rounds."
)
THROWN_AWAY = _("The line `{code}` computes something new, which gets no name and is thrown away.")
COMPARED_ONLY = _(
    "The line `{code}` compares and throws the answer away: == asks, a single = gives a value to a name."
)
SAME_LIST = _(
    "`{code}` takes one and the same list several times: what is written into one of them stands in all."
)
NOT_CALLED = _(
    "In `{code}`, `.{name}` has no brackets behind it: that is the function itself, and not what it computes."
)
PLUS_BEHIND = _("In `{code}`, =+ only gives the name a new value; += is what adds to the old one.")
SET_BACK = _("`{code}` stands inside the loop, so `{name}` begins anew in each round.")
OVERWRITTEN = _("`{code}` gives `{name}` a new value in each round of the loop: what it held before is lost.")
ONLY_A_NAME = _(
    "`{code}` changes what the name `{name}` stands for, and not the array or list that the loop goes through."
)
PRODUCT_OF_0 = _("`{name}` begins at 0, and 0 times anything is 0.")
HALF_A_SUM = _(
    "In `{code}`, / comes before + and -, so only `{half}` is divided. Brackets make it the whole sum."
)
DIVIDED_AND_MULTIPLIED = _(
    "In `{code}`, only `{below}` is below the line of the fraction: what follows multiplies. Brackets put both below it."
)
ALWAYS_TRUE = _("In `{code}`, `{part}` alone counts as true. Each side of or needs a comparison of its own.")


class OutOfTime(BaseException):
    """An attempt took longer than a check waits; no Exception, so that no `except Exception` of the learner's holds it up."""


@contextlib.contextmanager
def patience(function, until):
    """Raise OutOfTime in a function's own code when the clock has passed `until`.

    A trace function sees each line of the notebook's own code, and nothing of NumPy's or the course's, which stay as fast
    as they are. It needs neither threads nor signals, which a browser's Python does not have.
    """
    own = own_globals(function)
    # A debugger has that place already, and whoever uses it may take all the time.
    if own is None or sys.gettrace() is not None:
        yield
        return

    def watch(frame, event, argument):
        if frame.f_globals is not own:
            return None
        if time.monotonic() > until:
            raise OutOfTime
        return watch

    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(None)


def own_globals(function):
    return getattr(inspect.unwrap(function), "__globals__", None)


def inputs_of(function):
    """List the names of a function's inputs; none if it does not tell."""
    try:
        return list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []


class Line(NamedTuple):
    """A line of a file or a notebook's cell: where it stands, and its text, empty where that is not to be had."""

    file: str = ""
    number: int = 0

    @property
    def text(self):
        return linecache.getline(self.file, self.number).strip()

    def __str__(self):
        return shorten(self.text, LONGEST_LINE)


NOWHERE = Line()


def failing_line(function, error):
    """Return the last line of a function's own cell (else of its notebook) that an error came through."""
    own = own_globals(function)
    code = getattr(inspect.unwrap(function), "__code__", None)
    lines, cell = [], []
    trace = error.__traceback__
    while trace is not None:
        if own is not None and trace.tb_frame.f_globals is own:
            line = Line(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
            lines.append(line)
            if code is not None and line.file == code.co_filename:
                cell.append(line)
        trace = trace.tb_next
    # Python stops a recursion before the first line of the function.
    found = [line for line in cell or lines if line.text and not line.text.startswith("def ")]
    if isinstance(error, KeyboardInterrupt | OutOfTime):
        # Not in a function that the loop calls, but in the loop.
        found = [line for line in found if loop_around(line)] or found
    return found[-1] if found else NOWHERE


def loop_around(line):
    """Return the innermost `while` around a line, as a node of its cell's syntax tree, or None."""
    with contextlib.suppress(SyntaxError, ValueError):
        around = [
            node
            for node in loops(ast.parse("".join(linecache.getlines(line.file))), ast.While)
            if node.lineno <= line.number <= node.end_lineno
        ]
        return max(around, key=lambda node: node.lineno, default=None)


def what_ends(line):
    """Ask what should end the loop around a line."""
    loop = loop_around(line)
    if loop is None:
        return ENDS_SOMEHOW
    return ENDS_NEVER if isinstance(loop.test, ast.Constant) else ENDS_WHEN.format(condition=brief(loop.test))


class Rule(NamedTuple):
    """A rule that an exercise states, and the hint for who gets the right values without it.

    Parameters
    ----------
    broken : str or callable
        A regular expression for what must not stand in the code, of which comments and texts in quotes are left out; or a
        function of the code's syntax tree that says whether the rule is broken.
    hint : str
    """

    broken: str | Callable
    hint: str

    def is_broken(self, tree):
        if tree is None:
            return False
        if callable(self.broken):
            return bool(self.broken(tree))
        return re.search(self.broken, ast.unparse(WithoutTexts().visit(tree))) is not None


class WithoutTexts(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.Constant("") if isinstance(node.value, str) else node


def tree_of(function):
    """Parse the source of a function, and of the functions of its own cell that it calls; None where it is not to be had."""
    try:
        sources = [inspect.getsource(own) for own in own_functions(inspect.unwrap(function))]
        return ast.parse("\n".join(textwrap.dedent(source) for source in sources))
    except (OSError, TypeError, SyntaxError, ValueError):
        return None


def own_functions(function):
    """List a function and those of its own file that it names, each once."""
    found, waiting = [], [function]
    while waiting:
        function = waiting.pop()
        if function in found:
            continue
        found.append(function)
        if not isinstance(function, types.FunctionType):
            continue
        for name in function.__code__.co_names:
            named = function.__globals__.get(name)
            if (
                isinstance(named, types.FunctionType)
                and named.__code__.co_filename == function.__code__.co_filename
            ):
                waiting.append(named)
    return found


def loops(tree, kinds=ast.For | ast.While):
    """List the loops of a tree, in order."""
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def rounds(tree):
    """Count the loops of a tree, those within brackets too."""
    return len(loops(tree, ast.For | ast.While | ast.comprehension))


def slip(function):
    """Say of the first usual slip that stands in a function's code what is there; an empty text if there is none."""
    tree = tree_of(function)
    if tree is None:
        return ""
    for look in SLIPS:
        for node in ast.walk(tree):
            said = look(node)
            if said:
                return said
    return ""


def power(node):
    match node:
        case ast.BinOp(op=ast.BitXor()) | ast.AugAssign(op=ast.BitXor()):
            return POWER.format(code=brief(node))


def return_in_loop(node):
    if not isinstance(node, ast.For | ast.While):
        return None
    inside = [part for statement in node.body for part in ast.walk(statement)]
    if any(isinstance(part, ast.Continue) for part in inside):
        return None
    for statement in node.body:
        if always_returns(statement):
            found = next(part for part in ast.walk(statement) if isinstance(part, ast.Return))
            return RETURN_IN_LOOP.format(code=brief(found))


def always_returns(statement):
    if isinstance(statement, ast.If):
        return all(branch and always_returns(branch[-1]) for branch in (statement.body, statement.orelse))
    return isinstance(statement, ast.Return)


# Methods and functions that give something new and leave the array as it is.
PURE = (
    r"abs(olute)?|all|any|arg(max|min|sort)|a?s?array|astype|clip|concatenate|copy|cumsum|dot|exp|flatten|float|int|len|log|"
    r"max(imum)?|mean|min(imum)?|moveaxis|ones|outer|prod|ravel|reshape|reversed|round|sorted|sqrt|squeeze|[hv]?stack|std|sum|"
    r"swapaxes|tolist|transpose|var|where|zeros"
)


def thrown_away(node):
    # A name or a number alone changes nothing, and a text is a docstring.
    match node:
        case ast.Expr(ast.Compare(ops=[ast.Eq(), *_])):
            return COMPARED_ONLY.format(code=brief(node))
        case ast.Expr(ast.BinOp() | ast.UnaryOp() | ast.Subscript() | ast.Attribute() | ast.Compare()):
            return THROWN_AWAY.format(code=brief(node))
        case ast.Expr(ast.Call(func=ast.Attribute(attr=called) | ast.Name(id=called))):
            return THROWN_AWAY.format(code=brief(node)) if re.fullmatch(PURE, called) else None


def same_list(node):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for side in (node.left, node.right):
            if isinstance(side, ast.List) and any(
                isinstance(part, ast.List | ast.ListComp) for item in side.elts for part in ast.walk(item)
            ):
                return SAME_LIST.format(code=brief(node))


METHODS = (
    r"all|any|append|arg(max|min|sort)|astype|copy|cumsum|flatten|item|items|keys|max|mean|min|prod|ravel|reshape|round|std|sum|"
    r"tolist|transpose|values|var"
)


def not_called(node):
    # What is called, or handed over to be called, stands elsewhere in the tree: look at the places where a value is used.
    match node:
        case ast.Return() | ast.Assign() | ast.AugAssign() | ast.Expr():
            used = [node.value]
        case ast.BinOp():
            used = [node.left, node.right]
        case ast.Compare():
            used = [node.left, *node.comparators]
        case ast.Tuple() | ast.List():
            used = node.elts
        case _:
            used = []
    for value in used:
        if isinstance(value, ast.Attribute) and re.fullmatch(METHODS, value.attr):
            return NOT_CALLED.format(code=brief(node), name=value.attr)


def plus_behind(node):
    if not isinstance(node, ast.Assign):
        return None
    first = node.value
    while isinstance(first, ast.BinOp):
        first = first.left
    if isinstance(first, ast.UnaryOp) and isinstance(first.op, ast.UAdd):
        return PLUS_BEHIND.format(code=brief(node).replace("= +", "=+"))


def set_back(node):
    if not isinstance(node, ast.For | ast.While):
        return None
    added = set()
    for part in node.body:
        match part:
            case ast.AugAssign():
                added.add(brief(part.target).partition("[")[0])
            case ast.Expr(ast.Call(func=ast.Attribute(value=collection, attr="append"))):
                added.add(brief(collection))
    for part in node.body:
        if isinstance(part, ast.Assign) and begins_empty(part.value) and brief(part.targets[0]) in added:
            return SET_BACK.format(code=brief(part), name=brief(part.targets[0]))


def begins_empty(value):
    """Whether a value is one that sums, products and collections begin with: 0, 1, [], {} or an array of zeros or ones."""
    if isinstance(value, ast.Call):
        return getattr(value.func, "attr", "") in ("zeros", "zeros_like", "ones", "empty")
    return ast.unparse(value) in ("0", "0.0", "1", "1.0", "[]", "{}")


def overwritten(node):
    if not isinstance(node, ast.FunctionDef):
        return None
    begun = {
        brief(part.targets[0])
        for part in node.body
        if isinstance(part, ast.Assign) and begins_empty(part.value) and isinstance(part.targets[0], ast.Name)
    }
    for loop in loops(node):
        # A while may well give its own counter a new value.
        for part in loop.body if isinstance(loop, ast.For) else ():
            if isinstance(part, ast.Assign) and brief(part.targets[0]) in begun:
                name = brief(part.targets[0])
                used = {
                    inner.id for inner in ast.walk(loop) if isinstance(inner, ast.Name) and is_read(inner)
                }
                if name not in used:
                    return OVERWRITTEN.format(code=brief(part), name=name)


def only_a_name(node):
    if not isinstance(node, ast.For) or not isinstance(node.target, ast.Name):
        return None
    for part in ast.walk(node):
        if isinstance(part, ast.Assign | ast.AugAssign):
            target = part.target if isinstance(part, ast.AugAssign) else part.targets[0]
            if brief(target) == node.target.id:
                return ONLY_A_NAME.format(code=brief(part), name=node.target.id)


def is_read(name):
    return isinstance(name.ctx, ast.Load)


def product_of_0(node):
    if not isinstance(node, ast.FunctionDef):
        return None
    zero, multiplied, others = set(), set(), set()
    for part in ast.walk(node):
        match part:
            case ast.Assign(targets=[ast.Name(id=name), *_], value=ast.Constant(value=0)):
                zero.add(name)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Mult()):
                multiplied.add(name)
            case ast.Assign(targets=[ast.Name(id=name), *_]) | ast.AugAssign(target=ast.Name(id=name)):
                others.add(name)
    for name in sorted(zero & multiplied - others):
        return PRODUCT_OF_0.format(name=name)


def half_a_sum(node):
    match node:
        case ast.BinOp(first, ast.Add() | ast.Sub(), ast.BinOp(half, ast.Div(), count)):
            counts = isinstance(count, ast.Constant) or brief(count).startswith("len(")
            if counts and are_alike(first, half):
                return HALF_A_SUM.format(code=brief(node), half=brief(half))


def are_alike(one, other):
    """Whether two terms are entries of the same thing or values of the same function, so that a mean of them makes sense.

    A place and a part of a move are not: x + h / 2, w - rate * slope / 2.
    """
    match one, other:
        case (ast.Subscript(value=left), ast.Subscript(value=right)) | (
            ast.Call(func=left),
            ast.Call(func=right),
        ):
            return brief(left) == brief(right)
    return False


def divided_and_multiplied(node):
    match node:
        case ast.BinOp(ast.BinOp(_, ast.Div(), ast.Constant() as below), ast.Mult(), ast.Name()):
            return DIVIDED_AND_MULTIPLIED.format(code=brief(node), below=brief(below))


def always_true(node):
    match node:
        case ast.BoolOp(op=ast.Or(), values=[_, *parts]):
            for part in parts:
                if isinstance(part, ast.Constant) and part.value:
                    return ALWAYS_TRUE.format(code=brief(node), part=brief(part))


SLIPS = (
    power,
    return_in_loop,
    thrown_away,
    same_list,
    not_called,
    plus_behind,
    set_back,
    overwritten,
    only_a_name,
    product_of_0,
    half_a_sum,
    divided_and_multiplied,
    always_true,
)


def brief(node):
    return shorten(ast.unparse(node), LONGEST_LINE)


def shorten(text, most):
    """Take the middle out of a text that is too long."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    half = (most - 3) // 2
    return f"{text[:half]} … {text[-half:]}"
