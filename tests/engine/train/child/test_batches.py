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

told = {}
for name, images in (("near", near), ("far", far)):
    batches = fresh(images)
    told[name] = [seen(batches[number]) for number in range(batches.num_batches)]

for name, options in (("processes", {"processes": 2}), ("twice", {"passes": 2})):
    batches = fresh(near, **options)
    told[name] = [seen(batches[number]) for number in range(batches.num_batches)]
    told[name + " shape"] = batches[0][0].shape
    batches.close()

# Twelve images of one class; the extra source has both classes and makes up a quarter.
augmentation = Augmentation(geometry=Geometry(rotation=30))
batches = Batches(near, labels, np.arange(12), classes=2, batch_size=4, augmentation=augmentation, seed=3,
                  extra_rows=[(np.array([11, 12, 13, 14, 15]), 0.25)])
told["beside"] = [batches.num_batches, batches[0][0].shape[0]]

one, other = fresh(near), fresh(near)
one.begin_epoch(4)
other.begin_epoch(1)
# Batches prepared ahead for an abandoned epoch are not used in the next.
other[0]
other.begin_epoch(4)
told["straight"] = [seen(one[2]), seen(one[0])]
told["detour"] = [seen(other[2]), seen(other[0])]
told["ready"] = sorted(other.ready_at)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
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


def test_files_and_array_give_the_same_batches(told):
    assert len(told["near"]) == 4
    assert told["near"] == told["far"]


def test_batches_do_not_depend_on_access_order(told):
    assert told["detour"] == told["straight"]
    assert told["straight"][1] != told["near"][0]
    assert told["ready"] == [0, 2]


def test_processes_and_threads_give_the_same_batches(told):
    assert told["processes"] == told["near"]


def test_epoch_can_have_several_passes(told):
    assert len(told["twice"]) == 48 // 5
    assert told["twice"][:4] == told["near"]
    assert told["twice shape"] == [5, 32, 32, 3]


def test_extra_source_makes_an_epoch_longer(told):
    assert told["beside"] == [4, 4]
