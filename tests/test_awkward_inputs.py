"""What the core answers to inputs that nobody had in mind: NumPy's value, or one sentence with cause and remedy."""

import importlib
import inspect
import operator
import re
import warnings

import numpy as np
import pytest

from helpers import (
    datasets,
    descent,
    gradients,
    layers,
    losses,
    metrics,
    models,
    operations,
    optimizers,
    surfaces,
)
from helpers import tensor as tensors
from helpers.gradients import check_gradient
from helpers.operations import OPERATIONS
from helpers.tensor import Tensor

CORE = (
    "tensor",
    "operations",
    "gradients",
    "losses",
    "metrics",
    "layers",
    "models",
    "optimizers",
    "descent",
    "surfaces",
    "datasets",
)
# What only its own module and the graduated cells of a notebook call, with inputs that were looked at before.
INNER = {
    "tensor": {
        "need_numbers",
        "need_tensor",
        "value_of",
        "unbroadcast",
        "plain",
        "refuse_tensors",
        "refuse_numpy",
    },
    "operations": {"refuse_empty", "differentiable", "bind", "repeat"},
    "gradients": {"need_a_step", "finite", "default_step", "one_number"},
    "losses": {"in_order", "pair", "check_rows", "surprise"},
    "metrics": {"counted"},
    "layers": {"samples", "sizes"},
    "models": {"Diverged", "History", "check_samples", "check_inputs", "batches"},
    "optimizers": {"Optimizer", "blocks", "part", "fits", "number", "single_number"},
    "descent": {"Descent"},
    "surfaces": {"Surface", "split", "saddle", "kink", "plateau", "banana", "himmelblau", "two_hollows"},
    "datasets": {
        "DatasetError",
        "need_a_batch",
        "cache_folder",
        "download",
        "explain_failure",
        "keep",
        "load_full",
        "read",
    },
}
# What a learner should never have to read.
RAW = re.compile(
    r"not enough values|too many values|inhomogeneous|NoneType|has no attribute|not iterable|setting an array element|"
    r"tuple index|for array of dimension|has no len|zero-size|empty sequence|unsupported operand|not callable"
)
TYPES = [np.bool_, np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64]
TYPES += [np.float16, np.float32, np.float64, np.longdouble]
nan, inf = np.nan, np.inf
float32 = np.float32


class Lesson:
    """An error of a kind, whose message holds some words."""

    def __init__(self, kind, words):
        self.kind, self.words = kind, words


def value(words):
    return Lesson(ValueError, words)


def type_(words):
    return Lesson(TypeError, words)


def slope(function, *points):
    """Return the gradients of the sum of a function of Tensors."""
    inputs = [Tensor(point) for point in points]
    operations.sum(function(*inputs)).backward()
    return inputs[0].gradient if len(inputs) == 1 else [x.gradient for x in inputs]


def step(optimizer, *lists):
    optimizer.update(*lists)
    return lists[0][0]


def half_made(parameters, gradients):
    """Return what a refused update left of the first parameter."""
    with pytest.raises((TypeError, ValueError)):
        optimizers.SGD(1.0).update(parameters, gradients)
    return parameters[0]


def model(*rest, loss="mse", optimizer="sgd", **options):
    made = models.Sequential([layers.Dense(2)], seed=0)
    made.compile(optimizer, loss, *rest, **options)
    return made


def twice(made, *data):
    """Fit a model that has lost its weights once more."""
    for parameter in made.parameters or [*build(made).parameters]:
        parameter.value[...] = nan
    return made.fit(*data, verbose=0)


class Shift:
    """A layer that a learner wrote: its parameters are there before it is built, and it lacks `units`."""

    parameters = (Tensor(1.0),)

    def __repr__(self):
        return "a shift"

    def build(self, shape, random):
        return shape


def build(made):
    made.build((3,))
    return made


def fit(x, y, **options):
    return model(**options).fit(x, y, verbose=0)


def binary(name, ufunc):
    """Rows that all operations on two inputs share."""
    call = getattr(operations, name)
    return [
        (lambda: call((1, 2), 3), ufunc((1, 2), 3)),
        (lambda: call([[1.0], [2.0]], (4, 5)), ufunc([[1.0], [2.0]], (4, 5))),
        (lambda: call(3, 2), ufunc(3, 2)),
        (lambda: call(True, 2.5), ufunc(True, 2.5)),
        (lambda: call(np.ones((0, 3)), np.ones(3)), np.ones((0, 3))),
        (lambda: call(np.ones((2, 1)), np.ones((1, 3))), ufunc(np.ones((2, 1)), np.ones((1, 3)))),
        (lambda: call(np.array(2.0), [nan, 1.0]), ufunc(2.0, [nan, 1.0])),
        (lambda: slope(call, np.ones((0, 3)), np.ones((1, 3)))[1], np.zeros((1, 3))),
        (
            lambda: call(Tensor([1.0]), 2j),
            type_(f"{name}: here complex numbers came.*real numbers are needed"),
        ),
        (lambda: call("a", 3), type_(f"{name}: here text came")),
        (lambda: call(None, 3), type_(f"{name}: here NoneType came")),
        (lambda: call([[1], [2, 3]], 3), type_(f"{name}: here rows of different lengths came")),
        (lambda: call([Tensor(1.0)], 3), type_("nor put it into an array")),
        (
            lambda: call(np.ones((2, 3)), np.ones(2)),
            value(f"{name}: shapes .*axis −1 is 3 on the left and 2 on the right"),
        ),
        (lambda: call(1.0), type_(f"{name}.. missing 1 required")),
    ]


