"""Pictures against small baselines: made-up arrays instead of trained networks, so that only the drawing is compared.

The baselines are drawn anew with `make figures`.
"""

import importlib
import io
import pathlib
import pkgutil

import matplotlib
import numpy as np
import pytest
from PIL import Image

import helpers.plots
from helpers.demonstrations import (
    broadcast,
    move_plane,
    multiply_matrices,
    reorder,
    slice_digits,
    view_tensor,
)
from helpers.experiments import Training
from helpers.plots import digits, maps, operations, tensors, training
from helpers.plots.cells import CellPicture
from helpers.plots.style import STYLE, LivePicture, Picture

MODULES = [
    importlib.import_module(f"helpers.plots.{module.name}")
    for module in pkgutil.iter_modules(helpers.plots.__path__)
]
MAKERS = {make for module in MODULES for make in vars(module).values() if getattr(make, "is_picture", False)}
ROOT = pathlib.Path(__file__).parents[1]
# Letters of another version of matplotlib are of another width, which moves everything beside them.
DRAWN_WITH = "3.11"
TOLERANCE = 6

only_where_letters_are_the_same = pytest.mark.skipif(
    not matplotlib.__version__.startswith(f"{DRAWN_WITH}."),
    reason=f"the baselines were drawn with matplotlib {DRAWN_WITH}",
)
compared = pytest.mark.mpl_image_compare(
    savefig_kwargs={"dpi": 50}, style=str(STYLE), backend="agg", tolerance=TOLERANCE
)


def ring(size):
    """Draw a 28 × 28 ring of ink of a given size."""
    rows, columns = np.mgrid[-13.5:14, -13.5:14]
    distance = np.hypot(rows, 1.4 * columns)
    return (255 * np.exp(-(((distance - size) / 2) ** 2))).astype(np.uint8)


RINGS = np.stack([ring(size) for size in range(2, 14)])
COLOURS = np.stack([RINGS[3], RINGS[6], RINGS[9]], axis=2)
LABELS = np.arange(12) % 10
LABEL_OF_40 = np.arange(40) % 10

# The first digit is read rightly, all others wrongly, the later the surer.
READ_AS = (LABELS + (np.arange(12) > 0)) % 10
OPINIONS = np.full((12, 10), 0.02)
OPINIONS[np.arange(12), READ_AS] = 0.5 + np.arange(12) / 30
UNSURE = np.array([0.0, 0.004, 0.311, 0.0, 0.62, 0.02, 0.0, 0.045, 0.0, 0.0])
SURE = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.99, 0.0, 0.01, 0.0, 0.0])

ANGLES = 2 * np.pi * np.arange(10) / 10
CENTRES = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)


def clouds(spread):
    """Put four points round the centre of each of ten classes."""
    corners = np.repeat([[1, 0], [0, 1], [-1, 0], [0, -1]], 10, axis=0)
    return np.tile(CENTRES, (4, 1)) + spread * corners, CENTRES


SPREADS = {"raw pixels": 0.9, "untrained": 0.7, "hidden": 0.3, "last": 0.08}
KERNEL = np.stack(
    [np.roll(ring(6) / 255.0 - 0.4, 2 * unit - 9, axis=1).ravel() for unit in range(10)], axis=1
)

EPOCHS = np.arange(1, 9)
HISTORY = {
    "loss": 1.2 / EPOCHS,
    "accuracy": 1 - 0.3 / EPOCHS,
    "val_loss": 0.4 + 0.9 / EPOCHS + 0.03 * EPOCHS,
    "val_accuracy": 0.93 - 0.3 / EPOCHS,
}

# For each picture: who draws it, from which arguments, and what its sentence has to say.
PICTURES = {
    "map": (
        maps.show_map,
        (),
        "The chapter in nine sections, in reading order: 2.1 A first look, 2.2 Tensors, 2.3 Operations, "
        "2.4 The training loop, 2.4.1 Derivatives, 2.4.2 Gradients, 2.4.3 Descent, 2.4.4 Backpropagation, 2.5 From scratch.",
    ),
    "digits": (digits.show_digits, (RINGS, LABELS), "12 digits with their labels: 0 1 2 3 4 5 6 7 8 9 0 1."),
    "pixels": (
        digits.show_pixels,
        (RINGS[6], 0),
        "Rows 6 to 16 and columns 10 to 20 of a 0: paper is 0, ink goes up to 254.",
    ),
    "series": (
        tensors.show_series,
        (100 + np.outer(np.arange(600) % 50, np.ones(5)), np.sin(np.outer(np.arange(160) / 5, [1, 2, 3, 4]))),
        "600 days of a share, and 160 moments of 4 channels.",
    ),
    "images": (
        tensors.show_images,
        (COLOURS, RINGS[5].astype(np.uint16) * 100),
        "A colour photograph of shape (28, 28, 3) with its three channels, and a slice through a head of shape (28, 28).",
    ),
    "tiles": (
        tensors.show_tiles,
        (np.stack([COLOURS[:14, :14], COLOURS[:14, 14:], COLOURS[14:, :14]]),),
        "3 tiles of 14 × 14 pixels in 3 channels.",
    ),
    "clip": (
        tensors.show_clip,
        (RINGS[:6, :, :, np.newaxis],),
        "6 frames of one clip of shape (6, 28, 28, 1), from left to right.",
    ),
    "overflow": (
        tensors.show_overflow,
        (RINGS[6], 80),
        "Adding 80 in uint8 turns bright pixels dark, because 256 becomes 0; done with room to spare, they stay bright.",
    ),
    "speed": (
        operations.show_speed,
        ([10, 100, 1000, 10_000], [0.8, 6.0, 40.0, 210.0]),
        "With 10,000 entries, a Python loop takes more than ten times as long as the vectorised operation.",
    ),
    "speed-equal": (
        operations.show_speed,
        ([10, 1000], [0.8, 6.0]),
        "With 1,000 entries, a Python loop takes at most ten times as long as the vectorised operation.",
    ),
    "orders": (operations.show_orders, (RINGS[8][:, 2:22],), operations.ORDERS),
    "kernels": (digits.show_kernels, (KERNEL,), digits.KERNELS),
    "projections": (
        digits.show_projections,
        ({title: clouds(spread) for title, spread in SPREADS.items()}, LABEL_OF_40, 30),
        "30 of 40 test digits, each drawn as its label; the large digits are the centres of the classes, in the last picture "
        "their places on the circle. Of all 40, the nearest one is right for about 3 of 10 (raw pixels), about 3 of 10 "
        "(untrained), about 10 of 10 (hidden), about 10 of 10 (last).",
    ),
    "mistakes": (
        digits.show_mistakes,
        (RINGS, LABELS, OPINIONS),
        "11 of the digits that the network reads wrongly, those first that it was surest about.",
    ),
    "unsure": (
        digits.show_probabilities,
        (RINGS[4], UNSURE, 2),
        "The most probable answer is 4, with about 60 %, then 2 with about 30 %; the label is 2.",
    ),
    "sure": (
        digits.show_probabilities,
        (RINGS[9], SURE, 5),
        "The most probable answer is 5, with about 100 %; the label is 5.",
    ),
    "history": (
        training.show_history,
        (HISTORY,),
        "After 8 epochs the loss is about 0.1 on the training digits and 0.8 on the test digits; the network reads about "
        "95 % and 90 % of them.",
    ),
}

