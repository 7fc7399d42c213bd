"""Real data of every rank that are on this machine already: sample files of matplotlib, and clips made of digits."""

import numpy as np

FEATURES = ("open", "high", "low", "close", "volume")


def open_sample(name, **options):
    from matplotlib.cbook import get_sample_data

    return get_sample_data(name, **options)


def load_share_prices():
    """Load what a share of Google cost on each trading day from August 2004 to October 2008.

    Returns
    -------
    numpy.ndarray, shape (1047, 5)
        Days × features: opening, highest, lowest and closing price in dollars, and number of shares traded.
    """
    table = open_sample("goog.npz")["price_data"]
    return np.stack([table[name].astype(float) for name in FEATURES], axis=1)


def load_eeg():
    """Load ten seconds of an electroencephalogram: the voltage at four places of a head.

    Returns
    -------
    numpy.ndarray, shape (800, 4)
        Times × channels, 80 times a second.
    """
    return np.fromfile(open_sample("eeg.dat", asfileobj=False)).reshape(800, 4)


def load_mri_slice():
    """Load one slice through a head, as a magnetic resonance scanner sees it; shape (256, 256), uint16."""
    with open_sample("s1045.ima.gz") as file:
        return np.frombuffer(file.read(), "<u2").reshape(256, 256).astype(np.uint16)


def load_photograph():
    """Load a portrait of Grace Hopper; shape (600, 512, 3), uint8: rows × columns × red, green and blue."""
    from PIL import Image

    with Image.open(open_sample("grace_hopper.jpg", asfileobj=False)) as photograph:
        return np.array(photograph)


def cut_into_tiles(photograph, size):
    """Cut a photograph into square tiles, and leave out what remains at the bottom and at the right.

    Parameters
    ----------
    photograph : array, shape (rows, columns, channels)
    size : int
        Rows and columns of a tile.

    Returns
    -------
    numpy.ndarray, shape (tiles, size, size, channels)
    """
    down, across = photograph.shape[0] // size, photograph.shape[1] // size
    tiles = [
        photograph[size * row : size * (row + 1), size * column : size * (column + 1)]
        for row in range(down)
        for column in range(across)
    ]
    return np.stack(tiles)


def make_clips(images, frames=8):
    """Let each digit move to the right, two pixels a frame, and come back in at the left.

    Parameters
    ----------
    images : array, shape (digits, rows, columns)
    frames : int

    Returns
    -------
    numpy.ndarray, shape (digits, frames, rows, columns, 1)
        The last axis is the colour channel; there is only grey.
    """
    clips = np.stack([np.roll(images, 2 * frame, axis=2) for frame in range(frames)], axis=1)
    return clips[..., np.newaxis]
