"""The exercises of 2.4: the steps of the training loop in order, a batch, an update, and what searching costs."""

import dataclasses
import functools
import itertools
import re

import numpy as np

from helpers.exercises import shared_hints
from helpers.exercises.attempts import case, moved
from helpers.exercises.feedback import Exercise, Feedback, Mistake
from helpers.language import Words

_ = Words(__name__)

# 1. The steps of the loop in order

STEPS = {
    "A": "W.value -= learning_rate * W.gradient",
    "B": "y_pred = softmax(x @ W)",
    "C": "x, y = draw_batch()",
    "D": "loss.backward()",
    "E": "loss = sparse_categorical_crossentropy(y, y_pred)",
}
ORDER = ("C", "B", "E", "D", "A")
# The names that each step reads, in the order in which Python looks them up, and those that it makes.
NEEDS = {"A": ["gradient"], "B": ["x"], "C": [], "D": ["loss"], "E": ["y", "y_pred"]}
MAKES = {"A": [], "B": ["y_pred"], "C": ["x", "y"], "D": ["gradient"], "E": ["loss"]}

FIRST_ROUND = _("In the order {order}, the first round stops at {step} with {error}. {why} {later}")
NAME_ERROR = "NameError: name '{name}' is not defined"
NO_GRADIENT = _(
    "TypeError: unsupported operand type(s) for *: 'float' and 'NoneType', because W.gradient is still None"
)
WHY = {
    "x": _("The network is to read a batch that nobody has drawn."),
    "y": _("The loss is to compare labels that nobody has drawn."),
    "y_pred": _("The loss is to judge a prediction before there is one."),
    "loss": _("The gradient says how the loss changes with the weights, so it cannot come before the loss."),
    "gradient": _("The weights are to move before anything says in which direction."),
}
MIXED = _(
    "And with names left over from an earlier round it would be worse, for there would be no error: the predictions for one batch would be compared with the labels of another."
)
STALE = _(
    "And with names left over from an earlier round it would be worse, for there would be no error: the weights would be moved by a gradient that was measured before their last change, on the batch before."
)
ONLY_LATE = _(
    "Only names left over from an earlier round would hide that; then each round would finish what the one before began. A loop must also work the first time."
)
NOT_AN_ORDER = _(
    "Write the five letters in a list, like this: order = ['A', 'B', 'C', 'D', 'E'], in an order that works."
)
LETTERS_ONLY = _(
    "You wrote the lines themselves. Their letters are enough, in a list: order = ['A', 'B', 'C', 'D', 'E'] has the right form."
)
UNKNOWN_STEP = _("There is no step {letter}: the steps are A, B, C, D and E.")
TWICE = _("{letter} stands there twice. Each step happens once in a round.")
COMMA = _(", ")
MISSING = _("Still missing: {letters}. All five steps happen in each round.")


@dataclasses.dataclass(frozen=True)
class Ordering(Exercise):
    """An exercise whose answer is an order of letters: a list, a tuple, an array or one word, in capitals or not."""

    def check_value(self, attempt):
        if isinstance(attempt, np.ndarray):
            attempt = attempt.tolist()
        if isinstance(attempt, str):
            attempt = [attempt]
        if not isinstance(attempt, (list, tuple)) or not all(isinstance(part, str) for part in attempt):
            return Feedback("not yet", NOT_AN_ORDER)
        if any("=" in part or "(" in part for part in attempt):
            return Feedback("not yet", LETTERS_ONLY)
        # Commas, arrows and spaces between the letters say nothing.
        letters = re.findall(r"\w", "".join(attempt).upper())
        for letter in letters:
            if letter not in self.solution:
                return Feedback("not yet", UNKNOWN_STEP.format(letter=letter))
            if letters.count(letter) > 1:
                return Feedback("not yet", TWICE.format(letter=letter))
        missing = sorted({*self.solution} - {*letters})
        if missing:
            return Feedback("not yet", MISSING.format(letters=COMMA.join(missing)))
        return super().check_value(tuple(letters))

    @functools.cached_property
    def usual_mistakes(self):
        others = (order for order in itertools.permutations(STEPS) if order != self.solution)
        return [Mistake(order, what_happens(order)) for order in others]


