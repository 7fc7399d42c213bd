"""Every tensor operation with its derivatives beside it: the value first, then one function an input.

Each function after the value carries a gradient `g` of the result back to one input (a vector-Jacobian product).
`differentiable` unwraps Tensors, records the graph and undoes broadcasting, so no line here thinks about them.
"""

import numpy as np

from helpers import tensor
from helpers.errors import checked_by, numbers, whole_number
from helpers.language import Words
from helpers.tensor import Tensor

_ = Words(__name__)

EMPTY = _("an average needs at least one number, and here is none: look where the array became empty")
SCORES = _(
    "the scores must be a table with a row for each sample and a column for each class; reshape them to (samples, classes)"
)
LABEL_TYPE = _("Labels must be whole numbers, but these are of type {dtype}: write labels.astype(int).")
LABEL_RANK = _("Labels must stand in one row, one for each sample, but these have shape {shape}.")
TARGETS = _("the targets have shape {targets}, but each logit needs its own")
LABEL_RANGE = _(
    "Labels must lie between 0 and {last}, because there are {classes} classes, but label {label} occurs."
)


OPERATIONS = {}


def differentiable(operation):
    """Let an operation take Tensors, as that of `helpers.tensor` does, and list it under its name."""
    OPERATIONS[operation.__name__] = call = tensor.differentiable(operation)
    return call


def refuse_empty(x, *inputs, **options):
    """Refuse to divide by the number of no entries; NumPy would warn and give nan."""
    if np.size(x) == 0:
        raise ValueError(EMPTY)


# Arithmetic, entry by entry


@differentiable
def add(x, y):
    return x + y, lambda g: g, lambda g: g


@differentiable
def subtract(x, y):
    return x - y, lambda g: g, lambda g: -g


@differentiable
def multiply(x, y):
    return x * y, lambda g: g * y, lambda g: g * x


@differentiable
def divide(x, y):
    value = x / y
    return value, lambda g: g / y, lambda g: -g * value / y


@differentiable
def negative(x):
    return -x, lambda g: -g


@differentiable
def power(x, y):
    """Raise x to the power y; x**0 has slope 0, and 0**y has slope 0 where y is not negative, as in PyTorch."""
    value = x**y
    # In the type of the value: NumPy takes the logarithm of small whole numbers in half precision.
    x, y = np.asarray(x, value.dtype), np.asarray(y, value.dtype)
    return (
        value,
        lambda g: g * y * np.where(y == 0, 1, x) ** (y - 1),
        lambda g: g * value * np.log(np.where((x == 0) & (y >= 0), 1, x)),
    )


@differentiable
def exp(x):
    value = np.exp(x)
    return value, lambda g: g * value


@differentiable
def log(x):
    return np.log(x), lambda g: g / x


@differentiable
def maximum(x, y):
    """Take the larger of two entries; where they are equal, the gradient goes to y, as `relu` has it at 0."""
    return np.maximum(x, y), lambda g: g * (x > y), lambda g: g * (x <= y)


# Activations


@differentiable
def relu(x):
    """Keep positive entries and set the others to 0; the slope at 0 is taken as 0."""
    return np.maximum(x, 0), lambda g: g * (x > 0)


@differentiable
@np.errstate(invalid="ignore")
def sigmoid(x):
    """Squeeze each entry between 0 and 1 by 1 / (1 + exp(-x)), written so that no exponential overflows."""
    value = np.exp(-np.logaddexp(0, -floating(x, "sigmoid")))
    return value, lambda g: g * value * (1 - value)


@differentiable
def tanh(x):
    value = np.tanh(x)
    return value, lambda g: g * (1 - value**2)


@differentiable
def softmax(x):
    """Turn scores into probabilities that sum to 1 along the last axis."""
    x = floating(x, "softmax")
    exponentials = np.exp(x - x.max(axis=-1, keepdims=True, initial=-np.inf))
    value = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return value, lambda g: value * (g - (g * value).sum(axis=-1, keepdims=True))


# Sums and products over axes


@differentiable
def sum(x, axis=None, keepdims=False):
    return np.sum(x, axis=axis, keepdims=keepdims), lambda g: repeat(g, x, axis, keepdims)


@differentiable
@checked_by(refuse_empty)
def mean(x, axis=None, keepdims=False):
    value = np.mean(x, axis=axis, keepdims=keepdims)
    return value, lambda g: repeat(g, x, axis, keepdims) * (np.size(value) / np.size(x))


