"""The built site on the loopback interface, and Chromium that reaches nothing else."""

import contextlib

import lab
import nbformat
import pytest
from browser.pages import MADE, NOTEBOOKS, made_notebook
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


@contextlib.contextmanager
def new_page(browser, address):
    """Give an empty page in a browser that was never here before; nothing may be asked of another host."""
    with browser.new_context(viewport={"width": 1100, "height": 1400}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        yield page
        elsewhere = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
        assert elsewhere == []


@pytest.fixture
def page(browser, address):
    with new_page(browser, address) as page:
        yield page


@pytest.fixture
def open_notebook(page, address):
    def open_one(name, folder="notebooks"):
        lab.open_site_notebook(page, address, f"{folder}/{name}")
        return page

    return open_one


# Written by Python itself, which keeps it beside the notebooks.
KEEP = "import pathlib\n\npathlib.Path({name!r}).write_text({text!r})\nprint('written')"


@pytest.fixture(scope="module")
def pages(browser, address):
    """Give what the tests in JupyterLab are given: the page with all explorers, all its cells run."""
    with new_page(browser, address) as page:
        lab.open_site_notebook(page, address, f"notebooks/{NOTEBOOKS[0]}")
        text = nbformat.writes(made_notebook())
        output = lab.run_in_first_cell(page, KEEP.format(name=MADE, text=text))
        output.get_by_text("written", exact=True).wait_for(timeout=300_000)
        lab.open_site_notebook(page, address, f"notebooks/{MADE}")
        lab.run_all(page, seconds=1200, pause=3)
        yield lambda name: page
