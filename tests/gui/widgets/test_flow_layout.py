"""Flow layout: lines, and the life of its items."""

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QWidget

from gui.widgets.flow_layout import FlowLayout


@pytest.fixture
def page(qapp, qtbot):
    """Return a page whose flow layout has place for two of its three labels in a line."""
    page = QWidget()
    qtbot.addWidget(page)
    layout = FlowLayout(4)
    page.setLayout(layout)
    made = [QLabel("segmented neutrophil", page) for _ in range(3)]
    for label in made:
        layout.addWidget(label)
    page.resize(2 * made[0].sizeHint().width() + 20, 200)
    page.show()
    layout.activate()
    return page


def test_items_continue_in_the_next_line(page):
    first, second, third = page.findChildren(QLabel)
    assert (first.y(), third.x()) == (second.y(), first.x())
    assert second.x() > first.x() + first.width()
    assert third.y() > first.y()


def test_an_item_ends_with_its_widget(page):
    layout = page.layout()
    item = layout.itemAt(0)
    page.findChild(QLabel).deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert layout.count() == 2
    # A Python object that stays registered for a deleted one crashes a later object at its address.
    assert not shiboken6.isValid(item)


def test_items_of_one_line_are_centred(page):
    first, second, third = page.findChildren(QLabel)
    second.setMinimumHeight(3 * first.height())
    page.layout().activate()
    assert first.geometry().center().y() in (
        second.geometry().center().y() - 1,
        second.geometry().center().y(),
    )
    assert third.y() > second.geometry().bottom()
