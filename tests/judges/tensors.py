"""Judges of the explorers of tensors: what a sentence claims is counted out in plain loops."""

import ast
import itertools
import math
import re

from helpers.studies.operations.compute import digit_outline
from helpers.widgets import (
    BroadcastLive,
    DigitSlicer,
    DotLive,
    PlaneLive,
    ReorderingLive,
    TensorViewer,
)
from judges.judging import Judge
from judges.reading import Form, agrees, reads, unequal


def shape_of(text):
    return ast.literal_eval(text)


def places(shape):
    return list(itertools.product(*map(range, shape)))


def minus(text):
    return text.replace("−", "-")


# TensorViewer

SCALAR = "Rank 0, shape (), 1 value: a scalar has no axis, so it has no strides and nothing to index."
VIEW = Form(
    r"Rank (?P<rank>\d), shape (?P<shape>\(.*?\)), (?P<count>[\d,]+) (?P<values>values?), strides (?P<strides>\(.*?\))\. "
    r"Index (?P<index>\d) along axis (?P<axis>\d), tensor\[(?P<indices>[\d:, ]+)\], picks (?P<picked>.+), of shape "
    r"(?P<part>\(.*?\))\."
)


def judge_tensor_viewer(settings, sentence, pictured):
    shape = tuple(settings[f"size_{axis}"] for axis in range(settings["rank"]))
    if not shape:
        return unequal(sentence=(sentence, SCALAR))
    said = VIEW.read(sentence)
    axis = min(settings["axis"], len(shape) - 1)
    index = min(settings["index"], shape[axis] - 1)
    strides, count = [], 1
    for size in reversed(shape):
        strides.insert(0, count)
        count *= size
    part = [place for place in places(shape) if place[axis] == index]
    many = "it" if count == 1 else "all of them" if len(part) == count else f"{len(part)} of them"
    picks = ", ".join(str(index) if place == axis else ":" for place in range(len(shape)))
    return unequal(
        rank=(int(said["rank"]), len(shape)),
        shape=(shape_of(said["shape"]), shape),
        count=(int(said["count"].replace(",", "")), count),
        grammar=(said["values"], "value" if count == 1 else "values"),
        strides=(shape_of(said["strides"]), tuple(strides)),
        axis=(int(said["axis"]), axis),
        index=(int(said["index"]), index),
        indices=(said["indices"], picks),
        picked=(said["picked"], many),
        part=(shape_of(said["part"]), shape[:axis] + shape[axis + 1 :]),
    )


TENSOR_VIEWER = Judge(
    TensorViewer,
    reads(judge_tensor_viewer),
    stops={
        "Press *matrix*, then *a column of a matrix*.": (
            {"rank": 2, "size_0": 3, "size_1": 4},
            {"rank": 2, "size_0": 3, "size_1": 4, "axis": 1},
        ),
        "In a 3D tensor, move *index along axis* from 0 to 2.": ({"axis": 1}, {"axis": 2}),
        "Press *5D*, then lower the rank to 4, 3, 2, 1, 0.": tuple(
            {"size_0": 3, "rank": rank} for rank in (5, 4, 3, 2, 1, 0)
        ),
    },
    tries=100,
)


# DigitSlicer

SLICE = Form(
    r"images\[(?P<slices>[-\d:, ]+)\] has shape (?P<shape>\(.*?\))(?:, and no pixel in it: (?P<causes>.+))?\."
)
CAUSE = re.compile(
    r"along ((?:digits|rows|columns)(?:(?:, rows)? and (?:rows|columns))?), the slice ends (where|before) it begins"
)
LENGTHS = {"digits": 20, "rows": 28, "columns": 28}


def walk_slice(start, stop, step, length):
    """Walk as Python does: negative numbers count from the end, then from start towards stop, without it."""
    first, last = (-1, length - 1) if step < 0 else (0, length)
    begin, end = (min(max(n + length if n < 0 else n, first), last) for n in (start, stop))
    walked, place = [], begin
    while (place < end) if step > 0 else (place > end):
        walked.append(place)
        place += step
    return begin, end, walked


