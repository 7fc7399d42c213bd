"""The exercises of 2.4.2: slopes along weights and directions, steps against the gradient, and what a slope cannot know."""

import numpy as np

from helpers.exercises.feedback import Exercise, Mistake

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
    praise="A slope for each of 784 × 512 weights and each of 512 biases, in arrays of the same shapes.",
    mistakes=(
        Mistake(
            401_408,
            "That is the matrix W. The layer has a bias for each of its 512 units, too, and the loss has a slope along each.",
        ),
        Mistake(2, "Two arrays, yes: one for W, one for b. How many numbers do they hold together?"),
        Mistake(
            1,
            "The loss is one number. The gradient says how this number changes along each weight: one slope for each.",
        ),
        Mistake(512, "That is the bias alone. W has a row of 512 weights for each of the 784 inputs."),
        Mistake(784, "That is one slope an input. Each input has a weight to each of the 512 units."),
        Mistake(
            1_296, "You added 784 and 512. In W each input meets each unit, so multiply, then add the biases."
        ),
        Mistake(
            402_192,
            "Almost: there is one bias for each unit, of which there are 512, not one for each of the 784 inputs.",
        ),
        Mistake(
            803_840,
            "Measuring each slope takes two forward passes, so that is their number. How many slopes are there?",
        ),
    ),
    nudge="Count the entries of W, shape (784, 512), and of b, shape (512,): each has its own slope.",
)

# 2. One partial derivative


def weights_and_places():
    return {
        "the first of three weights": (cubes, np.array([1.0, -2.0, 0.5]), 0, 0.1),
        "the last of three weights": (products, np.array([1.5, 2.0, -1.0]), 2, 0.1),
        "the second of two weights": (cubes, np.array([-0.5, 1.5]), 1, 0.2),
    }


def moved(w, place, h):
    """Return a copy of the weights in which one has moved by h."""
    copy = w.copy()
    copy[place] += h
    return copy


def partial_derivative(loss, w, place, h):
    return (loss(moved(w, place, h)) - loss(moved(w, place, -h))) / (2 * h)


def partial_without_copy(loss, w, place, h):
    """Move one array up and down under two names."""
    above = below = w
    above[place] += h
    below[place] -= h
    return (loss(above) - loss(below)) / (2 * h)


check_partial = Exercise(
    solution=partial_derivative,
    praise="One weight moves, all others stand still: that is what makes a derivative partial.",
    mistakes=(
        Mistake(
            lambda loss, w, place, h: (loss(moved(w, place, h)) - loss(moved(w, place, -h))) / h,
            "Twice too steep: from h below to h above, the weight moves by more than h. Divide by the whole distance.",
        ),
        Mistake(
            lambda loss, w, place, h: loss(moved(w, place, h)) - loss(moved(w, place, -h)),
            "That is how much the loss changes. A slope is this change for each unit of distance: divide by the distance.",
        ),
        Mistake(
            lambda loss, w, place, h: (loss(moved(w, place, h)) - loss(w)) / h,
            "You moved to one side only. That is a slope, too, but with a larger error: here, compare h above with h below.",
        ),
        Mistake(
            lambda loss, w, place, h: (loss(w) - loss(moved(w, place, -h))) / h,
            "You moved down only. Compare h above with h below.",
        ),
        Mistake(
            lambda loss, w, place, h: (loss(moved(w, place, h)) - loss(w)) / (2 * h),
            "The distance is right for a move from h below to h above, but your lower loss is the one at the point itself.",
        ),
        Mistake(
            lambda loss, w, place, h: (loss(moved(w, place, -h)) - loss(moved(w, place, h))) / (2 * h),
            "The sign is wrong: a slope is positive where the loss gets larger as the weight does. Above minus below.",
        ),
        Mistake(
            lambda loss, w, place, h: (loss(w + h) - loss(w - h)) / (2 * h),
            "You moved all weights at once: w + h adds h to each of them. Change only the entry at `place`, in a copy.",
        ),
        Mistake(
            lambda loss, w, place, h: loss(moved(w, place, h)) - loss(moved(w, place, -h)) / (2 * h),
            "Division comes before subtraction. Put the difference of the two losses in brackets.",
        ),
        Mistake(
            lambda loss, w, place, h: (loss(moved(w, place, h)) - loss(moved(w, place, -h))) / 2 * h,
            "Python divides by 2 and then multiplies by h. Put brackets around the whole distance that you divide by.",
        ),
        Mistake(
            lambda loss, w, place, h: (
                (loss(moved(w, place, h - w[place])) - loss(moved(w, place, -h - w[place]))) / (2 * h)
            ),
            "You put h and -h in place of the weight. Move the weight by h: add to what stands there.",
        ),
        Mistake(
            lambda loss, w, place, h: (loss(w[place] + h) - loss(w[place] - h)) / (2 * h),
            "You gave the loss this one weight. It takes the whole vector, in which only this weight has moved.",
        ),
        Mistake(
            partial_without_copy,
            "Your slope is always 0. `above = w` makes no copy: both names mean the same array, so the move down undoes the "
            "move up. Give each its own, with .copy().",
        ),
    ),
    cases=weights_and_places,
)

