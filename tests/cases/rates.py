"""Learning rates (2.4.3a)."""

import numpy as np

from helpers.descent import Descent
from helpers.studies.rates import plots as rates
from helpers.studies.rates.compute import walk_valley
from helpers.surfaces import SURFACES
from helpers.widgets import LearningRateLive

STEPS = np.arange(61)


def bowl_descent(factor):
    points = np.array([-4.0, 1.6]) * factor ** STEPS[:31, np.newaxis]
    return Descent(points, SURFACES["valley"].loss(points), points)


PICTURES = {
    "rates": (
        rates.show_rates,
        (SURFACES["valley"], {0.01: bowl_descent(0.98), 0.4: bowl_descent(-0.7), 0.6: bowl_descent(-1.4)}),
        "After 30 steps from a loss of 6.7: learning rate 0.01 ends at 2, learning rate 0.4 ends at less than 0.001, learning "
        "rate 0.6 ends at more than a million.",
    ),
}

LIVE = {
    "learning-rate": (rates.WalkPlot, walk_valley(0.2, 20), walk_valley(0.45, 8)),
    "learning-rate-diverging": (rates.WalkPlot, walk_valley(0.2, 20), walk_valley(0.6, 60)),
}


def same_walk(names, result):
    np.testing.assert_array_equal(names["way"].points, result.points)
    np.testing.assert_array_equal(names["way"].losses, result.losses)


SAME = {LearningRateLive: same_walk}
