"""An optimizer turns gradients into steps: it changes lists of arrays in place and remembers what its rule needs.

Every rule works entry by entry. So one class trains a digit classifier, walks a surface of two weights and, given
arrays of learning rates and momenta that broadcast against its parameters, makes many runs at once.
Names, defaults and rules are those of Keras 3.
"""

import numpy as np

from helpers.errors import look_up
from helpers.language import Words

_ = Words(__name__)

UNKNOWN = _("optimizer {name!r} is not known here. Known are {known}.")
COUNTS_DIFFER = _(
    "There are {parameters} parameters but {gradients} gradients; each parameter needs its own gradient."
)
SHAPES_DIFFER = _("Parameter {position} has shape {parameter}, but its gradient has shape {gradient}.")
NO_GRADIENT = _(
    "Parameter {position} has no gradient: the loss was not computed from it, or backward() was not called yet."
)
NOT_IN_PLACE = _(
    "Parameter {position} is of type {kind}; an optimizer changes NumPy arrays of floating point numbers in place: write update([weights], [gradient]), and give of a Tensor its value and its gradient."
)
READ_ONLY = _(
    "Parameter {position} is an array that may not be written to, but an optimizer changes its parameters in place: give it a copy, array.copy()."
)
NOT_LISTS = _(
    "An optimizer takes a list of parameters and a list of their gradients: write update([weights], [gradient])."
)
NOT_FITTING = _(
    "{name} of shape {value} does not fit parameter {position} of shape {parameter}: a setting must broadcast against it."
)
OTHER_PARAMETERS = _(
    "Parameter {position} had shape {before} in the first update and has {now} now. An optimizer remembers its parameters by position: make a new optimizer for other parameters."
)
NOT_A_NUMBER = _("{name} must be a number or an array of numbers, not {value!r}.")
NOT_SINGLE = _("{name} must be a single number, the same for all weights, not an array of shape {shape}.")
NOT_FINITE = _("{name} must be a finite number, not {value}.")
NEGATIVE = _("{name} must be a finite number of at least 0, not {value}.")
NOT_BELOW_ONE = _("{name} must be at least 0 and below 1, not {value}.")
OUT_OF_RANGE = _("{name} must lie between {low} and {high}, not {value}.")

# A block of float32 and its state stay in the processor's cache, and NumPy's overhead a call is small beside the work.
BLOCK = 65_536
# Averages of which all of the old is kept would never move from zero, and Adam divides by what they have moved.
BELOW_ONE = float(np.nextafter(1, 0))
# Ranges that are said in other words than by their ends.
RANGES = {(-np.inf, np.inf): NOT_FINITE, (0, np.inf): NEGATIVE, (0, BELOW_ONE): NOT_BELOW_ONE}


