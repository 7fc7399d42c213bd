"""The exercises of 2.5: the pieces of a network once more, by hand; and ten questions over the whole chapter."""

import dataclasses
import html

import numpy as np

from helpers.exercises.feedback import MARKS, Exercise, Feedback, Mistake

SCORE = "{right} of {all} questions answered correctly."
ALL_RIGHT = " The chapter is yours."
QUESTION = "Question {number}: {text}"
NOT_ANSWERED = "not answered yet."
LETTERS = "Answer with one of the letters a, b and c, in quotes."
NO_DICTIONARY = "The answers must be a dictionary, with a letter for each number, not {found}."

# 1. Where the weights start

check_starting_limit = Exercise(
    solution=lambda features, units: np.sqrt(6 / (features + units)),
    praise="The more numbers a unit adds up, the smaller its weights must start, so that the sums keep their size.",
    mistakes=(
        Mistake(
            lambda features, units: 6 / (features + units),
            "You left the root out. Sums grow with the root of the number of terms, so weights shrink with a root.",
        ),
        Mistake(
            lambda features, units: np.sqrt(6) / (features + units),
            "You took the root of 6 only. The root covers the whole fraction.",
        ),
        Mistake(
            lambda features, units: np.sqrt(6 / (features * units)),
            "You multiplied features and units. The rule adds them: it is a compromise between the way forward and the way "
            "back.",
        ),
        Mistake(
            lambda features, units: np.sqrt(6 / features),
            "You counted the inputs only. The rule of this course (Glorot, Bengio) also counts the units.",
        ),
        Mistake(
            lambda features, units: np.sqrt(2 / (features + units)),
            "That is the standard deviation of the weights. An even spread from -limit to limit has a limit that is root 3 "
            "times as large.",
        ),
    ),
    cases=lambda: {
        "784 features and 512 units": (784, 512),
        "2 features and 8 units": (2, 8),
        "3 features and 3 units": (3, 3),
    },
)


# 2. One step with momentum


def momentum_states():
    return {
        "weights [1, 2] and velocity [0.5, -0.2]": (
            np.array([1.0, 2.0]),
            np.array([0.5, -0.2]),
            np.array([4.0, -1.0]),
            0.1,
            0.9,
        ),
        "weights [0, 3] at rest": (np.array([0.0, 3.0]), np.zeros(2), np.array([2.0, 1.0]), 0.5, 0.5),
    }


