"""The exercises of 2.4.3a: steps and epochs, batches, one step, gradient noise, and the largest learning rate."""

import math

import numpy as np

from helpers.exercises import shared_hints
from helpers.exercises.feedback import Exercise
from helpers.language import Words

_ = Words(__name__)

# 1. One step


def weights_and_gradients():
    return {
        _("weights [1, -2, 0.5] and gradient [4, 1, -3]"): (
            np.array([1.0, -2.0, 0.5]),
            np.array([4.0, 1.0, -3.0]),
            0.1,
        ),
        _("a matrix of weights"): (
            np.array([[3.0, 0.0], [-1.0, 2.0]]),
            np.array([[1.0, 5.0], [2.0, -3.0]]),
            0.5,
        ),
    }


check_one_step = Exercise(
    solution=lambda weights, gradient, learning_rate: weights - learning_rate * gradient,
    praise=_("Against the gradient, and a share of it: all of training is this line, many times."),
    cases=weights_and_gradients,
    mistakes={
        "weights + learning_rate * gradient": _(
            "You went along the gradient. It points to where the loss grows fastest, so this step climbs."
        ),
        "weights - gradient": _(
            "The learning rate is missing: you moved by the whole gradient. It says which way and how steep, not how far."
        ),
        "-learning_rate * gradient": _("You returned the step alone. Where do the weights stand after it?"),
        "learning_rate * gradient": _(
            "You returned a share of the gradient. Where do the weights stand when they have moved against it?"
        ),
        "weights * (1 - learning_rate)": _(
            "The gradient does not matter in your result: you made all weights smaller by the same share."
        ),
        "weights - learning_rate * np.sign(gradient)": _(
            "You used the sign of the gradient only, so that a flat direction gets as large a step as a steep one."
        ),
        "weights - gradient / learning_rate": _(
            "You divided by the learning rate: with a smaller rate, your step gets longer."
        ),
        "(weights - learning_rate) * gradient": shared_hints.GRADIENT_TIMES_WEIGHTS,
        "learning_rate * (weights - gradient)": shared_hints.RATE_TIMES_WEIGHTS,
        "learning_rate * gradient - weights": shared_hints.WEIGHTS_FROM_THE_STEP,
        "weights - learning_rate * gradient * weights": shared_hints.TIMES_THE_WEIGHTS,
        "weights - learning_rate * np.abs(gradient)": shared_hints.ALWAYS_DOWN,
        "weights - learning_rate * np.mean(gradient)": shared_hints.BY_THE_MEAN,
        "weights - learning_rate": _(
            "All your weights moved equally far down, and the gradient was not asked."
        ),
        "weights - learning_rate * gradient / np.sqrt(np.sum(gradient**2))": _(
            "You divided the gradient by its length, so that every step is equally long. Here, a steeper place gives a longer step."
        ),
    },
    keeps_input=True,
)

# 2. How many steps?


def training_plans():
    return {
        _("1,000 samples, batches of 32, 5 epochs"): (1000, 32, 5),
        _("1,000 samples, batches of 100, 3 epochs"): (1000, 100, 3),
        _("11 samples, batches of 4, 4 epochs"): (11, 4, 4),
        _("9 samples, batches of 4, 3 epochs"): (9, 4, 3),
    }


