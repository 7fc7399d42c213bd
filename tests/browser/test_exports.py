"""A notebook that was run and saved in JupyterLab: how large its file is, and what pages without a kernel show of it."""

import json

import lab
import nbformat
import pytest
from nbconvert.exporters import HTMLExporter, SlidesExporter
from nbformat.sign import NotebookNotary
from playwright.sync_api import expect

from browser.pages import MADE, ExplorerOnPage, in_notebook, outputs_in_trouble
from helpers.kit.explorer import GONE, WHEN_GONE
from helpers.kit.live import LIVE_CLASS, STYLE
from helpers.widgets import BallLive, DrawADigit, MachineCheck

pytestmark = [pytest.mark.weekly, pytest.mark.browser, in_notebook(MADE)]

NAME = "saved.ipynb"
CELLS = [
    "from helpers.widgets import BallLive\n\nball = BallLive()\nball",
    "ball",
    "from helpers.widgets import DrawADigit\n\nDrawADigit()",
    "from helpers.widgets import MachineCheck\n\nMachineCheck()",
    'from helpers.progress import progress_bar\n\nwith progress_bar(2, " steps", "Training.") as bar:\n    bar.update(2)',
]
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
EXPORTERS = {
    "lab": HTMLExporter,
    "classic": lambda: HTMLExporter(template_name="classic"),
    "slides": SlidesExporter,
}


class Saved:
    """A short notebook on a page of JupyterLab, and its file."""

    def __init__(self, page, path):
        self.page, self.path = page, path

    def run_and_save(self):
        """Run all cells, save, and return how many widgets the file holds, and its size in bytes."""
        lab.run_all(self.page)
        for explorer in (ExplorerOnPage(self.page, BallLive, 1), ExplorerOnPage(self.page, DrawADigit, 2)):
            explorer.expect()
        expect(self.page.locator(".progress-bar")).to_be_visible()
        with self.page.expect_response(
            lambda response: response.request.method == "PUT" and NAME in response.url
        ):
            self.page.locator("[data-command='docmanager:save']").first.click()
        text = self.path.read_text(encoding="utf-8")
        return len(json.loads(text)["metadata"]["widgets"][WIDGET_STATE]["state"]), len(text)


@pytest.fixture(scope="module")
def saved(open_notebook, served_folder):
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(
        nbformat.v4.new_notebook(cells=cells, metadata=metadata), served_folder / "notebooks" / NAME
    )
    page = open_notebook(NAME)
    notebook = Saved(page, served_folder / "notebooks" / NAME)
    notebook.run_and_save()
    yield notebook
    page.close()


def test_a_live_explorer_hides_what_stands_for_it(saved, notebook):
    """If it fails, every picture and every sentence is there twice, and once it is an old one."""
    stills = saved.page.locator(
        ".jp-OutputArea-output:is(.jp-RenderedImage, .jp-RenderedMarkdown, .jp-RenderedText)"
    )
    assert stills.count() == 3 * 2 + 1
    assert not any(still.is_visible() for still in stills.all())


@pytest.mark.parametrize("template", EXPORTERS)
def test_a_static_page_shows_picture_and_sentence(saved, notebook, template, tmp_path):
    """If it fails, a page that a lecturer makes of a notebook lacks its explorers, or tells readers that a kernel has stopped."""
    text, _ = EXPORTERS[template]().from_filename(saved.path)
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    context = saved.page.context.browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())

    def check():
        for number, explorer in enumerate([BallLive(), BallLive(), DrawADigit()]):
            image = page.locator("img[src^='data:image/png']").nth(number)
            assert image.is_visible() and image.evaluate("image => image.naturalWidth") > 300
            if template == "classic":
                assert image.get_attribute("alt") == explorer.text
        for text in (BallLive().text, DrawADigit().text):
            assert page.get_by_text(text).last.is_visible()
        assert page.get_by_text(MachineCheck().text.splitlines()[0]).is_visible()
        assert not any(one.is_visible() for one in page.get_by_text(GONE).all())

    check()
    # With a network, scripts from elsewhere build the widgets; this is what they give to these pages.
    page.evaluate(
        """([name, html]) => {
            const scripts = [...document.querySelectorAll('[type="application/vnd.jupyter.widget-view+json"]')];
            // The last one is a bar, for which nothing else stands.
            for (const script of scripts.slice(0, -1)) {
                const view = document.createElement("div");
                view.className = `jupyter-widgets ${name} jupyter-widgets-disconnected`;
                view.innerHTML = html;
                script.parentElement.append(view);
            }
        }""",
        [LIVE_CLASS, STYLE + WHEN_GONE],
    )
    assert page.locator(f".{LIVE_CLASS}").count() == 4
    check()
    # A page that has a kernel all the same, as Voilà's do, shows what is live, and nothing twice.
    page.evaluate(
        "document.querySelectorAll('.jupyter-widgets-disconnected').forEach(view => view.classList.remove('jupyter-widgets-disconnected'))"
    )
    assert not page.locator("img[src^='data:image/png']").first.is_visible()
    assert not page.get_by_text(BallLive().text).first.is_visible()
    context.close()


def test_a_notebook_saved_without_its_widgets_shows_their_pictures(saved, open_notebook, notebook):
    """If it fails, learners under a JupyterLab with other settings find nothing but an error where each explorer was."""
    opened = nbformat.read(saved.path, as_version=4)
    del opened.metadata["widgets"]
    # As if it had been saved so: JupyterLab looks for no widgets in a notebook that it does not trust.
    NotebookNotary().sign(opened)
    nbformat.write(opened, saved.path.with_name("without-widgets.ipynb"))
    page = open_notebook("without-widgets.ipynb")
    expect(page.get_by_text("Error displaying widget").first).to_be_visible(timeout=60_000)
    for picture in page.locator(".jp-RenderedImage").all():
        assert picture.is_visible()
    assert page.get_by_text(DrawADigit().text).is_visible()
    page.close()


def test_the_file_is_no_larger_after_three_runs(saved, notebook):
    """If it fails, each *Run All* adds hundreds of widgets to the file, which is saved every half minute."""
    (widgets, size), *later = [saved.run_and_save() for _ in range(3)]
    assert widgets > 100
    for again, larger in later:
        # The bar says how long it took.
        assert again == widgets and abs(larger - size) < 100


def test_a_second_tab_keeps_the_picture(saved, open_notebook, notebook):
    """If it fails, somebody who has a notebook open twice finds an empty place, or an error, where an explorer was."""
    other = open_notebook(NAME)
    ball = other.locator(".jp-CodeCell").first
    expect(ball.locator(".explorer")).to_be_visible(timeout=60_000)
    expect(ball.locator(".jp-RenderedImage")).to_be_hidden()
    lab.run_all(saved.page)
    expect(ball.locator(".explorer")).to_have_count(0, timeout=60_000)
    expect(ball.locator(".jp-RenderedImage")).to_be_visible()
    assert outputs_in_trouble(other) == []
    other.close()
