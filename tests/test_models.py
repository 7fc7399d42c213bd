"""Layers, losses, metrics and Sequential: Keras' numbers and shapes, the same seed the same losses, errors that teach."""

import io
import os
import re
import subprocess
import sys
import types
import warnings

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from helpers import losses, metrics, operations
from helpers.datasets import load_mnist
from helpers.gradients import check_gradient
from helpers.layers import ACTIVATIONS, Dense, Flatten
from helpers.models import Diverged, Sequential
from helpers.optimizers import SGD, RMSprop
from helpers.progress import in_notebook, progress_bar
from helpers.tensor import Tensor

(train_images, train_labels), (test_images, test_labels) = load_mnist()
IMAGES, LABELS = train_images[:600].astype(np.float32) / 255, train_labels[:600]
ROWS = np.eye(10, dtype=np.float32)[LABELS]


def classifier(seed=0, optimizer="rmsprop", loss="sparse_categorical_crossentropy", activation="softmax"):
    model = Sequential([Flatten(), Dense(16, "relu"), Dense(10, activation)], seed=seed)
    model.compile(optimizer, loss, ["accuracy"])
    return model


def parameters(model):
    return [parameter.value.copy() for parameter in model.parameters]


# Layers


class Scale:
    """A layer of one's own, as `helpers.layers` describes it: one factor a feature."""

    parameters = ()

    def build(self, shape, random):
        self.parameters = (Tensor(np.ones(shape, np.float32)),)
        return shape

    def __call__(self, x):
        return x * self.parameters[0]


def test_a_layer_of_ones_own_is_trained():
    """Else what the course says of layers holds for its own ones only."""
    model = Sequential([Scale(), Dense(1)], seed=0)
    model.compile(SGD(0.1), "mse")
    x = np.array([[1.0, 0.0], [0.0, 1.0]])
    losses = model.fit(x, x[:, :1], epochs=20, verbose=0).history["loss"]
    assert losses[-1] < losses[0] / 2 and not np.array_equal(model.parameters[0].value, [1, 1])


def test_dense_is_activation_of_x_kernel_plus_bias():
    """Else the layer is not the one that the course derives."""
    x = np.random.default_rng(0).normal(size=(4, 3)).astype(np.float32)
    for name, activation in ACTIVATIONS.items():
        layer = Dense(5, name)
        assert (layer.kernel, layer.bias, layer.parameters) == (None, None, ())
        assert layer.build((3,), np.random.default_rng(1)) == (5,)
        layer.bias.value[:] = np.arange(5)
        expected = activation(x @ layer.kernel.value + layer.bias.value)
        np.testing.assert_allclose(layer(x).value, expected, rtol=1e-6)
        assert layer(x).dtype == np.float32
    np.testing.assert_array_equal(Dense(5).activation(x), x)
    assert repr(Dense(5, operations.relu)) == "Dense(5, activation='relu')" and repr(Flatten()) == "Flatten()"
    assert type(Dense(np.int64(5)).units) is int and repr(Dense(5)) == "Dense(5, activation='linear')"
    assert Flatten().build((28, np.int64(2)), None) == (56,) and Flatten().parameters == ()
    assert Flatten()(np.zeros((4, 28, 28))).shape == (4, 784)


def test_glorot_uniform():
    """Else the first weights are too large or too small for signals to keep their size through many layers."""
    layer = Dense(300)
    layer.build((500,), np.random.default_rng(0))
    limit = np.sqrt(6 / 800)
    kernel = layer.kernel.value
    assert np.abs(kernel).max() <= limit < 1.001 * np.abs(kernel).max()
    assert kernel.mean() == pytest.approx(0, abs=limit / 100)
    assert kernel.std() == pytest.approx(limit / np.sqrt(3), rel=0.01)
    assert not layer.bias.value.any()


# Losses and metrics


