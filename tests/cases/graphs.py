"""Graphs forwards and backwards, and how gradients fade (2.4.4)."""

import numpy as np

from helpers.studies.graphs import plots as graphs
from helpers.studies.graphs.compute import PROGRAMS, walk_program
from helpers.widgets import GraphLive

INPUTS = {"x": 2.0, "w": 0.5, "b": -0.5, "y": 1.0}


def walk(graph, step):
    return walk_program(PROGRAMS[graph], step, **INPUTS)


PICTURES = {
    "graph": (
        graphs.show_graph,
        (walk("relu neuron", 99),),
        "A graph of 9 values; the result is 0.25, and its gradients by the inputs are −0.5 by x, −2 by w, −1 by b, 1 by y.",
    ),
    "fading": (
        graphs.show_fading,
        ({"sigmoid": 0.03 * 0.2 ** np.arange(6, -1, -1), "relu": 0.002 * 0.9 ** np.arange(6, -1, -1)},),
        "From the last layer back to the first, the typical gradient shrinks to less than 1/10,000 of its size with sigmoid, "
        "and to more than 1/10 with relu.",
    ),
}

LIVE = {
    "graph-backward": (graphs.GraphPlot, walk("two hidden units", 31), walk("used twice", 9)),
    "graph-forward": (graphs.GraphPlot, walk("cross-entropy", 19), walk("two hidden units", 4)),
}


def same_gradients(names, result):
    for name, value, gradient in zip(result.names, result.values, result.gradients, strict=True):
        assert names[name].value == value and names[name].gradient == gradient


SAME = {GraphLive: same_gradients}


def finished(found):
    return found.step == found.last_step and np.isfinite(found.gradients).all()


def gradient(found, name):
    return abs(found.gradients[found.names.index(name)])


PRESETS = {
    GraphLive: {
        "forward_done": lambda found, graph, **_: (
            found.step == found.forward_steps and graph == next(iter(PROGRAMS))
        ),
        "backward_done": lambda found, graph, **_: finished(found) and graph == next(iter(PROGRAMS)),
        # The move in which the second gradient comes, with one more to go.
        "used_twice": lambda found, **_: (
            list(found.names[start] for start, _ in found.edges).count("w") == 2
            and found.step == found.last_step - 1
        ),
        "relu_is_off": lambda found, **_: (
            finished(found)
            and "relu(s)" in found.formulas
            and [gradient(found, name) for name in "xwb"] == [0] * 3
        ),
        "fading": lambda found, **_: (
            finished(found)
            and sum("sigmoid" in formula for formula in found.formulas) == 3
            and gradient(found, "x") < 0.01
        ),
        "two_units": lambda found, graph, **_: finished(found) and graph == "two hidden units",
    },
}
