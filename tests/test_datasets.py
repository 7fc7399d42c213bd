"""The digits: the bundled ones to the bit, the full set from mirrors that behave in every way a mirror may behave."""

import contextlib
import hashlib
import http.server
import io
import pathlib
import threading
import time

import numpy as np
import pooch
import pytest
import requests

from helpers import datasets
from helpers.datasets import BUNDLED, DatasetError, load_mnist, shrink, shuffled_batches

KEYS = ("x_train", "y_train", "x_test", "y_test")
ARRAYS = {
    key: np.random.default_rng(seed).integers(0, 10 if key[0] == "y" else 256, shape).astype(np.uint8)
    for seed, (key, shape) in enumerate(zip(KEYS, [(60, 28, 28), (60,), (10, 28, 28), (10,)], strict=True))
}
CHECKSUMS = {key: hashlib.sha256(array.tobytes()).hexdigest() for key, array in ARRAYS.items()}


def archive(**changes):
    file = io.BytesIO()
    np.savez(file, **{key: array for key, array in (ARRAYS | changes).items() if array is not None})
    return file.getvalue()


GOOD = archive()
ALTERED = ARRAYS["x_test"].copy()
ALTERED[3, 14, 14] ^= 1

# What may be wrong with an archive, and the words that say so.
DAMAGED = {
    "truncated": (GOOD[:-1000], "no complete .npz archive"),
    "cut in the middle": (GOOD[: len(GOOD) // 2], "no complete .npz archive"),
    "a bit flipped": (GOOD[:5000] + bytes([GOOD[5000] ^ 1]) + GOOD[5001:], "no complete .npz archive"),
    "altered": (archive(x_test=ALTERED), "array x_test is not that of MNIST"),
    "wrong keys": (archive(y_train=None, labels=ARRAYS["y_train"]), "no array y_train"),
    "swapped": (archive(y_train=ARRAYS["y_test"]), "array y_train is not that of MNIST"),
    "another type": (archive(y_test=ARRAYS["y_test"].view(np.int8)), "array y_test is not that of MNIST"),
    "pickled objects": (archive(x_train=np.array([None, {}], dtype=object)), "no complete .npz archive"),
    "a web page": (
        b"<html>Please log in to the network of this hotel.</html>" * 50,
        "no complete .npz archive",
    ),
    "one array": (b"\x93NUMPY" + bytes(200), "no complete .npz archive"),
    "empty": (b"", "no complete .npz archive"),
}


class Mirror(http.server.BaseHTTPRequestHandler):
    """Answers /good, /damaged/KIND, /short, /silent, /slow, /steady, and 404 to all else."""

    def do_GET(self):
        self.server.asked.append(self.path)
        _, kind, *name = self.path.split("/")
        if kind == "silent":
            time.sleep(2)
        elif kind in ("good", "damaged"):
            self.answer(GOOD if kind == "good" else DAMAGED[name[0].replace("%20", " ")][0])
        elif kind == "short":
            self.answer(GOOD[:-20_000], promised=len(GOOD))
        elif kind == "slow":
            # Half of what is asked for, and the next piece comes before a mirror counts as silent.
            self.answer(GOOD, pause=0.2, piece=100)
        elif kind == "steady":
            self.answer(GOOD, pause=0.02)
        else:
            self.send_error(404)

    def answer(self, content, promised=None, pause=0, piece=1024):
        self.send_response(200)
        self.send_header("Content-Length", str(promised or len(content)))
        self.end_headers()
        for start in range(0, len(content), piece):
            time.sleep(pause)
            self.wfile.write(content[start : start + piece])

    def handle(self):
        # Whoever asked may have lost patience.
        with contextlib.suppress(ConnectionError):
            super().handle()

    def log_message(self, *_):
        pass


@pytest.fixture
def mirror(monkeypatch, tmp_path):
    """A server on the loopback interface in place of the mirrors, small checksums, an empty cache."""
    # Loaded by the first download, else: a mirror must not seem slow because of that.
    assert pooch.HTTPDownloader and requests.get
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "MNIST_ARCHIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(datasets, "FULL_CHECKSUMS", CHECKSUMS)
    monkeypatch.setattr(datasets, "TIMEOUT_SECONDS", 0.4)
    # Far below what a good mirror sends, even on a machine that is busy with other things.
    monkeypatch.setattr(datasets, "BYTES_PER_SECOND", 1000)
    monkeypatch.setattr(datasets, "cache_folder", lambda: tmp_path / "cache")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    server.daemon_threads, server.block_on_close, server.asked = True, False, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    server.use = lambda *paths: monkeypatch.setattr(
        datasets, "MIRRORS", [f"http://127.0.0.1:{server.server_port}/{path}" for path in paths]
    )
    server.cached = tmp_path / "cache" / "mnist.npz"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def is_good(digits):
    (train_images, train_labels), (test_images, test_labels) = digits
    found = (train_images, train_labels, test_images, test_labels)
    return all(
        np.array_equal(array, expected) for array, expected in zip(found, ARRAYS.values(), strict=True)
    )


def test_bundled_digits():
    """Else the course's digits are not the ones that its saved outputs were made with."""
    (train_images, train_labels), (test_images, test_labels) = load_mnist()
    assert train_images.shape == (4000, 28, 28)
    assert test_images.shape == (1000, 28, 28)
    np.testing.assert_array_equal(np.bincount(train_labels), [400] * 10)
    np.testing.assert_array_equal(np.bincount(test_labels), [100] * 10)
    assert {array.dtype for array in (train_images, train_labels, test_images, test_labels)} == {
        np.dtype(np.uint8)
    }
    images = np.concatenate([train_images, test_images]).reshape(5000, -1)
    assert images.min() == 0
    assert images.max() == 255
    assert len(np.unique(images, axis=0)) == 5000
    # Written once more here: a change of file and checksum together is still a change.
    digest = hashlib.sha256(
        b"".join(a.tobytes() for a in (train_images, train_labels, test_images, test_labels))
    )
    assert digest.hexdigest() == "15563027540c8a4eafeebf3a3606036e3cd242c6108f7ee5ce6c153a5c8ab411"


def test_digits_are_read_anew_or_kept():
    """Else what a learner does to the images is in those of the next call, or each explorer holds a copy of its own."""
    (images, _), _ = load_mnist()
    images[:] = 7
    assert (load_mnist()[0][0] != images).any()
    assert datasets.bundled_digits() is datasets.bundled_digits()


def test_the_cache_is_the_users(monkeypatch, tmp_path):
    """Else digits that were downloaded before are downloaded again, or those of another program are taken."""
    monkeypatch.setattr(pooch, "os_cache", lambda project: tmp_path / project)
    monkeypatch.delenv("MNIST_ARCHIVE", raising=False)
    assert datasets.cache_folder() == tmp_path / "mathematics-of-neural-networks"
    assert not datasets.full_mnist_is_here()
    datasets.cache_folder().mkdir()
    assert not datasets.full_mnist_is_here()
    (datasets.cache_folder() / "mnist.npz").touch()
    assert datasets.full_mnist_is_here()
    (datasets.cache_folder() / "mnist.npz").unlink()
    monkeypatch.setenv("MNIST_ARCHIVE", "somewhere.npz")
    assert datasets.full_mnist_is_here()


@pytest.mark.parametrize("is_checkout", [True, False])
@pytest.mark.parametrize("kind", [*DAMAGED, "missing"])
def test_damaged_bundled_digits(kind, is_checkout, monkeypatch, tmp_path):
    """Else a broken checkout shows itself as a riddle in the middle of a notebook, or git is to mend what is not its own."""
    content, _ = DAMAGED.get(kind, (None, None))
    path = tmp_path / "mnist_5k.npz"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(datasets, "BUNDLED", path)
    monkeypatch.setattr(datasets, "COURSE", tmp_path)
    if is_checkout:
        (tmp_path / ".git").touch()  # a file in a worktree, a folder in a clone
    with pytest.raises(DatasetError) as caught:
        load_mnist()
    advice = "git checkout -- data/mnist_5k.npz" if is_checkout else "unpack it or install it again"
    assert str(path) in str(caught.value)
    assert advice in str(caught.value)


def test_download_once_then_cached(mirror):
    """Else each notebook downloads again, or what is kept is not what was checked."""
    mirror.use("good")
    assert is_good(load_mnist("full"))
    assert is_good(load_mnist("full"))
    assert mirror.asked == ["/good"]
    assert mirror.cached.read_bytes() == GOOD
    assert list(mirror.cached.parent.iterdir()) == [mirror.cached]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        *((f"damaged/{kind}", words) for kind, (_, words) in DAMAGED.items()),
        ("nowhere", "the server answered 404"),
        ("short", "the connection failed or broke off"),
        ("silent", "no answer for 0.4 seconds"),
        ("slow", "it sends too slowly"),
    ],
)
def test_bad_mirror_then_good_one(mirror, kind, words):
    """Else one bad mirror ends the download, hangs it or spoils the cache; alone, it is named with its fault."""
    mirror.use(kind)
    with pytest.raises(DatasetError) as caught:
        load_mnist("full")
    for part in (
        f"127.0.0.1:{mirror.server_port}: ",
        words,
        "MNIST_ARCHIVE",
        "load_mnist() gives 5,000 digits",
    ):
        assert part in str(caught.value), str(caught.value)
    assert not mirror.cached.exists()
    mirror.use(kind, "good")
    assert is_good(load_mnist("full"))
    assert mirror.cached.read_bytes() == GOOD


