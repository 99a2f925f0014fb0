"""Setup page: training images, recipes, and the learning curve."""

import threading

from gui_helpers import WAIT_MS, all_read
from PIL import Image
from PySide6.QtCore import Qt
from tiny_model import class_image
from train_helpers import LONG_MS

from gui.train.tasks import select_labelled


def test_setup_page_counts_labels_and_enables_quick_retrain(train):
    assert "90" in train.setup_page.summary.text()
    assert "Platelet" in train.setup_page.bars.accessibleName()
    assert train.setup_page.quick.isEnabled()
    assert train.setup_page.quick.hasFocus()


def test_predictions_are_no_labels(window, labelled_folder, qtbot):
    flat = labelled_folder.parent / "flat"
    flat.mkdir()
    for number, file in enumerate(sorted(labelled_folder.glob("*/*.png"))):
        file.rename(flat / f"{number:02}.png")
    # A folder whose name is no class gives none either.
    (flat / "batch 7").mkdir()
    (flat / "00.png").rename(flat / "batch 7/00.png")
    window.open(flat)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    window.workspaces.go("train")
    train = window.workspaces.current
    qtbot.waitUntil(
        lambda: "No image has a class yet" in train.setup_page.warning.text(), timeout=WAIT_MS
    )
    assert "0 labelled images" in train.setup_page.summary.text()
    assert not train.setup_page.quick.isEnabled()
    assert not train.setup_page.form.start.isEnabled()
    # What is counted is what is learned from.
    paths = window.session.table.paths
    window.decisions.confirm(paths[:5])
    window.decisions.label(paths[-2:], "monocyte")
    window.decisions.not_classed(paths[7:9])
    window.decisions.remove(paths[4:5])
    qtbot.waitUntil(
        lambda: "6 labelled images, 1 removed" in train.setup_page.summary.text(), timeout=WAIT_MS
    )
    assert train.setup_page.quick.isEnabled()
    assert len(select_labelled(train.retraining.context())) == 6


def test_reviewer_is_required_before_a_retraining(train, ready, qtbot):
    ready.decisions.reviewer = None
    qtbot.mouseClick(train.setup_page.quick, Qt.MouseButton.LeftButton)
    assert not train.retraining.is_running
    assert ready.name_bar.isVisible()
    assert ready.decisions.project.get("gate") is None
    qtbot.waitUntil(lambda: ready.name_bar.accepts_keys, timeout=WAIT_MS)
    qtbot.keyClicks(ready.name_bar.field, "Bo")
    qtbot.keyClick(ready.name_bar.field, Qt.Key.Key_Return)
    assert train.retraining.is_running
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    assert ready.decisions.project.history(None)[-1].who == "Bo"


def test_learning_curve_is_drawn(train, ready, qtbot):
    paths = ready.session.table.paths[::2]
    ready.decisions.not_classed(paths)
    qtbot.waitUntil(lambda: ready.session.item(paths[-1]).label is not None, timeout=WAIT_MS)
    train.setup_page.suggestions.draw_curve.click()
    qtbot.waitUntil(train.setup_page.suggestions.status.isVisible, timeout=LONG_MS)
    assert "labels" in train.setup_page.suggestions.status.text()
    assert train.setup_page.suggestions._curve.isVisible()


def test_one_class_is_not_enough_for_training(train, ready, qtbot):
    ready.decisions.label(ready.session.table.paths, "monocyte")
    qtbot.waitUntil(lambda: not train.setup_page.quick.isEnabled(), timeout=WAIT_MS)
    assert "one class" in train.setup_page.warning.text()


def test_removed_images_are_not_told_to_be_unlabelled(train, ready, qtbot):
    ready.decisions.remove(ready.session.table.paths)
    qtbot.waitUntil(
        lambda: train.setup_page.warning.text().startswith("All images are removed"),
        timeout=WAIT_MS,
    )
    about = train.setup_page.suggestions.about.text()
    assert about == "No image is left to label: all are removed."


def test_augmentation_preview_is_shown(train, qtbot):
    form, augmented = train.setup_page.form, train.setup_page.augmentation
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    augmented.button.click()
    qtbot.waitUntil(augmented.images.isVisible, timeout=WAIT_MS)


def test_model_history_does_not_block_on_a_busy_project(train, ready, qtbot):
    project, holding, release = ready.decisions.project, threading.Event(), threading.Event()

    def hold():
        with project._store.read_connection():
            holding.set()
            release.wait(WAIT_MS / 1000)

    # A decision on many images holds the file like this.
    holder = threading.Thread(target=hold)
    holder.start()
    assert holding.wait(WAIT_MS / 1000)
    train.setup_page.history.refresh()
    train.setup_page.refresh()
    assert holder.is_alive()
    release.set()
    holder.join()
    qtbot.waitUntil(lambda: not train.setup_page.history._task.running, timeout=WAIT_MS)


def test_training_data_are_explained_and_not_shown_without_labels(window, tmp_path, qtbot):
    folder = tmp_path / "flat"
    folder.mkdir()
    for seed in range(4):
        Image.fromarray(class_image(seed, seed=seed)).save(folder / f"{seed}.png")
    window.open(folder)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    window.workspaces.go("train")
    page = window.workspaces.current.setup_page
    assert not page.data_heading.isVisible()
    window.decisions.label(["0.png", "1.png"], "monocyte")
    qtbot.waitUntil(page.data_heading.isVisible, timeout=WAIT_MS)
    # No folder gives labels, so there is nothing before to compare with.
    assert page.bars.accessibleName() == "Monocyte 2"
    assert not page.data_legend.isVisible()


def test_changed_training_data_show_both_numbers_with_a_legend(train, ready, qtbot):
    page = train.setup_page
    assert not page.data_legend.isVisible()
    ready.decisions.label(ready.session.table.paths[:2], "monocyte")
    qtbot.waitUntil(page.data_legend.isVisible, timeout=WAIT_MS)
    assert "30 → 28" in page.bars.accessibleName()
    assert "→" in page.data_legend.text()
