"""Pictures of training: loss and accuracy as the steps go by."""

import numpy as np

from helpers.kit.labels import label
from helpers.kit.style import GREY, LOSS, QUIET, TEST, TRAIN, LivePicture, course_style, nearest_five, picture
from helpers.language import Words

_ = Words(__name__)

TITLES = (_("Loss on each batch"), _("Test digits read correctly"))
STEP = _("step")
GUESSING = _("guessing")
FIRST = _("first\nsetting")
ABOVE = _("↑ up to\n{highest}")
OVERFLOW = _("overflow\nat step {step}")
SCORE = _("{share:.0f} %")
HISTORY_TITLES = (_("Loss"), _("Accuracy"))
EPOCH = _("epoch")
TRAINING, TESTING = _("training"), _("test")
CURVES = _(
    "After {epochs} epochs the loss is about {train_loss:.1f} on the training digits and {test_loss:.1f} on the test digits; "
    "the network reads about {train_accuracy} % and {test_accuracy} % of them."
)

HIGHEST_LOSS = 4.0


class TrainingPlot(LivePicture):
    """Loss on each batch beside accuracy on the test digits, with a dashed first run to compare with.

    Parameters
    ----------
    result : helpers.studies.training.compute.Training
        The run that stays in the picture as a dashed line.
    """

    def __init__(self, result):
        super().__init__(9, 3.8)
        steps = result.checked_steps[-1]
        with course_style():
            left, right = self.figure.subplots(1, 2)
            left.set(title=TITLES[0], ylim=(0, HIGHEST_LOSS))
            right.set(title=TITLES[1], ylim=(0, 100))
            right.set_yticks(range(0, 101, 20), [SCORE.format(share=share) for share in range(0, 101, 20)])
            # Labels stand to the right of the axes, where no line runs through them.
            for axes, curve, guess in ((left, loss_curve, np.log(10)), (right, accuracy_curve, 10)):
                axes.set(xlabel=STEP, xlim=(0, steps * 1.02))
                axes.axhline(guess, color=QUIET, linewidth=1, linestyle=":")
                label(axes, GUESSING, (steps, guess), (8, 0), color=GREY)
                axes.plot(*curve(result), "--", color=QUIET, linewidth=1.5)
            label(left, FIRST, (steps, result.losses[-10:].mean()), (8, 0), color=GREY)
            (self.loss,) = left.plot([], [], color=LOSS)
            (self.accuracy,) = right.plot([], [], "o-", color=TEST, markersize=6)
            self.trouble = label(left, "", (steps, HIGHEST_LOSS * 0.93), (8, 0), bold=True, color=LOSS)
            self.score = label(right, "", (steps, 0), (8, 0), bold=True, color=TEST, fontsize=16)
        self.moves(self.loss, self.accuracy, self.trouble, self.score)
        self.update(result)

    def update(self, result):
        """Put another run on the moving lines."""
        self.loss.set_data(*loss_curve(result))
        checked_steps, shares = accuracy_curve(result)
        self.accuracy.set_data(checked_steps, shares)
        self.trouble.set_text(name_trouble(result))
        self.score.set_text(SCORE.format(share=shares[-1]))
        # Never on the word that stands beside the line of guessing.
        self.score.xy = (self.score.xy[0], max(shares[-1], 19))


def loss_curve(result):
    return np.arange(1, len(result.losses) + 1), np.clip(result.losses, 0, 10 * HIGHEST_LOSS)


def accuracy_curve(result):
    return result.checked_steps, 100 * result.accuracies


def name_trouble(result):
    """Say in a few words what the axes cannot show."""
    if result.stopped_at is not None:
        return OVERFLOW.format(step=result.stopped_at)
    highest = result.losses.max()
    if highest <= HIGHEST_LOSS:
        return ""
    return ABOVE.format(highest=f"{highest:,.0f}" if highest < 1e6 else f"{highest:.0e}")


@picture(9, 3.7)
def show_history(figure, history):
    """Show the loss and the accuracy of each epoch, on training and on test digits.

    Parameters
    ----------
    history : dict
        `History.history` of a `fit` with validation data and the metric "accuracy".
    """
    epochs = np.arange(1, len(history["loss"]) + 1)
    for axes, title, name in zip(figure.subplots(1, 2), HISTORY_TITLES, ("loss", "accuracy"), strict=True):
        axes.set(title=title, xlabel=EPOCH)
        train, test = np.array(history[name]), np.array(history[f"val_{name}"])
        axes.plot(epochs, train, "o-", color=TRAIN, markersize=4)
        axes.plot(epochs, test, "s--", color=TEST, markersize=4)
        above = train[-1] > test[-1]
        for values, text, colour, up in ((train, TRAINING, TRAIN, above), (test, TESTING, TEST, not above)):
            offset = (0, 9 if up else -9)
            label(axes, text, (epochs[-1], values[-1]), offset, bold=True, ha="right", color=colour)
        axes.margins(y=0.15)
    axes.yaxis.set_major_formatter(lambda share, _: SCORE.format(share=100 * share))
    return CURVES.format(
        epochs=len(epochs),
        train_loss=history["loss"][-1],
        test_loss=history["val_loss"][-1],
        train_accuracy=nearest_five(100 * history["accuracy"][-1]),
        test_accuracy=nearest_five(100 * history["val_accuracy"][-1]),
    )
