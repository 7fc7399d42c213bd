"""The exercises of 2.3: element by element, broadcasting, products, transposition, and layers made of them."""

import numpy as np

from helpers.exercises.attempts import case, only, replaced
from helpers.exercises.feedback import Exercise
from helpers.exercises.own_code import Rule, rounds
from helpers.language import Words

_ = Words(__name__)

THE_SHAPES = _("the shapes {left} and {right}")
FIRST_ROW_ONLY = _("Only the first row is filled in, the others are still 0.")


# 1. relu by hand


def relu(matrix):
    return np.maximum(matrix, 0)


check_naive_relu = Exercise(
    cases=lambda: {
        _("a matrix of shape (2, 3)"): case([[-1.5, 2.0, 3.0], [4.0, -0.5, -0.25]]),
        _("a matrix of shape (3, 2)"): case([[0.5, -2.0], [-4.0, 3.0], [-1.0, -6.0]]),
        _("the matrix [[-2.0]]"): case([[-2.0]]),
    },
    solution=relu,
    praise=_(
        "Each entry of the result depends on one entry of the input, and on nothing else. That is element-wise."
    ),
    mistakes={
        "np.abs(matrix)": _(
            "You turned -2 into 2: that is the absolute value. With relu, a negative entry becomes 0."
        ),
        "np.minimum(matrix, 0)": _(
            "You kept the negative entries and lost the positive ones. relu does the opposite: it takes the larger of an entry and 0."
        ),
        "(matrix > 0).astype(float)": _(
            "You say where entries are positive, with 1 and 0. Positive entries should stay what they are: 4 stays 4."
        ),
        "np.maximum(-matrix, 0)": _(
            "You kept the negative entries, with the sign turned, and lost the positive ones. Which of the two should become 0?"
        ),
        "matrix[matrix > 0]": _(
            "You left the negative entries out. They should become 0 and keep their places, so that the shape stays."
        ),
        "relu(matrix).flatten()": _(
            "The numbers are right, but they stand in one long row. The result needs the rows and columns of the input."
        ),
        "matrix.copy()": _(
            "You returned the matrix as it was. Loop over the indices i and j, and write each entry into a result."
        ),
        "relu(matrix)[-1]": _(
            "You returned the last row only. The result has a row for each row of the matrix: begin it once, above both loops."
        ),
        "replaced(matrix, 0, relu(matrix[0]))": _(
            "Only the first row went through relu, and the others are as they were."
        ),
        "only(relu(matrix), 0)": FIRST_ROW_ONLY,
        "only(relu(matrix), (0, 0))": _("Only the first entry is filled in, the others are still 0."),
        "replaced(matrix, (0, 0), relu(matrix[0, 0]))": _(
            "Only the first entry went through relu, and the others are as they were."
        ),
        "relu(matrix)[0, 0]": _(
            "You returned relu of the first entry, a single number. Write each number into a result of the right shape, and return that after the loops."
        ),
        "replaced(matrix, np.s_[1:, 1:], relu(matrix[1:, 1:]))": _(
            "The first row or column was skipped: Python counts from 0, and range(1, n) begins at the second entry."
        ),
        "only(relu(matrix), np.s_[1:, 1:])": _(
            "The first row and column are still 0: Python counts from 0, and range(1, n) begins at the second entry."
        ),
        "only(relu(matrix), np.s_[:-1, :-1])": _(
            "The last row and column were skipped: range(n) ends at n - 1 by itself, so subtract nothing."
        ),
        "[[max(matrix[i, j], 0) for j in range(len(matrix))] for i in range(matrix.shape[1])]": _(
            "An index ran out of an array, and where the matrix is square all is well: rows and columns have changed places. The first index counts the rows, of which there are shape[0]; the second the columns, shape[1]."
        ),
        "max(matrix, 0)": {
            r"(?<![.\w])max\(": _(
                "Python's max asks whether a whole matrix is larger than 0, and that has no answer. Take max of one entry at a time, inside two loops."
            )
        },
        "np.max(matrix, 0)": _(
            "np.max(matrix, 0) looks for the largest entry along axis 0, one for each column. Compare one entry at a time with the number 0."
        ),
        "only(relu(matrix), np.ix_(range(len(matrix)), range(len(matrix))))": _(
            "Both of your loops count the rows, which suits square matrices only. len(matrix) is the number of rows; the columns are counted by shape[1]."
        ),
        "np.zeros_like(matrix)": _("All entries are 0: nothing was written into the result."),
    },
    rules=(
        Rule(
            r"\bnp\.(?!zeros|ones|empty|full|array|asarray|copy|float|shape|ndim|size)|\.clip\(",
            _(
                "The numbers are right, but a function of NumPy's chose between them and 0. Do that by hand: compare each entry with 0 yourself."
            ),
        ),
        Rule(
            lambda tree: rounds(tree) < 2,
            _(
                "The numbers are right, but whole rows went through at once. Here two loops are asked for, one inside the other, which treat one entry at a time."
            ),
        ),
    ),
    keeps_input=True,
)


# 2. Columns become rows

