"""Names for what ipywidgets and JupyterLab leave nameless, so that a screen reader can say what it is."""

import json
import pathlib

import ipywidgets
from IPython.display import Javascript

from helpers.language import Words, tag

_ = Words(__name__)

WORDS = {
    "language": tag(),
    "typed": _("{label}, typed"),
    "play": _("play: {label}"),
    "pause": _("pause: {label}"),
    "stop": _("stop: {label}"),
    "repeat": _("repeat: {label}"),
    "paper": _("paper: arrow keys move the pen, the space bar puts it down and lifts it"),
}

SCRIPT = pathlib.Path(__file__).with_suffix(".js")


def name_things():
    """Return a widget that shows nothing and gives names to all sliders, buttons and figures of the page.

    ipywidgets 8 gives a slider's handle no name, and JupyterLab 4 a figure no text; neither has an option for it.
    """
    output = ipywidgets.Output(layout={"display": "none"})
    script = SCRIPT.read_text(encoding="utf-8").strip()
    output.append_display_data(Javascript(f"{script}({json.dumps(WORDS)});"))
    return output
