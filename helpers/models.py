"""A model is a list of layers, and training is a loop of four steps: draw a batch, predict, measure, adjust."""

import math
import warnings

import numpy as np

from helpers.errors import numbers, whole_number
from helpers.language import Words, columns
from helpers.losses import get_loss
from helpers.metrics import get_metric
from helpers.optimizers import get_optimizer
from helpers.progress import progress_bar
from helpers.tensor import Tensor, value_of

_ = Words(__name__)

NOT_COMPILED = _(
    "Call model.compile(optimizer=..., loss=...) first: the model does not know yet what to improve."
)
NOT_BUILT = _(
    "The parameters are drawn when the model sees its first samples. Call fit or build((28, 28)) before summary."
)
NO_LAYERS = _(
    "Sequential needs a list of at least one layer, for example [Flatten(), Dense(10, activation='softmax')]."
)
NOT_A_LAYER = _(
    "Sequential takes layers such as Flatten() and Dense(10), with brackets, but number {position} is {layer!r}."
)
NO_UNITS = _(
    "Layer number {position}, {layer!r}, comes with its parameters, so it must say in `units` how many numbers come out of it for each sample."
)
LAYER_TWICE = _("{layer} stands twice among the layers; make a second one, which has weights of its own.")
METRICS_LIST = _('metrics must be a list of names or functions, such as ["accuracy"], not {metrics!r}.')
NO_TENSOR = _(
    "The loss must be a Tensor of one number, made of the predictions by the operations of helpers, but it is of type {kind}. The model needs a layer with weights, and the loss none of NumPy's functions."
)
NOT_ONE_NUMBER = _("Of a batch, {name} must say one number, not {result!r}.")
VALIDATION_PAIR = _("validation_data must be a pair, (x, y).")
TOO_LARGE = _("The inputs hold numbers beyond those of float32, which end at 3.4e38: scale them first.")
NO_SAMPLES = _("There are no samples: the array has shape {shape}.")
COUNTS_DIFFER = _("There are {samples} samples but {targets} targets; each sample needs one.")
NOT_SCALED = _(
    "The inputs are whole numbers of type {dtype} up to {highest}. Networks learn best from small numbers: write images.astype('float32') / 255 first."
)
DIVERGED = _(
    "The loss became {loss} at step {step} of epoch {epoch}, with {optimizer} and learning rate {learning_rate}: the steps are too large. Make the model anew and try a learning rate ten times smaller. The epochs before this one are kept in model.history."
)
DIVERGED_UNSCALED = _(
    "The loss became {loss} at step {step} of epoch {epoch}, with {optimizer} and learning rate {learning_rate}: the steps are too large. Make the model anew and try a learning rate ten times smaller, and scale the inputs, which go up to {highest:g}, to between 0 and 1. The epochs before this one are kept in model.history."
)
SAMPLE_NOT_FINITE = _(
    "The loss became {loss} at step {step} of epoch {epoch}, because sample number {sample} holds {value}: no learning rate can help. Find where it comes from, or leave that sample out, and make the model anew."
)
TARGET_NOT_FINITE = _(
    "The loss became {loss} at step {step} of epoch {epoch}, because target number {sample} holds {value}: no learning rate can help. Find where it comes from, or leave that sample out, and make the model anew."
)
LOST_WEIGHTS = _(
    "The loss is {loss} before the first step: the model's weights are no finite numbers any more, from an earlier training. Make the model anew."
)
LOST_AT_ONCE = _(
    "The loss is {loss} before the first step, so the learning rate is not to blame: look at the loss function, and at the size of the inputs, which go up to {highest:g}, and of the targets. Make the model anew."
)
TRAINING = _("Training: {epochs} × {steps} steps.")
EPOCH_LINE = _("Epoch {epoch}/{epochs}: {figures}")
FIGURE = "{name} {figure:.3f}"
TOTAL = _("all layers")
PARAMETERS = _.count("{number} parameter", "{number:,} parameters")
STEPS = _(" steps")
# What takes the numbers that came.
MODEL, INPUTS, TARGETS = _("model"), _("inputs"), _("targets")


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
        Layers such as `Flatten()` and `Dense(units, activation)`; `helpers.layers` says what one of your own needs.
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
        for position, layer in enumerate(layers):
            if isinstance(layer, type) or not all(hasattr(layer, name) for name in ("build", "parameters")):
                raise TypeError(NOT_A_LAYER.format(position=position, layer=layer))
            if any(layer is other for other in layers[:position]):
                raise ValueError(LAYER_TWICE.format(layer=layer))
        self.layers = list(layers)
        self.random = np.random.default_rng(seed)
        self.optimizer, self.loss, self.metrics = None, None, {}
        self.built = False
        self.history = History()

    @property
    def parameters(self):
        """The Tensors that training changes, from the first layer to the last."""
        return [parameter for layer in self.layers for parameter in layer.parameters]

    def build(self, shape):
        """Draw the parameters for samples of the given shape, unless that has been done."""
        if not self.built:
            for position, layer in enumerate(self.layers):
                if layer.parameters and not hasattr(layer, "units"):
                    raise TypeError(NO_UNITS.format(position=position, layer=layer))
                shape = (layer.units,) if layer.parameters else layer.build(shape, self.random)
            self.built = True

    def compile(self, optimizer="rmsprop", loss=None, metrics=()):
        """Choose how to train; a name that is not known is a ValueError that lists those that are.

        Parameters
        ----------
        optimizer : str or Optimizer
            A key of `OPTIMIZERS`, or an object with settings of its own.
        loss : str or callable
            A key of `LOSSES`, or a function of (y_true, y_pred) that returns a Tensor of one number.
        metrics : list of str or callable
            Keys of `METRICS`, or functions of (y_true, y_pred) that return one number, which is only watched.
        """
        if not isinstance(metrics, list | tuple):
            raise TypeError(METRICS_LIST.format(metrics=metrics))
        metrics = {getattr(metric, "__name__", metric): get_metric(metric) for metric in metrics}
        # All at once: what is refused must not leave the optimizer of one call with the loss of another.
        self.optimizer, self.loss, self.metrics = get_optimizer(optimizer), get_loss(loss), metrics

    def __call__(self, x):
        """Run samples through all layers; the result is a Tensor that knows how it was computed."""
        x = x if isinstance(x, Tensor) else numbers(x, MODEL)
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
            Its `history["loss"]`, and so on for each metric, holds means over the batches of each epoch while training
            went on; `"val_loss"`, … are measured at the end of the epoch.

        Raises
        ------
        Diverged
            If the loss is no finite number any more.
        """
        self.check_compiled()
        epochs, batch_size = whole_number("epochs", epochs), whole_number("batch_size", batch_size)
        x, y = check_samples(x, y)
        pair = validation_data if isinstance(validation_data, list | tuple) else ()
        if validation_data is not None and len(pair) != 2:
            raise ValueError(VALIDATION_PAIR)
        self.build(x.shape[1:])
        self.history = History()
        steps = math.ceil(len(x) / batch_size)
        before = all(np.isfinite(parameter.value).all() for parameter in self.parameters)
        text = TRAINING.format(epochs=epochs, steps=steps)
        with progress_bar(epochs * steps, STEPS, text, visible=verbose == 1) as bar:
            for epoch in range(epochs):
                order = self.random.permutation(len(x))
                totals = np.zeros(1 + len(self.metrics))
                for step in range(steps):
                    batch = order[step * batch_size : (step + 1) * batch_size]
                    figures = self.train_on_batch(x[batch], y[batch])
                    if not math.isfinite(figures[0]):
                        sentence = self.explain_divergence(figures[0], epoch, step, x, y, batch, before)
                        raise Diverged(sentence, self.history)
                    totals += np.multiply(figures, len(batch))
                    bar.update()
                figures = dict(zip(["loss", *self.metrics], (totals / len(x)).tolist(), strict=True))
                if validation_data is not None:
                    names = [f"val_{name}" for name in figures]
                    figures |= zip(names, self.evaluate(*validation_data), strict=True)
                self.history.add(figures)
                bar.set_postfix({name: f"{figure:.3f}" for name, figure in figures.items()})
                if verbose == 2:
                    line = ", ".join(FIGURE.format(name=name, figure=figures[name]) for name in figures)
                    print(EPOCH_LINE.format(epoch=epoch + 1, epochs=epochs, figures=line))
        return self.history

    def train_on_batch(self, x, y):
        """Take one step on a batch of what `fit` takes: predict, measure, find the gradients, adjust.

        Returns
        -------
        list of float
            [loss, *metrics] from before the step.
        """
        # A loss that overflows is answered by Diverged, in words.
        with np.errstate(all="ignore"):
            y_pred = self(x)
            loss = self.loss(y, y_pred)
            if not isinstance(loss, Tensor):
                raise TypeError(NO_TENSOR.format(kind=type(loss).__name__))
            loss.backward()
            parameters = self.parameters
            self.optimizer.update([p.value for p in parameters], [p.gradient for p in parameters])
        return self.figures(loss, y, y_pred)

    def figures(self, loss, y, y_pred):
        """Return [loss, *metrics] of predictions, one Python number each."""
        y_pred = value_of(y_pred)
        figures = {"loss": value_of(loss)}
        figures |= {name: metric(y, y_pred) for name, metric in self.metrics.items()}
        for name, figure in figures.items():
            if figure is None or np.size(figure) != 1:
                raise ValueError(NOT_ONE_NUMBER.format(name=name, result=figure))
        return [float(np.asarray(figure).item()) for figure in figures.values()]

    def evaluate(self, x, y, batch_size=250):
        """Measure without training, `batch_size` samples at a time; x, y and errors are those of `fit`.

        Returns
        -------
        list of float
            [loss, *metrics], means over all samples.
        """
        self.check_compiled()
        x, y = check_samples(x, y)
        totals = np.zeros(1 + len(self.metrics))
        # What a training has lost is answered with nan, not with a warning.
        with np.errstate(all="ignore"):
            for batch in batches(len(x), batch_size):
                y_pred = self(x[batch])
                loss = self.loss(y[batch], y_pred)
                totals += np.multiply(self.figures(loss, y[batch], y_pred), len(y[batch]))
        return (totals / len(x)).tolist()

    def predict(self, x, batch_size=250):
        """Return what the last layer says of each sample, `batch_size` of them at a time; x is that of `fit`.

        Returns
        -------
        numpy.ndarray, shape (samples, units)
        """
        x = check_inputs(x)
        with np.errstate(all="ignore"):
            outputs = [self(x[batch]) for batch in batches(len(x), batch_size)]
        return np.concatenate([value_of(output) for output in outputs])

    def summary(self):
        """Print the layers with their numbers of parameters."""
        if not self.built:
            raise ValueError(NOT_BUILT)
        rows = [(repr(layer), sum(p.value.size for p in layer.parameters)) for layer in self.layers]
        rows.append((TOTAL, sum(count for _, count in rows)))
        width = max(columns(name) for name, _ in rows)
        for name, count in rows:
            gap = " " * (width - columns(name))
            print(f"{name}{gap}   {PARAMETERS(count)}")

    def check_compiled(self):
        if self.optimizer is None:
            raise ValueError(NOT_COMPILED)

    def explain_divergence(self, loss, epoch, step, x, y, batch, before):
        """Say why a loss is no number: a sample, a target, weights from before, or else the learning rate."""
        place = {"loss": loss, "step": step + 1, "epoch": epoch + 1}
        for sentence, array in ((SAMPLE_NOT_FINITE, x), (TARGET_NOT_FINITE, y)):
            for sample in batch:
                lost = np.extract(~np.isfinite(array[sample]), array[sample])
                if len(lost):
                    return sentence.format(**place, sample=sample, value=lost[0])
        if not before:
            return LOST_WEIGHTS.format(**place)
        highest = np.abs(x).max()
        if epoch == step == 0:
            return LOST_AT_ONCE.format(**place, highest=highest)
        rule = {"optimizer": type(self.optimizer).__name__, "learning_rate": self.optimizer.learning_rate}
        sentence = DIVERGED_UNSCALED if highest > 10 else DIVERGED
        return sentence.format(**place, **rule, highest=highest)


def check_samples(x, y):
    """Return inputs as float32 and targets as an array, or say what does not fit."""
    x, y = check_inputs(x), numbers(y, TARGETS)
    if len(x) != len(np.atleast_1d(y)):
        raise ValueError(COUNTS_DIFFER.format(samples=len(x), targets=len(np.atleast_1d(y))))
    return x, y


def check_inputs(x):
    """Return inputs as float32; warn if they are whole numbers that nobody scaled, such as pixels up to 255."""
    x = numbers(x, INPUTS)
    if x.ndim < 1 or x.size == 0:
        raise ValueError(NO_SAMPLES.format(shape=x.shape))
    if x.dtype.kind in "ui" and x.max() > 1:
        warnings.warn(NOT_SCALED.format(dtype=x.dtype, highest=x.max()), stacklevel=4)
    with np.errstate(over="raise"):
        try:
            return x.astype(np.float32, copy=False)
        except FloatingPointError:
            raise ValueError(TOO_LARGE) from None


def batches(samples, batch_size):
    """Cut the numbers from 0 to `samples` into slices of `batch_size`; the last may be shorter."""
    whole_number("batch_size", batch_size)
    return [slice(start, start + batch_size) for start in range(0, samples, batch_size)]
