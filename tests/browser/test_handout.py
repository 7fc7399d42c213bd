"""Pages of the handout in Chromium without a network connection: pictures, formulas, folds, links, paper."""

import publish
import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.pages import MADE, in_notebook

NOTEBOOK = "2.4.1-derivatives.ipynb"
NEXT = "2.4.2-gradients.ipynb"
PHONE = {"width": 390, "height": 844}
# Without margins of 15 mm.
A4 = {"width": 680, "height": 1009}
CUT_OFF = """() => [...document.querySelectorAll("main *")]
    .filter(part => part.checkVisibility() && !part.closest("math")
        && (part.clientWidth && getComputedStyle(part).overflowX !== "visible" && part.scrollWidth > part.clientWidth + 1
            || part.getBoundingClientRect().right > document.documentElement.clientWidth + 1))
    .map(part => part.outerHTML.slice(0, 200))"""

pytestmark = [pytest.mark.browser, in_notebook(MADE)]


def test_a_page_shows_and_unfolds_everything_offline(pages, notebook, tmp_path, monkeypatch):
    """If it fails, somebody on a train sees empty frames, dead folds or letters with dollar signs."""
    monkeypatch.setattr(
        publish, "notebooks", lambda: [publish.ROOT / "notebooks" / name for name in (NOTEBOOK, NEXT)]
    )
    publish.handout(tmp_path)
    # The browser of the explorers' page, which other tests use as well: a second Playwright cannot run beside it.
    context = pages(notebook).context.browser.new_context(viewport=PHONE, offline=True)
    page = context.new_page()
    failed = []
    page.on("requestfailed", lambda request: failed.append(request.url[:100]))
    page.on("console", lambda message: failed.append(message.text))
    page.goto((tmp_path / NOTEBOOK.replace(".ipynb", ".html")).as_uri())
    widths = page.locator("img").evaluate_all("images => images.map(image => image.naturalWidth)")
    assert widths and min(widths) > 300
    assert page.locator("mfrac").first.bounding_box()["height"] > 25
    fold = page.locator("details").first
    assert fold.locator("p").first.is_hidden()
    fold.locator("summary").click()
    assert fold.locator("p").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.locator("pre[tabindex='0']").count() > 0
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    page.wait_for_timeout(100)
    violations = Axe().run(page).response["violations"]
    assert [v["id"] for v in violations if v["impact"] in ("serious", "critical")] == []
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = false })")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    assert page.evaluate(CUT_OFF) == []
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    page.get_by_role("link", name="All notebooks").click()
    page.get_by_role("link", name="2.4.2 The gradient").click()
    assert page.title().startswith("2.4.2 The gradient")
    assert failed == []
    context.close()
