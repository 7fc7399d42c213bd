"""What a cell showed is closed when the cell is run again, and nothing else is: counted in ipywidgets' own registry."""

import json
import subprocess
import sys

import pytest

# Cells are run by IPython as its kernel runs them, each with its id; then it prints how many widgets are open.
PROGRAM = """\
import collections, contextlib, io, json, sys
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets.widgets import widget

shell = InteractiveShell.instance(history_length=0)
shell.history_manager.enabled = False
opened = []
for cell, source in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        done = exec(source, shell.user_ns) if cell == "between cells" else shell.run_cell(source, cell_id=cell)
    assert done is None or done.success or "fails" in source, printed.getvalue()
    kinds = collections.Counter(type(one).__name__ for one in widget._instances.values())
    opened.append(dict(kinds))
print(json.dumps(opened))
"""
SHOW = """\
import ipywidgets
from helpers.kit.live import LiveView

view = LiveView([ipywidgets.HBox([ipywidgets.IntSlider()])])
view.show()
"""
# Of the view above: itself, the row, the slider, and the text that holds its style.
WIDGETS = {"LiveView": 1, "HBox": 1, "IntSlider": 1, "HTML": 1}


def run(*cells):
    """Run cells, each an id and its source, in a new IPython; return the open widgets after each, by their kind."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=json.dumps(cells), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def views(*cells):
    return [kinds.get("LiveView", 0) for kinds in run(*cells)]


def test_a_cell_that_is_run_again_closes_all_that_it_showed():
    """Else each *Run All* adds hundreds of widgets to the kernel, and to the file that the page saves."""
    first, *later = run(*[("a", SHOW)] * 5)
    assert first == first | WIDGETS
    assert later == [first] * 4


def test_other_cells_keep_what_they_show():
    """Else an explorer dies because the cell of another one is run."""
    assert views(("a", SHOW), ("b", SHOW), ("a", SHOW), ("c", "1"), ("b", SHOW)) == [1, 2, 2, 2, 2]


def test_what_two_cells_show_lives_until_both_are_run_again():
    """Else an explorer that was kept in a variable and shown once more dies where it still stands."""
    again = ("b", "view.show()")
    assert views(("a", SHOW), again, ("a", SHOW), again) == [1, 1, 2, 1]
    # The cell that shows it again is run again itself: nothing has to be made anew.
    assert views(("a", SHOW), again, again, ("a", "1"), again) == [1, 1, 1, 1, 1]
    assert views(("a", SHOW), again, ("a", "1"), ("b", "1")) == [1, 1, 1, 0]


def test_a_cell_that_fails_or_shows_nothing_any_more():
    """Else what has gone from the page stays in the file."""
    assert views(("a", SHOW), ("a", "fails")) == [1, 0]
    assert views(("a", SHOW), ("a", f"{SHOW}\nfails"), ("a", "")) == [1, 1, 0]


def test_where_no_cell_is_known_nothing_is_closed():
    """Else pages that give their cells no ids, and what a button shows, lose something that stands there."""
    assert views((None, SHOW), (None, SHOW)) == [1, 2]
    assert views(("a", SHOW), ("between cells", SHOW), ("b", "1"), ("b", "1"), ("a", "1")) == [1, 2, 2, 2, 1]


@pytest.mark.parametrize("name", ["BallLive", "DrawADigit"])
def test_an_explorer_shown_again_has_a_new_view_with_its_settings(name):
    """Else an explorer that was kept, or taken from Out, is an empty place where it is shown next, or starts anew."""
    make = f"from helpers.widgets import {name} as Kind\nexplorer = Kind()\nexplorer"
    preset = "explorer.preset([*explorer.presets][-1])\nsettings = dict(explorer.settings)"
    show = "import IPython\nIPython.display.display(explorer)\nassert explorer.settings == settings"
    alive = "assert explorer.view.image.comm is not None\nassert explorer.view.image.value == explorer.picture.png()"
    first, moved, gone, *later = run(
        ("a", make), ("b", preset), ("a", "1"), ("c", show), ("d", alive), ("c", show), ("d", alive)
    )
    assert first == moved and first["LiveView"] == 1
    # ipycanvas has one manager for all canvases, which makes them all useless when it is closed.
    assert gone == {kind: 1 for kind in first if kind == "_CanvasManager"}
    assert later == [first] * 4


def test_progress_bars_are_closed_too():
    """Else each training that is run again leaves a bar in the file."""
    source = """\
from unittest import mock
from helpers import progress

with mock.patch.object(progress, "in_notebook", lambda: True), progress.progress_bar(2, " steps", "Training.") as bar:
    bar.update(2)
"""
    first, again = run(("a", source), ("a", source))
    assert first["FloatProgress"] == 1 and again == first
