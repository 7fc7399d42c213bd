"""Controls and the settings that they move: ends and stops of sliders, presets, and moves that fail."""

import pytest

from helpers.kit.controls import LogSlider, Slider
from helpers.widgets import LearningRateLive, PlaneLive


def test_log_slider_has_round_stops():
    """Else a slider over powers of ten shows numbers that nobody can read, or misses its ends."""
    slider = LogSlider("rate", "rate", 0.05, 0.001, 10)
    stops = slider.stops()
    assert stops[0] == 0.001 and stops[-1] == 10 and stops == sorted(set(stops))
    assert all(len(f"{stop:g}".replace(".", "").lstrip("0")) <= 2 for stop in stops)
    assert slider.shown(0.0049) == 0.005
    # Nearer to 1 in number, nearer to 1.5 on the slider.
    assert slider.shown(1.24) == 1.5
    # A browser answers with the same value, differently rounded.
    assert Slider("m", "m", 0.0, 0.0, 0.99, 0.01).read(0.29000000000000004) == 0.29


def test_ends_belong_to_a_slider():
    """Else the last stop of a slider is refused, or what lies beyond it is taken."""
    slider = Slider("m", "momentum", 0.0, 0.0, 0.99, 0.01)
    assert (slider.check(0), slider.check(0.99)) == (0.0, 0.99)
    for beyond in (-0.01, 1.0, True, False):
        with pytest.raises(ValueError, match=r"momentum must lie between 0 and 0\.99"):
            slider.check(beyond)


def test_preset_forgets_what_was_moved_before():
    """Else a lecturer's button shows something else after a learner has played."""
    explorer = PlaneLive()
    for name, (_, changes) in explorer.presets.items():
        explorer.settings = {control.name: control.value for control in explorer.controls} | {"scale": 1.9}
        explorer.preset(name)
        assert explorer.settings == explorer.defaults | changes


def test_move_that_fails_changes_nothing(monkeypatch):
    """Else the sliders say something else than the picture after an error or an interruption."""
    explorer = PlaneLive()
    before, result = dict(explorer.settings), explorer.result

    def fail(**settings):
        raise KeyboardInterrupt

    monkeypatch.setattr(explorer, "compute", fail)
    with pytest.raises(KeyboardInterrupt):
        explorer.move(scale=1.5)
    assert explorer.settings == before and explorer.result is result


def test_what_plays_moves_the_explorer_until_a_button_stops_it():
    """Else a number that the page had counted before it heard of Reset runs over the settings, however late it comes."""
    explorer = LearningRateLive()
    explorer.view.show()
    view = explorer.view
    (player,) = view.companions["step"]
    player.playing = True
    for step in (9, 10):
        player.value = step
        assert explorer.settings["step"] == view.widgets["step"].value == step
    view.go(explorer.reset)
    first = explorer.settings["step"]
    for late in (11, 12):
        player.value = late
        assert explorer.settings["step"] == view.widgets["step"].value == player.value == first
    view.widgets["step"].value = 10  # The browser answers with what it was told while it played.
    assert explorer.settings["step"] == view.widgets["step"].value == first
    player.playing = True
    player.value = first + 1
    assert explorer.settings["step"] == first + 1
    view.go(explorer.reset)
    player.value = player.min  # Its own button goes back to the beginning.
    assert explorer.settings["step"] == player.min
    view.widgets["step"].value = 20
    assert player.value == explorer.settings["step"] == 20
