"""Pictures of tensor operations: broadcasting, the dot product, reshape and transposition, the plane."""

import numpy as np
from matplotlib.collections import LineCollection

from helpers.kit.cells import INK, PALE, WHITE, Box, CellPicture, Note, grid, grid_size, shade
from helpers.kit.numbers import write
from helpers.kit.style import GRADIENT, QUIET, TEST, TRAIN, WEIGHTS, LivePicture, course_style, picture

LEFT, RIGHT, TOTAL = TRAIN, TEST, WEIGHTS
STEPS = ("as typed", "aligned", "axes added", "repeated")

AXIS = "axis {axis}"
SHAPES = "Shapes"
NUMBERS = "Numbers"
LEFT_NAME, RIGHT_NAME, TOTAL_NAME = "left", "right", "left + right"
NO_TOTAL = "do not fit"
EMPTY = "no entries"
TOO_MANY = "{count} entries"
BUFFER = "buffer: the numbers as they lie in memory"
MATRIX = "shape {shape}, strides {strides}"
NO_PRODUCT = "no product"
SCORE = "left @ right"
BEFORE, AFTER = "before", "after"
ENTRIES = "entries in the array"
TIMES_LONGER = "A Python loop takes so many times longer"
EQUAL = "equally long"
SPEED = "With {size:,} entries, a Python loop takes {times} as long as the vectorised operation."
MORE, LESS = "more than ten times", "at most ten times"
ORDERS = "Transposition turns the strokes over and keeps them whole; reshaping cuts them up, because it keeps the order of the numbers."

# Text in more boxes than these would be too small to read.
WRITTEN = 30


class BroadcastPlot(CellPicture):
    """Two shapes as rows of boxes that come to meet each other, with the numbers below.

    Parameters
    ----------
    result : helpers.studies.operations.compute.Broadcast
    """

    def __init__(self, result):
        super().__init__(9, 4.6)
        self.update(result)

    def update(self, result):
        step = result.step
        axes = max(result.left.ndim, result.right.ndim)
        boxes, notes = (
            [],
            [Note(2, 2.4, SHAPES, weight="bold", size=13), Note(2, 20.5, NUMBERS, weight="bold", size=13)],
        )
        rows = [(result.left, LEFT_NAME, LEFT), (result.right, RIGHT_NAME, RIGHT)]
        if step == "repeated" and result.total is not None:
            rows.append((result.total, TOTAL_NAME, TOTAL))
        for row, (array, name, colour) in enumerate(rows):
            notes.append(Note(2, 7 + 4 * row, name, ink=colour, weight="bold"))
            boxes += self.shape_boxes(result, array, colour, step, axes, 5.2 + 4 * row)
        if step != "as typed":
            notes += [
                Note(20.5 + 9 * place, 2.4, name_axis(place - axes), "center", "#555555")
                for place in range(axes)
            ]
        if result.total is None and step != "as typed":
            notes.append(Note(18 + 9 * axes, 9, NO_TOTAL, ink=GRADIENT, weight="bold"))
        for column, (array, name, colour) in enumerate(rows):
            left = 2 + 29.5 * column
            notes.append(Note(left, 23.5, name, ink=colour, weight="bold"))
            boxes += self.number_boxes(result, array, colour, step, left)
            if array.size == 0:
                notes.append(Note(left, 28, EMPTY, ink="#555555"))
        self.show(boxes, notes)

    def shape_boxes(self, result, array, colour, step, axes, top):
        """Draw a box an axis with its size, dashed where broadcasting added it, in bold where it repeats."""
        missing = axes - array.ndim
        boxes = []
        for place in range(axes):
            added = place < missing
            shift = -missing if step == "as typed" else 0
            if added and step in ("as typed", "aligned"):
                continue
            size = 1 if added else array.shape[place - missing]
            text, face, ink, line = str(size), WHITE, colour, 2.0
            other = [
                ((1,) * (axes - other.ndim) + other.shape)[place] for other in (result.left, result.right)
            ]
            if result.total is not None and step == "repeated" and size != max(other, key=lambda n: n != 1):
                text, face = f"1 → {max(other, key=lambda n: n != 1)}", "#fff3d6"
            if result.total is None and step != "as typed" and misfit(other):
                face, ink, line = GRADIENT, WHITE, 2.0
            edge = QUIET if added else colour
            boxes.append(Box(16.5 + 9 * (place + shift), top, 8, 3.4, face, edge, line, text, ink, "bold"))
        return boxes

    def number_boxes(self, result, array, colour, step, left):
        """Draw the entries; those that repetition made are pale."""
        original = np.ones(array.shape, bool)
        if step == "repeated" and result.total is not None and array is not result.total:
            indices = np.indices(result.total.shape)
            shape = (1,) * (result.total.ndim - array.ndim) + array.shape
            made = [indices[axis] > 0 for axis, size in enumerate(shape) if size == 1]
            original = ~np.any(made, axis=0) if made else np.ones(result.total.shape, bool)
            array = np.broadcast_to(array, result.total.shape)
        if array.size == 0:
            return []
        wide, high = grid_size(array.shape)
        cell = min(4.4, 27 / wide, 19 / high)
        written = array.size <= WRITTEN and cell > 2.2

        def box(indices, rectangle):
            own = original[indices]
            face = colour if own else PALE
            return Box(
                *rectangle,
                face,
                WHITE,
                1,
                str(array[indices]) if written else "",
                WHITE if own else INK,
                size=12 if cell > 3 else 10,
            )

        return grid(array, left, 25.5, cell, min(cell, 3.2), box)


