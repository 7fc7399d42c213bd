"""The judge of MomentumLive: two walks in plain loops, ten times as long as the picture, and the edge in closed form."""

import itertools
import math

from helpers.widgets import MomentumLive
from judges.shared.judging import LOSS, NUMBER, Judge
from judges.shared.mathematics import SURFACES
from judges.shared.walks import heights, walk

STEPS, FAR = 80, 400
CLOSE = 0.01
CORNERS = {
    "upper left": (-0.84, 0.73),
    "upper right": (0.84, 0.73),
    "lower left": (-0.84, -0.73),
    "lower right": (0.84, -0.73),
}
CURVATURES = {"bowl": (1.0,), "valley": (0.2, 4.0)}


def start_of(surface, name):
    limits, start = SURFACES[surface][2:4]
    if name == "usual":
        return start
    return tuple(
        (low + high) / 2 + share * (high - low) / 2
        for (low, high), share in zip(limits, CORNERS[name], strict=True)
    )


def edge(rule, curvature, momentum):
    """Return the learning rate between settling and diverging on a quadratic of one curvature (Polyak 1964)."""
    return (2 + 2 * momentum) / curvature / (1 + 2 * momentum if rule == "Nesterov" else 1)


class Run:
    """One walk, with what is true of it."""

    def __init__(self, case, momentum, factor=1.0, far=FAR):
        self.surface, self.rule = case.settings["surface"], case.settings["optimizer"]
        self.rate, self.momentum = factor * case.settings["learning_rate"], momentum
        self.far = far
        self.scaled = self.rule in ("RMSprop", "Adam")
        self.start = start_of(self.surface, case.settings["start"])
        self.path = walk(self.surface, self.rule, self.rate, self.start, far, momentum)
        self.all_heights = heights(self.surface, self.path)
        self.heights, self.points = self.all_heights[: STEPS + 1], self.path[: STEPS + 1]
        self.cut = len(self.heights) <= STEPS
        self.minima = SURFACES[self.surface][-1]
        self.chaotic = False
        if self.scaled or self.surface not in CURVATURES:
            # Where a walk that differs in its last digits leads elsewhere, no two programs agree on the numbers.
            twin = [coordinate * (1 + 1e-9) + 1e-10 for coordinate in self.start]
            ends = (
                walk(self.surface, self.rule, self.rate, twin, STEPS, momentum, noise=1e-12)[-1:]
                + self.points[-1:]
            )
            self.chaotic = math.dist(*ends) > 1e-5 and not self.cut
        high = [step for step, height in enumerate(self.heights) if height >= CLOSE]
        self.settled = high[-1] + 1 if high else 0
        self.near = min(abs(height - CLOSE) for height in self.heights) < 1e-7

    def from_edge(self):
        """Return the learning rate as a share of the edge's; None where there is no edge that is known."""
        if self.surface not in CURVATURES or self.rule not in ("momentum", "Nesterov"):
            return None
        return self.rate / min(
            edge(self.rule, curvature, self.momentum) for curvature in CURVATURES[self.surface]
        )

    def settles(self):
        return not self.cut and self.settled <= STEPS - 4

    def diverges(self):
        share = self.from_edge()
        return share > 1 if share is not None else len(self.path) <= self.far

    def moves(self, count):
        tail = self.points[-count - 1 :]
        return [[b - a for a, b in zip(one, two, strict=True)] for one, two in itertools.pairwise(tail)]

    def alternates(self):
        moves = self.moves(10)
        return any(
            all(one[axis] * two[axis] < 0 for one, two in itertools.pairwise(moves)) for axis in (0, 1)
        )

    def rises(self, first=0, slack=1e-9):
        return sum(b - a > slack for a, b in itertools.pairwise(self.heights[first:]))

    def nearest(self, point):
        return min(self.minima, key=lambda minimum: math.dist(minimum, point))


