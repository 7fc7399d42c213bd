"""Descents with momentum and what became of them: where a ball ends, and what momentum changed beside a run without it."""

import dataclasses
import functools

import numpy as np

from helpers.descent import descend
from helpers.optimizers import SGD, Adam, RMSprop
from helpers.surfaces import CURVES, SURFACES, VALLEY_CURVATURES

STEPS = 80
BALL_STEPS = 120
# What counts as arrived, here and in the loop of the reading notes.
CLOSE = 0.01
# A slope that leads nowhere in sight.
FLAT = 0.01
# A path that only flies through the minimum at the end of the run has not arrived.
STAYS = 5
# Who rests in a minimum has been as near as this, in each weight, at so many places; a ball that moves less than this a step, for
# so many steps, is at rest, too, and one that is farther away does not come back.
NEAR, RESTING_STEPS = 0.2, 10
RESTS, BEYOND = 0.005, 1e3
# Who jumps has done so at so many places, and who swings has risen between so many heights, up to the last.
JUMPING_PLACES, SWINGING_HEIGHTS = 12, 25
# A smaller move than this is none, and a smaller difference than that is rounding.
STIRS, ROUNDING = 1e-3, 1e-9
# Whether something still turns shows in as many steps as its slowest swings take.
LAST = 26

# Each makes an optimizer with a learning rate and a momentum, which may be arrays. For Adam, momentum is its beta_1.
RULES = {
    "momentum": SGD,
    "Nesterov": functools.partial(SGD, nesterov=True),
    "RMSprop": lambda learning_rate, momentum: RMSprop(learning_rate, momentum=momentum),
    "Adam": Adam,
}
# Their steps are divided by the size of the gradients, so that they lead on where there is hardly a slope.
SCALED = ("RMSprop", "Adam")
# Shares of the way from the middle of the picture to its sides.
STARTS = {
    "usual": None,
    "upper left": (-0.84, 0.73),
    "upper right": (0.84, 0.73),
    "lower left": (-0.84, -0.73),
    "lower right": (0.84, -0.73),
}


@dataclasses.dataclass(frozen=True)
class Run:
    """A descent of two weights, as far as its loss is a finite number.

    Attributes
    ----------
    points : array, shape (steps + 1, 2)
    heights : array, shape (steps + 1,)
        The loss above the deepest minimum.
    settled : int or None
        From which step on the height stays below 0.01.
    fate : str
        See `fate_of`.
    """

    points: np.ndarray
    heights: np.ndarray
    settled: int | None
    fate: str


@dataclasses.dataclass(frozen=True)
class Comparison:
    """A descent with momentum beside one without, from the same start.

    Attributes
    ----------
    surface : str
    momentum : float
    goal : int
        Steps within which the minimum should be reached; 0 if that is left open.
    run, plain : Run
        With momentum and without.
    """

    surface: str
    momentum: float
    goal: int
    run: Run
    plain: Run


