"""The tensor viewer: any shape of up to five axes, drawn as nested grids, with its strides and its flat buffer."""

from helpers.kit.controls import Choice, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.language import Words
from helpers.studies.tensors.compute import view_tensor
from helpers.studies.tensors.plots import TensorPlot

_ = Words(__name__)

SCALAR = _("Rank 0, shape (), 1 value: a scalar has no axis, so it has no strides and nothing to index.")
BOTH = _("{first} {second}")
VALUES = _.count(
    "Rank {rank}, shape {shape}, {number} value, strides {strides}.",
    "Rank {rank}, shape {shape}, {number:,} values, strides {strides}.",
)
SOME = _("Index {index} along axis {axis}, tensor[{indices}], picks {picked} of them, of shape {part}.")
ALL = _("Index {index} along axis {axis}, tensor[{indices}], picks all of them, of shape {part}.")
ONLY = _("Index {index} along axis {axis}, tensor[{indices}], picks it, of shape {part}.")
SIZE = _("size of axis {axis}")

CODE = """\
import numpy as np

tensor = np.arange({count}).reshape({shape})
part = tensor[{indices}]
print("rank", tensor.ndim, "shape", tensor.shape)
print("strides in entries:", tuple(stride // tensor.itemsize for stride in tensor.strides))
print(part)
"""


class TensorViewer(Explorer):
    """Choose the rank and the size of each axis; pick an index along one of them."""

    shows = _(
        "The numbers of the tensor as nested grids; below them the buffer, the numbers as they lie in memory. "
        "The picked ones are marked."
    )
    controls = (
        Choice("rank", _("rank"), 3, numbered((0, 1, 2, 3, 4, 5))),
        *(
            Choice(f"size_{axis}", SIZE.format(axis=axis), size, numbered((1, 2, 3, 4)))
            for axis, size in enumerate((2, 3, 4, 2, 2))
        ),
        Choice("axis", _("index along axis"), 0, numbered((0, 1, 2, 3, 4))),
        Choice("index", _("index"), 1, numbered((0, 1, 2, 3))),
    )
    presets = {
        "scalar": Preset(_("scalar"), {"rank": 0}),
        "vector": Preset(_("vector"), {"rank": 1, "size_0": 4}),
        "matrix": Preset(_("matrix"), {"rank": 2, "size_0": 3, "size_1": 4}),
        "a_column_of_a_matrix": Preset(
            _("a column of a matrix"), {"rank": 2, "size_0": 3, "size_1": 4, "axis": 1}
        ),
        "4d": Preset(_("4D"), {"rank": 4, "axis": 3}),
        "5d": Preset(_("5D"), {"rank": 5, "size_0": 3}),
    }
    plot = TensorPlot

    def compute(self, rank, axis, index, **sizes):
        return view_tensor(tuple(sizes[f"size_{axis}"] for axis in range(rank)), axis, index)

    def describe(self, result, **settings):
        tensor = result.tensor
        if tensor.ndim == 0:
            return SCALAR
        known = VALUES(tensor.size, rank=tensor.ndim, shape=tensor.shape, strides=result.strides)
        picks = SOME if result.part.size < tensor.size else ALL if tensor.size > 1 else ONLY
        part = picks.format(
            index=result.index,
            axis=result.axis,
            indices=write_indices(result),
            picked=result.part.size,
            part=result.part.shape,
        )
        return BOTH.format(first=known, second=part)

    def write_code(self, **settings):
        result = self.compute(**settings)
        return CODE.format(count=result.tensor.size, shape=result.tensor.shape, indices=write_indices(result))


def write_indices(result):
    """Write the index as Python does: a colon for each axis that is kept whole."""
    if result.axis is None:
        return "()"
    return ", ".join(str(result.index) if axis == result.axis else ":" for axis in range(result.tensor.ndim))
