"""Momentum: paths, losses and a ball (2.4.3b)."""

import numpy as np

from helpers.studies.momentum import ball_plots as balls
from helpers.studies.momentum import plots as momentum
from helpers.studies.momentum.compute import compare_momentum, roll
from helpers.widgets import BallLive, MomentumLive

STEPS = np.arange(31)
MOMENTA = np.linspace(0, 0.98, 50)
FIRST = compare_momentum("bowl", "momentum", "usual", 0.05, 0.0, 60)
COMPARISONS = {
    "helps": compare_momentum("plateau", "momentum", "usual", 0.2, 0.9, 60),
}
FIRST_ROLL = roll("parabola", 0.1, 0.9, 9)
ROLLS = {
    "rolls": roll("double well", 0.05, 0.9, 8),
    "passed": roll("shallow double well", 0.05, 0.95, 120),
    "gone": roll("double well", 1.0, 0.9, 12),
}

PICTURES = {
    "places": (
        balls.show_places,
        (
            {
                "slow": 1.8 + 2.2 * 0.7**STEPS,
                "fast": -2.5 + 6.5 * 0.9**STEPS * np.cos(STEPS / 3),
            },
            {"global\nminimum": -2.5, "local\nminimum": 1.8},
        ),
        "A line for the place of each ball, step by step, and dotted lines at the minima. "
        "After 30 steps: slow at 1.80, fast at −2.73.",
    ),
    "heights": (
        momentum.show_heights,
        (
            {
                "one": 7 * 0.8**STEPS,
                "the same": 7 * 0.8**STEPS,
                "slower": 7 * 0.95**STEPS,
                "up": 7 * 1.3**STEPS,
                "fast": 7 * 0.5**STEPS,
            },
        ),
        "A line for the loss of each descent, on a logarithmic axis. "
        "Above the minimum after 30 steps: one 0.0087, the same 0.0087, slower 1.5, up more than 1,000, fast less than 0.0001.",
    ),
    "best-momentum": (
        momentum.show_best_momentum,
        (MOMENTA, {0.1: 10 + 200 * (MOMENTA - 0.46) ** 2, 0.6: 4 + 3 * (MOMENTA - 0.06) ** 2}, 0.001),
        "With learning rate times curvature at 0.1, the fewest steps are 10, at momentum 0.46; the formula says 0.47. "
        "With learning rate times curvature at 0.6, the fewest steps are 4, at momentum 0.06; the formula says 0.05.",
    ),
}

LIVE = {f"momentum-{name}": (momentum.MomentumPlot, FIRST, run) for name, run in COMPARISONS.items()} | {
    f"ball-{name}": (balls.BallPlot, FIRST_ROLL, run) for name, run in ROLLS.items()
}


def same_comparison(names, result):
    for heights, expected in zip(names["heights"], (result.run.heights, result.plain.heights), strict=True):
        np.testing.assert_allclose(heights[: len(expected)], expected, rtol=1e-6, atol=1e-9)


def same_roll(names, result):
    np.testing.assert_array_equal(names["places"][: result.step + 1], result.points[: result.step + 1])


SAME = {BallLive: same_roll, MomentumLive: same_comparison}
