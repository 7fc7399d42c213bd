"""The judge of BallLive: a ball that rolls on for 3,000 steps, and each crossing of the hill looked at by itself."""

import itertools
import math

from helpers.widgets import BallLive
from judges.shared.judging import NUMBER, Judge
from judges.shared.mathematics import CURVES

STEPS, FAR = 120, 3000
START = 4.0


def roll(curve, rate, momentum):
    slope = CURVES[curve][1]
    place, velocity, path = START, 0.0, [(START, 0.0)]
    for _ in range(FAR):
        velocity = momentum * velocity - rate * slope(place)
        place += velocity
        path.append((place, velocity))
        if abs(place) > 1e30:
            break
    return path


def hear_ball(case):
    curve, step = case.settings["curve"], case.settings["step"]
    rate, momentum = case.settings["learning_rate"], case.settings["momentum"]
    _, _, bend, minima, top = CURVES[curve]
    path = roll(curve, rate, momentum)
    places = [place for place, _ in path]
    lost = abs(places[-1]) > 1e3
    shown = places[: STEPS + 1]

    now = case.must(
        rf"Step {step} on the {curve}, learning rate (?P<rate>{NUMBER}), momentum (?P<momentum>{NUMBER}): the ball is "
    )
    if not now:
        return
    case.number(now["rate"], rate, "the learning rate", 6)
    case.number(now["momentum"], momentum, "the momentum", 6)
    if case.take(r"far outside of the picture\. "):
        case.hold(step >= len(path) or abs(places[step]) > 50, "it is inside of it")
    elif found := case.must(
        rf"at w = (?P<place>{NUMBER}) and (?:(?P<still>hardly moves)|moves (?P<side>right|left), (?P<speed>{NUMBER}) a step)\. "
    ):
        case.hold(step < len(path), "it is far outside")
        place, velocity = path[min(step, len(path) - 1)]
        case.number(found["place"], place, "the place", decimals=2)
        if found["still"]:
            case.hold(abs(velocity) < 0.0051, f"it moves {velocity}")
        else:
            case.number(found["speed"], abs(velocity), "the speed", decimals=2)
            case.hold(
                (velocity > 0) == (found["side"] == "right") and found["speed"] != "0.00",
                f"it moves {velocity}",
            )
            if case.pictured and abs(place) < 4.4:
                sign = "+" if velocity > 0 else "−"
                drawn = any("velocity" in text for text in case.pictured)
                case.hold(
                    not drawn or f"velocity {sign}{found['speed']}" in case.pictured,
                    "the picture has another speed",
                )

    if case.take(
        r"It is thrown out of the hollow, to places where the curve is ever steeper: the steps are too large\.$"
    ):
        case.hold(lost, "it is not thrown out for ever")
        return
    case.hold(not lost or abs(shown[-1]) < 10, "it is thrown out, and that is not said")

    if len(path) <= STEPS:
        return
    last = shown[-20:]
    moves = [later - earlier for earlier, later in itertools.pairwise(last)]
    turns = sum(one * other < 0 for one, other in itertools.pairwise(moves))
    nearest = min(minima, key=lambda minimum: abs(minimum - shown[-1]))
    if top is None:
        if case.take(rf"By step {STEPS} it is at rest in the minimum\.$"):
            case.hold(
                all(abs(move) < 0.0051 for move in moves[-10:]) and abs(shown[-1]) < 0.03, "it is not at rest"
            )
            case.hold(max(map(abs, places[STEPS:])) < 0.05, "it does not stay")
        elif case.take(
            rf"At step {STEPS} it still swings around the minimum: so much momentum keeps it going\.$"
        ):
            case.hold(
                turns or any(one * other < 0 for one, other in itertools.pairwise(shown[-30:])),
                "it does not swing",
            )
            # Complex roots: the swings shrink by √momentum a step, whatever the learning rate.
            case.hold(
                (1 + momentum - rate) ** 2 < 4 * momentum + 1e-9, "it does not swing because of its momentum"
            )
            case.hold(momentum**0.5 > 0.9, "it is not the momentum that keeps it going")
        elif case.take(rf"At step {STEPS} it is still on its way to the minimum\.$"):
            case.hold(abs(shown[-1]) > 0.01 and turns == 0, "it is not on its way")
            case.hold(shown[-1] * moves[-1] < 0 or momentum > 0.9, "it moves away")
            case.hold(min(map(abs, places[STEPS:])) < 0.1, "it never gets there")
        return

    # How the hill was crossed: climbed from the hollow's own side, or leapt over from beyond the minimum.
    sides = [place < top for place in shown]
    leaps = []
    for before, (side, after) in zip(shown, itertools.pairwise(sides), strict=False):
        if side != after:
            minimum = min(minima) if side else max(minima)
            leaps.append(abs(before - top) > abs(minimum - top))
    hollow = r"(?P<hollow>local|global) minimum"
    rests, swings = False, False
    if found := case.take(rf"By step {STEPS} it is at rest in the {hollow}"):
        rests = True
        case.hold(
            all(abs(move) < 0.0051 for move in moves[-10:]) and abs(shown[-1] - nearest) < 0.03,
            "it is not at rest",
        )
        case.hold(max(abs(place - nearest) for place in places[STEPS:]) < 0.1, "it does not stay")
    elif found := case.take(rf"At step {STEPS} it still swings, in the hollow of the {hollow}"):
        swings = True
        case.hold(
            any(
                one * two < 0
                for one, two in itertools.pairwise([b - a for a, b in itertools.pairwise(shown[-30:])])
            ),
            "it does not swing",
        )
    elif found := case.take(rf"At step {STEPS} it still jumps to and fro, in the hollow of the {hollow}"):
        case.hold(turns == len(moves) - 1, "it does not jump")
    elif found := case.must(rf"At step {STEPS} it is still on its way, in the hollow of the {hollow}"):
        case.hold(
            turns == 0 and not rests and (abs(moves[-1]) > 1e-4 or abs(shown[-1] - nearest) > 0.01),
            "it is not on its way",
        )
        later = places[min(len(places) - 1, STEPS + 2000)]
        case.hold(
            any(abs(later - minimum) < 0.2 for minimum in minima) or momentum > 0.97, "it never arrives"
        )
    if not found:
        return
    case.hold((found["hollow"] == "global") == sides[-1], "it is in the other hollow")
    if case.take(r": it is too slow for the hill behind it\.$"):
        case.hold(not leaps, "it has crossed the hill")
        case.hold(not any(place < top for place in places), "it crosses the hill later")
    elif case.take(r": it was fast enough to climb over the hill\.$"):
        case.hold(leaps == [False] and momentum > 0, "it did not climb over it")
    elif case.take(r": one step was so long that it led over the hill\.$"):
        case.hold(leaps == [True], "no step led over it")
    elif case.take(r": it has been in the global one, too fast to stay\.$"):
        case.hold(len(leaps) == 2 and not leaps[1] and momentum > 0, "it did not climb out again")
    elif case.take(r": it has been in the global one, and one long step led out of it again\.$"):
        case.hold(len(leaps) == 2 and leaps[1], "no step led out of it")
    elif found := case.take(r": it has crossed the hill (\d+) times\.$"):
        case.hold(int(found[1]) == len(leaps) >= 3, f"it has crossed it {len(leaps)} times")
    case.hold(
        not (swings and bend(nearest) * rate > 2 + 2 * momentum and math.isclose(momentum, 0)), "it jumps"
    )


BALL = Judge(
    BallLive,
    hear_ball,
    special=(
        {"learning_rate": 0.5, "momentum": 0.3, "step": 120},
        {"learning_rate": 0.5, "momentum": 0.3, "step": 1},
        *(
            {"curve": curve, "learning_rate": rate, "momentum": momentum, "step": 120}
            for curve in CURVES
            for rate in (0.01, 0.3, 0.7, 1.0)
            for momentum in (0.0, 0.3, 0.9, 0.99)
        ),
    ),
    stops={
        "Set the step to 0 and press the play button. Where is the ball fastest?": tuple(
            {"step": step} for step in (0, 1, 2, 3, 4, 60, 120)
        ),
        "then raise the momentum slowly. From which value on does the ball get over the hill?": tuple(
            {"step": 120, "momentum": momentum} for momentum in (0.5, 0.6, 0.7, 0.74, 0.75, 0.76, 0.8, 0.99)
        ),
        "What carried this ball over the hill, if not momentum?": (
            {"step": 120, "momentum": 0.0, "learning_rate": 0.5},
        ),
    },
)
