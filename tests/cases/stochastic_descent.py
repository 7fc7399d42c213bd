"""The pictures and explorers of 2.4.3a."""

import numpy as np

from helpers.descent import Descent
from helpers.studies.batches import plots as noise
from helpers.studies.batches.compute import fit_line
from helpers.studies.paths import plots as paths_plots
from helpers.studies.paths.compute import DigitPath, WeightPlane
from helpers.studies.rates import plots as descent
from helpers.studies.rates.compute import walk_valley
from helpers.surfaces import SURFACES
from helpers.widgets import BatchSizeLive, LearningRateLive, WeightSpaceLive

STEPS = np.arange(61)


def falling(speed, trembling=0.0):
    """Let a loss fall from 2.3, fast or slowly, in a straight or in a trembling line."""
    return 2.3 * np.exp(-STEPS * speed) + trembling * np.sin(7 * STEPS) + 2 * trembling


def curve(turn, reach):
    """Let a path bend to one side, from (-3, 0)."""
    along = np.linspace(0, reach, 61)
    return np.stack([along - 3, turn * np.sin(along)], axis=1)


def bowl_descent(factor):
    points = np.array([-4.0, 1.6]) * factor ** STEPS[:31, np.newaxis]
    return Descent(points, SURFACES["valley"].loss(points), points)


FIRST, SECOND = np.linspace(-5, 5, 33), np.linspace(-3, 3, 27)
PLANE = WeightPlane(
    np.zeros(5),
    np.eye(5)[:2],
    np.array([0.7, 0.22]),
    FIRST,
    SECOND,
    0.1 * (FIRST - 3) ** 2 * 0.4 + 0.2 * SECOND[:, np.newaxis] ** 2,
)
ANGLES = np.linspace(0, 2 * np.pi, 24, endpoint=False)
RING = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)
SIZES = [1, 4, 16, 64, 256]

PICTURES = {
    "costs": (
        paths_plots.show_costs,
        (
            {
                "one by one": (100 * STEPS, 100 * STEPS, falling(0.06, 0.08)),
                "by the dozen": (8 * STEPS, 12 * 8 * STEPS, falling(0.04)),
                "all at once": (STEPS, 1000 * STEPS, falling(0.09)),
            },
        ),
        "After 60 steps the loss is about 2.5 (one by one), 1.7 (by the dozen), 0.0 (all at once); after 5,760 digits it is about "
        "0.2 (one by one), 0.2 (by the dozen), 1.5 (all at once).",
    ),
    "rates": (
        descent.show_rates,
        (SURFACES["valley"], {0.01: bowl_descent(0.98), 0.4: bowl_descent(-0.7), 0.6: bowl_descent(-1.4)}),
        "After 30 steps from a loss of 6.7: learning rate 0.01 ends at 2, learning rate 0.4 ends at less than 0.001, learning "
        "rate 0.6 ends at more than a million.",
    ),
    "digit-paths": (
        paths_plots.show_digit_paths,
        (
            PLANE,
            {"slow": (curve(0.3, 1), falling(0.01)), "fast": (curve(-1, 6), falling(0.06, 0.05))},
        ),
        "Paths of 60 steps from one start, on a plane that shows 92 % of their variance. The loss of all digits, 2.3 at the "
        "start, ends at about 1.3 (slow), 0.1 (fast).",
    ),
    "batch-gradients": (
        noise.show_batch_gradients,
        (
            np.array([0.6, 0.0]),
            {4: RING + [0.6, 0], 64: RING / 4 + [0.6, 0]},
            {4: 1.04, 64: 0.26},
        ),
        "Gradients of 24 batches of each size, on a plane: batches of 4 lie about 1.0 from the full gradient, batches of 64 lie "
        "about 0.3 from the full gradient. The full gradient has length 0.6.",
    ),
    "spread": (
        noise.show_spread,
        (SIZES, 3 / np.sqrt(SIZES), -0.5),
        "From batches of 1 to batches of 256, the spread falls from 3.0 to 0.19; on logarithmic axes, the fitted line has slope "
        "−0.50.",
    ),
}

DIGIT_PATH = DigitPath(curve(0.4, 4), falling(0.02), 0.87, 9.0, 0)

LIVE = {
    "walk": (descent.WalkPlot, walk_valley(0.2, 20), walk_valley(0.45, 8)),
    "walk-diverging": (descent.WalkPlot, walk_valley(0.2, 20), walk_valley(0.6, 60)),
    "line-fit": (noise.LineFitPlot, fit_line(1, 0.05, 40), fit_line(10, 0.02, 20)),
    "line-fit-lost": (noise.LineFitPlot, fit_line(1, 0.05, 40), fit_line(1, 0.5, 100)),
    "digit-path": (
        paths_plots.DigitPathPlot,
        DIGIT_PATH,
        DigitPath(curve(-1, 8), falling(0.05), 0.64, 12.0, 0),
    ),
    "digit-path-outside": (
        paths_plots.DigitPathPlot,
        DIGIT_PATH,
        DigitPath(100 * curve(1, 8), 5 * falling(0.01), 0.01, 700.0, 16),
    ),
}


def same_walk(names, result):
    np.testing.assert_array_equal(names["way"].points, result.points)
    np.testing.assert_array_equal(names["way"].losses, result.losses)


def same_line(names, result):
    np.testing.assert_array_equal(names["path"], result.weights)


def same_digit_path(names, result):
    assert names["digit_loss"](names["points"][-1]) == result.losses[-1]
    assert names["length"] == result.length


SAME = {LearningRateLive: same_walk, BatchSizeLive: same_line, WeightSpaceLive: same_digit_path}
