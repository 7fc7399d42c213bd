"""The loss of a real digit classifier as a landscape: a plane through its weights, and what the network says there."""

import dataclasses
import functools

import numpy as np

from helpers.datasets import bundled_digits, shrink
from helpers.descent import losses_on_plane
from helpers.layers import Dense
from helpers.metrics import accuracy
from helpers.models import Sequential
from helpers.operations import relu, softmax, softmax_cross_entropy
from helpers.optimizers import SGD

UNITS = 16
SHAPES = ((196, UNITS), (UNITS,), (UNITS, 10), (10,))
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
        return softmax_cross_entropy(score(weights, self.inputs), self.labels)


def predict(weights, inputs):
    """Run the 196-16-10 network; return its probabilities, of the shape of its scores."""
    return softmax(score(weights, inputs))


def score(weights, inputs):
    """Run the 196-16-10 network up to its softmax.

    Parameters
    ----------
    weights : array, shape (3322,)
        Kernel and bias of the first layer, then of the second, in one row.
    inputs : array, shape (n, 196)

    Returns
    -------
    numpy.ndarray, shape (n, 10)
    """
    W1, b1, W2, b2 = split(weights, SHAPES)
    return relu(inputs @ W1 + b1) @ W2 + b2


def split(row, shapes):
    """Cut one long row of numbers into arrays of the given shapes."""
    ends = np.cumsum([np.prod(shape) for shape in shapes])[:-1]
    return [part.reshape(shape) for part, shape in zip(np.split(row, ends), shapes, strict=True)]


@functools.cache
def digit_landscape():
    """Train the network from two starts on the bundled digits; the same Landscape at every call."""
    (images, labels), _ = bundled_digits()
    inputs = shrink(images)
    start, network_a = train(inputs, labels, seed=0)
    _, network_b = train(inputs, labels, seed=1)
    return Landscape(start, network_a, network_b, inputs[:MEASURED], labels[:MEASURED])


def train(inputs, labels, seed):
    """Return the weights of a network before and after ten epochs, each in one row."""
    model = Sequential([Dense(UNITS, "relu"), Dense(10, "softmax")], seed)
    model.compile(SGD(0.3, momentum=0.9), "sparse_categorical_crossentropy")
    model.build(inputs.shape[1:])
    start = in_one_row(model.parameters)
    model.fit(inputs, labels, epochs=10, batch_size=64, verbose=0)
    return start, in_one_row(model.parameters)


def in_one_row(parameters):
    return np.concatenate([parameter.value.ravel() for parameter in parameters]).astype(float)


@functools.cache
def heights():
    """Measure the loss of the landscape at the points of a grid; shape (33, 33), a row for each share of the way to B.

    The scores of the first layer are a linear function of the weights. So they, too, lie on a plane, and its three
    corners, with three products of the inputs, give the scores at all points.
    """
    landscape = digit_landscape()
    shapes = ((MEASURED, UNITS), *SHAPES[2:])

    def pass_first_layer(weights):
        W1, b1, W2, b2 = split(weights, SHAPES)
        return np.concatenate([(landscape.inputs @ W1 + b1).ravel(), W2.ravel(), b2])

    def loss(row):
        scores, W2, b2 = split(row, shapes)
        return softmax_cross_entropy(relu(scores) @ W2 + b2, landscape.labels)

    start, end_a, end_b = map(pass_first_layer, (landscape.start, landscape.network_a, landscape.network_b))
    return losses_on_plane(loss, start, (end_a - start, end_b - start), COORDINATES, COORDINATES)


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


def stand(to_a, to_b, digit):
    """Return what the network at a place of the landscape does, with all digits and with one of a given label."""
    landscape = digit_landscape()
    scores = score(landscape.weights_at(to_a, to_b), landscape.inputs)
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
