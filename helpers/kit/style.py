"""One look for all pictures: what a colour means, how a figure is made, and how it reaches the page."""

import contextlib
import functools
import io
import pathlib
import threading

import matplotlib.style
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from PIL import Image

from helpers.language import ENGLISH, spoken

# The same thing has the same colour in every notebook (Okabe, Ito 2008, "Color universal design").
WEIGHTS = "#009E73"
GRADIENT = "#D55E00"
VELOCITY = "#CC79A7"
LOSS = "#D55E00"
TRAIN = "#0072B2"
TEST = "#D55E00"
QUIET = "#888888"
# Words beside what is drawn in QUIET, which is too pale for letters.
GREY = "#555555"
# Runs that are compared: blue, orange, green, and purple, each with a dash of its own.
RUN_STYLES = (("#0072B2", "-"), ("#D55E00", "--"), ("#009E73", "-."), ("#CC79A7", ":"))

STYLE = pathlib.Path(__file__).with_name("course.mplstyle")
# Of other languages; tests/save_font.py makes them. matplotlib's own font has the letters of English, and signs that these lack.
FONTS, FAMILY = pathlib.Path(__file__).with_name("fonts"), "Course Sans"
LETTERS = {}
if spoken() != ENGLISH:
    for file in FONTS.glob("*.otf"):
        fontManager.addfont(file)
    LETTERS = {"font.family": [FAMILY, "DejaVu Sans"]}


# Held by who draws, or moves an explorer: JupyterLab hands what a page sends to other threads of the kernel than the one that
# runs cells, and the settings of matplotlib are the same for all.
TURN = threading.RLock()


@contextlib.contextmanager
def course_style():
    """Use the course's style inside a `with` block and leave everyone else's figures alone; one thread at a time."""
    with TURN, matplotlib.rc_context(), matplotlib.style.context([STYLE, LETTERS]):
        yield


def new_figure(width, height):
    """Return an empty figure of the course, in inches of 100 pixels, that no global list keeps alive."""
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def encode(canvas, colours=256, effort=1):
    """Return what is drawn on an Agg canvas as the bytes of a PNG.

    Parameters
    ----------
    canvas : matplotlib.backends.backend_agg.FigureCanvasAgg
    colours : int or None
        Up to so many, of 16 shades each of red, green and blue: half the time, and a third of the bytes. None: all that
        there are.
    effort : int
        From 1, fast, to 9, few bytes.
    """
    pixels = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    pixels = pixels.convert("RGB")
    if colours is not None:
        pixels = pixels.quantize(colours, Image.Quantize.FASTOCTREE)
        # The paper, which is in each corner, shares a colour with what is almost as light, and would be grey beside the page's.
        palette = np.reshape(pixels.getpalette(), (-1, 3))
        palette[pixels.getpixel((0, 0))] = 255
        pixels.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    pixels.save(file, "PNG", compress_level=effort)
    return file.getvalue()


def nearest_five(percentage):
    """Round a percentage so coarsely that it is the same on every machine, whatever its arithmetic does last."""
    return 5 * round(percentage / 5)


def draw_sharp(figure, moving=(), colours=256):
    """Draw a figure with twice its pixels each way, for screens with two where a page counts one; return the bytes of a PNG.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    moving : iterable of matplotlib.artist.Artist
        What is drawn over the rest, since it is marked as animated.
    colours : int or None
        As in `encode`.
    """
    with course_style():
        dpi = figure.dpi
        try:
            figure.dpi = 2 * dpi
            figure.canvas.draw()
            for artist in moving:
                figure.draw_artist(artist)
            return encode(figure.canvas, colours, effort=6)
        finally:
            # Also if interrupted: else the next one has four times the pixels.
            figure.dpi = dpi
            # Lets go of megabytes of pixels, while IPython keeps each picture in Out.
            FigureCanvasAgg(figure)


