"""A batch is a sample of the data, so its gradient is an estimate: how batches are drawn, and how far they stray."""

import dataclasses
import functools

import numpy as np

from helpers.datasets import shuffled_batches
from helpers.optimizers import SGD
from helpers.studies.training.projections import principal_axes
from helpers.surfaces import Surface

LINE_POINTS = 100
LINE_STEPS = 100
TRUE_LINE = (1.2, 0.5)


def batch_gradients(gradient, samples, batch_size, count, random):
    """Measure the gradient on many batches, each drawn with replacement.

    Parameters
    ----------
    gradient : callable
        Takes the numbers of the samples in a batch, returns an array of shape (weights,).
    samples, batch_size, count : int
        How many samples there are, how many are in a batch, and how many batches are drawn.
    random : numpy.random.Generator

    Returns
    -------
    numpy.ndarray, shape (count, weights)
    """
    return np.array([gradient(random.integers(samples, size=batch_size)) for _ in range(count)])


def gradient_spread(gradients, full_gradient):
    """Measure how far gradients typically lie from the full one: the root of their mean squared distance.

    Parameters
    ----------
    gradients : array, shape (batches, weights)
    full_gradient : array, shape (weights,)

    Returns
    -------
    float
    """
    squared_distances = ((gradients - full_gradient) ** 2).sum(axis=1)
    return np.sqrt(squared_distances.mean())


def gradient_plane(gradients, full_gradient):
    """Choose a plane to look at gradients: along the full one, and along what differs most at right angles to it.

    Parameters
    ----------
    gradients : array, shape (batches, weights)
    full_gradient : array, shape (weights,)

    Returns
    -------
    numpy.ndarray, shape (2, weights)
        Unit vectors; `gradients @ plane.T` are coordinates on the plane.
    """
    along = full_gradient / np.linalg.norm(full_gradient)
    sideways = gradients - np.outer(gradients @ along, along)
    _, axes, _ = principal_axes(sideways, 1)
    return np.stack([along, axes[0]])


@functools.cache
def line_points():
    """Scatter 100 points around the line 1.2 x + 0.5; return their x and their y, each of shape (100,)."""
    random = np.random.default_rng(0)
    x = random.uniform(-1, 3, LINE_POINTS)
    slope, intercept = TRUE_LINE
    return x, slope * x + intercept + random.normal(scale=0.7, size=LINE_POINTS)


def line_loss(weights, x, y):
    """Average the squared distances of points from a line, or of rows of points each from a line of its own.

    Parameters
    ----------
    weights : array, shape (2,) or (2, rows, 1)
        Slope and intercept.
    x, y : array, shape (points,) or (rows, points)
    """
    slope, intercept = weights
    return np.mean((slope * x + intercept - y) ** 2, axis=-1)


def line_gradient(weights, x, y):
    """Return the gradient of `line_loss`, of shape (2,): by the slope, and by the intercept."""
    slope, intercept = weights
    errors = slope * x + intercept - y
    return np.array([np.mean(2 * errors * x), np.mean(2 * errors)])


@functools.cache
def line_surface():
    """Return the loss of all points as a surface over slope and intercept."""
    x, y = line_points()

    def loss(slope, intercept):
        # The square, multiplied out, so that each point of a map costs a few products instead of a hundred.
        return (
            np.mean(y * y)
            + slope * slope * np.mean(x * x)
            + intercept * intercept
            + 2 * slope * intercept * x.mean()
            - 2 * slope * np.mean(x * y)
            - 2 * intercept * y.mean()
        )

    best = tuple(float(weight) for weight in np.polyfit(x, y, 1))
    return Surface("line", loss, ((-1.5, 3.5), (-2, 3)), (-1.0, -1.5), (best,), "a line through points")


@dataclasses.dataclass(frozen=True)
class LineFit:
    """A line that is fitted to points by stochastic gradient descent, seen at one of its steps.

    Attributes
    ----------
    weights : array, shape (steps + 1, 2)
        Slope and intercept at the start and after each step.
    losses : array, shape (steps + 1,)
        Loss of all points.
    step : int
        Where on the way the picture stands.
    batch : array of int
        The points that the next step looks at.
    next_weights : array, shape (2,)
        Where it leads.
    overshoots : array of bool, shape (steps,)
        Whether a step was so long that it raised the loss even on its own batch.
    """

    weights: np.ndarray
    losses: np.ndarray
    step: int
    batch: np.ndarray
    next_weights: np.ndarray
    overshoots: np.ndarray


def fit_line(batch_size, learning_rate, step):
    """Fit a line to 100 points by 100 steps, always from the same start.

    Parameters
    ----------
    batch_size : int
        Points in one step: a divisor of 100.
    learning_rate : float
    step : int
        From 0 to 100: kept in the result.

    Returns
    -------
    LineFit
    """
    x, y = line_points()
    surface, optimizer = line_surface(), SGD(learning_rate)
    batches = shuffled_batches(LINE_POINTS, batch_size, LINE_STEPS + 1, np.random.default_rng(0))
    weights = np.array(surface.start)
    path = [weights.copy()]
    for batch in batches:
        optimizer.update([weights], [line_gradient(weights, x[batch], y[batch])])
        path.append(weights.copy())
    path = np.array(path)
    # All steps at once: a row for each, and in it the points of its batch.
    at_path, drawn = path.T[..., np.newaxis], np.array(batches[:-1])
    before, after = (line_loss(at_path[:, ends], x[drawn], y[drawn]) for ends in (slice(-2), slice(1, -1)))
    return LineFit(path[:-1], surface.loss(path[:-1]), step, batches[step], path[step + 1], after > before)