check_columns_as_rows = Exercise(
    cases=lambda: {
        _("a table of shape (2, 3)"): case([[1, 2, 3], [4, 5, 6]]),
        _("a table of shape (4, 2)"): case([[1, 2], [3, 4], [5, 6], [7, 8]]),
        _("a table of shape (2, 2)"): case([[7, 1], [4, 9]]),
    },
    solution=lambda table: table.T,
    praise=_(
        "Transposing changes the order of the entries. Reshaping never does: it only cuts the same row elsewhere."
    ),
    mistakes={
        "table.reshape(table.shape[::-1])": _(
            "The shape is right, but the entries are not where they belong. reshape reads them row by row and cuts them anew, in the same order. Here rows and columns have to change places."
        ),
        "table.reshape(3, 2)": _(
            "You reshape to (3, 2), which suits only the first table. And even there reshape keeps the entries in their old order, cut into other rows. Here rows and columns have to change places."
        ),
        "table.T.reshape(table.shape)": _(
            "You transposed and then reshaped back: that shuffled the entries. After the first of the two steps you were done."
        ),
        "table.copy()": _("You returned the table as it was. Its first column should become the first row."),
        "np.rot90(table)": _(
            "You turned the table by a quarter, to the left: its last column is on top now. The first should be."
        ),
        "np.rot90(table, -1)": _(
            "You turned the table by a quarter, to the right, so each row reads backwards. The first column, from top to bottom, should be the first row, from left to right."
        ),
        "table[::-1]": _(
            "You turned the order of the rows around: they are rows still. Columns should become rows."
        ),
        "table[:, ::-1]": _("You mirrored the table: columns are still columns. They should become rows."),
        "table[::-1, ::-1]": _(
            "You turned both orders around, which is half a turn. Columns are still columns; they should become rows."
        ),
        "table.T.flatten()": _(
            "The order is right: column after column. But it is one long row; keep a row for each of the old columns."
        ),
        "table.flatten()": _(
            "You laid all entries in one row, in their old order. A matrix is asked for, with a row for each old column."
        ),
        "table[:, 0]": _(
            "That is the first column only. Do the same with each column, and return all of them as rows of a matrix."
        ),
        "[[table[j, i] for j in range(table.shape[1])] for i in range(len(table))]": _(
            "An index ran out of an array, and on a square table all is well: somewhere rows and columns have changed places too often, or too seldom. The table has shape (m, n), the result (n, m): which of your indices counts what?"
        ),
    },
    keeps_input=True,
)


# 3. A matrix times a vector, by hand

check_naive_matrix_vector = Exercise(
    cases=lambda: {
        _("a matrix of shape (2, 3)"): case([[1.0, 2.0, -1.0], [0.5, 4.0, 3.0]], [2.0, -1.0, 5.0]),
        _("a matrix of shape (3, 2)"): case([[1.0, 3.0], [2.0, -2.0], [0.5, 6.0]], [4.0, 1.5]),
        _("a matrix of shape (2, 2)"): case([[1.0, 2.0], [3.0, 5.0]], [10.0, 1.0]),
    },
    solution=lambda W, x: W @ x,
    praise=_(
        "Each row meets the whole vector and leaves one number. A Dense layer does this for each of its units."
    ),
    mistakes={
        "W * x": _(
            "You multiplied each row by the vector, entry by entry: that is the element-wise product. Now add up what stands in each row, so that one number a row remains."
        ),
        "(W * x).flatten()": _(
            "You collected each product on its own. Add up the products of a row, and keep one number a row."
        ),
        "(W * x).sum(axis=0)": _(
            "You added down the columns. Add along each row: one number for each row of W."
        ),
        "(W @ x).sum()": _(
            "You added everything up to one number. Each row has a sum of its own: begin a new one for each row, and keep them all."
        ),
        "np.cumsum(W @ x)": _(
            "The first number is right, the others contain those before them: the sum was not set back to 0. Set it to 0 inside the outer loop, once for each row."
        ),
        "W[:, -1] * x[-1]": _(
            "Only the last product of each row is left. Each round of the inner loop should add to what is there, and nothing should set it back within a row."
        ),
        "(W @ x)[0]": _(
            "You returned one number, the first row's. Collect one number a row, and return after the loops."
        ),
        "only(W @ x, 0)": _("Only the first row is done, and the others are still 0."),
        "only(W[:, 0] * x[0], 0)": _("Only the first product of the first row is there."),
        "W[:, 0] * x[0]": _(
            "Only the first product of each row is there. Each round of the inner loop should add one."
        ),
        "[sum(W[j, i] * x[j] for j in range(len(x))) for i in range(len(W))]": _(
            "Your row and column are swapped: W[j, i] with row j and column i takes the entries down a column. For a matrix that is not square, that even runs out of it."
        ),
        "W.T @ x": _(
            "You multiplied by the transposed matrix, so each column met the vector. Here each row of W meets the vector; if W is not square, nothing else fits."
        ),
        "[sum(W[i, j] * x[i] for j in range(len(x))) for i in range(len(W))]": _(
            "You take the entry of x by the row's number. Within a row, walk along the vector, too: column j of W belongs to entry j of x."
        ),
        "replaced(np.zeros(len(x)), range(len(W)), W @ x)": _(
            "The sums are right, but your result is as long as x. It needs one entry for each row of W: len(W)."
        ),
        "(W + x).sum(axis=1)": _(
            "You added the entries of W and x. Multiply the two that belong together, then add the products."
        ),
        "W.sum(axis=1) * x.sum()": _(
            "You added up row and vector first, and multiplied the sums. Multiply entry by entry first, then add."
        ),
        "W[:, 1:] @ x[1:]": _(
            "The first column is missing: Python counts from 0, and range(1, n) begins at the second entry."
        ),
        "W[:, :-1] @ x[:-1]": _(
            "The last column is missing: range(n) ends at n - 1 by itself, so subtract nothing."
        ),
        "(W @ x)[:, None]": _(
            "The numbers are right, but they stand in a matrix with one column, shape (m, 1). Return a vector, with one axis: shape (m,)."
        ),
        "[sum(W[i, j] * x[j] for j in range(len(W))) for i in range(len(W))]": _(
            "Both of your loops count the rows of W, which suits square matrices only. The inner loop walks along a row: as many steps as x has entries."
        ),
        "[(W @ x).sum()]": _(
            "Your list has one entry, the sum of all products. Inside the outer loop, begin a new sum for each row, and append it when the row is done."
        ),
    },
    rules=(
        Rule(
            r"@|\b(dot|matmul|einsum|inner|vdot|tensordot|matvec|naive_matrix_vector_dot)\(",
            _(
                "The numbers are right, but a ready-made product found them. Here it is to be made of single products, in two loops."
            ),
        ),
        Rule(
            lambda tree: rounds(tree) < 2,
            _(
                "The numbers are right, but whole rows were multiplied or added up at once. Here two loops are asked for, one inside the other, which add one product at a time."
            ),
        ),
    ),
    keeps_input=True,
)


