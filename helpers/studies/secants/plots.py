"""Pictures of derivatives: secants that turn into a tangent, the error over the step, and steps down a slope."""

import numpy as np
from matplotlib.ticker import FixedLocator

from helpers.gradients import forward_difference
from helpers.kit.labels import label
from helpers.kit.numbers import significant, with_power, write
from helpers.kit.style import GRADIENT, QUIET, TRAIN, WEIGHTS, LivePicture, course_style, picture
from helpers.kit.words import enumerated, listed
from helpers.language import Words
from helpers.studies.secants.compute import best_step

_ = Words(__name__)

SECANT, TANGENT = TRAIN, GRADIENT
DARK = "#333333"

SECANT_NAME = _("h = {h:g}: slope {slope}")
TANGENT_NAME = _("tangent: slope {slope}")
SECANTS = _(
    "The secants from x = {x} have the slopes {slopes}; they turn towards the tangent, of slope {slope}."
)

TIMES = _("{times:,} times closer")
AS_IT_IS = _("as it is")
ZOOM = _(
    "Seen {times:,} times closer, {smooth} looks like a straight line, and {kinked} still has its corner."
)

STEP = _("step h")
ERROR = _("error of the slope")
TOO_SMALL, TOO_LARGE = _("h too small:\nrounding error"), _("h too large:\ntruncation error")
DIFFERENCE_LABELS = {"forward": _("forward"), "central": _("central")}
PRECISION_LABELS = {"float64": "float64", "float32": "float32"}
DIFFERENCE_TITLES = {"forward": _("forward difference"), "central": _("central difference")}
BEST_NEAR = {
    "float64": _("— float64:\nbest near {step}"),
    "float32": _("- - float32:\nbest near {step}"),
}
BEST = _("{step} ({difference}, {precision})")
ERRORS = _("The error is smallest at a step of about {bests}, and grows on either side.")

FUNCTION, SLOPE = "f", _("slope f′")
PAIRS = _("Above, each function; below, its slope at the same x. The largest slope in view is {slopes}.")
LARGEST = _("{slope} for {name}")

DESCENT = _(
    "{steps} steps against the slope lead from x = {start} to {end}. The first is {first:.2f} long, the last {last:.2f}: "
    "where the curve is flatter, steps are shorter."
)
START, END = _("start"), _("after {steps} steps")

SECANT_SLOPE = _("— secant: slope {slope}")
TANGENT_SLOPE = _("- - tangent: slope {slope}")
NO_TANGENT = _("a corner: no tangent")
NO_ERROR = _("no derivative,\nso no error to show")

# For each precision its colour and line, and where its label ends or has its middle.
CURVES = {"float64": (SECANT, "-", 2e-12, "center"), "float32": (TANGENT, "--", 0.17, "right")}
FLOOR = 1e-17


@picture(9, 4.2)
def show_secants(figure, pair, x, steps):
    """Show secants from one point to others that come nearer, and the tangent.

    Parameters
    ----------
    pair : (callable, callable)
        A function and its slope.
    x : float
    steps : sequence of float
        How far away the other end of each secant is, in falling order.
    """
    f, derivative = pair
    axes = figure.subplots()
    low, high = x - 1.2, x + max(steps) + 0.25
    points = np.linspace(low, high, 200)
    axes.plot(points, f(points), color=QUIET, linewidth=4, alpha=0.5)
    ends = np.array([low, high + 0.1])

    def draw_line(slope, name, colour, bold=False, **style):
        heights = f(x) + slope * (ends - x)
        axes.plot(ends, heights, color=colour, **style)
        label(axes, name, (ends[1], heights[1]), (6, 0), bold=bold, color=colour)

    slopes = [forward_difference(f, x, h) for h in steps]
    for shade, h, slope in zip(np.linspace(0.4, 1, len(steps)), steps, slopes, strict=True):
        name = SECANT_NAME.format(h=h, slope=significant(slope, 3))
        draw_line(slope, name, SECANT, alpha=shade, linewidth=1.8)
        axes.plot(x + h, f(x + h), "o", color=SECANT, markersize=8)
    steepness = significant(derivative(x), 3)
    draw_line(derivative(x), TANGENT_NAME.format(slope=steepness), TANGENT, bold=True, linestyle="--")
    axes.plot(x, f(x), "o", color=DARK, markersize=9)
    axes.set(xlabel="x", ylabel="f(x)", xlim=ends)
    axes.margins(y=0.04)
    return SECANTS.format(
        x=write(x, "g"),
        slopes=enumerated(significant(slope, 3) for slope in slopes),
        slope=steepness,
    )


