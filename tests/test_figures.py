"""Pictures against small baselines: made-up arrays instead of trained networks, so that only the drawing is compared.

The baselines are drawn anew with `make figures`.
"""

import io
import pathlib

import matplotlib
import pytest
from cases import LIVE, PICTURES
from modules import modules
from PIL import Image

import helpers.kit
import helpers.studies
from helpers import widgets
from helpers.kit.cells import CellPicture
from helpers.kit.style import STYLE, LivePicture, Picture, within
from helpers.studies.chapter import plots as maps

MODULES = [*modules(helpers.kit), *modules(helpers.studies)]
MAKERS = {make for module in MODULES for make in vars(module).values() if getattr(make, "is_picture", False)}
ROOT = pathlib.Path(__file__).parents[1]
# Letters of another version of matplotlib are of another width, which moves everything beside them.
DRAWN_WITH = "3.11"
# A word that is another, or moved by a pixel, is more.
TOLERANCE = 1

only_where_letters_are_the_same = pytest.mark.skipif(
    not matplotlib.__version__.startswith(f"{DRAWN_WITH}."),
    reason=f"the baselines were drawn with matplotlib {DRAWN_WITH}",
)
compared = pytest.mark.mpl_image_compare(
    savefig_kwargs={"dpi": 50}, style=str(STYLE), backend="agg", tolerance=TOLERANCE
)


def test_every_picture_has_a_case():
    """Else a new picture of the course is compared with nothing."""
    assert MAKERS
    assert {make for make, _, _ in PICTURES.values()} == MAKERS
    kinds = {*LivePicture.__subclasses__(), *CellPicture.__subclasses__()} - {CellPicture}
    assert {kind for kind, _, _ in LIVE.values()} == kinds


def test_live_pictures_are_named_as_their_explorers():
    """Else whoever changes an explorer finds neither its case nor its picture by its name."""
    explorers = {
        explorer.plot: explorer.__module__.rpartition(".")[2].removesuffix("_live").replace("_", "-")
        for explorer in map(vars(widgets).get, widgets.__all__)
        if hasattr(explorer, "plot")
    }
    for name, (kind, _, _) in LIVE.items():
        assert f"{name}-".startswith(f"{explorers[kind]}-")


@pytest.mark.parametrize("name", PICTURES)
def test_picture_says_what_it_shows(name):
    """Else those who cannot see a picture learn something else than those who can, or it changes its data."""
    make, arguments, sentence = PICTURES[name]
    before = repr(arguments)
    picture = make(*arguments)
    assert isinstance(picture, Picture) and make.__doc__
    assert picture.sentence == sentence
    assert repr(arguments) == before
    image = Image.open(io.BytesIO(picture.png()))
    assert image.format == "PNG" and image.size == picture.figure.canvas.get_width_height()


@pytest.mark.parametrize("name", PICTURES)
@only_where_letters_are_the_same
@compared
def test_picture(name):
    """Else a picture of the course looks different than it did when somebody last looked at it."""
    make, arguments, _ = PICTURES[name]
    return make(*arguments).figure


@pytest.mark.parametrize("name", LIVE)
@only_where_letters_are_the_same
@compared
def test_live_picture(name):
    """Else a live picture looks different, or something of the first result stays when it shows the second."""
    kind, first, second = LIVE[name]
    plot = kind(first)
    plot.update(second)
    # A saved figure leaves out what is drawn over it.
    for artist in plot.moving:
        artist.set_animated(False)
    return plot.figure


def test_a_path_is_inside_until_it_leaves_at_one_side():
    """Else no word says that a path leaves the picture, or one says so of a path that is seen whole."""
    limits = (-1, 2), (0, 5)
    inside = [(-1, 0), (2, 5), (0, 3)]
    assert within(inside, limits) and within((0, 3), limits)
    for outside in ((-1.01, 3), (2.01, 3), (0, -0.01), (0, 5.01), (float("nan"), 3)):
        assert not within([*inside, outside], limits), outside


def test_style_stays_inside():
    """Else a picture of the course changes how a learner's own figures look."""
    before = dict(matplotlib.rcParams)
    maps.show_map().png()
    kind, first, _ = LIVE["training-ordinary"]
    kind(first).png()
    assert dict(matplotlib.rcParams) == before


def test_baselines_fit_the_installed_version():
    """Else all comparisons are skipped without a word, or baselines of pictures that are gone lie about."""
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert f"\nmatplotlib=={DRAWN_WITH}." in f"\n{constraints}", (
        "set DRAWN_WITH, run make figures and look at them"
    )
    names = {f"test_picture_{name}.png" for name in PICTURES} | {
        f"test_live_picture_{name}.png" for name in LIVE
    }
    files = list((ROOT / "tests" / "baseline").iterdir())
    assert {file.name for file in files} == names
    assert sum(file.stat().st_size for file in files) < 20_000 * len(files)
