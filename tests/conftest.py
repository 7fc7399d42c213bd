"""Which tests stay together, and in order, on one of the workers that run them at the same time."""

import re

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
