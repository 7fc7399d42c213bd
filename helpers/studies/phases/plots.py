"""Pictures of the phases of momentum: the map of learning rate and momentum, and one descent on it."""

import numpy as np
from matplotlib.colors import to_rgb

from helpers.kit.labels import label
from helpers.kit.style import LOSS, QUIET, WEIGHTS, LivePicture, course_style
from helpers.language import Words
from helpers.studies.phases.compute import (
    DIVERGES,
    LEARNING_RATES,
    MOMENTA,
    SMALL,
    STEPS,
    best_momentum,
    edge,
)

_ = Words(__name__)

TITLES = (_("Steps until the loss stays small"), _("Weights"), _("Loss"))
LEARNING_RATE, MOMENTUM, STEP = _("learning rate"), _("momentum"), _("step")
NAMES, BOTH = (_("weight 1"), _("weight 2")), _("both")
FASTEST = _("fastest:")
UP_TO, OVER, DIVERGING = "≤ {steps}", _("over {steps}"), _("diverges")
SMALL_FROM, NOT_SMALL = _("small from step {step}"), _("not small in {steps} steps")

# Bands of equal colour, as on a map: up to so many steps. Dark is fast; then too slow, and divergence.
BANDS = (5, 10, 20, 30, 50, 100, STEPS)
FAST, SLOW, TOO_SLOW, DIVERGENT = "#4F8AC4", "#E3EDF6", "#FFFFFF", "#F6D9CC"
DARK, RUST = "#222222", "#9A3A00"
# The second weight's line is broken, wherever it is drawn.
STYLES = ("-", (0, (4, 1.5)))
SHOWN_STEPS = 60
HEIGHT = 1.05


def band_colours():
    """Return a colour for each band, one for too slow and one for diverging, as bytes of red, green, blue and opacity."""
    shares = np.linspace(0, 1, len(BANDS))[:, np.newaxis]
    colours = (1 - shares) * to_rgb(FAST) + shares * np.array(to_rgb(SLOW))
    colours = np.vstack([colours, to_rgb(TOO_SLOW), to_rgb(DIVERGENT)])
    return np.uint8(255 * np.insert(colours, 3, 1, axis=1))


def band_numbers(steps, grows):
    """Return the number of each cell's colour in `band_colours`."""
    return np.where(grows, len(BANDS) + 1, np.searchsorted(BANDS, steps))


def draw_key(axes, colours):
    """Draw the colours of the map one above the other, with what they mean."""
    labels = [*(UP_TO.format(steps=steps) for steps in BANDS), OVER.format(steps=STEPS), DIVERGING]
    axes.imshow(colours[:, np.newaxis], aspect="auto", origin="lower")
    axes.set_xticks([])
    axes.yaxis.tick_right()
    axes.set_yticks(range(len(labels)), labels)
    axes.tick_params(length=0)
    axes.spines[:].set(visible=True, color=QUIET, linewidth=0.6)


def name_lines(axes, names, styles, colour, places, height=HEIGHT):
    """Write over axes which line is which: a sample of each, and its name behind it; "*" is a star."""
    above = {"transform": axes.transAxes, "clip_on": False, "color": colour}
    for name, style, place in zip(names, styles, places, strict=True):
        if style == "*":
            axes.plot([place + 0.06], [height], style, markersize=13, **above)
        else:
            axes.plot([place, place + 0.08], [height, height], linestyle=style, linewidth=1.8, **above)
        label(axes, name, (place + 0.08, height), (5, 0), xycoords="axes fraction", color=colour)


