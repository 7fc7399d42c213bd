"""Pictures of how weights improve: the loss step by step, three ways of searching, and the loss as a landscape."""

import numpy as np
from matplotlib.patheffects import withStroke

from helpers.kit.style import GRADIENT, LOSS, QUIET, TRAIN, WEIGHTS, LivePicture, course_style, picture

STEP = "step"
BATCH_LOSS = "Loss on each batch"
GUESSING = "guessing"
BATCH_LOSSES = (
    "In {steps} steps the loss falls from {first:.1f} to about {last:.1f}: downwards on the whole, up and down from batch "
    "to batch, because each batch holds other digits."
)

UPDATE = "Change of the loss by one update"
LEARNING_RATE = "learning rate"
HIGHER, LOWER = "higher", "lower"
THIS_BATCH, ALL_DIGITS = "on this batch", "on all digits"
ONE_UPDATE = (
    "One update lowers the loss on its own batch up to a learning rate of {batch:g}. The loss on all digits falls by at most "
    "{depth:.1g}, and is higher from {higher:g} on. With the largest one tried, {largest:g}, both are higher than before."
)

PASSES = "forward passes paid for (a backward pass counts as two)"
SEARCH = "Loss"
AFTER_PASSES = "After {passes:,} forward passes the loss is about {losses}."
AFTER_ONE = "{loss:.1f} with {name}"
START = "start"

ONE_WEIGHT = "the weight"
SLICE_TITLES = ("Loss", "Digits read correctly")
ONE_SLICE = (
    "While one weight moves to {values} values, the loss takes {losses} different values, and the accuracy only {steps}: "
    "a slope on the left, stairs on the right."
)

NETWORK_A, NETWORK_B = "network A", "network B"
CORNERS = ((0, 0, START), (1, 0, NETWORK_A), (0, 1, NETWORK_B))
TO_A, TO_B = "way to A", "way to B"
SURFACE, MAP = "Loss over a plane of weights", "The same from above"
LANDSCAPE = (
    "The loss is {start:.1f} at the start, {a:.1f} at network A and {b:.1f} at network B. Half-way between the two networks "
    "it is {ridge:.1f}: two hollows with a ridge between them."
)
LEVELS = (0, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5)
GREYS = ("#ffffff", "#f8f8f8", "#f1f1f1", "#eaeaea", "#e2e2e2", "#d9d9d9", "#cfcfcf", "#c4c4c4", "#b8b8b8")

OPINION = "What it says about this digit"
MEASURED = "loss {loss:.2f}, {share:.0f} of 100 right"


def write_right_of(axes, x, y, text, colour, **options):
    """Name a line at its right end, outside the axes."""
    axes.annotate(
        text,
        (x, y),
        (8, 0),
        textcoords="offset points",
        va="center",
        color=colour,
        weight="bold",
        annotation_clip=False,
        **options,
    )


@picture(9, 3.4)
def show_batch_losses(figure, losses, guess):
    """Show the loss of each step of a training loop.

    Parameters
    ----------
    losses : sequence of float
    guess : float
        The loss of answering with equal probabilities.
    """
    axes = figure.subplots()
    axes.plot(np.arange(1, len(losses) + 1), losses, color=LOSS, linewidth=1.5)
    axes.axhline(guess, color=QUIET, linewidth=1, linestyle=":")
    axes.annotate(
        GUESSING,
        (len(losses), guess),
        (0, -5),
        textcoords="offset points",
        ha="right",
        va="top",
        color="#555555",
    )
    axes.set(title=BATCH_LOSS, xlabel=STEP, ylim=(0, 1.1 * max(losses)), xlim=(0, len(losses) * 1.01))
    return BATCH_LOSSES.format(steps=len(losses), first=losses[0], last=np.mean(losses[-20:]))


