"""Drawings: prepared as MNIST's digits are, read by a network, and drawn on a canvas with mouse, finger or keys."""

import dataclasses

import numpy as np
import pytest

from helpers.datasets import load_mnist
from helpers.studies.drawing import draw_a_digit
from helpers.studies.drawing.compute import (
    DRAWINGS,
    centre_of_mass,
    draw_lines,
    prepare,
    read_drawing,
    segments,
    trained_reader,
    turn,
)
from helpers.studies.drawing.plots import DrawingPlot
from helpers.widgets import DrawADigit

WHAT_THEY_ARE = {"a two": 2, "a three in a corner": 3, "a wide seven with a bar": 7, "a five": 5}


def box_of(image, threshold=0.25):
    rows, columns = np.nonzero(image > threshold)
    return np.ptp(columns) + 1, np.ptp(rows) + 1


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("pen", [1.0, 2.5, 5.0])
def test_prepared_as_mnist_prepares(name, pen):
    """Else a drawing reaches the network larger, smaller or more to one side than anything that it was trained on."""
    image = prepare(segments(DRAWINGS[name]), pen)
    assert image.shape == (28, 28) and image.min() >= 0 and 0.9 < image.max() <= 1
    np.testing.assert_allclose(centre_of_mass(image), 14, atol=0.1)
    width, height = box_of(image)
    assert 19 <= max(width, height) <= 21
    lines = segments(DRAWINGS[name])
    drawn = np.ptp(lines.reshape(-1, 2), axis=0)
    short, long = sorted((drawn * (20 - pen) / max(drawn) + pen).tolist())
    assert sorted((width, height)) == pytest.approx([short, long], abs=1.5)
    # Anti-aliased: a good part of the ink's edge is grey.
    assert np.mean((image > 0.02) & (image < 0.98)) > 0.03


def test_mnist_itself_lies_as_we_prepare():
    """Else our idea of how MNIST was made is wrong, and the preparation with it."""
    images = load_mnist()[0][0][:500] / 255
    assert np.abs([centre_of_mass(image) - 14 for image in images]).mean() < 0.5
    assert np.median([max(box_of(image, 0)) for image in images]) == 20


def test_preparing_undoes_size_and_place():
    """Else the same digit drawn small, large or in a corner is another digit to the network."""
    lines = segments(DRAWINGS["a five"])
    for size, place in ((0.2, (0.7, 0.1)), (3, (-1, 4))):
        np.testing.assert_allclose(prepare(size * lines + place, 2.5), prepare(lines, 2.5), atol=1e-9)


def test_lines_are_as_thick_as_the_pen():
    """Else the pen's slider says something else than the picture shows."""
    for pen in (1.0, 2.5, 4.0):
        image = draw_lines(np.array([[[4.0, 14.0], [24.0, 14.0]]]), pen)
        assert image[:, 14].sum() == pytest.approx(pen, abs=0.02)
        dot = draw_lines(np.array([[[14.0, 14.0], [14.0, 14.0]]]), pen)
        assert dot.sum() == pytest.approx(np.pi * pen**2 / 4, rel=0.5)
    assert draw_lines(segments(()), 2.5).sum() == 0


def test_turning_a_quarter_is_turning_the_picture():
    """Else the drawing turns the other way, or about another point, than the slider says."""
    lines = segments(DRAWINGS["a five"])
    clockwise = draw_lines(28 * turn(lines, 90), 2.5)
    np.testing.assert_allclose(clockwise, np.rot90(draw_lines(28 * lines, 2.5), -1), atol=1e-9)


def test_network_reads_the_drawings():
    """Else the drawings of the course teach that the network cannot read."""
    for name, digit in WHAT_THEY_ARE.items():
        reading = read_drawing(DRAWINGS[name])
        assert reading.probabilities.argmax() == digit == reading.nearest_label, name
    assert read_drawing(DRAWINGS["a lying eight"], angle=90).probabilities.argmax() == 8
    assert read_drawing(DRAWINGS["a lying eight"]).probabilities.argmax() != 8
    assert read_drawing(DRAWINGS["a three in a corner"], prepared=False).probabilities.argmax() != 3


