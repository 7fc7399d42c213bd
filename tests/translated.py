"""Say which translated cells have an English cell that has changed since, and mark those that were looked at.

python tests/translated.py                                     name all cells that are out of date
python tests/translated.py notebooks/zh_CN/NAME.ipynb CELL ... these cells translate what the English ones say now
"""

import hashlib
import pathlib
import sys

import nbformat
from reader import FOLDER, TRANSLATED

UP_TO_DATE = "Every translated cell translates what its English cell says now."
OUT_OF_DATE = "{notebook} {cell}: its English cell has changed since it was translated, or is gone."
NO_CELL = "{notebook} has no cell {cell}."


def version(source):
    """Return the mark by which a translated cell knows its English text again."""
    return hashlib.sha256(source.encode()).hexdigest()[:8]


def english_versions(path):
    """Map the ids of the English cells that a translated notebook's cells should translate to their marks."""
    cells = nbformat.read(FOLDER / path.name, as_version=4).cells
    return {cell.id: version(cell.source) for cell in cells}


def out_of_date(path):
    """Name the cells of a translated notebook that say they translate something else than what is in English now."""
    now = english_versions(path)
    return [
        cell.id
        for cell in nbformat.read(path, as_version=4).cells
        if "english" in cell.metadata and cell.metadata.english != now.get(cell.id)
    ]


def mark(path, names):
    """Say of these cells of a translated notebook that they translate what is in English now.

    Raises
    ------
    ValueError
        If one of them is not there, in either language.
    """
    now = english_versions(path)
    notebook = nbformat.read(path, as_version=4)
    cells = {cell.id: cell for cell in notebook.cells if cell.id in now}
    for name in names:
        if name not in cells:
            raise ValueError(NO_CELL.format(notebook=path.name, cell=name))
        cells[name].metadata["english"] = now[name]
    nbformat.write(notebook, path)


if __name__ == "__main__":
    if sys.argv[1:]:
        try:
            mark(pathlib.Path(sys.argv[1]), sys.argv[2:])
        except ValueError as error:
            sys.exit(str(error))
    found = [(path.relative_to(FOLDER), cell) for path in TRANSLATED for cell in out_of_date(path)]
    print(
        *(OUT_OF_DATE.format(notebook=path, cell=cell) for path, cell in found) if found else [UP_TO_DATE],
        sep="\n",
    )
