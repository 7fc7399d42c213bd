"""The phases of momentum: for every learning rate and momentum, how long a descent takes, or whether it ends at all."""

import dataclasses
import functools

import numpy as np

from helpers.optimizers import SGD
from helpers.studies.momentum.compute import lasts_from

STEPS = 200
SMALL = 1e-3
# A loss that is small at the last step, but not for good, is large again within half as many.
LOOKED_AT = STEPS + STEPS // 2
ROUNDING = 1e-12
START = 1.0
LEARNING_RATES = np.geomspace(0.01, 10, 64)
MOMENTA = np.linspace(0, 0.98, 60)


def walk(curvatures, optimizer, shape, steps):
    """Walk down a quadratic valley, and keep nothing but the last step.

    Parameters
    ----------
    curvatures : sequence of float
        One for each weight: the loss is ½ · (first · first weight² + second · second weight² + …).
    optimizer : helpers.optimizers.Optimizer
        A fresh one. Settings that are arrays of a shape that broadcasts against `shape` make as many walks at once.
    shape : tuple of int
        Of the grid of walks; () for a single one.
    steps : int

    Yields
    ------
    weights : array, shape (curvatures, *shape)
        First the start, where every weight is 1; changed in place by the next step.
    losses : array, shape `shape`
    """
    # Weights come first, so that each is one contiguous piece and the settings fit behind it without copies.
    curvatures = np.reshape(np.asarray(curvatures, dtype=float), (-1, *(1 for _ in shape)))
    weights = np.full((len(curvatures), *shape), START)
    gradient = np.empty_like(weights)
    # A walk that diverges is a lesson, not a warning.
    with np.errstate(all="ignore"):
        for step in range(steps + 1):
            if step:
                optimizer.update([weights], [gradient])
            np.multiply(weights, curvatures, out=gradient)
            yield weights, 0.5 * np.einsum("i...,i...->...", weights, gradient)


@dataclasses.dataclass(frozen=True)
class Phases:
    """How long descents take that differ in learning rate and momentum.

    Attributes
    ----------
    steps : array of int, shape (rows, columns)
        The first step from which on the loss stays at or below a thousandth of its start; 201 if it does not within 200 steps.
    grows : array of bool, shape (rows, columns)
        Whether the loss ends higher than it began.
    """

    steps: np.ndarray
    grows: np.ndarray


@functools.lru_cache(maxsize=16)
def compute_phases(first_curvature, second_curvature):
    """Run every pair of a learning rate and a momentum down one valley, all at once.

    Returns
    -------
    Phases
    """
    optimizer = SGD(LEARNING_RATES[np.newaxis, np.newaxis], MOMENTA[np.newaxis, :, np.newaxis])
    shape = len(MOMENTA), len(LEARNING_RATES)
    losses = np.array(
        [loss for _, loss in walk((first_curvature, second_curvature), optimizer, shape, LOOKED_AT)]
    )
    # What is no number any more is not small, and higher than at the start.
    return Phases(small_from(losses), ~(losses[STEPS] <= losses[0]))


def small_from(losses):
    """Return the first step from which on losses stay small, by their first axis; 201 if there is none."""
    return np.minimum(lasts_from(losses <= SMALL * losses[0]), STEPS + 1)


def edge(curvature, momentum):
    """Return the learning rate above which a weight of this curvature diverges: learning rate · curvature = 2 + 2 · momentum.

    Notes
    -----
    Polyak 1964, "Some methods of speeding up the convergence of iteration methods".
    """
    return (2 + 2 * momentum) / curvature


def best_momentum(learning_rate, curvature):
    """Return the momentum with which a hollow of one curvature is reached fastest: (1 - √(learning_rate · curvature))².

    It lies just where the path stops creeping and begins to swing (Polyak 1964). Meant for
    0 < learning_rate · curvature < 4; arrays broadcast.
    """
    return (1 - np.sqrt(learning_rate * curvature)) ** 2


