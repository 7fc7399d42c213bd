"""What all tests share: which of them stay together on one of the workers, and the browser, if there is one."""

import os
import re

import lab
import pytest
from xdist.scheduler import LoadScopeScheduling


class ByNotebookAndExplorer(LoadScopeScheduling):
    """Keep a file together; of what takes longest, all browser tests of a notebook, and all tests of an explorer."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        part = re.search(r"\[([^-\]]*)", test)
        if part and file.startswith("tests/browser/"):
            return f"browser {part[1]}"
        if part and file.endswith(("test_explorers.py", "test_judges.py")):
            return f"{file} {part[1]}"
        return file


def pytest_xdist_make_scheduler(config, log):
    return ByNotebookAndExplorer(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.fixture(scope="session")
def chromium():
    """Return the path of the browser; without one, browser tests are skipped, or fail where one is required."""
    path = lab.find_browser()
    if path is None:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(
            "no Chromium or Chrome found (Debian: apt-get install chromium)"
        )
    return path