def name_axis(axis):
    """Name an axis, counted from the last one, which is −1."""
    return AXIS.format(axis=write(axis, ".0f"))


def misfit(sizes):
    """Whether two sizes on one axis cannot be broadcast."""
    first, second = sizes
    return first != second and 1 not in sizes


class ProductPlot(CellPicture):
    """A matrix product where rows meet columns: the left factor at the left, the right one above the product.

    Parameters
    ----------
    result : helpers.studies.operations.compute.Product
    """

    def __init__(self, result):
        super().__init__(9, 4.8)
        self.update(result)

    def update(self, result):
        row, column = result.row, result.column
        left, right = np.atleast_2d(result.left), result.right
        right = right[:, np.newaxis] if right.ndim == 1 else np.atleast_2d(right)
        boxes = []
        fits = result.product is not None
        # As large as the picture holds, with room for the names at the left, above and at the right.
        cell = min(8.0, 60 / max(left.shape[1] + right.shape[1], 1))
        height = min(7.0, 37 / max(left.shape[0] + right.shape[0], 1))
        top = 4.4
        corner_x = max(27, 3.2 + cell * left.shape[1])
        corner_y = top + height * right.shape[0] + 1.2
        boxes += matrix_boxes(right, corner_x, top, cell, height, RIGHT, (None, column) if fits else None)
        start = corner_x - cell * left.shape[1] - 1.2
        boxes += matrix_boxes(left, start, corner_y, cell, height, LEFT, (row, None) if fits else None)
        notes = [
            Note(
                corner_x - 1.2,
                corner_y + height * left.shape[0] + 1.6,
                shape_label(LEFT_NAME, result.left),
                "right",
                LEFT,
                "bold",
            ),
            Note(corner_x, top - 1.2, shape_label(RIGHT_NAME, result.right), ink=RIGHT, weight="bold"),
        ]
        if fits:
            product = np.reshape(result.product, (left.shape[0], right.shape[1]))
            boxes += matrix_boxes(product, corner_x, corner_y, cell, height, TOTAL, (row, column))
            end = corner_x + cell * right.shape[1] + 1.5
            notes.append(
                Note(end, corner_y + 1.8, shape_label(SCORE, result.product), ink=TOTAL, weight="bold")
            )
        else:
            notes.append(Note(corner_x + 1, corner_y + 2, NO_PRODUCT, ink=GRADIENT, weight="bold", size=14))
        self.show(boxes, notes)


def shape_label(name, array):
    """Return a name with a shape behind it, as Python writes shapes."""
    return f"{name}, shape {np.shape(array)}"