def show_still(figure, text, moving=(), colours=256, **metadata):
    """Show a figure as a picture with a text for those who cannot see it, and the same text below it.

    Below it for those who see, and because few pages read `alt`: of nbconvert's templates only classic. In an output of its
    own, because of the forms that one output has a page shows one.

    Parameters
    ----------
    figure, moving, colours
        As in `draw_sharp`.
    text : str
        Sentences in which Markdown finds nothing to set otherwise.
    metadata
        What else a saved notebook keeps about the picture.
    """
    from IPython.display import display

    png = draw_sharp(figure, moving, colours)
    metadata = {"image/png": {"alt": text, "width": round(figure.bbox.width)}} | metadata
    display({"image/png": png, "text/plain": text}, metadata=metadata, raw=True)
    display({"text/markdown": text, "text/plain": text}, raw=True)


class Picture:
    """A finished figure with the sentence that says what to see in it.

    A notebook shows the figure and, below it, the sentence; saved copies keep both, and the sentence is also the
    figure's text for those who cannot see it.
    """

    def __init__(self, figure, sentence, colours=256):
        self.figure = figure
        self.sentence = sentence
        self.colours = colours

    def png(self):
        return draw_sharp(self.figure, colours=self.colours)

    def _ipython_display_(self):
        show_still(self.figure, self.sentence, colours=self.colours)


def picture(width, height, colours=256):
    """Make a function that draws on a figure and returns a sentence into one that returns a Picture.

    Where images are shown, `colours=None` keeps all their shades.
    """

    def decorate(draw):
        @functools.wraps(draw)
        def make(*arguments, **options):
            with course_style():
                figure = new_figure(width, height)
                return Picture(figure, draw(figure, *arguments, **options), colours)

        make.is_picture = True
        return make

    return decorate


class LivePicture:
    """A figure that is drawn again many times a second: the still part once, the moving artists each time.

    A picture whose still part changes with a setting calls `enter` in `update`, with a name for each still part that there
    is, and fixes its layout itself: with several, the room that they leave for labels must not depend on which came first.

    Parameters
    ----------
    width, height : float
        In inches of 100 pixels.
    """

    def __init__(self, width, height):
        with course_style():
            self.figure = new_figure(width, height)
        self.moving = []
        self.scene = None
        self.scenes = {}
        self.stills = {}

    def moves(self, *artists):
        """Mark artists as moving; they are drawn over the still background, in this order."""
        for artist in artists:
            artist.set_animated(True)
            # Where a moving artist stands at the first drawing must not decide how much room the axes get.
            artist.set_in_layout(False)
        self.moving += artists
        return artists

    def enter(self, scene, draw):
        """Change to one of several still parts; each is drawn once and kept.

        Parameters
        ----------
        scene : hashable
            Its name.
        draw : callable
            Puts its artists on the figure and returns them as a list; called when the scene is entered first.
        """
        if scene not in self.scenes:
            with course_style():
                self.scenes[scene] = draw()
        for name, artists in self.scenes.items():
            for artist in artists:
                artist.set_visible(name == scene)
        self.scene = scene

    def png(self):
        """Return the picture as it is now, as the bytes of a PNG."""
        canvas = self.figure.canvas
        if self.scene not in self.stills:
            with course_style():
                canvas.draw()
            self.figure.set_layout_engine("none")
            self.stills[self.scene] = canvas.copy_from_bbox(self.figure.bbox)
        canvas.restore_region(self.stills[self.scene])
        for artist in self.moving:
            self.figure.draw_artist(artist)
        return encode(canvas)

    def sharp_png(self):
        """Return it with twice the pixels each way: some ten times as slow, for when it stands still."""
        # The room that labels take is measured once, in pixels of the page.
        if self.scene not in self.stills:
            self.png()
        return draw_sharp(self.figure, self.moving)


def within(points, limits):
    """Whether a point, or each of several, lies inside limits: a (lowest, highest) for each coordinate."""
    low, high = np.transpose(limits)
    return bool(np.all((low <= points) & (points <= high)))


def draw_kernels(figure, kernel):
    """Draw one picture a unit, purple where a number is positive and orange where it is negative."""
    strongest = np.abs(kernel).max() * 0.7
    for unit, axes in enumerate(figure.subplots(2, kernel.shape[1] // 2).flat):
        axes.imshow(kernel[:, unit].reshape(28, 28), cmap="PuOr", vmin=-strongest, vmax=strongest)
        axes.set_axis_off()
        axes.set_title(str(unit), loc="center", weight="normal")
