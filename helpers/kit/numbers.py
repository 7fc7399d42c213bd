"""How numbers are written for people, in pictures and sentences alike: rounded, with a true minus sign, and never −0."""

from helpers.language import Words

_ = Words(__name__)

TOO_LARGE, TOO_SMALL = _("more than {largest}"), _("less than {smallest}")
ABOVE_A_MILLION = _("more than a million")
SHARE = _("{whole} %")
NEARLY_ALL, HARDLY_ANY = _("more than 99 %"), _("less than 1 %")
BELOW_ONE = 0.999
POWER = "{first}·10{power}"
POINT = "({coordinates})"

# As many as a float64 has.
MOST_DIGITS = 15
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def write(number, form):
    """Write a number in one of Python's formats for floats, such as ".2f", with a true minus sign and without one before a zero."""
    sign = "+" if form.startswith("+") else ""
    return f"{float(number):{sign}z{form.removeprefix('+')}}".replace("-", "−")


def significant(number, digits=2, decimals=None):
    """Write a number with so many significant digits, without an exponent.

    Parameters
    ----------
    number : float
    digits : int
        Digits before the point are written even if they are more.
    decimals : int or None
        Digits after the point, at most. What is too small for them but not 0 is written as 0.00, with all of them.
    """
    if number == 0:
        return "0"
    power = int(f"{number:.{digits - 1}e}".split("e")[1])
    places = max(0, digits - 1 - power)
    text = write(number, f",.{places if decimals is None else min(places, decimals)}f")
    return text.rstrip("0").rstrip(".") if "." in text and text.strip("−0.") else text


def unlike(number, other, digits=2):
    """Write a number with so many significant digits, or with as many more as it takes to tell it from another."""
    while significant(number, digits) == significant(other, digits) and digits < MOST_DIGITS:
        digits += 1
    return significant(number, digits)


def with_power(number, digits=2):
    """Write a number with so many significant digits; one below a thousandth with a power of ten, as 1.5·10⁻⁸."""
    if number == 0 or abs(number) >= 1e-3:
        return significant(number, digits)
    first, power = f"{number:.{digits - 1}e}".split("e")
    text = POWER.format(
        first=significant(float(first), digits), power=str(int(power)).translate(SUPERSCRIPTS)
    )
    return text.removeprefix("1·")


def write_loss(loss, smallest=0.001, largest=1e6):
    """Write a loss in two digits, or in as many as it has before the point; beyond two limits, say only that it is."""
    if loss > largest:
        return ABOVE_A_MILLION if largest == 1e6 else TOO_LARGE.format(largest=significant(largest))
    if loss < smallest:
        return TOO_SMALL.format(smallest=significant(smallest))
    return significant(loss)


def percent(share):
    """Write a share as whole per cents; 0 % is none at all, and 100 % is all."""
    if 0 < share <= 0.005:
        return HARDLY_ANY
    if 0.995 <= share < 1:
        return NEARLY_ALL
    return SHARE.format(whole=write(100 * share, ",.0f"))


def probability(share):
    """Write the probability that a softmax gives as whole per cents; one that is rounded to 1 is still not certain."""
    return percent(min(share, BELOW_ONE))


def write_point(point, write):
    """Write the coordinates of a point between brackets, each as `write` has it."""
    return POINT.format(coordinates=", ".join(map(write, point)))
