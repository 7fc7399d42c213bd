"""Images side by side: each with its own title and no ticks."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from helpers.kit.panels import show_panel
from helpers.kit.style import course_style, new_figure


@pytest.mark.parametrize("frame", [None, "#D55E00"])
def test_panel(frame):
    """Else numbers of pixels stand around a digit, its title stands aside, or all are framed as the chosen one is."""
    with course_style():
        axes = new_figure(2, 2).subplots()
        show_panel(axes, np.arange(6).reshape(2, 3), "a digit", frame, vmin=-5, cmap="PuOr")
    (image,) = axes.images
    np.testing.assert_array_equal(image.get_array(), [[0, 1, 2], [3, 4, 5]])
    assert image.get_clim() == (-5, 5) and image.get_cmap().name == "PuOr"
    assert axes.title.get_text() == "a digit" and axes.title.get_weight() == "normal"
    assert axes.get_title(loc="left") == "" and len(axes.get_xticks()) == len(axes.get_yticks()) == 0
    for spine in axes.spines.values():
        assert spine.get_visible() == (frame is not None)
        assert frame is None or spine.get_edgecolor() == to_rgba(frame)
