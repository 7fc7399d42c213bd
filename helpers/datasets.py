"""Handwritten digits: 5,000 that come with the course, and all 70,000 for those who have a network or an archive."""

import contextlib
import errno
import functools
import hashlib
import importlib.resources
import os
import pathlib
import shutil
import tempfile
import time
import warnings
import zipfile
import zlib

import numpy as np

from helpers import browser
from helpers.errors import checked_by
from helpers.language import Words
from helpers.progress import progress_bar

_ = Words(__name__)

UNKNOWN = _('load_mnist knows "bundled" and "full", not {which!r}.')
CHECKOUT_DAMAGED = _(
    "The digits of the course, {path}, cannot be used: {reason}. Restore them with: git checkout -- data/mnist_5k.npz"
)
COPY_DAMAGED = _(
    "The digits of the course, {path}, cannot be used: {reason}. They come with the course: unpack it or install it again."
)
ARCHIVE_DAMAGED = _(
    "The archive that MNIST_ARCHIVE names, {path}, cannot be used: {reason}. Point it to a mnist.npz with the keys x_train, y_train, x_test, y_test, or unset it to download one."
)
NO_DOWNLOAD = _(
    "All 70,000 digits could not be downloaded. {reasons} Try again with a network connection, or set the environment variable MNIST_ARCHIVE to a copy of mnist.npz. load_mnist() gives 5,000 digits without a network."
)
IN_BROWSER = _(
    "All 70,000 digits cannot be had here, because a browser lets no page read from other hosts: install the course on a computer for them. load_mnist() gives 5,000 digits."
)
NOT_KEPT = _(
    "The digits are here, but could not be kept in {path} ({reason}); the next call will download them again."
)
NOT_AN_ARCHIVE = _("it is no complete .npz archive")
NO_KEY = _("it has no array {key}")
WRONG_CONTENT = _("its array {key} is not that of MNIST")
MIRROR_FAILED = _("{host}: {reason}.")
SILENT = _("no answer for {seconds} seconds")
REFUSED = _("the server answered {status}")
UNREACHABLE = _("the connection failed or broke off")
TOO_SLOW = _("it sends too slowly")
NOT_WRITTEN = _("what it sent could not be written down here ({reason})")
NO_HOME = _("there is no home folder")
NO_IMAGES = _("shrink needs images of shape (n, 28, 28), not {shape}.")
NO_BATCHES = _("Batches need at least one sample, and at least one each: not {batch_size} of {samples}.")
DOWNLOADING = _("Downloading the digits of MNIST.")

PROJECT = "mathematics-of-neural-networks"
COURSE = pathlib.Path(__file__).resolve().parents[1]
# A wheel holds the digits inside the package, the repository beside it.
INSIDE = importlib.resources.files("helpers") / "data"
BUNDLED = (INSIDE if INSIDE.is_dir() else COURSE / "data") / "mnist_5k.npz"
MIRRORS = (
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz",
    "https://s3.amazonaws.com/img-datasets/mnist.npz",
)
# Roughly what a mirror sends, for the progress bar.
DOWNLOAD_BYTES = 11_490_434
# How long a mirror may be silent, and how much it must send on average once that time is over.
TIMEOUT_SECONDS = 20
BYTES_PER_SECOND = 10_000

# SHA-256 of the bytes of each uint8 array in C order: any archive that holds these arrays will do.
BUNDLED_CHECKSUMS = {
    "x_train": "5fbe7cf90c281e6c33ef88ce41a0ece168a4ec7b32f139f6d882dce63a389a9f",
    "y_train": "056cfb5b9c373581fb414ddb125d9ebb8a1ba830426ac4679e57d8bffc7742be",
    "x_test": "b81c175252798868bd6315cfac865f93124915fc6c946fa91bfad1db3dd80af2",
    "y_test": "77b3f03e1bc9bdb0668ecc1910d11a4fcc4080cb6bdd43a1371633ad00f229e6",
}
FULL_CHECKSUMS = {
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}


# What NumPy raises when an archive is none.
DAMAGE = OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, AttributeError, TypeError


class DatasetError(OSError):
    """The digits cannot be had; the message says why and what to do."""


def load_mnist(which="bundled"):
    """Load handwritten digits with their labels; a DatasetError says what to do if they cannot be had.

    LeCun, Cortes, Burges, "The MNIST database of handwritten digits". All bundled digits, those for testing too, belong
    to the training set of the full MNIST: do not train on one and test on the other.

    Parameters
    ----------
    which : {"bundled", "full"}
        The 4,000 + 1,000 digits that come with the course, or all 60,000 + 10,000. These are downloaded once into the
        user's cache, or read from the archive that the environment variable MNIST_ARCHIVE names.

    Returns
    -------
    (train_images, train_labels), (test_images, test_labels)
        Images of shape (digits, 28, 28), 0 for paper to 255 for ink, and labels of shape (digits,); all uint8.
    """
    if which == "bundled":
        message = CHECKOUT_DAMAGED if (COURSE / ".git").exists() else COPY_DAMAGED
        return read(BUNDLED, BUNDLED_CHECKSUMS, message)
    if which != "full":
        raise ValueError(UNKNOWN.format(which=which))
    if archive := os.environ.get("MNIST_ARCHIVE"):
        return read(pathlib.Path(archive).expanduser(), FULL_CHECKSUMS, ARCHIVE_DAMAGED)
    return load_full()


