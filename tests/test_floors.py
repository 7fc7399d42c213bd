"""helpers is one house: imports only go down, and a package is used only on the floors where it belongs."""

import ast
import pathlib
import subprocess
import sys

import pytest

HELPERS = pathlib.Path(__file__).parents[1] / "helpers"

# From the ground up; rooms of one floor don't know each other. A new module needs its place here.
FLOORS = (
    ("glossary", "helpers", "errors", "progress"),
    ("datasets", "strided", "tensor"),
    ("gradients", "operations"),
    ("optimizers",),
    ("layers", "losses", "metrics"),
    ("models",),
    ("experiments", "projections", "samples"),
    ("demonstrations", "surfaces"),
    ("descent", "secants", "search"),
    (
        "conventions",
        "drawing",
        "graphs",
        "landscape",
        "momentum",
        "noise",
        "phases",
        "promises",
        "races",
        "rates",
        "regions",
    ),
    ("digit_paths",),
    ("plots",),
    ("exercises",),
    ("widgets",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# Beside the standard library and NumPy: what a room imports, and what only inside its functions, so that a learner who
# doesn't need it doesn't wait for it.
PACKAGES = {
    "plots": {"matplotlib", "PIL"},
    "widgets": {"IPython", "ipywidgets", "matplotlib", "packaging", "traitlets"},
}
LATE_PACKAGES = {
    "demonstrations": {"contourpy"},
    "datasets": {"pooch", "requests"},
    "exercises": {"platformdirs"},
    "graphs": {"networkx"},
    "plots": {"IPython", "contourpy"},
    "progress": {"IPython", "tqdm"},
    "samples": {"PIL", "matplotlib"},
    "widgets": {"ipycanvas"},
}
MODULES = sorted(HELPERS.rglob("*.py"), key=str)


def room(path):
    """The module or the sub-package of helpers that a file belongs to."""
    first = path.relative_to(HELPERS).parts[0].removesuffix(".py")
    return "helpers" if first == "__init__" else first


def imports(path):
    """Yield the full name of everything that a file imports, and whether that happens inside a function."""
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
                yield f"{node.module}.{alias.name}", node in late


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HELPERS).as_posix())
def test_imports_only_go_down(path):
    here = room(path)
    assert here in FLOOR, f"give helpers/{here} its place in FLOORS"
    for name, late in imports(path):
        package, _, rest = name.partition(".")
        if package == "helpers":
            there = rest.partition(".")[0] or "helpers"
            assert there == here or FLOOR[there] < FLOOR[here], f"{here} must not import {name}"
        elif package not in sys.stdlib_module_names:
            allowed = {"numpy"} | PACKAGES.get(here, set())
            if late:
                allowed |= LATE_PACKAGES.get(here, set())
            assert package in allowed, f"{here} must not import {name}" + (" at once" if not late else "")


def test_numerical_floor_loads_only_numpy():
    """Whoever wants tensors alone neither waits for pictures nor needs a notebook."""
    below = [
        name for floor in FLOORS[: FLOOR["plots"]] for name in floor if (HELPERS / f"{name}.py").exists()
    ]
    heavy = {"matplotlib", "PIL", "ipywidgets", "IPython", "networkx", "pooch", "requests", "tqdm"}
    program = f"import sys, helpers, {', '.join(f'helpers.{name}' for name in below)}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "helpers.models" in loaded.split()
    assert heavy.isdisjoint(loaded.split())
