"""The judge of LearningRateLive: a walk of two numbers, each multiplied by its factor 60 times."""

from helpers.widgets import LearningRateLive
from judges.shared.judging import LOSS, NUMBER, Judge

STEPS = 60
START = (-4.2, 1.6)
CURVATURES = (0.2, 4.0)


def hear_learning_rate(case):
    rate, step = case.settings["learning_rate"], case.settings["step"]
    path = [START]
    for _ in range(STEPS):
        x, y = path[-1]
        path.append((x - rate * CURVATURES[0] * x, y - rate * CURVATURES[1] * y))
    losses = [(CURVATURES[0] * x * x + CURVATURES[1] * y * y) / 2 for x, y in path]
    along, across = (1 - rate * curvature for curvature in CURVATURES)

    run = case.must(
        rf"Learning rate (?P<rate>{NUMBER}), step {step} of {STEPS}: the loss is (?P<loss>{LOSS})\. Each step multiplies the "
        rf"weight along the valley by (?P<along>{NUMBER}) and the one across it by (?P<across>{NUMBER}): "
    )
    if not run:
        return
    case.number(run["rate"], rate, "the learning rate", 6)
    case.hold(not run["loss"].startswith("less"), "a loss that the picture tells from others has no number")
    case.number(run["loss"], losses[step], "the loss")
    case.number(run["along"], along, "the factor along", 3)
    case.number(run["across"], across, "the factor across", 3)
    case.hold((run["across"] == "−1") == (abs(across + 1) < 1e-12), "a factor that is not −1 is written −1")

    heights = [abs(y) for _, y in path]
    rest = [abs(x) for x, _ in path]
    falls = all(later < earlier for earlier, later in zip(losses, losses[1:], strict=False))
    sides = all(y * z < 0 for (_, y), (_, z) in zip(path[:5], path[1:6], strict=True))
    if case.take(r"both shrink so slowly that the path crawls\."):
        case.hold(
            heights[6] > heights[0] / 2 and rest[6] > rest[0] / 2 and falls and across > 0,
            "it does not crawl",
        )
    elif case.take(r"the path drops to the floor of the valley, then follows it\."):
        down = next((k for k in range(STEPS) if heights[k] < 0.02 * heights[0]), STEPS)
        case.hold(
            across >= 0 and rest[min(down, STEPS)] > 0.5 * rest[0], "it does not drop before it follows"
        )
        case.hold(heights[6] <= heights[0] / 2, "it crawls")
    elif case.take(
        r"it changes sides at each step and is all but gone after two of them; then the path follows the floor of the valley\."
    ):
        case.hold(
            sides and heights[2] < 0.01 * heights[0] and rest[2] > 0.5 * rest[0], "it is not gone after two"
        )
    elif case.take(r"it changes sides at each step, so the path zigzags, and still gets nearer\."):
        case.hold(
            sides and falls and heights[2] >= 0.01 * heights[0], "it does not zigzag towards the minimum"
        )
        case.hold(all(b < a for a, b in zip(heights[:9], heights[1:10], strict=True)), "it gets no nearer")
    elif case.take(
        r"it jumps from side to side and gets neither nearer nor farther, while the path moves on along the valley\."
    ):
        case.hold(
            max(heights) - min(heights) < 1e-9 and sides and rest[-1] < rest[0], "it gets nearer, or farther"
        )
    elif case.take(r"each jump across is larger than the last, so the path diverges\."):
        case.hold(all(b > a for a, b in zip(heights, heights[1:], strict=False)), "the jumps do not grow")
    case.must(r" The limit is 2/4 = 0\.5\.$")


LEARNING_RATE = Judge(
    LearningRateLive,
    hear_learning_rate,
    special=(
        {"learning_rate": 0.5},
        {"learning_rate": 0.25, "step": 1},
        {"learning_rate": 0.500001, "step": 60},
        {"learning_rate": 0.499999, "step": 60},
        *({"learning_rate": round(0.01 * hundredth, 2), "step": 60} for hundredth in range(1, 61)),
    ),
    stops={
        "Put the step on 60. Roughly, which learning rate gives the lowest loss there?": tuple(
            {"learning_rate": rate, "step": 60} for rate in (0.45, 0.46, 0.47, 0.48)
        ),
        "Then go down to 0.5 and to 0.49, and look at step 60.": (
            {"learning_rate": 0.52, "step": 0},
            {"learning_rate": 0.5, "step": 60},
            {"learning_rate": 0.49, "step": 60},
        ),
        "Now set the learning rate to 0.1. After how many steps is the loss as low as that?": (
            {"learning_rate": 0.1, "step": 6},
        ),
    },
)
