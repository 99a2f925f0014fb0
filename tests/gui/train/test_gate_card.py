"""Gate card after a quick retrain, with real child processes and tiny models."""

from gui_helpers import WAIT_MS, all_read
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit
from train_helpers import LONG_MS
from trained_bundle import write_trained_bundle


def test_inconclusive_candidate_needs_a_reason(evaluated, ready, qtbot):
    card = evaluated.gate_card
    assert card.isVisible()
    assert "Too few images to tell" in card.title.text()
    # The tiny model does not say what it learned from, and what grew from it knows no more.
    assert "tiny does not list its other training images" in card.about.text()
    # Few labels in a small folder.
    assert "many-quick reads each image in 8 rotated and mirrored views" in card.about.text()
    assert not card.adopt.isEnabled()
    before = ready.session.active_model.bundle.folder
    qtbot.keyClicks(card.reason_field, "our stain")
    qtbot.keyClick(card.reason_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder != before, timeout=WAIT_MS)
    assert ready.session.active_model.bundle.folder.name == "many-quick"
    assert evaluated.setup_page.isVisible()
    edit = ready.decisions.project.history(None)[0]
    assert edit.action == "adopt_model"
    assert "our stain" in edit.reason
    qtbot.waitUntil(lambda: not ready.loader.busy, timeout=WAIT_MS)


def test_classes_that_the_candidate_lost_are_named(evaluated):
    # Three of the tiny model's eight classes have labelled images.
    text = evaluated.gate_card.lost_classes.text()
    assert evaluated.gate_card.lost_classes.isVisible()
    assert "does not know Eosinophil, Erythroblast" in text
    assert "Basophil" not in text.partition(", because")[0].split(", ")


def test_only_new_labels_of_compared_images_make_the_verdict_stale(evaluated, ready, qtbot):
    compared = evaluated.retraining.outcome.verdict.paths
    other = next(path for path in ready.session.table.paths if path not in compared)
    ready.decisions.label([other], "basophil")
    qtbot.waitUntil(lambda: ready.session.item(other).label == "basophil", timeout=WAIT_MS)
    assert not evaluated.gate_card.compare.isVisible()
    ready.decisions.label([compared[0]], "platelet")
    qtbot.waitUntil(evaluated.gate_card.compare.isVisible, timeout=WAIT_MS)
    before = evaluated.retraining.outcome.verdict.comparison
    qtbot.mouseClick(evaluated.gate_card.compare, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not evaluated.retraining.is_running, timeout=LONG_MS)
    after = evaluated.retraining.outcome.verdict.comparison
    assert after.n == before.n
    assert after.current.accuracy != before.current.accuracy
    assert not evaluated.gate_card.compare.isVisible()


def test_narrow_window_clips_nothing(evaluated, ready, qtbot):
    ready.resize(900, 640)
    qtbot.waitUntil(lambda: ready.width() == 900, timeout=WAIT_MS)
    scroll = evaluated.gate_card.parentWidget()
    assert evaluated.gate_card.minimumSizeHint().width() <= scroll.width()
    assert evaluated.gate_card.recalls.geometry().right() <= scroll.width()
    evaluated.gate_card.decline.click()
    page = evaluated.setup_page
    qtbot.waitUntil(lambda: page.form.recipe.count() > 0, timeout=WAIT_MS)
    assert page.widget().width() <= page.viewport().width()


def test_every_control_has_an_accessible_name(evaluated):
    for kind in (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit):
        for widget in evaluated.findChildren(kind):
            inner = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            hidden = widget.objectName().startswith("qt_")
            assert inner or hidden or widget.accessibleName() or text, widget


def test_locked_images_seen_in_training_are_excluded(
    train, ready, labelled_folder, tiny_bundle, tmp_path, qtbot
):
    model = write_trained_bundle(
        tiny_bundle, sorted(labelled_folder.glob("*/c[0-9].png")), tmp_path / "taught"
    )
    ready.context.model_requested.emit(str(model))
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder == model, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    qtbot.mouseClick(train.setup_page.quick, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    verdict = train.retraining.outcome.verdict
    assert verdict.training_images_known == (True, True)
    assert verdict.excluded_count > 0
    assert not any(path.rpartition("/c")[2][1:] == ".png" for path in verdict.paths)
    about = train.gate_card.about.text()
    assert f"{verdict.comparison.n} images that neither was trained on" in about
    assert "left out because one of the models was trained on" in about
