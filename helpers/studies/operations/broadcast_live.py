"""Broadcasting, step by step: two shapes that one types, and how they come to fit or why they never will."""

from helpers.kit.controls import Options, Shape
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.words import enumerated, listed
from helpers.language import Words
from helpers.studies.operations.compute import broadcast, padded
from helpers.studies.operations.plots import BroadcastPlot, name_axis

_ = Words(__name__)

TYPED = _("The left tensor has shape {left}, the right one {right}.")
ALIGNED = _("Aligned at their last axes, {left} and {right} stand under each other.")
NOTHING_ADDED = _("Both have {axes} already, so no axis is added.")
ADDED = {
    "left": _("The left one gets {new} of size 1 in front, so both have {axes} now."),
    "right": _("The right one gets {new} of size 1 in front, so both have {axes} now."),
}
AXES = _.count("{number} axis", "{number} axes")
NEW_AXES = _.count("{number} new axis", "{number} new axes")
SAME = _("{left} and {right} broadcast to {total}: nothing has to be repeated.")
FITS = _("{left} and {right} broadcast to {total}: {changes}.")
REPEATED = {
    "left": _("the left one is repeated along {axes}"),
    "right": _("the right one is repeated along {axes}"),
}
EMPTIED = {
    "left": _("the left one is left without entries along {axes}"),
    "right": _("the right one is left without entries along {axes}"),
}
PALE = _("{sentence} Pale entries are repeated ones.")

STEP_LABELS = {
    "as typed": _("as typed"),
    "aligned": _("aligned"),
    "axes added": _("axes added"),
    "repeated": _("repeated"),
}

CODE = """\
import numpy as np

left = 10 * np.arange(1, 1 + np.prod({left}, dtype=int)).reshape({left})
right = np.arange(1, 1 + np.prod({right}, dtype=int)).reshape({right})
try:
    total = left + right
    print("shape", total.shape)
    print(total)
except ValueError as error:
    total = None
    print("NumPy says:", error)
"""


class BroadcastLive(Explorer):
    """Type two shapes and watch them align, gain axes and repeat; or read which axis disagrees."""

    shows = _(
        "The two shapes one above the other, aligned at their last axes, with the shape of the sum; below "
        "them, if they fit, the numbers of both and of the sum as grids."
    )
    controls = (
        Shape("left", _("left shape"), (3, 1), max_rank=4, max_size=5),
        Shape("right", _("right shape"), (4,), max_rank=4, max_size=5),
        Options("step", _("step"), "repeated", STEP_LABELS),
    )
    presets = {
        "bias_added_to_a_batch": Preset(_("bias added to a batch"), {"left": (4, 3), "right": (3,)}),
        "a_number_and_a_matrix": Preset(_("a number and a matrix"), {"left": (2, 4), "right": ()}),
        "sizes_disagree": Preset(_("sizes disagree"), {"left": (3, 2), "right": (3,)}),
        "three_axes": Preset(_("three axes"), {"left": (2, 3, 1), "right": (3, 4)}),
        "aligned": Preset(_("aligned"), {"left": (2, 3, 1), "right": (3, 4), "step": "aligned"}),
    }
    plot = BroadcastPlot

    def compute(self, left, right, step):
        return broadcast(left, right, step)

    def describe(self, result, left, right, step):
        if step == "as typed":
            return TYPED.format(left=left, right=right)
        if step == "aligned":
            return ALIGNED.format(left=left, right=right)
        if result.total is None:
            return result.trouble
        if step == "axes added":
            return say_added(left, right)
        changes = say_changes(result)
        sentence = FITS if changes else SAME
        if result.total.size > min(result.left.size, result.right.size):
            sentence = PALE.format(sentence=sentence)
        words = {"left": left, "right": right, "total": result.total.shape}
        return sentence.format(changes=enumerated(changes) if changes else "", **words)

    def write_code(self, left, right, step):
        return CODE.format(left=left, right=right)


def say_added(left, right):
    new = abs(len(left) - len(right))
    axes = AXES(max(len(left), len(right)))
    if new == 0:
        return NOTHING_ADDED.format(axes=axes)
    side = "left" if len(left) < len(right) else "right"
    return ADDED[side].format(new=NEW_AXES(new), axes=axes)


def say_changes(result):
    """Say which of both is repeated, and along which axes; an axis of size 1 beside one of size 0 loses its entry."""
    shape = result.total.shape
    changes = []
    for side, array in (("left", result.left), ("right", result.right)):
        sizes = zip(range(-len(shape), 0), padded(array.shape, len(shape)), shape, strict=True)
        changed = [(axis, whole) for axis, size, whole in sizes if size != whole]
        for templates, emptied in ((REPEATED, False), (EMPTIED, True)):
            axes = [name_axis(axis) for axis, whole in changed if (whole == 0) == emptied]
            if axes:
                changes.append(templates[side].format(axes=listed(axes)))
    return changes
