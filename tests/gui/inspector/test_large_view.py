"""Large view by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest

from gui.inspector.large_view import LargeView

Key = Qt.Key


@pytest.fixture
def large(shown, qtbot):
    """Return a visible large view."""
    review, context = shown.review, shown.context
    view = LargeView(context.image_loader, context.activation_overlay, review.gallery.view._theme)
    view.resize(700, 500)
    qtbot.addWidget(view)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.image.hasFocus)
    return view


def test_arrows_step_to_another_image_at_any_zoom(large):
    steps = []
    large.stepped.connect(steps.append)
    large.image.zoom_by(4)
    for key in (Key.Key_Right, Key.Key_Left, Key.Key_Down, Key.Key_Up, Key.Key_PageDown):
        QTest.keyClick(large.image, key)
    assert steps == [1, -1, 1, -1, 1]


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Space])
def test_escape_and_space_close_the_view(large, qtbot, key):
    with qtbot.waitSignal(large.closed):
        QTest.keyClick(large.image, key)
    with qtbot.waitSignal(large.closed):
        large.back_button.click()


def test_label_shortcuts_work_in_the_large_view(large):
    given = []
    for key in ("1", "M", "Ctrl+Z"):
        action = QAction(large)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False, key=key: given.append(key))
        large.addAction(action)
    QTest.keyClick(large.image, Key.Key_1)
    QTest.keyClick(large.image, Key.Key_M)
    QTest.keyClick(large.image, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert given == ["1", "M", "Ctrl+Z"]


def test_caption_shows_class_and_text(large, shown):
    assert not large.chip.isVisible()
    large.set_caption(
        shown.session.class_styles.find("monocyte"), "Monocyte · 98.2% · monocyte/c1.png"
    )
    assert large.chip.isVisible()
    assert large.chip.accessibleName() == "Monocyte"
    assert "98.2%" in large.caption.text()
    large.set_caption(None, "")
    assert not large.chip.isVisible()
