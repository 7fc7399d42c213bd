"""For all tests and notebooks: nothing is solved, nothing kept; at the end, what it cost, and the cells that took longest."""

import os
import re

import pytest
from hypothesis import settings

pytest_plugins = ["costs"]

SLOWEST = 8
TITLE = "slowest cells, as JupyterLab numbers them"
CELL = "{seconds:6.1f} s  {notebook} [{number}]"

os.environ["COURSE_PROGRESS"] = os.devnull
# What tests know is English; those of another language start a process for it.
os.environ.pop("COURSE_LANGUAGE", None)
# A checkout may be read-only.
settings.register_profile("course", database=None)
settings.load_profile("course")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave notebooks in other languages to `make test-all`: tests/test_translation.py compares their code and numbers."""
    for item in items:
        if re.search(r"(^|/)[a-z]{2}_[A-Z]{2}/[^/]+\.ipynb::", item.nodeid):
            item.add_marker(pytest.mark.weekly)


def pytest_terminal_summary(terminalreporter):
    """Print the notebook cells that took longest: 2.0 promises a learner some ten seconds at most."""
    # What was left out has no report.
    reports = [
        report for name, kind in terminalreporter.stats.items() if name != "deselected" for report in kind
    ]
    cells = [report for report in reports if ".ipynb::Cell" in getattr(report, "nodeid", "")]
    timed = sorted(cells, key=lambda report: getattr(report, "duration", 0), reverse=True)[:SLOWEST]
    if timed:
        terminalreporter.section(TITLE)
    for report in timed:
        # nbval counts the code cells from 0.
        notebook, _, number = report.nodeid.partition("::Cell ")
        line = CELL.format(seconds=report.duration, notebook=notebook, number=int(number) + 1)
        terminalreporter.line(line)