def matrix_boxes(matrix, x, y, cell, height, colour, lit):
    """Draw a matrix; `lit` is a row and a column, of which None means all, or None for nothing lit."""

    def box(indices, rectangle):
        on = lit is not None and all(
            wanted in (None, index) for wanted, index in zip(lit, indices, strict=True)
        )
        face, ink = (colour, WHITE) if on else (PALE, INK)
        return Box(*rectangle, face, WHITE, 1.5, str(matrix[indices]), ink, "bold" if on else "normal", 13)

    return grid(matrix, x, y, cell, height, box)


class ReorderingPlot(CellPicture):
    """A matrix, its buffer, and what reshape or transposition makes of it; a colour is a place in the first buffer.

    Parameters
    ----------
    result : helpers.studies.operations.compute.Reordering
    """

    def __init__(self, result):
        super().__init__(9, 4.4)
        self.update(result)

    def update(self, result):
        boxes, notes = [], []
        # The same for all operations on one matrix, so that nothing but the numbers moves.
        tallest = max(result.before.shape)
        height = min(7.0, 23 / tallest)
        below = 7 + height * tallest + 3.5
        for x, array, name in ((2, result.before, BEFORE), (48, result.after, AFTER)):
            strides = tuple(stride // array.itemsize for stride in array.strides)
            notes.append(Note(x, 2.2, name, weight="bold", size=13))
            notes.append(Note(x, 5, MATRIX.format(shape=array.shape, strides=strides), ink="#555555"))
            boxes += self.numbered(array, x, 7, min(7.0, 40 / tallest), height, result.entry)
        count = result.before.size
        notes.append(Note(2, below, BUFFER, weight="bold", size=13))
        boxes += self.numbered(np.arange(count), 2, below + 1.7, min(5.6, 86 / count), 3.4, result.entry)
        # The marked boxes last, so that no neighbour covers their edge.
        self.show(sorted(boxes, key=lambda box: box.line), notes)

    def numbered(self, array, x, y, cell, height, entry):
        highest = max(array.size - 1, 1)

        def box(indices, rectangle):
            number = array[indices]
            face, ink = shade(number / highest)
            edge, line = (GRADIENT, 4) if number == entry else (WHITE, 1)
            return Box(*rectangle, face, edge, line, str(number), ink, size=12 if cell > 3.5 else 10)

        return grid(array, x, y, cell, height, box)


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
    axes.set_yticks([1, 10, 100, 1000], ["1 ×", "10 ×", "100 ×", "1000 ×"])
    axes.annotate(
        EQUAL, (sizes[-1], 1), (0, -6), textcoords="offset points", ha="right", va="top", color="#555555"
    )
    return SPEED.format(size=sizes[-1], times=MORE if ratios[-1] > 10 else LESS)


@picture(9, 3.6)
def show_orders(figure, image):
    """Show a picture, its transposition, and its reshaping to the same shape.

    Parameters
    ----------
    image : array, shape (rows, columns)
    """
    rows, columns = image.shape
    panels = {
        f"image, {rows} × {columns}": image,
        f"image.T, {columns} × {rows}": image.T,
        f"image.reshape({columns}, {rows})": image.reshape(columns, rows),
    }
    for axes, (title, array) in zip(figure.subplots(1, 3), panels.items(), strict=True):
        axes.imshow(array, vmin=0, vmax=image.max())
        axes.set(xticks=[], yticks=[])
        axes.set_title(title, loc="center", weight="normal", fontsize=13)
        for spine in axes.spines.values():
            spine.set(visible=True, color="#bbbbbb")
    return ORDERS


class PlanePlot(LivePicture):
    """The plane before and after a layer of two units: a grid of lines with the outline of a digit.

    Parameters
    ----------
    result : helpers.studies.operations.compute.Plane
    """

    def __init__(self, result):
        super().__init__(9, 4.7)
        with course_style():
            before, after = self.figure.subplots(1, 2)
            for axes, title in ((before, BEFORE), (after, AFTER)):
                axes.set(
                    title=title,
                    xlim=(-4, 4),
                    ylim=(-4, 4),
                    aspect="equal",
                    xticks=range(-4, 5, 2),
                    yticks=range(-4, 5, 2),
                )
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
