"""The notebooks for those who hear a page or use no mouse: names, texts of pictures, and a way through by the Tab key."""

import contextlib
import functools
import json
import re

import lab
import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from helpers.kit.controls import Player
from helpers.kit.names import SCRIPT, WORDS
from helpers.widgets import BatchSizeLive

from .pages import (
    MADE,
    ExplorerOnPage,
    each_kind_of_control,
    every_page,
    in_notebook,
    made_notebook,
    on_made_page,
)

pytestmark = pytest.mark.browser

# JupyterLab's own menus, sidebars and editors are not ours to mend.
OURS = [".jp-NotebookPanel .jp-OutputArea-output", ".jp-NotebookPanel .jp-RenderedMarkdown"]

STOPS = (
    "button, select, input, textarea, canvas[tabindex], .noUi-handle, .widget-readout[contenteditable=true]"
)
FIND_STOPS = """(box, stops) => {
    const look = element => {
        const style = getComputedStyle(element);
        return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.filter].join();
    };
    const found = [...box.querySelectorAll(stops)].filter(element => element.checkVisibility());
    const plain = found.map(look);
    window.stopReached = () => {
        const number = found.indexOf(document.activeElement);
        return number < 0 ? null : [number, look(found[number]) !== plain[number]];
    };
    return found.map(element => element.getAttribute("aria-label") || element.labels?.[0]?.innerText
                     || element.innerText);
}"""

NAMED = "[...document.querySelectorAll('.jp-NotebookPanel .jp-RenderedImage img')].every(image => image.alt)"
# What is seen, and beside it what is heard.
READ_NAMES = """() => {
    const all = (selector, read) => [...document.querySelectorAll(`.jp-NotebookPanel ${selector}`)].map(read);
    const get = (element, ...names) => names.map(name => element.getAttribute(name));
    return {
        figures: all(".jp-RenderedImage img", image => image.alt),
        buttons: all(".widget-toggle-buttons button",
            button => [button.classList.contains("mod-active"), ...get(button, "aria-pressed")]),
        groups: all(".widget-toggle-buttons",
            group => [group.querySelector(".widget-label").innerText, ...get(group, "role", "aria-label")]),
        stops: all(".course-stops .widget-readout", readout => get(readout, "contenteditable", "role", "aria-label")),
        typed: all(".widget-slider:not(.course-stops)", slider => [slider.querySelector(".widget-label").innerText,
            ...get(slider.querySelector(".widget-readout"), "contenteditable", "role", "aria-label")]),
    };
}"""


# Of each row of buttons the colours below the letters: of the pressed one, and of another.
READ_BACKGROUNDS = """() => [...document.querySelectorAll(".jp-NotebookPanel .widget-toggle-buttons")].map(group =>
    [".mod-active", ":not(.mod-active)"].map(kind =>
        getComputedStyle(group.querySelector(`button${kind}`)).backgroundColor.match(/[\\d.]+/g).map(Number)))"""


# Each text in an output, the colour of its letters, and that of the nearest paper below it.
READ_LETTERS = """() => [...document.querySelectorAll(".jp-NotebookPanel .jp-OutputArea-output *")]
    .filter(element => element.checkVisibility() && element.matches("p, li, b, span, td, th, div, button, label")
        && [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
    .map(element => {
        let paper = element;
        const colour = () => getComputedStyle(paper).backgroundColor.match(/[\\d.]+/g).map(Number);
        while (paper.parentElement && colour()[3] === 0) paper = paper.parentElement;
        return [element.innerText, getComputedStyle(element).color.match(/[\\d.]+/g).map(Number), colour()];
    })"""


def faults(page):
    """List what axe finds in outputs and text, each with the HTML that it is about."""
    options = {"resultTypes": ["violations"]}
    return [
        (fault["id"], node["html"][:200])
        for fault in Axe().run(page, {"include": OURS}, options).response["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def contrast(one, other):
    """Return the contrast of two colours of 0 to 255, as WCAG 2 defines it; what shows through is white."""

    def luminance(red, green, blue, alpha=1):
        shares = (alpha * part / 255 + (1 - alpha) for part in (red, green, blue))
        linear = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)
        return sum(weight * x for weight, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(*one), luminance(*other)))
    return (high + 0.05) / (low + 0.05)


@every_page
def test_axe_finds_nothing_serious(pages, notebook):
    """If it fails, a learner with a screen reader meets a slider without a name, a picture without a text, or worse."""
    assert faults(pages(notebook)) == []


