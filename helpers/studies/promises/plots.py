"""Pictures of what a gradient promises: which way is up, slopes in all directions, steps that are too long, and ink to add."""

import numpy as np
from matplotlib.patches import FancyArrowPatch

from helpers.kit.contours import SURFACE_LABELS, directions, draw_arrows, draw_contours, equal_limits
from helpers.kit.labels import label
from helpers.kit.numbers import significant, write
from helpers.kit.style import (
    GRADIENT,
    GREY,
    LOSS,
    QUIET,
    TRAIN,
    WEIGHTS,
    LivePicture,
    course_style,
    draw_kernels,
    picture,
    within,
)
from helpers.kit.words import listed
from helpers.language import Words
from helpers.studies.promises.compute import CURVE_REACH
from helpers.surfaces import get_surface

_ = Words(__name__)

FIRST_WEIGHT, SECOND_WEIGHT = _("first weight"), _("second weight")
ARROWS = _(
    "The gradient at {count} points of each surface, as an arrow: it points uphill, stands at a right angle to its contour, and is the "
    "longer the steeper the ground is."
)
STRAIGHT_AWAY = _("On “{surface}” it points straight away from the minimum.")
NOT_STRAIGHT_AWAY = _("On “{surface}” it does not point straight away from the minimum.")
AND_MORE = _("{sentences} {sentence}")

ANGLE = _("angle between direction and gradient, in degrees")
SLOPE = _("Slope along 1,000 random directions")
LONGEST = _("gradient: {slope:.2f}")
CONTOUR = _("along the contour: 0")
STEEPEST_DOWN = _("against the gradient")
ANGLES = _(
    "Each dot is one of {count:,} random directions. The slope is {highest:.2f} along the gradient, 0 at 90 degrees to it, "
    "and {lowest} straight against it; in between it follows the cosine of the angle."
)

SHARE = _("slope, in % of the gradient's")
WEIGHTS_TITLE = _("{weights:,} weights")
GRADIENT_LABEL = _("gradient")
BEST = _("◆ best: {share:.0f} %")
DIRECTIONS = _(
    "Slopes of {count:,} random directions as shares of the gradient's, from −100 % to 100 %. The steepest of them uphill has "
    "{shares} of it."
)
BEST_OF = _("{share:.0f} % (with {weights:,} weights)")

STEP, LOSS_LABEL = _("step"), _("Loss after one step")
PROMISE, TRUTH = _("promise"), _("truth")
LOWEST = _("lowest: {step:.3g}")
EVEN = _("as high as before: {step:.3g}")
PROMISED_AND_EVEN = _(
    "For small steps, the truth follows the straight line of the promise. It is lowest at a step of about {best:.3g}, and as high as "
    "before at about {even:.3g}; beyond, the step makes the loss larger."
)
PROMISED_AND_LOW = _(
    "For small steps, the truth follows the straight line of the promise. It is lowest at a step of about {best:.3g}, and stays below "
    "its start in this picture."
)

INK = _(
    "What a step against the gradient adds to the weights of each answer, drawn where their pixels are: purple places "
    "will speak more for the digit, orange places more against it."
)

MAP = _("{surface}: the step on the map")
WAY = _("The loss along the way")
NO_STEP, YOUR_STEP = "0", _("your step")
UPHILL = _("gradient")
HERE, PROMISED = _("here {loss}"), _("promised {loss}")
TRUE, TRUE_ABOVE, TRUE_BELOW = _("true {loss}"), _("↑ true {loss}"), _("↓ true {loss}")
SO_MANY, SO_FEW = _("over 100,000"), _("below −100,000")
MANY, MOST_DECIMALS, ALL_DIGITS = 1e5, 9, 17

# Darker than the lines that they name, to be read.
GRADIENT_INK, WEIGHTS_INK, DARK = "#A34700", "#00664B", "#333333"
MARK = {"markersize": 9, "markeredgecolor": "white"}
# How far up and down the loss along a way is drawn, in units of the promised decrease.
LOWEST_DRAWN, HIGHEST_DRAWN = -1.3, 1.12


