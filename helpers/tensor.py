"""A Tensor remembers how it was computed, so that `backward` can find the derivative of one number by all others."""

import functools

import numpy as np

from helpers.errors import explain_shapes

NOT_A_SCALAR = "backward() starts from one number, usually the loss, but this tensor has shape {shape}. Sum or average it first."
KEYWORD_TENSOR = (
    "{operation}() takes its tensors by position: write {operation}(tensor), not {operation}({name}=tensor)."
)

NO_DERIVATIVE = (
    "{operation}() has no derivative by its argument number {name}: give it an array, not a Tensor."
)


class Tensor:
    """An array together with the operation and the tensors that it came from.

    Parameters
    ----------
    value : array_like
        Numbers of any shape. Floating point types are kept; integers and booleans become float64.
    operation : str, optional
        Name of the operation that made the value; None for a tensor made by hand.
    parents : sequence of (Tensor, function), optional
        The tensors that the operation used, each with the function that carries a gradient back to it.

    Attributes
    ----------
    gradient : numpy.ndarray or None
        Derivative of the number that `backward` was called on, of the shape of `value`; None before.
    """

    __slots__ = ("gradient", "operation", "parents", "value")
    # NumPy leaves `array * tensor` to the tensor instead of multiplying entry by entry.
    __array_ufunc__ = None

    def __init__(self, value, operation=None, parents=()):
        value = np.asarray(value)
        self.value = value if value.dtype.kind == "f" else value.astype(float)
        self.gradient = None
        self.operation, self.parents = operation, parents

    @property
    def shape(self):
        return self.value.shape

    @property
    def dtype(self):
        return self.value.dtype

    def __repr__(self):
        numbers = np.array2string(self.value, separator=", ", threshold=20)
        return f"Tensor({numbers}, shape={self.shape}, dtype={self.dtype})"

    def backward(self):
        """Set `gradient` on this tensor, which holds one number, and on every tensor that it was computed from."""
        backward(self)


def backward(result):
    """Set `gradient` on a result and on every tensor that it was computed from.

    Each call starts afresh; within one call, a tensor that is used twice receives the sum of both gradients; tensors
    outside of this graph keep their old gradient.
    Gradients of different tensors may share their memory: copy one before you change it in place.

    Parameters
    ----------
    result : Tensor
        Of one number, usually the loss.

    Raises
    ------
    ValueError
        If the result holds more than one number.
    """
    if result.value.size != 1:
        raise ValueError(NOT_A_SCALAR.format(shape=result.shape))
    order = ancestors(result)
    for tensor in order:
        tensor.gradient = None
    result.gradient = np.ones_like(result.value)
    for tensor in reversed(order):
        for parent, carry_back in tensor.parents:
            gradient = unbroadcast(carry_back(tensor.gradient), parent.value)
            parent.gradient = gradient if parent.gradient is None else parent.gradient + gradient


def ancestors(tensor):
    """List a tensor and all that it was computed from, each one before those that use it."""
    order, seen, stack = [], set(), [(tensor, False)]
    while stack:
        tensor, parents_are_listed = stack.pop()
        if parents_are_listed:
            order.append(tensor)
        elif id(tensor) not in seen:
            seen.add(id(tensor))
            stack.append((tensor, True))
            stack.extend((parent, False) for parent, _ in tensor.parents)
    return order


def unbroadcast(gradient, value):
    """Sum a gradient over the axes along which broadcasting repeated `value`; keep the shape and dtype of `value`."""
    gradient = np.asarray(gradient, dtype=value.dtype)
    if gradient.shape == value.shape:
        return gradient
    added = tuple(range(gradient.ndim - value.ndim))
    gradient = gradient.sum(axis=added)
    repeated = tuple(axis for axis, size in enumerate(value.shape) if size == 1)
    return gradient.sum(axis=repeated, keepdims=True)


def differentiable(operation):
    """Let an operation on arrays take Tensors too, and record the result in the graph.

    `operation(*arrays)` returns its value and, for each input, a function that turns the gradient of the value into
    the gradient of that input (the vector-Jacobian product). Without a Tensor among the inputs the value is returned
    as it is, and nothing is recorded.
    """

    @functools.wraps(operation)
    def call(*inputs, **options):
        refuse_tensors(operation, KEYWORD_TENSOR, options)
        arrays = [plain(x) for x in inputs]
        try:
            value, *carry_back = operation(*arrays, **options)
        except ValueError as error:
            raise ValueError(explain_shapes(operation.__name__, arrays, error)) from error
        count = len(carry_back)
        refuse_tensors(operation, NO_DERIVATIVE, dict(enumerate(inputs[count:], count + 1)))
        parents = [(x, back) for x, back in zip(inputs, carry_back, strict=False) if isinstance(x, Tensor)]
        return Tensor(value, operation.__name__, parents) if parents else value

    return call


def plain(x):
    """Return the array of a Tensor or a list; anything else as it is."""
    if isinstance(x, Tensor):
        return x.value
    return np.asarray(x) if isinstance(x, list) else x


def refuse_tensors(operation, sentence, inputs):
    """Raise a TypeError if an input that no gradient can reach is a Tensor; `inputs` maps its name or number to it."""
    for name, x in inputs.items():
        if isinstance(x, Tensor):
            raise TypeError(sentence.format(operation=operation.__name__, name=name))
