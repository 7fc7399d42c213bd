"""The course as a plain wheel: all that it needs is inside, the digits included, and the source distribution is the repository."""

import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import zipfile

import pytest
from test_environment import ROOT, shared_files
from test_notebooks import every_notebook

pytestmark = pytest.mark.weekly

# What a learner without a checkout does first; the last line is what a notebook's cell returns.
PROGRAM = """
import warnings
warnings.simplefilter("error")

import helpers
from helpers.datasets import load_mnist
from helpers.studies.chapter.machine_check import MachineCheck
from helpers.studies.training.plot_digits import show_digits
from helpers.widgets import TangentLive

(images, labels), _ = load_mnist()
print(helpers.__file__)
print(images.shape, len(show_digits(images[:10], labels[:10]).png()) > 1000)
print(TangentLive().text)
print(MachineCheck().text)
"""


def python(program, **environment):
    """Run a program with another environment and return what came of it."""
    return subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
        cwd=environment.get("PYTHONPATH"),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """Build what is committed as a release does, the wheel from nothing but the source distribution; return the folder."""
    copy, built = tmp_path_factory.mktemp("repository"), tmp_path_factory.mktemp("built")
    for path in shared_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    # Without isolation, since what it would install comes from the network.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", built, copy]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return built


@pytest.fixture(scope="module")
def wheel(release, tmp_path_factory):
    """Return the folder into which the wheel is unpacked."""
    (path,) = release.glob("*.whl")
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(path).extractall(folder)
    return folder


def test_source_distribution_is_the_repository(release):
    """Else whoever has only the archive misses notebooks, digits or tests; or gets what lay around."""
    (path,) = release.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        packed = {member.name.partition("/")[2] for member in archive if member.isfile()}
    made = {"PKG-INFO", "setup.cfg"}
    packed = {name for name in packed if not name.startswith("mathematics_of_neural_networks.egg-info/")}
    assert packed - made == {path.relative_to(ROOT).as_posix() for path in shared_files()}


def test_wheel_holds_the_package_the_digits_and_the_settings(wheel):
    """Else the style of the pictures, a script or a licence is missing; or a folder `data` lies among other people's packages."""
    shared = {path.relative_to(ROOT).as_posix() for path in shared_files()}
    # Catalogues go in as Python reads them, not as translators do.
    expected = {name for name in shared if name.startswith("helpers/") and not name.endswith(".po")}
    assert {"helpers/locale/zh_CN/LC_MESSAGES/helpers.mo", "helpers/kit/fonts/CourseSans-Bold.otf"} < expected
    expected |= {f"helpers/{name}" for name in shared if name.startswith("data/")}
    # What follows .data/data/ is where pip puts it in an environment.
    expected |= {f"etc/jupyter/{name}" for name in shared if name.startswith("labconfig/")}
    unpacked = {path.relative_to(wheel).as_posix() for path in wheel.rglob("*") if path.is_file()}
    unpacked = {name.rpartition(".data/data/")[2] for name in unpacked if ".dist-info/" not in name}
    assert unpacked == expected


def test_course_runs_from_the_wheel(wheel):
    """Else digits, pictures or explorers need a checkout that a hub's learners do not have."""
    done = python(PROGRAM, PYTHONPATH=str(wheel), COURSE_PROGRESS=os.devnull)
    assert done.returncode == 0, done.stderr
    place, digits, *said = done.stdout.splitlines()
    assert pathlib.Path(place).is_relative_to(wheel)
    assert digits == "(4000, 28, 28) True"
    assert "tangent" in said[0]
    assert [line[0] for line in said[-4:]] == ["✓", "✓", "✓", "○"]


def test_wheel_speaks_chinese(wheel):
    """Else whoever installed the course meets English, or boxes in place of letters, between the Chinese of the notebooks."""
    done = python(PROGRAM, PYTHONPATH=str(wheel), COURSE_PROGRESS=os.devnull, COURSE_LANGUAGE="zh_CN")
    assert done.returncode == 0, done.stderr
    place, digits, *said = done.stdout.splitlines()
    assert pathlib.Path(place).is_relative_to(wheel)
    # What a picture lacks a letter for, it would warn of, and stop.
    assert digits == "(4000, 28, 28) True"
    assert "切线" in said[0]
    assert [line[0] for line in said[-4:]] == ["✓", "✓", "✓", "○"]


@every_notebook
def test_notebooks_run_from_the_wheel(wheel, path, tmp_path):
    """Else somebody who installed the course and took the notebooks along meets another output, or an error."""
    # The whole folder: the glossary of 2.5 reads the others.
    shutil.copytree(path.parent, tmp_path, dirs_exist_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=180", path.name]
    environment = os.environ | {"PYTHONPATH": str(wheel), "COURSE_PROGRESS": os.devnull}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_wheel_with_lost_digits(wheel, tmp_path):
    """Else the message names a file outside of the package, or advises git."""
    shutil.copytree(wheel, tmp_path, dirs_exist_ok=True)
    (tmp_path / "helpers/data/mnist_5k.npz").unlink()
    done = python("from helpers.datasets import load_mnist; load_mnist()", PYTHONPATH=str(tmp_path))
    message = done.stderr.splitlines()[-1]
    assert str(tmp_path / "helpers" / "data" / "mnist_5k.npz") in message
    assert "install it again" in message


def test_another_checkout_comes_first(wheel, tmp_path):
    """Else `make student` runs the notebooks of the learner's copy with the maker's helpers or digits."""
    for name in ("helpers", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    program = "from helpers import datasets; print(datasets.__file__, datasets.BUNDLED, sep='\\n')"
    done = python(program, PYTHONPATH=str(tmp_path))
    assert done.stdout.splitlines() == [
        str(tmp_path / "helpers" / "datasets.py"),
        str(tmp_path / "data" / "mnist_5k.npz"),
    ]
