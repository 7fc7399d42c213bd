"""What a gradient promises about a small step, and what the loss does: slopes in all directions, steps, curvature.

Each function takes the loss as a function of an array of weights, of any shape: a surface, or a real network.
"""

import dataclasses

import numpy as np

from helpers.surfaces import get_surface

CURVE_POINTS = 61
CURVE_REACH = 1.5
# A change of the loss below this is too small to be shown.
FAINTEST = 1e-6
# Where the way of a step is looked at, as shares of it: everywhere, and closely where it begins, for a long step leaves a
# hollow at once.
WAY = np.unique(np.concatenate([np.linspace(0, 1, 300, endpoint=False), np.geomspace(1e-5, 0.999, 200)]))
ROUNDING = 1e-9
STRAIGHT = 0.03
BEND = 1e-3


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
    before = loss(weights - size * direction)
    here = loss(weights)
    after = loss(weights + size * direction)
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
        Derivative of the loss by the step, where the step ends.
    course : str
        What became of the promise; see `name_course`.
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
    course: str
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
    actual = ground.loss(landing)
    way = np.vstack([point - np.outer(step * WAY, gradient), landing])
    losses_there, gradients_there = ground.loss_and_gradient(way)
    slopes = -gradients_there @ gradient
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
        float(slopes[-1]),
        name_course(step * np.append(WAY, 1), losses_there, slopes),
        steps,
        losses,
    )


def name_course(steps, losses, slopes):
    """Say in a word what became of the promise of a slope, from all that lies on the way.

    Parameters
    ----------
    steps, losses, slopes : array, shape (points,)
        From 0 to the end; the loss there, and its derivative by the step.

    Returns
    -------
    {"level", "faint", "uphill", "even", "hill", "lands", "past", "exact", "straight", "short", "more", "uneven"}
        No slope at all; no change that could be shown; the loss is higher in the end; or as high, beyond a lower place; down, up
        and down again; in the lowest place; beyond it; as promised to the last digit; or nearly, all the way; less, by a slope
        that gets smaller; more, by one that gets larger; less or more by one that does both.
    """
    steepness = -slopes[0]
    promise = steps[-1] * steepness
    changes = losses - losses[0]
    if steepness < 1e-18:
        return "level"
    if promise < FAINTEST and np.abs(changes).max() < FAINTEST:
        return "faint"
    rounding = ROUNDING * promise + 4 * np.finfo(float).eps * np.abs(losses).max()
    if abs(changes[-1]) < rounding:
        return "even"
    if changes[-1] > 0:
        return "uphill"
    up, down = slopes > ROUNDING * steepness, slopes < -ROUNDING * steepness
    if up.any() and down[np.argmax(up) :].any():
        return "hill"
    if changes[-1] > changes.min() + rounding:
        return "past"
    # At the bottom of a hollow the slope is 0, on a sharp edge it may be whatever the other side has.
    if slopes[-1] > -ROUNDING * steepness:
        return "lands"
    off = np.abs(changes + steepness * steps).max()
    if off < STRAIGHT * promise:
        return "exact" if off < rounding else "straight"
    # Downhill, a slope is negative: where it grows, the ground gets less steep.
    if (np.maximum.accumulate(slopes) - slopes).max() < BEND * steepness:
        return "short"
    return "more" if (slopes - np.minimum.accumulate(slopes)).max() < BEND * steepness else "uneven"
