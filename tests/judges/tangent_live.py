"""The judge of TangentLive: secants and tangents in numbers of 60 digits, so that rounding and bending can be told apart."""

import decimal
from decimal import Decimal

import numpy as np

from helpers.widgets import TangentLive
from judges.shared.judging import NUMBER, Judge, value

DIGITS = 60
EPSILON = {"float64": 2.0**-52, "float32": 2.0**-23}
NUMBERS = {"float64": np.float64, "float32": np.float32}


def sine(x):
    """Return sin x and cos x of a small number, by their series."""
    power, total, other, n = Decimal(1), Decimal(0), Decimal(0), 0
    while abs(power) > Decimal(10) ** -DIGITS or n < 4:
        sign = -1 if n % 4 > 1 else 1
        if n % 2:
            total += sign * power
        else:
            other += sign * power
        n += 1
        power = power * x / n
    return total, other


def ripples(x):
    high, slope = sine(6 * x)
    return x * x / 4 + high / 5, x / 2 + Decimal("1.2") * slope


def sigmoid(x):
    high = 1 / (1 + (-x).exp())
    return high, high * (1 - high)


# Value and slope.
FUNCTIONS = {
    "x²": lambda x: (x * x, 2 * x),
    "sin x": sine,
    "exp x": lambda x: (x.exp(), x.exp()),
    "sigmoid": sigmoid,
    "ripples": ripples,
    "relu": lambda x: (max(x, Decimal(0)), Decimal(x > 0)),
    "|x|": lambda x: (abs(x), Decimal(1) if x > 0 else Decimal(-1 if x < 0 else 0)),
}
CORNERS = ("relu", "|x|")


def hear_secant(case):
    with decimal.localcontext() as context:
        context.prec = DIGITS
        hear(case, **case.settings)


