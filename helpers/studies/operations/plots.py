"""Pictures of tensor operations: broadcasting, the dot product, reshape and transposition, the plane."""

import numpy as np
from matplotlib.collections import LineCollection

from helpers.kit.cells import PALE, WHITE, Box, CellPicture, Note, grid, grid_size, heading, shade
from helpers.kit.labels import label
from helpers.kit.numbers import write
from helpers.kit.panels import show_panel
from helpers.kit.style import GRADIENT, GREY, QUIET, TEST, TRAIN, WEIGHTS, LivePicture, course_style, picture
from helpers.language import Words
from helpers.studies.operations.compute import padded

_ = Words(__name__)

LEFT, RIGHT, TOTAL = TRAIN, TEST, WEIGHTS
YELLOW = "#fff3d6"

AXIS = _("axis {axis}")
SHAPES, NUMBERS = _("Shapes"), _("Numbers")
LEFT_NAME, RIGHT_NAME, TOTAL_NAME = _("left"), _("right"), _("left + right")
REPEATED = "1 → {size}"
NO_TOTAL = _("do not fit")
EMPTY = _("no entries")

LEFT_SHAPE, RIGHT_SHAPE = _("left, shape {shape}"), _("right, shape {shape}")
PRODUCT_SHAPE, NO_PRODUCT = _("left @ right, shape {shape}"), _("no product")

BUFFER = _("buffer: the numbers as they lie in memory")
MATRIX = _("shape {shape}, strides {strides}")
BEFORE, AFTER = _("before"), _("after")

ENTRIES = _("entries in the array")
TIMES_LONGER = _("A Python loop takes so many times longer")
TIMES = "{times} ×"
EQUAL = _("equally long")
MORE = _(
    "With {size:,} entries, a Python loop takes more than ten times as long as the vectorised operation."
)
LESS = _("With {size:,} entries, a Python loop takes at most ten times as long as the vectorised operation.")

IMAGE = _("image, {rows} × {columns}")
TRANSPOSED = "image.T, {columns} × {rows}"
RESHAPED = "image.reshape({columns}, {rows})"
ORDERS = _(
    "Transposition turns the strokes over and keeps them whole; reshaping cuts them up, because it keeps the order of the numbers."
)

TICKS = (1, 10, 100, 1000)
# Text in more boxes than these would be too small to read.
WRITTEN = 30


class BroadcastPlot(CellPicture):
    """The two shapes of a `Broadcast` as rows of boxes that come to meet each other, with the numbers below."""

    size = (9, 4.6)

    def lay_out(self, result):
        axes = max(result.left.ndim, result.right.ndim)
        tensors = [(result.left, LEFT_NAME, LEFT), (result.right, RIGHT_NAME, RIGHT)]
        if repeats(result):
            tensors.append((result.total, TOTAL_NAME, TOTAL))
        boxes, notes = [], [heading(2, 2.4, SHAPES), heading(2, 20.5, NUMBERS)]
        for place, (array, name, colour) in enumerate(tensors):
            top, left = 5.2 + 4 * place, 2 + 29.5 * place
            boxes += shape_boxes(result, array, colour, top) + number_boxes(result, array, colour, left)
            notes += [Note(x, y, name, ink=colour, weight="bold") for x, y in ((2, top + 1.8), (left, 23.5))]
            if array.size == 0:
                notes.append(Note(left, 28, EMPTY, ink=GREY))
        if result.step != "as typed":
            for axis in range(-axes, 0):
                notes.append(Note(20.5 + 9 * (axes + axis), 2.4, name_axis(axis), "center", GREY))
            if result.total is None:
                notes.append(Note(18 + 9 * axes, 9, NO_TOTAL, ink=GRADIENT, weight="bold"))
        return boxes, notes


def repeats(result):
    """Whether the picture has come to the step where entries are repeated."""
    return result.step == "repeated" and result.total is not None


def name_axis(axis):
    """Name an axis, counted from the last one, which is −1."""
    return AXIS.format(axis=write(axis, ".0f"))


