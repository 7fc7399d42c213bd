"""Pictures of momentum: two paths on a map beside their losses, the losses of several descents, and the fastest momentum."""

import functools

import numpy as np
from matplotlib.patches import FancyArrowPatch

from helpers.kit.contours import draw_contours
from helpers.kit.labels import label, spread
from helpers.kit.numbers import significant, write_loss
from helpers.kit.style import GREY, LOSS, QUIET, TRAIN, VELOCITY, WEIGHTS, LivePicture, course_style, picture
from helpers.kit.words import enumerated
from helpers.language import Words
from helpers.studies.momentum.compute import CLOSE, STEPS
from helpers.studies.momentum.conventions import CONVENTION_LABELS
from helpers.studies.phases.compute import best_momentum
from helpers.surfaces import SURFACES

_ = Words(__name__)

MAP, HEIGHTS, BEST = (
    _("Where the weights go"),
    _("Loss above the minimum"),
    _("Steps until the loss stays below {close:g}"),
)
WEIGHT, STEP, MOMENTUM = _("weight $w_{number}$"), _("step"), _("momentum")
DASHED, LONGEST = _("dashed: momentum 0"), _("arrow: the longest step")
START = _("start")
GOAL = _("goal: {goal} steps")
VERDICTS = {"settled": _("settles at step {step}"), "diverges": _("diverges"), "local": _("local minimum")}
NOT_YET = _("has not settled")
PRODUCT = _("learning rate × curvature = {product:g}")
FORMULA = "(1 − √{product:g})² = {best:.2f}"

HEIGHTS_SENTENCE = _(
    "A line for the loss of each descent, on a logarithmic axis. Above the minimum after {steps} steps: {ends}."
)
ONE_HEIGHT = _("{name} {height}")
BEST_SENTENCE = _(
    "With learning rate times curvature at {product:g}, the fewest steps are {fewest}, at momentum {found:.2f}; "
    "the formula says {best:.2f}."
)
AND_MORE = _("{sentences} {sentence}")

RUST = "#A03F00"
DASHES = {"linestyle": (0, (4, 2)), "color": GREY, "linewidth": 1.8}
# Of lines in one picture, so that none is told by its colour alone.
LINES = (
    {"linestyle": "-", "color": LOSS},
    {"linestyle": "--", "color": TRAIN},
    {"linestyle": "-.", "color": WEIGHTS},
    {"linestyle": ":", "color": "black"},
    {"linestyle": (0, (5, 1, 1, 1, 1, 1)), "color": VELOCITY},
)
LOWEST, HIGHEST = 1e-5, 1e4
# Powers of ten between the names of two runs, and between which the middle of two close ones stays.
APART, MIDDLE = 0.6, (-4.1, 3.1)
# Of the picture of several descents.
HEIGHT_LIMITS = 1e-4, 1e3


def velocity_arrow(axes):
    """Put an arrow for a velocity on axes, and return it."""
    look = {"arrowstyle": "-|>", "color": VELOCITY, "linewidth": 3, "mutation_scale": 18, "zorder": 5}
    return axes.add_patch(FancyArrowPatch((0, 0), (1, 1), shrinkA=0, shrinkB=0, **look))


