"""The exercises of 2.4.4: the chain rule, walks through graphs, and derivatives that carry a gradient back."""

import dataclasses
import functools
import inspect
import itertools
import re

import numpy as np

from helpers.exercises import shared_hints
from helpers.exercises.attempts import case, minus_targets, normal, of_the_label, softmax
from helpers.exercises.feedback import Exercise, Feedback, Mistake, is_stub
from helpers.exercises.own_code import Rule
from helpers.language import Words

_ = Words(__name__)

NEEDS_DIFFERENTIABLE = _(
    "The value is right, and so is the gradient. But a row takes the inputs alone, as softplus(x), and g comes only later: return a function of g beside the value."
)
FOUR_WORDS = _(
    'Give four of the words "sign", "accumulation", "transpose" and "unbroadcast" in a tuple, one for each of A, B, C and D.'
)
NO_SUCH_WORD = _(
    '"{word}" is none of the four words: they are "sign", "accumulation", "transpose" and "unbroadcast".'
)
WORD_TWICE = _('The word "{word}" stands there twice. Each of the four mistakes was made once.')
BACK_TO = _("g of shape {large}, back to {small}")
FOUND = {1: _("{0} found. {rest}"), 2: _("{0} and {1} found. {rest}")}
CLAUSES = {2: _("{0}, and {1}."), 3: _("{0}, {1}, and {2}."), 4: _("{0}, {1}, {2}, and {3}.")}
NOT_THERE = {
    "sign": _("the error of {name} is prediction − target, as it should be"),
    "accumulation": _("{name} adds both parts of the gradient of W"),
    "transpose": _("in {name}, x.T @ g lets samples meet samples"),
    "unbroadcast": _("{name} sums its gradient of b over the samples"),
}


# 1. The chain rule

check_chain = Exercise(
    cases=lambda: {"x = 2": (2.0,), "x = -1": (-1.0,), "x = 0.5": (0.5,)},
    solution=lambda x: 6 * (3 * x + 1),
    praise=_(
        "Two slopes, one after the other, multiply. The slope of the square is taken where the square stands: at u."
    ),
    mistakes={
        "2 * (3 * x + 1)": _(
            "This is how y follows u. But u itself moves faster than x does: how much faster? That factor is missing."
        ),
        "3.0": _("This is how u follows x. How y follows u is missing, and it depends on where u is."),
        "2 * (3 * x + 1) + 3": _(
            "Both slopes are right, but you added them. A factor after a factor is their product."
        ),
        "6 * x": _(
            "Yours is the slope of the square at x, times 3. The square is fed with u, so take its slope at u."
        ),
        "2 * (3 * x + 1) * 3 * x": _(
            "You multiplied by 3x. The inner slope is how fast u changes when x moves, and that is the same everywhere."
        ),
        "3 * (3 * x + 1) ** 2": _(
            "You multiplied the value of y by the inner slope. The chain rule multiplies slopes: what is the slope of a square?"
        ),
        "(3 * x + 1) ** 2": _("This is y itself. The question is how fast y changes when x moves."),
        "3 * (3 * x + 1)": _(
            "The square's slope lacks its factor: in 2.4.1 you found that the slope of a square is twice its number."
        ),
        "18 * x": _(
            "Expand it: 2 · (3x + 1) · 3 has a part without x, which yours lacks. The slope of the square is taken at all of u."
        ),
        "18 * x + 1": _("The 1 of u is not multiplied. Put u into brackets: both slopes multiply all of it."),
        "18 * x + 3": _("The 1 of u is multiplied by 3 only. Both slopes multiply all of u."),
        "6 * x + 1": _(
            "The slope of the square, 2 · u, is there with brackets missing, and the inner slope is not there. Put u into brackets and multiply by how fast it moves."
        ),
        "18.0": _("Yours is the same at every x. Going up, the square of u becomes steeper: where is u?"),
    },
)


# 2. By hand through a small graph

