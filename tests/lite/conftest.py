"""The built site on the loopback interface, and Chromium that reaches nothing else."""

import lab
import pytest
from publish import BUILD

SITE = BUILD / "site"
NOT_BUILT = "build/site is not there: make site writes it"


@pytest.fixture(scope="session")
def address():
    """Serve the site as a stick does, and return its address."""
    if not (SITE / "index.html").exists():
        pytest.fail(NOT_BUILT)
    with lab.static_site(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=lab.FLAGS)


@pytest.fixture
def page(browser, address):
    """Give an empty page in a browser that was never here before; nothing may be asked of another host."""
    with browser.new_context(viewport={"width": 1100, "height": 1400}) as context:
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        yield page
        elsewhere = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
        assert elsewhere == []


@pytest.fixture
def open_notebook(page, address):
    def open_one(name, folder="notebooks"):
        lab.open_site_notebook(page, address, f"{folder}/{name}")
        return page

    return open_one
