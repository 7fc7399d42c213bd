"""How a figure of the course is made and reaches the page: its bytes, its sentence, what moves in it and what stays."""

import io
import threading

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from helpers.kit import style
from helpers.kit.style import (
    LivePicture,
    Picture,
    course_style,
    draw_kernels,
    encode,
    nearest_five,
    new_figure,
    picture,
    within,
)


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_one_thread_draws_at_a_time():
    """Else a learner's figures keep the look of the course: matplotlib has one set of settings for all threads."""
    before = dict(matplotlib.rcParams)
    inside, go_on, entered = (threading.Event() for _ in range(3))

    def draw_long():
        with course_style():
            inside.set()
            go_on.wait(5)

    def draw():
        with course_style():
            entered.set()

    threads = [threading.Thread(target=target) for target in (draw_long, draw)]
    threads[0].start()
    assert inside.wait(5)
    threads[1].start()
    assert not entered.wait(0.2)
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert entered.is_set() and dict(matplotlib.rcParams) == before


def test_a_new_figure_has_its_size_and_belongs_to_nobody():
    """Else a picture is of another size than its page, or each one stays in memory for as long as the kernel lives."""
    import matplotlib.pyplot as plt

    with course_style():
        figure = new_figure(3, 2)
    assert figure.canvas.get_width_height() == (300, 200) and plt.get_fignums() == []
    assert type(figure.get_layout_engine()).__name__ == "ConstrainedLayoutEngine"


@pytest.mark.parametrize("wrong", [False, True])
def test_the_style_of_the_course_ends_with_its_block(wrong):
    """Else a learner's own figures change their look, or after an error only."""
    before = dict(matplotlib.rcParams)
    try:
        with course_style():
            assert matplotlib.rcParams["image.cmap"] == "gray_r" and matplotlib.rcParams["font.size"] == 12
            matplotlib.rcParams["font.size"] = 99
            assert not wrong or 1 / 0
    except ZeroDivisionError:
        assert wrong
    assert dict(matplotlib.rcParams) == before


def test_encoded_pictures_look_like_the_canvas():
    """Else colours are swapped, rows stand on their heads, or a palette leaves a picture that nobody recognises."""
    figure = new_figure(2, 1)
    figure.set_layout_engine("none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.imshow(np.random.default_rng(0).random((5, 10, 3)), aspect="auto", interpolation="bilinear")
    figure.canvas.draw()
    drawn = np.asarray(figure.canvas.buffer_rgba())[:, :, :3].astype(int)
    full, few = encode(figure.canvas, colours=None), encode(figure.canvas)
    np.testing.assert_array_equal(pixels(full), drawn)
    assert Image.open(io.BytesIO(full)).mode == "RGB" and Image.open(io.BytesIO(few)).mode == "P"
    assert (
        np.abs(pixels(few) - drawn).mean() < 12 and len(np.unique(pixels(few).reshape(-1, 3), axis=0)) > 128
    )
    assert len(encode(figure.canvas, None, effort=9)) < len(full) and len(few) < len(full) / 2


@pytest.mark.parametrize(
    ("percentage", "rounded"), [(0, 0), (2.4, 0), (2.6, 5), (97.4, 95), (97.6, 100), (-3, -5)]
)
def test_nearest_five(percentage, rounded):
    """Else a sentence differs from machine to machine, or is further off than it need be."""
    assert nearest_five(percentage) == rounded


def test_a_picture_is_shown_with_its_sentence(capture):
    """Else those who cannot see a picture, or read a saved copy, miss its sentence or the picture."""

    @picture(3, 2)
    def draw(figure, text, *, colour="red"):
        """Draw a word."""
        figure.text(0.5, 0.5, text, color=colour)
        return f"It says {text}, in {colour}."

    shown = draw("so", colour="blue")
    assert (
        isinstance(shown, Picture)
        and draw.is_picture
        and (draw.__name__, draw.__doc__) == ("draw", "Draw a word.")
    )
    assert shown.sentence == "It says so, in blue."
    assert shown.figure.texts[0].get_fontsize() == 12
    shown._ipython_display_()
    image, words = capture
    assert image == (
        {"image/png": shown.png(), "text/plain": shown.sentence},
        {"image/png": {"alt": shown.sentence, "width": 300}},
    )
    assert words == ({"text/markdown": shown.sentence, "text/plain": shown.sentence}, None)
    # What a notebook saves has two pixels for each of the page, is small, and the pixels do not stay.
    canvas = shown.figure.canvas
    png = shown.png()
    assert Image.open(io.BytesIO(png)).size == (600, 400) and shown.figure.dpi == 100
    canvas.draw()
    assert shown.figure.canvas is not canvas and len(png) < 2 * len(encode(canvas, None))


def test_paper_is_white():
    """Else a picture is a grey field on a white page, because its paper shares a colour with pale lines."""
    figure = new_figure(3, 2)
    figure.set_layout_engine("none")
    axes = figure.add_axes((0.1, 0.2, 0.8, 0.7))
    axes.set_axis_off()
    axes.imshow(np.linspace(0.85, 1, 300)[np.newaxis], cmap="gray", vmin=0, vmax=1, aspect="auto")
    figure.canvas.draw()
    assert (pixels(encode(figure.canvas))[-1] == 255).all()


def test_photographs_keep_their_colours():
    """Else the sky of a photograph has stripes."""
    colours = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)

    def draw(figure):
        figure.figimage(np.repeat(np.repeat(colours, 2, axis=0), 2, axis=1))
        return ""

    kept, few = (
        {*map(tuple, pixels(picture(3, 2, **options)(draw)().png()).reshape(-1, 3).tolist())}
        for options in ({"colours": None}, {})
    )
    assert kept >= {*map(tuple, colours.reshape(-1, 3).tolist())} and len(few) <= 256


