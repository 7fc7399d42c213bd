"""The exercise on the loop's order, in 2.4: what happens in the orders that its hints explain."""

import itertools
import pathlib

import nbformat
import numpy as np

from helpers.exercises import training_loop
from helpers.losses import sparse_categorical_crossentropy
from helpers.operations import softmax
from helpers.tensor import Tensor


def test_lines_of_the_exercise_are_those_of_the_notebook():
    """Else a learner puts other lines in order than the check knows."""
    path = pathlib.Path(__file__).parents[1] / "notebooks" / "2.4-the-training-loop.ipynb"
    text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    for letter, line in training_loop.STEPS.items():
        assert f"| {letter} | `{line}` |" in text


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