def judge_digit_slicer(settings, sentence, pictured):
    said = SLICE.read(sentence)
    found, sizes, texts, causes = [], [], [], {}
    for axis, length in LENGTHS.items():
        start, stop, step = (settings[f"{axis}_{part}"] for part in ("start", "stop", "step"))
        begin, end, walked = walk_slice(start, stop, step, length)
        sizes.append(len(walked))
        texts.append(f"{start}:{stop}" + ("" if step == 1 else f":{step}"))
        if not walked:
            causes[axis] = "where" if begin == end else "before"
    told = {}
    for axes, cause in CAUSE.findall(said["causes"] or ""):
        told |= dict.fromkeys(re.split(", | and ", axes), cause)
    if said["causes"] and CAUSE.sub("", said["causes"]).strip(", and"):
        found.append(f"unreadable: {said['causes']!r}")
    return found + unequal(
        slices=(said["slices"], ", ".join(texts)),
        shape=(shape_of(said["shape"]), tuple(sizes)),
        causes=(told, causes),
    )


DIGIT_SLICER = Judge(
    DigitSlicer,
    reads(judge_digit_slicer),
    stops={
        "Press *upside down*, then set *rows: stop* from −29 to 0.": (
            {"rows_start": 27, "rows_stop": 0, "rows_step": -1},
        ),
    },
)


# BroadcastLive

TYPED = Form(r"The left tensor has shape (?P<left>\(.*?\)), the right one (?P<right>\(.*?\))\.")
ALIGNED = Form(
    r"Aligned at their last axes, (?P<left>\(.*?\)) and (?P<right>\(.*?\)) stand under each other\."
)
MISFIT = Form(
    r"broadcast: shapes (?P<left>\(.*?\)) and (?P<right>\(.*?\)) do not fit\. Aligned at their last axes, axis (?P<axis>−\d) is "
    r"(?P<a>\d) on the left and (?P<b>\d) on the right; two axes fit when they are equal or one of them is 1\."
)
NONE_ADDED = Form(r"Both have (?P<axes>\d) (?P<noun>axis|axes) already, so no axis is added\.")
ADDED = Form(
    r"The (?P<side>left|right) one gets (?P<new>\d) new (?P<new_noun>axis|axes) of size 1 in front, so both have (?P<axes>\d) "
    r"(?P<noun>axis|axes) now\."
)
FITS = Form(
    r"(?P<left>\(.*?\)) and (?P<right>\(.*?\)) broadcast to (?P<total>\(.*?\)): (?P<changes>.+?)\."
    r"(?P<pale> Pale entries are repeated ones\.)?"
)
AXES = r"axis −\d(?:(?:, axis −\d)* and axis −\d)?"
CHANGE = re.compile(rf"the (left|right) one is (repeated|left without entries) along ({AXES})(?=, the|$)")


def axis_noun(count):
    return "axis" if count == 1 else "axes"


