"""The judge of PhaseLive: the heavy-ball recurrence of each weight, solved by the eigenvalues of its matrix, and walked far on."""

import numpy as np

from helpers.widgets import PhaseLive
from judges.shared.judging import NUMBER, Judge

STEPS = 200
FAR = 3000
WEIGHT = rf"weight (?P<number>[12]) \(curvature (?P<curvature>{NUMBER})\)"


def walk(rate, momentum, curvature, steps):
    """Return a weight that starts at 1 without velocity, after each step."""
    weight, velocity, path = 1.0, 0.0, [1.0]
    for _ in range(steps):
        velocity = momentum * velocity - rate * curvature * weight
        weight += velocity
        path.append(weight)
        if abs(weight) > 1e120:
            break
    return np.array(path)


def root_sizes(rate, momentum, curvature):
    """Return the larger size of the two eigenvalues, and whether they are real and positive, real and negative, or complex."""
    middle, momentum = 1 + momentum - rate * curvature, momentum
    under = middle * middle - 4 * momentum
    if abs(under) < 1e-12:
        return abs(middle) / 2, "border"
    if under < 0:
        return momentum**0.5, "complex"
    sizes = (middle + under**0.5) / 2, (middle - under**0.5) / 2
    return max(map(abs, sizes)), "negative" if middle < 0 else "positive"


def hear_phases(case):
    rate, momentum = case.settings["learning_rate"], case.settings["momentum"]
    curvatures = case.settings["first_curvature"], case.settings["second_curvature"]
    paths = [walk(rate, momentum, curvature, FAR) for curvature in curvatures]
    length = min(map(len, paths))
    losses = sum(
        curvature * path[:length] ** 2 / 2 for curvature, path in zip(curvatures, paths, strict=True)
    )
    large = np.flatnonzero(losses > losses[0] / 1000)
    small_from = int(large[-1]) + 1
    sizes, kinds = zip(*(root_sizes(rate, momentum, curvature) for curvature in curvatures), strict=True)
    products, limit = [rate * curvature for curvature in curvatures], 2 + 2 * momentum

    run = case.must(rf"Learning rate (?P<rate>{NUMBER}), momentum (?P<momentum>{NUMBER}): ")
    if not run:
        return
    case.number(run["rate"], rate, "the learning rate", 6)
    case.number(run["momentum"], momentum, "the momentum", 6)
    if found := case.take(r"from step (\d+) on, the loss stays below a thousandth of its start\. "):
        near = np.isclose(losses / losses[0], 1e-3, rtol=1e-9).any()
        case.hold(near or int(found[1]) == small_from <= STEPS, f"small from step {small_from} on")
        if case.pictured:
            case.show(f"small from step {found[1]}")
    elif case.take(rf"within {STEPS} steps, the loss does not stay below a thousandth of its start\. "):
        case.hold(small_from > STEPS, f"small from step {small_from} on")
        case.hold(max(sizes) < 1 + 1e-9, "it diverges")
    else:
        case.hold(max(sizes) > 1, "nothing is said of when the loss is small")

    def whose(found):
        """Return the weight that a claim is about, and hold that it is the slower one; None if it is about both."""
        if not found.groupdict().get("number"):
            case.hold(abs(sizes[0] - sizes[1]) < 1e-9, f"one is slower: {sizes}")
            return None
        number = int(found["number"]) - 1
        case.number(found["curvature"], curvatures[number], "the curvature", 6)
        case.hold(sizes[number] > sizes[1 - number] - 1e-12, f"the other one is slower: {sizes}")
        case.hold(abs(sizes[0] - sizes[1]) > 1e-9, "of two that are equally slow, one is called slower")
        return number

    def shrinks(text, size):
        if text == "more than 0.99":
            case.hold(0.99 < size < 1, f"it shrinks to {size}")
        else:
            case.number(text, size, "the factor")

    slower = rf"[Ii]n the long run, the slower one is {WEIGHT}: "
    factor = rf"(?P<factor>more than 0\.99|{NUMBER})"
    if case.take(r"Both weights arrive in a single step\. "):
        case.hold(momentum == 0 and all(abs(product - 1) < 1e-9 for product in products), "they do not")
        case.hold(all(abs(path[1]) < 1e-9 for path in paths), "they do not")
    elif found := case.take(rf"{slower}it shrinks without changing sides, to {factor} of its size a step\. "):
        number = whose(found)
        case.hold(
            kinds[number] in ("positive", "border") and (paths[number][:100] >= 0).all(), "it changes sides"
        )
        shrinks(found["factor"], sizes[number])
    elif found := case.take(
        rf"{slower}it changes sides at each step, and shrinks to {factor} of its size\. "
    ):
        number = whose(found)
        path = paths[number][:60]
        case.hold(kinds[number] in ("negative", "border"), "it does not jump")
        case.hold((path[1:] * path[:-1] <= 0).all(), "it does not change sides at each step")
        shrinks(found["factor"], sizes[number])
    elif found := case.take(
        rf"{slower}it oscillates, and its swings shrink to √momentum = {factor} of their size a step\. "
    ):
        number = whose(found)
        case.hold(kinds[number] in ("complex", "border"), "it does not oscillate")
        shrinks(found["factor"], momentum**0.5)
    elif found := case.take(
        rf"[Nn]either weight is slower in the long run: both oscillate, and their swings shrink to √momentum = {factor} of their size a step\. "
    ):
        whose(found)
        case.hold(
            set(kinds) <= {"complex", "border"} and "complex" in kinds, f"they do not oscillate: {kinds}"
        )
        shrinks(found["factor"], momentum**0.5)
    elif found := case.take(
        rf"[Nn]either weight is slower in the long run: both shrink to {factor} of their size a step\. "
    ):
        whose(found)
        shrinks(found["factor"], sizes[0])
    elif found := case.take(
        rf"(?P<who>{WEIGHT} never comes|both weights never come) to rest, because learning rate × curvature is (?P<product>{NUMBER}), "
        r"exactly 2 \+ 2 × momentum\. "
    ) or case.take(
        rf"(?P<who>Weight (?P<number>[12]) \(curvature (?P<curvature>{NUMBER})\) never comes|Both weights never come) to rest, because learning "
        rf"rate × curvature is (?P<product>{NUMBER}), exactly 2 \+ 2 × momentum\. "
    ):
        number = whose(found) or 0
        case.number(found["product"], limit, "the product", 3)
        case.hold(abs(products[number] - limit) < 1e-9, f"it is {products[number]}, not {limit}")
        tail = np.abs(paths[number][1000:])
        case.hold(np.ptp(tail) < 1e-6 * tail.max() and tail.min() > 0.5, "it comes to rest, or diverges")
    elif found := case.take(
        rf"(?P<who>{WEIGHT} diverges|both weights diverge), because learning rate × curvature is (?P<product>{NUMBER}), and 2 \+ 2 × "
        rf"momentum is only (?P<limit>{NUMBER})\. "
    ):
        number = whose(found) or 0
        case.number(found["product"], products[number], "the product", 3)
        case.number(found["limit"], limit, "the limit", 3)
        case.hold(found["product"] != found["limit"], "a number is only as large as itself")
        case.hold(products[number] > limit and abs(paths[number][-1]) > 1, "it does not diverge")
    root = np.sqrt(curvatures)
    best = case.must(
        rf"For the curvatures (?P<first>{NUMBER}) and (?P<second>{NUMBER}), learning rate (?P<rate>{NUMBER}) with momentum (?P<momentum>{NUMBER}) is "
        r"best in the long run\.$"
    )
    if best:
        case.number(best["first"], curvatures[0], "the first curvature", 6)
        case.number(best["second"], curvatures[1], "the second curvature", 6)
        case.number(best["rate"], 4 / root.sum() ** 2, "the best learning rate")
        case.number(best["momentum"], (np.ptp(root) / root.sum()) ** 2, "the best momentum", decimals=2)