def test_a_download_may_take_longer_than_a_mirror_may_be_silent(mirror):
    """Else on a slow line all digits are refused after 20 seconds, wherever no bar is shown that counts them."""
    mirror.use("steady")
    begun = time.monotonic()
    assert is_good(load_mnist("full"))
    assert time.monotonic() - begun > datasets.TIMEOUT_SECONDS


def test_no_server(mirror, monkeypatch):
    """Else without a network a traceback of urllib3 appears, or the bundled digits stop to work."""
    mirror.use("good")
    # Windows tries a port that nobody listens at again and again, for two seconds.
    monkeypatch.setattr(datasets, "TIMEOUT_SECONDS", 20)
    monkeypatch.setattr(
        datasets, "MIRRORS", ["http://127.0.0.1:1/mnist.npz", "http://nowhere.invalid/mnist.npz"]
    )
    before = BUNDLED.read_bytes()
    with pytest.raises(DatasetError) as caught:
        load_mnist("full")
    assert "127.0.0.1:1: the connection failed" in str(caught.value)
    assert "nowhere.invalid: the connection failed" in str(caught.value)
    assert load_mnist()[0][0].shape == (4000, 28, 28)
    assert BUNDLED.read_bytes() == before


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_cache_is_replaced(mirror, kind):
    """Else a half-written cache blocks the digits for ever."""
    mirror.cached.parent.mkdir()
    mirror.cached.write_bytes(DAMAGED[kind][0])
    mirror.use("nowhere")
    with pytest.raises(DatasetError):
        load_mnist("full")
    assert mirror.cached.read_bytes() == DAMAGED[kind][0]
    mirror.use("good")
    assert is_good(load_mnist("full"))
    assert mirror.cached.read_bytes() == GOOD


