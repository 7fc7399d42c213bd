"""Draw a digit with mouse, finger or arrow keys, and see at once what a network reads."""

import dataclasses
import html
import math
import numbers
import time

import ipywidgets

from helpers.kit.controls import Menu, Options, Slider
from helpers.kit.explorer import Explorer, Preset, button, in_turn
from helpers.kit.numbers import probability, write
from helpers.language import Words
from helpers.studies.drawing.compute import DRAWINGS, read_drawing
from helpers.studies.drawing.plots import DrawingPlot

_ = Words(__name__)

DRAWING_LABELS = {
    "a two": _("a two"),
    "a three in a corner": _("a three in a corner"),
    "a wide seven with a bar": _("a wide seven with a bar"),
    "a five": _("a five"),
    "a lying eight": _("a lying eight"),
    "a letter A": _("a letter A"),
    "your drawing": _("your drawing"),
}
OWN = "your drawing"
PLACED_LABELS = {"prepared": _("scaled and centred as MNIST"), "as drawn": _("as it lies on the paper")}

AT_THE_START = {
    "a two": _("A two"),
    "a three in a corner": _("A three in a corner"),
    "a wide seven with a bar": _("A wide seven with a bar"),
    "a five": _("A five"),
    "a lying eight": _("A lying eight"),
    "a letter A": _("A letter A"),
    "your drawing": _("Your drawing"),
}
DIGITS = (_("a 0"), _("a 1"), _("a 2"), _("a 3"), _("a 4"), _("a 5"), _("a 6"), _("a 7"), _("an 8"), _("a 9"))

PIXELS = _.count("{pen} pixel", "{pen} pixels")
DEGREES = _.count("{angle} degree", "{angle} degrees")
NOTHING = _(
    "Nothing is drawn yet on this paper, where a pen of {pen} waits: draw a digit, or choose a drawing."
)
DRAWN = _("{drawing}, pen of {pen}, {placed}")
DRAWN_TURNED = _("{drawing}, turned by {angle}, pen of {pen}, {placed}")
OUTSIDE = _("{drawn}: no ink is on the paper, so the network has nothing to read.")
READ = _("{drawn}: the network reads {best}, with {share}. The nearest training digit is {nearest}.")
READ_TWO = _(
    "{drawn}: the network reads {best}, with {share}, then {second} with {second_share}. The nearest training digit is {nearest}."
)
SECOND_FROM = 0.05

NOT_HERE = _(
    "If no square appears beside this text, this page does not offer ipycanvas. Choose a drawing by its name instead."
)
HERE = _(
    "Draw in the square with mouse or finger. Or click on it, then: arrow keys move the pen, the space bar puts it down and "
    "lifts it."
)
PEN_DOWN = _("The pen is down, {right} % from the left and {down} % from the top.")
PEN_UP = _("The pen is up, {right} % from the left and {down} % from the top.")
CLEAR = _("Clear the paper")
NO_STROKES = _("{label}: a stroke is a row of points (x, y) with numbers, not {value!r}.")

SQUARE = 280
LINE = 22
KEYS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}
STRIDE = 0.03
# A mouse reports more places than a network can read drawings; those between are drawn, and read with the next.
SECONDS_BETWEEN_READINGS = 0.06

CODE = """\
from helpers.studies.drawing.compute import DRAWINGS, read_drawing

strokes = {strokes}
reading = read_drawing(strokes, pen={pen!r}, angle={angle!r}, prepared={prepared!r})
for digit, probability in enumerate(reading.probabilities):
    print(digit, f"{{probability:.0%}}")
print("nearest training digit:", reading.nearest_label)
"""


@dataclasses.dataclass(frozen=True)
class Drawing(Menu):
    """A drawing that stands in a list, by its name, or strokes of the reader's own."""

    def check(self, value):
        """Return a name of the list as it is, and strokes as a tuple of tuples of pairs of numbers."""
        if not isinstance(value, tuple):
            return super().check(value)
        for point in (point for stroke in value for point in stroke):
            if len(point) != 2 or not all(isinstance(x, numbers.Real) and math.isfinite(x) for x in point):
                raise ValueError(NO_STROKES.format(label=self.label, value=point))
        return value

    def shown(self, value):
        """Return what the widget shows for a setting."""
        return OWN if isinstance(value, tuple) else value