def shape_boxes(result, array, colour, top):
    """Draw a box an axis with its size: grey where broadcasting adds it, yellow where it repeats, full where it does not fit."""
    axes = max(result.left.ndim, result.right.ndim)
    added = axes - array.ndim
    start = 16.5 - (9 * added if result.step == "as typed" else 0)
    pairs = zip(padded(result.left.shape, axes), padded(result.right.shape, axes), strict=True)
    boxes = []
    for place, (size, pair) in enumerate(zip(padded(array.shape, axes), pairs, strict=True)):
        text, face, ink = str(size), WHITE, colour
        if place < added and result.step in ("as typed", "aligned"):
            continue
        if repeats(result) and size != result.total.shape[place]:
            text, face = REPEATED.format(size=result.total.shape[place]), YELLOW
        if result.total is None and result.step != "as typed" and len({1, *pair}) == 3:
            face, ink = GRADIENT, WHITE
        edge = QUIET if place < added else colour
        boxes.append(Box(start + 9 * place, top, 8, 3.4, face, edge, 2.0, text, ink, "bold"))
    return boxes


def number_boxes(result, array, colour, left):
    """Draw the entries; those that repetition made are pale."""
    whole = result.total.shape if repeats(result) else array.shape
    own = np.zeros(whole, bool)
    own[tuple(map(slice, padded(array.shape, len(whole))))] = True
    wide, high = grid_size(whole)
    cell = min(4.4, 27 / wide, 19 / high)
    style = {"edge": WHITE, "size": 12 if cell > 3 else 10}
    if own.size > WRITTEN or cell <= 2.2:
        style["text"] = ""

    def look(indices):
        return {"face": colour, "ink": WHITE} if own[indices] else {"face": PALE}

    return grid(np.broadcast_to(array, whole), left, 25.5, cell, min(cell, 3.2), look, **style)


class ProductPlot(CellPicture):
    """A matrix `Product` where rows meet columns: the left factor at the left, the right one above the product."""

    size = (9, 4.8)

    def lay_out(self, result):
        left, right, product = np.atleast_2d(result.left), result.right, result.product
        right = right[:, np.newaxis] if right.ndim == 1 else np.atleast_2d(right)
        # As large as the picture holds, with room for the names at the left, above and at the right.
        cell = min(8.0, 60 / max(left.shape[1] + right.shape[1], 1))
        height = min(7.0, 37 / max(left.shape[0] + right.shape[0], 1))
        top, x = 4.4, max(27, 3.2 + cell * left.shape[1])
        y = top + height * right.shape[0] + 1.2
        row, column = ([], []) if product is None else ([result.row], [result.column])

        def draw(matrix, x, y, colour, rows, columns):
            def look(indices):
                lit = indices[0] in rows and indices[1] in columns
                return {"face": colour, "ink": WHITE, "weight": "bold"} if lit else {"face": PALE}

            return grid(matrix, x, y, cell, height, look, edge=WHITE, line=1.5, size=13)

        boxes = draw(right, x, top, RIGHT, range(right.shape[0]), column)
        boxes += draw(left, x - cell * left.shape[1] - 1.2, y, LEFT, row, range(left.shape[1]))
        below = y + height * left.shape[0] + 1.6
        names = [
            Note(x - 1.2, below, LEFT_SHAPE.format(shape=result.left.shape), "right", LEFT, "bold"),
            Note(x, top - 1.2, RIGHT_SHAPE.format(shape=result.right.shape), "left", RIGHT, "bold"),
        ]
        if product is None:
            return boxes, [*names, Note(x + 1, y + 2, NO_PRODUCT, "left", GRADIENT, "bold", 14)]
        boxes += draw(product.reshape(left.shape[0], right.shape[1]), x, y, TOTAL, row, column)
        end, name = x + cell * right.shape[1] + 1.5, PRODUCT_SHAPE.format(shape=np.shape(product))
        return boxes, [*names, Note(end, y + 1.8, name, "left", TOTAL, "bold")]