def test_good_cache_is_never_touched(mirror):
    """Else a bad network harms what was downloaded before."""
    mirror.cached.parent.mkdir()
    mirror.cached.write_bytes(GOOD)
    stamp = mirror.cached.stat().st_mtime_ns
    mirror.use("damaged/altered")
    assert is_good(load_mnist("full"))
    assert mirror.asked == []
    assert mirror.cached.stat().st_mtime_ns == stamp


@pytest.mark.parametrize("reason", ["a file in the way", "read-only", "full disk"])
def test_cache_that_cannot_be_written(mirror, reason, monkeypatch):
    """Else someone without a writable home folder cannot use the digits that are already in memory."""
    if reason == "a file in the way":
        mirror.cached.parent.write_text("no folder")
    else:
        # Permissions do not stop root, so the refusal comes from the call that a read-only folder or a full disk refuses.
        refused = {
            "read-only": PermissionError(13, "Permission denied"),
            "full disk": OSError(28, "No space left"),
        }

        def refuse(*_, **__):
            raise refused[reason]

        call = (datasets.tempfile, "mkdtemp") if reason == "read-only" else (datasets.shutil, "copy")
        original = getattr(*call)
        monkeypatch.setattr(
            *call,
            lambda *a, **k: refuse() if str(k.get("dir", a[-1:])).find("cache") >= 0 else original(*a, **k),
        )
    mirror.use("good")
    with pytest.warns(UserWarning, match="The digits are here, but could not be kept in .*cache") as caught:
        assert is_good(load_mnist("full"))
    assert [warning.filename for warning in caught] == [__file__]
    assert not mirror.cached.exists()
    assert not mirror.cached.parent.is_dir() or list(mirror.cached.parent.iterdir()) == []


