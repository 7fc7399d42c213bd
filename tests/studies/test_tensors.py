"""Parts of tensors, and real data of every rank: matplotlib's sample files still hold what the course says of them."""

import numpy as np

from helpers.datasets import load_mnist
from helpers.studies.tensors import samples
from helpers.studies.tensors.compute import view_tensor


def test_parts_of_a_tensor():
    """Else the picked part is another one than the index says, or the last one cannot be picked."""
    for shape in ((4,), (3, 2), (2, 3, 4)):
        for axis, size in enumerate(shape):
            for index in (0, size - 1):
                view = view_tensor(shape, axis, index)
                assert (view.axis, view.index) == (axis, index)
                np.testing.assert_array_equal(view.part, view.tensor.take(index, axis))
    assert (view_tensor((3, 2), 7, 7).axis, view_tensor((3, 2), 7, 7).index) == (1, 1)


def test_share_prices():
    """Else a column of prices is another than its name says."""
    prices = samples.load_share_prices()
    assert prices.shape == (1047, 5) and prices.dtype == np.float64
    assert prices[0].tolist() == [100.0, 104.06, 95.96, 100.34, 22351900.0]
    opening, highest, lowest, closing, _ = prices.T
    assert (lowest <= np.minimum(opening, closing)).all() and (np.maximum(opening, closing) <= highest).all()


def test_eeg():
    """Else times and channels are swapped: neighbours in time are alike, channels are not."""
    eeg = samples.load_eeg()
    assert eeg.shape == (800, 4)
    assert np.abs(np.diff(eeg, axis=0)).mean() < np.abs(np.diff(eeg, axis=1)).mean()


def test_pictures():
    """Else a picture is upside down, or its channels come first."""
    photograph, mri = samples.load_photograph(), samples.load_mri_slice()
    assert photograph.shape == (600, 512, 3) and photograph.dtype == np.uint8
    # The sky at the right of the head is blue; the uniform at the bottom is dark.
    red, _, blue = photograph[200, 480].astype(int)
    assert blue > red + 40
    assert photograph[550, 100:400].mean() < photograph[200, 400:].mean()
    assert mri.shape == (256, 256) and mri.dtype == np.uint16 and mri.max() > 255
    # With its two bytes swapped, a pixel has nothing to do with its neighbours.
    assert np.abs(np.diff(mri.astype(int), axis=1)).mean() < mri.std() / 4


def test_tiles_are_parts_of_the_photograph():
    """Else the batch of tiles shows the pieces in another order, or mixes their pixels."""
    photograph = samples.load_photograph()
    tiles = samples.cut_into_tiles(photograph, 128)
    assert tiles.shape == (16, 128, 128, 3)
    np.testing.assert_array_equal(tiles[0], photograph[:128, :128])
    np.testing.assert_array_equal(tiles[6], photograph[128:256, 256:384])


def test_clips_move_to_the_right():
    """Else the axes of a video are not those that the notebook names."""
    (images, _), _ = load_mnist()
    clips = samples.make_clips(images[:3])
    assert clips.shape == (3, 8, 28, 28, 1)
    np.testing.assert_array_equal(clips[1, 0, :, :, 0], images[1])
    np.testing.assert_array_equal(clips[1, 3, :, 6:, 0], images[1][:, :-6])
