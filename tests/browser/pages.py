"""What browser tests share: an explorer as a person meets it on a page, and the list of all explorers on pages."""

import functools
import time

import lab
import nbformat
import pytest
from playwright.sync_api import expect

import helpers.widgets
from helpers.kit.controls import Choice, LogSlider, Menu, Options, Player, Shape
from helpers.kit.explorer import Explorer
from helpers.widgets import BroadcastLive, DrawADigit, MomentumLive, RegionsLive, TrainingLive

NOTEBOOKS = [path.name for path in sorted((lab.ROOT / "notebooks").glob("*.ipynb"))]

FIRST_LOOK = "2.1-a-first-look.ipynb"
CHECK = "first_look.check_count_parameters(count_parameters)"
MADE = "explorers-in-one.ipynb"
# What exercises answer: all kinds of it, in their own colours.
BOXES = (
    "from helpers.exercises.from_scratch import QUESTIONS, check_mastery\n\n"
    "right = [next(c for c in 'abc' if check(c).state == 'solved') for check in QUESTIONS]\n"
    "check_mastery({1: right[0], 2: 'abc'['abc'.index(right[1]) - 1]})",
    "check_mastery('a')",
    "from helpers.exercises.start_here import check_average_ink\n\ncheck_average_ink(lambda image: image.sum())",
    "check_average_ink(lambda image: ...)",
    "check_average_ink(lambda image: image.mean())",
    "from helpers.exercises.overview import show_progress\n\nshow_progress()",
    "from helpers.widgets import MachineCheck\n\nMachineCheck()",
)

# Looks every 10 ms, where Playwright's own waiting lets up to a second pass; there are hundreds of these.
WAIT_FOR_SENTENCE = """async (box, [sentence, milliseconds]) => {
    const end = performance.now() + milliseconds
    while (true) {
        const statuses = [...box.querySelectorAll('[role=status]')].map(status => status.textContent.trim())
        const title = box.querySelector('.widget-image')?.title
        const said = statuses.includes(sentence) && title === sentence
        if (said || performance.now() > end) return {said, statuses, title}
        await new Promise(resolve => setTimeout(resolve, 10))
    }
}"""


class ExplorerOnPage:
    """What a person sees and does with an explorer of a page, the first one or a later one."""

    def __init__(self, page, kind=TrainingLive, number=0):
        self.page = page
        self.kind = kind
        self.box = page.locator(".jp-OutputArea-output", has=page.locator(".widget-image")).nth(number)
        self.box.scroll_into_view_if_needed()

    def picture(self):
        return self.box.locator(".widget-image").evaluate(
            "async image => { await image.decode();"
            " const bytes = await (await fetch(image.src)).arrayBuffer(); return [...new Uint8Array(bytes)].join() }"
        )

    def wait_for_another_title(self, before):
        """Wait until the picture, while it plays, is another one."""
        image = self.box.locator(".widget-image")
        expect(image).not_to_have_attribute("title", before, timeout=60_000)

    def wait_for(self, sentence):
        self.box.locator("[role=status]", has_text=sentence).wait_for(timeout=60_000)

    def expect(self, **settings):
        """Wait until the explorer says what Python says of the settings; the picture's title says the same."""
        sentence = self.sentence_of(**settings)
        # The picture and its title arrive in another message than the sentence below them.
        end = time.monotonic() + 60
        # Found anew each second: a cell that is run again has a new box.
        while not (found := self.box.evaluate(WAIT_FOR_SENTENCE, [sentence, 1000]))["said"]:
            assert time.monotonic() < end, (sentence, found)

    def sentence_of(self, **settings):
        explorer = one_of(self.kind)
        chosen = explorer.defaults | settings
        settings = {control.name: control.check(chosen[control.name]) for control in explorer.controls}
        return explorer.describe(explorer.compute(**settings), **settings)

    def press(self, button):
        self.box.locator(".widget-button").get_by_text(button, exact=True).last.click()

    def change(self, control):
        """Move one control from the keyboard, or press its other button; return the new setting."""
        if isinstance(control, Options):
            new = next(choice for choice in control.choices if choice != control.value)
            self.box.locator(".widget-toggle-button").get_by_text(control.choices[new], exact=True).click()
            return new
        if isinstance(control, Shape):
            new = next(shape for shape in ((2, 1), (1,)) if shape != control.value)
            self.box.get_by_label(control.label, exact=True).fill(control.shown(new))
            return new
        if isinstance(control, Menu):
            new = next(choice for choice in control.choices if choice != control.value)
            self.box.get_by_label(control.label, exact=True).select_option(control.choices[new])
            return new
        sliders = [c for c in self.kind.controls if not isinstance(c, (Menu, Options, Shape))]
        stops = list(control.choices) if isinstance(control, Choice) else None
        stops = control.stops() if isinstance(control, LogSlider) else stops
        forward = control.value < (stops[-1] if stops else control.high)
        self.box.locator(".noUi-handle").nth(sliders.index(control)).focus()
        self.page.keyboard.press("ArrowRight" if forward else "ArrowLeft")
        if stops:
            return stops[stops.index(control.value) + (1 if forward else -1)]
        step = 1 if isinstance(control, Player) else control.step
        return round(control.value + step * (1 if forward else -1), 6)


