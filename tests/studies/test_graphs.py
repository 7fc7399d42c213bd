"""Graphs: gradients of random ones against the autograd package, each state of a walk against backward, room for every label."""

import itertools

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_operations import TABLE

from helpers.operations import OPERATIONS
from helpers.studies.graphs import graph_live
from helpers.studies.graphs.compute import PROGRAMS, run_program, walk_program
from helpers.studies.graphs.graph_live import GraphLive
from helpers.studies.graphs.plots import HEIGHT, WIDTH, draw_walk, half_width, short
from helpers.tensor import Tensor

INPUTS = {"x": 2.0, "w": 0.5, "b": -0.5, "y": 1.0}
every_program = pytest.mark.parametrize("name", PROGRAMS)

# Where an operation is defined, is not too steep, and has no kink nearby.
DOMAINS = {
    "divide": lambda x, y: np.abs(y).min() > 0.2,
    "power": lambda x, y: x.min() > 0.2 and np.abs(y).max() < 3,
    "exp": lambda x: x.max() < 3,
    "log": lambda x: x.min() > 0.2,
    "maximum": lambda x, y: np.abs(x - y).min() > 1e-3,
    "relu": lambda x: np.abs(x).min() > 1e-3,
}
OPTIONS = {
    "sum": {"axis": -1},
    "mean": {"axis": -1, "keepdims": True},
    "reshape": {"shape": (-1,)},
    "getitem": {"index": 0},
}
AXES = {"softmax": 1, "getitem": 1, "matmul": 1, "softmax_cross_entropy": 2}
BINARY = {"add", "subtract", "multiply", "divide", "power", "maximum", "matmul"}
instructions = st.lists(
    st.tuples(st.sampled_from(sorted(OPERATIONS)), st.integers(0, 30), st.integers(0, 30)),
    min_size=3,
    max_size=12,
)


def options_of(name, x):
    if name == "softmax_cross_entropy":
        return {"targets": np.zeros(len(x), int)}
    return OPTIONS.get(name, {}) if np.ndim(x) or name not in ("sum", "mean") else {}


def fits(name, arrays):
    """Whether an operation can be applied here, and leaves numbers of ordinary size."""
    if np.ndim(arrays[0]) < AXES.get(name, 0) or np.ndim(arrays[-1]) < AXES.get(name, 0):
        return False
    try:
        # Asked first: outside of it, NumPy warns.
        if not DOMAINS.get(name, lambda *arrays: True)(*arrays):
            return False
        value = OPERATIONS[name](*arrays, **options_of(name, arrays[0]))
    except ValueError:
        return False
    return np.abs(value).max() < 30


def test_random_graphs_against_autograd():
    """Else some way of putting operations together, or using a value again, gives a wrong gradient."""
    used = set()

    @settings(max_examples=150, deadline=None)
    @given(instructions, st.integers(0, 1000))
    def check(chosen, seed):
        random = np.random.default_rng(seed)
        inputs = [random.uniform(0.3, 2, shape) for shape in [(2, 3), (3,), (3, 2), (2, 1), ()]]
        # Which instructions fit is found with plain arrays.
        values, program = list(inputs), []
        for name, *places in chosen:
            places = [place % len(values) for place in places[: 2 if name in BINARY else 1]]
            arrays = [values[place] for place in places]
            if fits(name, arrays):
                program.append((name, places))
                values.append(OPERATIONS[name](*arrays, **options_of(name, arrays[0])))
                used.add(name)

        def run(inputs, table, sum):
            values = list(inputs)
            for name, places in program:
                arguments = [values[place] for place in places]
                shaped = getattr(arguments[0], "value", arguments[0])
                values.append(table(name)(*arguments, **options_of(name, shaped)))
            total = 0.0
            for value in values:
                total = total + sum(value * value)
            return total

        tensors = [Tensor(array) for array in inputs]
        run(tensors, OPERATIONS.get, OPERATIONS["sum"]).backward()
        expected = autograd.grad(lambda inputs: run(inputs, lambda name: TABLE[name][0], anp.sum))(inputs)
        for tensor, gradient in zip(tensors, expected, strict=True):
            np.testing.assert_allclose(tensor.gradient, gradient, rtol=1e-8, atol=1e-8)

    check()
    assert used == set(OPERATIONS), f"never used: {set(OPERATIONS) - used}"


