"""Paths through weight space: the network is that of helpers, each step follows the rule, and the plane shows what it says."""

import numpy as np
import pytest

from helpers.datasets import shuffled_batches
from helpers.descent import losses_on_plane
from helpers.gradients import numerical_gradient
from helpers.layers import Dense
from helpers.models import Sequential
from helpers.optimizers import SGD
from helpers.studies.paths.compute import (
    REFERENCES,
    SHAPES,
    STEPS,
    cut,
    digit_loss,
    draw_weights,
    fit_plane,
    forward,
    join,
    loss_and_gradients,
    reference_plane,
    share_on_plane,
    small_digits,
    train,
    walk_digits,
)
from helpers.widgets import WeightSpaceLive


def test_small_digits():
    """Else the network sees other digits than the notebook shows."""
    images, labels = small_digits()
    assert images.shape == (1000, 196) and labels.shape == (1000,)
    assert images.min() == 0 and 0.9 < images.max() <= 1


def test_joining_and_cutting_undo_each_other():
    """Else a point of weight space is another network than the one that was trained."""
    weights = draw_weights()
    assert [array.shape for array in weights] == list(SHAPES)
    assert join(weights).shape == (3322,)
    for array, other in zip(weights, cut(join(weights)), strict=True):
        np.testing.assert_array_equal(array, other)


def test_network_and_gradients_are_those_of_helpers():
    """Else the notebook's network learns something else than a Sequential of the same layers."""
    images, labels = small_digits()
    weights = draw_weights()
    model = Sequential([Dense(16, "relu"), Dense(10, "softmax")], seed=0)
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.build((196,))
    for parameter, array in zip(model.parameters, weights, strict=True):
        parameter.value = array.copy()
    np.testing.assert_allclose(forward(images[:50], weights), model.predict(images[:50]), atol=1e-6)
    loss, gradients = loss_and_gradients(weights, images[:6], labels[:6])
    assert loss == pytest.approx(model.evaluate(images[:6], labels[:6])[0], rel=1e-5)

    def loss_of_last(kernel):
        return loss_and_gradients([*weights[:2], kernel, weights[3]], images[:6], labels[:6])[0]

    np.testing.assert_allclose(gradients[2], numerical_gradient(loss_of_last, weights[2]), atol=1e-6)


@pytest.mark.parametrize(("batch_size", "momentum"), [(1, 0.0), (32, 0.0), (300, 0.9), (1000, 0.0)])
def test_training_follows_the_rule_step_by_step(batch_size, momentum):
    """Else true, mini-batch and batch SGD differ in more than the size of their batches."""
    images, labels = small_digits()
    start = draw_weights()
    points, losses = train(start, images, labels, batch_size, SGD(0.2, momentum), 9)
    batches = shuffled_batches(1000, batch_size, 9, np.random.default_rng(0))
    weights, velocity = join(draw_weights()), 0
    for point, after, loss, batch in zip(points[:-1], points[1:], losses, batches, strict=True):
        np.testing.assert_allclose(point, weights, atol=1e-12)
        measured, gradients = loss_and_gradients(cut(point), images[batch], labels[batch])
        assert loss == pytest.approx(measured, rel=1e-12)
        velocity = momentum * velocity - 0.2 * join(gradients)
        weights = weights + velocity
        np.testing.assert_allclose(after, weights, atol=1e-12)
    np.testing.assert_array_equal(join(start), join(draw_weights()))


def test_training_keeps_every_so_many_points():
    """Else a long run fills the memory, or the losses stand at the wrong steps."""
    images, labels = small_digits()
    every, _ = train(draw_weights(), images, labels, 8, SGD(0.1), 20)
    some, losses = train(draw_weights(), images, labels, 8, SGD(0.1), 20, every=5)
    assert len(losses) == 20
    np.testing.assert_array_equal(some, every[::5])


