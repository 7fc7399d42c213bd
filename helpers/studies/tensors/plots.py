"""Pictures of tensors: their entries and their buffer, slices of digits, and real data of every rank."""

import numpy as np
from matplotlib.artist import Artist

from helpers.kit.cells import INK, PALE, WHITE, Box, CellPicture, Note, grid, grid_size
from helpers.kit.style import QUIET, TEST, TRAIN, LivePicture, course_style, picture
from helpers.studies.tensors.compute import DIGITS_TO_SLICE

TENSOR = "tensor of shape {shape}"
BUFFER = "buffer: the numbers as they lie in memory"
FIRST_DIGIT = "rows and columns, on the first digit"
PICKED = "what the slice gives"
NOTHING = "nothing"

PRICES = "closing price of a share in dollars"
VOLTAGE = "four channels of an EEG"
DAY, SECONDS = "trading day", "seconds"
WEEK = "one sample:\n5 days"
SERIES = (
    "Left, the price of a share on {days:,} days, with one week marked. Right, the voltage of {channels} channels of an "
    "electroencephalogram, one below the other, at {times} moments."
)
CHANNELS = ("photograph", "red", "green", "blue")
SLICE = "MRI slice"
IMAGES = "A colour photograph of shape {photograph} with its three channels, and a slice through a head of shape {mri}."
TILES = "{count} tiles of {rows} × {columns} pixels in {channels} channels."
CLIP = "{frames} frames of one clip of shape {shape}, from left to right."
OVERFLOW = "Adding {amount} in uint8 turns bright pixels dark, because 256 becomes 0; done with room to spare, they stay bright."

# A third of the blue that marks training data, on top of two thirds of what is below.
TINT = 0.35 * np.array([0, 114, 178])

# Text in more boxes than these would be too small to read.
WRITTEN = 64


class TensorPlot(CellPicture):
    """A tensor as nested grids over its flat buffer; the part that an index picks is lit in both.

    Parameters
    ----------
    result : helpers.studies.tensors.compute.TensorView
    """

    def __init__(self, result):
        super().__init__(9, 4.4)
        self.update(result)

    def update(self, result):
        tensor = result.tensor
        lit = np.isin(np.arange(tensor.size), result.part)
        wide, high = grid_size(tensor.shape)
        cell = min(8.0, 86 / wide, 27 / high)
        below = 4.6 + cell * high + 4
        notes = [
            Note(2, 2.4, TENSOR.format(shape=tensor.shape), weight="bold", size=13),
            Note(2, below, BUFFER, weight="bold", size=13),
        ]
        boxes = grid(tensor, 2, 4.6, cell, cell, self.entry(tensor, lit, cell))
        place = min(5.0, 86 / tensor.size)
        buffer = tensor.ravel()
        boxes += grid(buffer, 2, below + 1.8, place, 3.4, self.entry(buffer, lit, place))
        self.show(boxes, notes)

    def entry(self, array, lit, cell):
        written = array.size <= WRITTEN and cell > 2

        def box(indices, rectangle):
            number = array[indices]
            face, ink = (TRAIN, WHITE) if lit[number] else (PALE, INK)
            edge = WHITE if cell > 0.5 else face
            text = str(number) if written else ""
            return Box(*rectangle, face, edge, 1 if cell > 0.5 else 0, text, ink, size=12 if cell > 3 else 9)

        return box


