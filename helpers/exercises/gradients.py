"""The exercises of 2.4.2: slopes along weights and directions, steps against the gradient, and what a slope cannot know."""

import numpy as np

from helpers.exercises import shared_hints
from helpers.exercises.attempts import case, moved, only, repeat
from helpers.exercises.feedback import Exercise
from helpers.exercises.own_code import Rule
from helpers.language import Words

_ = Words(__name__)

# Losses whose slopes are easy to find by hand, and differ from weight to weight.


def cubes(W):
    """The sum of the cubes, the first weight counting double."""
    return float(np.sum(W**3) + np.ravel(W)[0] ** 3)


def products(W):
    """Neighbours multiplied, as in a row: w0·w1 + w1·w2 + …, and a square of the last."""
    row = np.ravel(W)
    return float(np.sum(row[:-1] * row[1:]) + row[-1] ** 2)


# 1. How many numbers?

check_count = Exercise(
    solution=401_920,
    praise=_("A slope for each of 784 × 512 weights and each of 512 biases, in arrays of the same shapes."),
    mistakes={
        "401_408": _(
            "That is the matrix W. The layer has a bias for each of its 512 units, too, and the loss has a slope along each."
        ),
        "2": _("Two arrays, yes: one for W, one for b. How many numbers do they hold together?"),
        "1": _(
            "The loss is one number. The gradient says how this number changes along each weight: one slope for each."
        ),
        "(401_408, 512)": _(
            "Both counts are right. The gradient holds them together: add them, for one number."
        ),
        "401_409": _("You added one bias for the whole layer. Each of its 512 units has its own."),
        "1_808": _(
            "You added all sizes. In W each of the 784 inputs meets each of the 512 units, so these two are multiplied."
        ),
        "'401920'": _("The number is right, but in quotes it is text. Leave them out."),
        "512": _("That is the bias alone. W has a row of 512 weights for each of the 784 inputs."),
        "784": _("That is one slope an input. Each input has a weight to each of the 512 units."),
        "1_296": _(
            "You added 784 and 512. In W each input meets each unit, so multiply, then add the biases."
        ),
        "402_192": _(
            "Almost: there is one bias for each unit, of which there are 512, not one for each of the 784 inputs."
        ),
        "803_840": _(
            "Measuring each slope takes two forward passes, so that is their number. How many slopes are there?"
        ),
    },
    nudge=_("Count the entries of W, shape (784, 512), and of b, shape (512,): each has its own slope."),
)


# 2. One partial derivative


def partial_derivative(loss, w, place, h):
    return (loss(moved(w, place, h)) - loss(moved(w, place, -h))) / (2 * h)


