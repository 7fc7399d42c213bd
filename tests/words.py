"""Gather the texts of helpers for the translators, and compile what they wrote: python tests/words.py.

Every text that helpers shows is marked with `_`, and its module's name is its context. A catalogue keeps its translations
when texts are added; one whose English has changed is marked fuzzy, and is not spoken until somebody has looked at it.
"""

import ast
import datetime
import io
import pathlib
import sys

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = pathlib.Path(__file__).resolve().parents[1]
CATALOGUES = sorted((ROOT / "helpers" / "locale").glob("*/LC_MESSAGES/helpers.po"))

NOT_A_LITERAL = "{file}, line {line}: between the brackets of _ stands more than one literal text."
# What has not changed is written as before, whatever the day.
SOME_DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)

SAID = "{file}: {count} texts, {missing} without a translation, {fuzzy} to be looked at again"


def marked(tree):
    """Yield each call of `_` and of `_.count` in the order of the lines."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if ast.unparse(call.func) in ("_", "_.count"):
            yield call


def texts():
    """Return a catalogue of all texts that helpers marks, without translations."""
    catalogue = Catalog(charset="utf-8")
    for path in sorted((ROOT / "helpers").rglob("*.py")):
        file = path.relative_to(ROOT)
        for call in marked(ast.parse(path.read_text(encoding="utf-8"))):
            try:
                found = tuple(ast.literal_eval(argument) for argument in call.args)
            except ValueError:
                sys.exit(NOT_A_LITERAL.format(file=file, line=call.lineno))
            module = ".".join(file.with_suffix("").parts)
            catalogue.add(found if len(found) > 1 else found[0], context=module)
    return catalogue


def read(path):
    with path.open("rb") as file:
        return read_po(file)


def write(catalogue):
    """Return a catalogue as the bytes of a file for translators and of a file for Python, the same on every machine."""
    catalogue.creation_date = catalogue.revision_date = SOME_DAY
    files = io.BytesIO(), io.BytesIO()
    write_po(files[0], catalogue, width=None)
    write_mo(files[1], catalogue)
    return tuple(file.getvalue() for file in files)


def update(path):
    catalogue = read(path)
    catalogue.update(texts())
    catalogue.obsolete.clear()
    for suffix, content in zip((".po", ".mo"), write(catalogue), strict=True):
        path.with_suffix(suffix).write_bytes(content)
    messages = [message for message in catalogue if message.id]
    print(
        SAID.format(
            file=path.relative_to(ROOT),
            count=len(messages),
            missing=sum(not any(message.string or ()) for message in messages),
            fuzzy=sum(message.fuzzy for message in messages),
        )
    )


if __name__ == "__main__":
    for path in CATALOGUES:
        update(path)