@picture(9, 3.6)
def show_one_update(figure, rates, batch_changes, all_changes):
    """Show what one update does to the loss, for many learning rates from the same weights.

    Parameters
    ----------
    rates : array
        Learning rates, ascending.
    batch_changes, all_changes : array
        Loss after the update minus loss before, on the batch and on all digits.
    """
    axes = figure.subplots()
    highest = 2.2 * np.abs(batch_changes.min())
    axes.axhspan(0, 2 * highest, color="#f2f2f2", zorder=0)
    axes.axhline(0, color=QUIET, linewidth=1)
    for word, place, side in ((HIGHER, (4, 5), "bottom"), (LOWER, (4, -5), "top")):
        axes.annotate(word, (rates[0], 0), place, textcoords="offset points", va=side, color="#555555")
    axes.plot(rates, all_changes, "s--", color=TRAIN, markersize=5)
    axes.plot(rates, batch_changes, "o-", color=LOSS, markersize=5)
    last = np.flatnonzero(all_changes < highest)[-1]
    lowest = batch_changes.argmin()
    for name, point, place, colour in (
        (ALL_DIGITS, (rates[last], all_changes[last]), (-10, 12), TRAIN),
        (THIS_BATCH, (rates[lowest], batch_changes[lowest]), (-10, -12), LOSS),
    ):
        axes.annotate(
            name,
            point,
            place,
            textcoords="offset points",
            ha="right",
            va="center",
            color=colour,
            weight="bold",
        )
    axes.set_xscale("log")
    axes.set(title=UPDATE, xlabel=LEARNING_RATE, ylim=(1.5 * batch_changes.min(), highest))
    axes.xaxis.set_major_formatter("{x:g}")
    # On a batch of odd digits, even the smallest step may harm all others.
    lower = rates[all_changes < 0].max(initial=0)
    return ONE_UPDATE.format(
        batch=rates[batch_changes < 0].max(),
        depth=max(0, -all_changes.min()),
        higher=rates[rates > lower].min(),
        largest=rates[-1],
    )


@picture(9, 4)
def show_search(figure, curves, passes=1000):
    """Show how the loss falls with what several ways to search cost.

    Parameters
    ----------
    curves : dict
        For each name of up to three ways, the loss after each forward pass.
    passes : int
        Where the sentence compares them.
    """
    axes = figure.subplots()
    lines = ((QUIET, "--"), (WEIGHTS, "-."), (GRADIENT, "-"))
    for (name, losses), (colour, line) in zip(curves.items(), lines, strict=False):
        axes.plot(np.arange(1, len(losses) + 1), losses, line, color=colour, drawstyle="steps-post")
        write_right_of(axes, len(losses), losses[-1], name, "#555555" if colour == QUIET else colour)
    axes.set_xscale("log")
    axes.axvline(passes, color=QUIET, linewidth=1, linestyle=":")
    longest = max(map(len, curves.values()))
    ticks = [10**power for power in range(5) if 10**power <= longest]
    axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    axes.set(title=SEARCH, xlabel=PASSES, xlim=(1, longest), ylim=(0, None))
    losses = [
        AFTER_ONE.format(loss=losses[min(passes, len(losses)) - 1], name=name.replace("\n", " "))
        for name, losses in curves.items()
    ]
    return AFTER_PASSES.format(passes=passes, losses=", ".join(losses))


@picture(9, 3.4)
def show_slice(figure, values, losses, accuracies, current):
    """Show the loss and the accuracy while one weight moves and all others stay.

    Parameters
    ----------
    values, losses, accuracies : array, shape (n,)
    current : float
        Where the weight stands, among the values.
    """
    here = np.argmin(np.abs(values - current))
    for axes, numbers, title, colour in zip(
        figure.subplots(1, 2), (losses, 100 * accuracies), SLICE_TITLES, (LOSS, TRAIN), strict=True
    ):
        axes.plot(values, numbers, color=colour, drawstyle="default" if numbers is losses else "steps-mid")
        axes.plot(values[here], numbers[here], "o", color=WEIGHTS, markersize=10)
        axes.set(title=title, xlabel=ONE_WEIGHT)
        axes.margins(y=0.15)
    axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0f} %")
    return ONE_SLICE.format(
        values=len(values),
        losses=len(np.unique(losses.round(9))),
        steps=len(np.unique(accuracies.round(9))),
    )


def draw_map(axes, coordinates, heights):
    """Draw the loss as a map: grey contours, darker where it is higher, and the three networks that span the plane."""
    axes.contourf(coordinates, coordinates, heights, LEVELS, colors=GREYS, extend="max")
    lines = axes.contour(coordinates, coordinates, heights, LEVELS, colors="#8a8a8a", linewidths=0.8)
    axes.clabel(lines, LEVELS[2::2], fmt="%g", fontsize=11, colors="#555555")
    for x, y, name in CORNERS:
        axes.plot(x, y, "o", markersize=6, markerfacecolor="white", markeredgecolor="#333333")
        axes.annotate(
            name,
            (x, y),
            (0, 9),
            textcoords="offset points",
            ha="center",
            color="#222222",
            path_effects=[withStroke(linewidth=3, foreground="white")],
        )
    axes.set(
        xlabel=TO_A,
        ylabel=TO_B,
        aspect="equal",
        xlim=(coordinates[0], coordinates[-1]),
        ylim=(coordinates[0], coordinates[-1]),
    )
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks([-0.5, 0, 0.5, 1, 1.5])


