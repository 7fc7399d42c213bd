"""A metric is a number for people to watch: it needs no derivative, because nothing is trained on it."""

import functools

import numpy as np

from helpers.errors import look_up, numbers
from helpers.language import Words
from helpers.tensor import value_of

_ = Words(__name__)

UNKNOWN = _("metric {name!r} is not known here. Known are {known}.")
NO_SAMPLES = _("{metric}: there are no predictions to count; the array has shape {shape}.")
NOT_ROWS = _(
    "{metric} expects a row of predictions for each sample, shape (samples, classes), but the predictions have shape {shape}. The truth stands first, the prediction second."
)
SHAPES_DIFFER = _(
    "{metric}: the targets have shape {y_true}, but for predictions of shape {y_pred} they need shape {wanted}."
)


def counted(kind):
    """Let a metric take lists, Tensors and a last axis of size 1 too many or too few, and refuse what does not fit.

    `kind` says what the targets are: "labels", one number a sample, "rows", or "entries", of any equal shapes.
    """

    def decorate(metric):
        name = metric.__name__

        @functools.wraps(metric)
        def checked(y_true, y_pred):
            y_true, y_pred = (numbers(value_of(y), name) for y in (y_true, y_pred))
            shape = y_pred.shape
            if kind != "entries" and len(shape) < 2:
                raise ValueError(NOT_ROWS.format(metric=name, shape=shape))
            if y_pred.size == 0:
                raise ValueError(NO_SAMPLES.format(metric=name, shape=shape))
            wanted = shape[:-1] if kind == "labels" else shape
            if y_true.shape not in (wanted, (*wanted, 1)) and (*y_true.shape, 1) != wanted:
                raise ValueError(
                    SHAPES_DIFFER.format(metric=name, y_true=y_true.shape, y_pred=shape, wanted=wanted)
                )
            return metric(y_true.reshape(wanted), y_pred)

        return checked

    return decorate


@counted("labels")
def sparse_categorical_accuracy(y_true, y_pred):
    """Share of samples whose most probable class is the label."""
    return np.mean(np.argmax(y_pred, axis=-1) == y_true)


@counted("rows")
def categorical_accuracy(y_true, y_pred):
    """Share of samples whose most probable class is the one marked in the one-hot row."""
    return np.mean(np.argmax(y_pred, axis=-1) == np.argmax(y_true, axis=-1))


@counted("entries")
def binary_accuracy(y_true, y_pred):
    """Share of entries that lie on the right side of one half."""
    return np.mean((y_pred > 0.5) == (y_true > 0.5))


def accuracy(y_true, y_pred):
    """Choose among the three accuracies by the shapes, as Keras does for the name "accuracy".

    The truth has shape (samples,), (samples, 1) or (samples, classes), the prediction (samples, 1) or (samples, classes).
    """
    if np.shape(y_pred)[-1:] == (1,):
        return binary_accuracy(y_true, y_pred)
    if np.shape(y_true) == np.shape(y_pred):
        return categorical_accuracy(y_true, y_pred)
    return sparse_categorical_accuracy(y_true, y_pred)


@counted("entries")
def mean_absolute_error(y_true, y_pred):
    """Average distance between prediction and truth, of equal sizes."""
    return np.mean(np.abs(np.subtract(y_pred, y_true, dtype=float)))


ACCURACIES = accuracy, binary_accuracy, categorical_accuracy, sparse_categorical_accuracy
METRICS = {metric.__name__: metric for metric in (*ACCURACIES, mean_absolute_error)}


def get_metric(metric):
    """Return a metric given by its name or as a function of (y_true, y_pred); a ValueError lists the keys of `METRICS`."""
    return metric if callable(metric) else look_up(UNKNOWN, metric, METRICS)
