"""The judge of GraphLive: the programs written once more, and each gradient from a small move into the complex numbers."""

import cmath
import itertools
import math

from helpers.widgets import GraphLive
from judges.shared.judging import NUMBER, Judge
from judges.shared.reading import Form, agrees, reads, unequal, untrue


def relu(s):
    return s if s.real > 0 else 0 * s


def sigmoid(s):
    return 1 / (1 + cmath.exp(-s))


# For each program its inputs, and its lines: a name, the formula as people write it, what it uses, and how it is computed.
PROGRAMS = {
    "neuron with loss": (
        "xwby",
        ("p", "w · x", "wx", lambda w, x: w * x),
        ("s", "p + b", "pb", lambda p, b: p + b),
        ("o", "sigmoid(s)", "s", sigmoid),
        ("e", "o − y", "oy", lambda o, y: o - y),
        ("loss", "e²", "e", lambda e: e * e),
    ),
    "used twice": (
        "xw",
        ("p", "w · x", "wx", lambda w, x: w * x),
        ("q", "p + w", "pw", lambda p, w: p + w),
        ("loss", "q · q", "qq", lambda one, other: one * other),
    ),
    "relu neuron": (
        "xwby",
        ("p", "w · x", "wx", lambda w, x: w * x),
        ("s", "p + b", "pb", lambda p, b: p + b),
        ("o", "relu(s)", "s", relu),
        ("e", "o − y", "oy", lambda o, y: o - y),
        ("loss", "e²", "e", lambda e: e * e),
    ),
    "three sigmoids": (
        "xwy",
        ("p", "w · x", "wx", lambda w, x: w * x),
        ("f", "sigmoid(p)", "p", sigmoid),
        ("q", "w · f", "wf", lambda w, f: w * f),
        ("g", "sigmoid(q)", "q", sigmoid),
        ("r", "w · g", "wg", lambda w, g: w * g),
        ("h", "sigmoid(r)", "r", sigmoid),
        ("loss", "y − h", "yh", lambda y, h: y - h),
    ),
    "cross-entropy": (
        "xwb",
        ("s", "w · x", "wx", lambda w, x: w * x),
        ("t", "b · x", "bx", lambda b, x: b * x),
        ("u", "exp(s)", "s", cmath.exp),
        ("v", "exp(t)", "t", cmath.exp),
        ("z", "u + v", "uv", lambda u, v: u + v),
        ("l", "log(z)", "z", cmath.log),
        ("loss", "l − s", "ls", lambda one, s: one - s),
    ),
    "two hidden units": (
        "xwbyvckr",
        ("p", "w · x", "wx", lambda w, x: w * x),
        ("s", "p + b", "pb", lambda p, b: p + b),
        ("f", "relu(s)", "s", relu),
        ("m", "f · k", "fk", lambda f, k: f * k),
        ("q", "v · x", "vx", lambda v, x: v * x),
        ("t", "q + c", "qc", lambda q, c: q + c),
        ("g", "relu(t)", "t", relu),
        ("n", "g · r", "gr", lambda g, r: g * r),
        ("o", "m + n", "mn", lambda m, n: m + n),
        ("e", "o − y", "oy", lambda o, y: o - y),
        ("loss", "e²", "e", lambda e: e * e),
    ),
}
CONSTANTS = {"v": 0.5, "c": 1.0, "k": 2.0, "r": -1.0}
TINY = 1e-100

START = Form(
    r"(?P<graph>.+): only the inputs are known: (?P<inputs>.+)\. The first move forward computes (?P<first>\w+)\."
)
FORWARD = Form(
    rf"(?P<graph>.+), forward move (?P<move>\d+) of (?P<moves>\d+): (?P<name>\w+) = (?P<formula>.+) = (?P<value>{NUMBER})\."
)
SEED = Form(
    rf"(?P<graph>.+), backward move 1 of (?P<moves>\d+): every value is known and kept, and loss = (?P<value>{NUMBER})\. The walk "
    r"back starts with the gradient of loss by itself, which is 1\."
)
BACKWARD = Form(
    rf"(?P<graph>.+), backward move (?P<move>\d+) of (?P<moves>\d+), from (?P<child>\w+) to (?P<parent>\w+): local derivative "
    rf"(?P<local>{NUMBER}) × incoming gradient (?P<incoming>{NUMBER}) = (?P<product>{NUMBER})\. (?:The gradient of (?P<new>\w+) was "
    rf"unknown before and is (?P<now>{NUMBER}) now|(?P<again>\w+) is used more than once, so this is added to the "
    rf"(?P<before>{NUMBER}) from before: (?P<after>{NUMBER}))\.(?P<done> The walk is finished: every gradient is complete, and "
    r"further moves change nothing\.)?"
)


