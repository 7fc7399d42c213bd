"""Momentum: each convention is its line, equal ones are equal and the others are not, and presets do what they are called."""

import numpy as np
import pytest
import test_optimizers

from helpers.descent import descend
from helpers.gradients import numerical_gradient
from helpers.optimizers import SGD
from helpers.studies.momentum.compute import (
    RULES,
    STARTS,
    STEPS,
    compare_momentum,
    crossings,
    fate_of,
    finite_part,
    lasts_from,
    rises,
    roll,
    settled_at,
    start_of,
    turns,
)
from helpers.studies.momentum.conventions import (
    averaged,
    classical,
    follow,
    keras_nesterov,
    lookahead,
    pytorch,
)
from helpers.studies.momentum.plots import MomentumPlot
from helpers.studies.phases.compute import best_momentum
from helpers.surfaces import CURVES, SURFACES
from helpers.widgets import BallLive, MomentumLive

VALLEY = SURFACES["valley"]
RATES = np.full(40, 0.3)


def slope(w):
    """The gradient of the valley, without the machinery that finds it elsewhere."""
    return np.array([0.2, 4.0]) * w


def test_conventions_are_their_lines():
    """Else a row of the table of conventions computes something else than it says."""
    w, v, rate, m = np.array([1.0, 2.0]), np.array([0.5, -0.25]), 0.1, 0.8
    g = slope(w)
    for rule, weights, velocity in (
        (classical, w + (m * v - rate * g), m * v - rate * g),
        (lookahead, w + m * v - rate * slope(w + m * v), m * v - rate * slope(w + m * v)),
        (keras_nesterov, w + m * (m * v - rate * g) - rate * g, m * v - rate * g),
        (pytorch, w - rate * (m * v + g), m * v + g),
        (averaged, w - rate * (0.8 * v + 0.2 * g), 0.8 * v + 0.2 * g),
    ):
        found = rule(w, v, slope, rate, m)
        np.testing.assert_allclose(found[0], weights, rtol=1e-12)
        np.testing.assert_allclose(found[1], velocity, rtol=1e-12)


@pytest.mark.parametrize("nesterov", [False, True])
def test_two_conventions_are_the_optimizer_of_the_course(nesterov):
    """Else the notebook says of SGD what SGD does not do."""
    rule = keras_nesterov if nesterov else classical
    path, _ = follow(rule, slope, VALLEY.start, RATES, 0.7)
    way = descend(VALLEY, SGD(0.3, 0.7, nesterov), VALLEY.start, len(RATES))
    np.testing.assert_allclose(path, way.points, atol=1e-12)


@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("name", ["valley", "two hollows", "four hollows"])
def test_conventions_that_are_equal(name, momentum):
    """Else the course claims that two conventions are one which are two."""
    surface = SURFACES[name]

    def gradient(w):
        return surface.loss_and_gradient(w)[1]

    rates = np.full(30, 0.05)
    path, velocities = follow(classical, gradient, surface.start, rates, momentum)
    torch_path, torch_velocities = follow(pytorch, gradient, surface.start, rates, momentum)
    np.testing.assert_allclose(torch_path, path, atol=1e-9)
    np.testing.assert_allclose(-0.05 * torch_velocities, velocities, atol=1e-9)
    averaged_path, _ = follow(averaged, gradient, surface.start, rates / (1 - momentum), momentum)
    np.testing.assert_allclose(averaged_path, path, atol=1e-9)
    ahead, velocities = follow(lookahead, gradient, surface.start, rates, momentum)
    keras, keras_velocities = follow(keras_nesterov, gradient, surface.start, rates, momentum)
    np.testing.assert_allclose(ahead + momentum * velocities, keras, atol=1e-9)
    np.testing.assert_allclose(keras_velocities, velocities, atol=1e-9)


