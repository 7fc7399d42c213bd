"""Walk down a surface with an optimizer, and keep every point of the way."""

import dataclasses

import numpy as np

from helpers.errors import numbers, whole_number
from helpers.optimizers import get_optimizer

NO_START = "The descent cannot begin: the loss at the start, {start}, is {loss} before any step is made. Start from finite numbers, closer to the minimum."


@dataclasses.dataclass(frozen=True)
class Descent:
    """The way of one descent, or of many at once.

    Attributes
    ----------
    points : array, shape (steps + 1, ..., weights)
        The start, and the weights after each step.
    losses : array, shape (steps + 1, ...)
    gradients : array, shape (steps + 1, ..., weights)
        At each point.
    stopped_at : int or None
        The first step whose loss is no finite number any more, for all descents; the arrays end before it.
    """

    points: np.ndarray
    losses: np.ndarray
    gradients: np.ndarray
    stopped_at: int | None = None


def descend(surface, optimizer, start, steps):
    """Walk down a surface.

    Returns a Descent. If the loss is not finite at any start, a ValueError says so: no step could be to blame.

    Parameters
    ----------
    surface : helpers.surfaces.Surface
    optimizer : helpers.optimizers.Optimizer or str
        A fresh one, or its name. Arrays of settings that broadcast against the start, such as learning rates of shape (60, 1, 1) and
        momenta of shape (60, 1) for starts of shape (60, 60, 2), make as many descents at once.
    start : array_like, shape (..., weights)
    steps : int
    """
    weights = numbers(start, "descend").astype(float)
    steps = whole_number("steps", steps, least=0)
    if isinstance(optimizer, str):
        optimizer = get_optimizer(optimizer)
    points, losses, gradients = [], [], []
    # A descent that diverges is a lesson, not a warning.
    with np.errstate(all="ignore"):
        for _ in range(steps + 1):
            loss, gradient = surface.loss_and_gradient(weights)
            if not np.isfinite(loss).any():
                if not losses:
                    raise ValueError(NO_START.format(start=start, loss=loss))
                break
            points.append(weights.copy())
            losses.append(loss)
            gradients.append(gradient)
            optimizer.update([weights], [gradient])
    stopped_at = len(losses) if len(losses) <= steps else None
    return Descent(*map(np.array, (points, losses, gradients)), stopped_at)


def losses_on_plane(loss, centre, axes, first, second):
    """Measure a loss of any number of weights at the points of a grid on a plane through their space.

    Returns an array of shape (len(second), len(first)), as a picture wants it: a row for each second coordinate.

    Parameters
    ----------
    loss : callable
        Takes an array of the shape of `centre`, returns a number.
    centre : array
        The weights where the plane's coordinates are 0.
    axes : pair of arrays of the shape of `centre`
        What one unit along each coordinate adds to the weights.
    first, second : sequence of float
        Coordinates of the grid.
    """
    centre, along, across = numbers(centre, "centre"), *(numbers(axis, "axes") for axis in axes)
    heights = [[loss(centre + x * along + y * across) for x in first] for y in second]
    return np.reshape(heights, (len(second), len(first)))