def unary(name, function, *, whole=True):
    call = getattr(operations, name)
    return [
        (lambda: call((1, 2)), function(np.array([1, 2]) if whole else np.array([1.0, 2.0]))),
        (lambda: call(3), function(np.array(3) if whole else np.array(3.0))),
        (lambda: call(np.ones((0, 3))), np.ones((0, 3))),
        (lambda: call(np.array([nan, 1.0])), function(np.array([nan, 1.0]))),
        (lambda: slope(call, np.ones((0, 3))), np.ones((0, 3))),
        (lambda: call("a"), type_(f"{name}: here text came")),
        (lambda: call(np.array([1j])), type_(f"{name}: here complex numbers came")),
        (lambda: call([[1], [2, 3]]), type_("rows of different lengths")),
    ]


def logistic(x):
    return 1 / (1 + np.exp(-np.asarray(x, float)))


LABELS, SHARES = np.array([0, 1]), np.array([[0.75, 0.25], [0.5, 0.5]])
LOSS = -(np.log(0.75) + np.log(0.5)) / 2
X, Y = np.ones((4, 3), float32), np.ones((4, 2), float32)
w = Tensor([1.0, 2.0, 3.0])

TABLE = {
    "tensor.Tensor": [
        (lambda: Tensor(()).value, np.zeros(0)),
        (lambda: Tensor((1, 2)).value, [1.0, 2.0]),
        (lambda: Tensor(True).value, 1.0),
        (lambda: Tensor([nan, inf]).value, [nan, inf]),
        (lambda: Tensor([1j]), type_("Tensor: here complex numbers came")),
        (lambda: Tensor("1.5"), type_("Tensor: here text came")),
        (lambda: Tensor([[1], [2, 3]]), type_("Tensor: here rows of different lengths came")),
        (lambda: Tensor(None), type_("Tensor: here NoneType came")),
        (lambda: Tensor(10**30), type_("a whole number beyond 64 bits came")),
        (lambda: Tensor(w), type_("NumPy can neither compute with a Tensor")),
        (lambda: Tensor([w, w]), type_("helpers.operations.*tensor.value")),
        (lambda: np.dot(np.ones(3), w), type_("NumPy can neither compute with a Tensor")),
        (lambda: np.exp(w), type_("helpers.operations, such as exp")),
        (lambda: np.sum(w), type_("NumPy can neither compute")),
        (lambda: np.concatenate([w, w]), type_("NumPy can neither compute")),
        (lambda: (np.ones(3) * w).value, w.value),
        (lambda: (np.float64(2) * w).value, 2 * w.value),
        (lambda: (float32(2) ** w).value, 2**w.value),
        (lambda: (np.ones((2, 3)) @ w).value, [6.0, 6.0]),
        (lambda: w[Tensor([0, 1])], type_(r"getitem\(x, index\) has no derivative by its index")),
        (lambda: w[7], Lesson(IndexError, r"getitem: index 7 .*shape \(3,\)")),
        (lambda: w[0.5], Lesson(IndexError, "getitem: only integers.*valid indices")),
        (lambda: [x.value for x in w], [1.0, 2.0, 3.0]),
        (lambda: w.backward(), value("one number.*shape")),
    ],
    "tensor.backward": [
        (lambda: tensors.backward(3.0), type_("walked from a Tensor, but here float came")),
        (lambda: tensors.backward(Tensor(np.zeros((0,)))), value(r"one number.*\(0,\)")),
        (lambda: slope(lambda x: x**0.5, 0.0), inf),
        (lambda: slope(operations.log, [0.5, 1.0]), [2.0, 1.0]),
        (lambda: slope(lambda x: x / 2, [[4.0]]), [[0.5]]),
    ],
    "tensor.ancestors": [
        (lambda: tensors.ancestors(None), type_("walked from a Tensor")),
        (lambda: len(tensors.ancestors(w * w)), 2),
    ],
    "tensor.differentiable": [
        (lambda: tensors.differentiable(lambda x: (x + 1, lambda g: g))((1, 2)), [2, 3]),
        (lambda: tensors.differentiable(lambda x: (x + 1, lambda g: g))(Tensor(1.0)).value, 2.0),
    ],
    "operations.add": binary("add", np.add),
    "operations.subtract": [
        *binary("subtract", np.subtract),
        (
            lambda: operations.subtract(np.uint8([3]), 300),
            Lesson(OverflowError, r"subtract: .*300.*Write array.astype\(float\) first"),
        ),
    ],
    "operations.multiply": [
        *binary("multiply", np.multiply),
        (lambda: operations.multiply((1, 2), 3), [3, 6]),
        (
            lambda: operations.multiply(2, y=w),
            type_(r"multiply\(x, y\) takes its tensors by position.*without y="),
        ),
    ],
    "operations.divide": [
        *binary("divide", np.divide),
        (lambda: slope(lambda x: np.int8([100]) / x, [0.5]), [-400.0]),
    ],
    "operations.power": [
        *binary("power", np.power),
        (lambda: operations.power(2.0, -1), 0.5),
        (lambda: operations.power(2, -1), value("power: Integers to negative integer powers")),
        (lambda: slope(lambda y: np.int8([3]) ** y, [1.5]), [3**1.5 * np.log(3)]),
        (lambda: slope(lambda y: np.float16([3]) ** y, [1.5]), [3**1.5 * np.log(3)]),
        (lambda: slope(lambda x: x ** np.int8([-128]), [1.0]), [-128.0]),
        (lambda: slope(lambda x: x ** np.uint8([0]), [2.0]), [0.0]),
        (
            lambda: slope(lambda x: x ** np.float16([0.1]), [2.0]),
            [(e := float(np.float16(0.1))) * 2 ** (e - 1)],
        ),
        (lambda: slope(lambda x: x**0, [nan, inf, 0.0]), [0.0, 0.0, 0.0]),
        (lambda: slope(lambda y: 0.0**y, [2.0, 0.0]), [0.0, 0.0]),
    ],
    "operations.maximum": [
        *binary("maximum", np.maximum),
        (lambda: operations.maximum([nan, 1.0], 2.0), [nan, 2.0]),
    ],
    "operations.negative": unary("negative", np.negative),
    "operations.exp": [*unary("exp", np.exp), (lambda: operations.exp([-inf, -1e4]), [0.0, 0.0])],
    "operations.log": [*unary("log", np.log), (lambda: operations.log([inf]), [inf])],
    "operations.relu": [
        *unary("relu", lambda x: np.maximum(x, 0)),
        (lambda: operations.relu([-inf, inf]), [0.0, inf]),
    ],
    "operations.sigmoid": [
        *unary("sigmoid", logistic),
        (lambda: operations.sigmoid([-inf, inf]), [0.0, 1.0]),
        (lambda: operations.sigmoid(np.uint8([1])), logistic([1])),
    ],
    "operations.tanh": [*unary("tanh", np.tanh), (lambda: operations.tanh([-inf, inf]), [-1.0, 1.0])],
    "operations.softmax": [
        (lambda: operations.softmax((1, 1)), [0.5, 0.5]),
        (lambda: operations.softmax(np.ones((0,))), np.ones((0,))),
        (lambda: operations.softmax(np.ones((2, 0))), np.ones((2, 0))),
        (lambda: operations.softmax(np.ones((3, 1))), np.ones((3, 1))),
        (lambda: operations.softmax([-inf, 0.0]), [0.0, 1.0]),
        (lambda: operations.softmax(3.0), 1.0),
        (lambda: operations.softmax("a"), type_("softmax: here text came")),
        (lambda: slope(operations.softmax, np.ones((0, 3))), np.ones((0, 3))),
    ],
    "operations.sum": [
        (lambda: operations.sum(()), 0.0),
        (lambda: operations.sum(((1, 2), (3, 4)), 0), [4, 6]),
        (lambda: operations.sum(np.ones((2, 3)), (0, 1)), 6.0),
        (lambda: operations.sum(3), 3),
        (lambda: operations.sum(np.ones((0, 3)), axis=0), np.zeros(3)),
        (lambda: operations.sum([nan, 1.0]), nan),
        (lambda: slope(operations.sum, np.ones((0, 3))), np.ones((0, 3))),
        (
            lambda: operations.sum(w, axis=Tensor(0)),
            type_(r"sum\(x, axis, keepdims\) has no derivative by its axis"),
        ),
        (lambda: operations.sum(w, Tensor(0)), type_("no derivative by its axis")),
        (
            lambda: operations.sum(w, axis=1),
            value(r"sum: there is no axis 1. The input has shape \(3,\).*axes are 0 to 0"),
        ),
        (lambda: operations.sum(w, axis=0.5), type_("sum: .*Axes, sizes and indices are whole numbers")),
        (lambda: operations.sum(w, axis=[0]), type_("sum: .*or tuples of them")),
        (lambda: operations.sum(3.0, axis=0), 3.0),
        (lambda: slope(lambda x: operations.sum(x, axis=0), 3.0), 1.0),
        (
            lambda: operations.sum(3.0, axis=1),
            value("sum: there is no axis 1, because the input is a single number"),
        ),
    ],
    "operations.mean": [
        (lambda: operations.mean((1, 2)), 1.5),
        (lambda: operations.mean(np.uint8([255, 255])), 255.0),
        (lambda: operations.mean(3), 3.0),
        (lambda: operations.mean(np.ones((2, 1)), axis=1), np.ones(2)),
        (lambda: operations.mean([nan, 1.0]), nan),
        (lambda: operations.mean(np.float16([60000, 60000])), 60000.0),
        (lambda: operations.mean([]), value(r"mean: an average needs at least one number.*shape \(0,\)")),
        (
            lambda: operations.mean(Tensor(np.ones((2, 0)))),
            value("mean: an average needs at least one number"),
        ),
        (lambda: operations.mean(w, axis=5), value("mean: there is no axis 5")),
    ],
    "operations.matmul": [
        (lambda: operations.matmul(((1, 2), (3, 4)), (1, 1)), [3, 7]),
        (lambda: operations.matmul(np.ones((2, 0)), np.ones((0, 3))), np.zeros((2, 3))),
        (lambda: operations.matmul(np.ones((0, 2)), np.ones((2, 3))), np.zeros((0, 3))),
        (lambda: slope(operations.matmul, np.ones((2, 0)), np.ones((0, 3)))[0], np.ones((2, 0))),
        (lambda: operations.matmul([[nan]], [[1.0]]), [[nan]]),
        (lambda: operations.matmul(2, 3), value("matmul: .*multiply with . instead")),
        (lambda: operations.matmul(w, 3), value("matmul: .*multiply with . instead")),
        (
            lambda: operations.matmul(np.ones((2, 3)), np.ones((2, 3))),
            value("matmul: .*length 3.*second last axis"),
        ),
        (lambda: operations.matmul("a", w), type_("matmul: here text came")),
    ],
    "operations.softmax_cross_entropy": [
        (lambda: operations.softmax_cross_entropy([[0, 0]], (1,)), np.log(2)),
        (lambda: operations.softmax_cross_entropy([[0, 0]], targets=[1]), np.log(2)),
        (lambda: operations.softmax_cross_entropy([[0, 0]], [[0, 1]]), np.log(2)),
        (lambda: operations.softmax_cross_entropy(np.ones((2, 1)), [0, 0]), 0.0),
        (lambda: operations.softmax_cross_entropy([[0.0, -inf]], [0]), 0.0),
        (lambda: operations.softmax_cross_entropy([[0.0, -inf]], [1]), inf),
        (lambda: operations.softmax_cross_entropy([[0.0, nan]], [0]), nan),
        (lambda: slope(lambda x: operations.softmax_cross_entropy(x, [0]), [[0.0, -inf]]), [[0.0, 0.0]]),
        (
            lambda: operations.softmax_cross_entropy([0, 1], Tensor([[0.0, 1.0]])),
            type_(r"\(logits, targets\) has no derivative"),
        ),
        (
            lambda: operations.softmax_cross_entropy([0, 1], [[0.0, 1.0]]),
            value("row for each sample and a column for each class"),
        ),
        (
            lambda: operations.softmax_cross_entropy(np.ones((2, 3, 4)), [0, 1]),
            value(r"reshape them to \(samples, classes\)"),
        ),
        (lambda: operations.softmax_cross_entropy(np.ones((0, 3)), []), value("at least one number")),
        (lambda: operations.softmax_cross_entropy(np.ones((2, 0)), [0, 0]), value("at least one number")),
        (
            lambda: operations.softmax_cross_entropy([[0.0, 1.0]], [0.0]),
            type_(r"Labels must be whole numbers.*astype\(int\)"),
        ),
        (
            lambda: operations.softmax_cross_entropy([[0.0, 1.0]], [True]),
            type_("Labels must be whole numbers.*bool"),
        ),
        (lambda: operations.softmax_cross_entropy([[0.0, 1.0]], [2]), value("label 2 occurs")),
        (lambda: operations.softmax_cross_entropy([[0.0, 1.0]], 1), value("targets have shape")),
    ],
    "operations.reshape": [
        (lambda: operations.reshape((1, 2), (2, 1)), [[1], [2]]),
        (lambda: operations.reshape(3, (1, 1)), [[3]]),
        (lambda: operations.reshape(np.ones((0, 3)), (3, 0)), np.ones((3, 0))),
        (lambda: operations.reshape(w, [3, 1]).value, [[1.0], [2.0], [3.0]]),
        (lambda: operations.reshape(w, (2, 2)), value(r"reshape: cannot reshape.*shape \(3,\)")),
        (lambda: operations.reshape(w, 1.5), type_("reshape: .*whole numbers")),
        (lambda: operations.reshape(w, Tensor([3])), type_("no derivative by its shape")),
    ],
    "operations.transpose": [
        (lambda: operations.transpose(((1, 2), (3, 4))), [[1, 3], [2, 4]]),
        (lambda: operations.transpose(3), 3),
        (lambda: operations.transpose(np.ones((0, 3)), (1, 0)), np.ones((3, 0))),
        (lambda: operations.transpose(w, (0, 1)), value("transpose: axes")),
        (lambda: operations.transpose(np.ones((2, 3)), (0, 0)), value("transpose: repeated axis")),
    ],
    "operations.getitem": [
        (lambda: operations.getitem((5, 6), 1), 6),
        (lambda: operations.getitem(((1, 2), (3, 4)), (0, 1)), 2),
        (lambda: operations.getitem([1, 2], ()), [1, 2]),
        (lambda: operations.getitem(w, slice(0, 0)).value, np.zeros(0)),
        (lambda: slope(lambda x: operations.getitem(x, slice(0, 0)), [1.0, 2.0]), [0.0, 0.0]),
        (lambda: operations.getitem(3, 0), Lesson(IndexError, "getitem: too many indices")),
        (lambda: operations.getitem(w, Tensor(0)), type_("no derivative by its index")),
    ],
    "operations.floating": [
        (lambda: operations.floating(np.uint8([3]), "sum"), [3.0]),
        (lambda: operations.floating((), "sum"), np.zeros(0)),
        (lambda: operations.floating("a", "sum"), type_("^sum: here text came")),
    ],
    "operations.one_hot": [
        (lambda: operations.one_hot((1, 0), 2), [[0, 1], [1, 0]]),
        (lambda: operations.one_hot([], 3), np.zeros((0, 3))),
        (lambda: operations.one_hot(np.uint64([2]), 3), [[0, 0, 1]]),
        (lambda: operations.one_hot([0.5], 2), type_("Labels must be whole numbers")),
        (lambda: operations.one_hot([[0, 1]], 2), value(r"one row, one for each sample.*\(1, 2\)")),
        (lambda: operations.one_hot(1, 2), value("one row, one for each sample")),
        (lambda: operations.one_hot([-1], 2), value("label -1 occurs")),
        (lambda: operations.one_hot([0], 2.0), value("classes must be a whole number")),
        (lambda: operations.one_hot([0], 0), value("classes must be a whole number of at least 1")),
    ],
    "gradients.forward_difference": [
        (lambda: gradients.forward_difference(lambda x: x * x, 2, 1), 5),
        (lambda: gradients.forward_difference(lambda x: x * x, 2, 0), value("step must not be 0")),
    ],
    "gradients.central_difference": [
        (lambda: gradients.central_difference(lambda x: x * x, 2, 1), 4),
        (
            lambda: gradients.central_difference(lambda x: x * x, np.ones(2), np.array([1, 0])),
            value("step must not be 0"),
        ),
    ],
    "gradients.numerical_gradient": [
        (lambda: gradients.numerical_gradient(np.sum, (1, 2)), [1.0, 1.0]),
        (lambda: gradients.numerical_gradient(np.sum, np.uint8([0])), [1.0]),
        (lambda: gradients.numerical_gradient(np.sum, np.ones((0, 2))), np.ones((0, 2))),
        (lambda: gradients.numerical_gradient(lambda x: x * 3, True), 3.0),
        (lambda: gradients.numerical_gradient(np.sum, w), [1.0, 1.0, 1.0]),
        (
            lambda: gradients.numerical_gradient(np.sum, [nan]),
            value(r"finite numbers, but entry \(0,\) of the point is nan"),
        ),
        (lambda: gradients.numerical_gradient(np.sum, [1j]), type_("here complex numbers came")),
        (lambda: gradients.numerical_gradient(np.sum, [1.0], step=0), value("step must not be 0")),
        (
            lambda: gradients.numerical_gradient(lambda x: None, [1.0]),
            type_("returned None: does it lack a return"),
        ),
        (
            lambda: gradients.numerical_gradient(lambda x: "a", [1.0]),
            type_("^result of the function: here text came"),
        ),
    ],
    "gradients.check_gradient": [
        (lambda: check_gradient(operations.sum, (1, 2)) < 1e-6, True),
        (lambda: check_gradient(operations.sum, np.ones((0, 2))), 0.0),
        (lambda: check_gradient(operations.sum, w) < 1e-6, True),
        (lambda: check_gradient(operations.sum, [inf]), value("entry .* of the point is inf")),
        (lambda: check_gradient(lambda x: None, [1.0]), type_("returned None")),
    ],
    "losses.mean_squared_error": [
        (lambda: losses.mean_squared_error(3, 2.5), 0.25),
        (lambda: losses.mean_squared_error((0, 1), (1, 1)), 0.5),
        (lambda: losses.mean_squared_error(np.uint8([0]), np.uint8([2])), 4.0),
        (lambda: losses.mean_squared_error([nan], [1.0]), nan),
        (lambda: losses.mean_squared_error([], []), value("at least one number")),
        (
            lambda: losses.mean_squared_error(w, [1.0, 2.0, 3.0]),
            type_(r"truth stands first.*mean_squared_error\(y_true, y_pred\)"),
        ),
        (lambda: losses.mean_squared_error(np.ones(3), np.ones((3, 1))), value("Reshape one of them")),
        (lambda: losses.mean_squared_error(["a"], [1.0]), type_("^mean_squared_error: here text came")),
        (lambda: losses.mean_squared_error([1.0], ["a"]), type_("^mean_squared_error: here text came")),
    ],
    "losses.categorical_crossentropy": [
        (lambda: losses.categorical_crossentropy(((1, 0), (0, 1)), SHARES), LOSS),
        (lambda: losses.categorical_crossentropy(np.eye(2, dtype=bool), SHARES), LOSS),
        (lambda: losses.categorical_crossentropy(Tensor(SHARES), np.eye(2)), type_("truth stands first")),
        (
            lambda: losses.categorical_crossentropy(LABELS, SHARES),
            value("use sparse_categorical_crossentropy"),
        ),
        (
            lambda: losses.categorical_crossentropy([0, 1], [0.5, 0.5]),
            value("a single sample is a table of one row"),
        ),
        (
            lambda: losses.categorical_crossentropy(np.ones((2, 3, 4)), np.ones((2, 3, 4))),
            value("row of probabilities"),
        ),
        (
            lambda: losses.categorical_crossentropy(np.ones((0, 2)), np.ones((0, 2))),
            value("no samples to average"),
        ),
    ],
    "losses.sparse_categorical_crossentropy": [
        (lambda: losses.sparse_categorical_crossentropy((0, 1), SHARES), LOSS),
        (lambda: losses.sparse_categorical_crossentropy(LABELS[:, np.newaxis], SHARES), LOSS),
        (lambda: losses.sparse_categorical_crossentropy(np.uint8([0, 1]), SHARES.tolist()), LOSS),
        (lambda: losses.sparse_categorical_crossentropy(Tensor(SHARES), LABELS), type_("truth stands first")),
        (lambda: losses.sparse_categorical_crossentropy(SHARES, LABELS), value("truth stands first")),
        (
            lambda: losses.sparse_categorical_crossentropy(LABELS * 1.0, SHARES),
            type_(r"labels.astype\(int\)"),
        ),
        (
            lambda: losses.sparse_categorical_crossentropy(LABELS, np.ones((2, 3, 4))),
            value("row of probabilities"),
        ),
        (lambda: losses.sparse_categorical_crossentropy([], np.ones((0, 2))), value("no samples")),
        (lambda: losses.sparse_categorical_crossentropy(1, SHARES), value("one label a sample")),
    ],
    "losses.get_loss": [
        (lambda: losses.get_loss(None), value("loss None is not known")),
        (lambda: losses.get_loss(["mse"]), value("is not known here")),
    ],
    "metrics.sparse_categorical_accuracy": [
        (lambda: metrics.sparse_categorical_accuracy((0, 0), SHARES), 1.0),
        (lambda: metrics.sparse_categorical_accuracy([[0], [0]], SHARES), 1.0),
        (lambda: metrics.sparse_categorical_accuracy([0, 0], Tensor(SHARES)), 1.0),
        (lambda: metrics.sparse_categorical_accuracy([0], SHARES), value(r"need shape \(2,\)")),
        (lambda: metrics.sparse_categorical_accuracy(SHARES, [0, 1]), value("truth stands first")),
        (lambda: metrics.sparse_categorical_accuracy([], np.ones((0, 2))), value("no predictions to count")),
    ],
    "metrics.categorical_accuracy": [
        (lambda: metrics.categorical_accuracy(((1, 0), (0, 1)), SHARES), 0.5),
        (lambda: metrics.categorical_accuracy([0, 1], SHARES), value(r"need shape \(2, 2\)")),
        (lambda: metrics.categorical_accuracy([0, 1], [0.5, 0.5]), value("row of predictions")),
    ],
    "metrics.binary_accuracy": [
        (lambda: metrics.binary_accuracy([0, 1, 0], [[0.1], [0.9], [0.2]]), 1.0),
        (lambda: metrics.binary_accuracy([[0], [1]], (0.1, 0.9)), 1.0),
        (lambda: metrics.binary_accuracy(True, 0.9), 1.0),
        (lambda: metrics.binary_accuracy([0, 1], [[0.1, 0.9]]), value("need shape")),
        (lambda: metrics.binary_accuracy([], []), value("no predictions to count")),
        (lambda: metrics.binary_accuracy(["a"], [1.0]), type_("binary_accuracy: here text came")),
    ],
    "metrics.accuracy": [
        (lambda: metrics.accuracy((0, 1), ((0.1,), (0.9,))), 1.0),
        (lambda: metrics.accuracy([0, 0], Tensor(SHARES)), 1.0),
        (lambda: metrics.accuracy([0, 1], [0.1, 0.9]), value("row of predictions")),
        (lambda: metrics.accuracy(1, 0.9), value("row of predictions")),
        (lambda: metrics.accuracy([[0, 1, 1]], SHARES), value("need shape")),
    ],
    "metrics.mean_absolute_error": [
        (lambda: metrics.mean_absolute_error(1, 3), 2.0),
        (lambda: metrics.mean_absolute_error(np.uint8([1]), [[3]]), 2.0),
        (lambda: metrics.mean_absolute_error([nan], [3.0]), nan),
        (lambda: metrics.mean_absolute_error([1, 2], [1, 2, 3]), value("need shape")),
        (lambda: metrics.mean_absolute_error([], []), value("no predictions")),
    ],
    "metrics.get_metric": [(lambda: metrics.get_metric(None), value("metric None is not known"))],
    "layers.linear": [(lambda: layers.linear([1]), [1])],
    "layers.Flatten": [
        (lambda: layers.Flatten()(np.ones((0, 28, 28))), np.ones((0, 784))),
        (lambda: layers.Flatten()([1, 2]), [[1], [2]]),
        (lambda: layers.Flatten()(3.0), value("array of samples")),
        (lambda: layers.Flatten().build(784, None), value(r"tuple of whole numbers.*not 784")),
    ],
    "layers.Dense": [
        (lambda: layers.Dense(True), value("whole number of units")),
        (lambda: layers.Dense(2)(np.ones((1, 3))), value("has no weights yet")),
        (lambda: built()([[0, 0, 0]]).value, [[0.0, 0.0]]),
        (lambda: built()(np.ones((0, 3))).value, np.ones((0, 2))),
        (lambda: built()(3.0), value("array of samples")),
        (lambda: built()("a"), type_("here text came")),
        (lambda: built()(np.ones((1, 4))), value("built for 3 features")),
        (lambda: layers.Dense(2).build(3, np.random.default_rng(0)), value("tuple of whole numbers")),
        (lambda: layers.Dense(2, 3), value("activation 3 is not known")),
    ],
    "models.Sequential": [
        (lambda: models.Sequential([layers.Dense]), type_("with brackets, but number 0 is")),
        (lambda: models.Sequential(["relu"]), type_("number 0 is 'relu'")),
        (
            lambda: models.Sequential([dense := layers.Dense(2), dense]),
            value("stands twice among the layers"),
        ),
        (
            lambda: build(models.Sequential([layers.Flatten(), Shift()])),
            type_("^Layer number 1, a shift, comes with its parameters, so it must say in `units`"),
        ),
        (lambda: model("accuracy"), type_(r"such as \[\"accuracy\"\], not 'accuracy'")),
        (lambda: model(metrics=None), type_("must be a list")),
        (lambda: build(model())([[0, 0, 0]]).value, [[0.0, 0.0]]),
        (lambda: model().build(3), value("tuple of whole numbers")),
        (lambda: model().predict([[1, 0, 1], [1, 1, 1]]).shape, (2, 2)),
        (lambda: model().predict([[1e300]]), value("beyond those of float32")),
        (lambda: model().predict([["a"]]), type_("inputs: here text came")),
        (lambda: model().predict([[1], [2, 3]]), type_("rows of different lengths")),
        (lambda: model().predict(Tensor(X)), type_("tensor.value")),
        (lambda: model().predict([[nan, 0, 0]]), [[nan, nan]]),
        (lambda: fit(X, [["a"]] * 4), type_("targets: here text came")),
        (lambda: fit(X, 1), value("4 samples but 1 targets")),
        (lambda: fit(X, Y, loss=lambda y, p: 3.0), type_("loss must be a Tensor of one number.*type float")),
        (lambda: fit(X, Y, metrics=[lambda y, p: p]), value("must say one number")),
        (lambda: model().fit(X, Y, validation_data=X, verbose=0), value("pair")),
        (lambda: model().fit(X, Y, epochs=True), value("epochs must be a whole number")),
        (lambda: model().evaluate(X * 0, Y * 0), [0.0]),
        (
            lambda: fit(np.where(np.arange(4)[:, None] == 2, nan, X), Y),
            Lesson(models.Diverged, "sample number 2 holds nan"),
        ),
        (
            lambda: fit(X, np.where(np.arange(4)[:, None] == 1, inf, Y)),
            Lesson(models.Diverged, "target number 1 holds inf"),
        ),
        (
            lambda: fit(X, Y * 1e30),
            Lesson(models.Diverged, "before the first step, so the learning rate is not to blame"),
        ),
        (lambda: twice(model(), X, Y), Lesson(models.Diverged, "weights are no finite numbers any more")),
        (
            lambda: model(optimizer=optimizers.SGD(1e30)).fit(X, Y, epochs=9, verbose=0),
            Lesson(models.Diverged, "learning rate 1e.30: the steps are too large"),
        ),
    ],
    **{
        f"optimizers.{kind.__name__}": [
            (lambda kind=kind: step(kind(1), [np.ones(1)], [[0]]), [1.0]),
            (lambda kind=kind: step(kind(1), [np.array(1.0)], [0]), 1.0),
            (lambda kind=kind: step(kind(1), [np.ones((0, 2))], [np.ones((0, 2))]), np.ones((0, 2))),
            (
                lambda kind=kind: step(kind(1), [np.ones(1)], [None]),
                value("Parameter 0 has no gradient: the loss was not"),
            ),
            (
                lambda kind=kind: step(kind(1), [w], [w.value]),
                type_("Parameter 0 is of type Tensor.*give of a Tensor its value"),
            ),
            (
                lambda kind=kind: step(kind(1), [np.arange(3)], [np.arange(3)]),
                type_("of type int64|of type int32"),
            ),
            (
                lambda kind=kind: step(kind(1), w.value, w.value),
                type_(r"update\(\[weights\], \[gradient\]\)"),
            ),
            (lambda kind=kind: step(kind(1), w, w), type_(r"update\(\[weights\], \[gradient\]\)")),
            (
                lambda kind=kind: step(kind(1), [np.broadcast_to(1.0, 2)], [[0, 0]]),
                type_("may not be written to"),
            ),
            (
                lambda kind=kind: step(kind([1, 2, 3]), [np.ones(2)], [np.ones(2)]),
                value("learning_rate of shape .3,. does not fit"),
            ),
            (lambda kind=kind: kind("0.1"), type_("must be a number")),
            (lambda kind=kind: kind(nan), value("learning_rate must be a finite number, not nan")),
            (lambda kind=kind: kind([1.0, -inf]), value("learning_rate must be a finite number")),
            (lambda kind=kind: kind(True), type_("must be a number")),
        ]
        for kind in optimizers.OPTIMIZERS.values()
    },
    "optimizers.get_optimizer": [
        (lambda: optimizers.get_optimizer(None), value("optimizer None is not known")),
        (lambda: half_made([np.ones(2), np.ones(2)], [np.ones(2), None]), [1.0, 1.0]),
    ],
    "descent.descend": [
        (lambda: descent.descend(BOWL, optimizers.SGD(0.5), (2, 0), 1).points, [[2, 0], [1, 0]]),
        (lambda: descent.descend(BOWL, "sgd", [[1, 1]], np.int64(0)).losses, [[1.0]]),
        (lambda: descent.descend(BOWL, "sgd", (nan, 0), 3), value("loss at the start.*nan before any step")),
        (lambda: descent.descend(BOWL, "sgd", (1e200, 0), 3), value("inf before any step")),
        (
            lambda: descent.descend(BOWL, "sgd", (1, 1), 1.5),
            value("steps must be a whole number of at least 0"),
        ),
        (lambda: descent.descend(BOWL, "sgd", (1, 1), -1), value("steps must be")),
        (lambda: descent.descend(BOWL, "sgd", (1, 1, 1), 1), value("axis of 2")),
        (lambda: descent.descend(BOWL, "sgd", "ab", 1), type_("descend: here text came")),
        (lambda: descent.descend(BOWL, "sdg", (1, 1), 1), value("Did you mean 'sgd'")),
    ],
    "descent.losses_on_plane": [
        (lambda: descent.losses_on_plane(np.sum, (0, 0), ((1, 0), (0, 1)), [0, 1], (2,)), [[2, 3]]),
        (lambda: descent.losses_on_plane(np.sum, (0, 0), ((1, 0), (0, 1)), [0, 1], ()), np.zeros((0, 2))),
        (
            lambda: descent.losses_on_plane(np.sum, "a", ((1, 0), (0, 1)), [0], [0]),
            type_("centre: here text came"),
        ),
    ],
    "surfaces.quadratic": [(lambda: surfaces.quadratic(2, (2, 4))(np.ones(2), np.ones(2)), [2.0, 3.0])],
    "surfaces.escape": [(lambda: surfaces.escape(0)(0), 0)],
    "surfaces.get_surface": [
        (lambda: surfaces.get_surface(3), value("surface 3 is not known")),
        (lambda: BOWL.loss((3, 4)), 12.5),
        (lambda: BOWL.loss(np.ones((0, 2))), np.ones(0)),
        (lambda: BOWL.loss([1e200, 0.0]), inf),
        (lambda: BOWL.loss(3), value("axis of 2")),
        (lambda: BOWL.loss(["a", "b"]), type_("surface: here text came")),
        (lambda: BOWL.loss_and_gradient(np.uint8([3, 4]))[1], [3.0, 4.0]),
        (lambda: BOWL.loss_and_gradient(np.ones((0, 2)))[1], np.ones((0, 2))),
    ],
    "datasets.load_mnist": [
        (lambda: datasets.load_mnist(5), value("not 5")),
        (lambda: datasets.load_mnist(None), value("not None")),
    ],
    "datasets.shrink": [
        (lambda: datasets.shrink(np.full((0, 28, 28), 255)), np.ones((0, 196))),
        (lambda: datasets.shrink(np.full((1, 28, 28), 255)), np.ones((1, 196))),
        (lambda: datasets.shrink(np.full((28, 28), 255)), value(r"not \(28, 28\)")),
        (lambda: datasets.shrink(0), value(r"not \(\)")),
    ],
    "datasets.shuffled_batches": [
        (lambda: datasets.shuffled_batches(1, 5, 2, np.random.default_rng(0)), [[0], [0]]),
        (lambda: datasets.shuffled_batches(5, 2, 0, np.random.default_rng(0)), []),
        (lambda: datasets.shuffled_batches(0, 5, 2, np.random.default_rng(0)), value("not 5 of 0")),
        (lambda: datasets.shuffled_batches(5, 0, 2, np.random.default_rng(0)), value("not 0 of 5")),
    ],
    "datasets.full_mnist_is_here": [(lambda: datasets.full_mnist_is_here() in (True, False), True)],
}

