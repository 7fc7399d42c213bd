"""How words are put together: lists with commas and "and", and what depends on how many there are."""

# A language that joins or counts differently changes these, and nothing else.
COMMA, AND = "{first}, {rest}", "{first} and {last}"


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


def plural(number, one, many, **fields):
    """Fill in the template that a number asks for; `{number}` stands for it in both.

    Parameters
    ----------
    number : int
    one, many : str
        For 1, and for everything else, 0 included.
    **fields
        What else the templates name.
    """
    return (one if number == 1 else many).format(number=number, **fields)
