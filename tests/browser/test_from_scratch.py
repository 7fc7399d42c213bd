"""The explorers of 2.5 in a real browser: draw with the mouse and the keys, play, and leave nothing behind."""

import pytest

from browser.pages import MADE, in_notebook, on_made_page, outputs_in_trouble
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
