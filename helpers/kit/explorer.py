"""An explorer: settings that a learner moves, a picture that follows at once, a sentence that says what it shows.

A subclass gives seven things: its `controls`, its `presets`, a pure function from settings to a result (`compute`), a
picture of the result (`plot`), what kind of picture that is (`shows`), a sentence about the result (`describe`), and a
cell that computes it (`write_code`). This module makes the live view of them, and the still one for saved notebooks.
"""

import collections.abc
import functools
import html
import itertools
import json
import time
from typing import NamedTuple

import ipywidgets
import traitlets
from IPython.display import Javascript

from helpers.kit.live import LiveView
from helpers.kit.names import name_things
from helpers.kit.sharpness import when_still
from helpers.kit.style import TURN, show_still
from helpers.language import Words

_ = Words(__name__)

RESET = _("Reset")
COPY = _("Copy as code")
COPIED = _("Copied. Paste it into an empty cell.")
TO_COPY = _(
    "Click into this code, select all of it (Ctrl + A, on a Mac ⌘ + A), copy it, and paste it into an empty cell."
)
PRESETS = _("Try:")
GONE = _(
    "The kernel that moved this explorer has stopped, so the picture no longer follows. Run the cell again."
)
UNKNOWN_SETTING = _("{explorer} has no setting {name!r}. It has {known}.")
STAYS = _(
    "{explorer} needs the setting {name!r}. Settings can be changed but not removed; reset() brings back the first ones."
)
UNKNOWN_PRESET = _("{explorer} has no preset {name!r}. It has {known}.")

CODE = _("code")
SHOWN = _("{shows} {sentence}")

# In seconds: so long a slider's answer to a number that was played may be under way when a button stops it.
ANSWERED = 2
# With 2 pixels of margin at either side.
PICTURE_WIDTH = "900px"
# Wider than the picture, so that in large letters, too, buttons and sentence take few lines.
TEXT_WIDTH = "min(100%, 1060px)"
# On a low screen, a projector's say, the picture shrinks until controls and sentence stand beside it on one screen, but
# not below the size at which its letters are still read; at a zoom of 200 %, where all letters are larger, to less.
PICTURE_HEIGHT = "max(min({smallest:.0f}px, 100vh - 180px), 100vh - 320px)"
SMALLEST = 0.8
# JupyterLab's presentation mode enlarges the content's letters, 14 pixels, to 17, and leaves those of widgets at 13.
TEXT = "font-size: var(--jp-content-font-size1, 14px); line-height: 1.5"
BOX_CLASS = "explorer"
BUTTONS_CLASS = "explorer-buttons"
BOX_STYLE = f"""\
<style>
.{BOX_CLASS} {{ --jp-widgets-font-size: max(13px, 0.85 * var(--jp-content-font-size1, 14px)) }}
/* The button that is pressed in a row has the colours of letters and paper exchanged: themes make it hardly darker. */
.{BOX_CLASS} .widget-toggle-button.mod-active {{
    background: var(--jp-ui-font-color1, #222222); color: var(--jp-layout-color1, #ffffff);
}}
@media (forced-colors: active) {{
    .{BOX_CLASS} .widget-toggle-button.mod-active {{ background: Highlight; color: HighlightText }}
}}
/* On a very low screen, as at a zoom of 200 %, the picture stands next to the sliders. */
@media (max-height: 500px) {{ .{BOX_CLASS} > .{BUTTONS_CLASS} {{ order: 1 }} }}
</style>
"""
# A page that came over plain HTTP has no clipboard, and one in the background may not use it.
COPY_SCRIPT = """\
(async (code, place, copied, toCopy) => {
  let said = copied;
  try { await navigator.clipboard.writeText(code) } catch { said = toCopy }
  for (const line of document.getElementsByClassName(place)) line.textContent = said;
})"""
# The page marks what has lost its kernel with a class; this is all that can still be said without the kernel.
WHEN_GONE = f"""\
<style>
.explorer-gone {{ display: none }}
.jupyter-widgets-disconnected .explorer-gone {{ display: block }}
.jupyter-widgets-disconnected.widget-image {{ opacity: 0.3 }}
</style>
<p class="explorer-gone" role="alert" style="{TEXT}"><b>{GONE}</b></p>
"""
# Only for those who hear the page: the others see the picture.
HEARD_ONLY = (
    "position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%)"
)


