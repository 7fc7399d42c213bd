"""Explorers before their judges: no sentence contradicts what a plain computation of the same settings finds."""

import importlib
import pathlib

import nbformat
import pytest
from judges import JUDGES
from judges.shared.judging import Case, hear
from reader import tagged

NOTEBOOKS = pathlib.Path(__file__).parents[1] / "notebooks"

# What random settings find is rare; every setting that has a name is heard each time.
PART = 24

every_judge = pytest.mark.parametrize("name", JUDGES)


@pytest.mark.parametrize("part", [PART, pytest.param(1, marks=pytest.mark.weekly)], ids=["some", "all"])
@every_judge
def test_no_sentence_contradicts_the_mathematics(name, part):
    """Else a learner reads a cause that is none, a window that is taken for ever, or equals that are said to differ."""
    judge = JUDGES[name]
    explorer = judge.explorer()
    tries = -(-judge.tries // part)
    wrong = {}
    for settings in (*judge.named_settings(), *judge.random_settings(tries)):
        sentence, contradictions = hear(explorer, judge, settings)
        if contradictions:
            wrong[str(settings)] = sentence, contradictions
    assert not wrong, (
        f"{len(wrong)}, of {tries} random settings and the named ones: {list(wrong.items())[:3]}"
    )


@pytest.mark.weekly
@every_judge
def test_the_judge_notices_the_wrong_sentence(name):
    """Else the judge believes whatever it can read."""
    judge = JUDGES[name]
    explorer = judge.explorer()
    heard = [
        (settings, explorer.describe(explorer.compute(**settings), **settings))
        for settings in judge.random_settings(min(judge.tries, 40), seed=1)
    ]
    believed = 0
    for (settings, sentence), (_, other) in zip(heard, heard[1:], strict=False):
        if sentence != other:
            case = Case(settings, other)
            judge.judge(case)
            believed += not case.close()
    assert believed <= 1


@every_judge
def test_each_judge_stands_in_a_file_named_as_its_explorers(name):
    """Else whoever changes what an explorer says looks for its judge, and finds it among those of others."""
    judge = JUDGES[name]
    file = judge.explorer.__module__.rpartition(".")[2]
    assert any(found is judge for found in vars(importlib.import_module(f"judges.{file}")).values())


@every_judge
def test_stops_stand_in_the_notebooks(name):
    """Else the judge tries what no notebook asks for any more, and not what it asks for now."""
    texts = [
        cell.source
        for path in sorted(NOTEBOOKS.glob("*.ipynb"))
        for cell in tagged(nbformat.read(path, as_version=4).cells, "experiment")
    ]
    for quote in JUDGES[name].stops:
        assert any(quote in text for text in texts), quote


def test_settings_are_drawn_anew_and_alike():
    """Else a judge tries the same few settings again and again, or other ones in every run."""
    for judge in JUDGES.values():
        drawn = [str(settings) for settings in judge.random_settings(50)]
        assert drawn == [str(settings) for settings in judge.random_settings(50)]
        assert len(set(drawn)) > 30
