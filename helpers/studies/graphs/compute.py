"""Small programs as graphs: every value a node, every derivative an edge, walked forward and then backward step by step.

A program is a text with one operation a line, such as `p = w * x`. Running it with Tensors records its graph, and the
steps of the walk are those of `helpers.tensor.backward`, taken one at a time.
"""

import dataclasses
import functools

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
    result = list(tensors.values())[-1]
    by_tensor = {id(tensor): name for name, tensor in tensors.items()}
    order = ancestors(result)
    # Inputs first, then the lines of the program, so that a forward step is a line.
    names = [name for name in tensors if not formulas[name]] + [name for name in tensors if formulas[name]]
    place = {name: number for number, name in enumerate(names)}
    edges, local = [], []
    for tensor in reversed(order):
        for parent, carry_back in tensor.parents:
            edges.append((place[by_tensor[id(parent)]], place[by_tensor[id(tensor)]]))
            local.append(float(carry_back(np.array(1.0))))
    edges, local = np.array(edges), np.array(local)
    result.backward()
    gradients = np.array([float(tensors[name].gradient) for name in names])
    forward_steps = sum(formulas[name] != "" for name in names)
    last_step = forward_steps + 1 + len(edges)
    rows, columns, routes = lay_out(tuple(map(tuple, edges.tolist())))
    return GraphWalk(
        tuple(names),
        tuple(formulas[name] for name in names),
        edges,
        np.array([float(tensors[name].value) for name in names]),
        gradients,
        local,
        min(step, last_step),
        forward_steps,
        last_step,
        rows,
        columns,
        routes,
    )


@functools.cache
def lay_out(edges):
    """Place the nodes of a graph in rows, each above those that use it, with few crossings.

    Parameters
    ----------
    edges : tuple of (int, int)
        From a node to one that uses it.

    Returns
    -------
    rows, columns : array, shape (nodes,)
        Rows count from 0 at the top; columns have a distance of at least 1.
    routes : tuple
        For each edge the points (column, row) of a line that passes between the nodes.

    Notes
    -----
    An edge over several rows gets a place in each of them (Sugiyama, Tagawa, Toda 1981, "Methods for visual
    understanding of hierarchical system structures"); networkx finds the rows and spreads the places in each.
    """
    import networkx

    generations = list(networkx.topological_generations(networkx.DiGraph(edges).reverse()))
    row = {node: len(generations) - 1 - depth for depth, nodes in enumerate(generations) for node in nodes}
    chains = [
        [parent, *((parent, between) for between in range(row[parent] + 1, row[child])), child]
        for parent, child in edges
    ]
    graph = networkx.Graph()
    for chain in chains:
        networkx.add_path(graph, chain)
    layers = {number: [] for number in range(len(generations))}
    for place in graph:
        layers[row[place] if place in row else place[1]].append(place)
    # Sorting by the mean place of the neighbours, row after row, takes most crossings away.
    for numbers in (sorted(layers), sorted(layers, reverse=True)) * 4:
        for number in numbers:
            column = columns_of(graph, layers)
            layers[number].sort(
                key=lambda place, column=column: np.mean([column[other] for other in graph[place]])
            )
    column = columns_of(graph, layers)
    where = {place: row[place] if place in row else place[1] for place in graph}
    routes = tuple(tuple((column[place], where[place]) for place in chain) for chain in chains)
    nodes = range(len(row))
    return np.array([row[node] for node in nodes]), np.array([column[node] for node in nodes]), routes


def columns_of(graph, layers):
    """Spread the places of each layer around the middle, one unit apart, in their order."""
    import networkx

    places = networkx.multipartite_layout(graph, subset_key=layers, align="horizontal")
    widest = max(layers.values(), key=len)
    gap = places[widest[1]][0] - places[widest[0]][0] if len(widest) > 1 else 1.0
    return {place: float(round(point[0] / gap, 6)) for place, point in places.items()}
