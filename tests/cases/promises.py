"""What a gradient promises (2.4.2)."""

import numpy as np

from helpers.studies.promises import plots as promises
from helpers.studies.promises.compute import stand
from helpers.surfaces import SURFACES
from helpers.widgets import SurfaceLive

ANGLES = np.linspace(0, 180, 40)
SPREAD = np.cos(np.linspace(0, np.pi, 300))
STEPS = np.linspace(0, 0.6, 61)
PIXELS = np.linspace(-1, 1, 784)[:, np.newaxis] * np.cos(np.arange(10))
FIRST = stand("valley", -0.6, 0.5, 0.1, "hidden")

PICTURES = {
    "gradients": (
        promises.show_arrows,
        ((SURFACES["bowl"], SURFACES["valley"]), np.array([[-3.0, 1.5], [1.2, -0.6], [2.6, 1.2]])),
        "The gradient at 3 points of each surface, as an arrow: it points uphill, stands at a right angle to its contour, and is the "
        "longer the steeper the ground is. On “bowl” it points straight away from the minimum. On “valley” it does not point "
        "straight away from the minimum.",
    ),
    "angles": (
        promises.show_angles,
        (ANGLES, 2.5 * np.cos(np.radians(ANGLES)), 2.5),
        "Each dot is one of 40 random directions. The slope is 2.50 along the gradient, 0 at 90 degrees to it, and −2.50 "
        "straight against it; in between it follows the cosine of the angle.",
    ),
    "directions": (
        promises.show_directions,
        ({2: SPREAD, 1000: 0.3 * SPREAD},),
        "Slopes of 300 random directions as shares of the gradient's, from −100 % to 100 %. The steepest of them uphill has "
        "100 % (with 2 weights) and 30 % (with 1,000 weights) of it.",
    ),
    "promise": (
        promises.show_promise,
        (STEPS, 3 - 8 * STEPS, 3 - 8 * STEPS + 20 * STEPS**2),
        "For small steps, the truth follows the straight line of the promise. It is lowest at a step of about 0.2, "
        "and as high as before at about 0.4; beyond, the step makes the loss larger.",
    ),
    "promise-without-a-rise": (
        promises.show_promise,
        (STEPS, 3 - 3 * STEPS, 2 + np.exp(-3 * STEPS)),
        "For small steps, the truth follows the straight line of the promise. It is lowest at a step of about 0.6, "
        "and stays below its start in this picture.",
    ),
    "gradient-pictures": (
        promises.show_gradient_pictures,
        (PIXELS,),
        "What a step against the gradient adds to the weights of each answer, drawn where their pixels are: purple places will "
        "speak more for the digit, orange places more against it.",
    ),
}

LIVE = {
    f"surface-{name}": (promises.StandingPlot, FIRST, stand(*settings))
    for name, settings in {
        "short": ("valley", -0.6, 0.5, 0.1, "hidden"),
        "uphill": ("two hollows", 0.7, 0.6, 0.9, "shown"),
        "far": ("banana", -0.5, -0.9, 5.0, "hidden"),
        "level": ("bowl", 0.0, 0.0, 1.0, "hidden"),
    }.items()
}


def same_step(names, result):
    for name in ("point", "gradient", "landing", "loss", "promised", "actual"):
        np.testing.assert_array_equal(names[name], getattr(result, name))


SAME = {SurfaceLive: same_step}


PRESETS = {
    SurfaceLive: {
        "promise_kept": lambda found, **_: 0.95 < (found.loss - found.actual) / (found.loss - found.promised) < 1,
        "overshoot": lambda found, **_: found.slope_ahead * (found.actual - found.loss) < 0 and found.actual < 0.5 * found.loss,
        "uphill": lambda found, **_: found.actual > found.loss,
        "plateau": lambda found, surface, **_: surface == "plateau" and np.linalg.norm(found.gradient) < 0.1 and found.step == 10,
        "down_to_the_saddle": lambda found, surface, **_: surface == "saddle" and np.allclose(found.landing, 0) and found.actual < found.loss,
        "sharp_edge": lambda found, surface, **_: surface == "kink" and found.point[1] > 0 > found.landing[1],
    },
}  # fmt: skip
