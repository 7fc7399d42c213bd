"""One course, however it is installed: make, conda, Binder; and nothing of the maker's machine is left in it."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = pathlib.Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def bounds(requirements):
    """Map the names of requirements to their bounds."""
    parsed = [Requirement(text) for text in requirements]
    assert all(requirement.url is None for requirement in parsed)
    return {canonicalize_name(requirement.name): requirement.specifier for requirement in parsed}


def shared_files():
    """All files that are or would be committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout, so nothing says which files belong to it")
    # Of another user's checkout, too, which git does not read unless it is told to.
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    names = (
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8").split("\0")
    )
    return [ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file()]


def test_checkout_of_another_user(monkeypatch):
    """Else git refuses to say which files belong to a checkout that root, or a container, looks at."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert ROOT / "pyproject.toml" in shared_files()


def test_conda_equals_pip():
    """Learners with conda get the packages that learners with make get."""
    python, *packages, pip, pip_part = CONDA["dependencies"]
    assert CONDA["channels"] == ["conda-forge"]
    assert bounds(packages) == bounds(PROJECT["dependencies"])
    assert (pip, pip_part) == ("pip", {"pip": ["-e ."]})
    # One "=" is conda's; Binder understands no range.
    assert Requirement(f"python{PROJECT['requires-python']}").specifier.contains(
        re.fullmatch(r"python=([\d.]+)", python)[1]
    )


def test_constraints_are_exact_versions():
    """An address or a bare name here would make the installation depend on someone's machine."""
    assert [line for line in CONSTRAINTS if not re.fullmatch(r"[A-Za-z0-9._-]+==[^ ]+", line)] == []


def test_constraints_lie_within_bounds():
    exact = dict(line.split("==") for line in CONSTRAINTS)
    exact = {canonicalize_name(name): version for name, version in exact.items()}
    extras = PROJECT["optional-dependencies"].values()
    for name, bound in bounds(PROJECT["dependencies"] + [text for extra in extras for text in extra]).items():
        assert name in exact, f"constraints.txt needs a version of {name}"
        assert bound.contains(exact[name]), f"{name}=={exact[name]} is outside {bound}"


# Written in pieces, so that this file doesn't contain what it looks for.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted",
    "conda." + "anaconda",
    "repo." + "anaconda",
    "registry." + "npmjs",
]
REGISTRIES += ["deb." + "debian", "archive." + "ubuntu", "proxy." + "golang"]
MACHINE = (
    r"(?<![\w.~-])/(?:root|home|Users|work|opt/(?:py" + r"pi|wheels)|private/var)[\w-]*/[\w.]|[A-Z]:\\+Users"
)
LEFT_OVER = re.compile("|".join([*map(re.escape, REGISTRIES), MACHINE, "/ipyker" + r"nel_\d"]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://py" + "pi.org/simple", True),
        ("File /" + "root/course/helpers/tensor.py", True),
        ('"/ho' + 'me/li/course"', True),
        ("C:\\\\Us" + "ers\\\\li", True),
        ("/tmp/ipyker" + "nel_12/3.py:1: UserWarning", True),
        ("https://example.com/home/page and docs/work/notes", False),
        ("/home", False),
    ],
)
def test_left_overs_are_recognised(text, found):
    assert bool(LEFT_OVER.search(text)) == found


def test_no_trace_of_a_machine():
    """No file, and no saved output of a notebook, names a registry or a place on a developer's disk."""
    traces = []
    for path in shared_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or an archive
        traces += [f"{path.relative_to(ROOT)}: {match[0]}" for match in LEFT_OVER.finditer(text)]
    assert traces == []


def test_binder_builds_with_conda(tmp_path):
    """Binder takes environment.yml, its Python, and installs helpers after the repository is in place."""
    pytest.importorskip("repo2docker", reason="repo2docker is not installed (CI has it)")
    for path in shared_files():
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert f"Building conda environment for {CONDA['dependencies'][0]}\n" in done.stderr
    copies, installs = done.stdout.index("src/ ${REPO_DIR}/"), done.stdout.index('--file "environment.yml"')
    assert copies < installs
    assert 'ENV R2D_ENTRYPOINT="${REPO_DIR}/start"\n' in done.stdout


@pytest.mark.parametrize(("given", "used"), [({}, "1"), ({"OMP_NUM_THREADS": "4"}, "4")])
def test_binder_starts_one_thread(given, used):
    """Else NumPy starts a thread for each core of Binder's machine; or a hub cannot ask for more than one."""
    if sys.platform == "win32":
        pytest.skip("containers run Linux")
    command = [ROOT / "start", "sh", "-c", 'echo "$0 $OMP_NUM_THREADS"', "arguments with spaces"]
    done = subprocess.run(command, env={"PATH": os.environ["PATH"]} | given, capture_output=True, text=True)
    assert done.stdout == f"arguments with spaces {used}\n"


