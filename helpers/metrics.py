"""A metric is a number for people to watch: it needs no derivative, because nothing is trained on it."""

import numpy as np

from helpers.errors import look_up


def sparse_categorical_accuracy(y_true, y_pred):
    """Share of samples whose most probable class is the label."""
    return np.mean(np.argmax(y_pred, axis=-1) == y_true)


def categorical_accuracy(y_true, y_pred):
    """Share of samples whose most probable class is the one marked in the one-hot row."""
    return np.mean(np.argmax(y_pred, axis=-1) == np.argmax(y_true, axis=-1))


def binary_accuracy(y_true, y_pred):
    """Share of entries that lie on the right side of one half."""
    return np.mean((np.asarray(y_pred) > 0.5) == (np.asarray(y_true) > 0.5))


def accuracy(y_true, y_pred):
    """Choose among the three accuracies by the shapes, as Keras does for the name "accuracy".

    Parameters
    ----------
    y_true : array, shape (samples,), (samples, 1) or (samples, classes)
    y_pred : array, shape (samples, 1) or (samples, classes)
    """
    if np.shape(y_pred)[-1] == 1:
        return binary_accuracy(np.reshape(y_true, np.shape(y_pred)), y_pred)
    if np.shape(y_true) == np.shape(y_pred):
        return categorical_accuracy(y_true, y_pred)
    return sparse_categorical_accuracy(np.reshape(y_true, np.shape(y_pred)[:-1]), y_pred)


def mean_absolute_error(y_true, y_pred):
    """Average distance between prediction and truth, of equal sizes."""
    return np.mean(np.abs(np.subtract(y_pred, np.reshape(y_true, np.shape(y_pred)), dtype=float)))


METRICS = {
    "accuracy": accuracy,
    "binary_accuracy": binary_accuracy,
    "categorical_accuracy": categorical_accuracy,
    "sparse_categorical_accuracy": sparse_categorical_accuracy,
    "mean_absolute_error": mean_absolute_error,
}


def get_metric(metric):
    """Return a metric given by its name or as a function of (y_true, y_pred)."""
    return metric if callable(metric) else look_up("metric", metric, METRICS)
