"""What is interrupted, by Kernel → Interrupt or by an error, goes on as if nothing had happened."""

import numpy as np
import pytest

from helpers.kit import style
from helpers.layers import Dense
from helpers.models import Sequential
from helpers.widgets import BallLive


@pytest.mark.parametrize("part", ["compute", "draw"])
def test_interrupted_explorer_moves_again(monkeypatch, part):
    """If it fails, an explorer says one thing and shows another after an interrupt, or is deaf from then on."""
    explorer = BallLive()
    explorer.view.show()
    view, before = explorer.view, (dict(explorer.settings), explorer.sentence)
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        if part == "compute":
            broken.setattr(explorer, "compute", interrupt)
        else:
            broken.setattr(view, "stands_for", interrupt)
        explorer.move(momentum=0.5)
    if part == "compute":
        assert (dict(explorer.settings), explorer.sentence) == before
    view.widgets["momentum"].value = 0.3
    untouched = BallLive()
    untouched.move(momentum=0.3)
    assert explorer.settings == untouched.settings
    assert explorer.sentence == untouched.sentence == view.image.tooltip
    assert explorer.picture.png() == untouched.picture.png() == view.image.value


def test_interrupted_drawing_leaves_the_picture_as_it_was(monkeypatch):
    """If it fails, pictures have four times their pixels after somebody has pressed the stop button, and no longer fit."""
    explorer = BallLive()
    before = explorer.picture.png()
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(style, "encode", interrupt)
        explorer.picture.sharp_png()
    assert explorer.picture.figure.dpi == 100 and explorer.picture.png() == before


def test_interrupted_training_keeps_its_epochs_and_goes_on(monkeypatch):
    """If it fails, somebody who interrupts a long training loses what was learned so far."""
    model = Sequential([Dense(2, "softmax")], seed=0)
    model.compile("sgd", "sparse_categorical_crossentropy", ["accuracy"])
    x, y = np.eye(4, dtype=np.float32), np.array([0, 1, 0, 1])
    steps = iter(range(5))
    train = model.train_on_batch
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(
            model,
            "train_on_batch",
            lambda *batch: train(*batch) if next(steps, None) is not None else interrupt(),
        )
        model.fit(x, y, epochs=10, batch_size=2, verbose=0)
    assert len(model.history.history["loss"]) == 2
    first, second = model.history.history["loss"]
    assert first > second > model.fit(x, y, batch_size=2, verbose=0).history["loss"][0]


def interrupt(*_, **__):
    raise KeyboardInterrupt
