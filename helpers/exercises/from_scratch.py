"""The exercises of 2.5: the pieces of a network once more, by hand; and ten questions over the whole chapter."""

import dataclasses
import html

import numpy as np

from helpers.exercises import shared_hints
from helpers.exercises.attempts import case, minus_targets, normal, of_the_label, only, replaced, softmax
from helpers.exercises.feedback import BOX, MARKS, Exercise, Feedback
from helpers.exercises.own_code import Rule
from helpers.language import Words

_ = Words(__name__)

SCORE = _("{right} of {all} questions answered correctly.")
ALL_RIGHT = _("{right} of {all} questions answered correctly. The chapter is yours.")
QUESTION = _("Question {number}: {text}")
NOT_ANSWERED = _("not answered yet.")
LETTERS = _("Answer with one of the letters a, b and c, in quotes.")
NO_DICTIONARY = _("The answers must be a dictionary, with a letter for each number, not {found}.")


# 1. Where the weights start

check_starting_limit = Exercise(
    cases=lambda: {
        _("784 features and 512 units"): (784, 512),
        _("2 features and 8 units"): (2, 8),
        _("3 features and 3 units"): (3, 3),
    },
    solution=lambda features, units: np.sqrt(6 / (features + units)),
    praise=_(
        "The more numbers a unit adds up, the smaller its weights must start, so that the sums keep their size."
    ),
    mistakes={
        "6 / (features + units)": _(
            "You left the root out. Sums grow with the root of the number of terms, so weights shrink with a root."
        ),
        "np.sqrt(6) / (features + units)": _(
            "You took the root of 6 only. The root covers the whole fraction."
        ),
        "np.sqrt(6 / (features * units))": _(
            "You multiplied features and units. The rule adds them: it is a compromise between the way forward and the way back."
        ),
        "np.sqrt(6 / features)": _(
            "You counted the inputs only. The rule of this course (Glorot, Bengio) also counts the units."
        ),
        "np.sqrt(2 / (features + units))": _(
            "That is the standard deviation of the weights. An even spread from -limit to limit has a limit that is root 3 times as large."
        ),
        "np.sqrt(6 / units)": _("You counted the units only. The rule adds the features."),
        "np.sqrt(6 / features + units)": _(
            "Only the features divide the 6. Python divides before it adds: put the sum in brackets."
        ),
        "6 / np.sqrt(features + units)": _(
            "You took the root of the sum only. The root covers the whole fraction."
        ),
        "3 / (features + units)": _(
            "Yours is half the fraction. Python reads `** 1/2` as the power 1, halved: write 0.5, or np.sqrt."
        ),
        "(6 / (features + units)) ** 2": _("You squared the fraction. A root is the power 0.5."),
        "np.sqrt((features + units) / 6)": _(
            "Your fraction stands on its head: with it, large layers would start with large weights."
        ),
        "np.sqrt(6 // (features + units))": _(
            "Your fraction is rounded down to a whole number, which is 0 for all but small layers. A single / divides."
        ),
        "-np.sqrt(6 / (features + units))": _("That is the smallest weight. The largest is asked for."),
    },
)


# 2. One step with momentum


