"""Look at points of many dimensions along the few directions in which they differ most."""

import numpy as np


def principal_axes(points, count=2):
    """Find the directions in which points spread most (principal component analysis).

    Parameters
    ----------
    points : array, shape (samples, features)
    count : int
        How many directions.

    Returns
    -------
    centre : array, shape (features,)
    axes : array, shape (count, features)
        Unit vectors at right angles; the entry of largest size in each is positive, so that a picture never flips.
    shares : array, shape (count,)
        Share of the points' variance along each, falling.

    Notes
    -----
    Pearson 1901, "On lines and planes of closest fit to systems of points in space".
    """
    centre = points.mean(axis=0)
    _, sizes, axes = np.linalg.svd(points - centre, full_matrices=False)
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, np.newaxis], axis=1)
    variances = sizes**2
    return centre, (axes * np.sign(largest))[:count], (variances / variances.sum())[:count]


def class_centres(points, labels):
    """Average the points of each class; shape (classes, features), in the order of the labels."""
    return np.stack([points[labels == label].mean(axis=0) for label in np.unique(labels)])


def project_classes(points, labels, others):
    """Project onto the plane in which the centres of the classes lie furthest apart.

    Parameters
    ----------
    points : array, shape (samples, features)
        They and their labels choose the plane.
    labels : array of int, shape (samples,)
    others : array, shape (more samples, features)
        What is projected.

    Returns
    -------
    numpy.ndarray, shape (more samples, 2)
    """
    middle, axes, _ = principal_axes(class_centres(points, labels))
    return (others - middle) @ axes.T


def nearest_centre_share(points, labels, centres):
    """Share of points whose nearest centre is that of their own class.

    Parameters
    ----------
    points : array, shape (samples, features)
    labels : array of int from 0, shape (samples,)
    centres : array, shape (classes, features)
    """
    # |point - centre|² without |point|², which is the same for all centres.
    distances = (centres**2).sum(axis=1) - 2 * points @ centres.T
    return np.mean(distances.argmin(axis=1) == labels)
