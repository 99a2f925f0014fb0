"""Backups while the project is in use: soon after opening, and half an hour after the first edit."""

import pytest
from gui_helpers import WAIT_MS

from engine.project.backups import list_backups
from engine.project.project import Project
from gui.state import backup_schedule


def backups_of(window):
    return list_backups(window.decisions.project.file)


@pytest.fixture
def labelling(opened, qtbot):
    """Return the window with the cells open and a reviewer."""
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer = "Anna"
    return opened


def test_nothing_is_pending_for_longer_than_half_an_hour(labelling, qtbot):
    timer = labelling.backup_schedule.timer
    timer.setInterval(0)
    qtbot.waitUntil(lambda: len(backups_of(labelling)) == 1, timeout=WAIT_MS)
    assert not timer.isActive()
    labelling.decisions.set_note("basophil/c0.png", "first")
    qtbot.waitUntil(timer.isActive, timeout=WAIT_MS)
    assert timer.interval() == 30 * 60_000
    remaining = timer.remainingTime()
    labelling.decisions.set_note("basophil/c0.png", "second")
    project = labelling.decisions.project
    qtbot.waitUntil(
        lambda: project.decisions()["basophil/c0.png"].note == "second", timeout=WAIT_MS
    )
    # A later edit does not put it off.
    assert timer.remainingTime() <= remaining
    timer.setInterval(0)
    qtbot.waitUntil(lambda: len(backups_of(labelling)) == 2, timeout=WAIT_MS)
    with Project.open(backups_of(labelling)[0].file) as copy:
        assert copy.decisions()["basophil/c0.png"].note == "second"


def test_failed_backup_is_reported_and_work_goes_on(labelling, home, qtbot):
    (home / "data" / "backups").write_text("in the way")
    labelling.backup_schedule.timer.setInterval(0)
    qtbot.waitUntil(labelling.notice.isVisible, timeout=WAIT_MS)
    assert "was not backed up" in labelling.notice.label.text()
    labelling.decisions.set_note("basophil/c0.png", "still saved")
    with qtbot.waitSignal(labelling.decisions.saved, timeout=WAIT_MS):
        pass


def test_closing_stops_the_schedule(labelling):
    assert labelling.backup_schedule.timer.isActive()
    labelling.decisions.release()
    assert not labelling.backup_schedule.timer.isActive()
    assert backup_schedule.INTERVAL_MS == 30 * 60_000