# 4. The outer product

check_outer_product = Exercise(
    cases=lambda: {
        _("vectors of 2 and 4 entries"): case([1.0, -2.0], [3.0, 0.5, 10.0, 4.0]),
        _("vectors of 3 entries"): case([1.0, 2.0, 4.0], [3.0, 5.0, -1.0]),
    },
    solution=lambda x, y: np.outer(x, y),
    praise=_(
        "Each with each: nothing is added up. Dot would have left one number, the element-wise product a vector."
    ),
    mistakes={
        "x @ y": _(
            "That is the dot product: it adds the products up and leaves one number, and it needs equally long vectors. Make a column of x first. A .T does not: a vector has one axis, and nothing to swap it with."
        ),
        "x * y": _(
            "That is the element-wise product: first times first, second times second. Here each entry of x meets each entry of y: make a column of x first. A .T does not: a vector has one axis, and nothing to swap it with."
        ),
        "[a * b for a, b in zip(x, y, strict=False)]": _(
            "Your result has one product for each place that both vectors have: first times first, second times second. Here each entry of x meets each entry of y: one loop inside another."
        ),
        "np.outer(x, y)[-1]": _(
            "You returned the last row only. Keep a row for each entry of x: begin the result once, above both loops."
        ),
        "np.outer(x, y)[0]": _(
            "You returned the first row only. Keep a row for each entry of x, and return after the loops."
        ),
        "only(np.outer(x, y), 0)": FIRST_ROW_ONLY,
        "np.repeat((x * y[: len(x)])[:, None], len(y), axis=1)": _(
            "Each row holds one number, x[i] * y[i], again and again. In column j stands entry j of y."
        ),
        "np.outer(y, x)": _(
            "Your table is transposed. The entries of x belong to the rows, those of y to the columns."
        ),
        "replaced(np.outer(x, y), np.ix_(range(len(y)), range(len(x))), np.outer(y, x))": _(
            "An index ran out of the result, or rows and columns are swapped in it: row i belongs to entry i of x, column j to entry j of y."
        ),
        "x[:, None] + y": _(
            "The shape is right, but you added: this is a table of sums. A product is asked for."
        ),
        "np.outer(x, y).flatten()": _(
            "All products are there, in one long row. Arrange them in a matrix: a row for each entry of x."
        ),
        "np.outer(x, y).sum()": _(
            "You added all the products up to one number. Keep each of them, in its own place."
        ),
        "np.outer(x, y).sum(axis=1)": _(
            "You added up each row. Keep all the products: one row for each entry of x, one column for each entry of y."
        ),
        "only(np.outer(x, y), (range(len(x)), range(len(x))))": _(
            "Only the diagonal is filled: there, first meets first and second meets second. Let a second loop, or broadcasting, bring each entry of x together with each entry of y."
        ),
        "x[:, None] * y[:, None]": _(
            "You made a column of both vectors. Only x should stand upright; then y is repeated along its rows."
        ),
        "x[None, :] * y[None, :]": _(
            "You made a matrix with one row of both vectors. Let x stand upright, shape (m, 1), and broadcasting repeats both."
        ),
        "x[:, None] * np.ones(len(y))": _(
            "The shape is right, and each row holds its entry of x. It still has to be multiplied by the entries of y."
        ),
        "np.outer(x, y[: len(x)])": _(
            "Both of your loops count the entries of x, so the result is square. The columns belong to y, which may have another number of entries."
        ),
    },
    keeps_input=True,
)


# 5. Which products exist


def shapes_to_multiply():
    pairs = (
        ((2, 3), (3, 4)), ((128, 784), (784, 10)), ((2, 3), (3,)), ((3,), (3, 2)), ((4,), (4,)),
        ((2, 3), (2, 3)), ((3, 2), (4, 3)), ((2, 3), (2,)), ((2, 2), (2, 2)), ((3,), (4,)),
        ((2, 1), (3, 4)),
    )  # fmt: skip
    return {THE_SHAPES.format(left=left, right=right): (left, right) for left, right in pairs}


def turned(shape):
    """Turn the sizes of a shape round; None stays None."""
    return shape and shape[::-1]


def product_shape(left, right):
    return left[:-1] + right[1:] if left[-1] == right[0] else None


