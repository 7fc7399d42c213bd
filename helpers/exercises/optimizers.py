"""The exercises of 2.4.3c: Adagrad, running averages, RMSprop, their correction, Adam."""

import numpy as np

from helpers.exercises.feedback import Exercise, Mistake

# Adagrad


def gradient_rows():
    return {
        "gradients 3, 4, 0, −2, learning rate 0.5 and epsilon 0.1": (
            np.array([3.0, 4.0, 0.0, -2.0]),
            0.5,
            0.1,
        ),
        "gradients 1, 1, 1, 1, 1, learning rate 1 and epsilon 0.25": (np.ones(5), 1.0, 0.25),
        "gradients −0.5, 2, learning rate 0.1 and epsilon 0.5": (np.array([-0.5, 2.0]), 0.1, 0.5),
    }


def adagrad_changes(gradients, learning_rate, epsilon):
    return -learning_rate * gradients / np.sqrt(np.cumsum(gradients**2) + epsilon)


def count_up(gradients):
    return np.arange(1, len(gradients) + 1)


check_adagrad = Exercise(
    solution=adagrad_changes,
    praise="Each gradient makes all later steps of its weight a little shorter.",
    mistakes=(
        Mistake(
            lambda gradients, learning_rate, epsilon: -adagrad_changes(gradients, learning_rate, epsilon),
            "The lengths are right, but the weight goes uphill: a step goes against the gradient.",
        ),
        Mistake(
            lambda gradients, learning_rate, epsilon: (
                -learning_rate * gradients / np.sqrt(np.cumsum(gradients**2) / count_up(gradients) + epsilon)
            ),
            "You divided by the root of an average. Adagrad keeps the sum, which only ever grows.",
        ),
        Mistake(
            lambda gradients, learning_rate, epsilon: (
                -learning_rate * gradients / (np.cumsum(gradients**2) + epsilon)
            ),
            "The square root is missing. Without it, a gradient twice as large would make the first step half as long.",
        ),
        Mistake(
            lambda gradients, learning_rate, epsilon: (
                -learning_rate * gradients / (np.sqrt(np.cumsum(gradients**2)) + epsilon)
            ),
            "Epsilon stands in the wrong place: here it is added before the root is taken.",
        ),
        Mistake(
            lambda gradients, learning_rate, epsilon: (
                -learning_rate * gradients / np.sqrt(np.cumsum(gradients**2) - gradients**2 + epsilon)
            ),
            "Your sum holds the earlier gradients only. The present one is added before the step, or else the first "
            "step would be divided by almost nothing.",
        ),
        Mistake(
            lambda gradients, learning_rate, epsilon: (
                -learning_rate * gradients / np.sqrt(np.cumsum(np.abs(gradients)) + epsilon)
            ),
            "You added up sizes. Adagrad adds up squares.",
        ),
        Mistake(
            lambda gradients, learning_rate, epsilon: (
                -learning_rate * gradients / np.sqrt(np.cumsum(gradients) ** 2 + epsilon)
            ),
            "You squared the sum. Then gradients of different signs cancel: square each of them first.",
        ),
        Mistake(
            lambda gradients, learning_rate, epsilon: (
                -learning_rate * gradients / np.sqrt(gradients**2 + epsilon)
            ),
            "You divided by the present gradient alone. The squares of all gradients so far belong into the sum.",
        ),
        Mistake(
            lambda gradients, learning_rate, epsilon: (
                -learning_rate * gradients / np.sqrt(np.sum(gradients**2) + epsilon)
            ),
            "You divided every step by the sum of all squares. A step knows only the gradients up to its own.",
        ),
        Mistake(
            lambda gradients, learning_rate, epsilon: np.cumsum(
                adagrad_changes(gradients, learning_rate, epsilon)
            ),
            "You added the steps up: that is where the weight has got to. Each single step is asked for.",
        ),
    ),
    cases=gradient_rows,
)


# A running average


def value_rows(share="rho"):
    return {
        f"the values 1, 1, 1, 1 and {share} 0.9": (np.ones(4), 0.9),
        f"the values 4, 0, 2 and {share} 0.75": (np.array([4.0, 0.0, 2.0]), 0.75),
        f"the values 100, 1, 1, 1, 1 and {share} 0.5": (np.array([100.0, 1.0, 1.0, 1.0, 1.0]), 0.5),
    }


