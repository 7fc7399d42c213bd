"""A progress bar where a person can see it; nothing in a file or a pipe, one steady line in a saved notebook."""

import sys


def progress_bar(total, unit, text, visible=True):
    """Return a tqdm bar, as a context manager with `update` and `set_postfix`.

    Parameters
    ----------
    total : int
        Number of updates to come.
    unit : str
        What is counted, such as " steps".
    text : str
        What a saved notebook keeps in place of the bar, whose own text holds times.
    visible : bool
        False for a bar that never shows.
    """
    if visible and in_notebook():
        from IPython.display import display
        from tqdm.notebook import tqdm

        bar = tqdm(total=total, unit=unit, unit_scale=total > 100_000, display=False)
        display(bar.container._repr_mimebundle_() | {"text/plain": text}, raw=True)
        return bar
    from tqdm import tqdm

    # None: tqdm looks whether standard error is a screen.
    return tqdm(total=total, unit=unit, unit_scale=total > 100_000, disable=None if visible else True)


def in_notebook():
    """Whether this code runs in a Jupyter kernel."""
    ipython = sys.modules.get("IPython")
    return hasattr(ipython and ipython.get_ipython(), "kernel")