FATES = (
    ("stays", rf"(?:from step (?P<from>\d+) to step {STEPS}, the loss stays below 0\.01 above the minimum)"),
    ("stays", rf"it stays below 0\.01 from step (?P<from>\d+) to step {STEPS}"),
    ("takes", r"that takes (?P<from>\d+) steps?"),
    ("as many", r"that takes as many steps"),
    ("diverges", r"it diverges(?:: the steps throw it ever higher, so a smaller learning rate is needed)?"),
    (
        "edge",
        rf"after {STEPS} steps it is (?P<height>{LOSS}) above the minimum and gets neither lower nor higher in the long run, exactly on the "
        r"edge of diverging",
    ),
    ("edge", r"it is exactly on the edge of diverging"),
    (
        "flat",
        rf"the steps have thrown it out onto flat ground, (?P<height>{LOSS}) above the minimum, where hardly any slope leads back",
    ),
    ("flat", r"it is thrown out onto flat ground"),
    (
        "local",
        rf"(?:after {STEPS} steps )?it rests in a local minimum(?:, (?P<height>{LOSS}) above the global one)?",
    ),
    (
        "higher",
        rf"(?:after {STEPS} steps )?it is (?P<height>{LOSS}) above the minimum, higher than at the start",
    ),
    (
        "jumps",
        rf"(?:after {STEPS} steps )?it still jumps from side to side, (?P<height>{LOSS}) above the minimum",
    ),
    ("swings", rf"(?:after {STEPS} steps )?it still goes up and down, (?P<height>{LOSS}) above the minimum"),
    ("creeps", rf"(?:after {STEPS} steps )?it is still on its way, (?P<height>{LOSS}) above the minimum"),
)