check_small_graph = Exercise(
    solution=(16.0, 8.0, 24.0),
    praise=_(
        "You went through the graph once and had three gradients. The 8 that arrives at s was used for all of them."
    ),
    mistakes={
        "(24.0, 8.0, 16.0)": _(
            "The gradients of w and x have changed places. At a product, the slope by one factor is the other factor."
        ),
        "(16.0, 24.0, 8.0)": _("All three are right, in another order: w, b, x."),
        "(8.0, 4.0, 12.0)": _(
            "You sent e itself back from the square. The slope of a square is twice its number."
        ),
        "(2.0, 1.0, 3.0)": _(
            "These are the local derivatives of the first two lines. The gradient that comes in from below multiplies each."
        ),
        "(-16.0, -8.0, -24.0)": _(
            "The sizes are right, the sign is turned. In e = s − y, it is y that gets the minus, not s."
        ),
        "(16.0, -8.0, 24.0)": _(
            "w and x are right. For b, you multiplied by b; but b is added, and the slope of a sum by each part is 1."
        ),
        "(16.0, 48.0, 24.0)": _(
            "w and x are right. For b, you multiplied by p, as if p and b were multiplied. They are added."
        ),
        "(64.0, 32.0, 96.0)": _(
            "You began with 16, the value of the loss. The walk begins with 1, the slope of the loss by itself, and goes on with the slope of the square."
        ),
        "(8.0, 8.0, 8.0)": _(
            "The 8 of p is passed on to w and x as it is. At a product, it is multiplied by the other factor."
        ),
        "(16.0, 1.0, 24.0)": _(
            "w and x are right. For b, you gave the slope of the sum alone; the gradient that comes in at s multiplies it."
        ),
        "(24.0, 8.0, 24.0)": _("b and x are right. For w, the other factor of the product is x."),
        "(16.0, 8.0, 16.0)": _("w and b are right. For x, the other factor of the product is w."),
        "(20.0, 10.0, 30.0)": _("You doubled s. The square is taken of e, which is s − y."),
        "(32.0, 16.0, 48.0)": _(
            "All three are twice what they should be: the slope of the square, twice its number, counts once."
        ),
    },
    nudge=_(
        "Write p, s, e and loss on paper first. Then go back from loss to e, to s, to p and b, to w and x, with one product a line."
    ),
)


# 3. A value used twice

check_used_twice = Exercise(
    cases=lambda: {"x = 2": (2.0,), "x = -3": (-3.0,), "x = 0.5": (0.5,)},
    solution=lambda x: (x, 3 * x**2),
    praise=_(
        "Every use of a value is a way from it to the result, and the ways add up. The slope is that of x³, as it must be."
    ),
    mistakes={
        "(x, x**2)": _(
            "This is what x receives from z directly. x was used by a, too: what comes back along those ways has to be added."
        ),
        "(x, 2 * x**2)": _(
            "Two of three ways are there: a uses x two times, and z uses it once more. All three have to be added."
        ),
        "(x, x**2 + 2 * x)": _(
            "At a, you sent the local derivatives back to x as they are. Each has to be multiplied by the gradient of a."
        ),
        "(x, 2 * x**4)": _(
            "You multiplied what comes back along different ways. Slopes multiply along a way, and ways add."
        ),
        "(x**2, 3 * x**2)": _(
            "The gradient of x is right. For a you gave its value: the gradient of a factor of z is the other factor."
        ),
        "(1, 3 * x**2)": _(
            "The gradient of x is right. For a you gave 1: but z is a product, and it moves by the other factor when a moves by 1."
        ),
        "(2 * x, 3 * x**2)": _(
            "The gradient of x is right. For a you gave how fast a follows x. Asked for is how fast z follows a."
        ),
        "(3 * x**2, x)": _("The two numbers have changed places: first the gradient of a, then that of x."),
        "(x, 2 * x)": _(
            "For x you gave how fast a follows x. Asked for is how fast z follows x: along a, and directly."
        ),
        "(x, 3 * x)": _(
            "Three ways lead from x to z, and each carries a product of two numbers back, not x alone."
        ),
        "(x, x**3)": _("For x you gave the value of z. What comes back to it along three ways?"),
        "x": _("That is the gradient of a. Return that of x behind it."),
        "3 * x**2": _("That is the gradient of x. Return that of a in front of it."),
        "(x, 2 * x**3)": _(
            "What comes to x directly was multiplied with the rest. Ways add: one part from z, and two from a."
        ),
        "(2 * x, x**2)": _(
            "You gave how fast a follows x, and how fast z follows x with a held still. Asked for are z by a, and z by x along all ways."
        ),
    },
    rules=(
        Rule(
            r"\b3(\.0)? \* \(?x\b|\* 3(\.0)?\b",
            _(
                "Both numbers are right, but the second is the slope of x³, from the formula. Walk back through the graph: what comes to x from z directly, and what from each of its two uses in a?"
            ),
        ),
    ),
)


# 4. The order of the walk


def walks():
    twice = (("w", "p"), ("x", "p"), ("p", "q"), ("w", "q"), ("q", "loss"))
    chain = (("x", "a"), ("a", "b"), ("b", "loss"))
    forked = (*chain, ("x", "b"))
    return {
        _("the graph of q = p + w, in the order loss, q, p, w, x"): (("loss", "q", "p", "w", "x"), twice),
        _("the graph of q = p + w, in the order loss, q, w, p, x"): (("loss", "q", "w", "p", "x"), twice),
        _("the graph of q = p + w, in the order x, w, p, q, loss"): (("x", "w", "p", "q", "loss"), twice),
        _("the graph of q = p + w, in the order loss, q, p, x, w"): (("loss", "q", "p", "x", "w"), twice),
        _("the graph of q = p + w, in the order q, loss, p, w, x"): (("q", "loss", "p", "w", "x"), twice),
        _("the graph of q = p + w, in the order w, loss, q, p, x"): (("w", "loss", "q", "p", "x"), twice),
        _("a chain, in the order loss, b, a, x"): (("loss", "b", "a", "x"), chain),
        _("a chain, in the order loss, a, b, x"): (("loss", "a", "b", "x"), chain),
        _("a chain whose b uses x, too, in the order loss, b, a, x"): (("loss", "b", "a", "x"), forked),
    }