@contextlib.contextmanager
def theme(page, name):
    """Show a page in another theme of JupyterLab; then in the light one."""

    def choose(name):
        page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Settings$")).click()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
        page.locator(".lm-Menu-itemLabel").get_by_text(name, exact=True).click()
        page.wait_for_selector(f"body[data-jp-theme-name='{name}']", state="attached", timeout=60_000)
        page.locator("#jupyterlab-splash").wait_for(state="detached")

    choose(name)
    try:
        yield
    finally:
        choose("JupyterLab Light")


@pytest.mark.parametrize(
    "name",
    [
        "JupyterLab Dark",
        *(
            pytest.param(name, marks=pytest.mark.weekly)
            for name in ("JupyterLab Light", "JupyterLab Dark High Contrast")
        ),
    ],
)
@in_notebook(MADE)
def test_themes_leave_everything_readable(pages, notebook, name):
    """If it fails, letters of an answer or an explorer vanish in a dark theme, or nobody sees which button of a row is pressed."""
    page = pages(notebook)
    with theme(page, name):
        assert faults(page) == []
        # Where axe cannot tell what lies below a text, it says nothing.
        letters = page.evaluate(READ_LETTERS)
        assert [text for text, colour, paper in letters if contrast(colour, paper) < 4.5] == []
        for pressed, other in page.evaluate(READ_BACKGROUNDS):
            assert contrast(pressed, other) >= 3, name
        # Windows' own high contrast allows no colours but those that it names.
        page.emulate_media(forced_colors="active")
        for pressed, other in page.evaluate(READ_BACKGROUNDS):
            assert contrast(pressed, other) >= 3, name
        page.emulate_media(forced_colors="none")


@every_page
def test_names_say_what_is_seen(pages, notebook):
    """If it fails, a screen reader reads another picture's text, calls a pressed button open, or offers to type where nothing heeds it."""
    page = pages(notebook)
    # The script comes with an explorer, which may still be on its way when the last cell has run.
    page.wait_for_function(NAMED, timeout=60_000)
    found = page.evaluate(READ_NAMES)
    opened = (
        made_notebook()
        if notebook == MADE
        else nbformat.read(lab.ROOT / "notebooks" / notebook, as_version=4)
    )
    outputs = [output for cell in opened.cells for output in cell.get("outputs", [])]
    saved = [output.data["text/plain"] for output in outputs if "image/png" in output.get("data", {})]
    # An explorer's picture is a widget here, and names itself.
    assert [text for text in saved if text in found["figures"]] == found["figures"]
    assert all(heard == str(seen).lower() for seen, heard in found["buttons"])
    for label, role, name in found["groups"]:
        assert (role, name) == ("group", label)
    assert all(stop == ["false", None, None] for stop in found["stops"])
    for label, editable, role, name in found["typed"]:
        assert (editable, role, name) == ("true", "textbox", f"{label}, typed")


@in_notebook(MADE)
def test_play_button_says_what_it_would_do(pages, notebook):
    """If it fails, somebody who hears the page presses "play" to pause, and it starts anew or never ends."""
    explorer = on_made_page(pages(notebook), BatchSizeLive)
    (control,) = (control for control in BatchSizeLive.controls if isinstance(control, Player))
    explorer.press("Reset")
    explorer.expect()
    play, pause = (
        explorer.box.get_by_role("button", name=f"{name}: {control.label}", exact=True)
        for name in ("play", "pause")
    )
    play.press("Enter")
    explorer.wait_for_another_title(explorer.sentence_of())
    pause.press("Enter")
    play.wait_for()
    explorer.press("Reset")
    explorer.expect()


@each_kind_of_control
def test_tab_key_reaches_everything_and_leaves(pages, notebook, kind, number):
    """If it fails, somebody without a mouse cannot reach a control, does not see where he is, or cannot get out again."""
    explorer = ExplorerOnPage(pages(notebook), kind, number)
    page = explorer.page
    explorer.press("Reset")
    explorer.expect()
    # Where JupyterLab's command mode leaves the keyboard.
    explorer.box.locator("xpath=ancestor::*[contains(@class, 'jp-Cell ')]").focus()
    names = explorer.box.evaluate(FIND_STOPS, STOPS)
    assert all(names), names
    visited = []
    for _ in range(len(names) + 10):
        page.keyboard.press("Tab")
        reached = page.evaluate("stopReached()")
        if reached is None and visited:
            break
        visited += [reached] if reached else []
    assert [name for name, _ in visited] == list(range(len(names))), names
    assert [names[name] for name, seen in visited if not seen] == []
    preset = next(iter(kind.presets.values()))
    for button, key, settings in ((preset.label, "Enter", preset.settings), ("Reset", "Space", {})):
        explorer.box.get_by_role("button", name=button, exact=True).last.focus()
        page.keyboard.press(key)
        explorer.expect(**settings)


