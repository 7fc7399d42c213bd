"""Front ends other than JupyterLab, on other screens: keys arrive, names are given, and nothing is cut off."""

import json
import re
import time
import urllib.request

import lab
import nbformat
import numpy as np
import pytest

from browser.pages import MADE, ExplorerOnPage, in_notebook, kinds_by_page, on_made_page
from helpers.exercises.start_here import check_average_ink
from helpers.kit.controls import Menu, Options
from helpers.kit.names import SCRIPT, WORDS
from helpers.widgets import DrawADigit, MomentumLive

pytestmark = [pytest.mark.weekly, pytest.mark.browser, in_notebook(MADE)]

ONE = "the network reads a 1"

# An explorer's HTML without what names.js gave to it, on a page that has nothing of JupyterLab.
LEAVE_JUPYTERLAB = """(html) => {
    document.body.innerHTML = html;
    for (const element of document.querySelectorAll("*")) {
        if (element.matches(".widget-slider *, .widget-toggle-buttons, .widget-toggle-buttons *, .widget-play *, canvas"))
            for (const name of element.getAttributeNames())
                if (name.startsWith("aria-label") || ["role", "aria-valuetext", "aria-pressed"].includes(name))
                    element.removeAttribute(name);
        if (element.matches(".widget-html-content[role]")) element.removeAttribute("role");
    }
}"""
NAMED = """() => Object.fromEntries(
    [".noUi-handle", ".widget-toggle-buttons", ".widget-toggle-button", "canvas"].map(
        part => [part, [...document.querySelectorAll(part)].map(element =>
            ["role", "aria-label", "aria-valuetext", "aria-pressed"].map(name => element.getAttribute(name)))]))"""

# What a person can no longer read or reach, since it ends at the right of the explorer, or in the middle of its letters.
CUT_OFF = """box => {
    const right = Math.min(box.getBoundingClientRect().right, document.documentElement.clientWidth) + 1;
    return [...box.querySelectorAll("button, select, input, textarea, canvas, img, p, .widget-label, .widget-readout")]
        .filter(element => element.checkVisibility() && !element.style.clipPath)
        .filter(element => element.getBoundingClientRect().right > right
            || element.matches("button, .widget-label, .widget-readout") && element.scrollWidth > element.clientWidth + 1)
        .map(element => element.outerHTML.slice(0, 200));
}"""
BESIDE = """box => box.querySelector("canvas").getBoundingClientRect().right
    <= box.querySelector(".widget-html-content[role=status]").getBoundingClientRect().left"""
SCREENS = {"phone": (390, 844), "tablet": (820, 1180), "small": (1024, 768), "zoom of 200 %": (683, 384)}
# From the square or the last slider to the end of the picture or its sentence, and the room that a notebook has for it.
TOGETHER = """(box, [first, last]) => {
    const place = selector => [...box.querySelectorAll(selector)].at(-1).getBoundingClientRect();
    return [place(last).bottom - place(first).top,
            document.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect().height];
}"""


@pytest.fixture
def page(pages, notebook):
    return pages(notebook)


def wait_for_idle_kernel(address, seconds=60):
    end = time.monotonic() + seconds
    while True:
        with urllib.request.urlopen(address) as answer:
            kernels = json.load(answer)
        if [kernel["execution_state"] for kernel in kernels] == ["idle"]:
            return
        assert time.monotonic() < end, kernels
        time.sleep(0.2)


EXERCISE = """\
from helpers.exercises.start_here import check_average_ink

check_average_ink(lambda image: image.{attempt}())"""


@pytest.fixture
def page_of_notebook_7(page, tmp_path):
    """Give a page of Notebook 7 on which one explorer, and a wrong and a right answer to an exercise have run."""
    sources = (
        "from helpers.widgets import DrawADigit\n\nDrawADigit()",
        *(EXERCISE.format(attempt=attempt) for attempt in ("sum", "mean")),
    )
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), tmp_path / "drawing.ipynb")
    with lab.notebook_7(tmp_path) as address:
        # The browser of the explorers' page: a second Playwright cannot run beside it.
        other = page.context.new_page()
        other.goto(address("/notebooks/drawing.ipynb"))
        # The page says "idle" before it has a kernel, and asks for one if something is run then.
        wait_for_idle_kernel(address("/api/kernels"))
        other.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
        other.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
        other.locator(".widget-image").wait_for(timeout=180_000)
        yield other
        other.close()


