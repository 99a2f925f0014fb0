"""Which class a label means in a project with classes of its own."""

from engine.exchange.row_builder import finder
from engine.images.class_set import load_class_set
from engine.project.classes import ClassEntry

SET = load_class_set()


def test_without_own_classes_the_set_is_meant():
    find = finder((), SET)
    assert find("PLT") == "platelet"
    assert find("smudge") is None


def test_own_classes_go_first_and_merged_ones_are_found():
    own = (
        ClassEntry("smudge", "Smudge cell", "S", "#111111"),
        ClassEntry("neutrophil", "Neutro!", "N", "#222222", aliases=("immature_granulocyte",)),
    )
    find = finder(own, SET)
    assert find("smudge cell") == find("smudge") == "smudge"
    assert find("neutro!") == find("NEUT") == find("IG") == "neutrophil"
    # A class that the project does not have any more is not brought back in silence.
    assert find("platelet") is None