class DigitSlicePlot(LivePicture):
    """The first digit with the sliced rows and columns tinted, beside all that the slice gives.

    Parameters
    ----------
    result : helpers.studies.tensors.compute.DigitSlice
    """

    columns = 5
    # Screen pixels for one pixel of a digit, at the left and at the right.
    large, small = 12, 3

    def __init__(self, result):
        super().__init__(9, 4.2)
        rows = -(-DIGITS_TO_SLICE // self.columns)
        self.sheet = np.full((30 * rows - 2, 30 * self.columns - 2, 3), 225, np.uint8)
        with course_style():
            self.figure.set_layout_engine("none")
            left = self.place_axes(40, 30, (28, 28), self.large)
            right = self.place_axes(430, 30, self.sheet.shape[:2], self.small)
            left.set(title=FIRST_DIGIT, xlim=(-0.5, 27.5), ylim=(27.5, -0.5))
            left.set(xticks=[0, 9, 18, 27], yticks=[0, 9, 18, 27])
            right.set(title=PICKED, xticks=[], yticks=[], frame_on=False)
            self.digit = self.figure.add_artist(Pixels(40, 30))
            self.picked = self.figure.add_artist(Pixels(430, 30))
            self.nothing = right.text(0.5, 0.5, NOTHING, ha="center", color=TEST, weight="bold", fontsize=16)
        self.moves(self.digit, self.picked, self.nothing)
        self.update(result)

    def place_axes(self, x, y, shape, scale):
        width, height = self.figure.get_size_inches() * self.figure.dpi
        rows, columns = shape
        return self.figure.add_axes((x / width, y / height, columns * scale / width, rows * scale / height))

    def update(self, result):
        """Show another slice."""
        digit = paper_and_ink(result.first)
        digit[result.slices[1:]] = digit[result.slices[1:]] * 0.65 + TINT
        self.digit.show(digit, self.large)
        sheet = self.sheet.copy()
        for place, digit in enumerate(paper_and_ink(result.picked)):
            row, column = divmod(place, self.columns)
            rows, columns, _ = digit.shape
            sheet[30 * row : 30 * row + rows, 30 * column : 30 * column + columns] = digit
        self.picked.show(sheet, self.small)
        self.nothing.set_visible(result.picked.size == 0)


class Pixels(Artist):
    """A picture whose pixels are squares of whole pixels of the screen; matplotlib's own would be resampled, slowly.

    Parameters
    ----------
    x, y : int
        Its lower left corner, in pixels of the screen.
    """

    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x, y

    def show(self, image, scale):
        """Show colours of shape (rows, columns, 3), each on scale × scale pixels of the screen."""
        opaque = np.dstack([image, np.full(image.shape[:2], 255, np.uint8)])
        # Agg begins at the lowest row.
        self.pixels = np.repeat(np.repeat(opaque[::-1], scale, axis=0), scale, axis=1)

    def draw(self, renderer):
        renderer.draw_image(renderer.new_gc(), self.x, self.y, self.pixels)


def paper_and_ink(images):
    """Return grey pictures, 0 for paper and 255 for ink, as colours for the screen."""
    return np.repeat(255 - images[..., np.newaxis], 3, axis=-1)


@picture(9, 3.8)
def show_series(figure, prices, eeg, first=500):
    """Show share prices with one week marked, and the channels of an electroencephalogram (EEG) below each other.

    Parameters
    ----------
    prices : array, shape (days, features)
        The fourth feature is drawn.
    eeg : array, shape (times, channels)
        80 times a second.
    first : int
        The first day of the marked week.
    """
    left, right = figure.subplots(1, 2)
    left.plot(prices[:, 3], color=TRAIN, linewidth=1.5)
    left.axvspan(first, first + 5, color=TEST)
    left.annotate(WEEK, (first, 90), (10, 0), textcoords="offset points", color=TEST, weight="bold")
    left.set(title=PRICES, xlabel=DAY)
    distance = 1.1 * np.ptp(eeg, axis=0).max()
    for channel in range(eeg.shape[1]):
        right.plot(np.arange(len(eeg)) / 80, eeg[:, channel] - channel * distance, color=TRAIN, linewidth=0.8)
    right.set(title=VOLTAGE, xlabel=SECONDS)
    right.set_yticks([-channel * distance for channel in range(eeg.shape[1])], range(eeg.shape[1]))
    return SERIES.format(days=len(prices), times=len(eeg), channels=eeg.shape[1])


@picture(9, 2.7)
def show_images(figure, photograph, mri):
    """Show a photograph, its three channels, and a slice of magnetic resonance.

    Parameters
    ----------
    photograph : array, shape (rows, columns, 3)
    mri : array, shape (rows, columns)
    """
    panels = figure.subplots(1, 5)
    for axes, title in zip(panels, (*CHANNELS, SLICE), strict=True):
        axes.set_axis_off()
        axes.set_title(title, loc="center", weight="normal")
    panels[0].imshow(photograph)
    for channel in range(3):
        panels[1 + channel].imshow(photograph[:, :, channel], cmap="gray", vmin=0, vmax=255)
    panels[4].imshow(mri, cmap="gray")
    return IMAGES.format(photograph=photograph.shape, mri=mri.shape)


@picture(9, 3.6)
def show_tiles(figure, tiles):
    """Show a batch of colour pictures.

    Parameters
    ----------
    tiles : array, shape (samples, rows, columns, 3)
    """
    across = -(-len(tiles) // 2)
    for number, axes in enumerate(figure.subplots(2, across, squeeze=False).flat):
        axes.set_axis_off()
        if number < len(tiles):
            axes.imshow(tiles[number])
            axes.set_title(str(number), loc="center", weight="normal")
    count, rows, columns, channels = tiles.shape
    return TILES.format(count=count, rows=rows, columns=columns, channels=channels)


@picture(9, 1.7)
def show_clip(figure, clip):
    """Show the frames of a clip from left to right.

    Parameters
    ----------
    clip : array, shape (frames, rows, columns, 1)
    """
    for number, axes in enumerate(figure.subplots(1, len(clip))):
        axes.imshow(clip[number, :, :, 0])
        axes.set(xticks=[], yticks=[])
        axes.set_title(str(number), loc="center", weight="normal")
        for spine in axes.spines.values():
            spine.set(visible=True, color=QUIET)
    return CLIP.format(frames=len(clip), shape=clip.shape)


@picture(9, 3.3)
def show_overflow(figure, image, amount):
    """Show a picture, the same made brighter in uint8, and made brighter with room to spare.

    Parameters
    ----------
    image : array of uint8, shape (rows, columns)
    amount : int
        What is added to each pixel.
    """
    panels = {
        "image": image,
        f"image + {amount}, in uint8": image + np.uint8(amount),
        "in float32, cut at 255": np.minimum(image.astype(np.float32) + amount, 255),
    }
    for axes, (title, array) in zip(figure.subplots(1, 3), panels.items(), strict=True):
        axes.imshow(array, cmap="gray", vmin=0, vmax=255)
        axes.set_axis_off()
        axes.set_title(title, loc="center", weight="normal")
    return OVERFLOW.format(amount=amount)
