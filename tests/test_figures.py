"""Pictures against small baselines: made-up arrays instead of trained networks, so that only the drawing is compared.

The baselines are drawn anew with `make figures`.
"""

import dataclasses
import io
import pathlib

import matplotlib
import numpy as np
import pytest
from cases import LIVE, PICTURES
from modules import modules, subclasses
from PIL import Image

import helpers.kit
import helpers.studies
from helpers import widgets
from helpers.kit.cells import CellPicture
from helpers.kit.style import STYLE, LivePicture, Picture, within
from helpers.studies.batches.compute import LINE_STEPS, fit_line, line_points
from helpers.studies.chapter import plots as maps
from helpers.studies.rates.compute import WALK_STEPS, walk_valley

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
    kinds = {*subclasses(LivePicture), *subclasses(CellPicture)} - {CellPicture}
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
    width, height = picture.figure.canvas.get_width_height()
    # Of 4.1 inches, matplotlib 3.8 makes 409 pixels, and 819.
    assert image.format == "PNG" and image.width == 2 * width and 0 <= image.height - 2 * height <= 1


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


def one(values, place):
    return values[place : place + 1]


def shown_of_race(plot, race):
    for racer in range(race.points.shape[1]):
        steps = [step for step in range(race.step + 1) if step < race.lost[racer]]
        yield plot.paths[racer], *race.points[steps, racer].T
        yield plot.losses[racer], steps, race.losses[steps, racer]
        now = [step for step in steps if step == race.step]
        yield plot.heads[racer][0], *race.points[now, racer].reshape(-1, 2).T
        yield plot.heads[racer][1], now, race.losses[now, racer]


def shown_of_momentum(plot, pair):
    for run, path, heights in (
        (pair.run, plot.path, plot.heights),
        (pair.plain, plot.plain_path, plot.plain_heights),
    ):
        # Of one that diverges, only the beginning of its path is drawn.
        if run.fate != "diverges":
            yield path, *run.points.T
        yield heights, range(len(run.heights)), run.heights


# For each live picture: lines and dots that move, with what the result says of them.
SHOWN = {
    "batch-size": lambda plot, fit: [
        (plot.path, *fit.weights[: fit.step + 1].T),
        (plot.here, *one(fit.weights, fit.step).T),
        (plot.next, *np.transpose([fit.weights[fit.step], fit.next_weights])),
        (plot.batch, *(values[fit.batch] for values in line_points())),
    ],
    "learning-rate": lambda plot, walk: [
        (plot.path, *walk.points[: walk.step + 1].T),
        (plot.rest, *walk.points.T),
        (plot.here, *one(walk.points, walk.step).T),
        (plot.loss, range(walk.step + 1), walk.losses[: walk.step + 1]),
        (plot.rest_of_loss, range(len(walk.losses)), walk.losses),
        (plot.now, [walk.step], one(walk.losses, walk.step)),
    ],
    "ball": lambda plot, roll: (
        []
        if roll.fate == "diverges"
        else [
            (plot.places, range(roll.step + 1), roll.points[: roll.step + 1]),
            (plot.now, [roll.step], one(roll.points, roll.step)),
            (plot.trail, roll.points[: roll.step + 1], roll.losses[: roll.step + 1]),
        ]
    ),
    "race": shown_of_race,
    "momentum": shown_of_momentum,
    "phase": lambda plot, point: [
        (plot.ring, [np.log10(point.learning_rate)], [point.momentum]),
        (plot.best, [np.log10(point.best[0])], [point.best[1]]),
        *((line, range(len(ws)), ws) for line, ws in zip(plot.weights, point.weights.T, strict=True)),
        (plot.loss, range(len(point.losses)), point.losses / point.losses[0]),
    ],
    "weight-space": lambda plot, path: [
        (plot.path, *path.flat.T),
        (plot.here, *path.flat[-1:].T),
        (plot.loss, path.checked_steps, path.losses),
    ],
    "training": lambda plot, run: [
        (plot.loss, range(1, len(run.losses) + 1), run.losses),
        (plot.accuracy, run.checked_steps, 100 * run.accuracies),
    ],
    "regions": lambda plot, result: [
        *((dots, *result.points[result.labels == label].T) for label, dots in enumerate(plot.classes)),
        (plot.loss, range(len(result.losses)), result.losses),
    ],
    "landscape": lambda plot, place: [(plot.place, [place.to_a], [place.to_b])],
    "tangent": lambda plot, secant: [
        (plot.ends, *secant.ends.T),
        (plot.point, [secant.x], [secant.height]),
        (plot.here, [secant.h], [secant.error]),
        (plot.errors, secant.steps, secant.errors),
    ],
    "surface": lambda plot, standing: [
        (plot.place, [standing.point[0]], [standing.point[1]]),
        (plot.landing, [standing.landing[0]], [standing.landing[1]]),
        (plot.path, *np.transpose([standing.point, standing.landing])),
    ],
}