def test_nearest_digit_is_the_nearest():
    """Else the picture shows some training digit and calls it the nearest."""
    reading = read_drawing(DRAWINGS["a two"])
    _, images, labels = trained_reader()
    distances = np.sqrt(((images - reading.prepared) ** 2).sum(axis=(1, 2)))
    assert reading.distance == pytest.approx(distances.min(), rel=1e-4)
    assert reading.nearest_label == labels[distances.argmin()]
    np.testing.assert_array_equal(reading.nearest, images[distances.argmin()])


def test_nothing_drawn_is_said_to_be_nothing():
    """Else an empty paper is read as a digit."""
    reading = read_drawing(())
    assert reading.empty and (reading.probabilities == 0.1).all()
    assert "Nothing is drawn" in DrawADigit().describe(reading, (), 2.5, 0.0, "prepared")


@pytest.fixture
def pad(monkeypatch):
    monkeypatch.setattr(draw_a_digit, "SECONDS_BETWEEN_READINGS", 0)
    explorer = DrawADigit()
    explorer.view.show()
    explorer.pad.clear()
    return explorer.pad


def send(pad, event, **content):
    """Let the page's canvas report what a person does."""
    pad.mark._handle_frontend_event(None, {"event": event} | content, None)


def test_drawing_with_the_mouse(pad):
    """Else moving the mouse draws nothing, or draws while its button is up."""
    explorer = pad.explorer
    send(pad, "mouse_move", x=10, y=10)
    assert explorer.settings["drawing"] == draw_a_digit.OWN and explorer.result.empty
    send(pad, "mouse_down", x=140, y=28)
    sentences = {explorer.sentence}
    for y in (100, 200, 252):
        send(pad, "mouse_move", x=140, y=y)
        sentences.add(explorer.sentence)
    send(pad, "mouse_up", x=140, y=252)
    send(pad, "mouse_move", x=0, y=0)
    stroke = ((0.5, 0.1), (0.5, 0.357), (0.5, 0.714), (0.5, 0.9))
    assert explorer.settings["drawing"] == (stroke,)
    assert explorer.result.probabilities.argmax() == 1 and "reads a 1" in explorer.sentence
    assert explorer.view.image.value == explorer.picture.png()
    assert len(sentences) > 1
    send(pad, "mouse_down", x=28, y=28)
    send(pad, "mouse_out", x=0, y=28)
    send(pad, "mouse_move", x=200, y=28)
    assert explorer.settings["drawing"] == (stroke, ((0.1, 0.1),))
    pad.clear()
    assert explorer.result.empty and pad.strokes == []


@pytest.mark.parametrize(
    ("begin", "move", "end"),
    [
        ("mouse_down", "mouse_move", "mouse_up"),
        ("mouse_down", "mouse_move", "mouse_out"),
        ("touch_start", "touch_move", "touch_end"),
    ],
)
def test_the_end_of_a_fast_stroke_is_read(pad, monkeypatch, begin, move, end):
    """Else of a digit that is drawn quickly the network never sees the last part, or it reads at each move and lags behind."""
    monkeypatch.setattr(draw_a_digit, "SECONDS_BETWEEN_READINGS", 3600)
    explorer, seen = pad.explorer, []
    compute = explorer.compute
    monkeypatch.setattr(
        explorer, "compute", lambda **settings: seen.append(settings["drawing"]) or compute(**settings)
    )
    for event, y in ((begin, 28), (move, 140), (move, 252), (end, 252)):
        touched = {"touches": [{"x": 140, "y": y}] if event != end else []}
        send(pad, event, **touched if "touch" in event else {"x": 140, "y": y})
    assert seen == [(((0.5, 0.1),),), (((0.5, 0.1), (0.5, 0.5), (0.5, 0.9)),)]
    assert explorer.settings["drawing"] == seen[-1] and explorer.view.image.value == explorer.picture.png()


def test_drawing_with_a_finger(pad):
    """Else a tablet draws nothing."""
    send(pad, "touch_start", touches=[{"x": 140, "y": 28}])
    send(pad, "touch_move", touches=[{"x": 140, "y": 252}])
    send(pad, "touch_end", touches=[])
    assert pad.explorer.settings["drawing"] == (((0.5, 0.1), (0.5, 0.9)),)
    send(pad, "touch_start", touches=[{"x": 28, "y": 28}])
    send(pad, "touch_cancel", touches=[])
    send(pad, "touch_move", touches=[{"x": 140, "y": 252}])
    assert pad.strokes[1:] == [[(0.1, 0.1)]]


