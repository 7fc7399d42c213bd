"""What SurfaceLive shows: a step on a map, and the loss along its way as the slope promises it and as it is."""

import numpy as np
from matplotlib.patches import FancyArrowPatch

from helpers.kit.contours import draw_arrows, draw_contours, equal_limits
from helpers.kit.numbers import significant
from helpers.kit.style import GRADIENT, LOSS, QUIET, WEIGHTS, LivePicture, course_style, picture
from helpers.studies.promises.compute import CURVE_REACH
from helpers.surfaces import get_surface

FIRST_WEIGHT, SECOND_WEIGHT = "first weight", "second weight"
MAP = "{surface}: the step on the map"
WAY = "The loss along the way"
STEP_TICK = "your step"
UPHILL = "gradient"
STEP = "step"
HERE = "here {loss}"
PROMISED = "promised {loss}"
TRUE = "true {loss}"
ABOVE = "↑ "
BELOW = "↓ "
ARROWS = (
    "The gradient at {count} points of each surface, as an arrow: it points uphill, stands at a right angle to its contour, and is the "
    "longer the steeper the ground is. {away}"
)
AWAY = "On “{surface}” it {how} straight away from the minimum."
STRAIGHT, NOT_STRAIGHT = "points", "does not point"
FIELD = "#777777"
MANY = 1e5
MOST_DECIMALS = 9
SO_MANY, SO_FEW = "over 100,000", "below −100,000"


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
            self.way = self.figure.add_axes((0.605, 0.135, 0.375, 0.775))
            self.map.set(xlabel=FIRST_WEIGHT, ylabel=SECOND_WEIGHT)
            self.title = self.map.set_title("")
            self.map.yaxis.set_label_coords(-0.1, 0.5)
            self.way.set(title=WAY, xlim=(0, CURVE_REACH), ylim=(-1.35, 1.2), xticks=[], yticks=[])
            self.way.axhline(0, color=QUIET, linewidth=1, linestyle=":")
            (self.path,) = self.map.plot([], [], color=WEIGHTS, linewidth=3)
            (self.place,) = self.map.plot(
                [], [], "o", color="black", markersize=8, markeredgecolor="white", zorder=5
            )
            (self.landing,) = self.map.plot([], [], "s", color=WEIGHTS, markersize=9, markeredgecolor="white")
            self.uphill = FancyArrowPatch(
                (0, 0),
                (1, 1),
                arrowstyle="-|>",
                mutation_scale=18,
                color=GRADIENT,
                linewidth=2.5,
                shrinkA=0,
                zorder=4,
            )
            self.map.add_patch(self.uphill)
            self.uphill_name = self.map.text(0, 0, UPHILL, color="#A34700", weight="bold")
            self.step_name = self.map.text(0, 0, STEP, color="#00664B", weight="bold")
            (self.promise,) = self.way.plot([], [], "--", color=QUIET)
            (self.truth,) = self.way.plot([], [], color=LOSS)
            (self.promised,) = self.way.plot([], [], "D", color=QUIET, markersize=8, markeredgecolor="white")
            (self.reached,) = self.way.plot(
                [], [], "s", color=WEIGHTS, markersize=9, markeredgecolor="white", clip_on=False
            )
            self.here_words = self.way.text(0.03, 0.06, "", color="#333333", weight="bold")
            self.promised_words = self.way.text(0, 0, "", color="#555555", weight="bold")
            self.reached_words = self.way.text(0, 0, "", color="#00664B", weight="bold")
            below = {"transform": self.way.get_xaxis_transform(), "va": "top", "color": "#333333"}
            self.way.text(0, -0.03, "0", **below)
            self.way.text(1, -0.03, STEP_TICK, ha="center", **below)
        self.moves(
            self.path,
            self.uphill,
            self.place,
            self.landing,
            self.uphill_name,
            self.step_name,
            self.promise,
            self.truth,
            self.promised,
            self.reached,
            self.here_words,
            self.promised_words,
            self.reached_words,
        )
        self.update(result)

    def update(self, result):
        """Show another step."""
        surface = get_surface(result.surface)
        limits = equal_limits(surface, 0.47 * 9 / (0.775 * 4.1), margin=0.1)
        self.map.set(xlim=limits[0], ylim=limits[1])
        self.title.set_text(MAP.format(surface=result.surface))
        self.enter((result.surface, result.arrows), lambda: self.draw_ground(surface, limits, result.arrows))
        self.show_step(result, limits)
        self.show_way(result)

    def draw_ground(self, surface, limits, arrows):
        artists = draw_contours(self.map, surface, limits)
        if arrows:
            (left, right), (bottom, top) = limits
            x = left + (right - left) * (np.arange(13) + 0.5) / 13
            y = bottom + (top - bottom) * (np.arange(10) + 0.5) / 10
            points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
            _, gradients = surface.loss_and_gradient(points)
            artists.append(
                draw_arrows(
                    self.map, points, gradients, 0.06 * (top - bottom), color=FIELD, width=0.004, zorder=2
                )
            )
        return artists

    def show_step(self, result, limits):
        (left, right), (bottom, top) = limits
        size = np.hypot(*result.gradient)
        self.place.set_data([result.point[0]], [result.point[1]])
        self.path.set_data(*np.stack([result.point, result.landing], axis=1))
        self.landing.set_data([result.landing[0]], [result.landing[1]])
        for artist in (self.uphill, self.uphill_name):
            artist.set_visible(size > 1e-9)
        direction = result.gradient / size if size > 1e-9 else np.array([0.0, 1.0])
        tip = result.point + 0.17 * (top - bottom) * direction
        self.uphill.set_positions(result.point, tip)
        inside = left <= result.landing[0] <= right and bottom <= result.landing[1] <= top
        self.step_name.set_visible(inside and size > 1e-9)
        name_end(self.uphill_name, tip, direction, limits)
        name_end(self.step_name, result.landing, -direction, limits)

    def show_way(self, result):
        """Draw losses as changes from the start, in units of the promised decrease."""
        promised = result.loss - result.promised
        fall = float(result.course not in ("level", "faint"))
        unit = promised if fall else np.inf
        self.truth.set_data(result.steps / result.step, np.clip((result.losses - result.loss) / unit, -5, 5))
        self.promise.set_data([0, CURVE_REACH], [0, -CURVE_REACH * fall])
        self.promised.set_data([1], [-fall])
        reached = (result.actual - result.loss) / unit
        shown = np.clip(reached, -1.3, 1.12)
        self.reached.set_data([1], [shown])
        mark = ABOVE if reached > 1.12 else BELOW if reached < -1.3 else ""
        here, promise, truth = write_losses(result)
        self.here_words.set_text(HERE.format(loss=here))
        self.promised_words.set_text(PROMISED.format(loss=promise))
        self.reached_words.set_text(mark + TRUE.format(loss=truth))
        for artist in (self.promised_words, self.reached_words, self.promised):
            artist.set_visible(fall)
        # The two words stand on different sides of their marks, the higher one above.
        higher, lower = self.reached_words, self.promised_words
        if shown < -fall:
            higher, lower = lower, higher
        side, place = ("right", 0.95) if mark else ("left", 1.05)
        higher.set(x=place, y=min(max(shown, -fall) + 0.03, 1.05), ha=side, va="bottom")
        lower.set(x=0.95, y=max(min(shown, -fall) - 0.03, -1.18), ha="right", va="top")
        # A rising curve leaves room below itself only.
        if result.slope_ahead > 0 and not mark:
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


