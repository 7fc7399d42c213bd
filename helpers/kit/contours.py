"""Loss surfaces of two weights as maps: contours, limits of one scale, and gradients as arrows."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers.language import Words

_ = Words(__name__)

# What people read where code says the name of a surface.
SURFACE_LABELS = {
    "bowl": _("bowl"),
    "valley": _("valley"),
    "banana": _("banana"),
    "saddle": _("saddle"),
    "two hollows": _("two hollows"),
    "plateau": _("plateau"),
    "four hollows": _("four hollows"),
    "kink": _("kink"),
}

# Close together near the lowest point, so that a flat valley has contours too; on a bowl, nearly even rings.
LEVELS = (np.arange(1, 15) / 14) ** 3
GREYS = ("#ffffff", "#c6c6c6")
LINES = "#b5b5b5"
STAR = "#222222"


def draw_contours(axes, surface, limits=None):
    """Draw a surface as a quiet map: pale where the loss is low, grey where it is high, a star at each minimum.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Gets the map's limits.
    surface : helpers.surfaces.Surface
        Of two weights.
    limits : pair of (float, float), optional
        Lowest and highest value of each weight; the surface's own if left out. See `equal_limits`.

    Returns
    -------
    list of matplotlib.artist.Artist
        All that was drawn.
    """
    limits = surface.limits if limits is None else limits
    x, y = (np.linspace(*limit, 161) for limit in limits)
    losses = surface.loss(np.stack(np.meshgrid(x, y), axis=-1))
    lowest = min(losses.min(), surface.loss(surface.minima).min())
    levels = lowest + (losses.max() - lowest) * LEVELS
    # Colours count the levels: the eye needs even steps, whatever the loss does.
    greys = LinearSegmentedColormap.from_list("greys", GREYS)(np.linspace(0, 1, len(levels)))
    filled = axes.contourf(x, y, losses, levels=[lowest, *levels], colors=greys)
    lines = axes.contour(x, y, losses, levels=levels[:-1], colors=LINES, linewidths=0.8, linestyles="solid")
    (stars,) = axes.plot(
        *np.transpose(surface.minima),
        "*",
        color=STAR,
        markersize=15,
        markeredgecolor="white",
        markeredgewidth=1,
    )
    axes.set(xlim=limits[0], ylim=limits[1])
    return [filled, lines, stars]


def equal_limits(surface, ratio, margin=0.0):
    """Widen a surface's limits along one weight, so that both weights have one scale on axes of a given width / height.

    Only then do gradients stand at right angles to contours. A margin, as a share of both sizes, is added on all sides first.

    Returns
    -------
    tuple of (float, float)
    """
    (left, right), (bottom, top) = surface.limits
    width, height = (1 + 2 * margin) * (right - left), (1 + 2 * margin) * (top - bottom)
    x, y = (left + right) / 2, (bottom + top) / 2
    width, height = max(width, ratio * height), max(height, width / ratio)
    return (x - width / 2, x + width / 2), (y - height / 2, y + height / 2)


def directions(vectors):
    """Return vectors of shape (..., 2) with length 1 each; what is only rounding gets length 0."""
    lengths = np.sqrt(np.sum(vectors**2, axis=-1, keepdims=True))
    return np.divide(vectors, lengths, out=np.zeros(np.shape(vectors)), where=lengths > 1e-9)


def draw_arrows(axes, points, arrows, **style):
    """Draw an arrow, in units of the weights, from each point; none where it has no length."""
    long = np.any(arrows != 0, axis=-1)
    return axes.quiver(
        *points[long].T, *arrows[long].T, angles="xy", scale_units="xy", scale=1, pivot="tail", **style
    )
