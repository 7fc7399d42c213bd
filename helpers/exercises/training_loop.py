"""The exercises of 2.4: the steps of the training loop in order, a batch, an update, and what searching costs."""

import dataclasses
import itertools

import numpy as np

from helpers.exercises.feedback import Exercise, Feedback, Mistake

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

FIRST_ROUND = "In the order {order}, the first round stops at {step} with {error}. {why} "
NAME_ERROR = "NameError: name '{name}' is not defined"
NO_GRADIENT = (
    "TypeError: unsupported operand type(s) for *: 'float' and 'NoneType', because W.gradient is still None"
)
WHY = {
    "x": "The network is to read a batch that nobody has drawn.",
    "y": "The loss is to compare labels that nobody has drawn.",
    "y_pred": "The loss is to judge a prediction before there is one.",
    "loss": "The gradient says how the loss changes with the weights, so it cannot come before the loss.",
    "gradient": "The weights are to move before anything says in which direction.",
}
MIXED = (
    "And with names left over from an earlier round it would be worse, for there would be no error: the predictions for "
    "one batch would be compared with the labels of another."
)
STALE = (
    "And with names left over from an earlier round it would be worse, for there would be no error: the weights would be "
    "moved by a gradient that was measured before their last change, on the batch before."
)
ONLY_LATE = (
    "Only names left over from an earlier round would hide that; then each round would finish what the one before began. "
    "A loop must also work the first time."
)
NOT_AN_ORDER = (
    "Write the five letters in a list, like this: order = ['A', 'B', 'C', 'D', 'E'], in an order that works."
)
UNKNOWN_STEP = "There is no step {letter}: the steps are A, B, C, D and E."
TWICE = "{letter} stands there twice. Each step happens once in a round."
MISSING = "Still missing: {letters}. All five steps happen in each round."


@dataclasses.dataclass(frozen=True)
class Ordering(Exercise):
    """An exercise whose answer is an order of letters: a list, a tuple or one word, in capitals or not."""

    def check_value(self, attempt):
        if isinstance(attempt, str):
            attempt = list(attempt.replace(",", "").replace(" ", ""))
        if not isinstance(attempt, (list, tuple)) or not all(isinstance(letter, str) for letter in attempt):
            return Feedback("not yet", NOT_AN_ORDER)
        letters = [letter.strip().upper() for letter in attempt]
        for letter in letters:
            if letter not in self.solution:
                return Feedback("not yet", UNKNOWN_STEP.format(letter=letter or "without a name"))
            if letters.count(letter) > 1:
                return Feedback("not yet", TWICE.format(letter=letter))
        missing = sorted({*self.solution} - {*letters})
        if missing:
            return Feedback("not yet", MISSING.format(letters=", ".join(missing)))
        return super().check_value(tuple(letters))


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
    return FIRST_ROUND.format(order=" ".join(order), step=step, error=error, why=WHY[name]) + later


check_order = Ordering(
    solution=ORDER,
    praise="Each step uses what the one before it made. Batch, forward pass, loss, gradient, update, and over again.",
    mistakes=tuple(
        Mistake(order, what_happens(order)) for order in itertools.permutations(STEPS) if order != ORDER
    ),
)


# 2. A batch


def small_sets():
    x = np.array([[0.0, 0.5], [1.0, 1.5], [2.0, 2.5], [3.0, 3.5], [4.0, 4.5]])
    y = np.array([7, 1, 4, 9, 3])
    return {
        "the places 3, 0, 3": (x, y, np.array([3, 0, 3])),
        "the places 4, 2": (x, y, np.array([4, 2])),
    }


