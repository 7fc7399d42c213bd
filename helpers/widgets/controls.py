"""The controls of an explorer: each knows its name, its label, its range, and how to make its widget."""

import dataclasses
import math
import numbers

import ipywidgets

OUT_OF_RANGE = "{label} must lie between {low:g} and {high:g}, not {value!r}."
NOT_A_CHOICE = "{label} must be one of {choices}, not {value!r}."

LAYOUT = {"width": "290px"}
STYLE = {"description_width": "initial"}


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
        if not isinstance(value, numbers.Real) or not self.low <= value <= self.high:
            raise ValueError(OUT_OF_RANGE.format(label=self.label, low=self.low, high=self.high, value=value))
        return value

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
    """A positive number that a slider moves by equal factors; `step` is in powers of ten."""

    format: str = ".3g"

    def widget(self):
        return ipywidgets.FloatLogSlider(
            value=self.value,
            min=round(math.log10(self.low)),
            max=round(math.log10(self.high)),
            step=self.step,
            description=self.label,
            readout_format=self.format,
            layout=LAYOUT,
            style=STYLE,
        )


@dataclasses.dataclass(frozen=True)
class Choice:
    """One of a few values, on a slider with named stops."""

    name: str
    label: str
    value: object
    choices: tuple

    def check(self, value):
        if value not in self.choices:
            raise ValueError(NOT_A_CHOICE.format(label=self.label, choices=self.choices, value=value))
        return value

    def widget(self):
        return ipywidgets.SelectionSlider(
            value=self.value, options=self.choices, description=self.label, layout=LAYOUT, style=STYLE
        )
