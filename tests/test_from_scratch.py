"""The network that 2.5 builds from cells: the same as the package's to the last bit, and as good as promised."""

import ast
import os
import pathlib
import re

import nbformat
import numpy as np
import pytest
from reader import tagged

from helpers import datasets
from helpers.datasets import full_mnist_is_here, load_mnist
from helpers.exercises import from_scratch
from helpers.exercises.feedback import Feedback
from helpers.layers import Dense, Flatten
from helpers.models import Sequential

NOTEBOOK = pathlib.Path(__file__).parents[1] / "notebooks" / "2.5-from-scratch.ipynb"


@pytest.fixture(scope="module")
def learner():
    """Give what the notebook's cells define before they import anything from helpers."""
    names, built = {}, []
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "code":
            if "from helpers" in cell.source:
                break
            built.append(cell.source)
    kinds = ast.Import | ast.FunctionDef | ast.ClassDef | ast.Assign
    for source in built:
        # Definitions and constants: the gradient check among them is run by nbval.
        if all(isinstance(node, kinds) for node in ast.parse(source).body):
            exec(source, names)
    return names


def prepared(images):
    return images.reshape(len(images), -1).astype("float32") / 255


@pytest.mark.parametrize(("seed", "units"), [(0, 32), (1, 32), (7, 64)])
def test_losses_are_identical_to_those_of_the_package(learner, seed, units):
    """Else the learner's network is another one than the course's, however little."""
    (images, labels), _ = load_mnist()
    mine = learner["Network"](units=units, seed=seed)
    my_losses = learner["fit"](mine, prepared(images), labels, epochs=2, batch_size=100)
    theirs = Sequential([Flatten(), Dense(units, "relu"), Dense(10, "softmax")], seed=seed)
    theirs.compile("rmsprop", "sparse_categorical_crossentropy")
    history = theirs.fit(prepared(images), labels, epochs=2, batch_size=100, verbose=0).history
    assert my_losses == history["loss"]
    for my_weights, their_weights in zip(mine.parameters, theirs.parameters, strict=True):
        np.testing.assert_array_equal(my_weights.value, their_weights.value)


def test_learner_uses_nothing_but_numpy(learner):
    """Else "from scratch" is not true."""
    modules = {name for name, value in learner.items() if type(value) is type(np)}
    assert modules == {"np"}
    assert {
        "Tensor",
        "backward",
        "differentiable",
        "Layer",
        "rmsprop_step",
        "Network",
        "fit",
    } <= learner.keys()


@pytest.mark.skipif("MNIST_ARCHIVE" not in os.environ, reason="MNIST_ARCHIVE names no copy of all digits")
def test_all_digits_reach_what_the_notebook_promises(learner):
    """Else whoever has all 60,000 digits gets less than the notebook says."""
    (images, labels), (new_images, new_labels) = load_mnist("full")
    network = learner["Network"](units=512, seed=0)
    learner["fit"](network, prepared(images), labels, epochs=5)
    assert np.mean(network.predict(prepared(new_images)).argmax(axis=1) == new_labels) >= 0.975


def test_all_digits_are_found_without_a_download(monkeypatch, tmp_path):
    """Else the notebook downloads without being asked, or does not see the digits that are there."""
    monkeypatch.delenv("MNIST_ARCHIVE", raising=False)
    monkeypatch.setattr(datasets, "cache_folder", lambda: tmp_path)
    assert not full_mnist_is_here()
    (tmp_path / "mnist.npz").touch()
    assert full_mnist_is_here()
    monkeypatch.setattr(datasets, "cache_folder", lambda: tmp_path / "elsewhere")
    assert not full_mnist_is_here()
    monkeypatch.setenv("MNIST_ARCHIVE", "somewhere.npz")
    assert full_mnist_is_here()


def test_mastery_check_answers_every_choice():
    """Else a wrong choice is not answered in words of its own, or the right one is refused."""
    questions = from_scratch.QUESTIONS
    assert len(questions) == 10
    for letter in "abc":
        report = from_scratch.check_mastery(dict.fromkeys(range(1, 11), letter.upper() + " "))
        for question, feedback in zip(questions, report, strict=True):
            assert (feedback.state == "solved") == (question.solution == letter)
    hints = [mistake.hint for question in questions for mistake in question.usual_mistakes]
    assert len(set(hints)) == 20 and all("(2." in hint for hint in hints)
    right = {number: question.solution for number, question in enumerate(questions, 1)}
    assert {*right.values()} == set("abc")
    assert repr(from_scratch.check_mastery(right)).endswith(
        "10 of 10 questions answered correctly. The chapter is yours."
    )


def test_links_lead_to_headings():
    """Else a link of the five points opens the right notebook at its top, and the reader has to search."""
    targets = {
        tuple(target.split("#"))
        for cell in nbformat.read(NOTEBOOK, as_version=4).cells
        for target in re.findall(r"\]\(([^)\s]*#[^)\s]+)\)", cell.source)
    }
    for file, heading in targets:
        cells = nbformat.read(NOTEBOOK.with_name(file or NOTEBOOK.name), as_version=4).cells
        prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        headings = {
            line.lstrip("# ").replace(" ", "-") for line in prose.splitlines() if line.startswith("#")
        }
        assert heading in headings, (file, heading)
    assert len(targets) > 10


def test_mastery_check_takes_whatever_is_typed():
    """Else a half-filled cell, or a letter without quotes around it, ends in a traceback."""
    report = from_scratch.check_mastery({1: "(B)", 2: "d", 3: 4, "four": "b"})
    assert [feedback.state for feedback in report[:4]] == ["solved", "not yet", "not yet", "not started"]
    assert "Answer with one of the letters a, b and c, in quotes." in report[1].text
    assert repr(report).endswith("1 of 10 questions answered correctly.")
    shown = report._repr_mimebundle_()
    assert shown["text/plain"] == repr(report) and shown["text/html"].count("<li") == 10
    assert isinstance(from_scratch.check_mastery(["b"]), Feedback)


def test_questions_and_choices_stand_in_the_notebook():
    """Else the check speaks of other questions than the page."""
    cells = tagged(nbformat.read(NOTEBOOK, as_version=4).cells, "mastery")
    text = "\n".join(cell.source for cell in cells)
    for number in range(1, 11):
        question = text.partition(f"\n{number}. ")[2].partition(f"\n{number + 1}. ")[0]
        assert all(f"({letter}) " in question for letter in "abc"), number
