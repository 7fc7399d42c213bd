"""Controls and the settings that they move: ends and stops of sliders, presets, and moves that fail."""

import html

import ipywidgets
import numpy as np
import pytest

from helpers.kit.controls import Choice, LogSlider, Menu, Options, Player, Shape, Slider, numbered
from helpers.kit.explorer import Explorer, Preset
from helpers.kit.style import LivePicture
from helpers.widgets import LearningRateLive, PlaneLive


def test_log_slider_has_round_stops():
    """Else a slider over powers of ten shows numbers that nobody can read, or misses its ends."""
    slider = LogSlider("rate", "rate", 0.05, 0.001, 10)
    stops = slider.stops()
    assert stops[0] == 0.001 and stops[-1] == 10 and stops == sorted(set(stops))
    assert all(len(f"{stop:g}".replace(".", "").lstrip("0")) <= 2 for stop in stops)
    assert slider.shown(0.0049) == 0.005
    # Nearer to 1 in number, nearer to 1.5 on the slider.
    assert slider.shown(1.24) == 1.5
    # A browser answers with the same value, differently rounded.
    assert Slider("m", "m", 0.0, 0.0, 0.99, 0.01).read(0.29000000000000004) == 0.29


@pytest.mark.parametrize("kind", [Slider, LogSlider, Player], ids=lambda kind: kind.__name__)
def test_ends_belong_to_a_slider(kind):
    """Else the last stop of a slider is refused, or what lies beyond it is taken; or nan, which no picture can show."""
    slider = kind("m", "momentum", 1, 1, 9, *([0.01] if kind is Slider else []))
    assert (slider.check(1), slider.check(np.float32(9))) == (1, 9)
    assert type(slider.check(np.int64(2))) is (int if kind is Player else float)
    for beyond in (
        0.99,
        9.01,
        0,
        10,
        True,
        False,
        float("nan"),
        np.float32("nan"),
        float("inf"),
        "2",
        None,
        [2],
    ):
        with pytest.raises(ValueError, match="momentum must lie between 1 and 9, not "):
            slider.check(beyond)


def test_preset_forgets_what_was_moved_before():
    """Else a lecturer's button shows something else after a learner has played."""
    explorer = PlaneLive()
    for name, (_, changes) in explorer.presets.items():
        explorer.settings = {control.name: control.value for control in explorer.controls} | {"scale": 1.9}
        explorer.preset(name)
        assert explorer.settings == explorer.defaults | changes


def test_move_that_fails_changes_nothing(monkeypatch):
    """Else the sliders say something else than the picture after an error or an interruption."""
    explorer = PlaneLive()
    before, result = dict(explorer.settings), explorer.result

    def fail(**settings):
        raise KeyboardInterrupt

    monkeypatch.setattr(explorer, "compute", fail)
    with pytest.raises(KeyboardInterrupt):
        explorer.move(scale=1.5)
    assert explorer.settings == before and explorer.result is result


def test_several_settings_move_at_once_or_not_at_all(monkeypatch):
    """Else one wrong number leaves those before it changed, or each of several draws a picture of its own."""
    explorer = PlaneLive()
    pictures = []
    monkeypatch.setattr(explorer.picture, "update", pictures.append)
    with pytest.raises(ValueError, match="angle"):
        explorer.settings.update(scale=1.5, angle=1000.0)
    assert explorer.settings == explorer.defaults and pictures == []
    explorer.settings.update({"scale": 1.5}, shear=0.5)
    assert explorer.settings == explorer.defaults | {"scale": 1.5, "shear": 0.5}
    assert pictures == [explorer.result]


def test_what_plays_moves_the_explorer_until_a_button_stops_it():
    """Else a number that the page had counted before it heard of Reset runs over the settings, however late it comes."""
    explorer = LearningRateLive()
    explorer.view.show()
    view = explorer.view
    (player,) = view.companions["step"]
    player.playing = True
    for step in (9, 10):
        player.value = step
        assert explorer.settings["step"] == view.widgets["step"].value == step
    view.go(explorer.reset)
    first = explorer.settings["step"]
    for late in (11, 12):
        player.value = late
        assert explorer.settings["step"] == view.widgets["step"].value == player.value == first
    view.widgets["step"].value = 10  # The browser answers with what it was told while it played.
    assert explorer.settings["step"] == view.widgets["step"].value == first
    player.playing = True
    player.value = first + 1
    assert explorer.settings["step"] == first + 1
    view.go(explorer.reset)
    player.value = player.min  # Its own button goes back to the beginning.
    assert explorer.settings["step"] == player.min
    view.widgets["step"].value = 20
    assert player.value == explorer.settings["step"] == 20


