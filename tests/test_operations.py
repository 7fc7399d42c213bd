"""Every operation: its value against NumPy, its derivative against small moves and against the autograd package."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

import helpers.operations as ops
from helpers.gradients import check_gradient, numerical_gradient
from helpers.operations import OPERATIONS
from helpers.tensor import Tensor

random = np.random.default_rng(0)
LABELS = np.array([2, 0, 1, 2])
SHARES = random.dirichlet(np.ones(3), 4)
ROWS = np.array([1, 1, 0])


def normal(*shape):
    return random.normal(size=shape)


def positive(*shape):
    return random.uniform(0.5, 2, shape)


def cross_entropy(logits, targets):
    if np.ndim(targets) == 1:
        targets = np.eye(logits.shape[1])[targets]
    totals = anp.sum(targets, axis=-1) * anp.log(anp.sum(anp.exp(logits), axis=-1))
    return anp.mean(totals - anp.sum(targets * logits, axis=-1))


def soft(x):
    return anp.exp(x) / anp.sum(anp.exp(x), axis=-1, keepdims=True)


# Name: how autograd says it, and inputs away from kinks. The last entry of a case may be a dict of options.
TABLE = {
    "add": (anp.add, [(normal(2, 3), normal(3)), (normal(2, 1), normal(1, 3)), (normal(), normal(2))]),
    "subtract": (
        anp.subtract,
        [(normal(2, 3), normal(3)), (normal(2, 1), normal(1, 3)), (normal(2), normal())],
    ),
    "multiply": (
        anp.multiply,
        [(normal(2, 3), normal(3)), (normal(2, 1), normal(1, 3)), (normal(2), normal())],
    ),
    "divide": (
        anp.divide,
        [(normal(2, 3), positive(3)), (normal(2, 1), -positive(1, 3)), (normal(), positive(2))],
    ),
    "negative": (anp.negative, [(normal(2, 3),), (normal(),)]),
    "power": (
        anp.power,
        [(positive(2, 3), normal(3)), (positive(2, 1), normal(1, 3)), (positive(2), normal())],
    ),
    "exp": (anp.exp, [(normal(2, 3),), (normal(),)]),
    "log": (anp.log, [(positive(2, 3),), (positive(),)]),
    "maximum": (
        anp.maximum,
        [(normal(2, 3), normal(3)), (normal(2, 1), normal(1, 3)), (normal(4), normal())],
    ),
    "relu": (lambda x: anp.maximum(x, 0), [(normal(2, 3),), (normal(),)]),
    "sigmoid": (lambda x: 1 / (1 + anp.exp(-x)), [(normal(2, 3),), (normal(),)]),
    "tanh": (anp.tanh, [(normal(2, 3),), (normal(),)]),
    "softmax": (
        soft,
        [(normal(2, 3),), (normal(3),), (normal(2, 3, 2),)],
    ),
    "sum": (
        anp.sum,
        [
            (normal(2, 3),),
            (normal(),),
            (normal(2, 3), {"axis": 1}),
            (normal(2, 3), {"axis": -2, "keepdims": True}),
            (normal(2, 3, 4), {"axis": (0, -1)}),
            (normal(2, 3), {"axis": ()}),
        ],
    ),
    "mean": (
        anp.mean,
        [
            (normal(2, 3),),
            (normal(),),
            (normal(2, 3), {"axis": 0}),
            (normal(2, 3), {"axis": -1, "keepdims": True}),
            (normal(2, 3, 4), {"axis": (1, 2)}),
        ],
    ),
    "matmul": (
        anp.matmul,
        [
            (normal(2, 3), normal(3, 4)),
            (normal(3), normal(3)),
            (normal(3), normal(3, 2)),
            (normal(2, 3), normal(3)),
            (normal(5, 2, 3), normal(5, 3, 4)),
            (normal(5, 2, 3), normal(3, 4)),
            (normal(5, 1, 2, 3), normal(4, 3, 2)),
            (normal(2, 3), normal(5, 3, 4)),
            (normal(5, 2, 3), normal(3)),
            (normal(3), normal(5, 3, 2)),
        ],
    ),
    "softmax_cross_entropy": (
        lambda logits, targets: cross_entropy(logits, targets),
        [
            (normal(4, 3), {"targets": LABELS}),
            (normal(4, 3), {"targets": SHARES}),
            (normal(4, 3), {"targets": 2 * SHARES}),
        ],
    ),
    "reshape": (
        # NumPy 2.0 calls the shape newshape.
        lambda x, shape: anp.reshape(x, shape),
        [(normal(2, 3), {"shape": (3, 2)}), (normal(2, 3), {"shape": -1}), (normal(4), {"shape": (2, 1, 2)})],
    ),
    "transpose": (
        # autograd's own derivative goes wrong at negative axes.
        lambda x, axes=None: anp.transpose(x, axes and tuple(axis % x.ndim for axis in axes)),
        [
            (normal(2, 3),),
            (normal(3),),
            (normal(2, 3, 4), {"axes": (2, 0, 1)}),
            (normal(2, 3, 4), {"axes": (-1, 0, 1)}),
            (normal(2, 3, 4),),
        ],
    ),
    "getitem": (
        lambda x, index: x[index],
        [
            (normal(3, 4), {"index": 1}),
            (normal(3, 4), {"index": (slice(None, None, 2), -1)}),
            (normal(3, 4), {"index": (ROWS, ROWS)}),
            (normal(3, 4), {"index": ROWS}),
            (normal(3), {"index": np.array([True, False, True])}),
            (normal(3), {"index": (None, slice(1))}),
        ],
    ),
}


def cases():
    for name, (reference, rows) in TABLE.items():
        for number, row in enumerate(rows):
            *arrays, options = row if isinstance(row[-1], dict) else (*row, {})
            yield pytest.param(name, reference, arrays, options, id=f"{name}-{number}")


every_case = pytest.mark.parametrize(("name", "reference", "arrays", "options"), list(cases()))


def call(name, tensors, options):
    """Call an operation; what is data to it, such as targets, stands where its signature has it."""
    return OPERATIONS[name](*tensors, **options)


def weighted(result, weights):
    """Turn any result into one number, so that each of its entries matters differently."""
    return ops.sum(result * weights)


def test_table_is_complete():
    """Else an operation was added, and nobody checks its derivative."""
    assert set(TABLE) == set(OPERATIONS)


@every_case
def test_value_and_derivative(name, reference, arrays, options):
    """Else an operation computes something else than NumPy, or carries a wrong gradient back to one of its inputs."""
    expected = reference(*arrays, **options)
    np.testing.assert_allclose(call(name, arrays, options), expected, rtol=1e-12, atol=1e-14)
    weights = np.random.default_rng(1).normal(size=np.shape(expected))
    tensors = [Tensor(array) for array in arrays]
    result = call(name, tensors, options)
    np.testing.assert_array_equal(result.value, call(name, arrays, options))
    weighted(result, weights).backward()
    for position, tensor in enumerate(tensors):

        def loss(x, position=position):
            return anp.sum(reference(*arrays[:position], x, *arrays[position + 1 :], **options) * weights)

        assert tensor.gradient.shape == tensor.shape
        np.testing.assert_allclose(
            tensor.gradient, autograd.grad(loss)(arrays[position]), rtol=1e-9, atol=1e-12
        )
        np.testing.assert_allclose(
            tensor.gradient, numerical_gradient(loss, arrays[position]), rtol=1e-5, atol=1e-8
        )


@every_case
def test_one_input_alone(name, reference, arrays, options):
    """Else a gradient that nobody asked for is computed, or the one that is asked for needs the other."""
    for position in range(len(arrays)):
        inputs = [Tensor(x) if place == position else x for place, x in enumerate(arrays)]
        result = call(name, inputs, options)
        assert [parent for parent, _ in result.parents] == [inputs[position]]
        ops.sum(result).backward()
        assert inputs[position].gradient.shape == inputs[position].shape


@every_case
def test_float32_is_kept(name, reference, arrays, options):
    """Else a network trains twice as slowly as it need, and its numbers differ from those of float32."""
    if name == "softmax_cross_entropy" and options["targets"].ndim == 2:
        options = {"targets": options["targets"].astype(np.float32)}
    tensors = [Tensor(array.astype(np.float32)) for array in arrays]
    result = call(name, tensors, options)
    loss = ops.mean(result * 2 + 1)
    assert result.dtype == loss.dtype == np.float32
    loss.backward()
    assert {tensor.gradient.dtype for tensor in tensors} == {np.dtype(np.float32)}


def test_gradient_has_the_type_of_its_tensor():
    """Else one array of float64 among the data makes a float32 network train in float64 from then on."""
    w = Tensor(np.float32([1, 2]))
    ops.sum(w * np.array([3.0, 4.0])).backward()
    assert w.gradient.dtype == np.float32


@settings(max_examples=60, deadline=None)
@given(
    shapes=mutually_broadcastable_shapes(num_shapes=2, min_side=0, max_side=3, max_dims=4),
    name=st.sampled_from(["add", "subtract", "multiply", "divide", "power", "maximum"]),
)
def test_broadcasting_and_its_reverse(shapes, name):
    """Else a gradient is not summed over the axes along which its input was repeated."""
    left, right = (
        Tensor(np.random.default_rng(seed).uniform(0.5, 2, s)) for seed, s in enumerate(shapes.input_shapes)
    )
    result = OPERATIONS[name](left, right)
    assert result.shape == shapes.result_shape
    ops.sum(result).backward()
    full = [Tensor(np.broadcast_to(x.value, result.shape)) for x in (left, right)]
    ops.sum(OPERATIONS[name](*full)).backward()
    for x, repeated in zip((left, right), full, strict=True):
        assert x.gradient.shape == x.shape
        # Each entry of an input receives what all its copies would have received together.
        owner = np.broadcast_to(np.arange(x.value.size).reshape(x.shape), result.shape).ravel()
        totals = np.bincount(owner, repeated.gradient.ravel(), minlength=x.value.size)
        np.testing.assert_allclose(x.gradient.ravel(), totals, rtol=1e-12, atol=1e-12)


x = Tensor([[1.0, 2.0], [3.0, 4.0]])
array = np.array([[5.0, 6.0], [7.0, 8.0]])


@pytest.mark.parametrize(
    "other", [3, 3.0, np.float32(3), array, Tensor(array), [[5.0, 6.0], [7.0, 8.0]]], ids=repr
)
def test_operators_with_anything_on_either_side(other):
    """Else `2 * tensor` or `array - tensor` means something else than `tensor * 2` or fails."""
    plain = np.asarray(getattr(other, "value", other))
    for result, expected in [
        (x + other, x.value + plain),
        (other + x, plain + x.value),
        (x - other, x.value - plain),
        (other - x, plain - x.value),
        (x * other, x.value * plain),
        (other * x, plain * x.value),
        (x / other, x.value / plain),
        (other / x, plain / x.value),
        (x**other, x.value**plain),
        (other**x, plain**x.value),
        (-x, -x.value),
        (x[0, 1:], x.value[0, 1:]),
        (x[[]], x.value[[]]),
        (x[[1, 1]], x.value[[1, 1]]),
    ]:
        assert isinstance(result, Tensor)
        np.testing.assert_allclose(result.value, expected)
    if plain.ndim:
        np.testing.assert_allclose((x @ other).value, x.value @ plain)
        np.testing.assert_allclose((other @ x).value, plain @ x.value)


def test_a_tensor_used_twice_receives_both_gradients():
    """Else sums over paths lose a path."""
    w = Tensor([1.5, -2.0])
    square = w * w
    loss = ops.sum(square * w + square + w)
    loss.backward()
    np.testing.assert_allclose(w.gradient, 3 * w.value**2 + 2 * w.value + 1)
    loss.backward()
    np.testing.assert_allclose(w.gradient, 3 * w.value**2 + 2 * w.value + 1)


def test_sharing_does_not_take_forever():
    """Else a graph in which each value is used twice is walked once a path: 2 to the power 200."""
    w = y = Tensor(1.0)
    for _ in range(200):
        y = (y + y) * 0.5
    y.backward()
    assert w.gradient == 1


@pytest.mark.parametrize(
    "step", [lambda y, w: y + w, lambda y, w: y * 1.0 + w], ids=["chain", "chain of two"]
)
def test_graph_of_ten_thousand_operations(step):
    """Else backward() meets Python's limit on recursion."""
    w = Tensor([1.0, 2.0])
    y = w
    for _ in range(10_000):
        y = step(y, w)
    ops.sum(y).backward()
    np.testing.assert_allclose(w.gradient, 10_001)


