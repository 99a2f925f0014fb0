"""The gate's card after a quick retrain: what it says, shows and asks; real children, tiny models."""

from gui_help import WAIT_MS, all_read
from learned_help import teach
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit
from train_help import LONG_MS


def test_a_candidate_is_judged_on_few_images_and_needs_a_reason(judged, ready, qtbot):
    card = judged.gate_card
    assert card.isVisible()
    assert "cannot tell" in card.title.text()
    # The tiny model does not say what it learned from, and what grew from it knows no more.
    assert "tiny does not list its other training images" in card.about.text()
    assert not card.adopt.isEnabled()
    before = ready.session.active_model.bundle.folder
    qtbot.keyClicks(card.reason_field, "our stain")
    qtbot.keyClick(card.reason_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder != before, timeout=WAIT_MS)
    assert ready.session.active_model.bundle.folder.name == "many-quick"
    assert judged.setup_page.isVisible()
    edit = ready.decisions.project.history(None)[0]
    assert edit.action == "adopt_model"
    assert "our stain" in edit.reason
    qtbot.waitUntil(lambda: not ready.loader.busy, timeout=WAIT_MS)


def test_only_a_label_of_a_compared_image_asks_for_another_comparison(judged, ready, qtbot):
    compared = judged.retraining.outcome.verdict.paths
    other = next(path for path in ready.session.table.paths if path not in compared)
    ready.decisions.label([other], "basophil")
    qtbot.waitUntil(lambda: ready.session.item(other).label == "basophil", timeout=WAIT_MS)
    assert not judged.gate_card.compare.isVisible()
    ready.decisions.label([compared[0]], "platelet")
    qtbot.waitUntil(judged.gate_card.compare.isVisible, timeout=WAIT_MS)
    before = judged.retraining.outcome.verdict.comparison
    qtbot.mouseClick(judged.gate_card.compare, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not judged.retraining.is_running, timeout=LONG_MS)
    after = judged.retraining.outcome.verdict.comparison
    assert after.n == before.n
    assert after.current.accuracy != before.current.accuracy
    assert not judged.gate_card.compare.isVisible()


def test_nothing_is_cut_at_the_side_of_a_narrow_window(judged, ready, qtbot):
    ready.resize(900, 640)
    qtbot.waitUntil(lambda: ready.width() == 900, timeout=WAIT_MS)
    scroll = judged.gate_card.parentWidget()
    assert judged.gate_card.minimumSizeHint().width() <= scroll.width()
    assert judged.gate_card.recalls.geometry().right() <= scroll.width()
    judged.gate_card.decline.click()
    page = judged.setup_page
    qtbot.waitUntil(lambda: page.form.recipe.count() > 0, timeout=WAIT_MS)
    assert page.widget().width() <= page.viewport().width()


def test_every_control_says_what_it_is(judged):
    for kind in (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit):
        for one in judged.findChildren(kind):
            inner = isinstance(one.parentWidget(), QAbstractSpinBox | QComboBox)
            text = one.text() if isinstance(one, QAbstractButton) else ""
            hidden = one.objectName().startswith("qt_")
            assert inner or hidden or one.accessibleName() or text, one


def test_locked_images_that_the_current_model_learned_from_are_left_out(
    train, ready, many, tiny_bundle, tmp_path, qtbot
):
    model = teach(tiny_bundle, sorted(many.glob("*/c[0-9].png")), tmp_path / "taught")
    ready.context.model_requested.emit(str(model))
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder == model, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    qtbot.mouseClick(train.setup_page.quick, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    verdict = train.retraining.outcome.verdict
    assert verdict.histories_complete == (True, True)
    assert verdict.excluded_count > 0
    assert not any(path.rpartition("/c")[2][1:] == ".png" for path in verdict.paths)
    said = train.gate_card.about.text()
    assert f"{verdict.comparison.n} images that neither was trained on" in said
    assert "left out because one of the models was trained on" in said
