"""Walk down a surface with an optimizer, and keep every point of the way."""

import dataclasses

import numpy as np

from helpers.errors import numbers, whole_number
from helpers.language import Words
from helpers.optimizers import get_optimizer

_ = Words(__name__)

NO_START = _(
    "The descent cannot begin: the loss at the start, {start}, is {loss} before any step is made. Start from finite numbers, closer to the minimum."
)


@dataclasses.dataclass(frozen=True)
class Descent:
    """The way of one descent, or of many at once: the start, and where each step led.

    The points and their gradients have shape (steps + 1, ..., weights), their losses (steps + 1, ...). `stopped_at` is the
    first step whose loss is no finite number any more, for all descents; the arrays end before it.
    """

    points: np.ndarray
    losses: np.ndarray
    gradients: np.ndarray
    stopped_at: int | None = None


def descend(surface, optimizer, start, steps):
    """Walk so many steps down a surface, from a start of shape (..., weights); return the Descent.

    The optimizer is a fresh one, or its name. Arrays of settings that broadcast against the start, such as learning rates of
    shape (60, 1, 1) and momenta of shape (60, 1) for starts of shape (60, 60, 2), make as many descents at once.
    If the loss is not finite at any start, a ValueError says so: no step could be to blame.
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

    The plane's coordinates are 0 at the weights `centre`, to which one unit along each adds one of the two `axes`, of the same
    shape. Returns shape (len(second), len(first)), as a picture wants it: a row for each second coordinate.
    """
    centre, along, across = numbers(centre, "centre"), *(numbers(axis, "axes") for axis in axes)
    heights = [[loss(centre + x * along + y * across) for x in first] for y in second]
    return np.reshape(heights, (len(second), len(first)))
