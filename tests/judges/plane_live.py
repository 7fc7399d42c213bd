"""The judge of PlaneLive: it moves each point by sines and cosines."""

import math

from helpers.studies.operations.compute import digit_outline
from helpers.widgets import PlaneLive
from judges.shared.judging import Judge
from judges.shared.reading import Form, agrees, reads, unequal

POINTS = Form(
    r"The point \(0, 0\) goes to \((?P<a>.+?), (?P<b>.+?)\), \(1, 0\) to \((?P<c>.+?), (?P<d>.+?)\) and \(0, 1\) to \((?P<e>.+?), "
    r"(?P<f>.+?)\)\. (?P<what>.+)"
)
AREA = Form(r"Straight lines stay straight, and areas are multiplied by (?P<area>[\d.,]+)\.")
FLAT = "The scale 0 sends everything to one point."
FOLDED = Form(
    r"relu folds the plane: (?P<share>.+) of the outline's points land on the axes, where a coordinate is 0\."
)
UNFOLDED = "relu leaves the outline as it is: all of it lies where both coordinates are positive."


def judge_plane_live(settings, sentence, pictured):
    said = POINTS.read(sentence)
    turn = math.radians(settings["angle"])
    relu = settings["activation"] == "relu"

    def before_relu(x, y):
        x, y = settings["scale"] * (x + settings["shear"] * y), settings["scale"] * y
        x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
        return x + settings["shift_right"], y + settings["shift_up"]

    found = []
    corners = [number for corner in ((0, 0), (1, 0), (0, 1)) for number in before_relu(*corner)]
    for name, number in zip("abcdef", corners, strict=True):
        number = max(number, 0) if relu else number
        if not agrees(said[name], number, decimals=2):
            found.append(f"coordinate: {said[name]}, but it is {number}")
    if said["what"] == FLAT:
        return found + unequal(scale=(settings["scale"], 0))
    if settings["scale"] == 0:
        return [*found, f"all goes to one point: {said['what']}"]
    if not relu:
        (x, y), (right, up), (across, along) = (before_relu(*corner) for corner in ((0, 0), (1, 0), (0, 1)))
        area = abs((right - x) * (along - y) - (up - y) * (across - x))
        told = AREA.read(said["what"])["area"]
        return found if agrees(told, area, digits=2) else [*found, f"area: {told}, but it is {area}"]
    moved = [before_relu(x, y) for x, y in digit_outline().tolist()]
    on_axes = sum(x <= 0 or y <= 0 for x, y in moved) / len(moved)
    if said["what"] == UNFOLDED:
        return found + unequal(on_axes=(on_axes, 0))
    told = FOLDED.read(said["what"])["share"]
    right = on_axes > 0 and agrees(told, 100 * on_axes, decimals=0, slack=100 / len(moved))
    return found if right else [*found, f"share: {told}, but it is {on_axes}"]


PLANE_LIVE = Judge(
    PlaneLive,
    reads(judge_plane_live),
    stops={
        "Press *rotate*, then change the scale to 2.": (
            {"angle": 30.0, "scale": 2.0},
            {"scale": 0.0},
            {"scale": 0.0, "activation": "relu"},
        ),
        "Press *relu folds*, then shift the outline until relu does nothing to it any more.": tuple(
            {"activation": "relu", "shift_right": shift, "shift_up": shift} for shift in (1.5, 1.8, 1.9, 2.0)
        ),
    },
)
