"""Pictures of a small network's training: what it says of the plane, and how far its weights have travelled."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap

from helpers.kit.labels import label
from helpers.kit.numbers import write, write_loss
from helpers.kit.style import GREY, LOSS, QUIET, TEST, TRAIN, WEIGHTS, LivePicture, course_style, picture
from helpers.language import Words
from helpers.studies.regions.compute import EDGE, EPOCHS

_ = Words(__name__)

PLANE = _("The network's answers")
LEARNING = _("Loss on the training points")
EPOCH = _("epoch")
GUESSING = _("guessing")
ABOVE = "↑ {loss}"
FOLDS = _("lines: where a unit's sum is 0")
# The highest loss that the axis shows, and the largest that is written as a number.
HIGHEST_LOSS, LARGEST_LOSS = 1.0, 1000

LOSSES = _("Loss of the network with true labels")
DISTANCE = _("Distance of the weights from their start")
TRAINING_DIGITS, TEST_DIGITS = _("training digits"), _("test digits")
TRUE, SHUFFLED = _("true labels"), _("shuffled labels")
JOURNEYS = _(
    "With true labels, the loss on test digits is {lowest:.1f} at its lowest and {last:.1f} after {epochs} epochs, while the "
    "weights travel on, from a distance of {then:.0f} after {half} epochs to {true:.0f} at the end. With shuffled labels they "
    "end at {shuffled:.0f}."
)

# Two classes, and white where the network cannot decide; the points' shapes say the class without colour.
CLASSES = ("#56B4E9", "#E69F00")
TWO_CLASSES = LinearSegmentedColormap.from_list("two classes", [CLASSES[0], "white", CLASSES[1]])
DARK = ("#0B4F7A", "#8A4B00")


class RegionsPlot(LivePicture):
    """The plane coloured by a network's answer, with its points and folds, beside the loss of each epoch.

    Parameters
    ----------
    result : helpers.studies.regions.compute.Regions
    """

    def __init__(self, result):
        super().__init__(9, 4)
        with course_style():
            left, right = self.figure.subplots(1, 2, width_ratios=[1, 1.2])
            left.set(
                title=PLANE, xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), aspect="equal", xticks=[], yticks=[]
            )
            left.set_xlabel(FOLDS, color=WEIGHTS)
            right.set(title=LEARNING, xlabel=EPOCH, xlim=(0, EPOCHS), ylim=(0, HIGHEST_LOSS))
            right.set_yticks([0, 0.25, 0.5, 0.75, 1])
            right.axhline(np.log(2), color=QUIET, linewidth=1, linestyle=":")
            label(right, GUESSING, (EPOCHS, np.log(2)), (-2, 4), color=GREY)
            self.plane = left.imshow(
                result.probabilities,
                extent=(-EDGE, EDGE, -EDGE, EDGE),
                origin="lower",
                cmap=TWO_CLASSES,
                vmin=0,
                vmax=1,
                interpolation="bilinear",
            )
            self.boundary = LineCollection([], colors="#222222", linewidths=2)
            self.folds = LineCollection([], colors=WEIGHTS, linewidths=1.2, alpha=0.8)
            for lines in (self.folds, self.boundary):
                left.add_collection(lines)
            self.classes = [
                left.plot(
                    [], [], marker, color=colour, markersize=5, markeredgecolor="white", markeredgewidth=0.6
                )[0]
                for marker, colour in zip("os", DARK, strict=True)
            ]
            (self.loss,) = right.plot([], [], color=LOSS)
            (self.now,) = right.plot([], [], "o", color=LOSS, markersize=7)
            self.figures = label(right, "", (0, 0), bold=True, va="baseline", color=LOSS)
        self.moves(self.plane, self.folds, self.boundary, *self.classes, self.loss, self.now, self.figures)
        self.update(result)

    def update(self, result):
        """Show another result."""
        self.plane.set_data(result.probabilities)
        self.boundary.set_segments(trace_boundary(result.probabilities))
        self.folds.set_segments(trace_folds(result.folds))
        for number, dots in enumerate(self.classes):
            dots.set_data(*result.points[result.labels == number].T)
        epochs = np.arange(len(result.losses))
        shown = np.minimum(result.losses, 2 * HIGHEST_LOSS)
        self.loss.set_data(epochs, shown)
        here = min(shown[-1], HIGHEST_LOSS * 0.97)
        self.now.set_data([epochs[-1]], [here])
        self.figures.set_text(name_loss(result.losses[-1]))
        late = epochs[-1] > EPOCHS / 2
        self.figures.xy = (epochs[-1], here)
        self.figures.set_position((-9 if late else 9, -16 if here > 0.5 else 8))
        self.figures.set_horizontalalignment("right" if late else "left")


def say_loss(loss):
    """Write a loss as picture and sentence both do."""
    return write(loss, ".2f") if loss <= LARGEST_LOSS else write_loss(loss, largest=LARGEST_LOSS)


def name_loss(loss):
    return say_loss(loss) if loss <= HIGHEST_LOSS else ABOVE.format(loss=say_loss(loss))


def trace_boundary(probabilities):
    """Return the lines on which both classes are equally probable, in the coordinates of the plane."""
    from contourpy import contour_generator

    line = np.linspace(-EDGE, EDGE, len(probabilities))
    return contour_generator(line, line, probabilities).lines(0.5)


def trace_folds(folds):
    """Return, for each unit that switches somewhere, the ends of a line that crosses the whole square."""
    length = np.hypot(folds[:, 0], folds[:, 1])
    folds, length = folds[length > 0], length[length > 0][:, np.newaxis]
    normal = folds[:, :2] / length
    nearest = -folds[:, 2:] / length * normal
    along = 3 * EDGE * np.stack([-normal[:, 1], normal[:, 0]], axis=1)
    near = np.abs(nearest).max(axis=1) < 3 * EDGE
    return np.stack([nearest - along, nearest + along], axis=1)[near]


@picture(9, 3.8)
def show_journeys(figure, true, shuffled):
    """Show how far weights travel while a network learns true labels, and while it memorises shuffled ones.

    Parameters
    ----------
    true, shuffled : array, shape (epochs, 3)
        After each epoch: loss on the training digits, loss on the test digits, distance of all weights from their start.
    """
    true, shuffled = np.asarray(true), np.asarray(shuffled)
    epochs = np.arange(1, len(true) + 1)
    left, right = figure.subplots(1, 2)
    beside = {"bold": True, "ha": "right", "va": "baseline"}
    left.plot(epochs, true[:, 0], color=TRAIN)
    left.plot(epochs, true[:, 1], "--", color=TEST)
    label(left, TRAINING_DIGITS, (epochs[-1], true[-1, 0]), (0, 8), color=TRAIN, **beside)
    label(left, TEST_DIGITS, (epochs[-1], true[-1, 1]), (0, 10), color=TEST, **beside)
    left.set(title=LOSSES, xlabel=EPOCH, ylim=(0, 1.2))
    right.plot(epochs, true[:, 2], color=WEIGHTS)
    right.plot(epochs, shuffled[:, 2], "--", color=WEIGHTS)
    label(right, TRUE, (epochs[-1], true[-1, 2]), (0, -28), color=WEIGHTS, **beside)
    label(right, SHUFFLED, (epochs[-1], shuffled[-1, 2]), (-34, 0), color=WEIGHTS, **beside)
    right.set(title=DISTANCE, xlabel=EPOCH)
    right.set_ylim(bottom=0)
    half = len(true) // 2
    return JOURNEYS.format(
        lowest=true[:, 1].min(),
        last=true[-1, 1],
        epochs=len(true),
        half=half,
        then=true[half - 1, 2],
        true=true[-1, 2],
        shuffled=shuffled[-1, 2],
    )
