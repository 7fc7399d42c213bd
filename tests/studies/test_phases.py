"""The phases of momentum: the map agrees with single descents and with the theory, and its presets do what they say."""

import contextlib
import dataclasses
import io

import numpy as np
import pytest

from helpers.descent import descend
from helpers.optimizers import SGD
from helpers.studies.phases.compute import (
    CREEPS,
    DIVERGES,
    JUMPS,
    LEARNING_RATES,
    MOMENTA,
    OSCILLATES,
    SMALL,
    STANDS,
    STEPS,
    best_momentum,
    best_setting,
    compute_phases,
    edge,
    explore_phases,
    motion,
)
from helpers.studies.phases.plots import PhasePlot
from helpers.surfaces import Surface, quadratic
from helpers.widgets import PhaseLive

VALLEYS = [(0.2, 4.0), (3.0, 0.7), (1.0, 1.0)]


def alone(curvatures, learning_rate, momentum):
    """Walk a single descent with `descend`, and say from which step on its loss is small, and whether it grew."""
    surface = Surface("valley", quadratic(*curvatures), ((-1, 1), (-1, 1)), (1, 1), ((0, 0),), "")
    losses = descend(surface, SGD(learning_rate, momentum), surface.start, STEPS).losses
    losses = np.append(losses, np.full(STEPS + 1 - len(losses), np.inf))
    large = np.flatnonzero(losses > SMALL * losses[0])
    return large[-1] + 1, losses[-1] > losses[0]


@pytest.mark.parametrize(
    "curvatures", [VALLEYS[0], *(pytest.param(valley, marks=pytest.mark.weekly) for valley in VALLEYS[1:])]
)
def test_map_agrees_with_single_descents(curvatures):
    """Else a cell of the map shows something else than the descent with its learning rate and momentum."""
    phases = compute_phases(*curvatures)
    assert phases.steps.shape == phases.grows.shape == (len(MOMENTA), len(LEARNING_RATES)) >= (60, 60)
    random = np.random.default_rng(0)
    for row, column in random.integers(0, phases.steps.shape, (60, 2)):
        expected = alone(curvatures, LEARNING_RATES[column], MOMENTA[row])
        assert (phases.steps[row, column], phases.grows[row, column]) == expected
        point = explore_phases(LEARNING_RATES[column], MOMENTA[row], *curvatures)
        assert point.small_from == expected[0]
    point = explore_phases(0.1, 0.5, *curvatures)
    surface = Surface("valley", quadratic(*curvatures), ((-1, 1), (-1, 1)), (1, 1), ((0, 0),), "")
    way = descend(surface, SGD(0.1, 0.5), surface.start, STEPS)
    np.testing.assert_allclose(point.weights, way.points, rtol=1e-9)
    np.testing.assert_allclose(point.losses, way.losses, rtol=1e-9)


@pytest.mark.parametrize(
    "settings", [(0.01, 0.97, 0.1, 0.1), (0.015, 0.97, 1.0, 1.5), (0.05, 0.97, 3.0, 7.0)]
)
def test_what_passes_its_middle_in_the_last_steps_does_not_stay_small(settings):
    """Else of a slow swing that is near its middle at step 200, a learner reads that its loss stays small from there on."""
    learning_rate, momentum, *curvatures = settings
    losses = 0.0
    for curvature in curvatures:
        # Polyak's rule without a velocity: the next weight from the last two.
        product = learning_rate * curvature
        weights = [1.0, 1 - product]
        while len(weights) < 10 * STEPS:
            weights.append((1 + momentum - product) * weights[-1] - momentum * weights[-2])
        losses += 0.5 * curvature * np.square(weights)
    large = losses > losses[0] / 1000
    assert not large[STEPS] and large[STEPS:].any()
    assert explore_phases(*settings).small_from == STEPS + 1
    explorer = PhaseLive()
    explorer.settings = dict(zip(explorer.settings, settings, strict=True))
    assert "within 200 steps, the loss does not stay below a thousandth" in explorer.sentence
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(explorer.code, {})
    assert printed.getvalue() == "the loss stays small from step …? not within 200 steps\n"


def test_the_map_looks_on_as_far_as_the_sentence():
    """Else a ring on the map stands in the colour of a descent that stays small, and the sentence says that it does not."""
    for curvatures in ((1.0, 1.5), (3.0, 7.0)):
        phases = compute_phases(*curvatures)
        for row in range(len(MOMENTA) - 4, len(MOMENTA)):
            for column in range(20):
                point = explore_phases(float(LEARNING_RATES[column]), float(MOMENTA[row]), *curvatures)
                assert phases.steps[row, column] == point.small_from


@pytest.mark.parametrize("curvatures", VALLEYS)
def test_border_of_the_map_is_the_edge(curvatures):
    """Else the orange line runs beside the border that it explains."""
    grows = compute_phases(*curvatures).grows
    beyond = LEARNING_RATES / edge(max(curvatures), MOMENTA)[:, np.newaxis]
    assert grows[beyond > 1.01].all() and not grows[beyond < 0.97].any()
    assert grows.any() and not grows.all()