def momentum_step(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * gradient
    return weights + velocity, velocity


check_momentum_step = Exercise(
    cases=lambda: {
        _("weights [1, 2] and velocity [0.5, -0.2]"): case([1.0, 2.0], [0.5, -0.2], [4.0, -1.0], 0.1, 0.9),
        _("weights [0, 3] at rest"): case([0.0, 3.0], np.zeros(2), [2.0, 1.0], 0.5, 0.5),
    },
    solution=momentum_step,
    praise=_(
        "Two lines, and the whole of SGD with momentum: keep a share of the old velocity, add a step downhill, move."
    ),
    mistakes={
        "(weights + (new := momentum * velocity + learning_rate * gradient), new)": _(
            "You walk uphill: the gradient points to where the loss grows. Which sign does its term need?"
        ),
        "(weights - (new := momentum * velocity - learning_rate * gradient), new)": _(
            "The velocity is right, but you subtracted it. Its minus is inside it already: the weights move with it."
        ),
        "weights + momentum * velocity - learning_rate * gradient": _(
            "The weights are right. Return the new velocity as well: the next step needs it."
        ),
        "(weights + (new := -learning_rate * gradient), new)": _(
            "The old velocity has no effect: that is plain SGD. A share of it, the momentum, goes into the new one."
        ),
        "(weights + velocity, momentum * velocity - learning_rate * gradient)": _(
            "You moved by the velocity from before this step. Find the new velocity first, then move by it."
        ),
        "(weights + momentum * (new := momentum * velocity - learning_rate * gradient) - learning_rate * gradient, new)": _(
            "That is the line of the notes, which is Nesterov's momentum. Here the weights move by the new velocity itself."
        ),
        "(weights + learning_rate * (new := momentum * velocity - gradient), new)": _(
            "You left the learning rate out of the velocity and scaled the velocity as a whole. With a constant rate the weights go the same way if it begins at rest, as in PyTorch, but the velocity is another number than asked for."
        ),
        "(weights + (new := momentum * velocity - (1 - momentum) * learning_rate * gradient), new)": _(
            "You made the velocity an average, with weights that add up to 1. Here the gradient enters in full."
        ),
        "momentum_step(...)[::-1]": _(
            "The two results are right, but the other way round: first the weights, then the velocity."
        ),
        "(weights - (new := momentum * velocity + learning_rate * gradient), new)": _(
            "Your velocity points uphill and you subtract it. The velocity that you are given points downhill, so its sign does not fit. The gradient's term has the minus, and the velocity is added."
        ),
        "(weights, momentum * velocity - learning_rate * gradient)": _(
            "The velocity is right, but the weights come back as they were."
        ),
        "(weights - learning_rate * gradient, momentum * velocity - learning_rate * gradient)": _(
            "The velocity is right, but the weights move by the gradient alone. Move them by the new velocity."
        ),
        "(weights + learning_rate * (new := momentum * velocity - learning_rate * gradient), new)": _(
            "The velocity is right, but on its way to the weights it is multiplied by the learning rate once more."
        ),
        "(weights + (new := momentum * velocity - gradient), new)": shared_hints.NO_RATE,
        "(weights + (new := momentum * (velocity - learning_rate * gradient)), new)": shared_hints.MOMENTUM_SHRINKS_THE_GRADIENT,
        "(weights + (new := velocity - learning_rate * gradient), new)": _(
            "All of the old velocity is kept. Momentum is the share of it that stays."
        ),
        "(weights + (new := (1 - momentum) * velocity - learning_rate * gradient), new)": shared_hints.OTHER_SHARE_KEPT,
        "(weights + (new := learning_rate * velocity - momentum * gradient), new)": shared_hints.RATE_AND_MOMENTUM_SWAPPED,
        "(weights + (new := momentum * velocity - learning_rate * gradient.sum()), new)": _(
            "All entries are pushed equally, by the sum of the gradient. Each has an entry of its own."
        ),
        "(weights + (new := momentum * velocity - learning_rate * weights), new)": _(
            "Your velocity takes in the weights. It is the gradient that pushes."
        ),
        "(weights + momentum * velocity - learning_rate * gradient, velocity)": _(
            "The weights are right, but the velocity is still the old one. The next step needs the new one."
        ),
        "(weights + momentum * velocity - learning_rate * gradient, momentum * velocity)": _(
            "The weights are right, but the gradient has no part in the velocity that you return."
        ),
        "momentum * velocity - learning_rate * gradient": _(
            "That is the new velocity, and it is right. Return the new weights, too, in front of it."
        ),
    },
)


# 3. Back through softmax and cross-entropy


def rows_of_the_labels(probabilities, labels):
    probabilities[labels] -= 1
    return probabilities / len(labels)


def a_row_for_each_label(probabilities, labels):
    for label in labels:
        probabilities[label] -= 1
    return probabilities / len(labels)


check_logit_gradient = Exercise(
    cases=lambda: {
        _("two samples and three classes"): case([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]], [2, 1]),
        _("one sample and four classes"): case([[0.1, 0.2, 0.3, 0.4]], [3]),
        _("three samples and two classes"): case([[0.9, 0.1], [0.5, 0.5], [0.2, 0.8]], [1, 0, 1]),
    },
    solution=lambda probabilities, labels: minus_targets(probabilities, labels) / len(labels),
    praise=_(
        "What the network said minus what is true: this difference is all that travels back into the layers."
    ),
    mistakes={
        "minus_targets(probabilities, labels)": _(
            "The differences are right, but the loss is the mean over the samples, so each has only its share in it."
        ),
        "(probabilities - np.isin(range(probabilities.shape[1]), labels)) / len(labels)": shared_hints.WHOLE_COLUMNS,
        "-minus_targets(probabilities, labels) / len(labels)": _(
            "The sign is turned. More score for a wrong class makes the loss larger, so there the gradient is positive."
        ),
        "minus_targets(probabilities, labels) / probabilities.size": shared_hints.OVER_ALL_ENTRIES,
        "probabilities / len(labels)": _(
            "Nothing was taken away at the right class. Without that, every score would be pushed down."
        ),
        "(probabilities - 1) / len(labels)": _(
            "You took 1 away from every class. Only the right class of each sample has the target 1; the others have 0."
        ),
        "-np.eye(probabilities.shape[1])[labels] / probabilities / len(labels)": _(
            "That is the gradient by the probabilities. Go one step further back, through the softmax, to the scores."
        ),
        "rows_of_the_labels(probabilities, labels)": {
            r"\[labels\]": _(
                "`[labels]` with nothing before it picks rows, which are samples, and takes 1 from each of their entries. A place needs both: the row of each sample and the column of its label."
            )
        },
        "a_row_for_each_label(probabilities, labels)": {
            r"\[\w+\]": _(
                "The place `[label]` is a whole row, which is a sample, and 1 is taken from each of its entries. A place needs both: the row of each sample and the column of its label."
            )
        },
        "(probabilities - np.bincount(labels, minlength=probabilities.shape[1])) / len(labels)": _(
            "1 is taken away in whole columns, once for each label. Each label belongs to one sample: give its row, too."
        ),
        "(probabilities - labels) / len(labels)": {
            r"- ?labels\b": _(
                "The numbers of the classes themselves are subtracted, and a 1 at the right class of each sample is asked for. labels has one number a sample, and not one a class."
            )
        },
        "(probabilities - np.eye(len(labels))[labels]) / len(labels)": {
            r"eye|labels|-": _(
                "A row of targets needs an entry for each class. Yours has one for each sample: the size of np.eye is the number of classes."
            )
        },
        "minus_targets(probabilities, labels) / probabilities.shape[1]": _(
            "You divided by the number of classes. The loss is a mean over the samples."
        ),
        "probabilities - np.eye(probabilities.shape[1])[labels] / len(labels)": shared_hints.ONLY_THE_1_DIVIDED,
        "minus_targets(probabilities, labels) * len(labels)": _(
            "You multiplied by the number of samples. Each has only its share in the mean."
        ),
        "replaced(probabilities, (range(len(labels)), labels), -1) / len(labels)": _(
            "At the right class stands -1 over the number of samples, whatever the probability was. Take 1 away from it: -=."
        ),
        "replaced(probabilities, (range(len(labels)), labels), 1) / len(labels)": _(
            "At the right class stands 1 over the number of samples, whatever the probability was. Take 1 away from it: -=."
        ),
        "(2 * probabilities - minus_targets(probabilities, labels)) / len(labels)": _(
            "1 is added at the right class. Take it away."
        ),
        "minus_targets(probabilities, probabilities.argmax(axis=1)) / len(labels)": _(
            "You took 1 away at the class that the network says. Take it away at the one that is right: the label."
        ),
        "of_the_label(labels, probabilities) - 1": _(
            "Those are the entries at the right class alone. The other entries are in the gradient, too, as they are, and all are shared by the samples."
        ),
        "minus_targets(probabilities, labels).mean(axis=0)": shared_hints.SAMPLES_PUT_TOGETHER,
        "-np.log(of_the_label(labels, probabilities)).mean()": shared_hints.THE_LOSS_ITSELF,
        "minus_targets(probabilities, labels) * probabilities / len(labels)": _(
            "The differences are multiplied by the probabilities besides. They are the whole way back through the softmax."
        ),
    },
)