def is_safe(order, edges):
    return all(order.index(child) < order.index(parent) for parent, child in edges)


check_order = Exercise(
    cases=walks,
    solution=is_safe,
    praise=_(
        "A value passes its gradient on when all who used it have reported. One order does that for the whole graph."
    ),
    mistakes={
        "all(order.index(parent) < order.index(child) for parent, child in edges)": _(
            "You accept the orders of the forward pass, where a value comes before those that use it. Going back, it is the other way round."
        ),
        "any(order.index(child) < order.index(parent) for parent, child in edges)": _(
            "You accept an order as soon as one edge is right. A single edge in the wrong order spoils a gradient."
        ),
        "is_safe(order, edges[:1])": _(
            "You look at the first edge only. Is there a return inside the loop, for right and for wrong? Say True after the loop, when no edge was wrong."
        ),
        "is_safe(order, edges[-1:])": _(
            "You look at the last edge only: a later edge overwrites what an earlier one has found."
        ),
        "order[0] == edges[-1][1]": _(
            "You ask whether the result comes first. It must, but that is not enough: everything else needs its place, too."
        ),
        "True": _(
            "You accept every order. Which one would send a value on before all of its gradient has arrived?"
        ),
        "not is_safe(order, edges)": _(
            "True and False have changed places: say True when the order is safe."
        ),
        "False": _("You refuse every order, also those where each value waits for all that use it."),
        "all(order.index(parent) - order.index(child) == 1 for parent, child in edges)": _(
            "You ask that a value comes right behind those that use it. Others may stand in between."
        ),
        "all((order[i + 1], order[i]) in edges for i in range(len(order) - 1))": _(
            "You ask that neighbours are joined by an edge. Two values that do not use each other may be neighbours, too."
        ),
        "[order.index(child) < order.index(parent) for parent, child in edges]": _(
            "You answer for each edge. Say once for the whole order whether all edges are right."
        ),
        "is_safe(order, edges) or None": _(
            "Your True is right, but where an edge is wrong, nothing is returned: say False there."
        ),
        "None if is_safe(order, edges) else False": _(
            "Your False is right, but where no edge is wrong, nothing is returned: say True behind the loop."
        ),
        "order[0] == 'loss' and order[-1] == 'x'": _(
            "You look at the two ends. What stands between them has to wait for one another, too."
        ),
    },
)


# 5. The weights of PyTorch


def stored_layers():
    random = np.random.default_rng(5)
    return {
        _("4 samples, 3 inputs, 2 units"): normal(random, (4, 3), (2, 3), (4, 2)),
        _("2 samples, 2 inputs, 2 units"): normal(random, (2, 2), (2, 2), (2, 2)),
        _("1 sample, 3 inputs, 5 units"): normal(random, (1, 3), (5, 3), (1, 5)),
    }


check_stored_weights = Exercise(
    cases=stored_layers,
    solution=lambda x, W, g: g.T @ x,
    praise=_(
        "The shapes left one way only. That is how this rule is remembered, and the proof with entries says why it holds."
    ),
    mistakes={
        "x.T @ g": _(
            "The numbers are right, but they lie on their side: a gradient has the shape of its weights, here (units, inputs)."
        ),
        "g @ W": _("This is the gradient of x: it has a row a sample. Asked for is the gradient of W."),
        "g @ x": _(
            "The inner sizes do not meet, except by luck where everything is square. Samples should meet samples: one of the two needs a transposition."
        ),
        "x @ g": _(
            "The inner sizes do not meet, except by luck where everything is square. Over which axis is a sum taken in this gradient? Over the samples."
        ),
        "(g.T @ x) / len(x)": _(
            "You divided by the number of samples. An average, if there is one, stands in the loss and is in g already."
        ),
        "(x.T @ g).reshape(W.shape)": _(
            "The shape is right, but reshape keeps the order of the numbers. Rows have to become columns."
        ),
        "g[0][:, np.newaxis] * x[0]": _(
            "This is the part of the first sample. Each sample adds one, and the sum is the gradient."
        ),
        "g[-1][:, np.newaxis] * x[-1]": _(
            "This is the part of the last sample. Each sample adds one, and the sum is the gradient."
        ),
        "-g.T @ x": _("The sign is turned. Nothing in x @ W.T has a minus."),
        "g.T @ x + W": _("You added W. Its gradient says how to move it; W itself stays out of it."),
        "W - g.T @ x": _("You took a step with the weights. Return the gradient alone."),
        "W * (g.T @ x)": _(
            "You multiplied by W. In a product, the slope by one factor is the other factor alone."
        ),
    },
    keeps_input=True,
)