def running(values, keep, add, start=0.0):
    average, averages = start, []
    for value in values:
        average = keep * average + add * value
        averages.append(average)
    return np.array(averages)


check_running_average = Exercise(
    solution=lambda values, rho: running(values, rho, 1 - rho),
    praise="New values push old ones out: after 1 / (1 − rho) steps, about a third of an old value is left.",
    mistakes=(
        Mistake(
            lambda values, rho: running(values, rho, 1),
            "You added the whole new value. Then a row of ones would average to 1 / (1 − rho), not to 1: the share of "
            "the new value is what rho leaves over.",
        ),
        Mistake(
            lambda values, rho: running(values, 1 - rho, rho),
            "The two shares are swapped: rho is the share of the old average that is kept.",
        ),
        Mistake(
            lambda values, rho: running(values, rho, 1 - rho, start=values[0]),
            "You began with the first value. That would be a good idea, but RMSprop begins with 0: do as it does.",
        ),
        Mistake(
            lambda values, rho: running(values, rho, 1 - rho)[-1],
            "That is the last average. Return all of them, one after each value.",
        ),
        Mistake(
            lambda values, rho: np.cumsum(values) / count_up(values),
            "That is the plain mean of all values so far, which forgets nothing. In a running average, old values fade.",
        ),
        Mistake(
            lambda values, rho: running(values**2, rho, 1 - rho),
            "You averaged the squares. Here the values themselves are averaged.",
        ),
        Mistake(
            lambda values, rho: running(values, 1, 1 - rho),
            "Your old average is kept whole, so the sum only grows. Only its share rho survives a step.",
        ),
        Mistake(
            lambda values, rho: np.append(0.0, running(values, rho, 1 - rho)[:-1]),
            "Each of your averages is one step late: take the new value in first, then write the average down.",
        ),
    ),
    cases=value_rows,
)


# A step of RMSprop


def averages_so_far():
    return {
        "weight 1, gradient 2, average 4, learning rate 0.1, rho 0.9 and epsilon 0.01": (
            1.0,
            2.0,
            4.0,
            0.1,
            0.9,
            0.01,
        ),
        "weight −0.5, gradient −3, average 1, learning rate 0.2, rho 0.75 and epsilon 0.5": (
            -0.5,
            -3.0,
            1.0,
            0.2,
            0.75,
            0.5,
        ),
        "weight 0, gradient 0.5, average 0, learning rate 1, rho 0.5 and epsilon 0.1": (
            0.0,
            0.5,
            0.0,
            1.0,
            0.5,
            0.1,
        ),
    }


def rmsprop(weight, gradient, average, learning_rate, rho, epsilon):
    average = rho * average + (1 - rho) * gradient**2
    return weight - learning_rate * gradient / (average + epsilon) ** 0.5, average


def with_average(make):
    """Turn a rule for the average into a step that divides by its root."""

    def step(weight, gradient, average, learning_rate, rho, epsilon):
        average = make(gradient, average, rho)
        return weight - learning_rate * gradient / (average + epsilon) ** 0.5, average

    return step


def with_change(make):
    """Turn a rule for what is subtracted from the weight into a step whose average is right."""

    def step(weight, gradient, average, learning_rate, rho, epsilon):
        _, new = rmsprop(weight, gradient, average, learning_rate, rho, epsilon)
        return weight - learning_rate * make(gradient, average, new, epsilon), new

    return step


