"""What is different where Python runs in a browser: NumPy without BLAS, files in the browser's storage, no other hosts."""

import logging
import pathlib
import sys

import numpy as np

IN_BROWSER = sys.platform == "emscripten"
# JupyterLite keeps what lies here beside the notebooks, also tomorrow.
STORAGE = pathlib.Path("/drive")

plain_matmul = np.matmul


def matmul(x, y, **options):
    """Multiply as `np.matmul` does, matrices by `np.einsum`: ten times as fast there, if its innermost loop is a long one.

    That loop runs over what lies in one piece in memory: over rows of both, or of the second and the product.
    """
    x, y = np.asarray(x), np.asarray(y)
    if options or x.ndim != 2 or y.ndim != 2 or x.shape[1] != y.shape[0]:
        return plain_matmul(x, y, **options)
    if x.shape[1] >= y.shape[1]:
        return np.einsum("ij,kj->ik", np.ascontiguousarray(x), np.ascontiguousarray(y.T))
    return np.einsum("ij,jk->ik", np.ascontiguousarray(x), np.ascontiguousarray(y))


def settle_in():
    """Make NumPy's products fast, and keep quiet what always fails there: a thread for bars, a quick start of Matplotlib."""
    import tqdm

    np.matmul = matmul
    tqdm.tqdm.monitor_interval = 0
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
