"""Pictures of backpropagation: a graph of values and gradients, and how gradients fade from layer to layer."""

import dataclasses

import numpy as np

from helpers.kit.cells import INK, WHITE, Box, CellPicture, Cells, Line, Note, outline
from helpers.kit.labels import label
from helpers.kit.numbers import significant
from helpers.kit.style import GRADIENT, GREY, QUIET, TRAIN, WEIGHTS, picture
from helpers.kit.words import enumerated
from helpers.language import Words

_ = Words(__name__)

START = _("inputs given")
FORWARD = _("forward: move {move} of {moves}")
BACKWARD = _("backward: move {move} of {moves}")
LEGEND = _("box: value | gradient     line: local derivative × incoming gradient")
UNKNOWN = "?"
NODE = "{name} = {formula}"
EDGE = "{local} × {incoming}"
GRAPH = _(
    "A graph of {nodes} values; the result is {result}, and its gradients by the inputs are {gradients}."
)
GRADIENT_OF = _("{gradient} by {name}")

LAYER = _("layer, from the first to the last")
SIZE = _("Typical gradient of a weight")
FADES = _(
    "From the last layer back to the first, the typical gradient shrinks to {first} of its size with {first_name}, and to "
    "{second} with {second_name}."
)
SHRUNK = _("less than 1/{factor:,}")
KEPT = _("more than 1/10")

WIDTH, HEIGHT = 9, 6.0
TOP, BOTTOM = 3.6, 0.2
BOX_HEIGHT = 4.2
TEXT_LINES = 1.15, 3.1
LABEL_HEIGHT = 2.0
WIDEST = 17.0
PALE_GRADIENT = "#fbe3d3"
PALE = "#f3f3f3"
PALE_LINE = "#bbbbbb"
SIGNIFICANT, DECIMALS = 3, 4
SIGNS = {" * ": " · ", " ** 2": "²", " - ": " − ", "-": "−"}


def short(number):
    """Write a number in three digits, with at most four decimals: 0.0000 is almost, but not quite 0."""
    return significant(number, SIGNIFICANT, DECIMALS)


def pretty(formula):
    """Write a formula as mathematics has it."""
    for code, sign in SIGNS.items():
        formula = formula.replace(code, sign)
    return formula


class GraphPlot(CellPicture):
    """A `GraphWalk` with its values and gradients so far, each in its box, and with the product on each edge."""

    size = (WIDTH, HEIGHT)

    def lay_out(self, walk):
        return draw_walk(walk)


@picture(WIDTH, HEIGHT)
def show_graph(figure, walk):
    """Show a graph at one step of its walk.

    Parameters
    ----------
    walk : helpers.studies.graphs.compute.GraphWalk
    """
    Cells(figure).show(*draw_walk(walk))
    gradients = [
        GRADIENT_OF.format(name=name, gradient=short(gradient))
        for name, gradient in zip(walk.inputs, walk.gradients, strict=False)
    ]
    return GRAPH.format(nodes=len(walk.names), result=short(walk.values[-1]), gradients=enumerated(gradients))


def draw_walk(walk):
    """Lay out a walk in tenths of an inch.

    Returns
    -------
    boxes : list of helpers.kit.cells.Box
    notes : list of helpers.kit.cells.Note
    lines : list of helpers.kit.cells.Line
    """
    x, y, width, gap = places(walk)
    current = current_node(walk)
    boxes, notes = [], heading(walk)
    for node in range(len(walk.names)):
        left, top = x(walk.columns[node]) - width / 2, y(walk.rows[node]) - BOX_HEIGHT / 2
        boxes += node_boxes(walk, node, left, top, width, current)
        notes += node_notes(walk, node, left, top, width)
    lines, labels = [], []
    for edge, child in enumerate(walk.edges[:, 1]):
        corners = edge_corners(walk, edge, x, y)
        if edge < walk.backward_edges:
            now = edge == walk.backward_edges - 1
            lines.append(Line(corners, GRADIENT, 3.5 if now else 2.2))
            text = EDGE.format(local=short(walk.local[edge]), incoming=short(walk.gradients[child]))
            labels.append(edge_note(corners, gap, text, "bold" if now else "normal"))
        else:
            lines.append(Line(corners, PALE_LINE, 1.5))
    labels = pushed_apart(labels)
    return [*map(behind, labels), *boxes], [*notes, *labels], lines


def places(walk):
    """Return how columns and rows become tenths of an inch, how wide a box is, and how high the gap between two rows."""
    columns = np.concatenate([walk.columns, [point[0] for route in walk.routes for point in route]])
    low, high = columns.min(), columns.max()
    pitch = min(30.0, 88 / (high - low + 1))
    rows = walk.rows.max() + 1
    step = min(10.0, (10 * HEIGHT - TOP - BOTTOM) / rows)
    start = TOP + (10 * HEIGHT - TOP - BOTTOM - step * rows) / 2 + step / 2
    width = min(WIDEST, pitch - 4)
    return (
        (lambda column: 45 + (column - (low + high) / 2) * pitch),
        (lambda row: start + step * row),
        width,
        step - BOX_HEIGHT,
    )


def current_node(walk):
    """Return the node that the last move wrote to; None before the first move."""
    if walk.step == 0:
        return None
    if walk.step <= walk.forward_steps:
        return len(walk.names) - walk.forward_steps + walk.step - 1
    return walk.edges[walk.backward_edges - 1, 0] if walk.backward_edges else len(walk.names) - 1