@in_notebook(MADE)
def test_slider_says_its_name_and_its_value(pages, notebook):
    """If it fails, a screen reader says "slider, 10" where the page shows "learning rate, 0.05"."""
    explorer = ExplorerOnPage(pages(notebook))
    explorer.press("Reset")
    explorer.expect()
    slider = explorer.box.get_by_role("slider", name="learning rate", exact=True)
    assert slider.get_attribute("aria-valuetext") == "0.05"
    slider.press("ArrowRight")
    explorer.expect(learning_rate=0.07)
    assert slider.get_attribute("aria-valuetext") == "0.07"
    # What is announced must have stood there before its words.
    region = explorer.box.get_by_role("status").element_handle()
    slider.press("ArrowLeft")
    explorer.expect()
    assert region.is_visible() and region.inner_text() == explorer.sentence_of()


# What JupyterLab and ipywidgets make, as far as the script looks at it; and what it must make of that.
SLIDER = """<div class="widget-slider {kind}"><label class="widget-label">{label}</label><div class="noUi-handle"></div>
<div class="widget-readout" contenteditable="true">{value}</div></div>"""
PLAYER = """<div class="widget-play">{buttons}</div>"""
ICONS = {"fa-play": "play", "fa-pause": "pause", "fa-stop": "stop", "fa-retweet": "repeat"}
IMAGE = '<div class="jp-OutputArea-child"><div class="jp-RenderedImage"><img {alt}></div></div>'
WORDS_BELOW = '<div class="jp-OutputArea-child"><div class="jp-RenderedMarkdown"> {words} </div></div>'
AREA = "".join(
    (
        '<div class="jp-OutputArea">',
        SLIDER.format(kind="", label="pen $& 2", value="0.05"),
        SLIDER.format(kind="course-stops", label="batch", value="16"),
        *('<div class="widget-toggle-buttons"><label class="widget-label">shown</label>',
          '<button class="mod-active">a</button><button>b</button></div>'),
        SLIDER.format(kind="", label="step", value="3"),
        PLAYER.format(buttons="".join(f'<button><i class="{icon}"></i></button>' for icon in (*ICONS, "fa-cog"))),
        '<div class="widget-toggle-buttons">of no name</div>',
        '<canvas id="still"></canvas><canvas id="paper" tabindex="0"></canvas>',
        '<div class="widget-html-content"><p role="status" aria-live="polite">Said.</p></div>',
        IMAGE.format(alt=""), WORDS_BELOW.format(words="First."),
        IMAGE.format(alt='alt=""'), WORDS_BELOW.format(words="Second."),
        IMAGE.format(alt='alt="Own."'), WORDS_BELOW.format(words="Third."),
        IMAGE.format(alt=""), IMAGE.format(alt=""),
        "</div>",
        '<div id="outside"><div class="widget-toggle-buttons"><button></button></div></div>',
    )
)  # fmt: skip
ATTRIBUTES = """(selector) => [...document.querySelectorAll(selector)].map(element =>
    Object.fromEntries([...element.attributes].filter(({name}) => name !== "class").map(({name, value}) => [name, value])))"""


def check_names(page, value="0.05", pressed=("true", "false")):
    """Hold that each thing of AREA has the name that is seen beside it."""
    found = functools.partial(page.evaluate, ATTRIBUTES)
    page.wait_for_function(
        "value => document.querySelector('.noUi-handle').getAttribute('aria-valuetext') === value", arg=value
    )
    assert found(".noUi-handle") == [
        {"aria-label": label, "aria-valuetext": shown}
        for label, shown in (("pen $& 2", value), ("batch", "16"), ("step", "3"))
    ]
    typed = [
        {"contenteditable": "true", "role": "textbox", "aria-label": f"{label}, typed"}
        for label in ("pen $& 2", "step")
    ]
    assert found(".widget-readout") == [typed[0], {"contenteditable": "false"}, typed[1]]
    assert found(".jp-OutputArea .widget-toggle-buttons") == [
        {"role": "group", "aria-label": label} for label in ("shown", "")
    ]
    assert [one["aria-pressed"] for one in found(".jp-OutputArea .widget-toggle-buttons button")] == [
        *pressed
    ]
    assert found(".widget-play button") == [*({"aria-label": f"{word}: step"} for word in ICONS.values()), {}]
    assert found("#still") == [{"id": "still"}]
    (paper,) = found("#paper")
    assert paper["role"] == "application" and paper["aria-label"].startswith("paper: arrow keys move the pen")
    assert found(".widget-html-content") == [{"role": "status", "aria-live": "polite"}]
    assert found(".widget-html-content > p") == [{}]
    assert [one.get("alt") for one in found("img")] == ["First.", "Second.", "Own.", None, None]
    assert found("#outside button") == [{"aria-pressed": "false"}]


