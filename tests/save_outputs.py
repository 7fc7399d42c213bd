"""Run notebooks from top to bottom and save them with outputs that are the same on every machine.

A picture that was saved before stays, where nothing else changed and it looks the same, or shows what was measured.

python tests/save_outputs.py [notebooks/NAME.ipynb ...]
"""

import base64
import copy
import os
import pathlib
import sys

import nbformat
from nbclient import NotebookClient
from pictures import nearly_equal
from reader import ALL_NOTEBOOKS, tags

# Whatever the person at this machine has solved, a learner has solved nothing yet.
NOTHING_SOLVED = {"COURSE_PROGRESS": os.devnull}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
PICTURE = "image/png"
# What is said of a cell: its tags, whether it is folded away, and which version of which English cell it translates.
METADATA = ("tags", "jupyter", "english")
# What is said of an output: the text for a picture, and of which explorer it is.
KEPT = (PICTURE, "explorer")


def run(path):
    notebook = nbformat.read(path, as_version=4)
    # Printed lines come together as they happen to; in one piece, they are the same each time.
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=600,
        coalesce_streams=True,
        resources={"metadata": {"path": path.parent}},
    )
    client.execute(env=os.environ | NOTHING_SOLVED)
    return notebook


def strip(notebook):
    """Take out what differs from run to run: live views, times and the machine's Python.

    A cell keeps its id, by which nbdime knows it again when others are put before it.
    """
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        # By the last two, nbconvert writes a script as one: with the texts as comments, and .py at the end of its name.
        "language_info": {"name": "python", "file_extension": ".py", "nbconvert_exporter": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {name: value for name, value in cell.metadata.items() if name in METADATA}
        if "solution" in cell.metadata.get("tags", []):
            cell.metadata["jupyter"] = {"source_hidden": True}
        if "outputs" in cell:
            # An explorer's view is an output of its own, and others stand beside it for pages without a kernel.
            cell.outputs = [output for output in cell.outputs if [*output.get("data", {})] != [WIDGET_VIEW]]
            for output in cell.outputs:
                output.get("data", {}).pop(WIDGET_VIEW, None)
                if "metadata" in output:
                    output.metadata = {
                        name: output.metadata[name] for name in KEPT if name in output.metadata
                    }
    return notebook


def keep_pictures(notebook, saved):
    """Put the saved pictures back into cells whose source and other outputs are as they were, see above."""
    before = {cell.id: cell for cell in saved.cells}
    for cell in notebook.cells:
        old_cell = before.get(cell.id)
        if old_cell is None or without_pictures(cell) != without_pictures(old_cell):
            continue
        for output, old_output in zip(cell.get("outputs", []), old_cell.get("outputs", []), strict=True):
            if PICTURE in output.get("data", {}):
                new, old = (base64.b64decode(part.data[PICTURE]) for part in (output, old_output))
                if "measured" in tags(cell) or nearly_equal(new, old):
                    output.data[PICTURE] = old_output.data[PICTURE]
    return notebook


def without_pictures(cell):
    """Return the source of a cell and its outputs without pictures, to compare them."""
    outputs = copy.deepcopy(cell.get("outputs", []))
    for output in outputs:
        if PICTURE in output.get("data", {}):
            output.data[PICTURE] = ""
    return cell.source, outputs


if __name__ == "__main__":
    for path in [pathlib.Path(name) for name in sys.argv[1:]] or ALL_NOTEBOOKS:
        saved = nbformat.read(path, as_version=4)
        nbformat.write(keep_pictures(strip(run(path)), saved), path)
        print("saved", path.name)
