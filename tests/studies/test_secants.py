"""Secants: the rules give the slopes that small moves measure, and the causes of an error come in their order."""

import re

import numpy as np
import pytest

from helpers.gradients import central_difference, forward_difference
from helpers.operations import relu
from helpers.studies.secants.compute import (
    DIFFERENCES,
    FUNCTIONS,
    KINKS,
    PRECISIONS,
    STEPS,
    best_step,
    chain_rule,
    measure_secant,
    power_rule,
    product_rule,
    quotient_rule,
    sum_rule,
)
from helpers.studies.secants.plots import (
    BEST_NEAR,
    CURVES,
    DIFFERENCE_LABELS,
    DIFFERENCE_TITLES,
    PRECISION_LABELS,
)
from helpers.studies.secants.tangent_live import FUNCTION_LABELS
from helpers.tensor import Tensor

PLACES = np.round(np.arange(-2, 2.01, 0.1), 1)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_slopes_are_those_that_small_moves_measure(name):
    """Else a tangent is drawn that does not touch its curve."""
    f, slope = FUNCTIONS[name]
    places = np.array([x for x in PLACES if x != KINKS.get(name)])
    np.testing.assert_allclose(slope(places), central_difference(f, places, 6e-6), rtol=1e-8, atol=1e-8)


def test_rules_against_polynomials():
    """Else a rule is wrong where the named functions do not use it, or two rules are wrong together."""
    square, cube = power_rule(2), power_rule(3)
    x = np.linspace(0.3, 2, 30)
    for (f, slope), (value, derivative) in {
        sum_rule(square, cube): (x**2 + x**3, 2 * x + 3 * x**2),
        product_rule(square, cube): (x**5, 5 * x**4),
        quotient_rule(square, cube): (1 / x, -1 / x**2),
        chain_rule(square, cube): (x**6, 6 * x**5),
    }.items():
        np.testing.assert_allclose(f(x), value)
        np.testing.assert_allclose(slope(x), derivative)


def test_value_at_the_kink_is_the_one_of_the_operations():
    """Else the text about the value that helpers chooses at 0 is about another value."""
    zero = Tensor(0.0)
    relu(zero).backward()
    assert zero.gradient == FUNCTIONS["relu"][1](0.0) == 0
    absolute = relu(zero) + relu(-zero)
    absolute.backward()
    assert zero.gradient == FUNCTIONS["|x|"][1](0.0) == 0


def test_errors_of_both_differences_have_their_order():
    """Else halving the step does not do what the text promises."""

    def cube(x):
        return x * x * x

    for step in (0.1, 0.05, 0.01):
        assert forward_difference(cube, 1.0, step) - 3 == pytest.approx(3 * step + step**2)
        assert central_difference(cube, 1.0, step) - 3 == pytest.approx(step**2)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("difference", ["forward", "central"])
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_causes_come_in_their_order(name, difference, precision):
    """Else the sentence blames the rounding for an error of a step that is too large, or the other way round."""
    letters = {"kink": "k", "across": "a", "good": "g", "same": "s", "rounding": "r", "truncation": "t"}
    for x in PLACES[::4]:
        causes = "".join(
            letters[measure_secant(name, float(x), float(h), difference, precision).cause]
            for h in np.logspace(-16, 0, 65)
        )
        # Between the two troubles there is always a step that is good.
        assert re.fullmatch("k+|s*[rg]*[tg]*a*", causes) and "rt" not in causes, (x, causes)
        assert ("k" in causes) == (x == KINKS.get(name))
    curved = measure_secant("exp x", 1.0, 0.5, difference, precision)
    assert curved.cause == "truncation" and curved.error > 0.01


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("difference", ["forward", "central"])
@pytest.mark.parametrize("precision", PRECISIONS)
def test_good_is_an_error_that_rounding_alone_would_make(name, difference, precision):
    """Else the best secant that there is counts as a bad one where x · f′(x) is large, or a bad one as good."""
    f, f_slope = FUNCTIONS[name]
    epsilon = np.finfo(PRECISIONS[precision]).eps
    for x in PLACES[KINKS.get(name) != PLACES][::5]:
        # x is rounded as f(x) is, and moves f(x) by x · f′(x) times as much.
        size = max(1, abs(f(x)), abs(x * f_slope(x)))
        limit = 20 * size * epsilon ** (1 / 2 if difference == "forward" else 2 / 3)
        for h in np.logspace(-12, -1, 23):
            secant = measure_secant(name, float(x), float(h), difference, precision)
            if secant.cause in ("good", "rounding", "truncation"):
                assert (secant.cause == "good") == (secant.error <= limit), (x, h)


def test_secant_that_ends_on_a_kink_does_not_cross_it():
    """Else a straight side of relu is said to have its kink between the ends of the secant."""
    for x, h, difference in ((-0.5, 0.5, "forward"), (0.5, 0.5, "central"), (-0.5, 0.5, "central")):
        secant = measure_secant("relu", x, h, difference, "float64")
        assert (secant.cause, secant.error) == ("good", 0)
    assert measure_secant("relu", -0.5, 0.75, "forward", "float64").cause == "across"


def test_secant_is_measured_where_it_is_drawn():
    """Else points, slope and error in the picture belong to different secants."""
    for difference, low in (("forward", 0.5), ("central", 0.25)):
        secant = measure_secant("sin x", 0.5, 0.25, difference, "float64")
        np.testing.assert_array_equal(secant.ends, [[low, np.sin(low)], [0.75, np.sin(0.75)]])
        assert secant.slope == pytest.approx(np.diff(secant.ends[:, 1])[0] / (0.75 - low))
        assert secant.error == pytest.approx(abs(secant.slope - np.cos(0.5)))
        assert np.interp(0.25, STEPS, secant.errors) == pytest.approx(secant.error, rel=0.05)


def test_float32_is_computed_in_float32():
    """Else the picture of float32 shows the error of float64."""
    coarse = measure_secant("exp x", 1.0, 1e-7, "forward", "float32")
    fine = measure_secant("exp x", 1.0, 1e-7, "forward", "float64")
    assert coarse.error > 0.05 > 1e-5 > fine.error
    small = np.searchsorted(STEPS, 1e-9)
    assert coarse.errors[small] == pytest.approx(np.e) and fine.errors[small] < 1e-5


def test_best_step_does_not_fall_for_luck():
    """Else one error that is 0 by chance is taken for the best step."""
    steps = np.logspace(-16, -1, 121)
    errors = steps + 1e-16 / steps
    errors[20] = 0.0
    assert best_step(steps, errors) == pytest.approx(1e-8, rel=0.4)


def test_every_choice_has_a_label():
    """Else a new function is in no menu, or a picture of a new precision ends in a KeyError."""
    assert set(FUNCTION_LABELS) == set(FUNCTIONS)
    assert set(DIFFERENCE_LABELS) == set(DIFFERENCE_TITLES) == set(DIFFERENCES)
    assert set(PRECISION_LABELS) == set(BEST_NEAR) == set(CURVES) == set(PRECISIONS)
