"""What browser tests share: an explorer as a person meets it on a page, and the list of all explorers on pages."""

import time

import lab
import nbformat
import pytest
from playwright.sync_api import expect

import helpers.widgets
from helpers.kit.controls import Choice, LogSlider, Menu, Options, Player, Shape
from helpers.kit.explorer import Explorer
from helpers.widgets import TrainingLive

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
        explorer = self.kind()
        explorer.settings = settings
        return explorer.sentence

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


def explorers_on_pages():
    """List every explorer of every notebook: the notebook's name, the class, and its number on the page."""
    found = []
    for path in sorted((lab.ROOT / "notebooks").glob("*.ipynb")):
        cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        names = [name for cell in cells for name in helpers.widgets.__all__ if cell.endswith(f"\n{name}()")]
        kinds = [getattr(helpers.widgets, name) for name in names]
        kinds = [kind for kind in kinds if issubclass(kind, Explorer)]
        found += [
            pytest.param(path.name, kind, number, id=f"{path.stem.partition('-')[0]}-{kind.__name__}")
            for number, kind in enumerate(kinds)
        ]
    return found


every_explorer = pytest.mark.parametrize(("notebook", "kind", "number"), explorers_on_pages())


def in_notebook(name):
    """Let a test say in which notebook it works, so that it stays with the others that have it open."""
    return pytest.mark.parametrize("notebook", [name])


def outputs_in_trouble(page):
    return page.evaluate(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-OutputArea')].map(cell => cell.innerText).filter(text =>"
        " /Traceback|Error displaying widget|Loading widget|Failed to|javascript error|Warning/.test(text))"
    )


every_notebook = pytest.mark.parametrize(
    "notebook", [path.name for path in sorted((lab.ROOT / "notebooks").glob("*.ipynb"))]
)
