"""A loss says with one number how far predictions are from the truth: the mean over the samples of a batch.

Arguments stand in Keras' order: the truth first, then the prediction.
"""

import numpy as np

from helpers import operations
from helpers.errors import WITH_HINT, look_up, numbers
from helpers.language import Words
from helpers.tensor import Tensor

_ = Words(__name__)

UNKNOWN = _("loss {name!r} is not known here. Known are {known}.")
SWAPPED = _(
    "{loss}: the truth stands first here, as in Keras, and the prediction second: write {loss}(y_true, y_pred). The truth is an array, never a Tensor; of one that is to stay as it is, take its value."
)
SHAPES_DIFFER = _(
    "{loss}: the targets have shape {y_true}, but the predictions have shape {y_pred}; both must be equal."
)
USE_SPARSE = _("For labels (one number a sample) use sparse_categorical_crossentropy.")
RESHAPE = _("Reshape one of them so that each target stands beside its prediction.")
USE_CATEGORICAL = _(
    "sparse_categorical_crossentropy expects one label a sample, shape ({samples},), but the targets have shape {shape}. For one-hot rows use categorical_crossentropy."
)
NOT_ROWS = _(
    "{loss} expects a row of probabilities for each sample, shape (samples, classes), but the predictions have shape {shape}. Reshape them; a single sample is a table of one row."
)
NO_SAMPLES = _("{loss}: there are no samples to average over; the predictions have shape {shape}.")
LABEL_COUNT = _("There are {labels} labels, but predictions for {samples} samples.")

# Keras' smallest probability, so that the logarithm stays finite.
EPSILON = 1e-7


def mean_squared_error(y_true, y_pred):
    """Average of (prediction - truth)², over all entries of arrays of equal shape."""
    y_true, y_pred = pair("mean_squared_error", y_true, y_pred)
    return operations.mean((y_pred - y_true) ** 2)


def categorical_crossentropy(y_true, y_pred):
    """Average surprise, in nats, of one-hot targets: -log(probability given to the right class).

    Targets, with a one in the column of the right class, or any probabilities, and predictions have shape (samples, classes).
    If these come from a softmax, the loss goes back to the scores before it and so stays exact where a probability is too
    small to be told from zero; the probabilities then receive no gradient.
    """
    y_true, y_pred = pair("categorical_crossentropy", y_true, y_pred, USE_SPARSE)
    check_rows("categorical_crossentropy", y_pred)
    return surprise(y_true, y_pred)


def sparse_categorical_crossentropy(y_true, y_pred):
    """Average surprise, in nats, of labels, shape (samples,), that number the right class from 0.

    The probabilities, shape (samples, classes), are those of `categorical_crossentropy`.
    """
    labels, y_pred = in_order("sparse_categorical_crossentropy", y_true, y_pred)
    check_rows("sparse_categorical_crossentropy", y_pred, y_true)
    samples, classes = y_pred.shape
    if labels.shape == (samples, 1):
        labels = labels[:, 0]
    if labels.ndim != 1:
        raise ValueError(USE_CATEGORICAL.format(samples=samples, shape=labels.shape))
    if len(labels) != samples:
        raise ValueError(LABEL_COUNT.format(labels=len(labels), samples=samples))
    return surprise(operations.one_hot(labels, classes, y_pred.dtype), y_pred)


def surprise(y_true, y_pred):
    """Average -log(probability) of targets that were looked at: two arrays of the same shape and type."""
    if isinstance(y_pred, Tensor) and y_pred.operation == "softmax":
        ((logits, _),) = y_pred.parents
        return operations.softmax_cross_entropy(logits, y_true)
    log_probabilities = operations.log(operations.maximum(y_pred, EPSILON))
    return -operations.sum(y_true * log_probabilities) / len(y_true)


LOSSES = {
    "mean_squared_error": mean_squared_error,
    "mse": mean_squared_error,
    "categorical_crossentropy": categorical_crossentropy,
    "sparse_categorical_crossentropy": sparse_categorical_crossentropy,
}


def get_loss(loss):
    """Return a loss given by its name or as a function of (y_true, y_pred); a ValueError lists the keys of `LOSSES`."""
    return loss if callable(loss) else look_up(UNKNOWN, loss, LOSSES)


def in_order(loss, y_true, y_pred):
    """Return targets as an array, and predictions as a Tensor or as an array of floating point numbers."""
    if isinstance(y_true, Tensor):
        raise TypeError(SWAPPED.format(loss=loss))
    y_true = numbers(y_true, loss)
    return y_true, y_pred if isinstance(y_pred, Tensor) else operations.floating(y_pred, loss)


def pair(loss, y_true, y_pred, use_sparse=""):
    """Return targets of the type of the predictions, and predictions of the same shape, or say what does not fit."""
    y_true, y_pred = in_order(loss, y_true, y_pred)
    if y_true.shape != y_pred.shape:
        hint = RESHAPE if y_true.size == np.prod(y_pred.shape) else use_sparse if y_true.ndim == 1 else ""
        sentence = SHAPES_DIFFER.format(loss=loss, y_true=y_true.shape, y_pred=y_pred.shape)
        raise ValueError(WITH_HINT.format(sentence=sentence, hint=hint) if hint else sentence)
    return y_true.astype(y_pred.dtype, copy=False), y_pred


def check_rows(loss, y_pred, y_true=None):
    if np.ndim(y_true) == 2 and len(y_pred.shape) == 1:
        raise ValueError(SWAPPED.format(loss=loss))
    if len(y_pred.shape) != 2:
        raise ValueError(NOT_ROWS.format(loss=loss, shape=y_pred.shape))
    if 0 in y_pred.shape:
        raise ValueError(NO_SAMPLES.format(loss=loss, shape=y_pred.shape))
