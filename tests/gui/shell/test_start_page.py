"""Start page with recent folders."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.loading.recent_folders import RecentFolder
from gui.shell.start_page import StartPage
from gui.theme import Theme
from gui.words import number

Key = Qt.Key
NOW = datetime.now(UTC)


def recent(name: str, path: str, *, exists: bool = True) -> RecentFolder:
    """Return a folder of 800 images."""
    return RecentFolder(name, Path(path), NOW - timedelta(days=2), 13_759, 120, exists)


RECENT = [
    recent("slide_0412", "/data/lab/2026/slide_0412"),
    recent("a\udce9", "/data/" + "very/long/" * 30 + "a\udce9", exists=False),
    *(recent(f"folder {number}", f"/data/{number}") for number in range(10)),
]


@pytest.fixture
def page(qapp, qtbot):
    """Return the start page in a window of its own."""
    made = StartPage(Theme(qapp))
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_first_start_shows_no_recent_folders(page):
    assert not page.recent.isVisible()
    page.set_recent(RECENT)
    assert page.recent.isVisible()
    page.set_recent([])
    assert not page.recent.isVisible()


def test_recent_folder_shows_name_path_date_and_progress(page):
    page.set_recent(RECENT)
    first, missing = page.recent.buttons[:2]
    words = first.accessibleName()
    assert "slide_0412" in words
    assert str(Path("/data/lab/2026/slide_0412")) in words
    assert f"120 of {number(13_759)} reviewed" in words
    assert first.toolTip() == str(Path("/data/lab/2026/slide_0412"))
    assert "not found" in missing.accessibleName()
    assert missing.toolTip().count("very") == 30
    assert page.recent.width() < page.width()
    page.grab()


def test_click_opens_a_recent_folder(page):
    page.set_recent(RECENT)
    chosen = []
    page.chosen.connect(chosen.append)
    for button in page.recent.buttons[:2]:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert chosen == [folder.path for folder in RECENT[:2]]  # bytes that are no UTF-8 among them


def test_recent_folders_are_reached_by_keyboard(page, qtbot):
    page.set_recent(RECENT)
    page.open.setFocus()
    qtbot.waitUntil(page.open.hasFocus)
    QTest.keyClick(page, Key.Key_Tab)  # the sample
    QTest.keyClick(page.sample, Key.Key_Tab)  # public data
    QTest.keyClick(page.fetch, Key.Key_Tab)
    chosen = []
    page.chosen.connect(chosen.append)
    for button in page.recent.buttons:
        assert button.hasFocus()
        QTest.keyClick(button, Key.Key_Return)
        QTest.keyClick(button, Key.Key_Down)
    assert chosen == [folder.path for folder in RECENT]


def test_in_a_low_window_nothing_overlaps(page):
    page.set_recent(RECENT)
    page.resize(420, 360)
    parts = (page.open, page.recent)
    assert page.open.geometry().bottom() < page.recent.geometry().top()
    assert all(part.geometry().right() <= page.width() for part in parts)
