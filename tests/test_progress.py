"""Which exercises are solved: remembered from one kernel to the next, and harmless whatever the file or its place is like."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import nbformat
import pytest

from helpers.exercises import first_look, start_here, training_loop
from helpers.exercises.overview import Overview, forget_progress, full_title, list_exercises, show_progress
from helpers.exercises.solved import (
    MARK,
    NO_HOME,
    VARIABLE,
    append,
    name_of,
    progress_file,
    remember,
    solved_names,
)

ROOT = pathlib.Path(__file__).parents[1]
NOTEBOOKS = {path.stem.partition("-")[0]: path for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
SOLVED = "first_look.check_baseline"
SOLVE = "from helpers.exercises.first_look import check_baseline as check; print(check(check.solution))"
SHOW = "from helpers.exercises.overview import show_progress; print(show_progress())"
CORRECT = "✓ Correct! "
# The checks that the exercises of each notebook call.
CALLED = {
    section: [
        re.search(r"(check_\w+)\(\w+\)$", cell.source)[1]
        for cell in nbformat.read(path, as_version=4).cells
        if "exercise" in cell.metadata.get("tags", [])
    ]
    for section, path in NOTEBOOKS.items()
}
ALL = sum(map(len, CALLED.values()))
FIRST_LOOK = CALLED["2.1"]
NUMBER = FIRST_LOOK.index("check_baseline") + 1
OTHERS = ", ".join(str(number) for number in range(1, len(FIRST_LOOK) + 1) if number != NUMBER)
NONE_SOLVED = f"0 of {ALL} exercises solved."
ONE_SOLVED = f"1 of {ALL} exercises solved. Next: exercise {NUMBER + 1} of 2.1."
NOT_KEPT = r"Solved exercises cannot be remembered: .*{}.*\. Checks work all the same\."


@pytest.fixture
def file(monkeypatch, tmp_path):
    """The place of a file that is not there yet, nor its folder."""
    path = tmp_path / "data of 学习者" / "solved.txt"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def solve(check=first_look.check_baseline):
    feedback = check(check.solution)
    assert feedback.state == "solved" and str(feedback).startswith(CORRECT)


def python(program, before=(), **options):
    """Return what a program prints in a Python of its own, which may not print anything to standard error."""
    command = [*before, sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, **options)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def summary():
    return show_progress().sentences()


def test_nothing_is_kept_by_tests():
    """Else a maintainer's own progress changes with every test, or decides what the tests see."""
    assert os.environ[VARIABLE] == os.devnull
    solve()
    assert summary() == [f"{NONE_SOLVED} Next: the exercise of 2.0."]


def test_numbers_are_those_of_the_notebooks():
    """Else a learner is sent to another exercise than the one that is open."""
    listed = list_exercises()
    without_modules = {
        section: [name.partition(".")[2] for name in names] for section, names in listed.items()
    }
    assert without_modules == CALLED
    assert list(listed) == sorted(listed)


def test_titles_are_those_of_the_notebooks():
    """Else 2.0 lists a notebook under a name that it does not bear."""
    for section, path in NOTEBOOKS.items():
        first = nbformat.read(path, 4).cells[0].source.splitlines()[0]
        assert first == f"# {full_title(section)}"


def test_every_exercise_has_a_name_of_its_own(file):
    """Else one exercise is taken for another, or never counted as solved."""
    names = [name for section in list_exercises().values() for name in section]
    for name in names:
        module, _, variable = name.partition(".")
        exercise = getattr(sys.modules[f"helpers.exercises.{module}"], variable)
        assert name_of(exercise) == name
        remember(exercise)
    assert solved_names() == set(names) and len(names) == ALL
    assert summary() == [f"{ALL} of {ALL} exercises solved. None is left."]


def test_what_comes_next_is_behind_all_that_is_solved(file):
    """Else who has left out an exercise is sent back to it each time, or who has reached the end is told that none is left."""
    places = [
        (section, number, name)
        for section, names in list_exercises().items()
        for number, name in enumerate(names, 1)
    ]

    def solve_at(place):
        module, _, variable = places[place][2].partition(".")
        remember(getattr(sys.modules[f"helpers.exercises.{module}"], variable))

    def said_of(place):
        section, number, _ = places[place]
        return f"Next: exercise {number} of {section}."

    for place in (1, 4):
        solve_at(place)
    assert summary() == [f"2 of {ALL} exercises solved. {said_of(5)}"]
    for place in (*range(5, len(places)), 2, 3):
        solve_at(place)
    assert summary() == [f"{ALL - 1} of {ALL} exercises solved. Next: the exercise of 2.0."]


