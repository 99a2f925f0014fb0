"""Policy search with a real (tiny) model that classifies by colour."""

from typing import get_args

import msgspec
import numpy as np
import pytest
from tiny_model import class_image, make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.jobs import Cancelled, Job
from engine.train.augmentation import apply_policy, augment
from engine.train.augmentation_recipe import Augmentation, Operation, Step
from engine.train.image_operations import OPERATIONS
from engine.train.policy_search import POLICIES_KEPT, search_policies


@pytest.fixture
def model(tmp_path):
    return Bundle.open(make_tiny_bundle(tmp_path / "tiny"))


def cells(count=24):
    return [class_image(number % 8, seed=number) for number in range(count)], np.arange(count) % 8


def test_recipes_know_every_operation():
    assert set(get_args(Operation)) == set(OPERATIONS)


def test_colour_model_prefers_geometric_operations(model):
    pictures, labels = cells()
    found = search_policies(Job(), model, pictures, labels, tries=50, seed=1)
    assert len(found) == POLICIES_KEPT
    assert found == search_policies(Job(), model, pictures, labels, tries=50, seed=1)
    used = [step.operation for item in found for step in item]
    # An inverted colour is that of another class.
    assert "solarise" not in used
    geometric = {"rotate", "shear_x", "shear_y", "shift_x", "shift_y", "sharpness"}
    assert sum(operation in geometric for operation in used) > len(used) / 2
    policy = Augmentation(searched=found)
    assert msgspec.convert(msgspec.to_builtins(policy), Augmentation) == policy
    changed = augment(pictures[0], policy, np.random.default_rng(0))
    assert changed.shape == pictures[0].shape


def test_step_respects_share_and_strength():
    image = class_image(2, seed=0)
    never = (Step(operation="brightness", share=0.0, strength=1.0),)
    always = (Step(operation="brightness", share=1.0, strength=0.4),)
    rng = np.random.default_rng(0)
    assert np.array_equal(apply_policy(image, never, rng), image)
    assert np.array_equal(apply_policy(image, always, rng, 0.0), image)
    shifts = {
        round(float(apply_policy(image, always, rng).mean() - image.mean())) for _ in range(20)
    }
    assert len(shifts) == 2
    assert min(shifts) < 0 < max(shifts)


def test_cancel_stops_the_search(model):
    job = Job(on_progress=lambda _: job.cancel())
    with pytest.raises(Cancelled):
        search_policies(job, model, *cells())