def momentum_step(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * gradient
    return weights + velocity, velocity


def step_uphill(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + learning_rate * gradient
    return weights + velocity, velocity


def step_backward(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * gradient
    return weights - velocity, velocity


def step_without_momentum(weights, velocity, gradient, learning_rate, momentum):
    return weights - learning_rate * gradient, -learning_rate * gradient


def step_by_the_old_velocity(weights, velocity, gradient, learning_rate, momentum):
    return weights + velocity, momentum * velocity - learning_rate * gradient


def step_of_the_notes(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * gradient
    return weights + momentum * velocity - learning_rate * gradient, velocity


def step_scaled_as_a_whole(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - gradient
    return weights + learning_rate * velocity, velocity


def step_of_an_average(weights, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - (1 - momentum) * learning_rate * gradient
    return weights + velocity, velocity


check_momentum_step = Exercise(
    solution=momentum_step,
    praise="Two lines, and the whole of SGD with momentum: keep a share of the old velocity, add a step downhill, move.",
    mistakes=(
        Mistake(
            step_uphill,
            "You walk uphill: the gradient points to where the loss grows. Which sign does its term need?",
        ),
        Mistake(
            step_backward,
            "The velocity is right, but you subtracted it. Its minus is inside it already: the weights move with it.",
        ),
        Mistake(
            lambda *state: momentum_step(*state)[0],
            "The weights are right. Return the new velocity as well: the next step needs it.",
        ),
        Mistake(
            step_without_momentum,
            "The old velocity has no effect: that is plain SGD. A share of it, the momentum, goes into the new one.",
        ),
        Mistake(
            step_by_the_old_velocity,
            "You moved by the velocity from before this step. Find the new velocity first, then move by it.",
        ),
        Mistake(
            step_of_the_notes,
            "That is the line of the notes, which is Nesterov's momentum. Here the weights move by the new velocity itself.",
        ),
        Mistake(
            step_scaled_as_a_whole,
            "You left the learning rate out of the velocity and scaled the velocity as a whole. With a constant rate the "
            "weights go the same way if it begins at rest, as in PyTorch, but the velocity is another number than asked for.",
        ),
        Mistake(
            step_of_an_average,
            "You made the velocity an average, with weights that add up to 1. Here the gradient enters in full.",
        ),
        Mistake(
            lambda *state: momentum_step(*state)[::-1],
            "The two results are right, but the other way round: first the weights, then the velocity.",
        ),
    ),
    cases=momentum_states,
)


# 3. Back through softmax and cross-entropy


def three_answers():
    return {
        "two samples and three classes": (
            np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]]),
            np.array([0, 1]),
        ),
        "one sample and four classes": (np.array([[0.1, 0.2, 0.3, 0.4]]), np.array([3])),
        "three samples and two classes": (
            np.array([[0.9, 0.1], [0.5, 0.5], [0.2, 0.8]]),
            np.array([1, 0, 1]),
        ),
    }


def minus_targets(probabilities, labels):
    return probabilities - np.eye(probabilities.shape[1])[labels]


check_logit_gradient = Exercise(
    solution=lambda probabilities, labels: minus_targets(probabilities, labels) / len(labels),
    praise="What the network said minus what is true: this difference is all that travels back into the layers.",
    mistakes=(
        Mistake(
            minus_targets,
            "The differences are right, but the loss is the mean over the samples, so each has only its share in it.",
        ),
        Mistake(
            lambda probabilities, labels: (
                (probabilities - np.isin(range(probabilities.shape[1]), labels)) / len(labels)
            ),
            "You took 1 away in whole columns, for every sample. With probabilities[:, labels] each sample loses at the "
            "labels of all; give the row of each sample, too.",
        ),
        Mistake(
            lambda probabilities, labels: -minus_targets(probabilities, labels) / len(labels),
            "The sign is turned. More score for a wrong class makes the loss larger, so there the gradient is positive.",
        ),
        Mistake(
            lambda probabilities, labels: minus_targets(probabilities, labels) / probabilities.size,
            "You divided by the number of all entries. The loss is a mean over samples only; classes are summed.",
        ),
        Mistake(
            lambda probabilities, labels: probabilities / len(labels),
            "Nothing was taken away at the right class. Without that, every score would be pushed down.",
        ),
        Mistake(
            lambda probabilities, labels: (probabilities - 1) / len(labels),
            "You took 1 away from every class. Only the right class of each sample has the target 1; the others have 0.",
        ),
        Mistake(
            lambda probabilities, labels: (
                -np.eye(probabilities.shape[1])[labels] / probabilities / len(labels)
            ),
            "That is the gradient by the probabilities. Go one step further back, through the softmax, to the scores.",
        ),
    ),
    cases=three_answers,
)


# 4. The surest mistakes


def opinions():
    probabilities = np.array(
        [
            [0.8, 0.1, 0.1],
            [0.2, 0.5, 0.3],
            [0.05, 0.05, 0.9],
            [0.4, 0.35, 0.25],
            [0.1, 0.7, 0.2],
            [0.3, 0.1, 0.6],
        ]
    )
    return {
        "six samples, four of them wrong": (np.array([0, 2, 0, 1, 1, 0]), probabilities, 3),
        "six samples, one of them wrong": (np.array([0, 1, 2, 0, 2, 2]), probabilities, 2),
        "only the surest one": (np.array([1, 2, 2, 1, 0, 2]), probabilities, 1),
    }


def surest(labels, probabilities, count, chosen, key, reverse=True):
    places = np.flatnonzero(chosen(labels, probabilities.argmax(axis=1)))
    order = np.argsort(key(labels, probabilities)[places], kind="stable")
    return places[order[::-1] if reverse else order][:count]


def wrong(labels, said):
    return said != labels


def highest(labels, probabilities):
    return probabilities.max(axis=1)


def of_the_label(labels, probabilities):
    return probabilities[np.arange(len(labels)), labels]


def places_among_the_wrong(labels, probabilities, count):
    sure = highest(labels, probabilities)[wrong(labels, probabilities.argmax(axis=1))]
    return np.argsort(sure)[::-1][:count]


check_surest_mistakes = Exercise(
    solution=lambda labels, probabilities, count: surest(labels, probabilities, count, wrong, highest),
    praise="These are the digits to look at first: wrong labels, unreadable writing, and what the network never learned.",
    mistakes=(
        Mistake(
            lambda labels, probabilities, count: surest(
                labels, probabilities, count, lambda labels, said: said == said, highest
            ),
            "Samples that are classified correctly are among them. Keep those only whose best class is not the label.",
        ),
        Mistake(
            lambda labels, probabilities, count: surest(labels, probabilities, count, wrong, highest, False),
            "You begin with the mistake that the network was least sure of. argsort sorts from small to large.",
        ),
        Mistake(
            lambda labels, probabilities, count: surest(labels, probabilities, count, wrong, of_the_label),
            "You sorted by the probability of the label. Sure is what the network was of its own, wrong answer.",
        ),
        Mistake(
            lambda labels, probabilities, count: surest(
                labels, probabilities, count, wrong, lambda labels, probabilities: -np.arange(len(labels))
            ),
            "These are mistakes, but in the order of the samples. Sort them by how sure the network was.",
        ),
        Mistake(
            places_among_the_wrong,
            "These are places in the list of mistakes. Look up which samples they are: np.flatnonzero says where a "
            "condition holds.",
        ),
        Mistake(
            lambda labels, probabilities, count: surest(labels, probabilities, len(labels), wrong, highest),
            "The order is right, but you returned all mistakes. Only the first few, as many as count says, are wanted.",
        ),
        Mistake(
            lambda labels, probabilities, count: surest(
                labels, probabilities, count, lambda labels, said: said == labels, highest
            ),
            "These are the right answers. Which ones differ from the label?",
        ),
    ),
    cases=opinions,
)


# 5. The centre of mass


def small_pictures():
    return {
        "a dark and a light pixel": (np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.5]]),),
        "one pixel": (np.array([[0.0, 0.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0]]),),
        "a corner": (np.array([[3.0, 1.0], [1.0, 0.0], [1.0, 0.0]]),),
    }


