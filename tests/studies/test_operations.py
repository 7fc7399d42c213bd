"""What the explorers of 2.3 compute: an entry of a product, and a plane that moves."""

import numpy as np
import pytest

from helpers.datasets import bundled_digits
from helpers.studies.operations.compute import digit_outline, move_plane, multiply_matrices


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
