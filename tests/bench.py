"""Measure speed and memory as ratios within one run: python tests/bench.py [--no-browser].

The machines that run this are shared and noisy. So each figure stands beside a yardstick that was measured in the
same minute, and nothing here is a test. With MNIST_ARCHIVE set, a training on all digits is measured too.
"""

import contextlib
import itertools
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import lab
import nbformat
import numpy as np
import psutil

import helpers.widgets
from helpers.datasets import load_mnist
from helpers.kit.controls import Choice, Shape
from helpers.layers import Dense, Flatten
from helpers.models import Sequential
from helpers.studies.paths.compute import walk_digits
from helpers.studies.phases.compute import compute_phases
from helpers.widgets import TrainingLive

LOSS = "sparse_categorical_crossentropy"

# What the explorer is compared with: the usual way to make a figure follow a slider.
INTERACT = """\
import ipywidgets
import matplotlib.pyplot as plt
from helpers.optimizers import SGD
from helpers.studies.training.compute import train_digits

@ipywidgets.interact(momentum=(0.0, 0.99, 0.01))
def show(momentum=0.0):
    result = train_digits(SGD(0.05, momentum), 32)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8))
    left.plot(result.losses)
    right.plot(result.checked_steps, result.accuracies, "o-")
    plt.show()
"""
# For each page: its only cell, what is said of it, and how long a key press may take until the new picture.
PAGES = {
    "training": ("from helpers.widgets import TrainingLive\nTrainingLive()", "TrainingLive", "≤ 60 ms"),
    "momentum": ("from helpers.widgets import MomentumLive\nMomentumLive()", "MomentumLive", "≤ 40 ms"),
    "interact": (INTERACT, "TrainingLive's figure with interact and plt.show()", ""),
}

WATCH = """() => {
    window.times = [];
    let pressed = 0;
    for (const kind of ['keydown', 'click', 'change', 'input'])
        document.addEventListener(kind, () => { pressed = performance.now(); }, true);
    document.addEventListener('load', event => {
        if (pressed && event.target.tagName === 'IMG') { times.push(performance.now() - pressed); pressed = 0; }
    }, true);
}"""


