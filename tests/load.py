"""Measure many learners on one machine: python tests/load.py [--learners 1 5 10 20] [--seconds 60].

Each learner has a kernel of their own on the loopback interface. All press "Run All" on 2.4.3b at the same moment; when
the last has run it, they move the sliders of its explorers at human pace. What is printed is Markdown for
docs/measurements.md. It is no test: the figures are those of this machine at this minute.
"""

import argparse
import asyncio
import contextlib
import dataclasses
import itertools
import os
import pathlib
import platform
import random
import statistics
import tempfile
import time

import lab
import nbformat
import numpy as np
import psutil
from jupyter_client import AsyncKernelManager

NOTEBOOK = lab.ROOT / "notebooks" / "2.4.3b-momentum.ipynb"

# How a learner's hand moves, in seconds: from one stop of a slider to the next, and at rest while the learner looks.
BETWEEN_MOVES = (0.1, 0.2)
LOOKING = (2.0, 6.0)
MOVES = 8
# What limits the threads of a kernel; unset, each starts as many as the machine has cores.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
UNSET = "unset"
PATIENCE = 900

MACHINE = "{processor}, {cores} cores, {memory:.0f} GB of memory, {system}, Python {python}, NumPy {numpy} with {blas}."
HEADER = """\
| learners | `OMP_NUM_THREADS` | all have run 2.4.3b after | processor time of each | response: median | 95th percentile | \
moves skipped | cores busy | memory of each: private | resident |
|--:|:-:|--:|--:|--:|--:|--:|--:|--:|--:|"""
ROW = (
    "| {learners} | {threads} | {started:.0f} s | {spent:.1f} s | {median:.0f} ms | {high:.0f} ms | {skipped:.0%} | "
    "{cores:.2f} | {private:.0f} MB | {resident:.0f} MB |"
)
SERVER = (
    "JupyterLab's server when a browser has run the notebook, one for each learner on a hub: {private:.0f} MB private, "
    "{resident:.0f} MB resident."
)
MEASURING = "The measuring kept at most {share:.2f} of a core busy."


@dataclasses.dataclass(frozen=True)
class Measured:
    """What some learners saw.

    Attributes
    ----------
    started : float
        Seconds until the last had run the notebook.
    spent : float
        Seconds of a processor that each kernel needed for that, on average.
    responses : list of float
        Seconds from a move of a hand to its picture, of all learners.
    moves, sent : int
        Stops that hands came to, and those that the browsers sent: while a kernel is busy, a browser keeps only the newest.
    cores : float
        Cores that the kernels kept busy while sliders moved.
    own : float
        The same of the measuring itself.
    private, resident : tuple of int
        Memory of each kernel in bytes: what would be free without them (USS), and with what processes share (RSS).
    """

    started: float
    spent: float
    responses: list
    moves: int
    sent: int
    cores: float
    own: float
    private: tuple
    resident: tuple


