"""The exercises of 2.4.3c: Adagrad, running averages, their correction, a step of Adam, and a walk with it."""

import numpy as np

from helpers.exercises import shared_hints
from helpers.exercises.feedback import Exercise
from helpers.language import Words

_ = Words(__name__)

# Adagrad


def gradient_rows():
    return {
        _("gradients 3, 4, 0, −2, learning rate 0.5 and epsilon 0.1"): (
            np.array([3.0, 4.0, 0.0, -2.0]),
            0.5,
            0.1,
        ),
        _("gradients 1, 1, 1, 1, 1, learning rate 1 and epsilon 0.25"): (np.ones(5), 1.0, 0.25),
        _("gradients −0.5, 2, learning rate 0.1 and epsilon 0.5"): (np.array([-0.5, 2.0]), 0.1, 0.5),
    }


def adagrad_changes(gradients, learning_rate, epsilon):
    return -learning_rate * gradients / np.sqrt(np.cumsum(gradients**2) + epsilon)


def count_up(gradients):
    return np.arange(1, len(gradients) + 1)


check_adagrad = Exercise(
    solution=adagrad_changes,
    praise=_("Each gradient makes all later steps of its weight a little shorter."),
    mistakes={
        "-adagrad_changes(gradients, learning_rate, epsilon)": _(
            "The lengths are right, but the weight goes uphill: a step goes against the gradient."
        ),
        "-learning_rate * gradients / np.sqrt(np.cumsum(gradients**2) / count_up(gradients) + epsilon)": _(
            "You divided by the root of an average. Adagrad keeps the sum, which only ever grows."
        ),
        "-learning_rate * gradients / (np.cumsum(gradients**2) + epsilon)": _(
            "The square root is missing. Without it, a gradient twice as large would make the first step half as long."
        ),
        "-learning_rate * gradients / (np.sqrt(np.cumsum(gradients**2)) + epsilon)": _(
            "Epsilon stands in the wrong place: here it is added before the root is taken."
        ),
        "-learning_rate * gradients / np.sqrt(np.cumsum(gradients**2) - gradients**2 + epsilon)": _(
            "Your sum holds the earlier gradients only. The present one is added before the step, or else the first step would be divided by almost nothing."
        ),
        "-learning_rate * gradients / np.sqrt(np.cumsum(np.abs(gradients)) + epsilon)": _(
            "You added up sizes. Adagrad adds up squares."
        ),
        "-learning_rate * gradients / np.sqrt(np.cumsum(gradients) ** 2 + epsilon)": _(
            "You squared the sum. Then gradients of different signs cancel: square each of them first."
        ),
        "-learning_rate * gradients / np.sqrt(gradients**2 + epsilon)": _(
            "You divided by the present gradient alone. The squares of all gradients so far belong into the sum."
        ),
        "-learning_rate * gradients / np.sqrt(np.sum(gradients**2) + epsilon)": _(
            "You divided every step by the sum of all squares. A step knows only the gradients up to its own."
        ),
        "np.cumsum(adagrad_changes(gradients, learning_rate, epsilon))": _(
            "You added the steps up: that is where the weight has got to. Each single step is asked for."
        ),
        "adagrad_changes(gradients, learning_rate, epsilon)[-1]": _(
            "That is the last step alone. Return all of them, one for each gradient."
        ),
        "adagrad_changes(gradients, learning_rate, 0.0)": _(
            "Epsilon has no part in your result. It is added to the accumulator before the root is taken."
        ),
        "adagrad_changes(gradients, learning_rate, 0.0) + epsilon": _(
            "Epsilon is added to your steps themselves. It belongs under the root, with the accumulator: put both in brackets."
        ),
        "-learning_rate * gradients / np.cumsum(gradients**2) + epsilon": _(
            "The root is missing, and epsilon is added to your steps themselves. Both belong below the fraction bar."
        ),
        "-learning_rate * gradients / np.sqrt(np.cumsum(gradients**2 + epsilon))": _(
            "Your accumulator takes in epsilon at every step. It is added for the root alone, and does not stay in the sum."
        ),
        "-learning_rate / np.sqrt(np.cumsum(gradients**2) + epsilon)": _(
            "The gradient above the fraction bar is missing: your weight always goes the same way, even where the gradient is 0."
        ),
        "adagrad_changes(gradients, 1.0, epsilon)": _("The learning rate is missing."),
        "-learning_rate * gradients / np.sqrt(np.cumsum(gradients) + epsilon)": _(
            "You added up the gradients as they are. Adagrad adds up their squares, which are never negative."
        ),
        "-learning_rate * gradients / np.sqrt(np.cumsum(2 * gradients) + epsilon)": _(
            "You added up gradients times 2. A square is gradients**2."
        ),
        "np.cumsum(gradients**2)": _(
            "That is the accumulator. Return the steps: learning rate times gradient, divided by its root, downhill."
        ),
        "np.sqrt(np.cumsum(gradients**2) + epsilon)": _(
            "That is what each step is divided by. Return the steps themselves."
        ),
        "gradients + adagrad_changes(gradients, learning_rate, epsilon)": _(
            "You took each step from its gradient. What is added to the weight is the step alone."
        ),
    },
    cases=gradient_rows,
)


