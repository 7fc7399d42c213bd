"""The exercises of 2.1: prepare digits, count parameters, measure a classifier honestly."""

import numpy as np

from helpers.datasets import load_mnist
from helpers.exercises.feedback import Exercise
from helpers.language import Words

_ = Words(__name__)

# 1. Prepare the images


def three_digits():
    (train_images, _labels), _test = load_mnist()
    pale = train_images[7:8] // 2
    return {_("three training digits"): (train_images[:3],), _("one digit in pale ink"): (pale,)}


check_prepare = Exercise(
    solution=lambda images: images.reshape(len(images), -1).astype("float32") / 255,
    praise=_("One row of 784 numbers between 0 and 1 for each digit, in float32: what a Dense layer wants."),
    mistakes={
        "images.reshape(len(images), -1).astype('float32')": _(
            "The pixels still go up to 255. Divide by 255, so that they lie between 0 and 1."
        ),
        "images.reshape(len(images), -1) / 255": _(
            "The numbers are right, but they are float64, which takes twice the memory. Convert with astype('float32') before you divide."
        ),
        "(images.reshape(len(images), -1) // 255).astype('float32')": _(
            "The operator // throws the fraction away: every grey became 0. Divide with a single /."
        ),
        "(images.reshape(len(images), -1) / 255).astype(images.dtype)": _(
            "You converted back to whole numbers after dividing, and every grey became 0. Convert to float32 first."
        ),
        "images.reshape(len(images), -1).astype('float32') / 256": _(
            "You divided by 256. There are 256 different values, but the largest is 255, so full ink should become 1."
        ),
        "images.reshape(len(images), -1).astype('float32') / images.max()": _(
            "You divided by the largest pixel of these very images, so the same grey means something else in each batch. Full ink is 255, whether or not it occurs."
        ),
        "images.astype('float32') / 255": _(
            "The numbers are right, but each digit is still a 28 × 28 square. Reshape to (number of digits, 784)."
        ),
        "images / 255": _(
            "The numbers are right, but each digit is still a 28 × 28 square, and the type is float64. Reshape to (number of digits, 784), and convert to float32."
        ),
        "images.reshape(-1, len(images)).astype('float32') / 255": _(
            "Samples must be rows: shape (digits, 784), not (784, digits). And do not swap the two numbers in reshape: that would cut the digits into pieces and mix them."
        ),
        "images.reshape(len(images), -1).T.astype('float32') / 255": _(
            "The numbers are right, but each digit is a column. Samples are rows: shape (digits, 784)."
        ),
        "images.flatten().astype('float32') / 255": _(
            "You put all digits into one long row. Each digit is a row of its own: shape (digits, 784)."
        ),
        "images[0].flatten().astype('float32') / 255": _(
            "You returned one digit, the first. Return a row for each of them."
        ),
        "images.reshape(len(images), -1).astype('float32') * 255": _(
            "You multiplied by 255. Divide by it, so that full ink becomes 1."
        ),
    },
    cases=three_digits,
    exact_dtype=True,
)


# 2. Count the parameters


def with_bias(sizes, biases):
    return sum(before * after for before, after in zip(sizes, sizes[1:], strict=False)) + biases


