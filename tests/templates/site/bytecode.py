"""Runs in Pyodide: prepare its packages, so that no reader's browser has to do again what is the same for all.

Sources become bytecode, compiled by the very Python that will run it; of our own package the sources stay beside it, for
the reader and for tracebacks. Matplotlib brings a list of fonts that is of another version, and makes it anew at each start:
it gets the right one.
"""

import hashlib
import importlib.util
import json
import pathlib
import py_compile
import shutil
import tempfile
import zipfile

import pyodide_js

SITE = pathlib.Path("/site")
LIST = SITE / "pyodide-lock.json"
OURS = "helpers/"
# Types of packages that are not here, and of Python 2: to unpack their 1,300 files took most of a second at each start.
UNUSED = (
    "jedi/third_party/django-stubs/",
    "jedi/third_party/typeshed/third_party/",
    "jedi/third_party/typeshed/stdlib/2/",
)
SCRATCH = pathlib.Path(tempfile.mkdtemp())


def bytecode(source, name):
    """Return what Python would write into __pycache__, valid whatever the time of the source, or None if this is no Python 3."""
    path = SCRATCH / "source.py"
    path.write_bytes(source)
    try:
        compiled = py_compile.compile(
            path, dfile=name, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
        )
    except py_compile.PyCompileError:
        return None
    return pathlib.Path(compiled).read_bytes()


def prepare(path, folder, other):
    """Write an archive of sources anew, with bytecode and with other contents of some files; Python will find it in this folder."""
    target = SCRATCH / path.name
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.endswith("/") or name.startswith(UNUSED):
                continue
            content = other.get(name) or old.read(name)
            compiled = bytecode(content, f"{folder}/{name}") if name.endswith(".py") else None
            if compiled is None or name.startswith(OURS):
                new.writestr(name, content)
            if compiled is not None:
                beside = importlib.util.cache_from_source(name)
                new.writestr(beside if name.startswith(OURS) else f"{name}c", compiled)
    shutil.copyfile(target, path)


async def fonts():
    """Return the name and the content of the list of fonts as Matplotlib makes it."""
    await pyodide_js.loadPackage("matplotlib")
    font_manager = importlib.import_module("matplotlib.font_manager")
    path = pathlib.Path(font_manager.__file__).with_name("fontlist.json")
    return {"matplotlib/fontlist.json": path.read_bytes()}


lock = json.loads(LIST.read_text())
prepare(SITE / "python_stdlib.zip", "/lib/python312.zip", {})
for name, package in lock["packages"].items():
    wheel = SITE / package["file_name"]
    # Not those that stay on the CDN.
    if wheel.suffix == ".whl" and wheel.is_file():
        other = await fonts() if name == "matplotlib" else {}  # noqa: F704
        prepare(wheel, "/lib/python3.12/site-packages", other)
        package["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
LIST.write_text(json.dumps(lock))
