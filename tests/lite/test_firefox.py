"""The built site in Firefox, where there is one."""

import contextlib
import json
import os

import pytest
from reader import FOLDER

from helpers.widgets import MomentumLive

from .firefox import find_firefox, firefox
from .test_site import START, differences

pytestmark = pytest.mark.site

RIGHT = "\ue014"
PANEL = "document.querySelector('.jp-NotebookPanel:has(.jp-Cell)')"
# The status bar of a narrow window leaves the word out.
IDLE = f"{PANEL}?.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]')"
PROMPTS = f"[...{PANEL}.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(prompt => prompt.textContent)"
ALL_HAVE_RUN = (
    f"{IDLE} && {PROMPTS}.some(text => /\\d/.test(text)) && !{PROMPTS}.some(text => text.includes('*'))"
)
NOTEBOOK = "jupyterapp.shell.currentWidget.content"
CELLS = f"{NOTEBOOK}.model.toJSON().cells.filter(cell => cell.cell_type === 'code')"
FIRST = f"{NOTEBOOK}.widgets.findIndex(cell => cell.model.type === 'code')"
EXPLORER = f"{PANEL}.querySelector('.jp-OutputArea:has(.widget-image)')"
SENTENCE = f"{EXPLORER}?.querySelector('[role=status]')?.innerText"


@pytest.fixture
def page(tmp_path, address):
    """Give the first notebook in a Firefox that was never here before, once Python is there."""
    program = find_firefox()
    if program is None:
        (pytest.fail if os.environ.get("REQUIRE_FIREFOX") else pytest.skip)("no Firefox found")
    with firefox(program, tmp_path) as page:
        page.goto(f"{address}/lab/index.html?path=notebooks/{START}")
        page.wait(IDLE)
        focus(page)
        yield page


def focus(page):
    """Give the notebook the focus, without which JupyterLab has no current one; a window that nobody sees has none."""
    page.evaluate(f"{PANEL}.querySelector('.jp-Cell').dispatchEvent(new FocusEvent('focus'))")


def run(page, command):
    """Give JupyterLab a command to run cells, until it follows: the focus may be lost again."""
    for _ in range(10):
        focus(page)
        # What the command promises comes later than its last output, or never.
        page.evaluate(f"void jupyterapp.commands.execute('{command}')")
        with contextlib.suppress(AssertionError):
            page.wait(f"{PROMPTS}.some(text => text.includes('*'))", seconds=5)
            return
    raise AssertionError(command)


def test_start_says_what_is_saved(page):
    """Else a reader with Firefox meets an error in the first minute."""
    run(page, "notebook:run-all-cells")
    page.wait(ALL_HAVE_RUN)
    assert differences(page.evaluate(CELLS), FOLDER / START) == {}


def test_explorer_answers_keys_and_presets(page):
    """Else a reader with Firefox moves a slider, and neither picture nor sentence follows."""
    explorer = MomentumLive()
    code = json.dumps("from helpers.widgets import MomentumLive\n\nMomentumLive()")
    page.evaluate(f"void ({NOTEBOOK}.activeCellIndex = {FIRST})")
    page.evaluate(f"void {NOTEBOOK}.activeCell.model.sharedModel.setSource({code})")
    run(page, "notebook:run-cell")
    page.wait(f"{SENTENCE} === {json.dumps(explorer.sentence)}")
    picture = page.evaluate(f"{EXPLORER}.querySelector('.widget-image').src")
    page.evaluate(f"{EXPLORER}.querySelectorAll('.noUi-handle')[1].focus()")
    page.press(RIGHT)
    explorer.settings = {"momentum": 0.81}
    page.wait(f"{SENTENCE} === {json.dumps(explorer.sentence)}")
    assert page.evaluate(f"{EXPLORER}.querySelector('.widget-image').src") != picture
    preset = MomentumLive.presets["diverges"]
    page.evaluate(f"""[...{EXPLORER}.querySelectorAll('button')]
        .find(button => button.innerText === {json.dumps(preset.label)}).click()""")
    explorer.settings = {control.name: control.value for control in MomentumLive.controls} | preset.settings
    page.wait(f"{SENTENCE} === {json.dumps(explorer.sentence)}")
