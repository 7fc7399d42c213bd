"""The judge of DigitSlicer: it walks along each axis as Python does."""

import re

from helpers.widgets import DigitSlicer
from judges.shared.judging import Judge
from judges.shared.reading import Form, reads, shape_of, unequal

SLICE = Form(
    r"images\[(?P<slices>[-\d:, ]+)\] has shape (?P<shape>\(.*?\))(?:, and no pixel in it: (?P<causes>.+))?\."
)
CAUSE = re.compile(
    r"along ((?:digits|rows|columns)(?:(?:, rows)? and (?:rows|columns))?), the slice ends (where|before) it begins"
)
LENGTHS = {"digits": 20, "rows": 28, "columns": 28}


def walk_slice(start, stop, step, length):
    """Walk as Python does: negative numbers count from the end, then from start towards stop, without it."""
    first, last = (-1, length - 1) if step < 0 else (0, length)
    begin, end = (min(max(n + length if n < 0 else n, first), last) for n in (start, stop))
    walked, place = [], begin
    while (place < end) if step > 0 else (place > end):
        walked.append(place)
        place += step
    return begin, end, walked


def judge_digit_slicer(settings, sentence, pictured):
    said = SLICE.read(sentence)
    found, sizes, texts, causes = [], [], [], {}
    for axis, length in LENGTHS.items():
        start, stop, step = (settings[f"{axis}_{part}"] for part in ("start", "stop", "step"))
        begin, end, walked = walk_slice(start, stop, step, length)
        sizes.append(len(walked))
        texts.append(f"{start}:{stop}" + ("" if step == 1 else f":{step}"))
        if not walked:
            causes[axis] = "where" if begin == end else "before"
    told = {}
    for axes, cause in CAUSE.findall(said["causes"] or ""):
        told |= dict.fromkeys(re.split(", | and ", axes), cause)
    if said["causes"] and CAUSE.sub("", said["causes"]).strip(", and"):
        found.append(f"unreadable: {said['causes']!r}")
    return found + unequal(
        slices=(said["slices"], ", ".join(texts)),
        shape=(shape_of(said["shape"]), tuple(sizes)),
        causes=(told, causes),
    )


DIGIT_SLICER = Judge(
    DigitSlicer,
    reads(judge_digit_slicer),
    stops={
        "Press *upside down*, then set *rows: stop* from −29 to 0.": (
            {"rows_start": 27, "rows_stop": 0, "rows_step": -1},
        ),
    },
)