@pytest.fixture
def capture(monkeypatch):
    """List what is displayed."""
    displayed = []
    monkeypatch.setattr(
        "IPython.display.display",
        lambda data, raw, metadata=None: displayed.append((data, metadata)) if raw else 1 / 0,
    )
    return displayed


class Stage(LivePicture):
    def __init__(self):
        super().__init__(2, 1)
        self.figure.set_layout_engine("none")
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, 2), ylim=(0, 1))
        self.axes.set_axis_off()
        (self.below,) = self.axes.plot([0.5], [0.5], "s", color="red", markersize=40)
        (self.above,) = self.axes.plot([0.5], [0.5], "s", color="blue", markersize=10)

    def still(self, x, colour):
        self.asked.append(colour)
        return self.axes.plot([x], [0.5], "s", color=colour, markersize=10)


COLOURS = {"red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}


def colour_at(stage, *places):
    """Return the names of the colours at places from the left; a palette moves them a little."""
    row = pixels(stage.png())[50]
    return [
        min(COLOURS, key=lambda name, x=x: np.abs(row[round(100 * x)] - COLOURS[name]).max()) for x in places
    ]


def test_what_moves_is_drawn_anew_over_what_stays(monkeypatch):
    """Else a dot leaves its old places behind, hides below another, or all is drawn again and a slider stutters."""
    stage = Stage()
    assert stage.moves(stage.below) == (stage.below,) and stage.moves(stage.above) == (stage.above,)
    assert stage.moving == [stage.below, stage.above]
    assert all(artist.get_animated() and not artist.get_in_layout() for artist in stage.moving)
    drawn = []
    draw = type(stage.figure.canvas).draw
    monkeypatch.setattr(type(stage.figure.canvas), "draw", lambda canvas: drawn.append(1) or draw(canvas))
    assert colour_at(stage, 0.35, 0.5, 1.5) == ["red", "blue", "white"]
    stage.below.set_data([1.5], [0.5])
    assert colour_at(stage, 0.35, 0.5, 1.5) == ["white", "blue", "red"]
    assert drawn == [1]


def test_each_scene_is_drawn_once_and_seen_alone():
    """Else axes of one setting stand in the picture of another, or are made again at each move."""
    stage = Stage()
    stage.asked = []
    stage.moves(stage.above)
    stage.below.set_visible(False)
    for scene, x, colour, seen in (
        ("left", 0.2, "green", ["green", "white"]),
        ("right", 1.8, "red", ["white", "red"]),
        ("left", 0.2, "green", ["green", "white"]),
    ):
        stage.enter(scene, lambda x=x, colour=colour: stage.still(x, colour))
        assert stage.scene == scene
        assert colour_at(stage, 0.2, 1.8, 0.5) == [*seen, "blue"]
    assert stage.asked == ["green", "red"]


def test_the_ends_of_limits_lie_within():
    """Else a path that touches the frame is said to have left it."""
    limits = (-1, 2), (0, 5)
    assert within([(-1, 0), (2, 5)], limits) is True and within((2, 0), limits) is True
    for outside in ((-1.01, 3), (2.01, 3), (0, -0.01), (0, 5.01), (np.nan, 3)):
        assert within([(0, 3), outside], limits) is False


def test_each_unit_has_its_kernel():
    """Else one unit's weights stand below another's number, or pale ones are drawn as strong."""
    kernel = np.random.default_rng(0).normal(size=(784, 6))
    figure = Figure()
    draw_kernels(figure, kernel)
    assert [axes.get_title() for axes in figure.axes] == [*"012345"] and figure.axes[
        0
    ].get_gridspec().nrows == 2
    for unit, axes in enumerate(figure.axes):
        (image,) = axes.images
        np.testing.assert_array_equal(image.get_array(), kernel[:, unit].reshape(28, 28))
        assert image.get_clim() == pytest.approx((-0.7 * np.abs(kernel).max(), 0.7 * np.abs(kernel).max()))
        purple, orange = image.get_cmap()(1.0), image.get_cmap()(0.0)
        assert purple[2] > purple[1] and orange[0] > orange[2] and not axes.axison


def test_colours_that_are_compared_differ():
    """Else two runs in one picture cannot be told apart, with or without colour."""
    colours, dashes = zip(*style.RUN_STYLES, strict=True)
    assert len({*colours}) == len({*dashes}) == len(style.RUN_STYLES) == 4
