"""A network's training as a path: each step moves one point through a space of as many dimensions as there are weights."""

import dataclasses
import functools

import numpy as np

from helpers.datasets import bundled_digits, shrink, shuffled_batches
from helpers.descent import losses_on_plane
from helpers.losses import sparse_categorical_crossentropy
from helpers.operations import matmul, relu, softmax, softmax_cross_entropy
from helpers.optimizers import SGD
from helpers.studies.training.projections import principal_axes
from helpers.tensor import Tensor

DIGITS = 1000
HIDDEN = 16
SHAPES = ((196, HIDDEN), (HIDDEN,), (HIDDEN, 10), (10,))
STEPS = 60
# In a browser, the loss of all digits takes longer than a step does.
CHECK_EVERY = 2

# The fixed plane is fitted to these runs: learning rate, momentum, batch size.
REFERENCES = ((0.1, 0.0, 32), (0.5, 0.0, 32), (1.0, 0.0, 250), (0.1, 0.9, 32))
MARGIN = 0.35
GRID = (33, 27)


@functools.cache
def small_digits():
    """Return the first 1,000 training digits at half resolution, shape (1000, 196), and their labels, shape (1000,)."""
    (images, labels), _ = bundled_digits()
    return shrink(images[:DIGITS]), labels[:DIGITS]


def draw_weights(seed=0):
    """Draw the weights of a 196-16-10 network as `helpers.layers.Dense` does: kernels uniform, biases 0."""
    random = np.random.default_rng(seed)
    weights = []
    for shape in SHAPES:
        limit = np.sqrt(6 / sum(shape)) if len(shape) == 2 else 0
        weights.append(random.uniform(-limit, limit, shape))
    return weights


def forward(x, weights):
    """Read digits with a network of two layers.

    Parameters
    ----------
    x : array, shape (digits, pixels)
    weights : list of arrays or Tensors
        Kernel and bias of the hidden layer, kernel and bias of the output layer.

    Returns
    -------
    array or Tensor, shape (digits, 10)
        A probability for each class.
    """
    W1, b1, W2, b2 = weights
    hidden = relu(x @ W1 + b1)
    return softmax(hidden @ W2 + b2)


def forward_scores(x, weights, activation=relu):
    """Run a network as `forward` does, with any number of hidden layers, up to its softmax; return the scores."""
    for kernel, bias in zip(weights[:-2:2], weights[1:-2:2], strict=True):
        # What @ does in a browser, matmul does faster.
        x = activation(matmul(x, kernel) + bias)
    return matmul(x, weights[-2]) + weights[-1]


def loss_and_gradients(weights, x, y):
    """Measure the loss on a batch, and its gradient by each array of weights.

    Parameters
    ----------
    weights : list of arrays
    x : array, shape (digits, pixels)
    y : array of int, shape (digits,)

    Returns
    -------
    loss : float
    gradients : list of arrays, of the shapes of the weights
    """
    tensors = [Tensor(array) for array in weights]
    loss = sparse_categorical_crossentropy(y, forward(x, tensors))
    loss.backward()
    return loss.value, [tensor.gradient for tensor in tensors]


def join(arrays):
    """Lay out arrays of any shapes as one row: a point in the space of all their entries."""
    return np.concatenate([array.ravel() for array in arrays])


def cut(point, shapes=SHAPES):
    """Cut a row into the arrays that it was joined from: a point of weight space, if no other shapes are given."""
    ends = np.cumsum([np.prod(shape) for shape in shapes])
    return [part.reshape(shape) for part, shape in zip(np.split(point, ends[:-1]), shapes, strict=True)]


def train(weights, x, y, batch_size, optimizer, steps, every=1):
    """Train by stochastic gradient descent, and keep the way.

    Parameters
    ----------
    weights : list of arrays
        The start; left as it is.
    x : array, shape (digits, pixels)
    y : array of int, shape (digits,)
    batch_size : int
        1 is true SGD, `len(x)` is batch SGD, anything between is mini-batch SGD.
    optimizer : helpers.optimizers.Optimizer
    steps : int
    every : int
        Keep the weights after each so many steps.

    Returns
    -------
    points : array, shape (1 + steps // every, weights)
        The start, and the weights that were kept, each as one row.
    losses : array, shape (steps,)
        Loss of each step on its own batch, before the weights are moved.
    """
    weights = [array.copy() for array in weights]
    points, losses = [join(weights)], []
    batches = shuffled_batches(len(x), batch_size, steps, np.random.default_rng(0))
    for step, batch in enumerate(batches, 1):
        loss, gradients = loss_and_gradients(weights, x[batch], y[batch])
        optimizer.update(weights, gradients)
        losses.append(loss)
        if step % every == 0:
            points.append(join(weights))
    return np.array(points), np.array(losses)


