"""The end of a run: what it cost, and what it left out."""

import os
import pathlib
import re
import subprocess
import sys

import pytest
from costs import KINDS, fixed_piece_of_work, kind_of, spent

ROOT = pathlib.Path(__file__).parents[1]
TESTS = """
import subprocess, sys, pytest

WORK = "import time\\nwhile time.process_time() < 0.6: pass"

@pytest.mark.weekly
@pytest.mark.parametrize("number", range(3))
def test_that_takes_long(number):
    pass

def test_of_a_child():
    subprocess.run([sys.executable, "-c", WORK], check=True)

def test_that_idles():
    pass
"""
SETTINGS = "[pytest]\nmarkers = weekly: takes long"


@pytest.mark.weekly
@pytest.mark.parametrize("workers", [["-p", "xdist", "-n", "2"], []], ids=["workers", "alone"])
def test_a_run_says_what_it_cost_and_left_out(tmp_path, workers):
    """Else checks are left out without a word, or counted once a worker; or what a kernel or a browser costs is not seen."""
    (tmp_path / "test_some.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    command = [sys.executable, "-m", "pytest", "-p", "costs", "-m", "not weekly", *workers, str(tmp_path)]
    environment = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT / "tests")}
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | environment, capture_output=True, text=True, timeout=300
    )
    assert "2 passed" in done.stdout, done.stdout + done.stderr
    assert "Left to make test-all, 3 in all: 3 of all others." in done.stdout
    kind, child, idle = (
        float(re.search(rf"([\d.]+) s  {name}", done.stdout)[1])
        for name in (r"all others \(2\)", r"test_some.py::test_of_a_child", r"test_some.py::test_that_idles")
    )
    assert child >= 0.6 > idle and kind == pytest.approx(child + idle, abs=0.2)
    assert re.search(r"in all: \d+ times the fixed piece of work", done.stdout)


def test_living_children_count():
    """Else Chromium and its kernels cost nothing until they end, and then all at once."""
    program = "import time\nwhile time.process_time() < 0.5: pass\nprint(flush=True)\ninput()"
    before = spent(living=True)
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        child.stdout.readline()
        assert spent(living=True) - before > 0.4
        child.communicate(b"\n")


def test_the_fixed_piece_of_work_grows_with_its_steps():
    """Else it measures something else, and the ratio says nothing."""
    assert 3 * fixed_piece_of_work(2) < fixed_piece_of_work(40)


def test_each_kind_is_that_of_a_test():
    """Else a file was renamed, and its tests are counted among all others."""
    files = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "notebooks").glob("*.ipynb")]
    assert {kind_of(f"{file.relative_to(ROOT).as_posix()}::test") for file in files} == {*KINDS.values()}


def test_what_is_left_out_is_in_the_other_run():
    """Else `make test-all` leaves something out, or runs something twice."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipes = dict(re.findall(r"^(test|weekly): extras\n((?:\t.*\n)+)", makefile, re.MULTILINE))
    assert '-m "not weekly and not site"' in recipes["test"] and "-m weekly" in recipes["weekly"]
    assert "\ntest-all: test weekly\n" in makefile
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert '"${make[@]}" test\n' in script and re.search(r'"\$\{make\[@\]\}".* weekly\n', script)
