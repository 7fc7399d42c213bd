"""The exercises of 2.4.4: the chain rule, walks through graphs, and derivatives that carry a gradient back."""

import functools
import inspect

import numpy as np

from helpers.exercises.feedback import Exercise, Mistake, is_stub

# 1. The chain rule

check_chain = Exercise(
    solution=lambda x: 6 * (3 * x + 1),
    praise="Two slopes, one after the other, multiply. The slope of the square is taken where the square stands: at u.",
    mistakes=(
        Mistake(
            lambda x: 2 * (3 * x + 1),
            "This is how y follows u. But u itself moves faster than x does: how much faster? That factor is missing.",
        ),
        Mistake(
            lambda x: 3.0,
            "This is how u follows x. How y follows u is missing, and it depends on where u is.",
        ),
        Mistake(
            lambda x: 2 * (3 * x + 1) + 3,
            "Both slopes are right, but you added them. A factor after a factor is their product.",
        ),
        Mistake(
            lambda x: 6 * x,
            "Both slopes are there, but the slope of the square is taken at x. The square is fed with u, so take it at u.",
        ),
        Mistake(
            lambda x: 2 * (3 * x + 1) * 3 * x,
            "You multiplied by 3x. The inner slope is how fast u changes when x moves, and that is the same everywhere.",
        ),
        Mistake(
            lambda x: 3 * (3 * x + 1) ** 2,
            "You multiplied the value of y by the inner slope. The chain rule multiplies slopes: what is the slope of a square?",
        ),
        Mistake(
            lambda x: (3 * x + 1) ** 2,
            "This is y itself. The question is how fast y changes when x moves.",
        ),
        Mistake(
            lambda x: 3 * (3 * x + 1),
            "The square's slope lacks its factor: in 2.4.1 you found that the slope of a square is twice its number.",
        ),
    ),
    cases=lambda: {"x = 2": (2.0,), "x = -1": (-1.0,), "x = 0.5": (0.5,)},
)


# 2. By hand through a small graph

check_small_graph = Exercise(
    solution=(16.0, 8.0, 24.0),
    praise="You went through the graph once and had three gradients. The 8 that arrives at s was used for all of them.",
    mistakes=(
        Mistake(
            (24.0, 8.0, 16.0),
            "The gradients of w and x have changed places. At a product, the slope by one factor is the other factor.",
        ),
        Mistake((16.0, 24.0, 8.0), "All three are right, in another order: w, b, x."),
        Mistake(
            (8.0, 4.0, 12.0),
            "You sent e itself back from the square. The slope of a square is twice its number.",
        ),
        Mistake(
            (2.0, 1.0, 3.0),
            "These are the local derivatives of the first two lines. The gradient that comes in from below multiplies each.",
        ),
        Mistake(
            (-16.0, -8.0, -24.0),
            "The sizes are right, the sign is turned. In e = s − y, it is y that gets the minus, not s.",
        ),
        Mistake(
            (16.0, -8.0, 24.0),
            "w and x are right. For b, you multiplied by b; but b is added, and the slope of a sum by each part is 1.",
        ),
        Mistake(
            (16.0, 48.0, 24.0),
            "w and x are right. For b, you multiplied by p, as if p and b were multiplied. They are added.",
        ),
        Mistake(
            (64.0, 32.0, 96.0),
            "You began with 16, the value of the loss. The walk begins with 1, the slope of the loss by itself, and goes on "
            "with the slope of the square.",
        ),
    ),
    nudge="Write p, s, e and loss on paper first. Then go back from loss to e, to s, to p and b, to w and x, with one product a line.",
)


# 3. A value used twice

check_used_twice = Exercise(
    solution=lambda x: (x, 3 * x**2),
    praise="Every use of a value is a way from it to the result, and the ways add up. The slope is that of x³, as it must be.",
    mistakes=(
        Mistake(
            lambda x: (x, x**2),
            "This is what x receives from z directly. x was used by a, too: what comes back along those ways has to be added.",
        ),
        Mistake(
            lambda x: (x, 2 * x**2),
            "Two of three ways are there: a uses x two times, and z uses it once more. All three have to be added.",
        ),
        Mistake(
            lambda x: (x, x**2 + 2 * x),
            "At a, you sent the local derivatives back to x as they are. Each has to be multiplied by the gradient of a.",
        ),
        Mistake(
            lambda x: (x, 2 * x**4),
            "You multiplied what comes back along different ways. Slopes multiply along a way, and ways add.",
        ),
        Mistake(
            lambda x: (x**2, 3 * x**2),
            "The gradient of x is right. For a you gave its value: the gradient of a factor of z is the other factor.",
        ),
        Mistake(
            lambda x: (1, 3 * x**2),
            "The gradient of x is right. For a you gave 1: but z is a product, and it moves by the other factor when a moves by 1.",
        ),
        Mistake(
            lambda x: (2 * x, 3 * x**2),
            "The gradient of x is right. For a you gave how fast a follows x. Asked for is how fast z follows a.",
        ),
        Mistake(
            lambda x: (3 * x**2, x),
            "The two numbers have changed places: first the gradient of a, then that of x.",
        ),
    ),
    cases=lambda: {"x = 2": (2.0,), "x = -3": (-3.0,), "x = 0.5": (0.5,)},
)


