"""Small programs as graphs: every value a node, every derivative an edge, walked forward and then backward step by step.

A program is a text with one operation a line, such as `p = w * x`. Running it with Tensors records its graph, and the
steps of the walk are those of `helpers.tensor.backward`, taken one at a time.
"""

import dataclasses
import functools
import itertools

import numpy as np

from helpers import operations
from helpers.tensor import Tensor, ancestors

# The inputs that a reader may set, in this order; a program uses some of them.
INPUTS = ("x", "w", "b", "y")

PROGRAMS = {
    "neuron with loss": """\
p = w * x
s = p + b
o = sigmoid(s)
e = o - y
loss = e ** 2
""",
    "used twice": """\
p = w * x
q = p + w
loss = q * q
""",
    "relu neuron": """\
p = w * x
s = p + b
o = relu(s)
e = o - y
loss = e ** 2
""",
    "three sigmoids": """\
p = w * x
f = sigmoid(p)
q = w * f
g = sigmoid(q)
r = w * g
h = sigmoid(r)
loss = y - h
""",
    "cross-entropy": """\
s = w * x
t = b * x
u = exp(s)
v = exp(t)
z = u + v
l = log(z)
loss = l - s
""",
    "two hidden units": """\
v = 0.5
c = 1.0
k = 2.0
r = -1.0
p = w * x
s = p + b
f = relu(s)
m = f * k
q = v * x
t = q + c
g = relu(t)
n = g * r
o = m + n
e = o - y
loss = e ** 2
""",
}


@dataclasses.dataclass(frozen=True)
class GraphWalk:
    """A graph at one step of its forward and backward walk.

    Attributes
    ----------
    names, formulas : tuple of str
        Of each node; an input has the formula "". A node stands before those that use it.
    edges : array of int, shape (edges, 2)
        From which node to which, in the order in which gradients go back along them.
    values, gradients, local : array
        Of each node its value and its complete gradient, of each edge the slope of its one operation.
    step, forward_steps, last_step : int
        Moves made, moves of the forward walk, moves of both walks. The first move back gives the result the gradient 1.
    rows, columns : array, shape (nodes,)
        Where to draw each node, the result in the last row.
    routes : tuple
        For each edge a tuple of points (column, row), from node to node.
    """

    names: tuple
    formulas: tuple
    edges: np.ndarray
    values: np.ndarray
    gradients: np.ndarray
    local: np.ndarray
    step: int
    forward_steps: int
    last_step: int
    rows: np.ndarray
    columns: np.ndarray
    routes: tuple

    @property
    def inputs(self):
        """Names of what is not computed, numbers that the program sets included."""
        return self.names[: len(self.names) - self.forward_steps]

    @property
    def carried(self):
        """For each edge, the gradient that goes back along it: local derivative × incoming gradient."""
        return self.local * self.gradients[self.edges[:, 1]]

    @property
    def backward_edges(self):
        """Number of edges that a gradient has gone back along."""
        return max(0, self.step - self.forward_steps - 1)

    @property
    def known(self):
        """For each node, whether its value has been computed."""
        inputs = np.array([not formula for formula in self.formulas])
        return inputs | (np.cumsum(~inputs) <= self.step)

    @property
    def reached(self):
        """For each node, whether it has received a gradient."""
        reached = np.zeros(len(self.names), bool)
        reached[self.edges[: self.backward_edges, 0]] = True
        reached[-1] = self.step > self.forward_steps
        return reached

    @property
    def received(self):
        """For each node, the gradient that it has received so far."""
        received = np.zeros(len(self.names))
        received[-1] = float(self.step > self.forward_steps)
        np.add.at(received, self.edges[: self.backward_edges, 0], self.carried[: self.backward_edges])
        return received

    @property
    def before(self):
        """What the node at the end of the last edge had received before; None if nothing, or without such an edge."""
        last = self.backward_edges - 1
        if last < 0:
            return None
        earlier = [edge for edge in range(last) if self.edges[edge, 0] == self.edges[last, 0]]
        return float(self.carried[earlier].sum()) if earlier else None