def weighted_places(image):
    rows, columns = np.indices(image.shape)
    return (rows * image).sum(), (columns * image).sum()


def centre(image):
    return tuple(place / image.sum() for place in weighted_places(image))


check_centre_of_mass = Exercise(
    solution=centre,
    praise="An average of places, with ink as the weight. MNIST's digits all lie with this point in the middle.",
    mistakes=(
        Mistake(
            lambda image: centre(image)[::-1], "You returned the column first. Here the row comes first."
        ),
        Mistake(
            lambda image: tuple((size - 1) / 2 for size in image.shape),
            "That is the middle of the paper, wherever the ink lies. The ink of each pixel is the weight of its place.",
        ),
        Mistake(
            lambda image: tuple(float(places.mean()) for places in np.nonzero(image)),
            "Every pixel with ink counts the same in your average. A dark pixel should pull more than a light one.",
        ),
        Mistake(
            weighted_places,
            "You added up the weighted places and did not divide by the whole weight, the sum of all ink.",
        ),
        Mistake(
            lambda image: tuple(place / image.size for place in weighted_places(image)),
            "You divided by the number of pixels. Divide by the weight of the ink instead.",
        ),
        Mistake(
            lambda image: tuple(np.unravel_index(image.argmax(), image.shape)),
            "That is where the darkest pixel lies. The others pull as well.",
        ),
        Mistake(
            lambda image: tuple((places.min() + places.max()) / 2 for places in np.nonzero(image)),
            "That is the middle of the box around the ink. Dark parts should pull the centre towards them.",
        ),
        Mistake(
            lambda image: tuple(place + 1 for place in centre(image)),
            "You count rows and columns from 1. As everywhere in Python, the first is number 0.",
        ),
    ),
    cases=small_pictures,
)


# 6. How far the weights have travelled


