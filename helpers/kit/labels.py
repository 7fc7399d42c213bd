"""Words inside pictures: beside a point, at the ends of lines, and moved apart where they would overlap."""

import numpy as np
from matplotlib.patheffects import withStroke

# Words on a map stay readable when a path runs through them.
PAPER = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 2}
HALO = withStroke(linewidth=3, foreground="white")
SIDES = {-1: ("right", "top"), 0: ("center", "center"), 1: ("left", "bottom")}


def label(axes, text, point, offset=(0, 0), *, bold=False, halo=False, **style):
    """Write words beside a point, on the side to which they are moved: moved right, they begin there; moved up, they stand on it.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    text : str
    point : (float, float)
        In the units of the axes, unless `xycoords` says otherwise.
    offset : (float, float)
        How far from it, in points.
    bold, halo : bool
        Heavy letters; letters with a white edge, for those on lines or on a map.
    **style
        Whatever `matplotlib.axes.Axes.annotate` takes, `ha` and `va` among it. Words may leave the axes.

    Returns
    -------
    matplotlib.text.Annotation
    """
    sides = [SIDES[int(np.sign(distance))] for distance in offset]
    style = {"ha": sides[0][0], "va": sides[1][1], "annotation_clip": False} | style
    if bold:
        style["weight"] = "bold"
    if halo:
        style["path_effects"] = [HALO]
    return axes.annotate(text, point, offset, textcoords="offset points", **style)


def spread(places, gap, low=-np.inf, high=np.inf):
    """Move places apart, each as little as those before it ask for, and keep them between two limits.

    Parameters
    ----------
    places : sequence of float
    gap : float
        Smallest distance of two.
    low, high : float
        Limits; the highest places give way first.

    Returns
    -------
    numpy.ndarray
        In the order of `places`.
    """
    order = np.argsort(places, kind="stable")
    moved = np.array(places, float)
    last = low - gap
    for place in order:
        last = moved[place] = max(moved[place], last + gap)
    last = high + gap
    for place in order[::-1]:
        last = moved[place] = min(moved[place], last - gap)
    return moved


def label_ends(axes, ends, gap, **style):
    """Write names to the right of where lines end, moved apart where they would overlap.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its limits set.
    ends : list of (float, float, str, str)
        Position, text and colour of each.
    gap : float
        Smallest distance of two labels, as a share of the height of the axes.
    **style
        For `label`.
    """
    low, high = axes.get_ylim()
    log = axes.get_yscale() == "log"
    if log:
        low, high = np.log10([low, high])
    shares = [((np.log10(y) if log else y) - low) / (high - low) for _, y, _, _ in ends]
    style = {"bold": True, "xycoords": ("data", "axes fraction")} | style
    for (x, _, text, colour), share in zip(ends, spread(shares, gap), strict=True):
        label(axes, text, (x, share), (7, 0), color=colour, **style)
