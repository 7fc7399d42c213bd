"""Pictures of trainings of digits: paths in weight space, on a plane."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers.kit.contours import GREYS, LINES
from helpers.kit.labels import PAPER, label, label_ends
from helpers.kit.style import (
    GREY,
    LOSS,
    QUIET,
    RUN_STYLES,
    WEIGHTS,
    LivePicture,
    course_style,
    picture,
    within,
)
from helpers.kit.words import enumerated
from helpers.language import Words
from helpers.studies.paths.compute import reference_plane

_ = Words(__name__)

STEP, START = _("step"), _("start")
OUTSIDE = _("the path leaves\nthis frame")

PLANE_TITLES = (_("Path in weight space, on a plane"), _("Loss of all 1,000 digits"))
FIRST, SECOND = _("first direction"), _("second direction")
SHARE = _("the plane shows\n{share:.0f} % of this path")
GUESSING = _("guessing")
DASHED = _("dashed: first setting")
PATHS = _(
    "Paths of {steps} steps from one start, on a plane that shows {share:.0f} % of their variance. The loss of all digits, {first:.1f} at the "
    "start, ends at about {ends}."
)
END = _("{loss:.1f} ({name})")
SCORE = "{loss:.2f}"

PLANE_LEVELS = np.arange(1, 16) / 5
NAMED_LEVELS = PLANE_LEVELS[1::3]
HIGHEST_LOSS = 3.0


def draw_plane(axes, plane):
    """Draw the loss on a plane through weight space as a quiet map with labelled contours."""
    greys = LinearSegmentedColormap.from_list("greys", GREYS)(np.linspace(0, 1, len(PLANE_LEVELS)))
    grid = plane.first, plane.second, plane.losses
    axes.contourf(*grid, levels=[0, *PLANE_LEVELS, np.inf], colors=[*greys, greys[-1]])
    lines = axes.contour(*grid, levels=PLANE_LEVELS, colors=LINES, linewidths=0.8)
    axes.clabel(lines, NAMED_LEVELS, fmt="%.1f", fontsize=12, colors=GREY)
    axes.set(xlim=plane.first[[0, -1]], ylim=plane.second[[0, -1]], xlabel=FIRST, ylabel=SECOND)


def path_axes(figure, plane, steps):
    """Make axes for paths on a plane, and beside them axes for their losses."""
    left, right = figure.subplots(1, 2)
    draw_plane(left, plane)
    left.set_title(PLANE_TITLES[0])
    right.set(title=PLANE_TITLES[1], xlabel=STEP, xlim=(0, steps), ylim=(0, HIGHEST_LOSS))
    right.axhline(np.log(10), color=QUIET, linewidth=1, linestyle=":")
    return left, right


@picture(9, 4.2)
def show_digit_paths(figure, plane, paths):
    """Show how training runs move through weight space, on a plane fitted to them, beside their losses.

    Parameters
    ----------
    plane : helpers.studies.paths.compute.WeightPlane
    paths : dict
        For each name: coordinates on the plane, shape (steps + 1, 2), and the losses of all digits, shape (steps + 1,).
    """
    steps = max(len(losses) for _, losses in paths.values()) - 1
    left, right = path_axes(figure, plane, steps)
    ends = []
    for (name, (flat, losses)), (colour, dash) in zip(paths.items(), RUN_STYLES, strict=False):
        # Where two paths run together, the first lies under the others as a wide band.
        band = {"linewidth": 1.8} if ends else {"linewidth": 6, "alpha": 0.6}
        left.plot(*flat.T, dash, color=colour, **band)
        left.plot(*flat[-1], "o", color=colour, markersize=9, markeredgecolor="white", zorder=4)
        right.plot(losses, dash, color=colour, **band)
        ends.append((steps, float(min(losses[-1], HIGHEST_LOSS)), name, colour))
    flat, losses = next(iter(paths.values()))
    left.plot(*flat[0], "s", color="#222222", markersize=8)
    label(left, START, flat[0], (0, -9), color="#222222")
    label_ends(right, ends, 0.085)
    return PATHS.format(
        steps=steps,
        share=100 * plane.shares.sum(),
        first=losses[0],
        ends=enumerated(END.format(name=name, loss=loss[-1]) for name, (_, loss) in paths.items()),
    )


class DigitPathPlot(LivePicture):
    """The path of a digit network on a fixed plane through weight space, beside its loss; a first run stays, dashed.

    Parameters
    ----------
    result : helpers.studies.paths.compute.DigitPath
    """

    def __init__(self, result):
        super().__init__(9, 4)
        plane = reference_plane()
        self.limits = (plane.first[[0, -1]], plane.second[[0, -1]])
        steps = len(result.flat) - 1
        with course_style():
            left, right = path_axes(self.figure, plane, steps)
            left.plot(*result.flat.T, "--", color=QUIET, linewidth=1.5)
            left.plot(*result.flat[0], "s", color="#222222", markersize=8)
            label(left, START, result.flat[0], (0, 9), va="baseline")
            label(right, GUESSING, (steps, np.log(10)), (0, 4), ha="right", va="baseline", color=GREY)
            right.plot(*loss_curve(result), "--", color=QUIET, linewidth=1.5)
            right.text(0.03, 0.04, DASHED, transform=right.transAxes, color=GREY)
            (self.path,) = left.plot([], [], "o-", color=WEIGHTS, markersize=3.5, linewidth=1.6)
            (self.here,) = left.plot([], [], "o", color=WEIGHTS, markersize=11, markeredgecolor="white")
            note = {"transform": left.transAxes, "color": WEIGHTS, "weight": "bold", "bbox": PAPER}
            self.share = left.text(0.02, 0.97, "", va="top", **note)
            self.outside = left.text(0.98, 0.03, "", ha="right", **note)
            (self.loss,) = right.plot([], [], color=LOSS)
            self.score = label(right, "", (steps, 0), (8, 0), bold=True, color=LOSS, fontsize=16)
            # Room for the score, which the layout does not see because it moves.
            label(right, SCORE.format(loss=0), (steps, 0), (8, 0), fontsize=16, alpha=0)
        self.moves(self.path, self.here, self.share, self.outside, self.loss, self.score)
        self.update(result)

    def update(self, result):
        """Put another run on the moving lines."""
        flat = np.clip(result.flat, -200, 200)
        self.path.set_data(*flat.T)
        self.here.set_data(*flat[-1:].T)
        self.share.set_text(SHARE.format(share=100 * result.share))
        inside = within(result.flat, self.limits)
        self.outside.set_text("" if inside else OUTSIDE)
        self.loss.set_data(*loss_curve(result))
        last = result.losses[-1]
        self.score.set_text(SCORE.format(loss=last))
        self.score.xy = (self.score.xy[0], min(last, HIGHEST_LOSS))


def loss_curve(result):
    return result.checked_steps, np.clip(result.losses, 0, 10 * HIGHEST_LOSS)