class PhasePlot(LivePicture):
    """The map of phases with the curves of the theory, and beside it the weights and the loss of the chosen point.

    Parameters
    ----------
    result : helpers.studies.phases.compute.PhasePoint
    """

    def __init__(self, result):
        super().__init__(9, 4.4)
        self.colours = band_colours()
        with course_style():
            parts = self.figure.subplot_mosaic(
                [["map", "key", "weights"], ["map", "key", "loss"]], width_ratios=(10, 0.45, 9)
            )
            draw_key(parts["key"], self.colours)
            self.draw_map(parts["map"])
            self.draw_descent(parts["weights"], parts["loss"])
        self.update(result)

    def draw_map(self, axes):
        low, high = np.log10(LEARNING_RATES[[0, -1]])
        column, row = (high - low) / (len(LEARNING_RATES) - 1) / 2, (MOMENTA[1] - MOMENTA[0]) / 2
        extent = low - column, high + column, MOMENTA[0] - row, MOMENTA[-1] + row
        axes.set_title(TITLES[0], pad=26)
        axes.set(xlabel=LEARNING_RATE, ylabel=MOMENTUM)
        rates = (0.01, 0.03, 0.1, 0.3, 1, 3, 10)
        axes.set_xticks(np.log10(rates), [f"{rate:g}" for rate in rates])
        self.right = high
        blank = np.zeros((len(MOMENTA), len(LEARNING_RATES), 4), np.uint8)
        (self.image,) = self.moves(axes.imshow(blank, origin="lower", aspect="auto", extent=extent))
        (self.border,) = self.moves(*axes.plot([], [], color=LOSS))
        lines = [axes.plot([], [], linestyle=style, color=DARK, linewidth=1.5)[0] for style in STYLES]
        self.curves = self.moves(*lines)
        axes.text(0, HEIGHT, FASTEST, transform=axes.transAxes, va="center", color=DARK)
        name_lines(axes, (*NAMES, BOTH), (*STYLES, "*"), DARK, (0.2, 0.53, 0.84))
        star = {"color": DARK, "markersize": 15, "mec": "white", "mew": 1, "clip_on": False}
        ring = {"color": "none", "markersize": 14, "mec": WEIGHTS, "mew": 3.5, "clip_on": False}
        self.diverging, self.best, self.ring = self.moves(
            axes.text(0, 0.06, DIVERGING, color=RUST, weight="bold", ha="center"),
            *axes.plot([], [], "*", **star),
            *axes.plot([], [], "o", **ring),
        )

    def draw_descent(self, upper, lower):
        upper.set(ylim=(-1.6, 1.6), yticks=(-1, 0, 1))
        upper.set_title(TITLES[1], pad=8)
        upper.axhline(0, color=QUIET, linewidth=1)
        upper.tick_params(labelbottom=False)
        lower.set(xlabel=STEP, ylim=(1e-6, 1e3), yscale="log", yticks=(1e-6, SMALL, 1, 1e3))
        lower.set_title(TITLES[2], pad=10)
        lower.minorticks_off()
        lower.axhline(SMALL, color=QUIET, linewidth=1, linestyle=":")
        for axes in (upper, lower):
            axes.set_xlim(0, SHOWN_STEPS)
        name_lines(upper, NAMES, STYLES, WEIGHTS, (0.32, 0.7), 1.12)
        lines = [upper.plot([], [], linestyle=style, color=WEIGHTS, linewidth=1.8)[0] for style in STYLES]
        self.weights = self.moves(*lines)
        self.loss, self.small, self.verdict = self.moves(
            *lower.plot([], [], color=LOSS, linewidth=1.8),
            *lower.plot([], [], "o", color=LOSS, markersize=8),
            lower.text(1, 1.07, "", transform=lower.transAxes, ha="right", weight="bold", color=RUST),
        )

    def update(self, result):
        """Show the phases of another valley, or another point of them."""
        self.image.set_data(self.colours[band_numbers(result.steps, result.grows)])
        steepest, momenta = max(result.curvatures), np.linspace(0, 1, 60)
        self.border.set_data(np.log10(edge(steepest, momenta)), momenta)
        for curve, curvature in zip(self.curves, result.curvatures, strict=True):
            # √(learning rate · curvature) from 0 to 2: there the fastest momentum is at most 1.
            rates = np.linspace(0.02, 2, 150) ** 2 / curvature
            momenta = best_momentum(rates, curvature)
            stable = rates < edge(steepest, momenta)
            curve.set_data(np.log10(rates), np.where(stable, momenta, np.nan))
        left = np.log10(edge(steepest, 0.12))
        self.diverging.set_x((left + self.right) / 2)
        self.diverging.set_visible(self.right - left > 0.9)
        self.best.set_data([np.log10(result.best[0])], [result.best[1]])
        self.ring.set_data([np.log10(result.learning_rate)], [result.momentum])
        steps = np.arange(len(result.losses))
        for line, weights in zip(self.weights, result.weights.T, strict=True):
            line.set_data(steps, np.clip(weights, -1e3, 1e3))
        shares = np.clip(result.losses / result.losses[0], 1e-9, 1e9)
        self.loss.set_data(steps, shares)
        arrived = result.small_from <= STEPS
        self.small.set_data([result.small_from], [shares[result.small_from]] if arrived else [np.nan])
        diverges = any(kind == DIVERGES for kind, _ in result.motions)
        verdict = SMALL_FROM if arrived else DIVERGING if diverges else NOT_SMALL
        self.verdict.set_text(verdict.format(step=result.small_from, steps=STEPS))
