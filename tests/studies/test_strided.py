"""The strided tensor, built in 2.2 and 2.3, against NumPy."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, basic_indices

from helpers.studies.tensors.strided import (
    StridedTensor,
    broadcast_shape,
    flatten,
    rank,
    reshape,
    row_major_strides,
    shape,
    transpose,
)

shapes = array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


def pair(shape):
    """Return the numbers 0, 1, 2, … in a shape, as a NumPy array and as a StridedTensor."""
    count = math.prod(shape)
    return np.arange(count).reshape(shape), StridedTensor(list(range(count)), shape)


def same(tensor, array):
    assert tensor.shape == array.shape
    assert tensor.tolist() == array.tolist()


@settings(max_examples=60, deadline=None)
@given(shapes)
def test_shape_rank_and_strides(wanted):
    """Else the first thing that a learner builds disagrees with NumPy."""
    array, tensor = pair(wanted)
    same(tensor, array)
    if 0 not in wanted:
        assert shape(array.tolist()) == wanted
        assert rank(array.tolist()) == array.ndim
        assert tuple(stride // array.itemsize for stride in array.strides) == row_major_strides(wanted)
    assert flatten(array.tolist()) == array.ravel().tolist()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_indexing(data):
    """Else a slice or a negative index picks other entries than NumPy does."""
    wanted = data.draw(array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=5))
    index = data.draw(basic_indices(wanted, allow_ellipsis=False, allow_newaxis=False))
    array, tensor = pair(wanted)
    found, expected = tensor[index], array[index]
    if isinstance(found, StridedTensor):
        same(found, expected)
        assert found.buffer is tensor.buffer
    else:
        assert found == expected


@settings(max_examples=60, deadline=None)
@given(shapes, st.data())
def test_transpose_and_reshape(wanted, data):
    """Else reshape changes the order, or transposition does not."""
    array, tensor = pair(wanted)
    same(transpose(tensor), array.T)
    assert transpose(tensor).buffer is tensor.buffer
    other = tuple(data.draw(st.permutations(wanted)))
    same(reshape(tensor, other), array.reshape(other))
    same(reshape(transpose(tensor), other), array.T.reshape(other))
    assert reshape(tensor, other).buffer is tensor.buffer


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_reshape_copies_only_what_does_not_lie_in_a_row(data):
    """Else a slice such as [1:], whose entries lie in a row, is copied, or one whose entries do not is read wrongly."""
    wanted = data.draw(array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=5))
    slices = st.builds(slice, *3 * [st.integers(-5, 5).filter(bool) | st.none()])
    index = tuple(data.draw(st.tuples(*len(wanted) * [slices])))
    array, tensor = pair(wanted)
    array, tensor = array[index], tensor[index]
    reshaped = reshape(tensor, (array.size,))
    same(reshaped, array.reshape(-1))
    if array.size:
        assert (reshaped.buffer is tensor.buffer) == array.flags.c_contiguous


def test_part_of_a_tensor_is_a_tensor():
    """Else what is made of a slice begins where the buffer does, not where the slice does."""
    array, tensor = pair((4, 3))
    array, tensor = array[1:3, 1:], tensor[1:3, 1:]
    same(transpose(tensor), array.T)
    same(reshape(tensor, (4,)), array.reshape(4))


def test_broadcasting_on_every_pair_of_shapes():
    """Else the rule that a learner builds differs from NumPy's on some pair of shapes, or in what is an error."""
    every = [shape for axes in range(4) for shape in itertools.product(range(4), repeat=axes)]
    for left, right in itertools.product(every, repeat=2):
        try:
            expected = np.broadcast_shapes(left, right)
        except ValueError:
            with pytest.raises(ValueError, match="two axes fit when they are equal or one of them is 1"):
                broadcast_shape(left, right)
        else:
            assert broadcast_shape(left, right) == expected


@pytest.mark.parametrize(
    ("compute", "error", "words"),
    [
        (lambda: shape([[1, 2], [3]]), ValueError, r"\(2,\) stands beside \(1,\)"),
        (lambda: shape([1, [2]]), ValueError, r"\(\) stands beside \(1,\)"),
        (
            lambda: StridedTensor([1, 2, 3], (2, 2)),
            ValueError,
            r"3 entries do not fill shape \(2, 2\).*room for 4",
        ),
        (
            lambda: reshape(StridedTensor([1, 2], (2,)), (3,)),
            ValueError,
            r"2 entries do not fill shape \(3,\)",
        ),
        (lambda: broadcast_shape((3,), (2, 2)), ValueError, "axis −1 is 3 on the left and 2 on the right"),
        (
            lambda: StridedTensor([1, 2], (2,))[2],
            IndexError,
            "Index 2 is out of range: axis 0 has 2 entries.*0 to 1",
        ),
        (lambda: StridedTensor([1, 2], (2,))[-3], IndexError, "Index -3"),
        (
            lambda: StridedTensor([1, 2], (2,))[0, 0],
            IndexError,
            "2 indices were given, but the tensor has 1 axes",
        ),
    ],
)
def test_errors_are_lessons(compute, error, words):
    """Else a learner's mistake is answered by another riddle."""
    with pytest.raises(error, match=words):
        compute()


def test_shapes_of_empty_lists():
    """Else an empty list has no shape, or a wrong one."""
    assert (shape([]), rank([]), shape(3), rank(3)) == ((0,), 1, (), 0)
    assert shape([[], []]) == (2, 0)


def test_rank_and_shape_refuse_what_they_cannot_read():
    """Else rank says 0 of an array, without a word, and a learner believes that a vector has no axes."""
    for value in (np.array([1, 2]), (1, 2), "12", [np.array([1, 2])]):
        for count in (rank, shape):
            with pytest.raises(TypeError, match=r"\.ndim, \.shape"):
                count(value)
    assert rank([np.float64(1)]) == 1 and shape([[True, 2.5]]) == (1, 2)
