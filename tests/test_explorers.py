"""Explorers: the function behind each at every corner of its sliders, and the view that follows it."""

import ast
import collections
import contextlib
import copy
import dataclasses
import functools
import gc
import html
import importlib.metadata
import io
import itertools
import json
import pathlib
import re
import threading

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup
from cases import PRESETS, SAME
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from modules import modules, subclasses
from nbconvert.filters import markdown2html
from PIL import Image

import helpers.studies
import helpers.widgets
from helpers import datasets
from helpers.datasets import bundled_digits
from helpers.kit import style
from helpers.kit.controls import Choice, LogSlider, Player, Shape
from helpers.kit.explorer import COPY_SCRIPT, Explorer
from helpers.studies.chapter import machine_check
from helpers.studies.training.compute import Training
from helpers.widgets import MachineCheck, TrainingLive

modules(helpers.studies)
EXPLORERS = [explorer for explorer in subclasses(Explorer) if explorer.controls]

every_explorer = pytest.mark.parametrize("explorer_class", EXPLORERS, ids=lambda explorer: explorer.__name__)


def limits(control):
    if isinstance(control, Choice):
        choices = tuple(control.choices)
        return choices[0], choices[-1]
    if isinstance(control, Shape):
        return (), (0,), (control.max_size,) * control.max_rank
    return control.low, control.high


def between(control):
    if isinstance(control, Choice):
        return st.sampled_from(tuple(control.choices))
    if isinstance(control, Shape):
        return st.lists(st.integers(0, control.max_size), max_size=control.max_rank).map(tuple)
    if isinstance(control, Player):
        return st.integers(control.low, control.high)
    return st.floats(control.low, control.high, allow_subnormal=False)


def corners(explorer_class):
    """Return all corners of the controls."""
    names = [control.name for control in explorer_class.controls]
    return [
        dict(zip(names, corner, strict=True))
        for corner in itertools.product(*map(limits, explorer_class.controls))
    ]


def meeting_corners(explorer_class):
    """Return so few corners that any two ends of any two controls still meet in one of them."""

    def pairs(corner):
        return set(itertools.combinations(corner.items(), 2))

    every, chosen = corners(explorer_class), []
    missing = set().union(*map(pairs, every))
    while missing:
        chosen.append(max(every, key=lambda corner: len(pairs(corner) & missing)))
        missing -= pairs(chosen[-1])
    return chosen


def other_value(control):
    """Return a value that the control does not start with; of some choices, the one beside it."""
    if isinstance(control, Choice):
        choices = list(control.choices)
        place = choices.index(control.value)
        return choices[place + 1 if place + 1 < len(choices) else place - 1]
    return next(value for value in limits(control) if value != control.value)


def wrong_values(control):
    """Yield what a control must refuse, and the words that its refusal must hold."""
    if isinstance(control, Shape):
        for wrong, words in {
            "": "type a shape",
            "3, x": "'x' is no whole number",
            "2.5": "'2.5' is no whole number",
            "3, -1": "cannot have -1 entries",
            "9" * 12: "is no whole number",
            str(control.max_size + 1): f"{control.max_size} is the most",
            (1,) * (control.max_rank + 1): f"{control.max_rank} is the most",
            (True,): "True is no whole number",
            None: "None is no whole number",
        }.items():
            yield wrong, f"{re.escape(control.label)}: .*{words}"
        return
    words = " must .*" + ".*".join(
        format(end, "g" if isinstance(end, float) else "") for end in limits(control)
    )
    others = (
        [] if isinstance(limits(control)[0], str) else [limits(control)[1] * 2 + 1, limits(control)[0] - 1]
    )
    for wrong in (*others, float("nan"), "no such value", None, list(limits(control))):
        yield wrong, f"{re.escape(control.label)}{words}.*, not {re.escape(repr(wrong))}"


def check_result(result):
    """Hold that a result is finite, or says where it stopped and is finite before."""
    stopped_at = getattr(result, "stopped_at", None)
    for field in dataclasses.fields(result):
        value = getattr(result, field.name)
        if dataclasses.is_dataclass(value):
            check_result(value)
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            assert len(value)
            assert np.isfinite(value if stopped_at is None else value[:-1]).all(), field.name