check_count_steps = Exercise(
    solution=lambda samples, batch_size, epochs: math.ceil(samples / batch_size) * epochs,
    praise=_("A step is one batch; an epoch is as many steps as it takes to see every sample once."),
    cases=training_plans,
    mistakes={
        "samples // batch_size * epochs": _(
            "Whole batches only: the short batch at the end of each epoch is lost, and the samples in it with it. Every epoch has one step more where the samples do not come out even."
        ),
        "(samples // batch_size + 1) * epochs": _(
            "You always count one more batch. Where the batches come out even, there is no short one at the end."
        ),
        "samples / batch_size * epochs": _(
            "A fraction of a step cannot be made. What happens with the samples left over at the end of an epoch?"
        ),
        "round(samples / batch_size) * epochs": _(
            "You rounded to the nearest number of batches, but a short batch is a step as well, however short it is."
        ),
        "math.ceil(samples * epochs / batch_size)": _(
            "You filled the short batch with samples of the next epoch. Each epoch begins anew: it ends with its own short batch."
        ),
        "samples * epochs // batch_size": _(
            "You filled the short batch with samples of the next epoch, and lost what was left at the very end. Each epoch begins anew: it ends with its own short batch."
        ),
        "math.ceil(samples / batch_size)": _("These are the steps of one epoch. How many epochs are there?"),
        "samples // batch_size * epochs + (samples % batch_size > 0)": _(
            "You counted one short batch in all. Each epoch ends with its own, if the samples do not come out even."
        ),
        "samples // batch_size * epochs + 1": _(
            "You counted one more step in all, at the very end. Each epoch ends with a short batch of its own, and none where the samples come out even."
        ),
        "(samples // batch_size + samples % batch_size) * epochs": _(
            "Each sample that is left over counts as a step of its own. Together they are one short batch."
        ),
        "(math.ceil(samples / batch_size) - 1) * epochs": _(
            "The last batch of each epoch is missing, be it short or whole. It counts, too."
        ),
        "len(range(1, samples, batch_size)) * epochs": _(
            "A short batch of a single sample is lost, as in a range that begins with 1 and ends before `samples`. It counts, too."
        ),
        "epochs": _("That is the number of epochs. An epoch has many steps, one for each batch."),
        "samples * epochs": _(
            "That is how many samples are looked at. A step looks at a whole batch of them."
        ),
    },
)

# 3. Which samples?


def orders():
    order = np.array([4, 9, 0, 7, 2, 8, 5, 1, 6, 3])
    return {
        _("the first batch of 4"): (order, 4, 0),
        _("the second batch of 4"): (order, 4, 1),
        _("the last batch of 4"): (order, 4, 2),
        _("the third batch of 3"): (order, 3, 2),
        _("the last batch of 3"): (order, 3, 3),
    }


def cut_batch(order, batch_size, number):
    return order[number * batch_size : (number + 1) * batch_size]


check_batch = Exercise(
    solution=cut_batch,
    praise=_(
        "A slice that runs over the end stops there by itself, so the short batch needs no special care."
    ),
    cases=orders,
    mistakes={
        "order[number * batch_size : (number + 1) * batch_size - 1]": _(
            "Each of your batches is one sample short: the end of a slice is not part of it, so nothing needs to be taken off."
        ),
        "order[number * batch_size : (number + 1) * batch_size + 1]": _(
            "Your batches are one sample too long, and overlap: the end of a slice is not part of it."
        ),
        "order[number * batch_size + 1 : (number + 1) * batch_size + 1]": _(
            "You begin one sample too late. Python counts from 0."
        ),
        "order[(number - 1) * batch_size : number * batch_size]": _(
            "That is the batch before. Batches are counted from 0 here: number 0 is the first."
        ),
        "order[number : number + batch_size]": _(
            "You move on by one sample from batch to batch, so that the batches overlap. A batch begins where the one before has ended."
        ),
        "order[number * batch_size :]": _("You take all that is left. Where does the batch end?"),
        "order[number * batch_size : batch_size]": _(
            "Your slice ends where the first batch ends. The second number of a slice is the place of its end, not its length."
        ),
        "np.arange(len(order))[number * batch_size : (number + 1) * batch_size]": _(
            "Your batches hold the numbers 0, 1, 2, … one after the other. The samples are the entries of `order` as they stand there: not their places, and not sorted."
        ),
        "np.arange(number * batch_size, (number + 1) * batch_size)": _(
            "Those are places, at the end even some that are not there. The samples are the entries of `order` at them."
        ),
        "order[:batch_size]": _("You always take the first batch. `number` says which one is meant."),
        "np.take(order, range(number * batch_size, (number + 1) * batch_size), mode='wrap')": _(
            "Your last batch is filled up with the first samples of the order. Return only those that are left."
        ),
        "order[: (number + 1) * batch_size][-batch_size:]": _(
            "Your last batch is filled up with samples of the batch before. Return only those that are left."
        ),
        "np.append(cut_batch(order, batch_size, number), [0] * ((number + 1) * batch_size - len(order)))": _(
            "Your last batch is filled up with zeros, and 0 is the number of a sample. Return only those that are left."
        ),
        "order[number * batch_size : (number + 1) * batch_size] if (number + 1) * batch_size <= len(order) else order[:0]": _(
            "The short batch comes back empty. The samples that are left belong to it."
        ),
        "order[number * batch_size : (number + 1) * batch_size] if (number + 1) * batch_size <= len(order) else None": _(
            "For the short batch, nothing is returned. The samples that are left belong to it."
        ),
        "order[number * batch_size : (number + 1) * batch_size][: len(order) - number * batch_size - 1]": _(
            "Your short batch lacks its last sample: in a slice, -1 stops before it. An end beyond the array does no harm."
        ),
        "order[number::batch_size]": _(
            "You took every so many-th sample. A batch is a stretch of neighbours in the shuffled order."
        ),
    },
    keeps_input=True,
)

