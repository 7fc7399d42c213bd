"""The three ways to better weights: what each pays, and where it goes."""

import numpy as np
import pytest

from helpers import operations
from helpers.studies.search.compute import PASSES_A_STEP, follow_gradient, one_at_a_time, random_search
from helpers.studies.search.plots import show_one_update, show_search

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


@pytest.mark.parametrize(("passes", "paid"), [(1, 1), (2, 1), (3, 3), (10, 9), (11, 11)])
def test_one_at_a_time_spends_no_pass_that_it_does_not_have(passes, paid):
    """Else a learner who gives an even number of passes finds one more on the bill, and the ways are compared unfairly."""
    loss = Counted()
    _, losses = one_at_a_time(loss, np.zeros((2, 2)), passes, 0.5)
    # The start costs one pass, and each weight two.
    assert len(losses) == loss.passes == paid <= passes


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


@pytest.mark.parametrize(
    ("all_changes", "said"),
    [
        ([-0.01, -0.0312, -0.02, 0.3], "falls by at most 0.03, and is higher from 1 on"),
        ([-0.01, -0.0312, 0.0, 0.3], "falls by at most 0.03, and is higher from 0.1 on"),
        ([0.001, 0.01, 0.1, 0.3], "falls by at most 0, and is higher from 0.001 on"),
    ],
    ids=["up to the last but one", "and not where it stays", "nowhere"],
)
def test_one_update_says_from_where_it_harms_the_other_digits(all_changes, said):
    """Else of a batch whose steps harm all others, the text says that they help; or another learning rate is the limit."""
    rates = np.array([0.001, 0.01, 0.1, 1.0])
    picture = show_one_update(rates, np.array([-0.02, -0.1, -0.3, 0.5]), np.array(all_changes))
    assert said in picture.sentence
    assert "own batch up to a learning rate of 0.1." in picture.sentence
    assert "the largest one tried, 1, both are higher" in picture.sentence


def test_a_search_that_ends_early_is_said_where_it_ends():
    """Else the sentence compares the losses of other passes than it names."""
    curves = {"short": np.array([2.0, 1.4]), "long": np.array([2.0, 1.2, 0.8, 0.6, 0.4])}
    assert (
        show_search(curves, 3).sentence
        == "After 3 forward passes the loss is about 1.4 with short, 0.8 with long."
    )
