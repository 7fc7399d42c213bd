"""JupyterLab and Chromium for all tests of this folder, and a page of each notebook."""

import lab
import nbformat
import pytest

from .pages import MADE, made_notebook


# For the whole folder, and closed when its last test has run: while Playwright is at work, nothing else can use asyncio.
@pytest.fixture(scope="package")
def served_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="package")
def open_notebook(served_folder, chromium):
    """Serve the notebooks, start Chromium, and give a function that opens a notebook by its file name."""
    with lab.jupyterlab(served_folder) as address, lab.chromium() as open_page:
        yield lambda name: open_page(address(name))


@pytest.fixture(scope="package")
def pages(open_notebook, served_folder):
    """Give the page of a notebook with all its cells run; the last one stays open, and the made one."""
    opened = {}
    nbformat.write(made_notebook(), served_folder / "notebooks" / MADE)

    def page_of(name):
        if name not in opened:
            for other in {*opened} - {MADE}:
                opened.pop(other).close()
            opened[name] = open_notebook(name)
            lab.run_all(opened[name])
        opened[name].bring_to_front()
        return opened[name]

    yield page_of
    for page in opened.values():
        page.close()
