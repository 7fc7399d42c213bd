"""Optimizers: each against its rule written out here once more, many runs at once, in place, with nothing allocated."""

import inspect
import tracemalloc

import numpy as np
import pytest

from helpers import optimizers
from helpers.optimizers import BELOW_ONE, BLOCK, OPTIMIZERS, SGD, Adagrad, Adam, RMSprop, get_optimizer

STEPS = 50

# Each rule as its authors write it, for one weight w, its gradient g and the step number t; s is what it remembers.


def sgd(w, g, s, t, learning_rate=0.01):
    return w - learning_rate * g


def momentum(w, g, s, t, learning_rate=0.01, momentum=0.0):
    s["v"] = momentum * s.get("v", 0) - learning_rate * g
    return w + s["v"]


def nesterov(w, g, s, t, learning_rate=0.01, momentum=0.0):
    s["v"] = momentum * s.get("v", 0) - learning_rate * g
    return w + momentum * s["v"] - learning_rate * g


def adagrad(w, g, s, t, learning_rate=0.001, initial=0.1, epsilon=1e-7):
    s["sum"] = s.get("sum", initial) + g**2
    return w - learning_rate * g / (s["sum"] + epsilon) ** 0.5


def rmsprop(w, g, s, t, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7):
    s["average"] = rho * s.get("average", 0) + (1 - rho) * g**2
    s["step"] = momentum * s.get("step", 0) + learning_rate * g / (s["average"] + epsilon) ** 0.5
    return w - s["step"]


