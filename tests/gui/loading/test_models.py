"""Choice of the active model: the stored one, or the fast one while another is being prepared."""

import msgspec
import numpy as np
import pytest
from gui_helpers import WAIT_MS, all_read, close_window
from tiny_model import make_tiny_bundle

from engine.classify import bundle, models
from engine.classify.bundle import CHECK_FILE, WEIGHTS_FILE, Bundle
from gui import settings
from gui.loading import model_tasks
from gui.shell.window import MainWindow
from gui.theme import Theme


@pytest.fixture(params=["efficientnet_b4"])
def shipped(request, tmp_path, monkeypatch):
    """Ship a fast model, and a better one of which no network can be made."""
    folder = tmp_path / "resources" / "models"
    make_tiny_bundle(folder / "mobilenet_v3_small", name="small")
    tiny = Bundle.open(make_tiny_bundle(tmp_path / "tiny", size=32))
    check = tmp_path / CHECK_FILE
    np.savez(check, images=np.zeros((1, 32, 32, 3), np.uint8), logits=np.zeros((1, 8), np.float32))
    card = msgspec.structs.replace(tiny.card, name="large", architecture=request.param)
    bundle.write_bundle(folder / "efficientnet_b4", card, [tiny.folder / WEIGHTS_FILE, check])
    monkeypatch.setattr(models, "resources_dir", lambda: folder.parent)
    return folder


@pytest.fixture
def plain(qapp):
    window = MainWindow(Theme(qapp))
    window.show()
    yield window
    close_window(window)


@pytest.mark.keras
def test_fast_model_stands_in_with_a_reason(shipped, plain, cells, qtbot):
    plain.open(cells)
    qtbot.waitUntil(all_read(plain), timeout=WAIT_MS)
    assert plain.session.active_model.card.name == "small"
    assert plain.top_bar.model.currentText() == "MobileNetV3Small (fast)"
    assert "EfficientNetB4 is not ready" in plain.notice.label.text()
    assert settings.load_setting(model_tasks.MODEL_SETTING) is None


# Keras converts a DenseNet, which takes long enough to be cancelled.
@pytest.mark.keras
@pytest.mark.parametrize("shipped", ["densenet169"], indirect=True)
def test_cancelling_preparation_switches_to_the_fast_model(shipped, plain, cells, qtbot):
    plain.open(cells)
    qtbot.waitUntil(lambda: "Preparing" in plain.job_strip.label.text(), timeout=WAIT_MS)
    plain.job_strip.cancel.click()
    qtbot.waitUntil(all_read(plain), timeout=WAIT_MS)
    assert plain.session.active_model.card.name == "small"
    assert not plain.notice.isVisible()


@pytest.fixture
def two_models(tmp_path, monkeypatch):
    """Ship a small and a large model."""
    folder = tmp_path / "resources" / "models"
    make_tiny_bundle(folder / "mobilenet_v3_small", name="small")
    make_tiny_bundle(folder / "efficientnet_b4", name="large")
    monkeypatch.setattr(models, "resources_dir", lambda: folder.parent)


def test_chosen_model_is_used_again_until_it_is_deleted(two_models, qapp, cells, qtbot):
    def name_read_with() -> str:
        window = MainWindow(Theme(qapp))
        window.show()
        window.open(cells)
        qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
        if settings.load_setting(model_tasks.MODEL_SETTING) is None:
            combo = window.top_bar.model
            combo.setCurrentIndex(combo.findData("mobilenet_v3_small"))
            combo.activated.emit(combo.currentIndex())
            qtbot.waitUntil(
                lambda: window.session.active_model.name == "mobilenet_v3_small", timeout=WAIT_MS
            )
            qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
        name = window.session.active_model.card.name
        close_window(window)
        return name

    assert name_read_with() == "small"
    assert settings.load_setting(model_tasks.MODEL_SETTING) == "mobilenet_v3_small"
    assert name_read_with() == "small"
    settings.save_setting(model_tasks.MODEL_SETTING, "gone")
    assert name_read_with() == "large"


def test_missing_adopted_model_is_told_of_and_replaced(two_models, plain, cells, tmp_path, qtbot):
    own = make_tiny_bundle(tmp_path / "own", name="own")

    def reopen(name: str) -> None:
        plain.open(cells)
        qtbot.waitUntil(lambda: plain.decisions.writable, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: plain.session.active_model.card.name == name, timeout=WAIT_MS)
        qtbot.waitUntil(all_read(plain), timeout=WAIT_MS)

    reopen("large")
    path = plain.session.table.paths[0]
    plain.decisions.project.apply("label", [(path, "label", "monocyte")], who="Anna")
    plain.decisions.project.apply("adopt_model", [(None, "model", str(own))], who="Anna")
    reopen("own")
    assert not plain.notice.isVisible()
    own.rename(tmp_path / "gone")
    reopen("large")
    assert plain.notice.isVisible()
    assert "“own”, which was adopted for these images, is missing" in plain.notice.label.text()
    assert plain.session.item(path).label == "monocyte"
