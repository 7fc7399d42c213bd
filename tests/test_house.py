"""helpers is one house with three rules: the core knows only NumPy, the kit no study, a study only what another computes."""

import ast
import pathlib
import subprocess
import sys

import pytest

HELPERS = pathlib.Path(__file__).parents[1] / "helpers"
MODULES = sorted(HELPERS.rglob("*.py"), key=str)

# Beside the standard library and NumPy: what is imported, and what only inside of functions, so that a learner who doesn't
# need it doesn't wait for it.
PACKAGES = {
    "core": set(),
    "kit": {"IPython", "PIL", "ipywidgets", "matplotlib", "traitlets"},
    "studies": {"IPython", "PIL", "ipywidgets", "matplotlib", "packaging", "traitlets"},
    "exercises": set(),
}
LATE_PACKAGES = {
    "core": {"IPython", "pooch", "requests", "tqdm"},
    "kit": {"IPython", "contourpy"},
    "studies": {"IPython", "PIL", "contourpy", "ipycanvas", "matplotlib"},
    "exercises": {"platformdirs"},
}
# What computes loads no package that draws: it is imported where nobody looks, too.
COMPUTES = ("compute", "conventions", "projections", "samples", "strided")
# The three rules for the parts of the house, and that exercises know neither kit nor studies.
ALLOWED = {
    "core": ("core",),
    "kit": ("core", "kit"),
    "studies": ("core", "kit"),
    "exercises": ("core", "exercises"),
    "widgets": ("studies",),
}


def part(name):
    """The part of the house that a module belongs to: core, kit, studies, exercises or widgets."""
    first, *deeper = name.split(".")[1:] or [""]
    return first if deeper or first in ("kit", "studies", "exercises", "widgets") else "core"


def full_name(path):
    name = ".".join(path.relative_to(HELPERS.parent).with_suffix("").parts)
    return name.removesuffix(".__init__")


def may_import(here, there):
    """Whether the rules let one module import another: of another study only what computes, never what draws."""
    one, other = part(here), part(there)
    if other == "studies" and one in ("studies", "exercises"):
        return there.endswith(COMPUTES) or there.split(".")[:3] == here.split(".")[:3]
    return other in ALLOWED[one]


def imports(path):
    """Yield module and name of everything that a file imports, and whether that happens inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    late = {node for function in functions for node in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node in late
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, (
                f"{path.name}, line {node.lineno}: write the import in full, from helpers. …"
            )
            for alias in node.names:
                # `from helpers import errors` imports the module errors, `from helpers.errors import x` a name of it.
                deeper = f"{node.module}.{alias.name}"
                is_module = (HELPERS.parent / (deeper.replace(".", "/") + ".py")).exists()
                yield deeper if is_module else node.module, node in late


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HELPERS).as_posix())
def test_imports_keep_the_rules(path):
    """Else a learner who opens a file of the core meets explorers, and no study can be read by itself."""
    here = full_name(path)
    for there, late in imports(path):
        package = there.partition(".")[0]
        if package == "helpers":
            assert may_import(here, there), f"{here} must not import {there}"
        elif package not in sys.stdlib_module_names:
            allowed = {"numpy"} | PACKAGES.get(part(here), set())
            if late:
                allowed |= LATE_PACKAGES.get(part(here), set())
            assert package in allowed, f"{here} must not import {there}" + (" at once" if not late else "")


def test_what_computes_loads_only_numpy():
    """Whoever wants tensors or a study's numbers alone neither waits for pictures nor needs a notebook."""
    below = [
        name
        for name in map(full_name, MODULES)
        if part(name) == "core" or (part(name) == "studies" and name.endswith(COMPUTES))
    ]
    heavy = {"matplotlib", "PIL", "ipywidgets", "IPython", "pooch", "requests", "tqdm"}
    program = f"import sys, {', '.join(below)}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "helpers.models" in loaded.split()
    assert "helpers.studies.momentum.compute" in loaded.split()
    assert heavy.isdisjoint(loaded.split())


def test_each_study_has_its_tests_and_its_cases():
    """Else a stranger looks for the case of a figure, or for the tests of a study, and finds them under another name."""
    studies = {folder.parent.name for folder in HELPERS.glob("studies/*/compute.py")}
    tests = pathlib.Path(__file__).parent
    assert {path.stem for path in tests.glob("cases/*.py")} - {"__init__", "rings"} == studies
    assert studies <= {path.stem.removeprefix("test_") for path in tests.glob("studies/test_*.py")}
