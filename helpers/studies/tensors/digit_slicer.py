"""Slice a tensor of real digits along each of its axes, and see what is left."""

from helpers.kit.controls import Choice, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.words import listed
from helpers.language import Words
from helpers.studies.tensors.compute import DIGITS_TO_SLICE, slice_digits
from helpers.studies.tensors.plots import DigitSlicePlot

_ = Words(__name__)

GIVES = _("{expression} has shape {shape}.")
ENDS_WHERE = _(
    "{expression} has shape {shape}, and no pixel in it: along {where}, the slice ends where it begins."
)
ENDS_BEFORE = _(
    "{expression} has shape {shape}, and no pixel in it: along {before}, the slice ends before it begins."
)
ENDS_BOTH = _(
    "{expression} has shape {shape}, and no pixel in it: along {where}, the slice ends where it begins, and along {before}, the slice "
    "ends before it begins."
)
AXIS_LABELS = {"digits": _("digits"), "rows": _("rows"), "columns": _("columns")}
START, STOP, STEP = _("{axis}: start"), _("{axis}: stop"), _("{axis}: step")
SHAPE = (DIGITS_TO_SLICE, 28, 28)

CODE = """\
from helpers.datasets import load_mnist

(images, labels), _ = load_mnist()
images = images[:{count}]
picked = {expression}
print(picked.shape)
"""


def axis_controls(axis, size, start, stop):
    """Return the three controls of one axis; start and stop may be negative, as in Python; -size - 1 lies before all."""
    places, name = numbered(range(-size - 1, size + 1)), AXIS_LABELS[axis]
    return (
        Choice(f"{axis}_start", START.format(axis=name), start, places),
        Choice(f"{axis}_stop", STOP.format(axis=name), stop, places),
        Choice(f"{axis}_step", STEP.format(axis=name), 1, numbered((-3, -2, -1, 1, 2, 3, 4))),
    )


class DigitSlicer(Explorer):
    """Set start, stop and step on the digit, row and column axes of an array of shape (20, 28, 28)."""

    shows = _(
        "Left, the first digit with the picked rows and columns marked. Right, the digits that the slice "
        "gives, side by side."
    )
    controls = (
        *axis_controls("digits", DIGITS_TO_SLICE, 0, 10),
        *axis_controls("rows", 28, 0, 28),
        *axis_controls("columns", 28, 0, 28),
    )
    presets = {
        "every_second_digit": Preset(_("every second digit"), {"digits_stop": 20, "digits_step": 2}),
        "the_middle": Preset(
            _("the middle"), {"rows_start": 7, "rows_stop": 21, "columns_start": 7, "columns_stop": 21}
        ),
        "every_second_pixel": Preset(_("every second pixel"), {"rows_step": 2, "columns_step": 2}),
        "upside_down": Preset(_("upside down"), {"rows_start": 27, "rows_stop": -29, "rows_step": -1}),
        "the_last_three": Preset(_("the last three"), {"digits_start": -3, "digits_stop": 20}),
        "nothing": Preset(_("nothing"), {"rows_start": 20, "rows_stop": 10}),
    }
    plot = DigitSlicePlot

    def compute(self, **settings):
        return slice_digits(
            [tuple(settings[f"{axis}_{part}"] for part in ("start", "stop", "step")) for axis in AXIS_LABELS]
        )

    def describe(self, result, **settings):
        where, before = find_empty(result)
        template = GIVES
        if where or before:
            template = ENDS_BOTH if where and before else ENDS_WHERE if where else ENDS_BEFORE
        return template.format(
            expression=write_expression(result),
            shape=result.picked.shape,
            where=listed(where) if where else "",
            before=listed(before) if before else "",
        )

    def write_code(self, **settings):
        return CODE.format(count=DIGITS_TO_SLICE, expression=write_expression(self.compute(**settings)))


def find_empty(result):
    """List the axes along which a slice ends where it begins, and before; start and stop beyond an end stand for that end."""
    where, before = [], []
    for name, part, length, size in zip(
        AXIS_LABELS.values(), result.slices, SHAPE, result.picked.shape, strict=True
    ):
        if size == 0:
            start, stop, _ = part.indices(length)
            (where if start == stop else before).append(name)
    return where, before


def write_expression(result):
    """Write the slices as Python does, without a step of 1."""
    parts = [
        f"{part.start}:{part.stop}" + ("" if part.step == 1 else f":{part.step}") for part in result.slices
    ]
    return f"images[{', '.join(parts)}]"
