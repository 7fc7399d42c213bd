"""Pictures of momentum: a path on a map beside its loss, a ball on a curve, and what momentum costs and gains."""

import numpy as np
from matplotlib.patches import FancyArrowPatch
from matplotlib.ticker import MaxNLocator

from helpers.kit.contours import draw_contours
from helpers.kit.numbers import significant, write, write_loss
from helpers.kit.style import LOSS, QUIET, TRAIN, VELOCITY, WEIGHTS, LivePicture, course_style, picture
from helpers.studies.momentum.compute import BALL_STEPS, CLOSE, STEPS
from helpers.studies.phases.compute import best_momentum
from helpers.surfaces import CURVES, SURFACES

MAP = "Where the weights go"
DASHED, LONGEST = "dashed: momentum 0", "arrow: the longest step"
HEIGHTS = "Loss above the minimum"
STEP = "step"
WEIGHT = "weight $w_{number}$"
START = "start"
RUNS = "momentum"
RUN = "{momentum}"
SETTLED = "settles at step {step}"
GOAL = "goal: {goal} steps"
DIVERGES = "diverges"
LOCAL = "local minimum"
NOT_YET = "has not settled"

BALL = "The ball on the loss curve"
PLACES = "Its weight, step by step"
ONE_WEIGHT = "weight w"
ONE_LOSS = "loss"
GLOBAL = "global\nminimum"
LOCAL_HERE = "local\nminimum"
ONLY = "minimum"
VELOCITY_NAME = "velocity {velocity}"
GONE = "The ball has left the picture."

