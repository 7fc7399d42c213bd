"""The exercises of 2.4.1: slopes on paper, slopes measured, slopes by rule, and what to do with them."""

import numpy as np

from helpers.exercises import shared_hints
from helpers.exercises.attempts import case, repeat
from helpers.exercises.feedback import Exercise
from helpers.exercises.own_code import Rule
from helpers.gradients import central_difference
from helpers.language import Words

_ = Words(__name__)


def cube(x):
    return x * x * x


def cube_slope(x):
    return 3 * x * x


def minus_cube(x):
    return -x * x * x


def wave(x):
    return np.sin(x) + x * x


def bend(x):
    return abs(x) + x * x


# 1. The slope of a secant

check_secant_slope = Exercise(
    cases=lambda: {
        _("the points (1, 2) and (3, 8)"): (1.0, 2.0, 3.0, 8.0),
        _("the points (2, 5) and (4, 4)"): (2.0, 5.0, 4.0, 4.0),
        _("the points (-1, 0.5) and (1.5, 3)"): (-1.0, 0.5, 1.5, 3.0),
        _("the points (5, 1) and (2, 7)"): (5.0, 1.0, 2.0, 7.0),
    },
    solution=lambda x1, y1, x2, y2: (y2 - y1) / (x2 - x1),
    praise=_("Change of y for each unit of x. Everything else in this notebook is this fraction."),
    mistakes={
        "(x2 - x1) / (y2 - y1)": _(
            "Your fraction stands on its head: a steep line would get a small slope. How far y changes goes on top."
        ),
        "(y1 - y2) / (x2 - x1)": _(
            "The sign is turned around: from (1, 2) to (3, 8) the line rises, so its slope is positive. Take both differences in the same order."
        ),
        "y2 - y1": _("That is how much y changes in all. A slope is the change for each unit that x moves."),
        "x2 - x1": _("That is how far x moves. How far does y change on this way, for each unit of it?"),
        "abs((y2 - y1) / (x2 - x1))": _(
            "From (2, 5) to (4, 4) the line falls, so its slope is negative. Leave the sign as it comes."
        ),
        "(y2 - y1) // (x2 - x1)": _(
            "Your slope is rounded down to a whole number, as // does it. Divide with /."
        ),
        "(y2 - y1) * (x2 - x1)": _(
            "You multiplied the two differences. A change for each unit is a fraction."
        ),
        "(x2 - y2) / (x1 - y1)": _(
            "Your differences are taken inside of each point, x minus y. Take y from y, and x from x."
        ),
        "y2 / x2": _(
            "That is the slope from the origin to the second point. Both of the given points count: take differences."
        ),
        "y2 - y1 / x2 - x1": _(
            "Division comes before subtraction in Python. Put brackets around each of the two differences."
        ),
        "(y2 - y1) / x2 - x1": _(
            "The upper difference has brackets, the lower one has none: Python divides by x2 and then takes x1 away."
        ),
        "y2 - y1 / (x2 - x1)": _(
            "The lower difference has brackets, the upper one has none: Python divides y1 alone."
        ),
        "(y2 + y1) / (x2 + x1)": _(
            "You added where the question is how far it is from one point to the other."
        ),
    },
)


# 2. What a slope promises

check_promise = Exercise(
    cases=lambda: {
        _("f(x) = 9, slope 6, h = 0.1"): (9.0, 6.0, 0.1),
        _("f(x) = 4, slope -3, h = 0.5"): (4.0, -3.0, 0.5),
        _("f(x) = 1, slope 2, h = -0.25"): (1.0, 2.0, -0.25),
    },
    solution=lambda value, slope, h: value + slope * h,
    praise=_(
        "This is the tangent read as a forecast: true for a straight line, nearly true for a short way on a curve."
    ),
    mistakes={
        "slope * h": _(
            "That is how much f changes. Asked for is where it arrives: begin at the value that f has now."
        ),
        "value + slope": _("You went a whole unit along x. The move is only h."),
        "value - slope * h": _(
            "You went against the slope. Here x moves by h, and with a positive slope and a positive h the value rises."
        ),
        "value + slope / h": _(
            "You divided by h. A slope is a change for each unit of x: how much is it for h units?"
        ),
        "value + h": _(
            "You added h to the value of f, but h is a move along x. The slope turns it into a change of f."
        ),
        "(value + slope) * h": _(
            "Your h multiplies the old value of f, too. Only the slope belongs to the move h."
        ),
        "value + slope + h": _(
            "You added all three. The slope is a change for each unit of x, so multiply it by the move."
        ),
        "value + slope * abs(h)": _(
            "Where h is negative, x moves to the left, and a positive slope leads down. Leave the sign of h as it comes."
        ),
        "value + abs(slope * h)": _(
            "Your value never falls. A negative slope times a positive h is a change downwards."
        ),
        "value * slope + h": _(
            "You multiplied the value by the slope and added h. The slope belongs to the move, and the value stands alone."
        ),
        "slope + value * h": _(
            "Value and slope have changed their roles: you begin at the slope and multiply the value by the move."
        ),
    },
)


