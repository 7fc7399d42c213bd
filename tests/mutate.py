"""Break helpers on purpose, one small mistake at a time, and see that the tests notice: python tests/mutate.py.

Each mistake is one that a person makes and a reviewer overlooks, with the words that say what a learner would meet. A
library that changes every operator at random would make thousands, take hours, and name none of them.

Every mistake is made in a copy of the course, never here, and the tests of the module that was broken must notice it:
that a picture or a notebook far away would, says too little about where to look. The exit status is 1 if one goes
unnoticed.
"""

import argparse
import collections
import concurrent.futures
import contextlib
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

STALE = "{file}: the text {old!r} stands {count} times in it, not once. The table in tests/mistakes.py no longer fits the code."
NOTHING_CHOSEN = "No mistake in the table is of a kind or module that contains {only!r}."
NOT_SOUND = "Of the tests that noticed something, one fails without any mistake, too:\n{output}"
NOT_RUN = "The tests of {file} did not run:\n{output}"
LINE = "{kind} | {file} | {meets} | {caught} | {seconds:.0f} s"
NOBODY = "NOBODY NOTICES"
KIND = "{kind} {caught} of {tried}"
TOTAL = "{caught} of {tried} caught in {minutes:.1f} minutes"

# Whose tests look after a module, where the names do not say it.
TESTS = {
    "descent": "test_surfaces",
    "exercises/feedback": "test_feedback",
    "gradients": "test_operations",
    "kit/controls": "test_controls",
    "kit/explorer": "test_controls",
    "kit/style": "test_figures",
    "layers": "test_models",
    "losses": "test_models",
    "metrics": "test_models",
    "studies/landscape/compute": "studies/test_search",
    "studies/training/compute": "studies/test_operations",
    "studies/training/projections": "studies/test_operations",
    "studies/tensors/compute": "studies/test_operations",
    "tensor": "test_operations",
}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--workers", type=int, default=2, help="how many at the same time (default: 2)")
    options.add_argument("--only", default="", help="a kind or a module, or a part of it")
    options = options.parse_args()
    chosen = [mistake for mistake in MISTAKES if options.only in f"{mistake.kind} {mistake.file}"]
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
    """Return the text of a file with a mistake in it; raise a ValueError if the place is not there, or not the only one."""
    text = (ROOT / "helpers" / mistake.file).read_text(encoding="utf-8")
    count = text.count(mistake.old)
    if count != 1:
        raise ValueError(STALE.format(file=mistake.file, old=mistake.old, count=count))
    return text.replace(mistake.old, mistake.new)


def own_tests(file):
    """Return the file of tests that looks after a file of helpers; a study has one, unless a module of it has its own."""
    module = file.removesuffix(".py")
    folder, _, name = module.rpartition("/")
    if module in TESTS:
        return f"tests/{TESTS[module]}.py"
    if not folder.startswith("studies/"):
        return f"tests/test_{name}.py"
    own = f"tests/studies/test_{name}.py"
    return own if (ROOT / own).exists() else f"tests/studies/test_{folder.removeprefix('studies/')}.py"


def try_mistake(mistake):
    """Return the name of the first test that fails with a mistake (None if none does), and how many seconds it took."""
    begun = time.monotonic()
    with copied_course() as course:
        (course / "helpers" / mistake.file).write_text(broken(mistake), encoding="utf-8")
        status, output = run_tests(course, own_tests(mistake.file))
    failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", output, re.MULTILINE)
    if status and not failed:
        raise RuntimeError(NOT_RUN.format(file=mistake.file, output=output))
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
