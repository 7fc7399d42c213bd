"""Pictures of training: loss and accuracy as the steps go by."""

import numpy as np

from helpers.plots.style import LOSS, QUIET, TEST, TRAIN, LivePicture, course_style, nearest_five, picture

TITLES = ("Loss on each batch", "Test digits read correctly")
STEP = "step"
GUESSING = ("guessing: {loss:.2f}", "guessing: 10 %")
BEFORE = "dashed: {settings}"
ABOVE = "the loss leaves the picture: up to {highest:.3g}"
OVERFLOW = "the loss overflows at step {step}"
HIGHEST_LOSS = 4.0

CURVES = (
    "After {epochs} epochs the loss is about {train_loss:.1f} on the training digits and {test_loss:.1f} on the test digits; "
    "the network reads about {train_accuracy} % and {test_accuracy} % of them."
)


class TrainingPlot(LivePicture):
    """Loss on each batch beside accuracy on the test digits, with a dashed first run to compare with.

    Parameters
    ----------
    result : Training
        The run that stays in the picture as a dashed line.
    name : str
        What to call it.
    """

    def __init__(self, result, name):
        super().__init__(9, 3.8)
        steps = len(result.losses)
        with course_style():
            left, right = self.figure.subplots(1, 2)
            left.set(title=TITLES[0], xlabel=STEP, xlim=(0, steps * 1.02), ylim=(0, HIGHEST_LOSS))
            right.set(title=TITLES[1], xlabel=STEP, xlim=(0, steps * 1.02), ylim=(0, 100))
            right.set_yticks(range(0, 101, 20), [f"{share} %" for share in range(0, 101, 20)])
            for axes, height, text in ((left, np.log(10), GUESSING[0]), (right, 10, GUESSING[1])):
                axes.axhline(height, color=QUIET, linewidth=1, linestyle=":")
                axes.annotate(
                    text.format(loss=height),
                    (steps, height),
                    (0, 3),
                    textcoords="offset points",
                    ha="right",
                    color="#555555",
                )
            for axes, curve in ((left, self.loss_curve(result)), (right, self.accuracy_curve(result))):
                axes.plot(*curve, "--", color=QUIET, linewidth=1.5)
            left.text(0.02, 0.03, BEFORE.format(settings=name), transform=left.transAxes, color="#666666")
            (self.loss,) = left.plot([], [], color=LOSS)
            (self.accuracy,) = right.plot([], [], "o-", color=TEST, markersize=6)
            self.trouble = left.text(
                0.98, 0.97, "", transform=left.transAxes, ha="right", va="top", color=LOSS
            )
            self.score = right.text(0, 0, "", ha="right", va="bottom", color=TEST, weight="bold", fontsize=16)
        self.moves(self.loss, self.accuracy, self.trouble, self.score)
        self.update(result)

    def update(self, result):
        """Put another run on the moving lines."""
        self.loss.set_data(*self.loss_curve(result))
        self.accuracy.set_data(*self.accuracy_curve(result))
        self.trouble.set_text(self.explain(result))
        (last_step, last_share) = (values[-1] for values in self.accuracy_curve(result))
        self.score.set_text(f"{last_share:.0f} %")
        self.score.set_position((max(last_step, 6), last_share + 4 if last_share < 80 else last_share - 16))

    def loss_curve(self, result):
        return np.arange(1, len(result.losses) + 1), np.clip(result.losses, 0, 10 * HIGHEST_LOSS)

    def accuracy_curve(self, result):
        return result.checked_steps, 100 * result.accuracies

    def explain(self, result):
        if result.stopped_at is not None:
            return OVERFLOW.format(step=result.stopped_at)
        highest = result.losses.max()
        return ABOVE.format(highest=highest) if highest > HIGHEST_LOSS else ""


@picture(9, 3.7)
def show_history(figure, history):
    """Show the loss and the accuracy of each epoch, on training and on test digits.

    Parameters
    ----------
    history : dict
        `History.history` of a `fit` with validation data and the metric "accuracy".
    """
    epochs = np.arange(1, len(history["loss"]) + 1)
    left, right = figure.subplots(1, 2)
    left.set(title="Loss", xlabel="epoch")
    right.set(title="Accuracy", xlabel="epoch")
    for axes, name in ((left, "loss"), (right, "accuracy")):
        train, test = np.array(history[name]), np.array(history[f"val_{name}"])
        axes.plot(epochs, train, "o-", color=TRAIN, markersize=4)
        axes.plot(epochs, test, "s--", color=TEST, markersize=4)
        above = train[-1] > test[-1]
        for values, text, colour, up in ((train, "training", TRAIN, above), (test, "test", TEST, not above)):
            axes.annotate(
                text,
                (epochs[-1], values[-1]),
                (0, 9 if up else -9),
                textcoords="offset points",
                color=colour,
                ha="right",
                va="bottom" if up else "top",
                weight="bold",
            )
        axes.margins(y=0.15)
    right.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    return CURVES.format(
        epochs=len(epochs),
        train_loss=history["loss"][-1],
        test_loss=history["val_loss"][-1],
        train_accuracy=nearest_five(100 * history["accuracy"][-1]),
        test_accuracy=nearest_five(100 * history["val_accuracy"][-1]),
    )
