"""Tensors of every rank and what they hold (2.2)."""

import numpy as np

from cases.rings import RINGS
from helpers.datasets import bundled_digits
from helpers.studies.tensors import plots as tensors
from helpers.studies.tensors.compute import slice_digits, view_tensor
from helpers.widgets import DigitSlicer, TensorViewer

COLOURS = np.stack([RINGS[3], RINGS[6], RINGS[9]], axis=2)

PICTURES = {
    "series": (
        tensors.show_series,
        (100 + np.outer(np.arange(600) % 50, np.ones(5)), np.sin(np.outer(np.arange(160) / 5, [1, 2, 3, 4]))),
        "Left, the price of a share on 600 days, with one week marked. Right, the voltage of 4 channels of an "
        "electroencephalogram, one below the other, at 160 moments.",
    ),
    "images": (
        tensors.show_images,
        (COLOURS, RINGS[5].astype(np.uint16) * 100),
        "A colour photograph of shape (28, 28, 3) with its three channels, and a slice through a head of shape (28, 28).",
    ),
    "tiles": (
        tensors.show_tiles,
        (np.stack([COLOURS[:14, :14], COLOURS[:14, 14:], COLOURS[14:, :14]]),),
        "3 tiles of 14 × 14 pixels in 3 channels.",
    ),
    "clip": (
        tensors.show_clip,
        (RINGS[:6, :, :, np.newaxis],),
        "6 frames of one clip of shape (6, 28, 28, 1), from left to right.",
    ),
    "overflow": (
        tensors.show_overflow,
        (RINGS[6], 80),
        "Adding 80 in uint8 turns bright pixels dark, because 256 becomes 0; done with room to spare, they stay bright.",
    ),
}

LIVE = {
    "tensor-viewer": (tensors.TensorPlot, view_tensor((), 0, 0), view_tensor((2, 3, 4), 1, 1)),
    "tensor-viewer-5d": (tensors.TensorPlot, view_tensor((4,), 0, 0), view_tensor((4, 4, 4, 4, 4), 4, 2)),
    "digit-slicer": (
        tensors.DigitSlicePlot,
        slice_digits([(0, 20, 1), (0, 28, 1), (0, 28, 1)]),
        slice_digits([(-7, 20, 2), (27, 3, -1), (4, 24, 2)]),
    ),
    "digit-slicer-nothing": (
        tensors.DigitSlicePlot,
        slice_digits([(0, 20, 1), (0, 28, 1), (0, 28, 1)]),
        slice_digits([(0, 20, 1), (9, 3, 1), (0, 28, 1)]),
    ),
}


def same_part(names, result):
    np.testing.assert_array_equal(names["tensor"], result.tensor)
    np.testing.assert_array_equal(names["part"], result.part)


def same_digits(names, result):
    np.testing.assert_array_equal(names["picked"], result.picked)


SAME = {DigitSlicer: same_digits, TensorViewer: same_part}


def picks(*slices):
    """Return a claim: that a slice picks this of the first 20 training digits."""
    return lambda found, **_: np.array_equal(found.picked, bundled_digits()[0][0][:20][slices])


def has_shape(shape, part):
    """Return a claim: that a tensor has this shape, and the part that is picked the other one."""
    return lambda found, **_: (found.tensor.shape, found.part.shape) == (shape, part)


PRESETS = {
    DigitSlicer: {
        "every_second_digit": picks(np.s_[::2]),
        "the_middle": picks(np.s_[:10], np.s_[7:-7], np.s_[7:-7]),
        "every_second_pixel": picks(np.s_[:10], np.s_[::2], np.s_[::2]),
        "upside_down": picks(np.s_[:10], np.s_[::-1]),
        "the_last_three": picks(np.s_[-3:]),
        "nothing": picks(np.s_[:10], np.s_[:0]),
    },
    TensorViewer: {
        "scalar": lambda found, **_: found.tensor.shape == (),
        "vector": has_shape((4,), ()),
        "matrix": has_shape((3, 4), (4,)),
        "a_column_of_a_matrix": has_shape((3, 4), (3,)),
        "4d": has_shape((2, 3, 4, 2), (2, 3, 4)),
        "5d": has_shape((3, 3, 4, 2, 2), (3, 4, 2, 2)),
    },
}