def first_error(order):
    """Return the first step of an order that needs a name which no step before it has made, and that name."""
    made = set()
    for step in order:
        for name in NEEDS[step]:
            if name not in made:
                return step, name
        made.update(MAKES[step])
    return None


def rehearse(order, rounds=3):
    """Follow a loop in its later rounds, when names are left over from the round before.

    Returns
    -------
    str
        "mixed" if predictions meet the labels of another batch, "stale" if the weights move by a gradient that was
        measured at earlier weights, else "fits".
    """
    batch, updates = 0, 0
    # For each name the batch and the weights, counted in updates, that it belongs to.
    belongs = dict.fromkeys(("x", "y", "y_pred", "loss", "gradient"), (0, 0))
    found = "fits"
    for round_ in range(rounds):
        for step in order:
            if step == "C":
                batch += 1
                belongs["x"] = belongs["y"] = (batch, None)
            elif step == "B":
                belongs["y_pred"] = (belongs["x"][0], updates)
            elif step == "E":
                if round_ and belongs["y"][0] != belongs["y_pred"][0]:
                    return "mixed"
                belongs["loss"] = belongs["y_pred"]
            elif step == "D":
                belongs["gradient"] = belongs["loss"]
            else:
                if round_ and belongs["gradient"][1] != updates:
                    found = "stale"
                updates += 1
    return found


def what_happens(order):
    """Say what a wrong order leads to: in the first round, and with names that are left over from an earlier one."""
    step, name = first_error(order)
    error = NO_GRADIENT if name == "gradient" else NAME_ERROR.format(name=name)
    later = {"mixed": MIXED, "stale": STALE, "fits": ONLY_LATE}[rehearse(order)]
    return FIRST_ROUND.format(order=" ".join(order), step=step, error=error, why=WHY[name], later=later)


check_order = Ordering(
    solution=ORDER,
    praise=_(
        "Each step uses what the one before it made. Batch, forward pass, loss, gradient, update, and over again."
    ),
)


# 2. A batch


def small_sets():
    x = np.array([[0.0, 0.5], [1.0, 1.5], [2.0, 2.5], [3.0, 3.5], [4.0, 4.5]])
    y = np.array([7, 1, 4, 9, 3])
    return {
        _("the places 3, 0, 3"): case(x, y, [3, 0, 3]),
        _("the places 4, 2"): case(x, y, [4, 2]),
    }


check_pick_batch = Exercise(
    cases=small_sets,
    solution=lambda inputs, labels, places: (inputs[places], labels[places]),
    praise=_("The same places in both arrays: so each sample keeps its own label."),
    mistakes={
        "(inputs[places], labels[: len(places)])": _(
            "The samples are the drawn ones, but the labels are the first of the set. Then the network learns other samples' labels: pick both from the same places."
        ),
        "(inputs[: len(places)], labels[: len(places)])": _(
            "You took the first samples of the set, whatever was drawn. Each batch would be the same."
        ),
        "(inputs[places], labels)": _("You returned all labels. A batch has as many labels as samples."),
        "inputs[places]": _(
            "These are the samples. Without their labels there is nothing to compare a prediction with: return both."
        ),
        "(labels[places], inputs[places])": _(
            "Both are right, in the other order: first the samples, then the labels."
        ),
        "(inputs[np.unique(places)], labels[np.unique(places)])": _(
            "Your samples stand in the order of the set, each of them once. `places` says which comes first, and a sample that is drawn twice counts twice."
        ),
        "(inputs[np.sort(places)], labels[np.sort(places)])": _(
            "These are the drawn samples with their labels, but sorted. `places` says which of them comes first."
        ),
        "(inputs[places - 1], labels[places - 1])": _(
            "Each of your samples stands one place before the drawn one. Places are counted from 0, in the text and in Python: use them as they are."
        ),
        "(inputs[:, places], labels[places])": {
            r"\[\s*:\s*,": _(
                "Behind the colon, `places` asks for columns, which are pixels, and there are fewer of those. Samples are rows: the first axis."
            )
        },
        "(inputs[places], labels[:, places])": {
            r"labels\[\s*:\s*,": _(
                "`labels` has a single axis, with a number for each sample. Its places come first, without a colon before them."
            )
        },
        "(inputs[places[0]], labels[places[0]])": _(
            "That is the first drawn sample only. An array of places picks all of them at once."
        ),
        "(inputs[places[-1]], labels[places[-1]])": _(
            "That is the last drawn sample only. In a loop, each round needs a place of its own to keep its sample; an array of places picks all of them at once."
        ),
        "[(inputs[place], labels[place]) for place in places]": _(
            "You returned a list of pairs, a sample and its label in each. Return two arrays: all samples, then all labels."
        ),
    },
    keeps_input=True,
)


