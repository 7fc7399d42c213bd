"""What nbconvert makes of the saved notebooks: a script that is one, and beside each picture what it shows."""

import ast

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter, MarkdownExporter, ScriptExporter
from publish import notebooks

every_notebook = pytest.mark.parametrize(
    "path", notebooks(), ids=lambda path: f"{path.parent.name}/{path.stem}"
)


def pictures(path):
    """Return the texts of a notebook's pictures, each with the name of its explorer, or None."""
    outputs = [output for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", [])]
    return [
        (output.data["text/plain"], output.metadata.get("explorer"))
        for output in outputs
        if "image/png" in output.get("data", {})
    ]


@every_notebook
def test_a_script_is_python(path):
    """Else `--to script` writes a .txt, or one without the lesson."""
    script, resources = ScriptExporter().from_filename(path)
    assert resources["output_extension"] == ".py"
    ast.parse(script)
    title = nbformat.read(path, 4).cells[0].source.splitlines()[0]
    assert f"\n# {title}\n" in script


@every_notebook
def test_each_picture_is_followed_by_its_text(path):
    """Else somebody who reads on GitHub, or in Markdown, sees a picture of an explorer and nothing of what it shows."""
    markdown, _ = MarkdownExporter().from_filename(path)
    found = [part.partition(")")[2].strip().partition("\n")[0] for part in markdown.split("![png](")[1:]]
    assert found == [text for text, _ in pictures(path)]
    sources = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert all(any(source.endswith(f"{name}()") for source in sources) for _, name in pictures(path) if name)


def test_a_template_that_reads_alternative_texts_finds_them():
    """Else a screen reader says "image" where a page could have said what is on it."""
    path = notebooks()[0]
    page = BeautifulSoup(HTMLExporter(template_name="classic").from_filename(path)[0], "html.parser")
    assert [image["alt"] for image in page.find_all("img")] == [text for text, _ in pictures(path)]
