"""Judges of explorers: each reads every claim of an explorer's sentence and holds it against its own mathematics.

Each stands in a file named as the file of its explorer; what several need stands in `shared`.

A judge imports nothing of what the explorer computes with: it walks in plain loops, further than the picture shows, looks at the
points along the way, and solves what has a closed form. A claim that it cannot read counts as a contradiction.
"""

import importlib
import pathlib
import pkgutil

from judges.shared.judging import Judge

JUDGES = {
    judge.explorer.__name__: judge
    for module in pkgutil.iter_modules([str(pathlib.Path(__file__).parent)])
    if not module.ispkg
    for judge in vars(importlib.import_module(f"judges.{module.name}")).values()
    if isinstance(judge, Judge)
}