# 3. The update

check_update = Exercise(
    cases=lambda: {
        _("two weights"): case([1.0, -2.0], [0.5, 4.0], 0.1),
        _("four weights"): case([[0.0, 3.0], [1.0, 2.0]], [[1.0, -1.0], [0.0, 2.0]], 0.25),
    },
    solution=lambda weights, gradient, learning_rate: weights - learning_rate * gradient,
    praise=_(
        "Against the gradient, since it points to where the loss grows; and not far, since it holds only nearby."
    ),
    mistakes={
        "weights + learning_rate * gradient": _(
            "You went with the gradient. It points to where the loss grows: this climbs the landscape."
        ),
        "weights - gradient": _(
            "You moved by the whole gradient. The learning rate says which share of it to go; without it the step is usually too long."
        ),
        "-learning_rate * gradient": _("That is how far the weights move. Where do they arrive?"),
        "learning_rate * gradient": _(
            "That is a share of the gradient, without the weights. Where do they arrive when they move against it?"
        ),
        "learning_rate * (weights - gradient)": shared_hints.RATE_TIMES_WEIGHTS,
        "(weights - learning_rate) * gradient": shared_hints.GRADIENT_TIMES_WEIGHTS,
        "learning_rate * gradient - weights": shared_hints.WEIGHTS_FROM_THE_STEP,
        "weights - learning_rate * np.abs(gradient)": shared_hints.ALWAYS_DOWN,
        "weights - learning_rate * np.sum(gradient)": _(
            "All your weights moved equally far, by the sum of the gradient. Each has an entry of its own."
        ),
        "weights - learning_rate * np.mean(gradient)": shared_hints.BY_THE_MEAN,
        "weights - learning_rate * np.sign(gradient)": _(
            "You used the sign of the gradient only, so each weight moves equally far. A steep one should move further."
        ),
        "weights - learning_rate * weights * gradient": shared_hints.TIMES_THE_WEIGHTS,
        "weights - gradient / learning_rate": _(
            "You divided by the learning rate: the smaller it is, the further you would go."
        ),
        "weights - learning_rate": _("All weights moved equally far down, and the gradient was not asked."),
    },
    keeps_input=True,
)


# 4. The bill of one sweep


def parameters(sizes, biases=True):
    return sum((before + biases) * after for before, after in zip(sizes, sizes[1:], strict=False))