def test_conventions_that_differ():
    """Else a learner is told to rescale where nothing helps, or not to where it matters."""
    changing = np.where(np.arange(40) < 5, 0.3, 0.03)
    paths = [follow(rule, slope, VALLEY.start, changing, 0.9)[0] for rule in (classical, pytorch)]
    np.testing.assert_allclose(paths[0][:6], paths[1][:6], atol=1e-12)
    assert np.abs(paths[0][6] - paths[1][6]).max() > 0.3
    same_rate = [follow(rule, slope, VALLEY.start, RATES, 0.9)[0] for rule in (classical, averaged)]
    assert np.abs(same_rate[0] - same_rate[1]).max() > 1
    plain, notes = (
        follow(rule, slope, VALLEY.start, np.full(200, 0.4), 0.9)[0] for rule in (classical, keras_nesterov)
    )
    assert np.abs(plain[-1]).max() < 0.01 and np.abs(notes[-1]).max() > 1000


@pytest.mark.parametrize(("rule", "edge"), [(classical, 3.8), (keras_nesterov, 3.8 / 2.8)])
def test_edges_of_stability(rule, edge):
    """Else the course names a largest learning rate that is none."""
    ends = [
        abs(follow(rule, lambda w: w, [1.0], np.full(3000, share * edge), 0.9)[0][-1, 0])
        for share in (0.98, 1.02)
    ]
    assert ends[0] < 1e-6 and ends[1] > 1e6


def test_turns_are_seen_and_trembling_is_not():
    """Else a weight that has arrived, and moves by its rounding, is said to turn round a hundred times."""
    there_and_back = np.array([[0.0], [1.0], [0.5], [0.6], [0.6], [0.7], [0.2]])
    # A stop between two moves of one direction is no turn, nor is one between two directions: nothing turns while it stands.
    assert turns(there_and_back) == 3
    assert turns(np.hstack([there_and_back, np.arange(7.0)[:, np.newaxis]])) == 3
    for step, count in ((0.9e-3, 0), (1.1e-3, 6)):
        assert turns(np.array([0, 1] * 4)[:, np.newaxis] * step) == count


@pytest.mark.parametrize("preset", MomentumLive.presets)
def test_arrow_is_the_longest_step_that_begins_in_the_picture(preset):
    """Else of a descent that diverges no arrow is seen: it would lie far outside."""
    explorer = MomentumLive()
    explorer.preset(preset)
    points, plot = explorer.result.run.points, MomentumPlot(explorer.result)
    start, tip = np.array(plot.velocity._posA_posB)
    low, high = np.transpose([plot.map.get_xlim(), plot.map.get_ylim()])
    assert np.all((low <= start) & (start <= high))
    moves = np.diff(points, axis=0) / (high - low)
    seen = [step for step in range(len(moves)) if np.all((low <= points[step]) & (points[step] <= high))]
    longest = max(seen, key=lambda step: np.hypot(*moves[step]))
    np.testing.assert_array_equal(start, points[longest])
    np.testing.assert_array_equal(tip, np.clip(points[longest + 1], 2 * low - high, 2 * high - low))


@pytest.mark.parametrize("product", [0.05, 0.1, 0.3, 0.7, 1.5])
def test_best_momentum_is_the_best(product):
    """Else the formula for the fastest momentum is a little, or very, wrong."""
    best = best_momentum(0.1, product / 0.1)

    def speed(momentum):
        matrix = np.array([[1 + momentum - product, -momentum], [1, 0]])
        return np.abs(np.linalg.eigvals(matrix)).max()

    around = [speed(best + shift) for shift in (-0.02, 0, 0.02) if 0 <= best + shift <= 1]
    assert min(around) == pytest.approx(speed(best))
    assert speed(best) == pytest.approx(np.sqrt(best), abs=1e-6)
    np.testing.assert_allclose(best_momentum(0.5, np.array([0.5, 2.0])), [0.25, 0.0])