EXTREME = np.array([-1e30, -800.0, -50.0, 0.0, 50.0, 800.0, 1e30])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ["relu", "sigmoid", "tanh", "softmax"])
def test_extreme_scores(name, dtype):
    """Else a large score gives nan or a warning, where the function has a perfectly good limit."""
    scores = Tensor(EXTREME.astype(dtype))
    result = OPERATIONS[name](scores)
    ops.sum(result * EXTREME.clip(-1, 1).astype(dtype)).backward()
    assert np.isfinite(result.value).all() and np.isfinite(scores.gradient).all()
    if name == "sigmoid":
        np.testing.assert_allclose(result.value, [0, 0, np.exp(-50), 0.5, 1, 1, 1], rtol=1e-4, atol=1e-300)


def test_extreme_divisors():
    """Else a representable slope overflows on the way, by squaring the divisor."""
    for size in (1e20, 1e-25):
        y = Tensor(np.float32(size))
        (np.float32(size) / y).backward()
        assert y.gradient == pytest.approx(-1 / size, rel=1e-6)


@pytest.mark.parametrize(
    ("function", "at", "slope"),
    [
        (lambda x: x**0.5, 0.0, np.inf),
        (lambda x: (x * 0) ** 0.5, 1.0, np.nan),
        (lambda x: 1 / x, 1e-200, -np.inf),
    ],
    ids=["a number by 0", "0 times infinity", "beyond all numbers"],
)
def test_no_warning_on_the_way_back(function, at, slope):
    """Else a learner who has made no mistake is warned of a line inside of the package."""
    x = Tensor(at)
    function(x).backward()
    # A warning is an error here, as pyproject.toml has it.
    np.testing.assert_equal(x.gradient, slope)