class DrawADigit(Explorer):
    """Draw a digit, or choose a drawing, and see how it is prepared, what the network says, and what is most like it."""

    shows = _(
        "Four panels: the drawing on paper, the 28 × 28 pixels that the network sees, a bar for the "
        "probability of each digit, and the nearest training digit."
    )
    controls = (
        Drawing("drawing", _("drawing"), "a two", DRAWING_LABELS),
        Slider("pen", _("thickness of the pen"), 2.5, 1.0, 5.0, 0.5, ".1f"),
        Slider("angle", _("turn in degrees"), 0.0, -90.0, 90.0, 5.0, ".0f"),
        Options("placed", _("shown to the network"), "prepared", PLACED_LABELS),
    )
    presets = {
        "in_a_corner_prepared": Preset(_("in a corner, prepared"), {"drawing": "a three in a corner"}),
        "in_a_corner_as_drawn": Preset(
            _("in a corner, as drawn"), {"drawing": "a three in a corner", "placed": "as drawn"}
        ),
        "lying": Preset(_("lying"), {"drawing": "a lying eight"}),
        "stood_up": Preset(_("stood up"), {"drawing": "a lying eight", "angle": 90.0}),
        "not_a_digit": Preset(_("not a digit"), {"drawing": "a letter A"}),
    }
    plot = DrawingPlot

    def __init__(self):
        super().__init__()
        self.pad = None

    def compute(self, drawing, pen, angle, placed):
        return read_drawing(strokes_of(drawing), pen, angle, placed == "prepared")

    def describe(self, result, drawing, pen, angle, placed):
        pen = PIXELS(pen, pen=write(pen, ".3g"))
        if not any(strokes_of(drawing)):
            return NOTHING.format(pen=pen)
        drawn = (DRAWN_TURNED if angle else DRAWN).format(
            drawing=AT_THE_START[OWN if isinstance(drawing, tuple) else drawing],
            angle=DEGREES(abs(angle), angle=write(angle, ".3g")),
            pen=pen,
            placed=PLACED_LABELS[placed],
        )
        if result.empty:
            return OUTSIDE.format(drawn=drawn)
        shares = result.probabilities
        best, second = shares.argsort()[:-3:-1]
        return (READ_TWO if shares[second] >= SECOND_FROM else READ).format(
            drawn=drawn,
            best=DIGITS[best],
            share=probability(shares[best]),
            second=DIGITS[second],
            second_share=probability(shares[second]),
            nearest=DIGITS[result.nearest_label],
        )

    def write_code(self, drawing, pen, angle, placed):
        strokes = f"DRAWINGS[{drawing!r}]" if drawing in DRAWINGS else repr(strokes_of(drawing))
        return CODE.format(strokes=strokes, pen=pen, angle=angle, prepared=placed == "prepared")

    @in_turn
    def move(self, **changes):
        super().move(**changes)
        if self.pad is not None:
            self.pad.show(strokes_of(self.settings["drawing"]))

    def make_view(self):
        view = super().make_view()
        self.pad = Pad(self)
        beside = (view.control_row, view.button_row)
        below = (part for part in view.box.children if part not in beside)
        self.pad.side.children += beside
        view.box.children = (self.pad.box, *below)
        return view


def strokes_of(drawing):
    """Return the strokes that a setting stands for: those of a name, none for a paper that is still empty, or its own."""
    return drawing if isinstance(drawing, tuple) else DRAWINGS.get(drawing, ())