@picture(9, 3.6)
def show_arrows(figure, surfaces, points):
    """Show the gradient at some points of two surfaces as arrows on their maps, with lengths in proportion to the slopes.

    Parameters
    ----------
    surfaces : pair of helpers.surfaces.Surface
        With one minimum each.
    points : array, shape (points, 2)
    """
    words = []
    for axes, surface in zip(figure.subplots(1, 2), surfaces, strict=True):
        limits = equal_limits(surface, 1.45)
        draw_contours(axes, surface, limits)
        axes.set(aspect="equal", title=surface.name, xlabel=FIRST_WEIGHT)
        _, gradients = surface.loss_and_gradient(points)
        sizes = np.sqrt(np.sum(gradients**2, axis=1))
        longest = 0.22 * (limits[1][1] - limits[1][0])
        arrows = longest * gradients / sizes.max()
        axes.quiver(*points.T, *arrows.T, angles="xy", scale_units="xy", scale=1, color=GRADIENT, width=0.009)
        axes.plot(*points.T, "o", color="black", markersize=6, markeredgecolor="white")
        away = points - surface.minima[0]
        cosines = np.sum(gradients * away, axis=1) / (sizes * np.sqrt(np.sum(away**2, axis=1)))
        how = STRAIGHT if cosines.min() > 0.999 else NOT_STRAIGHT
        words.append(AWAY.format(surface=surface.name, how=how))
    figure.axes[0].set_ylabel(SECOND_WEIGHT)
    return ARROWS.format(count=len(points), away=" ".join(words))


def say(number, digits=3):
    """Write a number in three digits, or more, and what is only left by rounding as 0."""
    if abs(number) >= MANY:
        return SO_MANY if number > 0 else SO_FEW
    return significant(round(number, MOST_DECIMALS), digits)


def write_losses(result):
    """Write the loss at the start of a step, the promised one and the true one, in as many digits as tell them apart."""
    losses = result.loss, result.promised, result.actual
    if result.course in ("exact", "straight"):
        # Here it is no news that the promise and the truth are alike.
        losses = losses[:2]
    for digits in range(3, MOST_DECIMALS):
        texts = [say(loss, digits) for loss in losses]
        if len(set(texts)) == len(
            {round(float(np.clip(loss, -MANY, MANY)), MOST_DECIMALS) for loss in losses}
        ):
            break
    return [say(loss, digits) for loss in (result.loss, result.promised, result.actual)]
