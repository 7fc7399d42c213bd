"""Pictures of optimizers side by side: what they learned, how long their steps are, who arrives first."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers.kit.contours import SURFACE_LABELS, draw_contours
from helpers.kit.labels import label
from helpers.kit.numbers import write
from helpers.kit.style import GREY, QUIET, TRAIN, VELOCITY, LivePicture, course_style, picture
from helpers.kit.words import enumerated, listed
from helpers.language import Words
from helpers.studies.races.compute import DIGIT_STEPS, NEAR, RACERS, STEPS, TRACKS, WATCHED_STEPS, ranking

_ = Words(__name__)

RACER_LABELS = {
    "SGD": "SGD",
    "momentum": _("momentum"),
    "Nesterov": "Nesterov",
    "Adagrad": "Adagrad",
    "RMSprop": "RMSprop",
    "Adam": "Adam",
}
TRACK_LABELS = SURFACE_LABELS | {"turned valley": _("turned valley")}

FEATURE, LEARNED, RIGHT = _("a feature, and how often it was seen"), _("learned weight"), _("right: 1")
LEARNED_SENTENCE = _("The rarest feature was seen {seen} times. Its weight, which should be 1, is {weights}.")
ONE_WEIGHT = _("{weight} with {name}")

STEP_LENGTH, STEP = _("length of the step"), _("step")
LENGTHS_SENTENCE = _("Step lengths, first and last: {pairs}.")
PAIR = _("{name} {first:.2g} and {last:.2g}")

FEWEST = _("steps until the loss stays within {near} of the lowest one; darker is faster")
NEVER = "–"
WINS = _("Fewest steps within {steps}: {wins}; a tie counts for both.")
WON = _("{name} on {count} of {surfaces} surfaces")
NOBODY = _("Nobody arrives on the surface {names}.")
WITH_NOBODY = _("{wins} {nobody}")

DIGIT_TITLES = (_("Test digits read, of 100"), _("Best rate, {seeds} other seeds"))
SHARE = _("{share:.0f} %")
CHANCE = _(
    "After {steps} steps, each with the learning rate that suits it, the six optimizers read between {low} and {high} of 100 test "
    "digits on average. Their averages differ by less than the seeds of the optimizer whose seeds differ most."
)
NO_CHANCE = _(
    "After {steps} steps, each with the learning rate that suits it, the six optimizers read between {low} and {high} of 100 test "
    "digits on average. Their averages differ by no less than the seeds of the optimizer whose seeds differ most."
)

LEARNING_RATE = _("learning rate")
AXES = (_("weight 1"), _("weight 2"))
LIVE_TITLES = (_("Where the weights go"), _("Loss above the lowest"), _("Lowest loss first"))
LOST = _("{name}: lost")

# Never by colour alone: each racer has its own marker, too.
COLOURS = dict(zip(RACERS, ("#222222", VELOCITY, TRAIN, "#783000", "#009E73", "#D55E00"), strict=True))
LOOKS = [
    {"color": colour, "marker": marker} for colour, marker in zip(COLOURS.values(), "os^DvX", strict=True)
]
BLACK = "#000000"
SHADES = LinearSegmentedColormap.from_list("shades", ("#8FB8DE", "#F4F8FC"))
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
    label(axes, RIGHT, (len(seen) - 0.4, 1), (6, 0), color=GREY)
    places = np.arange(len(seen))
    above = {"transform": axes.transAxes, "clip_on": False}
    for number, ((name, values), look) in enumerate(zip(weights.items(), LOOKS, strict=False)):
        look = look | {"linestyle": "none", "markersize": 9}
        axes.plot(places + 0.16 * (number - (len(weights) - 1) / 2), values, **look)
        left = number / len(weights)
        axes.plot([left + 0.03], [1.1], **look, **above)
        axes.text(left + 0.055, 1.1, name, va="center", color=look["color"], **above)
    axes.set_xticks(places, [f"{count:,}" for count in seen])
    axes.set(xlabel=FEATURE, ylabel=LEARNED, xlim=(-0.4, len(seen) - 0.4))
    axes.set_ylim(0, max(1.2, *(max(values) for values in weights.values())) + 0.1)
    said = (ONE_WEIGHT.format(weight=write(values[-1], ".1f"), name=name) for name, values in weights.items())
    return LEARNED_SENTENCE.format(seen=seen[-1], weights=enumerated(said))


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
    # Lines may end close to each other: the upper name stands a little higher, the lower one lower.
    ranked = sorted(lengths, key=lambda name: lengths[name][-1])
    for (name, values), look in zip(lengths.items(), LOOKS, strict=False):
        steps = np.arange(1, len(values) + 1)
        shown = np.unique(np.geomspace(1, len(values), 12).astype(int)) - 1
        axes.plot(steps, values, **look, markevery=shown.tolist())
        height = 14 * (ranked.index(name) - (len(ranked) - 1) / 2)
        label(axes, name, (steps[-1], values[-1]), (10, height), va="center", color=look["color"])
    axes.minorticks_off()
    axes.margins(x=0.02, y=0.12)
    pairs = (PAIR.format(name=name, first=values[0], last=values[-1]) for name, values in lengths.items())
    return LENGTHS_SENTENCE.format(pairs=enumerated(pairs))


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
        text, colour = (count, BLACK) if there[row, column] else (NEVER, GREY)
        weight = "bold" if wins[row, column] else "normal"
        axes.text(column, row, text, ha="center", va="center", color=colour, weight=weight)
    surfaces = [TRACK_LABELS[name] for name in arrived]
    axes.set_xticks(range(len(RACERS)), RACER_LABELS.values())
    axes.set_yticks(range(len(surfaces)), surfaces)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlabel(FEWEST.format(near=NEAR))
    won = zip(RACER_LABELS.values(), wins.sum(axis=0), strict=True)
    said = [WON.format(name=name, count=count, surfaces=len(steps)) for name, count in won if count]
    sentence = WINS.format(steps=STEPS, wins=enumerated(said))
    nobody = [name for name, row in zip(surfaces, there, strict=True) if not row.any()]
    if not nobody:
        return sentence
    return WITH_NOBODY.format(wins=sentence, nobody=NOBODY.format(names=listed(nobody)))


@picture(9, 4)
def show_digit_race(figure, result):
    """Show how an optimizer's learning rate matters on the digits, and how much chance does at the best one.

    Parameters
    ----------
    result : helpers.studies.races.compute.DigitRace
    """
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
    rows = np.arange(len(RACERS))
    centred, circle = (
        {"ha": "center", "va": "center"},
        {"boxstyle": "circle,pad=0.25", "facecolor": "#8FB8DE"},
    )
    for (row, number), share in np.ndenumerate(result.tried):
        look = {"color": GREY}
        if number == result.chosen[row]:
            look = {"color": BLACK, "weight": "bold", "bbox": circle | {"linewidth": 0}}
        rate = result.learning_rates[row, number]
        left.text(np.log10(rate), row, f"{100 * share:.0f}", **centred, **look)
    for row, shares, look in zip(rows, 100 * result.shares, LOOKS, strict=True):
        right.plot(shares, np.full(len(shares), row), **look, linestyle="none", alpha=0.6)
        right.plot([shares.mean()], [row], "|", color=look["color"], markersize=24, markeredgewidth=3)
    ticks = (0.001, 0.01, 0.1, 1)
    left.set_xticks(np.log10(ticks), [f"{tick:g}" for tick in ticks])
    rates = np.log10(result.learning_rates)
    left.set(xlim=(rates.min() - 0.2, rates.max() + 0.2), ylim=(len(rows) - 0.5, -0.5))
    left.set_yticks(rows, RACER_LABELS.values())
    left.set(title=DIGIT_TITLES[0], xlabel=LEARNING_RATE)
    right.set_title(DIGIT_TITLES[1].format(seeds=result.shares.shape[1]))
    right.xaxis.set_major_formatter(lambda share, _: SHARE.format(share=share))
    right.margins(x=0.08)
    for axes in (left, right):
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.hlines(rows, 0, 1, transform=axes.get_yaxis_transform(), color="#E8E8E8", linewidth=1, zorder=0)
    means = result.shares.mean(axis=1)
    text = CHANCE if np.ptp(means) < np.ptp(result.shares, axis=1).max() else NO_CHANCE
    # So coarse that it is the same on every machine, whatever its arithmetic does last.
    low, high = 10 * np.floor(10 * means.min()), 10 * np.ceil(10 * means.max())
    return text.format(steps=DIGIT_STEPS, low=f"{low:.0f}", high=f"{high:.0f}")


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
            thin = {"linewidth": 1.6, "markersize": 5, "markevery": (10, 10)}
            large = {"markersize": 11, "markeredgecolor": "white"}
            panels = self.map, self.loss
            self.paths = self.moves(*(self.map.plot([], [], **look, **thin, zorder=3)[0] for look in LOOKS))
            self.losses = self.moves(*(self.loss.plot([], [], **look, **thin)[0] for look in LOOKS))
            self.heads = [
                self.moves(*(axes.plot([], [], **look, **large)[0] for axes in panels)) for look in LOOKS
            ]
            self.signs = self.moves(*(board.plot([], [], **look, markersize=10)[0] for look in LOOKS))
            self.rows = self.moves(
                *(board.text(0.13, 0, "", va="center", color=look["color"]) for look in LOOKS)
            )
        self.update(result)

    def update(self, result):
        """Show another moment, or another race."""
        surface = TRACKS[result.surface]
        self.enter(surface.name, lambda: self.draw_surface(surface))
        self.map.set(xlim=surface.limits[0], ylim=surface.limits[1])
        names = list(RACER_LABELS.values())
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
            name = names[racer]
            self.rows[racer].set(text=name if end > result.step else LOST.format(name=name), y=rank)

    def draw_surface(self, surface):
        ring = {"markerfacecolor": "none", "markeredgecolor": GREY, "markeredgewidth": 2, "markersize": 11}
        return draw_contours(self.map, surface) + self.map.plot(*np.transpose([surface.start]), "o", **ring)
