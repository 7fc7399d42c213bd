"""The script that names what is nameless: it reaches the page as a whole, with all its words, and shows nothing."""

import json
import re

from helpers.kit.names import SCRIPT, WORDS, name_things


def test_the_script_comes_with_its_words():
    """Else a screen reader says "slider" and "button" of everything, or an empty line stands below an explorer."""
    output = name_things()
    assert output.layout.display == "none"
    (shown,) = output.outputs
    script = shown["data"]["application/javascript"].strip()
    source = SCRIPT.read_text(encoding="utf-8").strip()
    before, _, words = script.partition(source)
    assert before == "" and json.loads(words.removeprefix("(").removesuffix(");")) == WORDS
    # What the script asks for is there, and the field that it fills in.
    assert {*re.findall(r"(?:WORDS|wordsAt\(\w+\))\.(\w+)", source)} == {*WORDS}
    assert {name for name, text in WORDS.items() if text.count("{label}") != 1} == {"language", "paper"}
