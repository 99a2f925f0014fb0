"""Project classes: merging, adding, encoding."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.images.class_set import load_class_set
from engine.messages import Problem
from engine.project.classes import (
    ClassEntry,
    decode_classes,
    default_classes,
    effective_label,
    encode_classes,
    find_class,
    free_letter,
    merge_classes,
    merge_map,
    new_class,
    new_class_id,
)

COLOURS = ("#E69F00", "#56B4E9", "#990000")
BLOOD8 = load_class_set()

words = some.text(max_size=12)
ids = some.lists(some.text(min_size=1, max_size=8), unique=True, min_size=2, max_size=40)


def arranged(identities: list[str]) -> tuple[ClassEntry, ...]:
    return default_classes(None, identities, COLOURS)


def test_default_classes_start_with_the_class_set():
    classes = default_classes(BLOOD8, (*BLOOD8.ids, "blast"), COLOURS)
    assert [entry.id for entry in classes] == [*BLOOD8.ids, "blast"]
    assert [entry.key for entry in classes] == list("123456789")
    assert classes[6] == ClassEntry("neutrophil", "Neutrophil", "N", "#CC79A7", "7")
    blast = classes[-1]
    assert blast.name == "Blast"
    assert blast.letter == "A"  # B and L are taken
    assert blast.colour not in {entry.colour for entry in classes[:-1]}


@given(ids)
def test_letters_and_keys_are_unique_for_any_number_of_classes(identities):
    classes = arranged(identities)
    assert [entry.id for entry in classes] == identities
    assert len({entry.letter for entry in classes}) == len(classes)
    assert all(1 <= len(entry.letter) <= 2 for entry in classes)
    keys = [entry.key for entry in classes if entry.key]
    assert keys == list("123456789")[: len(classes)]


def test_a_hundred_classes_get_distinct_letters():
    classes = arranged([f"class {number}" for number in range(100)])
    assert len({entry.letter for entry in classes}) == 100


@given(words, some.sets(some.sampled_from("ABCDEFG")))
def test_free_letter_is_unused(name, used):
    assert free_letter(name, used) not in used


@given(ids, some.data())
def test_merged_ids_still_resolve(identities, data):
    classes = arranged(identities)
    known = {entry.id: entry.id for entry in classes}  # the class that each id should resolve to
    for _ in range(data.draw(some.integers(0, len(classes) - 1))):
        left = [entry.id for entry in classes]
        if len(left) < 2:
            break
        one, into = data.draw(some.permutations(left))[:2]
        before = [entry.id for entry in classes]
        classes = merge_classes(classes, one, into)
        known = {key: into if value == one else value for key, value in known.items()}
        assert [entry.id for entry in classes] == [key for key in before if key != one]
    for identity, meant in known.items():
        assert find_class(classes, identity).id == meant
    assert decode_classes(json.loads(json.dumps(encode_classes(classes)))) == classes


@given(ids)
def test_merging_a_class_into_itself_changes_nothing(identities):
    classes = arranged(identities)
    assert merge_classes(classes, identities[0], identities[0]) == classes


def test_merging_keeps_the_targets_appearance():
    classes = default_classes(BLOOD8, (), COLOURS)
    merged = merge_classes(classes, "erythroblast", "lymphocyte")
    lymphocyte = find_class(merged, "erythroblast")
    assert lymphocyte == replace(find_class(classes, "lymphocyte"), aliases=("erythroblast",))
    with pytest.raises(KeyError):
        merge_classes(merged, "erythroblast", "lymphocyte")


@given(ids, words)
def test_new_class_id_is_never_reused(identities, name):
    classes = arranged(identities)
    merged = merge_classes(classes, identities[0], identities[1])
    identity = new_class_id(merged, name)
    assert find_class(merged, identity) is None
    assert identity == new_class_id(merged, name)
    entry = new_class(merged, identity, name, COLOURS)
    assert entry.letter not in {entry.letter for entry in merged}
    assert entry.colour in COLOURS


@given(
    some.lists(
        some.builds(
            ClassEntry,
            *[words] * 6,
            aliases=some.lists(words).map(tuple),
        ),
        max_size=5,
    ).map(tuple)
)
def test_encoded_classes_decode_to_the_same(classes):
    assert decode_classes(json.loads(json.dumps(encode_classes(classes)))) == classes


def test_unknown_fields_are_ignored():
    kept = [{**encode_classes(arranged(["a"]))[0], "shape": "round"}]
    assert decode_classes(kept) == arranged(["a"])


@pytest.mark.parametrize("kept", [7, ["a"], [{"name": "B"}], [{"id": "b", "name": 3}]])
def test_decoding_rejects_anything_but_a_list_of_classes(kept):
    with pytest.raises(Problem, match="classes of this project"):
        decode_classes(kept)


def test_effective_label_prefers_the_person_and_follows_merges():
    merged = merge_map((ClassEntry("b", "B", "B", "#111111", aliases=("a", "c")),))
    assert merged == {"a": "b", "c": "b"}
    cases = {
        ("a", None): "b", (None, "a"): "b", ("a", "d"): "b", ("d", "a"): "d", (None, None): None,
        ("not_classed", "a"): None, ("b", "c"): "b",
    }  # fmt: skip
    for (person, folder), wanted in cases.items():
        assert effective_label(person, folder, merged) == wanted
