"""What the explorers of 2.1 to 2.3 compute: parts of tensors, products, a plane that moves, projections, a short training."""

import numpy as np
import pytest

from helpers.datasets import bundled_digits
from helpers.layers import Dense, Flatten
from helpers.metrics import accuracy
from helpers.models import Sequential
from helpers.optimizers import SGD
from helpers.studies.operations.compute import digit_outline, move_plane, multiply_matrices
from helpers.studies.tensors.compute import view_tensor
from helpers.studies.training.compute import train_digits
from helpers.studies.training.projections import (
    class_centres,
    nearest_centre_share,
    principal_axes,
    project_classes,
)


def test_parts_of_a_tensor():
    """Else the picked part is another one than the index says, or the last one cannot be picked."""
    for shape in ((4,), (3, 2), (2, 3, 4)):
        for axis, size in enumerate(shape):
            for index in (0, size - 1):
                view = view_tensor(shape, axis, index)
                assert (view.axis, view.index) == (axis, index)
                np.testing.assert_array_equal(view.part, view.tensor.take(index, axis))
    assert (view_tensor((3, 2), 7, 7).axis, view_tensor((3, 2), 7, 7).index) == (1, 1)


def test_entry_of_a_product_is_inside_it():
    """Else the last rows of a tall product, or the last columns of a wide one, cannot be looked at."""
    for rows, columns in ((4, 2), (2, 4)):
        shown = multiply_matrices((rows, 3), (3, columns), 9, 9)
        assert (shown.row, shown.column) == (rows - 1, columns - 1)
        assert shown.product[-1, -1] == (shown.left[-1] * shown.right[:, -1]).sum()


@pytest.mark.parametrize(
    ("settings", "right", "up"),
    [
        ({"angle": 90}, (0, 1), (-1, 0)),
        ({"scale": 3}, (3, 0), (0, 3)),
        ({"shear": 0.5}, (1, 0), (0.5, 1)),
        ({"shear": 0.5, "angle": 90}, (0, 1), (-1, 0.5)),
    ],
)
def test_plane_moves_as_its_sliders_say(settings, right, up):
    """Else the plane turns clockwise, shears along the other axis, or turns before it shears."""
    plane = move_plane(
        **{"angle": 0, "scale": 1, "shear": 0, "shift_right": 0.25, "shift_up": -2, "activation": "none"}
        | settings
    )
    np.testing.assert_allclose(plane.moved_corners - [0.25, -2], [(0, 0), right, up], atol=1e-12)
    np.testing.assert_allclose(plane.moved_lines, plane.lines @ plane.kernel + plane.bias)


def test_outline_is_that_of_an_upright_digit():
    """Else the 4 stands on its head: its open top, two tips of ink, is wider than its one foot."""
    outline, image = digit_outline(), bundled_digits()[0][0][0]
    columns, rows = np.round(outline[:, 0] * 6 + 13.5), np.round(13.5 - outline[:, 1] * 6)
    # The outline runs where ink begins: each of its points lies beside a dark and a light pixel.
    dark = np.pad(image > 128, 1)
    for row, column in zip(rows.astype(int) + 1, columns.astype(int) + 1, strict=True):
        around = dark[row - 1 : row + 2, column - 1 : column + 2]
        assert around.any() and not around.all()


# Projections


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
    """Else images and labels are mixed up, or the accuracy on new digits is measured on old ones or at other steps."""
    (images, labels), (new_images, new_labels) = bundled_digits()
    model = Sequential([Flatten(), Dense(32, "relu"), Dense(10, "softmax")], seed=0)
    model.compile(SGD(0.1, momentum=0.5), "sparse_categorical_crossentropy")
    order = np.random.default_rng(0).permutation(4000)
    found = train_digits(SGD(0.1, momentum=0.5), batch_size=50)
    np.testing.assert_array_equal(found.checked_steps, range(0, 61, 10))
    for step in range(21):
        if step % 10 == 0:
            share = accuracy(new_labels, model.predict(new_images / np.float32(255)))
            assert found.accuracies[step // 10] == pytest.approx(share, abs=0.0021)
        batch = order[50 * step : 50 * step + 50]
        loss, *_ = model.train_on_batch(images[batch] / np.float32(255), labels[batch])
        assert found.losses[step] == pytest.approx(loss, rel=1e-4)