class ReorderingPlot(CellPicture):
    """A matrix, its buffer, and what a `Reordering` makes of it; a colour is a place in the first buffer."""

    def lay_out(self, result):
        boxes, notes = [], []
        # The same for all operations on one matrix, so that nothing but the numbers moves.
        tallest, count = max(result.before.shape), result.before.size
        height = min(7.0, 23 / tallest)
        below = 7 + height * tallest + 3.5
        for x, array, name in ((2, result.before, BEFORE), (48, result.after, AFTER)):
            strides = tuple(stride // array.itemsize for stride in array.strides)
            notes += [
                heading(x, 2.2, name),
                Note(x, 5, MATRIX.format(shape=array.shape, strides=strides), ink=GREY),
            ]
            boxes += shaded_grid(array, x, 7, min(7.0, 40 / tallest), height, result.entry)
        notes.append(heading(2, below, BUFFER))
        boxes += shaded_grid(np.arange(count), 2, below + 1.7, min(5.6, 86 / count), 3.4, result.entry)
        # The marked boxes last, so that no neighbour covers their edge.
        return sorted(boxes, key=lambda box: box.line), notes


def shaded_grid(array, x, y, cell, height, marked):
    """Lay out numbers from 0 on as boxes, each in a colour of its own, and one of them framed."""

    def look(indices):
        number = array[indices]
        face, ink = shade(number / max(array.size - 1, 1))
        frame = {"edge": GRADIENT, "line": 4} if number == marked else {"edge": WHITE}
        return {"face": face, "ink": ink} | frame

    return grid(array, x, y, cell, height, look, size=12 if cell > 3.5 else 10)


@picture(9, 3.6)
def show_speed(figure, sizes, ratios):
    """Show how many times longer a loop takes than one operation on the whole array.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of entries.
    ratios : sequence of float
    """
    axes = figure.subplots()
    axes.axhline(1, color=QUIET, linewidth=1, linestyle=":")
    axes.loglog(sizes, ratios, "o-", color=TRAIN)
    axes.set(xlabel=ENTRIES, title=TIMES_LONGER, ylim=(0.3, 3000))
    axes.set_yticks(TICKS, [TIMES.format(times=times) for times in TICKS])
    label(axes, EQUAL, (sizes[-1], 1), (0, -6), ha="right", color=GREY)
    return (MORE if ratios[-1] > 10 else LESS).format(size=sizes[-1])


@picture(9, 3.6, colours=None)
def show_orders(figure, image):
    """Show a picture, its transposition, and its reshaping to the same shape.

    Parameters
    ----------
    image : array, shape (rows, columns)
    """
    rows, columns = image.shape
    sizes = {"rows": rows, "columns": columns}
    panels = {IMAGE: image, TRANSPOSED: image.T, RESHAPED: image.reshape(columns, rows)}
    for axes, (title, array) in zip(figure.subplots(1, 3), panels.items(), strict=True):
        show_panel(axes, array, title.format(**sizes), "#bbbbbb", vmin=0, vmax=image.max())
    return ORDERS


class PlanePlot(LivePicture):
    """A `Plane` before and after a layer of two units: a grid of lines with the outline of a digit."""

    def __init__(self, result):
        super().__init__(9, 4.7)
        with course_style():
            before, after = self.figure.subplots(1, 2)
            for axes, title in ((before, BEFORE), (after, AFTER)):
                axes.set(title=title, xlim=(-4, 4), ylim=(-4, 4), aspect="equal")
                axes.set(xticks=range(-4, 5, 2), yticks=range(-4, 5, 2))
                axes.axhline(0, color="#bbbbbb", linewidth=1)
                axes.axvline(0, color="#bbbbbb", linewidth=1)
            before.add_collection(LineCollection(result.lines, colors="#cccccc", linewidths=1))
            before.fill(*result.outline.T, color=QUIET, alpha=0.5)
            self.lines = LineCollection(result.moved_lines, colors="#a6c8e0", linewidths=1)
            after.add_collection(self.lines)
            (self.outline,) = after.fill(*result.moved_outline.T, color=TRAIN, alpha=0.55)
            (self.edge,) = after.plot(*result.moved_outline.T, color=TRAIN)
        self.moves(self.lines, self.outline, self.edge)

    def update(self, result):
        """Show another layer."""
        self.lines.set_segments(result.moved_lines)
        self.outline.set_xy(result.moved_outline)
        self.edge.set_data(*result.moved_outline.T)
