"""Loss surfaces of one or two weights, made of the same operations as a network, so that `backward` finds their slopes.

A surface is a formula for one point. Because every operation works entry by entry, the same formula answers for any
number of points at once: a contour map, or a thousand descents side by side.
"""

import dataclasses
from collections.abc import Callable

import numpy as np

from helpers.errors import look_up, numbers
from helpers.language import Words
from helpers.operations import exp, relu, sum
from helpers.tensor import Tensor

_ = Words(__name__)

SURFACE = _("surface")
UNKNOWN = _("surface {name!r} is not known here. Known are {known}.")
WRONG_POINTS = _(
    "Points on the surface {name!r} end in an axis of {count}, one entry for each weight, but these have shape {shape}."
)
WHY = {
    "bowl": _("equally curved in all directions: the gradient points straight away from the minimum"),
    "valley": _(
        "20 times more curved across than along: a step that suits one direction is wrong for the other"
    ),
    "banana": _("a valley that bends: the way down changes its direction"),
    "saddle": _("flat in the middle, down on two sides: a place to be slow at, not to stay at"),
    "two hollows": _("a local minimum on the way to the global one"),
    "plateau": _("almost no slope far from the minimum, and a steep hollow around it"),
    "four hollows": _("four minima of equal depth: where a descent ends depends on how it moves"),
    "kink": _("a sharp edge: the slope is as large beside the minimum as far away from it"),
    "parabola": _("the simplest hollow, of curvature 1"),
    "double well": _("a local minimum on the way to the global one"),
    "shallow double well": _(
        "nearly equal hollows: who is fast enough to leave one can leave the other, too"
    ),
}

# The curvatures along it and across it.
VALLEY_CURVATURES = (0.2, 4.0)


@dataclasses.dataclass(frozen=True)
class Surface:
    """A loss as a function of few weights.

    `function` takes each weight as an array or a Tensor, all of one shape, and returns the loss of each entry. `limits` say
    where to look, with the lowest and highest value of each weight, and `start` where a descent begins that shows what the
    surface is for. `minima` are all, local ones too, the deepest first. `why` is what the surface teaches.
    """

    name: str
    function: Callable
    limits: tuple
    start: tuple
    minima: tuple
    why: str

    # Far away, a loss overflows to infinity: that is its height there, and no warning.
    @np.errstate(over="ignore", invalid="ignore")
    def loss(self, points):
        """Return the loss at points of shape (..., weights), as an array of shape (...)."""
        return self.function(*split(self, points))

    @np.errstate(over="ignore", invalid="ignore")
    def loss_and_gradient(self, points):
        """Return the loss at points of shape (..., weights), and its gradient, of the shape of the points."""
        weights = [Tensor(weight) for weight in split(self, points)]
        losses = self.function(*weights)
        sum(losses).backward()
        return losses.value, np.stack([weight.gradient for weight in weights], axis=-1)


def split(surface, points):
    """Return the weights of points, one array for each, or say that there are too few or too many."""
    points = numbers(points, SURFACE).astype(float)
    if points.ndim == 0 or points.shape[-1] != len(surface.limits):
        raise ValueError(
            WRONG_POINTS.format(name=surface.name, count=len(surface.limits), shape=points.shape)
        )
    return [points[..., axis] for axis in range(points.shape[-1])]


def quadratic(first, second):
    """Return the loss ½ · first · x² + ½ · second · y², whose curvatures are the two numbers (or arrays)."""
    first, second = numbers(first, "quadratic"), numbers(second, "quadratic")
    return lambda x, y: 0.5 * first * x * x + 0.5 * second * y * y


def escape(slope):
    """Return the loss 0.05 w⁴ − 0.5 w² + slope · w: two hollows, of which the slope makes the left one deeper."""
    return lambda w: 0.05 * w * w * w * w - 0.5 * w * w + slope * w


def banana(x, y):
    """A curved valley with a flat floor (Rosenbrock 1960, "An automatic method for finding the greatest or least value of a function"), all heights divided by 100."""
    across = y - x * x
    return 0.01 * (1 - x) * (1 - x) + across * across


def saddle(x, y):
    return x * x + 0.25 * y * y * y * y - y * y + 1


def two_hollows(x, y):
    return escape(0.6)(x) + 0.5 * y * y


def plateau(x, y):
    """A hollow in a plain, where nearly no slope leads anywhere."""
    return 1 - exp(-0.5 * (x * x + y * y))


def himmelblau(x, y):
    """Four minima of equal depth (Himmelblau 1972, "Applied nonlinear programming"), all heights divided by 100."""
    first, second = x * x + y - 11, x + y * y - 7
    return 0.01 * (first * first + second * second)


def kink(x, y):
    """The sum of absolute values, steeper along y: the slope never gets smaller near the minimum."""
    return relu(x) + relu(-x) + 4 * relu(y) + 4 * relu(-y)


HIMMELBLAU_MINIMA = ((3.0, 2.0), (-2.805118, 3.131313), (-3.779310, -3.283186), (3.584428, -1.848127))

SURFACES = {
    name: Surface(name, function, limits, start, minima, WHY[name])
    for name, function, limits, start, minima in (
        ("bowl", quadratic(1, 1), ((-5, 5), (-3, 3)), (-4.2, 1.6), ((0.0, 0.0),)),
        ("valley", quadratic(*VALLEY_CURVATURES), ((-5, 5), (-2.2, 2.2)), (-4.2, 1.6), ((0.0, 0.0),)),
        ("banana", banana, ((-2.2, 2.2), (-1, 3)), (-1.6, 0.4), ((1.0, 1.0),)),
        ("saddle", saddle, ((-2.5, 2.5), (-2.5, 2.5)), (-2.0, 0.01), ((0.0, 2**0.5), (0.0, -(2**0.5)))),
        (
            "two hollows",
            two_hollows,
            ((-4.5, 4.5), (-2.5, 2.5)),
            (4.0, 1.6),
            ((-2.490864, 0.0), (1.834243, 0.0)),
        ),
        ("plateau", plateau, ((-4, 4), (-3, 3)), (-2.6, 1.2), ((0.0, 0.0),)),
        ("four hollows", himmelblau, ((-5, 5), (-5, 5)), (-0.5, -1.0), HIMMELBLAU_MINIMA),
        ("kink", kink, ((-5, 5), (-2.5, 2.5)), (-4.21, 1.57), ((0.0, 0.0),)),
    )
}

CURVES = {
    name: Surface(name, function, ((-4.5, 4.5),), (4.0,), minima, WHY[name])
    for name, function, minima in (
        ("parabola", lambda w: 0.5 * w * w, ((0.0,),)),
        ("double well", escape(0.6), ((-2.490864,), (1.834243,))),
        ("shallow double well", escape(0.4), ((-2.414214,), (2.000000,))),
    )
}


def get_surface(name):
    """Return the surface of two weights, or the curve of one, that has a name; a ValueError lists all names."""
    return look_up(UNKNOWN, name, SURFACES | CURVES)
