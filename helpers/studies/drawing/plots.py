"""Pictures of a drawn digit: on the paper, as the network sees it, what it says, and which training digit is like it."""

import numpy as np
from matplotlib.patches import Rectangle

from helpers.kit.labels import label
from helpers.kit.numbers import NEARLY_ALL, probability
from helpers.kit.style import GREY, QUIET, TEST, TRAIN, LivePicture, course_style, picture
from helpers.language import Words

_ = Words(__name__)

PAPER = _("On paper")
SEEN = _("The network sees")
SAYS = _("How probable is each digit?")
NEAREST = _("Nearest example")
LABEL = _("label {label}")
BOX = _("box of 20 × 20")
NOTHING = _("no ink here")
NEARLY_SURE = _("> 99 %")
GUESSING = _("guessing")
PER_CENT = _("{share:.0f} %")
PIXELS_TO_THE_RIGHT = _("pixels to the right")
SHIFTED = _(
    "In their places, {first:.0f} of 100 test digits are read correctly; moved by 2 pixels, about {two}; by {last}, about "
    "{lowest}."
)


class DrawingPlot(LivePicture):
    """A drawing on the paper and prepared, ten probabilities as bars, and the nearest training digit."""

    def __init__(self, result):
        super().__init__(9, 3)
        with course_style():
            axes = self.figure.subplots(1, 4, width_ratios=[1, 1, 1.7, 1])
            paper, seen, bars, nearest = axes
            for place, title in zip((paper, seen, nearest), (PAPER, SEEN, NEAREST), strict=True):
                place.set(xticks=[], yticks=[])
                place.set_title(title, fontsize=12)
                for spine in place.spines.values():
                    spine.set(visible=True, color=QUIET)
            self.box = Rectangle(
                (3.5, 3.5), 20, 20, fill=False, edgecolor=TRAIN, linestyle=":", linewidth=1.5
            )
            seen.add_patch(self.box)
            seen.set_xlabel(BOX, color=TRAIN, fontsize=12)
            self.images = [
                place.imshow(np.zeros((28, 28)), cmap="gray_r", vmin=0, vmax=1)
                for place in (paper, seen, nearest)
            ]
            bars.set(xlim=(0, 128), ylim=(9.6, -0.6), xticks=[], yticks=range(10))
            bars.set_title(SAYS, fontsize=12)
            bars.spines["bottom"].set_visible(False)
            self.bars = bars.barh(range(10), np.zeros(10), color=QUIET)
            self.shares = [bars.text(2, digit, "", va="center", fontsize=12) for digit in range(10)]
            self.label = nearest.text(
                0.5, -0.05, "", transform=nearest.transAxes, ha="center", va="top", fontsize=14, weight="bold"
            )
            self.nothing = paper.text(13.5, 13.5, "", ha="center", va="center", color=GREY, fontsize=12)
        frames = [spine for place in (paper, seen, nearest) for spine in place.spines.values()]
        self.moves(*self.images, *frames, self.box, *self.bars, *self.shares, self.label, self.nothing)
        self.update(result)

    def update(self, result):
        """Show another reading."""
        best = int(result.probabilities.argmax())
        nearest = np.zeros((28, 28)) if result.empty else result.nearest
        for image, pixels in zip(self.images, (result.drawn, result.prepared, nearest), strict=True):
            image.set_data(pixels)
        for digit, (bar, text) in enumerate(zip(self.bars, self.shares, strict=True)):
            share = 0 if result.empty else 100 * result.probabilities[digit]
            leads = digit == best and not result.empty
            bar.set_width(share)
            bar.set_facecolor(TEST if leads else QUIET)
            # The words of the sentence, "more than", would run into the next panel.
            figure = probability(share / 100).replace(NEARLY_ALL, NEARLY_SURE)
            text.set(text=figure if share >= 0.5 else "", x=share + 2)
            text.set_weight("bold" if leads else "normal")
        self.label.set_text("" if result.empty else LABEL.format(label=result.nearest_label))
        self.nothing.set_text(NOTHING if result.empty else "")


@picture(9, 3.4)
def show_shifted(figure, image, shifts, shares):
    """Show a digit moved to the right step by step, and the share of all test digits that are still read correctly.

    Parameters
    ----------
    image : array, shape (28, 28)
        One digit, as an example.
    shifts : sequence of int
        By how many pixels; the first is 0, and 2 is among them.
    shares : sequence of float
        For each shift, from 0 to 1.
    """
    shares = 100 * np.asarray(shares)
    grid = figure.add_gridspec(2, len(shifts), height_ratios=[1, 1.8])
    for column, shift in enumerate(shifts):
        axes = figure.add_subplot(grid[0, column])
        axes.imshow(np.roll(image, shift, axis=1), cmap="gray_r")
        axes.set(xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set(visible=True, color=QUIET)
    below = figure.add_subplot(grid[1, :])
    below.plot(shifts, shares, "o-", color=TEST)
    below.axhline(10, color=QUIET, linewidth=1, linestyle=":")
    label(below, GUESSING, (shifts[0], 10), (0, 4), color=GREY, ha="left", va="baseline")
    for shift, share in zip(shifts, shares, strict=True):
        label(below, PER_CENT.format(share=share), (shift, share), (0, 8), va="baseline", color=TEST)
    below.set(
        xlim=(shifts[0] - 0.5, shifts[-1] + 0.5), xticks=shifts, ylim=(0, 118), xlabel=PIXELS_TO_THE_RIGHT
    )
    ticks = [0, 50, 100]
    below.set_yticks(ticks, [PER_CENT.format(share=tick) for tick in ticks])
    nearest = dict(zip(shifts, shares, strict=True))
    return SHIFTED.format(
        first=shares[0], two=5 * round(nearest[2] / 5), last=shifts[-1], lowest=5 * round(shares[-1] / 5)
    )
