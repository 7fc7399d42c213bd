"""helpers is one house with four rules: the core knows only NumPy, the kit no study, a study only what another computes, as exercises do."""

import ast
import importlib
import pathlib
import re
import subprocess
import sys

import nbformat
import pytest
from mutate import own_tests

HELPERS = pathlib.Path(__file__).parents[1] / "helpers"
MODULES = sorted(HELPERS.rglob("*.py"), key=str)
ROOT = HELPERS.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]

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
# The four rules for the parts of the house; of studies, exercises and other studies may import what computes.
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


def test_each_module_of_core_and_kit_has_its_tests():
    """Else somebody who changes a module of them does not find what holds it, under its name or in the table."""
    modules = {part_of: [] for part_of in ("core", "kit")}
    for path in MODULES:
        name = full_name(path)
        if path.stem != "__init__" and part(name) in modules:
            modules[part(name)].append(path)
    assert len(modules["core"]) == 16 and len(modules["kit"]) == 12
    for path in (*modules["core"], *modules["kit"]):
        assert all((ROOT / tests).is_file() for tests in own_tests(path)), path


def prose():
    """Yield where words for people stand, and the words: texts of notebooks, documents, and docstrings of helpers."""
    for path in DOCUMENTS:
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted(ROOT.glob("notebooks/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                yield path.name, cell.source
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield full_name(path), ast.get_docstring(node) or ""


def find(name):
    """Import what a name such as `helpers.surfaces.SURFACES` stands for; fail where nothing does."""
    module, _, attribute = name.rpartition(".")
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        assert error.name == name or error.name == module, f"{name}: {error}"
    return getattr(find(module), attribute)


def test_names_in_prose_are_there():
    """Else a reader looks for something of helpers where it stood once."""
    found = {
        (name, where) for where, text in prose() for name in re.findall(r"(?<![\w./])helpers(?:\.\w+)+", text)
    }
    assert len(found) > 30
    for name, where in sorted(found):
        try:
            find(name)
        except AttributeError:
            pytest.fail(f"{where} names {name}, which is not there")


def test_paths_in_documents_are_there():
    """Else an author pastes a path that leads nowhere."""
    for path in DOCUMENTS:
        for name in re.findall(r"`((?:helpers|tests)/[\w./-]+)", path.read_text(encoding="utf-8")):
            # A name in capitals stands for one that the author chooses.
            if not re.search(r"[A-Z]{4}", name):
                assert (ROOT / name).exists(), f"{path.name} names {name}"
