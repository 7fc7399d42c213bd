"""Learning rate live: a path of two weights beside its loss, and one slider for the time in both."""

from helpers.kit.controls import Player, Slider
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import significant, unlike, write_loss
from helpers.language import Words
from helpers.studies.rates.compute import WALK_STEPS, walk_valley
from helpers.studies.rates.plots import WalkPlot

_ = Words(__name__)

WHOLE = _("{run} {course} {limit}")
RUN = _("Learning rate {learning_rate:g}, step {step} of {steps}: the loss is {loss}.")
CRAWLS = _(
    "Each step multiplies the weight along the valley by {along} and the one across it by {across}: "
    "both shrink so slowly that the path crawls."
)
ARRIVES = _(
    "Each step multiplies the weight along the valley by {along} and the one across it by {across}: "
    "the path drops to the floor of the valley, then follows it."
)
ZIGZAGS = _(
    "Each step multiplies the weight along the valley by {along} and the one across it by {across}: "
    "it changes sides at each step, so the path zigzags, and still gets nearer."
)
HOPS = _(
    "Each step multiplies the weight along the valley by {along} and the one across it by {across}: "
    "it changes sides at each step and is all but gone after two of them; then the path follows the floor of the valley."
)
SWINGS = _(
    "Each step multiplies the weight along the valley by {along} and the one across it by {across}: "
    "it jumps from side to side and gets neither nearer nor farther, while the path moves on along the valley."
)
DIVERGES = _(
    "Each step multiplies the weight along the valley by {along} and the one across it by {across}: "
    "each jump across is larger than the last, so the path diverges."
)
LIMIT = _("The limit is 2/4 = 0.5.")

# The steeper of the two directions is not half-way done after six steps.
CRAWL = 0.5 ** (1 / 6)
# Two steps leave less than a hundredth.
HOP = 0.1
# The lowest loss that any learning rate reaches is told from the others.
SMALLEST = 1e-5

CODE = """\
import numpy as np
from helpers.descent import descend
from helpers.optimizers import SGD
from helpers.surfaces import SURFACES

valley = SURFACES["valley"]
way = descend(valley, SGD(learning_rate={learning_rate!r}), valley.start, {steps})
print("factors:", (1 - {learning_rate!r} * np.array([0.2, 4])).round(3))
print("loss at the start:", way.losses[0].round(3))
print("weights at step {step}:", way.points[{step}].round(3))
"""


class LearningRateLive(Explorer):
    """Walk down a narrow valley with any learning rate, and watch path and loss at the same step."""

    shows = _(
        "Left, a map of the valley with the path of the two weights and a star at the minimum. Right, the "
        "loss at each step, on a logarithmic axis."
    )
    controls = (
        Slider("learning_rate", _("learning rate"), 0.2, 0.01, 0.6, 0.01),
        Player("step", _("step"), 20, 0, WALK_STEPS),
    )
    presets = {
        "crawls": Preset(_("crawls"), {"learning_rate": 0.01, "step": 60}),
        "drops_then_follows": Preset(_("drops, then follows"), {"learning_rate": 0.2, "step": 60}),
        "zigzags": Preset(_("zigzags"), {"learning_rate": 0.45, "step": 60}),
        "swings_for_ever": Preset(_("swings for ever"), {"learning_rate": 0.5, "step": 60}),
        "diverges": Preset(_("diverges"), {"learning_rate": 0.52, "step": 12}),
    }
    compute = staticmethod(walk_valley)
    plot = WalkPlot

    def describe(self, result, learning_rate, step):
        along, across = result.factors
        sentences = WHOLE.format(run=RUN, course=choose_course(across), limit=LIMIT)
        return sentences.format(
            learning_rate=learning_rate,
            step=step,
            steps=WALK_STEPS,
            loss=write_loss(result.losses[step], SMALLEST),
            along=significant(along, 3),
            across=unlike(across, -1, 3),
        )

    def write_code(self, **settings):
        return CODE.format(steps=WALK_STEPS, **settings)


def choose_course(across):
    """Choose what is said of a path whose weight across the valley is multiplied by a factor at each step."""
    if across < -1:
        return DIVERGES
    if across == -1:
        return SWINGS
    if across < 0:
        return HOPS if across > -HOP else ZIGZAGS
    return CRAWLS if across > CRAWL else ARRIVES
