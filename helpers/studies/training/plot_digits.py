"""Pictures of digits, and of what a network makes of them."""

import numpy as np
from matplotlib.patches import Rectangle

from helpers.kit.labels import label as label_beside
from helpers.kit.style import QUIET, TEST, TRAIN, draw_kernels, nearest_five, picture
from helpers.kit.words import enumerated
from helpers.language import Words

_ = Words(__name__)

GRID = _("{count} digits with their labels: {labels}.")
NUMBERS = _(
    "Rows {top} to {bottom} and columns {left} to {right} of a {label}: paper is 0, ink goes up to {highest}."
)
KERNELS = _(
    "The weights that lead to each answer, drawn where their pixels are: ink on a purple place speaks for the digit, "
    "ink on an orange place against it."
)
PROJECTIONS = _(
    "{count} of {total} test digits, each drawn as its label. Measured in all dimensions, the nearest centre is that of the "
    "digit's own class for {shares}."
)
SHARE = _("about {tenths:.0f} of 10 ({title})")
NEAREST = _("nearest centre right: {share:.0f} %")
MISTAKES = _("{shown} of the digits that the network reads wrongly, those first that it was surest about.")
SAID = _("says {said} ({sure:.0%})\nis {label}")
LABEL = _("label: {label}")
SURE = _("The most probable answer is {best}, with about {share} %; the label is {label}.")
UNSURE = _(
    "The most probable answer is {best}, with about {share} %, then {second} with about {second_share} %; the label is {label}."
)
PIXEL_TITLES = (_("The picture"), _("What the computer has: numbers"))
ANSWERS, DIGIT = _("How probable is each answer?"), _("digit")
PER_CENT = _("{share:.0f} %")


# Ten colours that stay apart for colour-blind readers as far as ten can, dark enough for small letters on white; the
# digit itself says the class.
CLASSES = (
    "#000000",
    "#B87800",
    "#2F8FC4",
    "#008A64",
    "#857A00",
    "#0072B2",
    "#D55E00",
    "#CC79A7",
    "#7F4F9B",
    "#777777",
)


def draw_digit(axes, image, title="", colour="#333333"):
    """Draw one digit, ink on paper, with a title over it."""
    axes.imshow(image, cmap="gray_r", vmin=0, vmax=np.max(image))
    axes.set_axis_off()
    axes.set_title(title, loc="center", weight="normal", color=colour, fontsize=12)