check_partial = Exercise(
    cases=lambda: {
        _("the first of three weights"): case(cubes, [1.0, -2.0, 0.5], 0, 0.1),
        _("the last of three weights"): case(products, [1.5, 2.0, -1.0], 2, 0.1),
        _("the second of two weights"): case(cubes, [-0.5, 1.5], 1, 0.2),
    },
    solution=partial_derivative,
    praise=_("One weight moves, all others stand still: that is what makes a derivative partial."),
    mistakes={
        "(loss(moved(w, place, h)) - loss(moved(w, place, -h))) / h": _(
            "Twice too steep: from h below to h above, the weight moves by more than h. Divide by the whole distance."
        ),
        "loss(moved(w, place, h)) - loss(moved(w, place, -h))": _(
            "That is how much the loss changes. A slope is this change for each unit of distance: divide by the distance."
        ),
        "(loss(moved(w, place, h)) - loss(w)) / h": _(
            "You moved to one side only. That is a slope, too, but with a larger error: here, compare h above with h below."
        ),
        "(loss(w) - loss(moved(w, place, -h))) / h": _("You moved down only. Compare h above with h below."),
        "(loss(moved(w, place, h)) - loss(w)) / (2 * h)": _(
            "The distance is right for a move from h below to h above, but your lower loss is the one at the point itself."
        ),
        "(loss(moved(w, place, -h)) - loss(moved(w, place, h))) / (2 * h)": _(
            "The sign is wrong: a slope is positive where the loss gets larger as the weight does. Above minus below."
        ),
        "(loss(w + h) - loss(w - h)) / (2 * h)": _(
            "You moved all weights at once: w + h adds h to each of them. Change only the entry at `place`, in a copy."
        ),
        "loss(moved(w, place, h)) - loss(moved(w, place, -h)) / (2 * h)": _(
            "Division comes before subtraction. Put the difference of the two losses in brackets."
        ),
        "(loss(moved(w, place, h)) - loss(moved(w, place, -h))) / 2 * h": _(
            "Python divides by 2 and then multiplies by h. Put brackets around the whole distance that you divide by."
        ),
        "(loss(moved(w, place, h - w[place])) - loss(moved(w, place, -h - w[place]))) / (2 * h)": _(
            "You put h and -h in place of the weight. Move the weight by h: add to what stands there."
        ),
        "(loss(w[place] + h) - loss(w[place] - h)) / (2 * h)": _(
            "You gave the loss this one weight. It takes the whole vector, in which only this weight has moved."
        ),
        "partial_derivative(loss, w, 0, h)": _(
            "Your slope is always that of the first weight. Which one moves is said by `place`."
        ),
        "partial_derivative(loss, w, place - 1, h)": _(
            "You moved the weight before the one that is meant. Places are counted from 0, as Python does it."
        ),
        "measured_gradient(loss, w, h)": _(
            "Those are the slopes along all weights. Asked for is the one at `place`."
        ),
        "(moved(w, place, h) - moved(w, place, -h)) / (2 * h)": _(
            "You compared the weights themselves. Compare what the loss is at the two."
        ),
        "loss(moved(w, place, h) - moved(w, place, -h)) / (2 * h)": _(
            "You asked for the loss at the difference of the weights. Ask for it at both, and take the difference of the losses."
        ),
        "(loss(moved(w, place, h)) + loss(moved(w, place, -h))) / (2 * h)": _(
            "You added the two losses. A slope asks how they differ."
        ),
        "(loss(moved(w, place, h)) - 2 * loss(w) + loss(moved(w, place, -h))) / h**2": shared_hints.SECOND_DIFFERENCE,
        "partial_derivative(loss, w, place, h * w[place]) * w[place]": _(
            "The weight moved by a share of itself, h times as much as it is. Add h, and take h away."
        ),
        "0.0": _(
            "Your slope is always 0, so both losses were taken at the same weights. After `above = w`, or two names for one copy, the move down undoes the move up: `above` and `below` need an array each. And a copy without a name is lost."
        ),
    },
    keeps_input=True,
)


# 3. All of them


def for_each_weight(W, slope):
    """Fill an array of the shape of the weights with what slope(index) gives."""
    result = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        result[index] = slope(index)
    return result


def measured_gradient(loss, W, h):
    return for_each_weight(W, lambda index: partial_derivative(loss, W, index, h))


def gradient_with_weights_left_above(loss, W, h):
    """Measure to one side, and leave each weight where it was moved."""
    walking, result = W.copy(), np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        before = loss(walking)
        walking[index] += h
        result[index] = (loss(walking) - before) / h
    return result


def gradient_with_weights_left_below(loss, W, h):
    """Measure to both sides, and forget to go back before the next weight."""
    walking, result = W.copy(), np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        walking[index] += h
        above = loss(walking)
        walking[index] -= 2 * h
        result[index] = (above - loss(walking)) / (2 * h)
    return result


def gradient_with_two_copies_for_all(loss, W, h):
    """Copy the weights before the loop, and not for each weight."""
    above, below, result = W.copy(), W.copy(), np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        above[index] += h
        below[index] -= h
        result[index] = (loss(above) - loss(below)) / (2 * h)
    return result


def gradient_over_weights(loss, W, h):
    """Write each slope over its weight."""
    result = W.copy()
    for index in np.ndindex(W.shape):
        result[index] = partial_derivative(loss, result, index, h)
    return result