@picture(9, 3.6)
def show_arrows(figure, surfaces, points):
    """Show the gradient at some points of two surfaces as arrows on their maps, with lengths in proportion to the slopes.

    Parameters
    ----------
    surfaces : pair of helpers.surfaces.Surface
        With one minimum each.
    points : array, shape (points, 2)
    """
    sentences = ARROWS.format(count=len(points))
    for axes, surface in zip(figure.subplots(1, 2), surfaces, strict=True):
        name = SURFACE_LABELS[surface.name]
        limits = equal_limits(surface, 1.45)
        draw_contours(axes, surface, limits)
        axes.set(aspect="equal", title=name, xlabel=FIRST_WEIGHT)
        _, gradients = surface.loss_and_gradient(points)
        longest = 0.22 * np.ptp(limits[1]) / np.hypot(*gradients.T).max()
        draw_arrows(axes, points, longest * gradients, color=GRADIENT, width=0.009)
        axes.plot(*points.T, "o", color="black", markersize=6, markeredgecolor="white")
        away = directions(points - surface.minima[0])
        cosines = np.sum(directions(gradients) * away, axis=1)
        straight = cosines.min() > 0.999
        sentence = (STRAIGHT_AWAY if straight else NOT_STRAIGHT_AWAY).format(surface=name)
        sentences = AND_MORE.format(sentences=sentences, sentence=sentence)
    figure.axes[0].set_ylabel(SECOND_WEIGHT)
    return sentences


@picture(9, 3.6)
def show_angles(figure, angles, slopes, steepest):
    """Show slopes along directions over the angle between each direction and the gradient.

    Parameters
    ----------
    angles : array, shape (directions,)
        In degrees, from 0 to 180.
    slopes : array, shape (directions,)
    steepest : float
        Length of the gradient.
    """
    axes = figure.subplots()
    turn = np.linspace(0, 180, 181)
    axes.axhline(0, color=QUIET, linewidth=1, linestyle=":")
    axes.plot(turn, steepest * np.cos(np.radians(turn)), color=GRADIENT, linewidth=1.5)
    axes.plot(angles, slopes, "o", color=TRAIN, markersize=4, alpha=0.35, markeredgewidth=0)
    axes.plot([0, 180], [steepest, -steepest], "^", color=GRADIENT, markersize=11, clip_on=False)
    axes.set(title=SLOPE, xlabel=ANGLE, xlim=(0, 180), xticks=range(0, 181, 30))
    strong = {"va": "center", "bold": True, "color": GRADIENT_INK}
    label(axes, LONGEST.format(slope=steepest), (0, steepest), (16, -22), **strong)
    label(axes, STEEPEST_DOWN, (180, -steepest), (-16, 42), **strong)
    label(axes, CONTOUR, (90, 0), (8, 5), va="baseline", color=GREY)
    return ANGLES.format(count=len(slopes), highest=steepest, lowest=write(-steepest, ".2f"))


