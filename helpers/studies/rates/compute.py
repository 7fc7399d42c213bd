"""What a learning rate does to a descent: it crawls, arrives, zigzags, or leaves."""

import dataclasses

import numpy as np

from helpers.descent import descend
from helpers.optimizers import SGD
from helpers.surfaces import SURFACES, VALLEY_CURVATURES

WALK_STEPS = 60


@dataclasses.dataclass(frozen=True)
class Walk:
    """A descent on the valley, seen at one of its steps.

    Attributes
    ----------
    points : array, shape (steps + 1, 2)
    losses : array, shape (steps + 1,)
    step : int
        Where on the way the picture stands.
    factors : array, shape (2,)
        By what each step multiplies the weight along the valley, and the weight across it.
    """

    points: np.ndarray
    losses: np.ndarray
    step: int
    factors: np.ndarray


def walk_valley(learning_rate, step):
    """Walk 60 steps of plain gradient descent down the valley, whose curvatures are 0.2 and 4.

    Parameters
    ----------
    learning_rate : float
    step : int
        From 0 to 60: kept in the result.

    Returns
    -------
    Walk
    """
    valley = SURFACES["valley"]
    way = descend(valley, SGD(learning_rate), valley.start, WALK_STEPS)
    return Walk(way.points, way.losses, step, 1 - learning_rate * np.array(VALLEY_CURVATURES))
