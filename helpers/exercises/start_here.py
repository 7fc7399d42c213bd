"""The practice exercise of 2.0: how a check answers."""

from helpers.datasets import load_mnist
from helpers.exercises.feedback import Exercise, Mistake

PRAISE = "You changed a cell, ran it and had it checked. Every exercise of the course works like this one."
SUM = "You returned the sum of all pixels. An average also divides by how many there are."
MAXIMUM = "You returned the largest pixel, the darkest ink. The average takes all pixels into account."
ROWS = "You returned one average for each column, 28 numbers. Leave the axis out, and NumPy averages over all pixels."


def digits():
    (train_images, _), _ = load_mnist()
    return {"the first training digit": (train_images[0],), "the second training digit": (train_images[1],)}


check_average_ink = Exercise(
    solution=lambda image: image.mean(),
    praise=PRAISE,
    mistakes=(
        Mistake(lambda image: image.sum(), SUM),
        Mistake(lambda image: image.max(), MAXIMUM),
        Mistake(lambda image: image.mean(axis=0), ROWS),
    ),
    cases=digits,
)
