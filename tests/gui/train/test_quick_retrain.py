"""Quick retraining by keys: the keyboard stays, and the page says how far it is."""

from gui_helpers import WAIT_MS, all_read
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from train_helpers import LONG_MS

from engine.classify.models import user_models_dir
from engine.jobs import Job
from engine.train.retraining import retrain_head
from gui.train.tasks import select_labelled, select_unlabelled


def test_keyboard_and_page_follow_a_quick_retraining(train, ready, qtbot):
    page, texts, focused = train.setup_page, [], []
    train.retraining.updated.connect(lambda: texts.append(page.running.text()))
    train.retraining.updated.connect(lambda: focused.append(QApplication.focusWidget()))
    page.quick.setFocus()
    QTest.keyClick(page.quick, Qt.Key.Key_Space)
    assert train.retraining.is_running
    assert page.running.isVisible()
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    assert not [widget for widget in focused if isinstance(widget, QComboBox)]
    assert any("Reading the labelled images: " in text for text in texts)
    assert any("Fitting the last layer" in text for text in texts)
    assert any("Reading with " in text for text in texts)
    # The verdict is in front; no key adopts a model before somebody goes to the button.
    assert train.gate_card.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert train.retraining.outcome is not None
    assert train.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert train.gate_card.isAncestorOf(QApplication.focusWidget())


def test_train_page_says_that_the_folder_is_being_opened(window, labelled_folder, qtbot):
    # As soon as there is a folder, before its project is open.
    window.session.opened.connect(lambda: window.workspaces.go("train"))
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.open(labelled_folder)
    page = window.workspaces.current.setup_page
    assert page.warning.isVisible()
    assert "being" in page.warning.text()
    assert not page.summary.isVisible()
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "90 labelled images" in page.summary.text(), timeout=WAIT_MS)
    assert page.summary.isVisible()


def test_nothing_is_trained_that_could_not_be_compared(train, ready, qtbot):
    # The window uses a model that was trained on every image of the folder.
    context = train.retraining.context()
    out = user_models_dir() / "all-quick"
    trained = retrain_head(
        Job(), context.source, select_labelled(context), context.current, frozenset(), out
    )
    ready.context.model_requested.emit(str(trained.folder))
    model_id = trained.card.model_id
    qtbot.waitUntil(lambda: ready.session.active_model.card.model_id == model_id, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    before = list(user_models_dir().iterdir())
    train.setup_page.quick.click()
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    assert "Nothing was trained" in train.setup_page.warning.text()
    assert list(user_models_dir().iterdir()) == before


def test_only_images_without_a_class_that_are_in_use_count_as_unlabelled(
    window, labelled_folder, qtbot
):
    (labelled_folder / "unsorted").mkdir()
    for number in range(4):
        name = f"c{number}.png"
        (labelled_folder / "unsorted" / name).write_bytes(
            (labelled_folder / "basophil" / name).read_bytes() + bytes(number + 1)
        )
    window.open(labelled_folder)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    window.decisions.not_classed(["unsorted/c0.png"])
    window.decisions.remove(["unsorted/c1.png"])
    window.decisions.label(["unsorted/c2.png"], "basophil")
    item = window.session.item
    qtbot.waitUntil(lambda: item("unsorted/c2.png").label == "basophil", timeout=WAIT_MS)
    window.workspaces.go("train")
    context = window.workspaces.current.retraining.context()
    assert [record.path for record in select_unlabelled(context)] == ["unsorted/c3.png"]
    assert len(select_labelled(context)) == 91
