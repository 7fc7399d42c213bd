"""The noise of batches: a spread that falls with the root of their size, and fits that follow the rule."""

import numpy as np
import pytest

from helpers.gradients import numerical_gradient
from helpers.studies.batches.compute import (
    LINE_STEPS,
    batch_gradients,
    fit_line,
    gradient_plane,
    gradient_spread,
    line_gradient,
    line_loss,
    line_points,
    line_surface,
)
from helpers.widgets import BatchSizeLive


def test_spread_falls_with_the_root_of_the_batch_size():
    """Else the measured slope in the notebook is an accident."""
    samples = np.random.default_rng(1).normal(size=(500, 3)) * [1, 2, 3]
    full = samples.mean(axis=0)
    true_spread = np.sqrt(((samples - full) ** 2).sum(axis=1).mean())
    sizes, random = [1, 4, 16, 64, 256], np.random.default_rng(2)
    spreads = [
        gradient_spread(
            batch_gradients(lambda batch: samples[batch].mean(axis=0), 500, size, 400, random), full
        )
        for size in sizes
    ]
    np.testing.assert_allclose(spreads, true_spread / np.sqrt(sizes), rtol=0.08)
    slope, _ = np.polyfit(np.log(sizes), np.log(spreads), 1)
    assert slope == pytest.approx(-0.5, abs=0.03)


def test_spread_of_known_gradients():
    """Else the spread is a mean distance, or one for each weight, and not the root of the mean squared distance."""
    assert gradient_spread(np.array([[3.0, 4.0], [0.0, 1.0]]), np.zeros(2)) == pytest.approx(np.sqrt(13))


def test_plane_holds_the_full_gradient():
    """Else the arrow of the full gradient is a shadow that is shorter than it says."""
    random = np.random.default_rng(0)
    full = random.normal(size=6)
    gradients = full + random.normal(size=(40, 6)) * [0, 0, 5, 1, 0, 0]
    plane = gradient_plane(gradients, full)
    np.testing.assert_allclose(plane @ plane.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(plane @ full, [np.linalg.norm(full), 0], atol=1e-12)
    sideways = gradients - np.outer(gradients @ plane[0], plane[0])
    others = np.random.default_rng(1).normal(size=(200, 6))
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    assert (sideways @ plane[1]).var() >= (sideways @ others.T).var(axis=0).max()


def test_line_gradient_is_the_slope_of_its_loss():
    """Else the batches pull at the line in another direction than their points do."""
    x, y = line_points()
    for weights in ([0.0, 0.0], [1.3, -2.0]):
        expected = numerical_gradient(lambda weights: line_loss(weights, x[:9], y[:9]), weights)
        np.testing.assert_allclose(line_gradient(weights, x[:9], y[:9]), expected, atol=1e-6)


def test_line_surface_is_the_loss_of_all_points():
    """Else the map under the path is another landscape than the one that the line descends."""
    x, y = line_points()
    surface = line_surface()
    weights = np.random.default_rng(0).normal(size=(5, 2))
    np.testing.assert_allclose(surface.loss(weights), [line_loss(row, x, y) for row in weights])
    np.testing.assert_allclose(line_gradient(surface.minima[0], x, y), 0, atol=1e-9)


@pytest.mark.parametrize("batch_size", [1, 10, 100])
def test_fit_follows_the_rule_step_by_step(batch_size):
    """Else the line moves by something else than the gradient of the points that are marked."""
    x, y = line_points()
    fit = fit_line(batch_size, 0.05, 0)
    for step in range(LINE_STEPS):
        here = fit_line(batch_size, 0.05, step)
        moved = here.weights[step] - 0.05 * line_gradient(here.weights[step], x[here.batch], y[here.batch])
        np.testing.assert_allclose(here.next_weights, moved)
        np.testing.assert_allclose(fit.weights[step + 1], moved)
        assert len(here.batch) == batch_size
    assert len(fit.losses) == len(fit.weights) == LINE_STEPS + 1


def test_batch_descent_has_its_closed_form():
    """Else batch SGD is not gradient descent on the quadratic that the map shows."""
    x, _ = line_points()
    fit, best = fit_line(100, 0.1, 0), np.array(line_surface().minima[0])
    hessian = 2 * np.array([[np.mean(x * x), x.mean()], [x.mean(), 1]])
    for step in (1, 10, 60):
        shrink = np.linalg.matrix_power(np.eye(2) - 0.1 * hessian, step)
        np.testing.assert_allclose(fit.weights[step], best + shrink @ (fit.weights[0] - best), atol=1e-8)


def wander(fit):
    """How far the last forty points of a path lie from their middle."""
    last = fit.weights[-40:]
    return np.sqrt(((last - last.mean(axis=0)) ** 2).sum(axis=1).mean())


def test_presets_do_what_their_names_say():
    """Else a lecturer shows a calm path as a noisy one, or a lost line as a found one."""
    explorer, fits = BatchSizeLive(), {}
    for name in explorer.presets:
        explorer.preset(name)
        fits[name] = explorer.result
    assert wander(fits["true_sgd"]) > 2 * wander(fits["mini_batch"]) > 4 * wander(fits["batch_sgd"])
    assert wander(fits["1_point_small_steps"]) < wander(fits["true_sgd"]) / 2
    lowest = line_surface().loss(line_surface().minima[0])
    assert fits["too_far_for_1"].losses[20:].mean() > 10 * lowest
    assert fits["fine_for_10"].losses[20:].mean() < 2 * lowest


def test_a_lost_line_is_called_lost():
    """Else the sentence reports slopes of millions as a line through points."""
    explorer = BatchSizeLive()
    explorer.settings = {"batch_size": 1, "learning_rate": 0.5, "step": 100}
    assert "lost" in explorer.sentence and "more than a million" in explorer.sentence
