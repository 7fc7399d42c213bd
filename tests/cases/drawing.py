"""Digits that a learner draws (2.5)."""

import numpy as np

from helpers.studies.drawing import plots as drawing
from helpers.studies.drawing.compute import Reading
from helpers.widgets import DrawADigit

ROWS, COLUMNS = np.mgrid[-13.5:14, -13.5:14]
RING = np.exp(-(((np.hypot(ROWS, 1.4 * COLUMNS) - 7) / 2) ** 2))
PROBABILITIES = np.array([0.0, 0.02, 0.0, 0.1, 0.0, 0.0, 0.0, 0.28, 0.0, 0.6])
EMPTY = Reading(0 * RING, 0 * RING, np.full(10, 0.1), RING, 1, 3.0, True)
READ = Reading(np.roll(RING, 3, axis=1), RING, PROBABILITIES, RING.T, 7, 5.5, False)

PICTURES = {
    "shifted": (
        drawing.show_shifted,
        (RING, [0, 1, 2, 3, 4], [0.94, 0.9, 0.72, 0.41, 0.18]),
        "In their places, 94 of 100 test digits are read correctly; moved by 2 pixels, about 70; by 4, about 20.",
    ),
}

LIVE = {
    "draw-a-digit": (drawing.DrawingPlot, EMPTY, READ),
    "draw-a-digit-empty": (drawing.DrawingPlot, READ, EMPTY),
}


def same_reading(names, result):
    np.testing.assert_array_equal(names["reading"].probabilities, result.probabilities)
    np.testing.assert_array_equal(names["reading"].nearest, result.nearest)


SAME = {DrawADigit: same_reading}


def reads(digit):
    """Return a claim: that the network reads this digit."""
    return lambda found, **_: found.probabilities.argmax() == digit


PRESETS = {
    DrawADigit: {
        "in_a_corner_prepared": reads(3),
        "in_a_corner_as_drawn": lambda found, **_: (
            found.probabilities.argmax() != 3 and not found.prepared[14:, 14:].any()
        ),
        "lying": lambda found, drawing, **_: drawing == "a lying eight" and found.probabilities.argmax() != 8,
        "stood_up": lambda found, drawing, **_: (
            drawing == "a lying eight" and found.probabilities.argmax() == 8
        ),
        "not_a_digit": lambda found, drawing, **_: (
            drawing == "a letter A" and found.probabilities.max() < 0.7
        ),
    },
}
