"""The map of the chapter: which question leads to which."""

from matplotlib.patches import FancyBboxPatch

from helpers.kit.style import picture
from helpers.kit.words import enumerated
from helpers.language import Words

_ = Words(__name__)

# Number, title, question and part of each section.
SECTIONS = (
    ("2.1", _("A first look"), _("can a program learn\nto read digits?"), "see"),
    ("2.2", _("Tensors"), _("what are data\nmade of?"), "material"),
    ("2.3", _("Operations"), _("what is a network\nmade of?"), "material"),
    ("2.4", _("The training loop"), _("how does it\nimprove?"), "engine"),
    ("2.4.1", _("Derivatives"), _("what does a small\nmove change?"), "engine"),
    ("2.4.2", _("Gradients"), _("and with very\nmany weights?"), "engine"),
    ("2.4.3", _("Descent"), _("how far to go,\nin which direction?"), "engine"),
    ("2.4.4", _("Backpropagation"), _("how to find all\nslopes at once?"), "engine"),
    ("2.5", _("From scratch"), _("do I own\nevery line?"), "yours"),
)
# What each part is called, and its colour.
PARTS = {
    "see": (_("see it work"), "#009E73"),
    "material": (_("the material"), "#0072B2"),
    "engine": (_("the engine"), "#D55E00"),
    "yours": (_("make it yours"), "#7F4F9B"),
}
SECTION = "{number} {title}"
SENTENCE = _("The chapter in nine sections, in reading order: {sections}.")

COLUMNS = 5


@picture(9, 4.0)
def show_map(figure):
    """Draw the sections of the chapter in reading order, coloured by part."""
    axes = figure.subplots()
    axes.set(xlim=(-0.48, COLUMNS - 0.52), ylim=(-1.85, 0.7))
    axes.set_axis_off()
    places = [(index, 0) for index in range(COLUMNS)]
    places += [(COLUMNS - 1 - index, -1.15) for index in range(len(SECTIONS) - COLUMNS)]
    named = set()
    for (x, y), (number, title, question, part) in zip(places, SECTIONS, strict=True):
        words, colour = PARTS[part]
        box = FancyBboxPatch(
            (x - 0.42, y - 0.4),
            0.84,
            0.8,
            boxstyle="round,pad=0.02",
            facecolor="white",
            edgecolor=colour,
            linewidth=2,
        )
        axes.add_patch(box)
        axes.text(x, y + 0.25, number, ha="center", va="center", weight="bold", color=colour, fontsize=13)
        axes.text(x, y + 0.06, title, ha="center", va="center", weight="bold", fontsize=11)
        axes.text(x, y - 0.2, question, ha="center", va="center", color="#444444", fontsize=10)
        if part not in named:
            named.add(part)
            axes.text(
                x - 0.44, y + (0.52 if y == 0 else -0.58), words, color=colour, weight="bold", fontsize=12
            )
    for (x, y), (next_x, next_y) in zip(places, places[1:], strict=False):
        side = 0.44 * (next_x - x)
        below = 0.42 if next_y < y else 0
        axes.annotate(
            "",
            (next_x - side, next_y + below),
            (x + side, y - below),
            arrowprops={"arrowstyle": "-|>", "color": "#777777", "shrinkA": 1, "shrinkB": 1},
        )
    sections = (SECTION.format(number=number, title=title) for number, title, _, _ in SECTIONS)
    return SENTENCE.format(sections=enumerated(sections))