check_sweep_passes = Exercise(
    cases=lambda: {
        _("the network 784-512-10"): ([784, 512, 10],),
        _("the network 196-10"): ([196, 10],),
        _("the network 3-4-4-2"): ([3, 4, 4, 2],),
    },
    solution=lambda sizes: 2 * parameters(sizes),
    praise=_(
        "Two forward passes for each number of the network: 814,100 for 784-512-10, to move each weight once."
    ),
    mistakes={
        "parameters(sizes)": _(
            "You counted the parameters, one pass each. Each is tried twice: a little higher and a little lower."
        ),
        "2 * parameters(sizes, biases=False)": _(
            "The biases are missing. They are numbers to improve like all others: one for each unit."
        ),
        "parameters(sizes, biases=False)": _(
            "Two things are missing: the biases, and that each number is tried in two directions."
        ),
        "2 * parameters(sizes, biases=False) + sum(sizes[1:])": _(
            "You counted the biases once. They are tried a little higher and a little lower, too. Does your 2 multiply the biases as well?"
        ),
        "2 * (parameters(sizes, biases=False) + len(sizes) - 1)": _(
            "You counted one bias a layer. Each unit has its own."
        ),
        "2 * sum(before * after + before for before, after in itertools.pairwise(sizes))": _(
            "Your number of biases is that of the entries that go into each layer. A bias belongs to a unit, which stands at the other end of the weights."
        ),
        "2 * (parameters(sizes, biases=False) + sum(sizes))": _(
            "You counted biases for the inputs, too. Inputs are given; only the units of layers have biases."
        ),
        "2 * (parameters(sizes) - sizes[-1])": _(
            "The biases of the last layer are missing. Its units have one each, like all others."
        ),
        "2 * (parameters(sizes) + sizes[-1] * sizes[0] + sizes[0])": _(
            "You counted one layer too many: weights that lead from the last layer back to the inputs. In Python, the entry at -1 is the last one."
        ),
        "3 * parameters(sizes)": _(
            "You measured the loss three times for each weight. Its present value needs no new forward pass: the loss there is known."
        ),
        "parameters(sizes) ** 2": _(
            "That is the number of weights and biases, squared. Each is tried twice, whatever the others do: times 2, which is * and not **."
        ),
        "2 * int(np.prod(sizes))": _(
            "You multiplied all sizes together. Only neighbouring layers are connected."
        ),
        "2 * sum(sizes[1:])": _(
            "You counted the units, which are the biases. The matrix between two layers has a weight for each pair."
        ),
        "2 * parameters(sizes) + 1": _(
            "One too many: the loss of the start is known already, so its forward pass is not on this bill."
        ),
        "2 * parameters(sizes[:2])": _(
            "You counted the first layer only. Each layer adds to the count, and the return comes after the last one."
        ),
        "2 * parameters(sizes[:-1])": _(
            "The last layer is missing. n sizes have n - 1 layers between them, and range(n - 1) counts n - 1 rounds."
        ),
        "2 * parameters(sizes[1:])": _("The first layer is missing, between the inputs and the first units."),
        "2 * parameters(sizes[-2:])": _(
            "You counted the last layer only. Does each round of your loop add to the count, or begin a new one?"
        ),
    },
)


# 5. One weight at a time


def bowl(weights):
    first, second, third = weights
    return float((first - 1) ** 2 + (second + 1) ** 2 + third**2)


def tilted(weights):
    first, second, third = weights
    return float(first**2 + 3 * first * second + 5 * second**2 + 0.1 * third**2)


def hilltop(weights):
    """Lower on both sides of 0, a little more so to the right of the first weight and to the left of the second."""
    first, second, _ = weights
    return float(-(first**2) - second**2 - 0.1 * first + 0.1 * second)


def candidates(weights, index, size):
    """Return what may become of the weights: as they are, one of them higher, one of them lower."""
    return [moved(weights, index, change) for change in (0, size, -size)]


