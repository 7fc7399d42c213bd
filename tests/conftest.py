"""Which tests stay together, and in order, on one of the workers that run them at the same time."""

import re

from xdist.scheduler import LoadScopeScheduling

LONG = ("test_browser.py", "test_explorers.py")


class ByNotebookAndExplorer(LoadScopeScheduling):
    """Keep a file together; of the longest files, what concerns one notebook or one explorer."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        part = re.search(r"\[([^-\]]*)", test) if file.endswith(LONG) else None
        return f"{file} {part[1]}" if part else file


def pytest_xdist_make_scheduler(config, log):
    return ByNotebookAndExplorer(config, log) if config.getvalue("dist") == "loadscope" else None
