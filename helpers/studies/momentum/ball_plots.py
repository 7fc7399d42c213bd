"""Pictures of balls on a loss curve: one that rolls with its velocity, and the places of several, step by step."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from helpers.kit.labels import label
from helpers.kit.numbers import write
from helpers.kit.style import GREY, QUIET, TRAIN, VELOCITY, WEIGHTS, LivePicture, course_style, picture
from helpers.kit.words import enumerated
from helpers.language import Words
from helpers.studies.momentum.compute import BALL_STEPS, RESTS
from helpers.studies.momentum.plots import RUST, velocity_arrow
from helpers.surfaces import CURVES

_ = Words(__name__)

HILL, PLACES, SEVERAL = (
    _("The ball on the loss curve"),
    _("Its weight, step by step"),
    _("Where the balls are, step by step"),
)
WEIGHT, LOSS, STEP = _("weight w"), _("loss"), _("step")
ONLY_MINIMUM, MINIMA = (_("minimum"),), (_("global\nminimum"), _("local\nminimum"))
SPEED = _("velocity {velocity}")
GONE = _("The ball has left the picture.")

PLACES_SENTENCE = _(
    "A line for the place of each ball, step by step, and dotted lines at the minima. After {steps} steps: {ends}."
)
ONE_END = _("{name} at {place}")

DOTTED = {"color": QUIET, "linewidth": 1, "linestyle": ":"}
# Velocities are short beside the curve.
ARROW_LENGTH = 3


class BallPlot(LivePicture):
    """A ball on a curve with its trail and its velocity, beside its weight step by step.

    Parameters
    ----------
    result : helpers.studies.momentum.compute.Roll
    """

    def __init__(self, result):
        super().__init__(9, 4.1)
        self.figure.set_layout_engine("none")
        with course_style():
            self.hill = hill = self.figure.add_axes((0.075, 0.135, 0.49, 0.785), title=HILL)
            self.chart = self.figure.add_axes((0.63, 0.135, 0.25, 0.785), title=PLACES)
            hill.set(xlabel=WEIGHT, ylabel=LOSS)
            hill.yaxis.set_major_locator(MaxNLocator(integer=True))
            self.chart.set(xlabel=STEP, xlim=(0, BALL_STEPS))
            green, edge = {"color": WEIGHTS}, {"mec": "white", "mew": 1.5}
            (self.trail,) = self.moves(*hill.plot([], [], "o", **green, markersize=6, alpha=0.7, mew=0))
            (self.velocity,) = self.moves(velocity_arrow(hill))
            (self.ball,) = self.moves(*hill.plot([], [], "o", **green, markersize=20, **edge))
            self.speed, self.gone = self.moves(
                label(hill, "", (0, 0), (0, 24), color="#A03E7C", fontsize=12),
                hill.text(0.5, 0.9, GONE, transform=hill.transAxes, ha="center", color=RUST, weight="bold"),
            )
            (self.places,) = self.moves(*self.chart.plot([], [], "o-", **green, markersize=3, linewidth=1.5))
            (self.now,) = self.moves(*self.chart.plot([], [], "o", **green, markersize=10, **edge))
        self.update(result)

    def draw_curve(self, curve, w, losses, bottom):
        """Draw what stays while the ball rolls: the curve, and its minima in both panels."""
        artists = [
            self.hill.fill_between(w, losses, bottom, color="#ececec", linewidth=0),
            *self.hill.plot(w, losses, color=QUIET, linewidth=3),
        ]
        star = {"color": "#222222", "markersize": 15, "mec": "white", "zorder": 3}
        grey = {"color": GREY, "linespacing": 1.05}
        names = ONLY_MINIMUM if len(curve.minima) == 1 else MINIMA
        for name, (place,) in zip(names, curve.minima, strict=True):
            depth = curve.loss((place,))
            artists += [
                *self.hill.plot([place], [depth], "*", **star),
                label(self.hill, name, (place, depth), (0, -12), **grey),
                self.chart.axhline(place, **DOTTED),
                label(self.chart, name, (BALL_STEPS, place), (6, 0), **grey),
            ]
        return artists

    def update(self, result):
        """Show another roll, or another step of it."""
        curve = CURVES[result.curve]
        ((left, right),) = curve.limits
        w = np.linspace(left, right, 400)
        heights = curve.loss(w[:, np.newaxis])
        # Room for names below and for the ball above.
        bottom, top = heights.min() - 0.22 * np.ptp(heights), heights.max() + 0.1 * np.ptp(heights)
        width, height = right - left, top - bottom
        self.enter(curve.name, lambda: self.draw_curve(curve, w, heights, bottom))
        self.hill.set(xlim=(left, right), ylim=(bottom, top))
        self.chart.set_ylim(left, right)
        places = np.clip(result.points[: result.step + 1], left - width, right + width)
        losses = np.clip(result.losses[: result.step + 1], bottom - height, top + height)
        inside = (left <= places) & (places <= right) & (losses <= top)
        self.trail.set_data(places[inside], losses[inside])
        # Of a ball that flies off, what matters is that it does.
        end = len(places) if result.fate != "diverges" or inside.all() else int(np.argmin(inside)) + 1
        self.places.set_data(np.arange(end), places[:end])
        self.now.set_data([end - 1], [places[end - 1]])
        self.show_ball(places[-1], losses[-1] + 0.035 * height, result.velocities[result.step], inside[-1])

    def show_ball(self, x, y, velocity, inside):
        """Put the ball on the curve, at its own height above it, and its velocity beside it."""
        moving = inside and abs(velocity) > RESTS
        self.ball.set_visible(inside)
        self.gone.set_visible(not inside)
        self.velocity.set_visible(moving)
        self.speed.set_visible(moving)
        self.ball.set_data([x], [y])
        if moving:
            left, right = self.hill.get_xlim()
            edge, room = np.sign(velocity) * 0.032 * (right - left), 0.13 * (right - left)
            tip = np.clip(x + edge + ARROW_LENGTH * velocity, left, right)
            self.velocity.set_positions((x + edge, y), (tip, y))
            self.speed.set_text(SPEED.format(velocity=write(velocity, "+.2f")))
            highest = self.hill.get_ylim()[1] - 0.4 * room
            self.speed.xy = np.clip(x, left + room, right - room), min(y, highest)


@picture(9, 3.7)
def show_places(figure, places, minima):
    """Show the weight of several balls, step by step, with dotted lines at the minima.

    Parameters
    ----------
    places : dict of str to array, shape (steps + 1,)
        For each name; the first in the quietest colour.
    minima : dict of str to float
    """
    axes = figure.subplots()
    steps = max(map(len, places.values())) - 1
    styles = (("--", GREY), ("-.", TRAIN), ("-", WEIGHTS), (":", VELOCITY))
    for (name, path), (dashes, colour) in zip(places.items(), styles, strict=False):
        axes.plot(path, dashes, color=colour, label=name)
    for name, place in minima.items():
        axes.axhline(place, **DOTTED)
        label(axes, name, (steps, place), (8, 0), color=GREY)
    axes.set(title=SEVERAL, xlabel=STEP, ylabel=WEIGHT, xlim=(0, steps))
    axes.legend(loc="upper right", handlelength=2.6, ncols=len(places))
    ends = (ONE_END.format(name=name, place=write(path[-1], ".2f")) for name, path in places.items())
    return PLACES_SENTENCE.format(steps=steps, ends=enumerated(ends))