check_gradient = Exercise(
    cases=lambda: {
        _("a matrix of shape (2, 3)"): case(cubes, [[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]], 0.1),
        _("a vector of shape (3,)"): case(products, [1.5, 2.0, -1.0], 0.1),
        _("a matrix of shape (2, 2)"): case(products, [[0.5, 2.0], [-1.0, 4.0]], 0.2),
    },
    solution=measured_gradient,
    praise=_(
        "A slope for each weight, in the shape of the weights: this is the gradient, at the price of two losses a weight."
    ),
    mistakes={
        "measured_gradient(...).ravel()": _(
            "The slopes are right, but they stand in one row. The gradient has the shape of W, so that it can be subtracted from W."
        ),
        "np.sum(measured_gradient(...))": _(
            "One number came: all slopes added up, which is also what moving all weights at once measures. Each weight needs its own, in an array of the shape of W."
        ),
        "np.sqrt(np.sum(measured_gradient(...) ** 2))": _(
            "That is the length of the gradient: how steep it is in the steepest direction. The direction itself is lost."
        ),
        "for_each_weight(W, lambda index: (loss(W + h) - loss(W - h)) / (2 * h))": _(
            "All your entries are equal: each is the sum of all slopes. Only the weight at `index` moves, and only the entry at `index` is written."
        ),
        "for_each_weight(W, lambda index: (loss(W[index] + h) - loss(W[index] - h)) / (2 * h))": _(
            "You gave the loss one weight. It takes the whole array, in which only this weight has moved."
        ),
        "for_each_weight(W, lambda index: loss(moved(W, index, h)) - loss(moved(W, index, -h)))": _(
            "Those are the changes of the loss. A slope is the change for each unit of distance: divide by the distance."
        ),
        "gradient_with_two_copies_for_all(...)": _(
            "Only your first entry is right: weights that have been measured stay moved, up in one copy and down in the other. Make both copies anew for each weight."
        ),
        "W - measured_gradient(...)": _(
            "You took the slopes from W. Return the slopes themselves; steps come in the next exercise."
        ),
        "gradient_over_weights(...)": _(
            "Your first entry is right, and the later ones are measured at other weights: each slope is written over the weight itself. Write into an array of its own, made with np.zeros."
        ),
        "for_each_weight(W, lambda index: partial_derivative(loss, W, index[:1], h))": _(
            "All entries of a row are equal: the whole row moves at once. Move a single weight, at the whole `index`."
        ),
        "2 * measured_gradient(...)": _("Twice too steep: from h below to h above is more than h."),
        "for_each_weight(W, lambda index: (loss(moved(W, index, h)) - loss(W)) / h)": _(
            "You moved to one side only. The error is smaller if you compare h above with h below."
        ),
        "-measured_gradient(...)": _(
            "The signs are turned: you point downhill. The gradient points uphill; the minus comes with the step."
        ),
        "gradient_with_weights_left_above(...)": _(
            "The weights that you have measured stay moved while you measure the next ones. Begin each measurement from W itself, and compare h above with h below."
        ),
        "gradient_with_weights_left_below(...)": _(
            "Each weight stays at its lower place while the next ones are measured. Take a new copy of W for each weight."
        ),
        "for_each_weight(W, lambda index: (loss(moved(W, index, h)) - loss(W)) / (2 * h))": _(
            "About half of each slope: your lower loss is the one at W itself. To come from h above to h below, move down by twice h, or take a new copy."
        ),
        "measured_gradient(...).ravel()[-1]": _(
            "You returned one slope, the last. Write each into an array of the shape of W, at its index."
        ),
        "only(measured_gradient(...), (0,) * W.ndim)": _(
            "Only the first entry is measured, and the others are still 0. The return comes after the last round, outside of the loop."
        ),
        "np.zeros(W.shape)": _(
            "All your slopes are 0. Either none is written into the result, or both losses are taken at the same weights: after `above = W`, the move down undoes the move up, so give each an array of its own."
        ),
    },
    keeps_input=True,
)


# 4. One step


def pull_to_two(W):
    """The gradient of the sum of (w - 2)²."""
    return 2 * (W - 2)


def cubic_slopes(W):
    return 3 * W**2


def mixing_slopes(W):
    """The gradient of w0² + w0·w1 + 3·w1² - w0, in which each slope depends on both weights."""
    first, second = W
    return np.array([2 * first + second - 1, first + 6 * second])