def test_kept_from_one_kernel_to_the_next(file):
    """Else a learner who comes back finds everything open; or what was solved twice counts twice."""
    for _ in range(2):
        assert python(SOLVE).startswith(CORRECT)
    lines = python(SHOW).splitlines()
    assert lines[0] == ONE_SOLVED
    assert f"2.1 A first look at a neural network – 1 of {len(FIRST_LOOK)} solved. Open: {OTHERS}." in lines
    assert file.read_text().split() == [SOLVED + MARK.partition(" ")[0], "solved"]


def test_only_what_is_solved_counts(file):
    """Else a first look at an exercise, or a wrong answer, ticks it off."""
    check = training_loop.check_order
    for attempt in (..., *(mistake.attempt for mistake in check.usual_mistakes), 3, "seven"):
        assert check(attempt).state != "solved"
    assert start_here.check_average_ink(lambda image: image.max()).state == "not yet"
    assert not file.exists()
    solve(check)
    assert solved_names() == {"training_loop.check_order"}


def test_two_kernels_at_once_lose_nothing(file, tmp_path):
    """Else of two notebooks that are open at the same time, one forgets what the other has solved."""
    program = """if True:
        import pathlib, sys, time
        from helpers.exercises.solved import append
        pathlib.Path(f"ready {sys.argv[1]}").touch()
        while not pathlib.Path("go").exists():
            time.sleep(0.001)
        for number in range(2000):
            append(f"{sys.argv[1]}.check_{number}: solved")
    """
    kernels = [
        subprocess.Popen([sys.executable, "-c", program, name], cwd=tmp_path)
        for name in ("momentum", "gradients")
    ]
    end = time.monotonic() + 60
    while len(list(tmp_path.glob("ready *"))) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    (tmp_path / "go").touch()
    assert [kernel.wait(60) for kernel in kernels] == [0, 0]
    assert solved_names() == {
        f"{name}.check_{number}" for name in ("momentum", "gradients") for number in range(2000)
    }


@pytest.mark.parametrize(
    "content",
    [
        b"\0\xff\xfe\x80" * 1000,
        b"{" * 9,
        b"[]",
        b"\xe6\xb7",
        b"first_look.check_prepare",
        b"gone.check_it: solved",
    ],
    ids=["binary", "half a JSON", "an empty list", "half a character", "a line that broke off", "gone"],
)
def test_spoilt_file(file, content):
    """Else whoever opened the file in some program, or pulled the cable, keeps no progress from then on."""
    file.parent.mkdir()
    file.write_bytes(content)
    assert summary() == [f"{NONE_SOLVED} Next: the exercise of 2.0."]
    solve()
    assert summary() == [ONE_SOLVED]
    assert file.read_bytes().startswith(content)


def folder_in_its_place(file):
    file.mkdir(parents=True)
    return "solved.txt: Is a directory"


def file_in_place_of_the_folder(file):
    file.parent.write_text("no folder")
    return "solved.txt: (Not a directory|File exists)"


def far_too_large(file):
    file.parent.mkdir()
    with open(file, "wb") as large:
        large.truncate(10**8)  # It takes no room on the disk.
    return "too large to be the one that the course wrote"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other words for it")
@pytest.mark.parametrize("spoil", [folder_in_its_place, file_in_place_of_the_folder, far_too_large])
def test_place_that_cannot_be_used(file, spoil):
    """Else a check ends in an error of the file system, or 2.0 shows nothing and does not say why."""
    reason = spoil(file)
    solve()
    solved, trouble = summary()
    assert solved == f"{NONE_SOLVED} Next: the exercise of 2.0."
    assert re.fullmatch(NOT_KEPT.format(reason), trouble), trouble
    assert trouble in show_progress()._repr_mimebundle_()["text/html"]


def test_impossible_name(monkeypatch):
    """Else a mistyped setting stops every check."""
    monkeypatch.setattr("helpers.exercises.solved.os.environ", {VARIABLE: "solved\0.txt"})
    solve()
    assert re.fullmatch(NOT_KEPT.format("embedded null"), summary()[1])


def test_without_a_home(monkeypatch, tmp_path):
    """Else a folder named ~ appears beside the notebooks, or a check stops in a container whose user has no home."""
    pwd = pytest.importorskip("pwd")

    def nobody(user):
        raise KeyError(user)

    for name in (VARIABLE, "HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.chdir(tmp_path)
    solve()
    assert re.fullmatch(NOT_KEPT.format(NO_HOME), summary()[1])
    assert list(tmp_path.iterdir()) == []


def test_place_of_the_file(monkeypatch, tmp_path):
    """Else it lies in the repository, where git would carry it along."""
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path))
    path = progress_file()
    assert path.is_absolute() and ROOT not in path.parents


