"""Break helpers on purpose, one small mistake at a time, and see that the tests notice: python tests/mutate.py.

Each mistake is one that a person makes and a reviewer overlooks, with the words that say what a learner would meet. A
library that changes every operator at random would make thousands, take hours, and name none of them.

Every mistake is made in a copy of the course, never here, and the tests of the module that was broken must notice it:
that a picture or a notebook far away would, says too little about where to look. The exit status is 1 if one goes
unnoticed.
"""

import argparse
import ast
import collections
import concurrent.futures
import contextlib
import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from mistakes import MISTAKES

ROOT = pathlib.Path(__file__).parents[1]
COPIED = ("constraints.txt", "data", "helpers", "notebooks", "pyproject.toml", "tests")

NO_PLACE = "helpers defines {count} things named {where}, not one. The table in tests/mistakes.py no longer fits the code."
STALE = "{where}: {old} stands in it {count} times, not once. The table in tests/mistakes.py no longer fits the code."
NOTHING_CHOSEN = "No mistake in the table is of a kind or place that contains {only!r}."
NOT_SOUND = "Of the tests that noticed something, one fails without any mistake, too:\n{output}"
NOT_RUN = "The tests of {where} did not run:\n{output}"
LINE = "{kind} | {where} | {meets} | {caught} | {seconds:.0f} s"
NOBODY = "NOBODY NOTICES"
KIND = "{kind} {caught} of {tried}"
TOTAL = "{caught} of {tried} caught in {minutes:.1f} minutes"

# Whose tests look after a module, where the names do not say it.
TESTS = {
    "descent": "test_surfaces",
    "errors": "test_awkward_inputs",
    "gradients": "test_operations",
    "kit/explorer": "test_controls",
    "kit/live": "test_exports",
    "layers": "test_models",
    "losses": "test_models",
    "metrics": "test_models",
    "progress": "test_models",
    "tensor": "test_operations",
}
AWKWARD = "tests/test_awkward_inputs.py"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--workers", type=int, default=2, help="how many at the same time (default: 2)")
    options.add_argument("--only", default="", help="a kind or a place, or a part of it")
    options = options.parse_args()
    chosen = [mistake for mistake in MISTAKES if options.only in f"{mistake.kind} {mistake.where}"]
    if not chosen:
        sys.exit(NOTHING_CHOSEN.format(only=options.only))
    try:
        for mistake in chosen:
            broken(mistake)
    except ValueError as error:
        sys.exit(str(error))
    begun = time.monotonic()
    with concurrent.futures.ProcessPoolExecutor(options.workers) as pool:
        found = {}
        for mistake, (caught, seconds) in zip(chosen, pool.map(try_mistake, chosen), strict=True):
            found[mistake] = caught
            print(LINE.format(caught=caught or NOBODY, seconds=seconds, **mistake._asdict()), flush=True)
    noticed = sorted({*found.values()} - {None})
    with copied_course() as course:
        status, output = run_tests(course, *noticed) if noticed else (0, "")
    if status:
        sys.exit(NOT_SOUND.format(output=output))
    tried = collections.Counter(mistake.kind for mistake in chosen)
    caught = collections.Counter(mistake.kind for mistake in chosen if found[mistake])
    print(
        *(KIND.format(kind=kind, tried=tried[kind], caught=caught[kind]) for kind in sorted(tried)), sep=", "
    )
    minutes = (time.monotonic() - begun) / 60
    print(TOTAL.format(caught=caught.total(), tried=tried.total(), minutes=minutes))
    sys.exit(caught != tried)


def broken(mistake):
    """Return a file and its text with a mistake in it; raise a ValueError if the place is not there, or not the only one."""
    found = [place for name, *place in definitions() if f".{name}".endswith(f".{mistake.where}")]
    if len(found) != 1:
        raise ValueError(NO_PLACE.format(where=mistake.where, count=len(found)))
    ((path, text, node),) = found
    return path, replaced(text, node, mistake)