def digit_loss(point):
    """Loss of the network at a point of weight space on all 1,000 digits."""
    x, y = small_digits()
    # From the scores: a probability is cut off at 10⁻⁷, and what is thrown far out would cost too little.
    return softmax_cross_entropy(forward_scores(x, cut(point)), y)


@dataclasses.dataclass(frozen=True)
class WeightPlane:
    """A plane through weight space, and the loss on it.

    Attributes
    ----------
    centre : array, shape (weights,)
    axes : array, shape (2, weights)
        Unit vectors at right angles.
    shares : array, shape (2,)
        Of the variance of the points that the plane was fitted to, along each axis.
    first, second : array
        Coordinates of the grid.
    losses : array, shape (len(second), len(first))
    """

    centre: np.ndarray
    axes: np.ndarray
    shares: np.ndarray
    first: np.ndarray
    second: np.ndarray
    losses: np.ndarray


def fit_plane(points):
    """Fit a plane to points of weight space, and measure the loss on a grid around them.

    Parameters
    ----------
    points : array, shape (points, weights)

    Returns
    -------
    WeightPlane
    """
    centre, axes, shares = principal_axes(points)
    flat = (points - centre) @ axes.T
    low, high = flat.min(axis=0), flat.max(axis=0)
    room = MARGIN * (high - low)
    first, second = (
        np.linspace(*ends, count) for *ends, count in zip(low - room, high + room, GRID, strict=True)
    )
    losses = network_losses_on_plane(*small_digits(), centre, axes, first, second)
    return WeightPlane(centre, axes, shares, first, second, losses)


def network_losses_on_plane(x, y, centre, axes, first, second):
    """Measure the network's loss on digits at the points of a grid, as `helpers.descent.losses_on_plane` does, but faster.

    What the hidden layer computes before relu is linear in the weights: it lies on a plane, too. So the product with the
    digits, by far the most work, is needed three times only: for the centre and for both axes.
    """
    shapes = ((len(x), HIDDEN), *SHAPES[2:])

    def pass_first_layer(point):
        W1, b1, W2, b2 = cut(point)
        return join((x @ W1 + b1, W2, b2))

    def loss(row):
        before, W2, b2 = cut(row, shapes)
        return softmax_cross_entropy(relu(before) @ W2 + b2, y)

    return losses_on_plane(loss, pass_first_layer(centre), map(pass_first_layer, axes), first, second)


def share_on_plane(points, plane):
    """Share of the points' variance that lies in the plane's two directions, from 0 to 1."""
    moves = points - points.mean(axis=0)
    return float(((moves @ plane.axes.T) ** 2).sum() / (moves**2).sum())


@functools.cache
def reference_plane():
    """Fit one plane to a few runs, so that a picture moves smoothly from one setting to the next."""
    runs = [
        train(draw_weights(), *small_digits(), batch_size, SGD(rate, momentum), STEPS)[0]
        for rate, momentum, batch_size in REFERENCES
    ]
    return fit_plane(np.concatenate(runs))


@dataclasses.dataclass(frozen=True)
class DigitPath:
    """A short training, seen on the reference plane.

    Attributes
    ----------
    flat : array, shape (steps + 1, 2)
        The path's coordinates on the plane.
    checked_steps, losses : array, shape (checks,)
        After which steps the loss of all 1,000 digits was measured, and what it was.
    share : float
        Share of the path's variance that the plane shows.
    length : float
        Of the path in weight space.
    silent_units : int
        Hidden units that give 0 for every digit at the end, so that no gradient reaches them.
    """

    flat: np.ndarray
    checked_steps: np.ndarray
    losses: np.ndarray
    share: float
    length: float
    silent_units: int


def walk_digits(learning_rate, momentum, batch_size):
    """Train a 196-16-10 network for 60 steps, always from the same weights, and look at its path on the reference plane.

    Parameters
    ----------
    learning_rate, momentum : float
    batch_size : int

    Returns
    -------
    DigitPath
    """
    plane = reference_plane()
    points, _ = train(draw_weights(), *small_digits(), batch_size, SGD(learning_rate, momentum), STEPS)
    checked_steps = np.arange(0, len(points), CHECK_EVERY)
    losses = np.array([digit_loss(point) for point in points[checked_steps]])
    length = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
    W1, b1, _, _ = cut(points[-1])
    x, _ = small_digits()
    return DigitPath(
        (points - plane.centre) @ plane.axes.T,
        checked_steps,
        losses,
        share_on_plane(points, plane),
        float(length),
        int((matmul(x, W1) + b1 <= 0).all(axis=0).sum()),
    )