def check_keys(explorer):
    """Move each control by its own keys; JupyterLab's selected cell stays the same."""
    page, kind = explorer.page, explorer.kind
    explorer.press("Reset")
    explorer.expect()
    settings = {}
    for control in kind.controls:
        if isinstance(control, Menu):
            explorer.box.get_by_label(control.label, exact=True).focus()
            page.keyboard.press("ArrowDown")
            choices = list(control.choices)
            settings[control.name] = choices[choices.index(control.value) + 1]
        elif isinstance(control, Options):
            settings[control.name] = next(choice for choice in control.choices if choice != control.value)
            explorer.box.get_by_role(
                "button", name=control.choices[settings[control.name]], exact=True
            ).focus()
            page.keyboard.press("Enter")
        else:
            settings[control.name] = explorer.change(control)
        explorer.expect(**settings)
    explorer.press("Clear the paper")
    explorer.wait_for("Nothing is drawn yet")
    explorer.press("Reset")
    explorer.press("Clear the paper")
    explorer.box.locator("canvas").first.focus()
    for key in ["ArrowUp"] * 8 + [" "] + ["ArrowDown"] * 18 + [" "]:
        page.keyboard.press(key)
    explorer.wait_for(ONE)
    explorer.wait_for("The pen is up, 50 % from the left and")


def test_keys_reach_their_controls_in_jupyterlab(page):
    """If it fails, somebody without a mouse cannot choose from a menu: the arrow keys go to another cell."""
    check_keys(on_made_page(page, DrawADigit))


def test_keys_and_exercises_in_notebook_7(page_of_notebook_7):
    """If it fails, whoever opens the course in Notebook 7 moves no slider and no pen by the arrow keys that 2.0 promises, or
    learns nothing of an answer.
    """
    check_keys(ExplorerOnPage(page_of_notebook_7, DrawADigit))
    for number, attempt in ((1, np.sum), (2, np.mean)):
        answer = page_of_notebook_7.locator(".jp-CodeCell").nth(number).locator(".jp-OutputArea-output")
        assert answer.inner_text().split() == str(check_average_ink(attempt)).split()


# Of each kind of control, keys that it answers itself, as the ARIA Authoring Practices have them, and keys of the page.
OWN_KEYS = {
    ".noUi-handle": (["ArrowLeft", "ArrowUp", "PageDown", "Home", "End"], ["Enter", "b", "Shift+ArrowDown"]),
    ".widget-dropdown select": (["ArrowDown", "Home", "Enter", " ", "b"], ["Shift+Enter", "Control+Enter"]),
    "canvas[tabindex]": (["ArrowRight", " "], ["Enter", "Shift+Enter", "Escape"]),
}
# Lumino, of which JupyterLab and Notebook 7 are made, has no shortcut for a key that is pressed on such an element. No
# shortcut is to run here: nobody but what names the controls hears this key.
PRESS = """(control, [key, shiftKey, ctrlKey]) => {
  window.addEventListener("keydown", event => event.stopImmediatePropagation(), {capture: true, once: true});
  control.dispatchEvent(new KeyboardEvent("keydown", {key, shiftKey, ctrlKey}));
  return control.hasAttribute("data-lm-suppress-shortcuts");
}"""


# Of each picture that is shown: how many pixels it has, and how many it is shown on, as the page counts them.
WATCH_PICTURES = """box => {
    window.seen = [];
    window.look ??= ({target}) => { seen.push([target.naturalWidth, target.clientWidth]) };
    box.addEventListener("load", look, true);
}"""


@pytest.fixture(params=[2, 3])
def use_good_screen(page, request):
    """Give what moves the page to a screen with more pixels each way than the page counts; then as before."""
    before = page.viewport_size
    devices = page.context.new_cdp_session(page)

    def use():
        metrics = {**before, "deviceScaleFactor": request.param, "mobile": False}
        devices.send("Emulation.setDeviceMetricsOverride", metrics)
        # As when a page is enlarged.
        page.evaluate("window.dispatchEvent(new Event('resize'))")

    yield use
    devices.send("Emulation.clearDeviceMetricsOverride")
    devices.detach()
    page.set_viewport_size(before)