# 4. The surest mistakes


def opinions():
    # Among those that are wrong, the order by the answer's probability is neither that by the label's nor by their difference.
    probabilities = np.array(
        [
            [0.8, 0.1, 0.05, 0.05],
            [0.05, 0.5, 0.3, 0.15],
            [0.35, 0.03, 0.6, 0.02],
            [0.1, 0.1, 0.1, 0.7],
            [0.45, 0.3, 0.23, 0.02],
            [0.005, 0.9, 0.09, 0.005],
            [0.02, 0.01, 0.95, 0.02],
        ]
    )
    return {
        _("seven samples, four of them wrong"): case([0, 0, 0, 3, 3, 2, 2], probabilities, 3),
        _("seven samples, one of them wrong"): case([0, 1, 2, 3, 0, 2, 2], probabilities, 2),
        _("only the surest one"): case([0, 1, 0, 0, 3, 1, 2], probabilities, 1),
    }


def wrong(labels, probabilities):
    return np.flatnonzero(probabilities.argmax(axis=1) != labels)


def surest(places, probabilities):
    """Sort the places of samples by a probability of each sample, the largest first."""
    return places[np.argsort(probabilities[places], kind="stable")[::-1]]


def surest_mistakes(labels, probabilities, count):
    return surest(wrong(labels, probabilities), probabilities.max(axis=1))[:count]


def picked_by_the_places_of_all(labels, probabilities, count):
    places = wrong(labels, probabilities)
    return places[np.argsort(-probabilities.max(axis=1))][:count]


