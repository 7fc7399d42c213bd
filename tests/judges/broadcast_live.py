"""The judge of BroadcastLive: it compares the shapes axis by axis."""

import math
import re

from helpers.widgets import BroadcastLive
from judges.shared.judging import Judge
from judges.shared.reading import Form, minus, reads, shape_of, unequal

TYPED = Form(r"The left tensor has shape (?P<left>\(.*?\)), the right one (?P<right>\(.*?\))\.")
ALIGNED = Form(
    r"Aligned at their last axes, (?P<left>\(.*?\)) and (?P<right>\(.*?\)) stand under each other\."
)
MISFIT = Form(
    r"broadcast: shapes (?P<left>\(.*?\)) and (?P<right>\(.*?\)) do not fit\. Aligned at their last axes, axis (?P<axis>−\d) is "
    r"(?P<a>\d) on the left and (?P<b>\d) on the right; two axes fit when they are equal or one of them is 1\."
)
NONE_ADDED = Form(r"Both have (?P<axes>\d) (?P<noun>axis|axes) already, so no axis is added\.")
ADDED = Form(
    r"The (?P<side>left|right) one gets (?P<new>\d) new (?P<new_noun>axis|axes) of size 1 in front, so both have (?P<axes>\d) "
    r"(?P<noun>axis|axes) now\."
)
FITS = Form(
    r"(?P<left>\(.*?\)) and (?P<right>\(.*?\)) broadcast to (?P<total>\(.*?\)): (?P<changes>.+?)\."
    r"(?P<pale> Pale entries are repeated ones\.)?"
)
AXES = r"axis −\d(?:(?:, axis −\d)* and axis −\d)?"
CHANGE = re.compile(rf"the (left|right) one is (repeated|left without entries) along ({AXES})(?=, the|$)")


def axis_noun(count):
    return "axis" if count == 1 else "axes"


def judge_broadcast_live(settings, sentence, pictured):
    left, right, step = settings["left"], settings["right"], settings["step"]
    if step in ("as typed", "aligned"):
        said = (TYPED if step == "as typed" else ALIGNED).read(sentence)
        return unequal(left=(shape_of(said["left"]), left), right=(shape_of(said["right"]), right))
    axes = max(len(left), len(right))
    padded = {
        side: [1] * (axes - len(shape)) + list(shape) for side, shape in (("left", left), ("right", right))
    }
    pairs = list(zip(padded["left"], padded["right"], strict=True))
    bad = [place for place, (a, b) in enumerate(pairs) if a != b and a != 1 and b != 1]
    if bad:
        said = MISFIT.read(sentence)
        axis = int(minus(said["axis"]))
        return unequal(
            left=(shape_of(said["left"]), left),
            right=(shape_of(said["right"]), right),
            sizes=(
                (int(said["a"]), int(said["b"])),
                dict(zip(range(-axes, 0), pairs, strict=True)).get(axis),
            ),
            unequal=(axis + axes in bad, True),
        )
    if step == "axes added":
        new = abs(len(left) - len(right))
        if not new:
            said = NONE_ADDED.read(sentence)
            return unequal(axes=(int(said["axes"]), axes), grammar=(said["noun"], axis_noun(axes)))
        said = ADDED.read(sentence)
        return unequal(
            side=(said["side"], "left" if len(left) < len(right) else "right"),
            new=(int(said["new"]), new),
            axes=(int(said["axes"]), axes),
            grammar=((said["new_noun"], said["noun"]), (axis_noun(new), axis_noun(axes))),
        )
    said = FITS.read(sentence)
    total = tuple(b if a == 1 else a for a, b in pairs)
    changes = {}
    for side, shape in padded.items():
        for place, (size, whole) in enumerate(zip(shape, total, strict=True)):
            if size != whole:
                kind = "repeated" if whole else "left without entries"
                changes.setdefault((side, kind), []).append(place - axes)
    told = {
        (side, kind): [int(axis) for axis in re.findall(r"-\d", minus(text))]
        for side, kind, text in CHANGE.findall(said["changes"])
    }
    if not told and said["changes"] != "nothing has to be repeated":
        return [f"unreadable: {said['changes']!r}"]
    pale = math.prod(total) > math.prod(left) or math.prod(total) > math.prod(right)
    return unequal(
        left=(shape_of(said["left"]), left),
        right=(shape_of(said["right"]), right),
        total=(shape_of(said["total"]), total),
        changes=(told, changes),
        pale=(bool(said["pale"]), pale),
    )


BROADCAST_LIVE = Judge(
    BroadcastLive,
    reads(judge_broadcast_live),
    stops={
        "Press *bias added to a batch*, then change the right shape to `4`.": (
            {"left": (4, 3), "right": (4,)},
            {"left": (4, 3), "right": (4, 1)},
        ),
        "Set the left shape to `3, 1` and the right shape to `1, 4`.": ({"left": (3, 1), "right": (1, 4)},),
        "Find two shapes of three axes each in which *both* tensors are repeated": (
            {"left": (2, 3, 1), "right": (1, 3, 4)},
            {"left": (1, 3, 4), "right": (2, 1, 1)},
        ),
    },
)
