"""The exercises of 2.4.3b: the rule of momentum, its conventions, its best value, its steps, and its map."""

import numpy as np

from helpers.exercises import shared_hints
from helpers.exercises.attempts import case
from helpers.exercises.feedback import Exercise
from helpers.language import Words
from helpers.studies.momentum.conventions import keras_nesterov
from helpers.studies.phases.compute import best_momentum

_ = Words(__name__)

# 1. One step with momentum


def momentum_step(w, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * gradient
    return w + velocity, velocity


check_momentum_step = Exercise(
    cases=lambda: {
        "w = 2, velocity = 1, gradient = 3, learning_rate = 0.1, momentum = 0.9": (2.0, 1.0, 3.0, 0.1, 0.9),
        "w = -1, velocity = 0.5, gradient = -2, learning_rate = 0.2, momentum = 0.6": case(
            -1.0, 0.5, -2.0, 0.2, 0.6
        ),
        "w = 0, velocity = -2, gradient = 1, learning_rate = 0.5, momentum = 0.8": (0.0, -2.0, 1.0, 0.5, 0.8),
    },
    solution=momentum_step,
    praise=_("First the velocity, then the weight, and the weight moves by the new velocity."),
    mistakes={
        "(w + (new := momentum * velocity + learning_rate * gradient), new)": _(
            "You added the gradient. It points uphill, so the velocity has to lose it, not gain it."
        ),
        "(w - (new := momentum * velocity + learning_rate * gradient), new)": _(
            "Your velocity points uphill and you subtract it. That can work, but the velocity that you are given points downhill, so its sign does not fit. Let the gradient enter with a minus, and add the velocity."
        ),
        "(w - (new := momentum * velocity - learning_rate * gradient), new)": _(
            "Your velocity is right, but you subtracted it from the weight. It already points the way that the weight goes."
        ),
        "(w + momentum * (new := momentum * velocity - learning_rate * gradient) - learning_rate * gradient, new)": _(
            "Momentum is applied twice: once in the velocity, and once more where the weight moves. That is the line of Nesterov momentum; plain momentum moves by the velocity as it is."
        ),
        "(w + velocity, momentum * velocity - learning_rate * gradient)": _(
            "You moved the weight by the old velocity. Compute the new one first."
        ),
        "(w + (new := momentum * velocity - learning_rate * gradient) - learning_rate * gradient, new)": _(
            "The gradient is used twice: it is in the velocity already. Move the weight by nothing but the velocity."
        ),
        "(w - learning_rate * gradient, momentum * velocity - learning_rate * gradient)": _(
            "Your velocity is right, but the weight does not use it: you moved it by the gradient alone."
        ),
        "(w, momentum * velocity - learning_rate * gradient)": _(
            "Your velocity is right, but the weight has not moved."
        ),
        "(w + (new := momentum * velocity - gradient), new)": shared_hints.NO_RATE,
        "(w + (new := -learning_rate * gradient), new)": _(
            "Your velocity forgets the old one, so this is plain descent. Keep a share of it."
        ),
        "(w + (new := velocity - learning_rate * gradient), new)": _(
            "You kept all of the old velocity. Momentum is the share of it that is kept."
        ),
        "(w + (new := momentum * (velocity - learning_rate * gradient)), new)": shared_hints.MOMENTUM_SHRINKS_THE_GRADIENT,
        "(w + (new := momentum * velocity - (1 - momentum) * learning_rate * gradient), new)": _(
            "You averaged: the gradient is multiplied by 1 - momentum. That is another convention; here it counts in full."
        ),
        "(w + (new := learning_rate * velocity - momentum * gradient), new)": shared_hints.RATE_AND_MOMENTUM_SWAPPED,
        "(w + momentum * velocity - learning_rate * gradient, velocity)": _(
            "The weight is right, but you returned the old velocity. The next step needs the new one."
        ),
        "(w - learning_rate * (new := momentum * velocity + gradient), new)": _(
            "This is PyTorch's line. Its velocity is a sum of gradients and points uphill; the one that you are given is the last step. Put the learning rate into the velocity."
        ),
        "gradient(w)": _("Here gradient is a number already: no brackets."),
        "momentum_step(...)[0]": _(
            "The weight is right. Return the velocity beside it: the next step needs both."
        ),
        "momentum_step(...)[::-1]": _(
            "Both numbers are right, but in the other order: first the weight, then the velocity."
        ),
        "momentum_step(...)[1]": _(
            "That is the new velocity, and it is right. Return the new weight, too, in front of it."
        ),
        "(w + learning_rate * (new := momentum * velocity - learning_rate * gradient), new)": _(
            "Your velocity is right, but on its way to the weight it is multiplied by the learning rate once more."
        ),
        "(w + learning_rate * (new := momentum * velocity - gradient), new)": _(
            "The learning rate comes in only where the weight moves. The velocity that you are given is a distance already: put the learning rate before the gradient."
        ),
        "momentum_step(w, velocity, w, learning_rate, momentum)": _(
            "Your velocity takes in the weight. It is the gradient that pushes."
        ),
        "(w + (new := momentum * velocity - learning_rate * gradient), -new)": _(
            "The weight is right, but the velocity that you return points the other way. The weight moves by the velocity, sign and all."
        ),
        "(w + (new := (1 - momentum) * velocity - learning_rate * gradient), new)": shared_hints.OTHER_SHARE_KEPT,
        "(w + (new := -momentum * velocity - learning_rate * gradient), new)": _(
            "The old velocity enters with a minus, so each step turns the one before round. It keeps its direction."
        ),
        "(w + (new := momentum + velocity - learning_rate * gradient), new)": _(
            "Momentum is added to the old velocity. It is a share: multiply by it."
        ),
        "(w + (new := momentum * velocity - learning_rate), new)": _(
            "The gradient is missing from your velocity: it changes by the learning rate alone."
        ),
        "(w + (new := (momentum * velocity - learning_rate) * gradient), new)": _(
            "The gradient multiplies the old velocity as well. Only the learning rate multiplies it."
        ),
        "(w + (new := momentum * velocity), new)": _(
            "Your velocity only fades: the gradient does not push it."
        ),
        "(w - learning_rate * gradient, velocity)": _(
            "The weight takes a step of plain descent, and the velocity comes back as it was. Make the new velocity first, of both."
        ),
    },
)


# 2. Several steps


def cup(w):
    """The slope of ½ w²."""
    return w


def steep_cup(w):
    """The slope of 2 (w - 1)²."""
    return 4 * (w - 1)


def roll(slope, w, learning_rate, momentum, steps):
    velocity = 0.0
    for _ in range(steps):
        velocity = momentum * velocity - learning_rate * slope(w)
        w = w + velocity
    return w


def places(slope, w, learning_rate, momentum, steps):
    return [roll(slope, w, learning_rate, momentum, count) for count in range(steps + 1)]


def roll_by(step, w, steps, velocity=0.0):
    """Roll by another step, from a weight and its velocity to the next ones."""
    for _ in range(steps):
        w, velocity = step(w, velocity)
    return w


check_roll = Exercise(
    cases=lambda: {
        _("the slope w, from 4, learning rate 0.1, momentum 0.9, 3 steps"): (cup, 4.0, 0.1, 0.9, 3),
        _("the slope 4 (w - 1), from 0, learning rate 0.1, momentum 0.5, 5 steps"): case(
            steep_cup, 0.0, 0.1, 0.5, 5
        ),
        _("the slope w, from -2, learning rate 0.3, momentum 0.7, 1 step"): (cup, -2.0, 0.3, 0.7, 1),
    },
    solution=roll,
    praise=_("The velocity lives outside of the loop: it is what one step hands to the next."),
    mistakes={
        "roll(slope, w, learning_rate, 0.0, steps)": _(
            "This is descent without momentum: no step knows of the one before it. The velocity begins at 0 once, above the loop, and each round puts the new one in place of the old."
        ),
        "roll(slope, w, learning_rate, 1.0, steps)": _(
            "Your ball never loses speed: the old velocity is kept in full. Multiply it by momentum."
        ),
        "roll(slope, w, learning_rate, momentum, steps + 1)": _("You took one step too many."),
        "roll(slope, w, learning_rate, momentum, steps - 1)": _(
            "Your ball is one step behind. range(n) has n rounds, and range(1, n) one less; and if a round moves the ball before it computes the velocity, the first round moves it by 0."
        ),
        "roll(slope, w, -learning_rate, momentum, steps)": _(
            "Your ball rolls uphill. Between the slope and the weight, the sign has to turn once. Count your minus signs: one before the slope and one more before the velocity undo each other, and so do none at all."
        ),
        "roll(lambda _: slope(w), w, learning_rate, momentum, steps)": _(
            "You measured the slope once, at the start. The ball moves: measure it anew at each place, inside the loop."
        ),
        "roll_by(lambda w, v: (w + v, momentum * v - learning_rate * slope(w)), w, steps)": _(
            "Your ball moves by the old velocity, while the slope is measured where it was. Inside the loop, the velocity comes first."
        ),
        "roll_by(lambda w, v: keras_nesterov(w, v, slope, learning_rate, momentum), w, steps)": _(
            "Momentum is applied twice: in the velocity, and again where the ball moves. That is Nesterov momentum."
        ),
        "roll(slope, w, learning_rate, momentum, 1)": _(
            "One step was taken, however many are asked for. The return comes after the last round, and each round goes on from the w of the one before."
        ),
        "learning_rate * slope": _(
            "Your code multiplies by the function itself. slope is a function: give it a place, in brackets."
        ),
        "(end := roll(...), end - roll(slope, w, learning_rate, momentum, steps - 1))": _(
            "Your ball is in the right place. Return its weight only, without the velocity."
        ),
        "places(...)": _("You returned all the places. Only the last one is asked for."),
        "roll(...) - roll(slope, w, learning_rate, momentum, steps - 1)": _(
            "That is the last velocity. Return where the ball is."
        ),
        "places(...)[1:]": shared_hints.PLACES_AFTER_EACH_STEP,
        "w - learning_rate * slope(w) * sum(momentum**count for count in range(steps))": _(
            "The velocity takes all steps, but the ball moves once, at the end. Both lines belong into the loop."
        ),
        "roll_by(lambda w, v: (v := momentum * v - learning_rate * slope(w), v), w, steps)": _(
            "The velocity is put in place of the weight. The new weight is the old one and the velocity together."
        ),
        "roll_by(lambda w, v: (w + learning_rate * (v := momentum * v - learning_rate * slope(w)), v), w, steps)": _(
            "Your steps are too short: the learning rate multiplies the gradient in the velocity, and the velocity once more."
        ),
        "roll_by(lambda w, v: (w + (v := momentum * v - slope(w)), v), w, steps)": shared_hints.NO_RATE,
        "roll_by(lambda w, v: (w + (v := (1 - momentum) * v - learning_rate * slope(w)), v), w, steps)": _(
            "Your ball keeps the share 1 - momentum of its velocity. The share that is kept is momentum itself."
        ),
        "roll_by(lambda w, v: (w + (v := momentum * (v - learning_rate * slope(w))), v), w, steps)": _(
            "Momentum shrinks the gradient, too: look at the brackets."
        ),
        "roll_by(lambda w, v: (w + (v := momentum * v - learning_rate * slope(v)), v), w, steps)": _(
            "You measure the slope at the velocity. A slope belongs to a place: the weight."
        ),
        "roll_by(lambda w, v: (w + (v := momentum * v - learning_rate * w), v), w, steps)": _(
            "The weight itself pushes your ball. Ask for the slope there: slope is a function."
        ),
        "roll_by(lambda w, v: (w + (v := momentum * v - learning_rate * slope(w)), v), w, steps, velocity=1.0)": _(
            "Your ball starts with velocity 1. It starts at rest, with velocity 0."
        ),
    },
)


# 3. On a long even slope

check_steady_velocity = Exercise(
    cases=lambda: {
        _("gradient 2, learning rate 0.1, momentum 0.9"): (2.0, 0.1, 0.9),
        _("gradient -3, learning rate 0.2, momentum 0.75"): (-3.0, 0.2, 0.75),
        _("gradient 1, learning rate 0.05, momentum 0.98"): (1.0, 0.05, 0.98),
    },
    solution=lambda gradient, learning_rate, momentum: -learning_rate * gradient / (1 - momentum),
    praise=_("With momentum 0.9 the steps grow to ten times their length, with 0.99 to a hundred times."),
    mistakes={
        "learning_rate * gradient / (1 - momentum)": _(
            "The length is right, but this velocity leads uphill."
        ),
        "-learning_rate * gradient": _(
            "That is the velocity after the very first step. It grows from then on: what does the next step add?"
        ),
        "-learning_rate * gradient * (1 - momentum)": _(
            "This is slower than without momentum. You solved v - momentum · v = … the wrong way round: is it times or divided by?"
        ),
        "-learning_rate * gradient / momentum": _(
            "You divided by momentum. Bring both terms with v to one side: how many v are left over there?"
        ),
        "-learning_rate * gradient / (1 + momentum)": _(
            "A sign went wrong when momentum · v changed sides: the velocity should be larger than without momentum."
        ),
        "-learning_rate * gradient * (1 + momentum)": _(
            "That is the velocity after two steps. Go on: the third adds one more share, and so on without end."
        ),
        "-gradient / (1 - momentum)": _("The learning rate is missing."),
        "-learning_rate / (1 - momentum)": _(
            "The gradient is missing: on a steeper slope the ball rolls faster."
        ),
        "-learning_rate * gradient - momentum": _(
            "Yours is the first step, less momentum. Is all of 1 - momentum below the fraction bar? Python divides before it subtracts: put it in brackets."
        ),
        "-learning_rate * gradient + momentum": _(
            "Yours is the first step, and momentum added to it. What divides, stands in brackets: Python divides before it adds."
        ),
        "(1 - momentum) / (-learning_rate * gradient)": _(
            "Your fraction stands on its head: with a steeper slope, this velocity becomes smaller."
        ),
        "learning_rate * gradient": _(
            "That is the length of the very first step, uphill. How long are the steps in the end, and which way?"
        ),
        "learning_rate * gradient / momentum": _(
            "A sign and the divisor are wrong. Bring both terms with v to one side: how many v are left over there?"
        ),
        "abs(learning_rate * gradient) / (1 - momentum)": _(
            "Your velocity is never negative. Where the slope rises to the right, the ball rolls to the left."
        ),
        "-abs(learning_rate * gradient) / (1 - momentum)": _(
            "Your velocity is never positive. Where the slope falls to the right, the ball rolls to the right."
        ),
        "1 / (1 - momentum)": _(
            "So many times longer than the first step are the last ones. How long is the first, and which way does it go?"
        ),
        "-learning_rate * gradient * (1 - momentum**100) / (1 - momentum)": _(
            "That is the velocity after 100 steps. It still changes where momentum is large; the equation gives the last one at once."
        ),
    },
)


# 4. The same run elsewhere

check_translate = Exercise(
    cases=lambda: {
        _("learning rate 0.1 and momentum 0.9"): (0.1, 0.9),
        _("learning rate 0.02 and momentum 0.5"): (0.02, 0.5),
        _("learning rate 0.3 and momentum 0"): (0.3, 0.0),
        _("learning rate 0.01 and momentum 0.99"): (0.01, 0.99),
    },
    solution=lambda learning_rate, momentum: (learning_rate, learning_rate / (1 - momentum)),
    praise=_("Before you copy somebody's learning rate, look at their update line."),
    mistakes={
        "(learning_rate, learning_rate)": _(
            "With the same rate, the averaged convention takes much shorter steps: the gradient is multiplied by 1 - momentum there. Make up for that."
        ),
        "(learning_rate, learning_rate * (1 - momentum))": _(
            "You made the averaged rate smaller, but its gradients are shrunk already. It has to make up for that."
        ),
        "(learning_rate / (1 - momentum), learning_rate)": _(
            "The two have changed places: first PyTorch's, then the averaged one."
        ),
        "(learning_rate / (1 - momentum), learning_rate / (1 - momentum))": _(
            "The averaged rate is right. PyTorch does not shrink the gradient, so nothing has to be made up for."
        ),
        "(learning_rate, learning_rate / momentum)": _(
            "You divided by momentum, and for momentum 0 that stops. By what is the gradient multiplied in the averaged line?"
        ),
        "(-learning_rate, learning_rate / (1 - momentum))": _(
            "PyTorch's velocity points uphill, but its update line subtracts it. The rate stays positive."
        ),
        "(learning_rate * (1 - momentum), learning_rate)": _(
            "You kept the averaged rate and made PyTorch's smaller. It is PyTorch that needs no change: which of the two shrinks its gradients?"
        ),
        "learning_rate / (1 - momentum)": _(
            "That is the averaged rate. Return two numbers: PyTorch's first."
        ),
        "(learning_rate, learning_rate - momentum)": _(
            "The second rate is the first less momentum. What divides, stands in brackets: Python divides before it subtracts."
        ),
        "(learning_rate, momentum)": _(
            "You returned momentum in the second place. It stays the same; two learning rates are asked for."
        ),
        "(learning_rate, learning_rate * momentum)": _(
            "You multiplied by momentum, which makes the steps shorter. By what is the gradient multiplied in the averaged line?"
        ),
        "(learning_rate, learning_rate / (1 + momentum))": _(
            "You divided by 1 + momentum. By what is the gradient multiplied in the averaged line?"
        ),
        "(learning_rate, 1 / (1 - momentum))": _(
            "In the second place stands by how much the rate grows. Which rate is it that grows?"
        ),
        "(learning_rate, -learning_rate / (1 - momentum))": _(
            "The averaged rate has the right size and the wrong sign. It stays positive."
        ),
        "(learning_rate * (1 - momentum), learning_rate / (1 - momentum))": _(
            "The averaged rate is right. PyTorch's gradients count in full, as the classical ones do: what has to change there?"
        ),
    },
)


# 5. The best momentum

check_best_momentum = Exercise(
    cases=lambda: {
        _("learning rate 0.1 and curvature 2.5"): (0.1, 2.5),
        _("learning rate 0.02 and curvature 0.5"): (0.02, 0.5),
        _("learning rate 0.5 and curvature 0.72"): (0.5, 0.72),
    },
    solution=lambda learning_rate, curvature: best_momentum(learning_rate, curvature),
    praise=_("The flatter the hollow for its learning rate, the more momentum it can use."),
    mistakes={
        "1 - np.sqrt(learning_rate * curvature)": _(
            "That is the root of momentum: by this factor the distance shrinks at each step. One thing is left to do."
        ),
        "(1 - learning_rate * curvature) ** 2": _("The square root of the product is missing."),
        "1 - learning_rate * curvature": _(
            "Yours is 1 − learning rate · curvature, as if root and square cancelled. They do not: the whole difference is squared, and the root is inside of it."
        ),
        "1 - (learning_rate * curvature) ** 0.5**2": _(
            "Brackets are missing around the difference; Python reads 0.5 ** 2 first."
        ),
        "(1 + np.sqrt(learning_rate * curvature)) ** 2": _(
            "This is more than 1: the other solution of the equation, with which nothing would ever come to rest."
        ),
        "(1 - learning_rate * np.sqrt(curvature)) ** 2": _(
            "You took the root of the curvature only. The learning rate belongs under it, too."
        ),
        "(1 - np.sqrt(learning_rate) * curvature) ** 2": _(
            "You took the root of the learning rate only. The curvature belongs under it, too."
        ),
        "(1 - np.sqrt(curvature)) ** 2": _(
            "The learning rate is missing: the same hollow feels steeper to longer steps."
        ),
        "(1 - np.sqrt(learning_rate)) ** 2": _("The curvature is missing."),
        "np.sqrt(1 - np.sqrt(learning_rate * curvature))": _(
            "The last operation undoes a root of momentum. Is it another root?"
        ),
        "(1 - learning_rate * curvature / 2) ** 2": _(
            "Your difference holds half the product in place of its root. Python reads `** 1/2` as the power 1, halved: write 0.5, or brackets."
        ),
        "1 - 2 * np.sqrt(learning_rate * curvature)": _(
            "The square of a difference has three terms, and the last one is missing."
        ),
        "2 * (1 - np.sqrt(learning_rate * curvature))": _("You doubled the difference. Square it."),
        "(1 - np.sqrt(learning_rate / curvature)) ** 2": _(
            "Under the root, learning rate and curvature are divided. The steeper the hollow, the more a step counts: multiply."
        ),
        "(best_momentum(learning_rate, curvature), (1 + np.sqrt(learning_rate * curvature)) ** 2)": _(
            "Those are both solutions. With one of them nothing ever comes to rest: return the other alone."
        ),
    },
)


# 6. When has it arrived?


def first_step(steps, arrived):
    return next(filter(arrived, steps), None)


def arrival(losses, goal):
    return first_step(range(len(losses)), lambda step: max(losses[step:]) < goal)


check_arrival = Exercise(
    cases=lambda: {
        _("the losses 5, 0.4, 2, 0.3, 0.1 and goal 1"): case([5.0, 0.4, 2.0, 0.3, 0.1], 1.0),
        _("the losses 8, 4, 2, 1, 0.5, 0.25 and goal 2"): case([8.0, 4.0, 2.0, 1.0, 0.5, 0.25], 2.0),
        _("the losses 3, 0.5, 3, 0.5, 3 and goal 1"): case([3.0, 0.5, 3.0, 0.5, 3.0], 1.0),
        _("the losses 5, 0.4, 0.3, 2, 0.1 and goal 1"): case([5.0, 0.4, 0.3, 2.0, 0.1], 1.0),
        _("the losses 0.2, 0.1 and goal 1"): case([0.2, 0.1], 1.0),
        _("the losses 0.2, 0.1, 0.3 and goal 0.3"): case([0.2, 0.1, 0.3], 0.3),
    },
    solution=arrival,
    praise=_("A ball that only flies through the minimum has not arrived."),
    mistakes={
        "first_step(range(len(losses)), lambda step: losses[step] < goal)": _(
            "You found the first time that the loss is below the goal. It may rise again: look for the step from which on it stays there."
        ),
        "first_step(range(len(losses) - 1), lambda step: max(losses[step : step + 2]) < goal)": _(
            "Two losses in a row below the goal are no promise: the next one may be above it. Look at all that follow."
        ),
        "None if (step := arrival(losses, goal)) is None else step + 1": _(
            "You are one step too late. The losses begin with step 0, the start."
        ),
        "None if (step := arrival(losses, goal)) is None else step - 1": _(
            "You returned the last step that is not below the goal. The next one is asked for."
        ),
        "arrival(losses, np.nextafter(goal, np.inf))": _("A loss that equals the goal is not below it."),
        "int((losses < goal).sum())": _(
            "You counted how many losses are below the goal. At which step do they begin to be below it for good?"
        ),
        "int((losses >= goal).sum())": _(
            "You counted the losses that are not below the goal. Some of them may come later than others that are below."
        ),
        "len(losses) - 1 if losses[-1] < goal else None": _(
            "You returned the number of the last step. At which step did it begin to stay below?"
        ),
        "len(losses) if (step := arrival(losses, goal)) is None else step": _(
            "Where the last loss is not below the goal, nothing has arrived: return None there."
        ),
        "-1 if (step := arrival(losses, goal)) is None else step": _(
            "Where nothing has arrived, return None. A step -1 might be taken for a real one."
        ),
        "arrival(losses, goal) or None": _(
            "Your result for a run that begins below the goal is None, but it should be step 0. Python takes 0 for false: ask whether something is None, not whether it is true."
        ),
        "arrival(-losses, -goal)": _(
            "You found from where on the losses stay above the goal. Turn the comparison round."
        ),
        "first_step(range(len(losses))[::-1], lambda step: losses[step] < goal)": _(
            "You returned the last step whose loss is below the goal. From which step on do all of them stay there?"
        ),
        "first_step(range(1, len(losses)), lambda step: max(losses[step:]) < goal)": _(
            "A run that is below the goal from the start has arrived at step 0. Begin to look there."
        ),
        "first_step(range(len(losses) - 1), lambda step: max(losses[step:]) < goal)": _(
            "Where only the last loss is below the goal, the last step is the one, and yours is None. Look at it, too: range(n) ends with n - 1."
        ),
        "None if (step := arrival(losses, goal)) is None else losses[step]": _(
            "You returned the loss itself. Return the number of its step."
        ),
        "len(losses) if losses[-1] < goal else None": _(
            "You returned how many losses there are. At which step did they begin to stay below?"
        ),
        "0 if (losses < goal).all() else None": _(
            "You ask whether all losses of the run are below the goal. Ask it of those from a step on: losses[step:]."
        ),
        "np.flatnonzero(losses >= goal)[-1] + 1": _(
            "The step is right where there is one. Two kinds of run are left: no loss below the goal at the end, and none that is not below it, where there is no last one to look up."
        ),
        "np.flatnonzero(losses >= goal)[-1]": _(
            "You looked up the last step that is not below the goal, and a run that is always below has none. The next step is asked for."
        ),
    },
)


# 7. The edge of stability

check_edge = Exercise(
    cases=lambda: {
        _("curvatures (0.2, 4.0) and momentum 0.5"): ((0.2, 4.0), 0.5),
        _("curvatures (4.0, 0.2) and momentum 0.0"): ((4.0, 0.2), 0.0),
        _("curvatures (1.0, 3.0, 2.0) and momentum 0.9"): ((1.0, 3.0, 2.0), 0.9),
    },
    solution=lambda curvatures, momentum: (2 + 2 * momentum) / max(curvatures),
    praise=_(
        "The most curved direction decides for all, and momentum moves the edge up to twice as far out."
    ),
    mistakes={
        "2 / max(curvatures)": _(
            "That is the edge without momentum. With momentum, a weight stands larger learning rates."
        ),
        "(2 + 2 * momentum) / min(curvatures)": _(
            "You divided by the smallest curvature. There the learning rate may be largest, but the descent diverges as soon as one weight does."
        ),
        "(2 + 2 * momentum) / curvatures[0]": _(
            "You looked at the first weight only. Any of them may be the one that diverges first."
        ),
        "(2 + 2 * momentum) / curvatures[-1]": _(
            "You looked at the last weight only. Any of them may be the one that diverges first."
        ),
        "[(2 + 2 * momentum) / curvature for curvature in curvatures]": _(
            "These are the edges of the single weights. Which one decides for all?"
        ),
        "(2 + 2 * momentum) / (1 + 2 * momentum) / max(curvatures)": _(
            "That is the limit of Nesterov momentum. You are asked about plain momentum, whose edge lies further out."
        ),
        "(2 + momentum) / max(curvatures)": _(
            "The momentum counts twice: put 'jumps from w to −w' into the rule, and collect both terms that hold it."
        ),
        "2 + 2 * momentum": _(
            "That is the largest product of learning rate and curvature. You are asked for the learning rate alone."
        ),
        "(2 - 2 * momentum) / max(curvatures)": _(
            "You subtracted the momentum. It calms a zigzag, because the velocity still points the other way: the edge moves out."
        ),
        "(2 + 2 * momentum) * len(curvatures) / sum(curvatures)": _(
            "You took the average curvature. Averages save nobody here: a single weight that grows makes the loss grow."
        ),
        "2 + 2 * momentum / max(curvatures)": _(
            "Only a part of 2 + 2 · momentum is divided by the curvature. Put brackets around all of it."
        ),
        "2 + momentum / max(curvatures)": _(
            "Only the momentum is divided by the curvature, and it counts once. All of it is divided, and momentum counts twice."
        ),
        "(1 + momentum) / max(curvatures)": _(
            "Your edge is half of what it should be: without momentum, it lies at 2 / curvature."
        ),
        "1 / max(curvatures)": _(
            "With that learning rate, the most curved weight needs a single step without momentum. The edge lies further out."
        ),
        "2 / (1 - momentum) / max(curvatures)": _(
            "You divided by 1 − momentum, as steps on an even slope grow. At the edge, the weight jumps to and fro."
        ),
        "(2 + 2 * momentum) / sum(curvatures)": _(
            "You divided by all curvatures together. Each weight has an edge of its own: which one comes first?"
        ),
        "(2 + 2 * momentum) * max(curvatures)": _(
            "You multiplied by the curvature. The steeper the valley, the shorter the steps must be."
        ),
        "max(curvatures) / (2 + 2 * momentum)": _(
            "Your fraction stands on its head: with it, a steeper valley would stand larger learning rates."
        ),
    },
)


# 8. The best setting


def with_root(root, low):
    """Return a learning rate, given by its root, and the momentum that the falling curve asks for there."""
    return root**2, (1 - root * low**0.5) ** 2


def best(low, high):
    return (2 / (low**0.5 + high**0.5)) ** 2, ((high**0.5 - low**0.5) / (high**0.5 + low**0.5)) ** 2


check_best_setting = Exercise(
    cases=lambda: {
        _("curvatures 0.25 and 4"): (0.25, 4.0),
        _("curvatures 1 and 1"): (1.0, 1.0),
        _("curvatures 0.01 and 9"): (0.01, 9.0),
    },
    solution=best,
    praise=_(
        "Both weights now shrink by the same factor a step, and no other pair makes the slower one faster."
    ),
    mistakes={
        "(2 / (low + high), 0.0)": _(
            "That is the best learning rate without momentum. With it, look for the place where the two curves cross."
        ),
        "(4 / (low + high) ** 2, ((high - low) / (high + low)) ** 2)": _(
            "The square roots are missing: the curves hold the roots of learning rate × curvature."
        ),
        "(best(low, high)[0], best(low, high)[1] ** 0.5)": _(
            "The learning rate is right. Put it into the curve again for the momentum: the curve has a square."
        ),
        "(best(low, high)[0] ** 0.5, best(low, high)[1])": _(
            "You found the root of the learning rate. Square it."
        ),
        "best(low, high)[::-1]": _("Both numbers are right, but swapped: the learning rate comes first."),
        "(1 / high, (1 - (low / high) ** 0.5) ** 2)": _(
            "With this pair, the steeper weight has more momentum than it needs: at its own curve's lowest point it needs none. Go to where both curves ask for the same momentum."
        ),
        "best(low, high)[0]": _("That is the learning rate, and it is right. Return the momentum behind it."),
        "with_root(2 / (low + high) ** 0.5, low)": _(
            "You took the root of the sum of the curvatures. Each of them has a root of its own, and the roots are added."
        ),
        "with_root(2 / (low + high), low)": _(
            "You added the curvatures themselves for the root of the learning rate. The curves hold their roots."
        ),
        "with_root((2 / (low + high)) ** 0.5, low)": _(
            "That is the best learning rate without momentum, with the momentum that it would need. Look for the place where the two curves cross."
        ),
        "(rate := best(low, high)[0], (1 - rate * low) ** 2)": _(
            "The learning rate is right. For the momentum, you put learning rate × curvature into the curve without its root."
        ),
        "(rate := best(low, high)[0], (1 - rate**0.5 * low) ** 2)": _(
            "The learning rate is right. For the momentum, the curvature stands in the curve without its root."
        ),
        "(rate := best(low, high)[0], (1 + (rate * low) ** 0.5) ** 2)": _(
            "The learning rate is right. For the momentum, a sign is turned: yours is above 1."
        ),
        "(best(low, high)[0], ((high - low) / (high + low)) ** 2)": _(
            "The learning rate is right. The momentum is the one of curvatures without their roots."
        ),
        "with_root(1 / (low**0.5 + high**0.5), low)": _(
            "Half the root of the learning rate is missing. One bracket is positive and the other negative: from 1 − a = b − 1 follows what a + b is."
        ),
        "with_root((2 / (low**0.5 + high**0.5)) ** 0.5, low)": _(
            "You found the root of the learning rate and went on with it as if it were the learning rate. Square it."
        ),
        "(0, 1)": _(
            "There the curves cross, too, but at learning rate 0 nothing moves. They cross once more."
        ),
    },
)