check_pick_batch = Exercise(
    solution=lambda inputs, labels, places: (inputs[places], labels[places]),
    praise="The same places in both arrays: so each sample keeps its own label.",
    mistakes=(
        Mistake(
            lambda inputs, labels, places: (inputs[places], labels[: len(places)]),
            "The samples are the drawn ones, but the labels are the first of the set. Then the network learns other "
            "samples' labels: pick both from the same places.",
        ),
        Mistake(
            lambda inputs, labels, places: (inputs[: len(places)], labels[: len(places)]),
            "You took the first samples of the set, whatever was drawn. Each batch would be the same.",
        ),
        Mistake(
            lambda inputs, labels, places: (inputs[places], labels),
            "You returned all labels. A batch has as many labels as samples.",
        ),
        Mistake(
            lambda inputs, labels, places: inputs[places],
            "These are the samples. Without their labels there is nothing to compare a prediction with: return both.",
        ),
        Mistake(
            lambda inputs, labels, places: (labels[places], inputs[places]),
            "Both are right, in the other order: first the samples, then the labels.",
        ),
        Mistake(
            lambda inputs, labels, places: (inputs[np.unique(places)], labels[np.unique(places)]),
            "You sorted the places, or left out one that was drawn twice. A sample that is drawn twice counts twice.",
        ),
        Mistake(
            lambda inputs, labels, places: (inputs[:, places], labels[places]),
            "inputs[:, places] picks columns, which are pixels. Samples are rows: the first axis.",
        ),
        Mistake(
            lambda inputs, labels, places: (inputs[places[0]], labels[places[0]]),
            "That is the first drawn sample only. An array of places picks all of them at once.",
        ),
    ),
    cases=small_sets,
)


# 3. The update


def weights_and_gradients():
    return {
        "two weights": (np.array([1.0, -2.0]), np.array([0.5, 4.0]), 0.1),
        "four weights": (np.array([[0.0, 3.0], [1.0, 2.0]]), np.array([[1.0, -1.0], [0.0, 2.0]]), 0.25),
    }


check_update = Exercise(
    solution=lambda weights, gradient, learning_rate: weights - learning_rate * gradient,
    praise="Against the gradient, since it points to where the loss grows; and not far, since it holds only nearby.",
    mistakes=(
        Mistake(
            lambda weights, gradient, learning_rate: weights + learning_rate * gradient,
            "You went with the gradient. It points to where the loss grows: this climbs the landscape.",
        ),
        Mistake(
            lambda weights, gradient, learning_rate: weights - gradient,
            "You moved by the whole gradient. The learning rate says which share of it to go; without it the step is "
            "usually too long.",
        ),
        Mistake(
            lambda weights, gradient, learning_rate: -learning_rate * gradient,
            "That is how far the weights move. Where do they arrive?",
        ),
        Mistake(
            lambda weights, gradient, learning_rate: learning_rate * (weights - gradient),
            "The brackets are in the wrong place: your weights shrink as well. Multiply the gradient alone.",
        ),
        Mistake(
            lambda weights, gradient, learning_rate: weights - learning_rate * np.sign(gradient),
            "You used the sign of the gradient only, so each weight moves equally far. A steep one should move further.",
        ),
        Mistake(
            lambda weights, gradient, learning_rate: weights - learning_rate * weights * gradient,
            "You also multiplied by the weights. Then a weight of 0 could never move.",
        ),
        Mistake(
            lambda weights, gradient, learning_rate: weights - gradient / learning_rate,
            "You divided by the learning rate: the smaller it is, the further you would go.",
        ),
        Mistake(
            lambda weights, gradient, learning_rate: weights - learning_rate,
            "All weights moved equally far down, and the gradient was not asked.",
        ),
    ),
    cases=weights_and_gradients,
)


# 4. The bill of one sweep


def parameters(sizes, biases=True):
    return sum((before + biases) * after for before, after in zip(sizes, sizes[1:], strict=False))


check_sweep_passes = Exercise(
    solution=lambda sizes: 2 * parameters(sizes),
    praise="Two forward passes for each number of the network: 814,100 for 784-512-10, to move each weight once.",
    mistakes=(
        Mistake(
            parameters,
            "You counted the parameters, one pass each. Each is tried twice: a little higher and a little lower.",
        ),
        Mistake(
            lambda sizes: 2 * parameters(sizes, biases=False),
            "The biases are missing. They are numbers to improve like all others: one for each unit.",
        ),
        Mistake(
            lambda sizes: parameters(sizes, biases=False),
            "Two things are missing: the biases, and that each number is tried in two directions.",
        ),
        Mistake(
            lambda sizes: 2 * parameters(sizes, biases=False) + sum(sizes[1:]),
            "You counted the biases once. They are tried a little higher and a little lower, too. Does your 2 multiply the "
            "biases as well?",
        ),
        Mistake(
            lambda sizes: 2 * (parameters(sizes, biases=False) + len(sizes) - 1),
            "You counted one bias a layer. Each unit has its own.",
        ),
        Mistake(
            lambda sizes: 3 * parameters(sizes),
            "You measured the loss three times for each weight. Its present value needs no new forward pass: the loss "
            "there is known.",
        ),
        Mistake(
            lambda sizes: parameters(sizes) ** 2,
            "You tried each weight together with each other one. One weight at a time means that the others stay.",
        ),
        Mistake(
            lambda sizes: 2 * int(np.prod(sizes)),
            "You multiplied all sizes together. Only neighbouring layers are connected.",
        ),
        Mistake(
            lambda sizes: 2 * sum(sizes[1:]),
            "You counted the units, which are the biases. The matrix between two layers has a weight for each pair.",
        ),
        Mistake(
            lambda sizes: 2 * parameters(sizes) + 1,
            "One too many: the loss of the start is known already, so its forward pass is not on this bill.",
        ),
        Mistake(
            lambda sizes: 2 * parameters(sizes[:2]),
            "You counted the first layer only. Is there a return inside the loop?",
        ),
        Mistake(
            lambda sizes: 2 * parameters(sizes[-2:]),
            "You counted the last layer only. Does each round of your loop add to the count, or begin a new one?",
        ),
    ),
    cases=lambda: {
        "the network 784-512-10": ([784, 512, 10],),
        "the network 196-10": ([196, 10],),
        "the network 3-4-4-2": ([3, 4, 4, 2],),
    },
)


