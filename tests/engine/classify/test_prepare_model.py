"""Prepared models: the default, the fast one by name, and the fast one where another fails."""

import msgspec
import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine.classify import bundle, models, openvino_network
from engine.classify.bundle import CHECK_FILE, WEIGHTS_FILE, Bundle
from engine.classify.devices import choose_device
from engine.jobs import Cancelled, Job
from engine.messages import Message, Problem


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Install a fast model, and a better one whose weights cannot be converted."""
    folder = tmp_path / "resources" / "models"
    make_tiny_bundle(folder / "mobilenet_v3_small", name="small")
    tiny = Bundle.open(make_tiny_bundle(tmp_path / "tiny", size=32))
    check = tmp_path / CHECK_FILE
    np.savez(check, images=np.zeros((1, 32, 32, 3), np.uint8), logits=np.zeros((1, 8), np.float32))
    card = msgspec.structs.replace(tiny.card, name="large", architecture="efficientnet_b4")
    bundle.write_bundle(folder / "efficientnet_b4", card, [tiny.folder / WEIGHTS_FILE, check])
    monkeypatch.setattr(models, "resources_dir", lambda: folder.parent)
    return folder


def test_fast_is_an_alias(shipped):
    assert models.open_model("fast").card.name == "small"
    assert [model.is_fast for model in models.installed_models()] == [False, True]
    assert models.open_model(None).card.name == "large"


def test_own_model_called_fast_precedes_the_alias(shipped):
    make_tiny_bundle(models.user_models_dir() / "fast", name="mine")
    assert models.open_model("fast").card.name == "mine"


@pytest.mark.keras
def test_fast_model_replaces_a_failed_one_without_another_try(shipped, monkeypatch):
    device = choose_device("cpu")
    large = models.open_model(None)
    assert models.needs_network(large, device)
    chosen = models.prepare_model(Job(), None, device)
    assert chosen.bundle.card.name == "small"
    assert [note.id for note in chosen.notes] == ["weights.mismatch", "network.stand_in"]
    assert chosen.notes[1].params == {"name": "EfficientNetB4", "fast": "MobileNetV3Small"}
    assert openvino_network.last_failure(large) == chosen.notes[0]

    def fail(model, _job):
        if model.card.name == "large":
            raise Problem("convert.differs", difference=1.0)

    monkeypatch.setattr(models, "prepare_network", fail)
    assert models.prepare_model(Job(), None, device).notes == chosen.notes
    again = models.prepare_model(Job(), "efficientnet_b4", device, retry=True)
    assert again.notes[0] == Message("convert.differs", {"difference": 1.0})
    with pytest.raises(Problem, match="differs"):
        models.prepare_model(Job(), "efficientnet_b4", device, required=True)
    assert [model.name for model, _ in models.make_all_networks(Job())] == ["efficientnet_b4"]


def test_cancel_is_not_recorded_as_failure(shipped):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        models.prepare_model(job, None, choose_device("cpu"))
    assert openvino_network.last_failure(models.open_model(None)) is None
