"""What the window remembers, and what damage to it costs."""

import json

import pytest

from gui.settings import save_setting, load_setting


def test_what_is_kept_is_recalled(home):
    assert load_setting("names", []) == []
    save_setting("names", ["Anna", "Ž"])
    save_setting("folded", {"history": True})
    assert load_setting("names") == ["Anna", "Ž"]
    assert load_setting("folded") == {"history": True}
    assert len(list((home / "config").iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"[1, 2]", b"null", b'{"a": 1} x'])
def test_damage_costs_what_was_in_the_file_and_nothing_else(home, damage):
    save_setting("a", 1)
    (home / "config" / "window.json").write_bytes(damage)
    assert load_setting("a", 2) == 2
    save_setting("b", 3)
    assert load_setting("b") == 3
    assert json.loads((home / "config" / "window.json").read_text()) == {"b": 3}


def test_a_place_that_cannot_be_written_to_is_no_error(home):
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "window.json").mkdir()
    save_setting("a", 1)
    assert load_setting("a", 2) == 2
    assert [one.name for one in (home / "config").iterdir()] == ["window.json"]
