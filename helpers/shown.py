"""What a cell showed is closed when the cell is run again: else the page, and the file that it saves, keep it.

ipywidgets closes nothing by itself, because what has gone from one place may stand in another (its issues 2598 and 3995).
Here the places are known: the cells that showed it when they were last run.
"""

import sys

# What the running cell has shown so far; and by the id of each cell, what it showed when it was last run.
shown_now = []
shown_by_cell = {}


def close_when_run_again(box):
    """Close a box of widgets, with all in it, once every cell that shows it was run again and did not show it.

    A page that gives its cells no ids keeps what it shows, and so does one that shows something outside of a cell's run.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    if shell is None:
        return
    # IPython registers the same function only once.
    shell.events.register("pre_run_cell", begin)
    shell.events.register("post_run_cell", end)
    shown_now.append(box)


def begin(info):
    """Forget what was shown between two cells, by a button say: no cell clears it away."""
    shown_now.clear()


def end(result):
    """Close what the cell showed before, and no cell shows now."""
    cell = getattr(result.info, "cell_id", None)
    if cell is None:
        return
    before = shown_by_cell.get(cell, [])
    shown_by_cell[cell] = [*shown_now]
    shown_now.clear()
    still_shown = {box for boxes in shown_by_cell.values() for box in boxes}
    for box in before:
        if box not in still_shown:
            close(box)


def close(widget):
    """Close a widget with its layout, its style, and the widgets in it."""
    for name in widget.keys:
        value = getattr(widget, name)
        for part in value if isinstance(value, (list, tuple)) else [value]:
            # What has no layout stands nowhere, such as ipycanvas's manager of all canvases.
            if name in ("layout", "style") or hasattr(part, "layout"):
                close(part)
    widget.close()
