"""The short training of 2.1, step by step without the course's network, and the planes on which its digits are drawn."""

import numpy as np
import pytest

from helpers.datasets import load_mnist
from helpers.layers import Dense, Flatten
from helpers.models import Sequential
from helpers.optimizers import SGD
from helpers.studies.training.compute import train_digits
from helpers.studies.training.projections import (
    class_centres,
    nearest_centre_share,
    principal_axes,
    project_classes,
)


def test_principal_axes_of_points_whose_axes_are_known():
    """Else a plane shows another share of the points than it says, or flips from one machine to another."""
    first, second = np.array([0.6, -0.8, 0.0]), np.array([0.0, 0.0, 1.0])
    along = np.array([[4, 0], [-4, 0], [0, 2], [0, -2]])
    centre, axes, shares = principal_axes([5.0, 6.0, 7.0] + along @ [first, second])
    np.testing.assert_allclose(centre, [5, 6, 7])
    # The entry of largest size is positive.
    np.testing.assert_allclose(axes, [-first, second], atol=1e-12)
    np.testing.assert_allclose(shares, [16 / 20, 4 / 20])


def test_nearest_centre_is_the_nearest():
    """Else long centres win or lose, wherever the points lie."""
    random = np.random.default_rng(0)
    points, labels = random.normal(size=(200, 5)), random.integers(0, 4, 200)
    points += 3 * labels[:, np.newaxis]
    centres = class_centres(points, labels)
    distances = np.linalg.norm(points[:, np.newaxis] - centres, axis=2)
    share = (distances.argmin(axis=1) == labels).mean()
    assert 0.5 < share < 1 and nearest_centre_share(points, labels, centres) == share


def test_plane_of_three_classes_keeps_their_distances():
    """Else the plane is not the one through the centres."""
    random = np.random.default_rng(0)
    points, labels = random.normal(size=(90, 6)), np.repeat([0, 1, 2], [10, 30, 50])
    points += labels[:, np.newaxis] ** 2 * np.arange(6)
    centres = class_centres(points, labels)
    flat = project_classes(points, labels, centres)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert np.linalg.norm(flat[one] - flat[other]) == pytest.approx(
            np.linalg.norm(centres[one] - centres[other])
        )


def test_short_training_is_its_loop():
    """Else images and labels are mixed up, or the accuracy on new digits is measured on old ones or at other steps.

    The loop is written here once more with NumPy alone; only the weights at the start are the course's.
    """
    (images, labels), (new_images, new_labels) = load_mnist()
    model = Sequential([Flatten(), Dense(32, "relu"), Dense(10, "softmax")], seed=1)
    model.build((28, 28))
    weights = [parameter.value.astype(float) for parameter in model.parameters]
    velocities = [np.zeros_like(array) for array in weights]

    def scores_of(digits):
        inputs = digits.reshape(len(digits), 784) / 255
        hidden = np.maximum(inputs @ weights[0] + weights[1], 0)
        return inputs, hidden, hidden @ weights[2] + weights[3]

    order = np.random.default_rng(1).permutation(4000)
    found = train_digits(SGD(0.1, momentum=0.5), batch_size=50, seed=1)
    np.testing.assert_array_equal(found.checked_steps, range(0, 61, 20))
    for step in range(60):
        if step % 20 == 0:
            share = np.mean(scores_of(new_images)[2].argmax(axis=1) == new_labels)
            assert found.accuracies[step // 20] == pytest.approx(share, abs=0.0021)
        batch = order[50 * step : 50 * step + 50]
        inputs, hidden, scores = scores_of(images[batch])
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        surer = powers / powers.sum(axis=1, keepdims=True)
        assert found.losses[step] == pytest.approx(-np.log(surer[range(50), labels[batch]]).mean(), rel=1e-3)
        surer[range(50), labels[batch]] -= 1
        back = surer / 50 @ weights[2].T * (hidden > 0)
        gradients = inputs.T @ back, back.sum(axis=0), hidden.T @ surer / 50, surer.mean(axis=0)
        for array, velocity, gradient in zip(weights, velocities, gradients, strict=True):
            velocity *= 0.5
            velocity -= 0.1 * gradient
            array += velocity
    assert found.accuracies[-1] > 0.75
