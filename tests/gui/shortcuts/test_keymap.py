"""Keymap: standard keys, changed keys and class keys."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtGui import QKeySequence

from engine.images.class_set import load_class_set
from engine.project.classes import ClassEntry, default_classes, with_free_letters
from gui.settings import load_setting, save_setting
from gui.shortcuts.commands import BY_ID, COMMANDS
from gui.shortcuts.keymap import Keymap, class_keys, command_letters, find_clashes, normalise_key

BLOOD8 = default_classes(load_class_set(), (), ("#E69F00",))
FREE = [command.id for command in COMMANDS if not command.fixed]
key = some.sampled_from([*"ABCXYZ0123456789/?+-", "Ctrl+Z", "Space", "Return", "Esc", "", "no key"])


def every_key(keymap: Keymap) -> list[str]:
    """Return the keys of all commands."""
    return [key for keys in keymap.all().values() for key in keys]


def test_standard_keys_match_the_design(qapp):
    keymap = Keymap()
    for identity, keys in {
        "not_classed": "0",
        "remove": "X",
        "confirm": "Return",
        "clear": "U",
        "large": "Space",
        "heat": "G",
        "search": "/",
        "facets": "F",
        "undo": "Ctrl+Z",
        "redo": "Ctrl+Shift+Z",
        "all_keys": "?",
        "note": "F2",
        "full_screen": "F11",
        "open_folder": "Ctrl+O",
    }.items():
        assert keys in keymap.keys(identity)


def test_standard_keys_are_valid_and_unique(qapp):
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(set(keys)) == len(keys)
    assert all(normalise_key(key) == key for key in keys)
    assert every_key(Keymap()) == keys
    assert not find_clashes(Keymap().all(), BLOOD8)


@pytest.mark.parametrize("key", ["", "foo", "A,B", "Ctrl+", "Ly", None, 3, "\n"])
def test_invalid_keys_are_normalised_to_empty(qapp, key):
    assert normalise_key(key) == ""


def test_changed_keys_are_stored(qapp, qtbot):
    keymap = Keymap()
    with qtbot.waitSignal(keymap.changed):
        keymap.set_keys({"remove": ("q",), "heat": ()})
    again = Keymap()
    assert again.keys("remove") == ("Q",)
    assert again.keys("heat") == ()
    assert again.owner("q").id == "remove"
    assert again.owner("X") is None
    assert load_setting("keys") == {"remove": ["Q"], "heat": []}
    again.reset()
    assert again.keys("remove") == ("X", "Del")
    assert load_setting("keys") == {}


@pytest.mark.parametrize(
    "damage",
    [
        7,
        [],
        {"remove": "X"},
        {"remove": [3, None, ["Q"]]},
        {"unknown": ["Q"]},
        {"back": ["Q"]},
        {"remove": ["Esc"], "clear": ["Left"]},
    ],
)
def test_damaged_stored_keys_are_ignored(qapp, damage):
    save_setting("keys", damage)
    keymap = Keymap()
    keys = every_key(keymap)
    assert len(set(keys)) == len(keys)
    assert keymap.keys("back") == ("Esc",)
    assert keymap.keys("undo") == ("Ctrl+Z",)


@given(some.dictionaries(some.sampled_from([command.id for command in COMMANDS]), some.lists(key)))
def test_no_key_has_two_commands_for_any_stored_keys(kept):
    save_setting("keys", kept)
    keys = every_key(Keymap())
    assert len(set(keys)) == len(keys)
    assert all(QKeySequence(key).count() == 1 for key in keys)


def test_changed_key_overrides_a_standard_key(qapp):
    save_setting("keys", {"remove": ["G"]})  # a version in which G did nothing
    keymap = Keymap()
    assert keymap.owner("G").id == "remove"
    assert keymap.keys("heat") == ()


def test_clashes_are_found_for_both_commands(qapp):
    keys = Keymap().all() | {"remove": ("U",), "heat": ("1",), "large": ("Esc",)}
    assert find_clashes(keys, BLOOD8) == {
        "remove": ("U", "clear"),
        "clear": ("U", "remove"),
        "heat": ("1", "class:Basophil"),
        "large": ("Esc", "back"),
    }


def test_classes_get_their_digit_and_their_free_letter(qapp):
    keys = class_keys(BLOOD8, Keymap())
    assert keys["basophil"] == ("1", "B")
    assert keys["neutrophil"] == ("7", "N")
    assert keys["monocyte"] == ("6", "M")


def test_badge_letter_always_selects_its_class(qapp):
    assert command_letters() == frozenset("XUDKGFZ0")
    for names in (
        [cell_class.id for cell_class in BLOOD8],
        [f"{letter.lower()} cell" for letter in string.ascii_uppercase[:20]],
        ["dysplastic", "xenocyte", "ghost", "kupffer", "fragment", "unknown", "zebra"],
    ):
        classes = with_free_letters(
            default_classes(load_class_set(), names, ("#E69F00",)), command_letters()
        )
        keys = class_keys(classes, Keymap())
        letters = [entry.letter for entry in classes]
        assert len({*letters}) == len(letters)
        for entry in classes:
            if len(entry.letter) == 1:
                assert entry.letter in keys[entry.id]
                assert Keymap().owner(entry.letter) is None
                assert [other for other, own in keys.items() if entry.letter in own] == [entry.id]


def test_letter_of_a_class_overrides_the_key_of_another(qapp):
    classes = (replace(BLOOD8[0], key="M"), *BLOOD8[1:])
    assert class_keys(classes, Keymap())["basophil"] == ("B",)
    assert class_keys(classes, Keymap())["monocyte"] == ("6", "M")


def test_a_command_cannot_take_the_letter_of_a_badge(qapp):
    keys = Keymap().all() | {"heat": ("N",)}
    assert find_clashes(keys, BLOOD8) == {"heat": ("N", "class:Neutrophil")}


def test_more_than_nine_classes_are_reached_by_letters(qapp):
    classes = default_classes(
        None, [f"{letter.lower()} cell" for letter in "ABCDEFGHIJKLMNO"], ("#E69F00",)
    )
    keys = class_keys(classes, Keymap())
    assert keys["a cell"] == ("1", "A")
    assert keys["j cell"] == ("J",)
    # K keeps one of several copies: in the window the class gets another letter.
    assert [key for key, found in keys.items() if not found] == ["k cell"]


classes = some.lists(
    some.builds(
        ClassEntry,
        id=some.uuids().map(str),
        name=some.text(max_size=5),
        letter=some.sampled_from("ABCDEFGHIJK"),
        colour=some.just("#000000"),
        key=key,
    ),
    unique_by=lambda one: one.id,
    max_size=12,
)


@given(classes, some.dictionaries(some.sampled_from(FREE), some.lists(key)))
def test_no_key_has_two_owners(entries, kept):
    save_setting("keys", kept)
    keymap = Keymap()
    given_keys = [key for keys in class_keys(entries, keymap).values() for key in keys]
    everything = [*given_keys, *every_key(keymap)]
    assert len(set(everything)) == len(everything)


def test_command_ids_are_unique():
    assert len(BY_ID) == len(COMMANDS)