BOWL = surfaces.get_surface("bowl")


def built():
    layer = layers.Dense(2)
    layer.build((3,), np.random.default_rng(0))
    return layer


def public(module):
    """Name what a module defines for others: functions and classes of its own."""
    kinds = (inspect.isfunction, inspect.isclass)
    return {
        name
        for name, thing in vars(importlib.import_module(f"helpers.{module}")).items()
        if any(kind(thing) for kind in kinds)
        and thing.__module__ == f"helpers.{module}"
        and not name.startswith("_")
    }


def test_table_is_complete():
    """Else a function was added, and nobody knows what it says to an empty array."""
    wanted = {f"{module}.{name}" for module in CORE for name in public(module) - INNER[module] - {"<lambda>"}}
    assert wanted == set(TABLE)
    for module, names in INNER.items():
        assert names <= public(module), module


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, rows in TABLE.items() for n in range(len(rows))]
)
def test_awkward_input(name, number):
    """Else a learner meets another value than NumPy's, a warning of NumPy, or words from the inside of the package."""
    compute, expected = TABLE[name][number]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if isinstance(expected, Lesson):
            with pytest.raises(expected.kind) as caught:
                compute()
            message = str(caught.value)
            assert re.search(expected.words, message, re.DOTALL), message
            assert not RAW.search(message.replace("here NoneType came", "")), message
            return
        found = compute()
    assert np.shape(found) == np.shape(expected)
    np.testing.assert_allclose(np.asarray(found, float), np.asarray(expected, float), rtol=1e-9)


