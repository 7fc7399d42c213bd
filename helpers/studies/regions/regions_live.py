"""Decision regions live: a small network learns to tell two kinds of points apart while one watches."""

import asyncio
import dataclasses
import math
import time

from helpers.kit.controls import Choice, LogSlider, Menu, Options, Player, Slider, numbered
from helpers.kit.explorer import Explorer, Preset, in_turn
from helpers.kit.numbers import write
from helpers.language import Words
from helpers.studies.regions.compute import (
    BATCH_SIZE,
    EPOCHS,
    NEW_POINTS,
    train_regions,
)
from helpers.studies.regions.plots import RegionsPlot, say_loss

_ = Words(__name__)

# By what became of the training; with one hidden layer, and with several.
LAYERS = {
    "untrained": _.count(
        "{data}, {number} hidden layer of {width} with {activation}, {optimizer} with learning rate {learning_rate} and momentum {momentum}: not trained yet, the network classifies {right} of 100 points correctly.",
        "{data}, {number} hidden layers of {width} with {activation}, {optimizer} with learning rate {learning_rate} and momentum {momentum}: not trained yet, the network classifies {right} of 100 points correctly.",
    ),
    "trained once": _.count(
        "{data}, {number} hidden layer of {width} with {activation}, {optimizer} with learning rate {learning_rate} and momentum {momentum}: after {epochs} epoch, the loss is {loss}, and {right} of 100 training points and {new_right} of 100 new points are classified correctly.",
        "{data}, {number} hidden layers of {width} with {activation}, {optimizer} with learning rate {learning_rate} and momentum {momentum}: after {epochs} epoch, the loss is {loss}, and {right} of 100 training points and {new_right} of 100 new points are classified correctly.",
    ),
    "trained": _.count(
        "{data}, {number} hidden layer of {width} with {activation}, {optimizer} with learning rate {learning_rate} and momentum {momentum}: after {epochs} epochs, the loss is {loss}, and {right} of 100 training points and {new_right} of 100 new points are classified correctly.",
        "{data}, {number} hidden layers of {width} with {activation}, {optimizer} with learning rate {learning_rate} and momentum {momentum}: after {epochs} epochs, the loss is {loss}, and {right} of 100 training points and {new_right} of 100 new points are classified correctly.",
    ),
    "stopped": _.count(
        "{data}, {number} hidden layer of {width} with {activation}, {optimizer} with learning rate {learning_rate} and momentum {momentum}: in epoch {stopped_at} the loss or a weight grew beyond all numbers: the steps are far too large.",
        "{data}, {number} hidden layers of {width} with {activation}, {optimizer} with learning rate {learning_rate} and momentum {momentum}: in epoch {stopped_at} the loss or a weight grew beyond all numbers: the steps are far too large.",
    ),
}

DATA_LABELS = {"moons": _("moons"), "circles": _("circles"), "spiral": _("spiral"), "xor": _("xor")}
ACTIVATION_LABELS = {"linear": "linear", "sigmoid": "sigmoid", "tanh": "tanh", "relu": "relu"}
OPTIMIZER_LABELS = {"SGD": "SGD", "RMSprop": "RMSprop", "Adam": "Adam"}

CODE = """\
from helpers.layers import Dense
from helpers.models import Sequential
from helpers.optimizers import {optimizer}
from helpers.studies.regions.compute import make_points

points, labels = make_points({data!r})
new_points, new_labels = make_points({data!r}, count={new_points}, seed=1)
hidden = [Dense({width}, {activation!r}) for _ in range({depth})]
model = Sequential([*hidden, Dense(2, "softmax")], seed=0)
optimizer = {optimizer}(learning_rate={learning_rate!r}, {momentum_name}={momentum!r})
model.compile(optimizer, "sparse_categorical_crossentropy", ["accuracy"])
model.build((2,))
for epoch in range({epochs}):
    model.fit(points, labels, batch_size={batch_size}, verbose=0)
loss, right = model.evaluate(points, labels)
_, new_right = model.evaluate(new_points, new_labels)
print(f"loss {{loss:.2f}}, right: {{right:.1%}}, right of new points: {{new_right:.1%}}")
"""


# 30 pictures a second, more than a page draws. In between the kernel hears of buttons and other cells, for at least the
# second of these times.
SECONDS_A_PICTURE, SECONDS_OF_REST = 0.033, 0.005
NEVER = 2**31 - 1

# The buttons that play: one at most.
playing = []


