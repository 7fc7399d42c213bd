"""Which exercises are solved, remembered in a small text file of the user's data folder: a name a line.

The file only grows. A name is added by one write at its end (O_APPEND), so kernels that write at the same time need no
lock, and none undoes what another did; nothing is ever replaced, so nothing is lost when a kernel dies or a disk is full.
Each line begins with its line end and closes with its mark: what was left by a write that broke off, or by anything else,
is a line of its own that nobody looks up. Delete the file, and all exercises are open again.
"""

import contextlib
import os
import pathlib
import sys

from helpers import browser
from helpers.datasets import PROJECT
from helpers.language import Words

_ = Words(__name__)

FILE = "solved.txt"
MARK = ": solved"
# Another place for the file; the null device remembers nothing.
VARIABLE = "COURSE_PROGRESS"
# A thousand times what the names of all exercises take.
MOST_BYTES = 4_000_000

NO_HOME = _("you have no home folder here")
TOO_LARGE = _("the file {path} is too large to be the one that the course wrote")
BROKEN_OFF = _("it took only a part of what was written")
NOT_THERE = _("{path}: {reason}")


class ProgressError(OSError):
    """Solved exercises cannot be remembered; the message says why."""


def progress_file():
    """Return the path of the file that remembers the solved exercises, whether it is there yet or not.

    Raises
    ------
    ProgressError
        If the user has no home folder to keep it in.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return pathlib.Path(named)
    if browser.IN_BROWSER:
        return browser.STORAGE / FILE
    import platformdirs

    try:
        folder = platformdirs.user_data_path(PROJECT, appauthor=False)
    except RuntimeError as error:
        raise ProgressError(NO_HOME) from error
    # Older versions of platformdirs give a path that begins with ~: that folder would be made beside the notebooks.
    if not folder.is_absolute():
        raise ProgressError(NO_HOME)
    return folder / FILE


def remember(exercise):
    """Write down that an exercise was solved; without a word if that is impossible, since the answer is right all the same."""
    # Whatever is wrong with the file or with its place: show_progress tells, and no check depends on it.
    with contextlib.suppress(Exception):
        name = name_of(exercise)
        if name and name not in solved_names():
            append(name + MARK)


def name_of(exercise):
    """Return the name of the variable that holds an exercise, such as "first_look.check_prepare"; None without one."""
    package = __package__ + "."
    for module, content in list(sys.modules.items()):
        if module.startswith(package):
            for name, value in vars(content).items():
                if value is exercise:
                    return f"{module.removeprefix(package)}.{name}"
    return None


def solved_names():
    """Return the set of names in the file, empty if there is no file yet.

    Raises
    ------
    ProgressError
        If the file cannot be read.
    """
    path = progress_file()
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return set()
    except (OSError, ValueError) as error:
        raise explain(path, error) from error
    if len(content) > MOST_BYTES:
        raise ProgressError(TOO_LARGE.format(path=path))
    lines = content.decode("utf-8", errors="replace").split("\n")
    return {line.removesuffix(MARK) for line in lines if line.endswith(MARK)}


def append(line):
    """Add a line to the file; an empty one shows whether that is possible.

    Raises
    ------
    ProgressError
        If the file cannot be written.
    """
    path = progress_file()
    content = f"\n{line}".encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Without a buffer, so that the line is handed over as a whole.
        with open(path, "ab", buffering=0) as file:
            if file.write(content) < len(content):
                raise OSError(BROKEN_OFF)
    except (OSError, ValueError) as error:
        raise explain(path, error) from error


def explain(path, error):
    return ProgressError(NOT_THERE.format(path=path, reason=getattr(error, "strerror", None) or error))