# 3. All of them


def weight_arrays():
    return {
        "a matrix of shape (2, 3)": (cubes, np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]]), 0.1),
        "a vector of shape (3,)": (products, np.array([1.5, 2.0, -1.0]), 0.1),
        "a matrix of shape (2, 2)": (products, np.array([[0.5, 2.0], [-1.0, 4.0]]), 0.2),
    }


def gradient_of(slope):
    """Build a gradient from a function (loss, W, index, h) that returns one of its entries."""

    def gradient(loss, W, h):
        result = np.zeros(W.shape)
        for index in np.ndindex(W.shape):
            result[index] = slope(loss, W, index, h)
        return result

    return gradient


measured_gradient = gradient_of(partial_derivative)


def gradient_without_return(loss, W, h):
    """Leave each weight where it was moved."""
    walking, result = W.copy(), np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        before = loss(walking)
        walking[index] += h
        result[index] = (loss(walking) - before) / h
    return result


def gradient_that_stays_above(loss, W, h):
    """Measure to both sides, and forget to go back before the next weight."""
    walking, result = W.copy(), np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        walking[index] += h
        above = loss(walking)
        walking[index] -= 2 * h
        result[index] = (above - loss(walking)) / (2 * h)
    return result


def only_first(loss, W, h):
    result = np.zeros(W.shape)
    first = (0,) * W.ndim
    result[first] = partial_derivative(loss, W, first, h)
    return result


