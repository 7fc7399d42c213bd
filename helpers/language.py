"""The language that the course speaks: English, or one whose catalogue stands in `helpers/locale`.

It is that of COURSE_LANGUAGE, else that of the folder in which a notebook lies, as in `notebooks/zh_CN`, else English. Each
module marks its texts with `_`, the name that gettext's readers know, and the module's name tells equal words apart.
"""

import gettext
import os
import pathlib
import re
import unicodedata

ENGLISH = "en"
LOCALE = pathlib.Path(__file__).with_name("locale")
# Between two Chinese letters or signs there is no space, nor beside any of the signs; a number and a word, which fill the
# same field, ask for both.
NEEDLESS = re.compile(
    r"(?<=[\u3001-\u9fff\uff00-\uffef]) (?=[\u3001-\u9fff\uff00-\uffef])|(?<=[、。，：；？！（）]) | (?=[、。，：；？！（）])"
)

UNKNOWN = "The course does not speak {language!r}. It speaks {languages}."
TOO_LATE = (
    "The course already speaks {spoken!r}. Choose {language!r} before anything else of helpers is imported."
)


def languages():
    """List the languages of the course, as in ["en", "zh_CN"]."""
    return [
        ENGLISH,
        *sorted(catalogue.parents[1].name for catalogue in LOCALE.glob("*/LC_MESSAGES/helpers.mo")),
    ]


def begin():
    """Find out which language to speak when nobody has chosen one.

    Raises
    ------
    ValueError
        If COURSE_LANGUAGE names one that the course does not speak.
    """
    chosen = os.environ.get("COURSE_LANGUAGE")
    if chosen:
        return known(chosen)
    folder = pathlib.Path.cwd().name
    return folder if folder in languages() else ENGLISH


def known(language):
    if language not in languages():
        raise ValueError(UNKNOWN.format(language=language, languages=", ".join(languages())))
    return language


class Translated(str):
    """A text of another language, whose fields leave no needless space when they are filled in."""

    def format(self, *values, **fields):
        return NEEDLESS.sub("", super().format(*values, **fields))


class Words:
    """The texts of one module, in the language of the course: `_ = Words(__name__)`, then `TITLE = _("A title")`.

    Parameters
    ----------
    module : str
        Its name, by which the catalogue tells a word from the same word elsewhere.
    """

    spoken = None

    def __init__(self, module):
        self.module = module
        self.kind = str if spoken() == ENGLISH else Translated
        self.catalogue = gettext.translation("helpers", LOCALE, [spoken()], fallback=True)

    def __call__(self, text):
        return self.kind(self.catalogue.pgettext(self.module, text))

    def count(self, one, many):
        """Return a function that fills in the text that a number asks for; `{number}` stands for it in both.

        Parameters
        ----------
        one, many : str
            In English, for 1, and for everything else, 0 included.
        """

        def fill(number, **fields):
            # gettext takes whole numbers; 2.5 pixels are many.
            whole = number if number == int(number) else 2
            text = self.kind(self.catalogue.npgettext(self.module, one, many, int(whole)))
            return text.format(number=number, **fields)

        return fill


def use(language):
    """Speak this language, one of `languages()`. It must be chosen before the first other import from helpers.

    Raises
    ------
    ValueError
        For a language that the course does not speak.
    RuntimeError
        If a module has already made its texts in another one.
    """
    if Words.spoken not in (None, known(language)):
        raise RuntimeError(TOO_LATE.format(spoken=Words.spoken, language=language))
    Words.spoken = language


def spoken():
    """Return the language that the course speaks, as in "zh_CN"."""
    if Words.spoken is None:
        Words.spoken = begin()
    return Words.spoken


def columns(text):
    """Return how many columns a text takes where every letter stands in its own: a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1 for letter in text)


def tag():
    """Return the language's name as pages write it, as in "zh-CN"."""
    return spoken().replace("_", "-")