# 6. The mirror of broadcasting


def repeated_shapes():
    random = np.random.default_rng(6)
    pairs = (
        ((4, 3), (3,)), ((4, 3), (1, 3)), ((4, 3), (4, 1)), ((2, 4, 3), (4, 3)), ((4, 3), (4, 3)), ((2, 3), ()),
        ((2, 4, 3), (4, 1)), ((2, 3, 3), (1, 3)), ((2, 4, 3), (3,)), ((4, 3), (1, 1)),
    )  # fmt: skip
    return {
        BACK_TO.format(large=large, small=small): (random.normal(size=large), small) for large, small in pairs
    }


def added(g, shape):
    """Return the axes of g that were added in front of the shape."""
    return tuple(range(g.ndim - len(shape)))


def ones(shape):
    return tuple(axis for axis, size in enumerate(shape) if size == 1)


def summed_back(g, shape, reduce=np.sum):
    return reduce(reduce(g, axis=added(g, shape)), axis=ones(shape), keepdims=True)


def compared_in_place(g, shape):
    for axis in range(g.ndim):
        if g.shape[axis] != shape[axis]:
            g = g.sum(axis=axis, keepdims=True)
    return g


def first_of_each(g, axis, keepdims=False):
    for number in sorted(axis, reverse=True):
        g = np.take(g, [0] if keepdims else 0, axis=number)
    return g


check_sum_back = Exercise(
    cases=repeated_shapes,
    solution=summed_back,
    praise=_(
        "What was repeated on the way forward is summed on the way back: each copy is one more use of the same number."
    ),
    mistakes={
        "summed_back(g, shape, np.mean)": _(
            "You took averages. Each copy of a number is a use of it, and uses add up."
        ),
        "summed_back(g, shape, first_of_each)": _(
            "You kept the gradient of one copy and dropped the others. Each copy is a use, and uses add up."
        ),
        "g": _("Your result is g as it came. Its shape has to become that of the smaller tensor."),
        "g.sum(axis=0)": _(
            "Your result is always the sum over axis 0. That suits a bias. Which axes were added or repeated depends on the two shapes."
        ),
        "g.sum(axis=added(g, shape))": _(
            "Axes that were added in front are summed. Axes of size 1 that were there before and were repeated are not yet."
        ),
        "summed_back(g, shape).reshape([size for size in shape if size > 1])": _(
            "The sums are right, but an axis of size 1 has vanished from the shape. keepdims=True keeps it."
        ),
        "g.sum()": _("You summed everything to one number. Only the added and the repeated axes are summed."),
        "np.resize(g, shape)": _(
            "The shape is right, but entries were cut off. Nothing may be lost: sum over the axes that go."
        ),
        "g.sum(axis=added(g, shape)) if added(g, shape) else g.sum(axis=ones(shape), keepdims=True)": _(
            "Added axes are summed, and so are axes of size 1, but one or the other: a shape may have both. Sum the added ones first, then look for axes of size 1 in what is left."
        ),
        "(g.sum(axis=0) if added(g, shape) else g).sum(axis=ones(shape), keepdims=True)": _(
            "One added axis is summed. There may be several: go on until g has as many axes as shape."
        ),
        "g.sum(axis=added(g, shape)).sum(axis=ones(shape)[:1], keepdims=True)": _(
            "Of several axes of size 1, the first is summed and the others are not. The return comes after the last of them."
        ),
        "g.sum(axis=added(g, shape) + ones(shape), keepdims=True).reshape(shape)": _(
            "The axes of size 1 are numbered as in shape, but g has axes added in front of them, which shift the numbers. Sum the added ones first, or count them in."
        ),
        "g.sum(axis=ones(shape), keepdims=True)": _(
            "Axes of size 1 are dealt with. The axes that were added in front are still there."
        ),
        "g.sum(axis=0, keepdims=True)": _(
            "Your result is always the sum over axis 0, kept with size 1. Which axes were added or repeated depends on the two shapes."
        ),
        "g.sum(axis=1, keepdims=True)": _(
            "Your result is always the sum over axis 1, kept with size 1. Which axes were added or repeated depends on the two shapes."
        ),
        "g.reshape(shape)": {
            r"reshape": _(
                "reshape moves numbers to other places and needs as many of them as there are. Copies have to be added up: sum over axes."
            )
        },
        "functools.reduce(np.sum, ones(shape), g.sum(axis=added(g, shape)))": _(
            "The axes are the right ones, but each axis of size 1 vanishes as it is summed, and those behind it move up. keepdims=True keeps it."
        ),
        "g.sum(axis=tuple(range(len(shape), g.ndim))).sum(axis=ones(shape), keepdims=True)": _(
            "g comes down to the right number of axes, but those that go stand at the end. Broadcasting adds axes in front."
        ),
        "compared_in_place(g, shape)": {
            r"shape\[": _(
                "g has more axes than `shape` here, so shape[axis] asks for a size that is not there, and the sizes before it are compared with the wrong ones: shapes are aligned at their last axis. Sum the added axes first."
            )
        },
        "g.sum(axis=[0], keepdims=True)": {
            r"axis ?=": _(
                "`axis` may be a number or a tuple of numbers, not a list. tuple(…) makes one of it."
            )
        },
    },
    rules=(
        Rule(
            r"\bunbroadcast\(",
            _(
                "The numbers are right, but `unbroadcast` found them. Write its steps yourself: which axes are summed, and which keep their place?"
            ),
        ),
    ),
    keeps_input=True,
)


