"""Made-up digits, which the cases of several studies draw: rings of ink of growing size."""

import numpy as np


def ring(size):
    """Draw a 28 × 28 ring of ink of a given size."""
    rows, columns = np.mgrid[-13.5:14, -13.5:14]
    distance = np.hypot(rows, 1.4 * columns)
    return (255 * np.exp(-(((distance - size) / 2) ** 2))).astype(np.uint8)


RINGS = np.stack([ring(size) for size in range(2, 14)])