@picture(9, 2.6, colours=None)
def show_digits(figure, images, labels):
    """Show up to 20 digits in two rows, each with its label.

    Parameters
    ----------
    images : array, shape (digits, 28, 28)
    labels : array, shape (digits,)
    """
    columns = max(1, -(-len(images) // 2))
    for axes in figure.subplots(2, columns, squeeze=False).flat:
        axes.set_axis_off()
    for axes, image, label in zip(figure.axes, images, labels, strict=False):
        draw_digit(axes, image, str(label))
    return GRID.format(count=len(images), labels=" ".join(map(str, labels)))


@picture(9, 4.6, colours=None)
def show_pixels(figure, image, label, top=6, left=10, size=11):
    """Show a digit beside the numbers that one corner of it is stored as.

    Parameters
    ----------
    image : array, shape (28, 28)
    label : int
    top, left, size : int
        Which square of the image is written out as numbers.
    """
    whole, corner = figure.subplots(1, 2, width_ratios=[1, 1.25])
    highest = image.max()
    whole.imshow(image, vmin=0, vmax=highest)
    whole.set(title=PIXEL_TITLES[0], xticks=[0, 13, 27], yticks=[0, 13, 27])
    whole.add_patch(Rectangle((left - 0.5, top - 0.5), size, size, fill=False, edgecolor=TRAIN, linewidth=2))
    corner.imshow(image[top : top + size, left : left + size], vmin=0, vmax=highest)
    corner.set(title=PIXEL_TITLES[1], xticks=[], yticks=[])
    for row, column in np.ndindex(size, size):
        value = image[top + row, left + column]
        colour = "white" if value > highest / 2 else "black"
        corner.text(column, row, value, ha="center", va="center", fontsize=11, color=colour)
    for spine in corner.spines.values():
        spine.set(visible=True, color=TRAIN, linewidth=2)
    return NUMBERS.format(
        top=top, bottom=top + size - 1, left=left, right=left + size - 1, label=label, highest=highest
    )


@picture(9, 3.9, colours=None)
def show_kernels(figure, kernel):
    """Show the weights of a layer on 28 × 28 pixels as one picture a unit.

    Parameters
    ----------
    kernel : array, shape (784, units)
    """
    draw_kernels(figure, kernel)
    return KERNELS


@picture(9, 3.9)
def show_projections(figure, views, labels, shown=150):
    """Show the same digits as different layers see them, each projected onto a plane.

    Parameters
    ----------
    views : dict
        For each title a pair: projected digits, shape (digits, 2), and for which share of them the nearest centre of a
        class is the right one.
    labels : array, shape (digits,)
    shown : int
        How many of the digits are drawn: more would hide each other.
    """
    parts = []
    for axes, (title, (points, share)) in zip(figure.subplots(1, len(views)), views.items(), strict=True):
        drawn = points[:shown]
        for (x, y), label in zip(drawn, labels[:shown], strict=True):
            axes.text(x, y, label, color=CLASSES[label], fontsize=12, ha="center", va="center")
        axes.set(title=title, xticks=[], yticks=[], xlabel=NEAREST.format(share=100 * share))
        axes.update_datalim(drawn)
        axes.margins(0.06)
        axes.autoscale_view()
        parts.append(SHARE.format(tenths=10 * share, title=title))
    return PROJECTIONS.format(count=min(shown, len(labels)), total=len(labels), shares=enumerated(parts))


@picture(9, 4.2, colours=None)
def show_mistakes(figure, images, labels, probabilities, count=12):
    """Show the digits that were read wrongly, the surest mistakes first.

    Parameters
    ----------
    images : array, shape (digits, 28, 28)
    labels : array, shape (digits,)
    probabilities : array, shape (digits, 10)
    count : int
        How many to show.
    """
    said = probabilities.argmax(axis=1)
    wrong = np.flatnonzero(said != labels)
    surest = wrong[np.argsort(-probabilities[wrong, said[wrong]])][:count]
    for axes in figure.subplots(2, -(-count // 2)).flat:
        axes.set_axis_off()
    for axes, digit in zip(figure.axes, surest, strict=False):
        sure = probabilities[digit, said[digit]]
        draw_digit(axes, images[digit], SAID.format(said=said[digit], sure=sure, label=labels[digit]))
    return MISTAKES.format(shown=len(surest))


@picture(9, 3.0)
def show_probabilities(figure, image, probabilities, label):
    """Show one digit beside the ten probabilities that the network gives it.

    Parameters
    ----------
    image : array, shape (28, 28)
    probabilities : array, shape (10,)
    label : int
        The class of the digit, marked in the picture.
    """
    left, right = figure.subplots(1, 2, width_ratios=[1, 2.6])
    draw_digit(left, image, LABEL.format(label=label))
    shares = 100 * probabilities
    bars = right.bar(range(10), shares, color=QUIET)
    bars[label].set(facecolor=TEST, hatch="//", edgecolor="white")
    right.set(title=ANSWERS, xlabel=DIGIT, xticks=range(10), ylim=(0, 112))
    right.set_yticks([0, 50, 100], [PER_CENT.format(share=share) for share in (0, 50, 100)])
    for digit in np.flatnonzero(shares >= 1):
        label_beside(
            right, PER_CENT.format(share=shares[digit]), (digit, shares[digit]), (0, 3), va="baseline"
        )
    best, second = np.argsort(-shares)[:2]
    return (UNSURE if shares[second] >= 5 else SURE).format(
        best=best,
        share=nearest_five(shares[best]),
        second=second,
        second_share=nearest_five(shares[second]),
        label=label,
    )
