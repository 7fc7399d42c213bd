"""Races of optimizers (2.4.3c)."""

import numpy as np

from helpers.studies.races import plots as races
from helpers.studies.races.compute import DigitRace, watch_race
from helpers.widgets import RaceLive

ROW = np.arange(6)[:, np.newaxis]
DIGITS = DigitRace(
    learning_rates=np.tile([0.001, 0.01, 0.1, 1.0], (6, 1)),
    tried=0.9 - 0.05 * np.abs(np.arange(4) - ROW / 2),
    chosen=np.array([0, 1, 1, 2, 2, 3]),
    shares=0.82 + 0.006 * ROW + np.array([0.0, 0.01, 0.02, 0.05]),
)
FIRST_RACE = watch_race("valley", 1.0, 30)

PICTURES = {
    "learned": (
        races.show_learned,
        ([300, 40, 5], {"SGD": np.array([1.02, 0.8, 0.2]), "Adagrad": np.array([1.05, 1.0, 0.86])}),
        "The rarest feature was seen 5 times. Its weight, which should be 1, is 0.2 with SGD, 0.9 with Adagrad.",
    ),
    "step-lengths": (
        races.show_step_lengths,
        ({"shorter": list(0.1 / np.arange(1, 301)), "equal": [0.1] * 300},),
        "Step lengths, first and last: shorter 0.1 and 0.00033, equal 0.1 and 0.1.",
    ),
    "race": (
        races.show_race,
        (
            {
                "bowl": np.array([1, 54, 2, 4, 96, 53]),
                "valley": np.array([64, 5, 33, 5, 151, 54]),
                "kink": np.full(6, 151),
            },
        ),
        "Fewest steps within 150: SGD on 1 of 3 surfaces, momentum on 1 of 3 surfaces, Adagrad on 1 of 3 surfaces; a tie "
        "counts for both. Nobody arrives on the surface kink.",
    ),
    "digit-race": (
        races.show_digit_race,
        (DIGITS,),
        "After 200 steps, each with the learning rate that suits it, the six optimizers read between 80 and 90 of 100 test "
        "digits on average. Their averages differ by less than the seeds of the optimizer whose seeds "
        "differ most.",
    ),
}

LIVE = {
    "race-tuned": (races.RacePlot, FIRST_RACE, watch_race("turned valley", 1.0, 20)),
    "race-lost": (races.RacePlot, FIRST_RACE, watch_race("banana", 10.0, 40)),
}


def same_race(names, result):
    for number, losses in enumerate(names["racers"].values()):
        end = min(result.lost[number], result.step + 1)
        np.testing.assert_allclose(losses[:end], result.losses[:end, number], rtol=1e-9, atol=1e-12)


SAME = {RaceLive: same_race}