@picture(9, 3.3)
def show_directions(figure, shares):
    """Show how the slopes along random directions are spread, in spaces of different numbers of weights.

    Parameters
    ----------
    shares : dict
        For each number of weights the slopes along random directions, divided by the length of the gradient.
    """
    words = []
    panels = figure.subplots(1, len(shares), sharex=True)
    for axes, (weights, found) in zip(np.atleast_1d(panels), shares.items(), strict=True):
        best = 100 * found.max()
        bars, _, _ = axes.hist(100 * found, bins=np.arange(-100, 101, 5), color=TRAIN)
        axes.axvline(100, color=GRADIENT)
        axes.plot([best], [0], "D", color=WEIGHTS, clip_on=False, zorder=5, **MARK)
        # Above the bars and left of the gradient's line, where nothing crosses the words.
        beside = {"offset": (-5, 0), "va": "top", "bold": True}
        top = bars.max()
        label(axes, GRADIENT_LABEL, (100, 1.42 * top), color=GRADIENT_INK, **beside)
        label(axes, BEST.format(share=best), (100, 1.22 * top), color=WEIGHTS_INK, **beside)
        axes.set(title=WEIGHTS_TITLE.format(weights=weights), ylim=(0, 1.45 * top), yticks=[])
        axes.set(xlim=(-104, 104), xticks=[-100, 0, 100])
        words.append(BEST_OF.format(share=best, weights=weights))
    np.atleast_1d(panels)[len(shares) // 2].set_xlabel(SHARE)
    return DIRECTIONS.format(count=len(found), shares=listed(words))


@picture(9, 3.8)
def show_promise(figure, steps, promised, actual):
    """Show the loss that the slope promises for each step, and the true one.

    Parameters
    ----------
    steps : array, shape (steps,)
        Rising, from 0.
    promised, actual : array, shape (steps,)
    """
    axes = figure.subplots()
    start, best = actual[0], np.argmin(actual)
    depth = start - actual[best]
    axes.axhline(start, color=QUIET, linewidth=1, linestyle=":")
    axes.plot(steps, promised, "--", color=QUIET)
    axes.plot(steps, actual, color=LOSS)
    axes.set(
        title=LOSS_LABEL,
        xlabel=STEP,
        xlim=(0, steps[-1]),
        ylim=(actual[best] - 0.6 * depth, max(actual.max(), start) + 0.25 * depth),
    )
    low, late = actual[best] - 0.3 * depth, int(0.85 * len(steps))
    end = np.interp(low, promised[::-1], steps[::-1])
    label(axes, PROMISE, (end, low), (-8, 0), bold=True, color=GREY)
    label(axes, TRUTH, (steps[late], actual[late]), (10, -6), bold=True, color=GRADIENT_INK)
    axes.plot(steps[best], actual[best], "o", color=WEIGHTS, **MARK)
    side = "center" if steps[best] < 0.9 * steps[-1] else "right"
    name = LOWEST.format(step=steps[best])
    label(axes, name, (steps[best], actual[best]), (0, -9), bold=True, ha=side, color=WEIGHTS_INK)
    beyond = np.flatnonzero((steps > steps[best]) & (actual >= start - 1e-9))
    if not len(beyond):
        return PROMISED_AND_LOW.format(best=steps[best])
    even = steps[beyond[0]]
    axes.plot(even, start, "s", color=WEIGHTS, **MARK)
    label(axes, EVEN.format(step=even), (even, start), (-9, 7), bold=True, va="baseline", color=WEIGHTS_INK)
    return PROMISED_AND_EVEN.format(best=steps[best], even=even)


@picture(9, 4)
def show_gradient_pictures(figure, gradient):
    """Show a gradient by a layer's weights on 28 × 28 pixels, with its sign turned, as one picture a unit.

    Parameters
    ----------
    gradient : array, shape (784, units)
    """
    draw_kernels(figure, -gradient)
    return INK


class StandingPlot(LivePicture):
    """A map with one step on it, beside the loss along the way of the step: as the slope promises it, and as it is.

    The right picture zooms with the step, so that a promised decrease is always drawn equally high.

    Parameters
    ----------
    result : helpers.studies.promises.compute.Standing
    """

    def __init__(self, result):
        super().__init__(9, 4.1)
        self.figure.set_layout_engine("none")
        with course_style():
            self.map = self.figure.add_axes((0.075, 0.135, 0.47, 0.775))
            self.map.set(xlabel=FIRST_WEIGHT, ylabel=SECOND_WEIGHT)
            self.title = self.map.set_title("")
            self.map.yaxis.set_label_coords(-0.1, 0.5)
            self.way = self.figure.add_axes((0.605, 0.135, 0.375, 0.775))
            self.way.set(title=WAY, xlim=(0, CURVE_REACH), ylim=(-1.35, 1.2), xticks=[], yticks=[])
            self.way.axhline(0, color=QUIET, linewidth=1, linestyle=":")
            below = {"transform": self.way.get_xaxis_transform(), "va": "top", "color": DARK}
            self.way.text(0, -0.03, NO_STEP, **below)
            self.way.text(1, -0.03, YOUR_STEP, ha="center", **below)
            self.draw_moving()
        self.update(result)

    def draw_moving(self):
        def line(axes, *form, **style):
            (artist,) = self.moves(*axes.plot([], [], *form, **style))
            return artist

        def words(axes, text, colour):
            (artist,) = self.moves(axes.text(0, 0, text, color=colour, weight="bold"))
            return artist

        self.path = line(self.map, color=WEIGHTS, linewidth=3)
        look = {"arrowstyle": "-|>", "mutation_scale": 18, "linewidth": 2.5, "shrinkA": 0}
        self.uphill = FancyArrowPatch((0, 0), (1, 1), color=GRADIENT, zorder=4, **look)
        self.moves(self.map.add_patch(self.uphill))
        self.place = line(self.map, "o", color="black", markersize=8, markeredgecolor="white", zorder=5)
        self.landing = line(self.map, "s", color=WEIGHTS, **MARK)
        self.uphill_name = words(self.map, UPHILL, GRADIENT_INK)
        self.step_name = words(self.map, STEP, WEIGHTS_INK)
        self.promise = line(self.way, "--", color=QUIET)
        self.truth = line(self.way, color=LOSS)
        self.promised = line(self.way, "D", color=QUIET, markersize=8, markeredgecolor="white")
        self.reached = line(self.way, "s", color=WEIGHTS, clip_on=False, **MARK)
        self.here_words = words(self.way, "", DARK)
        self.here_words.set_position((0.03, 0.06))
        self.promised_words = words(self.way, "", GREY)
        self.reached_words = words(self.way, "", WEIGHTS_INK)

    def update(self, result):
        """Show another step."""
        surface = get_surface(result.surface)
        limits = equal_limits(surface, 0.47 * 9 / (0.775 * 4.1), margin=0.1)
        self.map.set(xlim=limits[0], ylim=limits[1])
        self.title.set_text(MAP.format(surface=SURFACE_LABELS[surface.name]))
        self.enter((surface.name, result.arrows), lambda: self.draw_ground(surface, limits, result.arrows))
        self.show_step(result, limits)
        self.show_way(result)

    def draw_ground(self, surface, limits, arrows):
        artists = draw_contours(self.map, surface, limits)
        if arrows:
            x, y = (
                low + (high - low) * (np.arange(count) + 0.5) / count
                for (low, high), count in zip(limits, (13, 10), strict=True)
            )
            points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
            uphill = 0.06 * np.ptp(limits[1]) * directions(surface.loss_and_gradient(points)[1])
            artists.append(draw_arrows(self.map, points, uphill, color="#777777", width=0.004, zorder=2))
        return artists

    def show_step(self, result, limits):
        uphill = directions(result.gradient)
        steep = bool(uphill.any())
        self.place.set_data(*result.point[:, np.newaxis])
        self.path.set_data(*np.stack([result.point, result.landing], axis=1))
        self.landing.set_data(*result.landing[:, np.newaxis])
        tip = result.point + 0.17 * np.ptp(limits[1]) * uphill
        self.uphill.set_positions(result.point, tip)
        name_end(self.uphill_name, tip, uphill, limits)
        name_end(self.step_name, result.landing, -uphill, limits)
        for artist in (self.uphill, self.uphill_name):
            artist.set_visible(steep)
        self.step_name.set_visible(steep and within(result.landing, limits))

    def show_way(self, result):
        """Draw losses as changes from the start, in units of the promised decrease."""
        falls = result.course not in ("level", "faint")
        unit = result.loss - result.promised if falls else np.inf
        promised, reached = -float(falls), (result.actual - result.loss) / unit
        shown = np.clip(reached, LOWEST_DRAWN, HIGHEST_DRAWN)
        self.truth.set_data(result.steps / result.step, np.clip((result.losses - result.loss) / unit, -5, 5))
        self.promise.set_data([0, CURVE_REACH], [0, CURVE_REACH * promised])
        self.promised.set_data([1], [promised])
        self.reached.set_data([1], [shown])
        true = TRUE_ABOVE if reached > HIGHEST_DRAWN else TRUE_BELOW if reached < LOWEST_DRAWN else TRUE
        here, promise, truth = write_losses(result)
        self.here_words.set_text(HERE.format(loss=here))
        self.promised_words.set_text(PROMISED.format(loss=promise))
        self.reached_words.set_text(true.format(loss=truth))
        for artist in (self.promised_words, self.reached_words, self.promised):
            artist.set_visible(falls)
        # The two words stand on different sides of their marks, the higher one above.
        higher, lower = self.reached_words, self.promised_words
        if shown < promised:
            higher, lower = lower, higher
        side, place = ("left", 1.05) if true is TRUE else ("right", 0.95)
        higher.set(x=place, y=min(max(shown, promised) + 0.03, 1.05), ha=side, va="bottom")
        lower.set(x=0.95, y=max(min(shown, promised) - 0.03, -1.18), ha="right", va="top")
        # A rising curve leaves room below itself only.
        if result.slope_ahead > 0 and true is TRUE:
            self.reached_words.set(y=shown - 0.03, va="top")


def name_end(name, end, direction, limits):
    """Put the name of an arrow beyond its end, or above it if it lies level, and inside of the map."""
    (left, right), (bottom, top) = limits
    gap, room = 0.035 * (top - bottom), 0.11 * (right - left)
    level = abs(direction[1]) <= 0.2
    x, y = end + gap * (np.array([0, 1]) if level else direction)
    name.set(
        x=np.clip(x, left + gap, right - gap),
        y=np.clip(y, bottom + gap, top - 2 * gap),
        ha="left" if x < left + room else "right" if x > right - room else "center",
        va="bottom" if level or direction[1] > 0 else "top",
    )


def say(number, digits=3):
    """Write a number in three digits, or more, and what is only left by rounding as 0."""
    if abs(number) >= MANY:
        return SO_MANY if number > 0 else SO_FEW
    return significant(round(number, MOST_DECIMALS), digits)


def write_losses(result):
    """Write the loss at the start of a step, the promised one and the true one, in as many digits as tell them apart."""
    losses = result.loss, result.promised, result.actual
    # Where the ground is straight, it is no news that the promise and the truth are alike.
    compared = 2 if result.course in ("exact", "straight") else 3
    unlike = {say(loss, ALL_DIGITS) for loss in losses[:compared]}
    for digits in range(3, MOST_DECIMALS):
        texts = [say(loss, digits) for loss in losses]
        if len({*texts[:compared]}) == len(unlike):
            break
    return texts
