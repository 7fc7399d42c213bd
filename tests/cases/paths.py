"""Paths of a network through the space of its weights (2.4.3a, 2.5)."""

import numpy as np

from helpers.studies.paths import plots as paths
from helpers.studies.paths.compute import DigitPath, WeightPlane
from helpers.widgets import WeightSpaceLive

STEPS = np.arange(61)
CHECKED = STEPS[::2]


def falling(speed, trembling=0.0, steps=STEPS):
    """Let a loss fall from 2.3, fast or slowly, in a straight or in a trembling line."""
    return 2.3 * np.exp(-steps * speed) + trembling * np.sin(7 * steps) + 2 * trembling


def curve(turn, reach):
    """Let a path bend to one side, from (-3, 0)."""
    along = np.linspace(0, reach, 61)
    return np.stack([along - 3, turn * np.sin(along)], axis=1)


FIRST, SECOND = np.linspace(-5, 5, 33), np.linspace(-3, 3, 27)
PLANE = WeightPlane(
    np.zeros(5),
    np.eye(5)[:2],
    np.array([0.7, 0.22]),
    FIRST,
    SECOND,
    0.1 * (FIRST - 3) ** 2 * 0.4 + 0.2 * SECOND[:, np.newaxis] ** 2,
)
DIGIT_PATH = DigitPath(curve(0.4, 4), CHECKED, falling(0.02, steps=CHECKED), 0.87, 9.0, 0)

PICTURES = {
    "digit-paths": (
        paths.show_digit_paths,
        (
            PLANE,
            {"slow": (curve(0.3, 1), falling(0.01)), "fast": (curve(-1, 6), falling(0.06, 0.05))},
        ),
        "Paths of 60 steps from one start, on a plane that shows 92 % of their variance. The loss of all digits, 2.3 at the "
        "start, ends at about 1.3 (slow), 0.1 (fast).",
    ),
}

LIVE = {
    "weight-space": (
        paths.DigitPathPlot,
        DIGIT_PATH,
        DigitPath(curve(-1, 8), CHECKED, falling(0.05, steps=CHECKED), 0.64, 12.0, 0),
    ),
    "weight-space-outside": (
        paths.DigitPathPlot,
        DIGIT_PATH,
        DigitPath(100 * curve(1, 8), CHECKED, 5 * falling(0.01, steps=CHECKED), 0.01, 700.0, 16),
    ),
}


def same_digit_path(names, result):
    assert names["digit_loss"](names["points"][-1]) == result.losses[-1]
    assert names["length"] == result.length


SAME = {WeightSpaceLive: same_digit_path}
