"""Pictures of tensors: their entries and their buffer, slices of digits, and real data of every rank."""

import numpy as np
from matplotlib.artist import Artist

from helpers.kit.cells import PALE, WHITE, CellPicture, grid, grid_size, heading
from helpers.kit.labels import label
from helpers.kit.panels import show_panel
from helpers.kit.style import QUIET, TEST, TRAIN, LivePicture, course_style, picture
from helpers.language import Words
from helpers.studies.tensors.compute import DIGITS_TO_SLICE

_ = Words(__name__)

TENSOR = _("tensor of shape {shape}")
BUFFER = _("buffer: the numbers as they lie in memory")
FIRST_DIGIT = _("rows and columns, on the first digit")
PICKED = _("what the slice gives")
NOTHING = _("nothing")

PRICES = _("closing price of a share in dollars")
VOLTAGE = _("four channels of an EEG")
DAY, SECONDS = _("trading day"), _("seconds")
WEEK = _("one sample:\n5 days")
SERIES = _(
    "Left, the price of a share on {days:,} days, with one week marked. Right, the voltage of {channels} channels of an "
    "electroencephalogram, one below the other, at {times} moments."
)
PHOTOGRAPH, CHANNELS, SLICE = _("photograph"), (_("red"), _("green"), _("blue")), _("MRI slice")
IMAGES = _(
    "A colour photograph of shape {photograph} with its three channels, and a slice through a head of shape {mri}."
)
TILES = _("{count} tiles of {rows} × {columns} pixels in {channels} channels.")
CLIP = _("{frames} frames of one clip of shape {shape}, from left to right.")
BEFORE, WRAPPED, CUT = _("image"), _("image + {amount}, in uint8"), _("in float32, cut at 255")
OVERFLOW = _(
    "Adding {amount} in uint8 turns bright pixels dark, because 256 becomes 0; done with room to spare, they stay bright."
)

# A third of the blue that marks training data, on top of two thirds of what is below.
TINT = 0.35 * np.array([0, 114, 178])

# Text in more boxes than these would be too small to read.
WRITTEN = 64


class TensorPlot(CellPicture):
    """A `TensorView` as nested grids over its flat buffer; the part that an index picks is lit in both."""

    def lay_out(self, view):
        tensor, lit = view.tensor, set(view.part.flat)
        wide, high = grid_size(tensor.shape)
        cell = min(8.0, 86 / wide, 27 / high)
        below = 4.6 + cell * high + 4
        boxes = lit_grid(tensor, lit, 4.6, cell, cell)
        boxes += lit_grid(tensor.ravel(), lit, below + 1.8, min(5.0, 86 / tensor.size), 3.4)
        return boxes, [heading(2, 2.4, TENSOR.format(shape=tensor.shape)), heading(2, below, BUFFER)]


def lit_grid(array, lit, y, cell, height):
    """Lay out numbers as boxes of which some are lit."""
    style = {"edge": WHITE, "line": int(cell > 0.5), "size": 12 if cell > 3 else 9}
    if array.size > WRITTEN or cell <= 2:
        style["text"] = ""

    def look(indices):
        return {"face": TRAIN, "ink": WHITE} if array[indices] in lit else {"face": PALE}

    return grid(array, 2, y, cell, height, look, **style)