@differentiable
def matmul(x, y):
    """Multiply matrices, or stacks of them; a vector counts as one row on the left, as one column on the right."""
    value = np.matmul(x, y)
    rows = x if x.ndim > 1 else x[np.newaxis, :]
    columns = y if y.ndim > 1 else y[:, np.newaxis]
    shape = np.broadcast_shapes(rows.shape[:-2], columns.shape[:-2]) + (rows.shape[-2], columns.shape[-1])
    return (
        value,
        lambda g: np.matmul(g.reshape(shape), columns.swapaxes(-1, -2)),
        lambda g: np.matmul(rows.swapaxes(-1, -2), g.reshape(shape)).reshape(shape[:-2] + y.shape[-2:]),
    )


@differentiable
@checked_by(refuse_empty)
def softmax_cross_entropy(logits, targets):
    """Average over the samples, in nats, of the cross-entropy between targets and the softmax of logits, in one safe step.

    The gradient by the logits is (softmax − targets) / samples: no probability is ever divided by, so none can
    underflow (Bridle 1990, "Probabilistic interpretation of feedforward classification network outputs").

    Parameters
    ----------
    logits : array or Tensor, shape (samples, classes)
        Scores before the softmax, of any size.
    targets : array, shape (samples, classes) or (samples,)
        A row of probabilities a sample, or the number of the right class.
    """
    logits, targets = floating(logits, "softmax_cross_entropy"), np.asarray(targets)
    if logits.ndim != 2:
        raise ValueError(SCORES)
    samples, classes = logits.shape
    if targets.ndim == 1:
        targets = one_hot(targets, classes, logits.dtype)
    if targets.shape != logits.shape:
        raise ValueError(TARGETS.format(targets=targets.shape))
    shifted = logits - logits.max(axis=-1, keepdims=True)
    exponentials = np.exp(shifted)
    totals = exponentials.sum(axis=-1, keepdims=True)
    # A class that cannot be right, at a score of minus infinity, costs nothing.
    losses = targets * np.where(targets == 0, 0, np.log(totals) - shifted)
    weights = targets.sum(axis=-1, keepdims=True)
    return losses.sum() / samples, lambda g: (exponentials * (weights / totals) - targets) * (g / samples)


# The same numbers in another shape or order


@differentiable
def reshape(x, shape):
    return np.reshape(x, shape), lambda g: np.reshape(g, np.shape(x))


@differentiable
def transpose(x, axes=None):
    value = np.transpose(x, axes)
    return value, lambda g: np.transpose(g, None if axes is None else np.argsort(np.mod(axes, value.ndim)))


@differentiable
def getitem(x, index):
    """Pick entries as `x[index]` does; an entry that is picked twice receives both gradients."""

    def put_back(g):
        gradient = np.zeros_like(x)
        np.add.at(gradient, index, g)
        return gradient

    return x[index], put_back


# What the rules above need


def floating(x, taker):
    """Return whole numbers as float64, floating point numbers as they are: uint8 cannot be negative."""
    x = numbers(x, taker)
    return x if x.dtype.kind == "f" else x.astype(float)


def repeat(g, x, axis, keepdims):
    """Give each entry of `x` the gradient of the sum over `axis` that it went into."""
    if axis is not None and not keepdims:
        g = np.expand_dims(g, axis)
    return g + np.zeros_like(x)


def one_hot(labels, classes, dtype=np.float32):
    """Return a row of zeros for each label, with a one in the label's column.

    Parameters
    ----------
    labels : array_like of int, shape (samples,)
        From 0 to classes - 1; a ValueError or TypeError says which is not.
    classes : int
        How many columns there are.

    Returns
    -------
    numpy.ndarray, shape (samples, classes)
    """
    labels, classes = np.asarray(labels), whole_number("classes", classes)
    if labels.ndim != 1:
        raise ValueError(LABEL_RANK.format(shape=labels.shape))
    if labels.size == 0:
        return np.zeros((0, classes), dtype)
    if labels.dtype.kind not in "iu":
        raise TypeError(LABEL_TYPE.format(dtype=labels.dtype))
    for label in (labels.min(), labels.max()):
        if not 0 <= label < classes:
            raise ValueError(LABEL_RANGE.format(last=classes - 1, classes=classes, label=label))
    rows = np.zeros((len(labels), classes), dtype)
    rows[np.arange(len(labels)), labels] = 1
    return rows


def bind(symbol, operation):
    """Let Python's symbol for an operation call it, whether the Tensor stands to its left or to its right."""
    setattr(Tensor, f"__{symbol}__", operation)
    setattr(Tensor, f"__r{symbol}__", lambda right, left: operation(left, right))


bind("add", add)
bind("sub", subtract)
bind("mul", multiply)
bind("truediv", divide)
bind("pow", power)
bind("matmul", matmul)
Tensor.__neg__ = negative
Tensor.__getitem__ = lambda x, index: getitem(x, index=index)