@in_notebook(MADE)
def test_each_kind_of_thing_gets_its_name(pages, notebook):
    """If it fails, one button among many has no name or the name of another, or keeps that of what it did before."""
    page = pages(notebook).context.browser.new_context(offline=True).new_page()
    script = f"{SCRIPT.read_text(encoding='utf-8').strip()}({json.dumps(WORDS)});"
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(AREA)
    page.evaluate(script)
    check_names(page)
    # A page gets it with each explorer.
    page.evaluate(script)
    # One after the other, as each is heard of alone.
    for change, seen in (
        (
            """() => {
                const [one, other] = document.querySelectorAll(".jp-OutputArea .widget-toggle-buttons button");
                one.classList.remove("mod-active");
                other.classList.add("mod-active");
            }""",
            ("0.05", ("false", "true")),
        ),
        (
            """() => {
                document.querySelector(".widget-readout").textContent = "0.07";
                document.querySelector(".noUi-handle").setAttribute("aria-valuetext", "12");
            }""",
            ("0.07", ("false", "true")),
        ),
        (
            """() => {
                const readout = document.querySelector(".course-stops .widget-readout");
                readout.setAttribute("role", "textbox");
                readout.setAttribute("contenteditable", "true");
            }""",
            ("0.07", ("false", "true")),
        ),
    ):
        page.evaluate(change)
        check_names(page, *seen)
    # What comes later, too.
    page.evaluate(
        """area => {
            const anew = new DOMParser().parseFromString(area, "text/html").querySelector(".jp-OutputArea");
            document.querySelector(".jp-OutputArea").replaceChildren(...anew.children);
        }""",
        AREA,
    )
    check_names(page)
    heard = page.evaluate(
        """() => {
            const heard = [];
            for (const element of document.querySelectorAll("#paper, #still, .widget-readout")) {
                element.addEventListener("keydown", event => heard.push(`${element.id} ${event.key}`));
                for (const key of ["Tab", "ArrowUp"]) element.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
            }
            return heard;
        }"""
    )
    assert "paper Tab" not in heard and {"paper ArrowUp", "still Tab", " Tab", " ArrowUp"} <= {*heard}
    # What saves the notebook is pressed with another key; on a Mac that is the one called meta.
    kept = page.evaluate(
        """modifiers => modifiers.map(modifier => {
            const paper = document.querySelector("#paper");
            paper.dispatchEvent(new KeyboardEvent("keydown", {key: "s", bubbles: true, [modifier]: true}));
            return paper.hasAttribute("data-lm-suppress-shortcuts");
        })""",
        ["none", "shiftKey", "ctrlKey", "altKey", "metaKey"],
    )
    assert kept == [True, False, False, False, False]
    assert errors == []
    page.context.close()


VIEW = '<div class="jp-Notebook"><div class="jp-OutputArea"><div class="widget-box course-speaks-{language}">{slider}</div></div></div>'


@in_notebook(MADE)
def test_notebooks_in_two_languages_are_read_by_two_voices(pages, notebook):
    """If it fails, Chinese is read aloud as if it were English, or the words for what is nameless are those of the other notebook."""
    page = pages(notebook).context.browser.new_context(offline=True).new_page()
    script = SCRIPT.read_text(encoding="utf-8").strip()
    slider = SLIDER.format(kind="", label="w", value="0.05")
    page.set_content("".join(VIEW.format(language=language, slider=slider) for language in ("en", "zh-CN")))
    for words in (WORDS, WORDS | {"language": "zh-CN", "typed": "{label}，键盘输入"}):
        page.evaluate(f"{script}({json.dumps(words)});")
    assert [one.get("lang") for one in page.evaluate(ATTRIBUTES, ".jp-Notebook")] == ["en", "zh-CN"]
    assert [one["aria-label"] for one in page.evaluate(ATTRIBUTES, ".widget-readout")] == [
        "w, typed",
        "w，键盘输入",
    ]
    page.context.close()