# 4. Shuffle both


def samples_with_labels():
    x = np.array([[10, 11], [20, 21], [30, 31], [40, 41]])
    y = np.array([1, 2, 3, 4])
    return {
        _("the order 2, 0, 3, 1"): (x, y, np.array([2, 0, 3, 1])),
        _("the order 1, 2, 3, 0"): (x, y, np.array([1, 2, 3, 0])),
    }


def stack(x, y):
    return np.column_stack([x, y])


def write_over(x, y, order):
    """Shuffle row by row in the same arrays, so that some rows are gone before they are read."""
    x, y = x.copy(), y.copy()
    for place, number in enumerate(order):
        x[place], y[place] = x[number], y[number]
    return x, y


check_shuffle = Exercise(
    solution=lambda x, y, order: stack(x[order], y[order]),
    praise=_("Each sample has kept its label. That is all that shuffling must not break."),
    cases=samples_with_labels,
    mistakes={
        "stack(x[order], y)": _(
            "The samples are shuffled, and the labels are not: from now on, nearly every digit has the label of another. Nothing raises an error when this happens; the network only learns nothing."
        ),
        "stack(x, y[order])": _(
            "The labels are shuffled, and the samples are not: nearly every sample has now the label of another."
        ),
        "stack(x, y)": _(
            "Nothing has changed its place. Indexing with an array of numbers picks rows in that order."
        ),
        "stack(x[order], y[order[::-1]])": _(
            "Samples and labels are shuffled in two different orders. Both need the same one."
        ),
        "stack(x[np.argsort(order)], y[np.argsort(order)])": _(
            "Samples and labels still belong together, but this is the opposite order: `order` says which sample comes first, not where the first sample goes."
        ),
        "stack(x[order - 1], y[order - 1])": _(
            "Samples and labels still belong together, but each is one off: Python counts from 0, and so does `order`."
        ),
        "stack(y[order], x[order])": _(
            "Samples and labels are shuffled alike, but the labels stand first. They belong into the last column."
        ),
        "(x[order], y[order])": _(
            "Samples and labels are right, but came as two arrays. Put them into one, with the labels as its last column."
        ),
        "x[order]": _("The samples are right, and the labels are missing. They belong into the last column."),
        "stack(*write_over(x, y, order))": _(
            "Some samples came twice and others are lost: a row that is written over is gone before its own turn. Write into new arrays."
        ),
        "stack(x[order[::-1]], y[order[::-1]])": _(
            "Samples and labels still belong together, but `order` is read from its end."
        ),
    },
    keeps_input=True,
)