GREY = "#555555"
LOWEST, HIGHEST = 1e-5, 1e4
# Velocities are short beside the curve.
ARROW_LENGTH = 3
ARROW = {
    "arrowstyle": "-|>",
    "color": VELOCITY,
    "linewidth": 3,
    "mutation_scale": 18,
    "shrinkA": 0,
    "shrinkB": 0,
    "zorder": 5,
}


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
            self.map = self.figure.add_axes((0.08, 0.135, 0.445, 0.785))
            self.chart = self.figure.add_axes((0.59, 0.135, 0.3, 0.785))
            self.map.set_title(MAP)
            self.map.set_xlabel(WEIGHT.format(number=1), loc="left")
            self.map.set_ylabel(WEIGHT.format(number=2))
            # What need not move stands still: a word costs as much time as all of the paths.
            quiet = {"transform": self.map.transAxes, "ha": "right", "color": GREY, "fontsize": 11}
            self.map.text(1, 1.025, DASHED, **quiet)
            self.map.text(1, -0.14, LONGEST, **quiet)
            self.draw_chart()
            dashes = {"linestyle": (0, (4, 2)), "color": GREY, "linewidth": 1.8}
            (self.plain_path,) = self.map.plot([], [], **dashes)
            (self.path,) = self.map.plot([], [], "o-", color=WEIGHTS, markersize=4, linewidth=1.8)
            self.velocity = FancyArrowPatch((0, 0), (1, 1), **ARROW)
            self.map.add_patch(self.velocity)
            (self.ring,) = self.map.plot([], [], "o", color="black", markersize=11, mfc="none", mew=2)
            self.start = self.map.annotate(
                START, (0, 0), (0, 9), textcoords="offset points", ha="center", clip_on=True
            )
            (self.plain_heights,) = self.chart.plot([], [], **dashes)
            (self.heights,) = self.chart.plot([], [], color=LOSS)
            (self.drop,) = self.chart.plot([], [], color=LOSS, linewidth=1)
            (self.dot,) = self.chart.plot([], [], "o", color=LOSS, markersize=9)
            (self.goal,) = self.chart.plot([], [], color=TRAIN, linewidth=1.5, linestyle=(0, (1, 1.5)))
            beside = {"textcoords": "offset points", "va": "center", "annotation_clip": False, "fontsize": 12}
            self.goal_text = self.chart.annotate("", (0, 1), (0, 0), color=TRAIN, **beside | {"va": "top"})
            self.verdict = self.chart.annotate(
                "",
                (0, HIGHEST),
                (0, 0),
                color="#A03F00",
                weight="bold",
                **beside | {"va": "top", "ha": "center"},
            )
            self.names = [
                self.chart.annotate("", (STEPS, 1), (8, 0), color=colour, weight=weight, **beside)
                for colour, weight in ((GREY, "normal"), ("#A03F00", "bold"))
            ]
        self.moves(
            self.plain_path,
            self.path,
            self.velocity,
            self.ring,
            self.start,
            self.goal,
            self.goal_text,
            self.plain_heights,
            self.heights,
            self.drop,
            self.dot,
            self.verdict,
            *self.names,
        )
        self.update(result)

    def draw_chart(self):
        self.chart.set_yscale("log")
        self.chart.set(title=HEIGHTS, xlabel=STEP, xlim=(0, STEPS), ylim=(LOWEST, HIGHEST))
        self.chart.set_yticks([10.0**power for power in range(-5, 5)])
        self.chart.minorticks_off()
        self.chart.text(1.02, 1.025, RUNS, transform=self.chart.transAxes, color=GREY, fontsize=11)
        self.chart.axhline(CLOSE, color=QUIET, linewidth=1, linestyle=":")

    def update(self, result):
        """Show another comparison."""
        surface = SURFACES[result.surface]
        self.enter(surface.name, lambda: draw_contours(self.map, surface))
        self.map.set(xlim=surface.limits[0], ylim=surface.limits[1])
        low, high = np.transpose(surface.limits)
        self.path.set_data(*drawn(result.points, result.fate, low, high).T)
        self.plain_path.set_data(*drawn(result.plain_points, result.plain_fate, low, high).T)
        self.show_start(result.points[0], (low + high) / 2)
        self.show_fastest(result.points, low, high)
        self.heights.set_data(*visible(result.heights))
        self.plain_heights.set_data(*visible(result.plain_heights))
        self.show_goal(result.goal)
        self.show_verdict(result)
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
        self.goal.set_data(([], []) if goal is None else ([goal, goal], [LOWEST, HIGHEST / 8]))
        self.goal_text.set_text("" if goal is None else GOAL.format(goal=goal))
        right = goal is not None and goal > STEPS / 2
        self.goal_text.xy = (goal or 0, HIGHEST / 30)
        self.goal_text.set(position=(-5 if right else 5, 0), ha="right" if right else "left")

    def show_verdict(self, result):
        step = result.settled
        text = {
            "settled": SETTLED.format(step=step),
            "diverges": DIVERGES,
            "local": LOCAL,
        }.get(result.fate, NOT_YET)
        self.verdict.set_text(text)
        self.verdict.xy = (STEPS / 2 if step is None else np.clip(step, 0.3 * STEPS, 0.7 * STEPS), HIGHEST)
        if step is None:
            self.dot.set_data([], [])
            self.drop.set_data([], [])
        else:
            height = max(result.heights[step], LOWEST)
            self.dot.set_data([step], [height])
            self.drop.set_data([step, step], [height, HIGHEST / 8])

    def name_runs(self, result):
        """Put the names of both runs beside their ends, and apart from each other."""
        ends = [
            np.clip(heights[-1], 2 * LOWEST, HIGHEST / 3)
            for heights in (result.plain_heights, result.heights)
        ]
        plain, run = np.log10(ends)
        self.names[1].set_text(RUN.format(momentum=significant(result.momentum, 6)))
        if result.momentum == 0:
            self.names[0].set_text("")
        else:
            self.names[0].set_text(RUN.format(momentum=0))
            apart = 0.6
            if abs(plain - run) < apart:
                middle, sign = (plain + run) / 2, 1 if run >= plain else -1
                middle = np.clip(middle, np.log10(LOWEST) + 0.9, np.log10(HIGHEST) - 0.9)
                plain, run = middle - sign * apart / 2, middle + sign * apart / 2
        for name, height in zip(self.names, (plain, run), strict=True):
            name.xy = (STEPS, 10.0**height)


