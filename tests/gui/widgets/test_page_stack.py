"""Page stack."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QWidget

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


def test_a_page_that_grows_makes_the_window_wider_through_a_splitter(qapp, qtbot):
    window, split, stack = QWidget(), QSplitter(), PageStack()
    qtbot.addWidget(window)
    label = QLabel("cell")
    stack.addWidget(label)
    split.addWidget(stack)
    QHBoxLayout(window).addWidget(split)
    window.show()
    qtbot.waitExposed(window)
    label.setText("segmented neutrophil " * 20)
    qtbot.waitUntil(lambda: window.width() > label.minimumSizeHint().width())
