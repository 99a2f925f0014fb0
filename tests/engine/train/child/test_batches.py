"""Batches are a function of seed, epoch and number alone, from array or files and in any order."""

import pytest
from child_helpers import run_script
from tiny_model import save_class_image

from engine.images.class_set import load_class_set
from engine.images.source import open_source
from engine.jobs import Job
from engine.train import dataset

pytestmark = pytest.mark.keras

# Prints hashes of the content of batches.
SCRIPT = """
import hashlib, json, sys
from pathlib import Path
import numpy as np
from engine.train.child.batches import Batches
from engine.train.image_store import open_images
from engine.train.augmentation_recipe import Augmentation, Geometry

near, far = (open_images(Path(one)) for one in sys.argv[1:3])
labels = np.array(json.loads(sys.argv[3]))

def fresh(images, **options):
    augmentation = Augmentation(geometry=Geometry(rotation=30))
    given = dict(classes=2, batch_size=5, augmentation=augmentation, seed=3, **options)
    return Batches(images, labels, np.arange(24), **given)

def seen(batch):
    return [hashlib.sha256(part.tobytes()).hexdigest() for part in batch]

results = {}
for name, images in (("near", near), ("far", far)):
    batches = fresh(images)
    results[name] = [seen(batches[number]) for number in range(batches.num_batches)]

for name, options in (("processes", {"processes": 2}), ("twice", {"passes": 2})):
    batches = fresh(near, **options)
    results[name] = [seen(batches[number]) for number in range(batches.num_batches)]
    results[name + " shape"] = batches[0][0].shape
    batches.close()

# Twelve images of one class; the extra source has both classes and makes up a quarter.
augmentation = Augmentation(geometry=Geometry(rotation=30))
batches = Batches(near, labels, np.arange(12), classes=2, batch_size=4, augmentation=augmentation, seed=3,
                  extra_rows=[(np.array([11, 12, 13, 14, 15]), 0.25)])
results["beside"] = [batches.num_batches, batches[0][0].shape[0]]

straight, detour = fresh(near), fresh(near)
straight.begin_epoch(4)
detour.begin_epoch(1)
# Batches prepared ahead for an abandoned epoch are not used in the next.
detour[0]
detour.begin_epoch(4)
results["straight"] = [seen(straight[2]), seen(straight[0])]
results["detour"] = [seen(detour[2]), seen(detour[0])]
results["ready"] = sorted(detour.ready_at)
print(json.dumps(results))
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Return what a process with Keras reports on batches of 24 images."""
    folder = tmp_path_factory.mktemp("batches")
    for number, name in enumerate(("basophil", "monocyte")):
        (folder / "images" / name).mkdir(parents=True)
        for index in range(12):
            save_class_image(folder / "images" / name / f"{index}.png", number, seed=index)
    source, built = open_source(folder / "images"), []
    for name, options in (("near", {}), ("far", {"max_array_bytes": 1000})):
        (folder / name).mkdir()
        built.append(
            dataset.build_dataset(Job(), source, load_class_set(), 32, folder / name, **options)
        )
    assert [source.images.suffix for source in built] == [".npy", ".json"]
    return run_script(SCRIPT, built[0].images, built[1].images, built[0].labels.tolist())


def test_files_and_array_give_the_same_batches(results):
    assert len(results["near"]) == 4
    assert results["near"] == results["far"]


def test_batches_do_not_depend_on_access_order(results):
    assert results["detour"] == results["straight"]
    assert results["straight"][1] != results["near"][0]
    assert results["ready"] == [0, 2]


def test_processes_and_threads_give_the_same_batches(results):
    assert results["processes"] == results["near"]


def test_epoch_can_have_several_passes(results):
    assert len(results["twice"]) == 48 // 5
    assert results["twice"][:4] == results["near"]
    assert results["twice shape"] == [5, 32, 32, 3]


def test_extra_source_makes_an_epoch_longer(results):
    assert results["beside"] == [4, 4]
