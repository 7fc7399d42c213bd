"""The exercises of 2.2: axes and entries, slices, batches, data types and memory."""

import math

import numpy as np

from helpers.exercises.feedback import Exercise, Mistake
from helpers.strided import row_major_strides

# 1. Axes and entries

check_rank_and_length = Exercise(
    solution=lambda vector: (vector.ndim, len(vector)),
    praise="A vector has one axis, however many entries: a 5-dimensional vector is a tensor of rank 1.",
    mistakes=(
        Mistake(
            lambda vector: (len(vector), vector.ndim),
            "Both numbers are right, but in the other order: first the rank, then the number of entries.",
        ),
        Mistake(
            lambda vector: (len(vector), len(vector)),
            "You gave the number of entries as the rank. The rank counts axes, the directions to count in: vector.ndim.",
        ),
        Mistake(
            lambda vector: (vector.ndim, vector.shape),
            "The shape is a tuple with one number for each axis. Here the number itself is asked for: len(vector).",
        ),
        Mistake(
            lambda vector: len(vector),
            "That is the number of entries. Return it behind the rank: return rank, entries.",
        ),
        Mistake(
            lambda vector: vector.ndim,
            "That is the rank. Return the number of entries, too: return rank, entries.",
        ),
        Mistake(
            lambda vector: (vector.ndim, len(vector) - 1),
            "You gave the index of the last entry. Counted from 0, the fifth entry has index 4, but there are five.",
        ),
        Mistake(
            lambda vector: (int(np.linalg.matrix_rank(vector)), len(vector)),
            "np.linalg.matrix_rank computes the rank of linear algebra, which depends on the numbers. Here the rank counts "
            "axes: vector.ndim.",
        ),
        Mistake(
            lambda vector: (0, len(vector)),
            "You gave the number of the axis: it is axis 0. The rank counts how many axes there are.",
        ),
    ),
    cases=lambda: {
        "the vector 12 3 6 14 7": (np.array([12, 3, 6, 14, 7]),),
        "the vector 4 8": (np.array([4, 8]),),
        "the vector 0 0 0": (np.array([0, 0, 0]),),
    },
)


# 2. The middle of every digit


def numbered_images():
    many = np.arange(5 * 28 * 28).reshape(5, 28, 28)
    return {"5 images of shape (28, 28)": (many,), "40 images of shape (28, 28)": (np.tile(many, (8, 1, 1)),)}


check_middle = Exercise(
    solution=lambda images: images[:, 7:21, 7:21],
    praise="A colon keeps the samples axis whole, and the stop 21 is one past the last row that you want.",
    mistakes=(
        Mistake(
            lambda images: images[:, 7:20, 7:20],
            "One row and one column are missing: a slice leaves its stop out. To include row 20, stop at 21.",
        ),
        Mistake(
            lambda images: images[:, 8:21, 8:21],
            "One row and one column are missing at the start. Python counts from 0, and a slice includes its start: "
            "begin at 7.",
        ),
        Mistake(
            lambda images: images[:, 8:22, 8:22],
            "Your square is shifted by one. Row 7 is the eighth row, and its index is 7.",
        ),
        Mistake(
            lambda images: images[:, 6:20, 6:20],
            "Your square is shifted by one: it begins at row 6.",
        ),
        Mistake(
            lambda images: images[7:21, 7:21],
            "You sliced samples and rows. Axis 0 counts the samples: keep it whole with a colon in front.",
        ),
        Mistake(
            lambda images: images[:, 7:21],
            "The rows are right. Slice the columns, too: one more slice behind a comma.",
        ),
        Mistake(
            lambda images: images[:, :, 7:21],
            "The columns are right. Slice the rows, too.",
        ),
        Mistake(
            lambda images: images[:][7:21][7:21],
            "Brackets behind brackets slice the same axis again. Put all slices into one pair: images[:, a:b, a:b].",
        ),
        Mistake(
            lambda images: images[0, 7:21, 7:21],
            "You took the middle of the first image only. A colon in place of the 0 takes it of all.",
        ),
        Mistake(
            lambda images: images[:, 7:-7, 7:-8],
            "Nearly: rows and columns need the same slice, and the last column is missing.",
        ),
    ),
    cases=numbered_images,
)


# 3. Batch number n


def numbered_batches():
    samples = np.arange(60).reshape(30, 2)
    return {
        "30 samples, batch 0 of size 4": (samples, 0, 4),
        "30 samples, batch 2 of size 4": (samples, 2, 4),
        "30 samples, batch 3 of size 5": (samples, 3, 5),
        "30 samples, batch 7 of size 4": (samples, 7, 4),
    }


