"""Turn strokes of a pen into a picture as MNIST's are: scaled to a box, drawn in greys, centred where the ink's weight is.

A drawing is a tuple of strokes, and a stroke a tuple of points (x, y): x to the right and y down, from 0 to 1.
"""

import dataclasses
import functools

import numpy as np

from helpers.datasets import load_mnist
from helpers.layers import Dense, Flatten
from helpers.models import Sequential

SIZE = 28
BOX = 20
EPOCHS = 10


def curve(*points):
    """Pass a smooth line through points, four pieces between each two (Catmull, Rom 1974, "A class of local interpolating splines")."""
    points = np.array([points[0], *points, points[-1]])
    before, start, end, after = points[:-3], points[1:-2], points[2:-1], points[3:]
    pieces = [
        start
        + 0.5
        * t
        * (
            end
            - before
            + t * (2 * before - 5 * start + 4 * end - after + t * (3 * (start - end) + after - before))
        )
        for t in (0, 0.25, 0.5, 0.75)
    ]
    line = np.concatenate([np.stack(pieces, axis=1).reshape(-1, 2), points[-1:]])
    return tuple(map(tuple, line.round(3).tolist()))


DRAWINGS = {
    "a two": (
        curve((0.3, 0.32), (0.38, 0.2), (0.53, 0.17), (0.65, 0.26), (0.62, 0.42), (0.48, 0.58), (0.31, 0.78)),
        ((0.31, 0.78), (0.5, 0.77), (0.72, 0.78)),
    ),
    "a three in a corner": (
        curve((0.06, 0.1), (0.14, 0.05), (0.24, 0.09), (0.22, 0.17), (0.13, 0.2)),
        curve((0.13, 0.2), (0.24, 0.23), (0.26, 0.32), (0.17, 0.39), (0.06, 0.35)),
    ),
    "a wide seven with a bar": (
        ((0.12, 0.3), (0.5, 0.29), (0.88, 0.28), (0.62, 0.5), (0.4, 0.74)),
        ((0.36, 0.53), (0.74, 0.51)),
    ),
    "a five": (
        ((0.66, 0.18), (0.4, 0.19), (0.36, 0.44)),
        curve((0.36, 0.44), (0.5, 0.4), (0.64, 0.48), (0.66, 0.64), (0.54, 0.79), (0.34, 0.77)),
    ),
    "a lying eight": (
        curve(
            (0.5, 0.5),
            (0.36, 0.38),
            (0.2, 0.4),
            (0.15, 0.5),
            (0.22, 0.61),
            (0.36, 0.61),
            (0.5, 0.5),
            (0.64, 0.39),
            (0.79, 0.39),
            (0.86, 0.5),
            (0.78, 0.61),
            (0.64, 0.61),
            (0.5, 0.5),
        ),
    ),
    "a letter A": (
        ((0.24, 0.82), (0.38, 0.5), (0.5, 0.16), (0.62, 0.5), (0.76, 0.82)),
        ((0.34, 0.6), (0.66, 0.6)),
    ),
}


@dataclasses.dataclass(frozen=True)
class Reading:
    """What a network makes of a drawing.

    Attributes
    ----------
    drawn : array, shape (28, 28)
        The drawing as it lies on the paper, 0 for paper to 1 for ink.
    prepared : array, shape (28, 28)
        What the network was given.
    probabilities : array, shape (10,)
    nearest : array, shape (28, 28)
        The training digit whose pixels differ least.
    nearest_label : int
    distance : float
        Root of the sum of the squared differences of pixels between both.
    empty : bool
        Whether nothing is drawn; then all probabilities are equal.
    """

    drawn: np.ndarray
    prepared: np.ndarray
    probabilities: np.ndarray
    nearest: np.ndarray
    nearest_label: int
    distance: float
    empty: bool


def segments(strokes):
    """Cut strokes into straight pieces, shape (pieces, 2 ends, 2 coordinates); a single point is a piece without length."""
    pieces = [pair for stroke in strokes for pair in zip(stroke, stroke[1:] or stroke, strict=False)]
    return np.array(pieces, float).reshape(-1, 2, 2)


