"""A layer of two units, seen on the plane: turn, stretch, shear, shift, and fold with relu."""

import numpy as np

from helpers.kit.controls import Options, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import percent, significant, write_point
from helpers.language import Words
from helpers.studies.operations.compute import move_plane
from helpers.studies.operations.plots import PlanePlot

_ = Words(__name__)

BOTH = _("{first} {second}")
POINTS = _("The point (0, 0) goes to {centre}, (1, 0) to {right} and (0, 1) to {up}.")
AREA = _("Straight lines stay straight, and areas are multiplied by {area}.")
FLAT = _("The scale 0 sends everything to one point.")
FOLDED = _("relu folds the plane: {share} of the outline's points land on the axes, where a coordinate is 0.")
UNFOLDED = _("relu leaves the outline as it is: all of it lies where both coordinates are positive.")

ACTIVATION_LABELS = {"none": _("none"), "relu": "relu"}

CODE = """\
import numpy as np
from helpers.operations import relu
from helpers.studies.operations.compute import digit_outline

turn = np.radians({angle!r})
rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
kernel = {scale!r} * np.array([[1, 0], [{shear!r}, 1]]) @ rotation
bias = np.array([{shift_right!r}, {shift_up!r}])
moved = digit_outline() @ kernel + bias
{activation}print(kernel.round(2))
print("from", moved.min(axis=0).round(2), "to", moved.max(axis=0).round(2))
"""


class PlaneLive(Explorer):
    """Move the weights of a Dense layer of two units and see what it does to the plane."""

    shows = _(
        "Left, the outline of a handwritten 4 on a square grid. Right, outline and grid after the layer."
    )
    controls = (
        Slider("angle", _("angle in degrees"), 0.0, -180.0, 180.0, 5.0, ".0f"),
        Slider("scale", _("scale"), 1.0, -2.0, 2.0, 0.1, ".1f"),
        Slider("shear", _("shear"), 0.0, -2.0, 2.0, 0.1, ".1f"),
        Slider("shift_right", _("shift right"), 0.0, -2.0, 2.0, 0.1, ".1f"),
        Slider("shift_up", _("shift up"), 0.0, -2.0, 2.0, 0.1, ".1f"),
        Options("activation", _("activation"), "none", ACTIVATION_LABELS),
    )
    presets = {
        "rotate": Preset(_("rotate"), {"angle": 30.0}),
        "shear": Preset(_("shear"), {"shear": 1.0}),
        "shift": Preset(_("shift"), {"shift_right": 1.0, "shift_up": 0.5}),
        "relu_folds": Preset(_("relu folds"), {"activation": "relu"}),
        "shift_then_fold": Preset(
            _("shift, then fold"), {"shift_right": 0.8, "shift_up": 0.8, "activation": "relu"}
        ),
        "turn_then_fold": Preset(_("turn, then fold"), {"angle": 45.0, "activation": "relu"}),
    }
    compute = staticmethod(move_plane)
    plot = PlanePlot

    def describe(self, result, activation, **others):
        centre, right, up = (write_point(corner, in_hundredths) for corner in result.moved_corners)
        words = {"centre": centre, "right": right, "up": up}
        if not result.kernel.any():
            what = FLAT
        elif activation == "none":
            what = AREA
            words["area"] = significant(abs(np.linalg.det(result.kernel)))
        else:
            on_axes = np.mean((result.moved_outline <= 0).any(axis=1))
            what = FOLDED if on_axes else UNFOLDED
            words["share"] = percent(on_axes)
        return BOTH.format(first=POINTS, second=what).format(**words)

    def write_code(self, activation, **settings):
        line = "moved = relu(moved)\n" if activation == "relu" else ""
        return CODE.format(activation=line, **settings)


def in_hundredths(coordinate):
    return significant(round(coordinate, 2), 6)
