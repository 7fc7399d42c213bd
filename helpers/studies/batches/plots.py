"""Pictures of batches: what their steps cost, how their gradients spread around the full one, and how they fit a line."""

import numpy as np

from helpers.kit.contours import STAR, draw_contours
from helpers.kit.labels import PAPER, label, label_ends
from helpers.kit.numbers import write, write_loss
from helpers.kit.style import (
    GRADIENT,
    GREY,
    LOSS,
    QUIET,
    RUN_STYLES,
    TRAIN,
    WEIGHTS,
    LivePicture,
    course_style,
    picture,
    within,
)
from helpers.kit.words import enumerated
from helpers.language import Words
from helpers.studies.batches.compute import line_points, line_surface

_ = Words(__name__)

COST_TITLES = (_("Counted in steps"), _("Counted in digits looked at"))
COST_LABELS = (_("steps"), _("digits looked at"))
COST_LOSS = _("loss of all digits")
COSTS = _(
    "After {steps:,} steps the loss is about {by_steps}; after {examples:,} digits it is about {by_examples}."
)
COST = _("{loss:.1f} ({name})")

BATCHES_OF = _("batches of {size}")
ALONG_FULL = _("along the full gradient")
AT_RIGHT_ANGLES = _("at right angles")
FULL = _("full gradient")
SPREAD = _("spread of the gradient")
SIZE = _("batch size")
SLOPE = _("measured slope {slope}")
ONE_FOR_ONE = _("slope −1: would be\nhalf the spread for twice the batch")
LINE_TITLES = (_("The points and the line"), _("Path of the two weights"))
SLOPE_AXIS, INTERCEPT_AXIS = _("slope"), _("intercept")
BATCH, ITS_STEP = _("next batch"), _("its step")
ALL_POINTS = _("loss {loss}")
OUTSIDE = _("the path leaves\nthis frame")