check_product_shape = Exercise(
    cases=shapes_to_multiply,
    solution=product_shape,
    praise=_(
        "The two axes that meet must be equally long, and they disappear; what stands around them stays."
    ),
    mistakes={
        "() if len(left) == len(right) == 1 else product_shape(left, right)": _(
            "All but one are right. Two vectors have a dot product only if they are equally long."
        ),
        "left[:-1] + right[1:]": _(
            "The shapes are right wherever there is a product. First compare the two axes that meet, the last of the left and the first of the right: return None unless they are equally long."
        ),
        "left if left == right else None": _(
            "You ask for equal shapes: that is the element-wise product. Here a row of the left meets a column of the right."
        ),
        "broadcast_shape(left, right)": _(
            "You followed the broadcasting rule, which is for element-wise operations. In a matrix product, a row of the left meets a column of the right."
        ),
        "left[:-1] + right[1:] if left[-1] == right[0] or 1 in (left[-1], right[0]) else None": _(
            "You let an axis of size 1 meet any other. Broadcasting repeats it, but a product does not: the two axes that meet must be equally long."
        ),
        "(left[0], right[1]) if left[1] == right[0] else None": _(
            "This works for two matrices. But a vector has one axis, so left[1] or right[1] does not exist for it. Count from the end of the left shape, and take the rest with a slice."
        ),
        "(left[0], right[-1]) if left[-1] == right[0] else None": _(
            "Matrices come out right. But the only axis of a vector is the one that meets the other side, so it disappears: vector times vector has no axes left, shape ()."
        ),
        "left[:-1] + right[1:] if left[0] == right[0] else None": _(
            "You compare the first axes of both. A row of the left meets a column of the right: how long is a row of the left?"
        ),
        "left[:-1] + right[1:] if left[-1] == right[-1] else None": _(
            "You compare the last axes of both. A row of the left meets a column of the right: how long is a column of the right?"
        ),
        "left[:-1] + right[1:] if left[0] == right[-1] else None": _(
            "You compare the two outer sizes, which stay. The inner ones meet: those that stand next to each other when you write the left shape before the right."
        ),
        "(left[-1], right[0]) if left[-1] == right[0] else None": _(
            "You returned the two sizes that meet. They must be equal, as you checked, but then they are summed over and disappear: the outer ones stay."
        ),
        "product_shape(right, left)": _(
            "That is the product the other way around, right times left. The order matters: rows come from the left, columns from the right."
        ),
        "turned(product_shape(left, right))": _(
            "You return the sizes in the wrong order: first the rows of the left, then the columns of the right."
        ),
        "(1,) if product_shape(left, right) == () else product_shape(left, right)": _(
            "One is missing: a vector times a vector is a single number. It has no axes, so its shape is (), not (1,)."
        ),
        "(1, 1) if product_shape(left, right) == () else product_shape(left, right)": _(
            "One is missing: a vector times a vector is a single number. It has no axes, so its shape is (), not (1, 1)."
        ),
        "1 if product_shape(left, right) == () else product_shape(left, right)": _(
            "One is missing: a vector times a vector is a single number. Its shape is a tuple without entries, ()."
        ),
        "product_shape(left, right if len(right) == 2 else (*right, 1))": _(
            "You treat a vector on the right as a matrix with one column. A vector has one axis, and that is summed over: (2, 3) times (3,) has shape (2,)."
        ),
        "left + right if left[-1] == right[0] else None": _(
            "You keep all axes. The two that meet are summed over, so both disappear."
        ),
        "left + right": _(
            "You keep all axes: that is the shape of the outer product, each entry times each entry. In a matrix product the two axes that meet are compared, summed over, and disappear."
        ),
        "left + right[1:] if left[-1] == right[0] else None": _(
            "The axis that meets the other side is still there once. Both of its copies disappear: the left one, too."
        ),
        "(np.zeros(left) @ np.zeros(right)).shape": _(
            "NumPy multiplied two arrays for you, and where shapes do not fit it raised an error while None is asked for. The shapes alone are enough: compare two numbers."
        ),
        "(left[0], right[1])": _(
            "That suits two matrices that fit. Two things are missing: first compare the axes that meet, and return None unless they are equally long; and mind vectors, whose shapes have one entry only."
        ),
        "(left[0], right[-1])": _(
            "That suits two matrices that fit. Two things are missing: first compare the axes that meet, and return None unless they are equally long; and the only axis of a vector meets the other side, so it disappears."
        ),
        "product_shape(left, right) or ()": _(
            "You return () where there is no product. But () is the shape of a single number; no shape at all is None."
        ),
    },
)


# 6. Broadcasting as a rule


def pairs_of_shapes():
    pairs = (
        ((32, 10), (10,)), ((2, 1), (1, 3)), ((3,), (2, 3)), ((5, 1, 4), (3, 1)), ((4, 3), (4,)),
        ((2,), (6,)), ((2, 3), (3, 2)), ((4, 5), (4, 5)), ((2, 3), ()), ((1, 3), (0, 3)),
        ((0,), (3,)), ((2, 3), (2, 0)), ((), ()),
    )  # fmt: skip
    return {THE_SHAPES.format(left=left, right=right): (left, right) for left, right in pairs}


def common_size(size, other):
    """Return the size that two axes have in common after broadcasting, or None."""
    if size == 1:
        return other
    return size if other in (1, size) else None


def aligned(left, right, at_the_end=True):
    """Fill the shorter shape up with ones, on the side where its axes are missing."""
    axes = max(len(left), len(right))
    for shape in (left, right):
        ones = (1,) * (axes - len(shape))
        yield ones + shape if at_the_end else shape + ones


def broadcast_by(join, left, right, **how):
    """Align two shapes and join their sizes axis by axis; None if there is an axis where nothing is joined."""
    sizes = tuple(join(size, other) for size, other in zip(*aligned(left, right, **how), strict=True))
    return None if None in sizes else sizes


def strictly_equal(left, right):
    """Broadcast along missing axes, but not along those of size 1."""
    shorter, longer = sorted((left, right), key=len)
    return longer if longer[len(longer) - len(shorter) :] == shorter else None


def overlap(join, left, right):
    """Join only the axes that both shapes have, from the first."""
    sizes = tuple(join(size, other) for size, other in zip(left, right, strict=False))
    return None if None in sizes else sizes


def larger_if_one_is_1(size, other):
    return max(size, other) if size == other or 1 in (size, other) else None


def unless_both_are_above_1(size, other):
    """Refuse only if both sizes are above 1."""
    if size > 1 and other > 1:
        return size if size == other else None
    return other if size == 1 else size


def broadcast_shape(left, right):
    return broadcast_by(common_size, left, right)


