"""What the exercises of several notebooks share: the arrays of their cases, and results that are right in part."""

import numpy as np


def arrays(*values):
    """Return a tuple of arrays, the arguments of one case."""
    return tuple(map(np.array, values))


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