check_count_parameters = Exercise(
    solution=lambda sizes: with_bias(sizes, sum(sizes[1:])),
    praise=_(
        "A weight for each input of each unit, and a bias for each unit: 407,050 numbers to adjust in 784-512-10."
    ),
    mistakes={
        "with_bias(sizes, 0)": _(
            "You counted the weights and forgot the biases: each unit of a Dense layer adds one number of its own."
        ),
        "with_bias(sizes, sum(sizes))": _(
            "You gave the input a bias, too. Inputs are given, not computed: biases start with the first layer."
        ),
        "with_bias(sizes, len(sizes) - 1)": _(
            "You added one bias a layer. There is one a unit: a layer of 512 units has 512 biases."
        ),
        "with_bias(sizes, sum(sizes[:-1]))": _(
            "You added a bias for each input of a layer. A bias belongs to a unit: as many as the layer has outputs."
        ),
        "with_bias(sizes, 1)": _(
            "You added one bias for the whole network. Each unit of each layer has its own."
        ),
        "with_bias(sizes, sizes[-1])": _(
            "The weights are right, but only the last layer's units got a bias. Those of the layers before have one, too."
        ),
        "[before * after + after for before, after in zip(sizes, sizes[1:], strict=False)]": _(
            "You have the parameters of each layer, in a list, and they are right. Add them up."
        ),
        "(sizes[-2] + 1) * sizes[-1]": _(
            "You returned the parameters of the last layer. Those of all layers together are asked for."
        ),
        "(sizes[0] + 1) * sizes[1]": _(
            "You returned the parameters of the first layer. Those of all layers together are asked for."
        ),
        "int(np.prod(sizes))": _(
            "You multiplied all sizes together. Only neighbouring layers are connected: multiply two at a time, then add."
        ),
        "sum(sizes[1:])": _(
            "You counted the biases and forgot the weights: each unit also has one for each of its inputs."
        ),
    },
    cases=lambda: {
        _("[784, 512, 10]"): ([784, 512, 10],),
        _("[784, 10]"): ([784, 10],),
        _("[2, 3, 4, 1]"): ([2, 3, 4, 1],),
    },
)


# 3. The laziest classifier


def uneven_labels():
    train = np.array([3, 3, 3, 3, 1, 1, 7])
    test = np.array([1, 1, 1, 3, 3, 7, 7, 7, 7, 7])
    return {
        _("training labels 3 3 3 3 1 1 7 and test labels 1 1 1 3 3 7 7 7 7 7"): (train, test),
        _("training labels 0 0 5 and test labels 0 5"): (np.array([0, 0, 5]), np.array([0, 5])),
        _("training labels 2 2 2 3 and test labels 2 2 2 3"): (
            np.array([2, 2, 2, 3]),
            np.array([2, 2, 2, 3]),
        ),
        # Most common, median, count of the most common and place of the largest are 5, 3, 2 and 0.
        _("training labels 5 5 1 2 3 and test labels 5 5 5 5 3 3 3 2 2 0"): (
            np.array([5, 5, 1, 2, 3]),
            np.array([5, 5, 5, 5, 3, 3, 3, 2, 2, 0]),
        ),
    }


def most_common(labels):
    return np.bincount(labels).argmax()


check_baseline = Exercise(
    solution=lambda train_labels, test_labels: np.mean(test_labels == most_common(train_labels)),
    praise=_(
        "This is the score to beat: an accuracy means nothing until you know what no thinking at all achieves."
    ),
    mistakes={
        "np.mean(test_labels == most_common(test_labels))": _(
            "You looked for the most common label in the test set. A classifier may only learn from the training set."
        ),
        "most_common(train_labels)": _(
            "You returned the most common label itself. Return how often this answer is right on the test labels."
        ),
        "test_labels == most_common(train_labels)": _(
            "You say of each test digit whether the answer is right. Accuracy is one number: the share that is True."
        ),
        "np.mean(test_labels != most_common(train_labels))": _(
            "You returned the share that is wrong. Accuracy is the share that is right."
        ),
        "np.bincount(train_labels).max()": _(
            "You returned how often the most common label occurs in the training set. Find which label that is, and how often it is right on the test labels."
        ),
        "np.bincount(train_labels).max() / len(test_labels)": _(
            "You counted training labels and divided by the number of test labels. Count how many test labels are equal to the most common training label."
        ),
        "np.mean(test_labels == np.median(train_labels))": _(
            "You took the median, the label in the middle of the order. Labels are names: count how often each occurs."
        ),
        "np.mean(test_labels == train_labels.argmax())": _(
            "argmax of the labels gives the place of the largest label. Count the labels first, and look for the largest count."
        ),
        "np.mean(test_labels == train_labels.max())": _(
            "You took the largest label. Labels are names: count how often each occurs."
        ),
        "np.sum(test_labels == most_common(train_labels)) / len(train_labels)": _(
            "You counted right answers on the test labels, and divided by the number of training labels."
        ),
        "np.mean(test_labels == np.bincount(train_labels).max())": _(
            "max gives how often the most common label occurs. Which label that is, is the place of this largest count."
        ),
        "np.mean(train_labels == most_common(train_labels))": _(
            "You measured on the training labels. Whether an answer is good is decided on the test set."
        ),
        "np.sum(test_labels == most_common(train_labels))": _(
            "You returned how many are right. Accuracy is a share: divide by the number of test labels."
        ),
        "100 * np.mean(test_labels == most_common(train_labels))": _(
            "You returned per cent. Return a share between 0 and 1, as Keras does."
        ),
        "1 / len(np.unique(test_labels))": _(
            "That is the score of guessing each class equally often. Here one answer is always the same."
        ),
    },
    cases=uneven_labels,
)