@pytest.mark.parametrize("name", ["softmax", "sigmoid"])
def test_bytes_do_not_wrap(name):
    """Else -1 becomes 255 where a picture's bytes are given."""
    np.testing.assert_allclose(
        OPERATIONS[name](np.array([1, 2], np.uint8)), OPERATIONS[name](np.array([1.0, 2.0]))
    )
    logits = np.array([[1, 2]], np.uint8)
    labels = np.array([0])
    assert ops.softmax_cross_entropy(logits, labels) == ops.softmax_cross_entropy(logits * 1.0, labels)


def test_extreme_cross_entropy():
    """Else one hopeless sample makes the loss of a whole batch infinite."""
    logits = Tensor(np.array([[1e4, -1e4, 0.0], [-1e4, 1e4, 0.0]]))
    loss = ops.softmax_cross_entropy(logits, np.array([1, 1]))
    loss.backward()
    assert loss.value == 1e4
    np.testing.assert_allclose(logits.gradient, [[0.5, -0.5, 0], [0, 0, 0]])


def test_one_extreme_sample_leaves_the_others_alone():
    """Else scores are moved by the largest of the whole batch, and the other samples underflow."""
    logits = np.array([[1e4, -1e4, 0.0], [1.0, 2.0, 3.0]])
    np.testing.assert_array_equal(ops.softmax(logits)[1], ops.softmax(logits[1]))
    targets = np.array([0, 1])
    alone = ops.softmax_cross_entropy(logits[1:], targets[1:])
    assert ops.softmax_cross_entropy(logits, targets) == pytest.approx(alone / 2)