def test_losses_by_hand():
    """Else a loss differs from its definition, in value or in gradient."""
    shares = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
    rows = np.array([[1.0, 0, 0], [0, 1, 0]])
    surprise = -(np.log(0.7) + np.log(0.1)) / 2
    for loss, truth in [
        ("categorical_crossentropy", rows),
        ("sparse_categorical_crossentropy", np.array([0, 1])),
    ]:
        assert losses.get_loss(loss)(truth, shares) == pytest.approx(surprise)
        check_gradient(lambda p, loss=loss, truth=truth: losses.get_loss(loss)(truth, p), shares)
    assert losses.mean_squared_error(rows, shares) == pytest.approx(((rows - shares) ** 2).sum() / 6)
    check_gradient(lambda p: losses.mean_squared_error(rows, p), shares)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_probability_loss_after_softmax_is_the_fused_form(dtype):
    """Else the book's softmax layer with the probability loss underflows where the fused form stays exact."""
    random = np.random.default_rng(0)
    scores, labels = (random.normal(size=(50, 10)) * 60).astype(dtype), random.integers(0, 10, 50)
    as_book, fused = Tensor(scores), Tensor(scores)
    book_loss = losses.sparse_categorical_crossentropy(labels, operations.softmax(as_book))
    fused_loss = operations.softmax_cross_entropy(fused, labels)
    book_loss.backward()
    fused_loss.backward()
    assert (operations.softmax(scores)[np.arange(50), labels] == 0).any() or dtype == np.float64
    assert book_loss.value == fused_loss.value > 50
    np.testing.assert_array_equal(as_book.gradient, fused.gradient)
    assert book_loss.dtype == as_book.gradient.dtype == dtype


def test_softmax_is_not_computed_backward():
    """Else the safe form is there but the slow way is walked too."""
    scores = Tensor(np.zeros((2, 3)))
    shares = operations.softmax(scores)
    losses.categorical_crossentropy(np.eye(3)[:2], shares).backward()
    assert shares.gradient is None
    assert scores.gradient is not None


def test_only_a_softmax_goes_back_to_its_scores():
    """Else a last layer of sigmoids is trained as if it were a softmax."""
    scores = np.array([[0.5, -1.0, 2.0]])
    loss = losses.categorical_crossentropy(np.eye(3)[:1], operations.sigmoid(Tensor(scores)))
    assert loss.value == pytest.approx(np.log(1 + np.exp(-0.5)))


def test_a_probability_of_zero_gives_a_finite_loss():
    """Else one impossible answer makes the loss infinite; Keras cuts at 1e-7."""
    loss = losses.sparse_categorical_crossentropy(np.array([1]), np.array([[1.0, 0.0]]))
    assert loss == pytest.approx(-np.log(1e-7))


def test_lists_and_whole_numbers_are_predictions_too():
    """Else a loss rounds the truth to whole numbers because the prediction happens to be one."""
    assert losses.mean_squared_error([0.5], np.array([1])) == 0.25
    assert losses.mean_squared_error([0], [0.5]) == 0.25
    assert losses.categorical_crossentropy([[0.5, 0.5]], np.array([[1, 1]])) == 0
    assert losses.sparse_categorical_crossentropy([0], [[0.5, 0.5]]) == pytest.approx(np.log(2))


@pytest.mark.parametrize(
    "loss", ["mean_squared_error", "categorical_crossentropy", "sparse_categorical_crossentropy"]
)
@pytest.mark.parametrize("last", [operations.softmax, operations.sigmoid])
def test_a_loss_has_the_type_of_the_predictions(loss, last):
    """Else targets of NumPy's usual type, float64, make a network of float32 compute in twice the memory."""
    truth = np.array([0, 2]) if loss.startswith("sparse") else np.eye(3)[[0, 2]]
    for dtype in (np.float32, np.float64):
        scores = Tensor(np.array([[1, 2, 3], [3, 2, 1]], dtype))
        result = losses.get_loss(loss)(truth, last(scores))
        result.backward()
        assert result.dtype == scores.gradient.dtype == dtype
        assert losses.get_loss(loss)(truth, last(scores).value).dtype == dtype


def test_metrics_by_hand():
    """Else a share of right answers is counted wrongly for one of the shapes that "accuracy" takes."""
    shares = np.array([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7], [0.6, 0.4]])
    labels = np.array([1, 0, 0, 0])
    assert metrics.accuracy(labels, shares) == 0.75
    assert metrics.accuracy(np.eye(2)[labels], shares) == 0.75
    assert metrics.accuracy(labels, shares[:, 1:]) == 0.75
    assert metrics.accuracy(labels[:, None], shares[:, 1:]) == 0.75
    assert metrics.accuracy(labels[:, None], shares) == 0.75
    # One half is on neither side; as in Keras, it counts as a 0.
    assert metrics.accuracy(labels, np.full((4, 1), 0.5)) == 0.75
    assert metrics.mean_absolute_error(np.array([2, 1], np.uint8), np.array([[1], [2]], np.uint8)) == 1
    assert metrics.mean_absolute_error(labels, np.array([1.0, 0.5, 0, 1])) == pytest.approx(0.375)
    assert metrics.get_metric("accuracy") is metrics.accuracy
    for name, metric in metrics.METRICS.items():
        assert metrics.get_metric(name) is metric


