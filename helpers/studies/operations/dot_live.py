"""The dot product, entry by entry: a row of the left meets a column of the right."""

import numpy as np

from helpers.kit.controls import Choice, Shape, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import write
from helpers.language import Words
from helpers.studies.operations.compute import multiply_matrices
from helpers.studies.operations.plots import ProductPlot

_ = Words(__name__)

MATRIX = _(
    "Row {row} of the left meets column {column} of the right: {terms} = {total}. The product has shape {shape}."
)
VECTOR = _("Entry by entry: {terms} = {total}. The product has shape {shape}.")
NO_ENTRY = _("The product has shape {shape}, so it has no entry at all.")
EMPTY_SUM = _("a sum of no terms")

CODE = """\
import numpy as np

left = np.arange(1, 1 + np.prod({left}, dtype=int)).reshape({left}) % 7 - 2
right = 4 - np.arange(1, 1 + np.prod({right}, dtype=int)).reshape({right}) % 6
try:
    product = left @ right
    print("shape", product.shape)
    print(product)
except ValueError as error:
    product = None
    print("NumPy says:", error)
"""


class DotLive(Explorer):
    """Type two shapes, choose an entry of their product, and see the row and the column that make it."""

    shows = _(
        "Two arrays of numbers and their product as grids; the chosen entry of the product and the numbers "
        "that make it are marked."
    )
    controls = (
        Shape("left", _("left shape"), (2, 3), max_rank=2, max_size=5),
        Shape("right", _("right shape"), (3, 4), max_rank=2, max_size=5),
        Choice("row", _("row"), 1, numbered((0, 1, 2, 3, 4))),
        Choice("column", _("column"), 2, numbered((0, 1, 2, 3, 4))),
    )
    presets = {
        "vector_and_vector": Preset(_("vector and vector"), {"left": (4,), "right": (4,)}),
        "matrix_and_vector": Preset(_("matrix and vector"), {"left": (3, 4), "right": (4,)}),
        "a_dense_layer": Preset(_("a Dense layer"), {"left": (5, 4), "right": (4, 2), "row": 4, "column": 1}),
        "turned_round": Preset(_("turned round"), {"left": (3, 4), "right": (2, 3)}),
        "column_times_row": Preset(_("column times row"), {"left": (4, 1), "right": (1, 3)}),
    }
    compute = staticmethod(multiply_matrices)
    plot = ProductPlot

    def describe(self, result, **settings):
        if result.product is None:
            return result.trouble
        shape = result.product.shape
        if result.product.size == 0:
            return NO_ENTRY.format(shape=shape)
        row = np.atleast_2d(result.left)[result.row]
        column = result.right if result.right.ndim == 1 else result.right[:, result.column]
        terms = " + ".join(f"{signed(a)}·{signed(b)}" for a, b in zip(row, column, strict=True)) or EMPTY_SUM
        sentence = MATRIX if result.left.ndim == result.right.ndim == 2 else VECTOR
        return sentence.format(
            row=result.row,
            column=result.column,
            terms=terms,
            total=write(row @ column, ".0f"),
            shape=shape,
        )

    def write_code(self, left, right, **others):
        return CODE.format(left=left, right=right)


def signed(number):
    """Write a whole number so that it can stand in a sum: a negative one in brackets."""
    text = write(number, ".0f")
    return text if number >= 0 else f"({text})"