# 4. The order of the walk


def walks():
    twice = (("w", "p"), ("x", "p"), ("p", "q"), ("w", "q"), ("q", "loss"))
    chain = (("x", "a"), ("a", "b"), ("b", "loss"))
    return {
        "the graph of q = p + w, in the order loss, q, p, w, x": (("loss", "q", "p", "w", "x"), twice),
        "the graph of q = p + w, in the order loss, q, w, p, x": (("loss", "q", "w", "p", "x"), twice),
        "the graph of q = p + w, in the order x, w, p, q, loss": (("x", "w", "p", "q", "loss"), twice),
        "the graph of q = p + w, in the order loss, q, p, x, w": (("loss", "q", "p", "x", "w"), twice),
        "the graph of q = p + w, in the order q, loss, p, w, x": (("q", "loss", "p", "w", "x"), twice),
        "the graph of q = p + w, in the order w, loss, q, p, x": (("w", "loss", "q", "p", "x"), twice),
        "a chain, in the order loss, b, a, x": (("loss", "b", "a", "x"), chain),
        "a chain, in the order loss, a, b, x": (("loss", "a", "b", "x"), chain),
    }


def is_safe(order, edges):
    return all(order.index(child) < order.index(parent) for parent, child in edges)


check_order = Exercise(
    solution=is_safe,
    praise="A value passes its gradient on when all who used it have reported. One order does that for the whole graph.",
    mistakes=(
        Mistake(
            lambda order, edges: all(order.index(parent) < order.index(child) for parent, child in edges),
            "You accept the orders of the forward pass, where a value comes before those that use it. Going back, it is the "
            "other way round.",
        ),
        Mistake(
            lambda order, edges: any(order.index(child) < order.index(parent) for parent, child in edges),
            "You accept an order as soon as one edge is right. A single edge in the wrong order spoils a gradient.",
        ),
        Mistake(
            lambda order, edges: is_safe(order, edges[:1]),
            "You look at the first edge only. Is there a return inside the loop, for right and for wrong? Say True after the "
            "loop, when no edge was wrong.",
        ),
        Mistake(
            lambda order, edges: is_safe(order, edges[-1:]),
            "You look at the last edge only: a later edge overwrites what an earlier one has found.",
        ),
        Mistake(
            lambda order, edges: order[0] == edges[-1][1],
            "You ask whether the result comes first. It must, but that is not enough: everything else needs its place, too.",
        ),
        Mistake(
            lambda order, edges: True,
            "You accept every order. Which one would send a value on before all of its gradient has arrived?",
        ),
        Mistake(
            lambda order, edges: not is_safe(order, edges),
            "True and False have changed places: say True when the order is safe.",
        ),
    ),
    cases=walks,
)


# 5. The weights of PyTorch


def stored_layers():
    random = np.random.default_rng(5)

    def case(samples, inputs, units):
        return (
            random.normal(size=(samples, inputs)),
            random.normal(size=(units, inputs)),
            random.normal(size=(samples, units)),
        )

    return {
        "4 samples, 3 inputs, 2 units": case(4, 3, 2),
        "2 samples, 2 inputs, 2 units": case(2, 2, 2),
        "1 sample, 3 inputs, 5 units": case(1, 3, 5),
    }


