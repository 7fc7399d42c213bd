"""The three ways to better weights, the loss landscape, and what the exercise on the loop's order claims."""

import itertools
import pathlib

import nbformat
import numpy as np
import pytest

from helpers import operations
from helpers.datasets import shrink
from helpers.exercises import training_loop
from helpers.losses import sparse_categorical_crossentropy
from helpers.operations import softmax
from helpers.studies.landscape.compute import COORDINATES, digit_landscape, heights, visit
from helpers.studies.search.compute import PASSES_A_STEP, follow_gradient, one_at_a_time, random_search
from helpers.tensor import Tensor

TARGET = np.array([[1.0, -2.0], [0.5, 3.0]])


class Counted:
    """A bowl of four weights that counts how often it is asked."""

    def __init__(self):
        self.passes = 0

    def __call__(self, weights):
        self.passes += 1
        return operations.sum((weights - TARGET) ** 2)


SEARCHES = {
    "random": lambda loss, start, passes: random_search(loss, start, passes, 0.3, np.random.default_rng(0)),
    "one at a time": lambda loss, start, passes: one_at_a_time(loss, start, passes, 0.5),
    "gradient": lambda loss, start, passes: follow_gradient(loss, start, passes, 0.1),
}


@pytest.mark.parametrize("name", SEARCHES)
def test_search_pays_what_it_says(name):
    """Else the picture of the three ways compares bills that are wrong, or a search that goes uphill or spoils its start."""
    loss, start = Counted(), np.zeros((2, 2))
    found, losses = SEARCHES[name](loss, start, 301)
    price = PASSES_A_STEP if name == "gradient" else 1
    assert loss.passes * price == len(losses) <= 301 < len(losses) + 3
    assert losses[0] == Counted()(start) and np.all(np.diff(losses) <= 0)
    assert Counted()(found) <= losses[-1] < 0.5
    np.testing.assert_array_equal(start, 0)
    _, shorter = SEARCHES[name](loss, start, 31)
    np.testing.assert_array_equal(shorter, losses[: len(shorter)])


def test_one_at_a_time_goes_through_all_weights():
    """Else it forgets a weight, moves two at once, or keeps the worse of two values."""
    weights, losses = one_at_a_time(Counted(), np.zeros((2, 2)), 9, 0.5)
    np.testing.assert_array_equal(weights, [[0.5, -0.5], [0.5, 0.5]])
    assert len(losses) == 9 and len(np.unique(losses)) == 5
    # On top of a hill both sides are lower, and the second one that is tried is the lowest.
    weights, _ = one_at_a_time(lambda weights: -np.sum((weights - 0.1) ** 2), np.zeros((1,)), 3, 1.0)
    assert weights == [-1]


def test_random_search_stays_on_flat_ground():
    """Else a change that bettered nothing is kept, and the weights wander off."""
    weights, losses = random_search(lambda weights: 1.0, np.zeros(3), 9, 0.3, np.random.default_rng(0))
    np.testing.assert_array_equal(weights, 0)
    np.testing.assert_array_equal(losses, 1)


def test_gradient_steps_are_gradient_descent():
    """Else the third way is something other than the loop of the notebook."""
    weights, losses = follow_gradient(Counted(), np.zeros((2, 2)), 8, 0.1)
    by_hand = np.zeros((2, 2))
    for step in range(2):
        assert losses[3 * step] == losses[3 * step + 2] == Counted()(by_hand)
        by_hand = by_hand - 0.1 * 2 * (by_hand - TARGET)
    np.testing.assert_allclose(weights, by_hand, rtol=1e-12)
    assert len(losses) == 6