# 7. A new row for the table of operations


class TableRow(Exercise):
    """An exercise that asks for an operation with its derivatives, as it stands in the table.

    What is compared is its value and the gradients that it carries back; a case holds the inputs and, at last, the
    gradient of the value.
    """

    def function_of(self, expression):
        return use(super().function_of(expression))

    def __call__(self, attempt):
        row = inspect.unwrap(attempt) if callable(attempt) else attempt
        if is_stub(row) or not callable(row):
            return super().__call__(row)
        feedback = super().__call__(use(row))
        if feedback.state == "solved" and not takes(row, 1):
            return Feedback("not yet", NEEDS_DIFFERENTIABLE)
        return feedback


def takes(row, count):
    """Whether a function can be called with so many inputs; options that it has besides do no harm."""
    try:
        inspect.signature(row).bind(*[None] * count)
    except (TypeError, ValueError):
        return False
    return True


def use(row):
    """Turn an operation of the table into a function from inputs and incoming gradient to value and gradients."""

    # What is said of lines and slips is said of the row.
    @functools.wraps(row)
    def value_and_gradients(*inputs_and_gradient):
        *inputs, g = inputs_and_gradient
        # Whatever takes another number of arguments, or any, is no row, but may know what to do with all of them.
        if not takes(row, len(inputs)) or takes(row, 100):
            return row(*inputs_and_gradient)
        result = row(*inputs)
        if not isinstance(result, tuple | list) or not result:
            return result
        value, *derivatives = result
        # An array in the place of a function carries nothing back.
        return value, *(part(g) if callable(part) else None for part in derivatives)

    return value_and_gradients


def logistic(x):
    return 1 / (1 + np.exp(-x))


def without_lambda(x):
    raise NameError("name 'g' is not defined")


def softplus(x):
    return np.log1p(np.exp(x)), lambda g: g / (1 + np.exp(-x))