def check_equal(one, other):
    """Hold that two results have the same numbers."""
    for field in dataclasses.fields(one):
        value, expected = getattr(one, field.name), getattr(other, field.name)
        if dataclasses.is_dataclass(value):
            check_equal(value, expected)
        else:
            np.testing.assert_array_equal(value, expected)


def check_sentence(sentence):
    assert re.fullmatch(r"[^{}\n]+\.", sentence), sentence
    # Pages without a kernel show it as Markdown.
    assert "$" not in sentence
    assert BeautifulSoup(markdown2html(sentence), "html.parser").get_text().strip() == sentence
    assert not re.search(r"\b(nan|none|inf|e[+-]?\d\d)\b", sentence, re.IGNORECASE), sentence


def state(explorer):
    return dict(explorer.settings), explorer.sentence, explorer.picture.png()


@functools.cache
def computed_once(explorer_class):
    return functools.cache(explorer_class().compute)


def cached(explorer_class):
    """Return a new explorer; the same settings are computed only once, for all explorers of its class."""
    explorer = explorer_class()
    explorer.compute = computed_once(explorer_class)
    return explorer


def drawn_once(explorer_class):
    """Return a new explorer that draws each result only once: whether what moved looks like new is another test's question."""
    explorer = cached(explorer_class)
    picture, drawn = explorer.picture, {}
    update, png = picture.update, picture.png
    shown = [explorer.result]

    def note_and_update(result):
        update(result)
        shown[:] = [result]

    def remember():
        # Beside its result, which is kept so that no other gets the same identity.
        if id(shown[0]) not in drawn:
            drawn[id(shown[0])] = shown[0], png()
        return drawn[id(shown[0])][1]

    picture.update, picture.png = note_and_update, remember
    return explorer


@pytest.mark.parametrize(
    "choose", [meeting_corners, pytest.param(corners, marks=pytest.mark.weekly)], ids=["meeting", "all"]
)
@every_explorer
def test_every_corner_of_the_sliders(explorer_class, choose):
    """Else a slider pushed to its end gives a warning, a picture of nothing, or a sentence with nan in it."""
    explorer, fresh = explorer_class(), explorer_class()
    sizes = set()
    for corner in choose(explorer_class):
        explorer.settings = corner
        check_result(explorer.result)
        check_sentence(explorer.sentence)
        picture = Image.open(io.BytesIO(explorer.picture.png()))
        picture.load()
        sizes.add((picture.format, picture.size))
    assert len(sizes) == 1 and sizes.pop()[0] == "PNG"
    # The last corner again: the function knows nothing of where the sliders have been.
    check_equal(fresh.compute(**corner), explorer.result)


@pytest.mark.parametrize("tries", [6, pytest.param(30, marks=pytest.mark.weekly)])
@every_explorer
def test_settings_between_the_corners(explorer_class, tries):
    """Else some setting that a learner can reach, or type in, breaks the computation or the sentence."""
    explorer = explorer_class()
    drawn = st.fixed_dictionaries({control.name: between(control) for control in explorer_class.controls})

    @settings(max_examples=tries, deadline=None, suppress_health_check=list(HealthCheck))
    @given(drawn)
    def check(drawn):
        result = explorer.compute(**drawn)
        check_result(result)
        check_sentence(explorer.describe(result, **drawn))
        explorer.picture.update(result)

    check()


def test_training_live_names_the_right_trouble():
    """Else the sentence tells a learner whose steps are too small that they are too large, or hides an overflow."""
    explorer = TrainingLive()
    for batch_size in (1, 128):
        explorer.settings = {"learning_rate": 0.001, "momentum": 0.0, "batch_size": batch_size}
        assert "steps are too small" in explorer.sentence and "threw" not in explorer.sentence
        explorer.settings = {"learning_rate": 10.0}
        assert "threw the weights out onto flat ground" in explorer.sentence
        assert "too small" not in explorer.sentence
    stopped = Training(
        np.array([2.3, 9.0, np.inf]), np.array([0]), np.array([0.1]), np.array([2.3]), 0.2, 0, 3
    )
    check_result(stopped)
    sentence = explorer.describe(stopped, **explorer.settings)
    check_sentence(sentence)
    assert "step 3" in sentence and "test digits" not in sentence
    explorer.picture.update(stopped)
    assert "step 3" in explorer.picture.trouble.get_text()


