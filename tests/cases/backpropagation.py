"""The pictures and the explorer of 2.4.4."""

from helpers.graphs import PROGRAMS, walk_program
from helpers.plots import graphs
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
}

LIVE = {
    "graph-backward": (graphs.GraphPlot, walk("two hidden units", 31), walk("used twice", 9)),
    "graph-forward": (graphs.GraphPlot, walk("cross-entropy", 19), walk("two hidden units", 4)),
}


def same_gradients(names, result):
    for name, value, gradient in zip(result.names, result.values, result.gradients, strict=True):
        assert names[name].value == value and names[name].gradient == gradient


SAME = {GraphLive: same_gradients}
