"""Promises: slopes along directions, steps and curvatures are those of the formula, and the sentence names what happened."""

import re

import numpy as np
import pytest

from helpers.kit.contours import SURFACE_LABELS, directions, equal_limits
from helpers.studies.promises.compute import (
    curvature_along,
    directional_slopes,
    promised_and_actual,
    random_directions,
    stand,
)
from helpers.surfaces import SURFACES
from helpers.widgets import SurfaceLive

HESSIAN = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.3], [0.0, -0.3, 4.0]])
CENTRE = np.array([1.0, -2.0, 0.5])
POINT = np.array([0.3, 0.4, -1.0])


def quadratic(w):
    return float(0.5 * (w - CENTRE) @ HESSIAN @ (w - CENTRE))


GRADIENT = HESSIAN @ (POINT - CENTRE)


def test_random_directions_prefer_none():
    """Else a histogram of random directions shows how they were drawn instead of how space is."""
    directions = random_directions(4000, (2, 3), seed=1)
    assert directions.shape == (4000, 2, 3)
    np.testing.assert_allclose(np.sum(directions**2, axis=(1, 2)), 1)
    rows = directions.reshape(4000, 6)
    # The mean of each entry is 0; the mean of each product of two entries is 1/6 or 0.
    np.testing.assert_allclose(rows.mean(axis=0), 0, atol=0.03)
    np.testing.assert_allclose(rows.T @ rows / 4000, np.eye(6) / 6, atol=0.02)
    # The mean fourth power is 3/(6 · 8) on a sphere; directions that prefer corners have less.
    assert np.mean(rows**4) == pytest.approx(1 / 16, rel=0.05)
    np.testing.assert_array_equal(directions, random_directions(4000, (2, 3), seed=1))


def test_slope_along_a_direction_is_a_dot_product():
    """Else the notebook's claim that no direction is steeper than the gradient rests on wrong slopes."""
    directions = random_directions(200, (3,), seed=2)
    before = POINT.copy()
    slopes = directional_slopes(quadratic, POINT, directions)
    np.testing.assert_allclose(slopes, directions @ GRADIENT, atol=1e-7)
    assert slopes.max() <= np.sqrt(GRADIENT @ GRADIENT)
    np.testing.assert_array_equal(POINT, before)


def test_curvature_along_a_direction_is_that_of_the_hessian():
    """Else the best step is computed from something else than the bend of the ground."""
    for direction in random_directions(20, (3,), seed=3):
        found = curvature_along(quadratic, POINT, direction)
        assert found == pytest.approx(direction @ HESSIAN @ direction, abs=1e-6)
    # A curve whose curvature changes: twice the size of the moves, four times the error.
    errors = [abs(curvature_along(np.exp, 0.0, 1.0, size) - 1) for size in (0.1, 0.2)]
    assert errors[1] / errors[0] == pytest.approx(4, rel=0.02)


def test_promise_is_the_tangent_of_the_truth():
    """Else the picture of promise and truth has two lines that do not start alike."""
    steps = np.array([0.0, 1e-3, 0.1, 0.2, 0.4])
    promised, actual = promised_and_actual(quadratic, POINT, GRADIENT, steps)
    start, square = quadratic(POINT), GRADIENT @ GRADIENT
    bend = GRADIENT @ HESSIAN @ GRADIENT
    np.testing.assert_allclose(promised, start - steps * square)
    np.testing.assert_allclose(actual, start - steps * square + steps**2 * bend / 2)
    best = square / bend
    at_best, back = promised_and_actual(quadratic, POINT, GRADIENT, np.array([best, 2 * best]))[1]
    assert at_best < start and back == pytest.approx(start)


@pytest.mark.parametrize("name", SURFACES)
def test_standing_is_one_step_against_the_gradient(name):
    """Else the explorer shows a step that no optimizer takes, or a curve that misses its mark."""
    surface = SURFACES[name]
    found = stand(name, -0.4, 0.7, 0.2, "shown")
    low, high = np.transpose(surface.limits)
    np.testing.assert_allclose(found.point, low + (high - low) * [0.3, 0.85])
    loss, gradient = surface.loss_and_gradient(found.point)
    np.testing.assert_allclose(found.landing, found.point - 0.2 * gradient)
    assert found.loss == loss and found.arrows
    assert found.promised == pytest.approx(loss - 0.2 * gradient @ gradient)
    assert found.actual == surface.loss(found.landing)
    assert found.losses[0] == pytest.approx(loss)
    assert np.interp(0.2, found.steps, found.losses) == pytest.approx(found.actual)
    ahead = surface.loss(found.point - np.outer([0.2 - 1e-5, 0.2 + 1e-5], gradient))
    assert found.slope_ahead == pytest.approx((ahead[1] - ahead[0]) / 2e-5, abs=1e-4, rel=1e-4)
    for corner, edge in ((-1, low), (1, high)):
        np.testing.assert_allclose(stand(name, corner, corner, 1.0, "hidden").point, edge)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"step": 0.01}, "the promise is kept"),
        ({"step": 0.1}, "80 % of the promised decrease"),
        ({"step": 0.3}, "overshoot: the step passed"),
        ({"step": 0.7}, "overshoot: .* the loss rose"),
        ({"surface": "bowl", "step": 2.0}, "exactly as high as it began"),
        ({"surface": "plateau", "right": -0.6, "up": -0.5, "step": 10.0}, "more than promised"),
        ({"surface": "bowl", "right": 0.0, "up": 0.0}, "the gradient is 0"),
        ({"surface": "plateau", "right": 1.0, "up": 1.0}, "less than a millionth"),
        ({"surface": "banana", "right": -1.0, "up": -1.0, "step": 10.0}, "reaches over 100,000"),
        ({"arrows": "shown"}, "small arrows point uphill"),
    ],
)
def test_sentence_names_what_became_of_the_promise(settings, words):
    """Else the sentence praises a step that overshot, or blames one that kept its promise."""
    explorer = SurfaceLive()
    explorer.settings = settings
    assert re.search(words, explorer.sentence), explorer.sentence


def test_map_has_one_scale_for_both_weights():
    """Else gradients do not stand at right angles to the contours of the picture."""
    for surface in SURFACES.values():
        for ratio in (0.5, 1.0, 1.3, 3.0):
            (left, right), (bottom, top) = equal_limits(surface, ratio, margin=0.1)
            assert (right - left) / (top - bottom) == pytest.approx(ratio)
            for (low, high), (widest_low, widest_high) in zip(
                surface.limits, ((left, right), (bottom, top)), strict=True
            ):
                assert widest_low <= low - 0.0999 * (high - low)
                assert widest_high >= high + 0.0999 * (high - low)


def test_directions_are_as_long_as_their_purpose():
    """Else arrows that only show which way is up differ in length, or a level place gets an arrow made of rounding."""
    found = directions(np.array([[3.0, -4.0], [0.0, 1e-3], [1e-12, 1e-12], [0.0, 0.0]]))
    np.testing.assert_allclose(found, [[0.6, -0.8], [0, 1], [0, 0], [0, 0]])
    np.testing.assert_allclose(directions(np.array([-5.0, 12.0])), [-5 / 13, 12 / 13])


def test_every_surface_has_a_label():
    """Else a new surface is in no menu, or its picture ends in a KeyError."""
    assert set(SURFACE_LABELS) == set(SURFACES)