check_try_weight = Exercise(
    cases=lambda: {
        _("a weight that is too low"): case(bowl, [0.0, 0.0, 0.0], 0, 0.5),
        _("a weight that is too high"): case(bowl, [0.0, 0.0, 0.0], 1, 0.5),
        _("a weight that is nearly right already"): case(bowl, [0.0, 2.0, 0.1], 2, 0.5),
        _("a weight that is a little too low"): case(bowl, [0.0, 2.0, -0.1], 2, 0.5),
        _("a hilltop, lowest to the right"): case(hilltop, [0.0, 0.0, 1.0], 0, 0.5),
        _("a hilltop, lowest to the left"): case(hilltop, [0.0, 0.0, 1.0], 1, 0.5),
        _("a weight that the loss does not depend on"): case(hilltop, [0.0, 0.0, 1.0], 2, 0.5),
        _("weights that depend on each other"): case(tilted, [2.0, 1.0, 4.0], 1, 0.25),
    },
    solution=lambda loss, weights, index, size: min(candidates(weights, index, size), key=loss),
    praise=_(
        "Three values, two new forward passes, one weight better at most. A network has 407,049 more of them."
    ),
    mistakes={
        "min(candidates(weights, index, size)[:2], key=loss)": _(
            "Your weight goes up where that helps, but never down. Is the lower value tried, and from the old weight, not from the higher one?"
        ),
        "min(candidates(weights, index, size)[::2], key=loss)": _(
            "Your weight goes down where that helps, but never up. Is the higher value tried, and from the old weight, not from the lower one?"
        ),
        "min(candidates(weights, index, size)[1:], key=loss)": _(
            "You always move. Where the weight is at its best already, both new values are worse: then keep the old one."
        ),
        "min(candidates(weights, index, size)[:0:-1], key=loss)": _(
            "You always move, up or down. The old value is the third, and stays there only if the others are copies. Where it is the best, keep it."
        ),
        "moved(weights, index, size * np.sign(loss(moved(weights, index, -size)) - loss(moved(weights, index, size))))": _(
            "Your choice is between the higher and the lower value, and the old one has no say. Where it is better than both, keep it."
        ),
        "higher if loss(higher := moved(weights, index, size)) < loss(weights) else moved(weights, index, -size)": _(
            "Where the higher value does not lower the loss, your weight goes down without asking what the loss is there. The old value may be the best."
        ),
        "next((new for new in candidates(weights, index, size)[1:] if loss(new) < loss(weights)), weights)": _(
            "Where both moves lower the loss, your weight goes up, even if the loss is lower still on the other side. Compare all three losses before you choose."
        ),
        "next((new for new in candidates(weights, index, size)[:0:-1] if loss(new) < loss(weights)), weights)": _(
            "Where both moves lower the loss, your weight goes down, even if the loss is lower still on the other side. Compare the second new loss with the lowest so far."
        ),
        "min(candidates(weights, index, size)[::-1], key=loss)": _(
            "Where no move changes the loss, your weight goes down all the same. Move only if the new loss is lower: < and not <=."
        ),
        "min(np.roll(candidates(weights, index, size), -1, 0), key=loss)": _(
            "Where no move changes the loss, your weight goes up all the same. Move only if the new loss is lower than the old one."
        ),
        "higher if loss(higher := moved(weights, index, size)) < loss(lower := moved(weights, index, -size)) else min(weights, lower, key=loss)": _(
            "Where the higher value is better than the lower one, your weight goes up, even if staying is best. Compare it with the loss of the start, too."
        ),
        "max(candidates(weights, index, size), key=loss)": _(
            "You kept the value with the highest loss. The loss says how wrong the network is: keep the lowest."
        ),
        "moved(weights, index, size)": _(
            "The weight always goes up, whatever the loss says. Compare the losses before you keep a value."
        ),
        "weights.copy()": _(
            "The weights come back as they were, whatever the loss says. Has each try an array of its own? After `up = weights` or `down = up`, both names mean the same one, and a move down undoes the move up. Or do you return the original?"
        ),
        "min([weights, *(moved(weights, index, change - weights[index]) for change in (size, -size))], key=loss)": _(
            "You put size and -size in place of the weight. Move it: add to what stands there."
        ),
        "loss(weights[index])": _(
            "You gave the loss this one weight. It takes all of them, with this one moved."
        ),
        "min(((candidate, loss(candidate)) for candidate in candidates(weights, index, size)), key=lambda pair: pair[1])": _(
            "You returned the loss as well. Only the weights are asked for."
        ),
        "min([weights, weights + size, weights - size], key=loss)": _(
            "You moved all weights at once. Only the one at the given index may change."
        ),
        "min(map(loss, candidates(weights, index, size)))": _(
            "You returned the lowest loss. Return the weights that have it."
        ),
        "min(candidates(weights, index, size), key=loss)[index]": _(
            "You returned the one weight. Return all of them, with this one in its place."
        ),
    },
    keeps_input=True,
)


# 6. One round of the loop, on a line


def lines():
    return {
        _("three points on y = 2x"): case(0.5, [1.0, 2.0, 3.0], [2.0, 4.0, 6.0], 0.05),
        _("two points"): case(-1.0, [0.5, -2.0], [1.0, -3.0], 0.1),
    }


def slope_of(w, x, y):
    return np.mean(2 * (w * x - y) * x)


