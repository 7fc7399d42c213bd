"""Surfaces and descents: the slopes are those of the formula, the minima are minima, and each step follows the rule."""

import itertools

import numpy as np
import pytest

from helpers.descent import descend, losses_on_plane
from helpers.gradients import numerical_gradient
from helpers.optimizers import SGD, Adagrad, Adam, RMSprop
from helpers.surfaces import CURVES, SURFACES, get_surface

ALL = SURFACES | CURVES

every_surface = pytest.mark.parametrize("name", ALL)


def points_of(surface, count=40):
    low, high = np.transpose(surface.limits)
    return np.random.default_rng(0).uniform(low, high, (count, len(low)))


@every_surface
def test_gradient_is_the_slope_of_the_loss(name):
    """Else a descent goes another way than the contour lines say."""
    surface = get_surface(name)
    points = points_of(surface)
    losses, gradients = surface.loss_and_gradient(points)
    np.testing.assert_array_equal(losses, surface.loss(points))
    for point, gradient in zip(points, gradients, strict=True):
        np.testing.assert_allclose(gradient, numerical_gradient(surface.loss, point), atol=1e-6, rtol=1e-6)


@every_surface
def test_minima_are_the_lowest_places(name):
    """Else a star stands in a picture where there is no minimum, or in the wrong order."""
    surface = get_surface(name)
    depths = surface.loss(surface.minima)
    assert (np.diff(depths) > -1e-9).all()
    low, high = np.transpose(surface.limits)
    axes = np.meshgrid(*(np.linspace(*limit, 201) for limit in surface.limits), indexing="ij")
    assert surface.loss(np.stack(axes, axis=-1)).min() >= depths[0] - 1e-9
    for minimum, depth in zip(surface.minima, depths, strict=True):
        assert np.all((low < minimum) & (minimum < high))
        around = minimum + np.random.default_rng(1).normal(scale=0.05, size=(200, len(low)))
        assert (surface.loss(around) >= depth - 1e-9).all()
        np.testing.assert_allclose(surface.loss_and_gradient(minimum)[1], 0, atol=1e-5)


@every_surface
def test_start_lies_inside_and_above(name):
    """Else the picture of a descent begins outside of its frame, or where nothing is left to do."""
    surface = get_surface(name)
    low, high = np.transpose(surface.limits)
    assert np.all((low < surface.start) & (surface.start < high))
    assert surface.loss(surface.start) > surface.loss(surface.minima[0]) + 0.5
    assert surface.why and surface.name == name


@every_surface
def test_start_lies_on_no_ridge(name):
    """Else a descent without noise stays on a line for ever: from the saddle's ridge, no rule of the course gets away."""
    assert np.abs(get_surface(name).loss_and_gradient(get_surface(name).start)[1]).min() > 0.01


@every_surface
def test_no_place_is_too_far_away(name):
    """Else a learner who follows a descent that diverges is warned of a line inside of the package."""
    surface = get_surface(name)
    for point in itertools.product((-1e200, 0.0, 1e200), repeat=len(surface.limits)):
        # A warning is an error here, as pyproject.toml has it.
        loss, _ = surface.loss_and_gradient(point)
        np.testing.assert_array_equal(surface.loss(point), loss)
        # A plain and straight slopes have numbers even there.
        assert np.isfinite(loss) == (name in ("plateau", "kink") or not any(point))


def test_kink_is_equally_steep_on_both_sides():
    """Else a descent that comes from below meets another edge than the text describes."""
    np.testing.assert_array_equal(SURFACES["kink"].loss([(1, 0), (-1, 0), (0, 1), (0, -1)]), [1, 1, 4, 4])


def test_unknown_names_and_wrong_points():
    """Else a typing error ends in a riddle."""
    with pytest.raises(ValueError, match="Did you mean 'valley'"):
        get_surface("vally")  # codespell:ignore vally
    with pytest.raises(ValueError, match=r"axis of 2, one entry for each weight.*shape \(3,\)"):
        SURFACES["bowl"].loss([1, 2, 3])
    with pytest.raises(ValueError, match=r"axis of 2.*shape \(\)"):
        SURFACES["bowl"].loss(1.0)