def hear_fate(case, run, other, who):
    """Take what is said of one of the two walks, and return its name."""
    for name, pattern in FATES:  # noqa: B007
        found = case.take(pattern + r"(?=[.;,])")
        if found:
            break
    else:
        case.must("a fate that the judge knows")
        return None
    end = run.heights[-1]
    if run.chaotic:
        return None
    if found.groupdict().get("height"):
        case.number(found["height"], end, f"{who}: the height")
    share = run.from_edge()
    if name in ("stays", "takes"):
        case.hold(
            run.near or (run.settles() and int(found["from"]) == run.settled),
            f"{who}: settled at {run.settled}",
        )
        case.hold(name == "stays" or other.settles(), f"{who}: nobody took steps to compare with")
        case.hold(name == "stays" or run.settled != other.settled, f"{who}: equals are not called equal")
    elif name == "as many":
        case.hold(
            run.settles() and other.settled == run.settled, f"{who}: {run.settled}, not {other.settled}"
        )
    else:
        case.hold(run.near or not run.settles(), f"{who}: it settled at {run.settled}")
    if name == "diverges":
        case.hold(run.diverges() and not (share and abs(share - 1) < 1e-9), f"{who}: it does not diverge")
    elif name not in ("stays", "takes", "as many"):
        case.hold(not run.cut, f"{who}: it diverges")
        case.hold(share is None or share < 1 + 1e-9, f"{who}: it diverges")
    if name == "edge":
        case.hold(share is not None and abs(share - 1) < 1e-9, f"{who}: it is not on the edge")
        tail = run.all_heights[FAR // 2 :]
        case.hold(
            max(tail) < 1.02 * min(tail[:2]) + 1 or run.momentum > 0.95, f"{who}: it gets higher or lower"
        )
    elif share is not None and abs(share - 1) < 1e-9:
        case.hold(False, f"{who}: it is exactly on the edge, and that is not said")
    if name == "flat":
        slope = SURFACES[run.surface][1](*run.points[-1])
        case.hold(max(map(abs, map(float, slope))) < 0.011, f"{who}: the ground is not flat")
        case.hold(run.surface == "plateau", f"{who}: the surface has no flat ground outside")
        far = math.dist(run.points[-1], (0, 0))
        case.hold(far > math.dist(run.points[0], (0, 0)) and far > 2.5, f"{who}: it was not thrown out")
        case.hold(min(run.all_heights[STEPS:]) > 0.5, f"{who}: it comes back")
    elif name == "local":
        nearest = run.nearest(run.points[-1])
        case.hold(
            nearest != run.minima[0] and run.surface == "two hollows", f"{who}: it is at no local minimum"
        )
        # Steps that are divided by the size of the gradients never die out, and may lead on later.
        last = run.path[STEPS - 5 : STEPS + 1 if run.scaled else None]
        case.hold(max(math.dist(point, nearest) for point in last) < 0.3, f"{who}: it does not rest there")
    elif name == "higher":
        case.hold(end > run.heights[0], f"{who}: it is lower")
    elif name == "jumps":
        case.hold(run.alternates(), f"{who}: it does not jump")
    elif name == "swings":
        case.hold(run.rises(STEPS - 30) > 0, f"{who}: it does not go up and down")
        case.hold(end <= run.heights[0], f"{who}: it is higher than at the start")
    elif name == "creeps":
        case.hold(run.rises(STEPS - 20, 2e-9) == 0 and end <= run.heights[0], f"{who}: it goes up")
        case.hold(min(run.all_heights[STEPS:]) < end or end < 1e-3, f"{who}: it is not on its way")
    return name


def hear_momentum(case):
    settings = case.settings
    run, plain = Run(case, settings["momentum"]), Run(case, 0.0)
    name = settings["optimizer"][0].upper() + settings["optimizer"][1:]
    found = case.must(
        rf"{name} on the {settings['surface']}, {settings['start']} start, learning rate (?P<rate>{NUMBER}), momentum "
        rf"(?P<momentum>{NUMBER}): "
    )
    if not found:
        return
    case.number(found["rate"], settings["learning_rate"], "the learning rate", 6)
    case.number(found["momentum"], settings["momentum"], "the momentum", 6)
    fate = hear_fate(case, run, plain, "with momentum")
    if lower := case.take(rf", though it was (?P<lowest>{LOSS}) above it on the way"):
        case.number(lower["lowest"], min(run.heights), "the lowest height")
        case.hold(fate == "local" and min(run.heights) < run.heights[-1] - 0.05, "it was not lower")
    if settings["momentum"] > 0:
        case.must("; without momentum, ")
        hear_fate(case, plain, run, "without")
    steps = len(run.heights) - 1
    case.must(r"\. ")
    if rose := case.take(rf"The loss rose at (\d+) of {steps} steps\."):
        low, high = run.rises(slack=1.001e-9), run.rises(slack=0.999e-9)
        # Of heights beyond 1e9, the last digits of two programs differ.
        case.hold(
            low <= int(rose[1]) <= high or max(run.heights) > 1e6 or run.chaotic, f"it rose at {low} steps"
        )
        case.hold(int(rose[1]) > 0, "it never rose")
    elif found := case.must(
        rf"The loss never rose(?:, but the path turned back at (?P<turns>\d+) of {steps} steps)?\."
    ):
        case.hold(run.rises(slack=1.01e-9) == 0, f"it rose at {run.rises()} steps")
        moves = [
            [b - a if abs(b - a) > 1e-3 else 0 for a, b in zip(one, two, strict=True)]
            for one, two in itertools.pairwise(run.points)
        ]
        turns = max(sum(a[axis] * b[axis] < 0 for a, b in itertools.pairwise(moves)) for axis in (0, 1))
        case.hold(
            abs(turns - int(found["turns"] or 0)) <= 1 if found["turns"] else turns <= 6,
            f"it turned {turns} times",
        )
    if run.chaotic or plain.chaotic:
        case.rest = ""
        return
    if case.pictured:
        words = {"stays": f"settles at step {run.settled}", "diverges": "diverges", "local": "local minimum"}
        case.hold(
            run.near or words.get(fate, "has not settled") in case.pictured, "the picture says something else"
        )
    if settings["goal"]:
        hear_goal(case, run, plain, fate, settings["goal"])


def hear_goal(case, run, plain, fate, goal):
    if reached := case.take(rf" Goal reached: (\d+) of {goal} steps\.$"):
        case.hold(
            run.near or (int(reached[1]) == run.settled <= goal and fate == "stays"), "it was not reached"
        )
        return
    if not case.must(rf" Goal of {goal} steps missed: "):
        return
    case.hold(run.near or not (fate == "stays" and run.settled <= goal), "it was reached")
    nearest = run.nearest(run.points[-1])

    def passes(end):
        sides = [[a - b for a, b in zip(point, nearest, strict=True)] for point in run.points[:end]]
        return max(sum(a[axis] * b[axis] < 0 for a, b in itertools.pairwise(sides)) for axis in (0, 1))

    if late := case.take(r"it gets there, but only at step (\d+)\.$"):
        case.hold(run.near or int(late[1]) == run.settled > goal, "it is not late")
    elif late := case.take(
        r"it gets there at step (\d+), because it flies past the minimum again and again before\.$"
    ):
        case.hold(run.near or int(late[1]) == run.settled > goal, "it is not late")
        case.hold(passes(run.settled + 1) >= 3 and run.rises() > 3, "it does not fly past it again and again")
    elif case.take(r"the learning rate is too large\.$"):
        smaller = Run(case, run.momentum, 0.001, STEPS)
        case.hold(
            fate in ("diverges", "flat") and not smaller.diverges(), f"it is not: {max(smaller.heights)}"
        )
    elif case.take(r"a smaller learning rate would settle\.$"):
        case.hold(
            fate == "edge" and Run(case, run.momentum, 0.8, 8000).all_heights[-1] < CLOSE, "it would not"
        )
    elif case.take(
        r"the slope is zero in every minimum, and what was left of its speed did not carry it over the edge\.$"
    ):
        case.hold(fate == "local" and run.momentum > 0, "it had no speed")
    elif case.take(r"the slope is zero in every minimum, and without momentum nothing carries it on\.$"):
        case.hold(fate == "local" and run.momentum == 0, "it has momentum")
    elif case.take(r"it is higher than at the start\.$"):
        case.hold(fate == "higher", "it is not")
    elif case.take(r"so much is carried on from step to step that it cannot stop at the minimum\.$"):
        case.hold(
            fate == "swings" and run.momentum > 0 and (plain.settles() or plain.rises(STEPS - 24) == 0),
            "it swings without momentum, too",
        )
    elif case.take(r"it still goes up and down\.$"):
        case.hold(fate == "swings", "it does not")
    elif case.take(r"it still goes up and down, even without momentum\.$"):
        case.hold(
            fate == "swings" and (plain.rises() > 0 or plain.alternates()), "without momentum, it does not"
        )
    elif case.take(
        r"each step leads over the minimum to the other side; a smaller learning rate would help\.$"
    ):
        case.hold(fate == "jumps" and passes(None) >= 38, "it does not lead over the minimum")
        case.hold(Run(case, run.momentum, 0.5, STEPS).heights[-1] < run.heights[-1], "it would not help")
    elif case.take(r"each step jumps to another side, so it cannot come to rest\.$"):
        case.hold(fate == "jumps", "it does not jump")
    elif case.take(r"the steps are too small; try a larger learning rate first\.$"):
        case.hold(fate == "creeps", "it does not creep")
        case.hold(
            Run(case, run.momentum, 2, STEPS).heights[-1] < run.heights[-1], "a larger one does no good"
        )
    elif case.take(r"it is still on its way\.$"):
        case.hold(fate == "creeps", "it is not")


EDGES = tuple(
    {
        "surface": surface,
        "optimizer": rule,
        "momentum": momentum,
        "learning_rate": edge(rule, curvature, momentum) * factor,
    }
    for surface, curvature in (("valley", 4.0), ("bowl", 1.0))
    for rule in ("momentum", "Nesterov")
    for momentum in (0.0, 0.3, 0.4, 0.8, 0.95)
    for factor in (1.0, 0.999, 1.001)
    if edge(rule, curvature, momentum) * factor <= 2
)

MOMENTUM = Judge(
    MomentumLive,
    hear_momentum,
    tries=200,
    special=(
        *EDGES,
        {"optimizer": "Adam", "learning_rate": 0.3, "momentum": 6.15e-5},
        {"learning_rate": 0.7, "momentum": 0.4, "goal": 30},
        {"learning_rate": 0.25, "momentum": 0.0},
        {"surface": "bowl", "learning_rate": 1.0, "momentum": 0.0},
        {"surface": "kink", "learning_rate": 0.01, "momentum": 0.0, "goal": 15},
        {"surface": "plateau", "learning_rate": 2.0, "momentum": 0.95, "goal": 60},
    ),
    stops={
        "Press *zigzags*, then raise the momentum step by step. Which value needs the fewest steps?": tuple(
            {"learning_rate": 0.45, "momentum": momentum}
            for momentum in (0.0, 0.1, 0.3, 0.5, 0.55, 0.6, 0.9, 0.99)
        ),
        "Press *diverges*, and move the momentum slider only.": tuple(
            {"learning_rate": 0.7, "momentum": momentum, "optimizer": rule}
            for momentum in (0.0, 0.2, 0.39, 0.4, 0.41, 0.5, 0.9)
            for rule in ("momentum", "Nesterov")
        ),
        "Set the goal to 15 steps and reach it on the valley with learning rate and momentum.": tuple(
            {"goal": 15, "learning_rate": rate, "momentum": momentum}
            for rate in (0.02, 0.1, 0.45, 0.5, 0.7)
            for momentum in (0.0, 0.5, 0.8, 0.99)
        ),
    },
)
