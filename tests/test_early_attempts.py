"""What learners write for the exercises of 2.0 to 2.3, and which answer it gets: half-right rules, and what the texts forbid."""

import pytest
from test_feedback import cell

from helpers.exercises import data_representations, first_look, start_here, tensor_operations
from helpers.studies.tensors.strided import rank

LOOPS = """def attempt(matrix):
    result = {begin}
    for i in range(matrix.shape[0]):
        for j in range(matrix.shape[1]):
            {body}
    return result
"""
SHAPES = """def attempt(left, right):
    axes = max(len(left), len(right))
    left, right = (1,) * (axes - len(left)) + left, (1,) * (axes - len(right)) + right
    sizes = []
    for size, other in zip(left, right, strict=True):
        if {unfit}:
            {refuse}
        sizes.append({choose})
    return tuple(sizes)
"""
TURN = """def attempt(points, angle):
    a = angle * {pi} / 180
    matrix = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return points @ matrix.T
"""
UNFIT, CHOOSE = "size != other and 1 not in (size, other)", "other if size == 1 else size"
EACH = "result[i, j] = max(matrix[i, j], 0)"

# The check, what a learner writes, and words of the answer; "" where it is right.
ATTEMPTS = [
    (start_here.check_average_ink, "def attempt(image):\n    return image.mean\n", "the function mean itself"),
    (start_here.check_average_ink, "def attempt(image):\n    total = 0\n    for row in image:\n        for pixel in row:\n            total += pixel\n    return total / 784\n", "wrapped around"),
    (first_look.check_prepare, "def attempt(images):\n    return [[pixel / 255 for row in image for pixel in row] for image in images]\n", "come in a list"),
    (first_look.check_prepare, "def attempt(images):\n    images.astype('float32')\n    return images.reshape(len(images), 784) / 255\n", "thrown away"),
    (first_look.check_baseline, "def attempt(train, test):\n    return np.mean(test == np.median(train))\n", "the median"),
    (first_look.check_best_epoch, "def attempt(history):\n    v = history['val_loss']\n    for i in range(1, len(v)):\n        if v[i] > v[i - 1]:\n            return i\n", "first rise"),
    (first_look.check_best_epoch, "def attempt(history):\n    return np.argmax(history['accuracy']) + 1\n", "highest accuracy on the training digits"),
    (first_look.check_confusion_matrix, "def attempt(labels, predictions):\n    m = [[0] * 10] * 10\n    for a, b in zip(labels, predictions):\n        m[a][b] += 1\n    return m\n", "one and the same list"),
    (first_look.check_confusion_matrix, "def attempt(labels, predictions):\n    m = [[0] * 10 for _ in range(10)]\n    for a, b in zip(labels, predictions):\n        m[a][b] += 1\n    return m\n", ""),
    (data_representations.check_as_column, "def attempt(vector):\n    vector.reshape(len(vector), 1)\n    return vector\n", "thrown away"),
    (data_representations.check_as_column, "def attempt(vector):\n    vector.resize((len(vector), 1), refcheck=False)\n    return vector\n", ""),
    (data_representations.check_batch, "def attempt(images, n, size):\n    return images[n * size : n + size]\n", "stop at n + size"),
    (tensor_operations.check_naive_relu, "def attempt(matrix):\n    return matrix if matrix > 0 else 0\n", "yes or no"),
    (tensor_operations.check_naive_relu, "def attempt(matrix):\n    return max(matrix, 0)\n", "Python's max asks"),
    (tensor_operations.check_naive_relu, "def attempt(matrix):\n    return np.maximum(matrix, 0)\n", "function of NumPy's"),
    (tensor_operations.check_naive_relu, "def attempt(matrix):\n    return matrix * (matrix > 0)\n", "two loops are asked for"),
    (tensor_operations.check_naive_relu, "def attempt(matrix):\n    return np.array([row * (row > 0) for row in matrix])\n", "two loops are asked for"),
    (tensor_operations.check_naive_relu, "def attempt(matrix):\n    return [[max(entry, 0) for entry in row] for row in matrix]\n", ""),
    (tensor_operations.check_naive_relu, LOOPS.format(begin="np.zeros(matrix.shape)", body=EACH), ""),
    (tensor_operations.check_naive_relu, LOOPS.format(begin="np.zeros(matrix.shape)", body=EACH.replace("max", "np.maximum")), "function of NumPy's"),
    (tensor_operations.check_naive_relu, LOOPS.format(begin="matrix", body=EACH), "changed its input"),
    (tensor_operations.check_naive_relu, LOOPS.format(begin="[]", body="result[i][j] = matrix[i, j]"), "append"),
    (tensor_operations.check_naive_matrix_vector, "def attempt(W, x):\n    return W @ x\n", "ready-made product"),
    (tensor_operations.check_naive_matrix_vector, "def attempt(W, x):\n    return np.dot(W, x)\n", "ready-made product"),
    (tensor_operations.check_naive_matrix_vector, "def attempt(W, x):\n    return (W * x).sum(axis=1)\n", "two loops are asked for"),
    (tensor_operations.check_naive_matrix_vector, "def attempt(W, x):\n    return np.array([(row * x).sum() for row in W])\n", "two loops are asked for"),
    (tensor_operations.check_product_shape, "def attempt(left, right):\n    if len(left) == len(right) == 1:\n        return ()\n    if left[-1] == right[0]:\n        return left[:-1] + right[1:]\n", "equally long"),
    (tensor_operations.check_broadcast_shape, SHAPES.format(unfit=UNFIT, refuse="return None", choose=CHOOSE), ""),
    (tensor_operations.check_broadcast_shape, SHAPES.format(unfit=UNFIT, refuse="raise ValueError(left)", choose=CHOOSE), "return None."),
    (tensor_operations.check_broadcast_shape, SHAPES.format(unfit="size > 1 and other > 1 and size != other", refuse="return None", choose=CHOOSE), "only if both are above 1"),
    (tensor_operations.check_broadcast_shape, SHAPES.format(unfit=UNFIT, refuse="return None", choose="max(size, other)"), "All but one are right"),
    (tensor_operations.check_broadcast_shape, "def attempt(left, right):\n    try:\n        return np.broadcast_shapes(left, right)\n    except ValueError:\n        return None\n", "NumPy found them"),
    (tensor_operations.check_rotate, TURN.format(pi="3.14"), ""),
    (tensor_operations.check_rotate, TURN.format(pi="π"), "np.pi"),
    (tensor_operations.check_rotate, TURN.format(pi="3"), "is expected"),
    (tensor_operations.check_dense, "def attempt(x, W, b):\n    return Tensor(np.maximum(x @ W + b, 0))\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("check", "source", "words"), ATTEMPTS)
def test_attempt_is_answered(check, source, words):
    """Else a half-right rule passes, a right one is refused, or somebody hears of a mistake that was not made."""
    feedback = check(cell(source))
    assert feedback.state == ("not yet" if words else "solved"), feedback.text
    assert words in feedback.text


def test_the_rank_of_the_notebook_refuses_an_array():
    """Else rank(vector) is 0 without a word, and the check tells the learner about axis numbers."""
    attempt = cell("def attempt(vector):\n    return rank(vector), len(vector)\n")
    attempt.__globals__["rank"] = rank
    text = data_representations.check_rank_and_length(attempt).text
    assert "`return rank(vector), len(vector)`" in text and ".ndim, .shape" in text
