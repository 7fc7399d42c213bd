"""JupyterLab in Chromium, for tests and measurements: serve a copy of the notebooks, open one, run it, move things."""

import contextlib
import functools
import http.server
import json
import os
import pathlib
import re
import secrets
import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
import time
import urllib.request

import psutil

ROOT = pathlib.Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "google-chrome", "chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# All cells stay in the page, so that a test finds them without scrolling.
SETTINGS = {"@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"}}
IDLE = "document.querySelector('#jp-main-statusbar')?.innerText.includes('Idle')"


def find_browser():
    """Return the path of a Chromium or Chrome, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextlib.contextmanager
def jupyterlab(folder):
    """Serve a copy of the notebooks from a folder on the loopback interface; give the address of a notebook by name."""
    shutil.copytree(
        ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    options = ["--ServerApp.allow_root=True", f"--ServerApp.root_dir={folder}"]
    # The settings of this checkout, and not those that were installed with it some time ago.
    settings = {"JUPYTER_CONFIG_PATH": str(ROOT)}
    with serving(
        folder, lambda more: [sys.executable, "-m", "jupyterlab", *options, *more], settings
    ) as address:
        yield lambda name: f"{address(f'/doc/tree/notebooks/{name}')}&reset"


def notebook_7(folder):
    """Serve the notebooks that lie in a folder, in Notebook 7; give the address of any path."""
    options = ["--ServerApp.allow_root=True", f"--ServerApp.root_dir={folder}"]
    return serving(folder, lambda more: [sys.executable, "-m", "notebook", *options, *more], {})


@contextlib.contextmanager
def make_lab(course, folder):
    """Run `make lab` in a copy of the course with nothing but what it has installed; give the address of any path."""
    alone = {"JUPYTER_CONFIG_PATH": "", "JUPYTER_CONFIG_DIR": str(folder), "PYTHONPATH": ""}
    # What pip needs is here, and a network is not. 0, because pip takes it for the value of the option's opposite.
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    with serving(
        folder, lambda more: ["make", "-C", course, "lab", f"LAB_FLAGS={' '.join(more)}"], alone | offline
    ) as address:
        yield address


def lend_packages(course):
    """Make a .venv for a copy of the course in which pip finds the packages that are installed here."""
    environment = course / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"))
    # JupyterLab's own page, the widgets' and the kernel lie there.
    (environment / "share").symlink_to(pathlib.Path(sys.prefix, "share"))
    (environment / "finished").write_text(f"{course.resolve()}\n")


@contextlib.contextmanager
def serving(folder, command, variables):
    """Start a JupyterLab, whose settings and log lie in a folder, with the command for its options; give the address of any path."""
    for name, setting in SETTINGS.items():
        path = folder / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(8)
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}"]
    options += [f"--LabApp.user_settings_dir={folder / 'settings'}"]
    environment = os.environ | {"COURSE_PROGRESS": str(folder / "solved.txt")} | variables
    with (
        open(folder / "lab.log", "w") as log,
        subprocess.Popen(command(options), stdout=log, stderr=log, env=environment) as server,
    ):
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/api?token={token}", folder / "lab.log")
            yield lambda path: f"http://127.0.0.1:{port}{path}?token={token}"
        finally:
            stop(psutil.Process(server.pid))


def stop(server):
    """Let a server end with its kernels; kill what has not ended after 20 seconds.

    Kernels are left to it, because it starts one anew that ends by itself; and if one is just starting, Jupyter Server (2.21)
    fails in its own shutdown and never ends.
    """
    processes = [*server.children(recursive=True), server]
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if "ipykernel_launcher" not in process.cmdline():
                process.terminate()
    for process in psutil.wait_procs(processes, timeout=20)[1]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def wait_until_it_answers(address, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        time.sleep(0.2)
    raise RuntimeError("JupyterLab did not start:\n" + log.read_text()[-3000:])


@contextlib.contextmanager
def chromium():
    """Start Chromium; give a function that opens an address in a new page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        context = browser.new_context(viewport={"width": 1100, "height": 1400})
        context.grant_permissions(["clipboard-read", "clipboard-write"])

        def open_page(address):
            page = context.new_page()
            page.goto(address)
            page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
            return page

        yield open_page
        browser.close()


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Files of the site, and the settings of all tests added to its own."""

    def do_GET(self):
        if self.path.partition("?")[0] != "/jupyter-lite.json":
            super().do_GET()
            return
        config = json.loads(pathlib.Path(self.directory, "jupyter-lite.json").read_text(encoding="utf-8"))
        for name, setting in SETTINGS.items():
            # As a file's name, a setting has a slash where its own name has a colon.
            place = name.replace("-extension/", "-extension:")
            config["jupyter-config-data"]["settingsOverrides"][place] = setting | {"recordTiming": True}
        content = json.dumps(config).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def static_site(folder):
    """Serve the site as `python -m http.server` does; give its address."""
    handler = functools.partial(SiteHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def open_site_notebook(page, address, path):
    """Open a notebook of the site and wait until Python has been loaded."""
    page.goto(f"{address}/lab/index.html?path={path}")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=120_000)
    page.wait_for_function(IDLE, timeout=300_000)


def run_all(page, seconds=600, pause=0):
    """Choose "Run All Cells" and wait until the kernel is idle and every code cell has run.

    JupyterLite marks only the cell that runs, and none between two of them: there, a pause must be longer, in seconds.
    """
    from playwright.sync_api import TimeoutError

    page.wait_for_function(IDLE, timeout=60_000)
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    prompts = (
        "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(prompt => prompt.textContent)"
    )
    # A saved notebook looks as if it had run, until the first cell starts; a very short one may be done already.
    with contextlib.suppress(TimeoutError):
        page.wait_for_function(f"{prompts}.some(text => text.includes('*'))", timeout=2000)
    page.evaluate("window.begunToRest = null")
    page.wait_for_function(
        f"""pause => {{
            const prompts = {prompts}
            const rests = prompts.some(text => /\\d/.test(text)) && !prompts.some(text => text.includes('*')) && {IDLE}
            begunToRest = rests ? begunToRest ?? performance.now() : null
            return rests && performance.now() >= begunToRest + 1000 * pause
        }}""",
        arg=pause,
        timeout=seconds * 1000,
        polling=100,
    )


def run_in_first_cell(page, code):
    """Run code in the place of a notebook's first cell; return where its outputs stand."""
    cell = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    page.keyboard.press("Control+Enter")
    return cell.locator(".jp-OutputArea")


def read_cells(page):
    """Return the code cells of the notebook that is open, as the page would save them."""
    cells = page.evaluate("window.jupyterapp.shell.currentWidget.content.model.toJSON().cells")
    return [cell for cell in cells if cell["cell_type"] == "code"]