def node_boxes(walk, node, left, top, width, current):
    """Draw a node: a frame, and in its lower half the value at the left and the gradient at the right."""
    reached = walk.reached[node]
    backward = walk.step > walk.forward_steps
    edge, line = (WEIGHTS, 1.5) if not walk.formulas[node] else (QUIET, 1.0)
    if node == current:
        edge, line = (GRADIENT, 3.5) if backward else (TRAIN, 3.5)
    right = Box(
        left + width / 2, top + 2.3, width / 2, BOX_HEIGHT - 2.3, PALE_GRADIENT if reached else PALE, WHITE, 0
    )
    frame = Box(left, top, width, BOX_HEIGHT, "none", edge, line)
    return [Box(left, top, width, BOX_HEIGHT, WHITE, WHITE, 0), right, frame]


def node_notes(walk, node, left, top, width):
    """Write what a node is, its value and its gradient, or that they are not known yet."""
    name, formula = walk.names[node], walk.formulas[node]
    text = NODE.format(name=name, formula=pretty(formula)) if formula else name
    value, ink = (short(walk.values[node]), INK) if walk.known[node] else (UNKNOWN, "#777777")
    gradient, gradient_ink, weight = UNKNOWN, "#999999", "normal"
    if walk.reached[node]:
        gradient, gradient_ink, weight = short(walk.received[node]), GRADIENT, "bold"
    first, second = (top + line for line in TEXT_LINES)
    return [
        Note(left + width / 2, first, text, "center", ink, "bold"),
        Note(left + width / 4, second, value, "center", ink),
        Note(left + 3 * width / 4, second, gradient, "center", gradient_ink, weight),
    ]


def heading(walk):
    """Say which move this is, and what the halves of a box hold."""
    if walk.step == 0:
        text, ink = START, INK
    elif walk.step <= walk.forward_steps:
        text, ink = FORWARD.format(move=walk.step, moves=walk.forward_steps), TRAIN
    else:
        move = walk.step - walk.forward_steps
        text, ink = BACKWARD.format(move=move, moves=walk.last_step - walk.forward_steps), GRADIENT
    return [
        Note(1.5, 2.2, text, ink=ink, weight="bold", size=13),
        Note(88.5, 2.2, LEGEND, "right", GREY),
    ]


def edge_corners(walk, edge, x, y):
    """Return the corners of an edge's line, beside that of another edge between the same nodes."""
    twins = np.flatnonzero((walk.edges == walk.edges[edge]).all(axis=1))
    shift = 12.0 * (np.flatnonzero(twins == edge)[0] - (len(twins) - 1) / 2)
    points = [(x(column) + shift, y(row)) for column, row in walk.routes[edge]]
    # Lines that meet at a node arrive beside each other.
    towards = np.sign(points[-2][0] - points[-1][0])
    points[-1] = (points[-1][0] + 2.0 * towards * (shift == 0), points[-1][1] - BOX_HEIGHT / 2)
    points[0] = (points[0][0], points[0][1] + BOX_HEIGHT / 2)
    return points


def edge_note(points, gap, text, weight):
    """Write on a line in the gap above its end, a little nearer to its start, where lines to one node are further apart."""
    (x0, y0), (x1, y1) = points[-2:]
    share = 1 - 0.6 * gap / (y1 - y0)
    return Note(x0 + share * (x1 - x0), y1 - gap / 2, text, "center", GRADIENT, weight)


def pushed_apart(labels):
    """Move labels of one height sideways until none covers another."""
    labels = sorted(labels, key=lambda note: (round(note.y, 1), note.x))
    halves = [half_width(note) for note in labels]
    middles = [note.x for note in labels]
    neighbours = [
        (left, left + 1)
        for left in range(len(labels) - 1)
        if abs(labels[left].y - labels[left + 1].y) < LABEL_HEIGHT
    ]
    for _ in range(50):
        still = True
        for left, right in neighbours:
            overlap = halves[left] + halves[right] - (middles[right] - middles[left])
            if overlap > 0:
                middles[left] -= overlap / 2 + 0.01
                middles[right] += overlap / 2 + 0.01
                still = False
        if still:
            break
    return [dataclasses.replace(note, x=x) for note, x in zip(labels, middles, strict=True)]


def half_width(note):
    return outline(note.text, note.size, note.weight)[2] / 2 + 0.4


def behind(note):
    """Return a white box behind a label, so that the line does not run through its letters."""
    half = half_width(note)
    return Box(note.x - half, note.y - LABEL_HEIGHT / 2, 2 * half, LABEL_HEIGHT, WHITE, WHITE, 0)


@picture(9, 3.8)
def show_fading(figure, gradients):
    """Show how large the gradients of a layer's weights typically are, layer by layer, for two activations.

    Parameters
    ----------
    gradients : dict of array, shape (layers,)
        By the name of the activation, the typical size in each layer, from the first to the last.
    """
    axes = figure.subplots()
    for (name, sizes), colour, marker in zip(gradients.items(), (GRADIENT, TRAIN), "os", strict=True):
        layers = np.arange(1, len(sizes) + 1)
        axes.semilogy(layers, sizes, f"{marker}-", color=colour)
        label(axes, name, (1, sizes[0]), (-12, 0), bold=True, color=colour)
    axes.set(xlabel=LAYER, title=SIZE, xticks=layers, xlim=(0.2, len(layers) + 0.3))
    axes.minorticks_off()
    (first_name, first), (second_name, second) = (
        (name, shrunk(sizes[0] / sizes[-1])) for name, sizes in gradients.items()
    )
    return FADES.format(first=first, first_name=first_name, second=second, second_name=second_name)


def shrunk(share):
    """Say how small a share is, so coarsely that it is the same on every machine."""
    return KEPT if share > 0.1 else SHRUNK.format(factor=10 ** int(-np.log10(share)))