@functools.cache
def definitions():
    """List what `helpers` defines: its name in full, its file with the text of it, and its syntax tree; methods, too."""
    found = []

    def walk(name, path, text, node):
        found.append((name, path, text, node))
        for part in getattr(node, "body", ()):
            match part:
                case ast.FunctionDef() | ast.ClassDef():
                    walk(f"{name}.{part.name}", path, text, part)
                case ast.Assign(targets=[ast.Name(id=constant)]) if not isinstance(node, ast.FunctionDef):
                    found.append((f"{name}.{constant}", path, text, part))

    for path in sorted((ROOT / "helpers").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        text = path.read_text(encoding="utf-8")
        walk(module.removesuffix(".__init__"), path, text, ast.parse(text))
    return found


def replaced(text, definition, mistake):
    """Return a text in which one piece of a definition is another; the rest of it stays byte for byte."""
    old, new = (ast.parse(code).body for code in (mistake.old, mistake.new))
    expression = all(len(code) == 1 and isinstance(code[0], ast.Expr) for code in (old, new))
    wanted = list(map(ast.dump, [old[0].value] if expression else old))
    places = [
        run
        for node in ast.walk(definition)
        for run in ([[node]] if expression else runs(node, len(old)))
        if list(map(ast.dump, run)) == wanted
    ]
    if len(places) != 1:
        raise ValueError(STALE.format(where=mistake.where, old=mistake.old, count=len(places)))
    first, last = places[0][0], places[0][-1]
    # Syntax trees count in bytes.
    lines = text.encode().splitlines(keepends=True)
    start = sum(map(len, lines[: first.lineno - 1])) + first.col_offset
    end = sum(map(len, lines[: last.end_lineno - 1])) + last.end_col_offset
    written = f"({mistake.new})" if expression else mistake.new
    return (text.encode()[:start] + written.encode() + text.encode()[end:]).decode()


def runs(node, length):
    """Yield the statements in a node that stand one after the other, so many at a time."""
    for block in ("body", "orelse", "finalbody"):
        statements = getattr(node, block, None)
        if isinstance(statements, list):
            for start in range(len(statements) - length + 1):
                yield statements[start : start + length]


def own_tests(file):
    """List the files of tests that look after a file of helpers: what answers awkward inputs looks after all of the core."""
    module = file.relative_to(ROOT / "helpers").with_suffix("").as_posix()
    return [*dict.fromkeys([test_of(file), *([] if "/" in module else [AWKWARD])])]


def test_of(file):
    """Return the file of tests of a file of helpers: named in TESTS, or of its own name, or of its study's."""
    module = file.relative_to(ROOT / "helpers").with_suffix("").as_posix()
    if module in TESTS:
        return f"tests/{TESTS[module]}.py"
    folder, _, name = module.rpartition("/")
    if not folder.startswith("studies/"):
        return f"tests/test_{name}.py"
    own = f"tests/studies/test_{name}.py"
    return own if (ROOT / own).exists() else f"tests/studies/test_{folder.removeprefix('studies/')}.py"


def try_mistake(mistake):
    """Return the name of the first test that fails with a mistake (None if none does), and how many seconds it took."""
    begun = time.monotonic()
    file, text = broken(mistake)
    with copied_course() as course:
        (course / file.relative_to(ROOT)).write_text(text, encoding="utf-8")
        status, output = run_tests(course, *own_tests(file))
    failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", output, re.MULTILINE)
    if status and not failed:
        raise RuntimeError(NOT_RUN.format(where=mistake.where, output=output))
    return failed and failed[1], time.monotonic() - begun


@contextlib.contextmanager
def copied_course():
    """Give a folder with a copy of the course, for a `with` block."""
    with tempfile.TemporaryDirectory() as folder:
        course = pathlib.Path(folder)
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, course / name)
        yield course


def run_tests(course, *tests):
    """Run tests in a copy of the course up to the first failure; return pytest's exit status and what it says."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-rfE", "--tb=no", "--mpl", "-m", "not browser"]
    command += ["-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]
    # As many threads as workers would fight for the cores, and a line that is cut off names no test.
    environment = os.environ | {"PYTHONPATH": str(course), "OPENBLAS_NUM_THREADS": "1", "COLUMNS": "300"}
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    main()
