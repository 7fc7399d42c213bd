"""A translated cell knows which English text it translates: what has changed since is named, and can be marked as looked at."""

import nbformat
import pytest
import translated


@pytest.fixture
def pair(tmp_path, monkeypatch):
    """Give a function that writes the English cells of a notebook by id, and the path of its translation."""
    monkeypatch.setattr(translated, "FOLDER", tmp_path)

    def write(path, cells):
        path.parent.mkdir(exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)

    def write_english(**texts):
        write(
            tmp_path / "a.ipynb", [nbformat.v4.new_markdown_cell(text, id=id) for id, text in texts.items()]
        )

    path = tmp_path / "zh_CN" / "a.ipynb"
    # From `printf One | sha256sum`.
    marks = {"one": "8b125077", "two": "00000000"}
    cells = [
        nbformat.v4.new_markdown_cell(id, id=id, metadata={"english": mark}) for id, mark in marks.items()
    ]
    write(path, [*cells, nbformat.v4.new_code_cell("x = 1", id="code")])
    return write_english, path


def test_changed_and_lost_cells_are_named(pair):
    """Else an English cell is mended, and nobody looks at the Chinese one."""
    write_english, path = pair
    write_english(one="One", two="Two", code="x = 2")
    assert translated.out_of_date(path) == ["two"]
    write_english(two="Two")
    assert translated.out_of_date(path) == ["one", "two"]


def test_a_cell_that_was_looked_at_is_marked(pair):
    """Else the Chinese cell is named for ever, or one that nobody looked at no longer is."""
    write_english, path = pair
    write_english(one="One, two", two="Two")
    translated.mark(path, ["two"])
    assert translated.out_of_date(path) == ["one"]
    assert [cell.source for cell in nbformat.read(path, as_version=4).cells] == ["one", "two", "x = 1"]
    for name in ("gone", "code"):
        with pytest.raises(ValueError, match=f"a.ipynb has no cell {name}"):
            translated.mark(path, [name])
