"""The controls of an explorer: each knows its name, its label, its range, and how to make its widget."""

import dataclasses
import math
import numbers
import re

import ipywidgets

from helpers.language import Words

_ = Words(__name__)

OUT_OF_RANGE = _("{label} must lie between {low:g} and {high:g}, not {value!r}.")
NOT_A_CHOICE = _("{label} must be one of {choices}, not {value!r}.")
NOT_A_SHAPE = _("{label}: {part!r} is no whole number. A shape is a row of whole numbers, such as 3, 4.")
EMPTY_SHAPE = _("{label}: type a shape such as 3, 4, or () for a single number.")
NEGATIVE_SIZE = _("{label}: an axis cannot have {size} entries; the smallest size is 0.")
TOO_LONG = _("{label}: an axis of {size} entries is too long to be drawn here; {max_size} is the most.")
TOO_MANY_AXES = _("{label}: {rank} axes are too many to be drawn here; {max_rank} is the most.")

# Two beside each other where there is room for it.
LAYOUT = {"width": "clamp(260px, 50% - 4px, 290px)", "max_width": "100%"}
STYLE = {"description_width": "initial"}

# By which names.js knows the sliders that heed no typing.
NAMED_STOPS = "course-stops"

# Even steps to the eye on a logarithmic scale, and short to read.
STOPS_A_DECADE = (1, 1.5, 2, 3, 5, 7)


def numbered(values):
    """Return choices of numbers, which are their own labels."""
    return {value: str(value) for value in values}


@dataclasses.dataclass(frozen=True)
class Control:
    """What a learner moves: a kind of control says what it takes, and which widget stands for it.

    Parameters
    ----------
    name : str
        By which settings and code know it.
    label : str
        Which people see.
    value : object
        The first setting.
    """

    name: str
    label: str
    value: object

    def check(self, value):
        """Return a setting in its usual type; raise a ValueError that says what is allowed if it is none."""
        raise NotImplementedError

    def widget(self):
        """Return a new widget that shows the first setting; its `value` is what is read."""
        raise NotImplementedError

    def shown(self, value):
        """Return what the widget shows for a setting."""
        return value

    def read(self, value):
        """Return the setting that the widget's value stands for."""
        return value

    def companions(self, widget):
        """Return what stands beside the control's own widget, which it may move."""
        return []


@dataclasses.dataclass(frozen=True)
class Range(Control):
    """A number between two others, both of them allowed."""

    value: float
    low: float
    high: float

    def check(self, value):
        """Return the value as a float if it lies in the range; raise a ValueError that says the range if not."""
        is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
        if not is_number or not self.low <= value <= self.high:
            raise ValueError(OUT_OF_RANGE.format(label=self.label, low=self.low, high=self.high, value=value))
        return float(value)


@dataclasses.dataclass(frozen=True)
class Slider(Range):
    """A number between two others, in even steps.

    Parameters
    ----------
    step : float
        From one stop to the next; any number between is allowed, too.
    format : str
        How the number beside the slider is written, as in Python.
    """

    step: float
    format: str = ".2f"

    def read(self, value):
        # Sums of steps are off by rounding.
        return round(value, 6)

    def widget(self):
        return ipywidgets.FloatSlider(
            value=self.value,
            min=self.low,
            max=self.high,
            step=self.step,
            description=self.label,
            readout_format=self.format,
            layout=LAYOUT,
            style=STYLE,
        )


@dataclasses.dataclass(frozen=True)
class LogSlider(Range):
    """A positive number on a slider with round stops, as many in each power of ten; any number between is allowed."""

    def stops(self):
        """Return the numbers at which the slider stops, in their order."""
        decades = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        stops = [float(f"{stop}e{decade}") for decade in decades for stop in STOPS_A_DECADE]
        return [stop for stop in stops if self.low <= stop <= self.high]

    def shown(self, value):
        return min(self.stops(), key=lambda stop: abs(math.log(stop / value)))

    def widget(self):
        return ipywidgets.SelectionSlider(
            value=self.shown(self.value),
            options=[(f"{stop:g}", stop) for stop in self.stops()],
            description=self.label,
            layout=LAYOUT,
            style=STYLE,
        ).add_class(NAMED_STOPS)


