"""Walks of the judges: each optimizer as its paper has it, in plain loops over two numbers."""

import math

from judges.shared.mathematics import SURFACES

EPSILON = 1e-7
BEYOND = 1e100


def walk(surface, rule, rate, start, steps, momentum=0.0, noise=0.0):
    """Return the points of a walk, as far as they are numbers below 1e100.

    Parameters
    ----------
    surface : str
    rule : {"momentum", "Nesterov", "Adagrad", "RMSprop", "Adam"}
    rate, momentum : float
        For Adam, momentum is beta_1.
    start : (float, float)
    steps : int
    noise : float
        What is added to each gradient, to see whether rounding matters.
    """
    loss, slope = SURFACES[surface][:2]
    point, path = tuple(map(float, start)), []
    first, second = [0.0, 0.0], [0.1, 0.1] if rule == "Adagrad" else [0.0, 0.0]
    for step in range(1, steps + 2):
        try:
            fine = max(map(abs, point)) < BEYOND and abs(loss(*point)) < BEYOND
        except OverflowError:
            fine = False
        if not fine:
            break
        path.append(point)
        moved = []
        for axis, gradient in enumerate(map(float, slope(*point))):
            gradient += noise * (1 + gradient)
            if rule == "Adagrad":
                second[axis] += gradient**2
                move = -rate * gradient / math.sqrt(second[axis] + EPSILON)
            elif rule == "RMSprop":
                second[axis] = 0.9 * second[axis] + 0.1 * gradient**2
                first[axis] = momentum * first[axis] - rate * gradient / math.sqrt(second[axis] + EPSILON)
                move = first[axis]
            elif rule == "Adam":
                first[axis] = momentum * first[axis] + (1 - momentum) * gradient
                second[axis] = 0.999 * second[axis] + 0.001 * gradient**2
                mean = first[axis] / (1 - momentum**step)
                # epsilon hat: added before the correction of the average of squares.
                root = (math.sqrt(second[axis]) + EPSILON) / math.sqrt(1 - 0.999**step)
                move = -rate * mean / root
            else:
                first[axis] = momentum * first[axis] - rate * gradient
                ahead = momentum * first[axis] - rate * gradient
                move = ahead if rule == "Nesterov" else first[axis]
            moved.append(point[axis] + move)
        point = tuple(moved)
    return path


def heights(surface, path):
    """Return the loss of each point above the deepest minimum."""
    loss, minima = SURFACES[surface][0], SURFACES[surface][-1]
    lowest = min(float(loss(*minimum)) for minimum in minima)
    return [max(float(loss(*point)) - lowest, 0.0) for point in path]
