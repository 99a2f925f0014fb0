"""Training of a tiny real network, from a folder to a usable bundle."""

import json

import cv2
import msgspec
import numpy as np
import pytest

from engine.classify import embedding_statistics
from engine.classify.bundle import Bundle
from engine.classify.devices import choose_device
from engine.classify.runtime import open_runtime
from engine.classify.training_images import TrainingImages
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.messages import Problem
from engine.train.dataset_card import DatasetCard, load_dataset_card
from engine.train.recipe import Phase, Recipe
from engine.train.training import train

RECIPE = Recipe(
    version=1,
    name="tiny",
    title="Tiny",
    architecture="simple_cnn",
    size=32,
    batch=8,
    phases=(Phase(epochs=2, optimizer="adamw", learning_rate=1e-3, ema=0.9),),
)


def folder_of(path, per_class=12, names=("monocyte", "Platelets")):
    rng = np.random.default_rng(0)
    for number, name in enumerate(names):
        (path / name).mkdir(parents=True)
        for index in range(per_class):
            image = rng.integers(0, 60, (40, 40, 3), np.uint8) + np.uint8(number * 120)
            cv2.imwrite(str(path / name / f"{index}.png"), image)
    return path


def never(*_args, **_kwargs):
    raise AssertionError("must not be called again")


@pytest.mark.keras
def test_training_turns_a_folder_into_a_usable_bundle(tmp_path, monkeypatch):
    images = folder_of(tmp_path / "images")
    (images / "monocyte" / "bad.png").write_bytes(b"no image")
    (images / "unheard of").mkdir()
    cv2.imwrite(str(images / "unheard of" / "x.png"), np.zeros((40, 40, 3), np.uint8))
    epochs, left_out = [], []
    made = train(
        Job(on_partial=epochs.append),
        open_source(images),
        RECIPE,
        tmp_path / "model",
        dataset_card=DatasetCard("Two greys", "CC0", "nobody"),
        command="the command",
        on_left_out=left_out.extend,
    )
    assert embedding_statistics.load_statistics(made) is not None
    assert {file.path for file in left_out} == {"monocyte/bad.png", "unheard of/x.png"}

    assert [partial["epoch"] for partial in epochs if "epoch" in partial] == [1, 2]
    samples = [partial["samples"] for partial in epochs if "samples" in partial]
    assert len(samples) == 2
    assert set(samples[-1][0]) == {"path", "label", "predicted", "confidence"}
    assert not (tmp_path / "model-unfinished").exists()
    again = Bundle.open(tmp_path / "model")
    again.verify()
    card = again.card
    assert card == made.card
    assert card.classes == ("monocyte", "platelet")
    assert card.training_data.per_class == {"monocyte": 12, "platelet": 12}
    assert card.training_data.licence == "CC0"
    assert card.command == "the command"
    assert card.metrics["test"]["n"] >= 2
    assert msgspec.convert(card.recipe, Recipe) == RECIPE

    runtime = open_runtime(again, choose_device("cpu"), Job())
    pixels = np.random.default_rng(1).integers(0, 256, (3, 32, 32, 3), np.uint8)
    [(key, outputs)] = runtime.stream([("k", pixels)])
    runtime.close()
    assert key == "k"
    assert outputs.logits.shape == (3, 2)
    scale = np.abs(outputs.maps).max()
    difference = outputs.maps.mean((1, 2)) + card.bias - outputs.logits
    assert np.abs(difference).max() < 0.02 * scale

    # Trained further with other classes: a new head on the same backbone.
    child = train(
        Job(),
        open_source(folder_of(tmp_path / "more", names=("monocyte", "platelet", "basophil"))),
        RECIPE,
        tmp_path / "child",
        epochs=1,
        parent=made,
    )
    assert child.card.parent == card.model_id
    assert child.card.classes == ("basophil", "monocyte", "platelet")
    # The parent's training images count as its own and are not used for its metrics.
    past, both = TrainingImages.from_bundle(made), TrainingImages.from_bundle(child)
    assert past.is_complete
    assert both.is_complete
    assert both.contains(past.keys).all()
    assert len(both.keys) > len(past.keys)
    assert 1 <= child.card.metrics["test"]["n"] < 7
    assert "learned_from" not in child.card.metrics["test"]


