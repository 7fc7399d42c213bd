"""How words are put together: lists with commas and "and"."""

from helpers.language import Words

_ = Words(__name__)

# A language that joins differently changes these, and nothing else.
COMMA, AND = _("{first}, {rest}"), _("{first} and {last}")


def listed(parts):
    """Join words as a sentence does: a; a and b; a, b and c.

    Parameters
    ----------
    parts : iterable of str
        At least one.
    """
    *others, last = parts
    return AND.format(first=enumerated(others), last=last) if others else last


def enumerated(parts):
    """Join words by commas alone: a; a, b; a, b, c."""
    first, *rest = parts
    return COMMA.format(first=first, rest=enumerated(rest)) if rest else first