def drawn(points, fate, low, high):
    """Return the part of a path to draw: of one that diverges, no more than its first point far outside."""
    size = high - low
    points = np.clip(points, low - 2 * size, high + 2 * size)
    if fate == "diverges":
        outside = ((points < low - size / 4) | (points > high + size / 4)).any(axis=1)
        points = points[: np.argmax(outside) + 1] if outside.any() else points
    return points


def visible(heights):
    """Return steps and heights that a logarithmic axis can show."""
    return np.arange(len(heights)), np.clip(heights, LOWEST / 10, 100 * HIGHEST)


class BallPlot(LivePicture):
    """A ball on a curve with its trail and its velocity, beside its weight step by step.

    Parameters
    ----------
    result : helpers.studies.momentum.compute.Roll
    """

    def __init__(self, result):
        super().__init__(9, 4.1)
        self.figure.set_layout_engine("none")
        with course_style():
            self.hill = self.figure.add_axes((0.075, 0.135, 0.49, 0.785))
            self.chart = self.figure.add_axes((0.63, 0.135, 0.25, 0.785))
            self.hill.set(title=BALL, xlabel=ONE_WEIGHT, ylabel=ONE_LOSS)
            self.chart.set(title=PLACES, xlabel=STEP, xlim=(0, BALL_STEPS))
            self.hill.yaxis.set_major_locator(MaxNLocator(integer=True))
            (self.trail,) = self.hill.plot([], [], "o", color=WEIGHTS, markersize=6, alpha=0.7, mew=0)
            (self.ball,) = self.hill.plot([], [], "o", color=WEIGHTS, markersize=20, mec="white", mew=1.5)
            self.velocity = FancyArrowPatch((0, 0), (1, 0), **ARROW)
            self.hill.add_patch(self.velocity)
            self.speed = self.hill.annotate(
                "",
                (0, 0),
                (0, 24),
                textcoords="offset points",
                ha="center",
                va="bottom",
                color="#A03E7C",
                fontsize=12,
            )
            self.gone = self.hill.text(
                0.5, 0.9, "", transform=self.hill.transAxes, ha="center", color="#A03F00", weight="bold"
            )
            (self.places,) = self.chart.plot([], [], "o-", color=WEIGHTS, markersize=3, linewidth=1.5)
            (self.now,) = self.chart.plot([], [], "o", color=WEIGHTS, markersize=10, mec="white", mew=1.5)
        self.moves(self.trail, self.velocity, self.ball, self.speed, self.gone, self.places, self.now)
        self.update(result)

    def draw_curve(self, curve):
        """Draw what stays while the ball rolls: the curve, its minima and its start."""
        (limits,) = curve.limits
        w = np.linspace(*limits, 400)
        losses = curve.loss(w[:, np.newaxis])
        bottom, _ = span(losses)
        artists = [
            self.hill.fill_between(w, losses, bottom, color="#ececec", linewidth=0),
            *self.hill.plot(w, losses, color=QUIET, linewidth=3),
        ]
        names = (ONLY,) if len(curve.minima) == 1 else (GLOBAL, LOCAL_HERE)
        for name, (place,) in zip(names, curve.minima, strict=True):
            depth = curve.loss((place,))
            artists += self.hill.plot(
                [place], [depth], "*", color="#222222", markersize=15, mec="white", zorder=3
            )
            artists.append(
                self.hill.annotate(
                    name,
                    (place, depth),
                    (0, -12),
                    textcoords="offset points",
                    ha="center",
                    va="top",
                    color=GREY,
                    linespacing=1.05,
                )
            )
            artists.append(self.chart.axhline(place, color=QUIET, linewidth=1, linestyle=":"))
            artists.append(
                self.chart.annotate(
                    name,
                    (BALL_STEPS, place),
                    (6, 0),
                    textcoords="offset points",
                    va="center",
                    color=GREY,
                    annotation_clip=False,
                    linespacing=1.05,
                )
            )
        return artists

    def update(self, result):
        """Show another roll, or another step of it."""
        curve = CURVES[result.curve]
        (limits,) = curve.limits
        self.enter(curve.name, lambda: self.draw_curve(curve))
        bottom, top = span(curve.loss(np.linspace(*limits, 400)[:, np.newaxis]))
        self.hill.set(xlim=limits, ylim=(bottom, top))
        self.chart.set_ylim(limits)
        width, height = limits[1] - limits[0], top - bottom
        places = np.clip(result.points[: result.step + 1], limits[0] - width, limits[1] + width)
        losses = np.clip(result.losses[: result.step + 1], bottom - height, top + height)
        inside = (limits[0] <= places) & (places <= limits[1]) & (losses <= top)
        self.trail.set_data(places[inside], losses[inside])
        # Of a ball that flies off, what matters is that it does.
        end = len(places) if result.fate != "diverges" or inside.all() else int(np.argmin(inside)) + 1
        self.places.set_data(np.arange(end), places[:end])
        self.now.set_data([end - 1], [places[end - 1]])
        self.show_ball(places[-1], losses[-1] + 0.035 * height, result.velocities[result.step], inside[-1])
        self.gone.set_text("" if inside[-1] else GONE)

    def show_ball(self, x, y, velocity, inside):
        """Put the ball on the curve, at its own height above it, and its velocity beside it."""
        self.ball.set_data(*[[x], [y]] if inside else ([], []))
        moving = inside and abs(velocity) > 0.005
        self.velocity.set_visible(moving)
        self.speed.set_text(VELOCITY_NAME.format(velocity=write(velocity, "+.2f")) if moving else "")
        if moving:
            left, right = self.hill.get_xlim()
            edge, room = np.sign(velocity) * 0.032 * (right - left), 0.13 * (right - left)
            tip = np.clip(x + edge + ARROW_LENGTH * velocity, left, right)
            self.velocity.set_positions((x + edge, y), (tip, y))
            self.speed.xy = (
                np.clip(x, left + room, right - room),
                min(y, self.hill.get_ylim()[1] - 0.4 * room),
            )


