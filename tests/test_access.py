"""Colours that the colour-blind can tell apart, lines that differ by more than colour, and names for what is only seen."""

import functools
import itertools
import re

import ipywidgets
import matplotlib
import numpy as np
import pytest
from cases import LIVE, PICTURES
from matplotlib.colors import to_rgb
from sight import ADAPTING, BLIND, appearance, linear, seen, uniform

import helpers.widgets
from helpers.kit import contours as surfaces
from helpers.kit import style
from helpers.kit.explorer import Explorer
from helpers.kit.style import GRADIENT, GREY, QUIET, TRAIN, VELOCITY, WEIGHTS
from helpers.studies.landscape import plots as landscape_plots
from helpers.studies.phases import plots as phases
from helpers.studies.races import plots as races
from helpers.studies.regions import plots as regions

# The three kinds of colour blindness, and ordinary sight.
SIGHTS = (*BLIND, None)
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


@functools.cache
def place(colour, sight):
    return uniform(seen(to_rgb(colour), sight))


@functools.cache
def distance(one, other):
    """Return how far two colours are apart for those who see the least difference."""
    return min(np.linalg.norm(place(one, sight) - place(other, sight)) for sight in SIGHTS)


def lightness(colour):
    return uniform(to_rgb(colour))[0]


def contrast_with_white(colour):
    return 1.05 / (linear(to_rgb(colour)) @ (0.2126, 0.7152, 0.0722) + 0.05)


@pytest.mark.parametrize(
    ("xyz", "white", "adapting", "expected"),
    [
        ((19.01, 20.00, 21.78), (95.05, 100, 108.88), 318.31, (41.73, 0.11, 219.0)),
        ((57.06, 43.06, 31.96), (95.05, 100, 108.88), 31.83, (65.96, 41.67, 19.6)),
        ((3.53, 6.56, 2.14), (109.85, 100, 35.58), 318.31, (21.79, 48.80, 177.1)),
        ((19.01, 20.00, 21.78), (109.85, 100, 35.58), 31.83, (42.53, 44.54, 248.9)),
    ],
)
def test_colours_look_as_the_standard_says(xyz, white, adapting, expected):
    """Else every distance below is measured with a bent ruler: the examples of Fairchild, "Color Appearance Models", CIECAM02."""
    found = appearance(np.array(xyz), np.array(white), adapting)
    np.testing.assert_allclose(found, expected, atol=0.05)
    assert np.abs(found[:2] - np.array(expected[:2])).max() < 0.006
    assert appearance(np.array(xyz), np.array(white), ADAPTING)[0] != found[0]


def test_the_ruler_for_colours():
    """Else black and white are not 100 apart, grey has a colour, or a colour-blind eye sees one where it cannot."""
    np.testing.assert_allclose(uniform((0, 0, 0)), 0, atol=1e-6)
    assert uniform((1, 1, 1))[0] == pytest.approx(100, abs=0.01)
    assert np.abs(uniform((0.5, 0.5, 0.5))[1:]).max() < 2
    for sight in SIGHTS:
        # What they tell apart by lightness alone, they see as it is.
        np.testing.assert_allclose(seen((0.25, 0.25, 0.25), sight), 0.25, atol=2e-3)
        np.testing.assert_allclose(seen((0, 0, 0), sight), 0)
        np.testing.assert_allclose(seen((1, 1, 1), sight), 1, atol=1e-3)
    # Of one lightness, and of another colour for those who see red and green.
    red, green = (0.7, 0.4, 0.3), (0.45, 0.55, 0.3)
    far = {s: np.linalg.norm(uniform(seen(red, s)) - uniform(seen(green, s))) for s in SIGHTS}
    assert (
        far[None] > 25 and max(far["protanomaly"], far["deuteranomaly"]) < far[None] / 2 < far["tritanomaly"]
    )


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


@pytest.mark.parametrize("colour", [*PALETTE.values(), QUIET, GREY, *races.COLOURS.values()])
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
    explorer.view.show()
    texts = [part for part in explorer.view.box.children if isinstance(part, ipywidgets.HTML)]
    assert [explorer.shows in part.value for part in texts].count(True) == 1
    assert "clip-path: inset(50%)" in texts[0].value and texts[0].layout.height == "0"


def test_palette_names_what_it_means():
    """Else a new colour of the course is not looked at by the tests above."""
    colours = {value for name, value in vars(style).items() if name.isupper() and str(value).startswith("#")}
    assert colours == {*PALETTE.values(), QUIET, GREY}