STOPS = ["0.07", "0.1", "0.15", "0.2", "0.3", "0.5", "0.7", "1", "1.5"]
CONTROLS = [
    (
        Slider("a", "height", 0.5, 0.25, 2, 0.125, ".1f"),
        ipywidgets.FloatSlider,
        {"value": 0.5, "min": 0.25, "max": 2, "step": 0.125, "readout_format": ".1f"},
    ),
    (
        LogSlider("a", "height", 0.11, 0.07, 1.6),
        ipywidgets.SelectionSlider,
        {
            "value": 0.1,
            "options": tuple((text, float(text)) for text in STOPS),
        },
    ),
    (
        Choice("a", "height", 3, numbered((2, 3))),
        ipywidgets.SelectionSlider,
        {"value": 3, "options": (("2", 2), ("3", 3))},
    ),
    (
        Options("a", "height", "b", {"a": "low", "b": "high"}),
        ipywidgets.ToggleButtons,
        {"value": "b", "options": (("low", "a"), ("high", "b"))},
    ),
    (
        Menu("a", "height", "b", {"a": "low", "b": "high"}),
        ipywidgets.Dropdown,
        {"value": "b", "options": (("low", "a"), ("high", "b"))},
    ),
    (Player("a", "height", 4, 2, 9), ipywidgets.IntSlider, {"value": 4, "min": 2, "max": 9}),
    (Shape("a", "height", (3, 4), 4, 12), ipywidgets.Text, {"value": "3, 4"}),
    (Shape("a", "height", (), 4, 12), ipywidgets.Text, {"value": "()"}),
]


@pytest.mark.parametrize(("control", "kind", "wanted"), CONTROLS, ids=lambda case: type(case).__name__)
def test_a_control_has_its_widget(control, kind, wanted):
    """Else a slider begins at another number than the picture, ends elsewhere, or is nameless."""
    widget = control.widget()
    assert type(widget) is kind and widget.description == "height" and widget is not control.widget()
    assert {name: getattr(widget, name) for name in wanted} == wanted
    # Else ipywidgets cuts long labels off, and each slider has another length.
    assert widget.style.description_width == "initial"
    assert widget.layout.width == (
        "max-content" if isinstance(control, Options) else "clamp(260px, 50% - 4px, 290px)"
    )
    # By this class the page knows what heeds no typing.
    assert ("course-stops" in widget._dom_classes) == (kind is ipywidgets.SelectionSlider)
    assert control.read(control.shown(control.value)) == (0.1 if control.value == 0.11 else control.value)


def test_only_a_player_has_something_beside_it():
    """Else a slider plays by itself, or at another speed or between other ends than it was made for."""
    for control, _, _ in CONTROLS:
        if not isinstance(control, Player):
            assert control.companions(control.widget()) == []
    for interval in (100, 40):
        control = Player("a", "height", 4, 2, 9, *([interval] if interval != 100 else []))
        (play,) = control.companions(control.widget())
        assert type(play) is ipywidgets.Play
        assert (play.value, play.min, play.max, play.interval, play.step) == (4, 2, 9, interval, 1)


def test_a_choice_is_one_of_its_values():
    """Else 2.0 for 2 is refused, or goes on as a float that no table of choices knows."""
    control = Menu("a", "height", 3, numbered((2, 3)))
    assert type(control.check(2.0)) is type(control.check(np.int64(2))) is int and control.check(2) == 2
    for wrong in (4, "2", None, [2]):
        with pytest.raises(ValueError, match=r"^height must be one of \(2, 3\), not "):
            control.check(wrong)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("3, 4", (3, 4)),
        ("3,4,", (3, 4)),
        (" (3 4) ", (3, 4)),
        ("[12]", (12,)),
        ((3, "4"), (3, 4)),
        ([0], (0,)),
        ((np.int64(2),), (2,)),
        ("()", ()),
        (" () ", ()),
        ((), ()),
        ("0, 1, 2, 3", (0, 1, 2, 3)),
        ("", "height: type a shape such as"),
        ("[]", "height: type a shape such as"),
        (",", "height: type a shape such as"),
        ("3, x", "height: 'x' is no whole number"),
        ("3.0", "height: '3.0' is no whole number"),
        ("1234567890", "height: '1234567890' is no whole number"),
        ((True,), "height: True is no whole number"),
        ([""], "height: '' is no whole number"),
        (3, "height: 3 is no whole number"),
        ("3, -1", "height: an axis cannot have -1 entries"),
        ("13", "height: an axis of 13 entries is too long.* 12 is the most"),
        ("999999999", "height: an axis of 999999999 entries"),
        ("1 1 1 1 1", "height: 5 axes are too many.* 4 is the most"),
    ],
)
def test_a_shape_as_it_may_be_typed(typed, wanted):
    """Else a shape that a person writes is refused, or the refusal names another reason."""
    control = Shape("a", "height", (3, 4), 4, 12)
    if isinstance(wanted, tuple):
        assert control.check(typed) == control.read(typed) == wanted
        assert {*map(type, control.check(typed))} <= {int}
    else:
        with pytest.raises(ValueError, match=wanted):
            control.check(typed)


