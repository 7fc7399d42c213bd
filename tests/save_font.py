"""Cut the glyphs that the pictures of the course need out of Noto Sans CJK, Debian's fonts-noto-cjk: python tests/save_font.py."""

import pathlib
import re
import string

import nbformat
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection
from reader import TRANSLATED
from words import CATALOGUES, read

from helpers.kit.style import FAMILY, FONTS

NOTO = pathlib.Path("/usr/share/fonts/opentype/noto")
FACE = "Noto Sans CJK SC"
WEIGHTS = ("Regular", "Bold")
# Between two lines, in heights of a letter.
AIR = 0.3
# Whose texts stand in pictures.
DRAWN = re.compile(r"helpers\.(kit|studies)\.")


def drawn_letters():
    """Return the letters that a picture may hold: of translations and translated code, of numbers and formulas."""
    letters = set(string.printable.strip() + " ")
    for path in TRANSLATED:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                letters.update(cell.source)
    for path in CATALOGUES:
        for message in read(path):
            if DRAWN.match(message.context or ""):
                letters.update("".join(message.string))
    # Its root is as thin as a hair beside its digits, and its dot as wide as a Chinese letter: 4 · 10⁻⁴ fell apart.
    return letters - {"√", "·"}


def cut(weight, letters):
    """Write the font of a weight with these letters; those that it lacks are taken from the next font of the style."""
    collection = TTCollection(NOTO / f"NotoSansCJK-{weight}.ttc")
    font = next(font for font in collection if font["name"].getBestFamilyName() == FACE)
    options = Options(layout_features=[], name_IDs=[0, 13, 14], hinting=False, desubroutinize=False)
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GPOS", "GSUB", "GDEF", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(letters)))
    subsetter.subset(font)
    # A name of its own: of two fonts with one name, matplotlib would take either.
    for kind, name in {1: FAMILY, 2: weight, 4: f"{FAMILY} {weight}", 6: f"CourseSans-{weight}"}.items():
        font["name"].setName(name, kind, 3, 1, 0x409)
    # Its letters fill their lines to the brim; two lines of a text need some air between them.
    font.recalcTimestamp = False
    font["OS/2"].sTypoLineGap = round(AIR * font["head"].unitsPerEm)
    path = FONTS / f"CourseSans-{weight}.otf"
    font.save(path)
    return path


if __name__ == "__main__":
    FONTS.mkdir(exist_ok=True)
    for weight in WEIGHTS:
        path = cut(weight, drawn_letters())
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
