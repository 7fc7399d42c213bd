"""Three ways to better weights, each with its bill: the loss after every forward pass that was paid for.

The functions are built in notebook 2.4. A loss here is a function of one array of weights, or of a Tensor of them.
"""

import numpy as np

from helpers.tensor import Tensor

# A forward pass, and a backward pass at the price of two: a layer's backward pass makes two matrix products, one for
# its weights and one for its inputs, where the forward pass makes one.
PASSES_A_STEP = 3


def random_search(loss, start, passes, size, random):
    """Change all weights at random, and keep the change if the loss fell.

    Parameters
    ----------
    loss : callable
        Takes an array of the shape of `start`, returns a number.
    start : array
    passes : int
        Forward passes to spend.
    size : float
        Standard deviation of each weight's change.
    random : numpy.random.Generator

    Returns
    -------
    best : array of the shape of `start`
    losses : array, shape (passes,)
        The lowest loss found after each forward pass; the first one measures the start.
    """
    best, losses = start, [loss(start)]
    while len(losses) < passes:
        candidate = best + size * random.normal(size=best.shape)
        new = loss(candidate)
        if new < losses[-1]:
            best = candidate
        losses.append(min(new, losses[-1]))
    return best, np.array(losses)


def one_at_a_time(loss, start, passes, size):
    """Try each weight, one after another, a little higher and a little lower; keep the best of the three values.

    Parameters
    ----------
    loss, start, passes
        As in `random_search`.
    size : float
        How far a weight is moved to each side.

    Returns
    -------
    best, losses
        As in `random_search`; one loss less if a forward pass is left over, since each weight costs two.
    """
    best, losses = start, [loss(start)]
    places = list(np.ndindex(start.shape))
    for number in range((passes - 1) // 2):
        before, place = best, places[number % len(places)]
        for change in (size, -size):
            candidate = before.copy()
            candidate[place] += change
            new = loss(candidate)
            if new < losses[-1]:
                best = candidate
            losses.append(min(new, losses[-1]))
    return best, np.array(losses)


def follow_gradient(loss, start, passes, learning_rate):
    """Move all weights against the gradient, again and again.

    Parameters
    ----------
    loss : callable
        Takes a Tensor of the shape of `start`, returns a Tensor of one number.
    start, passes
        As in `random_search`.
    learning_rate : float
        Length of a step for a gradient of length 1.

    Returns
    -------
    weights : array of the shape of `start`
        After the last step.
    losses : array
        The loss of the weights of each step, once for each of the three forward passes that the step costs.
    """
    weights, losses = Tensor(start), []
    while len(losses) + PASSES_A_STEP <= passes:
        found = loss(weights)
        found.backward()
        losses += [found.value] * PASSES_A_STEP
        weights = Tensor(weights.value - learning_rate * weights.gradient)
    return weights.value, np.array(losses)