check_surest_mistakes = Exercise(
    cases=opinions,
    solution=surest_mistakes,
    praise=_(
        "These are the digits to look at first: wrong labels, unreadable writing, and what the network never learned."
    ),
    mistakes={
        "surest(np.arange(len(labels)), probabilities.max(axis=1))[:count]": _(
            "Samples that are classified correctly are among them. Keep those only whose best class is not the label."
        ),
        "surest(wrong(labels, probabilities), probabilities.max(axis=1))[::-1][:count]": _(
            "You begin with the mistake whose wrong answer has the lowest probability. argsort sorts from small to large."
        ),
        "surest(wrong(labels, probabilities), of_the_label(labels, probabilities))[:count]": _(
            "Yours are sorted by the probability of the label, the largest first. Sort by that of the network's own, wrong answer."
        ),
        "wrong(labels, probabilities)[:count]": _(
            "These are mistakes, but in the order of the samples. Sort them by how sure the network was."
        ),
        "np.argsort(probabilities.max(axis=1)[wrong(labels, probabilities)])[::-1][:count]": _(
            "These are places in the list of mistakes. Look up which samples they are: np.flatnonzero says where a condition holds."
        ),
        "surest(wrong(labels, probabilities), probabilities.max(axis=1))": _(
            "The order is right, but you returned all mistakes. Only the first few, as many as count says, are wanted."
        ),
        "surest(np.flatnonzero(probabilities.argmax(axis=1) == labels), probabilities.max(axis=1))[:count]": _(
            "These are the right answers. Which ones differ from the label?"
        ),
        "surest(wrong(labels, probabilities), of_the_label(labels, probabilities))[::-1][:count]": _(
            "Yours are sorted by the probability of the label, the smallest first. Sort by that of the network's own, wrong answer, the largest first."
        ),
        "surest(wrong(labels, probabilities), probabilities.max(axis=1) - of_the_label(labels, probabilities))[:count]": _(
            "Yours are sorted by how far the answer is above the label. Sort by the probability of the answer alone."
        ),
        "surest_mistakes(...)[::-1]": _(
            "These are the right samples, with the surest at the end. It comes first."
        ),
        "wrong(labels, probabilities)[::-1][:count]": _(
            "These are mistakes, from the last sample to the first. Sort them by how sure the network was."
        ),
        "probabilities.max(axis=1)[surest_mistakes(...)]": _(
            "These are the probabilities, in the right order. Return the numbers of the samples that they belong to."
        ),
        "labels[surest_mistakes(...)]": _(
            "These are the labels of the samples. Return the numbers of the samples themselves."
        ),
        "surest_mistakes(...)[0]": _(
            "That is the surest mistake alone. Return the first few, as many as count says."
        ),
        "surest_mistakes(...) + 1": _("Each of your numbers is one too large: samples are counted from 0."),
        "[place for place in np.argsort(-probabilities.max(axis=1))[:count] if place in wrong(labels, probabilities)]": _(
            "You took the surest of all samples, as many as count says, and then dropped those that are right. So too few are left: drop them first."
        ),
        "np.argsort(-only(probabilities.max(axis=1), wrong(labels, probabilities)), kind='stable')[:count]": _(
            "Where fewer are wrong than count says, samples that are right fill up your result. Leave them out: it may be shorter."
        ),
        "np.argsort(-probabilities.max(axis=1))[wrong(labels, probabilities)][:count]": _(
            "You sorted all samples, and then took from the sorted numbers those at the places of the wrong ones. Pick the wrong ones first, and sort their probabilities."
        ),
        "picked_by_the_places_of_all(...)": {
            r"argsort": _(
                "argsort numbers what it is given, here all samples, and your list holds only the wrong ones. Give it their probabilities alone."
            )
        },
    },
)


# 5. The centre of mass


def weighted_places(image):
    rows, columns = np.indices(image.shape)
    return (rows * image).sum(), (columns * image).sum()


def centre(image):
    return tuple(place / image.sum() for place in weighted_places(image))


check_centre_of_mass = Exercise(
    cases=lambda: {
        _("a dark and a light pixel"): case([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.5]]),
        _("one pixel"): case([[0.0, 0.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0]]),
        _("a corner"): case([[3.0, 1.0], [1.0, 0.0], [1.0, 0.0]]),
        _("three columns"): case([[0.0, 1.0, 4.0], [0.0, 2.0, 3.0]]),
    },
    solution=centre,
    praise=_(
        "An average of places, with ink as the weight. MNIST's digits all lie with this point in the middle."
    ),
    mistakes={
        "centre(image)[::-1]": _(
            "Your first number is that of the column. Here the row comes first; and a sum with axis=0 has an entry for each column."
        ),
        "tuple((size - 1) / 2 for size in image.shape)": _(
            "That is the middle of the paper, wherever the ink lies. The ink of each pixel is the weight of its place."
        ),
        "tuple(float(places.mean()) for places in np.nonzero(image))": _(
            "Every pixel with ink counts the same in your average. A dark pixel should pull more than a light one."
        ),
        "weighted_places(image)": _(
            "You added up the weighted places and did not divide by the whole weight, the sum of all ink."
        ),
        "tuple(place / image.size for place in weighted_places(image))": _(
            "You divided by the number of pixels. Divide by the weight of the ink instead."
        ),
        "tuple(np.unravel_index(image.argmax(), image.shape))": _(
            "That is where the darkest pixel lies. The others pull as well."
        ),
        "tuple((places.min() + places.max()) / 2 for places in np.nonzero(image))": _(
            "That is the middle of the box around the ink. Dark parts should pull the centre towards them."
        ),
        "tuple(place + 1 for place in centre(image))": _(
            "You count rows and columns from 1. As everywhere in Python, the first is number 0."
        ),
        "centre(image)[0]": _("That is the row, and it is right. Return the column behind it."),
        "tuple(np.floor(place) for place in centre(image))": _(
            "Both are rounded down to whole numbers. The centre may lie between two pixels: a single / divides."
        ),
        "tuple(np.round(place) for place in centre(image))": _(
            "Both are rounded to whole numbers. The centre may lie between two pixels."
        ),
        "tuple(place / (image > 0).sum() for place in weighted_places(image))": _(
            "You divided by how many pixels have ink. Divide by how much ink there is."
        ),
        "tuple(place / len(image) for place in weighted_places(image))": _(
            "You divided by the number of rows. Divide by the weight of the ink instead."
        ),
        "(image.shape[0] / 2, image.shape[1] / 2)": _(
            "That is half of each size, wherever the ink lies. The ink of each pixel is the weight of its place."
        ),
        "tuple(places * image / image.sum() for places in np.indices(image.shape))": _(
            "Those are the pixels' parts of the centre, one by one. Add them up."
        ),
        "tuple(place / places.sum() for place, places in zip(weighted_places(image), np.indices(image.shape), strict=True))": _(
            "You divided by the sum of the places. An average is divided by the sum of its weights, here the ink."
        ),
    },
)


