"""Decision regions: the points, the training in pieces, and that watching it leaves nothing behind."""

import asyncio
import threading
import time

import numpy as np
import pytest

from helpers import regions
from helpers.plots.regions import trace_boundary, trace_folds
from helpers.regions import DATA_SETS, EDGE, make_points, start_run, train_regions
from helpers.widgets import RegionsLive

SETTINGS = {
    "data": "moons",
    "width": 4,
    "depth": 2,
    "activation": "relu",
    "optimizer": "SGD",
    "learning_rate": 0.1,
    "momentum": 0.9,
}


def train(epochs, **changes):
    return train_regions(**SETTINGS | changes, epochs=epochs)


@pytest.mark.parametrize("name", DATA_SETS)
def test_points_are_seeded_balanced_and_inside(name):
    """Else two learners see different points, a class is missing, or points lie outside of the picture."""
    points, labels = make_points(name)
    np.testing.assert_array_equal(points, make_points(name)[0])
    assert not np.array_equal(points, make_points(name, seed=1)[0])
    assert points.dtype == np.float32 and np.bincount(labels).tolist() == [80, 80]
    assert 0.8 < np.abs(points).max() < EDGE
    # A straight line must not do: the point of these sets is that one layer without a fold fails.
    design = np.column_stack([points, np.ones(len(points))])
    weights = np.linalg.lstsq(design, 2 * labels - 1, rcond=None)[0]
    assert np.mean((design @ weights > 0) == labels) < 0.92


@pytest.mark.parametrize("name", DATA_SETS)
def test_a_network_with_enough_folds_learns_them(name):
    """Else the explorer shows sets that nothing can learn."""
    result = train(120, data=name, width=16, optimizer="Adam", learning_rate=0.02)
    assert result.right > 0.95 and result.new_right > 0.9
    assert result.losses[-1] < 0.2 < result.losses[0]


def test_pieces_are_the_same_training_as_the_whole():
    """Else the picture depends on how fast somebody played, or going back and forth changes what was learned."""
    start_run.cache_clear()
    whole = train(12)
    start_run.cache_clear()
    for epochs in (3, 5, 5, 2, 12):
        piece = train(epochs)
        np.testing.assert_array_equal(piece.losses, whole.losses[: epochs + 1])
    np.testing.assert_array_equal(piece.probabilities, whole.probabilities)
    np.testing.assert_array_equal(piece.folds, whole.folds)
    np.testing.assert_array_equal(train(3).losses, whole.losses[:4])


def test_one_more_epoch_costs_one_epoch(monkeypatch):
    """Else a training that is watched gets slower with each picture."""
    start_run.cache_clear()
    trained = []
    fit = regions.Sequential.fit
    monkeypatch.setattr(
        regions.Sequential, "fit", lambda *a, **k: trained.append(k["epochs"]) or fit(*a, **k)
    )
    for epochs in (10, 11, 12, 4, 12):
        train(epochs)
    assert sum(trained) == 12


def test_overflow_ends_the_run_and_keeps_what_was_before():
    """Else a learning rate that is too large gives warnings, a picture of nan, or an endless loop."""
    start_run.cache_clear()
    result = train(50, learning_rate=1e18, momentum=0.0)
    assert result.stopped_at is not None and len(result.losses) == result.stopped_at
    assert np.isfinite(result.losses).all() and np.isfinite(result.probabilities).all()
    assert train(0, learning_rate=1e18, momentum=0.0).stopped_at is None
    explorer = RegionsLive()
    assert f"epoch {result.stopped_at}" in explorer.describe(result, **SETTINGS, epochs=50)
    explorer.picture.update(result)
    explorer.picture.png()


def test_folds_are_where_a_unit_switches():
    """Else the lines of the picture say something about the network that is not so."""
    result = train(20)
    lines = trace_folds(result.folds)
    assert len(lines)
    for ends in lines:
        sums = result.folds[:, :2] @ ends.T + result.folds[:, 2:]
        assert np.abs(sums).max(axis=1).min() < 1e-9
        assert np.abs(ends).max() > EDGE
    assert len(trace_folds(np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 99.0]]))) == 0


def test_boundary_is_where_both_classes_are_equally_probable():
    """Else the black line separates something else than the two answers."""
    line = np.linspace(-EDGE, EDGE, 61)
    right, up = np.meshgrid(line, line)
    (boundary,) = trace_boundary(0.5 + 0.1 * (right - 2 * up))
    np.testing.assert_allclose(boundary[:, 0], 2 * boundary[:, 1], atol=1e-9)
    assert not len(trace_boundary(np.full((61, 61), 0.3)))


def test_playing_leaves_no_thread_and_no_task():
    """Else a training that somebody plays goes on in the kernel after it was stopped, run again or closed.

    The buttons count in the page; the kernel only answers each number with a picture. So nothing can be left behind, and
    other work of the kernel goes on between two pictures.
    """

    async def play():
        other_work = []

        async def work():
            while True:
                other_work.append(time.perf_counter())
                await asyncio.sleep(0)

        worker = asyncio.ensure_future(work())
        tasks, threads = asyncio.all_tasks(), threading.enumerate()
        first, second = RegionsLive(), RegionsLive()
        for explorer in (first, second, first):  # The cell is run again while the first still plays.
            explorer._repr_mimebundle_()
            slider, pictures = explorer._view.widgets["epochs"], set()
            for epoch in range(1, 41):
                slider.value = epoch
                pictures.add(explorer._view.image.value)
                if epoch == 20:  # Another setting while it plays: the same epoch, with other weights.
                    explorer.settings["width"] = 4
                    assert explorer.settings["epochs"] == slider.value == 20
                await asyncio.sleep(0)
            assert len(pictures) == 40
            explorer.reset()
            assert slider.value == 0
        first._view.box.close()
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == tasks and threading.enumerate() == threads
        worker.cancel()
        return len(other_work)

    assert asyncio.run(play()) >= 100