check_gradient = Exercise(
    solution=measured_gradient,
    praise="A slope for each weight, in the shape of the weights: this is the gradient, at the price of two losses a weight.",
    mistakes=(
        Mistake(
            lambda loss, W, h: measured_gradient(loss, W, h).ravel(),
            "The slopes are right, but they stand in one row. The gradient has the shape of W, so that it can be subtracted "
            "from W.",
        ),
        Mistake(
            lambda loss, W, h: np.sum(measured_gradient(loss, W, h)),
            "You added the slopes up. Each weight needs its own: keep them apart, in an array of the shape of W.",
        ),
        Mistake(
            lambda loss, W, h: np.sqrt(np.sum(measured_gradient(loss, W, h) ** 2)),
            "That is the length of the gradient: how steep it is in the steepest direction. The direction itself is lost.",
        ),
        Mistake(
            gradient_of(lambda loss, W, index, h: (loss(W + h) - loss(W - h)) / (2 * h)),
            "All entries are equal, because all weights move at once. Move one, measure, and move it back.",
        ),
        Mistake(
            gradient_of(lambda loss, W, index, h: 2 * partial_derivative(loss, W, index, h)),
            "Twice too steep: from h below to h above is more than h.",
        ),
        Mistake(
            gradient_of(lambda loss, W, index, h: (loss(moved(W, index, h)) - loss(W)) / h),
            "You moved to one side only. The error is smaller if you compare h above with h below.",
        ),
        Mistake(
            gradient_of(lambda loss, W, index, h: -partial_derivative(loss, W, index, h)),
            "The signs are turned: you point downhill. The gradient points uphill; the minus comes with the step.",
        ),
        Mistake(
            gradient_without_return,
            "The weights that you have measured stay moved while you measure the next ones. Begin each measurement from W "
            "itself, and compare h above with h below.",
        ),
        Mistake(
            gradient_that_stays_above,
            "Each weight stays at its lower place while the next ones are measured. Take a new copy of W for each weight.",
        ),
        Mistake(
            gradient_of(lambda loss, W, index, h: (loss(moved(W, index, h)) - loss(W)) / (2 * h)),
            "About half of each slope: your lower loss is the one at W itself. To come from h above to h below, move down by "
            "twice h, or take a new copy.",
        ),
        Mistake(
            lambda loss, W, h: measured_gradient(loss, W, h).ravel()[-1],
            "You returned one slope, the last. Write each into an array of the shape of W, at its index.",
        ),
        Mistake(
            only_first,
            "Only the first entry is measured. Is there a return inside the loop? It ends everything at the first round.",
        ),
        Mistake(
            gradient_of(partial_without_copy),
            "All your slopes are 0. `above = W` makes no copy: both names mean the same array, so the move down undoes the "
            "move up. Give each its own, with .copy(); and write each slope into the result.",
        ),
    ),
    cases=weight_arrays,
)

# 4. One step


def pull_to_two(W):
    """The gradient of the sum of (w - 2)²."""
    return 2 * (W - 2)


def cubic_slopes(W):
    return 3 * W**2


def places_and_steps():
    return {
        "two weights, step 0.1": (pull_to_two, np.array([5.0, -1.0]), 0.1),
        "a matrix, step 0.02": (cubic_slopes, np.array([[1.0, -2.0], [0.5, 3.0]]), 0.02),
        "three weights, step 0.3": (pull_to_two, np.array([0.5, 4.0, -2.5]), 0.3),
    }


check_step = Exercise(
    solution=lambda gradient, W0, step: W0 - step * gradient(W0),
    praise="This is the line that trains every network: against the gradient, by a step, for all weights at once.",
    mistakes=(
        Mistake(
            lambda gradient, W0, step: W0 + step * gradient(W0),
            "You went uphill: the gradient points to where the loss gets larger.",
        ),
        Mistake(
            lambda gradient, W0, step: W0 - gradient(W0),
            "The direction is right, but `step` plays no part: you took a step of 1.",
        ),
        Mistake(
            lambda gradient, W0, step: W0 - step,
            "You made all weights smaller by the same amount. Each should move by the step times its own slope.",
        ),
        Mistake(
            lambda gradient, W0, step: W0 - gradient(step * W0),
            "The step is inside the brackets: you asked for the gradient at another place, step · W0. Ask at W0, and "
            "multiply what you get.",
        ),
        Mistake(
            lambda gradient, W0, step: gradient(W0 - step * W0),
            "You returned a gradient. Return the new weights, of which the gradient is only a part.",
        ),
        Mistake(
            lambda gradient, W0, step: W0 - step * gradient(W0 - step * gradient(W0)),
            "You asked for the gradient where the step ends. It has to be known before the step is taken: ask at W0.",
        ),
        Mistake(
            lambda gradient, W0, step: -step * gradient(W0),
            "That is the move. The new weights are the old ones plus this move.",
        ),
        Mistake(
            lambda gradient, W0, step: W0 - step * gradient(W0) / np.sqrt(np.sum(gradient(W0) ** 2)),
            "You divided the gradient by its length. Then every step is equally long; here, a steeper place gives a longer step.",
        ),
        Mistake(
            lambda gradient, W0, step: W0 - step * np.sign(gradient(W0)),
            "You kept only the signs of the slopes. A steep weight should move farther than a flat one.",
        ),
        Mistake(
            lambda gradient, W0, step: W0 - gradient(W0) / step,
            "You divided by the step, so a smaller step leads farther. Multiply.",
        ),
        Mistake(
            lambda gradient, W0, step: (W0 - step) * gradient(W0),
            "Brackets: the step multiplies the gradient first, and the product is taken from the weights.",
        ),
        Mistake(
            lambda gradient, W0, step: W0 - step * np.sum(gradient(W0)),
            "You added the slopes up and moved all weights by the same amount. Each has its own slope.",
        ),
    ),
    cases=places_and_steps,
)