# 6. How far the weights have travelled


def squares(kernel_0, bias_0, kernel, bias):
    return ((kernel - kernel_0) ** 2).sum() + ((bias - bias_0) ** 2).sum()


check_distance = Exercise(
    cases=lambda: {
        _("a kernel of shape (2, 2) and a bias"): case(
            [[1.0, 2.0], [0.0, -1.0]], [0.0, 0.0], [[1.0, 4.0], [3.0, -1.0]], [1.0, -2.0]
        ),
        _("a kernel of shape (1, 3) and a bias"): case(
            [[1.0, 1.0, 1.0]], [0.5, 0.5, 0.5], [[1.0, 1.0, -3.0]], [0.5, 3.5, 0.5]
        ),
    },
    solution=lambda kernel_0, bias_0, kernel, bias: np.sqrt(squares(kernel_0, bias_0, kernel, bias)),
    praise=_(
        "All weights of a network are one point, and Pythagoras measures in 400,000 dimensions as he does in two."
    ),
    mistakes={
        "squares(...)": _("You returned the square of the distance: Pythagoras ends with a root."),
        "np.linalg.norm(kernel - kernel_0) + np.linalg.norm(bias - bias_0)": _(
            "You measured kernel and bias apart and added the distances. They are two parts of one point: add the squares, then take one root."
        ),
        "np.linalg.norm(kernel - kernel_0)": _(
            "You forgot the bias. Its entries are weights like all others."
        ),
        "np.abs(kernel - kernel_0).sum() + np.abs(bias - bias_0).sum()": _(
            "You added up the sizes of the differences, as one walks along streets. The straight way is asked for."
        ),
        "np.sqrt((kernel**2).sum() + (bias**2).sum()) - np.sqrt((kernel_0**2).sum() + (bias_0**2).sum())": _(
            "You compared how long both points are, seen from zero. Subtract the points first, then measure."
        ),
        "np.sqrt(squares(...) / (kernel.size + bias.size))": _(
            "You took a mean of the squares. For a distance, they are added up."
        ),
        "np.linalg.norm(bias - bias_0)": _(
            "You forgot the kernel. Its entries are weights like those of the bias."
        ),
        "(kernel - kernel_0, bias - bias_0)": _(
            "Those are the differences, entry by entry. How long is the way that they make up together?"
        ),
        "np.sqrt((kernel - kernel_0) ** 2 + (bias - bias_0) ** 2)": _(
            "Each row of the kernel was put together with the bias, and the result is an array. A distance is one number: add up the squares of all entries, then take one root."
        ),
        "np.sqrt(((kernel - kernel_0) ** 2).mean() + ((bias - bias_0) ** 2).mean())": _(
            "You took means of the squares, one for each part. For a distance, all squares are added up."
        ),
        "(np.linalg.norm(kernel - kernel_0), np.linalg.norm(bias - bias_0))": _(
            "Those are two distances, of kernel and bias. They are two parts of one point: add the squares, then take one root."
        ),
        "np.hypot((kernel - kernel_0).sum(), (bias - bias_0).sum())": _(
            "You added the differences up before you squared. Then those of different signs cancel: square each of them first."
        ),
        "(kernel - kernel_0).sum() + (bias - bias_0).sum()": _(
            "You added the differences up. Those of different signs cancel: Pythagoras squares each of them first."
        ),
        "np.sqrt(squares(-kernel_0, -bias_0, kernel, bias))": _(
            "You added the two points. Their difference is the way from one to the other."
        ),
        "max(np.abs(kernel - kernel_0).max(), np.abs(bias - bias_0).max())": _(
            "That is the largest difference of one weight. All of them make up the way."
        ),
        "np.linalg.norm(kernel - kernel_0) + ((bias - bias_0) ** 2).sum()": _(
            "The root covers the kernel only. Put brackets around the whole sum of squares."
        ),
    },
)


