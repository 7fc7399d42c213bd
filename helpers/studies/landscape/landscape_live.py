"""Stand anywhere on the loss landscape of a real digit classifier, and ask the network of this place about a digit."""

from helpers.kit.controls import Choice, Slider, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import probability, write
from helpers.language import Words
from helpers.studies.landscape.compute import visit
from helpers.studies.landscape.plots import LandscapePlot

_ = Words(__name__)

PLACE = _(
    "At {to_a} on the way to A and {to_b} on the way to B, the loss is {loss}, and {share} of 100 digits are read correctly."
)
RIGHT = _("The {digit} is rightly read as {digit}, with {sure}.")
WRONG = _("The {digit} is taken for {answer}, with {sure}.")
BOTH = _("{place} {opinion}")

CODE = """\
import numpy as np
from helpers.studies.landscape.compute import digit_landscape
from helpers.studies.paths.compute import cut, forward

landscape = digit_landscape()
way_to_a = landscape.network_a - landscape.start
way_to_b = landscape.network_b - landscape.start
weights = landscape.start + {to_a!r} * way_to_a + {to_b!r} * way_to_b

loss = landscape.loss(weights)
answers = forward(landscape.inputs, cut(weights))
accuracy = np.mean(answers.argmax(axis=1) == landscape.labels)
probabilities = answers[np.argmax(landscape.labels == {digit!r})]
print(f"loss {{loss:.2f}}, digits read correctly: {{accuracy:.0%}}")
print("a {digit} is read as", probabilities.argmax())
"""


class LandscapeLive(Explorer):
    """Walk on a plane through the weights of a 196-16-10 network; two of its corners are trained."""

    shows = _(
        "Left, a contour map of the loss over the way to network A and the way to network B, with your place. "
        "Right, a digit and a bar for the probability of each answer."
    )
    controls = (
        Slider("to_a", _("way to A"), 0.0, -0.5, 1.5, 0.05),
        Slider("to_b", _("way to B"), 0.0, -0.5, 1.5, 0.05),
        Choice("digit", _("digit"), 3, numbered(range(10))),
    )
    presets = {
        "network_a": Preset(_("network A"), {"to_a": 1.0}),
        "network_b": Preset(_("network B"), {"to_b": 1.0}),
        "half_way_to_a": Preset(_("half-way to A"), {"to_a": 0.5}),
        "between_a_and_b": Preset(_("between A and B"), {"to_a": 0.5, "to_b": 0.5}),
        "backwards": Preset(_("backwards"), {"to_a": -0.5, "to_b": -0.5}),
    }
    compute = staticmethod(visit)
    plot = LandscapePlot

    def describe(self, result, to_a, to_b, digit):
        answer = result.probabilities.argmax()
        place = PLACE.format(
            to_a=write(to_a, ".3g"),
            to_b=write(to_b, ".3g"),
            loss=write(result.loss, ".2f"),
            share=write(100 * result.accuracy, ".0f"),
        )
        sure = probability(result.probabilities.max())
        opinion = (RIGHT if answer == digit else WRONG).format(digit=digit, answer=answer, sure=sure)
        return BOTH.format(place=place, opinion=opinion)

    def write_code(self, **settings):
        return CODE.format(**settings)
