"""Decision regions: the points, the training in pieces, and that watching it leaves nothing behind."""

import asyncio
import dataclasses
import threading

import ipywidgets
import numpy as np
import pytest

from helpers.studies.regions import compute as regions
from helpers.studies.regions import regions_live
from helpers.studies.regions.compute import (
    DATA_SETS,
    EDGE,
    EPOCHS,
    make_points,
    start_training,
    train_regions,
)
from helpers.studies.regions.plots import RegionsPlot, trace_boundary, trace_folds
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


def test_new_points_are_new():
    """Else a network that learned its points by heart seems to know all others, too."""
    points, _ = make_points("moons")
    new, _ = regions.new_points_of("moons")
    assert not {*map(tuple, points.tolist())} & {*map(tuple, new.tolist())}


@pytest.mark.parametrize("name", DATA_SETS)
def test_a_network_with_enough_folds_learns_them(name):
    """Else the explorer shows sets that nothing can learn."""
    result = train(120, data=name, width=16, optimizer="Adam", learning_rate=0.02)
    assert result.right > 0.95 and result.new_right > 0.9
    assert result.losses[-1] < 0.2 < result.losses[0]


def test_pieces_are_the_same_training_as_the_whole():
    """Else the picture depends on how fast somebody played, or going back and forth changes what was learned."""
    start_training.cache_clear()
    whole = train(12)
    start_training.cache_clear()
    for epochs in (3, 5, 5, 2, 12):
        piece = train(epochs)
        np.testing.assert_array_equal(piece.losses, whole.losses[: epochs + 1])
    np.testing.assert_array_equal(piece.probabilities, whole.probabilities)
    np.testing.assert_array_equal(piece.folds, whole.folds)
    np.testing.assert_array_equal(train(3).losses, whole.losses[:4])


def test_one_more_epoch_costs_one_epoch(monkeypatch):
    """Else a training that is watched gets slower with each picture."""
    start_training.cache_clear()
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
    start_training.cache_clear()
    result = train(50, learning_rate=1e18, momentum=0.0)
    assert result.stopped_at is not None and len(result.losses) == result.stopped_at
    assert np.isfinite(result.losses).all() and np.isfinite(result.probabilities).all()
    assert train(0, learning_rate=1e18, momentum=0.0).stopped_at is None
    explorer = RegionsLive()
    assert f"epoch {result.stopped_at}" in explorer.describe(result, **SETTINGS, epochs=50)
    explorer.picture.update(result)
    explorer.picture.png()


def test_overflow_is_said_in_the_very_epoch_and_not_before():
    """Else a learner who plays the epochs sees one without a word in which the network has already lost its numbers."""
    settings = {"width": 8, "depth": 3, "activation": "linear", "learning_rate": 10.0}
    start_training.cache_clear()
    last = train(EPOCHS, **settings).stopped_at
    # From the end back, then as one who plays it for the first time.
    for clear in (lambda: None, start_training.cache_clear):
        clear()
        said = [train(epochs, **settings).stopped_at for epochs in (last - 1, last, last + 1)]
        assert said == [None, last, last]


def test_of_100_points_as_many_as_are_surely_right():
    """Else 100 of 100 are said to be right while one of them is wrong, or 28 where it is 29."""
    explorer, result = RegionsLive(), train(2)
    for count in range(401):
        # A number of 160 points, and a number of 400.
        share = dataclasses.replace(result, right=min(count, 160) / 160, new_right=count / 400)
        right, new = 100 * min(count, 160) // 160, 100 * count // 400
        assert (
            f"{right} of 100 training points and {new} of 100 new points are classified correctly."
            in explorer.describe(share, **SETTINGS, epochs=2)
        )


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


def test_map_lies_under_its_points():
    """Else the colours of the plane are mirrored, and points lie on the colour of the other class."""
    result = train(60)
    columns, rows = np.round((result.points.T + EDGE) / (2 * EDGE) * 60).astype(int)
    right = (result.probabilities[rows, columns] > 0.5) == result.labels
    assert right.mean() == pytest.approx(result.right, abs=0.04) and result.right > 0.9


def test_boundary_is_where_both_classes_are_equally_probable():
    """Else the black line separates something else than the two answers."""
    line = np.linspace(-EDGE, EDGE, 61)
    right, up = np.meshgrid(line, line)
    (boundary,) = trace_boundary(0.5 + 0.1 * (right - 2 * up))
    np.testing.assert_allclose(boundary[:, 0], 2 * boundary[:, 1], atol=1e-9)
    assert not len(trace_boundary(np.full((61, 61), 0.3)))


def trainings():
    return asyncio.all_tasks() - {asyncio.current_task()}


def shown():
    """Make an explorer that a notebook shows; return it with its play button."""
    explorer = RegionsLive()
    explorer.view.show()
    view = explorer.view
    return explorer, next(part for part in view.box.children[0].children if isinstance(part, ipywidgets.Play))