def draw_lines(lines, pen):
    """Draw straight pieces into a picture of 28 × 28 pixels; ink fades over one pixel at the edge of the pen.

    Parameters
    ----------
    lines : array, shape (pieces, 2, 2)
        Their ends, in pixels: x to the right, y down, from the upper left corner.
    pen : float
        Thickness in pixels.

    Returns
    -------
    numpy.ndarray, shape (28, 28)
        From 0 for paper to 1 for ink.
    """
    if not len(lines):
        return np.zeros((SIZE, SIZE))
    rows, columns = np.mgrid[0.5:SIZE, 0.5:SIZE]
    pixels = np.stack([columns.ravel(), rows.ravel()], axis=1)[:, np.newaxis]
    start, along = lines[:, 0], lines[:, 1] - lines[:, 0]
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    # How far along each piece the nearest point to a pixel lies, from 0 at its start to 1 at its end.
    share = np.clip(((pixels - start) * along).sum(axis=2) / length, 0, 1)
    distance = np.sqrt(((start + share[..., np.newaxis] * along - pixels) ** 2).sum(axis=2)).min(axis=1)
    return np.clip(pen / 2 + 0.5 - distance, 0, 1).reshape(SIZE, SIZE)


def prepare(lines, pen):
    """Draw lines as the makers of MNIST prepared their digits.

    The digit, pen and all, fills a box of 20 × 20 pixels on its longer side and keeps its proportions; edges are grey;
    the centre of mass of the ink lies in the middle of 28 × 28 pixels (LeCun, Cortes, Burges, "The MNIST database of
    handwritten digits").

    Parameters
    ----------
    lines : array, shape (pieces, 2, 2)
        In any units.
    pen : float
        Thickness in pixels after scaling.
    """
    if not len(lines):
        return draw_lines(lines, pen)
    low, high = lines.min(axis=(0, 1)), lines.max(axis=(0, 1))
    scale = (BOX - pen) / max(*(high - low), 1e-9)
    lines = (lines - (low + high) / 2) * scale + SIZE / 2
    return draw_lines(lines + SIZE / 2 - centre_of_mass(draw_lines(lines, pen)), pen)


def centre_of_mass(image):
    """Average place of the ink, as (x, y) in pixels from the upper left corner; the middle of an empty picture."""
    if not image.any():
        return np.full(2, image.shape[0] / 2)
    places = np.arange(len(image)) + 0.5
    return np.array([(image.sum(axis=0) * places).sum(), (image.sum(axis=1) * places).sum()]) / image.sum()


def turn(lines, angle):
    """Turn lines clockwise about the middle of the paper, by an angle in degrees."""
    angle = np.radians(angle)
    rotation = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return (lines - 0.5) @ rotation + 0.5


@functools.cache
def trained_reader():
    """Train a 784-128-10 network on the bundled digits, once; return it with the training digits and their labels."""
    (images, labels), _ = load_mnist()
    images = images.astype("float32") / 255
    model = Sequential([Flatten(), Dense(128, "relu"), Dense(10, "softmax")], seed=0)
    model.compile("rmsprop", "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=EPOCHS, batch_size=128, verbose=0)
    return model, images, labels


def read_drawing(strokes, pen=2.5, angle=0, prepared=True):
    """Classify a drawing with the trained network, and find the training digit that is most like it.

    Parameters
    ----------
    strokes : tuple of strokes
    pen : float
        Thickness in pixels of 28.
    angle : float
        By how many degrees the drawing is turned clockwise.
    prepared : bool
        Whether the network sees the drawing scaled and centred as MNIST's digits, or as it lies on the paper.

    Returns
    -------
    Reading
    """
    model, images, labels = trained_reader()
    lines = turn(segments(strokes), angle)
    drawn = draw_lines(SIZE * lines, pen)
    image = prepare(lines, pen) if prepared else drawn
    empty = not image.any()
    probabilities = np.full(10, 0.1) if empty else model.predict(image[np.newaxis])[0].astype(float)
    row = image.ravel().astype(np.float32)
    # |digit - drawing|² without |drawing|², which is the same for all digits.
    rows = images.reshape(len(images), -1)
    nearest = int((squared_lengths() - 2 * rows @ row).argmin())
    distance = float(np.linalg.norm(rows[nearest] - row))
    return Reading(drawn, image, probabilities, images[nearest], int(labels[nearest]), distance, empty)


@functools.cache
def squared_lengths():
    _, images, _ = trained_reader()
    return (images**2).sum(axis=(1, 2))