def test_colours_of_the_map_are_those_of_its_key():
    """Else a descent that takes five steps is coloured as one of up to ten, or 200 steps as over 200."""
    point = explore_phases(0.3, 0.0, 0.2, 4.0)
    steps, grows = np.resize(np.arange(1, STEPS + 2), point.steps.shape), np.zeros(point.grows.shape, bool)
    grows[0] = True
    plot = PhasePlot(point)
    plot.update(dataclasses.replace(point, steps=steps, grows=grows))
    (key,) = [axes for axes in plot.figure.axes if axes.get_label() == "key"]
    names = [name.get_text() for name in key.get_yticklabels()]
    *bands, over, diverges = key.images[0].get_array()[:, 0]
    assert names[-2:] == ["over 200", "diverges"] and len({*map(tuple, (*bands, over, diverges))}) == len(
        names
    )
    for number, growing, shown in zip(
        steps.flat, grows.flat, plot.image.get_array().reshape(-1, 4), strict=True
    ):
        fitting = [
            band for name, band in zip(names, bands, strict=False) if number <= int(name.removeprefix("≤ "))
        ]
        np.testing.assert_array_equal(shown, diverges if growing else (*fitting, over)[0])


@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("curvature", [0.2, 1.0, 7.0])
def test_edge_parts_converging_from_diverging(curvature, momentum):
    """Else the formula for the largest learning rate is wrong."""
    sizes = {}
    for factor in (0.99, 1.01):
        weight, optimizer = np.array([1.0]), SGD(factor * edge(curvature, momentum), momentum)
        for _ in range(3000):
            optimizer.update([weight], [curvature * weight])
        sizes[factor] = abs(weight.item())
    assert sizes[0.99] < 1e-6 and sizes[1.01] > 1e6


@pytest.mark.parametrize("product", [0.05, 0.3, 1.0, 2.5])
def test_fastest_momentum_is_fastest(product):
    """Else the black curve leads past the fastest momentum."""
    predicted = best_momentum(product / 2.0, 2.0)
    momenta = np.linspace(0, 0.99, 100)
    factors = [motion(2.0, product / 2.0, momentum)[1] for momentum in momenta]
    assert abs(momenta[np.argmin(factors)] - predicted) <= 0.01
    # Not by the theory only: measure the last of many steps.
    weights, sizes = np.ones(100), []
    optimizer = SGD(product / 2.0, momenta)
    for _ in range(400):
        optimizer.update([weights], [2.0 * weights])
        sizes.append(np.abs(weights))
    with np.errstate(divide="ignore"):
        measured = np.max(np.log(sizes[-50:]), axis=0) / 400
    assert abs(momenta[np.argmin(measured)] - predicted) <= 0.02


@pytest.mark.parametrize(
    ("learning_rate", "momentum", "kind"),
    [
        (0.02, 0.0, CREEPS),
        (0.49, 0.0, JUMPS),
        (0.1, 0.9, OSCILLATES),
        (0.5, 0.0, STANDS),
        (0.75, 0.5, STANDS),
        (0.7, 0.0, DIVERGES),
        (0.72, 0.45, JUMPS),
    ],
)
def test_motion_tells_how_a_weight_moves(learning_rate, momentum, kind):
    """Else the sentence says that a weight oscillates while the picture shows it creeping."""
    found, factor = motion(4.0, learning_rate, momentum)
    assert found == kind
    weight, optimizer, path = np.array([1.0]), SGD(learning_rate, momentum), []
    for _ in range(200):
        optimizer.update([weight], [4.0 * weight])
        path.append(weight.item())
    tail = np.array(path[100:])
    changes = np.mean(tail[1:] * tail[:-1] < 0)
    assert {CREEPS: changes == 0, OSCILLATES: 0 < changes < 1}.get(kind, changes == 1)
    measured = (np.abs(tail[-20:]).max() / np.abs(tail[:20]).max()) ** (1 / 80)
    assert measured == pytest.approx(factor, abs=0.01)


@pytest.mark.parametrize("curvatures", [(0.2, 4.0), (1.0, 1.0), (0.1, 10.0), (5.0, 0.3)])
def test_best_setting_is_best(curvatures):
    """Else the star stands where some other pair is faster in the long run."""

    def slower(learning_rate, momentum):
        return max(motion(curvature, learning_rate, momentum)[1] for curvature in curvatures)

    learning_rate, momentum = best_setting(*curvatures)
    best = slower(learning_rate, momentum)
    for curvature in curvatures:
        assert best_momentum(learning_rate, curvature) == pytest.approx(momentum, abs=1e-12)
    random = np.random.default_rng(0)
    for rate, other in zip(
        10 ** random.uniform(-2, 1, 2000), np.abs(random.uniform(-0.2, 1, 2000)), strict=True
    ):
        assert slower(rate, other) >= best - 1e-9