# 5. The gradient of a batch


def line_batches():
    return {
        _("a batch of 4 points"): (
            np.array([0.5, -1.0, 2.0, 1.5]),
            np.array([1.0, 0.0, 4.0, 2.5]),
            1.5,
            0.25,
        ),
        _("a batch of 2 points"): (np.array([3.0, 1.0]), np.array([2.0, 1.0]), -0.5, 1.0),
    }


def errors(x, y, slope, intercept):
    return slope * x + intercept - y


def line_gradient(x, y, slope, intercept):
    wrong = errors(x, y, slope, intercept)
    return np.array([np.mean(2 * wrong * x), np.mean(2 * wrong)])


check_batch_gradient = Exercise(
    solution=line_gradient,
    praise=_("An average over the batch, so that its size does not change how long a step is."),
    cases=line_batches,
    mistakes={
        "line_gradient(...) * len(x)": _(
            "You added up over the batch instead of averaging. Then a batch ten times as large makes a step ten times as long, and the learning rate would have to follow."
        ),
        "line_gradient(...) / 2": _(
            "Everything is half of what it should be: the square has a factor in its derivative."
        ),
        "-line_gradient(...)": _(
            "The sign is turned. Is your error the line minus the point? The derivative of the line by the slope is then positive."
        ),
        "line_gradient(...)[::-1]": _(
            "Both numbers are right, in the other order: the derivative by the slope comes first."
        ),
        "line_gradient(...) * [1, -1]": _(
            "The part of the slope is right. The part of the intercept has the wrong sign."
        ),
        "line_gradient(...) * [-1, 1]": _(
            "The part of the intercept is right. The part of the slope has the wrong sign."
        ),
        "line_gradient(...)[[1, 1]]": _(
            "The part of the slope lacks a factor: when the slope grows by a little, the line rises by that much times x."
        ),
        "np.array([2 * np.mean(errors(...)) * np.mean(x), line_gradient(...)[1]])": _(
            "You averaged the errors and the x apart, and multiplied the averages. First multiply each error by the x of its own point, then average."
        ),
        "line_gradient(...) * [0.5, 1]": _(
            "The part of the intercept is right. In the part of the slope the factor that the square brings is missing."
        ),
        "line_gradient(...) * [1, 0.5]": _(
            "The part of the slope is right. In the part of the intercept the factor that the square brings is missing."
        ),
        "line_gradient(...)[0]": _(
            "That is the derivative by the slope. The intercept is a weight, too: return both in one array."
        ),
        "line_gradient(...) / len(x)": _("You divided by the size of the batch twice. Once is an average."),
        "np.mean(errors(...) ** 2)": _(
            "That is the loss of the batch. Asked for is its gradient: one derivative for each of the two weights."
        ),
        "2 * errors(...) * np.array([x, np.ones(len(x))])": _(
            "You have two numbers for each point. Take the mean over the points, for each of the two derivatives."
        ),
        "np.mean(errors(...)) * np.array([0, 2 * intercept]) + line_gradient(...) * [1, 0]": _(
            "The part of the slope is right. In the part of the intercept there is the intercept as a factor: when it grows by 1, the error grows by 1."
        ),
        "line_gradient(...)[1] * np.array([slope, 1])": _(
            "The part of the slope holds the slope itself as a factor. When the slope grows by 1, the line rises by x."
        ),
        "line_gradient(...) * [1, 0] + [0, 1]": _(
            "Your second number is always 1, the derivative of the error. That of the squared error holds the error, too."
        ),
        "line_gradient(x, y, slope, 0)": _(
            "Your error lacks the intercept, which is how high the line is at x = 0."
        ),
        "line_gradient(x, y, slope, slope * intercept)": _(
            "In your error the slope multiplies the intercept as well. It belongs to x alone."
        ),
        "line_gradient(x[:1], y[:1], slope, intercept)": _(
            "That is the gradient of the first point alone. Take the mean over all points of the batch."
        ),
        "[slope, intercept] - line_gradient(...)": _(
            "You took the gradient from slope and intercept, which is a step. The gradient alone is asked for."
        ),
        "line_gradient(...) * [1, len(x)]": _(
            "The part of the slope is right. The part of the intercept is a sum over the batch: take the mean there, too."
        ),
        "np.mean(2 * errors(...) ** 2 * np.array([x, np.ones(len(x))]), axis=1)": shared_hints.ERROR_SQUARED,
    },
    keeps_input=True,
)

