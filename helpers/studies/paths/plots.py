"""Pictures of trainings of digits: what a step costs, and paths in weight space on a plane."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers.kit.contours import GREYS, LINES
from helpers.kit.labels import PAPER, label_ends
from helpers.kit.style import LOSS, QUIET, WEIGHTS, LivePicture, course_style, picture, within
from helpers.studies.paths.compute import reference_plane

STEP, START = "step", "start"
OUTSIDE = "the path leaves\nthis frame"

PLANE_LEVELS = np.arange(1, 16) / 5


NAMED_LEVELS = PLANE_LEVELS[1::3]


PLANE_TITLES = ("Path in weight space, on a plane", "Loss of all 1,000 digits")
FIRST, SECOND = "first direction", "second direction"
SHARE = "the plane shows\n{share:.0f} % of this path"
GUESSING = "guessing"
DASHED = "dashed: first setting"
COST_TITLES = ("Counted in steps", "Counted in digits looked at")
COST_LABELS = ("steps", "digits looked at")
COST_LOSS = "loss of all digits"
COSTS = (
    "After {steps:,} steps the loss is about {by_steps}; after {examples:,} digits it is about {by_examples}."
)
PATHS = (
    "Paths of {steps} steps from one start, on a plane that shows {shares} of their variance. The loss of all digits, {first:.1f} at the "
    "start, ends at about {ends}."
)
PATH_END = "{loss:.1f} ({name})"
# Blue, orange, green, and purple, each with a dash of its own.
KINDS = (("#0072B2", "-"), ("#D55E00", "--"), ("#009E73", "-."), ("#CC79A7", ":"))


@picture(9, 4)
def show_costs(figure, runs):
    """Show the losses of several runs twice: by the steps taken, and by the examples looked at.

    Parameters
    ----------
    runs : dict
        For each name three arrays: the steps after which the loss was measured, the digits looked at by then, and these
        losses.
    """
    shared_steps = min(steps[-1] for steps, _, _ in runs.values())
    shared_examples = min(looked_at[-1] for _, looked_at, _ in runs.values())
    columns = figure.subplots(1, 2, sharey=True)
    said = []
    for axes, title, label, end, by_digits in zip(
        columns, COST_TITLES, COST_LABELS, (shared_steps, shared_examples), (False, True), strict=True
    ):
        axes.set(title=title, xlabel=label, xlim=(0, end), ylim=(0, 2.6))
        axes.xaxis.set_major_formatter("{x:,.0f}")
        ends = []
        for (name, (steps, looked_at, losses)), (colour, dash) in zip(runs.items(), KINDS, strict=False):
            places = looked_at if by_digits else steps
            shown = places <= end
            axes.plot(places[shown], losses[shown], dash, color=colour, linewidth=1.5)
            ends.append((end, float(losses[shown][-1]), name, colour))
        label_ends(axes, ends, 0.085)
        said.append(", ".join(f"{loss:.1f} ({name})" for _, loss, name, _ in ends))
    columns[0].set_ylabel(COST_LOSS)
    return COSTS.format(steps=shared_steps, examples=shared_examples, by_steps=said[0], by_examples=said[1])


def draw_plane(axes, plane):
    """Draw the loss on a plane through weight space as a quiet map with labelled contours."""
    greys = LinearSegmentedColormap.from_list("greys", GREYS)(np.linspace(0, 1, len(PLANE_LEVELS)))
    grid = plane.first, plane.second, plane.losses
    axes.contourf(*grid, levels=[0, *PLANE_LEVELS, np.inf], colors=[*greys, greys[-1]])
    lines = axes.contour(*grid, levels=PLANE_LEVELS, colors=LINES, linewidths=0.8)
    axes.clabel(lines, NAMED_LEVELS, fmt="%.1f", fontsize=12, colors="#555555")
    axes.set(xlim=plane.first[[0, -1]], ylim=plane.second[[0, -1]], xlabel=FIRST, ylabel=SECOND)


@picture(9, 4.2)
def show_digit_paths(figure, plane, paths):
    """Show how training runs move through weight space, on a plane fitted to them, beside their losses.

    Parameters
    ----------
    plane : helpers.studies.paths.compute.Plane
    paths : dict
        For each name: coordinates on the plane, shape (steps + 1, 2), and the losses of all digits, shape (steps + 1,).
    """
    left, right = figure.subplots(1, 2)
    draw_plane(left, plane)
    left.set_title(PLANE_TITLES[0])
    steps = max(len(losses) for _, losses in paths.values()) - 1
    right.set(title=PLANE_TITLES[1], xlabel=STEP, xlim=(0, steps), ylim=(0, 3))
    right.axhline(np.log(10), color=QUIET, linewidth=1, linestyle=":")
    ends = []
    for (name, (flat, losses)), (colour, dash) in zip(paths.items(), KINDS, strict=False):
        # Where two paths run together, the first lies under the others as a wide band.
        band = {"linewidth": 1.8} if ends else {"linewidth": 6, "alpha": 0.6}
        left.plot(*flat.T, dash, color=colour, **band)
        left.plot(*flat[-1], "o", color=colour, markersize=9, markeredgecolor="white", zorder=4)
        right.plot(losses, dash, color=colour, **band)
        ends.append((steps, float(min(losses[-1], 3)), name, colour))
    flat, losses = next(iter(paths.values()))
    left.plot(*flat[0], "s", color="#222222", markersize=8)
    left.annotate(START, flat[0], (0, -9), textcoords="offset points", ha="center", va="top", color="#222222")
    label_ends(right, ends, 0.085)
    return PATHS.format(
        steps=steps,
        shares=f"{100 * plane.shares.sum():.0f} %",
        first=losses[0],
        ends=", ".join(PATH_END.format(name=name, loss=loss[-1]) for name, (_, loss) in paths.items()),
    )


class DigitPathPlot(LivePicture):
    """The path of a digit network on a fixed plane through weight space, beside its loss; a first run stays, dashed.

    Parameters
    ----------
    result : helpers.studies.paths.compute.DigitPath
    """

    highest = 3.0

    def __init__(self, result):
        super().__init__(9, 4)
        plane = reference_plane()
        self.limits = (plane.first[[0, -1]], plane.second[[0, -1]])
        steps = len(result.losses) - 1
        with course_style():
            left, right = self.figure.subplots(1, 2)
            draw_plane(left, plane)
            left.set_title(PLANE_TITLES[0])
            left.plot(*result.flat.T, "--", color=QUIET, linewidth=1.5)
            left.plot(*result.flat[0], "s", color="#222222", markersize=8)
            left.annotate(START, result.flat[0], (0, 9), textcoords="offset points", ha="center")
            right.set(title=PLANE_TITLES[1], xlabel=STEP, xlim=(0, steps), ylim=(0, self.highest))
            right.axhline(np.log(10), color=QUIET, linewidth=1, linestyle=":")
            right.annotate(
                GUESSING, (steps, np.log(10)), (0, 4), textcoords="offset points", ha="right", color="#555555"
            )
            right.plot(result.losses, "--", color=QUIET, linewidth=1.5)
            right.text(0.03, 0.04, DASHED, transform=right.transAxes, color="#555555")
            (self.path,) = left.plot([], [], "o-", color=WEIGHTS, markersize=3.5, linewidth=1.6)
            (self.here,) = left.plot([], [], "o", color=WEIGHTS, markersize=11, markeredgecolor="white")
            self.share = left.text(
                0.02, 0.97, "", transform=left.transAxes, va="top", color=WEIGHTS, weight="bold", bbox=PAPER
            )
            self.outside = left.text(
                0.98, 0.03, "", transform=left.transAxes, ha="right", color=WEIGHTS, weight="bold", bbox=PAPER
            )
            (self.loss,) = right.plot([], [], color=LOSS)
            self.score = right.annotate(
                "",
                (steps, 0),
                (8, 0),
                textcoords="offset points",
                va="center",
                color=LOSS,
                weight="bold",
                fontsize=16,
                annotation_clip=False,
            )
            # Room for the score, which the layout does not see because it moves.
            right.annotate(
                "0.00",
                (steps, 0),
                (8, 0),
                textcoords="offset points",
                fontsize=16,
                alpha=0,
                annotation_clip=False,
            )
        self.moves(self.path, self.here, self.share, self.outside, self.loss, self.score)
        self.update(result)

    def update(self, result):
        """Put another run on the moving lines."""
        flat = np.clip(result.flat, -200, 200)
        self.path.set_data(*flat.T)
        self.here.set_data(*flat[-1:].T)
        self.share.set_text(SHARE.format(share=100 * result.share))
        inside = all(within(point, self.limits) for point in result.flat)
        self.outside.set_text("" if inside else OUTSIDE)
        self.loss.set_data(np.arange(len(result.losses)), np.clip(result.losses, 0, 10 * self.highest))
        last = result.losses[-1]
        self.score.set_text(f"{last:.2f}")
        self.score.xy = (self.score.xy[0], min(last, self.highest))
