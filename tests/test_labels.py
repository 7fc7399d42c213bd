"""Words inside pictures stand on the side that was asked for, and never on each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.kit.labels import label, label_ends, spread
from helpers.kit.style import new_figure


@pytest.mark.parametrize(
    ("offset", "side"),
    [
        ((8, 0), (1, 0)),
        ((-8, 0), (-1, 0)),
        ((0, 8), (0, 1)),
        ((0, -8), (0, -1)),
        ((8, -8), (1, -1)),
        ((0, 0), (0, 0)),
    ],
)
def test_side(offset, side):
    """Else a name covers the point that it names."""
    figure = new_figure(3, 3)
    axes = figure.subplots()
    words = label(axes, "here", (0.5, 0.5), offset)
    figure.draw_without_rendering()
    box = words.get_window_extent()
    x, y = axes.transData.transform((0.5, 0.5))
    for low, high, point, wanted in ((box.x0, box.x1, x, side[0]), (box.y0, box.y1, y, side[1])):
        if wanted == 0:
            assert abs((low + high) / 2 - point) < 6
        else:
            assert low > point if wanted > 0 else high < point


def test_words_are_as_heavy_and_as_far_away_as_was_asked():
    """Else a name that belongs to the background is louder than the path, or stands on it."""
    figure = new_figure(3, 3)
    axes = figure.subplots()
    plain = label(axes, "here", (0.5, 0.5), (9, -18))
    assert plain.get_weight() == "normal" and not plain.get_path_effects()
    assert plain.get_annotation_clip() is False
    figure.draw_without_rendering()
    box, (x, y) = plain.get_window_extent(), axes.transData.transform((0.5, 0.5))
    # 72 points are an inch, and that is 100 pixels.
    assert (box.x0 - x, box.y1 - y) == pytest.approx((12.5, -25), abs=2.5)
    heavy = label(axes, "here", (0.5, 0.5), bold=True, halo=True, ha="right", color="red", weight="light")
    assert (heavy.get_weight(), heavy.get_ha(), heavy.get_va(), heavy.get_color()) == (
        "bold",
        "right",
        "center",
        "red",
    )
    (edge,) = heavy.get_path_effects()
    assert edge._gc["foreground"] == "white"


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.floats(0.001, 0.15))
def test_spread_keeps_apart_and_inside(places, gap):
    """Else two names lie on each other, or one leaves the picture."""
    moved = spread(places, gap, 0, 1)
    assert len(moved) == len(places)
    assert moved.min() >= -1e-9 and moved.max() <= 1 + 1e-9
    assert (np.diff(np.sort(moved)) >= gap - 1e-9).all()
    order = np.argsort(places, kind="stable")
    assert (np.diff(moved[order]) > 0).all()


def test_spread_leaves_what_is_far_apart():
    """Else names leave the ends of their lines without need."""
    np.testing.assert_array_equal(spread([0.9, 0.1, 0.5], 0.2, 0, 1), [0.9, 0.1, 0.5])
    np.testing.assert_allclose(spread([0.5, 0.5], 0.1), [0.5, 0.6])


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        ([0.98, 0.5, 0.99], [0.9, 0.5, 1]),
        ([0.02, -0.1], [0.1, 0]),
        ([0.3, 0.35, 0.42], [0.3, 0.4, 0.5]),
        ([1, 1, 1], [0.8, 0.9, 1]),
    ],
)
def test_spread_moves_each_as_little_as_it_must(places, wanted):
    """Else the name of a line stands beside another line; the highest give way first."""
    before = list(places)
    np.testing.assert_allclose(spread(places, 0.1, 0, 1), wanted)
    assert places == before


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_names_stand_where_their_lines_end(scale):
    """Else the names of two lines are exchanged, or stand at another height than their ends."""
    figure = new_figure(6, 4)
    axes = figure.subplots()
    axes.set(xlim=(0, 2), ylim=(0.1, 10), yscale=scale)
    ends = [(1.5, 7.0, "one", "red"), (2, 0.2, "two", "blue")]
    label_ends(axes, ends, 0.085)
    label_ends(axes, ends[:1], 0.085, bold=False, size=20)
    figure.draw_without_rendering()
    for words, (x, y, text, colour) in zip(axes.texts, ends + ends[:1], strict=True):
        box = words.get_window_extent()
        right, height = axes.transData.transform((x, y))
        assert (words.get_text(), words.get_color()) == (text, colour)
        # Seven points are ten pixels.
        assert box.x0 - right == pytest.approx(7 * 100 / 72, abs=2.5)
        assert (box.y0 + box.y1) / 2 == pytest.approx(height, abs=5)
    assert [(words.get_weight(), words.get_size()) for words in axes.texts[1:]] == [
        ("bold", axes.texts[0].get_size()),
        ("normal", 20),
    ]


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_label_ends_on_one_height(scale):
    """Else lines that end together have names that nobody can read."""
    figure = new_figure(6, 4)
    axes = figure.subplots()
    axes.set(xlim=(0, 1), ylim=(0.1, 10), yscale=scale)
    label_ends(axes, [(1, 1.0, "one", "red"), (1, 1.0, "two", "blue"), (1, 1.01, "three", "black")], 0.085)
    figure.draw_without_rendering()
    boxes = sorted((words.get_window_extent() for words in axes.texts), key=lambda box: box.y0)
    assert all(low.y1 <= high.y0 + 1 for low, high in zip(boxes, boxes[1:], strict=False))
    assert all(words.get_window_extent().x0 >= axes.bbox.x1 for words in axes.texts)