STEPS = np.arange(60)
FIRST = Training(
    2.3 * np.exp(-STEPS / 40) + 0.1 * np.cos(STEPS), np.arange(0, 61, 10), np.linspace(0.1, 0.76, 7)
)
RUNS = {
    "ordinary": Training(
        2.3 * np.exp(-STEPS / 15) + 0.2, np.arange(0, 61, 10), np.sqrt(np.linspace(0.01, 0.8, 7))
    ),
    "guessing": Training(
        np.where(STEPS < 3, [2.3, 2505.9, 60.0] * 20, 2.4 + 0.2 * np.sin(STEPS)),
        np.arange(0, 61, 10),
        np.full(7, 0.1),
    ),
    "overflowing": Training(np.array([2.3, 3.1, 90.0, 1e30, np.inf]), np.array([0]), np.array([0.11]), 5),
    "overflowing-at-once": Training(np.array([np.nan]), np.array([0]), np.array([0.11]), 1),
}


# For each live picture: a first result, and the one that it moves to.
LIVE = {f"training-{name}": (training.TrainingPlot, FIRST, run) for name, run in RUNS.items()} | {
    "tensor": (tensors.TensorPlot, view_tensor((), 0, 0), view_tensor((2, 3, 4), 1, 1)),
    "tensor-5d": (tensors.TensorPlot, view_tensor((4,), 0, 0), view_tensor((4, 4, 4, 4, 4), 4, 2)),
    "slice": (
        tensors.DigitSlicePlot,
        slice_digits([(0, 20, 1), (0, 28, 1), (0, 28, 1)]),
        slice_digits([(-7, 20, 2), (27, 3, -1), (4, 24, 2)]),
    ),
    "slice-nothing": (
        tensors.DigitSlicePlot,
        slice_digits([(0, 20, 1), (0, 28, 1), (0, 28, 1)]),
        slice_digits([(0, 20, 1), (9, 3, 1), (0, 28, 1)]),
    ),
    "broadcast-repeated": (
        operations.BroadcastPlot,
        broadcast((4,), (5, 1), "as typed"),
        broadcast((2, 3, 1), (3, 4), "repeated"),
    ),
    "broadcast-misfit": (
        operations.BroadcastPlot,
        broadcast((2, 3), (3,), "repeated"),
        broadcast((3, 2), (3,), "axes added"),
    ),
    "broadcast-empty": (
        operations.BroadcastPlot,
        broadcast((2, 3), (3,), "aligned"),
        broadcast((2, 0), (1,), "repeated"),
    ),
    "product": (
        operations.ProductPlot,
        multiply_matrices((5,), (5,), 0, 0),
        multiply_matrices((2, 3), (3, 4), 1, 2),
    ),
    "product-misfit": (
        operations.ProductPlot,
        multiply_matrices((2, 3), (3, 4), 1, 2),
        multiply_matrices((3, 4), (2, 3), 0, 0),
    ),
    "reordering": (operations.ReorderingPlot, reorder(1, 6, "keep", 0), reorder(4, 6, "transpose", 7)),
    "plane": (
        operations.PlanePlot,
        move_plane(0, 1, 0, 0, 0, "none"),
        move_plane(40, 1.2, 0.5, 0.6, -0.3, "relu"),
    ),
}


def test_every_picture_has_a_case():
    """Else a new picture of the course is compared with nothing."""
    assert MAKERS
    assert {make for make, _, _ in PICTURES.values()} == MAKERS
    kinds = {*LivePicture.__subclasses__(), *CellPicture.__subclasses__()} - {CellPicture}
    assert {kind for kind, _, _ in LIVE.values()} == kinds


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


def test_style_stays_inside():
    """Else a picture of the course changes how a learner's own figures look."""
    before = dict(matplotlib.rcParams)
    maps.show_map().png()
    training.TrainingPlot(FIRST).png()
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
    assert sum(file.stat().st_size for file in files) < 600_000