check_broadcast_shape = Exercise(
    cases=pairs_of_shapes,
    solution=broadcast_shape,
    praise=_(
        "Align at the last axes, put ones in front, repeat every axis of size 1: you wrote down the whole rule."
    ),
    mistakes={
        "broadcast_by(larger_if_one_is_1, left, right)": _(
            "All but one are right. An axis of size 1 takes the other's size, even if that is 0: repeated no times, it is empty. The larger of 1 and 0 is not what you want there."
        ),
        "broadcast_by(unless_both_are_above_1, left, right)": _(
            "All but a few are right. You refuse two sizes only if both are above 1, but 0 and 3 do not fit either: only an axis of size 1 is repeated."
        ),
        "broadcast_by(lambda size, other: None if size != other and min(size, other) > 1 else max(size, other), left, right)": _(
            "Mind the sizes of 0. Next to a 1, the axis takes the size 0, not the larger one; next to a 3, the two do not fit at all."
        ),
        "broadcast_by(max, left, right)": _(
            "You always take the larger size. That is right if the smaller one is 1. If they are 2 and 6, nothing says how 2 numbers should fill 6 places, so the shapes do not fit."
        ),
        "broadcast_by(lambda *sizes: max(sizes) if min(sizes) and max(sizes) % min(sizes) == 0 else common_size(*sizes), left, right)": _(
            "You repeat 2 entries three times to fill 6 places. Broadcasting does not do that: only an axis of size 1 is repeated."
        ),
        "broadcast_by(common_size, left, right, at_the_end=False)": _(
            "You put the missing axes at the end. Write the shapes one below the other so that their last axes meet; what is missing is missing in front."
        ),
        "broadcast_by(larger_if_one_is_1, left, right, at_the_end=False)": _(
            "You put the missing axes at the end. Write the shapes one below the other so that their last axes meet; what is missing is missing in front. Later, mind the sizes of 0: next to a 1, the larger size is not always right."
        ),
        "strictly_equal(left, right)": _(
            "You add missing axes, and that is half of the rule. An axis that is there already and has size 1 is repeated, too."
        ),
        "broadcast_by(common_size, left, right) if len(left) == len(right) else None": _(
            "You give up if one shape has fewer axes. It may: put axes of size 1 in front of it until both are equally long."
        ),
        "broadcast_by(larger_if_one_is_1, left, right) if len(left) == len(right) else None": _(
            "You give up if one shape has fewer axes. It may: put axes of size 1 in front of it until both are equally long. Later, mind the sizes of 0: next to a 1, the larger size is not always right."
        ),
        "turned(overlap(common_size, turned(left), turned(right)))": _(
            "The axes that only one of the shapes has are lost: zip stops at the end of the shorter one. Fill that up with ones first."
        ),
        "turned(overlap(larger_if_one_is_1, turned(left), turned(right)))": _(
            "The axes that only one of the shapes has are lost: zip stops at the end of the shorter one. Fill that up with ones first. Later, mind the sizes of 0: next to a 1, the larger size is not always right."
        ),
        "overlap(common_size, turned(left), turned(right))": _(
            "You begin at the last axes, as one should. But zip stops at the end of the shorter shape, so its missing axes are lost; and the result is still back to front."
        ),
        "overlap(larger_if_one_is_1, turned(left), turned(right))": _(
            "You begin at the last axes, as one should. But zip stops at the end of the shorter shape, so its missing axes are lost; and the result is still back to front. Later, mind the sizes of 0: next to a 1, the larger size is not always right."
        ),
        "overlap(common_size, left, right)": _(
            "You compare the shapes from their first axis, and zip stops at the end of the shorter one. Align them at their last axes, and put ones in front of the shorter one."
        ),
        "overlap(larger_if_one_is_1, left, right)": _(
            "You compare the shapes from their first axis, and zip stops at the end of the shorter one. Align them at their last axes, and put ones in front of the shorter one. Later, mind the sizes of 0: next to a 1, the larger size is not always right."
        ),
        "turned(broadcast_by(common_size, left, right))": _(
            "You begin at the last axes, as one should, and so your result came out back to front. Turn it around at the end."
        ),
        "turned(broadcast_by(larger_if_one_is_1, left, right))": _(
            "You begin at the last axes, as one should, and so your result came out back to front. Turn it around at the end. Later, mind the sizes of 0: next to a 1, the larger size is not always right."
        ),
        "broadcast_by(lambda size, other: other if size in (1, other) else None, left, right)": _(
            "You repeat an axis of size 1 on the left, but not on the right. Both may be repeated."
        ),
        "max(left, right, key=len)": _(
            "You return the shape with more axes. Look at (2, 1) and (1, 3): neither of them is the common shape."
        ),
        "max(left, right)": _(
            "max compares two tuples as a dictionary compares words: the first entry decides. Compare axis by axis, beginning at the last."
        ),
        "left if left == right else None": _(
            "You ask for equal shapes. Broadcasting is for the others: missing axes are added, and axes of size 1 repeated."
        ),
        "left + right": _(
            "You put the two shapes one behind the other. Put one below the other instead, so that their last axes meet, and compare axis by axis."
        ),
        "np.broadcast_shapes(left, right)": _(
            "You let NumPy find the shape. It knows the rule, but here you are asked to write it yourself, axis by axis. And where shapes do not fit, NumPy raises an error, while None is asked for."
        ),
        "None if broadcast_shape(left, right) is None else next(aligned(left, right))": _(
            "You know which shapes fit. But then you always take the left size; if that is 1, the right one counts."
        ),
        "None if broadcast_shape(left, right) is None else max(left, right, key=len)": _(
            "You know which shapes fit. But the shape with more axes is not always the common one: (2, 1) and (1, 3) become (2, 3). Choose anew on each axis."
        ),
    },
    rules=(
        Rule(
            r"\bnp\.|\bnumpy\b",
            _(
                "The shapes are right, but NumPy found them. Here you are asked to write the rule yourself, axis by axis."
            ),
        ),
    ),
)


# 7. Normalise columns

