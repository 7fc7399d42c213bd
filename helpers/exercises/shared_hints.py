"""Hints that more than one exercise gives."""

from helpers.language import Words

_ = Words(__name__)

ONE_STEP_ONLY = _(
    "One step was taken, however many are asked for. The return comes after the last round, and each round goes on from the x of the one before."
)
STEP_MISSING = _("One step is missing: range(n) counts n rounds.")
STEP_TOO_MANY = _("You took one step too many: range(n) counts n rounds.")
ALL_PLACES = _("Those are all places on the way. Only the last one is asked for.")
PLACES_AFTER_EACH_STEP = _("Those are the places after each step. Only the last one is asked for.")
SECOND_DIFFERENCE = _(
    "That is the second difference, which measures how the slope itself changes. A slope compares the two ends only."
)
UPHILL = _("You went uphill: the gradient points to where the loss gets larger.")
TIMES_THE_WEIGHTS = _("You also multiplied by the weights. Then a weight of 0 could never move.")
GRADIENT_TIMES_WEIGHTS = _(
    "The gradient also multiplies your weights. Only the learning rate multiplies the gradient; what that gives is taken from the weights."
)
RATE_TIMES_WEIGHTS = _(
    "The learning rate also multiplies your weights, so they shrink as well. It belongs to the gradient alone."
)
WEIGHTS_FROM_THE_STEP = _(
    "The sign of the whole is turned: your weights come out with the other sign. Take the step from the weights, not the weights from the step."
)
ALWAYS_DOWN = _("All your weights went down. Where the gradient is negative, against it is up.")
BY_THE_MEAN = _(
    "All your weights moved equally far, by the mean of the gradient. Each has an entry of its own."
)
ERROR_SQUARED = _("In your gradient the error is squared. The derivative of a square holds the error once.")
NO_RATE = _("The learning rate is missing: a slope is no distance yet.")
NO_RATE_IN_THE_UPDATE = _("The learning rate is missing in your update.")
MOMENTUM_SHRINKS_THE_GRADIENT = _(
    "Momentum shrinks your gradient, too: look at the brackets. Only the old velocity is multiplied by it."
)
OTHER_SHARE_KEPT = _(
    "Your velocity keeps the share 1 - momentum of the old one. The share that is kept is momentum itself."
)
RATE_AND_MOMENTUM_SWAPPED = _("The learning rate and momentum have changed places.")
WHOLE_COLUMNS = _(
    "You took 1 away in whole columns, for every sample. Behind [:, labels] each sample loses at the labels of all; give the row of each sample, too."
)
OVER_ALL_ENTRIES = _(
    "You divided by the number of all entries. The loss is a mean over samples only; classes are summed."
)
ONLY_THE_1_DIVIDED = _("Only the 1 is divided by the number of samples. The whole difference is.")
SAMPLES_PUT_TOGETHER = _("You put the samples together. Each score of each sample has a gradient of its own.")
THE_LOSS_ITSELF = _("That is the loss. Asked for is its gradient, with an entry for each score.")