@dataclasses.dataclass(frozen=True)
class Trainer(Player):
    """Epochs that the kernel counts by itself while its button plays, a picture an epoch.

    The page's own counting waits for the answer to each number, which is too slow for a film: here the button only says
    whether to go on. A training is a task of the kernel's event loop (asyncio), because only so buttons and other cells are
    heard between two pictures. It ends with the last epoch, and gives way to a new one.
    """

    # In milliseconds: the page never counts.
    interval: int = NEVER

    def companions(self, widget):
        stop_training()
        (play,) = super().companions(widget)
        play.task = None
        play.observe(lambda _: follow(play, widget), "playing")
        return [play]


@in_turn
def follow(play, slider):
    """Train while the button plays, in one task only, however often the button is pressed."""
    play.task = None
    if play.playing:
        stop_training()
        playing.append(play)
        play.task = asyncio.get_running_loop().create_task(train(play, slider))
        play.task.add_done_callback(lambda task: end(play, task))
    elif play in playing:
        playing.remove(play)


def stop_training():
    """Let no training go on: the cell has been run again, or another one begins."""
    for play in [*playing]:
        play.playing = False


async def train(play, slider):
    begun = time.monotonic()
    while train_one_epoch(play, slider, asyncio.current_task()):
        await asyncio.sleep(max(SECONDS_OF_REST, begun + SECONDS_A_PICTURE - time.monotonic()))
        begun = time.monotonic()


@in_turn
def train_one_epoch(play, slider, task):
    """Train on unless the button has stopped this task or begun another, its view is closed, or it was the last epoch."""
    if play.task is not task or slider.comm is None or slider.value >= slider.max:
        return False
    slider.value += slider.step
    return True


@in_turn
def end(play, task):
    """Let the button show that its training is over, unless it has begun another one."""
    if play.task is task:
        play.playing = False


class RegionsLive(Explorer):
    """Train a small network on points of the plane, epoch by epoch, and see its regions and folds move."""

    shows = _(
        "Left, points of two classes on a plane shaded by the network's answer, with the boundary between the "
        "answers and a line where each unit's sum is 0. Right, the loss at each epoch."
    )
    controls = (
        Menu("data", _("points"), "moons", DATA_LABELS),
        Choice("width", _("units in a layer"), 8, numbered((1, 2, 3, 4, 8, 16))),
        Choice("depth", _("hidden layers"), 1, numbered((1, 2, 3))),
        Options("activation", _("activation"), "relu", ACTIVATION_LABELS),
        Menu("optimizer", _("optimizer"), "SGD", OPTIMIZER_LABELS),
        LogSlider("learning_rate", _("learning rate"), 0.1, 0.001, 3),
        Slider("momentum", _("momentum"), 0.9, 0.0, 0.95, 0.05),
        Trainer("epochs", _("epochs"), 0, 0, EPOCHS),
    )
    presets = {
        "one_line": Preset(_("one line"), {"data": "moons", "activation": "linear", "epochs": 60}),
        "three_folds": Preset(_("three folds"), {"data": "circles", "width": 3, "epochs": EPOCHS}),
        "xor": Preset(_("xor"), {"data": "xor", "width": 4, "epochs": EPOCHS}),
        "spiral": Preset(
            _("spiral"),
            {
                "data": "spiral",
                "width": 16,
                "depth": 2,
                "optimizer": "Adam",
                "learning_rate": 0.01,
                "epochs": EPOCHS,
            },
        ),
        "too_far": Preset(
            _("too far"), {"data": "spiral", "width": 16, "depth": 2, "learning_rate": 3.0, "epochs": 30}
        ),
    }
    compute = staticmethod(train_regions)
    plot = RegionsPlot

    def describe(self, result, data, width, depth, activation, optimizer, learning_rate, momentum, epochs):
        if result.stopped_at is not None:
            case = "stopped"
        elif epochs == 0:
            case = "untrained"
        else:
            case = "trained once" if epochs == 1 else "trained"
        # Rounded down: 100 of 100 means all of them.
        right, new_right = (math.floor(100 * share + 1e-9) for share in (result.right, result.new_right))
        return LAYERS[case](
            depth,
            data=DATA_LABELS[data],
            width=width,
            activation=ACTIVATION_LABELS[activation],
            optimizer=OPTIMIZER_LABELS[optimizer],
            learning_rate=write(learning_rate, ".3g"),
            momentum=write(momentum, ".3g"),
            epochs=epochs,
            stopped_at=result.stopped_at,
            loss=say_loss(result.losses[-1]),
            right=right,
            new_right=new_right,
        )

    def write_code(self, optimizer, **settings):
        name = "beta_1" if optimizer == "Adam" else "momentum"
        return CODE.format(
            optimizer=optimizer, momentum_name=name, batch_size=BATCH_SIZE, new_points=NEW_POINTS, **settings
        )
