"""The landscape of the loss (2.4)."""

import numpy as np

from helpers.studies.landscape import plots as landscape
from helpers.studies.landscape.compute import Place
from helpers.widgets import LandscapeLive

COORDINATES = np.linspace(-0.5, 1.5, 9)
X, Y = np.meshgrid(COORDINATES, COORDINATES)
HEIGHTS = 0.2 + 2 * np.sqrt(((X - 1) ** 2 + Y**2) * (X**2 + (Y - 1) ** 2))


def place(to_a, to_b, answer, sure):
    probabilities = np.full(10, (1 - sure) / 9)
    probabilities[answer] = sure
    return Place(to_a, to_b, 0.42, 0.87, np.eye(14), 3, probabilities, COORDINATES, HEIGHTS)


PICTURES = {
    "landscape": (
        landscape.show_landscape,
        (COORDINATES, HEIGHTS),
        "The loss is 2.2 at the start, 0.2 at network A and 0.2 at network B. Half-way between the two networks it is "
        "1.2: two hollows with a ridge between them.",
    ),
}

LIVE = {
    "landscape": (landscape.LandscapePlot, place(0.0, 0.0, 8, 0.6), place(0.75, -0.25, 3, 0.95)),
}


def same_place(names, result):
    np.testing.assert_allclose(names["loss"], result.loss, rtol=1e-9)
    assert names["accuracy"] == result.accuracy
    np.testing.assert_allclose(names["probabilities"], result.probabilities, rtol=1e-9)


SAME = {LandscapeLive: same_place}


PRESETS = {
    LandscapeLive: {
        "network_a": lambda found, to_a, to_b, digit: (to_a, to_b) == (1, 0) and found.accuracy > 0.9,
        "network_b": lambda found, to_a, to_b, digit: (to_a, to_b) == (0, 1) and found.accuracy > 0.9,
        "half_way_to_a": lambda found, to_a, to_b, digit: (to_a, to_b) == (0.5, 0),
        # On the line from one to the other.
        "between_a_and_b": lambda found, to_a, to_b, digit: to_a == to_b == 1 - to_b,
        "backwards": lambda found, to_a, to_b, digit: max(to_a, to_b) < 0 and found.loss > 3,
    },
}
