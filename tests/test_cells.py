"""Pictures made of boxes: entries in reading order, letters where they are put, and ink that can be read."""

import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from helpers.kit.cells import (
    INK,
    WHITE,
    Box,
    CellPicture,
    Cells,
    Line,
    Note,
    grid,
    grid_size,
    heading,
    outline,
    place,
    shade,
)
from helpers.kit.explorer import PICTURE_WIDTH

# Font sizes are in points; 72 of them, and ten units of a picture of cells, are an inch.
POINTS_A_UNIT = 72 / 10


@pytest.mark.parametrize(
    "shape", [(), (4,), (2, 3), (2, 3, 4), (2, 2, 2, 3), (2, 1, 2, 3, 2), (0,), (2, 0), (3, 0, 2)]
)
def test_entries_stand_in_reading_order(shape):
    """Else a row of the picture is a column of the tensor, or two of its parts lie on each other."""
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    boxes = grid(array, 1, 2, 3, 5, lambda indices: {"ink": indices}, size=9, text="?")
    assert [box.ink for box in boxes] == [*np.ndindex(shape)] and {box.text for box in boxes} <= {"?"}
    assert all((box.width, box.height, box.size) == (3, 5, 9) for box in boxes)
    places = {box.ink: ((box.x - 1) / 3, (box.y - 2) / 5) for box in boxes}
    for indices, (right, down) in places.items():
        # Axes from the last on go right and down in turn; each pair of them leaves a larger gap between its parts.
        steps, sizes = [], [1, 1]
        for number, count in enumerate(shape[::-1]):
            gap = (0, 0.6, 1.2)[number // 2]
            steps.append(sizes[number % 2] + gap)
            sizes[number % 2] = count * sizes[number % 2] + (count - 1) * gap
        moved = [index * step for index, step in zip(indices[::-1], steps, strict=True)]
        assert (right, down) == pytest.approx((sum(moved[::2]), sum(moved[1::2])))
    if boxes:
        assert grid_size(shape) == pytest.approx(
            tuple(max(place[way] for place in places.values()) + 1 for way in (0, 1))
        )
    assert all(size >= 1 for size in grid_size(shape))


def test_entries_show_themselves_unless_told_otherwise():
    """Else cells stay empty, or a style for all of them hides what sets one apart."""
    style = {"face": "red", "ink": "blue"}
    boxes = grid(
        np.array([7, 8]), 0, 0, 1, 1, lambda indices: {"face": "green"} if indices == (1,) else {}, **style
    )
    assert [(box.text, box.face, box.ink) for box in boxes] == [("7", "red", "blue"), ("8", "green", "blue")]


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("text", ["7", "−12.5", "1,234", "(2, 3)", "2 × 3 = 6", "4 5 6", "grey"])
def test_letters_are_those_of_the_font(text, weight):
    """Else a number that is put together from digits looks squeezed, loses a sign or its place."""
    vertices, codes, width = outline(text, 10, weight)
    font = FontProperties(weight=weight)
    whole = TextPath((0, 0), text, size=10 / POINTS_A_UNIT, prop=font)
    assert len(vertices) == len(codes)
    # Digits are as far apart as in the whole, up to what the font's kerning moves.
    for way, sign in ((0, 1), (1, -1)):
        np.testing.assert_allclose(
            [(sign * vertices[:, way]).min(), (sign * vertices[:, way]).max()],
            [whole.vertices[:, way].min(), whole.vertices[:, way].max()],
            atol=0.12,
        )
    assert width == vertices[:, 0].max()


@pytest.mark.parametrize(("align", "share"), [("left", 0), ("center", 0.5), ("right", 1)])
def test_notes_stand_where_they_are_put(align, share):
    """Else words run out of their boxes, or into what stands beside them."""
    note = Note(20, 30, "H", align, size=14.4)
    _, _, width = outline("H", 14.4, "normal")
    letter = place(note).vertices
    assert letter[:, 0].max() == pytest.approx(20 + (1 - share) * width)
    # A capital of the font is 0.73 of its size high; its middle lies on the height that was asked for.
    assert (letter[:, 1].min() + letter[:, 1].max()) / 2 == pytest.approx(30, abs=0.05)
    assert np.ptp(letter[:, 1]) == pytest.approx(0.73 * 14.4 / POINTS_A_UNIT, rel=0.02)
    assert heading(1, 2, "a part") == Note(1, 2, "a part", weight="bold", size=13)


def brightness(colour):
    """Return the relative luminance of WCAG 2.2."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def test_ink_can_be_read_on_every_shade():
    """Else the numbers in the middle of the scale vanish, or a larger number is darker than a smaller one."""
    shares = np.linspace(0, 1, 101)
    levels = [brightness(shade(share)[0]) for share in shares]
    assert (np.diff(levels) >= 0).all() and levels[-1] > 4 * levels[0]
    for share, level in zip(shares, levels, strict=True):
        _, ink = shade(share)
        low, high = sorted([level, brightness(ink)])
        # 3 : 1 is what WCAG asks of large letters.
        assert (high + 0.05) / (low + 0.05) > 3 and ink in (INK, WHITE)


def test_cells_draw_what_they_are_told_and_nothing_else():
    """Else something of the result before stays, or a box hides the line or the letters that belong with it."""
    figure = Figure(figsize=(4, 2), dpi=100)
    FigureCanvasAgg(figure)
    cells = Cells(figure)

    def pixels():
        figure.canvas.draw()
        return np.asarray(figure.canvas.buffer_rgba())[:, :, :3]

    cells.show([Box(0, 0, 40, 20, face="#123456")], [Note(3, 10, "gone")], [Line([(0, 0), (40, 20)])])
    pixels()
    red, green, blue = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    cells.show(
        [Box(10, 5, 10, 4, face="#ff0000", edge="#ff0000", text="█", ink="#00ff00", size=14)],
        [Note(30, 10, "█", ink="#0000ff", size=14)],
        [Line([(0, 7), (30, 7)], "#ff00ff", 2)],
    )
    seen = pixels()
    for (x, y), colour in {
        (11, 6): red,
        (19, 8): red,
        (9, 6): (255, 255, 255),
        (11, 10): (255, 255, 255),
        (15, 7): green,
        (30.5, 10): blue,
        (5, 7): (255, 0, 255),
        (12, 7): red,
        (3, 10.5): (255, 255, 255),
    }.items():
        assert tuple(seen[round(10 * y), round(10 * x)]) == colour, (x, y)
    cells.show([])
    assert (pixels() == 255).all()


class Count(CellPicture):
    size = (3, 2)

    def lay_out(self, result):
        return [Box(1, 1, 5, 5, text=str(result))], [Note(10, 10, "still")]


def test_a_picture_of_cells_shows_its_newest_result():
    """Else a picture stays at its first result, or is of another size than its page was made for."""
    picture = Count(3)
    assert picture.figure.get_size_inches().tolist() == [3, 2] and picture.moving == [*picture.cells.artists]
    first = picture.png()
    picture.update(4)
    second = picture.png()
    assert first != second and second == Count(4).png()
    # As wide as an explorer shows it, unless a picture has a size of its own.
    width, height = CellPicture.size
    assert f"{100 * width}px" == PICTURE_WIDTH and height < width / 2
    with pytest.raises(NotImplementedError):
        CellPicture(None)


def test_boxes_and_lines_have_the_width_and_colour_of_their_own():
    """Else what stands out by its edge does not."""
    cells = Cells(Figure(figsize=(1, 1)))
    cells.show(
        [Box(0, 0, 1, 2, "red", "blue", 3.0), Box(2, 0, 1, 1)], (), [Line([(0, 0), (1, 1)], "green", 4.0)]
    )
    strokes, rectangles, _ = cells.artists
    assert [*rectangles.get_linewidth()] == [3, 1] and [*strokes.get_linewidth()] == [4]
    for found, wanted in zip(
        itertools.chain(rectangles.get_facecolor(), rectangles.get_edgecolor(), strokes.get_color()),
        ("red", WHITE, "blue", "#999999", "green"),
        strict=True,
    ):
        np.testing.assert_allclose(found[:3], to_rgb(wanted))