check_batch = Exercise(
    solution=lambda images, n, size: images[n * size : (n + 1) * size],
    praise="Batches lie one behind the other along the samples axis. The last one may be shorter.",
    mistakes=(
        Mistake(
            lambda images, n, size: images[n : n + size],
            "You begin at sample n. Batch n begins after n whole batches, at sample n * size.",
        ),
        Mistake(
            lambda images, n, size: images[n * size : n * size + size + 1],
            "Your batch has one sample too many: a slice leaves its stop out by itself, so do not add 1.",
        ),
        Mistake(
            lambda images, n, size: images[n * size : n * size + size - 1],
            "Your batch has one sample too few: a slice leaves its stop out by itself, so do not subtract 1.",
        ),
        Mistake(
            lambda images, n, size: images[(n - 1) * size : n * size],
            "You count batches from 1. Here batch 0 is the first.",
        ),
        Mistake(
            lambda images, n, size: images[(n + 1) * size : (n + 2) * size],
            "That is the batch after the right one. Batch 0 begins at sample 0.",
        ),
        Mistake(
            lambda images, n, size: images[n * size : size],
            "The second number of a slice is where it stops, not how many entries it has.",
        ),
        Mistake(
            lambda images, n, size: images[:, n * size : (n + 1) * size],
            "You sliced along axis 1. The samples are counted along axis 0.",
        ),
        Mistake(
            lambda images, n, size: images[n * size],
            "That is one sample, the first of the batch. A slice start:stop takes all of them.",
        ),
        Mistake(
            lambda images, n, size: images[n * size :],
            "You begin at the right place, but go on to the end. Stop after size samples.",
        ),
    ),
    cases=numbered_batches,
)


# 4. A column

check_as_column = Exercise(
    solution=lambda vector: vector.reshape(len(vector), 1),
    praise="Same numbers, one more axis: (n,) and (n, 1) behave differently in every operation of 2.3.",
    mistakes=(
        Mistake(
            lambda vector: vector.reshape(1, len(vector)),
            "That is a matrix of one row, shape (1, n). A column has n rows of one entry.",
        ),
        Mistake(
            lambda vector: vector.T,
            "Transposing a vector changes nothing: with one axis, there is nothing to swap. Reshape it.",
        ),
        Mistake(
            lambda vector: np.diag(vector),
            "That is a square matrix with the numbers on its diagonal. A column has one entry in each row.",
        ),
        Mistake(
            lambda vector: np.stack([vector, vector], axis=1),
            "The vector stands there twice. A column has one entry in each row.",
        ),
        Mistake(
            lambda vector: vector.reshape(len(vector), 1, 1),
            "Nearly: your result has three axes. A matrix has two.",
        ),
    ),
    cases=lambda: {"the vector 1 2 3": (np.array([1, 2, 3]),), "the vector 5 7": (np.array([5, 7]),)},
)


# 5. Samples first


def pictures_with_samples_last():
    return {
        "pictures of shape (3, 4, 2)": (np.arange(24).reshape(3, 4, 2),),
        "pictures of shape (2, 2, 5)": (np.arange(20).reshape(2, 2, 5),),
    }


check_samples_first = Exercise(
    solution=lambda pictures: np.moveaxis(pictures, -1, 0),
    praise="Moving an axis keeps every picture whole. A reshape to the same shape would have mixed their pixels.",
    mistakes=(
        Mistake(
            lambda pictures: pictures.reshape(pictures.shape[-1], *pictures.shape[:-1]),
            "The shape is right, but the pictures are mixed: reshape keeps the order of the buffer, where neighbours "
            "belong to different pictures. Move the axis instead.",
        ),
        Mistake(
            lambda pictures: pictures.T,
            "The samples axis is in front, but every picture is transposed: .T reverses all axes. Move only one.",
        ),
        Mistake(
            lambda pictures: np.moveaxis(pictures, 0, -1),
            "You moved axis 0 to the end. The axis to move is the last one, -1, and its new place is 0.",
        ),
        Mistake(
            lambda pictures: pictures.copy(),
            "Nothing has moved: the samples axis is still the last one.",
        ),
        Mistake(
            lambda pictures: pictures[:, :, 0],
            "That is the first picture alone. Return all of them, along axis 0.",
        ),
        Mistake(
            lambda pictures: np.swapaxes(pictures, 1, 2),
            "You swapped axes 1 and 2. The samples axis should come to place 0.",
        ),
    ),
    cases=pictures_with_samples_last,
)


# 6. The average of two pictures


def bright_pictures():
    first = np.array([[0, 3, 200], [255, 7, 100]], np.uint8)
    second = np.array([[0, 4, 100], [255, 2, 255]], np.uint8)
    return {
        "two pictures of shape (2, 3)": (first, second),
        "two pictures of shape (1, 2)": (first[:1, 1:], second[1:, :2]),
    }