def test_a_copy_that_is_cut_off_is_never_seen(mirror, monkeypatch):
    """Else a kernel that dies at the wrong moment leaves half an archive where the digits are looked for; or a better one is lost."""

    def cut_off(source, target):
        target = pathlib.Path(target)
        (target / source.name if target.is_dir() else target).write_bytes(source.read_bytes()[:1000])
        raise KeyboardInterrupt

    mirror.use("good")
    monkeypatch.setattr(datasets.shutil, "copy", cut_off)
    for before in (None, DAMAGED["altered"][0]):
        mirror.cached.parent.mkdir(exist_ok=True)
        if before:
            mirror.cached.write_bytes(before)
        with pytest.raises(KeyboardInterrupt):
            load_mnist("full")
        assert [path.read_bytes() for path in mirror.cached.parent.iterdir()] == [before] * bool(before)


@pytest.mark.parametrize("platformdirs", ["new", "old"])
def test_no_home(mirror, platformdirs, monkeypatch, tmp_path):
    """Else in a container whose user has no home there are no digits, or a folder named ~ appears beside the notebooks."""

    def os_cache(project):
        if platformdirs == "old":
            return f"~/.cache/{project}"
        raise RuntimeError("could not determine the home directory")

    monkeypatch.undo()  # of the fixture: its place in the cache, with all else
    monkeypatch.setattr(datasets, "FULL_CHECKSUMS", CHECKSUMS)
    monkeypatch.setattr(pooch, "os_cache", os_cache)
    monkeypatch.delenv("MNIST_ARCHIVE", raising=False)
    monkeypatch.chdir(tmp_path)
    mirror.use("good")
    assert not datasets.full_mnist_is_here()
    with pytest.warns(UserWarning, match="could not be kept in ~.*there is no home folder"):
        assert is_good(load_mnist("full"))
    assert list(tmp_path.iterdir()) == []


def test_full_disk_while_downloading(mirror):
    """Else a full disk is taken for a bad connection, and the learner looks for the fault in the wrong place."""
    resource = pytest.importorskip("resource")
    whole = resource.getrlimit(resource.RLIMIT_FSIZE)
    mirror.use("good")
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(GOOD) // 2, whole[1]))
        with pytest.raises(DatasetError, match=r"could not be written down here \(File too large\)\. Try"):
            load_mnist("full")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, whole)
    assert not mirror.cached.exists()
    assert load_mnist()[0][0].shape == (4000, 28, 28)
    assert is_good(load_mnist("full"))