check_softplus = TableRow(
    cases=lambda: {
        _("x = [-1, 0, 2], incoming gradient [1, 1, 1]"): case([-1.0, 0.0, 2.0], [1.0, 1.0, 1.0]),
        _("x = [0.5, -3], incoming gradient [2, -1]"): case([0.5, -3.0], [2.0, -1.0]),
    },
    solution=use(softplus),
    praise=_(
        "Value and derivative stand side by side, and everything else, from graphs to broadcasting, works by itself."
    ),
    mistakes={
        "(softplus(x)[0], lambda g: 1 / (1 + np.exp(-x)))": _(
            "The value is right, and so is the local derivative. But a row carries a gradient back: the incoming g belongs into the product."
        ),
        "(softplus(x)[0], lambda g: g * np.exp(x))": _(
            "You stopped inside: that is the slope of 1 + exp(x). The slope of the logarithm, 1 over its number, is missing."
        ),
        "(softplus(x)[0], lambda g: g / (1 + np.exp(x)))": _(
            "You used the slope of the logarithm only. What is inside of it has a slope, too, by the chain rule."
        ),
        "(softplus(x)[0], lambda g: g * softplus(x)[0])": _(
            "You multiplied by the value. That is right for exp, which is its own slope, but not here."
        ),
        "(softplus(x)[0], lambda g: -g / (1 + np.exp(-x)))": _(
            "The sign is turned: softplus grows everywhere, so its slope is positive."
        ),
        "(np.log(np.exp(x)), lambda g: g)": _(
            "The 1 inside the logarithm is missing. Without it, log and exp undo each other."
        ),
        "(softplus(x)[0], lambda g: g * (x > 0))": _(
            "The value is right. What you carry back is relu's slope, with its jump at 0; softplus is smooth, and so is its slope."
        ),
        "(softplus(x)[0], lambda g: g * logistic(x) * (1 - logistic(x)))": _(
            "The value is right. What you carry back is the slope of the sigmoid: you took a derivative once too often."
        ),
        "(softplus(x)[0], logistic(x))": _(
            "The value is right. The second thing must be a function: write `lambda g: g * …`."
        ),
        "softplus(x)[0]": _(
            "You returned the value. A row of the table returns two things: the value, and a function that takes g."
        ),
        "(softplus(x)[0], lambda g: g)": _(
            "The value is right. You pass g on as it came, as if the slope were 1 everywhere."
        ),
        "(softplus(x)[0], lambda g: logistic(g))": _(
            "The value is right. What you carry back is a function of g alone. The slope is taken at x, and g multiplies it: the name behind lambda is that of the gradient."
        ),
        "(softplus(x)[0], lambda g: g * logistic(g))": _(
            "The value is right. You took the slope at g. It is taken at x, and g multiplies it."
        ),
        "(logistic(x), lambda g: g * logistic(x))": _(
            "What you carry back is right. Your value is the slope; the value is the logarithm."
        ),
        "(softplus(x)[0], lambda g: g * x * logistic(x))": _(
            "The value is right. There is an x too much in what you carry back: how fast does x itself move, when x moves?"
        ),
        "(softplus(x)[0], lambda g: g + logistic(x))": _(
            "The value is right. The incoming g and the local derivative are multiplied, not added."
        ),
        "(softplus(x)[0], lambda g: np.sum(g * logistic(x)))": _(
            "The value is right. You summed what you carry back. Each entry of x has a gradient of its own."
        ),
        "(softplus(-x)[0], lambda g: g * logistic(x))": _(
            "What you carry back is right. Your value has the sign of x turned."
        ),
        "(np.exp(x), lambda g: g * logistic(x))": _(
            "What you carry back is right. Your value is exp(x): both parts of 1 + exp(x) belong into the logarithm's brackets."
        ),
        "(np.log10(1 + np.exp(x)), lambda g: g * logistic(x))": _(
            "What you carry back is right. Your value has the logarithm to base 10; np.log is the natural one, the inverse of exp."
        ),
        "(softplus(x)[0], lambda g: g * logistic(x), lambda g: g)": _(
            "Value and gradient are right, and one function more follows. softplus has one input, so one function carries back."
        ),
        "(softplus(x)[0], lambda: logistic(x))": _(
            "The function that carries back is called with the gradient, and yours takes nothing. Name what it takes, behind the word lambda."
        ),
        "without_lambda(x)": _(
            "No g is known where your row is computed; it comes later, on the way back. Put what needs it into a function that takes g, behind the word lambda."
        ),
    },
    parts=(_("your value"), _("the gradient that your row carries back")),
)


# 8. Four suspects

CULPRITS = {"A": "transpose", "B": "unbroadcast", "C": "sign", "D": "accumulation"}


@dataclasses.dataclass(frozen=True)
class Suspects(Exercise):
    """An exercise whose answer is a word for each suspect: a tuple, a list, an array or one text, in capitals or not."""

    def check_value(self, attempt):
        if isinstance(attempt, np.ndarray):
            attempt = attempt.tolist()
        if isinstance(attempt, dict):
            attempt = [attempt.get(name, "") for name in CULPRITS]
        if isinstance(attempt, str):
            attempt = [attempt]
        if not isinstance(attempt, list | tuple) or not all(isinstance(part, str) for part in attempt):
            return Feedback("not yet", FOUR_WORDS)
        words = re.findall(r"\w+", " ".join(attempt).lower())
        for word in words:
            if word not in NOT_THERE:
                return Feedback("not yet", NO_SUCH_WORD.format(word=word))
            if words.count(word) > 1:
                return Feedback("not yet", WORD_TWICE.format(word=word))
        if len(words) != len(CULPRITS):
            return Feedback("not yet", FOUR_WORDS)
        return super().check_value(tuple(words))

    @functools.cached_property
    def usual_mistakes(self):
        others = (words for words in itertools.permutations(NOT_THERE) if words != self.solution)
        return [Mistake(words, acquit(words)) for words in others]


def acquit(words):
    """Say which suspects are found, and of each other one that the mistake named is not there."""
    right = [name for name, word in zip(CULPRITS, words, strict=True) if word == CULPRITS[name]]
    clauses = [
        NOT_THERE[word].format(name=name)
        for name, word in zip(CULPRITS, words, strict=True)
        if name not in right
    ]
    text = CLAUSES[len(clauses)].format(*clauses)
    text = f"{text[0].upper()}{text[1:]}"
    return FOUND[len(right)].format(*right, rest=text) if right else text


check_suspects = Suspects(
    solution=tuple(CULPRITS.values()),
    praise=_(
        "These four make up most of the mistakes in derivatives written by hand, and a gradient check finds each."
    ),
)


# 9. All four repaired


def penalised_layers():
    random = np.random.default_rng(9)
    return {
        _("4 samples, 3 inputs, 2 units"): normal(random, (4, 3), (3, 2), (2,), (4, 2)),
        _("3 samples, 3 inputs, 3 units"): normal(random, (3, 3), (3, 3), (3,), (3, 3)),
        _("1 sample, 2 inputs, 3 units"): normal(random, (1, 2), (2, 3), (3,), (1, 3)),
    }