check_stored_weights = Exercise(
    solution=lambda x, W, g: g.T @ x,
    praise="The shapes left one way only. That is how this rule is remembered, and the proof with entries says why it holds.",
    mistakes=(
        Mistake(
            lambda x, W, g: x.T @ g,
            "The numbers are right, but they lie on their side: a gradient has the shape of its weights, here (units, inputs).",
        ),
        Mistake(
            lambda x, W, g: g @ W,
            "This is the gradient of x: it has a row a sample. Asked for is the gradient of W.",
        ),
        Mistake(
            lambda x, W, g: g @ x,
            "The inner sizes do not meet, except by luck where everything is square. Samples should meet samples: one of the "
            "two needs a transposition.",
        ),
        Mistake(
            lambda x, W, g: x @ g,
            "The inner sizes do not meet, except by luck where everything is square. Over which axis is a sum taken in this "
            "gradient? Over the samples.",
        ),
        Mistake(
            lambda x, W, g: (g.T @ x) / len(x),
            "You divided by the number of samples. An average, if there is one, stands in the loss and is in g already.",
        ),
        Mistake(
            lambda x, W, g: (x.T @ g).reshape(W.shape),
            "The shape is right, but reshape keeps the order of the numbers. Rows have to become columns.",
        ),
        Mistake(
            lambda x, W, g: g[0][:, np.newaxis] * x[0],
            "This is the part of the first sample. Each sample adds one, and the sum is the gradient.",
        ),
    ),
    cases=stored_layers,
)


# 6. The mirror of broadcasting


def repeated_shapes():
    random = np.random.default_rng(6)
    return {
        "g of shape (4, 3), back to (3,)": (random.normal(size=(4, 3)), (3,)),
        "g of shape (4, 3), back to (1, 3)": (random.normal(size=(4, 3)), (1, 3)),
        "g of shape (4, 3), back to (4, 1)": (random.normal(size=(4, 3)), (4, 1)),
        "g of shape (2, 4, 3), back to (4, 3)": (random.normal(size=(2, 4, 3)), (4, 3)),
        "g of shape (4, 3), back to (4, 3)": (random.normal(size=(4, 3)), (4, 3)),
        "g of shape (2, 3), back to ()": (random.normal(size=(2, 3)), ()),
    }


def summed_back(g, shape, reduce=np.sum):
    g = reduce(g, axis=tuple(range(g.ndim - len(shape))))
    return reduce(g, axis=tuple(axis for axis, size in enumerate(shape) if size == 1), keepdims=True)


def first_of_each(g, axis, keepdims=False):
    for number in sorted(axis, reverse=True):
        g = np.take(g, [0] if keepdims else 0, axis=number)
    return g


check_sum_back = Exercise(
    solution=summed_back,
    praise="What was repeated on the way forward is summed on the way back: each copy is one more use of the same number.",
    mistakes=(
        Mistake(
            lambda g, shape: summed_back(g, shape, np.mean),
            "You took averages. Each copy of a number is a use of it, and uses add up.",
        ),
        Mistake(
            lambda g, shape: summed_back(g, shape, first_of_each),
            "You kept the gradient of one copy and dropped the others. Each copy is a use, and uses add up.",
        ),
        Mistake(
            lambda g, shape: g,
            "You returned g as it came. Its shape has to become that of the smaller tensor.",
        ),
        Mistake(
            lambda g, shape: g.sum(axis=0),
            "You always sum over axis 0. That suits a bias. Which axes were added or repeated depends on the two shapes.",
        ),
        Mistake(
            lambda g, shape: g.sum(axis=tuple(range(g.ndim - len(shape)))),
            "Axes that were added in front are summed. Axes of size 1 that were there before and were repeated are not yet.",
        ),
        Mistake(
            lambda g, shape: g.sum(
                axis=tuple(range(g.ndim - len(shape)))
                + tuple(g.ndim - len(shape) + axis for axis, size in enumerate(shape) if size == 1)
            ),
            "The sums are right, but an axis of size 1 has vanished from the shape. keepdims=True keeps it.",
        ),
        Mistake(
            lambda g, shape: g.sum(),
            "You summed everything to one number. Only the added and the repeated axes are summed.",
        ),
        Mistake(
            lambda g, shape: np.resize(g, shape),
            "The shape is right, but entries were cut off. Nothing may be lost: sum over the axes that go.",
        ),
    ),
    cases=repeated_shapes,
)


# 7. A new row for the table of operations


class TableRow(Exercise):
    """An exercise that asks for an operation with its derivatives, as it stands in the table.

    What is compared is its value and the gradients that it carries back; a case holds the inputs and, at last, the
    gradient of the value.
    """

    def __call__(self, attempt):
        row = inspect.unwrap(attempt) if callable(attempt) else attempt
        return super().__call__(row if is_stub(row) or not callable(row) else use(row))