def loss_of(w, x, y):
    return np.mean((w * x - y) ** 2)


def new_weight(w, x, y, learning_rate):
    return w - learning_rate * slope_of(w, x, y)


def train_once(w, x, y, learning_rate):
    return loss_of(w, x, y), new_weight(w, x, y, learning_rate)


def step_by_sample(w, x, y, learning_rate):
    """Make a step for each sample of the batch, and keep the last loss."""
    for one_x, one_y in zip(x, y, strict=True):
        loss, w = train_once(w, one_x, one_y, learning_rate)
    return loss, w


check_training_step = Exercise(
    cases=lines,
    solution=train_once,
    praise=_(
        "Forward pass, loss, gradient, update: these four lines are what all training does, with more weights."
    ),
    mistakes={
        "train_once(w, x, y, -learning_rate)": _(
            "Your weight moves the wrong way, to where the loss grows. Against the gradient means minus; and in the gradient, y is subtracted from the prediction, not the prediction from y."
        ),
        "(loss_of(w, x, y), w - slope_of(w, x, y))": shared_hints.NO_RATE_IN_THE_UPDATE,
        "(loss_of(new := new_weight(...), x, y), new)": _(
            "You measured the loss after the update, which takes a second forward pass. Here the loss of the forward pass that led to the update is asked for."
        ),
        "(loss_of(w, x, y), w - learning_rate * np.mean(2 * (w * x - y)))": _(
            "Your gradient lacks its last factor: how much the prediction moves with w. For w·x that is x."
        ),
        "(loss_of(w, x, y), w - learning_rate * np.mean((w * x - y) * x))": _(
            "Your gradient is half of what it should be: the derivative of a square brings a factor of 2."
        ),
        "(loss_of(w, x, y), w - learning_rate * np.sum(2 * (w * x - y) * x))": _(
            "Your gradient is a sum over the batch. The loss is a mean, so its gradient is one, too."
        ),
        "(np.sum((w * x - y) ** 2), w - learning_rate * np.sum(2 * (w * x - y) * x))": _(
            "Your loss and your gradient are both sums over the batch. Both should be means."
        ),
        "(loss_of(w, x, y) / 2, w - learning_rate * np.mean((w * x - y) * x))": _(
            "Your loss and your gradient are both half of what they should be. The loss of the exercise is the whole mean of the squares."
        ),
        "(loss_of(w, x, y), w - learning_rate * np.mean(2 * (w * x - y) ** 2 * x))": shared_hints.ERROR_SQUARED,
        "(loss_of(w, x, y), w - learning_rate * np.mean(2 * (w * x - y) * y))": _(
            "Your gradient ends with y. Its last factor is how much the prediction moves with w: for w·x that is x."
        ),
        "(loss_of(w, x, y), w - learning_rate * np.mean(2 * w * x - y * x))": _(
            "In your gradient only the prediction is multiplied by 2. Put prediction - y in brackets."
        ),
        "(loss_of(w, x, y), w - learning_rate * np.mean(2 * w * x - y) * x)": _(
            "In your gradient only the prediction is multiplied by 2, and x comes after the mean. Put prediction - y in brackets, and everything into those of the mean."
        ),
        "(np.mean(w * x - y**2), new_weight(...))": _(
            "In your loss only y is squared. Put the difference of prediction and y in brackets."
        ),
        "(np.mean((w * x - y) * 2), new_weight(...))": _(
            "Your loss is the mean of the errors times 2. Their squares are asked for: ** 2."
        ),
        "(np.sqrt(loss_of(w, x, y)), new_weight(...))": _(
            "Your loss is the root of the mean of the squares. Here the mean itself is asked for."
        ),
        "(np.mean(np.abs(w * x - y)), new_weight(...))": _(
            "Your loss is the mean of the sizes of the errors. Here their squares are asked for."
        ),
        "train_once(w, x[0], y[0], learning_rate)": _(
            "Only the first sample of the batch counts in your round. Take the mean over all of them."
        ),
        "step_by_sample(...)": _(
            "You made a step for each sample. One round makes one step, by the mean over the batch."
        ),
        "(np.sum((w * x - y) ** 2), new_weight(...))": _(
            "Your loss is a sum over the batch. Take the mean, so that a larger batch is not a larger loss."
        ),
        "(np.mean(w * x - y), new_weight(...))": _(
            "Your loss is not squared: errors upwards and downwards cancel each other."
        ),
        "(np.mean(y - w * x), new_weight(...))": _(
            "Your loss is the mean of y minus the predictions, so errors upwards and downwards cancel each other. Square them."
        ),
        "(np.mean(w * x - y) ** 2, new_weight(...))": _(
            "You squared the mean, after errors upwards and downwards had cancelled each other. Square each error first, inside the brackets of the mean."
        ),
        "(loss_of(w, x, y), w - learning_rate * 2 * (w * x - y) * x)": _(
            "Your new weight is an array, with an entry for each sample: the gradient lacks its mean over the batch."
        ),
        "(loss_of(w, x, y), w - learning_rate * np.mean(2 * (w * x - y)) * x)": _(
            "Your new weight is an array, with an entry for each sample: x comes after the mean. Put it inside the brackets of the mean."
        ),
        "((w * x - y) ** 2, w - learning_rate * 2 * (w * x - y) * x)": _(
            "Both of your results are arrays, with an entry for each sample. Take the mean over the batch, for the loss and for the gradient."
        ),
        "((w * x - y) ** 2, new_weight(...))": _(
            "Your loss is an array, with an entry for each sample. Take the mean, so that it is one number."
        ),
        "(loss_of(w, x, y), w - learning_rate * 2 * np.mean(w * x - y) * np.mean(x))": _(
            "You multiplied two means. Each error belongs to its own x: multiply sample by sample, then take the mean."
        ),
        "(loss_of(w, x, y), w - learning_rate * np.mean(2 * (w * x - y) * w))": _(
            "Your gradient ends with w. Its last factor is how much the prediction moves with w: for w·x that is x."
        ),
        "(loss_of(w, x, y), -learning_rate * slope_of(w, x, y))": _(
            "The second number is how far the weight moves. Where does it arrive?"
        ),
        "(loss_of(w, x, y), slope_of(w, x, y))": _(
            "The second number is the gradient. Return the weight that it leads to."
        ),
        "train_once(...)[::-1]": _(
            "Both numbers are right, in the other order: first the loss, then the new weight."
        ),
        "(loss_of(w, x, y), w)": _(
            "The weight comes back unchanged, so nothing was learned. Return the weight after the update."
        ),
        "new_weight(...)": _(
            "That is the new weight. Return the loss, too: first the loss, then the weight."
        ),
    },
    keeps_input=True,
)


