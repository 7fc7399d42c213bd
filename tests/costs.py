"""What a run of the tests costs: processor time by kind, beside a fixed piece of work, and what it left to `make test-all`.

Processor time, and not that on the clock, since machines are shared. Kernels, JupyterLab and Chromium count: they are
children of the process that runs the test. On Windows nobody adds up the time of children that have ended.
"""

import collections
import os
import re
import time

import numpy as np
import psutil
import pytest
from threadpoolctl import threadpool_limits

TITLE = "processor time by kind"
KIND = "{seconds:7.1f} s  {kind} ({count})"
SLOWEST = "{seconds:15.1f} s  {name}"
STARTING = "{seconds:7.1f} s  starting, collecting, handing out"
TOTAL = "{seconds:7.1f} s  in all: {ratio:.0f} times the fixed piece of work, {steps} steps of the digit network in NumPy ({fixed:.2f} s)"
LEFT = "Left to make test-all, {count} in all: {kinds}."
A_KIND = "{count} of {kind}"
# How many of each kind are named.
NAMED = 3
STEPS = 250

# The first that fits says of which kind a test is.
KINDS = {
    r"\.ipynb::": "notebooks with nbval",
    r"^tests/(browser|lite)/": "browser",
    r"^tests/test_explorers": "explorers",
    r"^tests/test_judges": "judges",
    r"^tests/test_(attempts|early_attempts|exercises|feedback|python_says)": "exercises",
    r"^tests/test_(access|figures|labels)": "figures",
    r"^tests/studies/": "studies",
    r"": "all others",
}


def kind_of(nodeid):
    return next(kind for pattern, kind in KINDS.items() if re.search(pattern, nodeid))


def spent(living=False):
    """Return the seconds of processor time of this process and its ended children; of living ones, too, if asked for."""
    processes = psutil.Process().children(recursive=True) if living else []
    times = [os.times()]
    for process in processes:
        try:
            times.append(process.cpu_times())
        except psutil.Error:
            continue
    return sum(
        getattr(one, field)
        for one in times
        for field in ("user", "system", "children_user", "children_system")
        if hasattr(one, field)
    )


def fixed_piece_of_work(steps=STEPS):
    """Return the processor time of so many steps of the digit network, 784-512-10 with 128 digits each, on one thread."""
    random = np.random.default_rng(0)
    images, kernel, last_kernel = (
        random.random(shape, dtype=np.float32) - 0.5 for shape in ((128, 784), (784, 512), (512, 10))
    )
    labels = np.eye(10, dtype=np.float32)[random.integers(0, 10, 128)]
    with threadpool_limits(1):
        begun = time.process_time()
        for _ in range(steps):
            hidden = np.maximum(images @ kernel, 0)
            raised = np.exp(hidden @ last_kernel)
            gradient = (raised / raised.sum(axis=1, keepdims=True) - labels) / 128
            hidden_gradient = gradient @ last_kernel.T * (hidden > 0)
            last_kernel -= 0.01 * (hidden.T @ gradient)
            kernel -= 0.01 * (images.T @ hidden_gradient)
        return time.process_time() - begun


class Costs:
    """What one process of the run spent on each test; the one that people look at adds up those of its workers.

    A notebook is counted as a whole: its kernel's time is known when that has ended.
    """

    def __init__(self):
        self.seconds, self.counts = collections.Counter(), collections.Counter()
        self.left = collections.Counter()
        self.starting = self.in_tests = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        living = kind_of(item.nodeid) == "browser"
        before, own = spent(living), time.process_time()
        result = yield
        self.in_tests += time.process_time() - own
        name = re.sub(r"(\.ipynb)::.*", r"\1::", item.nodeid)
        # A child that gave itself away to the system takes its time along.
        self.seconds[name] += max(0.0, spent(living) - before)
        self.counts[kind_of(name)] += 1
        return result

    def pytest_deselected(self, items):
        self.left.update(kind_of(item.nodeid) for item in items if item.get_closest_marker("weekly"))

    def pytest_sessionfinish(self, session):
        self.starting += time.process_time() - self.in_tests
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["costs"] = [
                dict(self.seconds),
                dict(self.counts),
                dict(self.left),
                self.starting,
            ]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        # Nothing from a worker that crashed.
        if costs := getattr(node, "workeroutput", {}).get("costs"):
            seconds, counts, left, starting = costs
            self.seconds.update(seconds)
            self.counts.update(counts)
            # Each worker collects everything.
            self.left |= collections.Counter(left)
            self.starting += starting

    def pytest_terminal_summary(self, terminalreporter):
        if not self.seconds:
            return
        terminalreporter.section(TITLE)
        by_kind = collections.defaultdict(dict)
        for name, seconds in self.seconds.items():
            by_kind[kind_of(name)][name] = seconds
        totals = {kind: sum(tests.values()) for kind, tests in by_kind.items()}
        for kind in sorted(totals, key=totals.get, reverse=True):
            terminalreporter.line(KIND.format(seconds=totals[kind], kind=kind, count=self.counts[kind]))
            for name in sorted(by_kind[kind], key=by_kind[kind].get, reverse=True)[:NAMED]:
                terminalreporter.line(
                    SLOWEST.format(seconds=by_kind[kind][name], name=name.removesuffix("::"))
                )
        terminalreporter.line(STARTING.format(seconds=self.starting))
        fixed, total = fixed_piece_of_work(), sum(totals.values()) + self.starting
        terminalreporter.line(TOTAL.format(seconds=total, ratio=total / fixed, steps=STEPS, fixed=fixed))
        if self.left:
            kinds = ", ".join(A_KIND.format(count=count, kind=kind) for kind, count in self.left.items())
            terminalreporter.line(LEFT.format(count=self.left.total(), kinds=kinds))


def pytest_configure(config):
    config.pluginmanager.register(Costs(), "what the tests cost")
