"""The judge of DrawADigit: it trains a network of its own, draws with a pen of its own, and compares with every training digit."""

import functools
import math

import numpy as np

from helpers.studies.drawing.compute import DRAWINGS
from helpers.widgets import DrawADigit
from judges.shared.digits import draw_kernel, gradients, load_digits, log_probabilities, run_network
from judges.shared.judging import NUMBER, Judge
from judges.shared.reading import Form, agrees, misrounded, reads, unequal, untrue

PLACED = {"scaled and centred as MNIST": "prepared", "as it lies on the paper": "as drawn"}
HEAD = (
    rf"(?P<name>[^,]+), (?:turned by (?P<angle>{NUMBER}) (?P<degrees>degrees?), )?pen of (?P<pen>{NUMBER}) (?P<pixels>pixels?), "
    r"(?P<placed>scaled and centred as MNIST|as it lies on the paper): "
)
READING = Form(
    HEAD,
    r"the network reads (?P<best>an?) (?P<digit>\d), with (?P<share>.+? %)(?:, then (?P<then>an?) (?P<second>\d) with (?P<less>.+? %))?"
    r"\. The nearest training digit is (?P<near>an?) (?P<nearest>\d)\.",
)
NO_INK = Form(HEAD, r"no ink is on the paper, so the network has nothing to read\.")
NOTHING = Form(
    rf"Nothing is drawn yet on this paper, where a pen of (?P<pen>{NUMBER}) (?P<pixels>pixels?) waits: draw a digit, or choose a "
    r"drawing\."
)


@functools.cache
def reader():
    """Return the weights of a 784-128-10 network after ten epochs of RMSprop."""
    random = np.random.default_rng(0)
    images, labels, _, _ = load_digits()
    x = images.reshape(len(images), 784).astype(np.float32) / np.float32(255)
    weights = [draw_kernel(random, 784, 128), np.zeros(128), draw_kernel(random, 128, 10), np.zeros(10)]
    weights = [array.astype(np.float32) for array in weights]
    averages = [np.zeros_like(array) for array in weights]
    for _ in range(10):
        order = random.permutation(len(x))
        for begin in range(0, len(x), 128):
            batch = order[begin : begin + 128]
            _, slopes = gradients(weights, x[batch], labels[batch])
            averages = [0.9 * mean + 0.1 * g * g for mean, g in zip(averages, slopes, strict=True)]
            weights = [
                w - np.float32(0.001) * g / np.sqrt(mean + np.float32(1e-7))
                for w, g, mean in zip(weights, slopes, averages, strict=True)
            ]
    return weights, x, labels


def ink(pieces, pen):
    """Blacken each pixel whose middle lies under the pen; at its edge the ink fades over one pixel."""
    columns, rows = np.meshgrid(np.arange(28) + 0.5, np.arange(28) + 0.5)
    nearest = np.full((28, 28), np.inf)
    for (x0, y0), (x1, y1) in pieces:
        length = (x1 - x0) ** 2 + (y1 - y0) ** 2
        along = ((columns - x0) * (x1 - x0) + (rows - y0) * (y1 - y0)) / length if length else 0 * columns
        along = np.clip(along, 0, 1)
        nearest = np.minimum(
            nearest, np.hypot(x0 + along * (x1 - x0) - columns, y0 + along * (y1 - y0) - rows)
        )
    return np.clip(pen / 2 + 0.5 - nearest, 0, 1)


def picture_of(strokes, pen, angle, prepared):
    turn = math.radians(angle)

    def turned(point):
        x, y = point[0] - 0.5, point[1] - 0.5
        return (
            x * math.cos(turn) - y * math.sin(turn) + 0.5,
            x * math.sin(turn) + y * math.cos(turn) + 0.5,
        )

    pieces = []
    for stroke in strokes:
        points = [turned(point) for point in stroke]
        pieces += list(zip(points, points[1:] or points, strict=False))
    if not prepared:
        return ink([[(28 * x, 28 * y) for x, y in piece] for piece in pieces], pen)
    xs, ys = zip(*[point for piece in pieces for point in piece], strict=True)
    scale = (20 - pen) / max(max(xs) - min(xs), max(ys) - min(ys), 1e-9)
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2

    def placed(shift):
        return [
            [((x - middle[0]) * scale + shift[0], (y - middle[1]) * scale + shift[1]) for x, y in piece]
            for piece in pieces
        ]

    first = ink(placed((14, 14)), pen)
    middles = np.arange(28) + 0.5
    weight = (first.sum(axis=0) @ middles / first.sum(), first.sum(axis=1) @ middles / first.sum())
    return ink(placed((28 - weight[0], 28 - weight[1])), pen)


