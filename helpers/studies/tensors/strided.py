"""A tensor is one flat buffer of numbers, a shape, and for each axis a stride: how far apart its neighbours lie.

Plain Python, for reading; NumPy stores its arrays the same way, with strides in bytes instead of entries.
"""

import math

from helpers.errors import explain_broadcast
from helpers.language import Words

_ = Words(__name__)

LISTS_ONLY = _(
    "rank and shape read lists of numbers, and a value of type {kind} came. An array tells its own: .ndim, .shape."
)
RAGGED = _("The parts of a tensor must have equal shapes, but here {first} stands beside {other}.")
DOES_NOT_FILL = _("{count} entries do not fill shape {shape}, which has room for {room}.")
TOO_MANY_INDICES = _("{given} indices were given, but the tensor has {rank} axes.")
OUT_OF_RANGE = _("Index {index} is out of range: axis {axis} has {size} entries, numbered from 0 to {last}.")


def rank(nested):
    """Count the axes of nested lists; a single number has none. Anything else that has a length is a TypeError."""
    axes = 0
    while isinstance(nested, list):
        axes += 1
        nested = nested[0] if nested else None
    if hasattr(nested, "__len__"):
        raise TypeError(LISTS_ONLY.format(kind=type(nested).__name__))
    return axes


def shape(nested):
    """Return the number of entries along each axis of nested lists, as a tuple; raise a ValueError if they are ragged."""
    if rank(nested) == 0:
        return ()
    parts = [shape(part) for part in nested]
    for part in parts:
        if part != parts[0]:
            raise ValueError(RAGGED.format(first=parts[0], other=part))
    return (len(nested), *parts[0]) if parts else (0,)


def flatten(nested):
    """List the numbers of nested lists from first to last."""
    if not isinstance(nested, list):
        return [nested]
    return [number for part in nested for number in flatten(part)]


def row_major_strides(shape):
    """Return the stride of each axis, in entries, when the last axis lies closest together."""
    strides = []
    step = 1
    for size in reversed(shape):
        strides.insert(0, step)
        step *= size
    return tuple(strides)


def select(shape, strides, indices):
    """Find where the part of a tensor begins that indices and slices pick, with the part's shape and strides.

    Raises
    ------
    IndexError
        If an index lies outside its axis; the message says the axis and its size.
    """
    start, kept_shape, kept_strides = 0, [], []
    for axis, (size, stride) in enumerate(zip(shape, strides, strict=True)):
        index = indices[axis] if axis < len(indices) else slice(None)
        if isinstance(index, slice):
            places = range(*index.indices(size))
            start += places.start * stride
            kept_shape.append(len(places))
            kept_strides.append(places.step * stride)
        elif -size <= index < size:
            start += (index % size) * stride
        else:
            raise IndexError(OUT_OF_RANGE.format(index=index, axis=axis, size=size, last=size - 1))
    return start, tuple(kept_shape), tuple(kept_strides)


class StridedTensor:
    """Numbers in one flat list, seen as a tensor.

    Parameters
    ----------
    buffer : list
        The numbers, in a row. Tensors may share it.
    shape : tuple of int
        Number of entries along each axis.
    strides : tuple of int, optional
        How many places further in the buffer the next entry along each axis stands; 1 along the last axis by default.
    start : int
        Place of the entry whose indices are all 0.

    Raises
    ------
    ValueError
        If no strides are given and the buffer does not fill the shape.
    """

    def __init__(self, buffer, shape, strides=None, start=0):
        if strides is None and len(buffer) != math.prod(shape):
            raise ValueError(DOES_NOT_FILL.format(count=len(buffer), shape=shape, room=math.prod(shape)))
        self.buffer = buffer
        self.shape = shape
        self.strides = row_major_strides(shape) if strides is None else strides
        self.start = start

    def __getitem__(self, indices):
        """Return one number, or a tensor on the same buffer: an index uses an axis up, a slice keeps it."""
        indices = indices if isinstance(indices, tuple) else (indices,)
        if len(indices) > len(self.shape):
            raise IndexError(TOO_MANY_INDICES.format(given=len(indices), rank=len(self.shape)))
        start, shape, strides = select(self.shape, self.strides, indices)
        start += self.start
        return StridedTensor(self.buffer, shape, strides, start) if shape else self.buffer[start]

    def tolist(self):
        """Return the numbers as nested lists."""
        if not self.shape:
            return self.buffer[self.start]
        parts = [self[index] for index in range(self.shape[0])]
        return [part.tolist() if isinstance(part, StridedTensor) else part for part in parts]


def transpose(tensor):
    """Reverse the order of the axes, by reversing shape and strides; the buffer is shared and nothing moves."""
    return StridedTensor(tensor.buffer, tensor.shape[::-1], tensor.strides[::-1], tensor.start)


def in_a_row(tensor):
    """Say whether the entries are neighbours in the buffer, in their order; a step along a single entry does not matter."""
    steps = zip(tensor.shape, tensor.strides, row_major_strides(tensor.shape), strict=True)
    return all(size == 1 or stride == step for size, stride, step in steps)


def reshape(tensor, shape):
    """Cut the same entries, in the same order, into another shape; copy them first if they do not lie in a row."""
    if in_a_row(tensor) and math.prod(shape) == math.prod(tensor.shape):
        return StridedTensor(tensor.buffer, shape, row_major_strides(shape), tensor.start)
    return StridedTensor(flatten(tensor.tolist()), shape)


def broadcast_shape(left, right):
    """Return the shape that two shapes have in common after broadcasting.

    Raises
    ------
    ValueError
        If two sizes on one axis differ and neither of them is 1; the message names the axis.
    """
    axes = max(len(left), len(right))
    padded_left = (1,) * (axes - len(left)) + left
    padded_right = (1,) * (axes - len(right)) + right
    shape = []
    for size, other in zip(padded_left, padded_right, strict=True):
        if size != other and size != 1 and other != 1:
            raise ValueError(explain_broadcast("broadcast", left, right))
        shape.append(other if size == 1 else size)
    return tuple(shape)