@every_explorer
def test_presets(explorer_class):
    """Else a lecturer calls up a preset that does nothing, or one that is the same as another."""
    explorer = cached(explorer_class)
    seen = {explorer.sentence}
    assert len(explorer.presets) >= 3
    for name, (_, changes) in explorer.presets.items():
        explorer.preset(name)
        assert explorer.settings == explorer.defaults | changes
        check_sentence(explorer.sentence)
        seen.add(explorer.sentence)
    assert len(seen) == len(explorer.presets) + 1
    with pytest.raises(ValueError, match=re.escape(", ".join(explorer.presets))):
        explorer.preset("no such preset")
    explorer.reset()
    assert explorer.settings == explorer.defaults


@pytest.mark.parametrize(
    ("explorer_class", "name"),
    [pytest.param(kind, name, id=f"{kind.__name__}-{name}") for kind in PRESETS for name in kind.presets],
)
def test_preset_does_what_its_name_says(explorer_class, name):
    """Else a lecturer presses a button and talks about something that is not there."""
    explorer = cached(explorer_class)
    settings = explorer.defaults | explorer.presets[name].settings
    assert PRESETS[explorer_class][name](explorer.compute(**settings), **settings)


@every_explorer
def test_every_preset_is_looked_at(explorer_class):
    """Else a preset may do anything, as long as its button does something."""
    if explorer_class in PRESETS:
        assert {*PRESETS[explorer_class]} == {*explorer_class.presets}
    else:
        subject = explorer_class.__module__.split(".")[2]
        tests = (pathlib.Path(__file__).parent / "studies" / f"test_{subject}.py").read_text(encoding="utf-8")
        assert [name for name in explorer_class.presets if f'"{name}"' not in tests] == []


@every_explorer
def test_settings_are_a_dictionary(explorer_class):
    """Else setting an explorer from Python moves nothing, or half of it, or leaves it broken after a typing error."""
    explorer = drawn_once(explorer_class)
    first = state(explorer)
    changes = {control.name: other_value(control) for control in explorer.controls}
    name, value = next(iter(changes.items()))

    def set_item():
        explorer.settings[name] = value

    def set_whole():
        explorer.settings = {name: value}

    def set_in_place():
        explorer.settings |= {name: value}

    ways = (set_item, set_whole, set_in_place, lambda: explorer.settings.update({name: value}))
    moved = set()
    for way in ways:
        way()
        assert explorer.settings == explorer.defaults | {name: value}
        moved.add(explorer.sentence)
        explorer.reset()
        assert state(explorer) == first
    assert len(moved) == 1 and first[1] not in moved
    for mine in (explorer.settings.copy(), explorer.settings | {}, {} | explorer.settings):
        mine[name] = value
    assert state(explorer) == first

    explorer.settings.update(changes)
    assert explorer.settings == changes
    # What NumPy computed is a setting, too, and leaves a plain number.
    for control in explorer.controls:
        if isinstance(control.value, (int, float)):
            explorer.settings[control.name] = np.array([changes[control.name]])[0]
            assert type(explorer.settings[control.name]) is type(control.value)

    before = state(explorer)
    with pytest.raises(ValueError, match=re.escape(", ".join(changes))):
        explorer.settings["no such setting"] = 1
    for control in explorer.controls:
        for wrong, message in wrong_values(control):
            with pytest.raises(ValueError, match=message):
                explorer.settings[control.name] = wrong
            # A right setting beside a wrong one must not arrive either.
            with pytest.raises(ValueError, match=control.label):
                explorer.settings = explorer.defaults | {control.name: wrong}
            with pytest.raises(ValueError, match=control.label):
                explorer.settings |= explorer.defaults | {control.name: wrong}
    assert state(explorer) == before

    def fail(**settings):
        raise MemoryError

    explorer.compute = fail
    with pytest.raises(MemoryError):
        explorer.reset()
    assert state(explorer) == before