def show_in_first_cell(page, kind):
    """Run an explorer in the place of a notebook's first cell; return it, once its picture is there."""
    lab.run_in_first_cell(page, f"from helpers.widgets import {kind.__name__}\n\n{kind.__name__}()")
    page.locator(".widget-image").first.wait_for(timeout=300_000)
    return ExplorerOnPage(page, kind)


@functools.cache
def one_of(kind):
    """Return an explorer to ask for sentences; nothing moves it, so nothing is drawn."""
    return kind()


def code_cells(notebook):
    cells = nbformat.read(lab.ROOT / "notebooks" / notebook, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def explorer_cells(notebook):
    """List the cells of a notebook that show an explorer, each with its class."""
    found = [
        (cell, getattr(helpers.widgets, name))
        for cell in code_cells(notebook)
        for name in helpers.widgets.__all__
        if cell.source.endswith(f"\n{name}()")
    ]
    return [(cell, kind) for cell, kind in found if issubclass(kind, Explorer)]


def made_notebook():
    """Return a notebook of the cells that the tests use: a page with all of them costs less than a page of each notebook."""
    cells = [cell for notebook in NOTEBOOKS for cell, _ in explorer_cells(notebook)]
    cells += map(nbformat.v4.new_code_cell, BOXES)
    (exercise,) = (cell for cell in code_cells(FIRST_LOOK) if cell.source.endswith(f"\n{CHECK}"))
    exercise.source = f"from helpers.exercises import first_look\n{exercise.source}"
    cells.append(exercise)
    for number, cell in enumerate(cells):
        # Each was counted in its own notebook.
        cell.id = f"cell-{number}"
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    # By which the static page, whose kernel has another name, finds it.
    metadata["language_info"] = {"name": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


@functools.cache
def kinds_by_page():
    """Map the made page, then each notebook, to the classes of its explorers, in their order."""
    pages = {notebook: [kind for _, kind in explorer_cells(notebook)] for notebook in NOTEBOOKS}
    return {MADE: [kind for kinds in pages.values() for kind in kinds]} | pages


def on_made_page(page, kind):
    return ExplorerOnPage(page, kind, kinds_by_page()[MADE].index(kind))


def explorers_on(pages, daily=lambda kind: True):
    """Try every explorer of these pages, given with its number there; weekly, what is not daily or not on the made page."""
    return pytest.mark.parametrize(
        ("notebook", "kind", "number"),
        [
            pytest.param(
                page,
                kind,
                number,
                id=f"{page.partition('-')[0]}-{kind.__name__}",
                marks=() if page == MADE and daily(kind) else pytest.mark.weekly,
            )
            for page in pages
            for number, kind in enumerate(kinds_by_page()[page])
        ],
    )


every_explorer = explorers_on([MADE, *NOTEBOOKS])
# Explorers that have all kinds of controls between them, and what no other one has: a square to draw in, a training.
each_kind_of_control = explorers_on(
    [MADE], daily={BroadcastLive, DrawADigit, MomentumLive, RegionsLive}.__contains__
)


def every_explorer_with(control):
    """Try what only one kind of control does on the explorers that have it."""
    mark = explorers_on([MADE])
    names, explorers = mark.args
    having = [one for one in explorers if any(isinstance(c, control) for c in one.values[1].controls)]
    return pytest.mark.parametrize(names, having)


def in_notebook(name):
    """Let a test say in which notebook it works, so that it stays with the others that have it open."""
    return pytest.mark.parametrize("notebook", [name])


def outputs_in_trouble(page):
    return page.evaluate(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-OutputArea')].map(cell => cell.innerText).filter(text =>"
        " /Traceback|Error displaying widget|Loading widget|Failed to|javascript error|Warning/.test(text))"
    )


# The made page has what stands on all others.
every_page = pytest.mark.parametrize(
    "notebook", [MADE, *(pytest.param(name, marks=pytest.mark.weekly) for name in NOTEBOOKS)]
)