# 5. The promise


def gradients_and_steps():
    return {
        "the gradient (3, -4), step 0.1": (np.array([3.0, -4.0]), 0.1),
        "a gradient of shape (2, 2), step 0.5": (np.array([[1.0, -2.0], [0.5, 0.0]]), 0.5),
        "the gradient (0.2,), step 2": (np.array([0.2]), 2.0),
    }


check_promise = Exercise(
    solution=lambda gradient, step: step * np.sum(gradient**2),
    praise="Slope times distance: the slope is |gradient|, and so is the distance for each unit of the step. Hence the square.",
    mistakes=(
        Mistake(
            lambda gradient, step: -step * np.sum(gradient**2),
            "That is the change of the loss, a negative number. The decrease is asked for: by how much the loss falls.",
        ),
        Mistake(
            lambda gradient, step: step * np.sqrt(np.sum(gradient**2)),
            "That is how far the weights move. Multiply this distance by the slope, which is the length of the gradient once more.",
        ),
        Mistake(
            lambda gradient, step: np.sum(gradient**2),
            "The step plays no part yet: half the step promises half the decrease.",
        ),
        Mistake(
            lambda gradient, step: step * np.sum(gradient),
            "You added the slopes, and slopes of different signs cancel. Each weight moves by step · slope, and each move "
            "brings slope times move, which is never negative.",
        ),
        Mistake(
            lambda gradient, step: step * np.sum(np.abs(gradient)),
            "Close, but each weight also moves the farther the steeper it is: slope times move, and the move holds the slope.",
        ),
        Mistake(
            lambda gradient, step: np.sum((step * gradient) ** 2),
            "The step is squared, too. Only the slope comes twice: once in the slope, once in the distance.",
        ),
        Mistake(
            lambda gradient, step: step * np.mean(gradient**2),
            "You took the mean. The moves of all weights add up.",
        ),
        Mistake(
            lambda gradient, step: step * gradient**2,
            "That is what each weight brings. The promise is one number: add them up.",
        ),
        Mistake(
            lambda gradient, step: step * np.max(np.abs(gradient)) ** 2,
            "You counted the steepest weight only. All of them move, and all of them help.",
        ),
    ),
    cases=gradients_and_steps,
)

# 6. Along any direction


def gradients_and_directions():
    return {
        "the gradient (3, 4) along (0, 2)": (np.array([3.0, 4.0]), np.array([0.0, 2.0])),
        "the gradient (1, -2, 0.5) along (2, 1, -2)": (
            np.array([1.0, -2.0, 0.5]),
            np.array([2.0, 1.0, -2.0]),
        ),
        "the gradient (3, 4) along (-6, -8)": (np.array([3.0, 4.0]), np.array([-6.0, -8.0])),
    }


def length(vector):
    return np.sqrt(np.sum(vector**2))


