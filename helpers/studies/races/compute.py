"""Races between optimizers: all from one start, each with the learning rate that suits it, on surfaces and on digits."""

import dataclasses
import functools

import numpy as np

from helpers.descent import descend
from helpers.language import Words
from helpers.optimizers import SGD, Adagrad, Adam, RMSprop
from helpers.studies.momentum.compute import lasts_from
from helpers.studies.training.compute import train_digits
from helpers.surfaces import SURFACES, Surface, quadratic

_ = Words(__name__)

RACERS = {
    "SGD": SGD,
    "momentum": functools.partial(SGD, momentum=0.9),
    "Nesterov": functools.partial(SGD, momentum=0.9, nesterov=True),
    "Adagrad": Adagrad,
    "RMSprop": RMSprop,
    "Adam": Adam,
}
STEPS = 150
WATCHED_STEPS = 60
# An arrival counts if there is time left to see that it lasts.
STAYS = 10
NEAR = 0.01
LOST_ABOVE = 1e6
LEARNING_RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


def turn(function):
    """Return a surface turned by 45°: what was along one weight now changes both."""
    half = 0.5**0.5
    return lambda x, y: function(half * x + half * y, half * y - half * x)


TURNED = Surface(
    "turned valley",
    turn(quadratic(0.2, 4)),
    ((-5, 5), (-4, 4)),
    (-4.1, -1.84),
    ((0.0, 0.0),),
    _("the valley, turned by 45°: now every step across it changes both weights"),
)
TRACKS = SURFACES | {TURNED.name: TURNED}


class Team:
    """Optimizers side by side as one: each moves a row of the parameters, and knows nothing of the others.

    Parameters
    ----------
    optimizers : list of helpers.optimizers.Optimizer
    """

    def __init__(self, optimizers):
        self.optimizers = optimizers

    def update(self, parameters, gradients):
        """Move row i of each parameter, in place, with optimizer i."""
        for row, optimizer in enumerate(self.optimizers):
            optimizer.update(
                [parameter[row] for parameter in parameters], [gradient[row] for gradient in gradients]
            )


@dataclasses.dataclass(frozen=True)
class Race:
    """A race on a surface; the racers come in the order of `RACERS`, with as many learning rates each as one likes.

    Attributes
    ----------
    points : array, shape (steps + 1, racers, ..., 2)
    losses : array, shape (steps + 1, racers, ...)
        How far the loss lies above the lowest one of the surface. Who is lost stays where he was before.
    arrived : array of int, shape (racers, ...)
        The first step from which on the loss stays within 0.01 of the lowest one; steps + 1 if it does not, or does so for less than
        10 steps.
    lost : array of int, shape (racers, ...)
        The first step with a loss above a million, or none at all; steps + 1 if there is none.
    """

    points: np.ndarray
    losses: np.ndarray
    arrived: np.ndarray
    lost: np.ndarray


def race(surface, learning_rates, steps=STEPS):
    """Let all optimizers walk down a surface from its start.

    Parameters
    ----------
    surface : helpers.surfaces.Surface
    learning_rates : array_like, shape (racers, ...)
    steps : int

    Returns
    -------
    Race
    """
    learning_rates = np.asarray(learning_rates, dtype=float)
    team = Team(
        [make(rates[..., np.newaxis]) for make, rates in zip(RACERS.values(), learning_rates, strict=True)]
    )
    way = descend(surface, team, np.broadcast_to(surface.start, (*learning_rates.shape, 2)), steps)
    # Where the numbers of all are lost, so is every step that is missing.
    missing = np.full((steps + 1 - len(way.losses), *learning_rates.shape), np.inf)
    losses = np.concatenate([way.losses - surface.loss(surface.minima[0]), missing])
    count = np.arange(steps + 1).reshape(-1, *(1 for _ in learning_rates.shape))
    lost = np.where(~(losses <= LOST_ABOVE), count, steps + 1).min(axis=0)
    last = np.minimum(count, lost - 1)
    losses = np.take_along_axis(losses, last, axis=0)
    points = np.take_along_axis(way.points, last[..., np.newaxis], axis=0)
    arrived = lasts_from(losses <= NEAR)
    arrived[(arrived > steps - STAYS) | (lost <= steps)] = steps + 1
    return Race(points, losses, arrived, lost)