# 6. How large a batch?


def wishes():
    return {
        _("a spread of 0.8 with batches of 16, wanted 0.4"): (0.8, 16, 0.4),
        _("a spread of 3 with batches of 1, wanted 0.3"): (3.0, 1, 0.3),
        _("a spread of 0.5 with batches of 64, wanted 1"): (0.5, 64, 1.0),
        _("a spread of 0.6 with batches of 15, wanted 1"): (0.6, 15, 1.0),
        _("a spread of 0.5 with batches of 3, wanted 2"): (0.5, 3, 2.0),
    }


check_needed_batch = Exercise(
    solution=lambda spread, batch_size, wanted: batch_size * (spread / wanted) ** 2,
    praise=_("A tenth of the noise costs a hundred times the work. That is why batches are kept small."),
    cases=wishes,
    mistakes={
        "batch_size * spread / wanted": _(
            "With your batch, the spread falls less than wanted: doubling the batch divides it by the root of 2 only, not by 2."
        ),
        "batch_size * np.sqrt(spread / wanted)": _(
            "You took the root of the ratio. The spread goes with the root of the batch size, so for the batch size you have to undo a root."
        ),
        "batch_size * (wanted / spread) ** 2": _(
            "Upside down: for a smaller spread you ask for a smaller batch."
        ),
        "batch_size * wanted / spread": _(
            "Upside down, and without a square: for a smaller spread the batch has to grow, and by more than the ratio."
        ),
        "batch_size * 4": _(
            "Four times the batch gives half the spread. That is one wish out of many: use `spread` and `wanted`."
        ),
        "(spread / wanted) ** 2": _("That is by how much the batch has to grow. How large was it before?"),
        "spread / np.sqrt(batch_size)": _("That would be a spread. Asked for is a batch size."),
        "math.ceil(batch_size * (spread / wanted) ** 2)": _(
            "You rounded up. Here the size may be a fraction: leave it as it comes."
        ),
        "int(batch_size * (spread / wanted) ** 2)": _(
            "Your sizes are whole numbers, so what lies behind the point is lost. Here the size may be a fraction."
        ),
        "max(1, batch_size * (spread / wanted) ** 2)": _(
            "You never go below 1. Here the size may be any fraction."
        ),
        "batch_size * max(1, spread / wanted) ** 2": _(
            "Where a larger spread is wanted, smaller batches will do. You keep the size as it is."
        ),
        "batch_size * spread / wanted**2": _("Only `wanted` is squared. Put the whole ratio in brackets."),
        "(batch_size * spread / wanted) ** 2": _(
            "The batch size is squared, too. Only the ratio of the spreads is."
        ),
        "batch_size * (spread / wanted) * 2": _("You doubled the ratio of the spreads. Square it: ** 2."),
        "np.sqrt(batch_size) * spread / wanted": _(
            "That is the root of the batch size that is asked for: spread times root stays the same. One more operation."
        ),
        "(spread / wanted) ** 2 / batch_size": _(
            "You divided by the batch size. The ratio, squared, says how many times as large it has to be."
        ),
    },
)

# 7. The largest learning rate


def curvature_lists():
    return {
        _("curvatures 0.2 and 4"): (np.array([0.2, 4.0]),),
        _("curvatures 10, 1 and 0.5"): (np.array([10.0, 1.0, 0.5]),),
        _("one curvature, 8"): (np.array([8.0]),),
        _("curvatures 0.1 and 0.3"): (np.array([0.1, 0.3]),),
    }