def compare_momentum(surface, optimizer, start, learning_rate, momentum, goal=0):
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
    goal : int
        Steps within which the minimum should be reached; 0 if that is left open.

    Returns
    -------
    Comparison
    """
    ground = SURFACES[surface]
    momenta = momentum, 0.0
    rule = RULES[optimizer](learning_rate, np.reshape(momenta, (2, 1)))
    ways = descend(ground, rule, np.tile(start_of(ground, start), (2, 1)), STEPS)
    runs = []
    for way, share in enumerate(momenta):
        points, heights = finite_part(ground, ways.points[:, way], ways.losses[:, way])
        growth = growth_of(surface, optimizer, learning_rate, share)
        fate = fate_of(ground, points, heights, growth, optimizer in SCALED)
        runs.append(Run(points, heights, settled_at(heights), fate))
    return Comparison(surface, momentum, goal, *runs)


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
    end = np.logical_and.accumulate(fine).sum()
    heights = losses[:end] - surface.loss(surface.minima[0])
    return points[:end], np.maximum(heights, 0)


def lasts_from(holds):
    """Return the first step from which on something holds to the end; one more than the last where it does not hold there.

    Parameters
    ----------
    holds : array of bool, shape (steps + 1, ...)
    """
    return np.where(holds.all(axis=0), 0, len(holds) - holds[::-1].argmin(axis=0))


def settled_at(heights, close=CLOSE):
    """Return the step from which on all heights are below `close`; None if one of the last five is not."""
    first = int(lasts_from(heights < close))
    return first if len(heights) - first >= STAYS else None


def fate_of(surface, points, heights, growth=None, scaled=False):
    """Say in a word what became of a descent.

    Parameters
    ----------
    surface : helpers.surfaces.Surface
    points, heights : arrays
        As far as the loss is a finite number.
    growth : float or None
        See `growth_of`.
    scaled : bool
        Whether the optimizer is one of `SCALED`.

    Returns
    -------
    str
        "settled": at a deepest minimum.
        "diverges": thrown beyond all numbers, or ever farther.
        "edge": exactly between settling and diverging.
        "flat": thrown out to where the ground is flat.
        "local": at rest in a minimum that is not the deepest.
        "higher": higher than it began.
        "jumps": at another side after each step.
        "swings": going up and down.
        "creeps": going down.
    """
    if growth is not None and abs(growth - 1) < ROUNDING:
        return "edge"
    if len(heights) <= STEPS or (growth is not None and growth > 1):
        return "diverges"
    if settled_at(heights) is not None:
        return "settled"
    gradient = surface.loss_and_gradient(points[-1])[1]
    distances = [np.linalg.norm(point - surface.minima, axis=1).min() for point in (points[0], points[-1])]
    if not scaled and np.abs(gradient).max() < FLAT and distances[1] > distances[0] + 1:
        return "flat"
    last = heights[-RESTING_STEPS:]
    depths = surface.loss(surface.minima) - surface.loss(surface.minima[0])
    for minimum, depth in zip(surface.minima, depths, strict=True):
        near = np.abs(points[-RESTING_STEPS:] - minimum).max() < NEAR
        if near and depth > CLOSE and np.abs(last - depth).max() < CLOSE:
            return "local"
    if heights[-1] > heights[0]:
        return "higher"
    moves = np.diff(points[-JUMPING_PLACES:], axis=0)
    if (changes_sign(moves) & (np.abs(moves[1:]) > STIRS)).all(axis=0).any():
        return "jumps"
    return "swings" if rises(heights[-SWINGING_HEIGHTS:]) else "creeps"


def growth_of(surface, optimizer, learning_rate, momentum):
    """Return by what factor a descent on a quadratic surface grows a step in the long run; None where there is no such factor.

    Each weight follows next = (1 − a + m) · weight − m · last weight, with a = learning rate · curvature and m the momentum, or
    (1 − a) times the momentum with Nesterov's rule. The larger root of the characteristic polynomial decides.
    """
    curvatures = {"bowl": (1.0, 1.0), "valley": VALLEY_CURVATURES}.get(surface)
    if curvatures is None or optimizer not in ("momentum", "Nesterov"):
        return None
    sizes = []
    for product in learning_rate * np.array(curvatures):
        last = momentum * (1 - product) if optimizer == "Nesterov" else momentum
        sizes.append(np.abs(np.roots([1, -(1 - product + last), last])).max())
    return float(max(sizes))


def rises(heights):
    """Return at how many steps the loss went up by more than rounding does."""
    return int((np.diff(heights) > ROUNDING).sum())


def turns(points):
    """Return at how many steps a weight turned round; of two weights, the one that did so more often."""
    moves = np.diff(points, axis=0)
    return sign_changes(np.where(np.abs(moves) > STIRS, moves, 0))


def passes(surface, run):
    """Return how often a weight of a Run changed from one side of the nearest minimum to the other, before it settled; of two weights, the larger count."""
    minima = np.array(SURFACES[surface].minima)
    nearest = minima[np.argmin(np.linalg.norm(minima - run.points[-1], axis=1))]
    return sign_changes(run.points[: None if run.settled is None else run.settled + 1] - nearest)


def sign_changes(columns):
    """Return how often the numbers of a column change their sign from one row to the next; of several columns, the largest count."""
    return int(changes_sign(columns).sum(axis=0).max(initial=0))


def changes_sign(columns):
    """Return for each row but the first whether its numbers have another sign than those of the row before."""
    signs = np.sign(columns)
    return signs[1:] * signs[:-1] < 0


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
        See `ball_fate`.
    visited : tuple of int
        Numbers of the minima in whose hollows the ball has been, in order; 0 is the deepest.
    leaps : tuple of bool
        For each crossing of the hill, whether a single step led over it from beyond the minimum before it, so that the ball never
        climbed.
    """

    curve: str
    step: int
    points: np.ndarray
    losses: np.ndarray
    velocities: np.ndarray
    fate: str
    visited: tuple
    leaps: tuple


# Playing a roll asks for the same one at every step.
@functools.lru_cache(maxsize=16)
def roll_down(curve, learning_rate, momentum):
    """Return a Roll as it is at its last step."""
    surface = CURVES[curve]
    way = descend(surface, SGD(learning_rate, momentum), surface.start, BALL_STEPS)
    points, _ = finite_part(surface, way.points, way.losses)
    places = points[:, 0]
    velocities = np.diff(places, prepend=places[0])
    return Roll(
        curve,
        len(places) - 1,
        places,
        way.losses[: len(places)],
        velocities,
        ball_fate(surface, places),
        *crossings(surface, places),
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


def ball_fate(curve, places):
    """Say in a word what became of a ball.

    Returns
    -------
    str
        "settled": at rest in a minimum.
        "diverges": beyond the picture and ever farther.
        "jumps": still on another side of its minimum after each step.
        "swings": still turning.
        "creeps": still on its way.
    """
    last = places[-LAST:]
    if len(places) <= BALL_STEPS or abs(places[-1]) > BEYOND:
        return "diverges"
    minimum = min(np.ravel(curve.minima), key=lambda minimum: abs(minimum - last[-1]))
    if np.abs(np.diff(last))[-RESTING_STEPS:].max() < RESTS and abs(last[-1] - minimum) < 2 * RESTS:
        return "settled"
    turned = changes_sign(np.diff(last))
    if turned.all():
        return "jumps"
    return "swings" if turned.any() else "creeps"


def crossings(curve, places):
    """Return in which hollows a ball has been, one after the other, and how it came from one to the next.

    Returns
    -------
    hollows : tuple of int
        Numbers of minima.
    leaps : tuple of bool
        Whether the step over the hill began beyond the minimum, seen from the hill.
    """
    minima = np.ravel(curve.minima)
    if len(minima) == 1:
        return (0,), ()
    # Two minima, and the top of the hill between them.
    between = np.linspace(*np.sort(minima), 2001)
    top = between[np.argmax(curve.loss(between[:, np.newaxis]))]
    left, right = (int(np.argmin(minima)), int(np.argmax(minima)))
    sides = np.where(places < top, left, right)
    changes = np.flatnonzero(np.diff(sides))
    leaps = (abs(places[step] - top) > abs(minima[sides[step]] - top) for step in changes)
    return (int(sides[0]), *map(int, sides[changes + 1])), tuple(map(bool, leaps))