def span(losses):
    """Return the lowest and highest loss of a picture of a curve, with room for names below and for the ball above."""
    height = losses.max() - losses.min()
    return losses.min() - 0.22 * height, losses.max() + 0.1 * height


SEVERAL = "Where the balls are, step by step"
PLACES_SENTENCE = "A line for the place of each ball, step by step, and dotted lines at the minima. After {steps} steps: {ends}."
ONE_END = "{name} at {place}"


@picture(9, 3.7)
def show_places(figure, places, minima):
    """Show the weight of several balls, step by step, with dotted lines at the minima.

    Parameters
    ----------
    places : dict of str to array, shape (steps + 1,)
        For each name; the first in the quietest colour.
    minima : dict of str to float
    """
    axes = figure.subplots()
    steps = max(map(len, places.values())) - 1
    styles = (("--", GREY), ("-.", TRAIN), ("-", WEIGHTS), (":", VELOCITY))
    for (name, path), (dashes, colour) in zip(places.items(), styles, strict=False):
        axes.plot(path, dashes, color=colour, label=name)
    for name, place in minima.items():
        axes.axhline(place, color=QUIET, linewidth=1, linestyle=":")
        axes.annotate(
            name,
            (steps, place),
            (8, 0),
            textcoords="offset points",
            va="center",
            color=GREY,
            annotation_clip=False,
        )
    axes.set(title=SEVERAL, xlabel=STEP, ylabel=ONE_WEIGHT, xlim=(0, steps))
    axes.legend(loc="upper right", handlelength=2.6, ncols=len(places))
    ends = ", ".join(ONE_END.format(name=name, place=write(path[-1], ".2f")) for name, path in places.items())
    return PLACES_SENTENCE.format(steps=steps, ends=ends)


