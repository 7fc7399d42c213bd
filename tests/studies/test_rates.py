"""Learning rates on the valley: each step multiplies, and presets do what they say."""

import numpy as np
import pytest

from helpers.studies.rates.compute import WALK_STEPS, walk_valley
from helpers.surfaces import SURFACES, VALLEY_CURVATURES
from helpers.widgets import LearningRateLive


@pytest.mark.parametrize("learning_rate", [0.01, 0.2, 0.45, 0.5, 0.6])
def test_walk_has_its_closed_form(learning_rate):
    """Else the path is not that of gradient descent, or the sentence multiplies by another number than the path."""
    walk = walk_valley(learning_rate, 7)
    start = np.array(SURFACES["valley"].start)
    powers = walk.factors ** np.arange(WALK_STEPS + 1)[:, np.newaxis]
    np.testing.assert_allclose(walk.points, start * powers, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(walk.losses, 0.5 * walk.points**2 @ VALLEY_CURVATURES, rtol=1e-12)
    np.testing.assert_allclose(walk.factors, 1 - learning_rate * np.array([0.2, 4.0]))
    assert walk.step == 7


PRESETS = {
    "crawls": lambda walk: (
        walk.losses[-1] > 1 and (np.diff(walk.losses) < 0).all() and (walk.factors > 0.9).all()
    ),
    "drops_then_follows": lambda walk: abs(walk.points[5, 1]) < 0.01 < 3 < abs(walk.points[5, 0]),
    "zigzags": lambda walk: (walk.points[:-1, 1] * walk.points[1:, 1] < 0).all() and walk.losses[-1] < 1e-4,
    "swings_for_ever": lambda walk: np.allclose(np.abs(walk.points[:, 1]), 1.6),
    "diverges": lambda walk: (np.diff(np.abs(walk.points[:, 1])) > 0).all() and walk.losses[-1] > 1000,
}


@pytest.mark.parametrize("name", LearningRateLive.presets)
def test_presets_do_what_their_names_say(name):
    """Else a lecturer calls up a zigzag and shows none."""
    explorer = LearningRateLive()
    explorer.preset(name)
    assert PRESETS[name](explorer.result)


def test_sentence_names_the_course():
    """Else the words under the picture say that a diverging path gets nearer."""
    explorer = LearningRateLive()
    for rate, word in {
        0.01: "crawls",
        0.25: "floor",
        0.3: "zigzags",
        0.5: "neither",
        0.51: "diverges",
    }.items():
        explorer.settings["learning_rate"] = rate
        assert word in explorer.sentence and "2/4 = 0.5" in explorer.sentence


@pytest.mark.parametrize("description", ["crawls", "Reset"])
def test_a_button_stops_what_plays(description):
    """Else a preset that is called up while the step counts up by itself is run over by the next step."""
    explorer = LearningRateLive()
    explorer.view.show()
    (player,) = explorer.view.companions["step"]
    player.playing = True
    (button,) = (
        widget
        for widget in explorer.view.box.children[1].children
        if getattr(widget, "description", "") == description
    )
    button.click()
    assert not player.playing
    chosen = {preset.label: preset.settings for preset in explorer.presets.values()}
    assert explorer.settings == explorer.defaults | chosen.get(description, {})