def two_layers():
    return {
        "a kernel of shape (2, 2) and a bias": (
            np.array([[1.0, 2.0], [0.0, -1.0]]),
            np.array([0.0, 0.0]),
            np.array([[1.0, 4.0], [3.0, -1.0]]),
            np.array([1.0, -2.0]),
        ),
        "a kernel of shape (1, 3) and a bias": (
            np.array([[1.0, 1.0, 1.0]]),
            np.array([0.5, 0.5, 0.5]),
            np.array([[1.0, 1.0, -3.0]]),
            np.array([0.5, 3.5, 0.5]),
        ),
    }


def squares(kernel_0, bias_0, kernel, bias):
    return ((kernel - kernel_0) ** 2).sum() + ((bias - bias_0) ** 2).sum()


check_distance = Exercise(
    solution=lambda *state: np.sqrt(squares(*state)),
    praise="All weights of a network are one point, and Pythagoras measures in 400,000 dimensions as he does in two.",
    mistakes=(
        Mistake(squares, "You returned the square of the distance: Pythagoras ends with a root."),
        Mistake(
            lambda kernel_0, bias_0, kernel, bias: (
                np.linalg.norm(kernel - kernel_0) + np.linalg.norm(bias - bias_0)
            ),
            "You measured kernel and bias apart and added the distances. They are two parts of one point: add the squares, "
            "then take one root.",
        ),
        Mistake(
            lambda kernel_0, bias_0, kernel, bias: np.linalg.norm(kernel - kernel_0),
            "You forgot the bias. Its entries are weights like all others.",
        ),
        Mistake(
            lambda kernel_0, bias_0, kernel, bias: (
                np.abs(kernel - kernel_0).sum() + np.abs(bias - bias_0).sum()
            ),
            "You added up the sizes of the differences, as one walks along streets. The straight way is asked for.",
        ),
        Mistake(
            lambda kernel_0, bias_0, kernel, bias: (
                np.sqrt((kernel**2).sum() + (bias**2).sum())
                - np.sqrt((kernel_0**2).sum() + (bias_0**2).sum())
            ),
            "You compared how long both points are, seen from zero. Subtract the points first, then measure.",
        ),
        Mistake(
            lambda kernel_0, bias_0, kernel, bias: np.sqrt(
                squares(kernel_0, bias_0, kernel, bias) / (kernel.size + bias.size)
            ),
            "You took a mean of the squares. For a distance, they are added up.",
        ),
    ),
    cases=two_layers,
)


# 7. In how many pieces do the folds cut the points?


def folds():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [-1.0, 0.5], [2.0, 2.0]])
    return {
        "six points and two folds": (points, np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([-0.5, -0.5])),
        "six points and one fold": (points, np.array([[1.0], [1.0]]), np.array([-1.5])),
        "four points and three folds": (
            points[:4],
            np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]),
            np.array([-0.5, 3.0, -0.5]),
        ),
    }


def patterns(points, kernel, bias):
    return points @ kernel + bias > 0


check_count_pieces = Exercise(
    solution=lambda *layer: len(np.unique(patterns(*layer), axis=0)),
    praise="Within one piece the layer is a plain affine map. All the bending of a relu network happens at the folds.",
    mistakes=(
        Mistake(
            lambda points, kernel, bias: 2 ** len(bias),
            "So many patterns can be written down, but not each of them need occur. Count those that the points show.",
        ),
        Mistake(
            lambda points, kernel, bias: len(np.unique(points @ kernel > 0, axis=0)),
            "You left the bias out: then all folds run through the origin.",
        ),
        Mistake(
            lambda *layer: int(patterns(*layer).sum()),
            "You counted how often a unit is on. Two points lie in the same piece if all units agree about them.",
        ),
        Mistake(
            lambda *layer: len(patterns(*layer)),
            "That is the number of points. Those with the same pattern count once.",
        ),
        Mistake(
            lambda *layer: len(np.unique(patterns(*layer).sum(axis=1))),
            "You compared how many units are on. Which ones matters, too: on-off and off-on are two different pieces.",
        ),
        Mistake(
            lambda points, kernel, bias: len(np.unique(np.maximum(points @ kernel + bias, 0), axis=0)),
            "You compared what comes out of relu. Points of one piece have different outputs; compare on and off only.",
        ),
        Mistake(
            lambda points, kernel, bias: kernel.shape[1] + 1,
            "You counted the units and added one. Where folds cross there are more pieces, and some may hold no point.",
        ),
        Mistake(
            lambda points, kernel, bias: len(np.unique(points @ kernel + bias, axis=0)),
            "You compared the sums themselves. Points of one piece have different sums; compare on and off only.",
        ),
        Mistake(
            lambda *layer: len(np.unique(patterns(*layer))),
            "np.unique without an axis looks at single entries, and there are only on and off. A whole row is a pattern.",
        ),
    ),
    cases=folds,
)