class MomentumPlot(LivePicture):
    """A path on the map of a surface beside its loss, both with a dashed run without momentum.

    Parameters
    ----------
    result : helpers.studies.momentum.compute.Comparison
    """

    def __init__(self, result):
        super().__init__(9, 4.1)
        self.figure.set_layout_engine("none")
        with course_style():
            self.map = self.figure.add_axes((0.08, 0.135, 0.445, 0.785), title=MAP)
            self.chart = self.figure.add_axes((0.59, 0.135, 0.3, 0.785), title=HEIGHTS)
            self.draw_map()
            self.draw_chart()
        self.update(result)

    def draw_map(self):
        self.map.set_xlabel(WEIGHT.format(number=1), loc="left")
        self.map.set_ylabel(WEIGHT.format(number=2))
        # What need not move stands still: a word costs as much time as all of the paths.
        quiet = {"transform": self.map.transAxes, "ha": "right", "color": GREY, "fontsize": 11}
        self.map.text(1, 1.025, DASHED, **quiet)
        self.map.text(1, -0.14, LONGEST, **quiet)
        (self.plain_path,) = self.moves(*self.map.plot([], [], **DASHES))
        (self.path,) = self.moves(*self.map.plot([], [], "o-", color=WEIGHTS, markersize=4, linewidth=1.8))
        (self.velocity,) = self.moves(velocity_arrow(self.map))
        (self.ring,) = self.moves(*self.map.plot([], [], "o", c="black", markersize=11, mfc="none", mew=2))
        (self.start,) = self.moves(label(self.map, START, (0, 0), (0, 9), clip_on=True))

    def draw_chart(self):
        axes = self.chart
        axes.set(xlabel=STEP, xlim=(0, STEPS), yscale="log", ylim=(LOWEST, HIGHEST))
        axes.set_yticks([10.0**power for power in range(-5, 5)])
        axes.minorticks_off()
        axes.text(1.02, 1.025, MOMENTUM, transform=axes.transAxes, color=GREY, fontsize=11)
        axes.axhline(CLOSE, color=QUIET, linewidth=1, linestyle=":")
        (self.goal,) = self.moves(*axes.plot([], [], color=TRAIN, linewidth=1.5, linestyle=(0, (1, 1.5))))
        small = {"fontsize": 12, "va": "top"}
        (self.goal_text,) = self.moves(label(axes, "", (0, HIGHEST / 30), color=TRAIN, **small))
        (self.plain_heights,) = self.moves(*axes.plot([], [], **DASHES))
        (self.heights,) = self.moves(*axes.plot([], [], color=LOSS))
        (self.drop,) = self.moves(*axes.plot([], [], color=LOSS, linewidth=1))
        (self.dot,) = self.moves(*axes.plot([], [], "o", color=LOSS, markersize=9))
        (self.verdict,) = self.moves(label(axes, "", (0, HIGHEST), bold=True, color=RUST, **small))
        self.plain_name, self.name = self.moves(
            label(axes, "0", (STEPS, 1), (8, 0), color=GREY, fontsize=12),
            label(axes, "", (STEPS, 1), (8, 0), color=RUST, fontsize=12, bold=True),
        )

    def update(self, result):
        """Show another comparison."""
        surface = SURFACES[result.surface]
        self.enter(surface.name, lambda: draw_contours(self.map, surface))
        self.map.set(xlim=surface.limits[0], ylim=surface.limits[1])
        low, high = np.transpose(surface.limits)
        for run, path, heights in (
            (result.plain, self.plain_path, self.plain_heights),
            (result.run, self.path, self.heights),
        ):
            path.set_data(*drawn(run, low, high).T)
            heights.set_data(np.arange(len(run.heights)), np.clip(run.heights, LOWEST / 10, 100 * HIGHEST))
        self.show_start(result.run.points[0], (low + high) / 2)
        self.show_fastest(result.run.points, low, high)
        self.show_goal(result.goal)
        self.show_verdict(result.run)
        self.name_runs(result)

    def show_start(self, place, middle):
        self.ring.set_data(*place[:, np.newaxis])
        self.start.xy = place
        above = place[1] >= middle[1]
        self.start.set(position=(0, 9 if above else -9), va="bottom" if above else "top")

    def show_fastest(self, points, low, high):
        """Point an arrow along the longest step that begins in the picture."""
        lengths = np.linalg.norm(np.diff(points, axis=0) / (high - low), axis=1)
        inside = ((low <= points[:-1]) & (points[:-1] <= high)).all(axis=1)
        step = int(np.argmax(np.where(inside, lengths, -1)))
        tip = np.clip(points[step + 1], low - (high - low), high + (high - low))
        self.velocity.set_positions(points[step], tip)

    def show_goal(self, goal):
        for artist in (self.goal, self.goal_text):
            artist.set_visible(goal > 0)
        if goal:
            self.goal.set_data([goal, goal], [LOWEST, HIGHEST / 8])
            self.goal_text.set_text(GOAL.format(goal=goal))
            self.goal_text.xy = goal, HIGHEST / 30
            right = goal > STEPS / 2
            self.goal_text.set(position=(-5 if right else 5, 0), ha="right" if right else "left")

    def show_verdict(self, run):
        step = STEPS / 2 if run.settled is None else run.settled
        self.verdict.set_text(VERDICTS.get(run.fate, NOT_YET).format(step=step))
        self.verdict.xy = np.clip(step, 0.3 * STEPS, 0.7 * STEPS), HIGHEST
        for artist in (self.dot, self.drop):
            artist.set_visible(run.settled is not None)
        if run.settled is not None:
            height = max(run.heights[step], LOWEST)
            self.dot.set_data([step], [height])
            self.drop.set_data([step, step], [height, HIGHEST / 8])

    def name_runs(self, result):
        """Put the momentum of both runs beside their ends, and apart from each other."""
        self.name.set_text(significant(result.momentum, 6))
        self.plain_name.set_visible(result.momentum != 0)
        lasts = [run.heights[-1] for run in (result.plain, result.run)]
        ends = np.log10(np.clip(lasts, 2 * LOWEST, HIGHEST / 3))
        if result.momentum and abs(ends[1] - ends[0]) < APART:
            # Both give way, each by half.
            moved = spread(ends, APART)
            ends = moved - moved.mean() + np.clip(ends.mean(), *MIDDLE)
        for name, height in zip((self.plain_name, self.name), 10.0**ends, strict=True):
            name.xy = (STEPS, height)


