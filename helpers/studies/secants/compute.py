"""Secants and tangents of functions of one variable: rules of differentiation, and how far a measured slope is off.

A function comes as a pair: the function itself, and the function that gives its slope. A rule makes a new pair of old
ones, so whatever is built with rules knows its derivative.
"""

import dataclasses

import numpy as np

from helpers.gradients import central_difference, forward_difference

# The rules (Leibniz 1684, "Nova methodus pro maximis et minimis")


def constant_rule(value):
    """Return the pair of a function that is the same everywhere."""
    return lambda x: value + 0 * x, lambda x: 0 * x


def power_rule(n):
    """Return the pair of x to the power n, a number that is not 0."""
    return lambda x: x**n, lambda x: n * x ** (n - 1)


def sum_rule(left, right):
    """Return the pair of f + g from the pairs of f and g."""
    (f, f_slope), (g, g_slope) = left, right
    return lambda x: f(x) + g(x), lambda x: f_slope(x) + g_slope(x)


def product_rule(left, right):
    """Return the pair of f · g from the pairs of f and g."""
    (f, f_slope), (g, g_slope) = left, right
    return lambda x: f(x) * g(x), lambda x: f_slope(x) * g(x) + f(x) * g_slope(x)


def quotient_rule(top, bottom):
    """Return the pair of f / g from the pairs of f and g."""
    (f, f_slope), (g, g_slope) = top, bottom
    return lambda x: f(x) / g(x), lambda x: (f_slope(x) * g(x) - f(x) * g_slope(x)) / g(x) ** 2


def chain_rule(outer, inner):
    """Return the pair of f(g(x)) from the pairs of f and g."""
    (f, f_slope), (g, g_slope) = outer, inner
    return lambda x: f(g(x)), lambda x: f_slope(g(x)) * g_slope(x)


# Functions to look at

x_itself = power_rule(1)
sine = (np.sin, np.cos)
exponential = (np.exp, np.exp)


def times(number, pair):
    """Return the pair of a function times a number."""
    return product_rule(constant_rule(number), pair)


FUNCTIONS = {
    "x²": power_rule(2),
    "sin x": sine,
    "exp x": exponential,
    "sigmoid": quotient_rule(
        constant_rule(1), sum_rule(constant_rule(1), chain_rule(exponential, times(-1, x_itself)))
    ),
    "ripples": sum_rule(times(0.25, power_rule(2)), times(0.2, chain_rule(sine, times(6, x_itself)))),
    "relu": (lambda x: np.maximum(x, 0), lambda x: 1.0 * (x > 0)),
    "|x|": (np.abs, np.sign),
}
# Where two slopes meet: the x. The slope there is chosen, for lack of a derivative: 0, as `helpers.operations` has it for
# relu.
KINKS = {"relu": 0.0, "|x|": 0.0}

DIFFERENCES = {"forward": forward_difference, "central": central_difference}
PRECISIONS = {"float64": np.float64, "float32": np.float32}

STEPS = np.logspace(-16, 0, 129)
VIEW = np.linspace(-3.1, 3.1, 311)


@dataclasses.dataclass(frozen=True)
class Secant:
    """A secant of a named function, held against the tangent.

    Attributes
    ----------
    function : str
    x, h : float
        Where the tangent touches, and how far the secant reaches, to one side or to both.
    ends : array, shape (2, 2)
        The two points of the secant, a row each: x, then f(x).
    height : float
        f(x).
    slope, derivative, error : float
        Of the secant; of the tangent; and how far the first is from the second.
    steps, errors : array, shape (129,)
        The error of the same kind of secant for other steps.
    cause : {"kink", "across", "good", "same", "rounding", "truncation"}
        What most of the error comes from: x is on a kink; a kink lies between the ends; nothing, as good as these numbers
        allow; both ends are the same number; the last digits are lost; the curve bends between the ends.
    curve : array, shape (2, 311)
        The function as it is drawn: x, then f(x).
    """

    function: str
    x: float
    h: float
    ends: np.ndarray
    height: float
    slope: float
    derivative: float
    error: float
    steps: np.ndarray
    errors: np.ndarray
    cause: str
    curve: np.ndarray


def measure_secant(function, x, h, difference, precision):
    """Measure the slope of a secant in numbers of a given precision, and say why it differs from the derivative.

    Parameters
    ----------
    function : str
        A key of FUNCTIONS.
    x, h : float
    difference : {"forward", "central"}
        Whether the secant goes from x to x + h, or from x − h to x + h.
    precision : {"float64", "float32"}

    Returns
    -------
    Secant
    """
    f, f_slope = FUNCTIONS[function]
    number = PRECISIONS[precision]
    low = number(x) - number(h) if difference == "central" else number(x)
    high = number(x) + number(h)
    derivative = float(f_slope(np.float64(x)))

    def measure(step):
        return DIFFERENCES[difference](f, number(x), step).astype(float)

    slope = float(measure(number(h)))
    error = abs(slope - derivative)
    return Secant(
        function,
        x,
        h,
        np.array([[low, f(low)], [high, f(high)]], dtype=float),
        float(f(np.float64(x))),
        slope,
        derivative,
        error,
        STEPS,
        np.abs(measure(STEPS.astype(number)) - derivative),
        name_cause(function, x, h, (low, high), slope - derivative, number, difference),
        np.array([VIEW, f(VIEW)]),
    )


def name_cause(function, x, h, ends, error, precision, difference):
    """Return why a secant between two ends has this error, as `Secant.cause` lists it."""
    low, high = map(float, ends)
    kink = KINKS.get(function)
    if kink == x:
        return "kink"
    if kink is not None and low < kink < high:
        return "across"
    if low == high:
        return "same"
    # Rounding costs about epsilon / h, bending about h (forward) or h² (central): the sum is smallest at about the h
    # where both are equal.
    epsilon = np.finfo(precision).eps
    power = 1 / 2 if difference == "forward" else 1 / 3
    f, f_slope = FUNCTIONS[function]
    if abs(error) <= 20 * max(1, abs(f(x)), abs(x * f_slope(x))) * epsilon ** (1 - power):
        return "good"
    bending = bending_error(function, x, h, difference)
    return "rounding" if abs(error - bending) > abs(bending) else "truncation"


def bending_error(function, x, h, difference):
    """Return by how much a secant is steeper than the tangent in numbers that are never rounded.

    Measured in float64 where rounding is no matter; a smaller step gets its share of what is found there, because the error is of order h
    (forward) or h² (central).
    """
    f, f_slope = FUNCTIONS[function]
    order, large_enough = (1, 1e-5) if difference == "forward" else (2, 1e-3)
    step = max(h, large_enough)
    return (DIFFERENCES[difference](f, float(x), step) - f_slope(float(x))) * (h / step) ** order


def best_step(steps, errors):
    """Return the step in whose neighbourhood the largest error is smallest.

    A single error can be small by chance; nine in a row are not.

    Parameters
    ----------
    steps, errors : array, shape (n,)
        In the order of the steps, with n of at least 9.
    """
    largest = np.lib.stride_tricks.sliding_window_view(errors, 9).max(axis=1)
    return steps[4 + np.argmin(largest)]
