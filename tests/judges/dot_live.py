"""The judge of DotLive: it multiplies and adds entry by entry."""

import re

from helpers.widgets import DotLive
from judges.shared.judging import Judge
from judges.shared.reading import Form, minus, reads, shape_of, unequal

PRODUCT = Form(
    r"(?:Row (?P<row>\d) of the left meets column (?P<column>\d) of the right|Entry by entry): (?P<terms>.+?) = "
    r"(?P<total>−?\d+)\. The product has shape (?P<shape>\(.*?\))\."
)
NO_ENTRY = Form(r"The product has shape (?P<shape>\(.*?\)), so it has no entry at all\.")
NO_MATRIX = Form(
    r"matmul: shapes (?P<left>\(.*?\)) and (?P<right>\(.*?\)) do not fit\. A single number has no rows or columns; multiply with \* "
    r"instead\."
)
NO_PRODUCT = Form(
    r"matmul: shapes (?P<left>\(.*?\)) and (?P<right>\(.*?\)) do not fit\. The last axis of the left has length (?P<a>\d), but the "
    r"(?P<axis>second last|only) axis of the right has length (?P<b>\d); a row and a column must be equally long\."
)


def judge_dot_live(settings, sentence, pictured):
    left, right = settings["left"], settings["right"]
    if not left or not right:
        said = NO_MATRIX.read(sentence)
        return unequal(left=(shape_of(said["left"]), left), right=(shape_of(said["right"]), right))
    rows = left[0] if len(left) == 2 else 1
    inner, columns = right[0], right[1] if len(right) == 2 else 1
    if left[-1] != inner:
        said = NO_PRODUCT.read(sentence)
        return unequal(
            left=(shape_of(said["left"]), left),
            right=(shape_of(said["right"]), right),
            lengths=((int(said["a"]), int(said["b"])), (left[-1], inner)),
            axis=(said["axis"], "second last" if len(right) == 2 else "only"),
        )
    shape = left[:-1] + right[1:]
    if 0 in shape:
        return unequal(shape=(shape_of(NO_ENTRY.read(sentence)["shape"]), shape))
    said = PRODUCT.read(sentence)
    row, column = min(settings["row"], rows - 1), min(settings["column"], columns - 1)
    terms = [
        ((row * inner + place + 1) % 7 - 2, 4 - (place * columns + column + 1) % 6) for place in range(inner)
    ]
    told = [
        tuple(map(int, factors))
        for factors in re.findall(r"\(?(-?\d+)\)?·\(?(-?\d+)\)?", minus(said["terms"]))
    ]
    matrices = len(left) == len(right) == 2
    total = sum(a * b for a, b in terms)
    return unequal(
        terms=(told, terms),
        no_terms=(said["terms"] == "a sum of no terms", not terms),
        total=(int(minus(said["total"])), total),
        shape=(shape_of(said["shape"]), shape),
        place=((said["row"], said["column"]), (str(row), str(column)) if matrices else (None, None)),
    )


DOT_LIVE = Judge(
    DotLive,
    reads(judge_dot_live),
    stops={
        "Press *matrix and vector*, then type `1, 4` in place of `4`.": (
            {"left": (3, 4), "right": (1, 4)},
            {"left": (3, 4), "right": (4, 1)},
        ),
        "Press *column times row*.": tuple(
            {"left": (4, 1), "right": (1, 3), "row": row, "column": column}
            for row in range(4)
            for column in range(3)
        ),
    },
)