def drawn(run, low, high):
    """Return the part of a path to draw: of one that diverges, no more than its first point far outside."""
    size = high - low
    points = np.clip(run.points, low - 2 * size, high + 2 * size)
    outside = ((points < low - size / 4) | (points > high + size / 4)).any(axis=1)
    return points[: np.argmax(outside) + 1] if run.fate == "diverges" and outside.any() else points


@picture(9, 3.9)
def show_heights(figure, heights):
    """Show how several descents come down, on a logarithmic axis.

    Parameters
    ----------
    heights : dict of str to array, shape (steps + 1,)
        The loss above the minimum, for each name; at most five.
    """
    axes = figure.subplots()
    steps = max(map(len, heights.values())) - 1
    axes.set(title=HEIGHTS, xlabel=STEP, xlim=(0, steps), yscale="log", ylim=HEIGHT_LIMITS)
    axes.minorticks_off()
    lasts = [height[-1] for height in heights.values()]
    places = 10 ** spread(np.log10(np.clip(lasts, *HEIGHT_LIMITS)), 0.55, -3.8, 2.8)
    for (name, height), place, line in zip(heights.items(), places, LINES, strict=False):
        axes.plot(np.clip(height, 1e-5, 1e4), **line)
        shown = CONVENTION_LABELS.get(name, name)
        label(axes, shown, (steps, place), (8, 0), color=line["color"], bold=True)
    axes.axhline(CLOSE, color=QUIET, linewidth=1, linestyle=":")
    ends = (
        ONE_HEIGHT.format(name=CONVENTION_LABELS.get(name, name), height=write_loss(last, 1e-4, 1000))
        for name, last in zip(heights, lasts, strict=True)
    )
    return HEIGHTS_SENTENCE.format(steps=steps, ends=enumerated(ends))


@picture(9, 4.2)
def show_best_momentum(figure, momenta, steps, close):
    """Show how many steps a hollow takes, by momentum, with a ring where the formula says that it takes fewest.

    Parameters
    ----------
    momenta : array, shape (momenta,)
    steps : dict of float to array, shape (momenta,)
        For each learning rate times curvature, the smallest first.
    close : float
        The loss that counts as arrived.
    """
    axes = figure.subplots()
    axes.set_yscale("log")
    sentences = []
    for (product, counts), line in zip(steps.items(), LINES, strict=False):
        colour = line["color"]
        axes.plot(momenta, counts, **line)
        best = float(best_momentum(product, 1))
        here = np.interp(best, momenta, counts)
        axes.plot([best], [here], "o", mfc="white", mec=colour, markersize=10, mew=2)
        words = {"product": product, "best": best}
        label(axes, FORMULA.format(**words), (best, here), (8, -6), color=colour, bold=True)
        label(axes, PRODUCT.format(**words), (0, counts[0]), (8, 14), color=colour, va="baseline")
        found = momenta[int(np.argmin(counts))]
        sentences.append(BEST_SENTENCE.format(fewest=int(min(counts)), found=found, **words))
    axes.set(title=BEST.format(close=close), xlabel=MOMENTUM, xlim=(0, 1))
    ticks = (3, 10, 30, 100, 300, 1000)
    axes.set_yticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    axes.margins(y=0.15)
    return functools.reduce(
        lambda sentences, sentence: AND_MORE.format(sentences=sentences, sentence=sentence), sentences
    )
