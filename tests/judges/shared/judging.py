"""What all judges share: a case before the judge, numbers as they are written, and settings to try."""

import dataclasses
import itertools
import math
import re
from collections.abc import Callable

import numpy as np

from helpers.kit.controls import Choice, LogSlider, Player, Shape

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
# A number as people read it; groups of three, a true minus sign, or a power of ten.
NUMBER = r"−?(?:\d+(?:,\d{3})*(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
LOSS = rf"(?:less than |more than |above |below |over |under |just above )?(?:{NUMBER}|a million)"
MANY = "points|steps|digits|pixels|weights|units|entries|axes|moves|epochs|batches|samples|images|layers|values|rows|columns"
# Indices and slices are written as Python writes them.
CODE = re.compile(r"\b(?:images|tensor)\[[^\]]*\]")
UGLY = {
    r"(?<![\w’'])-\d": "a hyphen for a minus sign",
    r"−0(?![.\d])|−0\.0+(?!\d)": "a minus sign before zero",
    r"\d[eE][+-]?\d": "a number as computers write it",
    rf"(?<![\d.,−])1 ({MANY})\b": "one of many",
    r"\b(nan|inf|None)\b": "no number",
    r"  | [.,;:]": "a gap",
}


class Case:
    """A sentence before the judge: its claims are taken from the front, one by one, and held against the truth.

    Parameters
    ----------
    settings : dict
    sentence : str
    pictured : tuple of str
        All that the picture says in letters.
    """

    def __init__(self, settings, sentence, pictured=()):
        self.settings = settings
        self.rest = self.sentence = sentence
        self.pictured = pictured
        self.wrong = []
        for pattern, fault in UGLY.items():
            for text in (sentence, *pictured):
                if found := re.search(pattern, CODE.sub("code", text)):
                    self.wrong.append(f"{fault}: {found[0]!r}")

    def take(self, pattern):
        """Return a match of a pattern with what is left of the sentence, which begins behind it then; None if there is none."""
        found = re.match(pattern, self.rest)
        if found:
            self.rest = self.rest[found.end() :]
        return found

    def must(self, pattern):
        """Take a pattern, or note that the sentence goes on in words that the judge does not know."""
        found = self.take(pattern)
        if not found:
            self.wrong.append(f"cannot read {self.rest!r}")
            self.rest = ""
        return found

    def hold(self, truth, claim):
        """Note a claim that is not true."""
        if not truth:
            self.wrong.append(claim)

    def number(self, text, truth, claim, digits=2, decimals=None):
        """Note a number that is no right rounding of the truth."""
        self.hold(is_rounding(text, truth, digits, decimals), f"{claim} is {truth!r}, not {text}")

    def show(self, text, claim="the picture"):
        """Note that the picture does not say a text."""
        self.hold(any(text in words for words in self.pictured), f"{claim} does not say {text!r}")

    def close(self):
        """Return all contradictions; whatever of the sentence was not read is one, too."""
        if self.rest:
            self.wrong.append(f"cannot read {self.rest!r}")
        return self.wrong


def value(text):
    """Return the number that a text stands for."""
    text = text.replace("−", "-").replace(",", "").replace("a million", "1000000")
    power = re.search(r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$", text)
    if not power:
        return float(text)
    first = text[: power.start()].removesuffix("·") or "1"
    return float(f"{first}e{power[1].translate(SUPERSCRIPTS)}")


def is_rounding(text, truth, digits=2, decimals=None):
    """Whether a text is a right rounding of a number, to so many significant digits or decimals; or a bound that holds."""
    bound = re.match(r"(less than|below|under|more than|above|over|just above) ", text)
    if bound:
        limit = value(text[bound.end() :])
        # What is written as the limit itself may lie on either side of it.
        slack = 1e-9 * abs(limit)
        return truth < limit + slack if bound[1] in ("less than", "below", "under") else truth > limit - slack
    if not math.isfinite(truth):
        return False
    if decimals is not None:
        unit = 10.0**-decimals
    else:
        unit = 10.0 ** (math.floor(math.log10(abs(truth))) - digits + 1) if truth else 0
        unit = min(1.0, unit) if abs(truth) >= 1 else unit
    return abs(value(text) - truth) <= 0.5001 * unit + 1e-9 * min(1, abs(truth)) + 1e-12


@dataclasses.dataclass(frozen=True)
class Judge:
    """A judge of one explorer.

    Parameters
    ----------
    explorer : type
    judge : callable
        Takes a Case, and notes its contradictions in it.
    special : tuple of dict
        Settings that random ones hardly ever hit: exact edges, equals, steps that land on a minimum.
    stops : dict of str: tuple of dict
        For each sentence of a "Try this" the settings to which it leads, beside the presets.
    tries : int
        How many random settings the tests try; fewer where each of them trains a network, twice.
    """

    explorer: type
    judge: Callable
    special: tuple = ()
    stops: dict = dataclasses.field(default_factory=dict)
    tries: int = 300

    def named_settings(self):
        """Return the settings of all presets, stops and special cases."""
        explorer = self.explorer
        defaults = {control.name: control.value for control in explorer.controls}
        changes = (
            {},
            *(preset.settings for preset in explorer.presets.values()),
            *itertools.chain(*self.stops.values()),
            *self.special,
        )
        return [defaults | change for change in changes]

    def random_settings(self, count, seed=0):
        """Yield so many settings, by chance."""
        rng = np.random.default_rng(seed)
        for _ in range(count):
            yield {control.name: draw(control, rng) for control in self.explorer.controls}


def draw(control, rng):
    """Draw a setting: an end, the first value, a stop of the slider, or anything between."""
    kind = rng.random()
    if kind < 0.1:
        return control.value
    if isinstance(control, Choice):
        return list(control.choices)[rng.integers(len(control.choices))]
    if isinstance(control, Shape):
        return tuple(map(int, rng.integers(0, control.max_size + 1, rng.integers(0, control.max_rank + 1))))
    if kind < 0.2:
        return (control.low, control.high)[rng.integers(2)]
    if isinstance(control, Player):
        return int(rng.integers(control.low, control.high + 1))
    if isinstance(control, LogSlider):
        if kind < 0.8:
            stops = control.stops()
            return stops[rng.integers(len(stops))]
        return float(np.exp(rng.uniform(np.log(control.low), np.log(control.high))))
    if kind < 0.8:
        steps = round((control.high - control.low) / control.step)
        return round(control.low + control.step * int(rng.integers(steps + 1)), 6)
    return float(rng.uniform(control.low, control.high))


def hear(explorer, judge, settings):
    """Let an explorer say what it says at some settings, and return the contradictions."""
    result = explorer.compute(**settings)
    explorer.picture.update(result)
    sentence = explorer.describe(result, **settings)
    case = Case(settings, sentence, pictured_by(explorer.picture))
    judge.judge(case)
    return sentence, case.close()


def pictured_by(picture):
    """Return the texts of the artists that move, as far as they can be seen."""
    texts = (artist for artist in picture.moving if hasattr(artist, "get_text"))
    return tuple(text.get_text() for text in texts if text.get_visible() and text.get_text())