def judge_broadcast_live(settings, sentence, pictured):
    left, right, step = settings["left"], settings["right"], settings["step"]
    if step in ("as typed", "aligned"):
        said = (TYPED if step == "as typed" else ALIGNED).read(sentence)
        return unequal(left=(shape_of(said["left"]), left), right=(shape_of(said["right"]), right))
    axes = max(len(left), len(right))
    padded = {
        side: [1] * (axes - len(shape)) + list(shape) for side, shape in (("left", left), ("right", right))
    }
    pairs = list(zip(padded["left"], padded["right"], strict=True))
    bad = [place for place, (a, b) in enumerate(pairs) if a != b and a != 1 and b != 1]
    if bad:
        said = MISFIT.read(sentence)
        axis = int(minus(said["axis"]))
        return unequal(
            left=(shape_of(said["left"]), left),
            right=(shape_of(said["right"]), right),
            sizes=(
                (int(said["a"]), int(said["b"])),
                dict(zip(range(-axes, 0), pairs, strict=True)).get(axis),
            ),
            unequal=(axis + axes in bad, True),
        )
    if step == "axes added":
        new = abs(len(left) - len(right))
        if not new:
            said = NONE_ADDED.read(sentence)
            return unequal(axes=(int(said["axes"]), axes), grammar=(said["noun"], axis_noun(axes)))
        said = ADDED.read(sentence)
        return unequal(
            side=(said["side"], "left" if len(left) < len(right) else "right"),
            new=(int(said["new"]), new),
            axes=(int(said["axes"]), axes),
            grammar=((said["new_noun"], said["noun"]), (axis_noun(new), axis_noun(axes))),
        )
    said = FITS.read(sentence)
    total = tuple(b if a == 1 else a for a, b in pairs)
    changes = {}
    for side, shape in padded.items():
        for place, (size, whole) in enumerate(zip(shape, total, strict=True)):
            if size != whole:
                kind = "repeated" if whole else "left without entries"
                changes.setdefault((side, kind), []).append(place - axes)
    told = {
        (side, kind): [int(axis) for axis in re.findall(r"-\d", minus(text))]
        for side, kind, text in CHANGE.findall(said["changes"])
    }
    if not told and said["changes"] != "nothing has to be repeated":
        return [f"unreadable: {said['changes']!r}"]
    pale = math.prod(total) > math.prod(left) or math.prod(total) > math.prod(right)
    return unequal(
        left=(shape_of(said["left"]), left),
        right=(shape_of(said["right"]), right),
        total=(shape_of(said["total"]), total),
        changes=(told, changes),
        pale=(bool(said["pale"]), pale),
    )


BROADCAST_LIVE = Judge(
    BroadcastLive,
    reads(judge_broadcast_live),
    stops={
        "Press *bias added to a batch*, then change the right shape to `4`.": (
            {"left": (4, 3), "right": (4,)},
            {"left": (4, 3), "right": (4, 1)},
        ),
        "Set the left shape to `3, 1` and the right shape to `1, 4`.": ({"left": (3, 1), "right": (1, 4)},),
        "Find two shapes of three axes each in which *both* tensors are repeated": (
            {"left": (2, 3, 1), "right": (1, 3, 4)},
            {"left": (1, 3, 4), "right": (2, 1, 1)},
        ),
    },
)


# DotLive

PRODUCT = Form(
    r"(?:Row (?P<row>\d) of the left meets column (?P<column>\d) of the right|Entry by entry): (?P<terms>.+?) = "
    r"(?P<total>−?\d+)\. The product has shape (?P<shape>\(.*?\))\."
)
NO_ENTRY = Form(r"The product has shape (?P<shape>\(.*?\)), so it has no entry at all\.")
NO_MATRIX = Form(
    r"matmul: shapes (?P<left>\(.*?\)) and (?P<right>\(.*?\)) do not fit\. A single number has no rows or columns; multiply with \* "
    r"instead\."
)
NO_PRODUCT = Form(
    r"matmul: shapes (?P<left>\(.*?\)) and (?P<right>\(.*?\)) do not fit\. The last axis of the left has length (?P<a>\d), but the "
    r"(?P<axis>second last|only) axis of the right has length (?P<b>\d); a row and a column must be equally long\."
)


