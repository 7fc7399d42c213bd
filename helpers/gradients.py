"""Measure a gradient by moving each number a little, and hold `backward` against it."""

import numpy as np

from helpers.tensor import Tensor

NOT_ONE_NUMBER = "The function must return one number, but it returned shape {shape}."
WRONG_GRADIENT = (
    "The two gradients disagree most at entry {index}: backward() says {backward:.6g}, "
    "moving the entry by {step:.1e} to both sides says {numerical:.6g}."
)


def forward_difference(function, x, step):
    """Return the slope of the secant from x to x + step; its error is of order step, plus rounding, of order epsilon / step."""
    return (function(x + step) - function(x)) / step


def central_difference(function, x, step):
    """Return the slope of the secant from x - step to x + step; its error is of order step², plus rounding, of order epsilon / step."""
    return (function(x + step) - function(x - step)) / (2 * step)


def numerical_gradient(function, point, step=None):
    """Measure the slope of a function along each entry of a point by central differences.

    Parameters
    ----------
    function : callable
        Takes an array of the shape of `point`, returns one number.
    point : array_like
        Where to measure; computed in float64.
    step : float, optional
        How far each entry moves to both sides. The default, cube root of the machine epsilon times
        max(1, abs(entry)), balances the error of the secant against the error of rounding.

    Returns
    -------
    numpy.ndarray
        float64, of the shape of `point`. The error is of order step², plus rounding, of order epsilon / step.

    Raises
    ------
    ValueError
        If the function returns more than one number.
    """
    point = np.array(point, dtype=np.float64)
    gradient = np.empty_like(point)
    for index in np.ndindex(point.shape):

        def along_entry(value, index=index):
            moved = point.copy()
            moved[index] = value
            return one_number(function(moved))

        size = step or default_step(point[index])
        gradient[index] = central_difference(along_entry, point[index], size)
    return gradient


def check_gradient(function, point, tolerance=1e-6):
    """Compare the gradient that `backward` finds with the one that small moves measure.

    Parameters
    ----------
    function : callable
        Takes a Tensor of the shape of `point`, returns a Tensor of one number.
    point : array_like
        Where to compare; computed in float64, away from kinks such as relu's at 0.
    tolerance : float
        Largest difference allowed, relative to max(1, size of the numerical gradient); if all entries are
        smaller than it, even a wrong gradient passes.

    Returns
    -------
    float
        The largest relative difference found.

    Raises
    ------
    AssertionError
        If they disagree; names the worst entry and both values.
    """
    weights = Tensor(np.array(point, dtype=np.float64))
    result = function(weights)
    one_number(result)
    if isinstance(result, Tensor):
        result.backward()
    found = np.zeros(weights.shape) if weights.gradient is None else weights.gradient
    measured = numerical_gradient(lambda array: function(Tensor(array)), point)
    difference = np.abs(found - measured) / np.maximum(1, np.abs(measured))
    worst = np.unravel_index(np.argmax(difference), difference.shape)
    if not difference[worst] <= tolerance:
        step = default_step(weights.value[worst])
        raise AssertionError(
            WRONG_GRADIENT.format(
                index=tuple(map(int, worst)), backward=found[worst], numerical=measured[worst], step=step
            )
        )
    return float(difference[worst])


def default_step(entry):
    return np.cbrt(np.finfo(np.float64).eps) * max(1.0, abs(entry))


def one_number(result):
    result = np.asarray(getattr(result, "value", result))
    if result.size != 1:
        raise ValueError(NOT_ONE_NUMBER.format(shape=result.shape))
    return result.item()