async def wait_for(condition):
    for _ in range(2000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came to that")


@pytest.fixture
def fast(monkeypatch):
    monkeypatch.setattr(regions_live, "SECONDS_A_PICTURE", 0)
    monkeypatch.setattr(regions_live, "SECONDS_OF_REST", 0)


def test_playing_trains_and_lets_others_work(fast):
    """Else the kernel answers nobody while it trains, skips pictures, or goes on when it is told to stop."""

    async def play():
        explorer, button = shown()
        pictures, other_work = set(), 0
        explorer.view.image.observe(lambda change: pictures.add(change["new"]), "value")
        button.playing = True
        while explorer.settings["epochs"] < 40:
            other_work += 1
            await asyncio.sleep(0)
        assert len(pictures) == 40 and other_work >= 40
        # Another setting while it plays: the same epoch with other weights, and on from there.
        explorer.settings["width"] = 4
        assert explorer.settings["epochs"] == 40
        await wait_for(lambda: explorer.settings["epochs"] >= 50)
        button.playing = False
        stopped_at = explorer.settings["epochs"]
        await wait_for(lambda: not trainings())
        assert explorer.settings["epochs"] == explorer.view.widgets["epochs"].value == stopped_at < EPOCHS
        button.playing = True
        explorer.reset()  # While it plays: from the start again.
        assert explorer.settings["epochs"] == 0
        await wait_for(lambda: not trainings())
        assert explorer.settings["epochs"] == EPOCHS and not button.playing

    asyncio.run(play())


def test_playing_leaves_no_thread_and_no_task(fast):
    """Else a training goes on in the kernel after it was stopped, begun anew, run again or closed, or two run at once."""

    async def play():
        threads = threading.enumerate()
        first, button = shown()
        button.playing = True
        await wait_for(lambda: first.settings["epochs"] >= 3)
        for _ in range(3):  # Faster than a training notices.
            button.playing = False
            button.playing = True
        begun = first.settings["epochs"]
        await wait_for(lambda: first.settings["epochs"] > begun)
        assert len(trainings()) == 1
        second, other_button = shown()  # The cell is run again.
        await wait_for(lambda: not trainings())
        assert not button.playing and first.settings["epochs"] < EPOCHS
        button.playing = True
        other_button.playing = True
        await wait_for(lambda: second.settings["epochs"] >= 3)
        assert len(trainings()) == 1 and not button.playing
        second.view.widgets["epochs"].close()  # Its view is closed.
        other_button.close()
        await wait_for(lambda: not trainings())
        button.playing = True
        first.compute = None  # Whatever fails ends the training, too.
        (task,) = trainings()
        await asyncio.wait([task])
        assert isinstance(task.exception(), TypeError) and not button.playing
        assert threading.enumerate() == threads

    asyncio.run(play())


def test_a_button_in_another_thread_stops_a_training_in_the_middle_of_an_epoch(fast, monkeypatch):
    """Else Reset is overrun by the epoch that was being trained: JupyterLab hands buttons to a thread of their own."""
    explorer, button = shown()
    reset = next(part for part in explorer.view.button_row.children if part.description == "Reset")
    in_an_epoch, drawn, pressed = threading.Event(), threading.Event(), threading.Event()
    draw = explorer.picture.png

    def draw_slowly():
        if explorer.settings["epochs"] == 5:
            in_an_epoch.set()
            drawn.wait(5)
        return draw()

    monkeypatch.setattr(explorer.picture, "png", draw_slowly)

    async def play():
        button.playing = True
        await wait_for(lambda: pressed.is_set() and not trainings())

    def press():
        reset.click()
        pressed.set()

    training = threading.Thread(target=asyncio.run, args=[play()])
    training.start()
    assert in_an_epoch.wait(5)
    pressing = threading.Thread(target=press)
    pressing.start()
    assert not pressed.wait(0.1)
    drawn.set()
    pressing.join(5)
    training.join(5)
    assert explorer.settings == explorer.defaults and not button.playing
    assert explorer.view.widgets["epochs"].value == 0


@pytest.mark.parametrize(
    ("losses", "text", "side"),
    [
        ([0.7, 0.2], "0.20", "left"),
        ([0.7] * 60 + [0.2], "0.20", "left"),
        ([0.7] * 61 + [0.2], "0.20", "right"),
        ([0.7, 1.0], "1.00", "left"),
        ([0.7, 1.004], "↑ 1.00", "left"),
        ([0.7, 999.0], "↑ 999.00", "left"),
        ([0.7, 1001.0], "↑ more than 1,000", "left"),
    ],
)
def test_the_loss_stands_beside_its_end(losses, text, side):
    """Else the number runs out of the picture at its last epochs, or a loss above it looks like one inside."""
    plot = RegionsPlot(train(2))
    plot.update(dataclasses.replace(train(2), losses=np.array(losses)))
    assert (plot.figures.get_text(), plot.figures.get_horizontalalignment()) == (text, side)
    (epoch,), (height,) = plot.now.get_data()
    assert epoch == len(losses) - 1 == plot.figures.xy[0]
    assert height == min(losses[-1], 0.97) == plot.figures.xy[1]
    epochs, shown = plot.loss.get_data()
    np.testing.assert_array_equal(epochs, range(len(losses)))
    np.testing.assert_array_equal(shown, np.minimum(losses, 2))


def test_each_class_has_its_own_mark():
    """Else the points of one class lie in the region of the other, and a sound network looks wrong."""
    result = train(2)
    plot = RegionsPlot(result)
    for number, dots in enumerate(plot.classes):
        points = np.transpose(dots.get_data())
        np.testing.assert_array_equal(points, result.points[result.labels == number])
        assert dots.get_marker() == "os"[number]
    # The colour of class 1 is that of a probability of 1.
    assert plot.plane.cmap(1.0)[0] > plot.plane.cmap(1.0)[2] and plot.plane.get_clim() == (0, 1)
