"""Pictures of optimizers side by side: what they learned, how long their steps are, who arrives first."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers.kit.contours import draw_contours
from helpers.kit.numbers import write
from helpers.kit.style import QUIET, TRAIN, VELOCITY, LivePicture, course_style, picture
from helpers.studies.races.compute import DIGIT_STEPS, NEAR, RACERS, STEPS, TRACKS, WATCHED_STEPS, ranking

# Never by colour alone: each racer has its own marker, too.
COLOURS = dict(zip(RACERS, ("#222222", VELOCITY, TRAIN, "#783000", "#009E73", "#D55E00"), strict=True))
MARKERS = dict(zip(RACERS, "os^DvX", strict=True))
GREY = "#555555"
SHADES = LinearSegmentedColormap.from_list("shades", ("#8FB8DE", "#F4F8FC"))

FEATURE = "a feature, and how often it was seen"
LEARNED = "learned weight"
RIGHT = "right: 1"
LEARNED_WEIGHTS = "The rarest feature was seen {seen} times. Its weight, which should be 1, is {weights}."
OF = "{weight} with {name}"

STEP_LENGTH = "length of the step"
STEP = "step"
LENGTHS = "Step lengths, first and last: {pairs}."
PAIR = "{name} {first:.2g} and {last:.2g}"

FEWEST = "steps until the loss stays within {near} of the lowest one; darker is faster"
NEVER = "–"
WINS = "Fewest steps within {steps}: {wins}; a tie counts for both."
WON = "{name} on {count} of {surfaces} surfaces"
NOBODY = " Nobody arrives on the surface {names}."

DIGIT_TITLES = ("Test digits read, of 100", "Best rate, {seeds} other seeds")
LEARNING_RATE = "learning rate"
DIGITS = (
    "After {steps} steps, each with the learning rate that suits it, the six optimizers read between {low} and {high} of 100 test "
    "digits on average. Their averages differ by {comparison} than the seeds "
    "of the optimizer whose seeds differ most."
)
LESS, MORE = "less", "no less"

AXES = ("weight 1", "weight 2")
LIVE_TITLES = ("Where the weights go", "Loss above the lowest", "Lowest loss first")
LOST = "{name}: lost"
LOSS_LIMITS = (1e-4, 1e3)


@picture(9, 3.6)
def show_learned(figure, seen, weights):
    """Show what was learned about features that are seen more and less often.

    Parameters
    ----------
    seen : sequence of int
        How often each feature occurred, falling.
    weights : dict
        For each name of a way to learn (at most four), the weights that it found; all should be 1.
    """
    axes = figure.subplots()
    axes.axhline(1, color=QUIET, linewidth=1.2)
    axes.annotate(RIGHT, (len(seen) - 0.4, 1), (6, 0), **beside(), color=GREY)
    places = np.arange(len(seen))
    for number, (name, values) in enumerate(weights.items()):
        colour, marker = list(COLOURS.values())[number], list(MARKERS.values())[number]
        shift = 0.16 * (number - (len(weights) - 1) / 2)
        axes.plot(places + shift, values, marker, color=colour, markersize=9)
        axes.plot([0.03 + number / len(weights)], [1.1], marker, color=colour, markersize=9, **above(axes))
        axes.text(
            0.055 + number / len(weights), 1.1, name, va="center", color=colour, transform=axes.transAxes
        )
    axes.set_xticks(places, [f"{count:,}" for count in seen])
    axes.set(xlabel=FEATURE, ylabel=LEARNED, xlim=(-0.4, len(seen) - 0.4))
    axes.set_ylim(0, max(1.2, *(max(values) for values in weights.values())) + 0.1)
    said = ", ".join(
        OF.format(weight=write(values[-1], ".1f"), name=name) for name, values in weights.items()
    )
    return LEARNED_WEIGHTS.format(seen=seen[-1], weights=said)


@picture(9, 3.4)
def show_step_lengths(figure, lengths):
    """Show how the steps of optimizers become longer or shorter, on logarithmic axes.

    Parameters
    ----------
    lengths : dict
        For each name (at most four), the length of each step; all above 0.
    """
    axes = figure.subplots()
    axes.set(xscale="log", yscale="log", xlabel=STEP, ylabel=STEP_LENGTH)
    for number, values in enumerate(lengths.values()):
        colour, marker = list(COLOURS.values())[number], list(MARKERS.values())[number]
        steps = np.arange(1, len(values) + 1)
        shown = np.unique(np.geomspace(1, len(values), 12).astype(int)) - 1
        axes.plot(steps, values, color=colour, marker=marker, markevery=shown.tolist())
    # Lines may end close to each other: the upper name stands a little higher, the lower one lower.
    names = sorted(lengths, key=lambda name: lengths[name][-1])
    for rank, name in enumerate(names):
        colour = list(COLOURS.values())[list(lengths).index(name)]
        end = len(lengths[name]), lengths[name][-1]
        axes.annotate(name, end, (10, 14 * (rank - (len(names) - 1) / 2)), **beside(), color=colour)
    axes.minorticks_off()
    axes.margins(x=0.02, y=0.12)
    pairs = (PAIR.format(name=name, first=values[0], last=values[-1]) for name, values in lengths.items())
    return LENGTHS.format(pairs=", ".join(pairs))


@picture(9, 4.6)
def show_race(figure, arrived):
    """Show how many steps each optimizer needs on each surface.

    Parameters
    ----------
    arrived : dict
        For each name of a surface, an array of shape (racers,) as in `helpers.studies.races.compute.Race`.
    """
    axes = figure.subplots()
    steps = np.array(list(arrived.values()))
    there = steps <= STEPS
    axes.imshow(
        np.where(there, np.log(np.maximum(steps, 1)), np.nan), cmap=SHADES, aspect="auto", vmax=np.log(STEPS)
    )
    best = np.where(there, steps, STEPS + 1).min(axis=1, keepdims=True)
    wins = there & (steps == best)
    for (row, column), count in np.ndenumerate(steps):
        axes.text(
            column,
            row,
            count if there[row, column] else NEVER,
            ha="center",
            va="center",
            color="#000000" if there[row, column] else GREY,
            weight="bold" if wins[row, column] else "normal",
        )
    axes.set_xticks(range(len(RACERS)), RACERS)
    axes.set_yticks(range(len(arrived)), arrived)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlabel(FEWEST.format(near=NEAR))
    won = zip(RACERS, wins.sum(axis=0), strict=True)
    said = [WON.format(name=name, count=count, surfaces=len(steps)) for name, count in won if count]
    nobody = [name for name, row in zip(arrived, there, strict=True) if not row.any()]
    return WINS.format(steps=STEPS, wins=", ".join(said)) + (
        NOBODY.format(names=" and ".join(nobody)) if nobody else ""
    )


@picture(9, 4)
def show_digit_race(figure, result):
    """Show how an optimizer's learning rate matters on the digits, and how much chance does at the best one.

    Parameters
    ----------
    result : helpers.studies.races.compute.DigitRace
    """
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
    rows = np.arange(len(RACERS))
    for row, rates, tried, chosen in zip(
        rows, result.learning_rates, result.tried, result.chosen, strict=True
    ):
        for number, (rate, share) in enumerate(zip(rates, tried, strict=True)):
            best = number == chosen
            left.text(
                np.log10(rate),
                row,
                f"{100 * share:.0f}",
                ha="center",
                va="center",
                color="#000000" if best else GREY,
                weight="bold" if best else "normal",
                bbox={"boxstyle": "circle,pad=0.25", "facecolor": "#8FB8DE", "linewidth": 0}
                if best
                else None,
            )
    for row, name, shares in zip(rows, RACERS, result.shares, strict=True):
        right.plot(100 * shares, np.full(len(shares), row), MARKERS[name], color=COLOURS[name], alpha=0.6)
        right.plot([100 * shares.mean()], [row], "|", color=COLOURS[name], markersize=24, markeredgewidth=3)
    ticks = (0.001, 0.01, 0.1, 1)
    left.set_xticks(np.log10(ticks), [f"{tick:g}" for tick in ticks])
    rates = np.log10(result.learning_rates)
    left.set(xlim=(rates.min() - 0.2, rates.max() + 0.2), ylim=(len(rows) - 0.5, -0.5))
    left.set_yticks(rows, RACERS)
    left.set_title(DIGIT_TITLES[0])
    left.set_xlabel(LEARNING_RATE)
    right.set_title(DIGIT_TITLES[1].format(seeds=result.shares.shape[1]))
    right.xaxis.set_major_formatter(lambda share, _: f"{share:.0f} %")
    right.margins(x=0.08)
    for axes in (left, right):
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.hlines(rows, 0, 1, transform=axes.get_yaxis_transform(), color="#E8E8E8", linewidth=1, zorder=0)
    means = result.shares.mean(axis=1)
    spread = np.ptp(result.shares, axis=1).max()
    # So coarse that it is the same on every machine, whatever its arithmetic does last.
    low, high = 10 * np.floor(10 * means.min()), 10 * np.ceil(10 * means.max())
    comparison = LESS if np.ptp(means) < spread else MORE
    return DIGITS.format(steps=DIGIT_STEPS, low=f"{low:.0f}", high=f"{high:.0f}", comparison=comparison)


class RacePlot(LivePicture):
    """The paths of all optimizers on a surface's contours, their losses, and their ranks at one step.

    Parameters
    ----------
    result : helpers.studies.races.compute.RaceMoment
    """

    def __init__(self, result):
        super().__init__(9, 3.8)
        # The room for labels must not depend on which surface came first.
        self.figure.set_layout_engine("none")
        with course_style():
            self.map = self.figure.add_axes((0.035, 0.14, 0.39, 0.76), title=LIVE_TITLES[0])
            # No numbers: each surface has other limits, and here only the way counts.
            self.map.set(xlabel=AXES[0], ylabel=AXES[1], xticks=[], yticks=[])
            self.loss = self.figure.add_axes((0.49, 0.14, 0.27, 0.76), title=LIVE_TITLES[1])
            self.loss.set(xlabel=STEP, xlim=(0, WATCHED_STEPS), ylim=LOSS_LIMITS, yscale="log")
            self.loss.minorticks_off()
            self.loss.axhline(NEAR, color=QUIET, linewidth=1, linestyle=":")
            board = self.figure.add_axes(
                (0.785, 0.14, 0.215, 0.76), xlim=(0, 1), ylim=(len(RACERS) - 0.3, -0.5)
            )
            board.set_axis_off()
            board.set_title(LIVE_TITLES[2])
            self.paths, self.losses, self.heads, self.signs, self.rows = [], [], [], [], []
            for name in RACERS:
                look = {"color": COLOURS[name], "marker": MARKERS[name]}
                thin = {"linewidth": 1.6, "markersize": 5, "markevery": (10, 10)}
                large = {"markersize": 11, "markeredgecolor": "white"}
                self.paths += self.map.plot([], [], **look, **thin, zorder=3)
                self.losses += self.loss.plot([], [], **look, **thin)
                self.heads.append([axes.plot([], [], **look, **large)[0] for axes in (self.map, self.loss)])
                self.signs += board.plot([], [], **look, markersize=10)
                self.rows.append(board.text(0.13, 0, "", va="center", color=COLOURS[name]))
        heads = [head for pair in self.heads for head in pair]
        self.moves(*self.paths, *self.losses, *heads, *self.signs, *self.rows)
        self.update(result)

    def update(self, result):
        """Show another moment, or another race."""
        surface = TRACKS[result.surface]
        self.enter(surface.name, lambda: self.draw_surface(surface))
        self.map.set(xlim=surface.limits[0], ylim=surface.limits[1])
        for rank, racer in enumerate(ranking(result.losses[result.step])):
            # Who is lost leaves the picture with his last step.
            end = min(result.step + 1, result.lost[racer])
            x, y = np.clip(result.points[:end, racer], -1e3, 1e3).T
            losses = np.clip(result.losses[:end, racer], LOSS_LIMITS[0] / 10, 10 * LOSS_LIMITS[1])
            self.paths[racer].set_data(x, y)
            self.losses[racer].set_data(np.arange(end), losses)
            head = slice(-1, None) if end > result.step else slice(0)
            on_map, on_curve = self.heads[racer]
            on_map.set_data(x[head], y[head])
            on_curve.set_data([result.step] * len(x[head]), losses[head])
            self.signs[racer].set_data([0.05], [rank])
            name = list(RACERS)[racer]
            self.rows[racer].set(text=name if end > result.step else LOST.format(name=name), y=rank)

    def draw_surface(self, surface):
        ring = {"markerfacecolor": "none", "markeredgecolor": GREY, "markeredgewidth": 2, "markersize": 11}
        return draw_contours(self.map, surface) + self.map.plot(*np.transpose([surface.start]), "o", **ring)


def beside():
    """Say how a label stands to the right of a point."""
    return {"textcoords": "offset points", "va": "center", "annotation_clip": False}


def above(axes):
    return {"transform": axes.transAxes, "clip_on": False}
