"""Measure the static page beside JupyterLab on the same machine: python tests/bench_site.py, after make site.

How long until Python is there, and until the first picture; each notebook from top to bottom, and its slowest cell; the
answer of each explorer, as a ratio.
"""

import datetime
import pathlib
import statistics
import sys
import tempfile
import time

import lab
from bench import WATCH, row
from browser.pages import NOTEBOOKS, show_in_first_cell
from publish import BUILD

import helpers.widgets
from helpers.kit.explorer import Explorer

SITE = BUILD / "site"
START = "2.0-start-here.ipynb"
EXPLORERS = [
    kind for name in helpers.widgets.__all__ if issubclass(kind := getattr(helpers.widgets, name), Explorer)
]
CHANGES = 8


def seconds_of(cell):
    """Return how long a cell ran, by the times that the page has noted in it."""
    times = cell["metadata"]["execution"]
    begun, ended = (
        datetime.datetime.fromisoformat(times[event].replace("Z", "+00:00"))
        for event in ("iopub.status.busy", "iopub.status.idle")
    )
    return (ended - begun).total_seconds()


def answer(page, kind):
    """Change the first control and set it back, some times; return the median time to the new picture, in milliseconds."""
    explorer = show_in_first_cell(page, kind)
    explorer.press("Reset")
    explorer.expect()
    page.evaluate(WATCH)
    for _ in range(CHANGES):
        explorer.expect(**{kind.controls[0].name: explorer.change(kind.controls[0])})
        page.wait_for_timeout(100)
        explorer.press("Reset")
        explorer.expect()
        page.wait_for_timeout(100)
    return statistics.median(page.evaluate("times"))


def answers_of_jupyterlab():
    """Return the answer of each explorer under `make lab`."""
    with (
        tempfile.TemporaryDirectory() as name,
        lab.jupyterlab(pathlib.Path(name)) as address,
        lab.chromium() as open_page,
    ):
        page = open_page(address(START))
        page.wait_for_function(lab.IDLE)
        return {kind: answer(page, kind) for kind in EXPLORERS}


def measure_site(names):
    """Print what the page takes for the notebooks of these names, and for all explorers."""
    from playwright.sync_api import sync_playwright

    here = answers_of_jupyterlab()
    with lab.static_site(SITE) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=lab.find_browser(), args=lab.FLAGS)
        context = browser.new_context(viewport={"width": 1100, "height": 1400})

        def open_notebook(name):
            page = context.new_page()
            lab.open_site_notebook(page, address, f"notebooks/{name}")
            return page

        open_notebook(START).close()
        begun = time.monotonic()
        page = open_notebook(START)
        row("static page, opened again: until Python is there", f"{time.monotonic() - begun:.0f} s")
        show_in_first_cell(page, helpers.widgets.TrainingLive)
        row("    until the first picture", f"{time.monotonic() - begun:.0f} s", "≤ 15 s")
        for kind in EXPLORERS:
            there = answer(page, kind)
            row(
                f"static page: {kind.__name__} answers",
                f"{there:.0f} ms",
                "≤ 250 ms, 3 ×",
                f"{there / here[kind]:.1f} × JupyterLab's",
            )
        page.close()
        for name in names:
            page = open_notebook(name)
            begun = time.monotonic()
            lab.run_all(page, seconds=1800, pause=3)
            seconds = time.monotonic() - begun
            cells = lab.read_cells(page)
            slowest = max(range(len(cells)), key=lambda number: seconds_of(cells[number]))
            row(
                f"static page: {name} from top to bottom",
                f"{seconds:.0f} s",
                "≤ 120 s",
                f"cell {slowest + 1}: {seconds_of(cells[slowest]):.0f} s",
            )
            page.close()
        browser.close()


if __name__ == "__main__":
    measure_site(sys.argv[1:] or NOTEBOOKS)
