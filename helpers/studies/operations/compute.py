"""What the explorers of tensors compute: small tensors, and what an operation makes of them."""

import dataclasses
import functools

import numpy as np

from helpers.datasets import bundled_digits
from helpers.errors import explain_matmul
from helpers.operations import relu
from helpers.studies.tensors.strided import broadcast_shape


@dataclasses.dataclass(frozen=True)
class Broadcast:
    """Two tensors and their sum, up to a step of the way; without a sum, the sentence that says why."""

    step: str
    left: np.ndarray
    right: np.ndarray
    total: np.ndarray | None
    trouble: str = ""


def broadcast(left, right, step):
    """Add a tensor of tens to one of ones, of any two shapes.

    Parameters
    ----------
    left, right : tuple of int
        Shapes.
    step : {"as typed", "aligned", "axes added", "repeated"}
        How far the picture goes.

    Returns
    -------
    Broadcast
    """
    tens, ones = 10 * count_up(left), count_up(right)
    try:
        broadcast_shape(left, right)
    except ValueError as error:
        return Broadcast(step, tens, ones, None, str(error))
    return Broadcast(step, tens, ones, tens + ones)


def count_up(shape):
    """Return the numbers 1, 2, 3, … in a shape."""
    return np.arange(1, 1 + int(np.prod(shape))).reshape(shape)


def padded(shape, axes):
    """Return a shape with as many axes of size 1 in front as it lacks."""
    return (1,) * (axes - len(shape)) + shape


@dataclasses.dataclass(frozen=True)
class Product:
    """Two tensors and their product, with one row and one column; without a product, the sentence that says why."""

    left: np.ndarray
    right: np.ndarray
    product: np.ndarray | None
    row: int
    column: int
    trouble: str = ""


def multiply_matrices(left, right, row, column):
    """Multiply two tensors of small whole numbers, by `@`.

    Parameters
    ----------
    left, right : tuple of int
        Shapes of at most two axes.
    row, column : int
        The entry of the product to look at; if there is none, the last one.

    Returns
    -------
    Product
    """
    first, second = count_up(left) % 7 - 2, 4 - count_up(right) % 6
    if not left or not right or left[-1] != right[-2:][0]:
        return Product(first, second, None, row, column, explain_matmul(left, right))
    product = first @ second
    rows, columns = (left[:-1] or (1,))[0], (right[1:] or (1,))[0]
    return Product(first, second, product, max(0, min(row, rows - 1)), max(0, min(column, columns - 1)))


@dataclasses.dataclass(frozen=True)
class Reordering:
    """A matrix and its numbers in another shape or order; `entry` is a place in the buffer that both share."""

    before: np.ndarray
    after: np.ndarray
    entry: int


def reorder(rows, columns, operation, entry):
    """Number the entries of a matrix in the order of its buffer, then reshape or transpose it.

    Parameters
    ----------
    rows, columns : int
    operation : {"keep", "reshape", "transpose"}
        Both make `columns` rows of `rows` entries.
    entry : int
        The entry to look at; if there is none, the last one.

    Returns
    -------
    Reordering
    """
    before = np.arange(rows * columns).reshape(rows, columns)
    after = {"keep": before, "reshape": before.reshape(columns, rows), "transpose": before.T}[operation]
    return Reordering(before, after, min(entry, before.size - 1))


@dataclasses.dataclass(frozen=True)
class Plane:
    """Points of the plane before and after a layer of two units: an outline, a grid of lines, (0, 0), (1, 0) and (0, 1)."""

    kernel: np.ndarray
    bias: np.ndarray
    outline: np.ndarray
    moved_outline: np.ndarray
    lines: np.ndarray
    moved_lines: np.ndarray
    moved_corners: np.ndarray


def move_plane(angle, scale, shear, shift_right, shift_up, activation):
    """Send the outline of a digit and a grid of lines through `activation(points @ kernel + bias)`.

    Parameters
    ----------
    angle : float
        Turn counter-clockwise, in degrees; it comes last.
    scale : float
        Factor for both coordinates; it comes first.
    shear : float
        How far a point moves right for each unit that it lies up.
    shift_right, shift_up : float
    activation : {"none", "relu"}

    Returns
    -------
    Plane
    """
    turn = np.radians(angle)
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    kernel = scale * np.array([[1, 0], [shear, 1]]) @ rotation
    bias = np.array([shift_right, shift_up])
    outline, lines = digit_outline(), straight_lines()
    corners = np.array([[0, 0], [1, 0], [0, 1]])
    moved = [points @ kernel + bias for points in (outline, lines, corners)]
    if activation == "relu":
        moved = [relu(points) for points in moved]
    return Plane(kernel, bias, outline, moved[0], lines, *moved[1:])


@functools.cache
def digit_outline():
    """Return the longest outline of the first training digit, a 4, within -2 and 2; shape (points, 2)."""
    import contourpy

    (images, _), _ = bundled_digits()
    outlines = contourpy.contour_generator(z=images[0][::-1]).lines(128)
    return (max(outlines, key=len) - 13.5) / 6


def straight_lines(reach=2, dots=41):
    """Return lines along both axes, a half apart; shape (lines, dots, 2)."""
    along, places = np.linspace(-reach, reach, dots), np.linspace(-reach, reach, 4 * reach + 1)
    level = [np.stack([along, np.full(dots, place)], axis=1) for place in places]
    upright = [line[:, ::-1] for line in level]
    return np.array(level + upright)
