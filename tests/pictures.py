"""Whether two pictures are the same one, drawn on two machines."""

import io

import numpy as np
from PIL import Image

# Of 255 levels: libraries and processors round the edge of a line in their own way, and no eye sees it.
NEARLY = 8


def nearly_equal(one, other):
    """Whether two files, as bytes of PNG, show the same: of one size, and no pixel differs by more than NEARLY levels."""
    first, second = (
        np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"), dtype=int) for content in (one, other)
    )
    return first.shape == second.shape and int(np.abs(first - second).max()) <= NEARLY
