"""What the judges of trained networks share: the digits, read from their file, and a network that is trained in plain loops."""

import functools
import pathlib

import numpy as np

ARCHIVE = pathlib.Path(__file__).resolve().parents[3] / "data" / "mnist_5k.npz"


@functools.cache
def load_digits():
    """Return the digits of the course as they lie in their file: images and labels to learn from, and to be tested on."""
    with np.load(ARCHIVE) as archive:
        return tuple(archive[name] for name in ("x_train", "y_train", "x_test", "y_test"))


@functools.cache
def half_resolution():
    """Return the training digits with each square of 2 × 2 pixels averaged, shape (4000, 196), from 0 to 1."""
    images = load_digits()[0].astype(float)
    small = (images[:, ::2, ::2] + images[:, 1::2, ::2] + images[:, ::2, 1::2] + images[:, 1::2, 1::2]) / 4
    return small.reshape(len(images), 196) / 255


def draw_kernel(random, rows, columns):
    """Draw weights uniformly within ±√(6 / (rows + columns))."""
    limit = (6 / (rows + columns)) ** 0.5
    return random.uniform(-limit, limit, (rows, columns))


def run_network(weights, x):
    """Return the hidden units and the scores of a network with one relu layer."""
    W1, b1, W2, b2 = weights
    hidden = np.maximum(x @ W1 + b1, 0)
    return hidden, hidden @ W2 + b2


def log_probabilities(scores):
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def cross_entropy(scores, labels):
    return -log_probabilities(scores)[np.arange(len(labels)), labels].mean()


def gradients(weights, x, labels):
    """Return the loss on a batch, and its derivatives by the four arrays of weights."""
    hidden, scores = run_network(weights, x)
    rows = np.arange(len(labels))
    logs = log_probabilities(scores)
    error = np.exp(logs)
    error[rows, labels] -= 1
    error /= len(labels)
    back = error @ weights[2].T * (hidden > 0)
    return -logs[rows, labels].mean(), (x.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0))


def descend(weights, batches, learning_rate, momentum):
    """Yield the loss of each batch and the weights after its step of gradient descent with momentum."""
    velocities = [np.zeros_like(array) for array in weights]
    rate, momentum = (weights[0].dtype.type(number) for number in (learning_rate, momentum))
    for x, labels in batches:
        loss, slopes = gradients(weights, x, labels)
        velocities = [momentum * v - rate * g for v, g in zip(velocities, slopes, strict=True)]
        weights = [w + v for w, v in zip(weights, velocities, strict=True)]
        yield loss, weights


@functools.lru_cache(maxsize=100)
def batches_of(samples, size, steps):
    """Return the places of the samples in each batch: all of them in a new order, then all of them in another one."""
    random, batches = np.random.default_rng(0), []
    while len(batches) < steps:
        order = random.permutation(samples)
        batches += [order[start : start + size] for start in range(0, samples, size)]
    return batches[:steps]
