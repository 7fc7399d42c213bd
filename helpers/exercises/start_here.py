"""The practice exercise of 2.0: how a check answers."""

import numpy as np

from helpers.datasets import load_mnist
from helpers.exercises.feedback import Exercise
from helpers.language import Words

_ = Words(__name__)

PRAISE = _("You changed a cell, ran it and had it checked. Every exercise of the course works like this one.")
SUM = _("You returned the sum of all pixels. An average also divides by how many there are.")
MAXIMUM = _("You returned the largest pixel, the darkest ink. The average takes all pixels into account.")
MINIMUM = _("You returned the smallest pixel, the bare paper. The average takes all pixels into account.")
COLUMNS = _(
    "You returned one average for each column, 28 numbers. Leave the axis out, and NumPy averages over all pixels."
)

ROWS = _(
    "You returned one average for each row, 28 numbers. Leave the axis out, and NumPy averages over all pixels."
)
ROWS_COUNTED = _(
    "You divided by 28, the number of rows. An average divides by how many pixels there are: image.size."
)
WHOLE = _("The average is a fraction, and you kept its whole part only.")
ROUNDED = _("The average is a fraction, and you rounded it to a whole number. Return it as it is.")
MIDDLE = _(
    "You returned the pixel in the middle of the order, the median. The average divides the sum of all by their number."
)
WRAPPED = _(
    "You divided a sum that had wrapped around: a pixel is a uint8, which counts to 255 and begins at 0 again. Make a Python number of each pixel with int, or let image.sum() add."
)


def digits():
    (train_images, _labels), _test = load_mnist()
    # A digit has no ink at its edges, and both its smallest and its median pixel are 0.
    full_of_ink = (np.arange(784) % 200 + 20).astype(np.uint8).reshape(28, 28)
    return {
        _("the first training digit"): (train_images[0],),
        _("the second training digit"): (train_images[1],),
        _("a picture with ink up to its edges"): (full_of_ink,),
    }


check_average_ink = Exercise(
    solution=lambda image: image.mean(),
    praise=PRAISE,
    mistakes={
        "image.sum()": SUM,
        "image.max()": MAXIMUM,
        "image.min()": MINIMUM,
        "image.mean(axis=0)": COLUMNS,
        "image.mean(axis=1)": ROWS,
        "image.sum() / len(image)": ROWS_COUNTED,
        "int(image.mean())": WHOLE,
        "round(image.mean())": ROUNDED,
        "np.median(image)": MIDDLE,
        "image.sum(dtype=image.dtype) / image.size": WRAPPED,
    },
    cases=digits,
)