class Dot(LivePicture):
    """Nothing but a dot, at a place that is the result."""

    def __init__(self, result):
        super().__init__(1, 1)
        axes = self.figure.subplots()
        axes.set(xlim=(0, 10), ylim=(0, 10))
        self.moves(*axes.plot([0], [0], "o"))
        self.update(result)

    def update(self, result):
        self.moving[0].set_data([result], [5])


class Tiny(Explorer):
    """A small explorer of the test's own."""

    controls = (
        Slider("a", "a", 1.0, 0, 10, 0.5),
        Shape("shape", "shape", (2,), 2, 5),
        Player("step", "step", 3, 0, 9),
        LogSlider("rate", "rate", 1.0, 0.1, 10),
    )
    presets = {"far": Preset("Far <away>", {"a": 9.0}), "long": Preset("Long", {"shape": (5,), "step": 7})}
    plot = Dot
    shows = "A <dot>."

    def compute(self, a, shape, step, rate):
        return a * len(shape)

    def describe(self, result, a, shape, step, rate):
        return f"{result:g} < {a:g} & {shape} at {step}"

    def write_code(self, a, shape, step, rate):
        return f"a = {a}\nshape = {shape}\nstep = {step}"


def test_settings_are_a_mapping_that_moves_its_explorer():
    """Else what a learner takes from the settings moves with them, or what a learner puts there does not move."""
    explorer = Tiny()
    settings, first = explorer.settings, {"a": 1.0, "shape": (2,), "step": 3, "rate": 1.0}
    assert explorer.name == "Tiny" and settings == explorer.defaults == first
    assert [*settings] == [*first] and len(settings) == 4 and repr(settings) == repr(first)
    copy, more, less = settings.copy(), settings | {"a": 2.0}, {"a": 2.0, "b": 1} | settings
    assert more == first | {"a": 2.0} and less == {"b": 1} | first and settings == first
    settings["a"] = 4
    assert copy == first == explorer.defaults and settings["a"] == explorer.result == 4.0
    settings |= {"shape": "3, 3"}
    assert settings is explorer.settings and settings["shape"] == (3, 3) and explorer.result == 8.0
    explorer.settings = {"step": 9.0}
    assert (
        explorer.settings == first | {"a": 4.0, "shape": (3, 3), "step": 9} and type(settings["step"]) is int
    )
    assert explorer.sentence == "8 < 4 & (3, 3) at 9" and explorer.text == f"A <dot>. {explorer.sentence}"
    assert explorer.code == "a = 4.0\nshape = (3, 3)\nstep = 9"
    explorer.preset("long")
    assert settings == first | {"shape": (5,), "step": 7}
    explorer.reset()
    assert settings == first and explorer.result == 1.0
    for action, kind, words in [
        (
            lambda: explorer.move(a=2, b=1),
            ValueError,
            "Tiny has no setting 'b'. It has a, shape, step, rate.",
        ),
        (lambda: explorer.preset("near"), ValueError, "Tiny has no preset 'near'. It has far, long."),
        (lambda: settings.pop("a"), TypeError, "Tiny needs the setting 'a'."),
        (lambda: settings.__delitem__("a"), TypeError, "reset() brings back the first ones."),
        (lambda: settings["b"], KeyError, "'b'"),
    ]:
        with pytest.raises(kind) as caught:
            action()
        assert words in str(caught.value) and settings == first