@pytest.mark.parametrize("make", [SGD, Adagrad, RMSprop, Adam])
def test_descent_follows_the_optimizer_step_by_step(make):
    """Else a path shows another rule than the one named beside it."""
    surface, rate = SURFACES["valley"], 0.05
    way = descend(surface, make(rate), surface.start, 30)
    optimizer, weights = make(rate), np.array(surface.start)
    assert way.points.shape == (31, 2) and way.losses.shape == (31,) and way.stopped_at is None
    for point, loss, gradient in zip(way.points, way.losses, way.gradients, strict=True):
        np.testing.assert_array_equal(point, weights)
        assert loss == surface.loss(weights)
        np.testing.assert_array_equal(gradient, [0.2 * weights[0], 4 * weights[1]])
        optimizer.update([weights], [gradient])


@pytest.mark.parametrize(("rate", "momentum"), [(0.1, 0.0), (0.4, 0.9), (0.3, 0.5)])
def test_descent_on_a_quadratic_has_its_closed_form(rate, momentum):
    """Else descents are wrong in a way that all optimizers share."""
    surface = SURFACES["valley"]
    way = descend(surface, SGD(rate, momentum), surface.start, 40)
    for axis, curvature in enumerate((0.2, 4.0)):
        # (weight, last weight) is multiplied by the same matrix at every step.
        matrix = np.array([[1 + momentum - rate * curvature, -momentum], [1, 0]])
        states = [
            np.linalg.matrix_power(matrix, step) @ np.full(2, surface.start[axis]) for step in range(41)
        ]
        np.testing.assert_allclose(way.points[:, axis], np.array(states)[:, 0], atol=1e-9)


def test_many_descents_at_once_are_the_same_ones():
    """Else a phase diagram shows something else than the single paths."""
    surface, rates, momenta = SURFACES["banana"], np.array([0.01, 0.05, 0.3]), np.array([0.0, 0.5, 0.9, 0.99])
    starts = np.broadcast_to(surface.start, (3, 4, 2))
    ways = descend(surface, SGD(rates[:, np.newaxis, np.newaxis], momenta[:, np.newaxis]), starts, 25)
    assert ways.points.shape == (26, 3, 4, 2)
    for row, rate in enumerate(rates):
        for column, momentum in enumerate(momenta):
            way = descend(surface, SGD(rate, momentum), surface.start, 25)
            np.testing.assert_array_equal(ways.points[: len(way.points), row, column], way.points)


def test_divergence_ends_quietly():
    """Else a learning rate that is too large gives warnings, or a picture with infinite axes."""
    way = descend(SURFACES["banana"], SGD(1.0), (-1.6, 0.4), 100)
    assert way.stopped_at == len(way.losses) < 100
    assert all(np.isfinite(array).all() for array in (way.points, way.losses))
    assert descend(SURFACES["bowl"], SGD(0.1), (1, 1), 0).stopped_at is None
    last = descend(SURFACES["banana"], SGD(1.0), (-1.6, 0.4), way.stopped_at)
    assert last.stopped_at == way.stopped_at == len(last.losses)


def test_start_is_left_alone():
    """Else the second descent from the same array starts where the first one ended."""
    start = np.array([-1.6, 0.4])
    descend(SURFACES["banana"], SGD(0.1), start, 3)
    np.testing.assert_array_equal(start, [-1.6, 0.4])


def test_one_diverging_descent_stops_no_other():
    """Else a map of many descents ends where its worst one does."""
    ways = descend(SURFACES["valley"], SGD(np.array([[0.1], [1e3]])), np.ones((2, 2)), 200)
    assert ways.stopped_at is None and not np.isfinite(ways.losses[-1, 1])
    np.testing.assert_array_equal(
        ways.points[:, 0], descend(SURFACES["valley"], SGD(0.1), (1, 1), 200).points
    )


def test_losses_on_a_plane_have_rows_for_the_second_coordinate():
    """Else contour lines are those of the transposed landscape."""
    axes = np.array([[0.0, 1.0, 0.0], [2.0, 0.0, 0.0]])
    losses = losses_on_plane(
        lambda w: w @ [100.0, 10.0, 1.0], np.array([0.0, 0.0, 7.0]), axes, [0, 1, 2], [0, 1]
    )
    np.testing.assert_array_equal(losses, [[7, 17, 27], [207, 217, 227]])