check_direction = Exercise(
    solution=lambda gradient, direction: np.sum(gradient * direction) / length(direction),
    praise="The gradient knows the slope along every direction: one dot product with a direction of length 1.",
    mistakes=(
        Mistake(
            lambda gradient, direction: np.sum(gradient * direction),
            "A longer direction gives you a larger slope. A slope is meant for each unit of distance: the direction must have length 1.",
        ),
        Mistake(
            lambda gradient, direction: np.sum(gradient * direction) / length(gradient),
            "You divided by the length of the gradient. It is the direction that must have length 1.",
        ),
        Mistake(
            lambda gradient, direction: np.sum(gradient * direction) / length(direction) / length(gradient),
            "That is the cosine of the angle, between -1 and 1, whatever the ground. Do not divide by the length of the gradient.",
        ),
        Mistake(
            lambda gradient, direction: np.sum(gradient * direction) / np.sum(direction**2),
            "You divided by the square of the length. Take the root of the sum of squares first.",
        ),
        Mistake(
            lambda gradient, direction: np.sum(gradient * direction) / np.sum(direction),
            "The length of a vector is not the sum of its entries: it is the root of the sum of their squares.",
        ),
        Mistake(
            lambda gradient, direction: np.sum(gradient * direction) / np.sum(np.abs(direction)),
            "You divided by the sum of the sizes. The length is the root of the sum of squares: that of (3, 4) is 5, not 7.",
        ),
        Mistake(
            lambda gradient, direction: np.sum(gradient * direction) / len(direction),
            "len() counts the entries of a vector. Its length is the root of the sum of their squares.",
        ),
        Mistake(
            lambda gradient, direction: gradient * direction / length(direction),
            "Those are the parts that each weight brings. The slope is one number: add them up.",
        ),
        Mistake(
            lambda gradient, direction: -np.sum(gradient * direction) / length(direction),
            "The sign is turned. Along the gradient itself, the slope is positive.",
        ),
        Mistake(
            lambda gradient, direction: length(gradient),
            "That is the slope along the gradient, the largest there is. Along another direction it is smaller.",
        ),
        Mistake(
            lambda gradient, direction: direction / length(direction),
            "The direction has length 1 now. Multiply it with the gradient, entry by entry, and add up.",
        ),
    ),
    cases=gradients_and_directions,
)

# 7. The loss of a matrix product


def regressions():
    return {
        "3 samples, 2 inputs, 2 outputs": (
            np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 1.0]]),
            np.array([[0.5, -1.0], [2.0, 1.0]]),
            np.array([[1.0, 0.0], [2.0, 1.0], [-1.0, 4.0]]),
        ),
        "2 samples, 2 inputs, 2 outputs": (
            np.array([[1.0, -2.0], [4.0, 0.5]]),
            np.array([[1.0, 3.0], [-1.0, 0.5]]),
            np.array([[0.0, 1.0], [2.0, -3.0]]),
        ),
        "4 samples, 3 inputs, 1 output": (
            np.array([[1.0, 0.0, 2.0], [-1.0, 1.0, 0.5], [2.0, 2.0, 1.0], [0.0, -3.0, 1.0]]),
            np.array([[1.0], [-2.0], [0.5]]),
            np.array([[1.0], [0.0], [2.0], [-1.0]]),
        ),
    }


def product_gradient(X, W, Y):
    return 2 / len(X) * X.T @ (X @ W - Y)