# 3. The central difference

check_central = Exercise(
    cases=lambda: {
        _("the cube of x at x = 2, h = 0.5"): (cube, 2.0, 0.5),
        _("sin(x) + x² at x = 1, h = 0.25"): (wave, 1.0, 0.25),
        _("the cube of x at x = -1, h = 0.2"): (cube, -1.0, 0.2),
    },
    solution=lambda f, x, h: central_difference(f, x, h),
    praise=_(
        "Two ends at equal distance, and the distance between them below: the errors of order h cancel."
    ),
    rules=(
        Rule(
            r"\bcentral_difference\b",
            _(
                "The number is right, but the function further up wrote the fraction for you. Write it yourself."
            ),
        ),
    ),
    mistakes={
        "(f(x + h) - f(x - h)) / h": _(
            "Twice too large: how far is it from one end of your secant to the other?"
        ),
        "(f(x + h) - f(x - h)) / 2 * h": _(
            "Python divides by 2 and then multiplies by h. Put brackets around the whole length of the secant."
        ),
        "(f(x + h) - f(x)) / h": _(
            "That is the forward difference, from x to the right. Let the secant reach as far to the left as to the right."
        ),
        "(f(x) - f(x - h)) / h": _(
            "That is a backward difference, from x to the left. Let the secant reach as far to the right as to the left."
        ),
        "(f(x - h) - f(x + h)) / (2 * h)": _(
            "The sign is turned around: the cube rises everywhere, so its slope is positive. Which end comes first?"
        ),
        "(f(x + 2 * h) - f(x)) / (2 * h)": _(
            "You returned the slope around x + h: no part of your secant lies to the left of x. x has to be in the middle."
        ),
        "(f(x + h) - f(x)) / (2 * h)": _(
            "One end of your secant is still at x itself, so its length does not fit. Move that end as well."
        ),
        "f(x + h) - f(x - h)": _(
            "That is how much f changes from one end to the other. A slope also asks over what distance."
        ),
        "f(x + h) - f(x - h) / (2 * h)": _(
            "Division comes before subtraction in Python. Put brackets around the difference of the two values."
        ),
        "(f(x + h) - f(x - h)) / 2": _(
            "You divided by 2. The secant is not 2 long: how far is it from one end to the other?"
        ),
        "(f(x + h) + f(x - h)) / (2 * h)": _(
            "You added the values at the two ends. A slope asks how they differ."
        ),
        "(f(x + h / 2) - f(x - h / 2)) / h": _(
            "Your secant reaches from x - h/2 to x + h/2. Here it goes a whole h to each side, and is twice as long."
        ),
        "(f(x + 2 * h) - f(x - 2 * h)) / (4 * h)": _("Your secant reaches 2h to each side. Here it is h."),
        "(f(h) - f(-h)) / (2 * h)": _("Your ends lie on both sides of 0. They belong on both sides of x."),
        "(f(x) + h - (f(x) - h)) / (2 * h)": _(
            "You return 1 whatever f is. It is x that moves by h, inside the brackets of f, and not the value of f."
        ),
        "(f(x) + h - f(x) - h) / (2 * h)": _(
            "You return 0 whatever f is: the two values that you compare are always equal. One belongs to x + h and one to x - h, each inside the brackets of f."
        ),
        "(f(x + h) - f(x - h)) / (2 * x)": _(
            "You divided by twice x. The secant is as long as from its one end to the other, wherever x is."
        ),
        "(f(x + h) - 2 * f(x) + f(x - h)) / h**2": shared_hints.SECOND_DIFFERENCE,
        "(2 * h) / (f(x + h) - f(x - h))": _(
            "Your fraction stands on its head. How far f changes goes on top."
        ),
    },
)