check_average = Exercise(
    solution=lambda a, b: (a.astype("float32") + b.astype("float32")) / 2,
    praise="Convert first, compute then: so nothing wraps around and no half is lost.",
    mistakes=(
        Mistake(
            lambda a, b: ((a + b) / 2).astype("float32"),
            "200 + 100 became 44: the sum was taken in uint8, where 300 does not fit. Convert before you add.",
        ),
        Mistake(
            lambda a, b: (a + b) / 2,
            "200 + 100 became 44: the sum was taken in uint8, where 300 does not fit. Convert to float32 before you add.",
        ),
        Mistake(
            lambda a, b: (a + b) // 2,
            "Two things were lost: the sum wrapped around in uint8, and // threw the halves away. Convert to float32 first.",
        ),
        Mistake(
            lambda a, b: a // 2 + b // 2,
            "The operator // throws the halves away: 3 // 2 is 1. Convert to float32 and divide by 2.",
        ),
        Mistake(
            lambda a, b: (a // 2 + b // 2).astype("float32"),
            "You converted after the halves were lost: 3 // 2 is 1. Convert first.",
        ),
        Mistake(
            lambda a, b: (a.astype("float32") + b) // 2,
            "The operator // throws the halves away: 7 // 2 is 3. Divide with a single /.",
        ),
        Mistake(
            lambda a, b: a / 2 + b / 2,
            "The numbers are right, but / made float64 of uint8, which takes twice the memory. Convert to float32 first.",
        ),
        Mistake(
            lambda a, b: ((a.astype("float32") + b) / 2).astype("uint8"),
            "You converted back to uint8 at the end, which throws the halves away. Leave the result as float32.",
        ),
        Mistake(
            lambda a, b: a.astype("float32") + b,
            "That is the sum. Divide by 2 for the average.",
        ),
        Mistake(
            lambda a, b: a.astype("float32") + b / 2,
            "Only the second picture was divided by 2: without brackets, / comes before +.",
        ),
    ),
    cases=bright_pictures,
    exact_dtype=True,
)


# 7. How much memory

check_memory = Exercise(
    solution=lambda shape, itemsize: math.prod(shape) * itemsize,
    praise="4,000 digits take 3,136,000 bytes as uint8 and four times as much as float32.",
    mistakes=(
        Mistake(
            lambda shape, itemsize: math.prod(shape),
            "That is the number of entries. Each of them takes itemsize bytes.",
        ),
        Mistake(
            lambda shape, itemsize: sum(shape) * itemsize,
            "You added the sizes. The entries of 28 × 28 are 28 · 28: multiply.",
        ),
        Mistake(
            lambda shape, itemsize: len(shape) * itemsize,
            "len(shape) is the rank, the number of axes. Multiply the sizes along them.",
        ),
        Mistake(
            lambda shape, itemsize: math.prod(shape) * itemsize * 8,
            "That is the number of bits. A byte has eight of them.",
        ),
        Mistake(
            lambda shape, itemsize: math.prod(shape[1:]) * itemsize,
            "That is the memory of one sample. Axis 0 counts, too.",
        ),
        Mistake(
            lambda shape, itemsize: 0 if not shape else math.prod(shape) * itemsize,
            "A scalar takes memory, too: shape () has one entry. Begin your product with 1.",
        ),
        Mistake(
            lambda shape, itemsize: math.prod(shape) + itemsize,
            "You added the bytes of an entry once. Every entry takes itemsize bytes: multiply.",
        ),
    ),
    cases=lambda: {
        "shape (4000, 28, 28) and 4 bytes": ((4000, 28, 28), 4),
        "shape (5,) and 8 bytes": ((5,), 8),
        "shape () and 8 bytes": ((), 8),
    },
)


# 8. The way back


def indices_of(place, shape):
    return tuple(place // stride % size for size, stride in zip(shape, row_major_strides(shape), strict=True))


check_indices_of = Exercise(
    solution=indices_of,
    praise="This is what np.unravel_index does: the remainder is the index along the last axis, the rest goes on.",
    mistakes=(
        Mistake(
            lambda place, shape: tuple(reversed(indices_of(place, shape))),
            "The indices are right, but backwards: the last axis comes last in the tuple.",
        ),
        Mistake(
            lambda place, shape: tuple(reversed(indices_of(place, shape[::-1]))),
            "You let the first axis lie closest together. Here the last one does: begin with it.",
        ),
        Mistake(
            lambda place, shape: tuple(place % size for size in shape),
            "Each index is the remainder of what the later axes left over: divide place by the size before you go on.",
        ),
        Mistake(
            lambda place, shape: tuple(place // stride for stride in row_major_strides(shape)),
            "You divided by the strides and forgot the remainder: an index must stay below the size of its axis.",
        ),
        Mistake(
            lambda place, shape: tuple(index + 1 for index in indices_of(place, shape)),
            "You count from 1. Python's indices begin at 0.",
        ),
        Mistake(
            lambda place, shape: row_major_strides(shape),
            "Those are the strides. The indices depend on place, too.",
        ),
    ),
    cases=lambda: {
        "place 8 in shape (2, 2, 3)": (8, (2, 2, 3)),
        "place 17 in shape (4, 6)": (17, (4, 6)),
        "place 3 in shape (5,)": (3, (5,)),
    },
)
