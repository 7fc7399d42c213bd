"""The exercises of 2.2: axes and entries, slices, batches, data types and memory."""

import math

import numpy as np

from helpers.exercises.feedback import Exercise
from helpers.language import Words
from helpers.studies.tensors.strided import row_major_strides

_ = Words(__name__)

# 1. Axes and entries

check_rank_and_length = Exercise(
    solution=lambda vector: (vector.ndim, len(vector)),
    praise=_("A vector has one axis, however many entries: a 5-dimensional vector is a tensor of rank 1."),
    mistakes={
        "(len(vector), vector.ndim)": _(
            "Both numbers are right, but in the other order: first the rank, then the number of entries."
        ),
        "(len(vector), len(vector))": _(
            "You gave the number of entries as the rank. The rank counts axes, the directions to count in: vector.ndim."
        ),
        "(vector.ndim, vector.shape)": _(
            "The shape is a tuple with one number for each axis. Here the number itself is asked for: len(vector)."
        ),
        "len(vector)": _("That is the number of entries. Return it behind the rank: return rank, entries."),
        "vector.ndim": _("That is the rank. Return the number of entries, too: return rank, entries."),
        "(vector.ndim, len(vector) - 1)": _(
            "You gave the index of the last entry. Counted from 0, the fifth entry has index 4, but there are five."
        ),
        "(vector.ndim, vector.ndim)": _(
            "You gave the rank twice. The second number is how many entries there are: len(vector)."
        ),
        "vector.shape": _(
            "You returned the shape: the number of entries, in a tuple. Return the rank before it."
        ),
        "(2, len(vector))": _(
            "You gave 2 as the rank. A matrix has two axes; a vector has one direction to count in."
        ),
        "(vector.ndim, vector.sum())": _("You added the entries up. Here it is asked how many there are."),
        "(int(np.linalg.matrix_rank(vector)), len(vector))": _(
            "np.linalg.matrix_rank computes the rank of linear algebra, which depends on the numbers. Here the rank counts axes: vector.ndim."
        ),
        "(0, len(vector))": _(
            "You gave 0 as the rank. The rank counts the axes, and a vector has one, even if its number is 0."
        ),
    },
    cases=lambda: {
        _("the vector 12 3 6 14 7"): (np.array([12, 3, 6, 14, 7]),),
        _("the vector 4 8"): (np.array([4, 8]),),
        # np.linalg.matrix_rank means something else.
        _("the vector 0 0 0"): (np.array([0, 0, 0]),),
    },
)


# 2. The middle of every digit


def numbered_images():
    many = np.arange(5 * 28 * 28).reshape(5, 28, 28)
    return {
        _("5 images of shape (28, 28)"): (many,),
        _("40 images of shape (28, 28)"): (np.tile(many, (8, 1, 1)),),
    }


check_middle = Exercise(
    solution=lambda images: images[:, 7:21, 7:21],
    praise=_("A colon keeps the samples axis whole, and the stop 21 is one past the last row that you want."),
    mistakes={
        "images[:, 7:20, 7:20]": _(
            "One row and one column are missing: a slice leaves its stop out. To include row 20, stop at 21."
        ),
        "images[:, 8:21, 8:21]": _(
            "One row and one column are missing at the start. Python counts from 0, and a slice includes its start: begin at 7."
        ),
        "images[:, 8:22, 8:22]": _(
            "Your square is shifted by one. Row 7 is the eighth row, and its index is 7."
        ),
        "images[:, 6:20, 6:20]": _("Your square is shifted by one: it begins at row 6."),
        "images[7:21, 7:21]": _(
            "You sliced samples and rows. Axis 0 counts the samples: keep it whole with a colon in front."
        ),
        "images[:, 7:21]": _("The rows are right. Slice the columns, too: one more slice behind a comma."),
        "images[:, :, 7:21]": _("The columns are right. Slice the rows, too."),
        "images[:][7:21][7:21]": _(
            "Brackets behind brackets slice the same axis again. Put all slices into one pair: images[:, a:b, a:b]."
        ),
        "images[0, 7:21, 7:21]": _(
            "You took the middle of the first image only. A colon in place of the 0 takes it of all."
        ),
        "images[:, 7:22, 7:22]": _(
            "There is one row and one column too many: a slice leaves out its stop, and only that. To include row 20, stop at 21."
        ),
        "images[:, 7:21][:, 7:21]": _(
            "You sliced the rows twice: axis 1 is still axis 1 in the second pair of brackets. Put both slices into one pair."
        ),
        "images[:, range(7, 21), range(7, 21)]": _(
            "Lists of indices are used side by side: row 7 with column 7, row 8 with column 8, a diagonal. Slices take every row with every column."
        ),
        "images[:, [7, 20], [7, 20]]": _(
            "You took two single pixels of each image. A slice, with a colon, takes all between."
        ),
        "images[:, 7:35, 7:35]": _(
            "Your square begins right and is too large. The second number of a slice is where it stops."
        ),
        "images[:, 7:-7, 7:-8]": _(
            "Nearly: rows and columns need the same slice, and the last column is missing."
        ),
    },
    cases=numbered_images,
)