# 8. Backpropagation without Tensor


def small_networks():
    random = np.random.default_rng(5)

    def network(samples, features, units, classes):
        return (
            random.normal(size=(samples, features)),
            random.normal(size=(features, units)),
            random.normal(size=(units, classes)),
            random.integers(0, classes, samples),
        )

    return {"3 samples through 2-4-3": network(3, 2, 4, 3), "5 samples through 3-6-2": network(5, 3, 6, 2)}


def soft(scores):
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def first_gradient(x, kernel_1, kernel_2, labels, mask=lambda sums: sums > 0, share=True, sign=1):
    sums = x @ kernel_1
    scores = np.maximum(sums, 0) @ kernel_2
    gradient = sign * minus_targets(soft(scores), labels) / (len(labels) if share else 1)
    return x.T @ (gradient @ kernel_2.T * mask(sums))


def with_one_total(x, kernel_1, kernel_2, labels):
    sums = x @ kernel_1
    exponentials = np.exp(np.maximum(sums, 0) @ kernel_2)
    gradient = minus_targets(exponentials / exponentials.sum(), labels) / len(labels)
    return x.T @ (gradient @ kernel_2.T * (sums > 0))


def second_gradient(x, kernel_1, kernel_2, labels):
    hidden = np.maximum(x @ kernel_1, 0)
    return hidden.T @ (minus_targets(soft(hidden @ kernel_2), labels) / len(labels))


def gradient_of_hidden_sums(x, kernel_1, kernel_2, labels):
    sums = x @ kernel_1
    gradient = minus_targets(soft(np.maximum(sums, 0) @ kernel_2), labels) / len(labels)
    return gradient @ kernel_2.T * (sums > 0)


def without_targets(x, kernel_1, kernel_2, labels):
    sums = x @ kernel_1
    gradient = soft(np.maximum(sums, 0) @ kernel_2) / len(labels)
    return x.T @ (gradient @ kernel_2.T * (sums > 0))


check_first_gradient = Exercise(
    solution=first_gradient,
    praise="You have carried a gradient through a whole network by hand. backward() does this, and nothing else.",
    mistakes=(
        Mistake(
            lambda *network: first_gradient(*network, mask=np.ones_like),
            "You went back through relu as if it were not there. Where a unit was off, no gradient passes.",
        ),
        Mistake(
            lambda *network: first_gradient(*network, mask=lambda sums: np.maximum(sums, 0)),
            "You multiplied by what relu gives. Its slope is asked for: 1 where the sum is positive, 0 elsewhere.",
        ),
        Mistake(
            lambda *network: first_gradient(*network, share=False),
            "All entries are too large by the number of samples: the loss is a mean.",
        ),
        Mistake(
            lambda *network: first_gradient(*network, sign=-1),
            "The sign is turned: at the scores, the gradient is what the network said minus what is true.",
        ),
        Mistake(
            with_one_total,
            "Your probabilities add up to 1 over all samples together. Each sample, each row, has a total of its own.",
        ),
        Mistake(second_gradient, "That is the gradient of the second kernel. Go one layer further back."),
        Mistake(
            gradient_of_hidden_sums,
            "That is the gradient of the hidden sums, one row a sample. One product is missing: with the layer's input.",
        ),
        Mistake(
            without_targets,
            "The labels have no effect on your result. Take 1 away at the right class of each sample.",
        ),
    ),
    cases=small_networks,
)


# The mastery check


