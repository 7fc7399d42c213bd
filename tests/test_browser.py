"""The notebooks in a real browser: run them in JupyterLab in Chromium and move everything that moves."""

import os

import lab
import nbformat
import pytest
from playwright.sync_api import expect

import helpers.widgets
from helpers.widgets import TrainingLive
from helpers.widgets.controls import Choice, LogSlider, Menu, Options, Player, Shape
from helpers.widgets.explorer import Explorer

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
def pages(open_notebook):
    """Give the page of a notebook with all its cells run; each is opened once."""
    opened = {}

    def page_of(name):
        if name not in opened:
            opened[name] = open_notebook(name)
            lab.run_all(opened[name])
        return opened[name]

    yield page_of
    for page in opened.values():
        page.close()


class ExplorerOnPage:
    """What a person sees and does with an explorer of a page, the first one or a later one."""

    def __init__(self, page, kind=TrainingLive, number=0):
        self.page = page
        self.kind = kind
        self.box = page.locator(".jp-OutputArea-output", has=page.locator(".widget-image")).nth(number)
        self.box.scroll_into_view_if_needed()

    def picture(self):
        return self.box.locator(".widget-image").evaluate(
            "async image => { await image.decode();"
            " const bytes = await (await fetch(image.src)).arrayBuffer(); return [...new Uint8Array(bytes)].join() }"
        )

    def wait_for(self, sentence):
        self.box.locator("[role=status]", has_text=sentence).wait_for(timeout=60_000)

    def expect(self, **settings):
        """Wait until the explorer says what Python says of the settings; the picture's title says the same."""
        sentence = self.sentence_of(**settings)
        self.wait_for(sentence)
        # The picture and its title arrive in another message than the sentence below them.
        expect(self.box.locator(".widget-image")).to_have_attribute("title", sentence, timeout=60_000)

    def sentence_of(self, **settings):
        explorer = self.kind()
        explorer.settings = settings
        return explorer.sentence

    def press(self, button):
        self.box.locator(".widget-button").get_by_text(button, exact=True).last.click()

    def change(self, control):
        """Move one control from the keyboard, or press its other button; return the new setting."""
        if isinstance(control, Options):
            new = next(choice for choice in control.choices if choice != control.value)
            self.box.locator(".widget-toggle-button").get_by_text(new, exact=True).click()
            return new
        if isinstance(control, Shape):
            new = next(shape for shape in ((2, 1), (1,)) if shape != control.value)
            self.box.get_by_label(control.label, exact=True).fill(control.shown(new))
            return new
        if isinstance(control, Menu):
            new = next(choice for choice in control.choices if choice != control.value)
            self.box.get_by_label(control.label, exact=True).select_option(new)
            return new
        sliders = [c for c in self.kind.controls if not isinstance(c, (Menu, Options, Shape))]
        stops = control.choices if isinstance(control, Choice) else None
        stops = control.stops() if isinstance(control, LogSlider) else stops
        forward = control.value < (stops[-1] if stops else control.high)
        self.box.locator(".noUi-handle").nth(sliders.index(control)).focus()
        self.page.keyboard.press("ArrowRight" if forward else "ArrowLeft")
        if stops:
            return stops[stops.index(control.value) + (1 if forward else -1)]
        return round(control.value + control.step * (1 if forward else -1), 6)


def explorers_on_pages():
    """List every explorer of every notebook: the notebook's name, the class, and its number on the page."""
    found = []
    for path in sorted((lab.ROOT / "notebooks").glob("*.ipynb")):
        cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        names = [name for cell in cells for name in helpers.widgets.__all__ if cell.endswith(f"\n{name}()")]
        kinds = [getattr(helpers.widgets, name) for name in names]
        kinds = [kind for kind in kinds if issubclass(kind, Explorer)]
        found += [
            pytest.param(path.name, kind, number, id=f"{path.stem.partition('-')[0]}-{kind.__name__}")
            for number, kind in enumerate(kinds)
        ]
    return found


every_explorer = pytest.mark.parametrize(("notebook", "kind", "number"), explorers_on_pages())


def in_notebook(name):
    """Let a test say in which notebook it works, so that it stays with the others that have it open."""
    return pytest.mark.parametrize("notebook", [name])


def outputs_in_trouble(page):
    return page.evaluate(
        "() => [...document.querySelectorAll('.jp-Cell')].map(cell => cell.innerText).filter(text =>"
        " /Traceback|Error displaying widget|Loading widget|Failed to|javascript error|Warning/.test(text))"
    )


@pytest.mark.parametrize("notebook", [path.name for path in sorted((lab.ROOT / "notebooks").glob("*.ipynb"))])
def test_every_cell_runs_without_error_or_warning(pages, notebook):
    """If it fails, a learner who chooses "Run All Cells" meets a red block."""
    page = pages(notebook)
    assert outputs_in_trouble(page) == []
    assert page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr']").count() == 0