class Optimizer:
    """What all rules share: the memory kept by position, and the walk over blocks that fit into the cache.

    Parameters
    ----------
    learning_rate : float or array
        Length of a step, for a gradient of length 1. As all that a rule lists in `settings`, it may be an array that
        broadcasts against the parameters. A rule's `epsilon`, one number, keeps its divisor above zero.

    Attributes
    ----------
    settings, memory : tuple of str
        What `step` is told by name, and the arrays that are kept for each parameter, of its shape.
    first_memory : float
        What fills them before the first step.
    iterations : int
        Steps made so far, counting the one that is being made.
    state : list
        For each parameter its shape, the arrays of `memory`, and the scratch space of a block.
    """

    settings = ("learning_rate",)
    memory = ()
    first_memory = 0

    def __init__(self, learning_rate):
        self.learning_rate = number("learning_rate", learning_rate)
        self.iterations = 0
        self.state = []

    def update(self, parameters, gradients):
        """Move each parameter one step, in place; leave all as they are and raise an error if something does not fit.

        Parameters
        ----------
        parameters : list of numpy.ndarray
            Of floating point numbers, in any shapes; the same ones in the same order at every call.
        gradients : list of array
            The derivatives of the loss by each, of the same shapes.
        """
        if not (hasattr(parameters, "__len__") and hasattr(gradients, "__len__")):
            raise TypeError(NOT_LISTS)
        if len(parameters) != len(gradients):
            raise ValueError(COUNTS_DIFFER.format(parameters=len(parameters), gradients=len(gradients)))
        settings = {name: getattr(self, name) for name in self.settings}
        # All of them first: an error must not leave half of the parameters moved.
        for position, (parameter, gradient) in enumerate(zip(parameters, gradients, strict=True)):
            self.check(position, parameter, gradient, settings)
        self.iterations += 1
        for position, (parameter, gradient) in enumerate(zip(parameters, gradients, strict=True)):
            memory, scratch = self.recall(position, parameter)
            for block in blocks(parameter):
                weights, *state = (array[block] for array in (parameter, np.asarray(gradient), *memory))
                spare = scratch[: len(weights)] if parameter.ndim else scratch
                self.step(weights, *state, spare, **part(settings, parameter, block))

    def step(self, weights, gradient, *memory_and_scratch, **settings):
        """Move one block of a parameter by the rule, in place; `scratch` is for what it would otherwise have to allocate."""
        raise NotImplementedError

    def check(self, position, parameter, gradient, settings):
        """Raise an error if a parameter cannot be moved: it may not be written to, or something does not fit it."""
        array = isinstance(parameter, np.ndarray)
        if not array or parameter.dtype.kind != "f":
            kind = parameter.dtype if array else type(parameter).__name__
            raise TypeError(NOT_IN_PLACE.format(position=position, kind=kind))
        if not parameter.flags.writeable:
            raise TypeError(READ_ONLY.format(position=position))
        if gradient is None:
            raise ValueError(NO_GRADIENT.format(position=position))
        shape = parameter.shape
        if shape != np.shape(gradient):
            shapes = {"parameter": shape, "gradient": np.shape(gradient)}
            raise ValueError(SHAPES_DIFFER.format(position=position, **shapes))
        for name, setting in settings.items():
            if not isinstance(setting, float) and not fits(setting, shape):
                place = {"position": position, "parameter": shape}
                raise ValueError(NOT_FITTING.format(name=name, value=np.shape(setting), **place))
        if position < len(self.state) and self.state[position][0] != shape:
            before = self.state[position][0]
            raise ValueError(OTHER_PARAMETERS.format(position=position, before=before, now=shape))

    def recall(self, position, parameter):
        if position == len(self.state):
            # np.zeros takes memory when it is written to: RMSprop without momentum never pays for its last steps.
            memory = [np.zeros(parameter.shape, parameter.dtype) for _ in self.memory]
            for array in memory if self.first_memory else ():
                array.fill(self.first_memory)
            self.state.append((parameter.shape, memory, np.empty_like(parameter[blocks(parameter)[0]])))
        _, memory, scratch = self.state[position]
        return memory, scratch


class SGD(Optimizer):
    """Stochastic gradient descent, with momentum if asked for.

    Parameters
    ----------
    momentum : float or array
        Share of the last step's velocity that is kept, from 0 to 1.
    nesterov : bool
        Step by the velocity that the next step would have if the gradient stayed the same (Nesterov 1983): the
        lookahead form of Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning", rewritten for
        the place ahead (Bengio et al. 2013, "Advances in optimizing recurrent networks"; Keras).
    """

    settings = ("learning_rate", "momentum")
    memory = ("velocity",)

    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False):
        super().__init__(learning_rate)
        self.momentum = number("momentum", momentum, 0, 1)
        self.nesterov = nesterov

    def step(self, weights, gradient, velocity, scratch, learning_rate, momentum):
        """velocity = momentum * velocity - learning_rate * gradient;  weights += velocity,
        with nesterov: weights += momentum * velocity - learning_rate * gradient
        """
        np.multiply(gradient, learning_rate, out=scratch)
        velocity *= momentum
        velocity -= scratch
        if self.nesterov:
            weights -= scratch
            weights += np.multiply(velocity, momentum, out=scratch)
        else:
            weights += velocity


class Adagrad(Optimizer):
    """Divide each weight's step by the root of the sum of all its squared gradients so far.

    The sum starts at `initial_accumulator_value`, one number (Duchi, Hazan, Singer 2011, "Adaptive subgradient methods for online
    learning and stochastic optimization").
    """

    memory = ("accumulator",)

    def __init__(self, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7):
        super().__init__(learning_rate)
        self.first_memory = single_number("initial_accumulator_value", initial_accumulator_value, 0)
        self.epsilon = single_number("epsilon", epsilon, 0)

    def step(self, weights, gradient, accumulator, scratch, learning_rate):
        """accumulator += gradient**2;  weights -= learning_rate * gradient / sqrt(accumulator + epsilon)"""
        accumulator += np.square(gradient, out=scratch)
        np.sqrt(np.add(accumulator, self.epsilon, out=scratch), out=scratch)
        np.divide(gradient, scratch, out=scratch)
        weights -= np.multiply(scratch, learning_rate, out=scratch)