# 7. In how many pieces do the folds cut the points?


def folds():
    points = np.array(
        [[0.0, 0.0], [2.0, 0.0], [0.0, 2.0], [2.0, 2.0], [1.0, 1.0], [-1.0, 3.0], [3.0, -1.0], [0.0, 1.0]]
    )
    # Some points lie on a fold itself, where a sum is 0.
    return {
        _("eight points and two folds"): case(points, [[-2.0, 0.0], [-2.0, -1.0]], [3.0, 1.0]),
        _("six points and one fold"): case(points[:6], [[2.0], [-2.0]], [-3.0]),
        _("seven points and three folds"): case(
            points[:7], [[-2.0, -1.0, -2.0], [0.0, -1.0, 1.0]], [-3.0, 0.0, 3.0]
        ),
        _("eight points and two upright folds"): case(points, [[1.0, 0.0], [0.0, 1.0]], [-0.5, -0.5]),
        _("two points and two upright folds"): case(points[:2], np.eye(2), [-0.5, -0.5]),
    }


def patterns(points, kernel, bias):
    return points @ kernel + bias > 0


check_count_pieces = Exercise(
    cases=folds,
    solution=lambda points, kernel, bias: len(np.unique(patterns(points, kernel, bias), axis=0)),
    praise=_(
        "Within one piece the layer is a plain affine map. All the bending of a relu network happens at the folds."
    ),
    mistakes={
        "2 ** len(bias)": _(
            "So many patterns can be written down, but not each of them need occur. Count those that the points show."
        ),
        "len(np.unique(points @ kernel > 0, axis=0))": _(
            "So many pieces there would be without the bias: then all folds run through the origin."
        ),
        "int(patterns(...).sum())": _(
            "That is how often a unit is on, counted over all points. Two points lie in the same piece if all units agree about them."
        ),
        "len(patterns(...))": _("That is the number of points. Those with the same pattern count once."),
        "len(np.unique(patterns(...).sum(axis=1)))": _(
            "You compared how many units are on. Which ones matters, too: on-off and off-on are two different pieces."
        ),
        "len(np.unique(np.maximum(points @ kernel + bias, 0), axis=0))": _(
            "You compared what comes out of relu. Points of one piece have different outputs; compare on and off only."
        ),
        "kernel.shape[1] + 1": _(
            "You counted the units and added one. Where folds cross there are more pieces, and some may hold no point."
        ),
        "len(np.unique(points @ kernel + bias, axis=0))": _(
            "You compared the sums themselves. Points of one piece have different sums; compare on and off only."
        ),
        "len(np.unique(patterns(...)))": _(
            "You counted the values of single entries, and there are only on and off. A whole row is a pattern: np.unique with axis=0."
        ),
        "len(np.unique(points @ kernel + bias >= 0, axis=0))": _(
            "Your count is off where a sum is exactly 0. On its fold a unit is off: it is on above 0, not at 0."
        ),
        "len(np.unique(np.sign(points @ kernel + bias), axis=0))": _(
            "You counted three kinds of sums: below 0, 0 and above 0. A unit is on or off, and at 0 it is off."
        ),
        "len(np.unique(points @ kernel - bias > 0, axis=0))": _(
            "So many pieces there would be with the bias subtracted. It is added."
        ),
        "np.unique(patterns(...), axis=0)": _("Those are the patterns themselves, each once. Count them."),
        "np.unique(patterns(...), axis=0).size": _(
            "You counted the entries of the patterns. Count the patterns: the rows."
        ),
        "len(np.unique(patterns(...) @ np.arange(len(bias))))": _(
            "You added up the numbers of the units that are on. Unit 0 then adds nothing, and other units may have equal sums."
        ),
        "np.unique(patterns(...), axis=1).shape[1]": _(
            "You counted columns, which are units. A row, what all units say of one point, is a pattern."
        ),
        "int(patterns(...).any(axis=1).sum())": _(
            "That is the number of points with a unit that is on. Two points lie in the same piece if all units agree about them."
        ),
        "int(patterns(...).all(axis=1).sum())": _(
            "That is the number of points with all units on. Two points lie in the same piece if all units agree about them."
        ),
        "1 + int((np.diff(patterns(...), axis=0)).any(axis=1).sum())": _(
            "You counted how often the pattern changes from one point to the next. A pattern that comes back is no new piece."
        ),
        "len(np.unique(patterns(...), axis=0)) - 1": _(
            "Your count is one too small. All units off is a pattern like any other."
        ),
        "len(bias)": _(
            "That is the number of units. Each of them cuts the plane in two: how do the points lie in between?"
        ),
        "len(bias) * (len(bias) + 1) // 2 + 1": _(
            "So many pieces so many folds can make at most. Count those in which points lie."
        ),
        "len({*patterns(...)})": _(
            "A row of an array cannot be in a set or be the key of a dictionary, because arrays can change. Make a tuple of each row, or let np.unique compare rows, with axis=0."
        ),
    },
)


