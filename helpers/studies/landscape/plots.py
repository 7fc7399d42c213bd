"""Pictures of the loss as a landscape, over a plane of weights that three networks span."""

import numpy as np

from helpers.kit.labels import HALO, label
from helpers.kit.style import GREY, LOSS, QUIET, TRAIN, WEIGHTS, LivePicture, course_style, picture
from helpers.language import Words

_ = Words(__name__)

CORNERS = ((0, 0, _("start")), (1, 0, _("network A")), (0, 1, _("network B")))
TO_A, TO_B = _("way to A"), _("way to B")
SHORT_TO_A, SHORT_TO_B = _("to A"), _("to B")
SURFACE, MAP = _("Loss over a plane of weights"), _("The same from above")
LANDSCAPE = _(
    "The loss is {start:.1f} at the start, {a:.1f} at network A and {b:.1f} at network B. Half-way between the two networks "
    "it is {ridge:.1f}: two hollows with a ridge between them."
)
OPINION = _("What it says about this digit")
PER_CENT = _("{share} %")
MEASURED = _("loss {loss:.2f}, {share:.0f} of 100 right")

LEVELS = (0, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5)
GREYS = ("#ffffff", "#f8f8f8", "#f1f1f1", "#eaeaea", "#e2e2e2", "#d9d9d9", "#cfcfcf", "#c4c4c4", "#b8b8b8")


def draw_map(axes, coordinates, heights):
    """Draw the loss as a map: grey contours, darker where it is higher, and the three networks that span the plane."""
    axes.contourf(coordinates, coordinates, heights, LEVELS, colors=GREYS, extend="max")
    lines = axes.contour(coordinates, coordinates, heights, LEVELS, colors="#8a8a8a", linewidths=0.8)
    axes.clabel(lines, LEVELS[2::2], fmt="%g", fontsize=11, colors=GREY)
    for x, y, name in CORNERS:
        axes.plot(x, y, "o", markersize=6, markerfacecolor="white", markeredgecolor="#333333")
        label(axes, name, (x, y), (0, 9), halo=True, va="baseline", color="#222222")
    limits, ticks = coordinates[[0, -1]], [-0.5, 0, 0.5, 1, 1.5]
    axes.set(xlabel=TO_A, ylabel=TO_B, aspect="equal", xlim=limits, ylim=limits, xticks=ticks, yticks=ticks)


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
    look = {"cmap": "Greys", "vmin": -2, "vmax": 12, "edgecolor": "#777777", "linewidth": 0.3, "shade": False}
    surface.plot_surface(x, y, heights, rcount=40, ccount=40, **look)
    for to_a, to_b, name in CORNERS:
        height = at(to_a, to_b)
        surface.plot(to_a, to_b, height, "o", markersize=7, color=WEIGHTS, markeredgecolor="white")
        surface.text(to_a, to_b, height + 0.6, name, ha="center", path_effects=[HALO])
    surface.view_init(elev=42, azim=-45)
    surface.set_box_aspect((1, 1, 0.7), zoom=1.05)
    surface.set(title=SURFACE, xlabel=SHORT_TO_A, ylabel=SHORT_TO_B, xticks=[0, 1], yticks=[0, 1])
    surface.set_zticks(range(0, int(heights.max()) + 1, 2))
    draw_map(figure.add_subplot(1, 2, 2), coordinates, heights)
    figure.axes[1].set_title(MAP)
    return LANDSCAPE.format(start=at(0, 0), a=at(1, 0), b=at(0, 1), ridge=at(0.5, 0.5))


class LandscapePlot(LivePicture):
    """A map of the loss with the place where one stands; beside it, what the network of this place says about a digit.

    Parameters
    ----------
    result : helpers.studies.landscape.compute.Place
        Its grid is drawn once and stays.
    """

    def __init__(self, result):
        super().__init__(9, 4.4)
        with course_style():
            left, right = self.figure.subplots(1, 2, width_ratios=(1, 1.15))
            draw_map(left, result.coordinates, result.heights)
            right.set(title=OPINION, xlim=(-0.6, 9.6), ylim=(0, 145), xticks=range(10))
            right.set_yticks(range(0, 101, 25), [PER_CENT.format(share=share) for share in range(0, 101, 25)])
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
