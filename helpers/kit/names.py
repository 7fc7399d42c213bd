"""Names for what ipywidgets and JupyterLab leave nameless, so that a screen reader can say what it is."""

import pathlib

import ipywidgets
from IPython.display import Javascript

SCRIPT = pathlib.Path(__file__).with_suffix(".js")


def name_things():
    """Return a widget that shows nothing and gives names to all sliders, buttons and figures of the page.

    ipywidgets 8 gives a slider's handle no name, and JupyterLab 4 a figure no text; neither has an option for it.
    """
    output = ipywidgets.Output(layout={"display": "none"})
    output.append_display_data(Javascript(SCRIPT.read_text(encoding="utf-8")))
    return output
