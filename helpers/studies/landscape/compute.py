"""The loss of a real digit classifier as a landscape: a plane through its weights, and what the network says there."""

import dataclasses
import functools

import numpy as np

from helpers.datasets import bundled_digits, shrink
from helpers.layers import Dense
from helpers.metrics import accuracy
from helpers.models import Sequential
from helpers.operations import softmax, softmax_cross_entropy
from helpers.optimizers import SGD
from helpers.studies.paths.compute import HIDDEN, cut, forward_scores, join, network_losses_on_plane

MEASURED = 500
COORDINATES = np.linspace(-0.5, 1.5, 33)


@dataclasses.dataclass(frozen=True)
class Landscape:
    """A plane through the 3,322 weights of a 196-16-10 network, and the digits on which its loss is measured.

    Attributes
    ----------
    start, network_a, network_b : array, shape (3322,)
        Random weights, what training made of them, and what it made of other random weights.
    inputs : array, shape (500, 196)
        Training digits, from `helpers.datasets.shrink`.
    labels : array of int, shape (500,)
    """

    start: np.ndarray
    network_a: np.ndarray
    network_b: np.ndarray
    inputs: np.ndarray
    labels: np.ndarray

    def weights_at(self, to_a, to_b):
        """Go from the start a share of the way to network A, and a share of the way to network B."""
        return self.start + to_a * (self.network_a - self.start) + to_b * (self.network_b - self.start)

    def loss(self, weights):
        """Return the average cross-entropy of a network with these weights."""
        return softmax_cross_entropy(forward_scores(self.inputs, cut(weights)), self.labels)


@functools.cache
def digit_landscape():
    """Train the network from two starts on the bundled digits; the same Landscape at every call."""
    (images, labels), _ = bundled_digits()
    inputs = shrink(images)
    start, network_a = train_network(inputs, labels, seed=0)
    _, network_b = train_network(inputs, labels, seed=1)
    return Landscape(start, network_a, network_b, inputs[:MEASURED], labels[:MEASURED])


def train_network(inputs, labels, seed):
    """Return the weights of a network before and after ten epochs, each in one row."""
    model = Sequential([Dense(HIDDEN, "relu"), Dense(10, "softmax")], seed)
    model.compile(SGD(0.3, momentum=0.9), "sparse_categorical_crossentropy")
    model.build(inputs.shape[1:])
    start = weights_of(model)
    model.fit(inputs, labels, epochs=10, batch_size=64, verbose=0)
    return start, weights_of(model)


def weights_of(model):
    return join([parameter.value for parameter in model.parameters]).astype(float)


@functools.cache
def heights():
    """Measure the loss of the landscape at the points of a grid; shape (33, 33), a row for each share of the way to B."""
    land = digit_landscape()
    ways = land.network_a - land.start, land.network_b - land.start
    return network_losses_on_plane(land.inputs, land.labels, land.start, ways, COORDINATES, COORDINATES)


@dataclasses.dataclass(frozen=True)
class Place:
    """What a network at one place of the landscape does.

    Attributes
    ----------
    to_a, to_b : float
        The place.
    loss, accuracy : float
        On the landscape's digits.
    image : array, shape (14, 14)
        One of them.
    label : int
    probabilities : array, shape (10,)
        What the network says about it.
    coordinates : array, shape (n,)
        Of the grid, along both directions.
    heights : array, shape (n, n)
        The loss at the points of the grid.
    """

    to_a: float
    to_b: float
    loss: float
    accuracy: float
    image: np.ndarray
    label: int
    probabilities: np.ndarray
    coordinates: np.ndarray
    heights: np.ndarray


def visit(to_a, to_b, digit):
    """Return what the network at a place of the landscape does, with all digits and with one of a given label."""
    landscape = digit_landscape()
    scores = forward_scores(landscape.inputs, cut(landscape.weights_at(to_a, to_b)))
    shown = np.argmax(landscape.labels == digit)
    return Place(
        to_a,
        to_b,
        float(softmax_cross_entropy(scores, landscape.labels)),
        float(accuracy(landscape.labels, scores)),
        landscape.inputs[shown].reshape(14, 14),
        digit,
        softmax(scores[shown]),
        COORDINATES,
        heights(),
    )
