"""Explorers under a finger: what a tablet sends, and not what a mouse would."""

import pytest

from browser.pages import MADE, in_notebook, on_made_page
from helpers.widgets import DrawADigit, MomentumLive

pytestmark = [pytest.mark.browser, pytest.mark.weekly, in_notebook(MADE)]

SEVEN = ((70, 60), (210, 60), (180, 120), (150, 170), (120, 240))
BETWEEN = 6


class Finger:
    """One finger on a page."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)

    def send(self, kind, *places):
        points = [{"x": x, "y": y} for x, y in places]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def follow(self, *places):
        """Touch the first place, move over the others in small steps, and leave."""
        self.send("touchStart", places[0])
        for (x, y), (to_x, to_y) in zip(places, places[1:], strict=False):
            for step in range(1, BETWEEN + 1):
                self.send("touchMove", (x + (to_x - x) * step / BETWEEN, y + (to_y - y) * step / BETWEEN))
        self.send("touchEnd")

    def tap(self, locator):
        self.follow(middle(locator))


def middle(locator):
    place = locator.bounding_box()
    return place["x"] + place["width"] / 2, place["y"] + place["height"] / 2


def test_a_finger_draws_a_digit(pages, notebook):
    """If it fails, somebody with a tablet scrolls the page instead of drawing, and nothing is read."""
    explorer = on_made_page(pages(notebook), DrawADigit)
    explorer.press("Clear the paper")
    explorer.wait_for("Nothing is drawn yet")
    canvas = explorer.box.locator("canvas").first
    place = canvas.bounding_box()
    Finger(explorer.page).follow(*((place["x"] + x, place["y"] + y) for x, y in SEVEN))
    explorer.wait_for("the network reads a 7")
    assert canvas.bounding_box() == place


def test_a_finger_moves_a_slider_and_presses_a_button(pages, notebook):
    """If it fails, sliders and presets do not heed a finger."""
    explorer = on_made_page(pages(notebook), MomentumLive)
    explorer.press("Reset")
    explorer.expect()
    finger = Finger(explorer.page)
    handle = explorer.box.get_by_role("slider", name="momentum", exact=True)
    before, (x, y) = handle.get_attribute("aria-valuetext"), middle(handle)
    finger.follow((x, y), (x - 40, y))
    explorer.page.wait_for_function(
        "([handle, before]) => handle.getAttribute('aria-valuetext') !== before",
        arg=[handle.element_handle(), before],
    )
    explorer.expect(momentum=float(handle.get_attribute("aria-valuetext")))
    preset = next(iter(MomentumLive.presets.values()))
    finger.tap(explorer.box.locator(".widget-button").get_by_text(preset.label, exact=True).last)
    explorer.expect(**preset.settings)
