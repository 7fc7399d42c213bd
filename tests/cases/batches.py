"""Batches, their gradients and their noise (2.4.3a)."""

import numpy as np

from cases.paths import STEPS, falling
from helpers.studies.batches import plots as batches
from helpers.studies.batches.compute import fit_line
from helpers.widgets import BatchSizeLive

ANGLES = np.linspace(0, 2 * np.pi, 24, endpoint=False)
RING = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)
SIZES = [1, 4, 16, 64, 256]

PICTURES = {
    "costs": (
        batches.show_costs,
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
    "batch-gradients": (
        batches.show_batch_gradients,
        (
            np.array([0.6, 0.0]),
            {4: RING + [0.6, 0], 64: RING / 4 + [0.6, 0]},
            {4: 1.04, 64: 0.26},
        ),
        "Gradients of 24 batches of each size, on a plane: batches of 4 lie about 1.0 from the full gradient, batches of 64 lie "
        "about 0.3 from the full gradient. The full gradient has length 0.6.",
    ),
    "spread": (
        batches.show_spread,
        (SIZES, 3 / np.sqrt(SIZES), -0.5),
        "From batches of 1 to batches of 256, the spread falls from 3.0 to 0.19; on logarithmic axes, the fitted line has slope "
        "−0.50.",
    ),
}

LIVE = {
    "batch-size": (batches.LineFitPlot, fit_line(1, 0.05, 40), fit_line(10, 0.02, 20)),
    "batch-size-lost": (batches.LineFitPlot, fit_line(1, 0.05, 40), fit_line(1, 0.5, 100)),
}


def same_line(names, result):
    np.testing.assert_array_equal(names["path"], result.weights)


SAME = {BatchSizeLive: same_line}