def test_shrink_averages_squares():
    """Else pixels of different places are mixed, or the ink is not between 0 and 1."""
    images = np.random.default_rng(0).integers(0, 256, (3, 28, 28), np.uint8)
    small = shrink(images).reshape(3, 14, 14)
    for row, column in ((0, 0), (5, 9), (13, 13)):
        square = images[:, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        np.testing.assert_allclose(small[:, row, column], square.mean(axis=(1, 2)) / 255)


def test_landscape_is_that_of_the_network():
    """Else the map shows other heights than the places on it have, or its corners are no trained networks."""
    landscape = digit_landscape()
    assert landscape.start.size == 196 * 16 + 16 + 16 * 10 + 10
    for row, column in ((0, 0), (8, 24), (24, 8), (16, 16), (31, 3)):
        weights = landscape.weights_at(COORDINATES[column], COORDINATES[row])
        np.testing.assert_allclose(heights()[row, column], landscape.loss(weights), rtol=1e-9)
    start, a, b, between = (visit(*corner, 3) for corner in ((0, 0), (1, 0), (0, 1), (0.5, 0.5)))
    assert start.accuracy < 0.3 and min(a.accuracy, b.accuracy) > 0.9
    assert between.loss > 3 * max(a.loss, b.loss)
    np.testing.assert_allclose(visit(1, 0, 3).probabilities.sum(), 1)


def test_experiments_of_the_notebook_come_out_as_it_says():
    """Else a learner sees something else than the fold under the explorer explains."""
    way = [visit(to_a / 20, 0, 3) for to_a in range(21)]
    answers = [int(place.probabilities.argmax()) for place in way]
    assert answers == [5, 5, 1] + 18 * [3]
    assert [place.probabilities[3] > 0.9 for place in way] == 15 * [False] + 6 * [True]
    assert np.all(np.diff([place.loss for place in way]) < 0)
    backwards = [visit(-0.5, -0.5, digit) for digit in range(10)]
    assert sum(place.probabilities.argmax() != place.label for place in backwards) == 8
    assert backwards[7].probabilities[8] > 0.995
    # No way over points of the grid leads from A to B below this loss: what is lower falls apart.
    low = heights() < 0.95
    reached = np.zeros_like(low)
    reached[8, 24] = True
    for _ in range(low.size):
        spread = np.pad(reached, 1)
        reached = low & np.logical_or.reduce(
            [spread[i : i + 33, j : j + 33] for i in range(3) for j in range(3)]
        )
    assert reached[8, 24] and not reached[24, 8]


def test_lines_of_the_exercise_are_those_of_the_notebook():
    """Else a learner puts other lines in order than the check knows."""
    path = pathlib.Path(__file__).parents[2] / "notebooks" / "2.4-the-training-loop.ipynb"
    text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    for letter, line in training_loop.STEPS.items():
        assert f"| {letter} | `{line}` |" in text


@pytest.mark.parametrize("digit", range(10))
def test_digit_of_the_landscape_is_the_one_asked_for(digit):
    """Else the picture beside the map is of another digit than its sentence says."""
    landscape = digit_landscape()
    shown = visit(1, 0, digit)
    places = np.flatnonzero(np.all(landscape.inputs == shown.image.ravel(), axis=1))
    assert landscape.labels[places].tolist() == [digit] == [shown.label]


def loop_names(random):
    """Return what the shuffled lines of the exercise find before the loop."""
    images, labels = random.normal(size=(40, 3)), random.integers(0, 4, 40)

    def draw_batch():
        batch = random.integers(0, 40, 8)
        return images[batch], labels[batch]

    return {
        "W": Tensor(random.normal(size=(3, 4))),
        "learning_rate": 0.1,
        "draw_batch": draw_batch,
        "softmax": softmax,
        "sparse_categorical_crossentropy": sparse_categorical_crossentropy,
    }


def run_lines(order, names):
    """Run the lines in an order; return the first that fails with its error, or None."""
    for step in order:
        try:
            exec(training_loop.STEPS[step], names)
        except (NameError, TypeError) as error:
            return step, f"{type(error).__name__}: {error}"
    return None


def gradient_at(W, x, y):
    W = Tensor(W)
    sparse_categorical_crossentropy(y, softmax(x @ W)).backward()
    return W.gradient


def later_rounds(order, names):
    """Run rounds with names left over; say whether the predictions met their labels, and the gradient its weights."""
    run_lines(training_loop.ORDER, names)
    read, kinds = names["y"], []
    for round_ in range(5):
        for step in order:
            if step == "B":
                read = names["y"]
            if step == "E":
                predicted_labels = read
            if round_ > 1 and step == "E" and names["y"] is not predicted_labels:
                return "mixed"
            if step == "C":
                previous = names.get("x"), names["y"]
            if round_ > 1 and step == "A":
                batches = [(names["x"], names["y"]), previous]
                right = [
                    np.allclose(names["W"].gradient, gradient_at(names["W"].value, *batch))
                    for batch in batches
                ]
                kinds.append(any(right))
            exec(training_loop.STEPS[step], names)
    return "fits" if all(kinds) else "stale"


def test_wrong_orders_happen_as_the_hints_say():
    """Else the exercise tells a learner of an error that never comes, or of another one than comes."""
    random = np.random.default_rng(0)
    assert run_lines(training_loop.ORDER, loop_names(random)) is None
    for order in itertools.permutations(training_loop.STEPS):
        if order != training_loop.ORDER:
            step, error = run_lines(order, loop_names(random))
            hint = training_loop.check_order(list(order)).text
            assert f"stops at {step} with {error}" in hint, hint
        assert later_rounds(order, loop_names(random)) == training_loop.rehearse(order), order


def test_an_order_may_be_written_in_several_ways():
    """Else a learner with the right order is sent away for its form, or one with a slip is not told which."""
    for right in (
        ["C", "B", "E", "D", "A"],
        ("c", "b", "e", "d", "a"),
        np.array(list("CBEDA")),
        ["CBEDA"],
        "CBEDA",
        "C, B, E, D, A",
        "C -> B → E - D, A.",
    ):
        assert training_loop.check_order(right).state == "solved"
    for wrong, words in {
        ("C", "B", "E", "D"): "Still missing: A.",
        ("C", "B"): "Still missing: A, D, E.",
        ("C", "B", "E", "D", "D"): "D stands there twice.",
        ("C", "B", "E", "D", "F"): "There is no step F",
        ("x, y = draw_batch()", "y_pred = softmax(x @ W)"): "Their letters are enough",
        (1, 2, 3, 4, 5): "Write the five letters",
        "": "Still missing: A, B, C, D, E.",
    }.items():
        feedback = training_loop.check_order(wrong)
        assert feedback.state == "not yet" and words in feedback.text