check_normalise = Exercise(
    cases=lambda: {
        _("a table of shape (4, 2)"): case([[1.0, 30.0], [2.0, 10.0], [4.0, 80.0], [9.0, 60.0]]),
        _("a table of shape (3, 3)"): case([[1.0, 5.0, 7.0], [2.0, 1.0, 9.0], [6.0, 3.0, -4.0]]),
    },
    solution=lambda x: (x - x.mean(axis=0)) / x.std(axis=0),
    praise=_(
        "Two vectors of shape (k,) met n rows. Each column now has mean 0 and spread 1, as networks like their input."
    ),
    mistakes={
        "(x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)": _(
            "You normalised each row. The mean of a column runs down the rows, along axis 0."
        ),
        "(x - x.mean(axis=1)) / x.std(axis=1)": _(
            "axis=1 gives one mean for each row. One for each column is asked for: then there are as many means as columns, and they fit each row."
        ),
        "(x - x.mean(axis=0)[:, None]) / x.std(axis=0)[:, None]": _(
            "You stood the means upright, so each row got a mean of its own. They belong to the columns: leave them lying, shape (k,), and broadcasting repeats them down the rows."
        ),
        "(x - x.mean()) / x.std()": _(
            "You used one mean and one spread for the whole table. Each column has its own: tell mean and std the axis."
        ),
        "(x - x.mean(axis=0)) / x.std()": _(
            "The means are right. But std got no axis, so all columns were divided by one and the same spread."
        ),
        "(x - x.mean()) / x.std(axis=0)": _(
            "The spreads are right. But mean got no axis, so one and the same number was subtracted from all columns."
        ),
        "x - x.mean(axis=0)": _("Each column has mean 0 now. Then divide each by its standard deviation."),
        "x / x.std(axis=0)": _("Each column has spread 1 now. But first subtract its mean."),
        "x - x.mean(axis=0) / x.std(axis=0)": _(
            "Division goes before subtraction, so only the mean was divided. Put the difference into brackets."
        ),
        "x / x.std(axis=0) - x.mean(axis=0)": _(
            "You divided first, then subtracted the mean of the numbers before. Subtract first, then divide the difference."
        ),
        "(x - x.mean(axis=0)) / x.var(axis=0)": _(
            "You divided by the variance. The standard deviation is its square root; NumPy calls it std."
        ),
        "(x - x.mean(axis=0)) / x.std(axis=0, ddof=1)": _(
            "Your standard deviation divides by n - 1, as statisticians do with a sample. Here it is NumPy's plain std, which divides by n."
        ),
        "(x.mean(axis=0) - x) / x.std(axis=0)": _(
            "All signs are turned: you subtracted the entries from the mean."
        ),
        "(x - x.mean(axis=0)) * x.std(axis=0)": _(
            "You multiplied by the standard deviation, which makes wide columns wider. Divide by it."
        ),
        "(x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))": _(
            "You squeezed each column between its smallest and largest value. That is another way to scale; here subtract the mean and divide by the standard deviation."
        ),
        "(x - x.mean(axis=0)) / (x.max(axis=0) - x.min(axis=0))": _(
            "You divided by the distance from smallest to largest. Divide by the standard deviation instead."
        ),
        "x / x.max(axis=0)": _(
            "You divided each column by its largest entry. Here subtract its mean, then divide by its standard deviation."
        ),
        "x / np.linalg.norm(x, axis=0)": _(
            "You made the columns vectors of length 1, which is also called normalising. Here subtract the mean and divide by the standard deviation."
        ),
        "((x - x.mean(axis=0)) / x.std(axis=0)).T": _(
            "The numbers are right, but the table is transposed now. Return shape (n, k), as it came."
        ),
        "(x - np.median(x, axis=0)) / x.std(axis=0)": _(
            "You subtracted the median, the middle value. The mean is asked for: the sum divided by the number of rows."
        ),
        "(x - x.mean(axis=0)) / np.sqrt(x.std(axis=0))": _(
            "You took a root too many: std is the root of the variance already."
        ),
        "((x - x.mean(axis=0)) / x.std(axis=0))[:, -1]": _(
            "You returned the last column only. Keep all of them; with broadcasting, no loop is needed."
        ),
    },
    keeps_input=True,
)


# 8. Rotate points


def points_to_rotate():
    triangle = np.array([[1.0, 0.0], [2.0, 1.0], [-1.0, 3.0]])
    return {
        _("three points, turned by 30 degrees"): (triangle, 30),
        _("three points, turned by 90 degrees"): (triangle, 90),
        _("two points, turned by -45 degrees"): case([[1.0, 0.5], [0.0, 2.0]], -45),
    }


def rotation(radians):
    return np.array([[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]])


def rotate(points, angle):
    return points @ rotation(np.radians(angle)).T


def rotate_one_after_the_other(points, angle):
    points, radians = points.copy(), np.radians(angle)
    points[:, 0] = points[:, 0] * np.cos(radians) - points[:, 1] * np.sin(radians)
    points[:, 1] = points[:, 0] * np.sin(radians) + points[:, 1] * np.cos(radians)
    return points


