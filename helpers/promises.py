"""What a gradient promises about a small step, and what the loss does: slopes in all directions, steps, curvature.

Each function takes the loss as a function of an array of weights, of any shape: a surface, or a real network.
"""

import dataclasses

import numpy as np

from helpers.surfaces import get_surface

CURVE_POINTS = 61
CURVE_REACH = 1.5
# A promised decrease below this is too small to be shown.
FAINTEST = 1e-6


def directional_slopes(loss, weights, directions, size=1e-4):
    """Measure the slope of a loss along each of some directions, by central differences.

    Parameters
    ----------
    loss : callable
        Takes an array of the shape of `weights`, returns a number.
    weights : array
        Where to measure.
    directions : sequence of arrays of the shape of `weights`
        Of length 1 each; the slope along a longer one is larger in proportion.
    size : float
        How far to move to both sides.

    Returns
    -------
    numpy.ndarray, shape (directions,)
    """
    slopes = []
    for direction in directions:
        move = size * direction
        slopes.append((loss(weights + move) - loss(weights - move)) / (2 * size))
    return np.array(slopes)


def promised_and_actual(loss, weights, gradient, steps):
    """Compare the loss that the slope alone predicts with the loss after each step against the gradient.

    Parameters
    ----------
    loss : callable
        Takes an array of the shape of `weights`, returns a number.
    weights, gradient : arrays of one shape
        Where the steps start, and the gradient there.
    steps : array, shape (steps,)

    Returns
    -------
    promised, actual : numpy.ndarray, shape (steps,)
        Losses: the straight line loss(weights) - step · |gradient|², and the truth.
    """
    promised = loss(weights) - steps * np.sum(gradient**2)
    actual = np.array([loss(weights - step * gradient) for step in steps])
    return promised, actual


def curvature_along(loss, weights, direction, size=1e-3):
    """Measure the second derivative of a loss along a direction of length 1.

    The difference of the slopes before and after the point, for each unit of distance between them.

    Returns
    -------
    float
        direction · H · direction, where H is the Hessian, the matrix of second derivatives; its error is of order size², plus
        rounding, of order epsilon / size².
    """
    before, here, after = (loss(weights + distance * direction) for distance in (-size, 0, size))
    return (before - 2 * here + after) / size**2


def random_directions(count, shape, seed):
    """Draw directions of length 1, none of them more probable than another.

    Returns
    -------
    numpy.ndarray, shape (count, *shape)
        Normally distributed numbers prefer no direction (Muller 1959, "A note on a method for generating points uniformly
        on n-dimensional spheres").
    """
    directions = np.random.default_rng(seed).normal(size=(count, *shape))
    axes = tuple(range(1, directions.ndim))
    return directions / np.sqrt(np.sum(directions**2, axis=axes, keepdims=True))


@dataclasses.dataclass(frozen=True)
class Standing:
    """A point on a surface and one step downhill from it.

    Attributes
    ----------
    surface : str
        Name of the surface.
    arrows : bool
        Whether the picture shows the gradient at other points, too.
    step : float
    point, gradient, landing : array, shape (2,)
        Where the step starts, the gradient there, and where it ends.
    loss, promised, actual : float
        At the start; at the end, as the slope promises; at the end, in truth.
    slope_ahead : float
        Derivative of the loss by the step, where the step ends: positive once the lowest point of the way is passed.
    steps, losses : array, shape (points,)
        The truth for steps from 0 to half as much again.
    """

    surface: str
    arrows: bool
    step: float
    point: np.ndarray
    gradient: np.ndarray
    landing: np.ndarray
    loss: float
    promised: float
    actual: float
    slope_ahead: float
    steps: np.ndarray
    losses: np.ndarray


def stand(surface, right, up, step, arrows):
    """Stand on a surface and take one step against the gradient.

    Parameters
    ----------
    surface : str
        Name of a surface of two weights.
    right, up : float
        Where, from -1 (left or lower edge of the surface's limits) to 1.
    step : float
    arrows : {"hidden", "shown"}

    Returns
    -------
    Standing
    """
    ground = get_surface(surface)
    low, high = np.transpose(ground.limits)
    point = low + (high - low) * (np.array([right, up]) + 1) / 2
    loss, gradient = ground.loss_and_gradient(point)
    steps = step * np.linspace(0, CURVE_REACH, CURVE_POINTS)
    losses = ground.loss(point - np.outer(steps, gradient))
    landing = point - step * gradient
    actual, gradient_there = ground.loss_and_gradient(landing)
    return Standing(
        surface,
        arrows == "shown",
        step,
        point,
        gradient,
        landing,
        float(loss),
        float(loss - step * np.sum(gradient**2)),
        float(actual),
        float(-np.sum(gradient_there * gradient)),
        steps,
        losses,
    )