def adam(w, g, s, t, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    # Algorithm 1 of Kingma and Ba with the reordering at the end of their section 2.
    s["m"] = beta_1 * s.get("m", 0) + (1 - beta_1) * g
    s["v"] = beta_2 * s.get("v", 0) + (1 - beta_2) * g**2
    alpha = learning_rate * (1 - beta_2**t) ** 0.5 / (1 - beta_1**t)
    return w - alpha * s["m"] / (s["v"] ** 0.5 + epsilon)


RULES = [
    (SGD(), sgd, {}),
    (SGD(0.3), sgd, {"learning_rate": 0.3}),
    (SGD(0.1, 0.9), momentum, {"learning_rate": 0.1, "momentum": 0.9}),
    (SGD(0.1, 1), momentum, {"learning_rate": 0.1, "momentum": 1.0}),
    (SGD(0.1, 0.9, nesterov=True), nesterov, {"learning_rate": 0.1, "momentum": 0.9}),
    (SGD(0.1, nesterov=True), sgd, {"learning_rate": 0.1}),
    (Adagrad(), adagrad, {}),
    (Adagrad(0.5, 0.0, 1e-3), adagrad, {"learning_rate": 0.5, "initial": 0.0, "epsilon": 1e-3}),
    (RMSprop(), rmsprop, {}),
    (
        RMSprop(0.02, 0.5, 0.8, 1e-2),
        rmsprop,
        {"learning_rate": 0.02, "rho": 0.5, "momentum": 0.8, "epsilon": 1e-2},
    ),
    (Adam(), adam, {}),
    (Adam(0.1, 0.5, 0.6, 1e-2), adam, {"learning_rate": 0.1, "beta_1": 0.5, "beta_2": 0.6, "epsilon": 1e-2}),
]


def slope(w, target):
    """Gradient of a bumpy bowl; not linear, so that an error in one step shows in all later ones."""
    return w - target + np.sin(3 * w)


@pytest.mark.parametrize(
    ("optimizer", "rule", "settings"), RULES, ids=lambda case: getattr(case, "__name__", "")
)
def test_rule_over_fifty_steps(optimizer, rule, settings):
    """Else an optimizer is not the one that its name, its defaults and its authors promise."""
    starts = [np.array([[2.0, -1.0, 0.3]]), np.array(-1.5)]
    target = 0.7
    parameters = [start.copy() for start in starts]
    expected = [start.ravel().tolist() for start in starts]
    memories = [[{} for _ in weights] for weights in expected]
    for t in range(1, STEPS + 1):
        optimizer.update(parameters, [slope(w, target) for w in parameters])
        expected = [
            [rule(w, slope(w, target), s, t, **settings) for w, s in zip(weights, memory, strict=True)]
            for weights, memory in zip(expected, memories, strict=True)
        ]
        for parameter, weights in zip(parameters, expected, strict=True):
            np.testing.assert_allclose(parameter.ravel(), weights, rtol=1e-10, atol=1e-12)
    assert all(
        np.abs(parameter - start).max() > 1e-3 for parameter, start in zip(parameters, starts, strict=True)
    )


def test_every_optimizer_has_a_rule_here():
    """Else a new optimizer goes untested."""
    kinds = {kind for kind in vars(optimizers).values() if isinstance(kind, type)}
    kinds = {kind for kind in kinds if issubclass(kind, optimizers.Optimizer)} - {optimizers.Optimizer}
    assert {type(optimizer) for optimizer, _, _ in RULES} == kinds == set(OPTIMIZERS.values())


def grid(low, high):
    return np.linspace(low, high, 5)[:, None], np.linspace(0, 0.95, 4)[None, :]


GRIDS = [
    (SGD, dict(zip(("learning_rate", "momentum"), grid(0.01, 0.5), strict=True)), {}),
    (SGD, dict(zip(("learning_rate", "momentum"), grid(0.01, 0.5), strict=True)), {"nesterov": True}),
    (Adagrad, {"learning_rate": grid(0.01, 0.5)[0]}, {}),
    (RMSprop, dict(zip(("learning_rate", "momentum"), grid(0.001, 0.1), strict=True)), {"rho": 0.8}),
    (RMSprop, dict(zip(("learning_rate", "rho"), grid(0.001, 0.1), strict=True)), {}),
    (Adam, dict(zip(("learning_rate", "beta_1"), grid(0.01, 0.5), strict=True)), {}),
    (Adam, dict(zip(("learning_rate", "beta_2"), grid(0.01, 0.5), strict=True)), {}),
]


@pytest.mark.parametrize(("kind", "arrays", "numbers"), GRIDS)
def test_many_runs_at_once(kind, arrays, numbers):
    """Else a diagram over learning rates and momenta shows something else than its single runs."""
    together = np.full((5, 4), 2.0)
    optimizer = kind(**arrays, **numbers)
    for _ in range(STEPS):
        optimizer.update([together], [slope(together, 0.7)])
    full = {name: np.broadcast_to(values, together.shape) for name, values in arrays.items()}
    for place in np.ndindex(together.shape):
        alone = np.array(2.0)
        optimizer = kind(**{name: values[place] for name, values in full.items()}, **numbers)
        for _ in range(STEPS):
            optimizer.update([alone], [slope(alone, 0.7)])
        np.testing.assert_allclose(together[place], alone, rtol=1e-12)


@pytest.mark.parametrize("kind", OPTIMIZERS.values())
@pytest.mark.parametrize("shape", [(2 * BLOCK + 17,), (3, BLOCK // 2 + 1), (BLOCK, 3), (2, BLOCK + 5)])
def test_blocks_change_nothing(kind, shape):
    """Else large arrays, or settings that are arrays, are cut wrongly at the borders of the blocks."""
    random = np.random.default_rng(0)
    start, gradient = random.normal(size=(2, *shape))
    rates = random.uniform(0.01, 0.1, shape)
    large, whole = start.copy(), kind(rates)
    pieces = [start.reshape(-1)[i : i + 999].copy() for i in range(0, start.size, 999)]
    cut = [kind(rates.reshape(-1)[i : i + 999]) for i in range(0, start.size, 999)]
    for _ in range(3):
        whole.update([large], [gradient])
        for number, (optimizer, piece) in enumerate(zip(cut, pieces, strict=True)):
            optimizer.update([piece], [gradient.reshape(-1)[number * 999 : number * 999 + 999]])
    np.testing.assert_allclose(large.reshape(-1), np.concatenate(pieces), rtol=1e-13)


@pytest.mark.parametrize(
    "optimizer", [case[0] for case in RULES], ids=lambda optimizer: type(optimizer).__name__
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_in_place_and_of_the_same_type(optimizer, dtype):
    """Else the model keeps training arrays that nobody looks at, or float32 weights become float64."""
    optimizer = type(optimizer)()
    weights, gradient = np.ones((3, 2), dtype), np.full((3, 2), 0.5, dtype)
    view, before = weights[:], gradient.copy()
    optimizer.update([weights], [gradient])
    assert (view < 1).all()
    assert weights.dtype == dtype
    np.testing.assert_array_equal(gradient, before)
    assert {array.dtype for _, memory, scratch in optimizer.state for array in (*memory, scratch)} == {
        np.dtype(dtype)
    }


@pytest.mark.parametrize("kind", [SGD, lambda: SGD(0.1, 0.9, nesterov=True), Adagrad, RMSprop, Adam])
def test_nothing_is_allocated_after_the_first_step(kind):
    """Else each step of a large network fetches and returns megabytes of memory."""
    weights, gradient = np.ones((784, 512), np.float32), np.ones((784, 512), np.float32)
    optimizer = kind()
    optimizer.update([weights], [gradient])
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        optimizer.update([weights], [gradient])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak - before < BLOCK


@pytest.mark.parametrize(
    ("compute", "error", "words"),
    [
        (lambda: SGD().update([np.ones(2)], []), ValueError, "1 parameters but 0 gradients"),
        (
            lambda: SGD().update([np.ones(2)], 1.0),
            TypeError,
            "a list of parameters and a list of their gradients",
        ),
        (
            lambda: SGD().update(1.0, [np.ones(2)]),
            TypeError,
            "a list of parameters and a list of their gradients",
        ),
        (lambda: SGD().update([np.ones(2)], [np.ones(3)]), ValueError, r"0 has shape \(2,\).* shape \(3,\)"),
        (lambda: SGD().update([np.ones(2, int)], [np.ones(2)]), TypeError, "type int64"),
        (lambda: SGD().update([[1.0]], [np.ones(1)]), TypeError, "type list"),
        (
            lambda: SGD().update([np.broadcast_to(np.ones(1), 2)], [np.ones(2)]),
            TypeError,
            "0 is an array that may not be written to",
        ),
        (
            lambda: SGD([0.1, 0.2, 0.3]).update([np.ones(2)], [np.ones(2)]),
            ValueError,
            r"learning_rate of shape \(3,\) does not fit parameter 0 of shape \(2,\)",
        ),
        (
            lambda: SGD([[0.1], [0.2]]).update([np.ones(2)], [np.ones(2)]),
            ValueError,
            r"learning_rate of shape \(2, 1\) does not fit parameter 0 of shape \(2,\)",
        ),
        (lambda: SGD(0.1j), TypeError, "learning_rate must be a number.*0.1j"),
        (lambda: SGD("fast"), TypeError, "learning_rate must be a number.*'fast'"),
        (lambda: SGD(None), TypeError, "learning_rate must be a number.*None"),
        (lambda: SGD(0.1, momentum=1.5), ValueError, "momentum must lie between 0 and 1, not 1.5"),
        (lambda: SGD(0.1, momentum=[0.5, -0.1]), ValueError, "momentum must lie between 0 and 1"),
        (lambda: SGD(float("nan")), ValueError, "learning_rate"),
        (lambda: Adam(beta_1=1.0), ValueError, "beta_1 must be at least 0 and below 1, not 1.0"),
        (lambda: Adam(epsilon=-1), ValueError, "epsilon must be a finite number of at least 0, not -1"),
        (lambda: Adam(epsilon=[1, 2]), TypeError, r"epsilon must be a single number.*shape \(2,\)"),
        (
            lambda: Adagrad(initial_accumulator_value=np.ones(3)),
            TypeError,
            r"initial_accumulator_value must be a single number.*shape \(3,\)",
        ),
        (
            lambda: get_optimizer("rmsprob"),
            ValueError,
            "optimizer 'rmsprob' is not known.*Did you mean 'rmsprop'",
        ),
        (
            lambda: get_optimizer("ADAMM"),
            ValueError,
            r"'ADAMM' is not known here\. .* Did you mean 'adam'\?$",
        ),
        (lambda: get_optimizer(["sgd"]), ValueError, r"optimizer \['sgd'\] is not known"),
        (lambda: get_optimizer("quux"), ValueError, "'sgd', 'adagrad', 'rmsprop', 'adam'.$"),
    ],
)
def test_errors_are_lessons(compute, error, words):
    """Else a learner who made a usual mistake is not told what came and what was expected."""
    with pytest.raises(error, match=words):
        compute()


@pytest.mark.parametrize("kind", OPTIMIZERS.values())
@pytest.mark.parametrize("wrong", [[np.ones(2)], [None], []], ids=["another shape", "none", "too few"])
def test_a_refused_update_is_no_step(kind, wrong):
    """Else the weights go another way once a mistake is put right: Adam takes its first step for the second."""
    gradients = [np.array([0.5, -2.0]), np.ones(3)]
    asked, refused = ([np.ones(2), np.full(3, 2.0)] for _ in range(2))
    fresh, used = kind(0.1), kind(0.1)
    with pytest.raises(ValueError):
        used.update(refused, [gradients[0], *wrong])
    for optimizer, parameters in ((fresh, asked), (used, refused)):
        optimizer.update(parameters, gradients)
    for one, other in zip(asked, refused, strict=True):
        np.testing.assert_array_equal(one, other)


BOUNDS = {
    (SGD, "momentum"): (0, 1),
    (Adagrad, "initial_accumulator_value"): (0, np.inf),
    (Adagrad, "epsilon"): (0, np.inf),
    (RMSprop, "rho"): (0, 1),
    (RMSprop, "momentum"): (0, 1),
    (RMSprop, "epsilon"): (0, np.inf),
    # Of an average that keeps all of the old, Adam would divide by zero.
    (Adam, "beta_1"): (0, BELOW_ONE),
    (Adam, "beta_2"): (0, BELOW_ONE),
    (Adam, "epsilon"): (0, np.inf),
}


@pytest.mark.parametrize(("kind", "name"), BOUNDS)
def test_settings_have_bounds(kind, name):
    """Else a slip of the finger, 9 for 0.9, trains without a word and ends in numbers that nobody understands."""
    low, high = BOUNDS[kind, name]
    wrong = [np.nextafter(low, -1), np.nextafter(high, 2) if high < np.inf else np.inf, float("nan")]
    for value in (low, min(high, 1e30)):
        kind(**{name: value})
    # Of what may be an array, one entry is enough.
    for value in wrong + [[0.5, one] for one in wrong if name in kind.settings]:
        with pytest.raises(
            ValueError, match=rf"^{name} must (lie between|be at least|be a finite number of at least) 0"
        ):
            kind(**{name: value})


def test_every_setting_has_its_bounds_here():
    """Else a new setting may be anything."""
    settings = {(kind, name) for kind in OPTIMIZERS.values() for name in inspect.signature(kind).parameters}
    assert {(kind, name) for kind, name in settings if name not in ("learning_rate", "nesterov")} == {*BOUNDS}


def test_parameters_are_known_by_position():
    """Else an optimizer that was used for another model quietly continues with that model's memory."""
    optimizer = SGD(0.1, 0.9)
    optimizer.update([np.ones(2)], [np.ones(2)])
    with pytest.raises(
        ValueError, match=r"had shape \(2,\) in the first update and has \(3,\) now.*new optimizer"
    ):
        optimizer.update([np.ones(3)], [np.ones(3)])
    optimizer.update([np.ones(2)], [[1.0, 1.0]])
    assert type(get_optimizer("adam")) is Adam
    assert get_optimizer(optimizer) is optimizer


def test_settings_and_optimizers_are_ones_own():
    """Else a rate that a learner lowers in the middle of a training stays as it was, or two models share their steps."""
    optimizer = get_optimizer("sgd")
    assert optimizer is not get_optimizer("sgd") and optimizer.iterations == 0
    weights = [np.ones(2)]
    for steps, rate in enumerate((0.5, 0.25), 1):
        optimizer.learning_rate = rate
        before = weights[0].copy()
        optimizer.update(weights, [np.ones(2)])
        np.testing.assert_array_equal(weights[0], before - rate)
        assert optimizer.iterations == steps
    for number in (np.float32(0.5), np.array(0.5), 0.5):
        assert type(SGD(number).learning_rate) is float and SGD(number).learning_rate == 0.5
    rates = np.array([0.1, 0.2])
    assert SGD(rates).learning_rate is rates and type(Adam(1).learning_rate) is float
