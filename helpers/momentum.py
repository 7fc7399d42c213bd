"""Descents with momentum and what became of them: where a ball ends, and what momentum changed beside a run without it."""

import dataclasses
import functools

import numpy as np

from helpers.descent import descend
from helpers.optimizers import SGD, Adam, RMSprop
from helpers.surfaces import CURVES, SURFACES

STEPS = 80
BALL_STEPS = 120
# What counts as arrived, here and in the loop of the reading notes.
CLOSE = 0.01
# A path that only flies through the minimum at the end of the run has not arrived.
STAYS = 5

# Each makes an optimizer with a learning rate and a momentum, which may be arrays. For Adam, momentum is its beta_1.
RULES = {
    "momentum": SGD,
    "Nesterov": functools.partial(SGD, nesterov=True),
    "RMSprop": lambda learning_rate, momentum: RMSprop(learning_rate, momentum=momentum),
    "Adam": Adam,
}
# Shares of the way from the middle of the picture to its sides.
STARTS = {
    "usual": None,
    "upper left": (-0.84, 0.73),
    "upper right": (0.84, 0.73),
    "lower left": (-0.84, -0.73),
    "lower right": (0.84, -0.73),
}


@dataclasses.dataclass(frozen=True)
class Comparison:
    """A descent with momentum beside one without, from the same start.

    Attributes
    ----------
    surface : str
    momentum : float
    goal : int or None
        Steps within which the minimum should be reached.
    points, plain_points : array, shape (steps + 1, 2)
        With momentum and without; as far as the loss is a finite number.
    heights, plain_heights : array, shape (steps + 1,)
        The loss above the deepest minimum.
    settled, plain_settled : int or None
        From which step on the height stays below 0.01.
    fate, plain_fate : str
        See `fate_of`.
    stopped_at : int or None
        The step at which the loss with momentum is no finite number any more.
    """

    surface: str
    momentum: float
    goal: int | None
    points: np.ndarray
    heights: np.ndarray
    settled: int | None
    fate: str
    plain_points: np.ndarray
    plain_heights: np.ndarray
    plain_settled: int | None
    plain_fate: str
    stopped_at: int | None


def compare_momentum(surface, optimizer, start, learning_rate, momentum, goal=None):
    """Walk down a surface of two weights with a momentum and, in the same run, with none.

    Parameters
    ----------
    surface : str
        A name in `helpers.surfaces.SURFACES`.
    optimizer : str
        A name in `RULES`.
    start : str
        A name in `STARTS`.
    learning_rate, momentum : float
    goal : int or None
        Steps within which the minimum should be reached.

    Returns
    -------
    Comparison
    """
    surface = SURFACES[surface]
    rule = RULES[optimizer](learning_rate, np.array([[momentum], [0.0]]))
    ways = descend(surface, rule, np.tile(start_of(surface, start), (2, 1)), STEPS)
    (points, heights), (plain_points, plain_heights) = (
        finite_part(surface, ways.points[:, way], ways.losses[:, way]) for way in (0, 1)
    )
    return Comparison(
        surface.name,
        momentum,
        goal,
        points,
        heights,
        settled_at(heights),
        fate_of(surface, points, heights),
        plain_points,
        plain_heights,
        settled_at(plain_heights),
        fate_of(surface, plain_points, plain_heights),
        len(heights) if len(heights) <= STEPS else None,
    )


def start_of(surface, name):
    """Return the place in the picture of a surface that a name in `STARTS` stands for."""
    if STARTS[name] is None:
        return np.array(surface.start)
    low, high = np.transpose(surface.limits)
    return (low + high) / 2 + np.array(STARTS[name]) * (high - low) / 2


def finite_part(surface, points, losses):
    """Return points and heights of one descent before its loss is no finite number any more."""
    # Squares of what is larger are none that one could draw or compare.
    fine = (np.abs(points) < 1e100).all(axis=1) & (np.abs(losses) < 1e100)
    end = len(losses) if fine.all() else int(np.argmin(fine))
    heights = losses[:end] - surface.loss(surface.minima[0])
    return points[:end], np.maximum(heights, 0)


