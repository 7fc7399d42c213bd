"""The notebooks for those who hear a page or use no mouse: names, texts of pictures, and a way through by the Tab key."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .pages import MADE, ExplorerOnPage, every_explorer, every_page, in_notebook

pytestmark = pytest.mark.browser

# JupyterLab's own menus, sidebars and editors are not ours to mend.
OURS = [".jp-NotebookPanel .jp-OutputArea-output", ".jp-NotebookPanel .jp-RenderedMarkdown"]

STOPS = (
    "button, select, input, textarea, canvas[tabindex], .noUi-handle, .widget-readout[contenteditable=true]"
)
FIND_STOPS = """(box, stops) => {
    const look = element => {
        const style = getComputedStyle(element);
        return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.filter].join();
    };
    const found = [...box.querySelectorAll(stops)].filter(element => element.checkVisibility());
    const plain = found.map(look);
    window.stopReached = () => {
        const number = found.indexOf(document.activeElement);
        return number < 0 ? null : [number, look(found[number]) !== plain[number]];
    };
    return found.map(element => element.getAttribute("aria-label") || element.labels?.[0]?.innerText
                     || element.innerText);
}"""


@every_page
def test_axe_finds_nothing_serious(pages, notebook):
    """If it fails, a learner with a screen reader meets a slider without a name, a picture without a text, or worse."""
    found = (
        Axe().run(pages(notebook), {"include": OURS}, {"resultTypes": ["violations"]}).response["violations"]
    )
    serious = [
        (fault["id"], node["html"][:200])
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
    assert serious == []


@every_explorer
def test_tab_key_reaches_everything_and_leaves(pages, notebook, kind, number):
    """If it fails, somebody without a mouse cannot reach a control, does not see where he is, or cannot get out again."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    page = explorer.page
    explorer.press("Reset")
    explorer.expect()
    # Where JupyterLab's command mode leaves the keyboard.
    explorer.box.locator("xpath=ancestor::*[contains(@class, 'jp-Cell ')]").focus()
    names = explorer.box.evaluate(FIND_STOPS, STOPS)
    assert all(names), names
    visited = []
    for _ in range(len(names) + 10):
        page.keyboard.press("Tab")
        reached = page.evaluate("stopReached()")
        if reached is None and visited:
            break
        visited += [reached] if reached else []
    assert [name for name, _ in visited] == list(range(len(names))), names
    assert [names[name] for name, seen in visited if not seen] == []
    preset = next(iter(kind.presets.values()))
    for button, key, settings in ((preset.label, "Enter", preset.settings), ("Reset", "Space", {})):
        explorer.box.get_by_role("button", name=button, exact=True).last.focus()
        page.keyboard.press(key)
        explorer.expect(**settings)


@in_notebook(MADE)
def test_slider_says_its_name_and_its_value(pages, notebook):
    """If it fails, a screen reader says "slider, 10" where the page shows "learning rate, 0.05"."""
    explorer = ExplorerOnPage(pages(notebook))
    explorer.press("Reset")
    explorer.expect()
    slider = explorer.box.get_by_role("slider", name="learning rate", exact=True)
    assert slider.get_attribute("aria-valuetext") == "0.05"
    slider.press("ArrowRight")
    explorer.expect(learning_rate=0.07)
    assert slider.get_attribute("aria-valuetext") == "0.07"
    # What is announced must have stood there before its words.
    region = explorer.box.get_by_role("status").element_handle()
    slider.press("ArrowLeft")
    explorer.expect()
    assert region.is_visible() and region.inner_text() == explorer.sentence_of()