@pytest.mark.parametrize(
    ("optimizer", "rule", "name"),
    [
        ("momentum", test_optimizers.momentum, "momentum"),
        ("Nesterov", test_optimizers.nesterov, "momentum"),
        ("RMSprop", test_optimizers.rmsprop, "momentum"),
        ("Adam", test_optimizers.adam, "beta_1"),
    ],
)
def test_comparison_is_two_descents(optimizer, rule, name):
    """Else the picture shows another path than the optimizer's, or the dashed line is no run without momentum."""
    result = compare_momentum("banana", optimizer, "upper right", 0.05, 0.6, 20)
    for momentum, points, heights in (
        (0.6, result.run.points, result.run.heights),
        (0.0, result.plain.points, result.plain.heights),
    ):
        assert len(points) == len(heights) > 3
        # 0.84 of the way from the middle of the picture, (0, 1), to its right, 0.73 of that to its top.
        place, memories = np.array([0.84 * 2.2, 1 + 0.73 * 2]), ({}, {})
        for step, (point, height) in enumerate(zip(points, heights, strict=True), 1):
            np.testing.assert_allclose(point, place, rtol=1e-9)
            x, y = place
            assert height == pytest.approx(0.01 * (1 - x) ** 2 + (y - x**2) ** 2, rel=1e-9)
            slopes = -0.02 * (1 - x) - 4 * x * (y - x**2), 2 * (y - x**2)
            settings = {"learning_rate": 0.05, name: momentum}
            place = np.array(
                [
                    rule(weight, slope, memory, step, **settings)
                    for weight, slope, memory in zip(place, slopes, memories, strict=True)
                ]
            )


def test_every_optimizer_is_compared():
    """Else a new choice in the explorer goes untested."""
    assert list(RULES) == ["momentum", "Nesterov", "RMSprop", "Adam"]


def test_starts_lie_in_their_corners():
    """Else 'upper left' is somewhere else, or outside of the picture."""
    for surface in SURFACES.values():
        np.testing.assert_array_equal(start_of(surface, "usual"), surface.start)
        low, high = np.transpose(surface.limits)
        for name in [name for name in STARTS if name != "usual"]:
            place = start_of(surface, name)
            assert np.all((low < place) & (place < high))
            right, up = place > (low + high) / 2
            assert right == ("right" in name) and up == ("upper" in name)


def test_settled_means_that_it_stays():
    """Else a path that flies through the minimum counts as arrived."""
    low = [0.009, 0.002, 0.001, 0.001]
    assert settled_at(np.array([1.0, 0.001, 0.5, *low, 0.001])) == 3
    assert settled_at(np.array([1.0, 0.001, 0.5, *low])) is None
    assert settled_at(np.array([1.0, *low, 0.01])) is None
    assert settled_at(np.array([0.001, *low])) == 0
    # Of many at once, of which one does not even hold at the end.
    holds = np.array([[True, True, False], [True, False, True], [True, True, False]])
    assert lasts_from(holds).tolist() == [0, 2, 3]


def test_counts():
    """Else the sentence counts rises where there are none, or misses a zigzag."""
    assert rises(np.array([3.0, 2.0, 2.5, 2.4, 2.6])) == 2 and rises(np.array([1.0])) == 0
    there_and_back = np.array([[0.0, 0], [1, 1], [2, 0], [3, 1]])
    assert turns(there_and_back) == 2 and turns(there_and_back[:1]) == 0


@pytest.mark.parametrize("momentum", [0.0, 0.1, 0.5, 0.9, 0.95])
@pytest.mark.parametrize("rate", [0.02, 0.05])
def test_the_ball_of_the_reading_notes(rate, momentum):
    """Else the notebook tells which balls escape, and they do not."""
    curve = CURVES["double well"]
    end = descend(curve, SGD(rate, momentum), curve.start, 1000).points[-1, 0]
    assert end == pytest.approx(1.834243 if momentum <= 0.5 else -2.490864, abs=1e-3)


def test_the_ball_that_passes():
    """Else the box about the global minimum is untrue: more momentum would always end deeper."""
    curve = CURVES["shallow double well"]
    ends = [descend(curve, SGD(0.05, momentum), curve.start, 1000).points[-1, 0] for momentum in (0.9, 0.95)]
    np.testing.assert_allclose(ends, [-2.414214, 2.0], atol=1e-3)
    assert roll("shallow double well", 0.05, 0.9, 9).visited == (1, 0)
    assert roll("shallow double well", 0.05, 0.95, 9).visited == (1, 0, 1)


