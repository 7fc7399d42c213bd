"""Images side by side, each with its title in the middle above it."""


def show_panel(axes, image, title, frame=None, **style):
    """Show an image without ticks.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    image : array, shape (rows, columns) or (rows, columns, 3)
    title : str
    frame : colour, optional
        Of a line around it; without one, there is none.
    **style
        For `matplotlib.axes.Axes.imshow`.
    """
    axes.imshow(image, **style)
    axes.set_title(title, loc="center", weight="normal")
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=frame is not None, color=frame)
