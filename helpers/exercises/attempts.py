"""What the exercises of several notebooks share: the cases, and what attempts are made of."""

import numpy as np


def case(*arguments):
    """Return the arguments of one case, with arrays in place of lists."""
    return tuple(np.array(one) if isinstance(one, list) else one for one in arguments)


def normal(random, *shapes):
    """Draw the arrays of one case."""
    return tuple(random.normal(size=shape) for shape in shapes)


def replaced(array, place, value):
    """Return a copy of an array with something else at one place."""
    result = np.array(array)
    result[place] = value
    return result


def moved(weights, place, change):
    """Return a copy of the weights in which one has moved."""
    return replaced(weights, place, weights[place] + change)


def only(result, place):
    """Keep what is right at one place, and leave zeros elsewhere: nothing more was filled in."""
    return replaced(np.zeros_like(result), place, result[place])


def repeat(move, place, steps):
    """Return where so many moves lead."""
    for _ in range(steps):
        place = move(place)
    return place


def softmax(scores, axis=1):
    """Turn the scores of each sample, a row each, into probabilities.

    With `axis=0` those of each class sum to 1, and with `axis=None` all of them together, as in the attempts that go wrong.
    """
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def minus_targets(values, labels):
    """Take 1 away at the label of each sample."""
    return values - np.eye(values.shape[1])[labels]


def of_the_label(labels, values):
    """Pick the entry at the label of each sample."""
    return values[np.arange(len(labels)), labels]