def test_roll_follows_the_rule():
    """Else the ball, its arrow and its sentence say different things."""
    result = roll("double well", 0.05, 0.9, 7)
    place, velocity = 4.0, 0.0
    for point, loss, shown in zip(result.points, result.losses, result.velocities, strict=True):
        assert (point, shown) == pytest.approx((place, velocity), abs=1e-9)
        assert loss == pytest.approx(0.05 * place**4 - 0.5 * place**2 + 0.6 * place, abs=1e-9)
        velocity = 0.9 * velocity - 0.05 * (0.2 * place**3 - place + 0.6)
        place += velocity
    assert len(result.points) == 121
    assert result.velocities[0] == 0 and result.step == 7
    gone = roll("double well", 1.0, 0.9, 120)
    assert gone.fate == "diverges" and gone.step == len(gone.points) - 1 < 120
    assert np.isfinite(gone.losses).all()


def test_hollows_in_order():
    """Else the ball is said to be in the hollow that it has left, or to have climbed a hill that it leapt over."""
    curve = CURVES["double well"]
    assert crossings(curve, np.array([4.0, 2.0, -1.0, -3.0, 1.5])) == ((1, 0, 1), (True, True))
    assert crossings(curve, np.array([4.0, 1.5, -1.0, -2.0, 1.5])) == ((1, 0, 1), (False, False))
    assert crossings(CURVES["parabola"], np.array([4.0, -2.0])) == ((0,), ())
    # The slope 0.2 w³ - w + 0.6 is 0 at the top of the hill, at 0.6566.
    assert crossings(curve, np.array([0.66])) == ((1,), ())
    assert crossings(curve, np.array([0.65])) == ((0,), ())


# Of each preset: fate with and without momentum, and what else its name promises.
PRESETS = {
    "crawls": ("creeps", "creeps", lambda r: r.run.heights[-1] > 0.5 and rises(r.run.heights) == 0),
    "zigzags": ("settled", "settled", lambda r: turns(r.run.points) > 20),
    "diverges": ("diverges", "diverges", lambda r: r.run.heights[-1] > 1e6),
    "momentum_helps": ("settled", "diverges", lambda r: r.run.settled < 30),
    "overshoots": (
        "settled",
        "creeps",
        lambda r: rises(r.run.heights) > 20 and r.run.points[:, 0].max() > 0.5,
    ),
    "too_much_momentum": ("swings", "creeps", lambda r: r.run.heights[-10:].max() > r.plain.heights[-1]),
    "nesterov_diverges_first": ("diverges", "edge", lambda r: True),
}


@pytest.mark.parametrize("name", MomentumLive.presets)
def test_preset_does_what_it_is_called(name):
    """Else a lecturer presses a button and the class sees something else than announced."""
    explorer = MomentumLive()
    explorer.preset(name)
    fate, plain_fate, promise = PRESETS[name]
    assert (explorer.result.run.fate, explorer.result.plain.fate) == (fate, plain_fate)
    assert promise(explorer.result)
    if name == "nesterov_diverges_first":
        explorer.settings["optimizer"] = "momentum"
        assert explorer.result.run.fate != "diverges"


BALLS = {
    "stuck": ("settled", (1,)),
    "escapes": ("settled", (1, 0)),
    "passes_the_global_one": ("swings", (1, 0, 1)),
    "leaps_without_momentum": ("settled", (1, 0)),
    "swings": ("swings", (0,)),
    "flies_off": ("diverges", None),
}


@pytest.mark.parametrize("name", BallLive.presets)
def test_ball_preset_does_what_it_is_called(name):
    """Else the ball that is announced to escape stays, or the reverse."""
    explorer = BallLive()
    explorer.preset(name)
    fate, visited = BALLS[name]
    assert explorer.result.fate == fate and visited in (None, explorer.result.visited)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "Goal reached: 29 of 30"),
        ({"momentum": 0.9}, "at step 58, because it flies past"),
        ({"momentum": 0.0, "learning_rate": 0.02}, "too small"),
        ({"momentum": 0.99}, "cannot stop"),
        ({"momentum": 0.0, "learning_rate": 0.7}, "rate is too large"),
        ({"momentum": 0.0, "learning_rate": 0.5}, "a smaller learning rate would settle"),
        ({"momentum": 0.0, "learning_rate": 0.49}, "to the other side"),
        ({"surface": "two hollows", "momentum": 0.5, "learning_rate": 0.05}, "zero in every minimum"),
        ({"surface": "plateau", "momentum": 0.0, "learning_rate": 0.2}, "only at step 64"),
    ],
)
def test_the_goal_says_why_it_was_missed(settings, words):
    """Else a learner who misses the goal is told the opposite of what to do."""
    explorer = MomentumLive()
    explorer.settings = {"goal": 30} | settings
    assert words in explorer.sentence


