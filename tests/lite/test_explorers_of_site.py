"""What explorers and exercises do in JupyterLab, they do on the static page: the same tests, on its page of all explorers."""

import pytest
from browser import test_access, test_from_scratch, test_notebooks, test_touch
from browser.pages import MADE, every_explorer_with, explorers_on

from helpers.kit.controls import Player, Shape

pytestmark = pytest.mark.site
on_all = explorers_on([MADE])


@on_all
def test_controls(pages, notebook, kind, number):
    test_notebooks.test_each_control_moves_picture_and_sentence(pages, notebook, kind, number)


@on_all
def test_presets(pages, notebook, kind, number):
    test_notebooks.test_presets_and_reset(pages, notebook, kind, number)


@on_all
def test_copied_code(pages, notebook, kind, number):
    test_notebooks.test_copy_as_code_fills_the_clipboard(pages, notebook, kind, number)


@every_explorer_with(Player)
def test_playing(pages, notebook, kind, number):
    test_notebooks.test_play_buttons_count_up_until_another_button(pages, notebook, kind, number)


@every_explorer_with(Shape)
def test_typing(pages, notebook, kind, number):
    test_notebooks.test_typing_nonsense_is_answered_by_a_sentence(pages, notebook, kind, number)


@pytest.mark.parametrize(
    "test",
    [
        test_notebooks.test_machine_check_hears_its_slider,
        test_notebooks.test_an_answer_typed_into_an_exercise_is_checked,
        test_access.test_slider_says_its_name_and_its_value,
        test_touch.test_a_finger_draws_a_digit,
        test_touch.test_a_finger_moves_a_slider_and_presses_a_button,
    ],
    ids=lambda test: test.__name__.removeprefix("test_"),
)
def test_the_rest(pages, test):
    test(pages, MADE)


def test_drawing(pages):
    test_from_scratch.test_drawing_with_the_mouse_and_with_the_keys(pages(MADE))
