"""What the tests of figures and explorers go through: a module for each study, with up to four tables.

PICTURES
    For each picture: who draws it, from which arguments, and what its sentence has to say.
LIVE
    For each live picture: who draws it, a first result, and the one that it moves to.
SAME
    For each explorer: how the names that its code leaves behind compare with its result.
PRESETS
    For explorers whose presets no test of the study looks at: what each does, as a claim on its result and settings.
"""

import importlib
import pkgutil

MODULES = [importlib.import_module(f"cases.{module.name}") for module in pkgutil.iter_modules(__path__)]


def gather(table):
    """Join the tables of one name; no key stands in two of them."""
    rows = [row for module in MODULES for row in getattr(module, table, {}).items()]
    assert len(dict(rows)) == len(rows), f"{table}: a name is used twice"
    return dict(rows)


PICTURES, LIVE, SAME, PRESETS = map(gather, ("PICTURES", "LIVE", "SAME", "PRESETS"))
