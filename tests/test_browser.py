"""What stands in, in a browser, for NumPy's product, the user's folder and other hosts."""

import io

import numpy as np
import pytest
import tqdm

from helpers import browser
from helpers.browser import matmul
from helpers.datasets import DatasetError, full_mnist_is_here, load_mnist
from helpers.exercises import solved

RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64])
@pytest.mark.parametrize(
    ("left", "right"),
    [((2, 3), (3, 4)), ((1, 3), (3, 1)), ((0, 3), (3, 2)), ((3,), (3,)), ((2, 3), (3,)), ((5, 2, 3), (3, 4))],
)
def test_product_is_that_of_numpy(left, right, dtype):
    """Else a network learns something else in a browser."""
    x, y = (RANDOM.integers(-9, 9, shape).astype(dtype) for shape in (left, right))
    for one, other in ((x, y), (np.asfortranarray(x), y), (x, np.asfortranarray(y))):
        found = matmul(one, other)
        assert found.dtype == dtype
        np.testing.assert_array_equal(found, one @ other)


def test_lists_and_options():
    """Else a cell that works elsewhere stops in a browser."""
    np.testing.assert_array_equal(matmul([[1, 2]], [[3], [4]]), [[11]])
    assert matmul(np.eye(2), np.eye(2), dtype=np.float32).dtype == np.float32


def test_shapes_that_do_not_fit_are_refused_in_the_same_words():
    """Else the hints of the exercises, which read NumPy's words, have nothing to say in a browser."""
    with pytest.raises(ValueError) as expected:
        np.matmul(np.ones((2, 3)), np.ones((2, 3)))
    with pytest.raises(ValueError) as found:
        matmul(np.ones((2, 3)), np.ones((2, 3)))
    assert str(found.value) == str(expected.value)


def test_a_bar_asks_for_no_second_thread(monkeypatch):
    """Else a warning stands above each bar: a browser's Python has one thread."""
    monkeypatch.setattr(np, "matmul", np.matmul)
    monkeypatch.setattr(tqdm.tqdm, "monitor_interval", 10)
    monkeypatch.setattr(tqdm.tqdm, "monitor", None)
    browser.settle_in()
    with tqdm.tqdm(total=1, file=io.StringIO()):
        assert tqdm.tqdm.monitor is None


@pytest.fixture
def in_browser(monkeypatch, tmp_path):
    monkeypatch.setattr(browser, "IN_BROWSER", True)
    monkeypatch.setattr(browser, "STORAGE", tmp_path)
    monkeypatch.delenv("COURSE_PROGRESS", raising=False)
    monkeypatch.delenv("MNIST_ARCHIVE", raising=False)


def test_all_digits_are_refused_in_one_sentence(in_browser):
    """Else a learner reads of a package that is not there, or that the connection failed."""
    assert not full_mnist_is_here()
    with pytest.raises(
        DatasetError, match=r"^All 70,000 digits cannot be had here, because .*5,000 digits\.$"
    ):
        load_mnist("full")


def test_progress_lies_in_the_storage_of_the_browser(in_browser, tmp_path):
    """Else what was solved is forgotten with the page."""
    solved.append("first_look.check_baseline: solved")
    assert solved.solved_names() == {"first_look.check_baseline"}
    assert [path.parent for path in tmp_path.iterdir()] == [tmp_path]
