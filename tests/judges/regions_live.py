"""The judge of RegionsLive: it trains networks of one to three hidden layers once more, by three optimizers."""

import functools

import numpy as np

from helpers.studies.regions.compute import make_points
from helpers.widgets import RegionsLive
from judges.shared.digits import cross_entropy, draw_kernel, log_probabilities
from judges.shared.judging import NUMBER, Judge
from judges.shared.reading import Form, misrounded, reads, unequal, untrue

NETWORK = Form(
    rf"(?P<data>\w+), (?P<depth>\d) hidden (?P<noun>layers?) of (?P<width>\d+) with (?P<activation>\w+), (?P<optimizer>\w+) with "
    rf"learning rate (?P<rate>{NUMBER}) and momentum (?P<momentum>{NUMBER}): (?:(?P<untrained>not trained yet, the network classifies "
    rf"(?P<guessed>\d+) of 100 points correctly)|after (?P<epochs>\d+) (?P<epoch>epochs?), the loss is (?P<loss>more than 1,000|"
    rf"{NUMBER}), and (?P<right>\d+) of 100 training points and (?P<new>\d+) of 100 new points are classified correctly|in epoch "
    r"(?P<stopped>\d+) the loss or a weight grew beyond all numbers: the steps are far too large)\."
)
# Each activation, and its slope from what it gave.
ACTIVATIONS = {
    "linear": (lambda s: s, np.ones_like),
    "sigmoid": (lambda s: 1 / (1 + np.exp(-s)), lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a * a),
    "relu": (lambda s: np.maximum(s, 0), lambda a: (a > 0).astype(a.dtype)),
}


def forward(weights, activation, x):
    """Return what each layer gives, from the points themselves to the scores."""
    layers = [x]
    for kernel, bias in zip(weights[:-2:2], weights[1:-2:2], strict=True):
        layers.append(ACTIVATIONS[activation][0](layers[-1] @ kernel + bias))
    return [*layers, layers[-1] @ weights[-2] + weights[-1]]


