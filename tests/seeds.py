"""Run what the notebooks conclude with other seeds, and say which conclusions hold: python tests/seeds.py [notebooks/NAME.ipynb ...].

A cell tagged `seed:NAME` assigns a whole number to NAME. The last line that a cell tagged `conclusion` prints must read
as it was saved, whatever the seed; one run read as a rule is the mistake that the course warns of. The exit status is 1
if a conclusion fails.
"""

import argparse
import ast
import collections
import contextlib
import io
import os
import pathlib
import sys

import matplotlib
import nbformat
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot
from reader import SEED, tags

NOTEBOOKS = pathlib.Path(__file__).resolve().parents[1] / "notebooks"
CONCLUSION = "conclusion"

HEADING = "{notebook} [{number}] {line}"
HOLDS = "    {count} of {count}"
FAILS = "    {holding} of {count}"
INSTEAD = "    with {seeds}: {line}"
SILENT = "(nothing printed)"
STOPPED = "(cell {number} stopped with {kind}: {error})"
NO_ASSIGNMENT = "The tag {tag} names no `{name} = whole number` at the margin of its cell."


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("notebooks", nargs="*", type=pathlib.Path, help="default: all")
    options.add_argument("--seeds", type=int, default=10, help="how many, from 0 on (default: 10)")
    options = options.parse_args()
    holds = [
        report(path.stem, conclusion)
        for path in options.notebooks or sorted(NOTEBOOKS.glob("*.ipynb"))
        for conclusion in try_seeds(path, range(options.seeds))
    ]
    sys.exit(not all(holds))


def report(notebook, conclusion):
    """Print what a conclusion says with each seed; return whether it always says what was saved."""
    number, saved, lines = conclusion
    print(HEADING.format(notebook=notebook, number=number, line=saved))
    others = collections.defaultdict(list)
    for seed, line in lines.items():
        if line != saved:
            others[line].append(seed)
    failing = sum(map(len, others.values()))
    count = FAILS if others else HOLDS
    print(count.format(count=len(lines), holding=len(lines) - failing))
    for line, seeds in others.items():
        print(INSTEAD.format(seeds=", ".join(map(str, seeds)), line=line), flush=True)
    return not others


def try_seeds(path, seeds):
    """Run a notebook once for each seed.

    Returns
    -------
    list of (number, saved, lines)
        For each conclusion, the number of its cell, its line as saved, and a dictionary of the lines by seed.
    """
    cells = nbformat.read(path, as_version=4).cells
    saved = {number: last_line(saved_text(cells[number])) for number in conclusions(cells)}
    if not saved:
        return []
    with contextlib.chdir(path.parent):
        found = {seed: run(cells[: max(saved) + 1], seed) for seed in seeds}
    return [(number, saved[number], {seed: found[seed][number] for seed in seeds}) for number in saved]


def run(cells, seed):
    """Run cells in a namespace of their own; return the last line of each conclusion."""
    namespace, lines = {"__name__": "__main__"}, {}
    numbers = conclusions(cells)
    for number, cell in enumerate(cells):
        if cell.cell_type != "code" or waits_for_a_person(cell):
            continue
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(seeded(cell, seed), f"cell {number}", "exec"), namespace)
        except Exception as error:
            stopped = STOPPED.format(number=number, kind=type(error).__name__, error=error)
            return lines | {left: stopped for left in numbers if left >= number}
        finally:
            pyplot.close("all")
        if number in numbers:
            lines[number] = last_line(printed.getvalue())
    return lines


def seeded(cell, seed):
    """Return the code of a cell as a syntax tree, with another number where its tags say that a seed stands."""
    tree = ast.parse(cell.source)
    for tag in tags(cell):
        if tag.startswith(SEED):
            assignment(tree, tag).value = ast.Constant(seed)
    return ast.fix_missing_locations(tree)


def assignment(tree, tag):
    """Find the assignment that a tag such as `seed:seed` names; raise a ValueError if there is none."""
    name = tag.removeprefix(SEED)
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Constant(value=int())) if target == name:
                return statement
    raise ValueError(NO_ASSIGNMENT.format(tag=tag, name=name))


def conclusions(cells):
    """Return the numbers of the cells that hold a conclusion."""
    return [number for number, cell in enumerate(cells) if CONCLUSION in tags(cell)]


def waits_for_a_person(cell):
    """Say whether a cell is an exercise that nobody has solved, or an explorer that nobody moves."""
    return "exercise" in tags(cell) or "from helpers.widgets import" in cell.source


def saved_text(cell):
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def last_line(text):
    return text.rstrip().rpartition("\n")[2] or SILENT


if __name__ == "__main__":
    os.environ["COURSE_PROGRESS"] = os.devnull
    matplotlib.use("Agg")
    # Pictures and tables that cells display go nowhere: only what they print counts.
    InteractiveShell.instance(display_pub_class=CapturingDisplayPublisher)
    main()