# 7. The whole loop


def batches_on_a_line():
    x = np.array([1.0, 2.0, 3.0, -1.0, 0.5, 4.0])
    return {
        _("three batches of two"): case(
            0.0, x, 2 * x + np.array([0.5, 0, -0.5, 0, 1, 0]), [[0, 3], [5, 1], [2, 4]], 0.02
        ),
        _("two batches of three"): case(1.0, x, -x, [[0, 1, 2], [3, 4, 5]], 0.05),
    }


def run_loop(w, x, y, batches, learning_rate, slope=slope_of, loss=loss_of, after=False):
    """Run the training loop on a line, or one with something wrong in it."""
    losses = []
    for batch in batches:
        batch_x, batch_y = x[batch], y[batch]
        losses.append(loss(w, batch_x, batch_y))
        w = w - learning_rate * slope(w, batch_x, batch_y)
        if after:
            losses[-1] = loss(w, batch_x, batch_y)
    return losses


def run_and_lose_the_set(w, x, y, batches, learning_rate):
    losses = []
    for batch in batches:
        x, y = x[batch], y[batch]
        losses.append(loss_of(w, x, y))
        w = w - learning_rate * slope_of(w, x, y)
    return losses


def last_weight(w, x, y, batches, learning_rate):
    for batch in batches:
        w = new_weight(w, x[batch], y[batch], learning_rate)
    return w


