"""Backpropagation, move by move: a small graph on which values go forward and gradients come back."""

import re

from helpers.kit.controls import Menu, Player, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.words import enumerated
from helpers.language import Words
from helpers.studies.graphs.compute import INPUTS, PROGRAMS, walk_program
from helpers.studies.graphs.plots import GraphPlot, pretty, short

_ = Words(__name__)

AT_THE_START = {
    "neuron with loss": _("Neuron with loss"),
    "used twice": _("Used twice"),
    "relu neuron": _("Relu neuron"),
    "three sigmoids": _("Three sigmoids"),
    "cross-entropy": _("Cross-entropy"),
    "two hidden units": _("Two hidden units"),
}
INPUT = "{name} = {value}"
START = _("{graph}: only the inputs are known: {inputs}. The first move forward computes {first}.")
FORWARD = _("{graph}, forward move {move} of {moves}: {name} = {formula} = {value}.")
SEED = _(
    "{graph}, backward move 1 of {moves}: every value is known and kept, and {result} = {value}. The walk back starts "
    "with the gradient of {result} by itself, which is 1."
)
BACKWARD = _(
    "{graph}, backward move {move} of {moves}, from {child} to {parent}: local derivative {local} × incoming gradient "
    "{incoming} = {product}. {received}"
)
FIRST = _("The gradient of {parent} was unknown before and is {after} now.")
ADDED = _("{parent} is used more than once, so this is added to the {before} from before: {after}.")
DONE = _("{sentence} The walk is finished: every gradient is complete, and further moves change nothing.")

# Of the longest walk, through "two hidden units"; in a shorter one, the moves after its last change nothing.
MOST_STEPS = 31

GRAPHS = {
    "neuron with loss": _("neuron with loss"),
    "used twice": _("used twice"),
    "relu neuron": _("relu neuron"),
    "three sigmoids": _("three sigmoids"),
    "cross-entropy": _("cross-entropy"),
    "two hidden units": _("two hidden units"),
}

CODE = """\
from helpers.operations import exp, log, relu, sigmoid
from helpers.tensor import Tensor

x, w, b, y = (Tensor(number) for number in {numbers})
{program}
loss.backward()
print(f"loss {{loss.value:.3f}}")
for name, tensor in dict({names}).items():
    print(f"{{name}} is {{tensor.value:.3f}}, its gradient {{tensor.gradient:.3f}}")
"""


class GraphLive(Explorer):
    """Choose a graph and its inputs, and move through its forward and backward pass."""

    shows = _(
        "A graph of boxes, from the inputs at the top to the result at the bottom; each holds a value and a "
        "gradient, or a question mark for what is not known yet."
    )
    controls = (
        Menu("graph", _("graph"), next(iter(PROGRAMS)), GRAPHS),
        Player("step", _("move"), 0, 0, MOST_STEPS, interval=1500),
        *(
            Slider(name, name, value, -3.0, 3.0, 0.1, ".1f")
            for name, value in zip(INPUTS, (2.0, 0.5, -0.5, 1.0), strict=True)
        ),
    )
    presets = {
        "forward_done": Preset(_("forward done"), {"step": 5}),
        "backward_done": Preset(_("backward done"), {"step": MOST_STEPS}),
        "used_twice": Preset(_("used twice"), {"graph": "used twice", "step": 9}),
        "relu_is_off": Preset(_("relu is off"), {"graph": "relu neuron", "step": MOST_STEPS, "b": -2.0}),
        "fading": Preset(_("fading"), {"graph": "three sigmoids", "step": MOST_STEPS}),
        "two_units": Preset(_("two units"), {"graph": "two hidden units", "step": MOST_STEPS}),
    }
    plot = GraphPlot

    def compute(self, graph, step, **inputs):
        return walk_program(PROGRAMS[graph], step, **inputs)

    def describe(self, result, graph, step, **inputs):
        graph = AT_THE_START[graph]
        names, formulas = result.names, result.formulas
        first = len(result.inputs)
        moves = result.last_step - result.forward_steps
        if result.step == 0:
            known = enumerated(
                INPUT.format(name=name, value=short(value))
                for name, value in zip(result.inputs, result.values, strict=False)
            )
            return START.format(graph=graph, inputs=known, first=names[first])
        if result.step <= result.forward_steps:
            node = first + result.step - 1
            return FORWARD.format(
                graph=graph,
                move=result.step,
                moves=result.forward_steps,
                name=names[node],
                formula=pretty(formulas[node]),
                value=short(result.values[node]),
            )
        if result.backward_edges == 0:
            return SEED.format(graph=graph, moves=moves, result=names[-1], value=short(result.values[-1]))
        return self.describe_edge(result, graph, moves)

    def describe_edge(self, result, graph, moves):
        edge = result.backward_edges - 1
        parent, child = result.edges[edge]
        name, after = result.names[parent], short(result.received[parent])
        if result.before is None:
            received = FIRST.format(parent=name, after=after)
        else:
            received = ADDED.format(parent=name, before=short(result.before), after=after)
        sentence = BACKWARD.format(
            graph=graph,
            move=result.step - result.forward_steps,
            moves=moves,
            child=result.names[child],
            parent=name,
            local=short(result.local[edge]),
            incoming=short(result.gradients[child]),
            product=short(result.carried[edge]),
            received=received,
        )
        return DONE.format(sentence=sentence) if result.step == result.last_step else sentence

    def write_code(self, graph, step, **inputs):
        program = PROGRAMS[graph]
        result = self.compute(graph, 0, **inputs)
        return CODE.format(
            program=re.sub(r" = (-?\d.*)", r" = Tensor(\1)", program.rstrip()),
            numbers=tuple(inputs.values()),
            names=", ".join(f"{name}={name}" for name in result.inputs),
        )
