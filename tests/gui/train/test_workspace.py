"""The Train workspace as a whole: what there is to learn from, by keys, in a narrow window."""

from gui_help import WAIT_MS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit
from train_help import LONG_MS


def test_what_there_is_to_learn_from_is_told_and_one_button_begins(train):
    assert "90" in train.start.said.text()
    assert "Platelet" in train.start.bars.accessibleName()
    assert train.start.quick.isEnabled()
    assert train.start.quick.hasFocus()


def test_who_retrains_is_asked_before_anything_is_locked(train, ready, qtbot):
    ready.decisions.who = None
    qtbot.mouseClick(train.start.quick, Qt.MouseButton.LeftButton)
    assert not train.retraining.running
    assert ready.name_bar.isVisible()
    assert ready.decisions.project.get("gate") is None
    qtbot.keyClicks(ready.name_bar.field, "Bo")
    qtbot.keyClick(ready.name_bar.field, Qt.Key.Key_Return)
    assert train.retraining.running
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=LONG_MS)
    assert ready.decisions.project.history(None)[-1].who == "Bo"


def test_what_to_label_next_and_what_labels_bring(train, ready, qtbot):
    paths = ready.session.table.paths[::2]
    ready.decisions.not_classed(paths)
    qtbot.waitUntil(lambda: ready.session.item(paths[-1]).label is not None, timeout=WAIT_MS)
    train.start.next.draw.click()
    qtbot.waitUntil(train.start.next.said.isVisible, timeout=LONG_MS)
    assert "labels" in train.start.next.said.text()
    assert train.start.next._curve.isVisible()


def test_one_class_alone_is_nothing_to_learn_from(train, ready, qtbot):
    ready.decisions.label(ready.session.table.paths, "monocyte")
    qtbot.waitUntil(lambda: not train.start.quick.isEnabled(), timeout=WAIT_MS)
    assert "one class" in train.start.trouble.text()


def test_from_the_labels_to_another_model_by_the_keyboard_alone(train, ready, qtbot):
    before = ready.session.engine.bundle.folder
    assert train.start.quick.hasFocus()
    qtbot.keyClick(train.start.quick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=WAIT_MS)
    train.enter()
    assert train.card.word.hasFocus()
    qtbot.keyClicks(train.card.word, "a new stain")
    qtbot.keyClick(train.card.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)


def test_nothing_is_cut_at_the_side_of_a_narrow_window(judged, ready, qtbot):
    ready.resize(900, 640)
    qtbot.waitUntil(lambda: ready.width() == 900, timeout=WAIT_MS)
    scroll = judged.card.parentWidget()
    assert judged.card.minimumSizeHint().width() <= scroll.width()
    assert judged.card.recalls.geometry().right() <= scroll.width()
    judged.card.decline.click()
    page = judged.start
    qtbot.waitUntil(lambda: page.deep.recipe.count() > 0, timeout=WAIT_MS)
    assert page.widget().width() <= page.viewport().width()


def test_every_control_says_what_it_is(judged):
    for kind in (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit):
        for one in judged.findChildren(kind):
            inner = isinstance(one.parentWidget(), QAbstractSpinBox | QComboBox)
            text = one.text() if isinstance(one, QAbstractButton) else ""
            hidden = one.objectName().startswith("qt_")
            assert inner or hidden or one.accessibleName() or text, one