class RMSprop(Optimizer):
    """Divide each weight's step by the root of a running average of its squared gradients.

    Tieleman, Hinton 2012, "Lecture 6.5 – RMSProp", Neural Networks for Machine Learning.

    Parameters
    ----------
    rho : float or array
        Share of the old average that is kept, from 0 to 1.
    momentum : float or array
        Share of the last step that is added to the next, from 0 to 1.
    """

    settings = ("learning_rate", "rho", "momentum")
    memory = ("average", "last_step")

    def __init__(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7):
        super().__init__(learning_rate)
        self.rho = number("rho", rho, 0, 1)
        self.momentum = number("momentum", momentum, 0, 1)
        self.epsilon = single_number("epsilon", epsilon, 0)

    def step(self, weights, gradient, average, last_step, scratch, learning_rate, rho, momentum):
        """average = rho * average + (1 - rho) * gradient**2;
        last_step = momentum * last_step + learning_rate * gradient / sqrt(average + epsilon);  weights -= last_step
        """
        np.multiply(np.square(gradient, out=scratch), 1 - rho, out=scratch)
        average *= rho
        average += scratch
        np.sqrt(np.add(average, self.epsilon, out=scratch), out=scratch)
        np.divide(gradient, scratch, out=scratch)
        np.multiply(scratch, learning_rate, out=scratch)
        if isinstance(momentum, float) and momentum == 0:
            weights -= scratch
        else:
            last_step *= momentum
            last_step += scratch
            weights -= last_step


class Adam(Optimizer):
    """Step by a running average of the gradients, divided by the root of one of their squares.

    Both averages start at zero, so the learning rate is corrected for it (Kingma, Ba 2015, "Adam: a method for
    stochastic optimization"; epsilon as "epsilon hat" there).

    Parameters
    ----------
    beta_1, beta_2 : float or array
        Shares of the old averages, of gradients and of squares, that are kept; from 0 to below 1.
    """

    settings = ("learning_rate", "beta_1", "beta_2")
    memory = ("average", "average_square")

    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        super().__init__(learning_rate)
        self.beta_1 = number("beta_1", beta_1, 0, BELOW_ONE)
        self.beta_2 = number("beta_2", beta_2, 0, BELOW_ONE)
        self.epsilon = single_number("epsilon", epsilon, 0)

    def step(self, weights, gradient, average, average_square, scratch, learning_rate, beta_1, beta_2):
        """average += (1 - beta_1) * (gradient - average);
        average_square += (1 - beta_2) * (gradient**2 - average_square);
        weights -= corrected learning rate * average / (sqrt(average_square) + epsilon)
        """
        average += np.multiply(np.subtract(gradient, average, out=scratch), 1 - beta_1, out=scratch)
        np.subtract(np.square(gradient, out=scratch), average_square, out=scratch)
        average_square += np.multiply(scratch, 1 - beta_2, out=scratch)
        corrected = learning_rate * (1 - beta_2**self.iterations) ** 0.5 / (1 - beta_1**self.iterations)
        np.add(np.sqrt(average_square, out=scratch), self.epsilon, out=scratch)
        np.divide(average, scratch, out=scratch)
        weights -= np.multiply(scratch, corrected, out=scratch)


OPTIMIZERS = {"sgd": SGD, "adagrad": Adagrad, "rmsprop": RMSprop, "adam": Adam}


def get_optimizer(optimizer):
    """Return an optimizer given by its name or as an object; a ValueError lists the keys of `OPTIMIZERS`."""
    return optimizer if isinstance(optimizer, Optimizer) else look_up(UNKNOWN, optimizer, OPTIMIZERS)()


def blocks(parameter):
    """Cut an array along its first axis into slices of about `BLOCK` entries."""
    if parameter.size <= BLOCK or parameter.ndim == 0:
        return [...]
    rows = max(1, BLOCK * len(parameter) // parameter.size)
    return [slice(start, start + rows) for start in range(0, len(parameter), rows)]


def part(settings, parameter, block):
    """Pick what belongs to one block from the settings that are arrays and broadcast against the parameter."""
    return {
        name: value if isinstance(value, float) else np.broadcast_to(value, parameter.shape)[block]
        for name, value in settings.items()
    }


def fits(setting, shape):
    """Whether an array of settings broadcasts against a parameter of a shape."""
    try:
        return np.broadcast_shapes(np.shape(setting), shape) == shape
    except ValueError:
        return False


def number(name, value, low=-np.inf, high=np.inf):
    """Return a setting as it came, a Python float for a single number; raise if it is none or out of range."""
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        raise TypeError(NOT_A_NUMBER.format(name=name, value=value))
    if not np.all(np.isfinite(array) & (low <= array) & (array <= high)):
        sentence = RANGES.get((low, high), OUT_OF_RANGE)
        raise ValueError(sentence.format(name=name, low=low, high=high, value=value))
    return float(array) if array.ndim == 0 else array


def single_number(name, value, low=-np.inf, high=np.inf):
    """Return a setting that is the same for all weights as a Python float; raise if it is none or out of range."""
    setting = number(name, value, low, high)
    if not isinstance(setting, float):
        raise TypeError(NOT_SINGLE.format(name=name, shape=setting.shape))
    return setting