def test_drawing_with_the_keys(pad):
    """Else whoever cannot use a mouse cannot draw, or cannot know where the pen is."""

    def press(key):
        send(pad, "key_down", key=key, shift_key=False, ctrl_key=False, meta_key=False)

    for _ in range(9):
        press("ArrowUp")
    assert pad.strokes == [] and "up, 50 % from the left and 23 % from the top" in pad.state.value
    press(" ")
    assert "down" in pad.state.value
    for _ in range(18):
        press("ArrowDown")
    press("ArrowRight")
    press("x")
    press(" ")
    press("ArrowLeft")
    ((first, *_, last),) = pad.explorer.settings["drawing"]
    assert first == (0.5, 0.23) and last == (0.53, 0.77)
    for _ in range(50):
        press("ArrowLeft")
    assert "0 % from the left" in pad.state.value


def test_canvas_and_list_follow_each_other(pad):
    """Else the paper shows one drawing and the network reads another."""
    pad.explorer.settings["drawing"] = "a two"
    assert tuple(map(tuple, pad.strokes)) == DRAWINGS["a two"]
    send(pad, "mouse_down", x=28, y=28)
    send(pad, "mouse_up", x=28, y=28)
    # What is drawn on top of a chosen drawing is added to it.
    assert pad.explorer.settings["drawing"] == (*DRAWINGS["a two"], ((0.1, 0.1),))
    assert pad.explorer.view.widgets["drawing"].value == draw_a_digit.OWN
    with pytest.raises(ValueError, match="a stroke is a row of points"):
        pad.explorer.settings["drawing"] = (((0.1, float("nan")),),)
    names = {}
    exec(pad.explorer.code, names)
    np.testing.assert_array_equal(names["reading"].probabilities, pad.explorer.result.probabilities)


def test_another_drawing_ends_the_stroke(pad):
    """Else a preset that is chosen while the pen is down gets a line across it at the next move."""
    send(pad, "mouse_down", x=28, y=28)
    pad.explorer.settings["drawing"] = "a two"
    send(pad, "mouse_move", x=200, y=200)
    assert pad.explorer.settings["drawing"] == "a two" and "up" in pad.state.value


def test_a_clear_paper_has_its_pen_in_the_middle(pad):
    """Else somebody who draws with the keys, and cannot see the pen, begins the next digit where the last one ended."""
    send(pad, "mouse_down", x=28, y=252)
    send(pad, "mouse_up", x=28, y=252)
    assert "10 % from the left and 90 % from the top" in pad.state.value
    pad.clear()
    assert pad.explorer.result.empty and "up, 50 % from the left and 50 % from the top" in pad.state.value


def test_page_without_ipycanvas_is_told_so(pad):
    """Else somebody whose page shows no canvas waits for one, or is told that there is none when there is."""
    assert "does not offer ipycanvas" in pad.hint.value
    send(pad, "client_ready")
    assert "Draw in the square" in pad.hint.value


def drawn_on(paper, monkeypatch):
    """Return a list that fills with what is drawn on the paper: None where it is wiped, and the ends of each line."""
    drawn = []
    monkeypatch.setattr(
        paper, "fill_rect", lambda *area: drawn.append(None if area == (0, 0, 280, 280) else area)
    )
    monkeypatch.setattr(paper, "stroke_line", lambda *ends: drawn.append(ends))
    return drawn


def test_the_paper_shows_the_strokes(pad, monkeypatch):
    """Else another drawing is on the paper than the network reads, a dot is nowhere, or a page that comes late stays white."""
    drawn = drawn_on(pad.paper, monkeypatch)
    strokes = (((0.1, 0.2), (0.3, 0.4), (0.5, 0.6)), ((0.7, 0.8),))
    lines = [(28, 56, 84, 112), (84, 112, 140, 168), (196, 224, 196, 224)]

    def check_lines():
        wiped, *found = drawn
        assert wiped is None
        np.testing.assert_allclose(found, lines, atol=0.02)
        # A line without length draws nothing.
        assert found[-1][:2] != found[-1][2:]
        drawn.clear()

    pad.explorer.settings["drawing"] = strokes
    check_lines()
    # Nothing is drawn anew where the drawing stays.
    pad.explorer.settings["pen"] = 4.0
    assert drawn == []
    send(pad, "client_ready")
    check_lines()
    send(pad, "mouse_down", x=28, y=28)
    send(pad, "mouse_move", x=28, y=140)
    send(pad, "mouse_up", x=28, y=140)
    np.testing.assert_allclose(drawn, [(28, 28, 28, 28), (28, 28, 28, 140)], atol=0.02)
    send(pad, "mouse_move", x=140, y=140)
    assert len(drawn) == 2