check_product = Exercise(
    solution=product_gradient,
    praise="Each weight's slope is a dot product: its input over all samples, with the error that it had a share in.",
    mistakes=(
        Mistake(
            lambda X, W, Y: X.T @ (X @ W - Y),
            "The shape is right. Two factors are missing: the 2 from the square, and the division by the number of samples.",
        ),
        Mistake(
            lambda X, W, Y: 2 * X.T @ (X @ W - Y),
            "That is the gradient of the sum over all samples. The loss is their mean: divide by the number of samples.",
        ),
        Mistake(
            lambda X, W, Y: X.T @ (X @ W - Y) / len(X),
            "Half too flat: the derivative of a square brings a factor 2.",
        ),
        Mistake(
            lambda X, W, Y: 2 * X.T @ (X @ W - Y) / Y.size,
            "You divided by the number of all entries of Y. This loss adds up the outputs of a sample, and takes the mean over "
            "the samples only.",
        ),
        Mistake(
            lambda X, W, Y: 2 * X.T @ (X @ W - Y) / W.size,
            "You divided by the number of weights. The mean is over the samples, the rows of X.",
        ),
        Mistake(
            lambda X, W, Y: 2 / X.shape[1] * X.T @ (X @ W - Y),
            "You divided by the number of inputs, the columns of X. The mean is over the samples, its rows.",
        ),
        Mistake(
            lambda X, W, Y: 2 / len(X) * X @ (X @ W - Y),
            "X has samples along its rows, so its rows cannot meet the columns of the error, which run over samples as well. "
            "Turn X so that inputs come first: the result needs the shape of W.",
        ),
        Mistake(
            lambda X, W, Y: 2 / len(X) * (X @ W - Y) @ X.T,
            "The order of the product is turned around: the result must have a row for each input and a column for each output.",
        ),
        Mistake(
            lambda X, W, Y: 2 / len(X) * (X @ W - Y).T @ X,
            "The numbers are right, but lie in shape (outputs, inputs): the gradient must have the shape of W.",
        ),
        Mistake(
            lambda X, W, Y: 2 / len(X) * X.T @ (Y - X @ W),
            "The sign is turned: that points downhill. The error is prediction minus truth.",
        ),
        Mistake(
            lambda X, W, Y: 2 / len(X) * (X @ W - Y),
            "That is the slope of the loss along each prediction. Go one step further back, to the weights.",
        ),
        Mistake(
            lambda X, W, Y: 2 / len(X) * X.T @ (X @ W - Y) ** 2,
            "The square is gone once a derivative is taken: the slope of e² is 2e.",
        ),
    ),
    cases=regressions,
)

# 8. Many steps


def walks():
    return {
        "3 steps of 0.1": (pull_to_two, np.array([5.0, -1.0]), 0.1, 3),
        "2 steps of 0.02": (cubic_slopes, np.array([[1.0, -2.0], [0.5, 3.0]]), 0.02, 2),
        "0 steps": (pull_to_two, np.array([1.0, 4.0]), 0.1, 0),
    }


def walk(gradient, W0, step, count, sign=-1):
    W = W0.copy()
    for _ in range(count):
        W = W + sign * step * gradient(W)
    return W


def walk_without_start(gradient, W0, step, count):
    for _ in range(count):
        W = W0 - step * gradient(W0)
    return W


check_walk = Exercise(
    solution=walk,
    praise="The slope is good news only about the place where it was measured. So it is measured anew at each step.",
    mistakes=(
        Mistake(
            lambda gradient, W0, step, count: W0 - count * step * gradient(W0),
            "You measured the gradient once, at the start, and used it for all steps. The slope belongs to a place: ask again "
            "after each step.",
        ),
        Mistake(
            lambda gradient, W0, step, count: W0 - step * gradient(W0) if count else W0,
            "However many steps are asked for, you took one. Is there a return inside the loop, or does each round begin again "
            "from W0?",
        ),
        Mistake(
            walk_without_start,
            "Each round begins again from W0, so however many there are, you took one step; and with 0 steps there is no W "
            "to return. Give W a first value before the loop, and let each round go on from W.",
        ),
        Mistake(
            lambda gradient, W0, step, count: W0 - step * gradient(W0) if count else None,
            "There is a return inside the loop: it ends everything in the first round, and without rounds nothing is "
            "returned.",
        ),
        Mistake(
            lambda gradient, W0, step, count: walk(gradient, W0, step, count, sign=1),
            "You went uphill: the gradient points to where the loss gets larger.",
        ),
        Mistake(
            lambda gradient, W0, step, count: walk(gradient, W0, step, count + 1),
            "One step too many: range(count) has count rounds, from 0 to count - 1.",
        ),
        Mistake(
            lambda gradient, W0, step, count: walk(gradient, W0, step, max(count - 1, 0)),
            "One step is missing: range(1, count) has one round less than range(count).",
        ),
        Mistake(
            lambda gradient, W0, step, count: walk(gradient, W0, 1, count),
            "Your steps have size 1: multiply each gradient by `step`.",
        ),
        Mistake(
            lambda gradient, W0, step, count: np.array(
                [walk(gradient, W0, step, rounds) for rounds in range(count + 1)]
            ),
            "Those are all places on the way. Only the last one is asked for.",
        ),
        Mistake(
            lambda gradient, W0, step, count: W0.copy(),
            "Your weights are still those of the start. Is the new W stored under the same name in each round, and returned "
            "after the loop?",
        ),
    ),
    cases=walks,
)