# 4. When to stop


def parting_curves():
    first = {
        "loss": [0.9, 0.5, 0.3, 0.2, 0.1],
        "accuracy": [0.70, 0.81, 0.88, 0.97, 0.96],
        "val_loss": [1.0, 0.6, 0.45, 0.5, 0.6],
        "val_accuracy": [0.65, 0.78, 0.83, 0.84, 0.82],
    }
    second = {
        "loss": [0.8, 0.4, 0.6],
        "accuracy": [0.7, 0.9, 0.8],
        "val_loss": [0.5, 0.6, 0.7],
        "val_accuracy": [0.6, 0.7, 0.8],
    }
    # The first rise comes before the lowest value.
    third = {
        "loss": [0.9, 0.5, 0.4, 0.3, 0.2, 0.1],
        "accuracy": [0.6, 0.7, 0.8, 0.9, 0.95, 0.99],
        "val_loss": [0.8, 0.5, 0.6, 0.4, 0.45, 0.47],
        "val_accuracy": [0.6, 0.75, 0.74, 0.7, 0.8, 0.79],
    }
    # The last epoch is the best, and every loss is above 1.
    fourth = {
        "loss": [2.5, 1.8, 1.4, 1.6],
        "accuracy": [0.2, 0.4, 0.7, 0.6],
        "val_loss": [2.4, 1.9, 2.0, 1.2],
        "val_accuracy": [0.2, 0.45, 0.4, 0.43],
    }
    return {
        _("a history of five epochs"): (first,),
        _("a history of three epochs"): (second,),
        _("a history of six epochs"): (third,),
        _("a history of four epochs"): (fourth,),
    }


def first_rise(history):
    losses = history["val_loss"]
    return next(
        epoch
        for epoch, (loss, following) in enumerate(zip(losses, losses[1:], strict=False), 1)
        if following > loss
    )


check_best_epoch = Exercise(
    solution=lambda history: int(np.argmin(history["val_loss"])) + 1,
    praise=_(
        "Stopping where the loss on unseen digits, a validation set, is lowest is called early stopping."
    ),
    mistakes={
        "int(np.argmin(history['val_loss']))": _(
            "You found the right place in the list, but Python counts from 0 and people count epochs from 1."
        ),
        "int(np.argmin(history['loss'])) + 1": _(
            "You looked at the training loss. It keeps falling while the network learns its examples by heart; the name of the other one starts with val_."
        ),
        "int(np.argmax(history['val_loss'])) + 1": _(
            "That is the epoch with the highest validation loss. A loss should be low: use argmin."
        ),
        "int(np.argmax(history['val_accuracy'])) + 1": _(
            "You took the highest validation accuracy. Here the question is about the loss, which also notices how sure the network is of its wrong answers."
        ),
        "min(history['val_loss'])": _(
            "You returned the lowest loss itself. Return the number of its epoch: np.argmin says where it stands."
        ),
        "first_rise(history)": _(
            "You stopped at the first rise. The loss on unseen digits may fall again after it, below what it was: look at all epochs."
        ),
        "int(np.argmax(history['accuracy'])) + 1": _(
            "You took the highest accuracy on the training digits. Here the question is about the loss, and on unseen digits."
        ),
        "int(np.argmin(history['val_accuracy'])) + 1": _(
            "That is the epoch with the lowest validation accuracy. The loss should be low: look at val_loss."
        ),
        "int(np.argmin(history['loss']))": _(
            "Two things: you looked at the training loss, and epochs are counted from 1."
        ),
        "np.argsort(history['val_loss']) + 1": _(
            "You returned all epochs, from the lowest loss to the highest. The first of them alone is asked for."
        ),
        "len(history['val_loss'])": _(
            "You returned the last epoch. Is the loss on unseen digits lowest there?"
        ),
    },
    cases=parting_curves,
)


