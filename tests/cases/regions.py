"""Regions of two classes on a plane (2.5)."""

import numpy as np

from helpers.studies.regions import plots as regions
from helpers.studies.regions.compute import GRID, Regions
from helpers.widgets import RegionsLive

LINE = np.linspace(-1, 1, GRID)
RIGHT, UP = np.meshgrid(LINE, LINE)
ANGLES = np.arange(24) * np.pi / 12
DOTS = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1) * np.tile([0.4, 1.0], 12)[:, np.newaxis]


def plane(probabilities, losses, folds, stopped_at=None):
    return Regions(
        DOTS,
        np.tile([0, 1], 12),
        np.array(losses),
        probabilities,
        np.array(folds, float),
        0.9,
        0.8,
        stopped_at,
    )


BEGUN = plane(0.5 + 0.3 * RIGHT, [0.74], [[1, 0, 0.2]])
CURVES = {
    "learned": plane(
        np.where(RIGHT**2 + UP**2 > 0.5, 0.9, 0.1),
        0.8 * np.exp(-np.arange(91) / 30),
        [[1, 0, 0.6], [0, 1, -0.6], [1, 1, 0.7], [0, 0, 1]],
    ),
    "jumping": plane(np.full((GRID, GRID), 0.3), 0.7 + np.arange(31) % 7, [[0, 0, 1]]),
    "huge": plane(np.full((GRID, GRID), 0.3), [0.7, 1e12], [[1e-9, 0, 1]], 2),
}
STEPS = np.arange(1, 41)
TRUE = np.stack([1.1 * 0.85**STEPS, 0.45 + 0.7 * 0.8**STEPS + STEPS / 400, 1.9 * STEPS**0.5], axis=1)
SHUFFLED = np.stack([2.2 * 0.97**STEPS, 2.3 + STEPS / 40, 0.4 * STEPS], axis=1)

PICTURES = {
    "journeys": (
        regions.show_journeys,
        (TRUE, SHUFFLED),
        "With true labels, the loss on test digits is 0.5 at its lowest and 0.6 after 40 epochs, while the weights travel on, "
        "from a distance of 8 after 20 epochs to 12 at the end. With shuffled labels they end at 16.",
    ),
}

LIVE = {f"regions-{name}": (regions.RegionsPlot, BEGUN, result) for name, result in CURVES.items()}


def same_regions(names, result):
    np.testing.assert_allclose(names["loss"], result.losses[-1], rtol=1e-3, atol=1e-5)
    assert names["right"] == result.right and names["new_right"] == result.new_right


SAME = {RegionsLive: same_regions}


PRESETS = {
    RegionsLive: {
        # Which cannot part two moons.
        "one_line": lambda found, data, activation, **_: (
            (data, activation) == ("moons", "linear") and 0.8 < found.right < 0.92
        ),
        "three_folds": lambda found, data, **_: (
            data == "circles" and len(found.folds) == 3 and found.new_right > 0.97
        ),
        "xor": lambda found, data, **_: data == "xor" and len(found.folds) == 4 and found.new_right > 0.95,
        "spiral": lambda found, data, optimizer, **_: (
            (data, optimizer) == ("spiral", "Adam") and found.new_right > 0.93
        ),
        "too_far": lambda found, data, depth, width, **_: (
            (data, depth, width) == ("spiral", 2, 16) and found.right < 0.6
        ),
    },
}
