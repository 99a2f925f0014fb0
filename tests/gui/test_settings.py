"""What the window remembers, and what damage to it costs."""

import json

import pytest

from gui.settings import keep, recall


def test_what_is_kept_is_recalled(home):
    assert recall("names", []) == []
    keep("names", ["Anna", "Ž"])
    keep("folded", {"history": True})
    assert recall("names") == ["Anna", "Ž"]
    assert recall("folded") == {"history": True}
    assert len(list((home / "config").iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"[1, 2]", b"null", b'{"a": 1} x'])
def test_damage_costs_what_was_in_the_file_and_nothing_else(home, damage):
    keep("a", 1)
    (home / "config" / "window.json").write_bytes(damage)
    assert recall("a", 2) == 2
    keep("b", 3)
    assert recall("b") == 3
    assert json.loads((home / "config" / "window.json").read_text()) == {"b": 3}


def test_a_place_that_cannot_be_written_to_is_no_error(home):
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "window.json").mkdir()
    keep("a", 1)
    assert recall("a", 2) == 2
    assert [one.name for one in (home / "config").iterdir()] == ["window.json"]
