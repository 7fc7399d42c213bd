"""The learner's copy as a learner uses it: `make lab`, run a notebook, save it, and come back the next day."""

import json
import sys
import urllib.request

import lab
import nbformat
import publish
import pytest

from browser.pages import ExplorerOnPage, in_notebook, outputs_in_trouble
from helpers.widgets import BallLive

NOTEBOOK = "2.0-start-here.ipynb"
EXPLORER = "from helpers.widgets import BallLive\n\nBallLive()"
STUCK = BallLive.presets["stuck"]

pytestmark = [pytest.mark.browser, pytest.mark.weekly, in_notebook(NOTEBOOK)]


@pytest.fixture
def course(tmp_path):
    """Write the learner's copy, with one short notebook more, and lend it the packages that are installed here."""
    if sys.platform == "win32":
        pytest.skip("on Windows, a .venv to which another one lends its packages is laid out otherwise")
    folder = tmp_path / "the course 课程"
    publish.student(folder)
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(EXPLORER)], metadata=metadata)
    nbformat.write(notebook, folder / "notebooks" / "short.ipynb")
    lab.lend_packages(folder)
    return folder


def request(address, method="GET"):
    with urllib.request.urlopen(urllib.request.Request(address, method=method)) as answer:
        return json.loads(answer.read() or "null")


def test_the_copy_is_used_for_two_days(pages, notebook, course, tmp_path):
    """If it fails, a learner's copy does not start, asks about news, or shows an error the next day where an explorer was."""
    context = pages(notebook).context

    def open_notebook():
        page = context.new_page()
        page.goto(address("/doc/tree/notebooks/short.ipynb"))
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
        return page

    with lab.make_lab(course, tmp_path) as address:
        page = open_notebook()
        lab.run_all(page)
        explorer = ExplorerOnPage(page, BallLive)
        explorer.press(STUCK.label)
        explorer.expect(**STUCK.settings)
        assert page.get_by_text("official Jupyter news").count() == 0
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        page.close()
        for session in request(address("/api/sessions")):
            request(address(f"/api/sessions/{session['id']}"), "DELETE")
        page = open_notebook()
        ExplorerOnPage(page, BallLive).wait_for(explorer.sentence_of(**STUCK.settings))
        assert outputs_in_trouble(page) == []
        page.close()
        plugins = request(address("/lab/api/settings"))["settings"]
    defaults = {plugin["id"]: plugin["schema"].get("properties") for plugin in plugins}
    settings = json.loads((publish.ROOT / "labconfig/default_setting_overrides.json").read_text())
    for plugin, values in settings.items():
        assert {name: defaults[plugin][name]["default"] for name in values} == values, plugin
