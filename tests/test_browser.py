"""The notebooks in a real browser: run them in JupyterLab in Chromium and move everything that moves."""

import os

import lab
import nbformat
import pytest

from helpers.widgets import TrainingLive

pytestmark = pytest.mark.browser

NO_BROWSER = "no Chromium or Chrome found (Debian: apt-get install chromium)"


@pytest.fixture(scope="module")
def open_notebook(tmp_path_factory):
    """Serve the notebooks, start Chromium, and give a function that opens a notebook by its file name."""
    if lab.find_browser() is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with lab.jupyterlab(tmp_path_factory.mktemp("lab")) as address, lab.chromium() as open_page:
        yield lambda name: open_page(address(name))


@pytest.fixture(scope="module")
def start_here(open_notebook):
    page = open_notebook("2.0-start-here.ipynb")
    lab.run_all(page)
    yield page
    page.close()


@pytest.fixture(scope="module")
def first_look(open_notebook):
    page = open_notebook("2.1-a-first-look.ipynb")
    lab.run_all(page)
    yield page
    page.close()


class ExplorerOnPage:
    """What a person sees and does with the explorer of a page."""

    def __init__(self, page):
        self.page = page
        self.box = page.locator(".jp-OutputArea-output", has=page.locator(".widget-image")).first
        self.box.scroll_into_view_if_needed()

    def picture(self):
        return self.box.locator(".widget-image").evaluate(
            "async image => { await image.decode();"
            " const bytes = await (await fetch(image.src)).arrayBuffer(); return [...new Uint8Array(bytes)].join() }"
        )

    def sentence(self):
        return self.box.locator("[role=status]").inner_text()

    def wait_for(self, sentence):
        self.box.locator("[role=status]", has_text=sentence).wait_for(timeout=10_000)

    def press(self, button):
        self.box.get_by_role("button", name=button, exact=True).click()


def sentence_of(**settings):
    """Return what the explorer says of settings, asked in Python instead of the browser."""
    explorer = TrainingLive()
    explorer.settings = settings
    return explorer.sentence


def outputs_in_trouble(page):
    return page.evaluate(
        "() => [...document.querySelectorAll('.jp-Cell')].map(cell => cell.innerText).filter(text =>"
        " /Traceback|Error displaying widget|Loading widget|Failed to|javascript error|Warning/.test(text))"
    )


def test_every_cell_runs_without_error_or_warning(start_here, first_look):
    """If it fails, a learner who chooses "Run All Cells" meets a red block."""
    for page in (start_here, first_look):
        assert outputs_in_trouble(page) == []
        assert page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr']").count() == 0


def test_machine_check_hears_its_slider(start_here):
    """If it fails, the start page tells people that their machine is broken when it is not, or the reverse."""
    start_here.locator(".widget-slider .noUi-handle").first.focus()
    start_here.keyboard.press("ArrowRight")
    start_here.locator("[role=status]", has_text="The kernel heard you: 1").wait_for(timeout=10_000)
    assert "✗" not in start_here.locator(".jp-OutputArea").all_inner_texts()


@pytest.mark.parametrize(
    ("slider", "key", "settings"),
    [
        (0, "ArrowRight", {"learning_rate": 0.07}),
        (1, "ArrowRight", {"momentum": 0.01}),
        (2, "ArrowLeft", {"batch_size": 16}),
    ],
)
def test_each_slider_moves_picture_and_sentence_from_the_keyboard(first_look, slider, key, settings):
    """If it fails, the explorer does not follow, or follows to something else than Python computes."""
    explorer = ExplorerOnPage(first_look)
    explorer.press("Reset")
    explorer.wait_for(sentence_of())
    before = explorer.picture()
    explorer.box.locator(".noUi-handle").nth(slider).focus()
    first_look.keyboard.press(key)
    explorer.wait_for(sentence_of(**settings))
    assert explorer.picture() != before
    assert explorer.box.locator(".widget-image").get_attribute("title") == sentence_of(**settings)


def test_presets_and_reset(first_look):
    """If it fails, a lecturer's preset shows something else than its name says."""
    explorer = ExplorerOnPage(first_look)
    for name, settings in TrainingLive.presets.items():
        explorer.press(name)
        explorer.wait_for(sentence_of(**settings))
    explorer.press("Reset")
    explorer.wait_for(sentence_of())


def test_copy_as_code_fills_the_clipboard(first_look):
    """If it fails, a learner pastes nothing, or code of other settings."""
    explorer = ExplorerOnPage(first_look)
    explorer.press("momentum helps")
    explorer.wait_for(sentence_of(**TrainingLive.presets["momentum helps"]))
    explorer.press("Copy as code")
    code = explorer.box.locator("textarea")
    code.wait_for(state="visible")
    expected = TrainingLive()
    expected.preset("momentum helps")
    assert code.input_value() == expected.code
    first_look.wait_for_function(
        "async text => await navigator.clipboard.readText() === text", arg=expected.code
    )


def test_an_answer_typed_into_an_exercise_is_checked(first_look):
    """If it fails, the check does not reach the learner: neither the hint for a mistake nor the praise."""
    cell = first_look.locator(".jp-CodeCell", has_text="check_count_parameters(count_parameters)").first
    cell.scroll_into_view_if_needed()
    for last_line, answer in (("total", "forgot the biases"), ("total + sum(sizes[1:])", "Correct!")):
        cell.locator(".cm-content").click()
        first_look.keyboard.press("Control+a")
        lines = [
            "def count_parameters(sizes): return (lambda total: " + last_line + ")(",
            "sum(a * b for a, b in zip(sizes[:-1], sizes[1:])))",
        ]
        first_look.keyboard.insert_text(
            "".join(lines) + "\nfirst_look.check_count_parameters(count_parameters)"
        )
        first_look.keyboard.press("Shift+Enter")
        cell.locator("[role=status]", has_text=answer).wait_for(timeout=10_000)


def test_reload_keeps_the_explorer_alive(first_look):
    """If it fails, a reloaded tab shows an error where the explorer was."""
    first_look.keyboard.press("Control+s")
    first_look.wait_for_timeout(1000)
    first_look.reload()
    first_look.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    first_look.locator(".jp-Cell", has_text="Explorer: training, live").first.scroll_into_view_if_needed()
    explorer = ExplorerOnPage(first_look)
    explorer.press("learns")
    explorer.wait_for(sentence_of(**TrainingLive.presets["learns"]))
    assert outputs_in_trouble(first_look) == []


def test_saved_notebook_shows_the_picture_before_it_is_run(open_notebook):
    """If it fails, readers on a page without a kernel see an empty place instead of the explorer."""
    page = open_notebook("2.1-a-first-look.ipynb")
    saved = nbformat.read(lab.ROOT / "notebooks" / "2.1-a-first-look.ipynb", as_version=4)
    position = next(index for index, cell in enumerate(saved.cells) if cell.source.endswith("TrainingLive()"))
    cell = page.locator(f".jp-Cell[data-windowed-list-index='{position}']")
    page.locator(".jp-Cell", has_text="Explorer: training, live").first.scroll_into_view_if_needed()
    cell.locator("img").wait_for(timeout=10_000)
    page.close()