check_step = Exercise(
    cases=lambda: {
        _("two weights, step 0.1"): case(pull_to_two, [5.0, -1.0], 0.1),
        _("a matrix, step 0.02"): case(cubic_slopes, [[1.0, -2.0], [0.5, 3.0]], 0.02),
        _("three weights, step 0.3"): case(pull_to_two, [0.5, 4.0, -2.5], 0.3),
        _("two weights that depend on each other, step 0.1"): case(mixing_slopes, [2.0, -1.0], 0.1),
    },
    solution=lambda gradient, W0, step: W0 - step * gradient(W0),
    praise=_(
        "This is the line that trains every network: against the gradient, by a step, for all weights at once."
    ),
    mistakes={
        "W0 + step * gradient(W0)": shared_hints.UPHILL,
        "W0 - gradient(W0)": _("The direction is right, but `step` plays no part: you took a step of 1."),
        "W0 - step": _(
            "You made all weights smaller by the same amount. Each should move by the step times its own slope."
        ),
        "W0 - gradient(step * W0)": _(
            "The step is inside the brackets: you asked for the gradient at another place, step · W0. Ask at W0, and multiply what you get."
        ),
        "gradient(W0 - step * W0)": _(
            "You returned a gradient. Return the new weights, of which the gradient is only a part."
        ),
        "W0 - step * gradient(W0 - step * gradient(W0))": _(
            "You asked for the gradient where the step ends. It has to be known before the step is taken: ask at W0."
        ),
        "-step * gradient(W0)": _("That is the move. The new weights are the old ones plus this move."),
        "W0 - step * gradient(W0) / np.sqrt(np.sum(gradient(W0) ** 2))": _(
            "You divided the gradient by its length. Then every step is equally long; here, a steeper place gives a longer step."
        ),
        "W0 - step * np.sign(gradient(W0))": _(
            "You kept only the signs of the slopes. A steep weight should move farther than a flat one."
        ),
        "W0 - gradient(W0) / step": _("You divided by the step, so a smaller step leads farther. Multiply."),
        "step * gradient(W0)": _(
            "That is the step times the gradient. The new weights are the old ones less this."
        ),
        "W0": _("The weights are still those of the start. Return the new ones."),
        "W0 - step * gradient(W0) * W0": shared_hints.TIMES_THE_WEIGHTS,
        "W0 - step * np.abs(gradient(W0))": _(
            "All your weights went down. Where a slope is negative, against it is up."
        ),
        "step * gradient(W0) - W0": shared_hints.WEIGHTS_FROM_THE_STEP,
        "W0 - step * W0": _(
            "You made all weights smaller by the same share. The gradient says how each of them moves."
        ),
        "[weights - step * gradient(weights) for weights in W0]": _(
            "You asked for the gradient of one weight at a time. It takes all of them, since each slope may depend on all."
        ),
        "walk(..., 2)": _("You took two steps. One is asked for."),
        "(W0 - step) * gradient(W0)": _(
            "Brackets: the step multiplies the gradient first, and the product is taken from the weights."
        ),
        "W0 - step * np.sum(gradient(W0))": _(
            "All your weights moved equally far, by the sum of the slopes. Each has its own."
        ),
        "W0 - step * np.mean(gradient(W0))": _(
            "All your weights moved equally far, by the mean of the slopes. Each has its own."
        ),
    },
    keeps_input=True,
)


# 5. The promise

check_promise = Exercise(
    cases=lambda: {
        _("the gradient (3, -4), step 0.1"): case([3.0, -4.0], 0.1),
        _("a gradient of shape (2, 2), step 0.5"): case([[1.0, -2.0], [0.5, 0.0]], 0.5),
        _("the gradient (0.2,), step 2"): case([0.2], 2.0),
    },
    solution=lambda gradient, step: step * np.sum(gradient**2),
    praise=_(
        "Slope times distance: the slope is |gradient|, and so is the distance for each unit of the step. Hence the square."
    ),
    mistakes={
        "-step * np.sum(gradient**2)": _(
            "That is the change of the loss, a negative number. The decrease is asked for: by how much the loss falls."
        ),
        "step * np.sqrt(np.sum(gradient**2))": _(
            "That is how far the weights move. Multiply this distance by the slope, which is the length of the gradient once more."
        ),
        "np.sum(gradient**2)": _("The step plays no part yet: half the step promises half the decrease."),
        "step * np.sum(gradient)": _(
            "You added the slopes, and slopes of different signs cancel. Each weight moves by step · slope, and each move brings slope times move, which is never negative."
        ),
        "step * np.sum(np.abs(gradient))": _(
            "Close, but each weight also moves the farther the steeper it is: slope times move, and the move holds the slope."
        ),
        "np.sum((step * gradient) ** 2)": _(
            "The step is squared, too. Only the slope comes twice: once in the slope, once in the distance."
        ),
        "step * np.mean(gradient**2)": _("You took the mean. The moves of all weights add up."),
        "step * gradient**2": _("That is what each weight brings. The promise is one number: add them up."),
        "step * sum(gradient**2)": _(
            "A number comes for a vector, and several for a matrix: Python's own sum adds its rows, as np.sum does with an axis. Add all entries, of all axes."
        ),
        "step * gradient @ gradient": _(
            "A number comes for a vector, and an array for a matrix, where @ is the matrix product. Square entry by entry, and add up all of them."
        ),
        "step * gradient": _(
            "Those are the moves of the weights, up to their sign. Each brings its slope times its move; the promise is the sum."
        ),
        "step * np.sum(gradient**2) / 2": _(
            "Half of the promise. Slope times distance has no factor of 1/2."
        ),
        "2 * step * np.sum(gradient**2)": _(
            "Twice the promise: each weight brings its slope times its move, once."
        ),
        "step * np.sum(gradient) ** 2": _(
            "You added the slopes before you squared, so those of different signs cancel. Square each, then add."
        ),
        "step * np.sum(gradient * 2)": _(
            "You doubled the slopes and added. Their squares are asked for: ** 2."
        ),
        "abs(step * np.sum(gradient))": _(
            "The slopes were added with their signs, so they cancel, and the sign was taken off at the end. Each weight brings slope times move, which is never negative."
        ),
        "np.sum(gradient**2) / step": _(
            "You divided by the step, so a smaller step promises more. Multiply."
        ),
        "np.sqrt(step * np.sum(gradient**2))": _(
            "The root is too much: slope times distance is the promise itself."
        ),
        "step * np.max(np.abs(gradient)) ** 2": _(
            "You counted the steepest weight only. All of them move, and all of them help."
        ),
    },
    keeps_input=True,
)