# A running average


def value_rows(share="rho"):
    return {
        _("the values 1, 1, 1, 1 and {share} 0.9").format(share=share): (np.ones(4), 0.9),
        _("the values 4, 0, 2 and {share} 0.75").format(share=share): (np.array([4.0, 0.0, 2.0]), 0.75),
        _("the values 100, 1, 1, 1, 1 and {share} 0.5").format(share=share): (
            np.array([100.0, 1.0, 1.0, 1.0, 1.0]),
            0.5,
        ),
    }


def running(values, keep, add, start=0.0):
    average, averages = start, []
    for value in values:
        average = keep * average + add * value
        averages.append(average)
    return np.array(averages)


check_running_average = Exercise(
    solution=lambda values, rho: running(values, rho, 1 - rho),
    praise=_(
        "New values push old ones out: after 1 / (1 − rho) steps, about a third of an old value is left."
    ),
    mistakes={
        "running(values, rho, 1)": _(
            "You added the whole new value. Then a row of ones would average to 1 / (1 − rho), not to 1: the share of the new value is what rho leaves over."
        ),
        "running(values, 1 - rho, rho)": _(
            "The two shares are swapped: rho is the share of the old average that is kept."
        ),
        "running(values, rho, 1 - rho, start=values[0])": _(
            "You began with the first value. That would be a good idea, but RMSprop begins with 0: do as it does."
        ),
        "running(values, rho, 1 - rho)[-1]": _(
            "That is the last average. Return all of them, one after each value."
        ),
        "np.cumsum(values) / count_up(values)": _(
            "That is the plain mean of all values so far, which forgets nothing. In a running average, old values fade."
        ),
        "running(values**2, rho, 1 - rho)": _(
            "You averaged the squares. Here the values themselves are averaged."
        ),
        "running(values, 1, 1 - rho)": _(
            "Your old average is kept whole, so the sum only grows. Only its share rho survives a step."
        ),
        "np.append(0.0, running(values, rho, 1 - rho)[:-1])": _(
            "Each of your averages is one step late: take the new value in first, then write the average down."
        ),
        "np.append(0.0, running(values, rho, 1 - rho))": _(
            "Your averages are right, but the 0 at the start stands among them. Return one after each value."
        ),
        "running(np.append(0.0, values[1:]), rho, 1 - rho)": _(
            "Your first average is 0: the first value never comes in. Only what is before it is 0."
        ),
        "(1 - rho) * values": _(
            "Each of your averages holds its own value only, none of the ones before. Carry the average from round to round: it begins at 0 once, above the loop."
        ),
        "values": _(
            "Your result is the values themselves. One of the two shares belongs to the average so far."
        ),
        "running(1 - rho * values, rho, 1)": _(
            "The 1 is added whole, and rho alone multiplies the value. Put brackets around 1 − rho."
        ),
        "running(values, rho, rho)": _(
            "The old average and the new value have the same share, rho. The two shares make up 1."
        ),
        "running(values, rho, 1 - rho)[:1]": _(
            "Only one average came, the first. The loop has to run to its end, and each round writes its average down."
        ),
        "running(values, rho, 1 - rho)[-1:]": _(
            "Only one average came, the last. Each round writes its own down: append stands inside the loop."
        ),
    },
    cases=value_rows,
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
    praise=_("From the first step on, the corrected average of equal values is that value."),
    mistakes={
        "running(values, beta, 1 - beta)": _(
            "This is the average as it comes, still pulled towards the 0 that it began with. Divide by the share that the values have in it."
        ),
        "corrected(values, beta, count_up(values) - 1)": _(
            "Your steps count from 0, so the first average is divided by 1 − 1 = 0. The first step is number 1."
        ),
        "running(values, beta, 1 - beta) * (1 - beta ** count_up(values))": _(
            "You multiplied, and so made the average smaller still. It has to become larger."
        ),
        "running(values, beta, 1 - beta) / (1 - beta)": _(
            "You divided by the same number at every step. That mends the first step only: later the zero at the start weighs less and less."
        ),
        "feed_back(values, beta)": _(
            "You went on from the corrected average. Keep the uncorrected one for the next step, and correct a copy."
        ),
        "corrected(values, beta, len(values))": _(
            "You used the number of the last step for all. Each average is corrected by the number of its own step."
        ),
        "running(values, beta, 1 - beta) / (1 - beta * count_up(values))": _(
            "You multiplied beta by the step. The zero's share shrinks by the factor beta at every step: what does that make after t of them?"
        ),
        "running(values, beta, 1 - beta) / beta ** count_up(values)": _(
            "The power of beta is the share of the zero. You want the share of the values, which is the rest."
        ),
        "corrected(values, beta, count_up(values) + 1)": _(
            "Your steps count from 2. The first step is number 1, and its average is that value, whole."
        ),
        "corrected(values, beta, count_up(values))[-1]": _(
            "That is the last corrected average. Return all of them, one after each value."
        ),
        "running(values, beta, 1 - beta) - beta ** count_up(values)": _(
            "You subtracted the power of beta. What divides, stands in brackets: Python divides before it subtracts."
        ),
        "running(values, beta, 1 - beta) / (1 - (1 - beta) ** count_up(values))": _(
            "Your power is one of 1 − beta. What is kept of the 0 at each step is the share beta: what is left of it after t steps?"
        ),
        "running(values, beta, 1 - beta) / (1 + beta ** count_up(values))": _(
            "You divided by more than 1, so the average became smaller. The zero's share is taken from 1."
        ),
        "running(values, beta, 1) / (1 - beta ** count_up(values))": _(
            "The new value enters whole. Its share is what beta leaves over, as in the exercise before."
        ),
        "running(values, 1 - beta, beta) / (1 - beta ** count_up(values))": _(
            "The two shares are swapped: beta is the share of the old average that is kept."
        ),
        "corrected(values**2, beta, count_up(values))": _(
            "You averaged the squares. Here the values themselves are averaged."
        ),
        "values": _(
            "Your result is the values themselves. Equal values average to themselves; unequal ones have an average in between."
        ),
        "running(values, beta, 1 - beta, start=values[0])": _(
            "You began with the first value. Then nothing needs correcting, but the first value counts too much: begin with 0."
        ),
    },
    cases=lambda: value_rows("beta"),
)


