"""Numbers for people: one way to write them, held against what a reader would write by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.kit.numbers import (
    percent,
    probability,
    significant,
    unlike,
    with_power,
    write,
    write_loss,
    write_point,
)

DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [(-0.4, ".0f", "0"), (-0.004, ".2f", "0.00"), (-0.005001, ".2f", "−0.01"), (-1234.5, ",.1f", "−1,234.5")]
    + [(0.3, "+.2f", "+0.30"), (-0.3, "+.2f", "−0.30"), (-2, "g", "−2")],
)
def test_signs(number, form, text):
    """Else a sentence shows −0, or a hyphen where mathematics has a minus."""
    assert write(number, form) == text


@pytest.mark.parametrize(
    ("number", "digits", "decimals", "text"),
    [(0, 2, None, "0"), (0.0104, 2, None, "0.01"), (0.0104, 3, None, "0.0104"), (9.96, 2, None, "10")]
    + [
        (345.6, 2, None, "346"),
        (1234567, 2, None, "1,234,567"),
        (100, 3, 0, "100"),
        (-0.05, 2, None, "−0.05"),
    ]
    + [
        (1e-7, 3, 4, "0.0000"),
        (-1e-7, 3, 4, "0.0000"),
        (-0.96, 3, None, "−0.96"),
        (2e-5, 2, None, "0.00002"),
    ],
)
def test_significant_digits(number, digits, decimals, text):
    """Else a loss of 345 is written 3.5e+02, or 100 becomes 1."""
    assert significant(number, digits, decimals) == text


def test_powers_of_ten():
    """Else the step of a secant is written 1e-08, or the error of one is 1·10⁻⁸."""
    numbers = {0: "0", 1e-8: "10⁻⁸", -1.5e-8: "−1.5·10⁻⁸", 0.001: "0.001", 9.99e-4: "10⁻³", 2.718: "2.7"}
    assert with_power(5.411013e-4, 7) == "5.411013·10⁻⁴"
    for number, text in numbers.items():
        assert with_power(number) == text


def read(text):
    """Return the number that a reader makes of a text such as −1.5·10⁻⁸."""
    first, ten, power = text.replace("−", "-").replace(",", "").rpartition("10⁻")
    # A power of ten alone: once.
    first = first.removesuffix("·") or "1"
    return float(f"{first}e-{power.translate(DIGITS)}" if ten else power)


@given(st.floats(1e-12, 1e6), st.sampled_from((-1, 1)), st.integers(1, 7))
def test_what_is_written_reads_as_the_number(size, sign, digits):
    """Else 1.1·10⁻⁸ is written 1.10⁻⁸, or a digit is lost that was to be shown."""
    number = sign * size
    exact = float(f"{number:.{digits - 1}e}") if size < 10**digits else round(number)
    for text in (with_power(number, digits), significant(number, digits)):
        assert read(text) == pytest.approx(exact, rel=1e-12), text


@pytest.mark.parametrize(
    ("loss", "text"),
    [(0.0009, "less than 0.001"), (0.001, "0.001"), (1e6, "1,000,000"), (1.1e6, "more than a million")]
    + [(0, "less than 0.001"), (12.4, "12"), (2.345, "2.3")],
)
def test_losses(loss, text):
    """Else a loss is said to lie beyond a limit that it has not passed."""
    assert write_loss(loss) == text


def test_losses_with_other_limits():
    """Else a picture whose axis ends elsewhere says "less than 0.001" of what it shows."""
    assert write_loss(0.00002, smallest=1e-5) == "0.00002"
    assert write_loss(5000, 1e-4, 1000) == "more than 1,000"


def test_shares_that_are_neither_none_nor_all():
    """Else a network that takes one digit for another is called 100 % sure."""
    shares = {
        0: "0 %",
        1e-9: "less than 1 %",
        0.005: "less than 1 %",
        0.0051: "1 %",
        0.994: "99 %",
        1: "100 %",
    }
    shares |= {
        0.995: "more than 99 %",
        1 - 1e-9: "more than 99 %",
        -0.004: "0 %",
        1.3: "130 %",
        -0.02: "−2 %",
    }
    for share, text in shares.items():
        assert percent(share) == text


def test_points():
    """Else a place on the map is written otherwise than the losses beside it."""
    assert write_point((-0.5, 1e-9), lambda number: significant(number, 3, 3)) == "(−0.5, 0.000)"


def test_a_softmax_is_never_certain():
    """Else a probability that float32 rounds to 1 is called 100 %."""
    assert [probability(share) for share in (0.5, 0.994, 1.0)] == ["50 %", "99 %", "more than 99 %"]


def test_numbers_that_differ_are_written_differently():
    """Else what lies just above an edge is said to lie above it, and is written like the edge itself."""
    assert unlike(0.010004, 0.01) == "0.010004" and unlike(-1.000004, -1, 3) == "−1.000004"
    assert unlike(2.345, 0.01) == "2.3" and unlike(0.1 + 0.2, 0.3, 2) == unlike(0.3, 0.3) == "0.3"