@every_program
def test_each_move_does_one_thing(name):
    """Else a learner sees a step that backward() does not take, or gradients that it does not find."""
    tensors, formulas = run_program(PROGRAMS[name], INPUTS)
    result = list(tensors.values())[-1]
    result.backward()
    last = walk_program(PROGRAMS[name], 0, **INPUTS).last_step
    walks = [walk_program(PROGRAMS[name], step, **INPUTS) for step in range(last + 3)]
    assert [walk.step for walk in walks] == [*range(last + 1), last, last]
    for walk in walks:
        assert walk.values.tolist() == [float(tensors[node].value) for node in walk.names]
    for before, after in itertools.pairwise(walks[: last + 1]):
        changed = (before.received != after.received) | (before.reached != after.reached)
        if after.step <= after.forward_steps:
            (node,) = np.flatnonzero(before.known != after.known)
            assert formulas[after.names[node]] == after.formulas[node] != ""
            assert not changed.any()
        elif after.backward_edges == 0:
            assert after.known.all() and np.flatnonzero(changed).tolist() == [len(after.names) - 1]
        else:
            parent, child = after.edges[after.backward_edges - 1]
            assert set(np.flatnonzero(changed)) <= {parent}
            # What goes back is complete, and it adds to what was there.
            assert before.received[child] == pytest.approx(after.gradients[child])
            product = after.local[after.backward_edges - 1] * after.gradients[child]
            assert after.received[parent] - before.received[parent] == pytest.approx(product)
            assert (after.before is None) == (not before.reached[parent])
            assert after.before is None or after.before == pytest.approx(before.received[parent])
    np.testing.assert_allclose(
        walks[-1].received, [float(tensors[node].gradient) for node in walks[-1].names], rtol=1e-12
    )
    assert walks[-1].reached.all()


def test_the_sentence_says_each_move():
    """Else somebody who cannot see the picture learns less than others, or another number."""
    explorer = GraphLive()
    assert max(walk_program(p, 0, **INPUTS).last_step for p in PROGRAMS.values()) == graph_live.MOST_STEPS
    for graph in PROGRAMS:
        explorer.settings = {"graph": graph, "step": 0}
        sentences = []
        for step in range(explorer.result.last_step + 1):
            explorer.settings["step"] = step
            sentences.append(explorer.sentence)
        assert len({*sentences}) == len(sentences)
    explorer.preset("used_twice")
    assert "2 × incoming gradient 3 = 6" in explorer.sentence
    assert "used more than once, so this is added to the 3 from before: 9." in explorer.sentence
    explorer.settings["step"] = explorer.result.last_step + 1
    assert explorer.sentence.endswith("further moves change nothing.")
    explorer.reset()
    explorer.settings["step"] = 3
    assert explorer.sentence.endswith("o = sigmoid(s) = 0.622.")


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (-0.5, "−0.5"), (1234.56, "1,235"), (0.30000000000000004, "0.3"), (-0.001234, "−0.0012")]
    + [(1e-7, "0.0000"), (20.0, "20"), (100.0, "100"), (0.125, "0.125"), (-12.345, "−12.3")],
)
def test_short_numbers(number, text):
    """Else a box overflows with digits, or 100 becomes 1."""
    assert short(number) == text


# 25 values: a layer of three units and a unit after it.
LARGEST = """\
a = 0.3
c = -0.7
d = 1.1
f = 0.2
g = -1.0
p = w * x
q = a * x
r = c * x
s = p + b
t = q + b
u = r + b
h = relu(s)
i = relu(t)
j = relu(u)
k = d * h
l = f * i
m = g * j
n = k + l
o = n + m
e = o - y
loss = e ** 2
"""


@pytest.mark.parametrize("name", [*PROGRAMS, "largest"])
@pytest.mark.parametrize(
    "inputs", [INPUTS, dict.fromkeys("xwby", -2.9), {**INPUTS, "x": 0.1, "w": -0.3}], ids=str
)
def test_nothing_covers_anything(name, inputs):
    """Else a number in the picture cannot be read, or stands outside of it."""
    walk = walk_program(PROGRAMS.get(name, LARGEST), 99, **inputs)
    if name == "largest":
        assert len(walk.names) == 25
    boxes, notes, _ = draw_walk(walk)
    width = boxes[-1].width
    nodes = [(box.x, box.y, box.x + box.width, box.y + box.height) for box in boxes if box.width == width]
    nodes = sorted({*nodes})
    assert len(nodes) == len(walk.names)
    letters = [
        (note.x - half_width(note), note.y - 0.8, note.x + half_width(note), note.y + 0.8)
        for note in notes
        if note.align == "center"
    ]
    for left, top, right, bottom in [*nodes, *letters]:
        assert left >= 0 and top >= 0 and right <= 10 * WIDTH and bottom <= 10 * HEIGHT
    labels = letters[-len(walk.edges) :]
    for one, other in itertools.combinations([*nodes, *labels], 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)
    for one, other in itertools.combinations(letters, 2):
        apart = (
            one[2] <= other[0] + 0.8 or other[2] <= one[0] + 0.8 or one[3] <= other[1] or other[3] <= one[1]
        )
        assert apart, (one, other)


@every_program
def test_lines_pass_between_the_boxes(name):
    """Else a gradient seems to come from a node that has nothing to do with it."""
    walk = walk_program(PROGRAMS[name], 0, **INPUTS)
    places = {(column, row) for column, row in zip(walk.columns.tolist(), walk.rows.tolist(), strict=True)}
    assert len(places) == len(walk.names)
    for (parent, child), route in zip(walk.edges, walk.routes, strict=True):
        assert route[0] == (walk.columns[parent], walk.rows[parent])
        assert route[-1] == (walk.columns[child], walk.rows[child])
        assert [row for _, row in route] == list(range(int(walk.rows[parent]), int(walk.rows[child]) + 1))
        assert not places & {*route[1:-1]}
