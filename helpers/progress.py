"""A progress bar where a person can see it; nothing in a file or a pipe, one steady line in a saved notebook."""

import sys

SAVED = "Training: {epochs} × {steps} steps."


def progress_bar(epochs, steps, visible=True):
    """Return a tqdm bar over all steps of a training, as a context manager with `update` and `set_postfix`."""
    if visible and in_notebook():
        from IPython.display import display
        from tqdm.notebook import tqdm

        bar = tqdm(total=epochs * steps, unit=" steps", display=False)
        # The bar's own text holds times, which would differ in each saved copy of a notebook.
        text = {"text/plain": SAVED.format(epochs=epochs, steps=steps)}
        display(bar.container._repr_mimebundle_() | text, raw=True)
        return bar
    from tqdm import tqdm

    # None: tqdm looks whether standard error is a screen.
    return tqdm(total=epochs * steps, unit=" steps", disable=None if visible else True)


def in_notebook():
    """Whether this code runs in a Jupyter kernel."""
    return "ipykernel" in sys.modules and "IPKernelApp" in getattr(sys.modules["IPython"].get_ipython(), "config", {})
