"""Keys: the standard ones, a person's own, and what is left for classes."""

import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PySide6.QtGui import QKeySequence

from engine.images.class_set import load_class_set
from engine.project.classes import ClassEntry, default_classes, with_free_letters
from gui.settings import save_setting, load_setting
from gui.shortcuts.commands import BY_ID, COMMANDS
from gui.shortcuts.keymap import Keymap, find_clashes, class_keys, command_letters, normalise_key

BLOOD8 = default_classes(load_class_set(), (), ("#E69F00",))
FREE = [one.id for one in COMMANDS if not one.fixed]
key = some.sampled_from([*"ABCXYZ0123456789/?+-", "Ctrl+Z", "Space", "Return", "Esc", "", "no key"])


def every_key(keymap: Keymap) -> list[str]:
    """Return the keys of all commands."""
    return [key for keys in keymap.all().values() for key in keys]


def test_the_standard_keys_are_those_of_the_design(qapp):
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


def test_no_standard_key_is_there_twice_and_each_is_a_key(qapp):
    keys = [key for one in COMMANDS for key in one.keys]
    assert len(set(keys)) == len(keys)
    assert all(normalise_key(key) == key for key in keys)
    assert every_key(Keymap()) == keys
    assert not find_clashes(Keymap().all(), BLOOD8)


@pytest.mark.parametrize("key", ["", "foo", "A,B", "Ctrl+", "Ly", None, 3, "\n"])
def test_what_is_no_single_key_is_none(qapp, key):
    assert normalise_key(key) == ""


def test_a_persons_keys_are_kept(qapp, qtbot):
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
def test_damaged_keys_do_no_harm(qapp, damage):
    save_setting("keys", damage)
    keymap = Keymap()
    keys = every_key(keymap)
    assert len(set(keys)) == len(keys)
    assert keymap.keys("back") == ("Esc",)
    assert keymap.keys("undo") == ("Ctrl+Z",)


@settings(deadline=None)
@given(some.dictionaries(some.sampled_from([one.id for one in COMMANDS]), some.lists(key)))
def test_whatever_is_kept_no_key_does_two_things(kept):
    save_setting("keys", kept)
    keys = every_key(Keymap())
    assert len(set(keys)) == len(keys)
    assert all(QKeySequence(one).count() == 1 for one in keys)


def test_a_key_of_a_persons_own_is_taken_from_what_has_it_as_standard(qapp):
    save_setting("keys", {"remove": ["G"]})  # a version in which G did nothing
    keymap = Keymap()
    assert keymap.owner("G").id == "remove"
    assert keymap.keys("heat") == ()


def test_clashes_are_found_on_both_sides(qapp):
    keys = Keymap().all() | {"remove": ("U",), "heat": ("1",), "large": ("Esc",)}
    assert find_clashes(keys, BLOOD8) == {
        "remove": ("U", "clear"),
        "clear": ("U", "remove"),
        "heat": ("1", "class:Basophil"),
        "large": ("Esc", "back"),
    }


def test_classes_have_their_digit_and_their_letter_where_it_is_free(qapp):
    keys = class_keys(BLOOD8, Keymap())
    assert keys["basophil"] == ("1", "B")
    assert keys["neutrophil"] == ("7", "N")
    assert keys["monocyte"] == ("6", "M")


def test_the_letter_on_a_badge_always_gives_its_class_and_no_command_has_it(qapp):
    assert command_letters() == frozenset("XUDKGFZ0")
    for names in (
        [one.id for one in BLOOD8],
        [f"{letter.lower()} cell" for letter in string.ascii_uppercase[:20]],
        ["dysplastic", "xenocyte", "ghost", "kupffer", "fragment", "unknown", "zebra"],
    ):
        classes = with_free_letters(
            default_classes(load_class_set(), names, ("#E69F00",)), command_letters()
        )
        keys = class_keys(classes, Keymap())
        letters = [one.letter for one in classes]
        assert len({*letters}) == len(letters)
        for one in classes:
            if len(one.letter) == 1:
                assert one.letter in keys[one.id]
                assert Keymap().owner(one.letter) is None
                assert [other for other, own in keys.items() if one.letter in own] == [one.id]


def test_a_class_whose_key_is_anothers_letter_leaves_it_to_the_letter(qapp):
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
    assert [one for one, found in keys.items() if not found] == ["k cell"]


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


@settings(deadline=None)
@given(classes, some.dictionaries(some.sampled_from(FREE), some.lists(key)))
def test_no_key_gives_two_classes_or_a_class_and_a_command(entries, kept):
    save_setting("keys", kept)
    keymap = Keymap()
    given_keys = [key for keys in class_keys(entries, keymap).values() for key in keys]
    everything = [*given_keys, *every_key(keymap)]
    assert len(set(everything)) == len(everything)


def test_every_command_is_known_by_one_id():
    assert len(BY_ID) == len(COMMANDS)
