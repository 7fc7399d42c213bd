"""The surfaces and curves of the course once more, as formulas on paper: loss and gradient, without the package."""

import numpy as np


def well(slope):
    return (
        lambda w: 0.05 * w**4 - 0.5 * w**2 + slope * w,
        lambda w: 0.2 * w**3 - w + slope,
    )


WELL, WELL_SLOPE = well(0.6)

# Loss and gradient of (x, y), limits, start, deepest minima first.
SURFACES = {
    "bowl": (
        lambda x, y: (x * x + y * y) / 2,
        lambda x, y: (x, y),
        ((-5, 5), (-3, 3)),
        (-4.2, 1.6),
        ((0, 0),),
    ),
    "valley": (
        lambda x, y: 0.1 * x * x + 2 * y * y,
        lambda x, y: (0.2 * x, 4 * y),
        ((-5, 5), (-2.2, 2.2)),
        (-4.2, 1.6),
        ((0, 0),),
    ),
    "banana": (
        lambda x, y: 0.01 * (1 - x) ** 2 + (y - x * x) ** 2,
        lambda x, y: (-0.02 * (1 - x) - 4 * x * (y - x * x), 2 * (y - x * x)),
        ((-2.2, 2.2), (-1, 3)),
        (-1.6, 0.4),
        ((1, 1),),
    ),
    "saddle": (
        lambda x, y: x * x + y**4 / 4 - y * y + 1,
        lambda x, y: (2 * x, y**3 - 2 * y),
        ((-2.5, 2.5), (-2.5, 2.5)),
        (-2.0, 0.01),
        ((0, 2**0.5), (0, -(2**0.5))),
    ),
    "two hollows": (
        lambda x, y: WELL(x) + y * y / 2,
        lambda x, y: (WELL_SLOPE(x), y),
        ((-4.5, 4.5), (-2.5, 2.5)),
        (4.0, 1.6),
        ((-2.4908642, 0), (1.8342428, 0)),
    ),
    "plateau": (
        lambda x, y: 1 - np.exp(-(x * x + y * y) / 2),
        lambda x, y: (x * np.exp(-(x * x + y * y) / 2), y * np.exp(-(x * x + y * y) / 2)),
        ((-4, 4), (-3, 3)),
        (-2.6, 1.2),
        ((0, 0),),
    ),
    "four hollows": (
        lambda x, y: 0.01 * ((x * x + y - 11) ** 2 + (x + y * y - 7) ** 2),
        lambda x, y: (
            0.04 * x * (x * x + y - 11) + 0.02 * (x + y * y - 7),
            0.02 * (x * x + y - 11) + 0.04 * y * (x + y * y - 7),
        ),
        ((-5, 5), (-5, 5)),
        (-0.5, -1.0),
        ((3, 2), (-2.8051181, 3.1313125), (-3.7793103, -3.2831860), (3.5844283, -1.8481265)),
    ),
    "kink": (
        lambda x, y: np.abs(x) + 4 * np.abs(y),
        lambda x, y: (np.sign(x), 4 * np.sign(y)),
        ((-5, 5), (-2.5, 2.5)),
        (-4.21, 1.57),
        ((0, 0),),
    ),
}
TURN = 0.5**0.5


def turned_gradient(x, y):
    along, across = 0.2 * TURN * (x + y), 4 * TURN * (y - x)
    return TURN * (along - across), TURN * (along + across)


SURFACES["turned valley"] = (
    lambda x, y: 0.1 * (TURN * (x + y)) ** 2 + 2 * (TURN * (y - x)) ** 2,
    turned_gradient,
    ((-5, 5), (-4, 4)),
    (-4.1, -1.84),
    ((0, 0),),
)
# Loss, slope, curvature, minima (the deepest first), and the top of the hill between two of them.
CURVES = {
    "parabola": (lambda w: w * w / 2, lambda w: w, lambda w: 1, (0,), None),
    "double well": (*well(0.6), lambda w: 0.6 * w * w - 1, (-2.4908642, 1.8342428), 0.6566213),
    "shallow double well": (*well(0.4), lambda w: 0.6 * w * w - 1, (-2.4142136, 2.0), 0.4142136),
}
