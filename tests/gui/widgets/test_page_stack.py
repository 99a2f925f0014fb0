"""Page stack."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.widgets.page_stack import PageStack


def test_only_the_shown_page_decides_the_minimum_width(qapp, qtbot):
    window, stack = QWidget(), PageStack()
    qtbot.addWidget(window)
    narrow, wide = QLabel("cell"), QLabel("segmented neutrophil " * 20)
    stack.addWidget(narrow)
    stack.addWidget(wide)
    QHBoxLayout(window).addWidget(stack)
    window.show()
    assert stack.minimumSizeHint().width() == narrow.minimumSizeHint().width()
    before = window.minimumSizeHint().width()
    stack.setCurrentWidget(wide)
    qtbot.waitUntil(lambda: window.minimumSizeHint().width() > wide.minimumSizeHint().width())
    stack.setCurrentWidget(narrow)
    qtbot.waitUntil(lambda: window.minimumSizeHint().width() == before)


def test_empty_stack_has_the_usual_minimum(qapp, qtbot):
    stack = PageStack()
    qtbot.addWidget(stack)
    assert stack.minimumSizeHint().width() <= 0
