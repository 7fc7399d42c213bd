"""What `make outputs` and `make figures` save: only pictures that look different."""

import base64
import io

import nbformat
import numpy as np
import pytest
from pictures import NEARLY, nearly_equal
from PIL import Image
from save_figures import renew
from save_outputs import PICTURE, keep_pictures

GREYS = np.random.default_rng(0).integers(50, 200, (8, 9), dtype=np.uint8)


def png(pixels, **options):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png", **options)
    return file.getvalue()


def moved(levels):
    """Return the picture with one pixel that differs."""
    pixels = GREYS.copy()
    pixels[3, 4] += levels
    return png(pixels)


SAVED = png(GREYS)
SAME = moved(NEARLY)
OTHER = moved(NEARLY + 1)


def test_pictures_that_look_the_same():
    """Else another processor's rounding counts as a new picture, or a new line in a picture does not."""
    assert nearly_equal(SAVED, png(GREYS, compress_level=0))
    assert nearly_equal(SAVED, SAME) and not nearly_equal(SAVED, OTHER)
    assert not nearly_equal(SAVED, png(GREYS[:-1])) and not nearly_equal(SAVED, png(GREYS.reshape(9, 8)))
    # What lies under a transparent pixel, and bytes that wrap round: 0 and 255 are far from each other.
    assert not nearly_equal(png(np.zeros((2, 2), np.uint8)), png(np.full((2, 2), 255, np.uint8)))


def test_figures_that_look_the_same_stay(tmp_path):
    """Else `make figures` rewrites pictures that nobody touched, and the one that changed hides among them."""
    drawn, saved = tmp_path / "drawn", tmp_path / "saved"
    for folder in (drawn, saved):
        folder.mkdir()
    for name, new, old in (("same", SAME, SAVED), ("other", OTHER, SAVED), ("new", SAVED, None)):
        (drawn / f"{name}.png").write_bytes(new)
        if old:
            (saved / f"{name}.png").write_bytes(old)
    assert renew(drawn, saved) == ["new.png", "other.png"]
    assert [(saved / f"{name}.png").read_bytes() for name in ("same", "other", "new")] == [
        SAVED,
        OTHER,
        SAVED,
    ]


def notebook(picture, text="A line.", source="show()", tags=()):
    data = {PICTURE: base64.b64encode(picture).decode(), "text/plain": text}
    outputs = [nbformat.v4.new_output("stream", text="so\n"), nbformat.v4.new_output("display_data", data)]
    cell = nbformat.v4.new_code_cell(source, outputs=outputs, id="one", metadata={"tags": [*tags]})
    words = nbformat.v4.new_markdown_cell("Words.", id="words")
    return nbformat.v4.new_notebook(cells=[words, cell])


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        (notebook(SAME), True),
        (notebook(OTHER), False),
        (notebook(SAME, text="Two lines."), False),
        (notebook(SAME, source="show(1)"), False),
        (notebook(OTHER, tags=["measured"]), True),
        (notebook(OTHER, tags=["measured"], text="Two lines."), False),
    ],
)
def test_outputs_that_look_the_same_stay(new, kept):
    """Else `make outputs` changes notebooks that nobody touched, or keeps a picture of what is no longer so."""
    before = new.cells[1].outputs[1].data[PICTURE]
    result = keep_pictures(new, notebook(SAVED)).cells[1].outputs[1].data[PICTURE]
    assert result == (base64.b64encode(SAVED).decode() if kept else before)


def test_a_new_cell_has_its_new_picture():
    """Else `make outputs` stops at a cell that was not there before."""
    alone = nbformat.v4.new_notebook(cells=notebook(SAVED).cells[:1])
    new = notebook(SAME)
    assert keep_pictures(new, alone).cells[1].outputs[1].data[PICTURE] == base64.b64encode(SAME).decode()