# 3. Batch number n


def numbered_batches():
    samples = np.arange(60).reshape(30, 2)
    return {
        _("30 samples, batch 0 of size 4"): (samples, 0, 4),
        _("30 samples, batch 2 of size 4"): (samples, 2, 4),
        _("30 samples, batch 1 of size 4"): (samples, 1, 4),
        _("30 samples, batch 3 of size 5"): (samples, 3, 5),
        _("30 samples, batch 7 of size 4"): (samples, 7, 4),
    }


check_batch = Exercise(
    solution=lambda images, n, size: images[n * size : (n + 1) * size],
    praise=_("Batches lie one behind the other along the samples axis. The last one may be shorter."),
    mistakes={
        "images[n : n + size]": _(
            "You begin at sample n. Batch n begins after n whole batches, at sample n * size."
        ),
        "images[n * size : n * size + size + 1]": _(
            "Your batch has one sample too many: a slice leaves its stop out by itself, so do not add 1."
        ),
        "images[n * size : n * size + size - 1]": _(
            "Your batch has one sample too few: a slice leaves its stop out by itself, so do not subtract 1."
        ),
        "images[(n - 1) * size : n * size]": _("You count batches from 1. Here batch 0 is the first."),
        "images[(n + 1) * size : (n + 2) * size]": _(
            "That is the batch after the right one. Batch 0 begins at sample 0."
        ),
        "images[n * size : n + size]": _(
            "You begin at the right place, but stop at n + size. The batch stops where the next one begins."
        ),
        "images[n * size + 1 : (n + 1) * size + 1]": _(
            "Your batch is shifted by one: its first sample is missing, and one of the next batch stands at its end."
        ),
        "images[:size]": _("You always return the first batch. Where does batch n begin?"),
        "images[n]": _("That is one sample, number n. Return a batch: size samples."),
        "images[n::size]": _(
            "The third number of a slice is the step: you took every size-th sample, beginning at n. Samples of a batch lie side by side."
        ),
        "images[-size:] if (n + 1) * size > len(images) else images[n * size : (n + 1) * size]": _(
            "Your last batch is as large as the others, and takes samples of the one before. It has what is left."
        ),
        "images[n * size : size]": _(
            "The second number of a slice is where it stops, not how many entries it has."
        ),
        "images[:, n * size : (n + 1) * size]": _(
            "You sliced along axis 1. The samples are counted along axis 0."
        ),
        "images[n * size]": _(
            "That is one sample, the first of the batch. A slice start:stop takes all of them."
        ),
        "images[n * size :]": _(
            "You begin at the right place, but go on to the end. Stop after size samples."
        ),
    },
    cases=numbered_batches,
)


# 4. A column