# A Python that writes down what it is asked and in which language, and does as much of it as make can see.
FAKE_PYTHON = """#!/bin/sh
echo "${COURSE_LANGUAGE:+$COURSE_LANGUAGE: }$*" >>"$CALLS"
case "$*" in
*version_info*) echo "${FAKE_VERSION:-3.12}" ;;
*ensurepip*) exit "${FAKE_ENSUREPIP:-0}" ;;
"-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
*"pip install"*) exit "${FAKE_PIP:-0}" ;;
*jupyter_core*) exit "${FAKE_HOME:-0}" ;;
esac
"""


@pytest.fixture
def checkout(tmp_path):
    """A function that runs make in a checkout whose path is hard to write, on a machine with that fake Python."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such links to the few programs that this machine is given")
    place, programs, calls = tmp_path / "the course 课程", tmp_path / "bin", tmp_path / "calls"
    shutil.copytree(ROOT / ".ci", place / ".ci")
    shutil.copytree(ROOT / "labconfig", place / "labconfig")
    for name in ("Makefile", "pyproject.toml", "setup.py", "constraints.txt"):
        shutil.copy(ROOT / name, place)
    programs.mkdir()
    for name in ("make", "sh", "cat", "cksum", "cp", "id", "mkdir", "mv", "rm", "uname"):
        (programs / name).symlink_to(shutil.which(name))
    python = programs / "python3"
    python.write_text(FAKE_PYTHON)
    python.chmod(0o755)

    def run(*arguments, before=(), **environment):
        """Return make's exit status, the lines on standard error, and what Python was asked to do."""
        calls.write_text("")
        environment = {"PATH": str(programs), "CALLS": str(calls), "HOME": str(tmp_path)} | environment
        command = [*before, "make", "--no-print-directory", *arguments]
        done = subprocess.run(
            command, cwd=run.place, env=environment, capture_output=True, text=True, timeout=300
        )
        said = [line for line in done.stderr.splitlines() if not line.startswith("make: ***")]
        return done.returncode, said, calls.read_text().splitlines()

    run.place, run.python = place, python
    return run


def installs(calls):
    """Those of Python's calls that install something."""
    return [call for call in calls if "pip install" in call]


@pytest.mark.parametrize(
    ("environment", "advice"),
    [
        (
            {"FAKE_VERSION": "3.9"},
            "Python 3.11 or newer is needed, and only Python 3.9 was found: install a newer one",
        ),
        ({"FAKE_VERSION": "2.7"}, "only Python 2.7 was found"),
        ({"FAKE_ENSUREPIP": "1"}, "apt install python3-venv"),
        ({"FAKE_PIP": "1"}, "check it and run this command again (what pip said is in .venv/install.log)"),
        ({"FAKE_HOME": "1"}, "you have none: name one, as in: HOME=/tmp/me make lab"),
        ({"PYTHON": "python3.99"}, "No Python was found: install Python 3.11 or newer"),
    ],
)
def test_one_sentence_says_what_to_do(checkout, environment, advice):
    """A learner whose machine lacks something reads one sentence, again and again, until it is there."""
    for _ in range(2):
        status, said, calls = checkout("lab", **environment)
        assert status != 0
        assert len(said) == 1 and advice in said[0]
        assert not any("jupyterlab" in call for call in calls)
    status, said, calls = checkout("lab")
    assert (status, said) == (0, [])
    assert "jupyterlab" in calls[-1]


@pytest.mark.parametrize(
    ("arguments", "environment", "language", "notebook"),
    [
        ((), {}, "", "notebooks/2.0-start-here.ipynb"),
        (("COURSE_LANGUAGE=",), {}, "", "notebooks/2.0-start-here.ipynb"),
        (("COURSE_LANGUAGE=en",), {}, "en: ", "notebooks/2.0-start-here.ipynb"),
        (("COURSE_LANGUAGE=zh_CN",), {}, "zh_CN: ", "notebooks/zh_CN/2.0-start-here.ipynb"),
        ((), {"COURSE_LANGUAGE": "zh_CN"}, "zh_CN: ", "notebooks/zh_CN/2.0-start-here.ipynb"),
    ],
)
def test_lab_opens_the_language_that_was_asked_for(checkout, arguments, environment, language, notebook):
    """Else a Chinese reader lands in the English notebook, or in the Chinese one with explorers that speak English."""
    status, said, calls = checkout("lab", *arguments, **environment)
    assert (status, said) == (0, [])
    assert re.findall(r"^(.*)-m jupyterlab .*--LabApp.default_url=/lab/tree/(\S+)", calls[-1]) == [
        (language, notebook)
    ]
    assert (ROOT / notebook).is_file()