check_rmsprop = Exercise(
    solution=rmsprop,
    praise="The gradient is measured by what is usual for this weight, and what is long past is forgotten.",
    mistakes=(
        Mistake(
            with_change(lambda gradient, old, new, epsilon: gradient / (old + epsilon) ** 0.5),
            "You divided by the root of the old average. Take in the new square first, then divide.",
        ),
        Mistake(
            with_average(lambda gradient, average, rho: (1 - rho) * average + rho * gradient**2),
            "The two shares are swapped: rho is the share of the old average that is kept.",
        ),
        Mistake(
            with_average(lambda gradient, average, rho: average + gradient**2),
            "You added the square to the sum, as Adagrad does. Here the old average fades: keep a share rho of it.",
        ),
        Mistake(
            with_average(lambda gradient, average, rho: rho * average + gradient**2),
            "The new square came in whole. Its share is what rho leaves over.",
        ),
        Mistake(
            with_average(lambda gradient, average, rho: rho * average + (1 - rho) * abs(gradient)),
            "You averaged the gradients without squaring them.",
        ),
        Mistake(
            with_change(lambda gradient, old, new, epsilon: gradient / (new + epsilon)),
            "You divided by the average itself. It is one of squares: take its root.",
        ),
        Mistake(
            with_change(lambda gradient, old, new, epsilon: gradient / (new**0.5 + epsilon)),
            "You added epsilon after the root. Here it is added to the average, before the root.",
        ),
        Mistake(
            with_change(lambda gradient, old, new, epsilon: -gradient / (new + epsilon) ** 0.5),
            "The step has the right length, but it goes uphill: subtract it.",
        ),
        Mistake(
            lambda *arguments: rmsprop(*arguments)[0],
            "The weight is right. The next step needs the average, too: return both.",
        ),
        Mistake(
            lambda *arguments: rmsprop(*arguments)[::-1],
            "Both numbers are right, but swapped: the weight comes first.",
        ),
    ),
    cases=averages_so_far,
)


# Bias correction


def corrected(values, beta, powers):
    return running(values, beta, 1 - beta) / (1 - beta**powers)


def feed_back(values, beta):
    average, averages = 0.0, []
    for step, value in enumerate(values, 1):
        average = (beta * average + (1 - beta) * value) / (1 - beta**step)
        averages.append(average)
    return np.array(averages)


check_correction = Exercise(
    solution=lambda values, beta: corrected(values, beta, count_up(values)),
    praise="From the first step on, the corrected average of equal values is that value.",
    mistakes=(
        Mistake(
            lambda values, beta: running(values, beta, 1 - beta),
            "This is the average as it comes, still pulled towards the 0 that it began with. Divide by the share that "
            "the values have in it.",
        ),
        Mistake(
            lambda values, beta: corrected(values, beta, count_up(values) - 1),
            "Your steps count from 0, so the first average is divided by 1 − 1 = 0. The first step is number 1.",
        ),
        Mistake(
            lambda values, beta: running(values, beta, 1 - beta) * (1 - beta ** count_up(values)),
            "You multiplied, and so made the average smaller still. It has to become larger.",
        ),
        Mistake(
            lambda values, beta: running(values, beta, 1 - beta) / (1 - beta),
            "You divided by the same number at every step. That mends the first step only: later the zero at the start "
            "weighs less and less.",
        ),
        Mistake(
            feed_back,
            "You went on from the corrected average. Keep the uncorrected one for the next step, and correct a copy.",
        ),
        Mistake(
            lambda values, beta: corrected(values, beta, len(values)),
            "You used the number of the last step for all. Each average is corrected by the number of its own step.",
        ),
        Mistake(
            lambda values, beta: running(values, beta, 1 - beta) / (1 - beta * count_up(values)),
            "You multiplied beta by the step. The zero's share shrinks by the factor beta at every step: what does that make "
            "after t of them?",
        ),
        Mistake(
            lambda values, beta: running(values, beta, 1 - beta) / beta ** count_up(values),
            "The power of beta is the share of the zero. You want the share of the values, which is the rest.",
        ),
    ),
    cases=lambda: value_rows("beta"),
)


# A step of Adam

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7


def moments():
    return {
        "the first step": (1.0, 2.0, 0.0, 0.0, 1, 0.1),
        "the third step": (0.5, -3.0, 0.4, 0.02, 3, 0.01),
        "the tenth step": (-2.0, 0.1, -0.2, 0.005, 10, 1.0),
        "a first step with a tiny gradient": (1.0, 1e-6, 0.0, 0.0, 1, 0.1),
    }


def adam(weight, gradient, average, average_square, step, learning_rate, power=None, root=0.5, first=None):
    power = step if power is None else power
    average = BETA_1 * average + (1 - BETA_1) * (gradient if first is None else first)
    average_square = BETA_2 * average_square + (1 - BETA_2) * gradient**2
    average, average_square = average / (1 - BETA_1**power), average_square / (1 - BETA_2**power)
    return weight - learning_rate * average / (average_square**root + EPSILON)


