"""Maps of loss surfaces: where the stars, the contours and the greys lie, one scale for both weights, and arrows as long as they say."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from helpers.kit.contours import SURFACE_LABELS, directions, draw_arrows, draw_contours, equal_limits
from helpers.surfaces import SURFACES


def brightness(colour):
    return sum(to_rgb(colour))


def paper():
    """Return axes that fill a figure of 400 × 400 pixels."""
    figure = Figure(figsize=(4, 4), dpi=100)
    FigureCanvasAgg(figure)
    return figure.add_axes((0, 0, 1, 1))


def test_every_surface_has_a_label():
    """Else a menu lacks a surface, or shows the name that code has."""
    assert [*SURFACE_LABELS] == [*SURFACES] and all(SURFACE_LABELS.values())


@pytest.mark.parametrize(
    "limits", [None, ((-7, 9), (-4, 5)), ((2, 4), (1, 2))], ids=["own", "wide", "beside"]
)
@pytest.mark.parametrize("name", SURFACES)
def test_a_map_shows_its_surface(name, limits):
    """Else stars miss the minima, parts of a map stay white, or a flat valley has no contours."""
    axes, surface = paper(), SURFACES[name]
    filled, lines, stars = draw_contours(axes, surface, limits)
    limits = surface.limits if limits is None else limits
    assert (axes.get_xlim(), axes.get_ylim()) == limits
    np.testing.assert_array_equal(np.transpose(stars.get_data()), surface.minima)
    assert (stars.get_marker(), stars.get_linestyle()) == ("*", "None") and stars.get_markersize() > 10
    assert brightness(stars.get_markeredgecolor()) > brightness("#c6c6c6") > 4 * brightness(stars.get_color())
    assert {filled, lines, stars} <= {*axes.get_children()}
    x, y = (np.linspace(*limit, 161) for limit in limits)
    losses = surface.loss(np.stack(np.meshgrid(x, y), axis=-1))
    # One scale for all maps of a surface: from its minimum, whether that lies inside or not.
    lowest = min(losses.min(), surface.loss(surface.minima[0]))
    wanted = [lowest + (losses.max() - lowest) * (count / 14) ** 3 for count in range(15)]
    np.testing.assert_allclose(filled.levels, wanted, rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(lines.levels, filled.levels[1:-1])
    assert {*lines.get_linestyle()} == {(0, None)}
    # On the map itself: each grey is that of the loss there, paler where it is lower.
    lines.remove()
    stars.remove()
    axes.set_axis_off()
    axes.figure.canvas.draw()
    pixels = np.asarray(axes.figure.canvas.buffer_rgba())[:, :, 0].astype(int)
    greys, borders = np.linspace(255, 198, 14), filled.levels[1:-1]
    for row, column in np.ndindex(4, 4):
        row, column = 20 + 40 * row, 20 + 40 * column
        found = pixels[399 - round(row * 2.5), round(column * 2.5)]
        # Half a pixel beside the point may lie the next band.
        near = losses[row - 1 : row + 2, column - 1 : column + 2]
        dark, pale = (greys[np.searchsorted(borders, loss)] for loss in (near.max(), near.min()))
        assert dark - 1 <= found <= pale + 1


@pytest.mark.parametrize("margin", [0.0, 0.1])
@pytest.mark.parametrize("ratio", [0.5, 1.0, 1.7, 3.0])
@pytest.mark.parametrize("name", SURFACES)
def test_both_weights_have_one_scale(name, ratio, margin):
    """Else gradients stand askew on the contours, or a part of the surface is cut off."""
    surface = SURFACES[name]
    limits = equal_limits(surface, ratio, *([margin] if margin else []))
    sizes = [high - low for low, high in limits]
    assert sizes[0] / sizes[1] == pytest.approx(ratio)
    own = [(1 + 2 * margin) * (high - low) for low, high in surface.limits]
    assert any(size == pytest.approx(least) for size, least in zip(sizes, own, strict=True))
    for size, least, limit, before in zip(sizes, own, limits, surface.limits, strict=True):
        assert size >= least - 1e-9 and sum(limit) == pytest.approx(sum(before))


def test_directions_have_length_one_or_none():
    """Else an arrow at a minimum shows the direction of a rounding error, or a short gradient has no direction."""
    vectors = np.array([[[3.0, 4.0], [0.0, -2e-9]], [[0.0, 0.0], [5e-10, 5e-10]]])
    before = vectors.copy()
    np.testing.assert_allclose(directions(vectors), [[[0.6, 0.8], [0, -1]], [[0, 0], [0, 0]]], rtol=1e-12)
    np.testing.assert_array_equal(vectors, before)


def test_arrows_begin_at_their_points_and_are_as_long_as_they_say():
    """Else an arrow shows another step than the one that is made, or a dot stands where nothing moves."""
    axes = paper()
    axes.set(xlim=(0, 8), ylim=(0, 2))
    axes.set_axis_off()
    points = np.array([[1.0, 0.5], [4.0, 1.9], [7.0, 0.1]])
    arrows = draw_arrows(
        axes, points, np.array([[4.0, 1.0], [0.0, 0.0], [0.0, 0.0]]), color="red", width=0.004
    )
    assert arrows.N == 1
    axes.figure.canvas.draw()
    seen = np.asarray(axes.figure.canvas.buffer_rgba())[:, :, :3] != np.multiply(255, (1, 1, 1))
    rows, columns = np.nonzero(seen.any(axis=2))
    # From (1, 0.5) to (5, 1.5), in pixels from the top left.
    np.testing.assert_allclose([columns.min(), columns.max()], [50, 250], atol=4)
    np.testing.assert_allclose([rows.min(), rows.max()], [100, 300], atol=4)
    np.testing.assert_array_equal(arrows.get_facecolor()[0, :3], to_rgb("red"))
    assert draw_arrows(axes, points, np.array([[0.0, 0.1]] * 3)).N == 3