READ_ONLY = '{mount} --bind "$0" "$0" && {mount} -o remount,ro,bind "$0" && cd "$0" && exec "$@"'


def test_checkout_that_cannot_be_written(checkout):
    """Else thousands of lines say what could not be removed; but what is installed in such a place starts."""
    if not all(map(shutil.which, ("unshare", "mount"))):
        pytest.skip("without unshare and mount nothing can be made read-only for root, too")
    script = READ_ONLY.format(mount=shutil.which("mount"))
    before = [shutil.which("unshare"), "--mount", shutil.which("sh"), "-c", script, checkout.place]
    if subprocess.run([*before, shutil.which("true")], capture_output=True).returncode:
        pytest.skip("only root can mount")
    status, said, calls = checkout("lab", before=before)
    assert status != 0 and installs(calls) == []
    assert len(said) == 1 and "copy the folder to a place of your own" in said[0]
    checkout("runtime")
    status, said, calls = checkout("lab", before=before)
    assert (status, said) == (0, []) and "jupyterlab" in calls[-1]


def test_newer_python_is_found_beside_an_old_one(checkout):
    checkout.python.rename(checkout.python.with_name("python3.13"))
    checkout.python.write_text("#!/bin/sh\necho 3.9\n")
    checkout.python.chmod(0o755)
    assert checkout("lab")[:2] == (0, [])


def test_second_start_installs_nothing(checkout):
    """`make lab` starts at once and needs no network, after itself and after `make test`."""
    pip = "-m pip install --disable-pip-version-check -c constraints.txt -e ."
    assert installs(checkout("extras")[2]) == [pip + "[test]"]
    for target in ("extras", "runtime"):
        assert installs(checkout(target)[2]) == []
    os.utime(checkout.place / "constraints.txt", (2**31, 2**31))
    assert installs(checkout("runtime")[2]) == []
    assert installs(checkout("runtime", "CONSTRAINTS=")[2]) == [pip.replace("-c constraints.txt ", "")]


def test_changed_requirements_are_installed(checkout):
    """Also when they change back, as after a look at another branch; and the settings of JupyterLab that come with them."""
    for name, more in (("constraints.txt", "new==1\n"), ("labconfig/default_setting_overrides.json", "\n")):
        file = checkout.place / name
        before = file.read_text(encoding="utf-8")
        checkout("extras")
        file.write_text(before + more, encoding="utf-8")
        assert len(installs(checkout("runtime")[2])) == 1
        file.write_text(before, encoding="utf-8")
        assert len(installs(checkout("extras")[2])) == 1


def test_failed_update_keeps_what_worked(checkout):
    checkout("runtime")
    status, _, calls = checkout("extras", FAKE_PIP="1")
    assert status != 0
    status, _, calls = checkout("runtime")
    assert status == 0 and installs(calls) == []


def test_broken_installation_is_made_anew(checkout):
    """Python was removed or replaced, the checkout was moved, or pip was interrupted."""

    def python_removed():
        (checkout.place / ".venv/bin/python").unlink()
        (checkout.place / ".venv/bin/python").symlink_to(checkout.place / "gone")

    def python_replaced():
        (checkout.place / ".venv/bin/python").write_text('#!/bin/sh\n[ "$2" != "import pip" ]\n')

    def checkout_moved():
        checkout.place = checkout.place.rename(checkout.place.with_name("moved"))

    def interrupted():
        (checkout.place / ".venv/finished").rename(checkout.place / ".venv/unfinished")

    for accident in (python_removed, python_replaced, checkout_moved, interrupted):
        checkout("extras")
        accident()
        status, said, calls = checkout("extras")
        assert (status, said) == (0, [])
        assert "-m venv .venv" in calls and len(installs(calls)) == 1


@pytest.mark.weekly
def test_first_install_without_network(checkout):
    """The same with a real Python and a real pip, which finds no packages anywhere."""
    environment = {"PYTHON": sys.executable, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    status, said, _ = checkout("lab", **environment)
    assert status != 0
    assert len(said) == 1 and "check it and run this command again" in said[0]
    assert "No matching distribution" in (checkout.place / ".venv/install.log").read_text(encoding="utf-8")