@picture(9, 4.3)
def show_landscape(figure, coordinates, heights):
    """Show the loss over a plane of weights as a surface, and beside it as a map.

    Parameters
    ----------
    coordinates : array, shape (n,)
        Share of the way from the start to network A, and likewise to network B; 0, 0.5 and 1 are among them.
    heights : array, shape (n, n)
        A row for each share of the way to B.
    """

    def at(to_a, to_b):
        return heights[np.abs(coordinates - to_b).argmin(), np.abs(coordinates - to_a).argmin()]

    surface = figure.add_subplot(1, 2, 1, projection="3d", computed_zorder=False)
    x, y = np.meshgrid(coordinates, coordinates)
    surface.plot_surface(
        x,
        y,
        heights,
        rcount=40,
        ccount=40,
        cmap="Greys",
        vmin=-2,
        vmax=12,
        edgecolor="#777777",
        linewidth=0.3,
        shade=False,
    )
    for to_a, to_b, name in CORNERS:
        height = at(to_a, to_b)
        surface.plot(to_a, to_b, height, "o", markersize=7, color=WEIGHTS, markeredgecolor="white")
        surface.text(
            to_a,
            to_b,
            height + 0.6,
            name,
            ha="center",
            path_effects=[withStroke(linewidth=3, foreground="white")],
        )
    surface.view_init(elev=42, azim=-45)
    surface.set_box_aspect((1, 1, 0.7), zoom=1.05)
    surface.set_title(SURFACE)
    surface.set(
        xlabel="to A", ylabel="to B", xticks=[0, 1], yticks=[0, 1], zticks=range(0, int(heights.max()) + 1, 2)
    )
    draw_map(figure.add_subplot(1, 2, 2), coordinates, heights)
    figure.axes[1].set_title(MAP)
    return LANDSCAPE.format(start=at(0, 0), a=at(1, 0), b=at(0, 1), ridge=at(0.5, 0.5))


class LandscapePlot(LivePicture):
    """A map of the loss with the place where one stands; beside it, what the network of this place says about a digit.

    Parameters
    ----------
    result : helpers.landscape.Place
        Its grid is drawn once and stays.
    """

    def __init__(self, result):
        super().__init__(9, 4.4)
        with course_style():
            left, right = self.figure.subplots(1, 2, width_ratios=(1, 1.15))
            draw_map(left, result.coordinates, result.heights)
            right.set(title=OPINION, xlim=(-0.6, 9.6), ylim=(0, 145), xticks=range(10))
            right.set_yticks(range(0, 101, 25), [f"{share} %" for share in range(0, 101, 25)])
            right.spines["left"].set_bounds(0, 100)
            inset = right.inset_axes((0.02, 0.74, 0.22, 0.26))
            inset.set_axis_off()
            self.image = inset.imshow(result.image, cmap="gray_r", vmin=0, vmax=1)
            (self.place,) = left.plot(
                [], [], "o", color=WEIGHTS, markersize=13, markeredgecolor="white", clip_on=False
            )
            self.bars = right.bar(range(10), np.zeros(10), width=0.7, color=QUIET)
            self.numbers = right.text(
                0.3, 0.87, "", transform=right.transAxes, color=LOSS, weight="bold", va="center"
            )
        self.moves(self.place, self.image, *self.bars, self.numbers)
        self.update(result)

    def update(self, result):
        """Stand at another place, or ask about another digit."""
        self.place.set_data([result.to_a], [result.to_b])
        self.image.set_data(result.image)
        for answer, (bar, probability) in enumerate(zip(self.bars, result.probabilities, strict=True)):
            bar.set_height(100 * probability)
            bar.set_facecolor(TRAIN if answer == result.label else QUIET)
        self.numbers.set_text(MEASURED.format(loss=result.loss, share=100 * result.accuracy))
