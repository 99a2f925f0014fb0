"""Reviewers: stored names, the button in the top bar and the name bar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.settings import save_setting
from gui.shell.reviewers import MAX_NAME, ReviewerBar, ReviewerButton, Reviewers
from gui.theme import Theme

Key = Qt.Key


def test_names_are_stored_latest_first(qapp, qtbot):
    reviewers = Reviewers()
    assert reviewers.name() is None
    told = []
    reviewers.changed.connect(told.append)
    reviewers.choose("  Anna \n Rossi ")
    reviewers.choose("Ben")
    reviewers.choose("anna rossi")
    reviewers.choose("Anna Rossi")
    reviewers.choose("   ")
    assert told == ["Anna Rossi", "Ben", "Anna Rossi"]
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


@pytest.fixture
def host(qapp, qtbot):
    """Return a window with a place for the keyboard and the line that asks."""
    made = QWidget()
    qtbot.addWidget(made)
    made.reviewers = Reviewers()
    made.bar, made.place = ReviewerBar(made.reviewers, Theme(qapp)), QWidget()
    made.place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    rows = QVBoxLayout(made)
    rows.addWidget(made.bar)
    rows.addWidget(made.place)
    made.resize(900, 300)
    with qtbot.waitActive(made):
        made.show()
    made.place.setFocus()
    qtbot.waitUntil(made.place.hasFocus)
    return made


def test_entering_a_name_runs_the_waiting_function(host):
    done = []
    bar = host.bar
    assert not bar.isVisible()
    bar.ask(lambda: done.append(1))
    bar.ask(lambda: done.append(2))
    assert bar.field.hasFocus()
    assert not bar.ok.isEnabled()
    QTest.keyClick(bar.field, Key.Key_Return)
    assert bar.isVisible()
    QTest.keyClicks(bar.field, "Anna")
    QTest.keyClick(bar.field, Key.Key_Return)
    assert host.reviewers.name() == "Anna"
    assert done == [1, 2]
    assert not bar.isVisible()
    assert host.place.hasFocus()


def test_known_name_needs_one_click(host):
    host.reviewers.choose("Anna")
    host.reviewers.choose("Ben")
    host.bar.ask()
    assert [button.text() for button in host.bar.name_buttons] == ["Ben", "Anna"]
    host.bar.name_buttons[1].click()
    assert host.reviewers.name() == "Anna"
    host.bar.ask()
    assert [button.text() for button in host.bar.name_buttons] == ["Anna", "Ben"]


def test_dismissing_the_bar_runs_nothing(host):
    done = []
    host.bar.ask(lambda: done.append(1))
    QTest.keyClicks(host.bar.field, "An")
    QTest.keyClick(host.bar.field, Key.Key_Escape)
    assert not host.bar.isVisible()
    assert host.place.hasFocus()
    host.bar.ask()
    assert host.bar.field.text() == ""
    QTest.keyClicks(host.bar.field, "Anna")
    host.bar.ok.click()
    assert done == []
    assert host.reviewers.name() == "Anna"


def test_long_names_do_not_make_the_window_wider(host, qtbot):
    for letter in "ABCD":
        host.reviewers.choose(60 * letter)
    host.resize(host.minimumSizeHint())
    host.bar.ask()
    narrow = host.width()
    assert len(host.bar.name_buttons) < 4
    assert host.minimumSizeHint().width() <= max(narrow, host.width())
    host.bar.put_away()
    host.resize(2000, 300)
    host.bar.ask()
    assert len(host.bar.name_buttons) == 4
    assert all(button.accessibleName() == button.toolTip() for button in host.bar.name_buttons)