# 5. One weight at a time


def bowl(weights):
    return float(np.sum((weights - np.array([1.0, -1.0, 0.0])) ** 2))


def tilted(weights):
    return float(weights[0] ** 2 + 3 * weights[0] * weights[1] + 5 * weights[1] ** 2 + 0.1 * weights[2] ** 2)


def one_weight_cases():
    return {
        "a weight that is too low": (bowl, np.array([0.0, 0.0, 0.0]), 0, 0.5),
        "a weight that is too high": (bowl, np.array([0.0, 0.0, 0.0]), 1, 0.5),
        "a weight that is right already": (bowl, np.array([0.0, 2.0, 0.0]), 2, 0.5),
        "weights that depend on each other": (tilted, np.array([2.0, 1.0, 4.0]), 1, 0.25),
    }


def moved(weights, index, change):
    candidate = np.array(weights)
    candidate[index] += change
    return candidate


def candidates(weights, index, size):
    """Return what may become of the weights: as they are, one of them higher, one of them lower."""
    return [moved(weights, index, change) for change in (0, size, -size)]


check_try_weight = Exercise(
    solution=lambda loss, weights, index, size: min(candidates(weights, index, size), key=loss),
    praise="Three values, two new forward passes, one weight better at most. A network has 407,049 more of them.",
    mistakes=(
        Mistake(
            lambda loss, weights, index, size: min(candidates(weights, index, size)[:2], key=loss),
            "You only tried the higher value, or your lower value started from the higher one, and came back to the old weight. "
            "If the loss falls the other way, you never learn it.",
        ),
        Mistake(
            lambda loss, weights, index, size: min(candidates(weights, index, size)[::2], key=loss),
            "You only tried the lower value, or your higher value started from the lower one, and came back to the old weight. "
            "If the loss falls the other way, you never learn it.",
        ),
        Mistake(
            lambda loss, weights, index, size: min(candidates(weights, index, size)[1:], key=loss),
            "You always move. Where the weight is at its best already, both new values are worse: then keep the old one.",
        ),
        Mistake(
            lambda loss, weights, index, size: max(candidates(weights, index, size), key=loss),
            "You kept the value with the highest loss. The loss says how wrong the network is: keep the lowest.",
        ),
        Mistake(
            lambda loss, weights, index, size: moved(weights, index, size),
            "The weight always goes up, whatever the loss says. Compare the losses before you keep a value.",
        ),
        Mistake(
            lambda loss, weights, index, size: weights.copy(),
            "The weights come back as they were. `up = weights` makes no copy: both names mean the same array, and a move down "
            "undoes the move up. Or did you change a copy, made with .copy(), and return the original?",
        ),
        Mistake(
            lambda loss, weights, index, size: min([weights, weights + size, weights - size], key=loss),
            "You moved all weights at once. Only the one at the given index may change.",
        ),
        Mistake(
            lambda loss, weights, index, size: min(map(loss, candidates(weights, index, size))),
            "You returned the lowest loss. Return the weights that have it.",
        ),
        Mistake(
            lambda loss, weights, index, size: min(candidates(weights, index, size), key=loss)[index],
            "You returned the one weight. Return all of them, with this one in its place.",
        ),
    ),
    cases=one_weight_cases,
)