check_largest_rate = Exercise(
    solution=lambda curvatures: 2 / np.max(curvatures),
    praise=_("The steepest-walled direction sets the limit for all, and the flat ones have to wait."),
    cases=curvature_lists,
    mistakes={
        "1 / np.max(curvatures)": _(
            "At that rate, the most curved direction lands on its floor in a single step. It may go further: to the same height on the other side."
        ),
        "2 / np.min(curvatures)": _(
            "That is the limit of the flattest direction. Long before it, the most curved one has diverged."
        ),
        "2 / np.mean(curvatures)": _(
            "You averaged the curvatures. But each direction has a limit of its own, and one that diverges is enough."
        ),
        "2 / np.sum(curvatures)": _(
            "You added the curvatures up. But each direction has a limit of its own, as if the others were not there."
        ),
        "np.max(curvatures) / 2": _(
            "Upside down: the more curved the valley, the smaller the steps have to be."
        ),
        "2 / curvatures": _("These are the limits of the single directions. Which one limits them all?"),
        "2 / curvatures[-1]": _(
            "You looked at the last direction only. Any of them may be the most curved one."
        ),
        "np.max(curvatures)": _(
            "That is the largest curvature. The more curved the valley, the smaller the steps have to be."
        ),
        "2 * np.max(curvatures)": _(
            "You multiplied. The more curved the valley, the smaller the steps have to be: divide."
        ),
        "4 / np.max(curvatures)": _(
            "Twice the limit: at this rate, each step lands three times as far from the floor, on the other side."
        ),
        "2 / np.sqrt(np.max(curvatures))": _(
            "The root is too much. The height on the other side is reached where rate times curvature is 2."
        ),
        "2 / np.sqrt(np.sum(curvatures**2))": _(
            "You divided by the root of the sum of the squared curvatures. But each direction has a limit of its own, as if the others were not there."
        ),
        "1 / curvatures": _(
            "Those are the rates at which each direction lands on its floor in one step. The limit is further, and one number for all."
        ),
        "2 / np.median(curvatures)": _(
            "You took the median of the curvatures. But each direction has a limit of its own, and one that diverges is too many."
        ),
        "2 / curvatures[0]": _(
            "You looked at the first direction only. Any of them may be the most curved one."
        ),
    },
    keeps_input=True,
)

# 8. All of it


def fits():
    x = np.array([0.0, 1.0, 2.0, 3.0, -1.0, 0.5])
    y = np.array([0.4, 1.9, 2.7, 4.2, -0.8, 1.0])
    return {
        _("three batches of 2"): (x, y, ((3, 0), (5, 1), (2, 4)), 0.1),
        _("a batch of 4 and one of 2"): (x, y, ((4, 1, 0, 2), (3, 5)), 0.05),
    }


def fit(x, y, batches, learning_rate, gradient=line_gradient, sign=-1, start=0):
    weights = np.full(2, float(start))
    for batch in map(list, batches):
        weights = weights + sign * learning_rate * gradient(x[batch], y[batch], *weights)
    return weights


def fit_in_turn(x, y, batches, learning_rate, order):
    """Move one weight, and take the derivative for the other one where that has led."""
    weights = np.zeros(2)
    for batch in map(list, batches):
        for part in order:
            weights[part] -= learning_rate * line_gradient(x[batch], y[batch], *weights)[part]
    return weights


def fit_and_lose_the_points(x, y, batches, learning_rate):
    weights = np.zeros(2)
    for batch in batches:
        x, y = x[list(batch)], y[list(batch)]
        weights = weights - learning_rate * line_gradient(x, y, *weights)
    return weights


def fit_in_whole_numbers(x, y, batches, learning_rate):
    weights = np.zeros(2, int)
    for batch in batches:
        weights[:] = weights - learning_rate * line_gradient(x[list(batch)], y[list(batch)], *weights)
    return weights


