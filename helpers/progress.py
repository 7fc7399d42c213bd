"""A progress bar where a person can see it; nothing in a file or a pipe, one steady line in a saved notebook."""

import sys

from helpers.shown import close_when_run_again


def progress_bar(total, unit, text, visible=True):
    """Return a tqdm bar, as a context manager with `update` and `set_postfix`; it never shows if it is not `visible`.

    It counts to `total` in a unit such as " steps". A saved notebook keeps `text`, because the bar's own holds times.
    """
    if visible and in_notebook():
        from IPython.display import display
        from tqdm.notebook import tqdm

        bar = tqdm(total=total, unit=unit, unit_scale=total > 100_000, display=False)
        close_when_run_again(bar.container)
        display(bar.container._repr_mimebundle_() | {"text/plain": text}, raw=True)
        return bar
    from tqdm import tqdm

    # None: tqdm looks whether standard error is a screen.
    return tqdm(total=total, unit=unit, unit_scale=total > 100_000, disable=None if visible else True)


def in_notebook():
    """Whether this code runs in a Jupyter kernel."""
    ipython = sys.modules.get("IPython")
    return hasattr(ipython and ipython.get_ipython(), "kernel")
