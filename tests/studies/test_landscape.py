"""The landscape of the loss between two trained networks."""

import numpy as np
import pytest

from helpers.studies.landscape.compute import COORDINATES, digit_landscape, heights, visit


def test_landscape_is_that_of_the_network():
    """Else the map shows other heights than the places on it have, or its corners are no trained networks."""
    landscape = digit_landscape()
    assert landscape.start.size == 196 * 16 + 16 + 16 * 10 + 10
    for row, column in ((0, 0), (8, 24), (24, 8), (16, 16), (31, 3)):
        weights = landscape.weights_at(COORDINATES[column], COORDINATES[row])
        np.testing.assert_allclose(heights()[row, column], landscape.loss(weights), rtol=1e-9)
    start, a, b, between = (visit(*corner, 3) for corner in ((0, 0), (1, 0), (0, 1), (0.5, 0.5)))
    assert start.accuracy < 0.3 and min(a.accuracy, b.accuracy) > 0.9
    assert between.loss > 3 * max(a.loss, b.loss)
    np.testing.assert_allclose(a.probabilities.sum(), 1)


@pytest.mark.parametrize("digit", range(10))
def test_digit_of_the_landscape_is_the_one_asked_for(digit):
    """Else the picture beside the map is of another digit than its sentence says."""
    landscape = digit_landscape()
    shown = visit(1, 0, digit)
    places = np.flatnonzero(np.all(landscape.inputs == shown.image.ravel(), axis=1))
    assert landscape.labels[places].tolist() == [digit] == [shown.label]


def test_experiments_of_the_notebook_come_out_as_it_says():
    """Else a learner sees something else than the fold under the explorer explains."""
    way = [visit(to_a / 20, 0, 3) for to_a in range(21)]
    answers = [int(place.probabilities.argmax()) for place in way]
    assert answers == [5, 5, 1] + 18 * [3]
    assert [place.probabilities[3] > 0.9 for place in way] == 15 * [False] + 6 * [True]
    assert np.all(np.diff([place.loss for place in way]) < 0)
    backwards = [visit(-0.5, -0.5, digit) for digit in range(10)]
    assert sum(place.probabilities.argmax() != place.label for place in backwards) == 8
    assert backwards[7].probabilities[8] > 0.995
    # No way over points of the grid leads from A to B below this loss: what is lower falls apart.
    low = heights() < 0.95
    reached = np.zeros_like(low)
    reached[8, 24] = True
    for _ in range(low.size):
        spread = np.pad(reached, 1)
        reached = low & np.logical_or.reduce(
            [spread[i : i + 33, j : j + 33] for i in range(3) for j in range(3)]
        )
    assert reached[8, 24] and not reached[24, 8]