def moments(result):
    """Return a result, and, where it is one of several steps, those at other steps, the first and the last among them."""
    if not hasattr(result, "step") or not isinstance(result.step, int):
        return [result]
    last = len(result.points if hasattr(result, "points") else result.weights) - 1
    others = {0, 1, last // 2, last, *np.ravel(getattr(result, "lost", ())).tolist()}
    return [result, *(dataclasses.replace(result, step=step) for step in sorted(others) if step <= last)]


@pytest.mark.parametrize("name", [name for name in LIVE if name.startswith((*SHOWN,))])
def test_what_moves_shows_the_result(name):
    """Else a line ends a step before its dot, or lags behind the sentence: too little for a comparison of pictures."""
    kind, first, second = LIVE[name]
    plot = kind(first)
    (shown,) = [shown for start, shown in SHOWN.items() if f"{name}-".startswith(f"{start}-")]
    for result in (*moments(second), *moments(first)):
        plot.update(result)
        for artist, *expected in shown(plot, result):
            limits = artist.axes.get_xlim(), artist.axes.get_ylim()
            # What lies outside of its axes is drawn at any place outside of them.
            found, wanted = (
                [np.clip(np.asarray(places, float), *ends) for places, ends in zip(both, limits, strict=True)]
                for both in (artist.get_data(), expected)
            )
            np.testing.assert_allclose(found, wanted, err_msg=str(artist))


def test_words_beside_what_moves_are_of_this_step():
    """Else a ball has the speed of another step, who is lost is named as if he ran, or two runs swap their names."""
    kind, first, _ = LIVE["ball-rolls"]
    ball = kind(first)
    for roll in moments(first):
        ball.update(roll)
        speed = roll.velocities[roll.step]
        if ball.speed.get_visible():
            assert ball.speed.get_text() == f"velocity {speed:+.2f}".replace("-", "−")
            (start, _), (tip, _) = ball.velocity._posA_posB
            assert np.sign(tip - start) == np.sign(speed)
        assert ball.speed.get_visible() == ball.velocity.get_visible() == (abs(speed) > 0.005)
    kind, _, lost = LIVE["race-lost"]
    race = kind(lost)
    for moment in moments(lost):
        race.update(moment)
        assert [row.get_text().endswith(": lost") for row in race.rows] == (
            moment.lost <= moment.step
        ).tolist()
    kind, _, pair = LIVE["momentum-helps"]
    runs = kind(pair)
    for comparison in (pair, dataclasses.replace(pair, run=pair.plain, plain=pair.run)):
        runs.update(comparison)
        higher = comparison.run.heights[-1] > comparison.plain.heights[-1]
        assert (runs.name.xy[1] > runs.plain_name.xy[1]) == higher
        assert runs.name.get_text() == f"{comparison.momentum:g}" and runs.plain_name.get_text() == "0"


def path_that_comes_back():
    _, first, _ = LIVE["weight-space"]
    flat = first.flat.copy()
    flat[len(flat) // 2] = 1000, 0
    return dataclasses.replace(first, flat=flat)


@pytest.mark.parametrize(
    ("name", "result", "leaves"),
    [
        ("batch-size", lambda: fit_line(100, 0.05, LINE_STEPS), False),
        ("batch-size", lambda: fit_line(10, 0.2, 0), False),
        ("batch-size", lambda: fit_line(10, 0.2, LINE_STEPS), True),
        ("weight-space", lambda: LIVE["weight-space"][1], False),
        ("weight-space", path_that_comes_back, True),
        ("learning-rate", lambda: walk_valley(0.2, WALK_STEPS), False),
        ("learning-rate", lambda: walk_valley(0.55, 0), False),
        ("learning-rate", lambda: walk_valley(0.55, WALK_STEPS), True),
    ],
)
def test_a_path_that_left_the_frame_says_so(name, result, leaves):
    """Else of a path that went out and came back a learner sees pieces without a word, or is told of one seen whole."""
    kind, first, _ = LIVE[name]
    plot = kind(first)
    plot.update(result())
    limits = plot.path.axes.get_xlim(), plot.path.axes.get_ylim()
    seen = [
        low <= place <= high
        for places, (low, high) in zip(plot.path.get_data(), limits, strict=True)
        for place in places
    ]
    assert (not all(seen)) == bool(plot.outside.get_text()) == leaves


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