def test_the_pen_stays_on_the_paper(pad, monkeypatch):
    """Else the keys lead the pen out of sight; or its cross stands elsewhere, or in one colour whether it is up or down."""
    crosses = []
    monkeypatch.setattr(pad.mark, "stroke_line", lambda *ends: crosses.append((pad.mark.stroke_style, ends)))
    for key, place in (
        ("ArrowRight", (1.0, 0.5)),
        ("ArrowDown", (1.0, 1.0)),
        ("ArrowLeft", (0.0, 1.0)),
        ("ArrowUp", (0.0, 0.0)),
    ):
        for _ in range(34):
            send(pad, "key_down", key=key, shift_key=False, ctrl_key=False, meta_key=False)
        assert pad.pen == pytest.approx(place, abs=1e-9)
        x, y = 280 * place[0], 280 * place[1]
        (up, across), (_, along) = crosses[-2:]
        np.testing.assert_allclose([across, along], [(x - 7, y, x + 7, y), (x, y - 7, x, y + 7)], atol=1e-9)
    send(pad, "mouse_down", x=140, y=140)
    down, _ = crosses[-1]
    send(pad, "mouse_up", x=140, y=140)
    assert crosses[-1][0] == up != down
    # The next key goes on from where the mouse was.
    send(pad, "key_down", key="ArrowUp", shift_key=False, ctrl_key=False, meta_key=False)
    assert "up, 50 % from the left and 47 % from the top" in pad.state.value


@pytest.mark.parametrize(
    "point", [(0.1,), (0.1, 0.2, 0.3), ("0.1", 0.2), (0.1, float("inf")), (None, 0.2), (1j, 0.2)], ids=repr
)
def test_what_is_no_point_is_refused(point):
    """Else a typing error in a program ends in the middle of NumPy, or draws a line out of the paper without end."""
    explorer = DrawADigit()
    before = dict(explorer.settings)
    with pytest.raises(ValueError, match="a stroke is a row of points") as refused:
        explorer.settings["drawing"] = (((0.2, 0.2), point),)
    assert repr(point) in str(refused.value) and explorer.settings == before
    explorer.settings["drawing"] = (((0, 1), (np.float32(0.5), np.int64(1))),)
    assert not explorer.result.empty


def test_bars_say_the_probabilities():
    """Else a bar is as long as another digit's, the surest is not the one that stands out, or a little is called nothing."""
    shares = np.array([0.9968, 0.0019, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0013, 0.0])
    sure = dataclasses.replace(read_drawing(DRAWINGS["a five"]), probabilities=shares)
    torn = dataclasses.replace(
        sure, probabilities=np.array([0.0, 0.004, 0.006, 0.0, 0.3, 0.0, 0.45, 0.0, 0.24, 0.0])
    )
    for reading, texts, best in (
        (sure, {0: "> 99 %"}, 0),
        (torn, {2: "1 %", 4: "30 %", 6: "45 %", 8: "24 %"}, 6),
        (read_drawing(()), {}, None),
    ):
        plot = DrawingPlot(reading)
        assert {digit: text.get_text() for digit, text in enumerate(plot.shares) if text.get_text()} == texts
        lengths = [bar.get_width() for bar in plot.bars]
        np.testing.assert_allclose(lengths, 0 * shares if best is None else 100 * reading.probabilities)
        assert [
            text.get_position()[0] > length for text, length in zip(plot.shares, lengths, strict=True)
        ] == [True] * 10
        colours = [bar.get_facecolor() for bar in plot.bars]
        bold = [digit for digit, text in enumerate(plot.shares) if text.get_weight() == "bold"]
        assert bold == ([] if best is None else [best])
        assert [digit for digit in range(10) if colours.count(colours[digit]) == 1] == bold
