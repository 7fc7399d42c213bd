"""Five ways in which books and libraries write momentum: same idea, other lines, sometimes other steps.

Each rule takes weights, a velocity and the gradient as a function of the weights, and returns the next weights and velocity.
"""

import numpy as np

from helpers.language import Words

_ = Words(__name__)


def classical(w, velocity, gradient, learning_rate, momentum):
    """Polyak 1964, "Some methods of speeding up the convergence of iteration methods"; the plain momentum of Keras."""
    velocity = momentum * velocity - learning_rate * gradient(w)
    return w + velocity, velocity


def lookahead(w, velocity, gradient, learning_rate, momentum):
    """Nesterov 1983, as Sutskever et al. 2013 write it ("On the importance of initialization and momentum in deep learning")."""
    velocity = momentum * velocity - learning_rate * gradient(w + momentum * velocity)
    return w + velocity, velocity


def keras_nesterov(w, velocity, gradient, learning_rate, momentum):
    """Nesterov momentum as Keras has it, and as the book prints it: the weights are the points that look ahead."""
    velocity = momentum * velocity - learning_rate * gradient(w)
    return w + momentum * velocity - learning_rate * gradient(w), velocity


def pytorch(w, velocity, gradient, learning_rate, momentum):
    """The learning rate stays outside of the velocity; the velocity points uphill."""
    velocity = momentum * velocity + gradient(w)
    return w - learning_rate * velocity, velocity


def averaged(w, velocity, gradient, learning_rate, momentum):
    """The velocity is a running average of the gradients (exponential moving average, EMA), as in Adam."""
    velocity = momentum * velocity + (1 - momentum) * gradient(w)
    return w - learning_rate * velocity, velocity


CONVENTIONS = {
    "classical": classical,
    "lookahead": lookahead,
    "Keras' Nesterov": keras_nesterov,
    "PyTorch's": pytorch,
    "averaged": averaged,
}
# What people read where code says the name of a convention.
CONVENTION_LABELS = {
    "classical": _("classical"),
    "lookahead": _("lookahead"),
    "Keras' Nesterov": _("Keras' Nesterov"),
    "PyTorch's": _("PyTorch's"),
    "averaged": _("averaged"),
}


def follow(rule, gradient, start, learning_rates, momentum):
    """Apply a rule again and again, from velocity 0.

    Parameters
    ----------
    rule : callable
        One of the conventions.
    gradient : callable
        Takes weights, returns the gradient there, of the same shape.
    start : array_like
    learning_rates : sequence of float
        One for each step, since some conventions agree only as long as it does not change.
    momentum : float

    Returns
    -------
    (array, array), both of shape (steps + 1, weights)
        Weights and velocity at the start and after each step.
    """
    w = np.array(start, dtype=float)
    velocity = np.zeros_like(w)
    path, velocities = [w], [velocity]
    # A path that diverges is a lesson, not a warning.
    with np.errstate(all="ignore"):
        for learning_rate in learning_rates:
            w, velocity = rule(w, velocity, gradient, learning_rate, momentum)
            path.append(w)
            velocities.append(velocity)
    return np.array(path), np.array(velocities)