# A step of Adam

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7


def moments():
    return {
        _("the first step"): (1.0, 2.0, 0.0, 0.0, 1, 0.1),
        _("the third step"): (0.5, -3.0, 0.4, 0.02, 3, 0.01),
        _("the tenth step"): (-2.0, 0.1, -0.2, 0.005, 10, 1.0),
        _("a first step with a tiny gradient"): (1.0, 1e-6, 0.0, 0.0, 1, 0.1),
    }


def adam(weight, gradient, average, average_square, step, learning_rate, **slip):
    return weight + adam_change(gradient, average, average_square, step, learning_rate, **slip)


def root(square, share):
    """What a step is divided by, of the average of the squares and the share that values have in it."""
    return (square / share) ** 0.5 + EPSILON


def adam_change(
    gradient,
    average,
    average_square,
    step,
    learning_rate,
    betas=(BETA_1, BETA_2),
    keep=None,
    new=None,
    power=None,
    divisor=root,
):
    """Return what a step of Adam adds to a weight, or one with something wrong in it.

    Parameters
    ----------
    betas : tuple of float
    keep : tuple of float
        What is kept of the two averages, if that is not beta.
    new : tuple of float
        What enters the two averages, if that is not 1 - beta of the gradient and of its square.
    power : int
        To which beta is raised, if that is not the step.
    divisor : callable
        A function such as root.
    """
    first, second = new or ((1 - betas[0]) * gradient, (1 - betas[1]) * gradient**2)
    keep_first, keep_second = keep or betas
    shares = [1 - beta ** (step if power is None else power) for beta in betas]
    corrected_average = (keep_first * average + first) / shares[0]
    return -learning_rate * corrected_average / divisor(keep_second * average_square + second, shares[1])