def gradients_of(error, x, W):
    """Stack the gradients of W, with its penalty, and of b, when the error comes in."""
    return np.vstack([x.T @ error + W, error.sum(axis=0)])


def penalised(x, W, b, y):
    return gradients_of(x @ W + b - y, x, W)


check_repaired = Exercise(
    cases=penalised_layers,
    solution=penalised,
    praise=_("No sign turned, no use forgotten, every sum taken. From here on, let a gradient check say so."),
    mistakes={
        "gradients_of(y - (x @ W + b), x, W)": _(
            "A sign is turned: with g as the gradient of the prediction, a prediction above its target must have a positive g."
        ),
        "gradients_of(x @ W + b - y, x, 0 * W)": _(
            "One use of W is missing: the penalty pulls on every weight, too, and its gradient is added."
        ),
        "np.vstack([W, penalised(...)[-1]])": _(
            "Only the penalty's part of the gradient of W is left. The product's part was overwritten; both have to be added."
        ),
        "np.vstack([x @ (x @ W + b - y) + W, (x @ W + b - y).sum(axis=0)])": _(
            "The samples of x and of g have to meet in the product. A transposition is missing, and only the square case goes through without it."
        ),
        "np.vstack([x.T @ (x @ W + b - y) + W, x @ W + b - y])": _(
            "The gradient of b has a row a sample. b was repeated for each of them, so its gradient is a sum."
        ),
        "np.vstack([penalised(...)[:-1], penalised(...)[-1] / len(x)])": _(
            "For b you took the average over the samples. The loss is a sum over the samples, so its gradient is one, too."
        ),
        "gradients_of((x @ W + b - y) / len(x), x, W)": _(
            "You averaged over the samples. The loss is a sum over them, so its gradient is one, too."
        ),
        "2 * penalised(...)": _(
            "Everything is twice what it should be: each square brings a factor of 2, and the loss halves it."
        ),
        "gradients_of(2 * (x @ W + b - y), x, W)": _(
            "The layer's part is twice what it should be: the square brings a factor of 2, and the loss halves it."
        ),
        "gradients_of(x @ W + b - y, x, 2 * W)": _(
            "The penalty's part is twice what it should be: the square brings a factor of 2, and the loss halves it."
        ),
        "np.roll(penalised(...), 1, axis=0)": _(
            "All numbers are right, but the gradient of b comes first. Here it is the last row."
        ),
        "(penalised(...)[:-1], penalised(...)[-1])": _(
            "Both gradients are right. Return them in one array: np.vstack puts that of b below that of W."
        ),
        "gradients_of(x @ W - y, x, W)": _("b is missing in the prediction, so every error is off."),
        "penalised(...) + np.vstack([0 * W, b])": _(
            "The gradient of W is right. To that of b, b itself was added; the penalty holds W alone."
        ),
        "gradients_of(x @ W + b - y, x, -W)": _(
            "The penalty's part of W's gradient is subtracted. Both uses of W add up."
        ),
        "gradients_of(x @ W + b - y, x, W**2 / 2)": _(
            "You added the penalty itself to the gradient of W. What is added is its slope."
        ),
        "np.vstack([penalised(...)[:-1] / 2, penalised(...)[-1]])": _(
            "The gradient of W is half of what it should be: the slope of a square brings a 2, which the half in the loss cancels."
        ),
    },
    keeps_input=True,
)


# 10. Softmax and cross-entropy


def score_gradient(scores, labels):
    return minus_targets(softmax(scores), labels) / len(scores)


