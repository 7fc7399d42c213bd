"""What a check takes for right: exact where it counts, generous to rounding, strict about changed inputs."""

import numpy as np

from helpers.exercises.feedback import CHANGED_INPUT, Exercise


def test_nearly_right_is_not_right():
    """Else a count that is off by one, a forgotten factor or a lost axis passes for rounding."""
    for solution, argument, wrong in (
        (lambda n: n, 784_001, lambda n: n - 1),
        (lambda x: x, np.array([0.001, 0.002]), lambda x: 2 * x),
        (np.ones_like, np.zeros(3), lambda x: 1.0),
    ):
        exercise = Exercise(solution, "Exact.", cases=lambda argument=argument: {"this": (argument,)})
        assert exercise(lambda x, solution=solution: solution(x)).state == "solved"
        assert exercise(wrong).state == "not yet"
    assert exercise(lambda x: np.ones_like(x) * (1 + 1e-7)).state == "solved"


def test_one_changed_input_is_one_too_many():
    """Else a function that changes its input for some arguments only counts as solved."""

    def change_if_negative(x):
        doubled = 2 * x
        if x[0] < 0:
            x[:] = 0
        return doubled

    exercise = Exercise(
        lambda x: 2 * x, "Doubled.", cases=lambda: {"1": (np.array([1]),), "-1": (np.array([-1]),)}
    )
    feedback = exercise(change_if_negative)
    assert (feedback.state, feedback.text) == ("not yet", CHANGED_INPUT)
