"""Look at points of many dimensions along the two or three directions in which they differ most."""

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


def project(points, count=2):
    """Return the coordinates of points along their principal axes; shape (samples, count)."""
    centre, axes, _ = principal_axes(points, count)
    return (points - centre) @ axes.T


def nearest_centre_share(points, labels):
    """Share of points that lie nearer to the centre of their own class than to any other class's centre.

    Parameters
    ----------
    points : array, shape (samples, features)
    labels : array of int, shape (samples,)
    """
    classes = np.unique(labels)
    centres = np.stack([points[labels == label].mean(axis=0) for label in classes])
    distances = ((points[:, np.newaxis] - centres) ** 2).sum(axis=2)
    return np.mean(classes[distances.argmin(axis=1)] == labels)