def use(row):
    """Turn an operation of the table into a function from inputs and incoming gradient to value and gradients."""
    code = getattr(row, "__code__", None)

    # What is said of lines and slips is said of the row.
    @functools.wraps(row)
    def value_and_gradients(*inputs_and_gradient):
        *inputs, g = inputs_and_gradient
        # Whatever has another number of arguments is no row, but may know what to do with all of them.
        if code is None or code.co_argcount != len(inputs):
            return row(*inputs_and_gradient)
        result = row(*inputs)
        if not isinstance(result, tuple) or not result:
            return result
        value, *derivatives = result
        # An array in the place of a function carries nothing back.
        return value, *(part(g) if callable(part) else None for part in derivatives)

    return value_and_gradients


def logistic(x):
    return 1 / (1 + np.exp(-x))


def softplus(x):
    return np.log1p(np.exp(x)), lambda g: g / (1 + np.exp(-x))


check_softplus = TableRow(
    solution=use(softplus),
    praise="Value and derivative stand side by side, and everything else, from graphs to broadcasting, works by itself.",
    mistakes=(
        Mistake(
            use(lambda x: (softplus(x)[0], lambda g: 1 / (1 + np.exp(-x)))),
            "The value is right, and so is the local derivative. But a row carries a gradient back: the incoming g belongs "
            "into the product.",
        ),
        Mistake(
            use(lambda x: (softplus(x)[0], lambda g: g * np.exp(x))),
            "You stopped inside: that is the slope of 1 + exp(x). The slope of the logarithm, 1 over its number, is missing.",
        ),
        Mistake(
            use(lambda x: (softplus(x)[0], lambda g: g / (1 + np.exp(x)))),
            "You used the slope of the logarithm only. What is inside of it has a slope, too, by the chain rule.",
        ),
        Mistake(
            use(lambda x: (softplus(x)[0], lambda g: g * softplus(x)[0])),
            "You multiplied by the value. That is right for exp, which is its own slope, but not here.",
        ),
        Mistake(
            use(lambda x: (softplus(x)[0], lambda g: -g / (1 + np.exp(-x)))),
            "The sign is turned: softplus grows everywhere, so its slope is positive.",
        ),
        Mistake(
            use(lambda x: (np.log(np.exp(x)), lambda g: g)),
            "The 1 inside the logarithm is missing. Without it, log and exp undo each other.",
        ),
        Mistake(
            use(lambda x: (softplus(x)[0], lambda g: g * (x > 0))),
            "The value is right. What you carry back is relu's slope, with its jump at 0; softplus is smooth, and so is its slope.",
        ),
        Mistake(
            use(lambda x: (softplus(x)[0], lambda g: g * logistic(x) * (1 - logistic(x)))),
            "The value is right. What you carry back is the slope of the sigmoid: you took a derivative once too often.",
        ),
        Mistake(
            use(lambda x: (softplus(x)[0], logistic(x))),
            "The value is right. The second thing must be a function: write `lambda g: g * …`.",
        ),
        Mistake(
            use(lambda x: softplus(x)[0]),
            "You returned the value. A row of the table returns two things: the value, and a function that takes g.",
        ),
    ),
    cases=lambda: {
        "x = [-1, 0, 2], incoming gradient [1, 1, 1]": (
            np.array([-1.0, 0.0, 2.0]),
            np.array([1.0, 1.0, 1.0]),
        ),
        "x = [0.5, -3], incoming gradient [2, -1]": (np.array([0.5, -3.0]), np.array([2.0, -1.0])),
    },
    parts=("your value", "the gradient that your row carries back"),
)


# 8. Four suspects

