"""Sharper pictures for screens that have more pixels than a page counts: a page asks for one when a picture stands still."""

import pathlib

import ipywidgets
from IPython.display import Javascript

SCRIPT = pathlib.Path(__file__).with_suffix(".js")


def when_still(sharpen):
    """Return a widget that shows nothing; through it, the page calls `sharpen` when a picture should have more pixels."""
    button = ipywidgets.Button()
    button.add_class("explorer-sharpen")
    button.on_click(lambda _: sharpen())
    output = ipywidgets.Output()
    output.append_display_data(Javascript(f"{SCRIPT.read_text(encoding='utf-8').strip()}();"))
    return ipywidgets.Box([button, output], layout={"display": "none"})