def adam_uncorrected(weight, gradient, average, average_square, step, learning_rate):
    return adam(weight, gradient, average, average_square, step, learning_rate, power=np.inf)


def adam_divided_by(divisor):
    """Make a step whose divisor is a function of the uncorrected average of the squares and its share of values."""

    def step(weight, gradient, average, average_square, step, learning_rate):
        average = BETA_1 * average + (1 - BETA_1) * gradient
        average_square = BETA_2 * average_square + (1 - BETA_2) * gradient**2
        return weight - learning_rate * average / (1 - BETA_1**step) / divisor(
            average_square, 1 - BETA_2**step
        )

    return step


def adam_half_corrected(weight, gradient, average, average_square, step, learning_rate):
    change = adam(weight, gradient, average, average_square, step, learning_rate) - weight
    return weight + change * (1 - BETA_1**step)


def adam_without_new(weight, gradient, average, average_square, step, learning_rate):
    average, average_square = average / (1 - BETA_1**step), average_square / (1 - BETA_2**step)
    return weight - learning_rate * average / (average_square**0.5 + EPSILON)


def adam_without_average(weight, gradient, average, average_square, step, learning_rate):
    average_square = BETA_2 * average_square + (1 - BETA_2) * gradient**2
    return weight - learning_rate * gradient / ((average_square / (1 - BETA_2**step)) ** 0.5 + EPSILON)


def adam_swapped(weight, gradient, average, average_square, step, learning_rate):
    average = BETA_2 * average + (1 - BETA_2) * gradient
    average_square = BETA_1 * average_square + (1 - BETA_1) * gradient**2
    average, average_square = average / (1 - BETA_2**step), average_square / (1 - BETA_1**step)
    return weight - learning_rate * average / (average_square**0.5 + EPSILON)


check_adam = Exercise(
    solution=adam,
    praise="In the first step, all that is left of the gradient is its sign: the step is as long as the learning rate.",
    mistakes=(
        Mistake(
            adam_uncorrected,
            "The bias correction is missing: both averages began with 0 and are too small in the first steps.",
        ),
        Mistake(
            adam_divided_by(lambda square, share: square**0.5 + EPSILON),
            "You corrected the average of the gradients only. That of the squares began with 0 as well.",
        ),
        Mistake(
            adam_half_corrected,
            "You corrected the average of the squares only. That of the gradients began with 0 as well.",
        ),
        Mistake(
            lambda *arguments: adam(*arguments, power=arguments[4] - 1),
            "Your power of beta is one too small. In the first step, it is 1: else you divide by 0.",
        ),
        Mistake(
            lambda *arguments: adam(*arguments, root=1),
            "The square root under the step is missing. An average of squares grows with the square of the gradient.",
        ),
        Mistake(
            adam_divided_by(lambda square, share: (square / share + EPSILON) ** 0.5),
            "Epsilon stands inside the root. Here it is added after the root is taken.",
        ),
        Mistake(
            adam_divided_by(lambda square, share: square**0.5 / share + EPSILON),
            "You took the root before you corrected the average of the squares. Correct it first.",
        ),
        Mistake(
            adam_divided_by(lambda square, share: (square**0.5 + EPSILON) / share**0.5),
            "You add epsilon before the correction, as the class in helpers does. Here correct both averages first, as the paper does.",
        ),
        Mistake(
            adam_without_average,
            "You stepped along the present gradient. Adam steps along the running average of the gradients.",
        ),
        Mistake(
            lambda *arguments: adam(*arguments, first=arguments[5] * arguments[1]),
            "The learning rate came in twice: into the average, and before the step. It stands outside of the average.",
        ),
        Mistake(
            adam_without_new,
            "You left the averages as they came. Take the new gradient into both of them first.",
        ),
        Mistake(
            adam_swapped,
            "The two betas are swapped: beta_1 belongs to the gradients, beta_2 to their squares.",
        ),
        Mistake(
            lambda *arguments: arguments[0] - adam(*arguments),
            "That is the step. Return the weight after it.",
        ),
        Mistake(
            lambda *arguments: 2 * arguments[0] - adam(*arguments),
            "The step has the right length, but it goes uphill: subtract it.",
        ),
    ),
    cases=moments,
)