# 8. Backpropagation without Tensor


def small_networks():
    random = np.random.default_rng(5)

    def network(samples, features, units, classes):
        arrays = normal(random, (samples, features), (features, units), (units, classes))
        return *arrays, random.integers(0, classes, samples)

    return {
        _("3 samples through 2-4-3"): network(3, 2, 4, 3),
        _("5 samples through 3-6-2"): network(5, 3, 6, 2),
    }


def scores_of(x, kernel_1, kernel_2):
    return np.maximum(x @ kernel_1, 0) @ kernel_2


def by_scores(x, kernel_1, kernel_2, labels):
    return minus_targets(softmax(scores_of(x, kernel_1, kernel_2)), labels) / len(labels)


def from_scores(gradient, x, kernel_1, kernel_2):
    """Carry a gradient of the scores back to the first kernel."""
    return x.T @ (gradient @ kernel_2.T * (x @ kernel_1 > 0))


def first_gradient(x, kernel_1, kernel_2, labels):
    return from_scores(by_scores(x, kernel_1, kernel_2, labels), x, kernel_1, kernel_2)


check_first_gradient = Exercise(
    cases=small_networks,
    solution=first_gradient,
    praise=_(
        "You have carried a gradient through a whole network by hand. backward() does this, and nothing else."
    ),
    mistakes={
        "x.T @ (by_scores(...) @ kernel_2.T)": _(
            "Your gradient passes relu everywhere. Where a unit was off, none passes: ask for > 0, since what relu returns is >= 0 everywhere."
        ),
        "x.T @ (by_scores(...) @ kernel_2.T * np.maximum(x @ kernel_1, 0))": _(
            "You multiplied by what relu gives. Its slope is asked for: 1 where the sum is positive, 0 elsewhere."
        ),
        "first_gradient(...) * len(labels)": _(
            "All entries are too large by the number of samples: the loss is a mean."
        ),
        "-first_gradient(...)": _(
            "The sign is turned: at the scores, the gradient is what the network said minus what is true."
        ),
        "from_scores(minus_targets(softmax(scores_of(x, kernel_1, kernel_2), axis=None), labels) / len(labels), x, kernel_1, kernel_2)": _(
            "Your probabilities add up to 1 over all samples together. Each sample, each row, has a total of its own."
        ),
        "np.maximum(x @ kernel_1, 0).T @ by_scores(...)": _(
            "That is the gradient of the second kernel. Go one layer further back."
        ),
        "by_scores(...) @ kernel_2.T * (x @ kernel_1 > 0)": _(
            "That is the gradient of the hidden sums, one row a sample. One product is missing: with the layer's input."
        ),
        "from_scores(softmax(scores_of(x, kernel_1, kernel_2)) / len(labels), x, kernel_1, kernel_2)": _(
            "The labels have no effect on your result. Take 1 away at the right class of each sample."
        ),
        "first_gradient(...).T": _(
            "The numbers are right, but they lie on their side: a gradient has the shape of its kernel."
        ),
        "from_scores(minus_targets(softmax(x @ kernel_1 @ kernel_2), labels) / len(labels), x, kernel_1, kernel_2)": _(
            "Your scores leave relu out on the way forward."
        ),
        "from_scores(minus_targets(scores_of(x, kernel_1, kernel_2), labels) / len(labels), x, kernel_1, kernel_2)": _(
            "The scores themselves are compared with the labels. Turn them into probabilities first."
        ),
        "first_gradient(...) / kernel_2.shape[1]": _(
            "You divided by the number of all scores. The loss is a mean over samples only; classes are summed."
        ),
        "-np.log(of_the_label(labels, softmax(scores_of(x, kernel_1, kernel_2)))).mean()": _(
            "That is the loss. Asked for is its gradient, with an entry for each weight of kernel_1."
        ),
        "from_scores((softmax(scores_of(x, kernel_1, kernel_2)) - np.isin(range(kernel_2.shape[1]), labels)) / len(labels), x, kernel_1, kernel_2)": _(
            "1 is taken away in whole columns, for every sample. Behind [:, labels] each sample loses at the labels of all; give the row of each sample, too."
        ),
        "from_scores(minus_targets(softmax(scores_of(x, kernel_1, kernel_2), axis=0), labels) / len(labels), x, kernel_1, kernel_2)": _(
            "Your probabilities add up to 1 down each column. Each sample, each row, has a total of its own."
        ),
    },
    rules=(
        Rule(
            r"\bTensor\(|\.backward\(",
            _(
                "The numbers are right, but a Tensor went the way back. Here NumPy alone is asked for: write each step back yourself."
            ),
        ),
    ),
)


# The mastery check


def question(right, **answers):
    """Ask for a letter; behind each stands what is said to it, the praise behind the right one."""
    wrong = {repr(letter): text for letter, text in answers.items() if letter != right}
    return Exercise(right, answers[right], wrong, nudge=LETTERS)