def test_divergence_is_cut_before_infinity():
    """Else a picture has infinite axes, or a run that diverges takes the other with it."""
    result = compare_momentum("banana", "momentum", "usual", 0.2, 0.9)
    assert result.run.fate == "diverges" and len(result.run.points) < STEPS
    assert np.isfinite(result.run.points).all() and result.plain.fate == "settled"
    last = compare_momentum("bowl", "momentum", "usual", 5.194, 0.0).run
    assert len(last.points) == STEPS and last.fate == "diverges"
    curve = CURVES["parabola"]
    points, heights = finite_part(curve, np.array([[1.0], [1e120], [2.0]]), np.array([0.5, 0.6, 2.0]))
    assert len(points) == len(heights) == 1
    # Also where no theory says so, and if it is lost at the very last step.
    assert fate_of(curve, np.ones((STEPS, 1)), np.ones(STEPS)) == "diverges"
    assert fate_of(curve, np.ones((STEPS + 1, 1)), np.ones(STEPS + 1)) != "diverges"


def test_gradients_used_here():
    """Else all of these tests compare with a wrong slope."""
    point = np.array([1.5, -0.7])
    np.testing.assert_allclose(slope(point), numerical_gradient(VALLEY.loss, point), atol=1e-8)


@pytest.mark.parametrize(
    ("settings", "verdict", "goal_side"),
    [
        (("valley", "Nesterov", "usual", 0.5, 0.9, 20), "diverges", "left"),
        (("saddle", "momentum", "usual", 0.1, 0.0, 0), "settles at step {step}", None),
        (("bowl", "momentum", "usual", 0.05, 0.9, 60), "settles at step {step}", "right"),
    ],
)
def test_the_picture_says_how_a_run_ended(settings, verdict, goal_side):
    """Else the mark stands at another step than the sentence says, a goal that is none is drawn, or two runs bear one name."""
    result = compare_momentum(*settings)
    plot = MomentumPlot(compare_momentum("plateau", "momentum", "usual", 0.2, 0.9, 60))
    plot.update(result)
    settled, momentum, goal = result.run.settled, settings[4], settings[5]
    assert plot.verdict.get_text() == verdict.format(step=settled)
    assert plot.dot.get_visible() == plot.drop.get_visible() == (settled is not None)
    if settled is not None:
        assert [place[0] for place in plot.dot.get_data()] == [
            settled,
            max(result.run.heights[settled], 1e-5),
        ]
    assert plot.goal.get_visible() == plot.goal_text.get_visible() == (goal > 0)
    if goal:
        assert (
            list(plot.goal.get_xdata()) == [goal, goal]
            and plot.goal_text.get_horizontalalignment() == goal_side
        )
    assert (plot.name.get_text(), plot.plain_name.get_visible()) == (f"{momentum:g}", momentum > 0)
    for line, run in ((plot.heights, result.run), (plot.plain_heights, result.plain)):
        np.testing.assert_allclose(line.get_ydata(), np.clip(run.heights, 1e-6, 1e6))
    # The arrow lies along the longest step that begins in the picture, measured in parts of it.
    (low, high), points = np.transpose(SURFACES[settings[0]].limits), result.run.points
    inside = [
        step for step in range(len(points) - 1) if np.all((low <= points[step]) & (points[step] <= high))
    ]
    longest = max(inside, key=lambda step: np.linalg.norm((points[step + 1] - points[step]) / (high - low)))
    tail, _ = plot.velocity._posA_posB
    np.testing.assert_array_equal(tail, points[longest])