def question(right, praise, **hints):
    return Exercise(
        right, praise, tuple(Mistake(letter, hint) for letter, hint in hints.items()), nudge=LETTERS
    )


QUESTIONS = (
    question(
        "b",
        "407,050 parameters can remember 1,000 digits one by one, whatever their labels say.",
        a="Training digits alone do not show it: the network that learned shuffled labels got them right as well (2.1).",
        c="It is not broken. It has done what training asks for: a small loss on the training digits (2.1).",
    ),
    question(
        "c",
        "Three axes: which picture, which row, which column.",
        a="60,000 is the length of the first axis. The rank counts the axes (2.2).",
        b="784 numbers make one picture. The rank does not count entries, but axes (2.2).",
    ),
    question(
        "a",
        "Shapes are aligned at their last axis, and the bias is repeated for each of the 128 rows.",
        b="A column of 128 would need the shape (128, 1). One axis of 512 is aligned with the last axis (2.3).",
        c="Shapes need not be equal: an axis that is missing is added in front and repeated (2.3).",
    ),
    question(
        "b",
        "Forward, loss, backward, update: each needs what the one before it found.",
        a="An update needs the gradient of this batch, and the gradient comes after the loss (2.4).",
        c="There is no gradient before a loss: it is the derivative of the loss (2.4).",
    ),
    question(
        "c",
        "The slope at 3 is 6, and a step of -0.01 changes f by about 6 times -0.01.",
        a="9 is the value of f at 3. How fast it changes there is the slope, 2x (2.4.1).",
        b="A positive slope means that f falls when x does (2.4.1).",
    ),
    question(
        "a",
        "Beyond 2 / curvature, each step ends farther from the minimum than it began.",
        b="0.6 times the curvature 4 is 2.4, more than 2: each step overshoots by more than it gains (2.4.2, 2.4.3a).",
        c="Even a minimum of one weight is left behind by steps that are too large (2.4.2, 2.4.3a).",
    ),
    question(
        "b",
        "The spread of a mean falls with the root of the number of samples.",
        a="The price grows fourfold, but the noise does not fall so fast: averages gain only by a root (2.4.3a).",
        c="Each sample pulls in its own direction, so a mean over more of them trembles less (2.4.3a).",
    ),
    question(
        "c",
        "1 + 0.9 + 0.81 + … = 10: the steps add up to ten times the first one.",
        a="That is the share that is kept of the velocity. The steps of a steady slope add up (2.4.3b).",
        b="0.9 more is added by the last step alone. All steps before it count as well, each with less weight (2.4.3b).",
    ),
    question(
        "a",
        "Each operation is gone through once forward and once backward, whatever the number of weights.",
        b="That is the price of moving weights one at a time (2.4, 2.4.4).",
        c="The steps back are as many as the operations, and each costs about as much as its operation (2.4.4).",
    ),
    question(
        "c",
        "A softmax always adds up to 1, also for pictures that are no digits. Sure is not the same as right.",
        a="Not among pictures of a kind that it has never seen. The letter A got its share as well (2.5).",
        b="It cannot: ten classes share a probability of 1, and no class is called 'none of these' (2.5).",
    ),
)


class Report(tuple):
    """The feedback on each question, in order."""

    def sentence(self):
        right = sum(feedback.state == "solved" for feedback in self)
        return SCORE.format(right=right, all=len(self)) + (ALL_RIGHT if right == len(self) else "")

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
            "text/html": f'<div role="status"><ul style="list-style: none; padding-left: 0">{items}</ul>'
            f"<b>{self.sentence()}</b></div>",
        }

    def __repr__(self):
        return "\n".join([*map(str, self.lines()), self.sentence()])


def check_mastery(answers):
    """Answer each of ten choices, given as a dictionary from the number of the question to a letter, also as "B" or "(b)"."""
    if not isinstance(answers, dict):
        return Feedback("not yet", NO_DICTIONARY.format(found=repr(answers)))
    given = [answers.get(number, ...) for number in range(1, len(QUESTIONS) + 1)]
    given = [answer.strip(" ().").lower() if isinstance(answer, str) else answer for answer in given]
    return Report(check(answer) for check, answer in zip(QUESTIONS, given, strict=True))