# 9. The best step


def bent(w):
    """A quadratic of curvatures 1 and 5."""
    return float(0.5 * w[0] ** 2 + 2.5 * w[1] ** 2)


def bent_slopes(w):
    return np.array([w[0], 5 * w[1]])


def mixed(w):
    """A quadratic whose weights are not independent of each other."""
    return float(w[0] ** 2 + w[0] * w[1] + 3 * w[1] ** 2 - w[0])


def mixed_slopes(w):
    return np.array([2 * w[0] + w[1] - 1, w[0] + 6 * w[1]])


def bowls():
    return {
        "curvatures 1 and 5, from (2, 1)": (bent, bent_slopes, np.array([2.0, 1.0]), 0.1),
        "curvatures 1 and 5, from (4, 0)": (bent, bent_slopes, np.array([4.0, 0.0]), 0.2),
        "a slanted bowl, from (-1, 2)": (mixed, mixed_slopes, np.array([-1.0, 2.0]), 0.1),
    }


def second_difference(loss, w, direction, h):
    return loss(w + h * direction) - 2 * loss(w) + loss(w - h * direction)


def best_step(loss, gradient, w, h):
    slope = gradient(w)
    return h**2 / second_difference(loss, w, slope / length(slope), h)


check_best_step = Exercise(
    solution=best_step,
    praise="Slope for the direction, curvature for the length: three losses tell where the lowest point of the way lies.",
    mistakes=(
        Mistake(
            lambda loss, gradient, w, h: 1 / best_step(loss, gradient, w, h),
            "That is the curvature, and it is right. The more curved the ground, the shorter the best step: one more operation.",
        ),
        Mistake(
            lambda loss, gradient, w, h: 2 * best_step(loss, gradient, w, h),
            "That step leads as high up on the other side. The lowest point lies half-way.",
        ),
        Mistake(
            lambda loss, gradient, w, h: best_step(loss, gradient, w, h) / 2,
            "Half of the best step. There is no factor 2 in the second difference, nor in the answer.",
        ),
        Mistake(
            lambda loss, gradient, w, h: h**2 / second_difference(loss, w, gradient(w), h),
            "The direction must have length 1: otherwise a move by h is longer than h, and the curvature seems larger.",
        ),
        Mistake(
            lambda loss, gradient, w, h: h**2 / second_difference(loss, w, gradient(w) / len(w), h),
            "len() counts the entries of a vector. The direction must have length 1: divide by the root of the sum of the "
            "squares.",
        ),
        Mistake(
            lambda loss, gradient, w, h: h / second_difference(loss, w, gradient(w) / length(gradient(w)), h),
            "Divide the second difference by the square of h: it is a difference of differences.",
        ),
        Mistake(
            lambda loss, gradient, w, h: 1 / second_difference(loss, w, gradient(w) / length(gradient(w)), h),
            "The second difference is not yet a curvature: it shrinks with the square of h. Divide by that first.",
        ),
        Mistake(
            lambda loss, gradient, w, h: 1 / length(gradient(w)),
            "That is 1 divided by the slope. How far to go is decided by the curvature along the gradient, and it takes a third loss: "
            "that at w itself, counted twice.",
        ),
        Mistake(
            lambda loss, gradient, w, h: -best_step(loss, gradient, w, h),
            "The sign is turned: in a hollow, the losses on both sides together are more than twice the loss in the middle.",
        ),
    ),
    cases=bowls,
)
