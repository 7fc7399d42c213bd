"""Weight space live: a real digit network is trained anew while one drags, and its path is seen on a plane."""

from helpers.digit_paths import STEPS, walk_digits
from helpers.plots.descent import DigitPathPlot
from helpers.widgets.controls import Choice, LogSlider, Slider
from helpers.widgets.explorer import Explorer

RUN = "{steps} steps of {digits}, learning rate {learning_rate:.2g}, momentum {momentum:g}: the loss of all digits went from {first:.1f} to {last:.2f}"
ONE_DIGIT = "1 digit"
DIGITS = "{batch_size:,} digits"
GUESSES = ", little better than guessing (2.3)"
HIGHEST = ", and was up at {highest:.1f} on the way"
WAY = ". The path is {length:.1f} long, and the plane shows {share:.0f} % of its variance{warning}."
WARNING = ": most of what happens is hidden from this picture"

CODE = """\
import numpy as np
from helpers.digit_paths import digit_loss, draw_weights, small_digits, train
from helpers.optimizers import SGD

images, labels = small_digits()
optimizer = SGD(learning_rate={learning_rate!r}, momentum={momentum!r})
points, batch_losses = train(draw_weights(), images, labels, {batch_size}, optimizer, {steps})

length = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
print("loss of all digits:", digit_loss(points[0]).round(2), "→", digit_loss(points[-1]).round(2))
print("length of the path:", length.round(1))
"""


class WeightSpaceLive(Explorer):
    """Retrain a 196-16-10 network on real digits, and see its path through 3,322 dimensions on a plane."""

    shows = (
        "Left, the path of the weights over a contour map of the loss, on a plane through weight space. "
        "Right, the loss of all digits at each step. Dashed, the run at the first settings."
    )
    controls = (
        LogSlider("learning_rate", "learning rate", 0.3, 0.01, 3),
        Slider("momentum", "momentum", 0.0, 0.0, 0.99, 0.01),
        Choice("batch_size", "batch size", 32, (1, 4, 16, 32, 64, 250, 1000)),
    )
    presets = {
        "crawls": {"learning_rate": 0.02},
        "learns": {"learning_rate": 0.5},
        "all digits a step": {"learning_rate": 0.5, "batch_size": 1000},
        "one digit a step": {"learning_rate": 0.1, "batch_size": 1},
        "momentum": {"learning_rate": 0.1, "momentum": 0.9},
        "too far": {"learning_rate": 2.0},
    }

    def compute(self, **settings):
        return walk_digits(**settings)

    def draw(self, result):
        return DigitPathPlot(result)

    def describe(self, result, learning_rate, momentum, batch_size):
        first, last, highest = result.losses[0], result.losses[-1], result.losses.max()
        digits = ONE_DIGIT if batch_size == 1 else DIGITS.format(batch_size=batch_size)
        run = RUN.format(
            steps=STEPS, digits=digits, learning_rate=learning_rate, momentum=momentum, first=first, last=last
        )
        if last > 2.2:
            run += GUESSES
        if highest > first + 0.3:
            run += HIGHEST.format(highest=highest)
        warning = WARNING if result.share < 0.5 else ""
        return run + WAY.format(length=result.length, share=100 * result.share, warning=warning)

    def write_code(self, **settings):
        return CODE.format(steps=STEPS, **settings)
