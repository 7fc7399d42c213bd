"""Reshape or transpose? The same numbers cut into another shape, or walked through in another order."""

import numpy as np

from helpers.kit.controls import Choice, Options, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.language import Words
from helpers.studies.operations.compute import reorder
from helpers.studies.operations.plots import ReorderingPlot

_ = Words(__name__)

BOTH = _("{first} {second}")
WHERE = _(
    "In a {rows} × {columns} matrix, entry {entry} of the buffer goes from row {row}, column {column} "
    "to row {new_row}, column {new_column}."
)
KEEP = _("Nothing has changed.")
SAME_SHAPE = _("The new shape is the old one, so the reshape has changed nothing.")
RESHAPE = _("Reshape cuts the buffer anew and keeps its order: read row by row, the numbers still count up.")
TRANSPOSE = _("Transposition swaps shape and strides: read row by row, the numbers now jump by {columns}.")
SAME = _("With a single row or column, reshape and transposition give the same.")

OPERATION_LABELS = {"keep": _("keep"), "reshape": _("reshape"), "transpose": _("transpose")}

CODE = """\
import numpy as np

before = np.arange({rows} * {columns}).reshape({rows}, {columns})
after = {after}
print(after)
print("strides, in entries:", tuple(stride // after.itemsize for stride in after.strides))
print("same memory:", np.shares_memory(before, after))
"""
AFTER = {"keep": "before", "reshape": "before.reshape({columns}, {rows})", "transpose": "before.T"}


class ReorderingLive(Explorer):
    """Follow a number by its colour through reshape and transposition."""

    shows = _(
        "The matrix before and after as grids, each number in a colour of its own; below them the buffer, the "
        "numbers as they lie in memory. The chosen entry is framed."
    )
    controls = (
        Choice("rows", _("rows"), 2, numbered((1, 2, 3, 4))),
        Choice("columns", _("columns"), 3, numbered((1, 2, 3, 4, 5, 6))),
        Choice("entry", _("entry"), 1, numbered(range(24))),
        Options("operation", _("operation"), "transpose", OPERATION_LABELS),
    )
    presets = {
        "reshape_2_x_3": Preset(_("reshape 2 × 3"), {"operation": "reshape"}),
        "transpose_4_x_6": Preset(_("transpose 4 × 6"), {"rows": 4, "columns": 6, "entry": 6}),
        "reshape_4_x_6": Preset(
            _("reshape 4 × 6"), {"rows": 4, "columns": 6, "entry": 6, "operation": "reshape"}
        ),
        "a_single_row": Preset(_("a single row"), {"rows": 1, "columns": 6, "operation": "transpose"}),
    }
    compute = staticmethod(reorder)
    plot = ReorderingPlot

    def describe(self, result, rows, columns, operation, entry):
        row, column = divmod(result.entry, columns)
        new_row, new_column = np.argwhere(result.after == result.entry)[0]
        if operation == "keep" or result.before.size == 1:
            what = KEEP
        elif 1 in (rows, columns):
            what = SAME
        elif operation == "transpose":
            what = TRANSPOSE
        else:
            what = SAME_SHAPE if rows == columns else RESHAPE
        return BOTH.format(first=WHERE, second=what).format(
            rows=rows,
            columns=columns,
            entry=result.entry,
            row=row,
            column=column,
            new_row=new_row,
            new_column=new_column,
        )

    def write_code(self, rows, columns, operation, entry):
        return CODE.format(
            rows=rows, columns=columns, after=AFTER[operation].format(rows=rows, columns=columns)
        )
