"""The explorers of 2.5 in a real browser: draw with the mouse and the keys, play, and leave nothing behind."""

import time

import lab
import nbformat
import pytest

from browser.pages import MADE, ExplorerOnPage, in_notebook, on_made_page, outputs_in_trouble
from helpers.widgets import DrawADigit, RegionsLive

pytestmark = [pytest.mark.browser, in_notebook(MADE)]


@pytest.fixture
def page(pages, notebook):
    return pages(notebook)


def test_drawing_with_the_mouse_and_with_the_keys(page):
    """If it fails, somebody draws a digit and nothing is read, or the canvas is stretched so that places are wrong."""
    explorer = on_made_page(page, DrawADigit)
    explorer.wait_for("Draw in the square")
    explorer.press("Clear the paper")
    explorer.wait_for("Nothing is drawn yet")
    empty = explorer.picture()
    canvas = explorer.box.locator("canvas").first
    place = canvas.bounding_box()
    assert (place["width"], place["height"]) == (280, 280)
    page.mouse.move(place["x"] + 70, place["y"] + 60)
    page.mouse.down()
    for x, y in ((210, 60), (180, 120), (150, 170), (120, 240)):
        page.mouse.move(place["x"] + x, place["y"] + y, steps=6)
    page.mouse.up()
    explorer.wait_for("the network reads a 7")
    seven = explorer.picture()
    explorer.press("Clear the paper")
    explorer.wait_for("Nothing is drawn yet")
    assert explorer.picture() == empty != seven
    canvas.focus()
    keys = ["ArrowUp"] * 8 + [" "] + ["ArrowDown"] * 18 + [" "]
    for key in keys:
        page.keyboard.press(key)
    explorer.wait_for("the network reads a 1")
    explorer.wait_for("The pen is up, 50 % from the left and")
    assert outputs_in_trouble(page) == []


# How many pixels of the paper are dark.
COUNT_INK = """box => {
    const paper = box.querySelector("canvas");
    const {data} = paper.getContext("2d").getImageData(0, 0, paper.width, paper.height);
    return data.filter((part, place) => place % 4 == 0 && part < 60).length;
}"""
# The two and a line below it: some 700 pixels long and 22 wide, less where they cross. Hairlines have hundreds.
INK = 14_000


def wait_for_ink(explorer, pixels):
    end = time.monotonic() + 30
    while (count := explorer.box.evaluate(COUNT_INK)) < pixels:
        assert time.monotonic() < end, f"{count} dark pixels instead of {pixels}"
        time.sleep(0.1)


@pytest.mark.weekly
def test_strokes_stay_thick_after_a_reload_and_in_a_second_tab(open_notebook, served_folder, notebook):
    """If it fails, the digits of somebody who reloads the page, or opens it twice, are hairlines there."""
    cell = nbformat.v4.new_code_cell("from helpers.widgets import DrawADigit\n\nDrawADigit()")
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    made = nbformat.v4.new_notebook(cells=[cell], metadata=metadata)
    nbformat.write(made, served_folder / "notebooks" / "drawing.ipynb")
    page = open_notebook("drawing.ipynb")
    lab.run_all(page)

    def draw(page):
        page.locator(".widget-image").wait_for(timeout=60_000)
        explorer = ExplorerOnPage(page, DrawADigit)
        explorer.wait_for("Draw in the square")
        # A page that has its canvas asks for what stands on it, and a stroke that is being drawn then ends there.
        wait_for_ink(explorer, 1)
        explorer.press("lying")
        explorer.expect(**DrawADigit.presets["lying"].settings)
        explorer.press("Reset")
        explorer.expect()
        # Drawn by the kernel until now, and then by hand.
        canvas = explorer.box.locator("canvas").first
        place = canvas.bounding_box()
        page.mouse.move(place["x"] + 20, place["y"] + 260)
        page.mouse.down()
        page.mouse.move(place["x"] + 260, place["y"] + 260, steps=5)
        page.mouse.up()
        explorer.wait_for("Your drawing")
        wait_for_ink(explorer, INK)
        # The square has kept the keyboard to itself, and what saves is a key.
        explorer.press("Reset")

    draw(page)
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1000)
    page.reload()
    draw(page)
    other = open_notebook("drawing.ipynb")
    draw(other)
    other.close()
    page.close()


@pytest.mark.weekly
def test_playing_again_and_clearing_leave_nothing_behind(page):
    """If it fails, a training goes on in the kernel after its view is gone, or one cannot work while it plays."""
    explorer = on_made_page(page, RegionsLive)
    cell = page.locator(".jp-CodeCell", has_text=f"{RegionsLive.__name__}()")

    def play():
        explorer.box.locator(".jupyter-widgets-play, .widget-play").locator("button").first.click()

    play()
    explorer.wait_for("after ")
    explorer.box.get_by_label("optimizer", exact=True).select_option("Adam")
    explorer.wait_for("Adam with learning rate")
    # While it plays, the cell is run again: a new explorer, at its beginning.
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    explorer.expect()
    play()
    explorer.wait_for("after 120 epochs")
    explorer.press("Reset")
    explorer.expect()
    page.wait_for_timeout(1000)
    explorer.expect()
    assert outputs_in_trouble(page) == []
