"""A race of optimizers, step by step: who arrives first on a surface, and what the learning rate does to each."""

from helpers.kit.controls import LogSlider, Menu, Player
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.numbers import significant, unlike, write_loss
from helpers.kit.words import enumerated
from helpers.language import Words
from helpers.studies.races.compute import NEAR, WATCHED_STEPS, ranking, watch_race
from helpers.studies.races.plots import RACER_LABELS, TRACK_LABELS, RacePlot

_ = Words(__name__)

NOBODY_ELSE = _('Step {step} on the surface "{surface}", with {factor:g} × the tuned learning rates: {near}.')
SOME_BEHIND = _(
    'Step {step} on the surface "{surface}", with {factor:g} × the tuned learning rates: {near}; behind: {behind}.'
)
SOME_LOST = _(
    'Step {step} on the surface "{surface}", with {factor:g} × the tuned learning rates: {near}; lost in numbers beyond a million: {lost}.'
)
SOME_BEHIND_SOME_LOST = _(
    'Step {step} on the surface "{surface}", with {factor:g} × the tuned learning rates: {near}; behind: {behind}; lost in numbers beyond a million: {lost}.'
)
NEAR_BY = _("within {near} of the lowest loss: {names}")
NOBODY_YET = _("nobody is within {near} of the lowest loss")
RACER = _("{name} ({loss})")

CODE = """\
from helpers.descent import descend
from helpers.optimizers import SGD, Adagrad, Adam, RMSprop
from helpers.studies.races.compute import TRACKS

surface = TRACKS[{surface!r}]
rates = {rates!r}
racers = {{
    "SGD": SGD(rates[0]),
    "momentum": SGD(rates[1], momentum=0.9),
    "Nesterov": SGD(rates[2], momentum=0.9, nesterov=True),
    "Adagrad": Adagrad(rates[3]),
    "RMSprop": RMSprop(rates[4]),
    "Adam": Adam(rates[5]),
}}
lowest = surface.loss(surface.minima[0])
for name, optimizer in racers.items():
    way = descend(surface, optimizer, surface.start, {step})
    racers[name] = way.losses - lowest
    stopped = "" if way.stopped_at is None else ", the last before the numbers overflow"
    print(f"{{name}}: {{way.losses[-1] - lowest:.2g}} above the lowest loss{{stopped}}")
"""


class RaceLive(Explorer):
    """Let six optimizers race on a surface; stop the race at any step, or change the learning rate of all."""

    shows = _(
        "Left, a map of the surface with the paths of six optimizers. In the middle, the loss of each at each "
        "step, on a logarithmic axis. Right, their names, the lowest loss first."
    )
    controls = (
        Menu("surface", _("surface"), "valley", TRACK_LABELS),
        LogSlider("factor", _("learning rate, × tuned"), 1.0, 0.01, 10),
        Player("step", _("step"), 30, 0, WATCHED_STEPS, interval=120),
    )
    presets = {
        "the_start": Preset(_("the start"), {"step": 5}),
        "the_valley_turned": Preset(_("the valley turned"), {"surface": "turned valley"}),
        "round_bowl": Preset(_("round bowl"), {"surface": "bowl", "step": 2}),
        "a_local_minimum": Preset(_("a local minimum"), {"surface": "two hollows", "step": 60}),
        "no_arrival": Preset(_("no arrival"), {"surface": "kink", "step": 60}),
        "too_fast": Preset(_("too fast"), {"factor": 10.0}),
        "too_slow": Preset(_("too slow"), {"factor": 0.05}),
    }
    compute = staticmethod(watch_race)
    plot = RacePlot

    def describe(self, result, surface, factor, step):
        names, losses = list(RACER_LABELS.values()), result.losses[step]
        near, behind, lost = [], [], []
        for racer in ranking(losses):
            if result.lost[racer] <= step:
                lost.append(names[racer])
            elif losses[racer] <= NEAR:
                near.append(names[racer])
            else:
                behind.append(RACER.format(name=names[racer], loss=say_loss(losses[racer])))
        near, behind, lost = (enumerated(racers) if racers else "" for racers in (near, behind, lost))
        if behind:
            text = SOME_BEHIND_SOME_LOST if lost else SOME_BEHIND
        else:
            text = SOME_LOST if lost else NOBODY_ELSE
        return text.format(
            step=step,
            surface=TRACK_LABELS[surface],
            factor=factor,
            near=(NEAR_BY if near else NOBODY_YET).format(near=NEAR, names=near),
            behind=behind,
            lost=lost,
        )

    def write_code(self, surface, factor, step):
        rates = watch_race(surface, factor, step).learning_rates.tolist()
        return CODE.format(surface=surface, step=step, rates=[float(f"{rate:.12g}") for rate in rates])


def say_loss(loss):
    """Write a loss of one who is behind: never as the very loss that he is behind of."""
    return unlike(loss, NEAR) if significant(loss) == significant(NEAR) else write_loss(loss)
