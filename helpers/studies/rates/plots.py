"""Pictures of descents: paths on a map of the loss, and the loss as the steps go by."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import NullLocator

from helpers.kit.contours import GREYS, LINES, draw_contours
from helpers.kit.numbers import write_loss
from helpers.kit.style import LOSS, QUIET, WEIGHTS, LivePicture, course_style, picture
from helpers.studies.paths.compute import reference_plane
from helpers.surfaces import SURFACES

STEP = "step"
WALK_TITLES = ("Path on the valley", "Loss (each line: 10 times as much)")
ALONG, ACROSS = "weight along the valley", "weight across it"
START = "start"
PLANE_TITLES = ("Path in weight space, on a plane", "Loss of all 1,000 digits")
FIRST, SECOND = "first direction", "second direction"
SHARE = "the plane shows\n{share:.0f} % of this path"
OUTSIDE = "the path leaves\nthis frame"
ABOVE = "off the scale"
GUESSING = "guessing"
DASHED = "dashed: first setting"
COST_TITLES = ("Counted in steps", "Counted in digits looked at")
COST_LABELS = ("steps", "digits looked at")
COST_LOSS = "loss of all digits"

COSTS = (
    "After {steps:,} steps the loss is about {by_steps}; after {examples:,} digits it is about {by_examples}."
)
RATES = "After {steps} steps from a loss of {first:.1f}: {ends}."
RATE_END = "learning rate {rate:g} ends at {loss}"
PATHS = (
    "Paths of {steps} steps from one start, on a plane that shows {shares} of their variance. The loss of all digits, {first:.1f} at the "
    "start, ends at about {ends}."
)
PATH_END = "{loss:.1f} ({name})"

# Blue, orange, green, and purple, each with a dash of its own.
KINDS = (("#0072B2", "-"), ("#D55E00", "--"), ("#009E73", "-."), ("#CC79A7", ":"))
PLANE_LEVELS = np.arange(1, 16) / 5
NAMED_LEVELS = PLANE_LEVELS[1::3]
# Words on a map stay readable when a path runs through them.
PAPER = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 2}
LOG_LIMITS = (1e-5, 1e3)


def name_powers(axes):
    """Write 0.1 and 100 beside a logarithmic axis, where others write 10 to the power of -1 and of 2."""
    axes.yaxis.set_major_formatter(lambda x, _: f"{x:.5f}".rstrip("0").rstrip("."))
    axes.yaxis.set_minor_locator(NullLocator())


def label_ends(axes, ends, gap):
    """Write names to the right of where lines end, moved apart where they would overlap.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    ends : list of (float, float, str, str)
        Position, text and colour of each.
    gap : float
        Smallest distance of two labels, as a share of the height of the axes.
    """
    low, high = axes.get_ylim()
    log = axes.get_yscale() == "log"
    if log:
        low, high = np.log10([low, high])
    last = -np.inf
    for x, y, text, colour in sorted(ends, key=lambda end: end[1]):
        place = ((np.log10(y) if log else y) - low) / (high - low)
        last = max(place, last + gap)
        axes.annotate(
            text,
            (x, last),
            (7, 0),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            color=colour,
            va="center",
            weight="bold",
            annotation_clip=False,
        )


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


@picture(9, 4.6)
def show_rates(figure, surface, ways):
    """Show several descents on one surface: their paths above, their losses below.

    Parameters
    ----------
    surface : helpers.surfaces.Surface
        Of two weights.
    ways : dict of float: helpers.descent.Descent
        For each learning rate, the descent.
    """
    grid = figure.subplots(2, len(ways), sharey="row", sharex="row")
    ends = []
    for column, (rate, way) in enumerate(ways.items()):
        above, below = grid[:, column]
        draw_contours(above, surface)
        above.plot(*way.points.T, "o-", color=WEIGHTS, markersize=4, linewidth=1.6)
        above.set(title=f"rate {rate:g}", xticks=(), yticks=())
        below.plot(np.clip(way.losses, *np.multiply(LOG_LIMITS, (0.01, 100))), color=LOSS)
        below.set(yscale="log", ylim=LOG_LIMITS, xlabel=STEP)
        name_powers(below)
        below.grid(axis="y", color="#dddddd")
        ends.append(RATE_END.format(rate=rate, loss=write_loss(way.losses[-1])))
    grid[1, 0].set_ylabel("loss")
    losses = next(iter(ways.values())).losses
    return RATES.format(steps=len(losses) - 1, first=losses[0], ends=", ".join(ends))


class WalkPlot(LivePicture):
    """A path on the valley beside its loss; one dot on each stands at the same step.

    Parameters
    ----------
    result : helpers.rates.Walk
    """

    def __init__(self, result):
        super().__init__(9, 4)
        with course_style():
            left, right = self.figure.subplots(1, 2)
            draw_contours(left, SURFACES["valley"])
            left.set(title=WALK_TITLES[0], xlabel=ALONG, ylabel=ACROSS)
            start = result.points[0]
            left.annotate(START, start, (0, 9), textcoords="offset points", ha="center", color="#333333")
            steps = len(result.losses) - 1
            right.set(title=WALK_TITLES[1], xlabel=STEP, yscale="log")
            right.set(xlim=(-1, steps + 1), ylim=LOG_LIMITS)
            name_powers(right)
            right.grid(axis="y", color="#e4e4e4")
            (self.rest,) = left.plot([], [], "-", color=WEIGHTS, linewidth=1, alpha=0.45)
            (self.path,) = left.plot([], [], "o-", color=WEIGHTS, markersize=4, linewidth=1.8)
            (self.here,) = left.plot([], [], "o", color=WEIGHTS, markersize=12, markeredgecolor="white")
            self.left_frame = left.text(
                0.98, 0.03, "", transform=left.transAxes, ha="right", color=WEIGHTS, weight="bold", bbox=PAPER
            )
            (self.rest_of_loss,) = right.plot([], [], "-", color=LOSS, linewidth=1, alpha=0.5)
            (self.loss,) = right.plot([], [], "-", color=LOSS)
            (self.now,) = right.plot([], [], "o", color=LOSS, markersize=12, markeredgecolor="white")
            self.above = right.text(
                0.98, 0.94, "", transform=right.transAxes, ha="right", va="top", color=LOSS, weight="bold"
            )
        self.moves(
            self.rest,
            self.path,
            self.here,
            self.left_frame,
            self.rest_of_loss,
            self.loss,
            self.now,
            self.above,
        )
        self.update(result)

    def update(self, result):
        """Put another walk, or another step of it, on the moving lines."""
        # Far outside of the frame every place looks the same, and Agg draws no numbers beyond its own.
        points = np.clip(result.points, -50, 50)
        losses = np.clip(result.losses, LOG_LIMITS[0] / 100, LOG_LIMITS[1] * 100)
        steps = np.arange(len(losses))
        done = slice(0, result.step + 1)
        self.rest.set_data(*points.T)
        self.path.set_data(*points[done].T)
        self.here.set_data(*points[result.step : result.step + 1].T)
        self.rest_of_loss.set_data(steps, losses)
        self.loss.set_data(steps[done], losses[done])
        self.now.set_data([result.step], np.clip(losses[result.step : result.step + 1], *LOG_LIMITS))
        inside = within(result.points[result.step], SURFACES["valley"].limits)
        self.left_frame.set_text("" if inside else OUTSIDE)
        self.above.set_text(ABOVE if result.losses[result.step] > LOG_LIMITS[1] else "")


def within(point, limits):
    """Whether a point lies inside limits, a (lowest, highest) for each coordinate."""
    return all(low <= value <= high for value, (low, high) in zip(point, limits, strict=True))


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
    plane : helpers.digit_paths.Plane
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
    result : helpers.digit_paths.DigitPath
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