# 6. One round of the loop, on a line


def lines():
    return {
        "three points on y = 2x": (0.5, np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]), 0.05),
        "two points": (-1.0, np.array([0.5, -2.0]), np.array([1.0, 3.0]), 0.1),
    }


def slope_of(w, x, y):
    return np.mean(2 * (w * x - y) * x)


def loss_of(w, x, y):
    return np.mean((w * x - y) ** 2)


def round_with(slope, loss=loss_of, sign=-1.0):
    """Return a round of the loop that has its own idea of the slope, of the loss, or of the direction."""
    return lambda w, x, y, learning_rate: (
        loss(w, x, y),
        w + sign * learning_rate * slope(w, x, y),
    )


def with_new_loss(w, x, y, learning_rate):
    new = w - learning_rate * slope_of(w, x, y)
    return loss_of(new, x, y), new


check_training_step = Exercise(
    solution=round_with(slope_of),
    praise="Forward pass, loss, gradient, update: these four lines are what all training does, with more weights.",
    mistakes=(
        Mistake(
            round_with(slope_of, sign=1.0),
            "The weight moves the wrong way: the loss grows where the gradient points. Go against it. Or did you subtract the "
            "prediction from y? In the gradient it is the other way round.",
        ),
        Mistake(
            lambda w, x, y, learning_rate: (loss_of(w, x, y), w - slope_of(w, x, y)),
            "The learning rate is missing in your update.",
        ),
        Mistake(
            with_new_loss,
            "You measured the loss after the update, which takes a second forward pass. Here the loss of the forward pass "
            "that led to the update is asked for.",
        ),
        Mistake(
            round_with(lambda w, x, y: np.mean(2 * (w * x - y))),
            "Your gradient lacks its last factor: how much the prediction moves with w. For w·x that is x.",
        ),
        Mistake(
            round_with(lambda w, x, y: np.mean((w * x - y) * x)),
            "Your gradient is half of what it should be: the derivative of a square brings a factor of 2.",
        ),
        Mistake(
            round_with(lambda w, x, y: np.sum(2 * (w * x - y) * x)),
            "Your gradient is a sum over the batch. The loss is a mean, so its gradient is one, too.",
        ),
        Mistake(
            round_with(slope_of, loss=lambda w, x, y: np.sum((w * x - y) ** 2)),
            "Your loss is a sum over the batch. Take the mean, so that a larger batch is not a larger loss.",
        ),
        Mistake(
            round_with(slope_of, loss=lambda w, x, y: np.mean(w * x - y)),
            "Your loss is not squared: errors upwards and downwards would cancel each other.",
        ),
        Mistake(
            round_with(slope_of, loss=lambda w, x, y: np.mean(w * x - y) ** 2),
            "You squared the mean, after errors upwards and downwards had cancelled each other. Square each error first, "
            "inside the brackets of the mean.",
        ),
        Mistake(
            round_with(lambda w, x, y: 2 * (w * x - y) * x),
            "Your new weight is an array, with an entry for each sample: the gradient lacks its mean over the batch.",
        ),
        Mistake(
            round_with(slope_of, loss=lambda w, x, y: (w * x - y) ** 2),
            "Your loss is an array, with an entry for each sample. Take the mean, so that it is one number.",
        ),
        Mistake(
            round_with(lambda w, x, y: 2 * np.mean(w * x - y) * np.mean(x)),
            "You multiplied two means. Each error belongs to its own x: multiply sample by sample, then take the mean.",
        ),
        Mistake(
            round_with(lambda w, x, y: np.mean(2 * (w * x - y) * w)),
            "Your gradient ends with w. Its last factor is how much the prediction moves with w: for w·x that is x.",
        ),
        Mistake(
            lambda w, x, y, learning_rate: (loss_of(w, x, y), -learning_rate * slope_of(w, x, y)),
            "The second number is how far the weight moves. Where does it arrive?",
        ),
        Mistake(
            lambda w, x, y, learning_rate: round_with(slope_of)(w, x, y, learning_rate)[::-1],
            "Both numbers are right, in the other order: first the loss, then the new weight.",
        ),
        Mistake(
            lambda w, x, y, learning_rate: (loss_of(w, x, y), w),
            "The weight comes back unchanged: the update is missing.",
        ),
        Mistake(
            lambda w, x, y, learning_rate: w - learning_rate * slope_of(w, x, y),
            "That is the new weight. Return the loss, too: first the loss, then the weight.",
        ),
    ),
    cases=lines,
)