class Learner:
    """A kernel, the browser that talks with it, and the hand of the learner."""

    def __init__(self, seed, environment):
        self.random = random.Random(seed)
        self.environment = environment
        self.manager = AsyncKernelManager(kernel_name="python3", transport="tcp", ip="127.0.0.1")
        self.idle, self.pictured = {}, {}
        self.models, self.explorers = {}, []
        self.wanted = self.sending = None
        self.responses, self.moves, self.sent = [], 0, 0

    async def __aenter__(self):
        # Only errors: each kernel would warn that loopback is not encrypted.
        await self.manager.start_kernel(
            env=self.environment, cwd=str(NOTEBOOK.parent), extra_arguments=["--log-level=ERROR"]
        )
        self.client = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=PATIENCE)
        self.listening = asyncio.create_task(self.listen())
        self.process = psutil.Process(self.manager.provisioner.pid)
        return self

    async def __aexit__(self, *error):
        self.listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.listening
        self.client.stop_channels()
        await self.manager.shutdown_kernel(now=True)

    async def listen(self):
        """Note when a request is done, when its picture came, and which widgets there are."""
        while True:
            message = await self.client.get_iopub_msg()
            now = time.perf_counter()
            kind, content = message["msg_type"], message["content"]
            request = message["parent_header"].get("msg_id")
            if kind == "comm_open":
                self.models[content["comm_id"]] = content["data"].get("state", {})
            elif kind == "comm_msg" and message["buffers"]:
                self.pictured[request] = now
            elif kind == "status" and content["execution_state"] == "idle" and request in self.idle:
                self.idle.pop(request).set_result(None)
            elif kind == "error" and request in self.idle:
                self.idle.pop(request).set_exception(RuntimeError("\n".join(content["traceback"])))

    async def request(self, kind, content):
        """Send a message as a browser does and wait until the kernel is done with it; return its name."""
        message = self.client.session.msg(kind, content)
        name = message["header"]["msg_id"]
        self.idle[name] = asyncio.get_running_loop().create_future()
        self.client.shell_channel.send(message)
        await asyncio.wait_for(self.idle[name], PATIENCE)
        return name

    async def run(self, cells):
        """Run cells one after another, and keep the sliders of each that shows a picture."""
        for cell in cells:
            self.models = {}
            code = {"code": cell, "silent": False, "store_history": True, "allow_stdin": False}
            await self.request("execute_request", code | {"user_expressions": {}, "stop_on_error": True})
            names = [model.get("_model_name") for model in self.models.values()]
            sliders = {name: stops for name, model in self.models.items() if (stops := stops_of(model))}
            if "ImageModel" in names and sliders:
                self.explorers.append(sliders)

    async def move_sliders(self, seconds):
        """Drag some slider of some explorer to another place, look at the picture, and again, until time is up."""
        places = {}
        end = time.monotonic() + seconds
        await asyncio.sleep(self.random.uniform(0, min(LOOKING[1], seconds / 4)))
        while time.monotonic() < end:
            name, (key, stops) = self.random.choice(list(self.random.choice(self.explorers).items()))
            start = places.get(name, self.random.randrange(len(stops)))
            places[name] = self.random.choice([place for place in range(len(stops)) if place != start])
            for place in dict.fromkeys(np.linspace(start, places[name], MOVES + 1).round().astype(int)[1:]):
                self.moves += 1
                self.wanted = (name, {key: stops[place]}, time.perf_counter())
                if self.sending is None or self.sending.done():
                    self.sending = asyncio.create_task(self.send())
                await asyncio.sleep(self.random.uniform(*BETWEEN_MOVES))
            await self.sending
            await asyncio.sleep(max(0, min(self.random.uniform(*LOOKING), end - time.monotonic())))

    async def send(self):
        """Send what the slider says, and, when the kernel is done, what it says by then."""
        while self.wanted is not None:
            (name, state, moved), self.wanted = self.wanted, None
            self.sent += 1
            data = {"method": "update", "state": state, "buffer_paths": []}
            request = await self.request("comm_msg", {"comm_id": name, "data": data})
            # Two settings may give the same picture, which is not sent again.
            if request in self.pictured:
                self.responses.append(self.pictured.pop(request) - moved)


def stops_of(model):
    """Return what a slider's browser sends and the values it can send, or None for what is no slider."""
    match model.get("_model_name"):
        case "FloatSliderModel" | "IntSliderModel":
            whole = model["_model_name"].startswith("Int")
            count = round((model["max"] - model["min"]) / model["step"])
            stops = np.linspace(model["min"], model["max"], count + 1)
            return "value", [round(stop) if whole else round(stop, 6) for stop in stops.tolist()]
        case "SelectionSliderModel":
            return "index", list(range(len(model["_options_labels"])))


