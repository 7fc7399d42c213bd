"""Pictures made of boxes with something written in them: tensors, drawn entry by entry."""

import dataclasses
import functools

import matplotlib
import numpy as np
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from helpers.kit.style import LivePicture, course_style

PALE = "#eeeeee"
INK = "#222222"
WHITE = "#ffffff"

# Points in a tenth of an inch.
POINTS = 7.2


@dataclasses.dataclass(frozen=True)
class Box:
    """A rectangle in tenths of an inch from the top left corner, perhaps with a text in its middle."""

    x: float
    y: float
    width: float
    height: float
    face: str = WHITE
    edge: str = "#999999"
    line: float = 1.0
    text: str = ""
    ink: str = INK
    weight: str = "normal"
    size: float = 12


@dataclasses.dataclass(frozen=True)
class Note:
    """A text that starts at a place, or stands around it."""

    x: float
    y: float
    text: str
    align: str = "left"
    ink: str = INK
    weight: str = "normal"
    size: float = 12


def heading(x, y, text):
    """Return the note that names a part of a picture."""
    return Note(x, y, text, weight="bold", size=13)


def cell_axes(figure):
    """Cover a figure with axes that count in tenths of an inch from its top left corner."""
    figure.set_layout_engine("none")
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 10 * width), ylim=(10 * height, 0))
    axes.set_axis_off()
    return axes


class CellPicture(LivePicture):
    """A picture that shows any number of boxes and notes, and others at the next call.

    A subclass gives its `size`, in inches of 100 pixels, and `lay_out`, which turns a result into boxes and notes.
    """

    size = (9, 4.4)

    def __init__(self, result):
        super().__init__(*self.size)
        with course_style():
            axes = cell_axes(self.figure)
            self.boxes = axes.add_collection(PolyCollection([]), autolim=False)
            # Letters as outlines in one collection: as many Text artists take ten times as long to draw.
            self.letters = axes.add_collection(PathCollection([], linewidths=0), autolim=False)
        self.moves(self.boxes, self.letters)
        self.update(result)

    def lay_out(self, result):
        """Return a list of boxes and one of notes."""
        raise NotImplementedError

    def update(self, result):
        """Replace all boxes and notes."""
        boxes, notes = self.lay_out(result)
        show_boxes(self.boxes, boxes)
        show_notes(self.letters, [*(written(box) for box in boxes if box.text), *notes])


def show_boxes(collection, boxes):
    """Put other boxes on a collection of polygons."""
    collection.set_verts(
        [
            [(b.x, b.y), (b.x + b.width, b.y), (b.x + b.width, b.y + b.height), (b.x, b.y + b.height)]
            for b in boxes
        ]
    )
    collection.set_facecolor([box.face for box in boxes])
    collection.set_edgecolor([box.edge for box in boxes])
    collection.set_linewidth([box.line for box in boxes])


def show_notes(collection, notes):
    """Put the letters of other notes on a collection of paths."""
    collection.set_paths([place(note) for note in notes])
    collection.set_facecolor([note.ink for note in notes])


def written(box):
    """Return the note in the middle of a box."""
    middle = box.x + box.width / 2, box.y + box.height / 2
    return Note(*middle, box.text, "center", box.ink, box.weight, box.size)


def place(note):
    """Return the outline of a note's letters where it stands, centred on the height of its digits."""
    vertices, codes, width = outline(note.text, note.size, note.weight)
    left = note.x - {"left": 0, "center": width / 2, "right": width}[note.align]
    return Path(vertices + (left, note.y + 0.36 * note.size / POINTS), codes)


@functools.cache
def outline(text, size, weight):
    """Return the letters of a text as vertices around its start, with codes and width, in tenths of an inch."""
    letters = TextPath((0, 0), text, size=size / POINTS, prop=FontProperties(weight=weight))
    return letters.vertices * (1, -1), letters.codes, letters.get_extents().x1


def shade(share):
    """Return a colour of viridis for a number from 0 to 1, and the ink that can be read on it."""
    colour = matplotlib.colormaps["viridis"](0.15 + 0.8 * share)
    return colour, INK if share > 0.45 else WHITE


def grid(array, x, y, cell, height, look, **style):
    """Lay out a tensor as boxes with its entries: the last axis to the right, the one before it down, and so on in turn.

    Parameters
    ----------
    array : array
    x, y : float
        Top left corner.
    cell, height : float
        Width and height of one entry.
    look : function
        Takes the indices of an entry; returns what sets its Box apart, as a dict.
    **style
        What all boxes share.

    Returns
    -------
    list of Box
    """
    steps, _ = pitches(array.shape)
    boxes = []
    for indices in np.ndindex(array.shape):
        moves = [index * step for index, step in zip(reversed(indices), steps, strict=True)]
        corner = x + cell * sum(moves[0::2]), y + height * sum(moves[1::2])
        boxes.append(Box(*corner, cell, height, **{"text": str(array[indices])} | style | look(indices)))
    return boxes


def grid_size(shape):
    """Return how many cells wide and high `grid` lays out a shape."""
    _, size = pitches(shape)
    return size


def pitches(shape):
    """Return how many cells apart neighbours lie along each axis, from the last axis on, and the size of the whole."""
    steps, size = [], [1, 1]
    for place, count in enumerate(reversed(shape)):
        gap = 0.6 * (place // 2)
        steps.append(size[place % 2] + gap)
        size[place % 2] = max(count, 1) * steps[-1] - gap
    return steps, tuple(size)