def slopes(weights, activation, x, labels):
    """Return the derivatives by each array of weights, none of them a number where the loss is not finite."""
    layers = forward(weights, activation, x)
    logs = log_probabilities(layers[-1])
    if not np.isfinite(logs[np.arange(len(labels)), labels].mean()):
        return [np.full_like(array, np.nan) for array in weights]
    error = np.exp(logs)
    error[np.arange(len(labels)), labels] -= 1
    error /= len(labels)
    found = []
    for place in range(len(weights) - 2, -1, -2):
        below = layers[place // 2]
        found = [below.T @ error, error.sum(axis=0), *found]
        error = error @ weights[place].T * ACTIVATIONS[activation][1](below)
    return found


def moves(optimizer, rate, momentum):
    """Return a rule from an array's gradient, its two memories and the number of the step to its move and both memories."""
    if optimizer == "SGD":
        return lambda g, v, _, step: (momentum * v - rate * g, momentum * v - rate * g, 0)
    if optimizer == "RMSprop":

        def root(g, last, average, step):
            average = 0.9 * average + (1 - 0.9) * g * g
            last = momentum * last + rate * g / np.sqrt(average + 1e-7)
            return -last, last, average

        return root

    def adam(g, first, second, step):
        first = first + (1 - momentum) * (g - first)
        second = second + (1 - 0.999) * (g * g - second)
        corrected = rate * (1 - 0.999**step) ** 0.5 / (1 - momentum**step)
        return -corrected * first / (np.sqrt(second) + 1e-7), first, second

    return adam


@functools.lru_cache(maxsize=20)
def train(data, width, depth, activation, optimizer, learning_rate, momentum, epochs, nudge=0.0):
    """Return the weights after so many epochs, or after the last one in which all was finite, and the epoch that was not."""
    random = np.random.default_rng(0)
    points, labels = make_points(data)
    sizes = [2, *[width] * depth, 2]
    weights = []
    for rows, columns in zip(sizes, sizes[1:], strict=False):
        kernel = draw_kernel(random, rows, columns) * (1 + nudge)
        weights += [kernel.astype(np.float32), np.zeros(columns, np.float32)]
    memories = [(np.zeros_like(array), np.zeros_like(array)) for array in weights]
    rule, step = moves(optimizer, learning_rate, momentum), 0
    with np.errstate(all="ignore"):
        for epoch in range(1, epochs + 1):
            order, before = random.permutation(len(points)), weights
            for begin in range(0, len(points), 40):
                batch = order[begin : begin + 40]
                step += 1
                moved = [
                    rule(g, one, other, step)
                    for g, (one, other) in zip(
                        slopes(weights, activation, points[batch], labels[batch]), memories, strict=True
                    )
                ]
                weights = [w + move for w, (move, _, _) in zip(weights, moved, strict=True)]
                memories = [(one, other) for _, one, other in moved]
            if not all(np.isfinite(array).all() for array in weights):
                return before, epoch
    return weights, None


def measure(weights, activation, points, labels):
    with np.errstate(over="ignore"):
        scores = forward([array.astype(float) for array in weights], activation, points.astype(float))[-1]
    return cross_entropy(scores, labels), 100 * (scores.argmax(axis=1) == labels).mean()


def judge_regions_live(settings, sentence, pictured):
    said = NETWORK.read(sentence)
    found = misrounded(
        said,
        ("rate", settings["learning_rate"], {"digits": 3}),
        ("momentum", settings["momentum"], {"digits": 3}),
    ) + unequal(
        network=(
            tuple(said[name] for name in ("data", "depth", "width", "activation", "optimizer", "noun")),
            tuple(str(settings[name]) for name in ("data", "depth", "width", "activation", "optimizer"))
            + ("layer" if settings["depth"] == 1 else "layers",),
        )
    )
    runs = [hold(settings, said, pictured)]
    if runs[0] and not found:
        # A run is chaotic where others, from starts as far apart as two numbers round in float32, end elsewhere.
        nudges = [3e-7 * times for times in (0, 1, -1, 2, -2, 3, -3)]
        ends = [
            measure(train(**settings, nudge=nudge)[0], settings["activation"], *make_points(settings["data"]))
            for nudge in nudges
        ]
        spread = [3 * np.ptp(values) for values in zip(*ends, strict=True)]
        runs += [hold(settings, said, pictured, nudge, *spread) for nudge in nudges]
    return found + min(runs, key=len)


def hold(settings, said, pictured, nudge=0.0, loss_spread=0.0, right_spread=0.0):
    epochs, data, activation = (settings[name] for name in ("epochs", "data", "activation"))
    weights, stopped = train(**settings, nudge=nudge)
    if said["stopped"] or stopped:
        # The last epochs before an overflow hang on a rounding.
        same = said["stopped"] and stopped and abs(int(said["stopped"]) - stopped) <= 1
        return [] if same else unequal(stopped=(said["stopped"], str(stopped)))
    loss, right = measure(weights, activation, *make_points(data))
    _, new = measure(weights, activation, *make_points(data, 400, 1))
    if said["untrained"]:
        return untrue(untrained=epochs == 0, guessed=is_floor(said["guessed"], right))
    found = unequal(
        epochs=((said["epochs"], said["epoch"]), (str(epochs), "epoch" if epochs == 1 else "epochs"))
    )
    found += misrounded(said, ("loss", loss, {"decimals": 2, "slack": 1e-3 * (1 + loss) + loss_spread}))
    if pictured:
        found += untrue(the_picture_says_the_same=said["loss"] in pictured or f"↑ {said['loss']}" in pictured)
    return found + untrue(
        right=is_floor(said["right"], right, 0.7 + right_spread),
        new_right=is_floor(said["new"], new, 0.6 + 2 * right_spread),
        all_are_all=right_spread > 0 or said["right"] != "100" or right > 99.3,
    )


def is_floor(text, truth, slack=0.0):
    return truth - 1 - slack < float(text) <= truth + slack + 1e-9


REGIONS_LIVE = Judge(
    RegionsLive,
    reads(judge_regions_live),
    special=(
        {"epochs": 1},
        {"learning_rate": 3.0, "momentum": 0.95, "activation": "linear", "depth": 3, "epochs": 60},
    ),
    stops={
        "Press *one line*.": tuple(
            {"activation": activation, "depth": depth, "epochs": 60}
            for activation, depth in (("linear", 1), ("relu", 1), ("relu", 2))
        ),
        "Press *three folds*.": tuple(
            {"data": "circles", "width": width, "epochs": 120} for width in (3, 2, 1)
        ),
        "Then change the optimizer to *SGD* and the learning rate to 0.1, and move the momentum from 0.9 to 0.": tuple(
            {"data": "spiral", "width": 16, "depth": 2, "momentum": momentum, "epochs": 120}
            for momentum in (0.9, 0.0)
        ),
    },
    tries=12,
)