@pytest.mark.keras
def test_extra_source_is_for_training_only(tmp_path):
    own = folder_of(tmp_path / "own", per_class=20)
    other = folder_of(tmp_path / "other", per_class=6, names=("monocyte", "basophil"))
    # Images in both folders are for training, else the extra source would contain held-out images.
    shared = sorted((own / "monocyte").iterdir())[:4]
    for path in shared:
        (other / "monocyte" / f"same-{path.name}").write_bytes(path.read_bytes())
    made = train(
        Job(),
        open_source(own),
        RECIPE,
        tmp_path / "model",
        epochs=1,
        extra_sources=[(open_source(other), 0.3)],
    )
    card = made.card
    assert card.classes == ("basophil", "monocyte", "platelet")
    assert card.training_data.per_class == {"basophil": 6, "monocyte": 30, "platelet": 20}
    assert 5 <= card.metrics["test"]["n"] <= 8


@pytest.mark.keras
@pytest.mark.every_network
def test_small_network_grows_into_a_larger_one(tmp_path):
    source = open_source(folder_of(tmp_path / "images"))
    small = msgspec.structs.replace(RECIPE, architecture="efficientnet_lite0", size=33)
    large = msgspec.structs.replace(
        RECIPE, architecture="efficientnet_b4", size=33, start="grown", morph=0.5
    )
    donor = train(Job(), source, small, tmp_path / "lite", epochs=1)
    grown = train(Job(), source, large, tmp_path / "grown", epochs=1, parent=donor)
    assert grown.card.parent == donor.card.model_id
    assert grown.card.recipe["start"] == "grown"
    assert grown.card.embedding_size == 1792
    assert grown.card.map_size == (2, 2)


@pytest.mark.keras
def test_failure_after_the_fit_keeps_the_fit(tmp_path, monkeypatch):
    import engine.train.training as module

    source = open_source(folder_of(tmp_path / "images"))
    with monkeypatch.context() as patch:
        patch.setattr(module, "convert_network", never)
        with pytest.raises(AssertionError):
            train(Job(), source, RECIPE, tmp_path / "model", epochs=1)
    fitted = json.loads((tmp_path / "model-unfinished" / "fitted.json").read_text())
    assert len(fitted["history"]) == 1

    epochs = []
    train(Job(on_partial=epochs.append), source, RECIPE, tmp_path / "model", epochs=1)
    assert epochs == []
    assert (tmp_path / "model" / "card.json").exists()


def test_cancel_stops_the_training(tmp_path):
    job = Job(on_progress=lambda progress: job.cancel())
    with pytest.raises(Cancelled):
        train(job, open_source(folder_of(tmp_path / "images")), RECIPE, tmp_path / "model")
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    ("names", "problem"), [((), "train.no_images"), (("monocyte",), "train.one_class")]
)
def test_too_few_classes_raise_a_problem(tmp_path, names, problem):
    images = tmp_path / "images"
    images.mkdir()
    folder_of(images, names=names)
    with pytest.raises(Problem) as caught:
        train(Job(), open_source(images), RECIPE, tmp_path / "model")
    assert caught.value.message.id == problem


@pytest.mark.parametrize("count", [1, 2])
def test_too_few_images_raise_a_problem_and_leave_no_files(tmp_path, count):
    images = folder_of(tmp_path / "images", count)
    with pytest.raises(Problem) as caught:
        train(Job(), open_source(images), RECIPE, tmp_path / "model")
    assert caught.value.message.id == "train.too_few"
    assert caught.value.message.params == {"needed": 3, "most": count}
    assert list(tmp_path.iterdir()) == [images]


def test_copies_do_not_count_as_images_to_hold_out(tmp_path):
    images = folder_of(tmp_path / "images")
    for place in images.iterdir():
        first, *others = sorted(place.iterdir())
        for file in others:
            file.write_bytes(first.read_bytes())
    with pytest.raises(Problem) as caught:
        train(Job(), open_source(images), RECIPE, tmp_path / "model")
    assert caught.value.message.params == {"needed": 3, "most": 1}


def test_existing_output_folder_is_left_alone(tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "mine.txt").write_text("mine")
    with pytest.raises(Problem) as caught:
        train(Job(), open_source(folder_of(tmp_path / "images")), RECIPE, tmp_path / "model")
    assert caught.value.message.id == "train.out_exists"
    assert (tmp_path / "model" / "mine.txt").read_text() == "mine"


def test_shipped_dataset_card_names_the_authors():
    about = load_dataset_card("pbc")
    assert about.licence == "CC BY 4.0"
    assert "Acevedo" in about.attribution


def test_invalid_dataset_card_raises_a_problem(tmp_path):
    (tmp_path / "about.toml").write_text("licence = 3")
    with pytest.raises(Problem) as caught:
        load_dataset_card(tmp_path / "about.toml")
    assert caught.value.message.id == "train.about"
