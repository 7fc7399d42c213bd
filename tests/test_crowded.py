"""Words in pictures stand beside each other, whole and in one language: English pictures here, Chinese ones in a process of their own."""

import os
import subprocess
import sys

import pytest
from save_font import WEIGHTS

from helpers.kit.style import FONTS
from helpers.language import ENGLISH, languages

PROGRAM = os.path.join(os.path.dirname(__file__), "crowded.py")


def said(code, language):
    """Run Python in a language of the course, and return the lines that it prints."""
    environment = os.environ | {"COURSE_LANGUAGE": language}
    run = subprocess.run([sys.executable, *code], env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.mark.parametrize(
    ("language", "options"),
    [(language, []) for language in languages() if language != ENGLISH]
    + [pytest.param(language, ["--all"], marks=pytest.mark.weekly) for language in languages()],
)
def test_words_in_pictures(language, options):
    """Else a learner sees boxes, half a word, two words on each other, or English in the middle of a Chinese picture."""
    assert said([PROGRAM, *options], language) == []


FAULTS = """
import sys
sys.path.insert(0, {tests!r})
import crowded
from helpers.kit.cells import Box, Cells
from helpers.kit.style import Picture, course_style, new_figure

watch = crowded.Watch()
crowded.LETTERS = {{weight: crowded.letters(weight) - {{"梯"}} for weight in ("normal", "bold")}}
with course_style():
    figure, boxes = new_figure(3, 2), new_figure(3, 2)
    figure.text(0.5, 0.5, "一步之后"), figure.text(0.55, 0.52, "两步"), figure.text(0.9, 0.1, "最后的损失")
    Cells(boxes).show([Box(5, 5, 10, 3, text="梯度"), Box(-8, 9, 10, 3, text="在左边")])
for drawn in (figure, boxes):
    print(*crowded.faults([*watch.look(Picture(drawn, ""))], 300, 200), sep="\\n")
print(*crowded.not_chinese("a 和 Adam 与 slow steps， 损失 超过 1。", "slow"), sep="\\n")
"""


def test_what_is_wrong_is_noticed():
    """Else the test above passes whatever is drawn: a letter that is in no font, above all, which matplotlib outlines as a box."""
    found = said(["-W", "ignore", "-c", FAULTS.format(tests=os.path.dirname(__file__))], "zh_CN")
    assert found == [
        "'最后的损失' is cut",
        "'一步之后' lies on '两步'",
        "no font has '梯' of '梯度'",
        "'在左边' is cut",
        "'steps' is English in 'a 和 Adam 与 slow steps， 损失 超过 1。'",
        "'， 损' in 'a 和 Adam 与 slow steps， 损失 超过 1。'",
        "'失 超' in 'a 和 Adam 与 slow steps， 损失 超过 1。'",
    ]


def test_fonts_are_small_and_free():
    """Else whoever downloads the course waits for letters that it never draws, or may not pass them on."""
    fonts = [FONTS / f"CourseSans-{weight}.otf" for weight in WEIGHTS]
    assert sorted(FONTS.glob("*.otf")) == sorted(fonts)
    assert sum(font.stat().st_size for font in fonts) <= 400_000
    licence = (FONTS / "LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence and "THE FONT SOFTWARE IS PROVIDED" in licence


SPEAKS = """
from helpers.kit.live import LiveView
from helpers.kit.names import WORDS
from helpers.language import Words
_ = Words("helpers.kit.numbers")
print(*LiveView([])._dom_classes, WORDS["language"], WORDS["stop"])
print(_("more than {largest}").format(largest="一千"), _("more than {largest}").format(largest="x（大） 2"), Words("helpers.kit.words")("{first} and {last}").format(first="a", last="左边"))
"""


def test_pages_learn_the_language():
    """Else a screen reader reads Chinese sentences with an English voice, or a filled-in field leaves a gap in a sentence."""
    marks, filled = said(["-c", SPEAKS], "zh_CN")
    assert marks == "course-live course-speaks-zh-CN zh-CN 停止：{label}"
    assert filled == "超过一千 超过 x（大）2 a 和左边"
