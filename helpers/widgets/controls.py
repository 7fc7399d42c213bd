"""The controls of an explorer: each knows its name, its label, its range, and how to make its widget."""

import dataclasses
import math
import numbers

import ipywidgets

OUT_OF_RANGE = "{label} must lie between {low:g} and {high:g}, not {value!r}."
NOT_A_CHOICE = "{label} must be one of {choices}, not {value!r}."

LAYOUT = {"width": "290px"}
STYLE = {"description_width": "initial"}

# Even steps to the eye on a logarithmic scale, and short to read.
STOPS_A_DECADE = (1, 1.5, 2, 3, 5, 7)


@dataclasses.dataclass(frozen=True)
class Slider:
    """A number between two others, in even steps."""

    name: str
    label: str
    value: float
    low: float
    high: float
    step: float
    format: str = ".2f"

    def check(self, value):
        """Return the value as a float if it lies in the range; raise a ValueError that says the range if not."""
        if not isinstance(value, numbers.Real) or not self.low <= value <= self.high:
            raise ValueError(OUT_OF_RANGE.format(label=self.label, low=self.low, high=self.high, value=value))
        return float(value)

    def shown(self, value):
        """Return what the widget shows for a setting."""
        return value

    def read(self, value):
        """Return the setting that the widget's value stands for."""
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
class LogSlider(Slider):
    """A positive number on a slider with round stops, as many in each power of ten; any number between is allowed."""

    step: None = None

    def stops(self):
        decades = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        stops = [float(f"{stop}e{decade}") for decade in decades for stop in STOPS_A_DECADE]
        return [stop for stop in stops if self.low <= stop <= self.high]

    def shown(self, value):
        return min(self.stops(), key=lambda stop: abs(math.log(stop / value)))

    def read(self, value):
        return value

    def widget(self):
        return ipywidgets.SelectionSlider(
            value=self.shown(self.value),
            options=[(f"{stop:g}", stop) for stop in self.stops()],
            description=self.label,
            layout=LAYOUT,
            style=STYLE,
        )


@dataclasses.dataclass(frozen=True)
class Choice:
    """One of a few values, on a slider with a stop for each."""

    name: str
    label: str
    value: object
    choices: tuple

    def check(self, value):
        """Return the choice that equals the value; raise a ValueError that lists them if not."""
        if value not in self.choices:
            raise ValueError(NOT_A_CHOICE.format(label=self.label, choices=self.choices, value=value))
        return self.choices[self.choices.index(value)]

    def shown(self, value):
        """Return what the widget shows for a setting."""
        return value

    def read(self, value):
        """Return the setting that the widget's value stands for."""
        return value

    def widget(self):
        return ipywidgets.SelectionSlider(
            value=self.value, options=self.choices, description=self.label, layout=LAYOUT, style=STYLE
        )
