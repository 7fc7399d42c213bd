"""What goes wrong in use: a kernel dies while an explorer plays, a tab is reloaded, two notebooks are open."""

import json
import time

import lab
import nbformat
import pytest
from bench import kernels
from playwright.sync_api import expect

from browser.pages import ExplorerOnPage, outputs_in_trouble
from helpers.widgets import BallLive

GONE = (
    "The kernel that moved this explorer has stopped, so the picture no longer follows. Run the cell again."
)

pytestmark = [pytest.mark.browser, pytest.mark.weekly]

EXPLORER = "from helpers.widgets import BallLive\n\nBallLive()"
TYPED = "typed = 'and not saved'"


@pytest.fixture(scope="module")
def two_pages(open_notebook, served_folder):
    """Open two small notebooks of one explorer and one cell to type in, each with a kernel of its own."""
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    opened = []
    for name in ("one.ipynb", "other.ipynb"):
        cells = [nbformat.v4.new_code_cell(source) for source in (EXPLORER, "1")]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
        nbformat.write(notebook, served_folder / "notebooks" / name)
        before = set(kernels())
        page = open_notebook(name)
        lab.run_all(page)
        (kernel,) = set(kernels()) - before
        opened.append((page, kernel))
    yield opened
    for page, _ in opened:
        page.close()


def test_two_notebooks_do_not_disturb_each_other(two_pages):
    """If it fails, moving an explorer in one notebook moves another one."""
    one, other = (ExplorerOnPage(page, BallLive) for page, _ in two_pages)
    one.press("stuck")
    one.expect(**BallLive.presets["stuck"].settings)
    other.press("swings")
    other.expect(**BallLive.presets["swings"].settings)
    one.expect(**BallLive.presets["stuck"].settings)


def test_killed_kernel_loses_nothing_and_the_page_says_what_to_do(two_pages):
    """If it fails, somebody whose kernel died moves a slider and looks at an old picture, or has lost what was typed."""
    (page, kernel), (other_page, _) = two_pages
    explorer = ExplorerOnPage(page, BallLive)
    explorer.press("Reset")
    explorer.expect()
    # As what a screen reader announces at once.
    gone = page.get_by_role("alert").filter(has_text=GONE)
    expect(gone).to_be_hidden()
    explorer.box.locator(".jupyter-widgets-play button, .widget-play button").first.click()
    page.locator(".jp-CodeCell .cm-content").nth(1).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(TYPED)
    kill(kernel, page)
    expect(gone).to_be_visible()
    lab.run_all(page)
    ExplorerOnPage(page, BallLive).expect()
    expect(gone).to_be_hidden()
    assert TYPED in page.locator(".jp-CodeCell").nth(1).inner_text()
    assert outputs_in_trouble(page) == []
    # The other notebook has noticed nothing.
    other = ExplorerOnPage(other_page, BallLive)
    other.press("escapes")
    other.expect(**BallLive.presets["escapes"].settings)


def test_saved_notebook_shows_its_explorers_when_it_is_opened_again(two_pages, served_folder):
    """If it fails, a learner who comes back the next day finds an error in the place of each explorer."""
    page, kernel = two_pages[1]
    explorer = ExplorerOnPage(page, BallLive)
    explorer.press("swings")
    explorer.expect(**BallLive.presets["swings"].settings)
    sentence, picture = explorer.sentence_of(**BallLive.presets["swings"].settings), explorer.picture()
    page.locator("[data-command='docmanager:save']").first.click()
    path, end = served_folder / "notebooks" / "other.ipynb", time.monotonic() + 60
    while json.dumps(sentence, ensure_ascii=False)[1:-1] not in path.read_text(encoding="utf-8"):
        assert time.monotonic() < end, "the notebook is saved without what its explorer shows"
        time.sleep(0.1)
    kill(kernel, page)
    page.reload()
    expect(page.get_by_text(GONE)).to_be_visible(timeout=60_000)
    explorer = ExplorerOnPage(page, BallLive)
    assert explorer.picture() == picture
    explorer.wait_for(sentence)
    assert outputs_in_trouble(page) == []


def kill(kernel, page):
    """End a kernel as the system does when memory runs out; JupyterLab says so and starts another one."""
    kernel.kill()
    page.get_by_role("button", name="Ok", exact=True).click(timeout=60_000)