class Pad:
    """The square that one draws in: it turns what mouse, finger and keys do into strokes, and shows strokes as lines."""

    def __init__(self, explorer):
        # At once it would open a connection to the page in every notebook, also where nobody draws.
        import ipycanvas

        self.hold = ipycanvas.hold_canvas
        self.explorer = explorer
        self.strokes = []
        self.shown = None
        self.drawing = False
        self.pen = (0.5, 0.5)
        self.read_at = 0.0
        # Without a width of its own the canvas is stretched to the page.
        layout = ipywidgets.Layout(width=f"{SQUARE}px", height=f"{SQUARE}px", border="1px solid #888888")
        self.canvas = ipycanvas.MultiCanvas(2, width=SQUARE, height=SQUARE, layout=layout)
        self.paper, self.mark = self.canvas[0], self.canvas[1]
        self.hint = ipywidgets.HTML(live(NOT_HERE))
        self.state = ipywidgets.HTML()
        self.side = ipywidgets.VBox(
            [self.hint, self.state, button(CLEAR, self.clear)],
            # Beside the square also on a narrow page: below it, one would draw without seeing what is read.
            layout={"flex": "1 1 240px", "min_width": "0", "max_width": "610px", "align_items": "flex-start"},
        )
        self.box = ipywidgets.HBox(
            [self.canvas, self.side], layout={"flex_flow": "row wrap", "align_items": "flex-start"}
        )
        self.canvas.on_client_ready(self.ready)
        self.canvas.on_mouse_down(self.put_down)
        self.canvas.on_mouse_move(self.draw_to)
        self.canvas.on_mouse_up(self.lift)
        self.canvas.on_mouse_out(self.lift)
        self.canvas.on_touch_start(lambda touches: self.put_down(*touches[0]))
        self.canvas.on_touch_move(lambda touches: self.draw_to(*touches[0]))
        self.canvas.on_touch_end(lambda touches: self.lift())
        self.canvas.on_touch_cancel(lambda touches: self.lift())
        self.canvas.on_key_down(self.press)
        self.show(strokes_of(explorer.settings["drawing"]))

    @in_turn
    def ready(self):
        """Say that the page offers the canvas, and draw what stands on it."""
        self.hint.value = live(HERE)
        shown, self.shown = self.shown, None
        self.show(shown)

    def show(self, strokes):
        """Bring the paper to other strokes, unless it was the paper that they came from."""
        if strokes == self.shown:
            return
        self.shown = strokes
        self.strokes = [list(stroke) for stroke in strokes]
        self.drawing = False
        with self.hold():
            # Each time, because a page that was reloaded, or opened beside this one, has heard nothing before.
            self.paper.line_cap = self.paper.line_join = "round"
            self.paper.line_width = LINE
            self.paper.fill_style = "white"
            self.paper.fill_rect(0, 0, SQUARE, SQUARE)
            for stroke in strokes:
                for start, end in zip(stroke, stroke[1:] or stroke, strict=False):
                    self.line(start, end)
        self.show_pen()

    def line(self, start, end):
        (x, y), (right, down) = start, end
        # A line without length draws nothing, not even a round dot.
        self.paper.stroke_line(SQUARE * x, SQUARE * y, SQUARE * right + 0.01, SQUARE * down)

    @in_turn
    def put_down(self, x, y):
        self.begin((x / SQUARE, y / SQUARE))

    @in_turn
    def draw_to(self, x, y):
        if self.drawing:
            self.go_on((x / SQUARE, y / SQUARE))

    @in_turn
    def lift(self, *_):
        if self.drawing:
            self.drawing = False
            self.read()
            self.show_pen()

    @in_turn
    def press(self, key, *_):
        """Move the pen by an arrow key; put it down or lift it by the space bar."""
        if key == " ":
            self.lift() if self.drawing else self.begin(self.pen)
        elif key in KEYS:
            place = tuple(
                min(max(x + STRIDE * step, 0.0), 1.0) for x, step in zip(self.pen, KEYS[key], strict=True)
            )
            if self.drawing:
                self.go_on(place)
            self.pen = place
        self.show_pen()

    def begin(self, place):
        self.drawing, self.pen = True, place
        self.strokes.append([rounded(place)])
        self.line(place, place)
        self.read()
        self.show_pen()

    def go_on(self, place):
        self.line(self.pen, place)
        self.pen = place
        self.strokes[-1].append(rounded(place))
        if time.monotonic() - self.read_at > SECONDS_BETWEEN_READINGS:
            self.read()

    def read(self):
        """Hand the strokes to the explorer."""
        self.shown = tuple(map(tuple, self.strokes))
        self.explorer.move(drawing=self.shown)
        self.read_at = time.monotonic()

    @in_turn
    def clear(self):
        """Empty the paper, and lay the pen in its middle."""
        self.pen = (0.5, 0.5)
        self.explorer.move(drawing=OWN)

    def show_pen(self):
        """Mark the place of the pen with a small cross, and say where it is."""
        x, y = (SQUARE * part for part in self.pen)
        with self.hold():
            self.mark.clear()
            self.mark.stroke_style = "#D55E00" if self.drawing else "#0072B2"
            self.mark.line_width = 2
            self.mark.stroke_line(x - 7, y, x + 7, y)
            self.mark.stroke_line(x, y - 7, x, y + 7)
        right, down = (write(100 * part, ".0f") for part in self.pen)
        self.state.value = live((PEN_DOWN if self.drawing else PEN_UP).format(right=right, down=down))


def rounded(place):
    return tuple(round(x, 3) for x in place)


def live(sentence):
    return (
        f'<p role="status" aria-live="polite" style="margin: 0; line-height: 1.5">{html.escape(sentence)}</p>'
    )
