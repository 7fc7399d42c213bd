"""Races: every racer walks as it would alone, the tuned learning rate is the best of the grid, and the lost are named."""

import dataclasses

import numpy as np
import pytest

from helpers.descent import descend
from helpers.studies.races import compute as races
from helpers.studies.races.compute import (
    LEARNING_RATES,
    LOST_ABOVE,
    NEAR,
    RACERS,
    STAYS,
    STEPS,
    TRACKS,
    TURNED,
    DigitRace,
    Team,
    race,
    race_digits,
    race_tuned,
    ranking,
    tune,
    watch_race,
)
from helpers.studies.races.plots import show_digit_race
from helpers.surfaces import SURFACES
from helpers.widgets import RaceLive

every_track = pytest.mark.parametrize("name", TRACKS)


def excess(surface, way):
    return way.losses - surface.loss(surface.minima[0])


@every_track
@pytest.mark.parametrize("factor", [0.1, 1.0, 10.0])
def test_racers_walk_as_if_alone(name, factor):
    """Else an optimizer in a race feels the others, or goes another way than `descend`."""
    surface, run = TRACKS[name], race_tuned(name, factor)
    steps = len(run.losses) - 1
    rates = factor * tune(name)[0]
    assert np.isfinite(run.points).all() and np.isfinite(run.losses).all()
    for number, make in enumerate(RACERS.values()):
        way = descend(surface, make(float(rates[number])), surface.start, steps)
        losses = excess(surface, way)
        with np.errstate(invalid="ignore"):
            gone = np.flatnonzero(~(losses <= LOST_ABOVE))
        end = gone[0] if len(gone) else len(losses)
        assert run.lost[number] == (end if end <= steps else steps + 1)
        np.testing.assert_allclose(run.points[:end, number], way.points[:end], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(run.losses[:end, number], losses[:end], rtol=1e-9, atol=1e-12)
        # Who is lost stays.
        assert (run.points[end:, number] == run.points[end - 1, number]).all()


def test_all_may_be_lost():
    """Else a race that nobody survives ends in an error, or is shorter than its steps."""
    run = race(TRACKS["two hollows"], np.full(len(RACERS), 1e4), 40)
    assert (run.lost == 1).sum() >= 4 and run.points.shape == (41, len(RACERS), 2)
    steep = race(SURFACES["banana"], np.full(len(RACERS), 1e200), 40)
    assert (steep.lost <= 40).all() and (steep.arrived == 41).all()
    assert np.isfinite(steep.losses).all() and (steep.points == steep.points[0]).all()


def test_a_loss_of_nan_is_lost():
    """Else who leaps to where infinity is subtracted from infinity has arrived, with a loss that is not above 0.01."""
    run = race(TRACKS["two hollows"], [1e200, *(len(RACERS) - 1) * [0.01]], 40)
    assert run.lost.tolist() == [1, *(len(RACERS) - 1) * [41]] and run.arrived[0] == 41
    assert np.isfinite(run.losses).all()


# Where the rates differ most from racer to racer, and where a local minimum waits.
@pytest.mark.parametrize(
    "name",
    [
        name if name in ("turned valley", "two hollows") else pytest.param(name, marks=pytest.mark.weekly)
        for name in TRACKS
    ],
)
def test_tuned_learning_rate_is_the_best_of_the_grid(name):
    """Else a racer starts with a handicap."""
    surface = TRACKS[name]
    rates, arrived = tune(name)
    for number, make in enumerate(RACERS.values()):
        outcomes = {}
        for rate in LEARNING_RATES:
            losses = excess(surface, descend(surface, make(rate), surface.start, STEPS))
            losses = np.append(losses, np.full(STEPS + 1 - len(losses), np.inf))
            far = np.flatnonzero(~(losses <= NEAR))
            step = far[-1] + 1 if len(far) else 0
            lost = not (losses <= LOST_ABOVE).all()
            outcomes[rate] = STEPS + 1 if step > STEPS - STAYS or lost else step
        assert arrived[number] == outcomes[rates[number]] == min(outcomes.values())


def test_the_turned_valley_is_the_valley_turned():
    """Else what the race says about turning comes from another valley."""
    half = 0.5**0.5
    turn = np.array([[half, half], [-half, half]])
    random = np.random.default_rng(0)
    points = random.uniform(-4, 4, (50, 2))
    np.testing.assert_allclose(TURNED.loss(points @ turn), SURFACES["valley"].loss(points), rtol=1e-12)
    np.testing.assert_allclose(np.array(SURFACES["valley"].start) @ turn, TURNED.start, atol=0.005)
    before, after = tune("valley")[1], tune("turned valley")[1]
    names = list(RACERS)
    for name in ("SGD", "momentum", "Nesterov"):
        assert before[names.index(name)] == after[names.index(name)]
    for name in ("Adagrad", "RMSprop", "Adam"):
        assert before[names.index(name)] < after[names.index(name)]


def test_who_wins():
    """Else the text about the table of the race tells of another table."""
    arrived = {name: dict(zip(RACERS, tune(name)[1].tolist(), strict=True)) for name in TRACKS}
    assert arrived["bowl"]["SGD"] == 1
    assert arrived["valley"]["Adagrad"] == 5 and arrived["turned valley"]["Adagrad"] == 40
    assert set(arrived["kink"].values()) == {STEPS + 1}
    assert arrived["two hollows"]["RMSprop"] == arrived["banana"]["RMSprop"] == STEPS + 1


def test_team_passes_each_row_to_its_own_optimizer():
    """Else two optimizers share a memory."""
    parameters = [np.ones((6, 3)), np.ones((6, 2, 2))]
    Team([make(0.1) for make in RACERS.values()]).update(parameters, [np.ones((6, 3)), np.ones((6, 2, 2))])
    for row, make in enumerate(RACERS.values()):
        alone = np.ones(3)
        make(0.1).update([alone], [np.ones(3)])
        np.testing.assert_array_equal(parameters[0][row], alone)
        np.testing.assert_array_equal(parameters[1][row], alone[0])


def test_ranking_is_the_same_on_every_machine():
    """Else rounding in the last place decides who is named first."""
    assert ranking(np.array([0.3, 1e-9, 0.1, 0.0])) == [1, 3, 2, 0]
    assert ranking(np.array([0.12340001, 0.1234, 0.05])) == [2, 0, 1]


def test_digits_are_raced_with_the_same_budget():
    """Else an optimizer gets more seeds than another, or a learning rate that it did not try."""
    result = race_digits(seeds=range(2))
    assert result.shares.shape == (len(RACERS), 2) and result.tried.shape == result.learning_rates.shape
    assert ((result.shares > 0.75) & (result.shares < 0.95)).all()
    # The best is not the smallest and not the largest: then a wider grid might have held a better one.
    assert (result.chosen > 0).all() and (result.chosen < result.learning_rates.shape[1] - 1).all()
    assert np.ptp(result.shares.mean(axis=1)) < 0.08


def test_digits_are_tuned_on_a_run_that_does_not_count(monkeypatch):
    """Else learning rates are chosen by the test digits, or by the very runs that are shown."""
    seeds = []

    def pretend(optimizer, seed):
        seeds.append(seed)
        return optimizer.learning_rate, optimizer.learning_rate

    monkeypatch.setattr(races, "train_digits_with", pretend)
    result = race_digits(seeds=range(20))
    assert (result.chosen == 0).all()
    tries = result.tried.size
    assert set(seeds[:tries]).isdisjoint(seeds[tries:])


def test_arrival_at_the_last_step_that_counts():
    """Else who stays for just the ten steps that are asked for has not arrived."""
    bowl, rates = SURFACES["bowl"], np.full(len(RACERS), 0.1)
    first = race(bowl, rates).arrived[0]
    assert first < STEPS - STAYS
    assert race(bowl, rates, first + STAYS).arrived[0] == first
    assert race(bowl, rates, first + STAYS - 1).arrived[0] == first + STAYS


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ("the_valley_turned", "nobody is within 0.01 of the lowest loss"),
        ("round_bowl", "within 0.01 of the lowest loss: SGD, Nesterov; behind"),
        ("a_local_minimum", "behind: RMSprop ("),
        ("too_fast", "lost in numbers beyond a million: Nesterov, SGD."),
        ("too_slow", "nobody is within 0.01"),
        ("the_start", "Step 5"),
    ],
)
def test_presets_do_what_their_names_say(preset, words):
    """Else a lecturer presses a button and talks about something that is not there."""
    explorer = RaceLive()
    explorer.preset(preset)
    assert words in explorer.sentence