# 6. Along any direction


def length(vector):
    return np.sqrt(np.sum(vector**2))


check_direction = Exercise(
    cases=lambda: {
        _("the gradient (3, 4) along (0, 2)"): case([3.0, 4.0], [0.0, 2.0]),
        _("the gradient (1, -2, 0.5) along (2, 1, -2)"): case([1.0, -2.0, 0.5], [2.0, 1.0, -2.0]),
        _("the gradient (3, 4) along (-6, -8)"): case([3.0, 4.0], [-6.0, -8.0]),
    },
    solution=lambda gradient, direction: np.sum(gradient * direction) / length(direction),
    praise=_(
        "The gradient knows the slope along every direction: one dot product with a direction of length 1."
    ),
    mistakes={
        "np.sum(gradient * direction)": _(
            "A longer direction gives you a larger slope. A slope is meant for each unit of distance: the direction must have length 1."
        ),
        "np.sum(gradient * direction) / length(gradient)": _(
            "You divided by the length of the gradient. It is the direction that must have length 1."
        ),
        "np.sum(gradient * direction) / length(direction) / length(gradient)": _(
            "That is the cosine of the angle, between -1 and 1, whatever the ground. Do not divide by the length of the gradient."
        ),
        "np.sum(gradient * direction) / np.sum(direction**2)": _(
            "You divided by the square of the length. Take the root of the sum of squares first."
        ),
        "np.sum(gradient * direction) / np.sum(direction)": _(
            "The length of a vector is not the sum of its entries: it is the root of the sum of their squares."
        ),
        "np.sum(gradient * direction) / np.sum(np.abs(direction))": _(
            "You divided by the sum of the sizes. The length is the root of the sum of squares: that of (3, 4) is 5, not 7."
        ),
        "np.sum(gradient * direction) / len(direction)": _(
            "len() counts the entries of a vector. Its length is the root of the sum of their squares."
        ),
        "gradient * direction / length(direction)": _(
            "Those are the parts that each weight brings. The slope is one number: add them up."
        ),
        "-np.sum(gradient * direction) / length(direction)": _(
            "The sign is turned. Along the gradient itself, the slope is positive."
        ),
        "length(gradient)": _(
            "That is the slope along the gradient, the largest there is. Along another direction it is smaller."
        ),
        "abs(np.sum(gradient * direction)) / length(direction)": _(
            "Your slope is never negative. Along a direction that leads down, it is: leave the sign as it comes."
        ),
        "gradient * direction": _(
            "Those are products for each weight, and the direction still has its own length. The slope is one number along a direction of length 1."
        ),
        "np.mean(gradient * direction) / length(direction)": _(
            "You took the mean over the weights. What all weights bring adds up."
        ),
        "np.sum(gradient * direction) / np.max(np.abs(direction))": _(
            "You divided by the largest entry of the direction. Its length is the root of the sum of the squares of all."
        ),
        "np.sum(gradient * direction) * length(direction)": _(
            "You multiplied by the length of the direction. Divide by it, so that it no longer counts."
        ),
        "np.sum(gradient * direction / np.sqrt(direction**2))": _(
            "The root of the square of each entry is its size, and that was divided out of each entry. One length belongs to the whole vector: add the squares before you take the root."
        ),
        "np.sum(gradient * direction) / np.sqrt(np.sum(direction) ** 2)": _(
            "You added the entries before you squared. Square each, add, then take the root."
        ),
        "direction / length(direction)": _(
            "The direction has length 1 now. Multiply it with the gradient, entry by entry, and add up."
        ),
    },
    keeps_input=True,
)


# 7. The loss of a matrix product