def in_turn(action):
    """Let the action wait until no other explorer or view is in the middle of one.

    What a page sends comes in one thread or another: a button while a slider's picture is still being drawn.
    """

    @functools.wraps(action)
    def waiting(*arguments, **named):
        with TURN:
            return action(*arguments, **named)

    return waiting


class Preset(NamedTuple):
    """A button that shows one thing well: what is written on it, and what it changes of the first settings."""

    label: str
    settings: dict


class Explorer:
    """What all explorers share: settings, sliders, picture, sentence, presets, reset and the settings as code.

    Attributes
    ----------
    name : str
        That of the class, for messages.
    controls : tuple of Control
        Sliders, menus and buttons, in the order in which they stand.
    presets : dict
        For each key a `Preset`.
    plot : type
        Of the LivePicture: called with a first result, it draws it; its `update` shows others.
    shows : str
        What kind of picture it is: its panels and axes, the same at all settings, for those who cannot see it.
    settings : Settings
        Current value of each control, by name. Setting an entry, or the whole, moves the sliders and the picture.
    defaults : dict
        The first value of each control, by name.
    result : object
        What the settings lead to.
    picture : LivePicture
        The `plot` of the result.
    sentence : str
        What the picture shows now.
    text : str
        Both together: what stands for the picture where there is none.
    code : str
        A short cell that computes the same result without the explorer.
    """

    controls = ()
    presets = {}
    shows = ""
    plot = None

    def __init__(self):
        self.defaults = {control.name: control.value for control in self.controls}
        self._settings = Settings(self.defaults, self)
        self.result = self.compute(**self._settings)
        self.picture = self.plot(self.result)
        self._view = None

    def __init_subclass__(cls):
        cls.name = cls.__name__

    # A subclass answers these.

    def compute(self, **settings):
        """Return the result of the settings; a pure function."""
        raise NotImplementedError

    def describe(self, result, **settings):
        """Return the sentence about a result."""
        raise NotImplementedError

    def write_code(self, **settings):
        """Return a cell that computes the same result."""
        raise NotImplementedError

    # The explorer as Python sees it.

    @property
    def settings(self):
        return self._settings

    @settings.setter
    def settings(self, changes):
        self.move(**changes)

    @property
    def sentence(self):
        return self.describe(self.result, **self._settings)

    @property
    def text(self):
        return SHOWN.format(shows=self.shows, sentence=self.sentence)

    @property
    def code(self):
        return self.write_code(**self._settings)

    @in_turn
    def move(self, **changes):
        """Change settings, compute, and show the result; raise a ValueError for a setting that does not exist."""
        for name, value in changes.items():
            control = next((control for control in self.controls if control.name == name), None)
            if control is None:
                known = ", ".join(self._settings)
                raise ValueError(UNKNOWN_SETTING.format(explorer=self.name, name=name, known=known))
            changes[name] = control.check(value)
        # What fails, or is interrupted, must leave settings and result as they were.
        settings = {**self._settings, **changes}
        self.result = self.compute(**settings)
        self._settings.values_by_name = settings
        self.picture.update(self.result)
        if self._view is not None:
            self._view.show()

    def preset(self, name):
        """Go to the settings of a preset, by its key."""
        if name not in self.presets:
            known = ", ".join(self.presets)
            raise ValueError(UNKNOWN_PRESET.format(explorer=self.name, name=name, known=known))
        self.move(**self.defaults | self.presets[name].settings)

    def reset(self):
        """Go back to the first settings."""
        self.move(**self.defaults)

    # The explorer as a notebook shows it.

    @property
    @in_turn
    def view(self):
        """The live view; another one when the last was closed, since its cell was run again."""
        if self._view is None or self._view.box.closed:
            self._view = self.make_view()
        return self._view

    def make_view(self):
        return View(self)

    @in_turn
    def _ipython_display_(self):
        self.view.box.show()
        show_still(self.picture.figure, self.text, self.picture.moving, explorer=self.name)