@functools.cache
def tune(name):
    """Try every learning rate of the grid on a surface, for every optimizer.

    Returns
    -------
    learning_rates : array, shape (racers,)
        With which each arrives first; of those that arrive together, or never, the one whose mean loss over the last 10 steps is
        lowest: a single step may touch the minimum by chance.
    arrived : array of int, shape (racers,)
        As in `Race`.
    """
    tried = race(TRACKS[name], np.tile(LEARNING_RATES, (len(RACERS), 1)))
    best = [
        np.lexsort(keys)[0] for keys in zip(tried.losses[-STAYS:].mean(axis=0), tried.arrived, strict=True)
    ]
    return np.take(LEARNING_RATES, best), tried.arrived[np.arange(len(best)), best]


@functools.lru_cache(maxsize=32)
def race_tuned(name, factor):
    """Race on a surface for 60 steps, each optimizer with a multiple of the learning rate that suits it."""
    return race(TRACKS[name], factor * tune(name)[0], WATCHED_STEPS)


@dataclasses.dataclass(frozen=True)
class RaceMoment:
    """One step of a race, with all that came before and comes after.

    Attributes
    ----------
    surface : str
    step : int
    learning_rates : array, shape (racers,)
    points, losses, lost : arrays
        As in `Race`.
    """

    surface: str
    step: int
    learning_rates: np.ndarray
    points: np.ndarray
    losses: np.ndarray
    lost: np.ndarray


def watch_race(surface, factor, step):
    """Return a moment of the race on a surface, by its name, with a multiple of the tuned learning rates."""
    run = race_tuned(surface, factor)
    return RaceMoment(surface, step, factor * tune(surface)[0], run.points, run.losses, run.lost)


def ranking(losses):
    """Return the numbers of the racers by their losses, the lowest first; of equals, the one that comes first in `RACERS`.

    Losses are compared by two digits, and below a millionth all are equal: no machine's rounding decides a race.
    """
    return sorted(range(len(losses)), key=lambda racer: float(f"{max(losses[racer], 1e-6):.1e}"))


# Digits

DIGIT_STEPS = 200
# Small enough for OpenBLAS to stay with one thread: on a busy machine, two threads that wait for each other are slow.
DIGIT_BATCH = 10
DIGIT_RATES = {
    "SGD": (0.02, 0.05, 0.1, 0.2),
    "momentum": (0.005, 0.01, 0.02, 0.05),
    "Nesterov": (0.005, 0.01, 0.02, 0.05),
    "Adagrad": (0.02, 0.05, 0.1, 0.2),
    "RMSprop": (0.001, 0.002, 0.005, 0.01),
    "Adam": (0.001, 0.002, 0.005, 0.01),
}
TUNING_SEED = 100


def train_digits_with(optimizer, seed, steps=DIGIT_STEPS):
    """Train a network on digits; return its mean loss over the last 20 batches, infinite if it overflowed, and its accuracy."""
    run = train_digits(optimizer, DIGIT_BATCH, seed, steps, check_every=steps)
    loss = np.inf if run.stopped_at else float(run.losses[-20:].mean())
    return loss, float(run.accuracies[-1])


@dataclasses.dataclass(frozen=True)
class DigitRace:
    """A race on the digits; the racers come in the order of `RACERS`.

    Attributes
    ----------
    learning_rates : array, shape (racers, rates)
    tried : array, shape (racers, rates)
        Share of test digits that are read correctly, with the weights and batches of one seed.
    chosen : array of int, shape (racers,)
        Which learning rate had the lowest training loss.
    shares : array, shape (racers, seeds)
        With this learning rate, and the weights and batches of other seeds.
    """

    learning_rates: np.ndarray
    tried: np.ndarray
    chosen: np.ndarray
    shares: np.ndarray


def race_digits(seeds):
    """Tune every optimizer on one seed, and let all race on others, with the same budget of steps.

    Parameters
    ----------
    seeds : sequence of int
        Each draws first weights and batches, the same for all optimizers.

    Returns
    -------
    DigitRace
    """
    learning_rates = np.array([DIGIT_RATES[name] for name in RACERS])
    tries = np.array(
        [
            [train_digits_with(make(rate), TUNING_SEED) for rate in rates.tolist()]
            for make, rates in zip(RACERS.values(), learning_rates, strict=True)
        ]
    )
    chosen = tries[..., 0].argmin(axis=1)
    shares = [
        [train_digits_with(make(rates[index]), seed)[1] for seed in seeds]
        for make, rates, index in zip(RACERS.values(), learning_rates.tolist(), chosen, strict=True)
    ]
    return DigitRace(learning_rates, tries[..., 1], chosen, np.array(shares))