check_rotate = Exercise(
    cases=points_to_rotate,
    solution=rotate,
    praise=_(
        "One matrix turned every point at once. Any linear layer with two inputs and two units moves the plane so."
    ),
    mistakes={
        "points @ rotation(angle).T": _(
            "np.cos and np.sin take radians, but your angle is in degrees: np.cos(90) is -0.45. Convert first; 180 degrees are π."
        ),
        "points @ rotation(np.radians(angle))": _(
            "Your points turn clockwise. If your matrix is the one in the task: it is made for points that stand as columns. Yours are rows, so it has to be transposed."
        ),
        "points @ rotation(angle)": _(
            "Two things at once: np.cos and np.sin take radians, while your angle is in degrees; and a matrix made for columns has to be transposed when points are rows."
        ),
        "rotation(angle) @ points": _(
            "Two things at once: np.cos and np.sin take radians, while your angle is in degrees; and with the matrix on the left, points would have to stand as columns. Yours are rows."
        ),
        "rotation(np.radians(angle)) @ points": _(
            "With the matrix on the left, points must be columns: (2, 2) times (n, 2) fits only by chance, if n is 2. Your points are rows, so they belong on the left of the matrix."
        ),
        "rotate(points, angle).T": _(
            "Turned correctly, but the points are columns now, shape (2, n). Transpose the result back to (n, 2)."
        ),
        "(points @ rotation(np.radians(angle))).T": _(
            "Your points turn clockwise, and they are columns now, shape (2, n). Keep them as rows: points on the left, and a matrix made for columns transposed."
        ),
        "points * rotation(np.radians(angle))": _(
            "The sign * multiplies entry by entry. A row has to meet a column here: that is the sign @."
        ),
        "points @ rotation(np.degrees(angle)).T": _(
            "You converted in the wrong direction, from radians to degrees. np.radians goes from degrees to radians."
        ),
        "points @ rotation(angle / 180).T": _(
            "Almost converted: 180 degrees are π radians, not 1 radian. Multiply by np.pi as well."
        ),
        "points @ rotation(angle * np.pi / 360).T": _(
            "You turned by half the angle. A full turn of 360 degrees is 2π radians, so half a turn, 180 degrees, is π."
        ),
        "points @ np.multiply(rotation(np.radians(angle)), [[1, -1], [1, 1]]).T": _(
            "One minus sign is missing: without it the matrix does not turn the plane but stretches or mirrors it. Counter-clockwise, the point (0, 1) goes to the left, to a negative x."
        ),
        "points @ rotation(np.pi / 2 - np.radians(angle)).T": _(
            "Sine and cosine are swapped. Try the angle 0: nothing should move, so the diagonal must be 1 there."
        ),
        "points @ np.multiply(rotation(np.radians(angle)), [[1, 1], [-1, 1]]).T": _(
            "There is a minus sign too many. Only one of the two sines has one."
        ),
        "points @ np.multiply(rotation(np.radians(angle)), [[1, -1], [1, -1]]).T": _(
            "Your matrix mirrors the points as well. The minus sign belongs to a sine, not to a cosine."
        ),
        "rotate_one_after_the_other(points, angle)": _(
            "x is right. But when you computed y, you used the new x. Both must come from the old ones: keep them, or let a matrix do both at once."
        ),
        "rotate(points - points.mean(axis=0), angle) + points.mean(axis=0)": _(
            "You turned the points about their own middle. Turn them about the origin: that takes the matrix alone."
        ),
        "rotation(np.radians(angle))": _(
            "You returned the matrix itself, and it is right. Now multiply the points by it."
        ),
        "rotation(angle) @ points.T": _(
            "Two things at once: np.cos and np.sin take radians, while your angle is in degrees; and the points are columns now, so transpose the result back to (n, 2)."
        ),
        "rotate(points, angle)[0]": _(
            "The first point is right, and the others are lost. A single product with all points needs no loop."
        ),
        "points.copy()": _("Your points have not moved: what you return is what came in."),
    },
    # 3.14 and 22 / 7 will do for π.
    slack=5e-3,
    keeps_input=True,
)


# 9. Two affine layers are one

check_collapse = Exercise(
    cases=lambda: {
        _("layers of 2, 3 and 2 units"): case(
            [[1.0, 2.0, 0.5], [-1.0, 3.0, 1.0]],
            [1.0, -1.0, 2.0],
            [[2.0, 1.0], [0.0, -1.0], [4.0, 3.0]],
            [5.0, 0.5],
        ),
        _("layers of 2, 2 and 2 units"): case(
            [[1.0, 2.0], [3.0, 4.0]], [1.0, -2.0], [[0.0, 1.0], [2.0, -1.0]], [3.0, 0.5]
        ),
    },
    solution=lambda W1, b1, W2, b2: np.vstack([W1 @ W2, b1 @ W2 + b2]),
    praise=_(
        "Two affine layers do no more than one. Only what stands between them, such as relu, makes depth worth it."
    ),
    mistakes={
        "np.vstack([W1 @ W2, b1 + b2])": _(
            "W is right. But b1 goes through the second layer, too: multiply (x @ W1 + b1) @ W2 out, term by term."
        ),
        "np.vstack([W1 @ W2, b2])": _(
            "W is right, but b1 is lost. What becomes of it on its way through the second layer?"
        ),
        "np.vstack([W1 @ W2, b1])": _(
            "W is right. But b1 does not arrive as it was: it goes through the second layer, and b2 is added there."
        ),
        "np.vstack([W1 @ W2, b1 @ W2])": _(
            "W is right, and you took b1 through the second layer. Then b2 is added."
        ),
        "np.vstack([W1 @ W2, (b1 + b2) @ W2])": _(
            "W is right. But b2 is added after the second layer's weights, so it is not multiplied by them."
        ),
        "np.vstack([W1 @ W2, b1 * b2])": _(
            "W is right. Biases are not multiplied with each other: multiply (x @ W1 + b1) @ W2 out, term by term."
        ),
        "np.vstack([W1 @ W2, W2 @ b1 + b2])": _(
            "W is right. In the bias, b1 stands on the wrong side of W2: it comes in like x, as a row, from the left."
        ),
        "np.vstack([W2 @ W1, W2 @ b1 + b2])": _(
            "That is right for books that write W @ x, with samples as columns. Here samples are rows and stand on the left, so the first layer's weights come first."
        ),
        "np.vstack([W2 @ W1, b1 @ W2 + b2])": _(
            "The bias is right, but the weights are multiplied in the wrong order: x meets the first layer's weights first."
        ),
        "np.vstack([W2 @ W1, b1 + b2])": _(
            "x meets the first layer's weights first, so they stand on the left. And b1 goes through the second layer: multiply (x @ W1 + b1) @ W2 out, term by term."
        ),
        "np.vstack([W1 * W2, b1 @ W2 + b2])": _(
            "The bias is right. But the sign * multiplies weights entry by entry; one layer after another is a matrix product, the sign @."
        ),
        "np.vstack([W1 + W2, b1 + b2])": _(
            "You added the layers, as if both got the same x and their results were added. Here the second gets what the first returns."
        ),
        "np.vstack([W2, b1 @ W2 + b2])": _(
            "The bias is right, but the first layer's weights are lost. x goes through both."
        ),
        "W1 @ W2": _("That is W. Now compute b as well, and put it below W as the last row."),
        "b1 @ W2 + b2": _("That is b. Now compute W as well, and put b below it as the last row."),
        "(W1 @ W2, b1 @ W2 + b2)": _(
            "W and b are right, both. The check wants them in one array: b below W, as np.vstack does it."
        ),
        "np.vstack([b1 @ W2 + b2, W1 @ W2])": _(
            "Both are right, but b stands above W. Let it be the last row."
        ),
        "np.vstack([W1, b1, W2, b2])": _(
            "You stacked both layers as they are. Compute the one layer that does the work of both first."
        ),
        "W1 @ W2 + (b1 @ W2 + b2)": _(
            "You added b to W, to each of its rows, and now nobody can tell them apart. Keep b as a row of its own, below W."
        ),
        "np.vstack([W1 @ W2, b2 @ W1 + b1])": _(
            "W is right. In the bias, the layers have changed places: b1 comes first, and goes through the second layer."
        ),
        "np.vstack([(W1 + b1) @ W2, b2])": _(
            "You added b1 to the weights, where x would multiply it. It is added after x @ W1: multiply (x @ W1 + b1) @ W2 out, term by term."
        ),
    },
    keeps_input=True,
)