@picture(9, 4.1)
def show_zoom(figure, smooth, kinked, x, closer):
    """Show two curves through a magnifying glass: one becomes straight, one keeps its corner.

    Parameters
    ----------
    smooth, kinked : (str, callable)
        The name of a function, and the function.
    x : float
        Where to look.
    closer : sequence of int
        How many times closer each picture is.
    """
    grid = figure.subplots(2, len(closer))
    for row, (name, f), colour in zip(grid, (smooth, kinked), (WEIGHTS, TANGENT), strict=True):
        for axes, half in zip(row, 2 / np.array(closer), strict=True):
            points = np.linspace(x - half, x + half, 201)
            axes.plot(points, f(points), color=colour)
            axes.plot(x, f(x), "o", color=DARK)
            axes.set(xlim=(x - half, x + half), ylim=(f(x) - half, f(x) + half), box_aspect=0.55)
            axes.set(xticks=[x - half / 2, x, x + half / 2], yticks=[])
        row[0].set_ylabel(name, rotation=0, ha="right", va="center", fontsize=14, color=colour)
    for axes, times in zip(grid[0], closer, strict=True):
        axes.set_title(AS_IT_IS if times == 1 else TIMES.format(times=times))
    return ZOOM.format(times=max(closer), smooth=smooth[0], kinked=kinked[0])


@picture(9, 4.4)
def show_step_errors(figure, steps, errors):
    """Show how the error of a measured slope depends on the step, for each difference and precision.

    Parameters
    ----------
    steps : array, shape (n,)
        In rising order, from very small to about 0.1.
    errors : dict of dict of array, shape (n,)
        For "forward" and "central", the errors in "float64" and "float32".
    """
    bests = []
    panels = figure.subplots(1, 2, sharey=True)
    for axes, (difference, by_precision) in zip(panels, errors.items(), strict=True):
        for precision, (colour, line, place, side) in CURVES.items():
            values = np.maximum(by_precision[precision], FLOOR)
            best = best_step(steps, values)
            nearest = np.argmin(np.abs(steps - best))
            axes.loglog(steps, values, line, color=colour, linewidth=1.6)
            height = np.median(values[nearest - 4 : nearest + 5])
            axes.plot(best, height, "o", color=colour, markersize=9)
            words = {
                "step": with_power(best, 1),
                "difference": DIFFERENCE_LABELS[difference],
                "precision": PRECISION_LABELS[precision],
            }
            name = BEST_NEAR[precision].format(**words)
            axes.text(place, 1e-12, name, color=colour, ha=side, va="top", weight="bold")
            bests.append(BEST.format(**words))
        axes.set(title=DIFFERENCE_TITLES[difference], xlabel=STEP, xlim=(1e-16, 0.2), ylim=(1e-18, 1e6))
        axes.set_xticks([1e-16, 1e-12, 1e-8, 1e-4])
        name_troubles(axes, 0.15, 3e5)
    panels[0].set_ylabel(ERROR)
    panels[0].set_yticks([1e-16, 1e-12, 1e-8, 1e-4, 1])
    panels[0].minorticks_off()
    return ERRORS.format(bests=listed(bests))


def name_troubles(axes, right, top):
    """Write over both ends of a curve of errors why they are large there."""
    axes.minorticks_off()
    axes.text(2e-16, top, TOO_SMALL, color=DARK, va="top")
    axes.text(right, top, TOO_LARGE, color=DARK, va="top", ha="right")


@picture(9, 4.2)
def show_pairs(figure, pairs, limits):
    """Show functions above their slopes.

    Parameters
    ----------
    pairs : dict of str: (callable, callable)
        A function and its slope, by name.
    limits : dict of str: (float, float)
        Where to draw each.
    """
    largest = []
    grid = figure.subplots(2, len(pairs), squeeze=False)
    for (above, below), (name, (f, slope)) in zip(grid.T, pairs.items(), strict=True):
        x = np.linspace(*limits[name], 201)
        above.plot(x, f(x), color=DARK)
        above.set_title(name)
        below.plot(x, slope(x), color=TANGENT)
        below.set_xlabel("x")
        below.set_ylim(bottom=0)
        for axes in (above, below):
            axes.axhline(0, color=QUIET, linewidth=1, linestyle=":")
        largest.append(LARGEST.format(slope=significant(slope(x).max(), 3), name=name))
    grid[0, 0].set_ylabel(FUNCTION, rotation=0, ha="right", fontsize=14)
    grid[1, 0].set_ylabel(SLOPE, rotation=0, ha="right", fontsize=14, color=TANGENT)
    return PAIRS.format(slopes=enumerated(largest))