def product_gradient(X, W, Y):
    return 2 / len(X) * X.T @ (X @ W - Y)


check_product = Exercise(
    cases=lambda: {
        _("3 samples, 2 inputs, 2 outputs"): case(
            [[1.0, 2.0], [0.0, -1.0], [3.0, 1.0]],
            [[0.5, -1.0], [2.0, 1.0]],
            [[1.0, 0.0], [2.0, 1.0], [-1.0, 4.0]],
        ),
        _("2 samples, 2 inputs, 2 outputs"): case(
            [[1.0, -2.0], [4.0, 0.5]], [[1.0, 3.0], [-1.0, 0.5]], [[0.0, 1.0], [2.0, -3.0]]
        ),
        _("4 samples, 3 inputs, 1 output"): case(
            [[1.0, 0.0, 2.0], [-1.0, 1.0, 0.5], [2.0, 2.0, 1.0], [0.0, -3.0, 1.0]],
            [[1.0], [-2.0], [0.5]],
            [[1.0], [0.0], [2.0], [-1.0]],
        ),
    },
    solution=product_gradient,
    praise=_(
        "Each weight's slope is a dot product: its input over all samples, with the error that it had a share in."
    ),
    rules=(
        Rule(
            r"numerical_gradient|central_difference|measure_gradient|partial_derivative|\b1e-|\b0\.0*1\b",
            _(
                "The numbers are right, but you measured them. Compute them from X, the errors and n, without moving a weight."
            ),
        ),
        Rule(
            r"\.backward\(",
            _(
                "The numbers are right, but backward() found them for you. Compute them from X, the errors and n yourself."
            ),
        ),
    ),
    mistakes={
        "X.T @ (X @ W - Y)": _(
            "The shape is right. Two factors are missing: the 2 from the square, and the division by the number of samples."
        ),
        "2 * X.T @ (X @ W - Y)": _(
            "That is the gradient of the sum over all samples. The loss is their mean: divide by the number of samples."
        ),
        "X.T @ (X @ W - Y) / len(X)": _("Half too flat: the derivative of a square brings a factor 2."),
        "2 * X.T @ (X @ W - Y) / Y.size": _(
            "You divided by the number of all entries of Y. This loss adds up the outputs of a sample, and takes the mean over the samples only."
        ),
        "2 * X.T @ (X @ W - Y) / W.size": _(
            "You divided by the number of weights. The mean is over the samples, the rows of X."
        ),
        "2 / X.shape[1] * X.T @ (X @ W - Y)": _(
            "You divided by the number of inputs, the columns of X. The mean is over the samples, its rows."
        ),
        "2 / len(X) * X @ (X @ W - Y)": _(
            "X has samples along its rows, so its rows cannot meet the columns of the error, which run over samples as well. Turn X so that inputs come first: the result needs the shape of W."
        ),
        "2 / len(X) * (X @ W - Y) @ X.T": _(
            "The order of the product is turned around: the result must have a row for each input and a column for each output."
        ),
        "2 / len(X) * (X @ W - Y).T @ X": _(
            "The numbers are right, but lie in shape (outputs, inputs): the gradient must have the shape of W."
        ),
        "2 / len(X) * X.T @ (Y - X @ W)": _(
            "The sign is turned: that points downhill. The error is prediction minus truth."
        ),
        "2 / len(X) * (X @ W - Y)": _(
            "That is the slope of the loss along each prediction. Go one step further back, to the weights."
        ),
        "2 / len(X) * X.T @ (X @ W - Y) ** 2": _(
            "The square is gone once a derivative is taken: the slope of e² is 2e."
        ),
        "2 * X.T @ (X @ W - Y) / X.size": _(
            "You divided by the number of all entries of X. The mean is over the samples, its rows."
        ),
        "X.T @ (X @ W - Y) / (2 * len(X))": _(
            "A quarter of what it should be: the 2 from the square stands above the line of the fraction, not below it."
        ),
        "2 / len(X) ** 2 * X.T @ (X @ W - Y)": _(
            "You divided by the number of samples twice. Once is a mean."
        ),
        "2 / len(X) * X.T @ X @ W": _("The truth Y plays no part yet. The error is prediction minus truth."),
        "np.sum((X @ W - Y) ** 2) / len(X)": _(
            "That is the loss itself, one number. Asked for is a slope for each weight."
        ),
        "2 / len(X) * np.sum(X.T @ (X @ W - Y))": _("You added all slopes up. Each weight keeps its own."),
        "2 * np.mean(X.T @ (X @ W - Y))": _(
            "You took the mean over the weights, and one number is left. The mean is over the samples."
        ),
        "W - 2 / len(X) * X.T @ (X @ W - Y)": _(
            "You took the gradient from W, which is a step. The gradient alone is asked for."
        ),
        "2 / len(X) * X.T @ X @ W - Y": {
            r"X\.T.*-\s*Y": _(
                "Y is taken away after the product with X.T, where the shapes no longer fit. Put prediction minus truth in brackets first."
            )
        },
        "2 / len(X) * (X @ W - Y) @ X": {
            r"@\s*X\b(?!\.T)": _(
                "A row of the error meets a column of X, and they are of different kinds: outputs here, samples there. Put X first, and turn it so that its samples meet those of the error."
            )
        },
    },
    keeps_input=True,
)