SIGN, ACCUMULATION, TRANSPOSE, UNBROADCAST = "sign", "accumulation", "transpose", "unbroadcast"
check_suspects = Exercise(
    solution=(TRANSPOSE, UNBROADCAST, SIGN, ACCUMULATION),
    praise="These four make up most of the mistakes in derivatives written by hand, and a gradient check finds each.",
    mistakes=(
        Mistake(
            (TRANSPOSE, ACCUMULATION, SIGN, UNBROADCAST),
            "Two are right. Look at B again: both of its parts of the gradient of W are there. What of the gradient of b, "
            "which was repeated for every sample?",
        ),
        Mistake(
            (UNBROADCAST, TRANSPOSE, SIGN, ACCUMULATION),
            "Two are right. Which shape does the gradient of b have in A, and which in B?",
        ),
        Mistake(
            (TRANSPOSE, UNBROADCAST, ACCUMULATION, SIGN),
            "Two are right. W is used twice, by the product and by the penalty: which of C and D has both uses?",
        ),
        Mistake(
            (SIGN, UNBROADCAST, TRANSPOSE, ACCUMULATION),
            "Two are right. In C, is the error prediction − target, as in the loss, or the reverse?",
        ),
        Mistake(
            (ACCUMULATION, UNBROADCAST, SIGN, TRANSPOSE),
            "Two are right. Which of A and D loses a part of W's gradient, and in which can the product not even be taken?",
        ),
        Mistake(
            (SIGN, TRANSPOSE, UNBROADCAST, ACCUMULATION),
            "D is right. Compare the first line of C with the others, and then the shapes in A and in B.",
        ),
        Mistake(
            (UNBROADCAST, SIGN, TRANSPOSE, ACCUMULATION),
            "D is right. Look for the turned sign first: in which of A, B and C is the error target − prediction?",
        ),
        Mistake(
            (TRANSPOSE.title(), UNBROADCAST.title(), SIGN.title(), ACCUMULATION.title()),
            "All four are right. Write them in small letters, as in the task.",
        ),
    ),
    nudge='Give the four words "sign", "accumulation", "transpose" and "unbroadcast", one for each of A, B, C and D. Begin with '
    "what one line shows: whose error is target − prediction, and who overwrites what is already found? Shapes decide "
    "between the other two.",
)


# 9. All four repaired


def penalised_layers():
    random = np.random.default_rng(9)

    def case(samples, inputs, units):
        shapes = ((samples, inputs), (inputs, units), (units,), (samples, units))
        return tuple(random.normal(size=shape) for shape in shapes)

    return {
        "4 samples, 3 inputs, 2 units": case(4, 3, 2),
        "3 samples, 3 inputs, 3 units": case(3, 3, 3),
        "1 sample, 2 inputs, 3 units": case(1, 2, 3),
    }


def penalised(x, W, b, y, scale=1, decay=1, left=np.transpose, over=np.sum):
    g = scale * (x @ W + b - y)
    bias = g if over is None else over(g, axis=0)
    return np.vstack([left(x) @ g + decay * W, bias])


check_repaired = Exercise(
    solution=penalised,
    praise="No sign turned, no use forgotten, every sum taken. From here on, let a gradient check say so.",
    mistakes=(
        Mistake(
            lambda x, W, b, y: penalised(x, W, b, y, scale=-1),
            "A sign is turned: with g as the gradient of the prediction, a prediction above its target must have a positive g.",
        ),
        Mistake(
            lambda x, W, b, y: penalised(x, W, b, y, decay=0),
            "One use of W is missing: the penalty pulls on every weight, too, and its gradient is added.",
        ),
        Mistake(
            lambda x, W, b, y: np.vstack([W, penalised(x, W, b, y)[-1]]),
            "Only the penalty's part of the gradient of W is left. The product's part was overwritten; both have to be added.",
        ),
        Mistake(
            lambda x, W, b, y: penalised(x, W, b, y, left=np.array),
            "The samples of x and of g have to meet in the product. A transposition is missing, and only the square case "
            "goes through without it.",
        ),
        Mistake(
            lambda x, W, b, y: penalised(x, W, b, y, over=None),
            "The gradient of b has a row a sample. b was repeated for each of them, so its gradient is a sum.",
        ),
        Mistake(
            lambda x, W, b, y: penalised(x, W, b, y, over=np.mean),
            "For b you took the average over the samples. The loss is a sum over the samples, so its gradient is one, too.",
        ),
        Mistake(
            lambda x, W, b, y: penalised(x, W, b, y, scale=1 / len(x)),
            "You averaged over the samples. The loss is a sum over them, so its gradient is one, too.",
        ),
        Mistake(
            lambda x, W, b, y: 2 * penalised(x, W, b, y),
            "Everything is twice what it should be: each square brings a factor of 2, and the loss halves it.",
        ),
        Mistake(
            lambda x, W, b, y: penalised(x, W, b, y, scale=2),
            "The layer's part is twice what it should be: the square brings a factor of 2, and the loss halves it.",
        ),
        Mistake(
            lambda x, W, b, y: penalised(x, W, b, y, decay=2),
            "The penalty's part is twice what it should be: the square brings a factor of 2, and the loss halves it.",
        ),
        Mistake(
            lambda x, W, b, y: np.roll(penalised(x, W, b, y), 1, axis=0),
            "All numbers are right, but the gradient of b comes first. Here it is the last row.",
        ),
    ),
    cases=penalised_layers,
)


# 10. Softmax and cross-entropy


