"""Which model is read with: the default, the fast one by name, and the fast one where another fails."""

import msgspec
import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine.classify import bundle, models, openvino_network
from engine.classify.bundle import CHECK, WEIGHTS, Bundle
from engine.classify.devices import choose
from engine.jobs import Cancelled, Job
from engine.messages import Message, Problem


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Ship a fast model, and a better one whose weights are no network's, so that none can be made."""
    folder = tmp_path / "resources" / "models"
    make_tiny_bundle(folder / "mobilenet_v3_small", name="small")
    tiny = Bundle.open(make_tiny_bundle(tmp_path / "tiny", size=32))
    check = tmp_path / CHECK
    np.savez(check, images=np.zeros((1, 32, 32, 3), np.uint8), logits=np.zeros((1, 8), np.float32))
    card = msgspec.structs.replace(tiny.card, name="large", architecture="efficientnet_b4")
    bundle.write(folder / "efficientnet_b4", card, [tiny.folder / WEIGHTS, check])
    monkeypatch.setattr(models, "resources_dir", lambda: folder.parent)
    return folder


def test_fast_is_a_name(shipped):
    assert models.find("fast").card.name == "small"
    assert [model.fast for model in models.installed()] == [False, True]
    assert models.find(None).card.name == "large"


def test_a_persons_own_model_called_fast_goes_first(shipped):
    make_tiny_bundle(models.user_models() / "fast", name="mine")
    assert models.find("fast").card.name == "mine"


@pytest.mark.keras
def test_the_fast_model_stands_in_and_the_failure_is_not_tried_again(shipped, monkeypatch):
    device = choose("cpu")
    large = models.find(None)
    assert models.unmade(large, device)
    chosen = models.ready(Job(), None, device)
    assert chosen.bundle.card.name == "small"
    assert [note.id for note in chosen.notes] == ["weights.mismatch", "network.stand_in"]
    assert chosen.notes[1].params == {"name": "EfficientNetB4", "fast": "MobileNetV3Small"}
    assert openvino_network.why_not(large) == chosen.notes[0]

    def tried(model, _job):
        if model.card.name == "large":
            raise Problem("convert.differs", difference=1.0)

    monkeypatch.setattr(models, "network_of", tried)
    assert models.ready(Job(), None, device).notes == chosen.notes
    again = models.ready(Job(), "efficientnet_b4", device, again=True)
    assert again.notes[0] == Message("convert.differs", {"difference": 1.0})
    with pytest.raises(Problem, match="differs"):
        models.ready(Job(), "efficientnet_b4", device, insist=True)
    assert [model.name for model, _ in models.make_all(Job())] == ["efficientnet_b4"]


def test_a_cancel_is_no_failure(shipped):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        models.ready(job, None, choose("cpu"))
    assert openvino_network.why_not(models.find(None)) is None
