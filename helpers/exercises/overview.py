"""The exercises of the course in the order of the notebooks: which are solved, and which comes next."""

import dataclasses
import html
import importlib

from helpers.exercises.feedback import BOX, MARKS, Exercise
from helpers.exercises.solved import ProgressError, append, progress_file, solved_names
from helpers.language import Words

_ = Words(__name__)

SUMMARY = _("{solved} of {all} exercises solved. {next}")
NEXT = _("Next: exercise {number} of {section}.")
NEXT_ONLY = _("Next: the exercise of {section}.")
ALL_SOLVED = _("None is left.")
NOT_KEPT = _("Solved exercises cannot be remembered: {reason}. Checks work all the same.")
SECTION = "{section} {title}"
COUNT = _("{solved} of {all}")
LINE = _("{section} – {count} solved.")
LINE_OPEN = _("{section} – {count} solved. Open: {numbers}.")
HEAD = (_("Notebook"), _("Solved"), _("Exercises: {solved} solved, {open} open"))

# The module of each notebook, in its order, and its title. Within a module, exercises stand in the order of the notebook.
SECTIONS = {
    "2.0": ("start_here", _("Start here")),
    "2.1": ("first_look", _("A first look at a neural network")),
    "2.2": ("data_representations", _("Data representations for neural networks")),
    "2.3": ("tensor_operations", _("The gears of a network: tensor operations")),
    "2.4": ("training_loop", _("The training loop")),
    "2.4.1": ("derivatives", _("What is a derivative?")),
    "2.4.2": ("gradients", _("The gradient: the derivative of a tensor operation")),
    "2.4.3a": ("stochastic_descent", _("Stochastic gradient descent")),
    "2.4.3b": ("momentum", _("Momentum")),
    "2.4.3c": ("optimizers", _("Optimizers")),
    "2.4.4": ("backpropagation", _("Backpropagation")),
    "2.5": ("from_scratch", _("From scratch")),
}
SOLVED, OPEN_ONE = MARKS["solved"], MARKS["not started"]


@dataclasses.dataclass(frozen=True)
class Overview:
    """For each section, whether each of its exercises is solved; and what keeps the course from remembering, if anything."""

    sections: dict
    trouble: str = ""

    def summary(self):
        everything = [
            (section, number, solved)
            for section, marks in self.sections.items()
            for number, solved in enumerate(marks, 1)
        ]
        places = {place for place, (_, _, solved) in enumerate(everything) if solved}
        # The first open exercise after all that is solved; whoever has reached the end goes back to what was left out.
        waiting = [place for place in range(len(everything)) if place not in places]
        following = min(waiting, key=lambda place: (place < max(places, default=0), place), default=None)
        if following is None:
            then = ALL_SOLVED
        else:
            section, number, _ = everything[following]
            then = (NEXT if len(self.sections[section]) > 1 else NEXT_ONLY).format(
                section=section, number=number
            )
        return SUMMARY.format(solved=len(places), all=len(everything), next=then)

    def sentences(self):
        return [self.summary(), *([NOT_KEPT.format(reason=self.trouble)] if self.trouble else [])]

    def __repr__(self):
        lines = []
        for section, marks in self.sections.items():
            numbers = [str(number) for number, solved in enumerate(marks, 1) if not solved]
            line = LINE_OPEN if numbers else LINE
            fields = {"section": full_title(section), "count": count(marks)}
            lines.append(line.format(numbers=", ".join(numbers), **fields))
        return "\n".join([*self.sentences(), *lines])

    def _repr_mimebundle_(self, include=None, exclude=None):
        left = "text-align: left; padding: 0.3em 0.8em"
        head = "".join(
            f'<th scope="col" style="{left}">{text.format(solved=SOLVED[0], open=OPEN_ONE[0])}</th>'
            for text in HEAD
        )
        rows = "".join(
            f'<tr style="background: #ffffff; color: #222222"><th scope="row" style="{left}; font-weight: normal">'
            f'{full_title(section)}</th><td style="{left}; white-space: nowrap">{count(marks)}</td>'
            f'<td style="{left}">{" ".join(map(show_mark, range(1, len(marks) + 1), marks))}</td></tr>'
            for section, marks in self.sections.items()
        )
        summary, *trouble = map(html.escape, self.sentences())
        return {
            "text/plain": repr(self),
            "text/html": f'<div role="status" style="{BOX}"><b>{summary}</b>'
            + "".join(f"<br>{text}" for text in trouble)
            + f'</div><table style="margin: 0"><thead><tr style="background: #f7f7f7; color: #222222">{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>",
        }


def show_mark(number, solved):
    mark, colour = SOLVED if solved else OPEN_ONE
    weight = "bold" if solved else "normal"
    style = f"color: {colour}; font-weight: {weight}; white-space: nowrap; margin-right: 0.7em"
    return f'<span style="{style}">{mark} {number}</span>'


def full_title(section):
    return SECTION.format(section=section, title=SECTIONS[section][1])


def count(marks):
    return COUNT.format(solved=sum(marks), all=len(marks))


def list_exercises():
    """Map each section to the names of its exercises, in the order of its notebook."""
    return {
        section: [
            f"{module}.{name}"
            for name, value in vars(importlib.import_module(f"helpers.exercises.{module}")).items()
            if isinstance(value, Exercise)
        ]
        for section, (module, _) in SECTIONS.items()
    }


def show_progress():
    """Return an Overview of all exercises, from the file that remembers which are solved."""
    names, trouble = set(), ""
    try:
        names = solved_names()
        append("")
    except ProgressError as error:
        trouble = str(error)
    sections = {
        section: tuple(name in names for name in exercises) for section, exercises in list_exercises().items()
    }
    return Overview(sections, trouble)


def forget_progress():
    """Delete the file of solved exercises, so that all are open again; return the new Overview.

    Raises
    ------
    OSError
        If the file cannot be deleted.
    """
    progress_file().unlink(missing_ok=True)
    return show_progress()