check_adam = Exercise(
    solution=adam,
    praise=_(
        "In the first step, all that is left of the gradient is its sign: the step is as long as the learning rate."
    ),
    mistakes={
        "adam(..., power=np.inf)": _(
            "The bias correction is missing: both averages began with 0 and are too small in the first steps."
        ),
        "adam(..., divisor=lambda square, share: square**0.5 + EPSILON)": _(
            "You corrected the average of the gradients only. That of the squares began with 0 as well."
        ),
        "weight + (adam(...) - weight) * (1 - BETA_1**step)": _(
            "You corrected the average of the squares only. That of the gradients began with 0 as well."
        ),
        "adam(..., power=step - 1)": _(
            "Your power of beta is one too small. In the first step, it is 1: else you divide by 0."
        ),
        "adam(..., divisor=lambda square, share: square / share + EPSILON)": _(
            "The square root under the step is missing. An average of squares grows with the square of the gradient."
        ),
        "adam(..., divisor=lambda square, share: (square / share + EPSILON) ** 0.5)": _(
            "Epsilon stands inside the root. Here it is added after the root is taken."
        ),
        "adam(..., divisor=lambda square, share: square**0.5 / share + EPSILON)": _(
            "You took the root before you corrected the average of the squares. Correct it first."
        ),
        "adam(..., divisor=lambda square, share: (square**0.5 + EPSILON) / share**0.5)": _(
            "You add epsilon before the correction, as the class in helpers does. Here correct both averages first, as the paper does."
        ),
        "adam(..., keep=(0, BETA_2), new=(gradient * (1 - BETA_1**step), 0.001 * gradient**2))": _(
            "You stepped along the present gradient. Adam steps along the running average of the gradients."
        ),
        "adam(..., new=(0.1 * learning_rate * gradient, 0.001 * gradient**2))": _(
            "The learning rate came in twice: into the average, and before the step. It stands outside of the average."
        ),
        "adam(..., keep=(1, 1), new=(0, 0))": _(
            "You left the averages as they came. Take the new gradient into both of them first."
        ),
        "adam(..., betas=(BETA_2, BETA_1))": _(
            "The two betas are swapped: beta_1 belongs to the gradients, beta_2 to their squares."
        ),
        "weight - adam(...)": _("That is the step. Return the weight after it."),
        "2 * weight - adam(...)": _("The step has the right length, but it goes uphill: subtract it."),
        "adam(..., power=1)": _(
            "You corrected every step as if it were the first. The share of the values grows: what is left of the 0 after `step` steps?"
        ),
        "adam(..., power=step + 1)": _("Your power of beta is one too large. In the first step it is 1."),
        "adam(..., new=(0.1 * gradient, 0.001 * gradient))": _(
            "The average of the squares takes in the gradient as it is. Square it."
        ),
        "adam(..., new=(gradient, gradient**2))": _(
            "Gradient and square enter whole. Each has the share that its beta leaves over."
        ),
        "adam(..., new=(0.1 * gradient, 0.01 * gradient**2))": _(
            "The square enters with the share 0.01. What does 0.999 leave over?"
        ),
        "adam(..., new=(0.9 * gradient, 0.999 * gradient**2), keep=(0.1, 0.001))": _(
            "The shares are swapped: beta is the share of the old average that is kept."
        ),
        "adam(..., divisor=lambda square, share: (square / share) ** 0.5)": _(
            "Where the gradient is tiny, your step is as long as ever, so epsilon has no part below the fraction bar. Add it to the root, in brackets."
        ),
        "adam(...) - weight": _("That is what is added to the weight. Return the weight after it."),
    },
    cases=moments,
)