# Sequential


def test_same_seed_same_losses():
    """Else nobody can repeat what a notebook shows."""
    histories = [
        classifier(seed).fit(IMAGES, LABELS, epochs=3, validation_data=(IMAGES, LABELS)).history
        for seed in (0, 0, 1)
    ]
    assert histories[0] == histories[1] != histories[2]
    built = classifier(0)
    built.build((28, 28))
    assert built.fit(IMAGES, LABELS, epochs=3, validation_data=(IMAGES, LABELS)).history == histories[0]


@pytest.mark.parametrize(
    "wrong",
    [{"optimizer": "adamm"}, {"loss": "mean"}, {"metrics": ["accurate"]}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_refused_compile_changes_nothing(wrong):
    """Else a model trains by the optimizer of one call and the loss of another, or says that None cannot be called."""
    model = Sequential([Dense(1)], seed=0)
    right = {"optimizer": "sgd", "loss": "mse", "metrics": ["mean_absolute_error"]}
    with pytest.raises(ValueError, match="is not known"):
        model.compile(**right | wrong)
    with pytest.raises(ValueError, match=r"Call model\.compile"):
        model.fit(np.ones((2, 1)), np.ones((2, 1)))
    model.compile(**right)
    before = model.optimizer, model.loss, model.metrics
    with pytest.raises(ValueError, match="is not known"):
        model.compile(**{"optimizer": "adam", "loss": "categorical_crossentropy", "metrics": []} | wrong)
    assert (model.optimizer, model.loss, model.metrics) == before


def test_history_as_in_keras():
    """Else code that plots Keras' history does not run here."""
    history = classifier().fit(IMAGES, LABELS, epochs=3, validation_data=(IMAGES, LABELS))
    assert list(history.history) == ["loss", "accuracy", "val_loss", "val_accuracy"]
    assert history.epoch == [0, 1, 2]
    assert all(
        len(values) == 3 and all(type(v) is float for v in values) for values in history.history.values()
    )


def test_fit_is_what_one_would_write_by_hand():
    """Else fit does something besides its four steps: forgets a batch, mixes labels, weighs a short batch wrongly."""
    model, images = classifier(3, SGD(0.5)), IMAGES[:50]
    history = model.fit(images, LABELS[:50], epochs=2, batch_size=16).history
    random = np.random.default_rng(3)
    x = images.reshape(50, 784)
    kernels = []
    for features, units in [(784, 16), (16, 10)]:
        limit = np.sqrt(6 / (features + units))
        kernels += [random.uniform(-limit, limit, (features, units)), np.zeros(units)]
    for epoch in range(2):
        order, total, right = random.permutation(50), 0, 0
        for start in range(0, 50, 16):
            batch = order[start : start + 16]
            W1, b1, W2, b2 = kernels
            hidden = np.maximum(x[batch] @ W1 + b1, 0)
            scores = hidden @ W2 + b2
            shares = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
            total += -np.log(shares[np.arange(len(batch)), LABELS[batch]]).sum()
            right += (shares.argmax(1) == LABELS[batch]).sum()
            error = (shares - ROWS[batch]) / len(batch)
            back = (error @ W2.T) * (hidden > 0)
            gradients = [x[batch].T @ back, back.sum(0), hidden.T @ error, error.sum(0)]
            kernels = [w - 0.5 * g for w, g in zip(kernels, gradients, strict=True)]
        assert history["loss"][epoch] == pytest.approx(total / 50, rel=1e-4)
        assert history["accuracy"][epoch] == pytest.approx(right / 50)
    for found, expected in zip(model.parameters, kernels, strict=True):
        np.testing.assert_allclose(found.value, expected, atol=1e-4)


@pytest.mark.parametrize("batch_size", [1, 7, 128, 600, 10_000])
def test_evaluate_and_predict_in_any_batches(batch_size):
    """Else a mean over batches of different sizes is taken as if they were equal."""
    model = classifier()
    model.fit(IMAGES, LABELS, epochs=1)
    shares = model.predict(IMAGES, batch_size)
    assert shares.shape == (600, 10)
    np.testing.assert_allclose(shares.sum(1), 1, rtol=1e-5)
    loss, accuracy = model.evaluate(IMAGES, LABELS, batch_size)
    assert loss == pytest.approx(-np.log(shares[np.arange(600), LABELS]).mean(), rel=1e-4)
    assert accuracy == pytest.approx((shares.argmax(1) == LABELS).mean())


class Watch(Flatten):
    """A layer that remembers how many samples it has seen at a time."""

    def __init__(self):
        self.seen = []

    def __call__(self, x):
        self.seen.append(len(x))
        return super().__call__(x)


def test_batches_and_epochs_as_in_keras_if_nobody_says_how_many():
    """Else the steps that the course counts are others, or the memory that a large test set takes."""
    watch = Watch()
    model = Sequential([watch, Dense(1)], seed=0)
    model.compile(loss="mse")
    assert type(model.optimizer) is RMSprop and model.metrics == {}
    assert model.fit(IMAGES, LABELS[:, None]).epoch == [0]
    assert watch.seen == [32] * 18 + [24]
    for use in (lambda: model.predict(IMAGES), lambda: model.evaluate(IMAGES, LABELS[:, None])):
        watch.seen.clear()
        use()
        assert watch.seen == [250, 250, 100]


def test_validation_measures_the_end_of_each_epoch():
    """Else the curve of unseen digits lies an epoch behind, or under another name."""
    model = classifier()
    for _ in range(2):
        history = model.fit(IMAGES, LABELS, validation_data=[IMAGES[:100], LABELS[:100]]).history
        after = model.evaluate(IMAGES[:100], LABELS[:100])
        assert [history[name] for name in ("val_loss", "val_accuracy")] == [[figure] for figure in after]


def test_train_on_batch_measures_before_its_step():
    """Else the loss of a step is that of the next, and no list of Python's numbers."""
    model = classifier(optimizer=SGD(0.1))
    model.build((28, 28))
    before = model.evaluate(IMAGES[:32], LABELS[:32])
    figures = model.train_on_batch(IMAGES[:32], LABELS[:32])
    assert figures == pytest.approx(before, rel=1e-6) and {*map(type, figures)} == {float}
    assert model.evaluate(IMAGES[:32], LABELS[:32])[0] < before[0]


def test_a_list_of_layers_stays_the_learners():
    """Else a layer that is put into the list for the next model is in the last one, too; and no seed is always the same."""
    layers = [Flatten(), Dense(3)]
    models = [Sequential(layers if number else tuple(layers)) for number in range(2)]
    layers.append(Dense(1))
    assert [len(model.layers) for model in models] == [2, 2]
    assert models[0].random.random() != models[1].random.random()


def test_evaluate_and_predict_change_nothing():
    """Else measuring is training on the test set."""
    model = classifier()
    model.fit(IMAGES, LABELS)
    before = parameters(model)
    model.evaluate(IMAGES, LABELS)
    model.predict(IMAGES)
    for parameter, old in zip(model.parameters, before, strict=True):
        np.testing.assert_array_equal(parameter.value, old)


def test_validation_data_is_only_measured():
    """Else the network learns what it is examined in."""
    with_data, without = classifier(), classifier()
    with_data.fit(IMAGES, LABELS, epochs=2, validation_data=(IMAGES[::-1], LABELS))
    without.fit(IMAGES, LABELS, epochs=2)
    for parameter, other in zip(parameters(with_data), parameters(without), strict=True):
        np.testing.assert_array_equal(parameter, other)


def test_labels_and_rows_give_the_same_training():
    """Else the two cross-entropies are two different losses."""
    by_label = classifier().fit(IMAGES, LABELS, epochs=2).history
    by_row = classifier(loss="categorical_crossentropy").fit(IMAGES, ROWS, epochs=2).history
    assert by_label["accuracy"] == by_row["accuracy"]
    np.testing.assert_allclose(by_label["loss"], by_row["loss"], rtol=1e-6)


def test_learns_lines_with_objects_for_names():
    """Else only classifiers and only names are served."""
    x = np.random.default_rng(0).normal(size=(200, 2)).astype(np.float32)
    y = x @ [[2.0], [-3.0]] + 1
    model = Sequential([Dense(1)], seed=0)
    model.compile(SGD(0.1, momentum=0.5), losses.mean_squared_error, [metrics.mean_absolute_error])
    history = model.fit(x, y, epochs=20)
    assert list(history.history) == ["loss", "mean_absolute_error"]
    kernel, bias = model.parameters
    np.testing.assert_allclose(kernel.value.ravel(), [2, -3], atol=1e-3)
    np.testing.assert_allclose(bias.value, [1], atol=1e-3)


def test_fit_goes_on_where_it_stopped():
    """Else a second fit starts from nothing."""
    model = classifier()
    first = model.fit(IMAGES, LABELS, epochs=5).history["loss"]
    second = model.fit(IMAGES, LABELS, epochs=1)
    assert second.history["loss"][0] < first[-1]
    assert second.epoch == [0]
    assert model.history is second


def test_a_trained_layer_keeps_its_weights_in_another_model():
    """Else a layer that is reused, for a look inside or for another task, is drawn anew and has forgotten everything."""
    hidden = classifier().layers[1]
    first = Sequential([Flatten(), hidden, Dense(10)], seed=0)
    first.build((28, 28))
    before = hidden.kernel.value.copy()
    second = Sequential([Flatten(), hidden, Dense(3)], seed=1)
    second.build((28, 28))
    np.testing.assert_array_equal(hidden.kernel.value, before)
    assert second.layers[2].kernel.shape == (16, 3)
    np.testing.assert_array_equal(
        second(IMAGES[:2]).value, second.layers[2](first.layers[1](Flatten()(IMAGES[:2]))).value
    )


def test_inputs_are_left_alone():
    """Else a learner's arrays change behind their back."""
    images, labels = IMAGES.copy(), LABELS.copy()
    classifier().fit(images, labels, epochs=1)
    np.testing.assert_array_equal(images, IMAGES)
    np.testing.assert_array_equal(labels, LABELS)


def test_divergence_is_explained():
    """Else a learner sees nan for the rest of the training, or loses the epochs that went well."""
    model = classifier(optimizer=SGD(1e-3))
    model.fit(IMAGES, LABELS, epochs=2)
    model.optimizer = SGD(1e30)
    with warnings.catch_warnings(), pytest.raises(Diverged) as caught:
        warnings.simplefilter("error")
        model.fit(IMAGES, LABELS, epochs=2)
    for words in ["epoch 1", "step 2", "SGD and learning rate 1e+30", "ten times smaller", "model.history"]:
        assert words in str(caught.value), str(caught.value)
    assert "scale" not in str(caught.value)
    assert caught.value.history is model.history
    assert model.history.history == {}


def test_divergence_keeps_complete_epochs():
    """Else the history up to the accident is lost."""

    class Accident(SGD):
        def update(self, parameters, gradients):
            super().update(parameters, gradients)
            if self.iterations == 12:
                parameters[0][:] = np.nan

    model = classifier(optimizer=Accident(0.1))
    with pytest.raises(Diverged, match=r"nan at step 3 of epoch 2"):
        model.fit(IMAGES[:320], LABELS[:320], epochs=3)
    assert model.history.epoch == [0]
    assert np.isfinite(model.history.history["loss"]).all()


def test_weights_that_were_lost_before_are_named():
    """Else whoever goes on with a model that diverged is sent to look for the fault in the loss, or in the learning rate."""
    model = classifier()
    model.build((28, 28))
    model.parameters[0].value[0, 0] = np.nan
    with pytest.raises(
        Diverged, match="before the first step: the model's weights are no finite numbers any more"
    ):
        model.fit(IMAGES, LABELS)


@pytest.mark.parametrize("lost", [np.nan, np.inf, 3e38])
def test_a_lost_model_answers_without_a_warning(lost):
    """Else whoever looks at what a training has lost is warned of a line inside of the package, and reads no nan."""
    model = Sequential([Dense(2), Dense(2, "softmax")], seed=0)
    model.compile("sgd", "categorical_crossentropy")
    model.build((2,))
    for parameter in model.parameters:
        parameter.value[:] = lost
    x, y = np.array([[1.0, 2.0], [3.0, -3.0]]), np.eye(2)
    # A warning is an error here, as pyproject.toml has it.
    assert np.isnan(model.predict(x)).any()
    assert not np.isfinite(model.evaluate(x, y)[0])


def test_divergence_of_unscaled_inputs_names_the_scale():
    """Else the learner turns the learning rate for a fault of the inputs."""
    model = classifier(optimizer=SGD(1e30))
    with pytest.raises(Diverged, match="scale the inputs, which go up to 255, to between 0 and 1"):
        model.fit(IMAGES * 255, LABELS)


BAD_INPUT = {
    "no layers": (lambda m: Sequential([]), ValueError, "at least one layer"),
    "layers not in a list": (
        lambda m: Sequential(Dense(3)),
        ValueError,
        r"list of at least one layer, for example \[",
    ),
    "units": (lambda m: Dense(0), ValueError, "whole number of units of at least 1, not 0"),
    "units not whole": (lambda m: Dense(2.5), ValueError, "not 2.5"),
    "activation": (
        lambda m: Dense(2, "rellu"),
        ValueError,
        "activation 'rellu' is not known.*Did you mean 'relu'",
    ),
    "not compiled": (
        lambda m: Sequential([Dense(2)]).fit(IMAGES, LABELS),
        ValueError,
        r"model.compile\(optimizer",
    ),
    "evaluate not compiled": (
        lambda m: Sequential([Dense(2)]).evaluate(IMAGES, LABELS),
        ValueError,
        "compile",
    ),
    "optimizer": (
        lambda m: m.compile("rmsprob", "mse"),
        ValueError,
        "optimizer 'rmsprob'.*Did you mean 'rmsprop'",
    ),
    "loss": (
        lambda m: m.compile("sgd", "mean_square_error"),
        ValueError,
        "Did you mean 'mean_squared_error'",
    ),
    "no loss": (
        lambda m: m.compile("sgd"),
        ValueError,
        "loss None is not known here. Known are 'mean_squared_error'",
    ),
    "metric": (
        lambda m: m.compile("sgd", "mse", ["acuracy"]),  # codespell:ignore acuracy
        ValueError,
        "metric 'acuracy'.*Did you mean 'accuracy'",
    ),
    "no flatten": (
        lambda m: Sequential([Dense(2)]).predict(IMAGES),
        ValueError,
        r"shape \(28, 28\). Put Flatten\(\).*\(samples, 784\)",
    ),
    "other features": (
        lambda m: m.predict(IMAGES[:, :14]),
        ValueError,
        "built for 784 features.* input has 392",
    ),
    "empty": (
        lambda m: m.fit(IMAGES[:0], LABELS[:0]),
        ValueError,
        r"no samples: the array has shape \(0, 28, 28\)",
    ),
    "predict empty": (lambda m: m.predict(IMAGES[:0]), ValueError, "no samples"),
    "a number": (lambda m: m.predict(3.0), ValueError, "no samples"),
    "text": (
        lambda m: m.fit(np.array(["a", "b"]), [0, 1]),
        TypeError,
        "inputs: here text came, where real numbers are needed",
    ),
    "counts": (lambda m: m.fit(IMAGES, LABELS[:-1]), ValueError, "600 samples but 599 targets"),
    "more targets": (lambda m: m.fit(IMAGES[:-1], LABELS), ValueError, "599 samples but 600 targets"),
    "labels too high": (
        lambda m: m.fit(IMAGES, LABELS + 1),
        ValueError,
        "between 0 and 9.*10 classes.*label 10 occurs",
    ),
    "labels negative": (
        lambda m: m.fit(IMAGES, LABELS - 1),
        ValueError,
        "between 0 and 9.*label (-1|255) occurs",
    ),
    "labels not whole": (
        lambda m: m.fit(IMAGES, LABELS * 1.0),
        TypeError,
        "whole numbers, but these are of type float",
    ),
    "rows for labels": (
        lambda m: m.fit(IMAGES, ROWS),
        ValueError,
        "one-hot rows use categorical_crossentropy",
    ),
    "batch_size 0": (
        lambda m: m.fit(IMAGES, LABELS, batch_size=0),
        ValueError,
        "batch_size must be .* not 0",
    ),
    "batch_size 1.5": (
        lambda m: m.fit(IMAGES, LABELS, batch_size=1.5),
        ValueError,
        "batch_size must be .* not 1.5",
    ),
    "predict in batches of 0": (lambda m: m.predict(IMAGES, 0), ValueError, "batch_size must be .* not 0"),
    "epochs": (
        lambda m: m.fit(IMAGES, LABELS, epochs=0),
        ValueError,
        "epochs must be a whole number.* not 0",
    ),
    "labels for rows": (
        lambda m: classifier(loss="categorical_crossentropy").fit(IMAGES, LABELS),
        ValueError,
        r"shape \(32,\), but the predictions have shape \(32, 10\).*use sparse_categorical_crossentropy",
    ),
    "labels for squares": (
        lambda m: classifier(loss="mse").fit(IMAGES, LABELS),
        ValueError,
        r"mean_squared_error: the targets have shape \(32,\)",
    ),
    "summary": (
        lambda m: classifier().summary(),
        ValueError,
        r"first samples. Call fit or build\(\(28, 28\)\)",
    ),
    "labels of the metric": (
        lambda m: losses.sparse_categorical_crossentropy(np.array([1, 2, 3]), np.ones((2, 5)) / 5),
        ValueError,
        "3 labels, but predictions for 2 samples",
    ),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_errors_are_lessons(case):
    """Else a usual mistake ends in a traceback from NumPy, or worse, in a training that means nothing."""
    compute, error, words = BAD_INPUT[case]
    model = classifier()
    model.build((28, 28))
    before = parameters(model)
    with pytest.raises(error, match=words):
        compute(model)
    for parameter, old in zip(model.parameters, before, strict=True):
        np.testing.assert_array_equal(parameter.value, old)


@pytest.mark.parametrize(
    "use", [lambda m, x: m.fit(x, LABELS), lambda m, x: m.predict(x), lambda m, x: m.evaluate(x, LABELS)]
)
def test_unscaled_images_warn_at_the_learners_line(use):
    """Else the pixels go up to 255 and the training crawls or explodes without a word."""
    model = classifier()
    model.build((28, 28))
    with pytest.warns(UserWarning, match=r"type uint8 up to 255.*astype\('float32'\) / 255") as caught:
        use(model, train_images[:600])
    assert [warning.filename for warning in caught] == [__file__]


@pytest.mark.parametrize("highest", [2, 9, 255])
@pytest.mark.parametrize("dtype", [np.uint8, np.int64])
def test_whole_numbers_above_one_warn(highest, dtype):
    """Else grey levels up to 100, or counts, train badly without a word because they are no bytes of a photograph."""
    rows = np.eye(3, dtype=dtype) * dtype(highest)
    with pytest.warns(UserWarning, match=f"whole numbers of type {rows.dtype} up to {highest}"):
        Sequential([Dense(2)]).predict(rows)


def test_whole_numbers_that_are_small_do_not_warn():
    """Else black-and-white pixels of 0 and 1 are called wrong."""
    model = classifier()
    model.fit((IMAGES > 0.5).astype(int), LABELS)
    model.fit(IMAGES > 0.5, LABELS)


def test_summary_counts_parameters(capsys):
    """Else the sizes that the course speaks about are others."""
    model = classifier()
    model.fit(IMAGES, LABELS)
    model.summary()
    text = capsys.readouterr().out
    assert [line.split("   ")[-1].strip() for line in text.splitlines()] == [
        "0 parameters",
        "12,560 parameters",
        "170 parameters",
        "12,730 parameters",
    ]


SUMMARY = """
from helpers.layers import Dense, Flatten
from helpers.models import Sequential
model = Sequential([Flatten(), Dense(10, "relu")])
model.build((28, 28))
model.summary()
"""


def test_summary_is_a_table_in_chinese():
    """Else the row of all layers, whose letters take two columns each, pushes its number out of the table."""
    environment = os.environ | {"COURSE_LANGUAGE": "zh_CN", "PYTHONIOENCODING": "gbk"}
    done = subprocess.run([sys.executable, "-c", SUMMARY], env=environment, capture_output=True)
    # In GBK, a letter takes as many bytes as columns: one if it is Latin, two if it is Chinese.
    lines = done.stdout.splitlines()
    assert done.stderr == b"" and len(lines) == 3 and lines[-1].startswith("所有层 ".encode("gbk"))
    assert {re.search(rb"(?<=   )\d", line).start() for line in lines} == {31}


@pytest.mark.parametrize("units", [1, 10])
def test_summary_is_a_table(capsys, units):
    """Else names and numbers do not stand below each other, or one parameter is 1 parameters."""
    model = Sequential([Flatten(), Dense(units, "relu")])
    model.build((0,) if units == 1 else (99,))
    model.summary()
    assert capsys.readouterr().out.splitlines() == (
        [
            "Flatten()                     0 parameters",
            "Dense(1, activation='relu')   1 parameter",
            "all layers                    1 parameter",
        ]
        if units == 1
        else [
            "Flatten()                      0 parameters",
            "Dense(10, activation='relu')   1,000 parameters",
            "all layers                     1,000 parameters",
        ]
    )


def test_a_line_an_epoch_names_each_figure(capsys):
    """Else a log says another loss than the history, or of another epoch."""
    model = classifier()
    history = model.fit(IMAGES, LABELS, epochs=2, validation_data=(IMAGES, LABELS), verbose=2).history
    lines = [
        f"Epoch {epoch}/2: "
        + ", ".join(f"{name} {values[epoch - 1]:.3f}" for name, values in history.items())
        for epoch in (1, 2)
    ]
    assert capsys.readouterr().out.splitlines() == lines


@pytest.mark.parametrize(("highest", "named"), [(10, False), (10.5, True)])
def test_only_inputs_beyond_ten_are_named(highest, named):
    """Else inputs that are small enough are blamed for a learning rate that is too large."""
    model = classifier(optimizer=SGD(1e30))
    images = IMAGES / IMAGES.max() * np.float32(highest)
    with pytest.raises(Diverged) as caught:
        model.fit(-images, LABELS)
    assert (f"which go up to {highest}, to between" in str(caught.value)) == named


# The progress bar

FIT = """
import numpy as np
from helpers.layers import Dense
from helpers.models import Sequential
model = Sequential([Dense(1)], seed=0)
model.compile("sgd", "mean_squared_error")
x = np.ones((64, 2), "float32")
history = model.fit(x, np.ones((64, 1)), epochs=2, verbose={verbose})
"""


def run(verbose, *start, **options):
    command = [sys.executable, *start, "-c", FIT.format(verbose=verbose)]
    return subprocess.run(
        command, cwd=os.path.dirname(os.path.dirname(__file__)), timeout=60, check=True, **options
    )


def test_nothing_is_written_where_nobody_looks():
    """Else log files fill with bars."""
    result = run(1, capture_output=True, text=True)
    assert result.stdout == result.stderr == ""


def test_a_line_an_epoch_on_demand():
    """Else there is no way to follow training in a log."""
    result = run(2, capture_output=True, text=True)
    assert [line.partition(": loss ")[0] for line in result.stdout.splitlines()] == ["Epoch 1/2", "Epoch 2/2"]
    assert result.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(
    ("verbose", "start", "shown"),
    [(1, (), True), (1, ("-m", "IPython"), True), (2, (), False), (0, (), False)],
    ids=["bar", "bar in IPython", "lines alone", "silent"],
)
def test_a_bar_in_a_terminal(verbose, start, shown, monkeypatch, tmp_path):
    """Else a person waits without knowing for how long, or a bar runs through the lines that were asked for."""
    import pty
    import termios

    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    screen, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 100))
    try:
        run(verbose, *start, stdout=terminal, stderr=terminal)
        os.set_blocking(screen, False)
        try:
            text = os.read(screen, 100_000).decode()
        except BlockingIOError:
            text = ""
    finally:
        os.close(screen)
        os.close(terminal)
    assert ("4/4" in text and "loss=" in text) == shown
    assert bool(text) == bool(verbose)


def test_a_steady_line_in_a_saved_notebook():
    """Else a notebook's saved outputs change with the speed of the machine."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(FIT.format(verbose=verbose)) for verbose in (1, 0)]
    )
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    bar, silent = (cell.outputs for cell in notebook.cells)
    assert silent == []
    assert [output.output_type for output in bar] == ["display_data"]
    assert bar[0].data["text/plain"] == "Training: 2 × 2 steps."
    assert "application/vnd.jupyter.widget-view+json" in bar[0].data


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("total", "visible", "screen", "words"),
    [
        (
            64,
            True,
            Screen,
            "32/64 [",
        ),
        (100_000, True, Screen, "50000/100000 ["),
        (200_000, True, Screen, "100k/200k ["),
        (64, False, Screen, None),
        (64, True, io.StringIO, None),
    ],
)
def test_a_bar_counts_in_its_unit(total, visible, screen, words, monkeypatch):
    """Else megabytes are counted in bytes, or few steps in thousands; or a bar shows where nobody looks."""
    monkeypatch.setattr(sys, "stderr", screen())
    with progress_bar(total, " steps", "Training.", *([] if visible else [False])) as bar:
        bar.update(total // 2)
        bar.set_postfix({"loss": "0.5"})
    text = sys.stderr.getvalue()
    if words is None:
        assert text == ""
    else:
        assert "50%" in text and words in text and " steps/s" in text and "loss=0.5" in text


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        ("no IPython", False),
        (None, False),
        (types.SimpleNamespace(), False),
        (types.SimpleNamespace(kernel=1), True),
    ],
)
def test_only_a_kernel_is_a_notebook(shell, expected, monkeypatch):
    """Else IPython in a terminal shows a widget as words, or a plain Python stops."""
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    if shell != "no IPython":
        monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    assert in_notebook() is expected