def run(lines, values, moved=None):
    """Run a program; `moved` names a value that is moved a tiny way into the complex numbers after it is computed."""
    values = dict(values)
    if moved in values:
        values[moved] += TINY * 1j
    for name, _, uses, compute in lines:
        values[name] = compute(*(values[used] for used in uses))
        if name == moved:
            values[name] += TINY * 1j
    return values


def is_short(text, truth):
    """Whether a number is written in three digits, with at most four decimals."""
    decimals = min(4, max(0, 2 - math.floor(math.log10(abs(truth))))) if truth else 0
    return agrees(text, truth, decimals=decimals, slack=1e-12 * abs(truth))


def judge_graph_live(settings, sentence, pictured):
    inputs, *lines = PROGRAMS[settings["graph"]]
    known = {name: complex(settings.get(name, CONSTANTS.get(name))) for name in inputs}
    values = run(lines, known)
    edges = [(used, place, line) for line in lines for place, used in enumerate(line[2])]
    moves_back = 1 + len(edges)
    step = min(settings["step"], len(lines) + moves_back)
    graph = settings["graph"].capitalize()
    if step == 0:
        said = START.read(sentence)
        told = dict(part.split(" = ") for part in said["inputs"].split(", "))
        right = set(told) == set(known) and all(is_short(told[name], known[name].real) for name in told)
        return untrue(inputs=right) + unequal(
            graph=(said["graph"], graph), first=(said["first"], lines[0][0])
        )
    if step <= len(lines):
        said = FORWARD.read(sentence)
        name, formula, _, _ = lines[step - 1]
        return untrue(value=is_short(said["value"], values[name].real)) + unequal(
            graph=(said["graph"], graph),
            move=((said["move"], said["moves"]), (str(step), str(len(lines)))),
            line=((said["name"], said["formula"]), (name, formula)),
        )
    move = step - len(lines)
    if move == 1:
        said = SEED.read(sentence)
        return untrue(value=is_short(said["value"], values["loss"].real)) + unequal(
            graph=(said["graph"], graph), moves=(said["moves"], str(moves_back))
        )
    said = BACKWARD.read(sentence)
    parent, child = said["parent"], said["child"]

    def gradient(name):
        return run(lines, known, name)["loss"].imag / TINY

    def local(used, place, line):
        arguments = [values[name] for name in line[2]]
        arguments[place] += TINY * 1j
        return line[3](*arguments).imag / TINY

    into = [
        (line[0], local(used, place, line), gradient(line[0]))
        for used, place, line in edges
        if used == parent
    ]
    here = [edge for edge in into if edge[0] == child]
    found = untrue(
        the_edge_is_there=bool(here),
        names=parent == (said["new"] or said["again"]),
        the_end=bool(said["done"]) == (move == moves_back),
    ) + unequal(
        graph=(said["graph"], graph),
        move=((said["move"], said["moves"]), (str(move), str(moves_back))),
    )
    if not here:
        return found
    _, slope, incoming = here[0]
    product = slope * incoming
    others = [one * other for _, one, other in into]
    others.remove(product)
    found += untrue(
        local_derivative=is_short(said["local"], slope),
        incoming_gradient=is_short(said["incoming"], incoming),
        product=is_short(said["product"], product),
    )
    if said["new"]:
        return found + untrue(
            gradient_now=is_short(said["now"], product), complete=not said["done"] or not others
        )
    sums = [
        sum(some) for count in range(1, len(others) + 1) for some in itertools.combinations(others, count)
    ]
    pairs = [
        before
        for before in sums
        if is_short(said["before"], before) and is_short(said["after"], before + product)
    ]
    complete = not said["done"] or is_short(said["after"], gradient(parent))
    return found + untrue(sum_of_two_ways=bool(pairs), complete=complete)


GRAPH_LIVE = Judge(
    GraphLive,
    reads(judge_graph_live),
    special=tuple({"graph": graph, "step": 31, "x": 0.0, "w": 0.0} for graph in PROGRAMS),
    stops={
        "Take *neuron with loss* move by move": tuple({"step": step} for step in range(16)),
        "Press *relu is off*.": tuple(
            {"graph": "relu neuron", "step": 31, "b": b} for b in (-2.0, -1.1, -1.0, -0.9, 0.0)
        ),
        "Press *used twice*, then go two moves back and forward again.": tuple(
            {"graph": "used twice", "step": step} for step in (7, 8, 9)
        ),
    },
)
