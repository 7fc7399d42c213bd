"""A model is a list of layers, and training is a loop of four steps: draw a batch, predict, measure, adjust."""

import math
import warnings

import numpy as np

from helpers.losses import get_loss
from helpers.metrics import get_metric
from helpers.optimizers import get_optimizer
from helpers.progress import progress_bar

NOT_COMPILED = (
    "Call model.compile(optimizer=..., loss=...) first: the model does not know yet what to improve."
)
NOT_BUILT = "The parameters are drawn when the model sees its first samples. Call fit or build((28, 28)) before summary."
NO_LAYERS = (
    "Sequential needs a list of at least one layer, for example [Flatten(), Dense(10, activation='softmax')]."
)
NO_SAMPLES = "There are no samples: the array has shape {shape}."
COUNTS_DIFFER = "There are {samples} samples but {targets} targets; each sample needs one."
NOT_NUMBERS = "The inputs must be an array of numbers, but they are of type {dtype}."
NOT_SCALED = (
    "The inputs are whole numbers of type {dtype} up to {highest}. Networks learn best from small numbers: "
    "write images.astype('float32') / 255 first."
)
WHOLE_NUMBER = "{name} must be a whole number of at least 1, not {value!r}."
DIVERGED = (
    "The loss became {loss} at step {step} of epoch {epoch}, with {optimizer} and learning rate {learning_rate}: the "
    "steps are too large. Make the model anew and try a learning rate ten times smaller{scale}. "
    "The epochs before this one are kept in model.history."
)
CHECK_SCALE = ", and scale the inputs, which go up to {highest:g}, to between 0 and 1"
TRAINING = "Training: {epochs} × {steps} steps."
EPOCH_LINE = "Epoch {epoch}/{epochs}: {figures}"
TOTAL = "all layers"
PARAMETERS = "{count:,} parameters"


class Diverged(ArithmeticError):
    """The loss is no longer a number. `history` holds the epochs that were complete."""

    def __init__(self, message, history):
        super().__init__(message)
        self.history = history


class History:
    """What `fit` saw: `epoch` lists the epochs from 0, `history` a list of one number an epoch for each name."""

    def __init__(self):
        self.epoch = []
        self.history = {}

    def add(self, figures):
        self.epoch.append(len(self.epoch))
        for name, figure in figures.items():
            self.history.setdefault(name, []).append(figure)