# 5. Who is taken for whom


def small_predictions():
    labels = np.array([0, 1, 1, 2, 2, 2, 9])
    predictions = np.array([0, 1, 2, 2, 2, 1, 4])
    return {
        _("labels 0 1 1 2 2 2 9 and predictions 0 1 2 2 2 1 4"): (labels, predictions),
        _("labels 3 3 and predictions 8 3"): (np.array([3, 3]), np.array([8, 3])),
        _("300 digits with label 3, all read as 3"): (np.full(300, 3), np.full(300, 3)),
    }


def count_pairs(labels, predictions, classes=10):
    matrix = np.zeros((classes, classes), int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


def marked_pairs(labels, predictions):
    matrix = np.zeros((10, 10), int)
    matrix[labels, predictions] += 1
    return matrix


check_confusion_matrix = Exercise(
    solution=count_pairs,
    praise=_(
        "Row: what the digit is. Column: what the network says. The diagonal is right, the rest are confusions."
    ),
    mistakes={
        "count_pairs(predictions, labels)": _(
            "Your matrix is transposed: rows should be the true labels, columns the predictions."
        ),
        "marked_pairs(labels, predictions)": _(
            "Pairs that occur twice were counted once. matrix[labels, predictions] += 1 adds only once to each place, and = 1 overwrites. Add 1 for one pair after the other in a loop, or use np.add.at."
        ),
        "np.diag(np.diag(count_pairs(labels, predictions)))": _(
            "You counted the right answers only. The confusions off the diagonal are what this table is for."
        ),
        "count_pairs(labels, predictions) * (1 - np.eye(10, dtype=int))": _(
            "You left the right answers out. They are counted, too: they stand on the diagonal."
        ),
        "count_pairs(labels, predictions) / np.maximum(1, np.bincount(labels, minlength=10))[:, np.newaxis]": _(
            "You divided each row by its sum. Those are shares; here counts are asked for."
        ),
        "count_pairs(labels, predictions) / len(labels)": _(
            "You divided by the number of digits. Here counts are asked for."
        ),
        "np.outer(np.bincount(labels, minlength=10), np.bincount(predictions, minlength=10))": _(
            "Each label was paired with each prediction. Label and prediction of one digit belong together: go through both side by side, as zip does."
        ),
        "count_pairs(labels - 1, predictions - 1)": _(
            "Your table is shifted by one place: the counts of digit 1 stand in row 0. Rows and columns count from 0, and so do the digits."
        ),
        "np.mean(labels == predictions)": _(
            "That is the accuracy, one number. A table of 10 × 10 counts is asked for."
        ),
        "np.sum(labels == predictions)": _(
            "That is how many are right, one number. A table of 10 × 10 counts is asked for."
        ),
        "count_pairs(labels, predictions, 1 + max(labels.max(), predictions.max()))": _(
            "The size of your matrix depends on the labels that happen to occur. There are always ten classes: 10 × 10."
        ),
    },
    cases=small_predictions,
)
