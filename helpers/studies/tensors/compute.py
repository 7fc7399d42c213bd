"""What TensorViewer and DigitSlicer compute: a small tensor with its strides, and a stack of digits cut by slices."""

import dataclasses

import numpy as np

from helpers.datasets import bundled_digits
from helpers.studies.tensors.strided import row_major_strides

DIGITS_TO_SLICE = 20


@dataclasses.dataclass(frozen=True)
class TensorView:
    """A tensor that counts up from 0, with its strides in entries and the part that one index picks."""

    tensor: np.ndarray
    strides: tuple
    axis: int | None
    index: int
    part: np.ndarray


def view_tensor(shape, axis, index):
    """Number the entries of a tensor in the order of its buffer, and pick one index along one axis.

    Parameters
    ----------
    shape : tuple of int
    axis, index : int
        If there is no such axis, or no such index along it, the last one.

    Returns
    -------
    TensorView
    """
    tensor = np.arange(int(np.prod(shape))).reshape(shape)
    if not shape:
        return TensorView(tensor, (), None, 0, tensor)
    axis = min(axis, len(shape) - 1)
    index = min(index, shape[axis] - 1)
    return TensorView(tensor, row_major_strides(shape), axis, index, np.take(tensor, index, axis=axis))


@dataclasses.dataclass(frozen=True)
class DigitSlice:
    """What a slice along each axis picks from the first training digits; `first` is the first of them, `slices` are those of digits, rows, columns."""

    slices: tuple
    first: np.ndarray
    picked: np.ndarray


def slice_digits(slices):
    """Slice the first 20 training digits, an array of shape (20, 28, 28), along each of its axes.

    Parameters
    ----------
    slices : sequence of (start, stop, step)

    Returns
    -------
    DigitSlice
    """
    (images, _), _ = bundled_digits()
    slices = tuple(slice(*parts) for parts in slices)
    return DigitSlice(slices, images[0], images[:DIGITS_TO_SLICE][slices])