def judge_dot_live(settings, sentence, pictured):
    left, right = settings["left"], settings["right"]
    if not left or not right:
        said = NO_MATRIX.read(sentence)
        return unequal(left=(shape_of(said["left"]), left), right=(shape_of(said["right"]), right))
    rows = left[0] if len(left) == 2 else 1
    inner, columns = right[0], right[1] if len(right) == 2 else 1
    if left[-1] != inner:
        said = NO_PRODUCT.read(sentence)
        return unequal(
            left=(shape_of(said["left"]), left),
            right=(shape_of(said["right"]), right),
            lengths=((int(said["a"]), int(said["b"])), (left[-1], inner)),
            axis=(said["axis"], "second last" if len(right) == 2 else "only"),
        )
    shape = left[:-1] + right[1:]
    if 0 in shape:
        return unequal(shape=(shape_of(NO_ENTRY.read(sentence)["shape"]), shape))
    said = PRODUCT.read(sentence)
    row, column = min(settings["row"], rows - 1), min(settings["column"], columns - 1)
    terms = [
        ((row * inner + place + 1) % 7 - 2, 4 - (place * columns + column + 1) % 6) for place in range(inner)
    ]
    told = [
        tuple(map(int, factors))
        for factors in re.findall(r"\(?(-?\d+)\)?·\(?(-?\d+)\)?", minus(said["terms"]))
    ]
    matrices = len(left) == len(right) == 2
    total = sum(a * b for a, b in terms)
    return unequal(
        terms=(told, terms),
        no_terms=(said["terms"] == "a sum of no terms", not terms),
        total=(int(minus(said["total"])), total),
        shape=(shape_of(said["shape"]), shape),
        place=((said["row"], said["column"]), (str(row), str(column)) if matrices else (None, None)),
    )


DOT_LIVE = Judge(
    DotLive,
    reads(judge_dot_live),
    stops={
        "Press *matrix and vector*, then type `1, 4` in place of `4`.": (
            {"left": (3, 4), "right": (1, 4)},
            {"left": (3, 4), "right": (4, 1)},
        ),
        "Press *column times row*.": tuple(
            {"left": (4, 1), "right": (1, 3), "row": row, "column": column}
            for row in range(4)
            for column in range(3)
        ),
    },
)


# ReorderingLive

MOVE = Form(
    r"In a (?P<rows>\d) × (?P<columns>\d) matrix, entry (?P<entry>\d+) of the buffer goes from row (?P<row>\d), column "
    r"(?P<column>\d) to row (?P<new_row>\d), column (?P<new_column>\d)\. (?P<what>.+)"
)
JUMPS = Form(
    r"Transposition swaps shape and strides: read row by row, the numbers now jump by (?P<jump>\d)\."
)
UNCHANGED = (
    "Nothing has changed.",
    "The new shape is the old one, so the reshape has changed nothing.",
)
ONE_ORDER = "With a single row or column, reshape and transposition give the same."
NEW_ROWS = "Reshape cuts the buffer anew and keeps its order: read row by row, the numbers still count up."


def judge_reordering_live(settings, sentence, pictured):
    said = MOVE.read(sentence)
    rows, columns, operation = settings["rows"], settings["columns"], settings["operation"]
    entry = min(settings["entry"], rows * columns - 1)
    before = [[columns * row + column for column in range(columns)] for row in range(rows)]
    numbers = [number for row in before for number in row]
    reshaped = [numbers[rows * row : rows * (row + 1)] for row in range(columns)]
    transposed = [[before[row][column] for row in range(rows)] for column in range(columns)]
    after = {"keep": before, "reshape": reshaped, "transpose": transposed}[operation]

    def where(matrix):
        return next((row, line.index(entry)) for row, line in enumerate(matrix) if entry in line)

    found = unequal(
        size=((int(said["rows"]), int(said["columns"])), (rows, columns)),
        entry=(int(said["entry"]), entry),
        start=((int(said["row"]), int(said["column"])), where(before)),
        end=((int(said["new_row"]), int(said["new_column"])), where(after)),
        unchanged=(said["what"] in UNCHANGED, after == before),
    )
    read = [number for line in after for number in line]
    if said["what"] in UNCHANGED:
        return found
    if said["what"] == ONE_ORDER:
        return found + unequal(one_order=(reshaped == transposed, True))
    if said["what"] == NEW_ROWS:
        return found + unequal(counts_up=(read == numbers, True), operation=(operation, "reshape"))
    jump = int(JUMPS.read(said["what"])["jump"])
    along = {b - a for line in after for a, b in zip(line, line[1:], strict=False)}
    return found + unequal(jump=({jump}, along), operation=(operation, "transpose"))