@dataclasses.dataclass(frozen=True)
class Choice(Control):
    """One of a few values, on a slider with a stop for each.

    Parameters
    ----------
    choices : dict
        For each value that settings and code know it by, its label, which people see.
    """

    choices: dict

    def check(self, value):
        """Return the choice that equals the value; raise a ValueError that lists them if not."""
        choices = tuple(self.choices)
        if value not in choices:
            raise ValueError(NOT_A_CHOICE.format(label=self.label, choices=choices, value=value))
        return choices[choices.index(value)]

    def options(self):
        """Return the choices as a widget wants them, each label before its value."""
        return [(label, value) for value, label in self.choices.items()]

    def widget(self):
        return ipywidgets.SelectionSlider(
            value=self.value, options=self.options(), description=self.label, layout=LAYOUT, style=STYLE
        ).add_class(NAMED_STOPS)


@dataclasses.dataclass(frozen=True)
class Options(Choice):
    """One of a few named possibilities, each on a button of its own."""

    def widget(self):
        return ipywidgets.ToggleButtons(
            value=self.value,
            options=self.options(),
            description=self.label,
            # Else the label takes a line of its own, also where there is room beside it.
            layout={
                "width": "max-content",
                "max_width": "100%",
                "height": "auto",
                "display": "flex",
                "flex_flow": "row wrap",
                "align_items": "center",
                "grid_gap": "0 8px",
            },
            style={"description_width": "initial", "button_width": "auto"},
        )


@dataclasses.dataclass(frozen=True)
class Menu(Choice):
    """One of many named possibilities, in a list that opens."""

    def widget(self):
        return ipywidgets.Dropdown(
            value=self.value, options=self.options(), description=self.label, layout=LAYOUT, style=STYLE
        )


@dataclasses.dataclass(frozen=True)
class Player(Range):
    """A whole number between two others, beside a button that lets it count up by itself.

    Parameters
    ----------
    interval : int
        Milliseconds from one number to the next.
    """

    interval: int = 100

    def check(self, value):
        """Return the value as an int if it lies in the range; raise a ValueError that says the range if not."""
        return round(super().check(value))

    def widget(self):
        return ipywidgets.IntSlider(
            value=self.value,
            min=self.low,
            max=self.high,
            description=self.label,
            layout=LAYOUT,
            style=STYLE,
        )

    def companions(self, widget):
        """Return the buttons that play; the slider follows them by way of the kernel, which knows who moved."""
        return [ipywidgets.Play(value=self.value, min=self.low, max=self.high, interval=self.interval)]


@dataclasses.dataclass(frozen=True)
class Shape(Control):
    """The shape of a tensor, typed as whole numbers between commas.

    Parameters
    ----------
    max_rank, max_size : int
        The most axes, and the most entries along one.
    """

    value: tuple
    max_rank: int
    max_size: int

    def check(self, value):
        """Return the shape as a tuple, from a tuple, a list or a text; raise a ValueError that says what is wrong."""
        parts = re.split(r"[\s,]+", value.strip(" ()[],")) if isinstance(value, str) else value
        if isinstance(value, str) and parts == [""]:
            if value.strip() != "()":
                raise ValueError(EMPTY_SHAPE.format(label=self.label))
            parts = []
        if not isinstance(parts, (tuple, list)):
            raise ValueError(NOT_A_SHAPE.format(label=self.label, part=value))
        if len(parts) > self.max_rank:
            raise ValueError(TOO_MANY_AXES.format(label=self.label, rank=len(parts), max_rank=self.max_rank))
        return tuple(self.check_size(part) for part in parts)

    def check_size(self, part):
        if not re.fullmatch(r"-?\d{1,9}", str(part)) or isinstance(part, bool):
            raise ValueError(NOT_A_SHAPE.format(label=self.label, part=part))
        size = int(part)
        if size < 0:
            raise ValueError(NEGATIVE_SIZE.format(label=self.label, size=size))
        if size > self.max_size:
            raise ValueError(TOO_LONG.format(label=self.label, size=size, max_size=self.max_size))
        return size

    def shown(self, value):
        return ", ".join(map(str, value)) or "()"

    def read(self, value):
        return self.check(value)

    def widget(self):
        return ipywidgets.Text(
            value=self.shown(self.value), description=self.label, layout=LAYOUT, style=STYLE
        )
