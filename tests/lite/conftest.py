"""The built site on the loopback interface, and Chromium that reaches nothing else."""

import contextlib
import functools
import http.server
import json
import threading

import lab
import pytest
from publish import BUILD

SITE = BUILD / "site"
NOT_BUILT = "build/site is not there: make site writes it"
IDLE = "document.querySelector('#jp-main-statusbar')?.innerText.includes('Idle')"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def served(folder):
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def address():
    """Serve the site as a stick does, and return its address."""
    if not (SITE / "index.html").exists():
        pytest.fail(NOT_BUILT)
    with served(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=lab.FLAGS)


@pytest.fixture
def page(browser, address):
    """Give an empty page in a browser that was never here before; nothing may be asked of another host."""
    settings = json.loads((SITE / "overrides.json").read_text(encoding="utf-8"))
    with browser.new_context(viewport={"width": 1100, "height": 1400}) as context:
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        # All cells stay in the page, so that a test finds them without scrolling.
        page.route("**/overrides.json", lambda route: route.fulfill(json=settings | lab.SETTINGS))
        yield page
        elsewhere = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
        assert elsewhere == []


@pytest.fixture
def open_notebook(page, address):
    def open_one(name, folder="notebooks"):
        page.goto(f"{address}/lab/index.html?path={folder}/{name}")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=120_000)
        page.wait_for_function(IDLE, timeout=300_000)
        return page

    return open_one
