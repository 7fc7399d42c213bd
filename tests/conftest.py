"""Which tests stay together, and in order, on one of the workers that run them at the same time."""

import pytest

NOTEBOOK_OF_FIXTURE = {"start_here": "2.0-start-here.ipynb", "first_look": "2.1-a-first-look.ipynb"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep a file together; of the longest files, what concerns one notebook or one explorer."""
    for item in items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        notebooks = [
            NOTEBOOK_OF_FIXTURE[name]
            for name in getattr(item, "fixturenames", ())
            if name in NOTEBOOK_OF_FIXTURE
        ]
        explorer = getattr(parameters.get("explorer_class"), "__name__", "")
        part = parameters.get("notebook") or explorer or "".join(notebooks)
        item.add_marker(pytest.mark.xdist_group(f"{item.path.name} {part}"))
