"""The course speaks one language: the one that was asked for, else that of the notebook's folder, else English."""

import os
import pathlib
import subprocess
import sys

import pytest

from helpers import language
from helpers.language import ENGLISH, TOO_LATE, UNKNOWN, Words, begin, languages, spoken, use

ROOT = pathlib.Path(__file__).parents[1]
CHINESE = "zh_CN"
# A text of a module, and one that is counted.
MODULE, TEXT, TRANSLATED = "helpers.models", " steps", " 步"
PARAMETERS = ("{number} parameter", "{number:,} parameters")


@pytest.fixture
def silent(monkeypatch, tmp_path):
    """Nothing has been said yet, nobody has chosen a language, and the folder has another name than one."""
    monkeypatch.setattr(Words, "spoken", None)
    monkeypatch.delenv("COURSE_LANGUAGE", raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def test_languages():
    """Else a language is offered that has no words, or one that has words is refused."""
    assert languages() == [ENGLISH, CHINESE]


@pytest.mark.parametrize(
    ("chosen", "folder", "expected"),
    [
        (None, "notebooks", ENGLISH),
        (None, CHINESE, CHINESE),
        ("", CHINESE, CHINESE),
        (ENGLISH, CHINESE, ENGLISH),
        (CHINESE, "notebooks", CHINESE),
    ],
)
def test_what_is_chosen_comes_before_the_folder(silent, tmp_path, chosen, folder, expected):
    """Else a class that opens the Chinese notebooks reads English pictures, or whoever asks for English gets Chinese."""
    (tmp_path / folder).mkdir()
    silent.chdir(tmp_path / folder)
    if chosen is not None:
        silent.setenv("COURSE_LANGUAGE", chosen)
    assert begin() == spoken() == expected
    # Once chosen, a move to another folder changes nothing.
    silent.chdir(tmp_path)
    assert spoken() == expected


def test_an_unknown_language_is_refused(silent):
    """Else whoever mistypes a language gets English, and no word of why."""
    said = UNKNOWN.format(language="zh", languages="en, zh_CN")
    with pytest.raises(ValueError) as caught:
        use("zh")
    assert str(caught.value) == said
    silent.setenv("COURSE_LANGUAGE", "zh")
    with pytest.raises(ValueError) as caught:
        spoken()
    assert str(caught.value) == said


def test_use_comes_before_everything_else(silent):
    """Else half of the course speaks one language and half another."""
    use(CHINESE)
    use(CHINESE)
    assert Words(MODULE)(TEXT) == TRANSLATED
    with pytest.raises(RuntimeError) as caught:
        use(ENGLISH)
    assert str(caught.value) == TOO_LATE.format(spoken=CHINESE, language=ENGLISH)
    # What is unknown is said first.
    with pytest.raises(ValueError, match="does not speak"):
        use("xx")


def test_a_module_chooses_when_it_makes_its_texts(silent):
    """Else `use` after an import is accepted, and changes nothing."""
    assert Words(MODULE)(TEXT) == TEXT
    with pytest.raises(RuntimeError, match="already speaks 'en'"):
        use(CHINESE)
    use(ENGLISH)


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (0, "0 parameters", "0 个参数"),
        (1, "1 parameter", "1 个参数"),
        (1.0, "1.0 parameter", "1.0 个参数"),
        (2, "2 parameters", "2 个参数"),
        (1.5, "1.5 parameters", "1.5 个参数"),
        (2.5, "2.5 parameters", "2.5 个参数"),
        (401_920, "401,920 parameters", "401,920 个参数"),
    ],
)
def test_count(silent, number, english, chinese):
    """Else a picture says "1 parameters", or half a step stops gettext."""
    for tongue, expected in ((ENGLISH, english), (CHINESE, chinese)):
        silent.setattr(Words, "spoken", tongue)
        assert Words(MODULE).count(*PARAMETERS)(number) == expected


def test_count_fills_in_other_fields(silent):
    """Else only the number reaches a sentence that has more to say."""
    count = Words(MODULE).count("{number} step to {goal}", "{number} steps to {goal}")
    assert (count(1, goal="0.1"), count(3, goal="0.1")) == ("1 step to 0.1", "3 steps to 0.1")


def test_words_are_told_apart_by_their_module(silent):
    """Else a word that means two things has one translation; one without any stays English."""
    use(CHINESE)
    assert Words("helpers.elsewhere")(TEXT) == TEXT


PROGRAM = """
from helpers.language import spoken, use
{first}
from helpers.models import Sequential
from helpers.layers import Dense
print(spoken())
try:
    Sequential([Dense(2)]).fit([[1.0]], [0])
except Exception as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("first", "folder", "chosen", "expected", "said"),
    [
        ("", ".", None, ENGLISH, "first: the model does not know"),
        ("use('zh_CN')", ".", None, CHINESE, "请先调用"),
        ("", "notebooks/zh_CN", None, CHINESE, "请先调用"),
        ("", ".", CHINESE, CHINESE, "请先调用"),
    ],
    ids=["English", "use", "folder", "COURSE_LANGUAGE"],
)
def test_a_course_in_one_language(first, folder, chosen, expected, said):
    """Else a whole process does what no single part of it would."""
    environment = {name: value for name, value in os.environ.items() if name != "COURSE_LANGUAGE"}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    environment |= {"COURSE_LANGUAGE": chosen} if chosen else {}
    command = [sys.executable, "-c", PROGRAM.format(first=first)]
    done = subprocess.run(
        command, cwd=ROOT / folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stderr == ""
    tongue, error = done.stdout.splitlines()
    assert tongue == expected and said in error


def test_no_folder_of_words_lacks_its_catalogue():
    """Else a language has a folder and no words, and nobody hears why it is not offered."""
    assert [folder.name for folder in sorted(language.LOCALE.iterdir())] == languages()[1:]