def settled_at(heights, close=CLOSE):
    """Return the step from which on all heights are below `close`; None if one of the last five is not."""
    above = np.flatnonzero(heights >= close)
    first = int(above[-1]) + 1 if len(above) else 0
    return first if len(heights) - first >= STAYS else None


def fate_of(surface, points, heights):
    """Say in a word what became of a descent.

    Returns
    -------
    {"settled", "diverges", "local", "swings", "creeps"}
        Settled at a deepest minimum; further up than at its start, or beyond all numbers; at rest in a minimum that is not the deepest;
        still going up and down; still going down, or hardly moving.
    """
    if settled_at(heights) is not None:
        return "settled"
    last = heights[-10:]
    if last.max() > 1.2 * heights[0] or np.abs(points[-1]).max() > 1e3:
        return "diverges"
    depths = surface.loss(surface.minima) - surface.loss(surface.minima[0])
    for minimum, depth in zip(surface.minima, depths, strict=True):
        near = np.abs(points[-5:] - minimum).max() < 0.3
        if near and depth > CLOSE and np.abs(last[-5:] - depth).max() < 3 * CLOSE:
            return "local"
    return "swings" if rises(heights[-25:]) >= 3 or turns(points[-25:]) >= 5 else "creeps"


def rises(heights):
    """Return at how many steps the loss went up."""
    return int((np.diff(heights) > 1e-6).sum())


def turns(points):
    """Return at how many steps a weight turned round; of two weights, the one that did so more often."""
    steps = np.sign(np.where(np.abs(np.diff(points, axis=0)) > 1e-3, np.diff(points, axis=0), 0))
    return int((steps[1:] * steps[:-1] < 0).sum(axis=0).max(initial=0))


@dataclasses.dataclass(frozen=True)
class Roll:
    """A ball on a curve.

    Attributes
    ----------
    curve : str
    step : int
        Where the ball is now; the last step that there is, if there are fewer.
    points, losses, velocities : array, shape (steps + 1,)
        Of all steps, also those that are still to come; a velocity is the last change of the weight.
    fate : str
        See `fate_of`.
    visited : tuple of int
        Numbers of the minima in whose hollows the ball has been, in order; 0 is the deepest.
    stopped_at : int or None
        The step at which the loss is no finite number any more.
    """

    curve: str
    step: int
    points: np.ndarray
    losses: np.ndarray
    velocities: np.ndarray
    fate: str
    visited: tuple
    stopped_at: int | None


# Playing a roll asks for the same one at every step.
@functools.lru_cache(maxsize=16)
def roll_down(curve, learning_rate, momentum):
    """Return a Roll as it is at its last step."""
    surface = CURVES[curve]
    way = descend(surface, SGD(learning_rate, momentum), surface.start, BALL_STEPS)
    points, heights = finite_part(surface, way.points, way.losses)
    fate = fate_of(surface, points, heights)
    places = points[:, 0]
    velocities = np.diff(places, prepend=places[0])
    stopped_at = len(places) if len(places) <= BALL_STEPS else None
    return Roll(
        curve,
        len(places) - 1,
        places,
        way.losses[: len(places)],
        velocities,
        fate,
        hollows(surface, places),
        stopped_at,
    )


def roll(curve, learning_rate, momentum, step):
    """Let a ball roll down a curve by gradient descent with momentum, and stop to look at one step.

    Parameters
    ----------
    curve : str
        A name in `helpers.surfaces.CURVES`.
    learning_rate, momentum : float
    step : int

    Returns
    -------
    Roll
    """
    whole = roll_down(curve, learning_rate, momentum)
    return dataclasses.replace(whole, step=min(step, whole.step))


def hollows(surface, places):
    """Return in which hollows a ball has been, one after the other, as numbers of minima."""
    minima = np.sort(np.ravel(surface.minima))
    if len(minima) == 1:
        return (0,)
    # Two minima, and the top of the hill between them.
    between = np.linspace(*minima, 2001)
    top = between[np.argmax(surface.loss(between[:, np.newaxis]))]
    number = {False: int(np.argmax(np.ravel(surface.minima))), True: int(np.argmin(np.ravel(surface.minima)))}
    sides = [number[bool(place < top)] for place in places]
    return tuple(side for side, before in zip(sides, [None, *sides], strict=False) if side != before)
