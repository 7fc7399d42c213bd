"""The notebooks in a real browser: run them in JupyterLab in Chromium and move everything that moves."""

import lab
import nbformat
import pytest

from browser.pages import (
    FIRST_LOOK,
    MADE,
    NOTEBOOKS,
    ExplorerOnPage,
    each_kind_of_control,
    every_explorer,
    every_explorer_with,
    every_page,
    explorers_on,
    in_notebook,
    outputs_in_trouble,
)
from helpers.kit.controls import Player, Shape
from helpers.kit.explorer import COPIED, TO_COPY
from helpers.widgets import TrainingLive

pytestmark = pytest.mark.browser


@every_page
def test_every_cell_runs_without_error_or_warning(pages, notebook):
    """If it fails, a learner who chooses "Run All Cells" meets a red block."""
    page = pages(notebook)
    assert outputs_in_trouble(page) == []
    assert page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr']").count() == 0


@in_notebook(MADE)
def test_machine_check_hears_its_slider(pages, notebook):
    """If it fails, the start page tells people that their machine is broken when it is not, or the reverse."""
    page = pages(notebook)
    cell = page.locator(".jp-CodeCell", has_text="MachineCheck()")
    cell.locator(".widget-slider .noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    cell.locator("[role=status]", has_text="The kernel heard you: 1").wait_for(timeout=60_000)
    assert "✗" not in cell.locator(".jp-Cell-outputArea").inner_text()


@every_explorer
def test_each_control_moves_picture_and_sentence(pages, notebook, kind, number):
    """If it fails, an explorer does not follow a slider, a button or a field, or follows to something else than Python says."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    explorer.press("Reset")
    explorer.expect()
    settings, pictures = {}, {explorer.picture()}
    # All are moved in the notebooks, which takes long; on the made page, the first of each kind.
    controls = {type(control): control for control in reversed(kind.controls)}.values()
    controls = list(controls) if notebook == MADE else kind.controls
    for control in controls:
        settings[control.name] = explorer.change(control)
        explorer.expect(**settings)
        pictures.add(explorer.picture())
    # Some change the sentence alone, but no more than half of them.
    assert 2 * (len(pictures) - 1) >= len(controls)


@every_explorer_with(Player)
def test_play_buttons_count_up_until_another_button(pages, notebook, kind, number):
    """If it fails, a play button does not move its slider, or what plays goes on after Reset, or runs it over."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    for place, control in enumerate(control for control in kind.controls if isinstance(control, Player)):
        explorer.press("Reset")
        explorer.expect()
        settings = {control.name: explorer.change(control)} if control.value == control.high else {}
        explorer.expect(**settings)
        play = explorer.box.locator(".jupyter-widgets-play, .widget-play").nth(place).locator("button").first
        play.focus()
        explorer.page.keyboard.press("Enter")
        explorer.wait_for_another_title(explorer.sentence_of(**settings))
        explorer.press("Reset")
        explorer.page.wait_for_timeout(500)  # What is under way arrives.
        explorer.expect()


# The copied code and the Tab key try one preset each, every time.
@explorers_on(NOTEBOOKS)
def test_presets_and_reset(pages, notebook, kind, number):
    """If it fails, a lecturer's preset shows something else than its name says."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    for label, settings in kind.presets.values():
        explorer.press(label)
        explorer.expect(**settings)
    explorer.press("Reset")
    explorer.expect()


@every_explorer_with(Shape)
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


@each_kind_of_control
def test_copy_as_code_fills_the_clipboard(pages, notebook, kind, number):
    """If it fails, a learner pastes nothing, or code of other settings."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    name = next(reversed(kind.presets))
    explorer.press(kind.presets[name].label)
    explorer.expect(**kind.presets[name].settings)
    explorer.press("Copy as code")
    code = explorer.box.locator("textarea")
    code.wait_for(state="visible")
    expected = kind()
    expected.preset(name)
    assert code.input_value() == expected.code
    explorer.page.wait_for_function(
        "async text => await navigator.clipboard.readText() === text", arg=expected.code
    )


@in_notebook(MADE)
def test_copy_as_code_without_a_clipboard(pages, notebook):
    """If it fails, a page that came over plain HTTP says "Copied", or shows an error of JavaScript, and nothing was copied."""
    explorer = ExplorerOnPage(pages(notebook))
    explorer.press("Reset")
    explorer.expect()
    explorer.press("Copy as code")
    explorer.box.get_by_text(COPIED).wait_for()
    # Chromium takes the loopback interface for safe, and so has a clipboard there.
    explorer.page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})"
    )
    try:
        explorer.press("Copy as code")
        explorer.box.get_by_text(TO_COPY).wait_for()
    finally:
        explorer.page.evaluate("delete navigator.clipboard")
    code = explorer.box.locator("textarea")
    code.click()
    explorer.page.keyboard.press("Control+a")
    assert (
        code.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
        == TrainingLive().code
    )
    assert outputs_in_trouble(explorer.page) == []


@in_notebook(MADE)
def test_an_answer_typed_into_an_exercise_is_checked(pages, notebook):
    """If it fails, the check does not reach the learner: neither the hint for a mistake nor the praise."""
    page = pages(notebook)
    cell = page.locator(".jp-CodeCell", has_text="check_count_parameters(count_parameters)").first
    cell.scroll_into_view_if_needed()
    for last_line, answer in (("total", "forgot the biases"), ("total + sum(sizes[1:])", "Correct!")):
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        lines = [
            "def count_parameters(sizes): return (lambda total: " + last_line + ")(",
            "sum(a * b for a, b in zip(sizes[:-1], sizes[1:])))",
        ]
        page.keyboard.insert_text("".join(lines) + "\nfirst_look.check_count_parameters(count_parameters)")
        page.keyboard.press("Shift+Enter")
        cell.locator("[role=status]", has_text=answer).wait_for(timeout=60_000)


@in_notebook(MADE)
def test_reload_keeps_the_explorer_alive(pages, notebook):
    """If it fails, a reloaded tab shows an error where the explorer was."""
    page = pages(notebook)
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1000)
    page.reload()
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    explorer = ExplorerOnPage(page)
    explorer.press("learns")
    explorer.expect(**TrainingLive.presets["learns"].settings)
    assert outputs_in_trouble(page) == []


@in_notebook(FIRST_LOOK)
def test_saved_notebook_shows_the_picture_before_it_is_run(open_notebook, notebook):
    """If it fails, readers on a page without a kernel see an empty place instead of the explorer."""
    page = open_notebook(notebook)
    saved = nbformat.read(lab.ROOT / "notebooks" / notebook, as_version=4)
    position = next(index for index, cell in enumerate(saved.cells) if cell.source.endswith("TrainingLive()"))
    cell = page.locator(f".jp-Cell[data-windowed-list-index='{position}']")
    page.locator(".jp-Cell", has_text="Explorer: training, live").first.scroll_into_view_if_needed()
    cell.locator("img").wait_for(timeout=60_000)
    page.close()