CHART_SENTENCE = "A line for the loss of each descent, on a logarithmic axis. Above the minimum after {steps} steps: {ends}."
ONE_HEIGHT = "{name} {height}"
WRITTEN = 1e-4, 1000


@picture(9, 3.9)
def show_heights(figure, heights):
    """Show how several descents come down, on a logarithmic axis.

    Parameters
    ----------
    heights : dict of str to array, shape (steps + 1,)
        The loss above the minimum, for each name; at most five.
    """
    axes = figure.subplots()
    axes.set_yscale("log")
    steps = max(map(len, heights.values())) - 1
    styles = (
        ("-", LOSS),
        ("--", TRAIN),
        ("-.", WEIGHTS),
        (":", "black"),
        ((0, (5, 1, 1, 1, 1, 1)), VELOCITY),
    )
    ends = {}
    for (name, height), (dashes, colour) in zip(heights.items(), styles, strict=False):
        height = np.clip(height, 1e-5, 1e4)
        (line,) = axes.plot(height, linestyle=dashes, color=colour)
        ends[name] = np.log10(np.clip(height[-1], 1e-4, 1e3)), line.get_color()
    axes.set(title=HEIGHTS, xlabel=STEP, xlim=(0, steps), ylim=(1e-4, 1e3))
    axes.minorticks_off()
    axes.axhline(CLOSE, color=QUIET, linewidth=1, linestyle=":")
    order = sorted(ends, key=lambda name: ends[name][0])
    places = spread([ends[name][0] for name in order], 0.55, -3.8, 2.8)
    for name, place in zip(order, places, strict=True):
        axes.annotate(
            name,
            (steps, 10.0**place),
            (8, 0),
            textcoords="offset points",
            va="center",
            color=ends[name][1],
            weight="bold",
            annotation_clip=False,
        )
    words = ", ".join(
        ONE_HEIGHT.format(name=name, height=write_loss(height[-1], *WRITTEN))
        for name, height in heights.items()
    )
    return CHART_SENTENCE.format(steps=steps, ends=words)


def spread(places, apart, low, high):
    """Move sorted places apart as little as needed, between two ends."""
    places = np.clip(places, low, high)
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + apart)
    over = max(0.0, places[-1] - high)
    places[-1] -= over
    for index in range(len(places) - 2, -1, -1):
        places[index] = min(places[index], places[index + 1] - apart)
    return places


BEST_TITLE = "Steps until the loss stays below {close:g}"
MOMENTUM = "momentum"
PRODUCT = "learning rate × curvature = {product:g}"
FORMULA = "(1 − √{product:g})² = {best:.2f}"
BEST_SENTENCE = (
    "With learning rate times curvature at {product:g}, the fewest steps are {fewest}, at momentum {found:.2f}; "
    "the formula says {best:.2f}."
)


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
    styles = (("-", LOSS), ("--", TRAIN), ("-.", WEIGHTS))
    for (product, counts), (dashes, colour) in zip(steps.items(), styles, strict=False):
        axes.plot(momenta, counts, linestyle=dashes, color=colour)
        best = float(best_momentum(product, 1))
        here = np.interp(best, momenta, counts)
        axes.plot([best], [here], "o", mfc="white", mec=colour, markersize=10, mew=2)
        axes.annotate(
            FORMULA.format(product=product, best=best),
            (best, here),
            (8, -6),
            textcoords="offset points",
            va="top",
            color=colour,
            weight="bold",
        )
        axes.annotate(
            PRODUCT.format(product=product), (0, counts[0]), (8, 14), textcoords="offset points", color=colour
        )
        found = momenta[int(np.argmin(counts))]
        sentences.append(
            BEST_SENTENCE.format(product=product, fewest=int(min(counts)), found=found, best=best)
        )
    axes.set(title=BEST_TITLE.format(close=close), xlabel=MOMENTUM, xlim=(0, 1))
    axes.set_yticks([3, 10, 30, 100, 300, 1000], ["3", "10", "30", "100", "300", "1000"])
    axes.minorticks_off()
    axes.margins(y=0.15)
    return " ".join(sentences)