EDGES = tuple(
    {"learning_rate": (2 + 2 * momentum) / curvature, "momentum": momentum, "second_curvature": curvature}
    for momentum in (0.0, 0.1, 0.3, 0.4, 0.7, 0.9, 0.98)
    for curvature in (0.5, 1.0, 2.0, 3.0, 4.0, 7.0, 10.0)
    if (2 + 2 * momentum) / curvature <= 10
)
EQUAL = tuple(
    {"learning_rate": rate, "momentum": momentum, "first_curvature": curvature, "second_curvature": curvature}
    for rate, momentum, curvature in (
        (1.0, 0.0, 1.0),
        (0.5, 0.0, 2.0),
        (0.1, 0.0, 10.0),
        (0.3, 0.9, 3.0),
        (0.02, 0.1, 0.1),
        (1.0, 0.0, 2.0),
        (1.5, 0.5, 2.0),
        (5.0, 0.5, 3.0),
        (1.0, 0.25, 0.25),
    )
)
BORDERS = tuple(
    {"learning_rate": (1 - momentum**0.5) ** 2 / 0.2, "momentum": momentum}
    for momentum in (0.25, 0.36, 0.49, 0.81)
)

PHASES = Judge(
    PhaseLive,
    hear_phases,
    special=(
        *EDGES,
        *EQUAL,
        *BORDERS,
        *({**edge, "learning_rate": edge["learning_rate"] * 1.000001} for edge in EDGES[:20]),
    ),
    stops={
        "With momentum 0, raise the learning rate from 0.01, stop by stop.": tuple(
            {"learning_rate": rate, "momentum": 0.0} for rate in (0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
        ),
        "then raise the momentum until the descent converges.": tuple(
            {"learning_rate": 0.7, "momentum": momentum} for momentum in (0.3, 0.39, 0.4, 0.41, 0.45, 0.5)
        ),
        "Now make weight 1 flatter, down to a curvature of 0.1, and then as curved as weight 2.": tuple(
            {"momentum": 0.2, "first_curvature": curvature, "second_curvature": 7.0}
            for curvature in (1.0, 0.7, 0.5, 0.3, 0.2, 0.1, 3.0, 5.0, 7.0)
        ),
    },
)