check_score_gradient = Exercise(
    cases=lambda: {
        _("2 samples of 3 classes"): case([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]], [1, 0]),
        _("3 samples of 2 classes"): case([[0.0, 0.0], [4.0, -1.0], [0.3, 0.1]], [0, 1, 0]),
        _("2 samples of 2 classes"): case([[1.0, -1.0], [0.5, 2.0]], [1, 1]),
    },
    solution=score_gradient,
    praise=_(
        "What comes back is what was said minus what is true. A network that is right sends almost nothing back."
    ),
    mistakes={
        "minus_targets(softmax(scores), labels)": _(
            "The loss is an average over the samples, so each sample's part has to be divided by their number."
        ),
        "-score_gradient(scores, labels)": _(
            "The sign is turned. Raising the score of the right class lowers the loss: there the gradient is negative."
        ),
        "softmax(scores) / len(scores)": _(
            "The probabilities alone would push every score down, also the right one. What the label says is missing."
        ),
        "minus_targets(scores, labels) / len(scores)": _(
            "You compared the scores themselves with the labels. Turn them into probabilities first."
        ),
        "minus_targets(softmax(scores, axis=0), labels) / len(scores)": _(
            "Your probabilities sum to 1 down each column. Each sample is a row, and its classes share the 1."
        ),
        "minus_targets(softmax(scores, axis=None), labels) / len(scores)": _(
            "Your probabilities sum to 1 over the whole array. Each sample is a row, and its classes share a 1 of their own."
        ),
        "minus_targets(softmax(scores), labels) / scores.shape[1]": _(
            "You divided by the number of classes. The loss is an average over the samples."
        ),
        "-np.eye(scores.shape[1])[labels] / softmax(scores) / len(scores)": _(
            "This is the gradient by the probabilities. It still has to go back through the softmax to the scores."
        ),
        "(softmax(scores) - np.isin(range(scores.shape[1]), labels)) / len(scores)": shared_hints.WHOLE_COLUMNS,
        "(softmax(scores) - 1) / len(scores)": _(
            "You took 1 away from every class. Only the right class of each sample loses it."
        ),
        "-np.log(of_the_label(labels, softmax(scores))).mean()": shared_hints.THE_LOSS_ITSELF,
        "softmax(scores)": _(
            "Those are the probabilities. What the label says is missing, and the mean over the samples."
        ),
        "score_gradient(scores, labels) / scores.shape[1]": shared_hints.OVER_ALL_ENTRIES,
        "score_gradient(scores, labels).sum(axis=0)": shared_hints.SAMPLES_PUT_TOGETHER,
        "softmax(scores) - np.eye(scores.shape[1])[labels] / len(scores)": shared_hints.ONLY_THE_1_DIVIDED,
        "score_gradient(scores, labels) * softmax(scores) * (1 - softmax(scores))": _(
            "You went through the slope of a sigmoid besides. The difference of what was said and what is true is the whole way back."
        ),
    },
    keeps_input=True,
)


# 11. Through a hidden layer


def small_networks():
    random = np.random.default_rng(11)
    return {
        _("5 samples, 3 inputs, 4 units"): normal(random, (5, 3), (3, 4), (4,), (5,)),
        _("2 samples, 2 inputs, 2 units"): normal(random, (2, 2), (2, 2), (2,), (2,)),
        _("1 sample, 4 inputs, 3 units"): normal(random, (1, 4), (4, 3), (3,), (1,)),
    }


def back_to_weights(gradient, x, W, v):
    """Carry a gradient of the predictions back through v and relu to W."""
    return x.T @ (np.outer(gradient, v) * (x @ W > 0))


def by_predictions(x, W, v, y):
    return 2 * (np.maximum(x @ W, 0) @ v - y) / len(y)


def hidden_gradient(x, W, v, y):
    return back_to_weights(by_predictions(x, W, v, y), x, W, v)


check_hidden_gradient = Exercise(
    cases=small_networks,
    solution=hidden_gradient,
    praise=_(
        "You have done by hand what backward() does for every network: one product a step, from the loss to the weights."
    ),
    mistakes={
        "x.T @ np.outer(by_predictions(...), v)": _(
            "Your gradient passes relu everywhere. Where its input was negative, nothing gets through: ask for > 0, since what relu returns is >= 0 everywhere."
        ),
        "x.T @ (np.outer(by_predictions(...), v) * np.maximum(x @ W, 0))": _(
            "At relu you multiplied by its value. Its slope is 1 where the input is positive, and 0 elsewhere."
        ),
        "hidden_gradient(...) / 2": _("The slope of the square lacks its factor of 2."),
        "hidden_gradient(...) * len(y)": _(
            "The loss is an average over the samples: divide by their number."
        ),
        "-hidden_gradient(...)": _("The sign is turned: the error is prediction minus target."),
        "back_to_weights(by_predictions(...), x, W, np.ones(len(v)))": _(
            "v is missing: each unit's part of the error is weighted by v on the way forward, and so on the way back."
        ),
        "hidden_gradient(...).T": _(
            "The numbers are right, but they lie on their side: a gradient has the shape of its weights, here (inputs, units)."
        ),
        "hidden_gradient(...) * len(y) / 2": _(
            "Two factors are missing: the 2 of the square, and 1 over the number of samples, since the loss is a mean."
        ),
        "hidden_gradient(...) * len(y) / W.size": _(
            "You divided by the number of weights. The loss is a mean over the samples."
        ),
        "np.maximum(x @ W, 0).T @ by_predictions(...)": _(
            "That is the gradient of v. Go one layer further back."
        ),
        "by_predictions(...)": _(
            "That is the gradient of the predictions, one a sample. Go back through v, relu and x @ W."
        ),
        "np.outer(by_predictions(...), v) * (x @ W > 0)": _(
            "That is the gradient of x @ W, one row a sample. One product is missing: with the layer's input."
        ),
        "back_to_weights(2 * (x @ W @ v - y) / len(y), x, W, v)": _(
            "Your prediction leaves relu out on the way forward."
        ),
        "np.mean((np.maximum(x @ W, 0) @ v - y) ** 2)": _(
            "That is the loss. Asked for is its gradient, with an entry for each weight."
        ),
    },
    keeps_input=True,
)
