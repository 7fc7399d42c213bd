"""Pictures of descents: paths on a map of the loss, and the loss as the steps go by."""

import numpy as np
from matplotlib.ticker import NullLocator

from helpers.kit.contours import draw_contours
from helpers.kit.labels import PAPER, label
from helpers.kit.numbers import write_loss
from helpers.kit.style import LOSS, WEIGHTS, LivePicture, course_style, picture, within
from helpers.kit.words import enumerated
from helpers.language import Words
from helpers.surfaces import SURFACES

_ = Words(__name__)

STEP = _("step")
WALK_TITLES = (_("Path on the valley"), _("Loss (each line: 10 times as much)"))
ALONG, ACROSS = _("weight along the valley"), _("weight across it")
START = _("start")
OUTSIDE = _("the path leaves\nthis frame")
ABOVE = _("off the scale")

RATE_TITLE, RATE_LOSS = _("rate {rate:g}"), _("loss")
RATES = _("After {steps} steps from a loss of {first:.1f}: {ends}.")
RATE_END = _("learning rate {rate:g} ends at {loss}")

LOG_LIMITS = (1e-5, 1e3)


def name_powers(axes):
    """Write 0.1 and 100 beside a logarithmic axis, where others write 10 to the power of -1 and of 2."""
    axes.yaxis.set_major_formatter(lambda x, _: f"{x:.5f}".rstrip("0").rstrip("."))
    axes.yaxis.set_minor_locator(NullLocator())


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
        above.set(title=RATE_TITLE.format(rate=rate), xticks=(), yticks=())
        below.plot(np.clip(way.losses, *np.multiply(LOG_LIMITS, (0.01, 100))), color=LOSS)
        below.set(yscale="log", ylim=LOG_LIMITS, xlabel=STEP)
        name_powers(below)
        below.grid(axis="y", color="#dddddd")
        ends.append(RATE_END.format(rate=rate, loss=write_loss(way.losses[-1])))
    grid[1, 0].set_ylabel(RATE_LOSS)
    losses = next(iter(ways.values())).losses
    return RATES.format(steps=len(losses) - 1, first=losses[0], ends=enumerated(ends))


class WalkPlot(LivePicture):
    """A path on the valley beside its loss; one dot on each stands at the same step.

    Parameters
    ----------
    result : helpers.studies.rates.compute.Walk
    """

    def __init__(self, result):
        super().__init__(9, 4)
        with course_style():
            left, right = self.figure.subplots(1, 2)
            draw_contours(left, SURFACES["valley"])
            left.set(title=WALK_TITLES[0], xlabel=ALONG, ylabel=ACROSS)
            label(left, START, result.points[0], (0, 9), va="baseline", color="#333333")
            steps = len(result.losses) - 1
            right.set(title=WALK_TITLES[1], xlabel=STEP, yscale="log")
            right.set(xlim=(-1, steps + 1), ylim=LOG_LIMITS)
            name_powers(right)
            right.grid(axis="y", color="#e4e4e4")
            (self.rest,) = left.plot([], [], "-", color=WEIGHTS, linewidth=1, alpha=0.45)
            (self.path,) = left.plot([], [], "o-", color=WEIGHTS, markersize=4, linewidth=1.8)
            (self.here,) = left.plot([], [], "o", color=WEIGHTS, markersize=12, markeredgecolor="white")
            note = {"ha": "right", "weight": "bold"}
            self.outside = left.text(
                0.98, 0.03, "", transform=left.transAxes, color=WEIGHTS, bbox=PAPER, **note
            )
            (self.rest_of_loss,) = right.plot([], [], "-", color=LOSS, linewidth=1, alpha=0.5)
            (self.loss,) = right.plot([], [], "-", color=LOSS)
            (self.now,) = right.plot([], [], "o", color=LOSS, markersize=12, markeredgecolor="white")
            self.above = right.text(0.98, 0.94, "", transform=right.transAxes, va="top", color=LOSS, **note)
        self.moves(self.rest, self.path, self.here, self.outside)
        self.moves(self.rest_of_loss, self.loss, self.now, self.above)
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
        self.outside.set_text("" if inside else OUTSIDE)
        self.above.set_text(ABOVE if result.losses[result.step] > LOG_LIMITS[1] else "")