def read_cells(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


async def measure(learners, seconds, threads, cells):
    """Let some learners run cells at the same time and then move sliders; return what they saw.

    Parameters
    ----------
    learners : int
        How many.
    seconds : float
        How long they move sliders.
    threads : str
        Value of OMP_NUM_THREADS for the kernels, or "unset".
    cells : list of str
        Code, at least one piece of which shows an explorer.
    """
    environment = {name: value for name, value in os.environ.items() if name not in THREADS}
    environment |= {} if threads == UNSET else {"OMP_NUM_THREADS": threads}
    async with contextlib.AsyncExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        # A profile for each: learners on a hub have their own, and the one who measures keeps a clean history.
        profiles = [{"IPYTHONDIR": str(folder / str(number))} for number in range(learners)]
        kernels = [Learner(seed, environment | profile) for seed, profile in enumerate(profiles)]
        start = time.perf_counter()

        async def begin(learner):
            await stack.enter_async_context(learner)
            await learner.run(cells)

        await asyncio.gather(*map(begin, kernels))
        started = time.perf_counter() - start

        own = psutil.Process()
        start, spent, own_spent = time.perf_counter(), busy(kernels), sum(own.cpu_times()[:2])
        await asyncio.gather(*(learner.move_sliders(seconds) for learner in kernels))
        passed = time.perf_counter() - start
        private, resident = zip(*(memory_of(learner.process) for learner in kernels), strict=True)
        return Measured(
            started,
            spent / learners,
            list(itertools.chain(*(learner.responses for learner in kernels))),
            sum(learner.moves for learner in kernels),
            sum(learner.sent for learner in kernels),
            (busy(kernels) - spent) / passed,
            (sum(own.cpu_times()[:2]) - own_spent) / passed,
            private,
            resident,
        )


def busy(kernels):
    """Return the seconds that kernels have kept a core busy."""
    return sum(sum(learner.process.cpu_times()[:2]) for learner in kernels)


def memory_of(process):
    """Return the private and the resident memory of a process; the latter twice where macOS tells no more."""
    try:
        memory = process.memory_full_info()
    except psutil.AccessDenied:
        memory = process.memory_info()
    return getattr(memory, "uss", memory.rss), memory.rss


def run(coroutine):
    """Run a coroutine on the kind of event loop that ZeroMQ needs on every system."""
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(coroutine)


def measure_server():
    """Return the private and the resident memory of a JupyterLab in which a browser has run the notebook."""
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        address = stack.enter_context(lab.jupyterlab(folder))
        (server,) = (child for child in psutil.Process().children() if "jupyterlab" in child.cmdline())
        lab.run_all(stack.enter_context(lab.chromium())(address(NOTEBOOK.name)))
        return memory_of(server)


def describe_machine():
    processor = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, StopIteration):
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        processor = next(line.partition(": ")[2] for line in lines if line.startswith("model name"))
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return MACHINE.format(
        processor=processor,
        cores=psutil.cpu_count(),
        memory=psutil.virtual_memory().total / 2**30,
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        numpy=np.__version__,
        blas=f"{blas['name']} {blas['version']}",
    )


def write_row(learners, threads, measured):
    median, *_ = statistics.quantiles(measured.responses, n=2)
    return ROW.format(
        learners=learners,
        threads=threads,
        started=measured.started,
        spent=measured.spent,
        median=median * 1e3,
        high=statistics.quantiles(measured.responses, n=20)[-1] * 1e3,
        skipped=1 - measured.sent / measured.moves,
        cores=measured.cores,
        private=statistics.mean(measured.private) / 1e6,
        resident=statistics.mean(measured.resident) / 1e6,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, nargs="+", default=[1, 5, 10, 20])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--threads", nargs="+", default=["1", UNSET])
    chosen = parser.parse_args()
    cells, own = read_cells(NOTEBOOK), 0
    print(describe_machine(), HEADER, sep="\n\n", flush=True)
    for learners, threads in itertools.product(chosen.learners, chosen.threads):
        measured = run(measure(learners, chosen.seconds, threads, cells))
        own = max(own, measured.own)
        print(write_row(learners, threads, measured), flush=True)
    print("", MEASURING.format(share=own), sep="\n", flush=True)
    if lab.find_browser():
        private, resident = measure_server()
        print(SERVER.format(private=private / 1e6, resident=resident / 1e6))


if __name__ == "__main__":
    main()