REORDERING_LIVE = Judge(
    ReorderingLive,
    reads(judge_reordering_live),
    stops={
        "Choose *keep*, *reshape* and *transpose* in turn": tuple(
            {"operation": operation} for operation in ("keep", "reshape", "transpose")
        ),
        "For which numbers of rows and columns do both give the same?": tuple(
            {"rows": rows, "columns": columns, "operation": operation}
            for rows in range(1, 5)
            for columns in range(1, 7)
            for operation in ("reshape", "transpose")
        ),
    },
)


# PlaneLive

POINTS = Form(
    r"The point \(0, 0\) goes to \((?P<a>.+?), (?P<b>.+?)\), \(1, 0\) to \((?P<c>.+?), (?P<d>.+?)\) and \(0, 1\) to \((?P<e>.+?), "
    r"(?P<f>.+?)\)\. (?P<what>.+)"
)
AREA = Form(r"Straight lines stay straight, and areas are multiplied by (?P<area>[\d.,]+)\.")
FLAT = "The scale 0 sends everything to one point."
FOLDED = Form(
    r"relu folds the plane: (?P<share>.+) of the outline's points land on the axes, where a coordinate is 0\."
)
UNFOLDED = "relu leaves the outline as it is: all of it lies where both coordinates are positive."


def judge_plane_live(settings, sentence, pictured):
    said = POINTS.read(sentence)
    turn = math.radians(settings["angle"])
    relu = settings["activation"] == "relu"

    def before_relu(x, y):
        x, y = settings["scale"] * (x + settings["shear"] * y), settings["scale"] * y
        x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
        return x + settings["shift_right"], y + settings["shift_up"]

    found = []
    corners = [number for corner in ((0, 0), (1, 0), (0, 1)) for number in before_relu(*corner)]
    for name, number in zip("abcdef", corners, strict=True):
        number = max(number, 0) if relu else number
        if not agrees(said[name], number, decimals=2):
            found.append(f"coordinate: {said[name]}, but it is {number}")
    if said["what"] == FLAT:
        return found + unequal(scale=(settings["scale"], 0))
    if settings["scale"] == 0:
        return [*found, f"all goes to one point: {said['what']}"]
    if not relu:
        (x, y), (right, up), (across, along) = (before_relu(*corner) for corner in ((0, 0), (1, 0), (0, 1)))
        area = abs((right - x) * (along - y) - (up - y) * (across - x))
        told = AREA.read(said["what"])["area"]
        return found if agrees(told, area, digits=2) else [*found, f"area: {told}, but it is {area}"]
    moved = [before_relu(x, y) for x, y in digit_outline().tolist()]
    on_axes = sum(x <= 0 or y <= 0 for x, y in moved) / len(moved)
    if said["what"] == UNFOLDED:
        return found + unequal(on_axes=(on_axes, 0))
    told = FOLDED.read(said["what"])["share"]
    right = on_axes > 0 and agrees(told, 100 * on_axes, decimals=0, slack=100 / len(moved))
    return found if right else [*found, f"share: {told}, but it is {on_axes}"]


PLANE_LIVE = Judge(
    PlaneLive,
    reads(judge_plane_live),
    stops={
        "Press *rotate*, then change the scale to 2.": (
            {"angle": 30.0, "scale": 2.0},
            {"scale": 0.0},
            {"scale": 0.0, "activation": "relu"},
        ),
        "Press *relu folds*, then shift the outline until relu does nothing to it any more.": tuple(
            {"activation": "relu", "shift_right": shift, "shift_up": shift} for shift in (1.5, 1.8, 1.9, 2.0)
        ),
    },
)