@picture(9, 4)
def show_steps_down(figure, pair, points):
    """Show the points of a walk against the slope, each with its tangent.

    Parameters
    ----------
    pair : (callable, callable)
        A function and its slope.
    points : sequence of float
        The start, then the place after each step, all in one direction.
    """
    f, slope = pair
    points = np.array(points)
    axes = figure.subplots()
    # The room beyond the end is for its label, which stands ahead of the walk; the start's stands behind the slope.
    way = points[-1] - points[0]
    width, side = abs(way), np.sign(way)
    x = np.linspace(*sorted((points[0] - 0.12 * way, points[-1] + 0.5 * way)), 200)
    axes.plot(x, f(x), color=QUIET, linewidth=4, alpha=0.5)
    axes.set_ylim(f(x).min() - 0.12 * np.ptp(f(x)), f(x).max() + 0.08 * np.ptp(f(x)))
    for place in points[:-1]:
        ends = np.array([place - 0.11 * width, place + 0.11 * width])
        axes.plot(ends, f(place) + slope(place) * (ends - place), "--", color=TANGENT, linewidth=1.6)
    walk = np.stack([points, f(points)], axis=1)
    for here, following in zip(walk, walk[1:], strict=False):
        axes.annotate("", following, here, arrowprops={"arrowstyle": "->", "color": WEIGHTS})
    axes.plot(*walk.T, "o", color=WEIGHTS, markersize=8)
    lengths = np.abs(np.diff(points))
    label(axes, START, walk[0], (14 * side, 0), bold=True, color=WEIGHTS)
    label(axes, END.format(steps=len(lengths)), walk[-1], (8 * side, -14), bold=True, color=WEIGHTS)
    axes.set(xlabel="x", ylabel="f(x)", xlim=(x[0], x[-1]))
    return DESCENT.format(
        steps=len(lengths),
        start=write(points[0], "g"),
        end=write(points[-1], ".2f"),
        first=lengths[0],
        last=lengths[-1],
    )


def round_step(length):
    """Return the next of 1, 2, 5, 10, … times a power of ten that is no smaller."""
    power = 10.0 ** np.floor(np.log10(length))
    return power * min(first for first in (1, 2, 5, 10) if first * power >= length)


class TangentPlot(LivePicture):
    """A curve with a `Secant` and a tangent, beside the error of the secant's slope for every step."""

    def __init__(self, result):
        super().__init__(9, 4)
        with course_style():
            # Without a layout engine the axes stay where they are when another function brings other numbers.
            self.figure.set_layout_engine("none")
            room = {"left": 0.065, "right": 0.985, "bottom": 0.145, "top": 0.83, "wspace": 0.22}
            self.left, right = self.figure.subplots(1, 2, gridspec_kw=room)
            self.left.set_xlabel("x")
            right.set(
                title=ERROR, xlabel=STEP, xscale="log", yscale="log", xlim=(5e-17, 2), ylim=(FLOOR, 1e5)
            )
            right.set(xticks=[1e-16, 1e-12, 1e-8, 1e-4, 1], yticks=[1e-16, 1e-12, 1e-8, 1e-4, 1])
            name_troubles(right, 1, 5e4)
            above = {"transform": self.left.transAxes, "va": "bottom", "weight": "bold"}
            (self.tangent,) = self.moves(*self.left.plot([], [], "--", color=TANGENT))
            (self.secant,) = self.moves(*self.left.plot([], [], color=SECANT))
            (self.ends,) = self.moves(*self.left.plot([], [], "o", color=SECANT, markersize=8))
            (self.point,) = self.moves(*self.left.plot([], [], "o", color=DARK, markersize=8))
            (self.secant_slope,) = self.moves(self.left.text(0, 1.1, "", color=SECANT, **above))
            (self.tangent_slope,) = self.moves(self.left.text(0, 1.01, "", color=TANGENT, **above))
            (self.errors,) = self.moves(*right.plot([], [], color=SECANT, linewidth=1.4))
            (self.here,) = self.moves(*right.plot([], [], "o", color=TANGENT, markersize=11, clip_on=False))
            (self.no_error,) = self.moves(right.text(1e-8, 1e-6, "", color=DARK, ha="center", va="center"))
        self.update(result)

    def update(self, result):
        """Put another secant on the moving lines; another function needs another background, too."""
        x, y = result.curve
        if result.function != self.scene:
            room = 0.08 * np.ptp(y)
            self.left.set(xlim=(x[0], x[-1]), ylim=(y.min() - 2 * room, y.max() + room))
            self.left.yaxis.set_major_locator(FixedLocator(round_step(np.ptp(y) / 5) * np.arange(-9, 10)))
            self.enter(result.function, lambda: self.left.plot(x, y, color=QUIET, linewidth=4, alpha=0.5))
        smooth = result.cause != "kink"
        sides = x[[0, -1]]
        low, height = result.ends[0]
        self.tangent.set_data(sides, result.height + result.derivative * (sides - result.x))
        self.secant.set_data(sides, height + result.slope * (sides - low))
        self.ends.set_data(*result.ends.T)
        self.point.set_data([result.x], [result.height])
        self.secant_slope.set_text(SECANT_SLOPE.format(slope=with_power(result.slope, 7)))
        tangent = TANGENT_SLOPE if smooth else NO_TANGENT
        self.tangent_slope.set_text(tangent.format(slope=with_power(result.derivative, 7)))
        self.errors.set_data(result.steps, np.maximum(result.errors, FLOOR))
        self.here.set_data([result.h], [max(result.error, FLOOR)])
        for artist in (self.tangent, self.errors, self.here):
            artist.set_visible(smooth)
        self.no_error.set_text("" if smooth else NO_ERROR)
