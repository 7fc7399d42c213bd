"""The glossary of the chapter: gathered from the tables of key terms that stand at the end of the notebooks."""

import dataclasses
import json
import pathlib
import re

from helpers.kit.words import enumerated
from helpers.language import ENGLISH, Words, spoken

_ = Words(__name__)

COUNT = _("{terms} terms from {notebooks} notebooks.")
HEAD = _("| Key term | 中文 | In one sentence | Notebook |\n|---|---|---|---|")
ROW = _("| **{english}** | {chinese} | {sentence} | {links} |")
LINE = _("{english} ({chinese}): {sentence} [{sections}]")
LINK = "[{section}]({file})"
NO_NOTEBOOKS = _(
    "{folder} holds no notebooks of the course. Give gather_terms the folder that does, as a pathlib.Path."
)

# In a checkout; whoever has installed a wheel runs the notebooks from the folder in which they lie.
NOTEBOOKS = pathlib.Path(__file__).resolve().parents[3] / "notebooks"
TAG = "key-terms"
# By which it is told from the English name of the same term: each language has the two in its own order.
CHINESE = re.compile("[\u4e00-\u9fff]")
# The rows below the header of a table.
TABLE = re.compile(r"^\|[-|]+\|\n((?:\|.*\n?)+)", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Term:
    """A key term, its Chinese name, what it means in one sentence, and the notebooks that have it."""

    english: str
    chinese: str
    sentence: str
    files: tuple


class Glossary(tuple):
    """Terms in alphabetical order, which a notebook shows as a table."""

    def _repr_markdown_(self):
        rows = [HEAD]
        for term in self:
            links = enumerated(LINK.format(section=section(file), file=file) for file in term.files)
            rows.append(ROW.format(links=links, **vars(term)))
        return "\n".join([*rows, "", self.count_terms()])

    def __repr__(self):
        lines = [LINE.format(sections=enumerated(map(section, term.files)), **vars(term)) for term in self]
        return "\n".join([*lines, self.count_terms()])

    def count_terms(self):
        notebooks = {file for term in self for file in term.files}
        return COUNT.format(terms=len(self), notebooks=len(notebooks))


def gather_terms(folder=None):
    """Read the tables of key terms of all notebooks in a folder: those of the cells tagged key-terms.

    A term that several notebooks explain, in the singular or in the plural, keeps the words of the first and names all.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Its notebooks are read in the order of their names. Without it: those of the checkout, or, where there is none, those
        of the current folder.

    Returns
    -------
    Glossary
        Sorted by the terms in the singular, in small letters.

    Raises
    ------
    FileNotFoundError
        For a folder without key terms.
    """
    folder = folder or own_notebooks()
    terms = {}
    for path in sorted(folder.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tagged = ("".join(cell["source"]) for cell in cells if TAG in cell["metadata"].get("tags", ()))
        for table in TABLE.findall("\n\n".join(tagged)):
            for row in table.splitlines():
                *names, sentence = (cell.strip(" *") for cell in row.strip("|").split("|"))
                english, chinese = sorted(names, key=is_chinese)
                known = terms.get(singular(english), Term(english, chinese, sentence, ()))
                terms[singular(english)] = dataclasses.replace(known, files=(*known.files, path.name))
    if not terms:
        raise FileNotFoundError(NO_NOTEBOOKS.format(folder=folder))
    return Glossary(terms[name] for name in sorted(terms))


def own_notebooks():
    """Return the folder of the notebooks in the language of the course."""
    folder = NOTEBOOKS if spoken() == ENGLISH else NOTEBOOKS / spoken()
    return folder if folder.is_dir() else pathlib.Path.cwd()


def is_chinese(name):
    return CHINESE.search(name) is not None


def singular(english):
    """Return a term in small letters and, roughly, without the ending of a plural: the same for "Class" and "classes"."""
    return re.sub(r"(?<=[hsx])es$|(?<!s)s$", "", english.lower())


def section(file):
    return file.partition("-")[0]
