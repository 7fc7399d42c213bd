"""Measure a gradient by moving each number a little, and hold `backward` against it."""

import numpy as np

from helpers.errors import checked_by, numbers
from helpers.language import Words
from helpers.tensor import Tensor, value_of

_ = Words(__name__)

# What takes the numbers that came.
POINT, RESULT = _("point"), _("result of the function")
NO_RETURN = _("The function must return one number, but it returned None: does it lack a return?")
NOT_ONE_NUMBER = _("The function must return one number, but it returned an array of shape {shape}.")
NOT_FINITE = _("A slope is measured at finite numbers, but entry {index} of the point is {value}.")
NO_STEP = _("The step must not be 0: the slope of a secant needs two points.")
WRONG_GRADIENT = _(
    "The two gradients disagree most at entry {index}: backward() says {backward:.6g}, moving the entry by {step:.1e} to both sides says {numerical:.6g}."
)


def need_a_step(function, x, step):
    """Refuse a step of 0, by which Python and NumPy would divide."""
    if not np.all(step):
        raise ValueError(NO_STEP)


@checked_by(need_a_step)
def forward_difference(function, x, step):
    """Return the slope of the secant from x to x + step; its error is of order step, plus rounding, of order epsilon / step.

    Parameters
    ----------
    function : callable
        Takes x, returns a number, or an array of one for each entry of x.
    x, step : float or array
        Where the secant begins, and how much further it ends; a step of 0 is a ValueError.
    """
    return (function(x + step) - function(x)) / step


@checked_by(need_a_step)
def central_difference(function, x, step):
    """Return the slope of the secant from x - step to x + step; its error is of order step², plus rounding, of order epsilon / step.

    Takes and returns what `forward_difference` does; x is the middle of the secant.
    """
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
    numpy.ndarray of float64, of the shape of `point`
        With an error of order step², plus rounding, of order epsilon / step.
    """
    point = finite(point)
    gradient = np.empty_like(point)
    for index in np.ndindex(point.shape):

        def along_entry(value, index=index):
            moved = point.copy()
            moved[index] = value
            return one_number(function(moved))

        size = default_step(point[index]) if step is None else step
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
        Their largest relative difference.

    Raises
    ------
    AssertionError
        If they disagree: it names the worst entry and both values.
    """
    weights = Tensor(finite(point))
    result = function(weights)
    one_number(result)
    if isinstance(result, Tensor):
        result.backward()
    found = np.zeros(weights.shape) if weights.gradient is None else weights.gradient
    measured = numerical_gradient(lambda array: function(Tensor(array)), weights.value)
    if not measured.size:
        return 0.0
    difference = np.abs(found - measured) / np.maximum(1, np.abs(measured))
    worst = np.unravel_index(np.argmax(difference), difference.shape)
    if not difference[worst] <= tolerance:
        both = {"backward": found[worst], "numerical": measured[worst]}
        index, step = tuple(map(int, worst)), default_step(weights.value[worst])
        raise AssertionError(WRONG_GRADIENT.format(index=index, step=step, **both))
    return float(difference[worst])


def default_step(entry):
    return np.cbrt(np.finfo(np.float64).eps) * max(1.0, abs(entry))


def finite(point):
    """Return a copy of a point in float64, or say which of its entries is no finite number."""
    point = numbers(value_of(point), POINT).astype(np.float64)
    lost = np.argwhere(~np.isfinite(point))
    if len(lost):
        index = tuple(map(int, lost[0]))
        raise ValueError(NOT_FINITE.format(index=index, value=point[index]))
    return point


def one_number(result):
    if result is None:
        raise TypeError(NO_RETURN)
    result = numbers(value_of(result), RESULT)
    if result.size != 1:
        raise ValueError(NOT_ONE_NUMBER.format(shape=result.shape))
    return result.item()