def test_a_page_follows_and_leads():
    """Else slider, picture, sentence and code tell a learner different things, or a sign in them is taken for a tag."""
    explorer = Tiny()
    view = explorer.view
    assert explorer.view is view
    assert html.escape(explorer.shows) in view.heard_box.value and explorer.shows not in view.heard_box.value

    def agree():
        assert html.escape(explorer.sentence) in view.sentence_box.value
        assert explorer.sentence not in view.sentence_box.value
        assert view.image.tooltip == explorer.sentence and view.image.value == explorer.picture.png()
        assert view.copied_box.layout.display == "none" and not view.moving
        for name, control in view.controls.items():
            assert control.read(view.widgets[name].value) == explorer.settings[name]
        assert all(player.value == explorer.settings["step"] for player in view.companions["step"])

    agree()
    *presets, reset, copy = view.button_row.children[1:]
    assert [tool.description for tool in (*presets, reset, copy)] == [
        "Far <away>",
        "Long",
        "Reset",
        "Copy as code",
    ]
    before = view.image.value
    view.widgets["a"].value = 8.0
    assert explorer.settings == explorer.defaults | {"a": 8.0} and view.image.value != before
    agree()
    copy.click()
    assert (view.code_box.value, view.code_box.rows) == (explorer.code, 3)
    assert view.copied_box.layout.display == "flex"
    # As wide as the picture, and on a narrow page no wider than that.
    sizes = [(part.layout.width, part.layout.max_width) for part in (view.image, view.code_box)]
    assert sizes == [("900px", "calc(100% - 4px)"), ("900px", "100%")]
    # Text beside it fills a little more, in lines that break.
    for part in (view.control_row, view.button_row, view.sentence_box):
        assert part.layout.max_width == "min(100%, 1060px)"
    assert view.control_row.layout.flex_flow == view.button_row.layout.flex_flow == "row wrap"
    # By these classes the page's style finds them.
    assert "explorer" in view.box._dom_classes and "explorer-buttons" in view.button_row._dom_classes
    copy.click()
    (script,) = view.clipboard.outputs
    assert r"a = 8.0\nshape" in script["data"]["application/javascript"]
    for click, wanted in ((presets[0], {"a": 9.0}), (presets[1], {"shape": (5,), "step": 7}), (reset, {})):
        click.click()
        assert explorer.settings == explorer.defaults | wanted
        agree()
    # What is typed stays as it was typed; what cannot be read is answered, and the picture stays.
    picture = view.image.value
    view.widgets["shape"].value = "(2)"
    assert explorer.settings == explorer.defaults and view.widgets["shape"].value == "(2)"
    view.widgets["shape"].value = "2, <"
    assert html.escape("shape: '<' is no whole number") in view.sentence_box.value
    assert view.image.value == picture and explorer.settings == explorer.defaults
    view.widgets["shape"].value = "2"
    agree()
    explorer.settings["step"] = 5
    assert view.widgets["step"].value == 5
    # Between two stops, the slider shows the nearer one; that is no move of the reader's.
    explorer.settings["rate"] = 1.3
    assert explorer.settings["rate"] == 1.3 and view.widgets["rate"].value == 1.5
    before = explorer.settings.copy()
    view.widgets["a"].value = 2.5
    assert explorer.settings == before | {"a": 2.5}


def test_a_cell_shows_the_view_and_what_stands_for_it(monkeypatch):
    """Else an explorer is an empty place on the page, or in what is saved of it, or has the picture of other settings there."""
    shown = []

    def display(data, raw, metadata=None):
        shown.append((data, metadata))

    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setattr("helpers.kit.live.display", display)
    explorer = Tiny()
    explorer.settings["a"] = 4
    explorer._ipython_display_()
    (live, _), (picture, metadata), (text, _) = shown
    (view,) = live.values()
    assert [*live] == ["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == explorer.view.box.model_id
    assert picture == {"image/png": explorer.picture.sharp_png(), "text/plain": explorer.text}
    width, _ = explorer.picture.figure.canvas.get_width_height()
    assert metadata == {"image/png": {"alt": explorer.text, "width": width}, "explorer": "Tiny"}
    assert text == {"text/markdown": explorer.text, "text/plain": explorer.text}


def test_each_move_draws_one_picture(monkeypatch):
    """Else a page lags behind the hand: what plays, slider and kernel answer one another with the number just set."""
    explorer = Tiny()
    view = explorer.view
    (player,) = view.companions["step"]
    pictures = []
    monkeypatch.setattr(explorer.picture, "update", pictures.append)
    for move in (
        lambda: setattr(view.widgets["step"], "value", 5),
        lambda: setattr(player, "value", 6),
        lambda: explorer.settings.update(step=7, rate=1.3),
        lambda: view.go(explorer.preset, "far"),
        lambda: view.go(explorer.reset),
    ):
        pictures.clear()
        move()
        assert pictures == [explorer.result]


@pytest.mark.parametrize("stopped_by", ["a preset", "its own button"])
def test_a_number_that_was_played_may_be_chosen_again(stopped_by, monkeypatch):
    """Else a learner who drags a slider back to where it has played finds it stuck."""
    clock = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    explorer = Tiny()
    view = explorer.view
    (player,), slider = view.companions["step"], view.widgets["step"]
    player.playing = True
    player.value = 8
    if stopped_by == "its own button":
        player.playing = False
    view.go(explorer.reset)
    assert not player.playing and slider.value == player.value == 3
    if stopped_by == "a preset":
        clock[0] += 1.9
        slider.value = 8
        assert explorer.settings["step"] == slider.value == 3
        slider.value = 7
        assert explorer.settings["step"] == slider.value == player.value == 7
        clock[0] += 0.2
    slider.value = 8
    assert explorer.settings["step"] == slider.value == player.value == 8
