"""Reviewers: stored names and the button in the top bar."""

import pytest

from gui.settings import save_setting
from gui.shell.reviewers import MAX_NAME, ReviewerButton, Reviewers
from gui.theme import Theme


def test_names_are_stored_latest_first(qapp, qtbot):
    reviewers = Reviewers()
    assert reviewers.name() is None
    names = []
    reviewers.changed.connect(names.append)
    reviewers.choose("  Anna \n Rossi ")
    reviewers.choose("Ben")
    reviewers.choose("anna rossi")
    reviewers.choose("Anna Rossi")
    reviewers.choose("   ")
    assert names == ["Anna Rossi", "Ben", "Anna Rossi"]
    again = Reviewers()
    assert again.name() == "Anna Rossi"
    assert again.names == ["Anna Rossi", "Ben"]


def test_number_and_length_of_names_are_limited(qapp):
    reviewers = Reviewers()
    for number in range(40):
        reviewers.choose(f"{number} " + 200 * "a")
    assert len(Reviewers().names) == 12
    assert all(len(name) <= MAX_NAME for name in Reviewers().names)


@pytest.mark.parametrize("damage", [7, "Anna", {"a": 1}, [3, None, ["x"], "", "  "]])
def test_damaged_settings_give_no_reviewers(qapp, damage):
    save_setting("reviewers", damage)
    save_setting("reviewer", damage)
    assert Reviewers().names == []
    assert Reviewers().name() is None


def test_two_clicks_switch_the_reviewer(qapp, qtbot):
    reviewers = Reviewers()
    for name in ("Ben & Co", "Anna"):
        reviewers.choose(name)
    button = ReviewerButton(reviewers, Theme(qapp))
    qtbot.addWidget(button)
    button.show()
    assert button.text() == "Anna"
    button.names.aboutToShow.emit()  # the first click
    entries = button.names.actions()
    assert [entry.text() for entry in entries] == ["Anna", "Ben && Co", "", "Someone else…"]
    assert entries[0].isChecked()
    entries[1].trigger()  # the second
    assert reviewers.name() == "Ben & Co"
    assert button.text() == "Ben && Co"
    assert "Ben & Co" in button.accessibleName()
    with qtbot.waitSignal(button.other_requested):
        button.names.actions()[-1].trigger()