def scored_digits():
    return {
        "2 samples of 3 classes": (np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]]), np.array([1, 0])),
        "3 samples of 2 classes": (np.array([[0.0, 0.0], [4.0, -1.0], [0.3, 0.1]]), np.array([0, 1, 0])),
        "2 samples of 2 classes": (np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([1, 1])),
    }


def soft(scores, axis=1):
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def score_gradient(scores, labels):
    return (soft(scores) - np.eye(scores.shape[1])[labels]) / len(scores)


check_score_gradient = Exercise(
    solution=score_gradient,
    praise="What comes back is what was said minus what is true. A network that is right sends almost nothing back.",
    mistakes=(
        Mistake(
            lambda scores, labels: score_gradient(scores, labels) * len(scores),
            "The loss is an average over the samples, so each sample's part has to be divided by their number.",
        ),
        Mistake(
            lambda scores, labels: -score_gradient(scores, labels),
            "The sign is turned. Raising the score of the right class lowers the loss: there the gradient is negative.",
        ),
        Mistake(
            lambda scores, labels: soft(scores) / len(scores),
            "The probabilities alone would push every score down, also the right one. What the label says is missing.",
        ),
        Mistake(
            lambda scores, labels: (scores - np.eye(scores.shape[1])[labels]) / len(scores),
            "You compared the scores themselves with the labels. Turn them into probabilities first.",
        ),
        Mistake(
            lambda scores, labels: (soft(scores, 0) - np.eye(scores.shape[1])[labels]) / len(scores),
            "Your probabilities sum to 1 down each column. Each sample is a row, and its classes share the 1.",
        ),
        Mistake(
            lambda scores, labels: (soft(scores, None) - np.eye(scores.shape[1])[labels]) / len(scores),
            "Your probabilities sum to 1 over the whole array. Each sample is a row, and its classes share a 1 of their own.",
        ),
        Mistake(
            lambda scores, labels: score_gradient(scores, labels) * len(scores) / scores.shape[1],
            "You divided by the number of classes. The loss is an average over the samples.",
        ),
        Mistake(
            lambda scores, labels: -np.eye(scores.shape[1])[labels] / soft(scores) / len(scores),
            "This is the gradient by the probabilities. It still has to go back through the softmax to the scores.",
        ),
    ),
    cases=scored_digits,
)


# 11. Through a hidden layer


def small_networks():
    random = np.random.default_rng(11)

    def case(samples, inputs, units):
        shapes = ((samples, inputs), (inputs, units), (units,), (samples,))
        return tuple(random.normal(size=shape) for shape in shapes)

    return {
        "5 samples, 3 inputs, 4 units": case(5, 3, 4),
        "2 samples, 2 inputs, 2 units": case(2, 2, 2),
        "1 sample, 4 inputs, 3 units": case(1, 4, 3),
    }


def hidden_gradient(x, W, v, y, scale=2.0, gate=lambda z: z > 0):
    z = x @ W
    error = np.maximum(z, 0) @ v - y
    g = scale * error / len(y)
    return x.T @ (g[:, np.newaxis] * v * gate(z))


check_hidden_gradient = Exercise(
    solution=hidden_gradient,
    praise="You have done by hand what backward() does for every network: one product a step, from the loss to the weights.",
    mistakes=(
        Mistake(
            lambda x, W, v, y: hidden_gradient(x, W, v, y, gate=np.ones_like),
            "The way back passes through relu, too: where its input was negative, nothing gets through.",
        ),
        Mistake(
            lambda x, W, v, y: hidden_gradient(x, W, v, y, gate=lambda z: np.maximum(z, 0)),
            "At relu you multiplied by its value. Its slope is 1 where the input is positive, and 0 elsewhere.",
        ),
        Mistake(
            lambda x, W, v, y: hidden_gradient(x, W, v, y, scale=1.0),
            "The slope of the square lacks its factor of 2.",
        ),
        Mistake(
            lambda x, W, v, y: hidden_gradient(x, W, v, y, scale=2.0 * len(y)),
            "The loss is an average over the samples: divide by their number.",
        ),
        Mistake(
            lambda x, W, v, y: hidden_gradient(x, W, v, y, scale=-2.0),
            "The sign is turned: the error is prediction minus target.",
        ),
        Mistake(
            lambda x, W, v, y: hidden_gradient(x, W, v, y, gate=lambda z: (z > 0) / v),
            "v is missing: each unit's part of the error is weighted by v on the way forward, and so on the way back.",
        ),
    ),
    cases=small_networks,
)