def run_program(program, inputs):
    """Run a program with Tensors.

    Parameters
    ----------
    program : str
        Lines `name = formula`; a formula uses names, numbers and the operations of `helpers.operations`.
    inputs : dict
        A number for each input.

    Returns
    -------
    tensors : dict of Tensor
        By name: the inputs that the program uses, then the value of each line; the last is the result.
    formulas : dict of str
        By name; "" for an input or a plain number.
    """
    names = {name: Tensor(float(number)) for name, number in inputs.items()}
    formulas = dict.fromkeys(names, "")
    for line in program.strip().splitlines():
        name, formula = line.split(" = ")
        value = eval(formula, dict(operations.OPERATIONS), names)
        names[name] = value if isinstance(value, Tensor) else Tensor(value)
        formulas[name] = formula if names[name].parents else ""
    used = {id(tensor) for tensor in ancestors(names[name])}
    return {name: tensor for name, tensor in names.items() if id(tensor) in used}, formulas


def walk_program(program, step, **inputs):
    """Run a program and walk its graph as `backward` does, up to a step; later steps are the last one.

    Parameters
    ----------
    program : str
        See `run_program`.
    step : int
    **inputs : float

    Returns
    -------
    GraphWalk
    """
    tensors, formulas = run_program(program, inputs)
    # Inputs first, then the lines of the program, so that a forward step is a line.
    names = sorted(tensors, key=lambda name: formulas[name] != "")
    place = {id(tensors[name]): number for number, name in enumerate(names)}
    result = tensors[names[-1]]
    edges, local = [], []
    for tensor in reversed(ancestors(result)):
        for parent, carry_back in tensor.parents:
            edges.append((place[id(parent)], place[id(tensor)]))
            local.append(float(carry_back(np.array(1.0))))
    result.backward()
    forward_steps = sum(formulas[name] != "" for name in names)
    last_step = forward_steps + 1 + len(edges)
    rows, columns, routes = lay_out(tuple(edges))
    return GraphWalk(
        names=tuple(names),
        formulas=tuple(formulas[name] for name in names),
        edges=np.array(edges),
        values=np.array([float(tensors[name].value) for name in names]),
        gradients=np.array([float(tensors[name].gradient) for name in names]),
        local=np.array(local),
        step=min(step, last_step),
        forward_steps=forward_steps,
        last_step=last_step,
        rows=rows,
        columns=columns,
        routes=routes,
    )


@functools.cache
def lay_out(edges):
    """Place the nodes of a graph in rows, each above those that use it, with few crossings.

    Parameters
    ----------
    edges : tuple of (int, int)
        From a node to one that uses it, in the order in which gradients go back along them.

    Returns
    -------
    rows, columns : array, shape (nodes,)
        Rows count from 0 at the top; columns have a distance of at least 1.
    routes : tuple
        For each edge the points (column, row) of a line that passes between the nodes.

    Notes
    -----
    An edge over several rows gets a place in each of them (Sugiyama, Tagawa, Toda 1981, "Methods for visual
    understanding of hierarchical system structures").
    """
    row = rows_of(edges)
    # A place is a node and a row: its own, or one below that its edges pass through.
    paths = [
        [*((parent, passed) for passed in range(row[parent], row[child])), (child, row[child])]
        for parent, child in edges
    ]
    neighbours = {}
    for one, other in itertools.chain.from_iterable(map(itertools.pairwise, paths)):
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    layers = [[place for place in neighbours if place[1] == number] for number in range(max(row) + 1)]
    # Sorting by the mean column of the neighbours, row after row, takes most crossings away.
    for layer in [*layers, *reversed(layers)] * 4:
        column = columns_of(layers)
        means = {place: np.mean([column[other] for other in neighbours[place]]) for place in layer}
        layer.sort(key=means.get)
    column = columns_of(layers)
    routes = tuple(tuple((column[place], place[1]) for place in path) for path in paths)
    return np.array(row), np.array([column[place] for place in enumerate(row)]), routes


def rows_of(edges):
    """List the row of each node: the result's is the last, and every other node stands above all that use it."""
    result = edges[0][1]
    height = {result: 0}
    for parent, child in edges:
        height[parent] = max(height.get(parent, 0), height[child] + 1)
    return [max(height.values()) - height[node] for node in range(len(height))]


def columns_of(layers):
    """Spread the places of each layer around the middle, one unit apart, in their order."""
    return {place: number - (len(layer) - 1) / 2 for layer in layers for number, place in enumerate(layer)}