check_fit_line = Exercise(
    solution=fit,
    praise=_(
        "Draw, predict, measure, derive, update: these are the five steps, and they are all there is to SGD."
    ),
    cases=fits,
    mistakes={
        "fit(..., sign=1)": _(
            "Every step of yours leads up, and makes the line worse. Against the gradient means minus; and the error is line minus point, not point minus line."
        ),
        "fit(..., lambda x, y, *w: len(x) * line_gradient(x, y, *w))": _(
            "You add up over each batch instead of averaging: a batch of 4 makes steps twice as long as a batch of 2."
        ),
        "fit(x, y, batches, 1.0)": _("The learning rate is missing."),
        "fit(x, y, [range(len(x))] * len(batches), learning_rate)": _(
            "Every step of yours looks at all points. Pick those of the batch, from `x` and from `y`."
        ),
        "fit(x, y, batches[:1], learning_rate)": _(
            "You stopped after the first batch. The return comes after the last one, outside of the loop."
        ),
        "fit(x, y, batches[:-1], learning_rate)": _("The last batch is missing."),
        "fit_in_turn(..., order=(0, 1))": _(
            "You moved the slope first, and used the new one for the intercept's derivative. Both derivatives belong to the same place: compute both, then move."
        ),
        "fit_in_turn(..., order=(1, 0))": _(
            "You moved the intercept first, and used the new one for the slope's derivative. Both derivatives belong to the same place: compute both, then move."
        ),
        "x[batches[0]]": _(
            "You index with the tuple itself, which NumPy takes for one number an axis, and `x` has a single axis. Make a list of it first, as the text says."
        ),
        "fit_and_lose_the_points(...)": {
            r"^\(?x\b[^=]*=\s*\(?x\[": _(
                "The first batch takes the name x, so from then on the other points are lost, and the second batch asks for places that are no longer there. Give the batch names of its own."
            )
        },
        "fit_in_whole_numbers(...)": _(
            "Your weights are whole numbers: an array such as np.array([0, 0]) cuts off what lies behind the point when you write into it. Begin with 0.0."
        ),
        "fit(x, y, batches[-1:], learning_rate)": _(
            "Only the last batch counts: each round begins again from 0. Make the first weights once, before the loop."
        ),
        "fit(..., lambda *arguments: line_gradient(*arguments)[::-1])": _(
            "The two derivatives have changed places: the one by the slope moves your intercept, and the other your slope."
        ),
        "fit(..., lambda x, y, *w: line_gradient(x, y, *w[::-1]))": _(
            "In your error the two weights have changed places: the first is the slope, and x belongs to it."
        ),
        "fit(..., lambda *arguments: line_gradient(*arguments)[[1, 1]])": _(
            "In your gradient, the part of the slope lacks its last factor, which is x."
        ),
        "fit(..., lambda *arguments: line_gradient(*arguments) * [1, 0])": _(
            "Your intercept is still 0: only the slope moves. Move both against their derivatives."
        ),
        "fit(..., start=1)": _("You began with slope 1 and intercept 1. Begin with 0 and 0."),
        "[fit(x, y, batches[: number + 1], learning_rate) for number in range(len(batches))]": _(
            "Those are the weights after each step. Only the last ones are asked for."
        ),
        "fit(x, y, [(number,) for batch in batches for number in batch], learning_rate)": _(
            "You make a step for each point. A step belongs to a whole batch: average over its points, then move once."
        ),
        "fit(x, y, batches, learning_rate / 2)": _(
            "Your steps are half as long as they should be. The square brings a factor into the derivative."
        ),
        "fit(..., lambda x, y, *w: line_gradient(x, y, 0, 0))": _(
            "Your gradients are all taken at the start. After each step, the next one has to be taken where you are then."
        ),
        "fit(...)[::-1]": _("Both numbers are right, in the other order: the slope comes first."),
    },
    keeps_input=True,
)