@pytest.mark.parametrize(
    ("function", "at", "slope"),
    [
        (ops.relu, 0.0, 0),
        (lambda w: ops.maximum(w, 0.0), 0.0, 0),
        (lambda w: ops.maximum(0.0, w), 0.0, 1),
        (lambda w: w**2, 0.0, 0),
        (lambda w: w**2, -3.0, -6),
        (lambda w: w**3, -2.0, 12),
        (lambda w: w**1, 0.0, 1),
        (lambda w: w**0, 0.0, 0),
        (lambda w: w**0, 5.0, 0),
        (lambda w: 0.0**w, 2.0, 0),
    ],
)
def test_chosen_slopes(function, at, slope):
    """Else a kink, or a power that is smooth there, gives nan or another slope than the docstring says."""
    w = Tensor(at)
    function(w).backward()
    assert w.gradient == slope


@pytest.mark.parametrize(
    ("compute", "words"),
    [
        (lambda: x + np.ones(3), ["add", "(2, 2)", "(3,)", "axis −1", "2 on the left", "3 on the right"]),
        (lambda: np.ones((3, 2)) * x, ["multiply", "(3, 2)", "(2, 2)", "axis −2"]),
        (lambda: x @ np.ones((3, 2)), ["matmul", "(2, 2)", "(3, 2)", "length 2", "second last axis", "3"]),
        (lambda: x @ np.ones(3), ["matmul", "(2, 2)", "(3,)", "only axis"]),
        (lambda: x @ 3, ["matmul", "(2, 2)", "()", "* instead"]),
        (lambda: np.ones((3, 2, 3)) @ Tensor(np.ones((2, 3, 4))), ["matmul", "(3, 2, 3)", "(2, 3, 4)"]),
        (lambda: ops.reshape(x, (3, 2)), ["reshape", "(2, 2)", "(3,2)", "4"]),
        (lambda: ops.transpose(x, (0, 1, 2)), ["transpose", "axes"]),
        (lambda: ops.sum(x, axis=2), ["sum", "axis 2", "2"]),
        (
            lambda: ops.softmax_cross_entropy(x, np.ones((3, 2))),
            ["softmax_cross_entropy", "(2, 2)", "(3, 2)"],
        ),
    ],
)
def test_shape_errors_are_lessons(compute, words):
    """Else the error does not say which operation, which shapes or which axis."""
    with pytest.raises(ValueError) as caught:
        compute()
    for word in words:
        assert word in str(caught.value), str(caught.value)


