"""A Tensor remembers how it was computed, so that `backward` can find the derivative of one number by all others."""

import functools
import inspect

import numpy as np

from helpers.errors import checked_by, explain, numbers
from helpers.language import Words

_ = Words(__name__)

NOT_A_SCALAR = _(
    "backward() starts from one number, usually the loss, but this tensor has shape {shape}. Sum or average it first."
)
KEYWORD_TENSOR = _("{call} takes its tensors by position: write a Tensor without {name}= before it.")
NO_DERIVATIVE = _("{call} has no derivative by its {name}: give an array or numbers there, not a Tensor.")
ONLY_OUTSIDE = _(
    "NumPy can neither compute with a Tensor nor put it into an array: no gradient would reach it. Use the operations of helpers.operations, such as exp, sum and matmul, or tensor.value for its numbers alone."
)
NOT_A_TENSOR = _(
    "A graph is walked from a Tensor, but here {kind} came. Make a Tensor of what the gradient is wanted for, first."
)

# What says how to compute, or is only compared with: no gradient reaches it, and a tuple there is no row of numbers.
SETTINGS = {"axes", "axis", "index", "keepdims", "shape", "targets"}


def need_numbers(tensor, value, operation=None, parents=()):
    numbers(value, "Tensor")


def need_tensor(tensor):
    if not isinstance(tensor, Tensor):
        raise TypeError(NOT_A_TENSOR.format(kind=type(tensor).__name__))


class Tensor:
    """An array together with the operation and the tensors that it came from.

    The way back computes with the values that stand there when it is walked. So change a value in place only after
    `backward`, as optimizers do; what was changed between forward and backward gives a mixture of both.

    Parameters
    ----------
    value : array_like
        Real numbers of any shape. Floating point types are kept, and the tensor shares the memory of such an array: a
        change of one is a change of the other. Integers and booleans become float64, in memory of their own.
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
    __array_priority__ = 1

    @checked_by(need_numbers)
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
        entries = np.array2string(self.value, separator=", ", threshold=20)
        return f"Tensor({entries}, shape={self.shape}, dtype={self.dtype})"

    def backward(self):
        """Set `gradient` on this tensor, which holds one number, and on every tensor that it was computed from."""
        backward(self)


def value_of(x):
    """Return the array of a Tensor, and everything else as it is."""
    return x.value if isinstance(x, Tensor) else x


# A slope may well be infinite, as that of a root at 0: no reason to warn a learner of a division in here.
@np.errstate(all="ignore")
@checked_by(need_tensor)
def backward(result):
    """Set `gradient` on a Tensor of one number, usually the loss, and on every tensor that it was computed from.

    Each call starts afresh; within one call, a tensor that is used twice receives the sum of both gradients; tensors
    outside of this graph keep their old gradient.
    Gradients of different tensors may share their memory: copy one before you change it in place.

    Parameters
    ----------
    result : Tensor
        Of one number, in any shape; a TypeError or ValueError says what else came.
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


@checked_by(need_tensor)
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

    `operation(*arrays, **settings)` returns its value and, for each array, a function that turns the gradient of the
    value into the gradient of that array (the vector-Jacobian product). Without a Tensor among the inputs the value is
    returned as it is, and nothing is recorded.
    """
    names = list(inspect.signature(operation).parameters)
    count = len([name for name in names if name not in SETTINGS])

    @functools.wraps(operation)
    def call(*inputs, **options):
        if options or len(inputs) > count:
            refuse_tensors(operation, dict(zip(names[count:], inputs[count:], strict=False)) | options)
        arrays = [*plain(operation, inputs[:count]), *inputs[count:]]
        try:
            value, *carry_back = operation(*arrays, **options)
        except (IndexError, OverflowError, TypeError, ValueError) as error:
            raise explain(operation.__name__, arrays, error) from error
        parents = [(x, back) for x, back in zip(inputs, carry_back, strict=False) if isinstance(x, Tensor)]
        return Tensor(value, operation.__name__, parents) if parents else value

    return call


def plain(operation, inputs):
    """Return inputs as arrays; Python's own numbers stay beside an array, because there they take its type."""
    name = operation.__name__
    arrays = [
        x.value if isinstance(x, Tensor) else x if type(x) in (int, float) else numbers(x, name)
        for x in inputs
    ]
    alone = {int, float}.issuperset(map(type, arrays))
    return [numbers(x, name) for x in arrays] if alone else arrays


def refuse_tensors(operation, settings):
    """Raise a TypeError if an input that is given by name, or that no gradient can reach, is a Tensor."""
    for name, x in settings.items():
        if isinstance(x, Tensor):
            sentence = NO_DERIVATIVE if name in SETTINGS else KEYWORD_TENSOR
            order = ", ".join(inspect.signature(operation).parameters)
            raise TypeError(sentence.format(call=f"{operation.__name__}({order})", name=name))


def refuse_numpy(tensor, dtype=None, copy=None):
    """Answer NumPy, which wants an array of a Tensor, with a TypeError: it would make one of objects."""
    raise TypeError(ONLY_OUTSIDE)


Tensor.__array__ = refuse_numpy