# 8. Many steps


def walk(gradient, W0, step, count):
    W = np.array(W0)
    for _ in range(count):
        W = W - step * gradient(W)
    return W


def walk_without_start(gradient, W0, step, count):
    for _ in range(count):
        W = W0 - step * gradient(W0)
    return W


check_walk = Exercise(
    cases=lambda: {
        _("3 steps of 0.1"): case(pull_to_two, [5.0, -1.0], 0.1, 3),
        _("2 steps of 0.02"): case(cubic_slopes, [[1.0, -2.0], [0.5, 3.0]], 0.02, 2),
        _("0 steps"): case(pull_to_two, [1.0, 4.0], 0.1, 0),
        _("2 steps with weights that depend on each other"): case(mixing_slopes, [2.0, -1.0], 0.1, 2),
    },
    solution=walk,
    praise=_(
        "The slope is good news only about the place where it was measured. So it is measured anew at each step."
    ),
    mistakes={
        "W0 - count * step * gradient(W0)": _(
            "You measured the gradient once, at the start, and used it for all steps. The slope belongs to a place: ask again after each step."
        ),
        "W0 - step * gradient(W0) if count else W0": _(
            "However many steps are asked for, you took one: each round begins again from W0. Let it go on from the W of the round before."
        ),
        "walk_without_start(...)": _(
            "With 0 steps there is nothing to return, and otherwise you took one step, however many are asked for: each round begins again from the start. Give W its first value before the loop, and let each round go on from W."
        ),
        "W0 - step * gradient(W0) if count else None": _(
            "There is a return inside the loop: it ends everything in the first round, and without rounds nothing is returned."
        ),
        "walk(...) if count else None": _(
            "All right but for 0 steps, where nothing is returned. The loop without a round does what is asked: no if is needed."
        ),
        "[walk(gradient, weights, step, count) for weights in W0]": _(
            "You walked with one weight at a time. The gradient takes all of them, since each slope may depend on all."
        ),
        "repeat(lambda W: W0 - step * gradient(W), W0, count)": _(
            "The gradient is measured where you are, but each step starts from W0 again. Let it start from W."
        ),
        "gradient(walk(...))": _("You returned the gradient at the end. Return the weights."),
        "walk(lambda W: gradient(W) / np.sqrt(np.sum(gradient(W) ** 2)), W0, step, count)": _(
            "You divided each gradient by its length, so all steps are equally long. Here, a steeper place gives a longer step."
        ),
        "walk(gradient, np.zeros(W0.shape), step, count)": _("You began at 0. The walk begins at W0."),
        "[walk(gradient, W0, step, rounds + 1) for rounds in range(count)]": _(
            "Those are the weights after each step, in a list. Only the last ones are asked for, and after 0 steps those of the start."
        ),
        "walk(gradient, W0, -step, count)": shared_hints.UPHILL,
        "walk(gradient, W0, step, count + 1)": _(
            "One step too many: range(count) has count rounds, from 0 to count - 1."
        ),
        "walk(gradient, W0, step, max(count - 1, 0))": _(
            "One step is missing: range(1, count) has one round less than range(count)."
        ),
        "walk(gradient, W0, 1, count)": _("Your steps have size 1: multiply each gradient by `step`."),
        "np.array([walk(gradient, W0, step, rounds) for rounds in range(count + 1)])": shared_hints.ALL_PLACES,
        "W0.copy()": _(
            "Your weights are still those of the start. Is the new W stored under the same name in each round, and returned after the loop?"
        ),
    },
    keeps_input=True,
)


# 9. The best step


def bent(w):
    """A quadratic of curvatures 1, 5 and 2, as many as there are weights."""
    return float(np.sum(bent_slopes(w) * w)) / 2


def bent_slopes(w):
    return np.array([1.0, 5.0, 2.0])[: len(w)] * w


