"""Pictures made of boxes with something written in them: tensors, drawn entry by entry."""

import dataclasses
import functools
import itertools
import re

import matplotlib
import numpy as np
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from helpers.kit.style import LETTERS, LivePicture, course_style

PALE = "#eeeeee"
INK = "#222222"
WHITE = "#ffffff"

# Points in a tenth of an inch.
POINTS = 7.2
NUMBER = re.compile("[−0-9][−0-9.,× ]*")


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


@dataclasses.dataclass(frozen=True)
class Line:
    """A line through corners (x, y), behind all boxes."""

    corners: list
    colour: str = INK
    width: float = 1.0


class Cells:
    """Any number of boxes, notes and lines on a figure, in tenths of an inch from its top left corner."""

    def __init__(self, figure):
        width, height = figure.get_size_inches()
        figure.set_layout_engine("none")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, 10 * width), ylim=(10 * height, 0))
        axes.set_axis_off()
        # Letters as outlines in one collection: as many Text artists take ten times as long to draw.
        self.artists = LineCollection([]), PolyCollection([]), PathCollection([], linewidths=0)
        for order, artist in enumerate(self.artists):
            axes.add_collection(artist, autolim=False).set_zorder(order)

    def show(self, boxes, notes=(), lines=()):
        """Replace all boxes, notes and lines."""
        strokes, rectangles, letters = self.artists
        strokes.set_segments([line.corners for line in lines])
        strokes.set_color([line.colour for line in lines])
        strokes.set_linewidth([line.width for line in lines])
        rectangles.set_verts(
            [
                [(b.x, b.y), (b.x + b.width, b.y), (b.x + b.width, b.y + b.height), (b.x, b.y + b.height)]
                for b in boxes
            ]
        )
        rectangles.set_facecolor([box.face for box in boxes])
        rectangles.set_edgecolor([box.edge for box in boxes])
        rectangles.set_linewidth([box.line for box in boxes])
        middles = [
            Note(b.x + b.width / 2, b.y + b.height / 2, b.text, "center", b.ink, b.weight, b.size)
            for b in boxes
            if b.text
        ]
        notes = [*middles, *notes]
        letters.set_paths([place(note) for note in notes])
        letters.set_facecolor([note.ink for note in notes])


def heading(x, y, text):
    """Return the note that names a part of a picture."""
    return Note(x, y, text, weight="bold", size=13)


class CellPicture(LivePicture):
    """A live picture of nothing but cells.

    A subclass gives its `size`, in inches of 100 pixels, and `lay_out`, which turns a result into boxes, notes and, if
    there are any, lines.
    """

    size = (9, 4.4)

    def __init__(self, result):
        super().__init__(*self.size)
        with course_style():
            self.cells = Cells(self.figure)
        self.moves(*self.cells.artists)
        self.update(result)

    def lay_out(self, result):
        raise NotImplementedError

    def update(self, result):
        """Show another result."""
        self.cells.show(*self.lay_out(result))


def place(note):
    """Return the outline of a note's letters where it stands, centred on the height of its digits."""
    vertices, codes, width = outline(note.text, note.size, note.weight)
    left = note.x - {"left": 0, "center": width / 2, "right": width}[note.align]
    return Path(vertices + (left, note.y + 0.36 * note.size / POINTS), codes)


@functools.lru_cache(maxsize=2000)
def outline(text, size, weight):
    """Return the letters of a text as vertices around its start, with codes and width, in tenths of an inch."""
    # There is another number at every move: put together from digits, none has to be outlined anew.
    pieces = [*text] if NUMBER.fullmatch(text) else [text]
    starts = itertools.accumulate((advance(piece, size, weight) for piece in pieces[:-1]), initial=0.0)
    placed = [
        (spell(piece, size, weight), start)
        for piece, start in zip(pieces, starts, strict=True)
        if piece != " "
    ]
    vertices = np.concatenate([letters.vertices + (start, 0) for letters, start in placed])
    codes = np.concatenate([letters.codes for letters, _ in placed])
    return vertices * (1, -1), codes, vertices[:, 0].max(initial=0.0)


@functools.lru_cache(maxsize=2000)
def spell(text, size, weight):
    letters = FontProperties(family=LETTERS.get("font.family"), weight=weight)
    return TextPath((0, 0), text, size=size / POINTS, prop=letters)


@functools.cache
def advance(sign, size, weight):
    """Return how far the next sign of a number stands to the right of this one, in tenths of an inch."""
    with_it, without = (spell(text, size, weight).get_extents().x1 for text in (f"0{sign}0", "00"))
    return with_it - without


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
