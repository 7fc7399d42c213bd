"""What the static page is made of: each file is the official one, or nothing is made and one sentence says which is not."""

import re

import pytest
import static_site


@pytest.fixture
def source(monkeypatch, tmp_path):
    """Give a folder with two files, which count as the official ones."""
    files = {"pyodide.js": b"Python in a page", "numpy.whl": b"arrays"}
    folder = tmp_path / "source"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    # From sha256sum.
    official = {
        "pyodide.js": "e76ce432b072dab11d5f15d4cf86bc9f39ddb9138a6ca5fd224cfaa41cc59bfc",
        "numpy.whl": "381d5d94e168a810f723a90993e1a424589391db725bf0a4d9b91579f757ddc6",
    }
    monkeypatch.setattr(static_site, "expected_files", lambda: official)
    return folder


def test_official_files_are_copied(source, tmp_path):
    """Else the page lacks Python or a package."""
    static_site.copy_checked(source, tmp_path)
    for path in source.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_a_missing_file_stops_it(source, tmp_path):
    """Else a page is handed out on which no cell runs."""
    (source / "numpy.whl").unlink()
    with pytest.raises(static_site.SiteError, match=r"^Pyodide's file numpy\.whl is not in .*0\.27\.7"):
        static_site.copy_checked(source, tmp_path)


def test_an_altered_file_stops_it(source, tmp_path):
    """Else whoever runs the mirror runs code on each learner's computer."""
    (source / "pyodide.js").write_bytes(b"something else")
    with pytest.raises(static_site.SiteError, match=re.escape("pyodide.js from ")) as caught:
        static_site.copy_checked(source, tmp_path)
    assert "is not the official one" in str(caught.value) and not (tmp_path / "pyodide.js").exists()