# 4. From the left and from the right


def left_and_right(f, x, h):
    return (f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h


check_one_sided = Exercise(
    cases=lambda: {
        _("|x| at x = 0, h = 0.5"): (abs, 0.0, 0.5),
        _("|x| + x² at x = 0, h = 0.1"): (bend, 0.0, 0.1),
        _("the cube of x at x = 2, h = 0.1"): (cube, 2.0, 0.1),
        _("-|x| at x = 0, h = 0.5"): (lambda x: -abs(x), 0.0, 0.5),
    },
    solution=left_and_right,
    praise=_("Where the two head for different numbers as h shrinks, there is no derivative."),
    mistakes={
        "left_and_right(...)[::-1]": _(
            "The numbers are right, in the wrong order: first the left one, then the right one."
        ),
        "tuple(sorted(left_and_right(...)))": _(
            "You return the smaller slope first. The left one comes first, whichever is larger."
        ),
        "tuple(-slope for slope in left_and_right(...))": _(
            "Both of your slopes have the wrong sign. The later end of each secant, on the right, comes first in the difference."
        ),
        "(left_and_right(...)[0], -left_and_right(...)[1])": _(
            "The right slope has the wrong sign: |x| rises on the right of 0. On the right, x + h is the later end, and h is positive."
        ),
        "left_and_right(...)[0]": _(
            "That is the slope on the left. Return the one on the right as well, in one tuple: one return with a comma."
        ),
        "left_and_right(...)[1]": _(
            "That is the slope on the right. Return the one on the left as well, before it, in one tuple."
        ),
        "(f(x) - f(x - h) / h, f(x + h) - f(x) / h)": _(
            "Division comes before subtraction in Python. Put brackets around each difference."
        ),
        "left_and_right(f, x, 2 * h)": _("Your secants are 2h long. Here each is h long."),
        "((f(x - h) - f(x)) / h, (f(x + h) - f(x)) / h)": _(
            "The left slope has the wrong sign: |x| falls on the left of 0. On the left, the later end of the secant is x itself."
        ),
        "(left_and_right(...)[1],) * 2": _("Both of your numbers are the slope on the right."),
        "(left_and_right(...)[0],) * 2": _("Both of your numbers are the slope on the left."),
        "tuple(slope / 2 for slope in left_and_right(...))": _(
            "Both of your slopes are half of what they should be. Each of these two secants has one end at x: how long is it?"
        ),
        "(central_difference(...),) * 2": _(
            "Both of your numbers are the central difference, which averages the two slopes and hides the corner. Use x as one end of each secant."
        ),
        "sum(left_and_right(...)) / 2": _(
            "You averaged the two slopes into one number. Return both, as a tuple."
        ),
        "(f(x) - f(x - h), f(x + h) - f(x))": _(
            "Those are the changes of f on both sides. Slopes are changes for each unit of x."
        ),
    },
)


# 5. The slope of relu

check_relu_slope = Exercise(
    cases=lambda: {
        _("the array [-2, -0.5, 0, 0.5, 3]"): case([-2.0, -0.5, 0.0, 0.5, 3.0]),
        _("the array [4, 0]"): case([4.0, 0.0]),
        _("the array [-1, 2]"): case([-1.0, 2.0]),
        _("the array [[-1, 2], [0, 3], [1, -4]]"): case([[-1.0, 2.0], [0.0, 3.0], [1.0, -4.0]]),
    },
    solution=lambda x: (x > 0).astype(float),
    praise=_(
        "Slope 1 where the input gets through, slope 0 where it is blocked, and at 0 the value that frameworks choose."
    ),
    mistakes={
        "np.maximum(x, 0)": _(
            "That is relu itself. Its slope says how steep it is: where relu is a straight line through (1, 1) and (2, 2), what is the slope?"
        ),
        "(x >= 0).astype(float)": _(
            "Right, but for one number: at exactly 0, this exercise wants the value 0, as the course and most frameworks have it."
        ),
        "(np.sign(x) + 1) / 2": _(
            "At 0 you return 0.5, which is what a central difference measures there. The course's choice is 0."
        ),
        "np.sign(x)": _("That is the slope of |x|. On the left, relu is not falling: it is flat."),
        "np.where(x > 0, 1, -1)": _(
            "On the left, and at 0, you return -1. relu is not falling there: it is flat."
        ),
        "np.maximum(x, 0) / x": _(
            "At 0 you divide 0 by 0, which has no value. Ask of each entry whether it is larger than 0."
        ),
        "(x < 0).astype(float)": _("The two sides are swapped. On which side of 0 does relu rise?"),
        "(x <= 0).astype(float)": _(
            "The two sides are swapped, and 0 with them. Slope 1 belongs where relu rises."
        ),
        "np.diff(np.maximum(x, 0))": _(
            "Those are differences between neighbours in the array. Each entry has a slope of its own, whatever stands beside it."
        ),
        "[1.0 if entry > 0 else 0.0 for entry in x]": _(
            "Right for an array with one axis. But x may be a matrix, too, and then your loop meets whole rows: compare the whole array at once, as np.where does."
        ),
        "(x > 0).astype(float).ravel()": _(
            "The slopes are right, but all in one row. Where x is a matrix, return a matrix of the same shape."
        ),
        "[1.0 for entry in x if entry > 0]": _(
            "The entries that are not above 0 have left your list. They have a slope, too."
        ),
        "x[x > 0]": _(
            "You picked the positive entries. Asked for is a slope for every entry, in an array of the same shape."
        ),
        "np.sum(x > 0)": _(
            "You counted the positive entries. Asked for is a slope for each entry, in an array of the same shape."
        ),
        "float(x[-1] > 0)": _(
            "One number came, the slope at the last entry. Each entry needs a place of its own in the result."
        ),
        "float(x[0] > 0)": _(
            "One number came, the slope at the first entry. Each entry needs a place of its own in the result."
        ),
        "np.ones_like(x)": _(
            "You return 1 everywhere. What does relu do with negative numbers, and how steep is that?"
        ),
        "np.zeros_like(x)": _("You return 0 everywhere. Where x is positive, relu rises as fast as x does."),
    },
)


# 6. The product rule


def factors():
    return {
        _("f = 2, f' = 3, g = 5, g' = 7"): (2.0, 3.0, 5.0, 7.0),
        _("f = -1, f' = 4, g = 0.5, g' = 2"): (-1.0, 4.0, 0.5, 2.0),
        _("f = 3, f' = 1, g = 4, g' = -2"): (3.0, 1.0, 4.0, -2.0),
    }


check_product = Exercise(
    cases=factors,
    solution=lambda f, f_slope, g, g_slope: f_slope * g + f * g_slope,
    praise=_("Each factor takes its turn to move while the other stands still."),
    mistakes={
        "f_slope * g_slope": _(
            "You multiplied the two slopes. Try it on x · x: both slopes are 1, but x² does not have the slope 1 everywhere."
        ),
        "f_slope + g_slope": _(
            "That is the slope of the sum f + g. In a product, the size of one factor counts when the other one moves."
        ),
        "f * f_slope + g * g_slope": _(
            "Each slope belongs to the value of the other function: when f moves, it is g that multiplies the change."
        ),
        "f_slope * g - f * g_slope": _(
            "The minus sign belongs to the quotient rule. If both factors grow, do the two changes help or hinder each other?"
        ),
        "f * g_slope - f_slope * g": _(
            "You took what f brings away from what g brings. If both factors grow, do the two changes help or hinder each other?"
        ),
        "(f_slope * g - f * g_slope) / g**2": _(
            "That is the slope of the quotient f / g. Asked for is that of the product."
        ),
        "f * g": _("That is the value of the product. Asked for is its slope."),
        "(f_slope * g, f * g_slope)": _("Both parts are right. The slope is one number: add them."),
        "f_slope * g + f * g_slope + f_slope * g_slope": _(
            "The third part, slope times slope, is too much: it belongs to a whole step of 1. For a small move, the product of the two changes vanishes beside the others."
        ),
        "f_slope * (g + f) * g_slope": _(
            "Your + stands between f and g. It belongs between the two products, each a slope times the other value."
        ),
        "f_slope * g": _("You let only f move. g moves at the same time."),
        "f * g_slope": _("You let only g move. f moves at the same time."),
    },
)


# 7. A neuron's slope


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_slope(x):
    return sigmoid(x) * (1 - sigmoid(x))


check_neuron_slope = Exercise(
    cases=lambda: {
        _("x = 0.5, w = 2, b = -0.5"): (0.5, 2.0, -0.5),
        _("x = 1, w = -3, b = 1"): (1.0, -3.0, 1.0),
        _("x = -2, w = 0.5, b = 0.25"): (-2.0, 0.5, 0.25),
    },
    solution=lambda x, w, b: sigmoid_slope(w * x + b) * w,
    praise=_(
        "Outer slope at the inner value, times the inner slope: that is all there is to backpropagation, as 2.4.4 will show."
    ),
    mistakes={
        "sigmoid_slope(w * x + b)": _(
            "The inner function is missing: when x moves by 1, the input of sigmoid moves by how much?"
        ),
        "sigmoid_slope(x) * w": _(
            "You took sigmoid's slope at x. What arrives at sigmoid is the inner value, so its slope counts there."
        ),
        "sigmoid_slope(w * x + b) * x": _(
            "You multiplied by x. That is the slope along w, with x standing still; asked for is the slope along x."
        ),
        "sigmoid_slope(w)": _(
            "You put the inner slope into the slope of sigmoid. Put the inner value in there, and multiply by the inner slope."
        ),
        "sigmoid(w * x + b) * w": _(
            "The outer factor is sigmoid itself. It should be the slope of sigmoid at that place."
        ),
        "sigmoid_slope(w * x - b) * w": _(
            "Your b has the wrong sign. It is added to w·x, and the minus in exp belongs to the sum: put brackets around it."
        ),
        "sigmoid(w * x + b) - sigmoid(w * x + b) * w": _(
            "Multiplication comes before subtraction in Python: put brackets around 1 - s."
        ),
        "sigmoid_slope(w * x + b) * (w + b)": _(
            "Does b make the inner function steeper? It shifts the function; the slope of a constant is 0."
        ),
        "sigmoid(w * x + b)": _(
            "That is the neuron's output. Asked for is how fast it changes when x moves."
        ),
        "sigmoid_slope(w * x) * w": _(
            "Your inner value lacks b. b does not move, but it decides how steep sigmoid is at this place."
        ),
        "sigmoid_slope(w * (x + b)) * w": _(
            "Your inner value is w·(x + b). b is added after the product: w·x + b."
        ),
        "(w * x + b) * (1 - (w * x + b)) * w": _(
            "The s in s · (1 - s) is the value of sigmoid, and you put the inner value there."
        ),
        "sigmoid_slope(w * x + b) * (1 - sigmoid_slope(w * x + b)) * w": _(
            "The s in s · (1 - s) is the value of sigmoid, and you put its slope there."
        ),
        "-sigmoid_slope(w * x + b) * w": _(
            "The sign is turned: sigmoid rises everywhere, so its slope is positive, and the sign of the result is that of w."
        ),
        "sigmoid_slope(w * x + b) * w * x": _(
            "There is an x too much. When x moves, the inner slope is w alone."
        ),
        "sigmoid_slope(w * x + b) * b": _(
            "You multiplied by b. The second factor is how much w·x + b grows when x grows by 1."
        ),
        "sigmoid_slope(w * x + b) / w": _("You divided by w. The two slopes of a chain are multiplied."),
        "sigmoid_slope(w * x + b) * (w * x + b)": _(
            "You multiplied by the inner value. The second factor is the slope of the inner function: by how much does w·x + b grow when x grows by 1?"
        ),
        "-w * np.exp(-(w * x + b)) * (1 + np.exp(-(w * x + b)))": _(
            "Your s is 1 plus the exponential, and not 1 divided by that. In 1 / 1 + exp(…), Python divides 1 by 1: put brackets around everything below the fraction bar."
        ),
    },
)


# 8. Downhill


def double(x):
    return 2 * x


def valley_slope(x):
    return np.exp(x) - 2


def walk(slope, x, step, steps):
    for _ in range(steps):
        x = x - step * slope(x)
    return x


check_downhill = Exercise(
    cases=lambda: {
        _("the slope 2x, from x = 4, step 0.25, 3 steps"): (double, 4.0, 0.25, 3),
        _("the slope exp(x) - 2, from x = 0, step 0.5, 2 steps"): (valley_slope, 0.0, 0.5, 2),
        _("the slope 2x, from x = -1, step 0.1, 5 steps"): (double, -1.0, 0.1, 5),
        _("the slope 2x, from x = 1, step 1.5, 3 steps"): (double, 1.0, 1.5, 3),
    },
    solution=walk,
    praise=_(
        "You have written gradient descent. With a million weights in place of x, the line in the loop stays the same."
    ),
    mistakes={
        "walk(slope, x, -step, steps)": _(
            "You are climbing. A positive slope says that f grows to the right, so the way down is to the left."
        ),
        "walk(slope, x, step, 1)": shared_hints.ONE_STEP_ONLY,
        "x - steps * step * slope(x)": _(
            "All your steps use the slope at the start. Ask for the slope anew wherever you are."
        ),
        "walk(slope, x, 1.0, steps)": _(
            "The step size is missing: your moves are as long as the slope itself."
        ),
        "walk(lambda x: np.sign(slope(x)), x, step, steps)": _(
            "All your moves have the same length. Let the slope say how far to go, too, not only where to."
        ),
        "x + walk(...)": _(
            "The start is added once more to where you are at the end. Return the place alone."
        ),
        "walk(lambda x: abs(slope(x)), x, step, steps)": _(
            "You always move to the left. Where the slope is negative, the way down is to the right."
        ),
        "walk(slope, x, steps, steps)": _(
            "You multiplied by the number of steps. The length of each is `step`, without an s."
        ),
        "walk(slope, x, 1 / step, steps)": _(
            "You divided by the step size: the smaller it is, the further you would go."
        ),
        "repeat(lambda x: step * slope(x) - x, x, steps)": _(
            "The sign of the whole is turned in each round. Take the step from x, not x from the step."
        ),
        "walk(slope, x, step, steps - 1)": shared_hints.STEP_MISSING,
        "walk(slope, x, step, steps + 1)": shared_hints.STEP_TOO_MANY,
        "slope(walk(...))": _("You returned the slope at the end. Return the place."),
        "[walk(slope, x, step, count) for count in range(steps + 1)]": shared_hints.ALL_PLACES,
        "[walk(slope, x, step, count + 1) for count in range(steps)]": shared_hints.PLACES_AFTER_EACH_STEP,
    },
)


# 9. The best step


def step_lists():
    def in_float32(f, slope, x, *steps):
        return f, slope, np.float32(x), np.array(steps, np.float32)

    return {
        _("the cube of x at x = 2, five steps from 1e-1 to 1e-6"): in_float32(
            cube, 12.0, 2, 1e-1, 1e-2, 1e-3, 1e-5, 1e-6
        ),
        _("the cube of x at x = 2, steps 1e-2, 2e-7, 1e-1"): in_float32(cube, 12.0, 2, 1e-2, 2e-7, 1e-1),
        _("minus the cube of x at x = 2, steps 1e-6, 1e-1, 1e-3"): in_float32(
            minus_cube, -12.0, 2, 1e-6, 1e-1, 1e-3
        ),
        # Only forwards do the two parts of the error, 3xh and h², cancel, at h = 0.3.
        _("the cube of x at x = -0.1, steps 0.1, 0.3, 0.25"): in_float32(cube, 0.03, -0.1, 0.1, 0.3, 0.25),
    }


def signed_errors(f, slope, x, steps):
    return (f(x + steps) - f(x)) / steps - slope


def errors_of(f, slope, x, steps):
    return np.abs(signed_errors(f, slope, x, steps))


check_best_step = Exercise(
    cases=step_lists,
    solution=lambda f, slope, x, steps: steps[np.argmin(errors_of(f, slope, x, steps))],
    praise=_("Not the smallest step and not the largest: the one where the two errors meet."),
    mistakes={
        "steps.min()": _(
            "That is the smallest step. In float32, rounding has eaten most digits of its slope, so its error is not the smallest. Compare the errors, measured with x and the steps in float32 as they come."
        ),
        "int(np.argmin(errors_of(...)))": _(
            "You returned where the best step stands in the array. Return the step itself."
        ),
        "errors_of(...).min()": _("You returned the smallest error. Return the step that has it."),
        "slope + min(signed_errors(...), key=abs)": _(
            "You returned the slope that was measured best. Return the step that measured it."
        ),
        "steps[np.argmax(signed_errors(...))]": _(
            "The error may have either sign. Compare its size: the one nearest to 0 is the best, above or below."
        ),
        "steps[-1]": _(
            "That is the last step of the array. In a loop, the smallest error so far has to be remembered, too, and each new one compared with it."
        ),
        "steps[[np.argmin(errors_of(...))]]": _(
            "That is the right step, in an array of length 1. Return the step itself."
        ),
        "steps[np.argmin(signed_errors(...))]": _(
            "An error of -0.5 is not better than one of 0.001: compare their sizes, without the sign."
        ),
        "steps[np.argmax(errors_of(...))]": _("That is the step with the largest error."),
        "steps[np.argmin(np.abs((f(x + steps) - f(x)) / steps))]": _(
            "That is the step with the smallest measured slope, by its size. The error is how far the measured slope is from the given one, and that is what has to be small."
        ),
        "steps[np.argmin(np.abs(f(x + steps) - f(x) - slope))]": _(
            "That is the largest step. The errors choose otherwise: each is the change of f, divided by its own step, minus the slope, without its sign."
        ),
        "steps[np.argmin(errors_of(f, slope, float(x), steps.astype(float)))]": _(
            "That is the best step in float64, where rounding is much finer. Leave x and the steps in float32, as they come."
        ),
        "steps[np.argmin(errors_of(f, slope, x, -steps))]": _(
            "That is the best step to the left, from x to x - h. The forward difference goes from x to x + h."
        ),
        "steps[np.argmin(np.abs(central_difference(f, x, steps) - slope))]": _(
            "That is the best step for the central difference. Here the forward difference measures."
        ),
    },
)


# 10. Down the tangent to zero


def square_minus_two(x):
    return x * x - 2


def cube_minus_ten(x):
    return x * x * x - 10


def newton(f, slope, x, steps):
    for _ in range(steps):
        x = x - f(x) / slope(x)
    return x


check_newton = Exercise(
    cases=lambda: {
        _("x² - 2 from x = 1.25, 1 step"): (square_minus_two, double, 1.25, 1),
        _("x² - 2 from x = 2, 3 steps"): (square_minus_two, double, 2.0, 3),
        _("x³ - 10 from x = 2, 2 steps"): (cube_minus_ten, cube_slope, 2.0, 2),
    },
    solution=newton,
    praise=_(
        "This is Newton's method. From x = 2, three steps are enough for five correct digits after the point of the square root of 2."
    ),
    mistakes={
        "newton(lambda x: -f(x), slope, x, steps)": _(
            "You went away from the zero. Where f and its slope are both positive, the zero of the tangent lies to the left."
        ),
        "walk(lambda x: f(x) * slope(x), x, 1.0, steps)": _(
            "You multiplied by the slope. The steeper the tangent, the shorter the way down to zero."
        ),
        "newton(slope, f, x, steps)": _(
            "Your fraction stands on its head. From the height f(x), a tangent of slope 2 needs half that distance to come down to zero."
        ),
        "walk(slope, x, 1.0, steps)": _(
            "Those are steps against the slope, which look for the lowest point. Here the tangent says where f is 0."
        ),
        "newton(f, lambda _: slope(x), x, steps)": _(
            "You kept the slope of the start. Each step has a tangent of its own."
        ),
        "newton(lambda _: f(x), slope, x, steps)": _(
            "You kept the height of the start. Each step begins at the height of the place where it is."
        ),
        "x - sum(f(x) / slope(x) for _ in range(steps))": _(
            "All your steps start from the first x. Put the new x in place of the old one before the next step."
        ),
        "f(newton(...))": _("You returned f at the end, which is nearly 0. Return the place."),
        "newton(f, slope, x, 1)": shared_hints.ONE_STEP_ONLY,
        "repeat(lambda x: f(x) / slope(x), x, steps)": _(
            "You put the distance in place of x. The new place is the old one less the distance."
        ),
        "repeat(lambda x: -f(x) / slope(x), x, steps)": _(
            "You put the move in place of x. The new place is the old one and the move together."
        ),
        "repeat(lambda x: (x - f(x)) / slope(x), x, steps)": _(
            "The slope divides x as well. Only the height f(x) is divided by it."
        ),
        "walk(f, x, 1.0, steps)": _(
            "You moved by the height itself, as if every tangent had the slope 1. How far does a steep one need to come down?"
        ),
        "newton(lambda x: abs(f(x)), slope, x, steps)": _(
            "You always move to the left. Where f is negative and rises, its zero lies to the right."
        ),
        "newton(f, slope, x, steps - 1)": shared_hints.STEP_MISSING,
        "newton(f, slope, x, 60)": _(
            "You went on until f is 0. Here only so many steps are asked for, and the place where they end."
        ),
        "[newton(f, slope, x, count) for count in range(steps + 1)]": shared_hints.ALL_PLACES,
        "newton(f, slope, x, steps + 1)": shared_hints.STEP_TOO_MANY,
    },
)