check_as_column = Exercise(
    solution=lambda vector: vector.reshape(len(vector), 1),
    praise=_("Same numbers, one more axis: (n,) and (n, 1) behave differently in every operation of 2.3."),
    mistakes={
        "vector.reshape(1, len(vector))": _(
            "That is a matrix of one row, shape (1, n). A column has n rows of one entry."
        ),
        "vector.T": _(
            "Your result has one axis, as the vector had. With a single axis, .T has nothing to swap: a matrix of one column comes from reshape."
        ),
        "np.diag(vector)": _(
            "That is a square matrix with the numbers on its diagonal. A column has one entry in each row."
        ),
        "np.stack([vector, vector], axis=1)": _(
            "The vector stands there twice. A column has one entry in each row."
        ),
        "vector.reshape(len(vector), 1, 1)": _("Nearly: your result has three axes. A matrix has two."),
    },
    cases=lambda: {
        _("the vector 1 2 3"): (np.array([1, 2, 3]),),
        _("the vector 7.5 5"): (np.array([7.5, 5.0]),),
    },
)


# 5. Samples first


def pictures_with_samples_last():
    return {
        _("pictures of shape (3, 4, 2)"): (np.arange(24).reshape(3, 4, 2),),
        _("pictures of shape (2, 2, 5)"): (np.arange(20).reshape(2, 2, 5),),
    }


check_samples_first = Exercise(
    solution=lambda pictures: np.moveaxis(pictures, -1, 0),
    praise=_(
        "Moving an axis keeps every picture whole. A reshape to the same shape would have mixed their pixels."
    ),
    mistakes={
        "pictures.reshape(pictures.shape[-1], *pictures.shape[:-1])": _(
            "The shape is right, but the pictures are mixed: reshape keeps the order of the buffer, where neighbours belong to different pictures. Move the axis instead."
        ),
        "pictures.T": _(
            "The samples axis is in front, but every picture is transposed: its rows have become columns, as .T does it, which reverses all axes. Move only one axis."
        ),
        "np.moveaxis(pictures, 0, -1)": _(
            "Axis 0 stands at the end now. The axis to move is the last one, -1, and its new place is 0."
        ),
        "pictures.copy()": _("Nothing has moved: the samples axis is still the last one."),
        "pictures[:, :, 0]": _("That is the first picture alone. Return all of them, along axis 0."),
        "np.swapaxes(pictures, 1, 2)": _(
            "Axes 1 and 2 have changed places. The samples axis should come to place 0."
        ),
        "np.swapaxes(pictures, 0, 1)": _(
            "Rows and columns have changed places, and the samples axis is still the last one. It should come to place 0."
        ),
    },
    cases=pictures_with_samples_last,
)


# 6. The average of two pictures


def bright_pictures():
    first = np.array([[0, 3, 200], [255, 7, 100]], np.uint8)
    second = np.array([[0, 4, 100], [255, 2, 255]], np.uint8)
    return {
        _("two pictures of shape (2, 3)"): (first, second),
        _("two pictures of shape (1, 2)"): (first[:1, 1:], second[1:, :2]),
    }


check_average = Exercise(
    solution=lambda a, b: (a.astype("float32") + b.astype("float32")) / 2,
    praise=_("Convert first, compute then: so nothing wraps around and no half is lost."),
    mistakes={
        "((a + b) / 2).astype('float32')": _(
            "200 + 100 became 44: the sum was taken in uint8, where 300 does not fit. Convert before you add."
        ),
        "(a + b) / 2": _(
            "200 + 100 became 44: the sum was taken in uint8, where 300 does not fit. Convert to float32 before you add."
        ),
        "(a + b) // 2": _(
            "Two things were lost: the sum wrapped around in uint8, and // threw the halves away. Convert to float32 first."
        ),
        "a // 2 + b // 2": _(
            "The operator // throws the halves away: 3 // 2 is 1. Convert to float32 and divide by 2."
        ),
        "(a // 2 + b // 2).astype('float32')": _(
            "You converted after the halves were lost: 3 // 2 is 1. Convert first."
        ),
        "(a.astype('float32') + b) // 2": _(
            "The operator // throws the halves away: 7 // 2 is 3. Divide with a single /."
        ),
        "a / 2 + b / 2": _(
            "The numbers are right, but they are float64, which takes twice the memory. Convert both to float32 first."
        ),
        "((a.astype('float32') + b) / 2).astype('uint8')": _(
            "You converted back to uint8 at the end, which throws the halves away. Leave the result as float32."
        ),
        "a.astype('float32') + b": _("That is the sum. Divide by 2 for the average."),
        "np.mean([a, b])": _(
            "You returned one average, of all entries of both pictures. Average entry by entry: a picture is asked for."
        ),
        "a.astype('float32') + b.astype('float32') / 2": _(
            "Only the second picture was divided by 2: without brackets, / comes before +."
        ),
    },
    cases=bright_pictures,
    exact_dtype=True,
)


