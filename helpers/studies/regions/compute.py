"""Classify points of the plane with a small network, and keep every epoch of its training, so that one can watch it."""

import dataclasses
import functools

import numpy as np

from helpers.layers import ACTIVATIONS, Dense
from helpers.metrics import accuracy
from helpers.models import Diverged, Sequential
from helpers.operations import softmax, softmax_cross_entropy
from helpers.studies.momentum.compute import RULES
from helpers.studies.paths.compute import forward_scores

EPOCHS = 120
POINTS = 160
NEW_POINTS = 400
BATCH_SIZE = 40
# Half the width of the square that is looked at, and of its grid of samples.
EDGE = 1.25
GRID = 61

OPTIMIZERS = {"SGD": RULES["momentum"], "RMSprop": RULES["RMSprop"], "Adam": RULES["Adam"]}


@dataclasses.dataclass(frozen=True)
class Regions:
    """What a network says of the plane after some epochs.

    Attributes
    ----------
    points : array, shape (points, 2)
        The training points.
    labels : array of 0 and 1, shape (points,)
    losses : array, shape (epochs + 1,)
        Loss on all training points, before training and after each epoch; fewer if the training stopped early.
    probabilities : array, shape (61, 61)
        Probability of class 1 on a grid over the square from -1.25 to 1.25; a row for each second coordinate.
    folds : array, shape (units, 3)
        For each unit of the first layer the two weights and the bias: it switches where w₁x₁ + w₂x₂ + b = 0.
    right, new_right : float
        Share of the training points, and of points that were never trained on, that are classified correctly.
    stopped_at : int or None
        The epoch in which the loss or a weight was no finite number any more; all else is from before it.
    """

    points: np.ndarray
    labels: np.ndarray
    losses: np.ndarray
    probabilities: np.ndarray
    folds: np.ndarray
    right: float
    new_right: float
    stopped_at: int | None = None


# Each data set takes shares of the way along its shape, from 0 to 1, shape (n,), and a random generator. It returns the points of
# class 0 and those of class 1, both of shape (n, 2), and the standard deviation of the noise that moves them.


def moons(share, random):
    """Two half circles, each reaching into the other."""
    angle = np.pi * share
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    lower = np.stack([0.5 - np.cos(angle), 0.25 - np.sin(angle)], axis=1)
    return 0.65 * upper, 0.65 * lower, 0.09


def circles(share, random):
    """A ring around a disc."""
    angle = 2 * np.pi * share
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return 0.95 * circle, 0.5 * np.sqrt(random.uniform(size=(len(share), 1))) * circle, 0.06


def spiral(share, random):
    """Two arms that wind around each other one and a half times."""
    radius = 0.1 + 0.9 * share
    angle = 3 * np.pi * share
    arm = radius[:, np.newaxis] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return arm, -arm, 0.04


def xor(share, random):
    """Four squares of which those that lie across from each other are of one class."""
    corner = random.uniform(0.1, 1, (len(share), 2))
    side = np.where(np.arange(len(share)) % 2, 1, -1)[:, np.newaxis]
    return corner * side, corner[::-1] * side * [1, -1], 0.06


DATA_SETS = {"moons": moons, "circles": circles, "spiral": spiral, "xor": xor}


def make_points(name, count=POINTS, seed=0):
    """Scatter points of two classes over the plane.

    Parameters
    ----------
    name : {"moons", "circles", "spiral", "xor"}
    count : int
        An even number: half of the points are of class 0, half of class 1.
    seed : int

    Returns
    -------
    points : array, shape (count, 2), float32
        Between about -1 and 1.
    labels : array of 0 and 1, shape (count,)
    """
    random = np.random.default_rng(seed)
    one, other, noise = DATA_SETS[name](np.linspace(0, 1, count // 2), random)
    points = np.concatenate([one, other])
    points += random.normal(0, noise, points.shape)
    return points.astype(np.float32), np.repeat([0, 1], count // 2)


class GrowingTraining:
    """One training that goes on where it stopped, and remembers the weights of every epoch."""

    def __init__(self, data, width, depth, activation, optimizer, learning_rate, momentum):
        self.points, self.labels = make_points(data)
        self.activation = ACTIVATIONS[activation]
        layers = [Dense(width, activation) for _ in range(depth)]
        self.model = Sequential([*layers, Dense(2, "softmax")], seed=0)
        self.model.compile(OPTIMIZERS[optimizer](learning_rate, momentum), "sparse_categorical_crossentropy")
        self.model.build((2,))
        self.weights, self.losses = [], []
        self.stopped_at = None
        self.remember()

    def remember(self):
        """Keep the weights and the loss of now; return whether all are finite."""
        weights = [parameter.value.astype(float) for parameter in self.model.parameters]
        loss = self.measure_loss(weights)
        finite = bool(np.isfinite(loss)) and all(np.isfinite(array).all() for array in weights)
        if finite:
            self.weights.append(weights)
            self.losses.append(loss)
        return finite

    def measure_loss(self, weights):
        with np.errstate(all="ignore"):
            return softmax_cross_entropy(self.scores(weights, self.points), self.labels)

    def scores(self, weights, points):
        """Return the scores of points before the softmax, in float64, where no product of float32 weights overflows."""
        return forward_scores(np.asarray(points, float), weights, self.activation)

    def reach(self, epoch):
        """Train on until there is an epoch of this number, or until nothing more can be learned."""
        while len(self.weights) <= epoch and self.stopped_at is None:
            try:
                self.model.fit(self.points, self.labels, epochs=1, batch_size=BATCH_SIZE, verbose=0)
                finite = self.remember()
            except Diverged:
                finite = False
            if not finite:
                self.stopped_at = len(self.weights)


# Whoever watches a training asks for one epoch after the other: each must cost one epoch, not all before it.
start_training = functools.lru_cache(maxsize=8)(GrowingTraining)


def train_regions(data, width, depth, activation, optimizer, learning_rate, momentum, epochs):
    """Train a network on points of two classes, always from the same weights, and look at what it says of the plane.

    Parameters
    ----------
    data : {"moons", "circles", "spiral", "xor"}
    width, depth : int
        Units in each hidden layer, and number of hidden layers.
    activation : {"relu", "tanh", "sigmoid", "linear"}
        Of the hidden layers.
    optimizer : {"SGD", "RMSprop", "Adam"}
    learning_rate, momentum : float
        For Adam, the momentum is `beta_1`.
    epochs : int
        A later epoch of settings that were asked for before continues the same run.

    Returns
    -------
    Regions
    """
    training = start_training(data, width, depth, activation, optimizer, learning_rate, momentum)
    training.reach(epochs)
    weights = training.weights[min(epochs, len(training.weights) - 1)]
    new_points, new_labels = new_points_of(data)
    line = np.linspace(-EDGE, EDGE, GRID)
    square = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    probabilities = softmax(training.scores(weights, square))[:, 1]
    stopped_at = training.stopped_at
    if stopped_at is not None and stopped_at > epochs:
        stopped_at = None
    return Regions(
        training.points,
        training.labels,
        np.array(training.losses[: epochs + 1]),
        probabilities.reshape(GRID, GRID),
        np.column_stack([weights[0].T, weights[1]]),
        float(accuracy(training.labels, training.scores(weights, training.points))),
        float(accuracy(new_labels, training.scores(weights, new_points))),
        stopped_at,
    )


@functools.cache
def new_points_of(data):
    return make_points(data, NEW_POINTS, seed=1)