QUESTIONS = (
    question(
        "b",
        a=_(
            "Training digits alone do not show it: the network that learned shuffled labels got them right as well (2.1)."
        ),
        b=_("407,050 parameters can remember 1,000 digits one by one, whatever their labels say."),
        c=_(
            "It is not broken. It has done what training asks for: a small loss on the training digits (2.1)."
        ),
    ),
    question(
        "c",
        a=_("60,000 is the length of the first axis. The rank counts the axes (2.2)."),
        b=_("784 numbers make one picture. The rank does not count entries, but axes (2.2)."),
        c=_("Three axes: which picture, which row, which column."),
    ),
    question(
        "a",
        a=_("Shapes are aligned at their last axis, and the bias is repeated for each of the 128 rows."),
        b=_(
            "A column of 128 would need the shape (128, 1). One axis of 512 is aligned with the last axis (2.3)."
        ),
        c=_("Shapes need not be equal: an axis that is missing is added in front and repeated (2.3)."),
    ),
    question(
        "b",
        a=_("An update needs the gradient of this batch, and the gradient comes after the loss (2.4)."),
        b=_("Forward, loss, backward, update: each needs what the one before it found."),
        c=_("There is no gradient before a loss: it is the derivative of the loss (2.4)."),
    ),
    question(
        "c",
        a=_("9 is the value of f at 3. How fast it changes there is the slope, 2x (2.4.1)."),
        b=_("A positive slope means that f falls when x does (2.4.1)."),
        c=_("The slope at 3 is 6, and a step of -0.01 changes f by about 6 times -0.01."),
    ),
    question(
        "a",
        a=_("Beyond 2 / curvature, each step ends farther from the minimum than it began."),
        b=_(
            "0.6 times the curvature 4 is 2.4, more than 2: each step overshoots by more than it gains (2.4.2, 2.4.3a)."
        ),
        c=_("Even a minimum of one weight is left behind by steps that are too large (2.4.2, 2.4.3a)."),
    ),
    question(
        "b",
        a=_(
            "The price grows fourfold, but the noise does not fall so fast: averages gain only by a root (2.4.3a)."
        ),
        b=_("The spread of a mean falls with the root of the number of samples."),
        c=_("Each sample pulls in its own direction, so a mean over more of them trembles less (2.4.3a)."),
    ),
    question(
        "c",
        a=_("That is the share that is kept of the velocity. The steps of a steady slope add up (2.4.3b)."),
        b=_(
            "0.9 more is added by the last step alone. All steps before it count as well, each with less weight (2.4.3b)."
        ),
        c=_("1 + 0.9 + 0.81 + … = 10: the steps add up to ten times the first one."),
    ),
    question(
        "a",
        a=_("Each operation is gone through once forward and once backward, whatever the number of weights."),
        b=_("That is the price of moving weights one at a time (2.4, 2.4.4)."),
        c=_(
            "The steps back are as many as the operations, and each costs about as much as its operation (2.4.4)."
        ),
    ),
    question(
        "c",
        a=_("Not among pictures of a kind that it has never seen. The letter A got its share as well (2.5)."),
        b=_("It cannot: ten classes share a probability of 1, and no class is called 'none of these' (2.5)."),
        c=_(
            "A softmax always adds up to 1, also for pictures that are no digits. Sure is not the same as right."
        ),
    ),
)


class Report(tuple):
    """The feedback on each question, in order."""

    def sentence(self):
        right = sum(feedback.state == "solved" for feedback in self)
        return (ALL_RIGHT if right == len(self) else SCORE).format(right=right, all=len(self))

    def lines(self):
        for number, feedback in enumerate(self, 1):
            text = NOT_ANSWERED if feedback.state == "not started" else feedback.text
            yield dataclasses.replace(feedback, text=QUESTION.format(number=number, text=text))

    def _repr_mimebundle_(self, include=None, exclude=None):
        items = "".join(
            f'<li style="color: {MARKS[line.state][1]}">{html.escape(str(line))}</li>'
            for line in self.lines()
        )
        return {
            "text/plain": repr(self),
            "text/html": f'<div role="status" style="{BOX}"><ul style="list-style: none; padding-left: 0">{items}</ul>'
            f"<b>{self.sentence()}</b></div>",
        }

    def __repr__(self):
        return "\n".join([*map(str, self.lines()), self.sentence()])


def check_mastery(answers):
    """Answer each of ten choices, given as a dictionary from the number of the question to a letter, also as "B" or "(b)"."""
    if not isinstance(answers, dict):
        return Feedback("not yet", NO_DICTIONARY.format(found=repr(answers)))
    given = [answers.get(number, ...) for number in range(1, len(QUESTIONS) + 1)]
    given = [answer.strip(" ().（）").lower() if isinstance(answer, str) else answer for answer in given]
    return Report(check(answer) for check, answer in zip(QUESTIONS, given, strict=True))
