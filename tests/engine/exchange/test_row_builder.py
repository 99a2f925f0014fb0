"""Label lookup in a project with its own classes."""

from engine.exchange.row_builder import label_finder
from engine.images.class_set import load_class_set
from engine.project.classes import ClassEntry

SET = load_class_set()


def test_labels_resolve_to_the_class_set_without_project_classes():
    find = label_finder((), SET)
    assert find("PLT") == "platelet"
    assert find("smudge") is None


def test_project_classes_take_precedence_and_merges_resolve():
    own = (
        ClassEntry("smudge", "Smudge cell", "S", "#111111"),
        ClassEntry("neutrophil", "Neutro!", "N", "#222222", aliases=("immature_granulocyte",)),
    )
    find = label_finder(own, SET)
    assert find("smudge cell") == find("smudge") == "smudge"
    assert find("neutro!") == find("NEUT") == find("IG") == "neutrophil"
    # A class that was removed from the project is not restored silently.
    assert find("platelet") is None