# As bytes: a copy scaled to floating point numbers takes four times the room for as long as the kernel lives.
bundled_digits = functools.cache(load_mnist)


def shrink(images):
    """Average each square of 2 × 2 pixels: bytes of shape (n, 28, 28) become rows of shape (n, 196) between 0 and 1."""
    images = np.asarray(images)
    if images.shape[1:] != (28, 28):
        raise ValueError(NO_IMAGES.format(shape=images.shape))
    squares = images.reshape(len(images), 14, 2, 14, 2)
    return squares.mean(axis=(2, 4)).reshape(len(images), 196) / 255


def need_a_batch(samples, batch_size, steps, random):
    if samples < 1 or batch_size < 1:
        raise ValueError(NO_BATCHES.format(samples=samples, batch_size=batch_size))


@checked_by(need_a_batch)
def shuffled_batches(samples, batch_size, steps, random):
    """Draw the batches of a training as it is done in practice: shuffle, go through all samples in order, shuffle again.

    Returns a list of as many arrays as there are steps, with the numbers of the samples in each batch. The last batch of an
    epoch is shorter if the samples do not come out even.
    """
    batches = []
    while len(batches) < steps:
        order = random.permutation(samples)
        for start in range(0, samples, batch_size):
            batches.append(order[start : start + batch_size])
    return batches[:steps]


def full_mnist_is_here():
    """Whether load_mnist("full") needs no download: MNIST_ARCHIVE names an archive, or the cache holds one."""
    if os.environ.get("MNIST_ARCHIVE"):
        return True
    return not browser.IN_BROWSER and (cache_folder() / "mnist.npz").is_file()


def load_full():
    """Read all digits from the cache, or download them from the first mirror that gives the right ones."""
    if browser.IN_BROWSER:
        raise DatasetError(IN_BROWSER)
    cached = cache_folder() / "mnist.npz"
    # A damaged copy, as none, is replaced by what is downloaded now.
    with contextlib.suppress(DatasetError):
        return read(cached, FULL_CHECKSUMS)
    reasons = []
    for mirror in MIRRORS:
        try:
            with tempfile.TemporaryDirectory() as folder:
                downloaded = pathlib.Path(folder) / "mnist.npz"
                download(mirror, downloaded)
                digits = read(downloaded, FULL_CHECKSUMS)
                keep(downloaded, cached)
                return digits
        except OSError as error:
            reasons.append(MIRROR_FAILED.format(host=mirror.split("/")[2], reason=explain_failure(error)))
    raise DatasetError(NO_DOWNLOAD.format(reasons=" ".join(reasons)))


def download(url, path):
    import pooch

    with progress_bar(DOWNLOAD_BYTES, "B", DOWNLOADING, visible=True) as bar:
        show, begun, received = bar.update, time.monotonic(), 0

        def update(size):
            nonlocal received
            # A bar that does not show, in a script say, counts nothing.
            received += size
            show(size)
            seconds = time.monotonic() - begun
            if seconds > TIMEOUT_SECONDS and received < seconds * BYTES_PER_SECOND:
                raise DatasetError(TOO_SLOW)

        bar.update = update
        pooch.HTTPDownloader(progressbar=bar, timeout=TIMEOUT_SECONDS)(url, str(path), None)


def cache_folder():
    """Return the folder for what is downloaded: an absolute path, or a relative one where nothing can be kept."""
    import pooch

    try:
        return pathlib.Path(pooch.os_cache(PROJECT))
    except RuntimeError:  # There is no home folder; older versions of platformdirs give a path with ~ then.
        return pathlib.Path("~", PROJECT)


def keep(downloaded, cached):
    """Copy a verified archive into the cache in one move, so that a half-written one is never seen."""
    try:
        # Without a home: a folder named ~ would be made beside the notebooks.
        if not cached.is_absolute():
            raise FileNotFoundError(errno.ENOENT, NO_HOME)
        cached.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cached.parent) as folder:
            os.replace(shutil.copy(downloaded, folder), cached)
    except OSError as error:
        warnings.warn(NOT_KEPT.format(path=cached.parent, reason=error.strerror), stacklevel=4)


def read(path, checksums, message="{reason}"):
    """Read the four arrays of an archive and compare each with its checksum."""
    try:
        # np.load(path) leaves the file open when its content is damaged.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            arrays = {key: np.ascontiguousarray(archive[key]) for key in checksums if key in archive}
    except DAMAGE as error:
        reason = getattr(error, "strerror", None) or NOT_AN_ARCHIVE
        raise DatasetError(message.format(path=path, reason=reason)) from error
    for key, checksum in checksums.items():
        if key not in arrays:
            raise DatasetError(message.format(path=path, reason=NO_KEY.format(key=key)))
        array = arrays[key]
        if array.dtype != np.uint8 or hashlib.sha256(array.data).hexdigest() != checksum:
            raise DatasetError(message.format(path=path, reason=WRONG_CONTENT.format(key=key)))
    train_images, train_labels, test_images, test_labels = arrays.values()
    return (train_images, train_labels), (test_images, test_labels)


def explain_failure(error):
    import requests

    if isinstance(error, requests.Timeout):
        return SILENT.format(seconds=TIMEOUT_SECONDS)
    if isinstance(error, requests.HTTPError):
        return REFUSED.format(status=error.response.status_code)
    if isinstance(error, DatasetError):
        return str(error)
    if isinstance(error, (requests.RequestException, ConnectionError)):
        return UNREACHABLE
    return NOT_WRITTEN.format(reason=error.strerror or error)