@every_explorer
def test_code_gives_the_same_numbers(explorer_class):
    """Else the cell that a learner copies computes something other than the picture shows."""
    explorer = explorer_class()
    ends = corners(explorer_class)[-1]
    for chosen in (explorer.defaults, *(preset.settings for preset in explorer.presets.values()), ends):
        explorer.settings = explorer.defaults | chosen
        names = {}
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(explorer.code, names)
        SAME[explorer_class](names, explorer.result)
        assert printed.getvalue().endswith("\n") and "nan" not in printed.getvalue()
        assert explorer.code.count("\n") <= 24


@pytest.mark.parametrize("on_new_paper", [False, pytest.param(True, marks=pytest.mark.weekly)])
@every_explorer
def test_a_moved_picture_has_no_ghosts(explorer_class, on_new_paper):
    """Else something of an earlier setting stays in the picture, or drawing twice gives two pictures."""
    explorer, other = cached(explorer_class), cached(explorer_class)
    pictures = {}
    for _ in range(1 + on_new_paper):
        for name in (*explorer.presets, None):
            explorer.reset() if name is None else explorer.preset(name)
            picture = explorer.picture.png()
            assert picture == explorer.picture.png()
            assert pictures.setdefault(name, picture) == picture
    assert len(set(pictures.values())) == len(pictures)
    # What another one shows after other settings, here in the opposite order, or before anything else.
    for name in reversed(explorer.presets):
        other = cached(explorer_class) if on_new_paper else other
        other.preset(name)
        assert other.picture.png() == pictures[name]
    other.reset()
    assert other.picture.png() == pictures[None]


@every_explorer
def test_a_sharp_picture_shows_the_same(explorer_class):
    """Else something moves, grows or vanishes on a good screen when a picture has stood still, and comes back at a touch."""
    explorer = cached(explorer_class)
    explorer.preset([*explorer.presets][-1])
    fast, sharp = (
        Image.open(io.BytesIO(png)).convert("RGB")
        for png in (explorer.picture.png(), explorer.picture.sharp_png())
    )
    # Of 4.1 inches, matplotlib 3.8 makes 409 pixels, and 819.
    assert sharp.width == 2 * fast.width and 0 <= sharp.height - 2 * fast.height <= 1
    # Seen from far away, squares of 20 pixels of the page, whole ones only.
    squares = fast.height // 20
    differences = np.abs(
        np.asarray(fast.reduce(20), int)[:squares] - np.asarray(sharp.reduce(40), int)[:squares]
    )
    assert differences.max() < 32 and differences.mean() < 1.3


@every_explorer
def test_copied_code_imports_what_it_uses(explorer_class):
    """Else what a learner copies begins with a line that stands there twice, or that nothing below it needs."""
    explorer, imported, used = explorer_class(), set(), set()
    for control in explorer.controls:
        for value in control.choices if isinstance(control, Choice) else [control.value]:
            tree = ast.parse(explorer.write_code(**explorer.defaults | {control.name: value}))
            names = [
                alias.asname or alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            ]
            assert len({*names}) == len(names), names
            imported |= {*names}
            used |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    # One program for all choices may import what another choice needs.
    assert imported <= used, imported - used