def test_other_errors_are_lessons():
    """Else a learner reads a traceback from inside NumPy."""
    with pytest.raises(ValueError, match=r"shape \(2, 2\).*Sum or average"):
        (x * 2).backward()
    with pytest.raises(
        TypeError, match=r"softmax_cross_entropy\(logits, targets\) has no derivative by its targets"
    ):
        ops.softmax_cross_entropy(x, Tensor(np.eye(2)))
    with pytest.raises(ValueError, match=r"targets have shape \(2, 1\).*input has shape \(2, 2\)"):
        ops.softmax_cross_entropy(x, np.array([[0], [1]]))
    with pytest.raises(ValueError, match=r"between 0 and 1.*label -1 occurs"):
        ops.softmax_cross_entropy(x, np.array([0, -1]))
    with pytest.raises(ValueError, match=r"between 0 and 1.*label 2 occurs"):
        ops.softmax_cross_entropy(x, np.array([0, 2]))
    with pytest.raises(TypeError, match=r"power\(x, y\).*without y="):
        ops.power(2.0, y=x)


def test_tensor_keeps_floats_and_makes_floats_of_the_rest():
    """Else a tensor of whole numbers cannot be moved by a fraction."""
    assert Tensor([1, 2]).dtype == np.float64
    assert Tensor(np.array([1], np.float32)).dtype == np.float32
    assert Tensor(np.array([True])).dtype == np.float64
    assert repr(Tensor([1, 2.5])) == "Tensor([1. , 2.5], shape=(2,), dtype=float64)"
    assert len(repr(Tensor(np.zeros((100, 100))))) < 300


def test_operations_on_plain_arrays_stay_plain():
    """Else arithmetic without any Tensor pays for a graph."""
    assert type(ops.multiply(array, 2)) is np.ndarray
    assert type(ops.sum([1.0, 2.0])) is np.float64


# Small moves against backward, as learners do it.


def test_numerical_gradient_of_polynomials():
    """Else the yardstick itself is wrong; for a parabola, central differences have no error but rounding."""
    point = np.array([[1.0, -2.0], [30.0, 0.0]])
    np.testing.assert_allclose(
        numerical_gradient(lambda p: np.sum(p**2), point), 2 * point, rtol=1e-8, atol=1e-8
    )
    np.testing.assert_allclose(numerical_gradient(lambda p: p**3, 2.0, step=0.1), 12 + 0.01)
    assert numerical_gradient(lambda p: np.sum(p), np.array([1, 2])).dtype == np.float64
    assert point[1, 0] == 30
    # A large number must be moved by more than its rounding.
    assert numerical_gradient(lambda p: p**2, 1e6) == pytest.approx(2e6, rel=1e-8)


def test_check_gradient_finds_the_worst_entry():
    """Else a wrong derivative passes, or the message points at another entry."""
    assert check_gradient(lambda w: ops.sum(ops.tanh(w) ** 2), normal(3, 2)) < 1e-8
    assert check_gradient(lambda w: 3.0, normal(2)) == 0

    def wrong(w):
        result = ops.sum(w * w)
        (square, back) = result.parents[0]
        factor = np.array([1.0, 1.0, 1.5])
        return Tensor(result.value, "wrong", [(square, lambda g: back(g) * factor)])

    with pytest.raises(AssertionError, match=r"entry \(2,\): backward\(\) says 9, .* says 6\."):
        check_gradient(wrong, np.array([1.0, 2.0, 3.0]))
    for slope in (0.5, np.nan):
        with pytest.raises(AssertionError, match=f"says {slope}, .* says 1"):
            check_gradient(lambda w, slope=slope: Tensor(w.value, "", [(w, lambda g: g * slope)]), 2.0)
    with pytest.raises(ValueError, match=r"must return one number.*\(2,\)"):
        check_gradient(lambda w: w * 2, np.ones(2))
    with pytest.raises(ValueError, match=r"must return one number.*\(2,\)"):
        numerical_gradient(lambda w: w * 2, np.ones(2))