class DigitSlicePlot(LivePicture):
    """The first digit with the rows and columns of a `DigitSlice` tinted, beside all that the slice gives."""

    columns = 5

    def __init__(self, result):
        super().__init__(9, 4.2)
        rows = -(-DIGITS_TO_SLICE // self.columns)
        self.sheet = np.full((30 * rows - 2, 30 * self.columns - 2, 3), 225, np.uint8)
        with course_style():
            self.figure.set_layout_engine("none")
            self.digit = Pixels(40, 30, 12)
            self.picked = Pixels(430, 30, 3)
            left = self.digit.frame(self.figure, (28, 28))
            left.set(title=FIRST_DIGIT, xlim=(-0.5, 27.5), ylim=(27.5, -0.5))
            left.set(xticks=[0, 9, 18, 27], yticks=[0, 9, 18, 27])
            right = self.picked.frame(self.figure, self.sheet.shape[:2])
            right.set(title=PICKED, xticks=[], yticks=[], frame_on=False)
            self.nothing = right.text(0.5, 0.5, NOTHING, ha="center", color=TEST, weight="bold", fontsize=16)
        self.moves(self.digit, self.picked, self.nothing)
        self.update(result)

    def update(self, result):
        """Show another slice."""
        digit = paper_and_ink(result.first)
        digit[result.slices[1:]] = digit[result.slices[1:]] * 0.65 + TINT
        self.digit.show(digit)
        sheet = self.sheet.copy()
        for place, digit in enumerate(paper_and_ink(result.picked)):
            row, column = divmod(place, self.columns)
            rows, columns, _ = digit.shape
            sheet[30 * row : 30 * row + rows, 30 * column : 30 * column + columns] = digit
        self.picked.show(sheet)
        self.nothing.set_visible(result.picked.size == 0)


class Pixels(Artist):
    """An image whose pixels are squares of whole pixels of the page; matplotlib's own would be resampled, slowly.

    Parameters
    ----------
    x, y : int
        Its lower left corner, in pixels of the page.
    scale : int
        Rows and columns of the page for one of its pixels.
    """

    def __init__(self, x, y, scale):
        super().__init__()
        # Over the paper of its axes.
        self.set_zorder(1)
        self.x, self.y, self.scale = x, y, scale

    def frame(self, figure, shape):
        """Put it on a figure, and return axes that frame (rows, columns) of its pixels."""
        figure.add_artist(self)
        width, height = figure.bbox.size
        rows, columns = (self.scale * size for size in shape)
        return figure.add_axes((self.x / width, self.y / height, columns / width, rows / height))

    def show(self, image):
        """Show colours of shape (rows, columns, 3)."""
        # Agg begins at the lowest row.
        self.opaque = np.dstack([image, np.full(image.shape[:2], 255, np.uint8)])[::-1]

    def draw(self, renderer):
        # A sharp picture has more pixels than a page counts.
        times = renderer.dpi / 100
        scale = times * self.scale
        rows, columns = ((np.arange(scale * size) / scale).astype(int) for size in self.opaque.shape[:2])
        pixels = self.opaque.take(rows, axis=0).take(columns, axis=1)
        renderer.draw_image(renderer.new_gc(), times * self.x, times * self.y, pixels)


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
    label(left, WEEK, (first, 90), (10, 0), bold=True, va="baseline", color=TEST, annotation_clip=True)
    left.set(title=PRICES, xlabel=DAY)
    distance = 1.1 * np.ptp(eeg, axis=0).max()
    for channel in range(eeg.shape[1]):
        right.plot(np.arange(len(eeg)) / 80, eeg[:, channel] - channel * distance, color=TRAIN, linewidth=0.8)
    right.set(title=VOLTAGE, xlabel=SECONDS)
    right.set_yticks([-channel * distance for channel in range(eeg.shape[1])], range(eeg.shape[1]))
    return SERIES.format(days=len(prices), times=len(eeg), channels=eeg.shape[1])


@picture(9, 2.7, colours=None)
def show_images(figure, photograph, mri):
    """Show a photograph, its three channels, and a slice of magnetic resonance.

    Parameters
    ----------
    photograph : array, shape (rows, columns, 3)
    mri : array, shape (rows, columns)
    """
    first, *panels, last = figure.subplots(1, 5)
    show_panel(first, photograph, PHOTOGRAPH)
    for axes, name, channel in zip(panels, CHANNELS, np.moveaxis(photograph, -1, 0), strict=True):
        show_panel(axes, channel, name, cmap="gray", vmin=0, vmax=255)
    show_panel(last, mri, SLICE, cmap="gray")
    return IMAGES.format(photograph=photograph.shape, mri=mri.shape)


@picture(9, 3.6, colours=None)
def show_tiles(figure, tiles):
    """Show a batch of colour pictures.

    Parameters
    ----------
    tiles : array, shape (samples, rows, columns, 3)
    """
    panels = figure.subplots(2, -(-len(tiles) // 2), squeeze=False).flat
    for number, (axes, tile) in enumerate(zip(panels, tiles, strict=False)):
        show_panel(axes, tile, str(number))
    for axes in panels[len(tiles) :]:
        axes.set_axis_off()
    count, rows, columns, channels = tiles.shape
    return TILES.format(count=count, rows=rows, columns=columns, channels=channels)


@picture(9, 1.7, colours=None)
def show_clip(figure, clip):
    """Show the frames of a clip from left to right.

    Parameters
    ----------
    clip : array, shape (frames, rows, columns, 1)
    """
    for number, axes in enumerate(figure.subplots(1, len(clip))):
        show_panel(axes, clip[number, :, :, 0], str(number), QUIET)
    return CLIP.format(frames=len(clip), shape=clip.shape)


@picture(9, 3.3, colours=None)
def show_overflow(figure, image, amount):
    """Show a picture, the same made brighter in uint8, and made brighter with room to spare.

    Parameters
    ----------
    image : array of uint8, shape (rows, columns)
    amount : int
        What is added to each pixel.
    """
    panels = {
        BEFORE: image,
        WRAPPED.format(amount=amount): image + np.uint8(amount),
        CUT: np.minimum(image.astype(np.float32) + amount, 255),
    }
    for axes, (title, array) in zip(figure.subplots(1, 3), panels.items(), strict=True):
        show_panel(axes, array, title, cmap="gray", vmin=0, vmax=255)
    return OVERFLOW.format(amount=amount)