@pytest.mark.parametrize(
    ("preset", "kinds"),
    [
        ("creeps", (CREEPS, CREEPS)),
        ("jumps", (CREEPS, JUMPS)),
        ("oscillates", (OSCILLATES, OSCILLATES)),
        ("diverges", (CREEPS, DIVERGES)),
        ("momentum_saves_it", (OSCILLATES, OSCILLATES)),
    ],
)
def test_presets_do_what_their_names_say(preset, kinds):
    """Else a lecturer presses a button and talks about something that is not there."""
    explorer = PhaseLive()
    explorer.preset(preset)
    assert tuple(kind for kind, _ in explorer.result.motions) == kinds
    grown = explorer.result.losses[-1] > explorer.result.losses[0]
    assert grown == (preset == "diverges")
    assert ("diverges" in explorer.sentence) == (preset == "diverges")


def test_best_preset_and_round_bowl():
    """Else the button named best leads elsewhere, or the round bowl is not done in a single step."""
    explorer = PhaseLive()
    explorer.preset("best")
    result = explorer.result
    np.testing.assert_allclose((result.learning_rate, result.momentum), result.best, atol=0.005)
    explorer.preset("a_round_bowl")
    assert explorer.result.small_from == 1 and "single step" in explorer.sentence


def test_the_edge_itself_and_beyond_all_numbers():
    """Else a weight that jumps for ever is said to diverge, or a descent that overflows draws nothing."""
    explorer = PhaseLive()
    explorer.settings = {"learning_rate": 0.5, "momentum": 0.0}
    assert "never comes to rest" in explorer.sentence
    explorer.settings = {"learning_rate": 10.0, "first_curvature": 10.0}
    assert explorer.result.stopped_at is not None and "diverges" in explorer.sentence
    assert np.isfinite(explorer.result.losses).all() and np.isfinite(explorer.result.weights).all()


@pytest.mark.parametrize(
    ("settings", "verdict"),
    [
        ((0.3, 0.0, 0.2, 4.0), "small from step {step}"),
        ((1.0, 0.0, 1.0, 1.0), "small from step 1"),
        ((0.02, 0.0, 0.2, 4.0), "not small in 200 steps"),
        ((0.5, 0.0, 0.2, 4.0), "not small in 200 steps"),
        ((0.7, 0.0, 4.0, 0.2), "diverges"),
        ((10.0, 0.0, 10.0, 10.0), "diverges"),
    ],
)
def test_the_picture_shows_what_the_theory_says(settings, verdict):
    """Else a curve, the border, the star or a word of the map belongs to another valley, or to the other weight."""
    rate, momentum, *curvatures = settings
    point = explore_phases(*settings)
    plot = PhasePlot(explore_phases(0.1, 0.9, 0.5, 2.0))
    plot.update(point)
    rates, momenta = plot.border.get_data()
    np.testing.assert_allclose(10**rates * max(curvatures), 2 + 2 * momenta)
    assert (momenta.min(), momenta.max()) == (0, 1)
    for curve, curvature in zip(plot.curves, curvatures, strict=True):
        rates, momenta = curve.get_data()
        seen = np.isfinite(momenta)
        # Where the roots of the step's equation coincide, as far as the other weight does not diverge.
        fastest = (1 - np.sqrt(10**rates * curvature)) ** 2
        np.testing.assert_allclose(momenta[seen], fastest[seen], atol=1e-12)
        np.testing.assert_array_equal(seen, 10**rates * max(curvatures) < 2 + 2 * fastest)
        assert seen[0] and fastest[0] > 0.95 and fastest.max() <= 1
    low, high = np.sqrt(sorted(curvatures))
    star = plot.best.get_data()
    np.testing.assert_allclose(
        star, [[np.log10(4 / (low + high) ** 2)], [((high - low) / (high + low)) ** 2]], atol=1e-12
    )
    np.testing.assert_allclose(plot.ring.get_data(), [[np.log10(rate)], [momentum]])
    for line, weights in zip(plot.weights, point.weights.T, strict=True):
        np.testing.assert_array_equal(line.get_data(), [np.arange(len(weights)), np.clip(weights, -1e3, 1e3)])
    # Solid is weight 1, broken is weight 2, and so on the map.
    assert [[line.get_linestyle() for line in lines] for lines in (plot.weights, plot.curves)] == [
        ["-", "--"]
    ] * 2
    small = np.flatnonzero(point.losses > point.losses[0] / 1000)[-1] + 1
    assert plot.verdict.get_text() == verdict.format(step=small)
    (step,), (share,) = plot.small.get_data()
    assert (step == small and share <= 1e-3) if verdict.startswith("small") else np.isnan(share)


@pytest.mark.parametrize(("steepest", "shown"), [(0.2, False), (1.0, False), (4.0, True), (10.0, True)])
def test_where_descents_diverge_stands_so_if_there_is_room(steepest, shown):
    """Else the word lies over the border or outside of the map, or half of the map has no name."""
    plot = PhasePlot(explore_phases(0.1, 0.0, 0.1, steepest))
    assert plot.diverging.get_visible() == shown
    x, y = plot.diverging.get_position()
    if shown:
        assert np.log10((2 + 2 * y) / steepest) + 0.3 < x < np.log10(10) - 0.3
