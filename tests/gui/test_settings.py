"""Settings of the window, also when their file is damaged."""

import json

import pytest

from gui.settings import load_setting, save_setting


def test_saved_settings_are_loaded(home):
    assert load_setting("names", []) == []
    save_setting("names", ["Anna", "Ž"])
    save_setting("folded", {"history": True})
    assert load_setting("names") == ["Anna", "Ž"]
    assert load_setting("folded") == {"history": True}
    assert len(list((home / "config").iterdir())) == 1


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\xff\xfe", b"[1, 2]", b"null", b'{"a": 1} x', b"[" * 200_000]
)
def test_damaged_file_returns_defaults_and_is_set_aside(home, damage):
    save_setting("a", 1)
    (home / "config" / "window.json").write_bytes(damage)
    assert load_setting("a", 2) == 2
    assert (home / "config" / "damaged-window.json").read_bytes() == damage
    save_setting("b", 3)
    assert load_setting("b") == 3
    assert json.loads((home / "config" / "window.json").read_text()) == {"b": 3}


def test_unwritable_folder_raises_no_error(home):
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "window.json").mkdir()
    save_setting("a", 1)
    assert load_setting("a", 2) == 2
    assert [file.name for file in (home / "config").iterdir()] == ["window.json"]
