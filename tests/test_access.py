"""Colours that the colour-blind can tell apart, lines that differ by more than colour, and names for what is only seen."""

import functools
import itertools
import re

import ipywidgets
import matplotlib
import numpy as np
import pytest
from cases import LIVE, PICTURES
from colorspacious import cspace_convert, deltaE
from matplotlib.colors import to_rgb

import helpers.widgets
from helpers.kit import contours as surfaces
from helpers.kit import style
from helpers.kit.explorer import Explorer
from helpers.kit.style import GRADIENT, QUIET, TRAIN, VELOCITY, WEIGHTS
from helpers.studies.landscape import plots as landscape_plots
from helpers.studies.phases import plots as phases
from helpers.studies.races import plots as races
from helpers.studies.regions import plots as regions

# The three kinds of colour blindness, each complete (Machado, Oliveira, Fernandes 2009), and ordinary sight.
SIGHTS = ("deuteranomaly", "protanomaly", "tritanomaly", None)
PALETTE = {"weights": WEIGHTS, "gradient": GRADIENT, "velocity": VELOCITY, "training": TRAIN}
# In CAM02-UCS, where 1 can hardly be seen side by side, and 100 lies between black and white.
FAR = 10
# As W3C's Web Content Accessibility Guidelines 2.2 ask of lines and marks (1.4.11).
CONTRAST = 3.0

EXPLORERS = [
    kind
    for kind in map(vars(helpers.widgets).get, helpers.widgets.__all__)
    if isinstance(kind, type) and issubclass(kind, Explorer)
]


def seen(colour, sight):
    """Return a colour as somebody with that sight sees it, as red, green and blue from 0 to 1."""
    if sight is None:
        return np.array(to_rgb(colour))
    space = {"name": "sRGB1+CVD", "cvd_type": sight, "severity": 100}
    return np.clip(cspace_convert(to_rgb(colour), space, "sRGB1"), 0, 1)


@functools.cache
def distance(one, other):
    """Return how far two colours are apart for those who see the least difference."""
    return min(deltaE(seen(one, sight), seen(other, sight), input_space="sRGB1") for sight in SIGHTS)


def lightness(colour):
    return cspace_convert(to_rgb(colour), "sRGB1", "CAM02-UCS")[0]


def contrast_with_white(colour):
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return 1.05 / (linear @ (0.2126, 0.7152, 0.0722) + 0.05)


@pytest.mark.parametrize(
    "colours",
    [
        PALETTE.values(),
        races.COLOURS.values(),
        regions.CLASSES,
        regions.DARK,
        (TRAIN, QUIET),
        (GRADIENT, QUIET),
    ],
    ids=["palette", "racers", "classes", "points", "training-quiet", "gradient-quiet"],
)
def test_colours_stay_apart_for_every_sight(colours):
    """Else one learner in twenty sees two things in one colour."""
    near = [(a, b) for a, b in itertools.combinations(colours, 2) if distance(a, b) < FAR]
    assert near == []


@pytest.mark.parametrize(
    ("make", "arguments"),
    [(make, arguments) for make, arguments, _ in PICTURES.values()]
    + [(make, [one]) for make, one, _ in LIVE.values()],
    ids=[*PICTURES, *(f"{name}-live" for name in LIVE)],
)
def test_lines_differ_by_more_than_colour_where_colours_are_near(make, arguments):
    """Else two lines of a picture are the same line for somebody who is colour-blind."""
    for axes in make(*arguments).figure.axes:
        looks = {}
        for line in axes.lines:
            if line.get_visible() and line.get_color() != "none":
                style_of = (str(line._dash_pattern), line.get_marker(), line.get_linewidth())
                looks.setdefault(style_of, set()).add(matplotlib.colors.to_hex(line.get_color()))
        for style_of, colours in looks.items():
            near = [pair for pair in itertools.combinations(sorted(colours), 2) if distance(*pair) < FAR]
            assert near == [], (axes.get_title(), style_of)


@pytest.mark.parametrize("colour", [*PALETTE.values(), QUIET, *races.COLOURS.values()])
def test_lines_stand_out_from_paper(colour):
    """Else a line is too pale for weak eyes, or for a projector in a bright room."""
    assert contrast_with_white(colour) >= CONTRAST


@pytest.mark.parametrize(
    "colours",
    [
        phases.band_colours()[: len(phases.BANDS), :3] / 255,
        races.SHADES(np.linspace(0, 1, 9)),
        landscape_plots.GREYS,
        surfaces.GREYS,
        matplotlib.colormaps["viridis"](np.linspace(0, 1, 9)),
    ],
    ids=["phases", "race", "landscape", "surfaces", "reordering"],
)
def test_maps_grow_lighter_or_darker_all_the_way(colours):
    """Else a map says something else in grey, or to somebody who sees no colour."""
    steps = np.diff([lightness(colour[:3] if len(colour) == 4 else colour) for colour in colours])
    assert np.all(steps > 0) or np.all(steps < 0)


@pytest.mark.parametrize("kind", EXPLORERS, ids=[kind.__name__ for kind in EXPLORERS])
def test_explorer_says_what_kind_of_picture_it_shows(kind):
    """Else those who cannot see the picture hear numbers and do not know what of."""
    assert re.fullmatch(r"(The |Left, |Two |Four |A )[^{}\n]{40,200}\.", kind.shows)


def test_kind_of_picture_is_heard_once_and_not_seen():
    """Else it is announced at each move of a slider, or lies over the picture."""
    explorer = helpers.widgets.PlaneLive()
    explorer._repr_mimebundle_()
    texts = [part for part in explorer._view.box.children if isinstance(part, ipywidgets.HTML)]
    assert [explorer.shows in part.value for part in texts].count(True) == 1
    assert "clip-path: inset(50%)" in texts[0].value and texts[0].layout.height == "0"


def test_palette_names_what_it_means():
    """Else a new colour of the course is not looked at by the tests above."""
    colours = {value for name, value in vars(style).items() if name.isupper() and str(value).startswith("#")}
    assert colours == {*PALETTE.values(), QUIET}