def hear(case, function, x, h, difference, precision):
    f, number = FUNCTIONS[function], NUMBERS[precision]
    here, step = Decimal(x), Decimal(h)
    low = here - step if difference == "central" else here
    height, derivative = f(here)
    secant = (f(here + step)[0] - f(low)[0]) / (here + step - low)
    rounded_high = number(x) + number(h)
    rounded_low = number(x) - number(h) if difference == "central" else number(x)
    scale = max(1, abs(float(height)), abs(x * float(derivative)))
    epsilon = EPSILON[precision]

    first = case.must(rf"{function.replace('|', '[|]')}: ")
    if not first:
        return
    if same := case.take(
        rf"with h = (?P<h>{NUMBER}) in {precision}, both ends are the same number, (?P<low>{NUMBER}), so the measured slope is "
        rf"(?P<slope>{NUMBER})\. "
    ):
        case.hold(rounded_high == rounded_low, "the ends differ")
        case.number(same["h"], h, "h", 6)
        case.number(same["low"], x, "x", 6)
        case.hold(same["slope"] == "0", "a secant without length has a slope")
        slope = 0.0
    else:
        found = case.must(
            rf"the secant from (?P<low>{NUMBER})(?: − (?P<low_h>{NUMBER}))? to (?P<high>{NUMBER})(?: \+ (?P<high_h>{NUMBER}))?, in "
            rf"{precision}, has the slope (?P<slope>{NUMBER})\. "
        )
        if not found:
            return
        case.hold(rounded_high != rounded_low, "the ends are the same")
        for end, truth, nominal in (("low", x, float(low)), ("high", x, float(here + step))):
            if found[f"{end}_h"]:
                case.number(found[end], truth, end, 6)
                case.number(found[f"{end}_h"], h, "h", 6)
            else:
                case.number(found[end], nominal, end, 6)
        slope = value(found["slope"])
        off = 40 * epsilon * scale / h + 1e-6 * abs(float(secant)) + 1e-7
        if off < 1e6:
            case.hold(abs(slope - float(secant)) <= off, f"the slope is {float(secant)}")
        if case.pictured:
            case.show(f"secant: slope {found['slope']}")

    if corner := case.take(rf"At x = (?P<x>{NUMBER}) there is a corner, and no derivative\.$"):
        case.number(corner["x"], x, "x", 6)
        case.hold(function in CORNERS and x == 0, "there is no corner")
        return
    case.hold(not (function in CORNERS and x == 0), "a corner is not named")
    tangent = case.must(
        rf"The derivative at x = (?P<x>{NUMBER}) is (?P<derivative>{NUMBER}); the error is (?P<error>{NUMBER})\. "
    )
    if not tangent:
        return
    case.number(tangent["x"], x, "x", 6)
    case.number(tangent["derivative"], float(derivative), "the derivative", 7)
    error = value(tangent["error"])
    written = 0.5e-6 * (abs(slope) + abs(float(derivative))) + 0.06 * error + 1e-15
    case.hold(
        abs(abs(slope - float(derivative)) - error) <= written, "slope, derivative and error do not fit"
    )
    bending = abs(float(secant - derivative))
    # Signed, as far as seven digits of the slope say it; at small errors, its size alone.
    signed = slope - float(derivative)
    rounding = abs(signed - float(secant - derivative))
    known = 0.5e-6 * (abs(slope) + abs(float(derivative))) + 1e-15
    best = 100 * scale * epsilon ** (1 / 2 if difference == "forward" else 2 / 3)
    across = function in CORNERS and float(rounded_low) < 0 < float(rounded_high)

    if case.take(
        r"There is a corner between the two ends, and the secant mixes the slopes of both its sides\.$"
    ):
        case.hold(across, "there is no corner between the ends")
        return
    case.hold(not across, "a corner is not named")
    if case.take(r"h is neither too large nor too small\.$"):
        case.hold(error <= best, f"an error of {error} is not good")
    elif case.take(r"h is too small: x \+ h is rounded back to x\.$"):
        case.hold(number(x) + number(h) == number(x), "it is not")
    elif case.take(
        r"h is too small: f hardly changes, and most of the error is digits of it that are lost to rounding\.$"
    ):
        # The error is rounding and bending together, or what one leaves of the other.
        case.hold(max(error * 1.06 + bending, rounding + known) >= bending * 0.99, "bending costs more")
        case.hold(
            rounding + known + 0.06 * error >= bending * 0.99 and error > 2 * epsilon, "bending costs more"
        )
    elif case.take(
        r"h is too large: most of the error is there because the curve bends between the two ends\.$"
    ):
        case.hold(
            bending * 1.01 >= rounding - known - 0.06 * error, f"rounding costs more: {rounding}, {bending}"
        )
        case.hold(bending >= error / 2.2, "bending costs too little")


EDGES = tuple(
    {"function": function, "x": x, "h": h, "difference": difference, "precision": precision}
    for function in ("relu", "|x|", "x²")
    for x, h in ((0.0, 1e-9), (-0.5, 0.5), (0.5, 0.5), (1.0, 1e-16), (-0.3, 0.7), (0.0, 1.0))
    for difference in ("forward", "central")
    for precision in ("float64", "float32")
)

TANGENT = Judge(
    TangentLive,
    hear_secant,
    special=EDGES,
    stops={
        "and move h from 1 down to 1e-16. Where is the dot lowest?": tuple(
            {"h": float(f"1e-{power}"), "difference": difference}
            for power in range(17)
            for difference in ("forward", "central")
        ),
        "Which h do you need before the error is below 0.01?": tuple(
            {"function": "ripples", "h": h, "x": x, "difference": "central"}
            for h, x in ((0.7, 1.0), (0.05, 1.0), (0.03, 1.0), (0.7, 0.5), (0.7, -1.0))
        ),
        "Press *corner*, and change h. Then choose *forward*.": tuple(
            {"function": "relu", "x": 0.0, "h": h, "difference": difference}
            for h in (1.0, 0.1, 1e-8)
            for difference in ("forward", "central")
        ),
    },
)
