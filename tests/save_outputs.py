"""Run notebooks from top to bottom and save them with outputs that are the same on every machine.

python tests/save_outputs.py [notebooks/NAME.ipynb ...]
"""

import os
import pathlib
import sys

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = pathlib.Path(__file__).resolve().parents[1] / "notebooks"
# Whatever the person at this machine has solved, a learner has solved nothing yet.
NOTHING_SOLVED = {"COURSE_PROGRESS": os.devnull}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


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
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {name: value for name, value in cell.metadata.items() if name in ("tags", "jupyter")}
        if "solution" in cell.metadata.get("tags", []):
            cell.metadata["jupyter"] = {"source_hidden": True}
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
            if "metadata" in output:
                output.metadata = {}
    return notebook


if __name__ == "__main__":
    for path in [pathlib.Path(name) for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb")):
        nbformat.write(strip(run(path)), path)
        print("saved", path.name)