def article(digit):
    return "an" if digit == "8" else "a"


def judge_draw_a_digit(settings, sentence, pictured):
    drawing, pen, angle = (settings[name] for name in ("drawing", "pen", "angle"))
    own = isinstance(drawing, tuple)
    strokes = drawing if own else DRAWINGS.get(drawing, ())
    pixels = "pixel" if f"{pen:.3g}" == "1" else "pixels"
    if not strokes:
        said = NOTHING.read(sentence)
        return misrounded(said, ("pen", pen, {"digits": 3})) + unequal(pixels=(said["pixels"], pixels))
    image = picture_of(strokes, pen, angle, settings["placed"] == "prepared")
    said = (READING if image.any() else NO_INK).read(sentence)
    name = "your drawing" if own else drawing
    found = misrounded(said, ("pen", pen, {"digits": 3})) + unequal(
        pixels=(said["pixels"], pixels),
        name=(said["name"], name[0].upper() + name[1:]),
        placed=(PLACED[said["placed"]], settings["placed"]),
        turned=(said["angle"] is not None, angle != 0),
    )
    if said["angle"]:
        found += misrounded(said, ("angle", angle, {"digits": 3})) + unequal(
            degrees=(said["degrees"], "degree" if said["angle"] in ("1", "−1") else "degrees")
        )
    if not image.any():
        return found
    weights, x, labels = reader()
    probabilities = 100 * np.exp(log_probabilities(run_network(weights, image.reshape(1, 784))[1]))[0]
    best, nearest = int(said["digit"]), int(said["nearest"])
    distances = ((x - image.ravel()) ** 2).sum(axis=1)
    slack = 1.0
    found += untrue(
        best=probabilities[best] > probabilities.max() - slack,
        share=agrees(said["share"], probabilities[best], decimals=0, slack=slack),
        nearest=distances[labels == nearest].min() < distances.min() + 1e-3,
        articles=[said["best"], said["near"]] == [article(said["digit"]), article(said["nearest"])],
        a_second_is_not_passed_over=said["second"] is not None or np.sort(probabilities)[-2] < 5 + slack,
    )
    if said["second"]:
        second = probabilities[int(said["second"])]
        found += untrue(
            second=second > np.sort(probabilities)[-2] - slack and second > 5 - slack,
            less=agrees(said["less"], second, decimals=0, slack=slack),
            article=said["then"] == article(said["second"]),
        )
    shown = {said["share"].replace("more than", ">"), said["less"] or said["share"].replace("more than", ">")}
    return found + untrue(the_bars_say_the_same=not pictured or shown <= set(pictured))


LINE = (((0.5, 0.1), (0.5, 0.9)),)

DRAW_A_DIGIT = Judge(
    DrawADigit,
    reads(judge_draw_a_digit),
    special=(
        {"drawing": LINE, "pen": 1.0, "angle": -90.0},
        {"drawing": LINE, "angle": 1.0},
        {"drawing": (((3.0, 3.0), (4.0, 4.0)),), "placed": "as drawn"},
        {"drawing": (((3.0, 3.0), (4.0, 4.0)),)},
        {"drawing": (((0.5, 0.5),),)},
        {"drawing": "your drawing", "pen": 1.0},
    ),
    stops={
        "Press *lying*, and move *turn in degrees* to 90, step by step.": tuple(
            {"drawing": "a lying eight", "angle": 5.0 * step} for step in range(19)
        ),
    },
    tries=60,
)