class Settings(collections.abc.MutableMapping):
    """The settings of an explorer: a mapping that moves it when an entry is set, and from which none can be removed."""

    def __init__(self, values, explorer):
        self.values_by_name, self.explorer = dict(values), explorer

    def __getitem__(self, name):
        return self.values_by_name[name]

    def __iter__(self):
        return iter(self.values_by_name)

    def __len__(self):
        return len(self.values_by_name)

    def __repr__(self):
        return repr(self.values_by_name)

    def __setitem__(self, name, value):
        self.explorer.move(**{name: value})

    def __delitem__(self, name):
        raise TypeError(STAYS.format(explorer=self.explorer.name, name=name))

    def update(self, *changes, **more):
        # All at once: one picture, and none of them if one is refused.
        self.explorer.move(**dict(*changes, **more))

    def copy(self):
        return dict(self.values_by_name)

    def __or__(self, changes):
        return self.values_by_name | dict(changes)

    def __ror__(self, values):
        return values | self.values_by_name

    def __ior__(self, changes):
        self.update(changes)
        return self


class TitledImage(ipywidgets.Image):
    """An image with a tooltip, which screen readers read; ipywidgets 8 shows none without a description."""

    description = traitlets.Unicode("").tag(sync=True)


class View:
    """The live side of an explorer in the notebook: only widgets, no arithmetic.

    Attributes
    ----------
    box : LiveView
        All of it, from top to bottom: `control_row`, `button_row`, `heard_box` (the kind of picture, for those who hear the
        page), `image`, `sentence_box`, and `copied_box` with the `code_box`, once something was copied.
    widgets, companions : dict
        By the name of each control, its widget, and the list of what stands beside that.
    """

    def __init__(self, explorer):
        self.explorer = explorer
        self.moving = False
        self.stopped, self.stopped_at = set(), -ANSWERED
        self.counted = set()
        self.controls = {control.name: control for control in explorer.controls}
        self.widgets = {name: control.widget() for name, control in self.controls.items()}
        for name, widget in self.widgets.items():
            widget.observe(lambda change, name=name: self.moved(name, change["new"]), "value")
        smallest = SMALLEST * explorer.picture.figure.bbox.height
        layout = ipywidgets.Layout(width=PICTURE_WIDTH, max_width="calc(100% - 4px)", height="auto")
        layout.max_height = PICTURE_HEIGHT.format(smallest=smallest)
        layout.object_fit, layout.object_position = "contain", "left top"
        # By its attribute, the page knows a picture that has more pixels than this.
        width = str(round(explorer.picture.figure.bbox.width))
        self.image = TitledImage(format="png", width=width, layout=layout)
        self.sentence_box = ipywidgets.HTML(layout=ipywidgets.Layout(max_width=TEXT_WIDTH))
        self.heard_box = ipywidgets.HTML(
            f'<p style="{HEARD_ONLY}">{html.escape(explorer.shows)}</p>',
            layout={"height": "0", "margin": "0"},
        )
        self.code_box = ipywidgets.Textarea(
            description=CODE,
            layout={"width": PICTURE_WIDTH, "max_width": "100%"},
            style={"description_width": "initial"},
        )
        self.clipboard = ipywidgets.Output()
        self.copied_line = f"copied-{self.clipboard.model_id}"
        said = ipywidgets.HTML(f'<span class="{self.copied_line}">{TO_COPY}</span>')
        self.copied_box = ipywidgets.VBox([said, self.code_box, self.clipboard])
        buttons = [
            button(preset.label, functools.partial(self.go, explorer.preset, name))
            for name, preset in explorer.presets.items()
        ]
        tools = [button(RESET, functools.partial(self.go, explorer.reset)), button(COPY, self.copy)]
        self.companions = {
            name: control.companions(self.widgets[name]) for name, control in self.controls.items()
        }
        for name, players in self.companions.items():
            for player in players:
                player.observe(lambda change, name=name: self.played(name, change), "value")
                player.observe(self.began_to_play, "playing")
        controls = [
            part for name, widget in self.widgets.items() for part in (widget, *self.companions[name])
        ]
        wrap = ipywidgets.Layout(flex_flow="row wrap", align_items="center", max_width=TEXT_WIDTH)
        self.control_row = ipywidgets.Box(controls, layout=wrap)
        self.button_row = ipywidgets.Box([ipywidgets.Label(PRESETS), *buttons, *tools], layout=wrap)
        self.button_row.add_class(BUTTONS_CLASS)
        self.box = LiveView(
            [
                self.control_row,
                self.button_row,
                self.heard_box,
                self.image,
                self.sentence_box,
                ipywidgets.HTML(WHEN_GONE),
                self.copied_box,
                name_things(),
                when_still(self.sharpen),
                ipywidgets.HTML(BOX_STYLE, layout={"display": "none"}),
            ]
        )
        self.box.add_class(BOX_CLASS)
        self.show()

    @in_turn
    def moved(self, name, value):
        # A browser answers a value that Python set with the same value, differently rounded.
        if self.moving:
            return
        if self.stands_for(name, value) == self.explorer.settings[name]:
            self.say(self.explorer.sentence)
            return
        if (name, value) in self.counted and time.monotonic() < self.stopped_at + ANSWERED:
            self.show()
            return
        if any(player.playing for player in self.companions[name]):
            self.counted.add((name, value))
        try:
            self.explorer.move(**{name: self.controls[name].read(value)})
        except ValueError as error:
            # What a learner is typing may not make sense yet: say so, and leave the picture as it is.
            self.say(str(error))
            return
        self.rewind()

    @in_turn
    def played(self, name, change):
        """Follow a number that the page counted, but not one that was under way when a button stopped it."""
        if self.moving:
            return
        player, value = change["owner"], change["new"]
        # A stopped player still has its own button that goes back to the first number.
        if player in self.stopped and value != player.min:
            self.rewind()
        else:
            self.counted.add((name, value))
            self.explorer.move(**{name: self.controls[name].read(value)})

    @in_turn
    def began_to_play(self, change):
        if change["new"]:
            self.stopped.discard(change["owner"])
            self.counted.clear()

    @in_turn
    def go(self, action, *arguments):
        """Do what a button says, and stop what plays by itself: it would go on from where it was."""
        for player in itertools.chain(*self.companions.values()):
            if player.playing:
                self.stopped_at = time.monotonic()
            player.playing = False
            self.stopped.add(player)
        action(*arguments)
        self.rewind()

    def rewind(self):
        """Let what plays go on from the setting, not from the last number that the page counted."""
        self.moving = True
        try:
            for name, players in self.companions.items():
                for player in players:
                    player.value = self.widgets[name].value
        finally:
            self.moving = False

    def stands_for(self, name, value):
        try:
            return self.controls[name].read(value)
        except ValueError:
            return None

    def show(self):
        """Bring sliders, picture and sentence to the explorer's state."""
        explorer = self.explorer
        self.moving = True
        try:
            for name, widget in self.widgets.items():
                # What says the same in other words is left to the one who is typing it.
                if self.stands_for(name, widget.value) != explorer.settings[name]:
                    widget.value = self.controls[name].shown(explorer.settings[name])
        finally:
            # Even if interrupted: else no control is heard any more.
            self.moving = False
        with self.image.hold_sync():
            self.image.value = explorer.picture.png()
            self.image.tooltip = explorer.sentence
        self.say(explorer.sentence)
        self.copied_box.layout.display = "none"

    @in_turn
    def sharpen(self):
        """Show the picture with twice the pixels each way, until something moves."""
        self.image.value = self.explorer.picture.sharp_png()

    def say(self, sentence):
        self.sentence_box.value = (
            f'<p role="status" aria-live="polite" style="{TEXT}">{html.escape(sentence)}</p>'
        )

    @in_turn
    def copy(self):
        code = self.explorer.code
        self.code_box.value = code
        self.code_box.rows = code.count("\n") + 1
        self.copied_box.layout.display = "flex"
        self.clipboard.outputs = ()
        arguments = ", ".join(map(json.dumps, (code, self.copied_line, COPIED, TO_COPY)))
        self.clipboard.append_display_data(Javascript(f"{COPY_SCRIPT}({arguments});"))


def button(text, action):
    widget = ipywidgets.Button(description=text, layout=ipywidgets.Layout(width="auto"))
    widget.on_click(lambda _: action())
    return widget