class Sequential:
    """Layers one after another, with Keras' way of training them.

    Parameters
    ----------
    layers : list
        Layers such as `Flatten()` and `Dense(units, activation)`.
    seed : int, optional
        Fixes the first parameters and the order of the batches; the same seed gives the same losses.

    Attributes
    ----------
    history : History
        The epochs of the last `fit`, also if it stopped half-way.
    """

    def __init__(self, layers, seed=None):
        if not isinstance(layers, (list, tuple)) or not layers:
            raise ValueError(NO_LAYERS)
        self.layers = list(layers)
        self.random = np.random.default_rng(seed)
        self.optimizer = self.loss = None
        self.metrics = []
        self.built = False
        self.history = History()

    @property
    def parameters(self):
        """The Tensors that training changes, from the first layer to the last."""
        return [parameter for layer in self.layers for parameter in layer.parameters]

    def build(self, shape):
        """Draw the parameters for samples of the given shape, unless that has been done."""
        if not self.built:
            for layer in self.layers:
                shape = (layer.units,) if layer.parameters else layer.build(shape, self.random)
            self.built = True

    def compile(self, optimizer="rmsprop", loss=None, metrics=()):
        """Choose how to train: names as strings, or objects.

        Parameters
        ----------
        optimizer : str or Optimizer
            "sgd", "adagrad", "rmsprop", "adam", or an optimizer with settings of your own.
        loss : str or callable
            "mean_squared_error", "categorical_crossentropy", "sparse_categorical_crossentropy", or a function of
            (y_true, y_pred) that returns a Tensor of one number.
        metrics : list of str or callable
            Numbers to watch, such as "accuracy".
        """
        self.optimizer = get_optimizer(optimizer)
        self.loss = get_loss(loss)
        self.metrics = {getattr(metric, "__name__", metric): get_metric(metric) for metric in metrics}

    def __call__(self, x):
        """Run samples through all layers; the result is a Tensor that knows how it was computed."""
        self.build(x.shape[1:])
        for layer in self.layers:
            x = layer(x)
        return x

    def fit(self, x, y, epochs=1, batch_size=32, validation_data=None, verbose=1):
        """Train on batches of the samples, shuffled anew in each epoch.

        Parameters
        ----------
        x : array, shape (samples, ...)
            Numbers, best between 0 and 1; computed in float32.
        y : array, shape (samples,) or (samples, classes)
            Labels or targets, as the loss wants them.
        epochs : int
            How often to go through all samples.
        batch_size : int
            Samples in one step; the last batch of an epoch may be smaller.
        validation_data : (x, y), optional
            Measured after each epoch, never trained on.
        verbose : {0, 1, 2}
            Silent, a progress bar where a person can see it, or a line an epoch.

        Returns
        -------
        History
            `.history["loss"]`, and so on for each metric: means over the batches of an epoch while training went on;
            `"val_loss"`, … measured at the end of the epoch.

        Raises
        ------
        Diverged
            If the loss is no longer a finite number.
        ValueError, TypeError
            If samples, targets or settings do not fit together.
        """
        self.check_compiled()
        check_whole_number("epochs", epochs)
        check_whole_number("batch_size", batch_size)
        x, y = check_samples(x, y)
        self.build(x.shape[1:])
        self.history = History()
        steps = math.ceil(len(x) / batch_size)
        with progress_bar(
            epochs * steps, " steps", TRAINING.format(epochs=epochs, steps=steps), verbose == 1
        ) as bar:
            for epoch in range(epochs):
                order = self.random.permutation(len(x))
                totals = np.zeros(1 + len(self.metrics))
                for step in range(steps):
                    batch = order[step * batch_size : (step + 1) * batch_size]
                    figures = self.train_on_batch(x[batch], y[batch])
                    if not math.isfinite(figures[0]):
                        raise Diverged(self.explain_divergence(figures[0], epoch, step, x), self.history)
                    totals += np.multiply(figures, len(batch))
                    bar.update()
                figures = dict(zip(["loss", *self.metrics], (totals / len(x)).tolist(), strict=True))
                if validation_data is not None:
                    names = ["val_loss", *(f"val_{name}" for name in self.metrics)]
                    figures |= zip(names, self.evaluate(*validation_data), strict=True)
                self.history.add(figures)
                bar.set_postfix({name: f"{figure:.3f}" for name, figure in figures.items()})
                if verbose == 2:
                    line = ", ".join(f"{name} {figure:.3f}" for name, figure in figures.items())
                    print(EPOCH_LINE.format(epoch=epoch + 1, epochs=epochs, figures=line))
        return self.history

    def train_on_batch(self, x, y):
        """Take one step: predict, measure, find the gradients, adjust. Return [loss, *metrics] from before it."""
        # A loss that overflows is answered by Diverged, in words.
        with np.errstate(all="ignore"):
            y_pred = self(x)
            loss = self.loss(y, y_pred)
            loss.backward()
            parameters = self.parameters
            self.optimizer.update([p.value for p in parameters], [p.gradient for p in parameters])
        return [float(loss.value), *(float(metric(y, y_pred.value)) for metric in self.metrics.values())]

    def evaluate(self, x, y, batch_size=250):
        """Measure without training. Return [loss, *metrics], means over all samples."""
        self.check_compiled()
        x, y = check_samples(x, y)
        totals = np.zeros(1 + len(self.metrics))
        for batch in batches(len(x), batch_size):
            y_pred = self(x[batch])
            figures = [self.loss(y[batch], y_pred).value]
            figures += [metric(y[batch], y_pred.value) for metric in self.metrics.values()]
            totals += np.multiply(figures, len(y_pred.value))
        return (totals / len(x)).tolist()

    def predict(self, x, batch_size=250):
        """Return what the last layer says of each sample, as an array of shape (samples, units)."""
        x = check_inputs(x)
        outputs = [self(x[batch]) for batch in batches(len(x), batch_size)]
        return np.concatenate([getattr(output, "value", output) for output in outputs])

    def summary(self):
        """Print the layers with their numbers of parameters."""
        if not self.built:
            raise ValueError(NOT_BUILT)
        rows = [(repr(layer), sum(p.value.size for p in layer.parameters)) for layer in self.layers]
        rows.append((TOTAL, sum(count for _, count in rows)))
        width = max(len(name) for name, _ in rows)
        for name, count in rows:
            print(f"{name:{width}}   {PARAMETERS.format(count=count)}")

    def check_compiled(self):
        if self.optimizer is None:
            raise ValueError(NOT_COMPILED)

    def explain_divergence(self, loss, epoch, step, x):
        highest = np.abs(x).max()
        return DIVERGED.format(
            loss=loss,
            step=step + 1,
            epoch=epoch + 1,
            optimizer=type(self.optimizer).__name__,
            learning_rate=self.optimizer.learning_rate,
            scale=CHECK_SCALE.format(highest=highest) if highest > 10 else "",
        )


def check_samples(x, y):
    """Return inputs as float32 and targets as an array, or say what does not fit."""
    x, y = check_inputs(x), np.asarray(y)
    if len(x) != len(np.atleast_1d(y)):
        raise ValueError(COUNTS_DIFFER.format(samples=len(x), targets=len(np.atleast_1d(y))))
    return x, y


def check_inputs(x):
    """Return inputs as float32; warn if they are whole numbers that nobody scaled, such as pixels up to 255."""
    x = np.asarray(x)
    if x.dtype.kind not in "buif":
        raise TypeError(NOT_NUMBERS.format(dtype=x.dtype))
    if x.ndim < 1 or x.size == 0:
        raise ValueError(NO_SAMPLES.format(shape=x.shape))
    if x.dtype.kind in "ui" and x.max() > 1:
        warnings.warn(NOT_SCALED.format(dtype=x.dtype, highest=x.max()), stacklevel=4)
    return x.astype(np.float32, copy=False)


def check_whole_number(name, value):
    if not isinstance(value, (int, np.integer)) or isinstance(value, bool) or value < 1:
        raise ValueError(WHOLE_NUMBER.format(name=name, value=value))


def batches(samples, batch_size):
    """Cut the numbers from 0 to `samples` into slices of `batch_size`; the last may be shorter."""
    check_whole_number("batch_size", batch_size)
    return [slice(start, start + batch_size) for start in range(0, samples, batch_size)]