# 7. How much memory

check_memory = Exercise(
    solution=lambda shape, itemsize: math.prod(shape) * itemsize,
    praise=_("4,000 digits take 3,136,000 bytes as uint8 and four times as much as float32."),
    mistakes={
        "math.prod(shape)": _("That is the number of entries. Each of them takes itemsize bytes."),
        "sum(shape) * itemsize": _("You added the sizes. The entries of 28 × 28 are 28 · 28: multiply."),
        "len(shape) * itemsize": _(
            "len(shape) is the rank, the number of axes. Multiply the sizes along them."
        ),
        "math.prod(shape) * itemsize * 8": _("That is the number of bits. A byte has eight of them."),
        "math.prod(shape[1:]) * itemsize": _("That is the memory of one sample. Axis 0 counts, too."),
        "0 if not shape else math.prod(shape) * itemsize": _(
            "A scalar takes memory, too: shape () has one entry. Begin your product with 1."
        ),
        "math.prod(shape) + itemsize": _(
            "You added the bytes of an entry once. Every entry takes itemsize bytes: multiply."
        ),
    },
    cases=lambda: {
        _("shape (4000, 28, 28) and 4 bytes"): ((4000, 28, 28), 4),
        _("shape (5,) and 8 bytes"): ((5,), 8),
        _("shape () and 8 bytes"): ((), 8),
    },
)


# 8. The way back


def indices_of(place, shape):
    return tuple(place // stride % size for size, stride in zip(shape, row_major_strides(shape), strict=True))


def divided_before_the_remainder(place, shape):
    indices = []
    for size in reversed(shape):
        place = place // size
        indices.insert(0, place % size)
    return tuple(indices)


def with_exact_division(place, shape):
    indices = []
    for size in reversed(shape):
        indices.insert(0, place % size)
        place = place / size
    return tuple(indices)


check_indices_of = Exercise(
    solution=indices_of,
    praise=_(
        "This is what np.unravel_index does: the remainder is the index along the last axis, the rest goes on."
    ),
    mistakes={
        "tuple(reversed(indices_of(place, shape)))": _(
            "The indices are right, but backwards: the last axis comes last in the tuple."
        ),
        "tuple(reversed(indices_of(place, shape[::-1])))": _(
            "You let the first axis lie closest together. Here the last one does: begin with it."
        ),
        "tuple(place % size for size in shape)": _(
            "Each index is the remainder of what the later axes left over: divide place by the size before you go on."
        ),
        "tuple(place // stride for stride in row_major_strides(shape))": _(
            "You divided by the strides and forgot the remainder: an index must stay below the size of its axis."
        ),
        "tuple(index + 1 for index in indices_of(place, shape))": _(
            "You count from 1. Python's indices begin at 0."
        ),
        "divided_before_the_remainder(place, shape)": _(
            "You divided before you took the remainder, so the last axis was skipped. First the remainder, then go on with what is left over."
        ),
        "with_exact_division(place, shape)": _(
            "Some of your indices are fractions: / keeps what is left over, and // drops it."
        ),
        "row_major_strides(shape)": _("Those are the strides. The indices depend on place, too."),
    },
    cases=lambda: {
        _("place 8 in shape (2, 2, 3)"): (8, (2, 2, 3)),
        _("place 17 in shape (4, 6)"): (17, (4, 6)),
        _("place 3 in shape (5,)"): (3, (5,)),
        _("place 5 in shape (3, 1, 2)"): (5, (3, 1, 2)),
        _("place 1 in shape (2, 3)"): (1, (2, 3)),
    },
)
