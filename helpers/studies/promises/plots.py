"""Pictures of what a gradient promises: slopes in all directions, steps that are too long, and ink to add or to take away."""

import numpy as np

from helpers.kit.numbers import write
from helpers.kit.style import GRADIENT, LOSS, QUIET, TRAIN, WEIGHTS, draw_kernels, picture

ANGLE = "angle between direction and gradient, in degrees"
SLOPE = "Slope along 1,000 random directions"
LONGEST = "gradient: {slope:.2f}"
CONTOUR = "along the contour: 0"
STEEPEST_DOWN = "against the gradient"
ANGLES = (
    "Each dot is one of {count:,} random directions. The slope is {highest:.2f} along the gradient, 0 at 90 degrees to it, "
    "and {lowest} straight against it; in between it follows the cosine of the angle."
)
SHARE = "slope, in % of the gradient's"
WEIGHTS_TITLE = "{weights:,} weights"
GRADIENT_LABEL = "gradient"
BEST = "◆ best: {share:.0f} %"
DIRECTIONS = (
    "Slopes of {count:,} random directions as shares of the gradient's, from −100 % to 100 %. The steepest of them uphill has "
    "{shares} of it."
)
BEST_OF = "{share:.0f} % (with {weights:,} weights)"
STEP, LOSS_LABEL = "step", "Loss after one step"
PROMISE, TRUTH = "promise", "truth"
LOWEST = "lowest: {step:.3g}"
EVEN = "as high as before: {step:.3g}"
PROMISED = "For small steps, the truth follows the straight line of the promise. It is lowest at a step of about {best:.3g}, {even}."
EVEN_AT = "and as high as before at about {even:.3g}; beyond, the step makes the loss larger"
NEVER_EVEN = "and stays below its start in this picture"
INK = (
    "What a step against the gradient adds to the weights of each answer, drawn where their pixels are: purple places "
    "will speak more for the digit, orange places more against it."
)


@picture(9, 3.6)
def show_angles(figure, angles, slopes, steepest):
    """Show slopes along directions over the angle between each direction and the gradient.

    Parameters
    ----------
    angles : array, shape (directions,)
        In degrees, from 0 to 180.
    slopes : array, shape (directions,)
    steepest : float
        Length of the gradient.
    """
    axes = figure.subplots()
    turn = np.linspace(0, 180, 181)
    axes.axhline(0, color=QUIET, linewidth=1, linestyle=":")
    axes.plot(turn, steepest * np.cos(np.radians(turn)), color=GRADIENT, linewidth=1.5)
    axes.plot(angles, slopes, "o", color=TRAIN, markersize=4, alpha=0.35, markeredgewidth=0)
    axes.plot([0, 180], [steepest, -steepest], "^", color=GRADIENT, markersize=11, clip_on=False)
    axes.set(title=SLOPE, xlabel=ANGLE, xlim=(0, 180), xticks=range(0, 181, 30))
    text = {"textcoords": "offset points", "color": "#A34700", "weight": "bold"}
    axes.annotate(LONGEST.format(slope=steepest), (0, steepest), (16, -22), va="center", **text)
    axes.annotate(STEEPEST_DOWN, (180, -steepest), (-16, 42), ha="right", va="center", **text)
    axes.annotate(CONTOUR, (90, 0), (8, 5), textcoords="offset points", color="#555555")
    return ANGLES.format(count=len(slopes), highest=steepest, lowest=write(-steepest, ".2f"))


@picture(9, 3.3)
def show_directions(figure, shares):
    """Show how the slopes along random directions are spread, in spaces of different numbers of weights.

    Parameters
    ----------
    shares : dict
        For each number of weights the slopes along random directions, divided by the length of the gradient.
    """
    words = []
    panels = figure.subplots(1, len(shares), sharex=True)
    for axes, (weights, found) in zip(np.atleast_1d(panels), shares.items(), strict=True):
        best = 100 * found.max()
        bars, _, _ = axes.hist(100 * found, bins=np.arange(-100, 101, 5), color=TRAIN)
        axes.axvline(100, color=GRADIENT)
        axes.plot(
            [best], [0], "D", color=WEIGHTS, markersize=9, markeredgecolor="white", clip_on=False, zorder=5
        )
        # Above the bars and left of the gradient's line, where nothing crosses the words.
        for text, height, colour in (
            (GRADIENT_LABEL, 1.42, "#A34700"),
            (BEST.format(share=best), 1.22, "#00664B"),
        ):
            axes.annotate(
                text,
                (100, bars.max() * height),
                (-5, 0),
                textcoords="offset points",
                ha="right",
                va="top",
                color=colour,
                weight="bold",
            )
        axes.set(
            title=WEIGHTS_TITLE.format(weights=weights),
            ylim=(0, bars.max() * 1.45),
            yticks=[],
            xlim=(-104, 104),
            xticks=[-100, 0, 100],
        )
        words.append(BEST_OF.format(share=best, weights=weights))
    np.atleast_1d(panels)[len(shares) // 2].set_xlabel(SHARE)
    listed = ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else words[0]
    return DIRECTIONS.format(count=len(found), shares=listed)


@picture(9, 3.8)
def show_promise(figure, steps, promised, actual):
    """Show the loss that the slope promises for each step, and the true one.

    Parameters
    ----------
    steps : array, shape (steps,)
        Rising, from 0.
    promised, actual : array, shape (steps,)
    """
    axes = figure.subplots()
    start, best = actual[0], np.argmin(actual)
    depth = start - actual[best]
    axes.axhline(start, color=QUIET, linewidth=1, linestyle=":")
    axes.plot(steps, promised, "--", color=QUIET)
    axes.plot(steps, actual, color=LOSS)
    axes.set(
        title=LOSS_LABEL,
        xlabel=STEP,
        xlim=(0, steps[-1]),
        ylim=(actual[best] - 0.6 * depth, max(actual.max(), start) + 0.25 * depth),
    )
    text = {"textcoords": "offset points", "weight": "bold"}
    low, late = actual[best] - 0.3 * depth, int(0.85 * len(steps))
    end = np.interp(low, promised[::-1], steps[::-1])
    axes.annotate(PROMISE, (end, low), (-8, 0), color="#555555", ha="right", va="center", **text)
    axes.annotate(TRUTH, (steps[late], actual[late]), (10, -6), color="#A34700", va="top", **text)
    axes.plot(steps[best], actual[best], "o", color=WEIGHTS, markersize=9, markeredgecolor="white")
    axes.annotate(
        LOWEST.format(step=steps[best]),
        (steps[best], actual[best]),
        (0, -9),
        color="#00664B",
        ha="center" if steps[best] < 0.9 * steps[-1] else "right",
        va="top",
        **text,
    )
    beyond = np.flatnonzero((steps > steps[best]) & (actual >= start - 1e-9))
    if not len(beyond):
        return PROMISED.format(best=steps[best], even=NEVER_EVEN)
    even = steps[beyond[0]]
    axes.plot(even, start, "s", color=WEIGHTS, markersize=9, markeredgecolor="white")
    axes.annotate(EVEN.format(step=even), (even, start), (-9, 7), color="#00664B", ha="right", **text)
    return PROMISED.format(best=steps[best], even=EVEN_AT.format(even=even))


@picture(9, 4)
def show_gradient_pictures(figure, gradient):
    """Show a gradient by a layer's weights on 28 × 28 pixels, with its sign turned, as one picture a unit.

    Parameters
    ----------
    gradient : array, shape (784, units)
    """
    draw_kernels(figure, -gradient)
    return INK
