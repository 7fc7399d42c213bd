"""The tensor viewer: any shape of up to five axes, drawn as nested grids, with its strides and its flat buffer."""

from helpers.kit.controls import Choice, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.words import plural
from helpers.studies.tensors.compute import view_tensor
from helpers.studies.tensors.plots import TensorPlot

SCALAR = "Rank 0, shape (), 1 value: a scalar has no axis, so it has no strides and nothing to index."
ONE_VALUE = "Rank {rank}, shape {shape}, 1 value, strides {strides}."
VALUES = "Rank {rank}, shape {shape}, {number:,} values, strides {strides}."
SOME = "Index {index} along axis {axis}, tensor[{indices}], picks {picked} of them, of shape {part}."
ALL = "Index {index} along axis {axis}, tensor[{indices}], picks all of them, of shape {part}."
ONLY = "Index {index} along axis {axis}, tensor[{indices}], picks it, of shape {part}."

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

    shows = (
        "The numbers of the tensor as nested grids; below them the buffer, the numbers as they lie in memory. "
        "The picked ones are marked."
    )
    controls = (
        Choice("rank", "rank", 3, numbered((0, 1, 2, 3, 4, 5))),
        *(
            Choice(f"size_{axis}", f"size of axis {axis}", size, numbered((1, 2, 3, 4)))
            for axis, size in enumerate((2, 3, 4, 2, 2))
        ),
        Choice("axis", "index along axis", 0, numbered((0, 1, 2, 3, 4))),
        Choice("index", "index", 1, numbered((0, 1, 2, 3))),
    )
    presets = {
        "scalar": Preset("scalar", {"rank": 0}),
        "vector": Preset("vector", {"rank": 1, "size_0": 4}),
        "matrix": Preset("matrix", {"rank": 2, "size_0": 3, "size_1": 4}),
        "a_column_of_a_matrix": Preset(
            "a column of a matrix", {"rank": 2, "size_0": 3, "size_1": 4, "axis": 1}
        ),
        "4d": Preset("4D", {"rank": 4, "axis": 3}),
        "5d": Preset("5D", {"rank": 5, "size_0": 3}),
    }
    plot = TensorPlot

    def compute(self, rank, axis, index, **sizes):
        return view_tensor(tuple(sizes[f"size_{axis}"] for axis in range(rank)), axis, index)

    def describe(self, result, **settings):
        tensor = result.tensor
        if tensor.ndim == 0:
            return SCALAR
        known = plural(
            tensor.size, ONE_VALUE, VALUES, rank=tensor.ndim, shape=tensor.shape, strides=result.strides
        )
        picks = SOME if result.part.size < tensor.size else ALL if tensor.size > 1 else ONLY
        part = picks.format(
            index=result.index,
            axis=result.axis,
            indices=write_indices(result),
            picked=result.part.size,
            part=result.part.shape,
        )
        return " ".join([known, part])

    def write_code(self, **settings):
        result = self.compute(**settings)
        return CODE.format(count=result.tensor.size, shape=result.tensor.shape, indices=write_indices(result))


def write_indices(result):
    """Write the index as Python does: a colon for each axis that is kept whole."""
    if result.axis is None:
        return "()"
    return ", ".join(str(result.index) if axis == result.axis else ":" for axis in range(result.tensor.ndim))