@pytest.mark.parametrize(
    ("explorer_class", "rounds"),
    [(explorer, 2) for explorer in EXPLORERS[::6]]
    + [pytest.param(explorer, 20, marks=pytest.mark.weekly) for explorer in EXPLORERS],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_moves_leak_nothing(explorer_class, rounds, monkeypatch):
    """Else the kernel's memory grows while somebody drags a slider."""
    explorer = cached(explorer_class)
    explorer.view.show()

    def count():
        gc.collect()
        # Asking a million objects one by one what they are takes longer than all else here.
        kinds = collections.Counter(map(type, gc.get_objects()))
        figures, widgets = (
            sum(count for kind, count in kinds.items() if issubclass(kind, wanted))
            for wanted in (Figure, ipywidgets.Widget)
        )
        return figures, widgets, len(plt.get_fignums()), len(explorer.picture.figure.findobj())

    names = itertools.cycle(explorer.presets)
    for _ in explorer.presets:
        explorer.preset(next(names))
    before = count()
    for move in range(rounds * len(explorer.presets)):
        with monkeypatch.context() as patch:
            # What could pile up is made when a picture changes; drawing it each time would only take longer.
            if move % 20:
                patch.setattr(explorer.picture, "png", lambda: b"")
            explorer.preset(next(names))
    explorer.view.show()
    assert count() == before


@every_explorer
def test_view_and_settings_follow_each_other(explorer_class):
    """Else the sliders, the picture, the sentence and the settings say different things."""
    explorer = drawn_once(explorer_class)
    assert explorer.text == f"{explorer.shows} {explorer.sentence}"
    view = explorer.view
    assert explorer.view is view

    def check_view():
        assert view.image.value == explorer.picture.png()
        assert view.image.tooltip == explorer.sentence
        assert (
            explorer.sentence in html.unescape(view.sentence_box.value)
            and 'role="status"' in view.sentence_box.value
        )
        for control in explorer.controls:
            assert view.widgets[control.name].value == control.shown(explorer.settings[control.name])

    check_view()
    seen = {explorer.picture.png()}
    for control in explorer.controls:
        widget = view.widgets[control.name]
        assert widget.description == control.label
        widget.value = control.shown(other_value(control))
        assert explorer.settings[control.name] == other_value(control)
        check_view()
        seen.add(explorer.picture.png())
        explorer.settings[control.name] = control.value
        check_view()
    assert len(seen) > len(explorer.controls) / 2 + 1
    for control in (control for control in explorer.controls if isinstance(control, Shape)):
        widget, before = view.widgets[control.name], state(explorer)
        for wrong, message in wrong_values(control):
            if isinstance(wrong, str):
                widget.value = wrong
                assert re.search(message, html.unescape(view.sentence_box.value))
                assert state(explorer) == before
        # The same shape in other words: the sentence is back, and nobody's typing is corrected.
        widget.value = f" {control.shown(control.value)} "
        assert explorer.sentence in html.unescape(view.sentence_box.value)
        assert widget.value == f" {control.shown(control.value)} "
        if isinstance(control, LogSlider):
            between_stops = (control.low * control.high**2) ** (1 / 3) * 1.01
            explorer.settings[control.name] = between_stops
            assert explorer.settings[control.name] == between_stops
            check_view()

    def buttons(widget):
        inside = [button for child in getattr(widget, "children", ()) for button in buttons(child)]
        # One that nobody sees has no words.
        seen = isinstance(widget, ipywidgets.Button) and widget.description
        return [*inside, widget] if seen else inside

    by_name = {button.description: button for button in buttons(view.box)}
    # An explorer's own buttons, as beside a canvas, stand before these.
    labels = [preset.label for preset in explorer.presets.values()]
    assert [*by_name][-len(labels) - 2 :] == [*labels, "Reset", "Copy as code"]
    for label, changes in explorer.presets.values():
        by_name[label].click()
        assert explorer.settings == explorer.defaults | changes
        check_view()
    by_name["Copy as code"].click()
    assert view.code_box.value == explorer.code and view.copied_box.layout.display == "flex"
    (copied,) = view.clipboard.outputs
    called = copied["data"]["application/javascript"].removeprefix(COPY_SCRIPT)
    code, place, *_ = json.loads(re.sub(r"^\((.*)\);$", r"[\1]", called))
    assert code == explorer.code and f'class="{place}"' in view.copied_box.children[0].value
    by_name["Reset"].click()
    assert explorer.settings == explorer.defaults and view.copied_box.layout.display == "none"
    check_view()


def test_a_slider_is_heard_while_another_thread_moves_the_explorer(monkeypatch):
    """Else what comes while a button moves the sliders is lost: JupyterLab hands the two to two threads."""
    explorer = TrainingLive()
    view = explorer.view
    button = next(part for part in view.button_row.children if part.description == "Reset")
    read, reading, go_on = view.stands_for, threading.Event(), threading.Event()

    def read_slowly(*arguments):
        reading.set()
        go_on.wait(5)
        return read(*arguments)

    monkeypatch.setattr(view, "stands_for", read_slowly)
    pressing = threading.Thread(target=button.click)
    pressing.start()
    assert reading.wait(5)
    control = explorer.controls[0]
    moving = threading.Thread(
        target=setattr, args=[view.widgets[control.name], "value", control.shown(other_value(control))]
    )
    moving.start()
    moving.join(0.1)
    go_on.set()
    moving.join(5)
    pressing.join(5)
    assert explorer.settings[control.name] == other_value(control)
    assert view.image.tooltip == explorer.sentence


def test_a_cell_waits_while_the_page_has_a_sharp_picture_drawn(monkeypatch):
    """Else both double the pixels of one figure, one sets back what it found, and the explorer is spoilt for good."""
    explorer = TrainingLive()
    view, before = explorer.view, explorer.picture.png()
    encode, drawing, go_on = style.encode, threading.Event(), threading.Event()

    def encode_slowly(*arguments, **options):
        drawing.set()
        go_on.wait(5)
        return encode(*arguments, **options)

    monkeypatch.setattr(style, "encode", encode_slowly)
    monkeypatch.setattr("IPython.display.display", lambda *_, **__: None)
    monkeypatch.setattr("helpers.kit.live.display", lambda *_, **__: None)
    sharpening = threading.Thread(target=view.sharpen)
    sharpening.start()
    assert drawing.wait(5)
    showing = threading.Thread(target=explorer._ipython_display_)
    showing.start()
    showing.join(0.2)
    go_on.set()
    sharpening.join(5)
    showing.join(5)
    assert explorer.picture.figure.dpi == 100 and explorer.picture.png() == before


@every_explorer
def test_two_explorers_keep_apart(explorer_class, monkeypatch):
    """Else a second explorer in a notebook moves with the first."""
    one, other = cached(explorer_class), cached(explorer_class)
    one.view.show()
    other.view.show()
    before = copy.deepcopy(
        (state(other), other.defaults, [widget.value for widget in other.view.widgets.values()])
    )
    with monkeypatch.context() as patch:
        patch.setattr(one.picture, "png", lambda: b"")
        for name in one.presets:
            one.preset(name)
    one.preset(next(iter(one.presets)))
    widgets = [widget.value for widget in other.view.widgets.values()]
    assert (state(other), other.defaults, widgets) == before
    assert state(cached(explorer_class)) == before[0]


def test_machine_check_says_what_is_wrong(monkeypatch, tmp_path):
    """Else the start page reports a broken machine as ready, or a ready one as broken, or says nothing one can do."""
    check = MachineCheck()
    assert [well for well, _ in check.findings] == [True, True, True]
    assert [line[0] for line in check.text.splitlines()] == ["✓", "✓", "✓", "○"]
    assert "4,000" in check.text
    check.slider.value = 7
    assert "7" in check.answer.value and 'role="status"' in check.answer.value

    def findings():
        return [(well, sentence) for well, sentence in MachineCheck().findings if not well]

    version = importlib.metadata.version

    def without_tqdm(name):
        if name == "tqdm":
            raise importlib.metadata.PackageNotFoundError(name)
        return "0.1" if name == "matplotlib" else version(name)

    with monkeypatch.context() as patch:
        patch.setattr(importlib.metadata, "version", without_tqdm)
        ((_, sentence),) = findings()
        assert "matplotlib, tqdm." in sentence and "make lab" in sentence

    def not_installed(name):
        raise importlib.metadata.PackageNotFoundError(name)

    with monkeypatch.context() as patch:
        patch.setattr(importlib.metadata, "requires", not_installed)
        sentence = "The course is not installed in this kernel. Choose the kernel Python 3 that make lab started, or run: make lab"
        assert findings() == [(False, sentence)]

    damaged = tmp_path / "damaged.npz"
    with np.load(datasets.BUNDLED) as archive:
        np.savez(damaged, **dict(archive) | {"y_test": np.zeros(1000, np.uint8)})
    for path in (damaged, tmp_path / "missing.npz"):
        with monkeypatch.context() as patch:
            patch.setattr(datasets, "BUNDLED", path)
            bundled_digits.cache_clear()
            found = findings()
            # One cause, said of the data and of the training that needs them.
            assert len(found) == 2 and all(
                f"The digits of the course, {path}, cannot be used" in sentence for _, sentence in found
            )
            assert "✗" in MachineCheck().text

    with monkeypatch.context() as patch:
        guessing = Training(np.array([2.3]), np.array([0]), np.array([0.1]), np.array([2.3]), 0.2, 0)
        patch.setattr(machine_check, "train_digits", lambda *arguments, **settings: guessing)
        ((_, sentence),) = findings()
        assert "10 %" in sentence and "Restart" in sentence
    assert findings() == []