BINARY = ("add", "subtract", "multiply", "divide", "power", "maximum", "matmul")
ALONE = ("negative", "exp", "log", "relu", "sigmoid", "tanh", "softmax", "sum", "mean", "transpose")


@pytest.mark.parametrize("dtype", TYPES, ids=lambda dtype: dtype.__name__)
@pytest.mark.parametrize("name", BINARY)
def test_slopes_beside_every_type(name, dtype):
    """Else the slope of one input is only as precise as the type of the other."""
    call, other = (
        OPERATIONS[name],
        np.array([[1, 0], [1, 1]] if dtype is np.bool_ else [[3, 7], [2, 5]], dtype),
    )
    # 0**y has no slope at y = 0, and x / 0 none at all.
    if name == "power" or (name == "divide" and dtype is np.bool_):
        other = np.maximum(other, dtype(1))
    point = [[0.3, 1.7], [2.2, 0.6]]
    assert check_gradient(lambda x: operations.sum(call(x, other)), point) < 1e-6
    assert check_gradient(lambda x: operations.sum(call(other, x)), point) < 1e-6


@pytest.mark.parametrize("dtype", TYPES, ids=lambda dtype: dtype.__name__)
@pytest.mark.parametrize("name", ALONE)
def test_every_type_is_computed_as_in_float64(name, dtype):
    """Else a tensor of whole numbers has another value, or another slope, than one of the same floats."""
    numbers = np.array([[1, 0], [1, 1]] if dtype is np.bool_ else [[1, 2], [3, 4]], dtype)
    if name == "log":
        numbers = np.maximum(numbers, dtype(1))
    call, made, exact = OPERATIONS[name], Tensor(numbers), Tensor(numbers.astype(float))
    assert made.dtype == (dtype if numbers.dtype.kind == "f" else np.float64)
    precision = {np.float16: 4e-3, np.float32: 1e-6}.get(dtype, 1e-12)
    for x in (made, exact):
        operations.sum(call(x) * call(x)).backward()
    np.testing.assert_allclose(call(made).value.astype(float), call(exact).value, rtol=precision)
    np.testing.assert_allclose(made.gradient.astype(float), exact.gradient, rtol=precision, atol=precision)
    assert made.gradient.dtype == made.dtype


def test_memory_and_changes_are_as_documented():
    """Else the docstring of Tensor says something else than a learner meets."""
    floats, whole = np.array([1.0, 2.0]), np.array([1, 2])
    shared, apart = Tensor(floats), Tensor(whole)
    floats[0], whole[0] = 5.0, 5
    assert shared.value[0] == 5.0 and apart.value[0] == 1.0
    result = operations.sum(shared * shared)
    shared.value[1] = 10.0
    result.backward()
    # The value is from before the change, the way back from after it.
    assert result.value == 29.0
    np.testing.assert_array_equal(shared.gradient, [10.0, 20.0])


@pytest.mark.parametrize(
    "act", [operator.mul, operator.add, operator.sub, operator.truediv, operator.pow, operator.matmul]
)
def test_arrays_leave_operators_to_the_tensor(act):
    """Else `array * tensor` is an array of objects, and nothing is recorded."""
    array = np.array([[1.0, 2.0], [3.0, 4.0]])
    result = act(array, Tensor(array))
    assert isinstance(result, Tensor)
    np.testing.assert_array_equal(result.value, act(array, array))