def test_archive_of_the_classroom(mirror, monkeypatch, tmp_path):
    """Else a room without internet has no way to all digits, or the download is tried all the same."""
    mirror.use("good")
    path = tmp_path / "copy of mnist.npz"
    path.write_bytes(GOOD)
    monkeypatch.setenv("MNIST_ARCHIVE", str(path))
    assert is_good(load_mnist("full"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("MNIST_ARCHIVE", "~/copy of mnist.npz")
    assert is_good(load_mnist("full"))
    assert mirror.asked == []
    assert not mirror.cached.exists()


@pytest.mark.parametrize("kind", [*DAMAGED, "missing", "a folder"])
def test_damaged_archive_of_the_classroom(mirror, kind, monkeypatch, tmp_path):
    """Else a lecturer does not learn that the copy on the stick is broken."""
    mirror.use("good")
    path = tmp_path / "mnist.npz"
    content, words = DAMAGED.get(kind, (None, ""))
    if content is not None:
        path.write_bytes(content)
    elif kind == "a folder":
        path.mkdir()
    monkeypatch.setenv("MNIST_ARCHIVE", str(path))
    with pytest.raises(DatasetError) as caught:
        load_mnist("full")
    for part in ("MNIST_ARCHIVE", str(path), words, "x_train, y_train, x_test, y_test", "unset it"):
        assert part in str(caught.value), str(caught.value)
    assert mirror.asked == []


def test_unknown_set():
    """Else a misspelt name loads some other digits."""
    with pytest.raises(ValueError, match='"bundled" and "full", not \'fulll\''):
        load_mnist("fulll")  # codespell:ignore fulll


def test_mirrors_are_asked_for_four_arrays_in_safety():
    """Else an archive is read from anybody who answers, or an array of it is never looked at."""
    assert tuple(datasets.FULL_CHECKSUMS) == tuple(datasets.BUNDLED_CHECKSUMS) == KEYS
    assert all(mirror.startswith("https://") for mirror in datasets.MIRRORS)
    assert len(datasets.MIRRORS) >= 2


@pytest.mark.skipif(
    not datasets.full_mnist_is_here(),
    reason="nobody downloaded all digits here, and MNIST_ARCHIVE names none",
)
def test_all_digits_are_those_of_mnist():
    """Else the checksums are those of something else. What is known of MNIST: its sizes, its classes, and our digits in it."""
    (train_images, train_labels), (test_images, test_labels) = load_mnist("full")
    assert (train_images.shape, test_images.shape) == ((60_000, 28, 28), (10_000, 28, 28))
    # As many of each digit as the training set has, and the first labels of both, which everybody has seen.
    counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert np.bincount(train_labels).tolist() == counts
    assert train_labels[:5].tolist() == [5, 0, 4, 1, 9] and test_labels[:5].tolist() == [7, 2, 1, 0, 4]
    known = {(image.tobytes(), label) for image, label in zip(train_images, train_labels, strict=True)}
    for images, labels in load_mnist():
        assert all((image.tobytes(), label) in known for image, label in zip(images, labels, strict=True))


def test_shrink_averages_squares():
    """Else pixels of different places are mixed, or the ink is not between 0 and 1."""
    images = np.random.default_rng(0).integers(0, 256, (3, 28, 28), np.uint8)
    small = shrink(images).reshape(3, 14, 14)
    for row, column in ((0, 0), (5, 9), (13, 13)):
        square = images[:, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        np.testing.assert_allclose(small[:, row, column], square.mean(axis=(1, 2)) / 255)


@pytest.mark.parametrize(("samples", "batch_size"), [(10, 3), (12, 4), (7, 7), (5, 1), (6, 9)])
def test_each_epoch_uses_each_sample_once(samples, batch_size):
    """Else some digits are never seen, or the short batch at the end of an epoch is lost."""
    epoch = -(-samples // batch_size)
    batches = shuffled_batches(samples, batch_size, 3 * epoch, np.random.default_rng(0))
    assert len(batches) == 3 * epoch
    epochs = [np.concatenate(batches[start : start + epoch]) for start in range(0, 3 * epoch, epoch)]
    for order in epochs:
        assert sorted(order) == list(range(samples))
    assert max(map(len, batches)) == min(samples, batch_size)
    assert any((epochs[0] != other).any() for other in epochs[1:])


def test_steps_may_end_within_an_epoch():
    """Else a run is longer than was asked for."""
    assert len(shuffled_batches(10, 3, 6, np.random.default_rng(0))) == 6
    assert shuffled_batches(10, 3, 0, np.random.default_rng(0)) == []
