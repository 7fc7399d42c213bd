"""A live view: on a page with a kernel it hides the picture or the text that stands for it on all other pages."""

import ipywidgets
from IPython.display import display

from helpers.language import tag
from helpers.shown import close_when_run_again

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

LIVE_CLASS = "course-live"
# Names that pages give to an output of a cell: JupyterLab and what nbconvert writes, and before them the classic notebook.
OUTPUT = ":is(.jp-OutputArea-child, .output_area)"
# Pages on which a cell can be run. Elsewhere, a view that has no kernel is worth less than the picture.
NOTEBOOK = ":is(.jp-NotebookPanel, .jp-LinkedOutputView, .notebook_app)"
GONE = f".{LIVE_CLASS}.jupyter-widgets-disconnected"
# What stands for a view are the next output, and where this is a picture, its sentence. A view in an output of another
# view hides what follows the inner one alone.
HIDE_WHAT_STANDS_FOR = """\
{views} + {output}, {views} + {output}:has(img) + {output} {{ display: none }}
"""


def outputs_with(view, page=""):
    return f"{page} {OUTPUT}:has({view}):not(:has({OUTPUT} {view}))".strip()


STYLE = f"""\
<style>
{
    "".join(
        HIDE_WHAT_STANDS_FOR.format(views=views, output=OUTPUT)
        for views in (
            outputs_with(f".{LIVE_CLASS}:not({GONE})"),
            outputs_with(GONE, NOTEBOOK),
        )
    )
}body:not(:has({NOTEBOOK})) {GONE} {{ display: none }}
</style>
"""


class LiveView(ipywidgets.VBox):
    """A column of widgets, which a notebook shows by `show`, followed by what stands for it on other pages."""

    def __init__(self, children):
        super().__init__([*children, ipywidgets.HTML(STYLE, layout={"display": "none"})])
        self.add_class(LIVE_CLASS)
        # By which names.js marks the language of the notebook.
        self.add_class(f"course-speaks-{tag()}")

    def show(self):
        """Show the view, and close it when its cell is run again.

        Not one word stands beside it in the same output: each page chooses one of the forms that an output has, and those
        without a kernel would choose the view.
        """
        close_when_run_again(self)
        display({WIDGET_VIEW: self._repr_mimebundle_()[WIDGET_VIEW]}, raw=True)

    @property
    def closed(self):
        return self.comm is None
