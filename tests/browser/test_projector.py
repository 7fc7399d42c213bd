"""What a class sees: each explorer in JupyterLab's presentation mode on 1280 × 720 pixels, the screen of an old projector."""

import contextlib
import re

import pytest

from browser.pages import ExplorerOnPage, every_page, kinds_by_page
from helpers.widgets import DrawADigit, GraphLive

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 1280, 720
# Two hundredths of the screen's height are read from the last row.
SMALLEST_LETTERS = 0.02 * HEIGHT
SMALLEST_PICTURE = 0.79
# Their pictures are read only if they stay so large that the sentence below needs a turn of the wheel.
WITHOUT_SENTENCE = (DrawADigit, GraphLive)

MEASURE = """box => {
    const bottom = element => element.getBoundingClientRect().bottom - box.getBoundingClientRect().top;
    const image = box.querySelector('.widget-image');
    const said = [...box.querySelectorAll('[role=status]')].at(-1);
    const texts = [...box.querySelectorAll('.explorer .widget-label, .explorer .widget-readout, .explorer button')]
        .filter(element => element.offsetParent && element.innerText.trim());
    return {
        to_picture: bottom(image),
        to_sentence: bottom(said.querySelector('p') ?? said),
        picture: image.getBoundingClientRect().height / image.naturalHeight,
        letters: Math.min(...texts.map(text => parseFloat(getComputedStyle(text).fontSize))),
        cut: texts.filter(text => text.scrollWidth > text.clientWidth + 1).map(text => text.innerText),
    };
}"""


@contextlib.contextmanager
def presentation(page):
    """Show a page as a projector does; then as before."""

    def toggle():
        page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^View$")).click()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Appearance$")).hover()
        page.locator(".lm-Menu-itemLabel", has_text="Presentation Mode").click()

    before = page.viewport_size
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    toggle()
    try:
        page.wait_for_selector(".jp-mod-presentationMode", state="attached")
        yield page.locator(".jp-WindowedPanel-outer").first.bounding_box()["height"]
    finally:
        toggle()
        page.set_viewport_size(before)


@every_page
def test_explorers_are_read_from_the_last_row(pages, notebook):
    """If it fails, a class cannot see controls, picture and sentence together, or cannot read them."""
    kinds = kinds_by_page()[notebook]
    if not kinds:
        return
    page = pages(notebook)
    with presentation(page) as room:
        for number, kind in enumerate(kinds):
            explorer = ExplorerOnPage(page, kind, number)
            explorer.press("Reset")
            explorer.expect()
            seen = explorer.box.evaluate(MEASURE)
            name = kind.__name__
            assert seen["cut"] == [], name
            assert seen["letters"] >= SMALLEST_LETTERS, name
            assert seen["picture"] >= SMALLEST_PICTURE, name
            assert seen["to_sentence"] <= room or kind in WITHOUT_SENTENCE, (name, seen)
