"""The static site as a reader meets it: each notebook runs to its end and says what is saved; explorers answer."""

import collections

import lab
import pytest
from browser.pages import outputs_in_trouble, show_in_first_cell
from reader import FOLDER, NOTEBOOKS
from test_notebooks import read

from helpers.datasets import IN_BROWSER
from helpers.widgets import MomentumLive, TrainingLive

pytestmark = pytest.mark.site

START = "2.0-start-here.ipynb"
# The code is that of the English ones: some explorers, pictures and checks stand for all.
CHINESE = [FOLDER / "zh_CN" / name for name in (START, "2.4.1-derivatives.ipynb")]
SPOKEN = """import pathlib

from helpers import language

print(language.spoken(), pathlib.Path.cwd().name, sep=", ")"""

UNCHECKED = {"nbval-skip", "nbval-ignore-output"}
# As nbval does: pictures differ by a few grey levels, and names of widgets are drawn at random.
NOT_COMPARED = {"image/png", "application/vnd.jupyter.widget-view+json"}
NOT_SAID = {"output_type", "metadata", "execution_count", "traceback", "name", "text", "data"}
REMEMBER = "from helpers.exercises import solved\n\nsolved.append('planted: solved')\nprint('kept')"
RECALL = "from helpers.exercises import solved\n\nprint(sorted(solved.solved_names()))"
ALL_DIGITS = """from helpers.datasets import load_mnist

try:
    load_mnist("full")
except OSError as error:
    print(error)"""


def said(outputs):
    """Map each kind of output to all that a cell says of that kind, as nbval compares it."""
    found = collections.defaultdict(list)
    for output in outputs:
        for kind, text in output.get("data", {}).items():
            if kind not in NOT_COMPARED:
                found[kind].append(text)
        if output["output_type"] == "stream":
            found[output["name"]].append(output["text"])
        for field in {*output} - NOT_SAID:
            found[field].append(output[field])
    return {kind: "".join(texts) if kind in ("stdout", "stderr") else texts for kind, texts in found.items()}


def differences(found, path):
    """Map the numbers of code cells to what they say and what is saved of them, where that is something else."""
    saved = [cell for cell in read(path).cells if cell.cell_type == "code"]
    return {
        number: (said(there["outputs"]), said(here.outputs))
        for number, (here, there) in enumerate(zip(saved, found, strict=True), 1)
        if not UNCHECKED & {*here.metadata.get("tags", ())} and said(there["outputs"]) != said(here.outputs)
    }


@pytest.mark.parametrize(
    "path", [*NOTEBOOKS, *CHINESE], ids=lambda path: path.relative_to(FOLDER).with_suffix("").as_posix()
)
def test_every_cell_says_what_is_saved(open_notebook, path):
    """Else a reader of the page meets an error, or another number than the text beside it names."""
    page = open_notebook(path.relative_to(FOLDER).as_posix())
    lab.run_all(page, seconds=1200, pause=3)
    assert differences(lab.read_cells(page), path) == {}
    assert outputs_in_trouble(page) == []


def test_a_notebook_speaks_the_language_of_its_folder(open_notebook):
    """Else a Chinese reader of the page meets explorers in English, or the notebook behind its link shares the first one's kernel."""
    page = open_notebook(START)
    lab.run_in_first_cell(page, SPOKEN).get_by_text("en, notebooks", exact=True).wait_for(timeout=300_000)
    page.locator(".jp-MarkdownCell").get_by_role("link", name="中文版", exact=True).click()
    page.get_by_role("heading", name="2.0 从这里开始").wait_for()
    page.wait_for_function(lab.IDLE, timeout=300_000)
    lab.run_in_first_cell(page, SPOKEN).get_by_text("zh_CN, zh_CN", exact=True).wait_for(timeout=300_000)


@pytest.mark.parametrize("kind", [MomentumLive, TrainingLive])
def test_explorer_answers_keys_and_presets(open_notebook, kind):
    """Else a slider of the page moves nothing, or the picture shows another network than the one that `make lab` trains."""
    explorer = show_in_first_cell(open_notebook(START), kind)
    for control in kind.controls:
        explorer.press("Reset")
        explorer.expect()
        explorer.expect(**{control.name: explorer.change(control)})
    for label, settings in kind.presets.values():
        explorer.press(label)
        explorer.expect(**settings)


def test_solved_exercises_are_remembered(open_notebook):
    """Else a reader who comes back the next day has solved nothing."""
    page = open_notebook(START)
    lab.run_in_first_cell(page, REMEMBER).get_by_text("kept", exact=True).wait_for(timeout=300_000)
    lab.run_in_first_cell(open_notebook(START), RECALL).get_by_text("['planted']", exact=True).wait_for(
        timeout=300_000
    )


def test_all_digits_are_refused_in_one_sentence(open_notebook):
    """Else a reader of the page waits for a download that no browser allows."""
    output = lab.run_in_first_cell(open_notebook(START), ALL_DIGITS)
    output.get_by_text(IN_BROWSER, exact=True).wait_for(timeout=300_000)