# 7. The whole loop


def batches_on_a_line():
    x = np.array([1.0, 2.0, 3.0, -1.0, 0.5, 4.0])
    return {
        "three batches of two": (
            0.0,
            x,
            2 * x + np.array([0.5, 0, -0.5, 0, 1, 0]),
            np.array([[0, 3], [5, 1], [2, 4]]),
            0.02,
        ),
        "two batches of three": (1.0, x, -x, np.array([[0, 1, 2], [3, 4, 5]]), 0.05),
    }


def run_loop(w, x, y, batches, learning_rate, slope=None, after=False):
    """Run the training loop on a line, or one with something wrong in it."""
    losses = []
    for batch in batches:
        batch_x, batch_y = x[batch], y[batch]
        losses.append(loss_of(w, batch_x, batch_y))
        w = w - learning_rate * (slope or slope_of(w, batch_x, batch_y))
        if after:
            losses[-1] = loss_of(w, batch_x, batch_y)
    return losses


def run_on_everything(w, x, y, batches, learning_rate):
    return run_loop(w, x, y, [list(range(len(x)))] * len(batches), learning_rate)


def run_from_one_start(w, x, y, batches, learning_rate):
    return [run_loop(w, x, y, [batch], learning_rate)[0] for batch in batches]


def run_with_first_gradient(w, x, y, batches, learning_rate):
    return run_loop(w, x, y, batches, learning_rate, slope=slope_of(w, x[batches[0]], y[batches[0]]))


def run_on_all_gradients(w, x, y, batches, learning_rate):
    losses = []
    for batch in batches:
        losses.append(loss_of(w, x[batch], y[batch]))
        w = w - learning_rate * slope_of(w, x, y)
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
        w = w - learning_rate * slope_of(w, x[batch], y[batch])
    return w


def run_on_all_losses(w, x, y, batches, learning_rate):
    losses = []
    for batch in batches:
        losses.append(loss_of(w, x, y))
        w = w - learning_rate * slope_of(w, x[batch], y[batch])
    return losses


check_train = Exercise(
    solution=run_loop,
    praise="This is a training loop: everything that comes in this chapter makes one of its steps better or faster.",
    mistakes=(
        Mistake(
            run_from_one_start,
            "All losses belong to the first weight: nothing is learned from round to round. Does the new weight get back "
            "into w?",
        ),
        Mistake(
            lambda *arguments: run_loop(*arguments, after=True),
            "You measured each loss after the update. Keep the one that the forward pass gave, before the weight moved.",
        ),
        Mistake(
            lambda w, x, y, batches, learning_rate: run_loop(w, x, y, batches, -learning_rate),
            "The weight moves with the gradient, up the slope. Go against it. Or did you subtract the prediction from y? In the "
            "gradient it is the other way round.",
        ),
        Mistake(
            lambda w, x, y, batches, learning_rate: run_loop(w, x, y, batches, 1.0),
            "The learning rate is missing in your update.",
        ),
        Mistake(
            run_on_everything,
            "You used all samples in every round. Pick those of the batch first: x[batch] and y[batch].",
        ),
        Mistake(
            run_on_all_losses,
            "The weight follows the batches, but your losses are those of all samples. Keep the loss of the batch.",
        ),
        Mistake(
            run_on_all_gradients,
            "The losses are those of the batches, but the gradient is that of all samples. Compute it from the batch, too.",
        ),
        Mistake(
            run_and_lose_the_set,
            "A place was asked for that is not there. Did the first batch take the names x and y? Then the rest of the "
            "training set is lost: give the batch names of its own.",
        ),
        Mistake(
            last_weight,
            "You returned the last weight. The losses on the way are asked for, in a list.",
        ),
        Mistake(
            lambda *arguments: (run_loop(*arguments), last_weight(*arguments)),
            "You returned the last weight as well. Only the list of losses is asked for.",
        ),
        Mistake(
            run_with_first_gradient,
            "You computed the gradient once, before the loop. After each update it is another one: compute it in each "
            "round.",
        ),
        Mistake(
            lambda *arguments: run_loop(*arguments)[-1],
            "You returned the last loss only. Collect them all in a list.",
        ),
        Mistake(
            lambda *arguments: run_loop(*arguments)[:1],
            "Only the first round is there. Is the return inside the loop?",
        ),
    ),
    cases=batches_on_a_line,
)
