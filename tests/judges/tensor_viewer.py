"""The judge of TensorViewer: it counts entries and strides in plain loops."""

import itertools

from helpers.widgets import TensorViewer
from judges.shared.judging import Judge
from judges.shared.reading import Form, reads, shape_of, unequal

SCALAR = "Rank 0, shape (), 1 value: a scalar has no axis, so it has no strides and nothing to index."
VIEW = Form(
    r"Rank (?P<rank>\d), shape (?P<shape>\(.*?\)), (?P<count>[\d,]+) (?P<values>values?), strides (?P<strides>\(.*?\))\. "
    r"Index (?P<index>\d) along axis (?P<axis>\d), tensor\[(?P<indices>[\d:, ]+)\], picks (?P<picked>.+), of shape "
    r"(?P<part>\(.*?\))\."
)


def places(shape):
    return list(itertools.product(*map(range, shape)))


def judge_tensor_viewer(settings, sentence, pictured):
    shape = tuple(settings[f"size_{axis}"] for axis in range(settings["rank"]))
    if not shape:
        return unequal(sentence=(sentence, SCALAR))
    said = VIEW.read(sentence)
    axis = min(settings["axis"], len(shape) - 1)
    index = min(settings["index"], shape[axis] - 1)
    strides, count = [], 1
    for size in reversed(shape):
        strides.insert(0, count)
        count *= size
    part = [place for place in places(shape) if place[axis] == index]
    many = "it" if count == 1 else "all of them" if len(part) == count else f"{len(part)} of them"
    picks = ", ".join(str(index) if place == axis else ":" for place in range(len(shape)))
    return unequal(
        rank=(int(said["rank"]), len(shape)),
        shape=(shape_of(said["shape"]), shape),
        count=(int(said["count"].replace(",", "")), count),
        grammar=(said["values"], "value" if count == 1 else "values"),
        strides=(shape_of(said["strides"]), tuple(strides)),
        axis=(int(said["axis"]), axis),
        index=(int(said["index"]), index),
        indices=(said["indices"], picks),
        picked=(said["picked"], many),
        part=(shape_of(said["part"]), shape[:axis] + shape[axis + 1 :]),
    )


TENSOR_VIEWER = Judge(
    TensorViewer,
    reads(judge_tensor_viewer),
    stops={
        "Press *matrix*, then *a column of a matrix*.": (
            {"rank": 2, "size_0": 3, "size_1": 4},
            {"rank": 2, "size_0": 3, "size_1": 4, "axis": 1},
        ),
        "In a 3D tensor, move *index along axis* from 0 to 2.": ({"axis": 1}, {"axis": 2}),
        "Press *5D*, then lower the rank to 4, 3, 2, 1, 0.": tuple(
            {"size_0": 3, "rank": rank} for rank in (5, 4, 3, 2, 1, 0)
        ),
    },
    tries=100,
)
