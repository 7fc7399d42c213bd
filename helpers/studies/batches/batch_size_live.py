"""Batch size live: a line through points, and the path of its slope and intercept, a batch a step."""

from helpers.kit.controls import Choice, LogSlider, Player, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import write, write_loss
from helpers.language import Words
from helpers.studies.batches.compute import LINE_POINTS, LINE_STEPS, fit_line, line_surface
from helpers.studies.batches.plots import LineFitPlot

_ = Words(__name__)

POINTS = _.count("{number} point", "{number:,} points")
WHOLE = _("{run} {line}")
RUN = _(
    "Batches of {batch_size}, learning rate {learning_rate}, step {step} of {steps}: {points} looked at (epochs: {epochs})."
)
LINE = _(
    "The line is y = {slope} x {sign} {intercept}; the loss of all points is {loss}, the lowest possible {lowest}."
)
LOST = _(
    "The line is lost: the loss of all points is {loss}, and was {first} at the start. Steps so long that they raised the loss "
    "even on their own batch: {overshoots} of {step}."
)

CODE = """\
import numpy as np
from helpers.datasets import shuffled_batches
from helpers.studies.batches.compute import line_gradient, line_loss, line_points

x, y = line_points()
path = [np.array([-1.0, -1.5])]
for batch in shuffled_batches(len(x), {batch_size}, {steps}, np.random.default_rng(0)):
    path.append(path[-1] - {learning_rate!r} * line_gradient(path[-1], x[batch], y[batch]))

print("loss at the start:", line_loss(path[0], x, y).round(2))
slope, intercept = path[{step}]
if abs(slope) < 1000:
    print("after {step} steps, slope and intercept are", slope.round(2), "and", intercept.round(2))
"""


class BatchSizeLive(Explorer):
    """Fit a line with batches of any size, and see each batch pull at it."""

    shows = _(
        "Left, points and the line fitted to them, the next batch marked. Right, a map of the loss over slope "
        "and intercept, with the path of the two and their next step."
    )
    controls = (
        Choice("batch_size", _("batch size"), 1, numbered((1, 2, 5, 10, 20, 50, 100))),
        LogSlider("learning_rate", _("learning rate"), 0.05, 0.002, 0.5),
        Player("step", _("step"), 40, 0, LINE_STEPS),
    )
    presets = {
        "true_sgd": Preset(_("true SGD"), {"batch_size": 1, "step": 100}),
        "mini_batch": Preset(_("mini-batch"), {"batch_size": 10, "step": 100}),
        "batch_sgd": Preset(_("batch SGD"), {"batch_size": 100, "step": 100}),
        "1_point_small_steps": Preset(
            _("1 point, small steps"), {"batch_size": 1, "learning_rate": 0.01, "step": 100}
        ),
        "too_far_for_1": Preset(_("too far for 1"), {"batch_size": 1, "learning_rate": 0.2, "step": 60}),
        "fine_for_10": Preset(_("fine for 10"), {"batch_size": 10, "learning_rate": 0.2, "step": 60}),
    }
    compute = staticmethod(fit_line)
    plot = LineFitPlot

    def describe(self, result, batch_size, learning_rate, step):
        slope, intercept = result.weights[step]
        loss, first, surface = result.losses[step], result.losses[0], line_surface()
        sentences = WHOLE.format(run=RUN, line=LOST if loss > 2 * first else LINE)
        return sentences.format(
            batch_size=batch_size,
            learning_rate=write(learning_rate, ".3g"),
            step=step,
            steps=LINE_STEPS,
            points=POINTS(batch_size * step),
            epochs=write(batch_size * step / LINE_POINTS, "g"),
            loss=write_loss(loss),
            first=write_loss(first),
            lowest=write_loss(surface.loss(surface.minima[0])),
            slope=write(slope, ".2f"),
            sign="−" if round(intercept, 2) < 0 else "+",
            intercept=write(abs(intercept), ".2f"),
            overshoots=result.overshoots[:step].sum(),
        )

    def write_code(self, **settings):
        return CODE.format(steps=LINE_STEPS, **settings)