@in_notebook("2.0-start-here.ipynb")
def test_machine_check_hears_its_slider(pages, notebook):
    """If it fails, the start page tells people that their machine is broken when it is not, or the reverse."""
    start_here = pages(notebook)
    start_here.locator(".widget-slider .noUi-handle").first.focus()
    start_here.keyboard.press("ArrowRight")
    start_here.locator("[role=status]", has_text="The kernel heard you: 1").wait_for(timeout=60_000)
    assert "✗" not in start_here.locator(".jp-OutputArea").all_inner_texts()


@every_explorer
def test_each_control_moves_picture_and_sentence(pages, notebook, kind, number):
    """If it fails, an explorer does not follow a slider, a button or a field, or follows to something else than Python says."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    pictures = set()
    for control in kind.controls:
        explorer.press("Reset")
        explorer.expect()
        before = explorer.picture()
        explorer.expect(**{control.name: explorer.change(control)})
        after = explorer.picture()
        pictures |= {before, after}
    assert len(pictures) > len(kind.controls) / 2 + 1


@every_explorer
def test_play_buttons_count_up(pages, notebook, kind, number):
    """If it fails, an explorer's play button does not move its slider, or the picture does not follow."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    for place, control in enumerate(control for control in kind.controls if isinstance(control, Player)):
        explorer.press("Reset")
        if control.value == control.high:
            explorer.change(control)
        before = explorer.picture()
        play = explorer.box.locator(".jupyter-widgets-play, .widget-play").nth(place).locator("button").first
        play.focus()
        explorer.page.keyboard.press("Enter")
        explorer.page.wait_for_timeout(1000)
        explorer.page.keyboard.press("Enter")
        explorer.page.wait_for_timeout(500)
        assert explorer.picture() != before
    explorer.press("Reset")
    explorer.expect()


@every_explorer
def test_presets_and_reset(pages, notebook, kind, number):
    """If it fails, a lecturer's preset shows something else than its name says."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    for name, settings in kind.presets.items():
        explorer.press(name)
        explorer.expect(**settings)
    explorer.press("Reset")
    explorer.expect()


@every_explorer
def test_typing_nonsense_is_answered_by_a_sentence(pages, notebook, kind, number):
    """If it fails, somebody who is still typing a shape meets a traceback, or loses what was typed."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    explorer.press("Reset")
    explorer.expect()
    before = explorer.picture()
    for control in (control for control in kind.controls if isinstance(control, Shape)):
        field = explorer.box.get_by_label(control.label, exact=True)
        for text, words in {"3, x": "no whole number", "": "type a shape", "2, -1": "cannot have -1"}.items():
            field.fill(text)
            explorer.wait_for(words)
            assert field.input_value() == text
            assert explorer.picture() == before
        field.fill(control.shown(control.value))
        explorer.expect()
    assert outputs_in_trouble(explorer.page) == []


@every_explorer
def test_copy_as_code_fills_the_clipboard(pages, notebook, kind, number):
    """If it fails, a learner pastes nothing, or code of other settings."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    name = next(reversed(kind.presets))
    explorer.press(name)
    explorer.expect(**kind.presets[name])
    explorer.press("Copy as code")
    code = explorer.box.locator("textarea")
    code.wait_for(state="visible")
    expected = kind()
    expected.preset(name)
    assert code.input_value() == expected.code
    explorer.page.wait_for_function(
        "async text => await navigator.clipboard.readText() === text", arg=expected.code
    )


@in_notebook("2.1-a-first-look.ipynb")
def test_an_answer_typed_into_an_exercise_is_checked(pages, notebook):
    """If it fails, the check does not reach the learner: neither the hint for a mistake nor the praise."""
    first_look = pages(notebook)
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
        cell.locator("[role=status]", has_text=answer).wait_for(timeout=60_000)


@in_notebook("2.1-a-first-look.ipynb")
def test_reload_keeps_the_explorer_alive(pages, notebook):
    """If it fails, a reloaded tab shows an error where the explorer was."""
    first_look = pages(notebook)
    first_look.keyboard.press("Control+s")
    first_look.wait_for_timeout(1000)
    first_look.reload()
    first_look.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    first_look.locator(".jp-Cell", has_text="Explorer: training, live").first.scroll_into_view_if_needed()
    explorer = ExplorerOnPage(first_look)
    explorer.press("learns")
    explorer.expect(**TrainingLive.presets["learns"])
    assert outputs_in_trouble(first_look) == []


@in_notebook("2.1-a-first-look.ipynb")
def test_saved_notebook_shows_the_picture_before_it_is_run(open_notebook, notebook):
    """If it fails, readers on a page without a kernel see an empty place instead of the explorer."""
    page = open_notebook(notebook)
    saved = nbformat.read(lab.ROOT / "notebooks" / notebook, as_version=4)
    position = next(index for index, cell in enumerate(saved.cells) if cell.source.endswith("TrainingLive()"))
    cell = page.locator(f".jp-Cell[data-windowed-list-index='{position}']")
    page.locator(".jp-Cell", has_text="Explorer: training, live").first.scroll_into_view_if_needed()
    cell.locator("img").wait_for(timeout=60_000)
    page.close()
