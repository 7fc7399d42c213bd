"""What is wrong with the words in pictures and explorers, in the language of COURSE_LANGUAGE: python tests/crowded.py [--all].

Writes a line for each text that is cut, lies on another one, or has a letter that is in no font of the course; and, in
another language than English, for each that is English still, or has a space where two Chinese letters meet. Without
`--all`, one picture in four has to do, and explorers are left out.
"""

import itertools
import re
import sys
import warnings

import ipywidgets
from cases import LIVE, PICTURES
from matplotlib import font_manager
from matplotlib.collections import PathCollection
from matplotlib.contour import ContourSet
from matplotlib.text import Text

import helpers.widgets
from helpers.kit import cells, style
from helpers.kit.explorer import Explorer
from helpers.language import ENGLISH, spoken

# In pixels: so far the boxes around two texts may reach into each other, and one out of the picture; letters are smaller.
ACROSS, UPRIGHT, OUTSIDE = 2, 4, 1.5
# Names that stay as they are, and what stands in code.
NAMES = {
    *("Adagrad", "Adam", "Nesterov", "RMSprop", "SGD", "MNIST", "MRI", "Python", "Dense"),
    *("exp", "linear", "log", "loss", "relu", "sigmoid", "sin", "tanh", "float", "uint", "mathdefault"),
    *("image", "images", "reshape", "tensor", "start", "stop", "step", "matmul", "broadcast"),
}
# Without --all, one picture in so many.
SOME = 4
WORD = re.compile("[A-Za-z]{2,}")
CHINESE = "[\u3001-\u9fff\uff00-\uffef]"
NEEDLESS = re.compile(f"{CHINESE} {CHINESE}|[，。：；？！）] | [，。：；？！（]|[，。：；、]{{2}}|[{{}}]")

EXPLORERS = [
    kind
    for kind in map(vars(helpers.widgets).get, helpers.widgets.__all__)
    if isinstance(kind, type) and issubclass(kind, Explorer)
]


def letters(weight):
    """Return what the fonts of the course have: of letters as outlines, matplotlib draws a missing one as a box, without a word."""
    family = style.LETTERS.get("font.family")
    files = font_manager.fontManager._find_fonts_by_props(
        font_manager.FontProperties(family=family, weight=weight)
    )
    return {chr(code) for file in files for code in font_manager.get_font(file).get_charmap()}


class Watch:
    """Note each text that is drawn, and where."""

    def __init__(self):
        self.drawn, self.outlines = {}, {}
        draw, place = Text.draw, cells.place

        def draw_and_note(text, renderer):
            if text.get_visible() and text.get_alpha() != 0 and text.get_text().strip():
                self.drawn[text] = text.get_window_extent(renderer)
            draw(text, renderer)

        def place_and_note(note):
            path = place(note)
            self.outlines[id(path)] = note, path
            return path

        Text.draw, cells.place = draw_and_note, place_and_note

    def look(self, picture):
        """Return words, weight and box of each text in a picture, and of those on a contour line only words and weight."""
        self.drawn.clear()
        with style.course_style():
            # As for a picture, but without its pixels: they take most of the time.
            picture.figure.draw_without_rendering()
            renderer = picture.figure.canvas.get_renderer()
            with renderer._draw_disabled():
                for artist in getattr(picture, "moving", ()):
                    artist.draw(renderer)
        on_lines = {text for lines in picture.figure.findobj(ContourSet) for text in lines.labelTexts}
        for text, box in self.drawn.items():
            yield text.get_text(), text.get_weight(), None if text in on_lines else box
        for drawn in picture.figure.findobj(PathCollection):
            for path in drawn.get_paths():
                if id(path) in self.outlines:
                    note, _ = self.outlines[id(path)]
                    yield note.text, note.weight, path.get_extents(drawn.get_transform())


def pictures(everything):
    """Yield name, picture and all that is said beside it."""
    step = 1 if everything else SOME
    for name, (make, arguments, _) in itertools.islice(PICTURES.items(), 0, None, step):
        picture = make(*arguments)
        yield name, picture, picture.sentence, repr(arguments).replace(r"\n", " ")
    for name, (kind, first, second) in itertools.islice(LIVE.items(), 0, None, step):
        picture = kind(first)
        if everything:
            yield f"{name}, first", picture, "", ""
        picture.update(second)
        yield name, picture, "", ""
    for kind in EXPLORERS if everything else ():
        explorer = kind()
        yield kind.__name__, explorer.picture, "\n".join([explorer.text, *said_around(explorer)]), ""
        for key in explorer.presets:
            explorer.preset(key)
            yield f"{kind.__name__}, {key}", explorer.picture, explorer.sentence, ""


def said_around(explorer):
    """Yield labels, choices and buttons, as the page shows them."""

    def parts(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from parts(child)

    for widget in parts(explorer.view.box):
        yield getattr(widget, "description", "")
        if isinstance(widget, ipywidgets.Label):
            yield widget.value
        for option in getattr(widget, "options", ()):
            yield option[0] if isinstance(option, tuple) else str(option)


def faults(texts, width, height):
    """Yield what is wrong with the texts of a picture of this size."""
    for words, weight, box in texts:
        missing = {*words} - LETTERS["bold" if weight in ("bold", 700) else "normal"] - {"\n"}
        if missing:
            yield f"no font has {''.join(sorted(missing))!r} of {words!r}"
        if box and (min(box.x0, box.y0, width - box.x1, height - box.y1) < -OUTSIDE):
            yield f"{words!r} is cut"
    boxed = [(words, box) for words, _, box in texts if box]
    for (one, a), (other, b) in itertools.combinations(boxed, 2):
        if min(a.x1, b.x1) - max(a.x0, b.x0) > ACROSS and min(a.y1, b.y1) - max(a.y0, b.y0) > UPRIGHT:
            yield f"{one!r} lies on {other!r}"


def not_chinese(text, given):
    """Yield the English words of a text but names and what was given, and its needless spaces."""
    if "$" in text:
        return
    for word in {*WORD.findall(text)} - NAMES - {*WORD.findall(given)}:
        yield f"{word!r} is English in {text!r}"
    for match in NEEDLESS.finditer(text):
        yield f"{match[0]!r} in {text!r}"


def main(everything):
    watch = Watch()
    for name, picture, sentence, given in pictures(everything):
        texts = [*watch.look(picture)]
        found = [*faults(texts, *picture.figure.bbox.size)]
        if spoken() != ENGLISH:
            for text in (*sentence.split("\n"), *(words for words, _, _ in texts)):
                found += not_chinese(text, given)
        for fault in found:
            print(f"{name}: {fault}")


if __name__ == "__main__":
    warnings.simplefilter("error")
    # What is missing is named below, with its text.
    warnings.filterwarnings("ignore", "Glyph .* missing from font")
    LETTERS = {weight: letters(weight) for weight in ("normal", "bold")}
    main("--all" in sys.argv)
