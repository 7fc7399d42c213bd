"""Secants and slopes (2.4.1)."""

import numpy as np

from helpers.studies.secants import plots as secants
from helpers.studies.secants.compute import FUNCTIONS, measure_secant
from helpers.widgets import TangentLive

STEPS = np.logspace(-16, -1, 121)


def made_up_errors(power, epsilon):
    """Return errors that fall with a power of the step, and grow as digits are lost."""
    return STEPS**power + epsilon / STEPS


PICTURES = {
    "secants": (
        secants.show_secants,
        (FUNCTIONS["x²"], 1.0, (2, 1, 0.5)),
        "The secants from x = 1 have the slopes 4, 3, 2.5; they turn towards the tangent, of slope 2.",
    ),
    "zoom": (
        secants.show_zoom,
        (("sin x", np.sin), ("|x|", np.abs), 0.0, (1, 10, 100)),
        "Seen 100 times closer, sin x looks like a straight line, and |x| still has its corner.",
    ),
    "step-errors": (
        secants.show_step_errors,
        (
            STEPS,
            {
                "forward": {
                    "float64": made_up_errors(1, 1e-16),
                    "float32": np.minimum(made_up_errors(1, 1e-8), 2),
                },
                "central": {
                    "float64": made_up_errors(2, 1e-15),
                    "float32": np.minimum(made_up_errors(2, 1e-9), 2),
                },
            },
        ),
        "The error is smallest at a step of about 10⁻⁸ (forward, float64), 10⁻⁴ (forward, float32), 6·10⁻⁶ (central, "
        "float64) and 6·10⁻⁴ (central, float32), and grows on either side.",
    ),
    "pairs": (
        secants.show_pairs,
        ({"exp": FUNCTIONS["exp x"], "sigmoid": FUNCTIONS["sigmoid"]}, {"exp": (-3, 2), "sigmoid": (-6, 6)}),
        "Above, each function; below, its slope at the same x. The largest slope in view is 7.39 for exp, 0.25 for sigmoid.",
    ),
    "steps-down": (
        secants.show_steps_down,
        (FUNCTIONS["x²"], [2.0, 1.0, 0.5, 0.25]),
        "3 steps against the slope lead from x = 2 to 0.25. The first is 1.00 long, the last 0.25: where the curve is "
        "flatter, steps are shorter.",
    ),
}

LIVE = {
    "tangent": (
        secants.TangentPlot,
        measure_secant("relu", 0.0, 1.0, "central", "float64"),
        measure_secant("sin x", 0.5, 1.0, "forward", "float64"),
    ),
    "tangent-corner": (
        secants.TangentPlot,
        measure_secant("exp x", 1.0, 1e-15, "forward", "float32"),
        measure_secant("relu", 0.0, 1.0, "central", "float64"),
    ),
}


def same_secant(names, result):
    np.testing.assert_array_equal(names["slope"], result.slope)
    np.testing.assert_array_equal(names["error"], result.error)


SAME = {TangentLive: same_secant}


def error(found, **changes):
    """Return the error of a slope, and that with other settings."""
    return measure_secant(
        **{
            "function": found.function,
            "x": found.x,
            "h": found.h,
            "difference": "forward",
            "precision": "float64",
        }
        | changes
    ).error


PRESETS = {
    TangentLive: {
        "h_too_large": lambda found, function, **_: function == "exp x" and found.error > 1 > 5 * error(found, h=found.h / 10),
        "h_too_small": lambda found, function, **_: function == "exp x" and found.error > 0.1 > 5 * error(found, h=10 * found.h),
        "best_h": lambda found, function, precision, difference, **_: (function, difference, precision) == ("exp x", "forward", "float64") and found.error < 1e-8,
        "best_h_central": lambda found, function, difference, **_: (function, difference) == ("exp x", "central") and found.error < 0.01 * error(found, h=1e-8),
        "float32": lambda found, function, precision, **_: (function, precision) == ("exp x", "float32") and found.error > 1e4 * error(found),
        # From one ripple to another, the secant is flat where the curve is steep.
        "ripples": lambda found, difference, **_: difference == "central" and abs(found.slope) < 0.3 < 1.5 < found.derivative,
        "corner": lambda found, function, **_: function == "relu" and found.ends.tolist() == [[-1, 0], [1, 1]],
    },
}  # fmt: skip