check_train = Exercise(
    cases=batches_on_a_line,
    solution=run_loop,
    praise=_(
        "This is a training loop: everything that comes in this chapter makes one of its steps better or faster."
    ),
    mistakes={
        "[run_loop(w, x, y, [batch], learning_rate)[0] for batch in batches]": _(
            "All losses belong to the first weight: nothing is learned from round to round. Each round predicts anew, with the w that the round before has left."
        ),
        "run_loop(..., after=True)": _(
            "You measured each loss after the update. Keep the one that the forward pass gave, before the weight moved."
        ),
        "run_loop(w, x, y, batches, -learning_rate)": _(
            "Your weight moves up the slope. Against the gradient means minus; and in the gradient, y is subtracted from the prediction, not the prediction from y."
        ),
        "run_loop(w, x, y, batches, 1.0)": shared_hints.NO_RATE_IN_THE_UPDATE,
        "run_loop(w, x, y, [list(range(len(x)))] * len(batches), learning_rate)": _(
            "You used all samples in every round. Pick those of the batch first: x[batch] and y[batch]."
        ),
        "run_loop(..., loss=lambda w, *batch: loss_of(w, x, y))": _(
            "The weight follows the batches, but your losses are those of all samples. Keep the loss of the batch."
        ),
        "run_loop(..., slope=lambda w, *batch: slope_of(w, x, y))": _(
            "The losses are those of the batches, but the gradient is that of all samples. Compute it from the batch, too."
        ),
        "run_and_lose_the_set(...)": {
            r"^\(?x\b[^=]*=\s*\(?x\[": _(
                "The first batch takes the name x, so from then on the rest of the training set is lost, and the second batch asks for places that are no longer there. Give the batch names of its own."
            )
        },
        "run_loop(w, np.arange(len(x)), y, batches, learning_rate)": _(
            "You computed with the places themselves. `batch` says where the samples stand: the samples are x[batch]."
        ),
        "run_loop(..., slope=lambda w, x, y: np.sum(2 * (w * x - y) * x))": _(
            "Your first loss is right, but your steps are too long: the gradient is a sum over the batch. Take the mean."
        ),
        "run_loop(..., slope=lambda w, x, y: np.mean((w * x - y) * x))": _(
            "Your first loss is right, but your steps are half as long as they should be. The derivative of a square brings a factor of 2."
        ),
        "run_loop(..., slope=lambda w, x, y: np.mean(2 * (w * x - y)))": _(
            "Your first loss is right, but your gradient lacks its last factor, which is x."
        ),
        "run_loop(..., slope=lambda w, x, y: 2 * (w * x - y) * x)": _(
            "Your first loss is right; then the weight becomes an array, with an entry for each sample. The gradient lacks its mean over the batch."
        ),
        "run_loop(..., loss=lambda w, x, y: np.sum((w * x - y) ** 2))": _(
            "Your weights are right, but each loss is a sum over its batch. Take the mean."
        ),
        "run_loop(..., loss=lambda w, x, y: np.mean(w * x - y) ** 2)": _(
            "Your weights are right, but each loss is the square of a mean. Square each error first, then take the mean."
        ),
        "run_loop(w, x, y, np.reshape(batches, (-1, 1)), learning_rate)": _(
            "You have a loss and a step for each sample. A round takes a whole batch: its mean, then one step."
        ),
        "last_weight(...)": _(
            "You returned the last weight. The losses on the way are asked for, in a list."
        ),
        "(run_loop(...), last_weight(...))": _(
            "You returned the last weight as well. Only the list of losses is asked for."
        ),
        "run_loop(..., slope=lambda *batch: slope_of(w, x[batches[0]], y[batches[0]]))": _(
            "You computed the gradient once, before the loop. After each update it is another one: compute it in each round."
        ),
        "run_loop(...)[-1]": _("You returned the last loss only. Collect them all in a list."),
        "run_loop(...)[:1]": _(
            "Only the first round is there. The return comes after the last one, outside of the loop."
        ),
        "run_loop(...)[:-1]": _("The last round is missing: range(n) counts n rounds, from 0 to n - 1."),
        "run_loop(...)[-1:]": _(
            "Only the last loss is in your list. The empty list is made once, before the loop, and each round adds its loss to it."
        ),
    },
    keeps_input=True,
)
