"""A loss says with one number how far predictions are from the truth: the mean over the samples of a batch.

Arguments stand in Keras' order: the truth first, then the prediction.
"""

import numpy as np

from helpers import operations
from helpers.errors import look_up
from helpers.tensor import Tensor

SHAPES_DIFFER = "{loss}: the targets have shape {y_true}, but the predictions have shape {y_pred}; both must be equal.{hint}"
USE_SPARSE = " For labels (one number a sample) use sparse_categorical_crossentropy."
USE_CATEGORICAL = (
    "sparse_categorical_crossentropy expects one label a sample, shape ({samples},), but the targets have shape "
    "{shape}. For one-hot rows use categorical_crossentropy."
)
LABEL_COUNT = "There are {labels} labels, but predictions for {samples} samples."
LABEL_TYPE = "Labels must be whole numbers, but these are of type {dtype}."

# Keras' smallest probability, so that the logarithm stays finite.
EPSILON = 1e-7


def mean_squared_error(y_true, y_pred):
    """Average of (prediction - truth)², over all entries of arrays of equal shape."""
    y_pred = floats(y_pred)
    check_equal_shapes("mean_squared_error", y_true, y_pred)
    return operations.mean((y_pred - np.asarray(y_true, y_pred.dtype)) ** 2)


def categorical_crossentropy(y_true, y_pred):
    """Average surprise, in nats, of one-hot targets: -log(probability given to the right class).

    Parameters
    ----------
    y_true : array, shape (samples, classes)
        A one in the column of the right class, zeros elsewhere; or any probabilities.
    y_pred : Tensor or array, shape (samples, classes)
        Probabilities. If they come from a softmax, the loss goes back to the scores before it and so stays exact
        where a probability is too small to be told from zero; the probabilities then receive no gradient.
    """
    y_pred = floats(y_pred)
    hint = USE_SPARSE if np.ndim(y_true) == 1 else ""
    check_equal_shapes("categorical_crossentropy", y_true, y_pred, hint)
    if isinstance(y_pred, Tensor) and y_pred.operation == "softmax":
        ((logits, _),) = y_pred.parents
        return operations.softmax_cross_entropy(logits, np.asarray(y_true, logits.dtype))
    log_probabilities = operations.log(operations.maximum(y_pred, EPSILON))
    return -operations.sum(np.asarray(y_true, y_pred.dtype) * log_probabilities) / len(y_true)


def sparse_categorical_crossentropy(y_true, y_pred):
    """Average surprise, in nats, of labels: -log(probability given to the right class).

    Parameters
    ----------
    y_true : array of int, shape (samples,)
        Number of the right class, from 0.
    y_pred : Tensor or array, shape (samples, classes)
        Probabilities; see `categorical_crossentropy`.
    """
    y_pred = floats(y_pred)
    labels, (samples, classes) = np.asarray(y_true), y_pred.shape
    if labels.ndim != 1:
        raise ValueError(USE_CATEGORICAL.format(samples=samples, shape=labels.shape))
    if len(labels) != samples:
        raise ValueError(LABEL_COUNT.format(labels=len(labels), samples=samples))
    if labels.dtype.kind not in "iu":
        raise TypeError(LABEL_TYPE.format(dtype=labels.dtype))
    return categorical_crossentropy(operations.one_hot(labels, classes, y_pred.dtype), y_pred)


LOSSES = {
    "mean_squared_error": mean_squared_error,
    "mse": mean_squared_error,
    "categorical_crossentropy": categorical_crossentropy,
    "sparse_categorical_crossentropy": sparse_categorical_crossentropy,
}


def get_loss(loss):
    """Return a loss given by its name or as a function of (y_true, y_pred)."""
    return loss if callable(loss) else look_up("loss", loss, LOSSES)


def floats(y_pred):
    """Return predictions as a Tensor, or as an array of floating point numbers."""
    return y_pred if isinstance(y_pred, Tensor) else operations.floating(y_pred)


def check_equal_shapes(loss, y_true, y_pred, hint=""):
    if np.shape(y_true) != y_pred.shape:
        raise ValueError(
            SHAPES_DIFFER.format(loss=loss, y_true=np.shape(y_true), y_pred=y_pred.shape, hint=hint)
        )
