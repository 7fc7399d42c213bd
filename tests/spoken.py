"""What an explorer says when a button is pressed, found without its picture, which takes longest.

A process speaks one language. Sentences in another one are asked of a new process, which answers pairs of explorer and
label: python tests/spoken.py, with COURSE_LANGUAGE.
"""

import json
import sys

from modules import modules, subclasses

import helpers.studies
from helpers.kit.explorer import Explorer

modules(helpers.studies)
EXPLORERS = {explorer.__name__: explorer for explorer in subclasses(Explorer)}


def sentence(explorer, label):
    """Return what an explorer says after the preset with this label on its button, or None if there is no such button."""
    kind = EXPLORERS.get(explorer)
    for preset in kind.presets.values() if kind else ():
        if preset.label == label:
            settings = {control.name: control.value for control in kind.controls} | preset.settings
            unseen = kind.__new__(kind)
            return unseen.describe(unseen.compute(**settings), **settings)


if __name__ == "__main__":
    json.dump([sentence(*pair) for pair in json.load(sys.stdin)], sys.stdout)