ARROWS = _(
    "Gradients of {count} batches of each size, on a plane: {spreads}. The full gradient has length {length:.1f}."
)
ARROW_SPREAD = _("batches of {size} lie about {spread:.1f} from the full gradient")
SPREADS = _(
    "From batches of {first} to batches of {last:,}, the spread falls from {high:.1f} to {low:.2f}; on logarithmic axes, the fitted "
    "line has slope {slope}."
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
    for column, (axes, end) in enumerate(zip(columns, (shared_steps, shared_examples), strict=True)):
        axes.set(title=COST_TITLES[column], xlabel=COST_LABELS[column], xlim=(0, end), ylim=(0, 2.6))
        axes.xaxis.set_major_formatter("{x:,.0f}")
        ends = []
        for (name, (*places, losses)), (colour, dash) in zip(runs.items(), RUN_STYLES, strict=False):
            shown = places[column] <= end
            axes.plot(places[column][shown], losses[shown], dash, color=colour, linewidth=1.5)
            ends.append((end, float(losses[shown][-1]), name, colour))
        label_ends(axes, ends, 0.085)
        said.append(enumerated(COST.format(loss=loss, name=name) for _, loss, name, _ in ends))
    columns[0].set_ylabel(COST_LOSS)
    return COSTS.format(steps=shared_steps, examples=shared_examples, by_steps=said[0], by_examples=said[1])


@picture(9, 3.9)
def show_batch_gradients(figure, full, clouds, spreads):
    """Show the gradients of many batches around the gradient of all samples, for several batch sizes.

    Parameters
    ----------
    full : array, shape (2,)
        The full gradient on a plane in which it lies.
    clouds : dict of int: array of shape (batches, 2)
        For each batch size, gradients of batches on this plane.
    spreads : dict of int: float
        For each batch size, the spread of the gradients, measured in all dimensions.
    """
    figure.set_layout_engine("compressed")
    columns = figure.subplots(1, len(clouds), sharex=True, sharey=True)
    ends = np.concatenate(list(clouds.values()))
    reach = np.abs(ends).max() * 1.1
    for axes, (size, cloud) in zip(columns, clouds.items(), strict=True):
        axes.set(title=BATCHES_OF.format(size=size), xlabel=ALONG_FULL, aspect="equal")
        axes.set(xlim=(full[0] - 0.8 * reach, full[0] + 0.8 * reach), ylim=(-reach, reach))
        axes.axhline(0, color="#dddddd", linewidth=1, zorder=0)
        axes.axvline(0, color="#dddddd", linewidth=1, zorder=0)
        arrows = {"angles": "xy", "scale_units": "xy", "scale": 1}
        axes.quiver(*np.zeros_like(cloud.T), *cloud.T, color=GRADIENT, alpha=0.45, width=0.008, **arrows)
        head = {"headwidth": 3.5, "headlength": 3.5, "headaxislength": 3.5}
        axes.quiver(0, 0, *full, color="#222222", width=0.016, **head, **arrows)
    columns[0].set_ylabel(AT_RIGHT_ANGLES)
    columns[-1].text(full[0], -0.3 * reach, FULL, ha="center", color="#222222", weight="bold")
    return ARROWS.format(
        count=len(ends) // len(clouds),
        spreads=enumerated(ARROW_SPREAD.format(size=size, spread=spread) for size, spread in spreads.items()),
        length=np.linalg.norm(full),
    )


@picture(8, 4)
def show_spread(figure, sizes, spreads, slope):
    """Show the spread of the gradient against the batch size, both on logarithmic axes, with the fitted line.

    Parameters
    ----------
    sizes : sequence of int
    spreads : sequence of float
    slope : float
        Of the fitted line.
    """
    sizes, spreads = np.array(sizes), np.array(spreads)
    axes = figure.subplots()
    middle = np.exp(np.mean(np.log(spreads) - slope * np.log(sizes)))
    one_for_one = spreads[0] / sizes * sizes[0]
    axes.plot(sizes, one_for_one, ":", color=QUIET, linewidth=1.5)
    axes.plot(sizes, middle * sizes**slope, "-", color=GRADIENT, linewidth=1.5)
    axes.plot(sizes, spreads, "o", color=GRADIENT, markersize=8)
    axes.set(xscale="log", yscale="log", xlabel=SIZE, ylabel=SPREAD)
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter("{x:g}")
    slope = write(slope, ".2f")
    place = len(sizes) * 2 // 3
    measured = SLOPE.format(slope=slope)
    label(axes, measured, (sizes[place], spreads[place]), (6, 10), bold=True, va="baseline", color=GRADIENT)
    place = len(sizes) // 2
    label(axes, ONE_FOR_ONE, (sizes[place], one_for_one[place]), (-12, -8), color=GREY)
    return SPREADS.format(first=sizes[0], last=sizes[-1], high=spreads[0], low=spreads[-1], slope=slope)


class LineFitPlot(LivePicture):
    """Points with the line through them, beside the path of its two weights.

    Parameters
    ----------
    result : helpers.studies.batches.compute.LineFit
    """

    def __init__(self, result):
        super().__init__(9, 4)
        self.x, self.y = line_points()
        surface = line_surface()
        self.limits = surface.limits
        with course_style():
            left, right = self.figure.subplots(1, 2)
            left.set(title=LINE_TITLES[0], xlabel="x", ylabel="y", xlim=(-1.2, 3.2), ylim=(-5, 6.5))
            left.plot(self.x, self.y, "o", color="#bbbbbb", markersize=4)
            draw_contours(right, surface)
            right.set(title=LINE_TITLES[1], xlabel=SLOPE_AXIS, ylabel=INTERCEPT_AXIS)
            self.ends = np.array([-1.2, 3.2])
            (self.line,) = left.plot([], [], color=WEIGHTS, linewidth=3)
            (self.batch,) = left.plot([], [], "o", color=TRAIN, markersize=8, markeredgecolor="white")
            left.text(0.97, 0.04, BATCH, transform=left.transAxes, ha="right", color=TRAIN, weight="bold")
            (self.path,) = right.plot([], [], "o-", color=WEIGHTS, markersize=3, linewidth=1.2)
            (self.here,) = right.plot([], [], "o", color=WEIGHTS, markersize=11, markeredgecolor="white")
            (self.next,) = right.plot([], [], "-", color=TRAIN, linewidth=3.5)
            (self.best,) = right.plot(
                *surface.minima[0], "*", color=STAR, markersize=15, markeredgecolor="white"
            )
            note = {"transform": right.transAxes, "weight": "bold"}
            right.text(0.98, 0.04, ITS_STEP, ha="right", color=TRAIN, **note)
            self.loss = right.text(0.02, 0.04, "", color=LOSS, bbox=PAPER, **note)
            self.outside = right.text(0.98, 0.97, "", ha="right", va="top", color=WEIGHTS, bbox=PAPER, **note)
        self.moves(self.batch, self.line)
        self.moves(self.path, self.here, self.next, self.best, self.loss, self.outside)
        self.update(result)

    def update(self, result):
        """Put another fit, or another step of it, on the moving artists."""
        weights = np.clip(result.weights[: result.step + 1], -100, 100)
        slope, intercept = weights[-1]
        self.line.set_data(self.ends, slope * self.ends + intercept)
        self.batch.set_data(self.x[result.batch], self.y[result.batch])
        self.path.set_data(*weights.T)
        self.here.set_data(*weights[-1:].T)
        self.next.set_data(*np.stack([weights[-1], np.clip(result.next_weights, -100, 100)]).T)
        loss = result.losses[result.step]
        self.loss.set_text(ALL_POINTS.format(loss=write_loss(loss)))
        self.outside.set_text("" if within(weights, self.limits) else OUTSIDE)