def mixed(w):
    """A quadratic whose weights are not independent of each other."""
    return float(w[0] ** 2 + w[0] * w[1] + 3 * w[1] ** 2 - w[0])


def second_difference(loss, w, direction, h):
    return loss(w + h * direction) - 2 * loss(w) + loss(w - h * direction)


def unit_slope(gradient, w):
    return gradient(w) / length(gradient(w))


def best_step(loss, gradient, w, h):
    return h**2 / second_difference(loss, w, unit_slope(gradient, w), h)


check_best_step = Exercise(
    cases=lambda: {
        _("curvatures 1 and 5, from (2, 1)"): case(bent, bent_slopes, [2.0, 1.0], 0.1),
        _("curvatures 1 and 5, from (4, 0)"): case(bent, bent_slopes, [4.0, 0.0], 0.2),
        _("curvatures 1, 5 and 2, from (1, -1, 2)"): case(bent, bent_slopes, [1.0, -1.0, 2.0], 0.1),
        _("a slanted bowl, from (-1, 2)"): case(mixed, mixing_slopes, [-1.0, 2.0], 0.1),
    },
    solution=best_step,
    praise=_(
        "Slope for the direction, curvature for the length: three losses tell where the lowest point of the way lies."
    ),
    rules=(
        Rule(
            r"\bgradient\(\w+ [-+]",
            _(
                "The step is right, but the curvature was found from other gradients. Measure it with three losses, as asked."
            ),
        ),
    ),
    mistakes={
        "1 / best_step(...)": _(
            "That is the curvature, and it is right. The more curved the ground, the shorter the best step: one more operation."
        ),
        "2 * best_step(...)": _(
            "That step leads as high up on the other side. The lowest point lies half-way."
        ),
        "best_step(...) / 2": _(
            "Half of the best step. There is no factor 2 in the second difference, nor in the answer."
        ),
        "h**2 / second_difference(loss, w, gradient(w), h)": _(
            "The direction must have length 1: otherwise a move by h is longer than h, and the curvature seems larger."
        ),
        "h**2 / second_difference(loss, w, gradient(w) / len(w), h)": _(
            "len() counts the entries of a vector. The direction must have length 1: divide by the root of the sum of the squares."
        ),
        "h / second_difference(loss, w, unit_slope(gradient, w), h)": _(
            "Divide the second difference by the square of h: it is a difference of differences."
        ),
        "1 / second_difference(loss, w, unit_slope(gradient, w), h)": _(
            "The second difference is not yet a curvature: it shrinks with the square of h. Divide by that first."
        ),
        "1 / length(gradient(w))": _(
            "That is 1 divided by the slope. How far to go is decided by the curvature along the gradient, and it takes a third loss: that at w itself, counted twice."
        ),
        "length(gradient(w)) * best_step(...)": _(
            "That is how far the weights move on the best way. The step is what multiplies the gradient, and the gradient brings its own length."
        ),
        "w - best_step(...) * gradient(w)": _(
            "Those are the weights at the lowest point, and they are right. Return the step that leads there."
        ),
        "gradient(w) * best_step(...)": _(
            "That is the move of each weight. The step is the one number that multiplies the gradient."
        ),
        "2 * best_step(...) / h": _(
            "You divided the second difference by 2h, as for a slope. It is a difference of differences: divide by h twice."
        ),
        "4 * best_step(...)": _(
            "You divided by the square of 2h. From w to each of the other two places it is only h."
        ),
        "h**2 / second_difference(loss, w, gradient(w) / np.sum(gradient(w) ** 2), h)": _(
            "Your step is the best one times the square of the gradient's length. The direction is divided by the length, the root of the sum of the squares; and the step itself by none."
        ),
        "best_step(...) / len(w)": _(
            "Your direction is longer than 1 by the root of the number of weights. Its length is the root of the sum of the squares, not of their mean."
        ),
        "h**2 / (second_difference(loss, w, unit_slope(gradient, w), h) + loss(w))": _(
            "The loss at w is missing once: it counts twice in a second difference, once for each side."
        ),
        "h**2 / second_difference(loss, w, 1.0, h)": _(
            "You moved all weights by h at once. The curvature is asked for along the gradient."
        ),
        "h**2 / second_difference(loss, w, w / length(w), h)": _(
            "You measured the curvature along w. It is asked for along the gradient."
        ),
        "-best_step(...)": _(
            "The sign is turned: in a hollow, the losses on both sides together are more than twice the loss in the middle."
        ),
    },
    keeps_input=True,
)