def test_losses_on_the_plane_are_those_of_the_network():
    """Else the contours are those of another landscape than the path descends."""
    plane = reference_plane()
    few = plane.first[::11], plane.second[::13]
    expected = losses_on_plane(digit_loss, plane.centre, plane.axes, *few)
    np.testing.assert_allclose(plane.losses[::13, ::11], expected, rtol=1e-10)


def test_share_is_that_of_principal_axes_on_its_own_plane():
    """Else the picture claims to show more of a path than it does."""
    points = np.random.default_rng(0).normal(size=(30, 3322)) * np.linspace(3, 0, 3322)
    plane = fit_plane(points)
    assert share_on_plane(points, plane) == pytest.approx(plane.shares.sum())
    flat = plane.centre + np.random.default_rng(1).normal(size=(9, 2)) @ plane.axes
    assert share_on_plane(flat, plane) == pytest.approx(1)
    # A path beside the plane's centre: what is shown is a share of its own variance.
    beside = 100 * plane.axes[0] + np.outer(
        np.arange(4), plane.axes[1] + points[0] - points[0] @ plane.axes.T @ plane.axes
    )
    across = np.sum((points[0] - points[0] @ plane.axes.T @ plane.axes) ** 2)
    assert share_on_plane(beside, plane) == pytest.approx(1 / (1 + across))
    assert reference_plane() is reference_plane()


def test_length_is_that_of_the_way():
    """Else a path that turns back is as long as the straight line between its ends."""
    points, _ = train(draw_weights(), *small_digits(), 1, SGD(0.1, 0.0), STEPS)
    steps = [
        np.sqrt(np.sum((after - before) ** 2)) for before, after in zip(points, points[1:], strict=False)
    ]
    assert walk_digits(0.1, 0.0, 1).length == pytest.approx(sum(steps))


def test_the_loss_is_that_of_every_second_step():
    """Else the curve runs ahead of the path, or lags behind it."""
    x, y = small_digits()
    points, _ = train(draw_weights(), x, y, 32, SGD(0.3, 0.9), STEPS)
    path = walk_digits(0.3, 0.9, 32)
    np.testing.assert_array_equal(path.checked_steps, range(0, 61, 2))
    for step, loss in zip(path.checked_steps, path.losses, strict=True):
        W1, b1, W2, b2 = np.split(points[step], np.cumsum((196 * 16, 16, 160)))
        scores = np.maximum(x @ W1.reshape(196, 16) + b1, 0) @ W2.reshape(16, 10) + b2
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        right = powers[np.arange(len(y)), y] / powers.sum(axis=1)
        assert loss == pytest.approx(-np.log(right).mean(), rel=1e-6)


def test_the_reference_runs_stay_inside_the_frame():
    """Else the explorer's picture cuts off the paths that it was made for."""
    plane = reference_plane()
    for rate, momentum, batch_size in REFERENCES:
        path = walk_digits(rate, momentum, batch_size)
        for axis, grid in enumerate((plane.first, plane.second)):
            assert grid[0] < path.flat[:, axis].min() and path.flat[:, axis].max() < grid[-1]


def test_presets_do_what_their_names_say():
    """Else a lecturer calls up a run that crawls, and it learns."""
    explorer, paths = WeightSpaceLive(), {}
    for name in explorer.presets:
        explorer.preset(name)
        paths[name] = explorer.result
        assert ("hidden" in explorer.sentence) == (explorer.result.share < 0.5)
    assert paths["crawls"].losses[-1] > 2.1 and paths["crawls"].length < 1
    assert paths["learns"].losses[-1] < 0.7
    assert (np.diff(paths["all_digits_a_step"].losses) < 0).all()
    assert (np.diff(paths["one_digit_a_step"].losses) > 0).sum() > 7
    plain = walk_digits(0.1, 0.0, 32)
    assert paths["momentum"].losses[-1] < plain.losses[-1] / 2
    assert paths["too_far"].losses.max() > 3 and paths["too_far"].losses[-1] > 1.8