# A walk with Adam


def bowl(w):
    return w


def steep_bowl(w):
    return 6 * (w + 1)


def walk_cases():
    return {
        _("slope(w) = w, w = 4, learning rate 0.1, one step"): (bowl, 4.0, 0.1, 1),
        _("slope(w) = w, w = 2, learning rate 0.5, 6 steps"): (bowl, 2.0, 0.5, 6),
        _("slope(w) = 6 · (w + 1), w = 0.5, learning rate 0.2, 9 steps"): (steep_bowl, 0.5, 0.2, 9),
    }


def adam_walk(
    slope,
    w,
    learning_rate,
    steps,
    take=lambda average, value, keep: keep * average + (1 - keep) * value,
    correct=lambda average, keep, step: average / (1 - keep**step),
    keep=(BETA_1, BETA_2),
):
    """Walk with Adam, or with another rule that takes a value into an average or that corrects an average."""
    average = average_square = 0.0
    for step in range(1, steps + 1):
        gradient = slope(w)
        average = take(average, gradient, keep[0])
        average_square = take(average_square, gradient**2, keep[1])
        root = correct(average_square, keep[1], step) ** 0.5
        w = w - learning_rate * correct(average, keep[0], step) / (root + EPSILON)
    return w


def walk_that_corrects_for_good(slope, w, learning_rate, steps):
    average = average_square = 0.0
    for step in range(1, steps + 1):
        gradient = slope(w)
        average = (BETA_1 * average + (1 - BETA_1) * gradient) / (1 - BETA_1**step)
        average_square = (BETA_2 * average_square + (1 - BETA_2) * gradient**2) / (1 - BETA_2**step)
        w = w - learning_rate * average / (average_square**0.5 + EPSILON)
    return w


check_adam_walk = Exercise(
    solution=adam_walk,
    praise=_("This is the whole optimizer. With arrays in place of numbers, it trains a network."),
    mistakes={
        "adam_walk(..., take=lambda average, value, keep: (1 - keep) * value)": _(
            "Your averages forget everything at each step. They begin at 0 once, above the loop, and each round goes on from the ones before."
        ),
        "adam_walk(..., correct=lambda average, keep, step: average)": _(
            "The averages are used as they come, still pulled towards the 0 that they began with. Correct both."
        ),
        "adam_walk(..., correct=lambda average, keep, step: average / (1 - keep))": _(
            "You corrected every step as if it were the first. The number of the step grows from round to round."
        ),
        "adam_walk(..., correct=lambda average, keep, step: average / (1 - keep ** (step + 1)))": _(
            "Your steps count from 2. The first one is number 1."
        ),
        "walk_that_corrects_for_good(...)": _(
            "The corrected averages went into the next round. Keep the uncorrected ones for it, and give the corrected ones other names."
        ),
        "adam_walk(..., keep=(BETA_2, BETA_1))": _(
            "The two betas are swapped: beta_1 belongs to the gradients, beta_2 to their squares."
        ),
        "adam_walk(lambda _: slope(w), w, learning_rate, steps)": _(
            "You measured the slope once, at the start. It changes on the way: measure it in every round."
        ),
        "adam_walk(slope, w, learning_rate, steps - 1)": _(
            "You took one step too few. range(n) has n rounds, and range(1, n) one less."
        ),
        "adam_walk(slope, w, learning_rate, 1)": _(
            "One step was taken, however many are asked for. The return comes after the last round."
        ),
        "adam_walk(slope, w, -learning_rate, steps)": _("Your walk leads uphill: subtract the step."),
        "[adam_walk(slope, w, learning_rate, count) for count in range(1, steps + 1)]": shared_hints.PLACES_AFTER_EACH_STEP,
    },
    cases=walk_cases,
)
