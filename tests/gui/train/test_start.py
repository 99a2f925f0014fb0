"""The start page: what there is to learn from, what to train by, and what labels bring."""

import threading

from gui_help import WAIT_MS, all_read
from PySide6.QtCore import Qt
from train_help import LONG_MS

from gui.train.work import chosen


def test_what_there_is_to_learn_from_is_told_and_one_button_begins(train):
    assert "90" in train.start.said.text()
    assert "Platelet" in train.start.bars.accessibleName()
    assert train.start.quick.isEnabled()
    assert train.start.quick.hasFocus()


def test_what_the_model_says_is_no_label(window, many, qtbot):
    flat = many.parent / "flat"
    flat.mkdir()
    for number, file in enumerate(sorted(many.glob("*/*.png"))):
        file.rename(flat / f"{number:02}.png")
    # A folder whose name is no class gives none either.
    (flat / "batch 7").mkdir()
    (flat / "00.png").rename(flat / "batch 7/00.png")
    window.open(flat)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.who = "Anna"
    window.workspaces.go("train")
    train = window.workspaces.current
    qtbot.waitUntil(
        lambda: "No image has a class yet" in train.start.trouble.text(), timeout=WAIT_MS
    )
    assert "0 labelled images" in train.start.said.text()
    assert not train.start.quick.isEnabled()
    assert not train.start.deep.begin.isEnabled()
    # What is counted is what is learned from.
    paths = window.session.table.paths
    window.decisions.confirm(paths[:5])
    window.decisions.label(paths[-2:], "monocyte")
    window.decisions.not_classed(paths[7:9])
    window.decisions.remove(paths[4:5])
    qtbot.waitUntil(
        lambda: "6 labelled images, 1 removed" in train.start.said.text(), timeout=WAIT_MS
    )
    assert train.start.quick.isEnabled()
    assert len(chosen(train.retraining.wish())) == 6


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


def test_the_looks_of_an_augmentation_are_shown_on_ones_own_image(train, qtbot):
    form, augmented = train.start.deep, train.start.augmented
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    augmented.button.click()
    qtbot.waitUntil(augmented.looks.isVisible, timeout=WAIT_MS)


def test_a_window_that_writes_much_does_not_wait_for_its_earlier_models(train, ready, qtbot):
    project, held, enough = ready.decisions.project, threading.Event(), threading.Event()

    def hold():
        with project._store.looking():
            held.set()
            enough.wait(WAIT_MS / 1000)

    # As a decision on very many images holds the file.
    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(WAIT_MS / 1000)
    train.start.earlier.refresh()
    train.start.refresh()
    assert holder.is_alive()
    enough.set()
    holder.join()
    qtbot.waitUntil(lambda: not train.start.earlier._task.running, timeout=WAIT_MS)