def test_a_picture_that_stands_still_has_the_pixels_of_the_screen(page, use_good_screen):
    """If it fails, pictures are softer than the words beside them, or a slider waits on a good screen for a sharper one."""
    explorer = on_made_page(page, MomentumLive)
    explorer.box.evaluate(WATCH_PICTURES)
    handle = explorer.box.locator(".noUi-handle").first
    handle.press("ArrowRight")
    page.wait_for_timeout(1500)
    use_good_screen()
    page.wait_for_function("seen.length === 2")
    # There is nothing more to ask for.
    use_good_screen()
    page.wait_for_timeout(1500)
    assert page.evaluate("seen.splice(0)") == [[900, 900], [1800, 900]]
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"):
        handle.press(key)
        page.wait_for_timeout(200)
    page.wait_for_function("seen.at(-1)?.[0] === 1800")
    *fast, last = page.evaluate("seen")
    assert fast and all(picture == [900, 900] for picture in fast) and last == [1800, 900]
    # What changed behind another page is looked at when it comes to the front.
    box = explorer.box.element_handle()
    page.evaluate("box => { box.style.display = 'none' }", box)
    page.evaluate(
        "box => [...box.querySelectorAll('button')].find(button => button.innerText === 'Reset').click()", box
    )
    page.wait_for_timeout(1500)
    assert page.evaluate("seen.at(-1)") == [900, 0]
    page.evaluate("box => { box.style.display = '' }", box)
    page.wait_for_function("seen.at(-1)[0] === 1800")


def test_a_screen_with_no_more_pixels_asks_for_none(page):
    """If it fails, the kernel draws, and the network carries, what nobody sees."""
    explorer = on_made_page(page, MomentumLive)
    explorer.box.evaluate(WATCH_PICTURES)
    explorer.change(MomentumLive.controls[0])
    page.wait_for_timeout(2000)
    seen = page.evaluate("seen")
    assert seen and all(pixels <= shown for pixels, shown in seen)
    explorer.press("Reset")


def test_controls_keep_their_own_keys_and_leave_the_others_to_the_page(page):
    """If it fails, Shift + Enter runs no cell whose menu was just used, or the space bar that lifts the pen scrolls the page."""
    explorer = on_made_page(page, DrawADigit)
    for selector, (own, others) in OWN_KEYS.items():
        control = explorer.box.locator(selector).first
        for key in own + others:
            *modifiers, letter = key.split("+")
            kept = control.evaluate(PRESS, [letter, "Shift" in modifiers, "Control" in modifiers])
            assert kept == (key in own), (selector, key)


def test_widgets_are_named_outside_jupyterlab(page):
    """If it fails, a screen reader meets sliders without a name in nbclassic, or in what builds on html-manager."""
    explorer = on_made_page(page, DrawADigit)
    explorer.press("Reset")
    explorer.expect()
    elsewhere = page.context.new_page()
    elsewhere.evaluate(f"{SCRIPT.read_text(encoding='utf-8').strip()}({json.dumps(WORDS)})")
    elsewhere.evaluate(LEAVE_JUPYTERLAB, explorer.box.locator(".explorer").evaluate("box => box.outerHTML"))
    assert elsewhere.locator(".jp-OutputArea .noUi-handle").count() == 0
    named = elsewhere.evaluate(NAMED)
    assert [name[1:3] for name in named[".noUi-handle"]] == [
        ["thickness of the pen", "2.5"],
        ["turn in degrees", "0"],
    ]
    assert [name[:2] for name in named[".widget-toggle-buttons"]] == [["group", "shown to the network"]]
    assert [name[3] for name in named[".widget-toggle-button"]] == ["true", "false"]
    assert ["application", WORDS["paper"]] in [name[:2] for name in named["canvas"]]
    # The kernel moves a slider, and then its words.
    elsewhere.locator(".widget-readout").first.evaluate("readout => { readout.textContent = '3.0' }")
    elsewhere.locator(".noUi-handle").first.evaluate("handle => handle.setAttribute('aria-valuetext', '4')")
    assert elsewhere.locator(".noUi-handle").first.get_attribute("aria-valuetext") == "3.0"
    elsewhere.close()


@pytest.fixture(params=SCREENS)
def screen(page, request):
    """Show the explorers' page on another screen; then as before."""
    before = page.viewport_size
    page.set_viewport_size(dict(zip(("width", "height"), SCREENS[request.param], strict=True)))
    yield request.param
    page.set_viewport_size(before)


def test_nothing_is_cut_off(page, screen):
    """If it fails, somebody with a phone, a tablet or large letters cannot reach a button, or draws without seeing what is read."""
    for number, kind in enumerate(kinds_by_page()[MADE]):
        explorer = ExplorerOnPage(page, kind, number)
        assert explorer.box.evaluate(CUT_OFF) == [], kind.__name__
        if kind is DrawADigit and screen in ("tablet", "small"):
            height, room = explorer.box.evaluate(TOGETHER, ["canvas", "[role=status]"])
            assert height <= room, (screen, height)
            assert explorer.box.evaluate(BESIDE), screen
        if kind is not DrawADigit and screen == "zoom of 200 %":
            height, room = explorer.box.evaluate(TOGETHER, [".noUi-handle, select, input", ".widget-image"])
            assert height <= room, (kind.__name__, height)
