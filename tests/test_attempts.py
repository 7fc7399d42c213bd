"""What learners write for the exercises of 2.4 to 2.4.3a, and which answer it gets: half-right rules, and errors with one name."""

import pytest
from test_feedback import cell

from helpers.exercises import derivatives, gradients, stochastic_descent, training_loop

TRY_WEIGHT = """def try_weight(loss, weights, index, size):
    up, down = weights.copy(), weights.copy()
    up[index] += size
    down[index] -= size
"""
TRAIN = """def train(w, x, y, batches, learning_rate):
    losses = []
    for {loop}:
        {pick}
        error = w * batch_x - batch_y
        {keep}
        w = w - learning_rate * np.mean(2 * error * batch_x)
    return losses
"""
MEASURE = """def measure_gradient(loss, W, h):
    slopes = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        above, below = W.copy(), W.copy()
        above[index] += h
        below[index] -= h
        {keep} (loss(above) - loss(below)) / (2 * h)
    return slopes
"""
PICK = "batch_x, batch_y = x[batch], y[batch]"
KEEP = "losses.append(np.mean(error**2))"
# For each exercise, the learner's code and words of the answer.
NOT_YET = (
    # Errors of one kind are told apart by their message and the learner's line.
    (
        training_loop.check_pick_batch,
        "def pick_batch(inputs, labels, places):\n    return inputs[:, places], labels[places]\n",
        "asks for columns",
    ),
    (
        training_loop.check_pick_batch,
        "def pick_batch(inputs, labels, places):\n    return inputs[places], labels[:, places]\n",
        "`labels` has a single axis",
    ),
    (
        training_loop.check_pick_batch,
        "def pick_batch(inputs, labels, places):\n    samples = []\n    for i in range(len(places)):\n"
        "        samples[i] = inputs[places[i]]\n    return samples, labels[places]\n",
        "an empty list has none",
    ),
    (
        training_loop.check_train,
        TRAIN.format(loop="batch in batches", pick="x, y = x[batch], y[batch]", keep=KEEP)
        .replace("batch_x", "x")
        .replace("batch_y", "y"),
        "takes the name x",
    ),
    (
        training_loop.check_train,
        TRAIN.format(loop="i, batch in enumerate(batches)", pick=PICK, keep="losses[i] = np.mean(error**2)"),
        "an empty list has none",
    ),
    (
        training_loop.check_train,
        TRAIN.format(
            loop="i in range(len(x))", pick="batch_x, batch_y = x[batches[i]], y[batches[i]]", keep=KEEP
        ),
        "there is no 3",
    ),
    # Rules that are right for some weights only.
    (
        training_loop.check_try_weight,
        TRY_WEIGHT + "    return up if loss(up) < loss(down) else down\n",
        "You always move",
    ),
    (
        training_loop.check_try_weight,
        TRY_WEIGHT
        + "    if loss(up) < loss(weights):\n        return up\n    if loss(down) < loss(weights):\n"
        "        return down\n    return weights\n",
        "your weight goes up, even if the loss is lower still on the other side",
    ),
    (
        training_loop.check_try_weight,
        TRY_WEIGHT + "    return min([down, weights, up], key=loss)\n",
        "Where no move changes the loss",
    ),
    (
        derivatives.check_one_sided,
        "def one_sided(f, x, h):\n    return (x - f(x - h)) / h, (f(x + h) - x) / h\n",
        "but (11.41, 12.61) is expected",
    ),
    (
        gradients.check_step,
        "def take_step(gradient, W0, step):\n    return [w - step * gradient(w) for w in W0]\n",
        "one weight at a time",
    ),
    (
        stochastic_descent.check_needed_batch,
        "def needed_batch(spread, batch_size, wanted):\n    return np.ceil(batch_size * (spread / wanted) ** 2)\n",
        "You rounded up",
    ),
    (
        stochastic_descent.check_count_steps,
        "def count_steps(samples, batch_size, epochs):\n"
        "    return samples // batch_size * epochs + (samples % batch_size > 0)\n",
        "You counted one short batch in all",
    ),
    # The same numbers by several ways: the symptom is named, and no way is blamed that was not gone.
    (gradients.check_gradient, MEASURE.format(keep="slopes +="), "only the entry at `index` is written"),
    (gradients.check_gradient, MEASURE.format(keep="slope ="), "Either none is written into the result, or"),
    # Rules of the text.
    (
        derivatives.check_central,
        "from helpers.gradients import central_difference\n\n"
        "def central(f, x, h):\n    return central_difference(f, x, h)\n",
        "Write it yourself",
    ),
    (
        gradients.check_product,
        "from helpers.gradients import numerical_gradient\n\ndef product_gradient(X, W, Y):\n"
        "    return numerical_gradient(lambda W: np.sum((X @ W - Y) ** 2) / len(X), W)\n",
        "but you measured them",
    ),
    (
        gradients.check_product,
        "def product_gradient(X, W, Y):\n    slopes, h = np.zeros(W.shape), 0.001\n    for index in np.ndindex(W.shape):\n"
        "        move = np.zeros(W.shape)\n        move[index] = h\n"
        "        above, below = (np.sum((X @ at - Y) ** 2) for at in (W + move, W - move))\n"
        "        slopes[index] = (above - below) / (2 * h * len(X))\n    return slopes\n",
        "but you measured them",
    ),
    (
        gradients.check_product,
        "from helpers import operations\n\ndef product_gradient(X, W, Y):\n    W = Tensor(W)\n"
        "    loss = operations.sum((X @ W - Y) ** 2) / len(X)\n    loss.backward()\n    return W.gradient\n",
        "backward() found them for you",
    ),
    (
        gradients.check_best_step,
        "def best_step(loss, gradient, w, h):\n    slopes = gradient(w)\n    unit = slopes / np.sqrt(slopes @ slopes)\n"
        "    return 2 * h / (unit @ (gradient(w + h * unit) - gradient(w - h * unit)))\n",
        "from other gradients",
    ),
)
SOLVED = (
    (
        training_loop.check_training_step,
        "from helpers import operations\n\ndef training_step(w, x, y, learning_rate):\n    w = Tensor(w)\n"
        "    loss = operations.sum((w * x - y) ** 2) / len(x)\n    loss.backward()\n"
        "    return loss, w.value - learning_rate * w.gradient\n",
    ),
    (
        gradients.check_product,
        "def product_gradient(X, W, Y):\n    errors, slopes = X @ W - Y, np.zeros(W.shape)\n"
        "    for i, j in np.ndindex(W.shape):\n        slopes[i, j] = np.mean(2 * X[:, i] * errors[:, j])\n    return slopes\n",
    ),
    (
        gradients.check_best_step,
        "def best_step(loss, gradient, w, h):\n    unit = gradient(w) / np.linalg.norm(gradient(w))\n"
        "    before, here, after = [loss(w + way * h * unit) for way in (-1, 0, 1)]\n"
        "    return h**2 / (before - 2 * here + after)\n",
    ),
)


@pytest.mark.parametrize(("exercise", "source", "words"), NOT_YET)
def test_a_usual_attempt_is_told_what_it_did(exercise, source, words):
    """Else a half-right rule passes for the whole one, or a learner is accused of what was not done."""
    feedback = exercise(cell(source))
    assert feedback.state == "not yet" and words in feedback.text, feedback.text


@pytest.mark.parametrize(("exercise", "source"), SOLVED)
def test_a_right_answer_of_another_form_is_right(exercise, source):
    """Else who uses the course's Tensor, a loop or a list is refused for the form of a right answer."""
    assert exercise(cell(source)).state == "solved"