# 10. A Dense layer

check_dense = Exercise(
    cases=lambda: {
        _("3 samples, 2 inputs, 4 units"): case(
            [[1.0, -2.0], [0.5, 3.0], [-1.0, -1.0]],
            [[2.0, -1.0, 0.5, 1.0], [1.0, 2.0, -3.0, 0.0]],
            [0.5, -1.0, 2.0, -3.0],
        ),
        _("2 samples, 2 inputs, 2 units"): case(
            [[1.0, -2.0], [3.0, 0.5]], [[2.0, -1.0], [1.0, 4.0]], [-1.0, 2.0]
        ),
        _("1 sample, 1 input, 1 unit"): case([[2.0]], [[-3.0]], [1.0]),
    },
    solution=lambda x, W, b: relu(x @ W + b),
    praise=_(
        "A product, a broadcast sum, an element-wise function: this is the whole layer, for a batch of any size."
    ),
    mistakes={
        "x @ W + b": _("The affine part is right. relu is missing: negative entries should become 0."),
        "relu(x @ W) + b": _(
            "relu came too early: the bias decides, too, whether a unit is silent. Add it first."
        ),
        "relu(x @ W)": _("The bias is missing. Add it to each row before relu."),
        "x @ W": _("That is the product. The bias and relu are still missing."),
        "relu(x @ W.T + b)": _(
            "You transposed the weights. Here W has shape (inputs, units) and fits as it is: the inputs of x meet the inputs of W."
        ),
        "relu(W @ x + b)": _(
            "x and W are in the wrong order. Samples are rows of x, and a row has to stand on the left."
        ),
        "relu(W.T @ x + b)": _(
            "W.T on the left is for a single sample that stands as a column. Here the samples are rows, and x belongs on the left."
        ),
        "relu(x.T @ W + b)": _(
            "You transposed x. Its samples are rows already, as they should be: nothing needs to be transposed here."
        ),
        "(x @ W + b)[x @ W + b > 0]": _(
            "You left the negative entries out. They should become 0 and keep their places."
        ),
        "relu(x * W + b)": _(
            "The sign * multiplies entry by entry. A row of x has to meet a column of W: that is the sign @."
        ),
        "relu(x @ (W + b))": _(
            "You added the bias to the weights, so it is multiplied by the inputs. Add it to the product."
        ),
        "relu(x) @ W + b": _("You applied relu to the input. It comes last, after the product and the bias."),
        "relu(x @ W) + relu(b)": _(
            "You applied relu to the product and to the bias, each alone. Add them first: relu of a sum is not the sum of relus."
        ),
        "relu(x @ W - b)": _("You subtracted the bias. Add it."),
        "np.max(x @ W + b, 0)": _(
            "np.max(z, 0) looks for the largest entry along axis 0, so the batch is gone. The element-wise one has a longer name: np.maximum."
        ),
        "np.max(x @ W + b)": _(
            "You returned the largest entry of all. relu compares each entry with 0, and all of them stay in their places."
        ),
        "max(x @ W + b, 0)": {
            r"(?<![.\w])max\(": _(
                "Python's max asks whether a whole array is larger than 0, and that has no answer. np.maximum compares entry by entry."
            )
        },
        "np.minimum(x @ W + b, 0)": _(
            "You kept the negative entries and lost the positive ones. relu takes the larger of an entry and 0."
        ),
        "np.abs(x @ W + b)": _("You turned the negative entries around. With relu they become 0."),
        "(x @ W + b > 0).astype(float)": _(
            "You say where entries are positive, with 1 and 0. Positive entries should stay what they are."
        ),
        "relu(x @ W + b[:, None])": _(
            "You stood the bias upright, so each sample got one. It belongs to the units, one for each column: leave it lying, and broadcasting repeats it down the batch."
        ),
        "relu(x @ W + b).T": _(
            "The numbers are right, but the samples are columns now. Return shape (n, units)."
        ),
        "np.maximum(x @ W, b)": _(
            "You took the larger of product and bias. The bias is added; then relu takes the larger of each sum and 0."
        ),
        "1 / (1 + np.exp(-(x @ W + b)))": _(
            "That is the sigmoid function. It comes in other layers; here relu is asked for."
        ),
        "relu(x[0] @ W + b)": _(
            "You took the first sample only. The same line does the whole batch: leave x as it is."
        ),
    },
    keeps_input=True,
)