# A disk of one page, in a mount that ends with the program.
ONE_PAGE = 'mount -t tmpfs -o size=4k tmpfs "$0" && {spoil} && exec "$@"'
DISKS = {
    "full": ('cat /dev/zero >"$0/fill" 2>/dev/null; true', "No space left on device"),
    "read-only": ('mount -o remount,ro "$0"', "Read-only file system"),
}


@pytest.mark.parametrize("kind", DISKS)
def test_disk(file, kind, tmp_path):
    """Else a full or a read-only disk stops the checks. This one is real, so only root can make it."""
    spoil, reason = DISKS[kind]
    disk = tmp_path / "disk"
    disk.mkdir()
    before = ["unshare", "--mount", "sh", "-c", ONE_PAGE.format(spoil=spoil), disk]
    if not shutil.which("unshare") or subprocess.run([*before, "true"], capture_output=True).returncode:
        pytest.skip("a small disk can only be mounted by root, on Linux")
    environment = os.environ | {VARIABLE: str(disk / "solved.txt")}
    answer, solved, trouble, *_ = python(f"{SOLVE}\n{SHOW}", before, env=environment).splitlines()
    assert answer.startswith(CORRECT)
    assert solved == f"{NONE_SOLVED} Next: the exercise of 2.0."
    assert re.fullmatch(NOT_KEPT.format(reason), trouble), trouble


def test_write_that_breaks_off(file):
    """Else a disk with room for half a line spoils the lines after it, or half a name counts as another exercise."""
    resource = pytest.importorskip("resource")
    whole = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The first half of check_training_step is check_train.
    broken = f"training_loop.check_training_step{MARK}"
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 + len("training_loop.check_train"), whole[1]))
        with pytest.raises(OSError, match="only a part"):
            append(broken)
        assert "only a part" not in summary()[1] and "File too large" in summary()[1]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, whole)
    assert solved_names() == set()
    solve()
    assert solved_names() == {SOLVED}


def test_what_was_solved_is_shown_where_no_more_can_be_added(file):
    """Else a learner whose disk has filled up since yesterday is told that all exercises are open again."""
    resource = pytest.importorskip("resource")
    solve()
    whole = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, whole[1]))
        solved, trouble = summary()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, whole)
    assert solved == ONE_SOLVED
    assert re.fullmatch(NOT_KEPT.format("File too large"), trouble), trouble


def test_deleted(file):
    """Else a file that someone deleted is missed, or starting afresh leaves something behind."""
    solve()
    assert summary() == [ONE_SOLVED]
    for _ in range(2):
        shutil.rmtree(file.parent)
        assert repr(forget_progress()).startswith(NONE_SOLVED)
    solve(training_loop.check_order)
    assert solved_names() == {"training_loop.check_order"}
    assert repr(forget_progress()).startswith(NONE_SOLVED)
    assert solved_names() == set()


@pytest.mark.parametrize(
    ("sections", "text"),
    [
        ({"2.0": (True,), "2.1": (False, False)}, "1 of 3 exercises solved. Next: exercise 1 of 2.1."),
        # What was left out waits until the end.
        ({"2.0": (False,), "2.1": (True, False)}, "1 of 3 exercises solved. Next: exercise 2 of 2.1."),
        ({"2.0": (False,), "2.1": (False, True)}, "1 of 3 exercises solved. Next: the exercise of 2.0."),
        ({"2.0": (True,), "2.1": (True, True)}, "3 of 3 exercises solved. None is left."),
    ],
)
def test_next_exercise(sections, text):
    """Else a learner is sent to what is solved, or back to the first exercise that was left out, each time."""
    assert Overview(sections).sentences() == [text]


def test_shown_as_text_and_as_a_table():
    """Else the table says another thing than the text that a screen reader or a terminal gets, or says it by colour alone."""
    overview = Overview({"2.0": (True,), "2.1": (False, True)}, "a disk < 1 byte")
    shown = overview._repr_mimebundle_()
    assert shown["text/plain"].splitlines()[2:] == [
        "2.0 Start here – 1 of 1 solved.",
        "2.1 A first look at a neural network – 1 of 2 solved. Open: 1.",
    ]
    assert "a disk &lt; 1 byte" in shown["text/html"]
    table = re.sub(r"<[^>]*>", " ", shown["text/html"].partition("<table")[2].partition(">")[2])
    assert table.split() == (
        [
            "Notebook",
            "Solved",
            "Exercises:",
            "✓",
            "solved,",
            "○",
            "open",
            "2.0",
            "Start",
            "here",
            "1",
            "of",
            "1",
            "✓",
            "1",
            "2.1",
            "A",
            "first",
            "look",
            "at",
            "a",
            "neural",
            "network",
            "1",
            "of",
            "2",
            "○",
            "1",
            "✓",
            "2",
        ]
    )
