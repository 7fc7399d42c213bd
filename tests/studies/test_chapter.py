"""The glossary against the notebooks: every key term once, in the words of the notebook that explains it first."""

import nbformat
import pytest
from reader import ALL_NOTEBOOKS
from test_notebooks import KEY_TERMS, key_term_table, section

from helpers.studies.chapter import compute
from helpers.studies.chapter.compute import gather_terms, singular

TABLE = "| Begriff | 中文 | In einem Satz |\n|---|---|---|\n"


def write(folder, name, *texts):
    """Write a notebook of some texts, the second of which is tagged as its key terms."""
    cells = [nbformat.v4.new_markdown_cell(text) for text in texts]
    cells[1].metadata["tags"] = ["optional", "key-terms"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / name)


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in ALL_NOTEBOOKS}), ids=lambda path: path.name
)
def test_glossary_holds_every_key_term_of_every_notebook(folder):
    """Else a reader looks a term up and does not find it, or finds another Chinese name than in its notebook."""
    terms = {singular(term.english): term for term in gather_terms(folder)}
    sections = set()
    for path in sorted(folder.glob("*.ipynb")):
        for names in key_term_table(path)[0].items():
            english, chinese = sorted(names, key=compute.is_chinese)
            term = terms[singular(english)]
            assert path.name in term.files
            assert term.chinese == chinese or path.name != term.files[0]
            sections.add(section(path))
    for name in sections & KEY_TERMS.keys():
        assert {singular(english) for english in KEY_TERMS[name]} <= terms.keys()
    assert len(terms) > 30


def test_both_languages_have_the_same_glossary():
    """Else 2.5 explains other terms in Chinese than in English, or finds them in other notebooks."""
    english, chinese = (
        [(singular(term.english), term.files) for term in gather_terms(folder)]
        for folder in sorted({path.parent for path in ALL_NOTEBOOKS})
    )
    assert english == chinese


def test_the_glossary_is_that_of_the_language(monkeypatch):
    """Else the Chinese 2.5 explains the terms in English."""
    assert gather_terms() == gather_terms(compute.NOTEBOOKS)
    monkeypatch.setattr(compute, "spoken", lambda: "zh_CN")
    assert gather_terms() == gather_terms(compute.NOTEBOOKS / "zh_CN")
    # A checkout without these, such as a learner's copy in English, has those of the current folder.
    monkeypatch.setattr(compute, "spoken", lambda: "fr_FR")
    monkeypatch.chdir(compute.NOTEBOOKS)
    assert gather_terms() == gather_terms(compute.NOTEBOOKS)


def test_terms_are_sorted_joined_and_linked(tmp_path):
    """Else a term stands twice, in no order, or without a way to where it is explained."""
    write(
        tmp_path,
        "2.1-one.ipynb",
        "# 2.1",
        f"{TABLE}| **loss** | 损失 | first words |\n| **Axis** | 轴 | a direction |\n\nNext",
    )
    other = f"{TABLE}| **other** | 别的 | no key term |"
    write(
        tmp_path, "2.2-two.ipynb", other, f"Text\n\n{TABLE}| **Losses** | 损失 | second words |", "no table"
    )
    glossary = gather_terms(tmp_path)
    assert [(term.english, term.sentence, len(term.files)) for term in glossary] == [
        ("Axis", "a direction", 1),
        ("loss", "first words", 2),
    ]
    assert (
        "| **loss** | 损失 | first words | [2.1](2.1-one.ipynb), [2.2](2.2-two.ipynb) |"
        in glossary._repr_markdown_()
    )
    assert repr(glossary).splitlines()[-2:] == [
        "loss (损失): first words [2.1, 2.2]",
        "2 terms from 2 notebooks.",
    ]


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("Derivative", "derivatives"),
        ("variable", "Variables"),
        ("batch", "batches"),
        ("class", "classes"),
        ("Box", "boxes"),
        ("weight", "weights"),
    ],
)
def test_one_and_many_are_one_term(one, many, tmp_path):
    """Else the glossary explains a term twice, because one notebook has it in the singular and another in the plural."""
    write(tmp_path, "2.1-one.ipynb", "# 2.1", f"{TABLE}| **{one}** | 一 | first words |")
    write(tmp_path, "2.2-two.ipynb", "# 2.2", f"{TABLE}| **{many}** | 一 | second words |")
    (term,) = gather_terms(tmp_path)
    assert (term.english, term.sentence, len(term.files)) == (one, "first words", 2)


def test_glossary_without_a_checkout(tmp_path, monkeypatch):
    """Else the last notebook stops, or shows an empty table, where the course was installed from a wheel."""
    monkeypatch.setattr(compute, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match="holds no notebooks of the course") as caught:
        gather_terms()
    assert str(tmp_path) in str(caught.value)
    write(tmp_path, "2.1-one.ipynb", "# 2.1", f"{TABLE}| **Axis** | 轴 | a direction |")
    assert [term.english for term in gather_terms()] == ["Axis"]