def median_time(function, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def row(what, value, limit="", note=""):
    print(f"{what:72} {value:>12}   {limit:16} {note}")


def measure_training_step():
    """Compare a step of `fit` with the five matrix products that it cannot do without."""
    random = np.random.default_rng(0)
    images = random.random((128 * 40, 784), dtype=np.float32)
    labels = random.integers(0, 10, len(images))
    kernel, last_kernel = (
        random.random((784, 512), dtype=np.float32),
        random.random((512, 10), dtype=np.float32),
    )
    hidden, hidden_gradient = (random.random((128, 512), dtype=np.float32) for _ in range(2))
    logits_gradient = random.random((128, 10), dtype=np.float32)
    batch = images[:128]

    def products():
        batch @ kernel
        hidden @ last_kernel
        hidden.T @ logits_gradient
        logits_gradient @ last_kernel.T
        batch.T @ hidden_gradient

    model = Sequential([Dense(512, "relu"), Dense(10, "softmax")], seed=0)
    model.compile("rmsprop", LOSS, ["accuracy"])
    model.fit(images, labels, batch_size=128, verbose=0)
    parameters = [parameter.value for parameter in model.parameters]
    gradients = [parameter.gradient for parameter in model.parameters]
    rounds = []
    for _ in range(7):
        loss = model.loss(labels[:128], model(batch))
        rounds.append(
            (
                median_time(products, 60),
                median_time(lambda: model.fit(images, labels, batch_size=128, verbose=0), 3) / 40,
                median_time(lambda: model.loss(labels[:128], model(batch)), 40),
                median_time(loss.backward, 40),
                median_time(lambda: model.optimizer.update(parameters, gradients), 40),
            )
        )
    product, step, forward, backward, update = (
        statistics.median(times) for times in zip(*rounds, strict=True)
    )
    row(
        "training step 784-512-10, batch 128 : its five products", f"{step / product:.2f} ×", "≤ 2.0, aim 1.8"
    )
    for name, part in (("forward and loss", forward), ("backward", backward), ("RMSprop update", update)):
        row(f"    of which {name}", f"{part / product:.2f} ×")
    rest = step - forward - backward - update
    row(
        "    of which drawing the batch, metrics, history",
        f"{rest / product:.2f} ×",
        "",
        f"product {product * 1e3:.2f} ms",
    )


def measure_picture():
    """Time what the explorer adds to its computation, from a new setting to the bytes of the picture."""
    explorer = TrainingLive()
    explorer.view.show()
    moves = iter(np.tile(np.linspace(0, 0.9, 10), 9))
    move = median_time(lambda: explorer.move(momentum=float(next(moves))), 80)
    compute = median_time(lambda: explorer.compute(**explorer.settings), 80)
    row("explorer: 60 training steps", f"{compute * 1e3:.1f} ms")
    row(
        "explorer: slider value → picture bytes, beside its computation",
        f"{(move - compute) * 1e3:.1f} ms",
        "≤ 16 ms",
    )


def measure_explorers():
    """Time each control of each explorer, from a new setting to the bytes of the picture, beside its computation."""
    for name in helpers.widgets.__all__:
        kind = getattr(helpers.widgets, name)
        if not getattr(kind, "controls", ()):
            continue
        slowest = {}
        for control in kind.controls:
            explorer = kind()
            explorer.view.show()
            values = itertools.cycle([other_value(control), control.value])

            def move(values=values, explorer=explorer, control=control):
                explorer.move(**{control.name: next(values)})

            def compute(values=values, explorer=explorer, control=control):
                explorer.compute(**explorer.settings | {control.name: next(values)})

            move()
            whole, computed = median_time(move, 30), median_time(compute, 10)
            slowest[control.label] = (whole - computed, computed)
        label = max(slowest, key=slowest.get)
        beside, computed = slowest[label]
        row(
            f"{name}: its slowest control, to the bytes of the picture",
            f"{beside * 1e3:.1f} ms",
            "≤ 16 ms",
            f"{label}; computation {computed * 1e3:.1f} ms",
        )


def measure_computations():
    """Time what the explorers with the most to compute compute."""
    row(
        "phase diagram: 60 × 64 descents of 200 steps, one run of SGD",
        f"{median_time(lambda: compute_phases.__wrapped__(0.2, 4.0), 15) * 1e3:.1f} ms",
        "≤ 30 ms",
    )
    for batch_size in (32, 1000):
        row(
            f"real network: 60 steps of {batch_size} digits, with the loss of all digits after every second",
            f"{median_time(lambda size=batch_size: walk_digits(0.3, 0.0, size), 15) * 1e3:.0f} ms",
            "≤ 100 ms",
        )


def other_value(control):
    """Return a value that makes the control's picture as rich as it can be."""
    if isinstance(control, Shape):
        return (control.max_size,) * min(2, control.max_rank)
    choices = tuple(control.choices) if isinstance(control, Choice) else (control.high, control.low)
    return next(value for value in reversed(choices) if value != control.value)


def measure_import():
    python = [sys.executable, "-c"]
    bare = median_time(lambda: subprocess.run([*python, "import numpy"], check=True), 9)
    helpers = median_time(lambda: subprocess.run([*python, "import helpers"], check=True), 9)
    models = median_time(lambda: subprocess.run([*python, "import helpers.models"], check=True), 9)
    row(
        "python -c 'import helpers', the start of Python included",
        f"{helpers:.2f} s",
        "≤ 0.3 s",
        f"numpy {bare:.2f} s",
    )
    row("python -c 'import helpers.models'", f"{models:.2f} s")


def measure_full_set():
    (train_images, train_labels), (test_images, test_labels) = load_mnist("full")
    train_images, test_images = (images.astype(np.float32) / 255 for images in (train_images, test_images))
    model = Sequential([Flatten(), Dense(512, "relu"), Dense(10, "softmax")], seed=0)
    model.compile("rmsprop", LOSS, ["accuracy"])
    start = time.perf_counter()
    model.fit(train_images, train_labels, epochs=5, batch_size=128, verbose=0)
    seconds = time.perf_counter() - start
    accuracy = model.evaluate(test_images, test_labels)[1]
    row(
        "all 60,000 digits, 5 epochs: accuracy on the 10,000",
        f"{accuracy:.2%}",
        "≥ 97.5 %",
        f"{seconds:.1f} s",
    )


def press_keys(page, presses=40):
    """Press arrow keys on the momentum slider; return the times from key to loaded picture, in milliseconds."""
    slider = page.locator(".jp-OutputArea").get_by_text("momentum", exact=True).locator("xpath=..")
    slider.locator(".noUi-handle").focus()
    page.evaluate(WATCH)
    for press in range(presses):
        page.keyboard.press("ArrowLeft" if press % 4 == 3 else "ArrowRight")
        page.wait_for_timeout(400)
    return page.evaluate("times")


def measure_browser():
    with tempfile.TemporaryDirectory() as name, lab.jupyterlab(folder := pathlib.Path(name)) as address:
        for title, (source, _, _) in PAGES.items():
            kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)], metadata=kernel)
            nbformat.write(notebook, folder / "notebooks" / f"{title}.ipynb")
        with lab.chromium() as open_page:
            for title, (_, what, limit) in PAGES.items():
                page = open_page(address(f"{title}.ipynb"))
                lab.run_all(page)
                page.wait_for_timeout(2000)
                times = press_keys(page)
                row(
                    f"key press → new picture in Chromium: {what}",
                    f"{statistics.median(times):.0f} ms",
                    limit,
                    f"fastest {min(times):.0f}, {len(times)} presses",
                )
                page.close()
            before = set(kernels())
            page = open_page(address("2.1-a-first-look.ipynb"))
            lab.run_all(page)
            (kernel,) = set(kernels()) - before
            row("kernel that has run 2.1", f"{kernel.memory_info().rss / 1e6:.0f} MB", "≤ 200 MB")


def kernels():
    found = []
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "ipykernel_launcher" in child.cmdline():
                found.append(child)
    return found


if __name__ == "__main__":
    measure_training_step()
    measure_picture()
    measure_explorers()
    measure_computations()
    measure_import()
    if os.environ.get("MNIST_ARCHIVE"):
        measure_full_set()
    if lab.find_browser() and "--no-browser" not in sys.argv:
        measure_browser()
