"""How a judge reads a sentence at once: each of its forms is known to the last letter, and each number in it is compared."""

import ast
import functools
import re

from judges.shared.judging import is_rounding, value

OTHER = "{what} is {true!r}, not {said!r}"


class Unreadable(Exception):
    """A sentence, or a part of it, in words that the judge does not know."""


class Form:
    """One form of a sentence, with a name for each of its claims."""

    def __init__(self, *patterns):
        self.pattern = re.compile("".join(patterns))

    def read(self, text):
        match = self.pattern.fullmatch(text)
        if match is None:
            raise Unreadable(text)
        return match.groupdict()


def reads(judge):
    """Make a judge of a case of a function that takes settings, sentence and what the picture says, and lists contradictions."""

    @functools.wraps(judge)
    def hear(case):
        try:
            case.wrong += judge(case.settings, case.sentence, case.pictured)
        except Unreadable as sentence:
            case.wrong.append(f"cannot read {str(sentence)!r}")
        case.rest = ""

    return hear


def unequal(**pairs):
    """List what is said otherwise than it is; a pair is what is said and what is true."""
    return [
        OTHER.format(what=name.replace("_", " "), said=said, true=true)
        for name, (said, true) in pairs.items()
        if said != true
    ]


def untrue(**facts):
    """List the statements that do not hold, by their names."""
    return [name.replace("_", " ") for name, holds in facts.items() if not holds]


def misrounded(said, *numbers):
    """List the numbers that are no right rounding: for each its name, the truth, and how `agrees` compares it."""
    return [
        OTHER.format(what=name, said=said[name], true=truth)
        for name, truth, *how in numbers
        if not agrees(said[name], truth, **(how[0] if how else {"digits": 12}))
    ]


def agrees(text, truth, digits=2, decimals=None, slack=0.0):
    """Say whether a text is a right rounding of a number that was found in another way, and so only up to a slack."""
    text = text.removesuffix(" %")
    if any(is_rounding(text, number, digits, decimals) for number in (truth - slack, truth, truth + slack)):
        return True
    return " than " not in text and abs(value(text) - truth) <= slack


def shape_of(text):
    """Read a shape that is written as Python writes it."""
    return ast.literal_eval(text)


def minus(text):
    """Write true minus signs as Python does."""
    return text.replace("−", "-")
