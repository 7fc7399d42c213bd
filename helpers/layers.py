"""A layer turns arrays of samples into arrays of samples, by parameters that training changes.

A layer of your own is an object that is called with samples, as `Dense` is, and that has

- `build(shape, random)`, which draws its parameters and returns a shape, as that of `Dense` does;
- `parameters`, a tuple of its Tensors, empty before `build` if that is to make them;
- `units`, the numbers that come out for each sample, if it may come with its parameters: then `build` is not called.
"""

import numpy as np

from helpers import operations
from helpers.errors import look_up, numbers, whole_number
from helpers.language import Words
from helpers.tensor import Tensor

_ = Words(__name__)

BAD_UNITS = _("Dense(units) needs a whole number of units of at least {least}, not {value!r}.")
UNKNOWN = _("activation {name!r} is not known here. Known are {known}.")
NOT_ROWS = _(
    "Dense expects one row of features a sample, but a sample here has shape {shape}. Put Flatten() before the first Dense layer, or reshape the images to (samples, {size})."
)
BAD_SHAPE = _(
    "The shape of a sample is a tuple of whole numbers of at least 0, such as (28, 28) or (784,), not {shape!r}."
)
NOT_BUILT = _(
    "{layer} has no weights yet. They are drawn by build((features,), np.random.default_rng(seed)), or when a model sees its first samples."
)
NO_SAMPLES = _("{layer} takes an array of samples, shape (samples, ...), not a single number.")
OTHER_FEATURES = _("This Dense layer was built for {expected} features a sample, but the input has {found}.")


def linear(x):
    """Leave the scores as they are."""
    return x


RULES = linear, operations.relu, operations.sigmoid, operations.softmax, operations.tanh
ACTIVATIONS = {rule.__name__: rule for rule in RULES}


class Flatten:
    """Lay out each sample as one row: (samples, 28, 28) becomes (samples, 784)."""

    parameters = ()

    def __repr__(self):
        return "Flatten()"

    def build(self, shape, random):
        """Return the shape of one sample after this layer, a tuple of one number; nothing is drawn from `random`."""
        return (int(np.prod(sizes(shape))),)

    def __call__(self, x):
        x = samples(self, x)
        return operations.reshape(x, (x.shape[0], int(np.prod(x.shape[1:]))))


class Dense:
    """Multiply by a kernel, add a bias, apply an activation: `activation(x @ kernel + bias)`.

    Parameters
    ----------
    units : int
        Numbers that come out for each sample.
    activation : str, callable or None
        "relu", "sigmoid", "tanh", "softmax", "linear", or a function from Tensor to Tensor.

    Attributes
    ----------
    kernel : Tensor, shape (features, units), or None before `build`
        Starts uniform in ±√(6 / (features + units)) (Glorot, Bengio 2010, "Understanding the difficulty of training
        deep feedforward neural networks").
    bias : Tensor, shape (units,), or None before `build`
        Starts at zero.
    parameters : tuple of Tensor
        Both of them; empty before `build`.
    """

    def __init__(self, units, activation=None):
        self.units = whole_number("units", units, sentence=BAD_UNITS)
        activation = activation or "linear"
        self.activation = activation if callable(activation) else look_up(UNKNOWN, activation, ACTIVATIONS)
        self.kernel, self.bias, self.parameters = None, None, ()

    def __repr__(self):
        name = getattr(self.activation, "__name__", self.activation)
        return f"Dense({self.units}, activation={name!r})"

    def build(self, shape, random):
        """Draw the kernel, and set the bias to zero.

        Parameters
        ----------
        shape : tuple of int
            Of one sample before this layer, (features,); a ValueError says what does not fit.
        random : numpy.random.Generator
            Draws the first parameters.

        Returns
        -------
        tuple of int
            Shape of one sample after this layer, (units,).
        """
        if len(sizes(shape)) != 1:
            raise ValueError(NOT_ROWS.format(shape=shape, size=int(np.prod(shape))))
        (features,) = shape
        limit = np.sqrt(6 / (features + self.units))
        self.kernel = Tensor(random.uniform(-limit, limit, (features, self.units)).astype(np.float32))
        self.bias = Tensor(np.zeros(self.units, np.float32))
        self.parameters = (self.kernel, self.bias)
        return (self.units,)

    def __call__(self, x):
        x = samples(self, x)
        if not self.parameters:
            raise ValueError(NOT_BUILT.format(layer=self))
        if x.shape[-1] != self.kernel.shape[0]:
            raise ValueError(OTHER_FEATURES.format(expected=self.kernel.shape[0], found=x.shape[-1]))
        return self.activation(x @ self.kernel + self.bias)


def samples(layer, x):
    """Return samples as they are, or as an array if they came as a list; refuse a single number."""
    x = x if isinstance(x, Tensor) else numbers(x, repr(layer))
    if not x.shape:
        raise ValueError(NO_SAMPLES.format(layer=layer))
    return x


def sizes(shape):
    """Return the shape of a sample, or say what a shape is."""
    row = shape if isinstance(shape, tuple | list) else [None]
    if not all(isinstance(size, int | np.integer) and size >= 0 for size in row):
        raise ValueError(BAD_SHAPE.format(shape=shape))
    return shape
