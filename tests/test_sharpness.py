"""What a page needs to ask for a picture with more pixels; tests/browser/test_front_ends.py watches it ask."""

from helpers.kit.sharpness import SCRIPT, when_still
from helpers.widgets import TrainingLive


def test_the_page_asks_through_a_button_that_nobody_sees():
    """Else a picture stays soft, or a person who goes through the page by the Tab key meets a button without a name."""
    asked = []
    box = when_still(lambda: asked.append("once"))
    button, output = box.children
    assert box.layout.display == "none" and "explorer-sharpen" in button._dom_classes
    button.click()
    assert asked == ["once"]
    (script,) = output.outputs
    assert script["data"]["application/javascript"] == SCRIPT.read_text(encoding="utf-8").strip() + "();"


def test_the_next_picture_is_a_fast_one_again():
    """Else a slider stutters after the page has asked once, or the picture that it gets is that of an earlier setting."""
    explorer = TrainingLive()
    view = explorer.view
    explorer.preset("learns")
    fast = view.image.value
    view.sharpen()
    assert view.image.value == explorer.picture.sharp_png() != fast
    assert view.image.tooltip == explorer.sentence
    explorer.reset()
    explorer.preset("learns")
    assert view.image.value == fast
