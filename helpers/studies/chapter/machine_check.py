"""A check of this machine: is everything there that the course needs, and do sliders answer?"""

import html
import importlib.metadata

import ipywidgets
from IPython.display import display
from packaging.requirements import Requirement

from helpers.datasets import load_mnist
from helpers.kit.live import LiveView
from helpers.kit.names import name_things
from helpers.kit.numbers import percent
from helpers.kit.words import enumerated
from helpers.language import Words
from helpers.optimizers import SGD
from helpers.studies.training.compute import train_digits

_ = Words(__name__)

PROJECT = "mathematics-of-neural-networks"

PACKAGES = _("All packages are here, in versions that work together.")
WRONG_PACKAGES = _("Missing, or of a version that was not tried: {names}. In a terminal, run: make lab")
NOT_INSTALLED = _(
    "The course is not installed in this kernel. Choose the kernel Python 3 that make lab started, or run: make lab"
)
DATA = _("The bundled digits are intact: {train:,} to learn from, {test:,} to be tested on.")
NO_DATA = _("The bundled digits cannot be read: {error}")
TRAINING = _("A short training works: after sixty steps the network reads most of the test digits.")
NO_TRAINING = _(
    "A short training gave {share} instead of about 80 %. Restart the kernel (menu Kernel) and run this again."
)
SLIDER = _("move me")
WAITING = _("Now move the slider above, with the mouse or with the arrow keys.")
ANSWERED = _("The kernel heard you: {value}. Sliders are live here.")
NO_WIDGETS = _(
    "Sliders are not live yet. Run this cell. If you then see this sentence instead of a slider, this page does not show "
    "widgets: open the notebook in JupyterLab, as make lab does, or in Binder."
)


class MachineCheck:
    """Check packages, data and training, and show a slider that proves that the page and the kernel talk."""

    def __init__(self):
        self.findings = [check_packages(), check_data(), check_training()]
        lines = "".join(f"<li>{html.escape(mark(finding))}</li>" for finding in self.findings)
        self.slider = ipywidgets.IntSlider(0, 0, 10, description=SLIDER)
        self.answer = ipywidgets.HTML(live(WAITING))
        self.slider.observe(lambda change: self.heard(change["new"]), "value")
        findings = ipywidgets.HTML(f'<ul style="list-style: none; padding-left: 0">{lines}</ul>')
        self.box = LiveView([findings, self.slider, self.answer, name_things()])
        self.text = "\n".join([*map(mark, self.findings), f"○ {NO_WIDGETS}"])

    def heard(self, value):
        self.answer.value = live(mark((True, ANSWERED.format(value=value))))

    def _ipython_display_(self):
        self.box.show()
        display({"text/plain": self.text}, raw=True)


def mark(finding):
    well, sentence = finding
    return f"{'✓' if well else '✗'} {sentence}"


def live(sentence):
    return f'<p role="status" aria-live="polite">{html.escape(sentence)}</p>'


def check_packages():
    try:
        requirements = [Requirement(text) for text in importlib.metadata.requires(PROJECT)]
    except importlib.metadata.PackageNotFoundError:
        return False, NOT_INSTALLED
    wrong = [
        requirement.name
        for requirement in requirements
        if (requirement.marker is None or requirement.marker.evaluate({"extra": ""}))
        and not satisfied(requirement)
    ]
    return (False, WRONG_PACKAGES.format(names=enumerated(wrong))) if wrong else (True, PACKAGES)


def satisfied(requirement):
    try:
        return requirement.specifier.contains(importlib.metadata.version(requirement.name), prereleases=True)
    except importlib.metadata.PackageNotFoundError:
        return False


def check_data():
    try:
        (_, train_labels), (_, test_labels) = load_mnist()
    except (OSError, ValueError) as error:
        return False, NO_DATA.format(error=error)
    return True, DATA.format(train=len(train_labels), test=len(test_labels))


def check_training():
    try:
        share = train_digits(SGD(0.1), batch_size=32).accuracies[-1]
    except (OSError, ValueError) as error:
        return False, NO_DATA.format(error=error)
    return (True, TRAINING) if share > 0.7 else (False, NO_TRAINING.format(share=percent(share)))
