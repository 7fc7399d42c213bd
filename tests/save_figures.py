"""Draw the pictures that tests compare with; leave alone those that look as before: python tests/save_figures.py [pytest's options]"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

from pictures import nearly_equal

TESTS = pathlib.Path(__file__).resolve().parent
BASELINE = TESTS / "baseline"


def renew(drawn, saved):
    """Copy the pictures of a folder to another one, where they are new or look different; return their names."""
    changed = []
    for picture in sorted(drawn.glob("*.png")):
        before = saved / picture.name
        if not (before.exists() and nearly_equal(picture.read_bytes(), before.read_bytes())):
            shutil.copy(picture, before)
            changed.append(picture.name)
    return changed


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        options = ["-m", "mpl_image_compare", f"--mpl-generate-path={folder}", *sys.argv[1:]]
        done = subprocess.run([sys.executable, "-m", "pytest", *options, TESTS])
        for name in renew(pathlib.Path(folder), BASELINE):
            print("saved", name)
    sys.exit(done.returncode)
