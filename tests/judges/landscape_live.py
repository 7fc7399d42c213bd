"""The judge of LandscapeLive: it trains both networks once more, and walks between them."""

import functools

import numpy as np

from helpers.widgets import LandscapeLive
from judges.shared.digits import (
    cross_entropy,
    descend,
    draw_kernel,
    half_resolution,
    load_digits,
    log_probabilities,
    run_network,
)
from judges.shared.judging import NUMBER, Judge
from judges.shared.reading import Form, misrounded, reads, unequal, untrue

PLACE = Form(
    rf"At (?P<a>{NUMBER}) on the way to A and (?P<b>{NUMBER}) on the way to B, the loss is (?P<loss>{NUMBER}), and (?P<share>\d+) of "
    r"100 digits are read correctly\. The (?P<digit>\d) is (?:taken for (?P<wrong>\d)|rightly read as (?P<right>\d)), with "
    r"(?P<sure>.+ %)\."
)


@functools.cache
def train(seed):
    """Return the weights of a 196-16-10 network before and after ten epochs."""
    random = np.random.default_rng(seed)
    x, labels = half_resolution().astype(np.float32), load_digits()[1]
    start = [draw_kernel(random, 196, 16), np.zeros(16), draw_kernel(random, 16, 10), np.zeros(10)]
    start = [array.astype(np.float32) for array in start]
    batches = []
    for _ in range(10):
        order = random.permutation(len(x))
        batches += [order[begin : begin + 64] for begin in range(0, len(x), 64)]
    for _, weights in descend(start, ((x[batch], labels[batch]) for batch in batches), 0.3, 0.9):
        end = weights
    return start, end


def judge_landscape_live(settings, sentence, pictured):
    said = PLACE.read(sentence)
    to_a, to_b, digit = settings["to_a"], settings["to_b"], settings["digit"]
    (start, a), (_, b) = train(0), train(1)
    weights = [
        s.astype(float) + to_a * (one.astype(float) - s) + to_b * (other.astype(float) - s)
        for s, one, other in zip(start, a, b, strict=True)
    ]
    x, labels = half_resolution()[:500], load_digits()[1][:500]
    _, scores = run_network(weights, x)
    loss = cross_entropy(scores, labels)
    probabilities = np.exp(log_probabilities(scores[[labels.tolist().index(digit)]]))[0]
    answer = int(said["right"] or said["wrong"])
    found = misrounded(
        said,
        ("a", to_a, {"digits": 3}),
        ("b", to_b, {"digits": 3}),
        ("loss", loss, {"decimals": 2, "slack": 2e-3}),
        ("share", 100 * (scores.argmax(axis=1) == labels).mean(), {"decimals": 0, "slack": 0.3}),
        ("sure", 100 * probabilities[answer], {"decimals": 0, "slack": 0.3}),
    )
    if pictured:
        shown = f"loss {said['loss']}, {said['share']} of 100 right"
        found += untrue(the_picture_says_the_same=shown in pictured)
    return (
        found
        + unequal(digit=(int(said["digit"]), digit), rightly=(said["right"] is not None, answer == digit))
        + untrue(the_most_probable_answer=probabilities[answer] > probabilities.max() - 3e-3)
    )


LANDSCAPE_LIVE = Judge(
    LandscapeLive,
    reads(judge_landscape_live),
    special=tuple({"to_a": a, "to_b": b} for a in (-0.5, 1.5) for b in (-0.5, 1.5)),
    stops={
        "Walk from the start to A with the first slider alone.": tuple(
            {"to_a": a} for a in (0.05, 0.1, 0.15, 0.2, 0.7, 0.75)
        ),
        "Press *backwards*, then go through the ten digits.": tuple(
            {"to_a": -0.5, "to_b": -0.5, "digit": digit} for digit in range(10)
        ),
    },
)