def best_setting(first_curvature, second_curvature):
    """Return the learning rate and the momentum with which the slower of two weights is fastest: where the curves of both cross."""
    low, high = sorted(np.sqrt([first_curvature, second_curvature]))
    return float((2 / (low + high)) ** 2), float(((high - low) / (high + low)) ** 2)


CREEPS, JUMPS, OSCILLATES, STANDS, DIVERGES = "creeps", "jumps", "oscillates", "stands", "diverges"


def motion(curvature, learning_rate, momentum):
    """Say how one weight moves, and by what factor it shrinks a step in the long run.

    With a = learning rate · curvature, the rule reads next = (1 + momentum − a) · weight − momentum · last weight. Its
    solutions are powers zᵏ of the two roots of z² − (1 + momentum − a) z + momentum = 0; the larger root decides.

    Returns
    -------
    kind : str
        "creeps" (roots positive or 0), "jumps" (negative: a change of side each step), "oscillates" (complex), "stands" (on
        the edge: a root of size 1), or "diverges".
    factor : float
        Size of the larger root.
    """
    middle = 1 + momentum - learning_rate * curvature
    under_root = middle**2 - 4 * momentum
    # What rounding leaves on either side of a border is on it.
    if abs(under_root) < ROUNDING:
        under_root = 0
    beyond = learning_rate * curvature - (2 + 2 * momentum)
    if abs(beyond) < ROUNDING:
        return STANDS, 1.0
    if beyond > 0:
        kind = DIVERGES
    elif under_root < 0:
        return OSCILLATES, momentum**0.5
    else:
        kind = CREEPS if middle > -ROUNDING else JUMPS
    factor = (abs(middle) + under_root**0.5) / 2
    return kind, factor if factor > ROUNDING else 0.0


@dataclasses.dataclass(frozen=True)
class PhasePoint:
    """The phases of a valley, and the descent with one learning rate and one momentum.

    Attributes
    ----------
    curvatures : tuple of float
    learning_rate, momentum : float
    steps, grows : arrays
        As in `Phases`.
    weights : array, shape (steps + 1, 2)
    losses : array, shape (steps + 1,)
    small_from : int
        The first step from which on the loss stays small; 201 if there is none.
    motions : tuple of (str, float)
        Kind and factor of each weight.
    best : tuple of float
        The best learning rate and momentum.
    stopped_at : int or None
        The first step whose loss is no finite number any more; the arrays end before it.
    """

    curvatures: tuple
    learning_rate: float
    momentum: float
    steps: np.ndarray
    grows: np.ndarray
    weights: np.ndarray
    losses: np.ndarray
    small_from: int
    motions: tuple
    best: tuple
    stopped_at: int | None


def explore_phases(learning_rate, momentum, first_curvature, second_curvature):
    """Compute the phases of a valley, and one descent.

    Returns
    -------
    PhasePoint
    """
    curvatures = first_curvature, second_curvature
    phases = compute_phases(*curvatures)
    walked = walk(curvatures, SGD(learning_rate, momentum), (), LOOKED_AT)
    weights, losses = map(np.array, zip(*((here.copy(), loss) for here, loss in walked), strict=True))
    end = int(np.logical_and.accumulate(np.isfinite(losses)).sum())
    return PhasePoint(
        curvatures,
        learning_rate,
        momentum,
        phases.steps,
        phases.grows,
        weights[: min(end, STEPS + 1)],
        losses[: min(end, STEPS + 1)],
        int(small_from(losses)),
        tuple(motion(curvature, learning_rate, momentum) for curvature in curvatures),
        best_setting(*curvatures),
        end if end <= STEPS else None,
    )


def slower(point):
    """Return the number of the weight that takes longest, or is thrown furthest, and whether the other one is its equal.

    Parameters
    ----------
    point : PhasePoint
    """
    (_, first), (_, second) = point.motions
    return int(second > first), abs(first - second) < 1e-9