@pytest.mark.parametrize("name", ["SGD", "Nesterov"])
def test_who_is_lost_is_lost_from_the_first_step_beyond_a_million(name):
    """Else at this step a racer is said to lie behind, with the loss of the step before."""
    explorer, number = RaceLive(), list(RACERS).index(name)
    explorer.preset("too_fast")
    valley = SURFACES["valley"]
    rate = float(explorer.result.learning_rates[number])
    way = descend(valley, RACERS[name](rate), valley.start, explorer.settings["step"])
    step = int(np.argmax(way.losses > 1e6))
    for at, is_lost in ((step - 1, False), (step, True), (step + 1, True)):
        explorer.settings["step"] = at
        before, _, lost = explorer.sentence.partition("lost in numbers beyond a million: ")
        assert (name in lost) == is_lost and (f"{name} (" in before) == (not is_lost), explorer.sentence


def test_no_arrival_on_the_kink():
    """Else the preset shows somebody at rest."""
    explorer = RaceLive()
    explorer.preset("no_arrival")
    assert (race_tuned("kink", 1.0).arrived > 60).all()


def test_local_minimum_of_the_race():
    """Else the text says of RMSprop what happened to another."""
    moment = watch_race("two hollows", 1.0, 60)
    local = np.array(SURFACES["two hollows"].minima[1])
    ended = [name for name, point in zip(RACERS, moment.points[60], strict=True) if point[0] > 0]
    assert ended == ["RMSprop"] and abs(moment.points[60, 4] - local).max() < 1.5


def test_picture_of_the_digits_says_whether_chance_explains_it():
    """Else the sentence calls a clear lead chance, or the other way round."""
    random = np.random.default_rng(0)
    chance = DigitRace(np.ones((6, 4)), np.ones((6, 4)), np.zeros(6, int), random.uniform(0.81, 0.89, (6, 5)))
    clear = dataclasses.replace(chance, shares=chance.shares - 0.3 * (np.arange(6) == 2)[:, np.newaxis])
    assert "differ by less than" in show_digit_race(chance).sentence
    assert "between 50 and 90" in show_digit_race(clear).sentence
    assert "differ by no less than" in show_digit_race(clear).sentence
