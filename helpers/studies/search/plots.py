"""Pictures of how weights improve: the loss step by step, three ways of searching, and the loss as a landscape."""

import numpy as np

from helpers.kit.labels import label
from helpers.kit.style import GRADIENT, GREY, LOSS, QUIET, TRAIN, WEIGHTS, picture
from helpers.kit.words import enumerated
from helpers.language import Words

_ = Words(__name__)

STEP = _("step")
BATCH_LOSS = _("Loss on each batch")
GUESSING = _("guessing")
BATCH_LOSSES = _(
    "In {steps} steps the loss falls from {first:.1f} to about {last:.1f}: downwards on the whole, up and down from batch "
    "to batch, because each batch holds other digits."
)

UPDATE = _("Change of the loss by one update")
LEARNING_RATE = _("learning rate")
HIGHER, LOWER = _("higher"), _("lower")
THIS_BATCH, ALL_DIGITS = _("on this batch"), _("on all digits")
ONE_UPDATE = _(
    "One update lowers the loss on its own batch up to a learning rate of {batch:g}. The loss on all digits falls by at most "
    "{depth:.1g}, and is higher from {higher:g} on. With the largest one tried, {largest:g}, both are higher than before."
)

PASSES = _("forward passes paid for (a backward pass counts as two)")
SEARCH = _("Loss")
AFTER_PASSES = _("After {passes:,} forward passes the loss is about {losses}.")
AFTER_ONE = _("{loss:.1f} with {name}")
PER_CENT = _("{share:.0f} %")

ONE_WEIGHT = _("the weight")
SLICE_TITLES = (_("Loss"), _("Digits read correctly"))
ONE_SLICE = _(
    "While one weight moves to {values} values, the loss takes {losses} different values, and the accuracy only {steps}: "
    "a slope on the left, stairs on the right."
)


@picture(9, 3.4)
def show_batch_losses(figure, losses, guess):
    """Show the loss of each step of a training loop.

    Parameters
    ----------
    losses : sequence of float
    guess : float
        The loss of answering with equal probabilities.
    """
    axes = figure.subplots()
    axes.plot(np.arange(1, len(losses) + 1), losses, color=LOSS, linewidth=1.5)
    axes.axhline(guess, color=QUIET, linewidth=1, linestyle=":")
    label(axes, GUESSING, (len(losses), guess), (0, -5), ha="right", color=GREY)
    axes.set(title=BATCH_LOSS, xlabel=STEP, ylim=(0, 1.1 * max(losses)), xlim=(0, len(losses) * 1.01))
    return BATCH_LOSSES.format(steps=len(losses), first=losses[0], last=np.mean(losses[-20:]))


@picture(9, 3.6)
def show_one_update(figure, rates, batch_changes, all_changes):
    """Show what one update does to the loss, for many learning rates from the same weights.

    Parameters
    ----------
    rates : array
        Learning rates, ascending.
    batch_changes, all_changes : array
        Loss after the update minus loss before, on the batch and on all digits.
    """
    axes = figure.subplots()
    highest = 2.2 * np.abs(batch_changes.min())
    axes.axhspan(0, 2 * highest, color="#f2f2f2", zorder=0)
    axes.axhline(0, color=QUIET, linewidth=1)
    for word, offset in ((HIGHER, (4, 5)), (LOWER, (4, -5))):
        label(axes, word, (rates[0], 0), offset, color=GREY)
    axes.plot(rates, all_changes, "s--", color=TRAIN, markersize=5)
    axes.plot(rates, batch_changes, "o-", color=LOSS, markersize=5)
    last = np.flatnonzero(all_changes < highest)[-1]
    lowest = batch_changes.argmin()
    for name, point, offset, colour in (
        (ALL_DIGITS, (rates[last], all_changes[last]), (-10, 12), TRAIN),
        (THIS_BATCH, (rates[lowest], batch_changes[lowest]), (-10, -12), LOSS),
    ):
        label(axes, name, point, offset, bold=True, va="center", color=colour)
    axes.set_xscale("log")
    axes.set(title=UPDATE, xlabel=LEARNING_RATE, ylim=(1.5 * batch_changes.min(), highest))
    axes.xaxis.set_major_formatter("{x:g}")
    # On a batch of odd digits, even the smallest step may harm all others.
    lower = rates[all_changes < 0].max(initial=0)
    return ONE_UPDATE.format(
        batch=rates[batch_changes < 0].max(),
        depth=max(0, -all_changes.min()),
        higher=rates[rates > lower].min(),
        largest=rates[-1],
    )


@picture(9, 4)
def show_search(figure, curves, passes=1000):
    """Show how the loss falls with what several ways to search cost.

    Parameters
    ----------
    curves : dict
        For each name of up to three ways, the loss after each forward pass.
    passes : int
        Where the sentence compares them.
    """
    axes = figure.subplots()
    lines = ((QUIET, "--"), (WEIGHTS, "-."), (GRADIENT, "-"))
    for (name, losses), (colour, line) in zip(curves.items(), lines, strict=False):
        axes.plot(np.arange(1, len(losses) + 1), losses, line, color=colour, drawstyle="steps-post")
        ink = GREY if colour == QUIET else colour
        label(axes, name, (len(losses), losses[-1]), (8, 0), bold=True, color=ink)
    axes.set_xscale("log")
    axes.axvline(passes, color=QUIET, linewidth=1, linestyle=":")
    longest = max(map(len, curves.values()))
    ticks = [10**power for power in range(5) if 10**power <= longest]
    axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    axes.set(title=SEARCH, xlabel=PASSES, xlim=(1, longest), ylim=(0, None))
    losses = [
        AFTER_ONE.format(loss=losses[min(passes, len(losses)) - 1], name=name.replace("\n", " "))
        for name, losses in curves.items()
    ]
    return AFTER_PASSES.format(passes=passes, losses=enumerated(losses))


@picture(9, 3.4)
def show_slice(figure, values, losses, accuracies, current):
    """Show the loss and the accuracy while one weight moves and all others stay.

    Parameters
    ----------
    values, losses, accuracies : array, shape (n,)
    current : float
        Where the weight stands, among the values.
    """
    here = np.argmin(np.abs(values - current))
    for axes, numbers, title, colour in zip(
        figure.subplots(1, 2), (losses, 100 * accuracies), SLICE_TITLES, (LOSS, TRAIN), strict=True
    ):
        axes.plot(values, numbers, color=colour, drawstyle="default" if numbers is losses else "steps-mid")
        axes.plot(values[here], numbers[here], "o", color=WEIGHTS, markersize=10)
        axes.set(title=title, xlabel=ONE_WEIGHT)
        axes.margins(y=0.15)
    axes.yaxis.set_major_formatter(lambda share, _: PER_CENT.format(share=share))
    return ONE_SLICE.format(
        values=len(values),
        losses=len(np.unique(losses.round(9))),
        steps=len(np.unique(accuracies.round(9))),
    )
