"""Distillation: refusals before any work, and what a resumed training is compared with."""

import msgspec
import pytest
from tiny_model import make_tiny_bundle, save_class_image

from engine.classify.bundle import Bundle
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem
from engine.train.distillation import check_teacher, teacher_request
from engine.train.recipe import Distillation, load_recipe
from engine.train.training import train


@pytest.fixture(scope="module")
def teacher(tmp_path_factory):
    return Bundle.open(make_tiny_bundle(tmp_path_factory.mktemp("teacher") / "tiny"))


def test_a_recipe_with_distillation_needs_a_teacher(teacher):
    recipe = msgspec.structs.replace(
        load_recipe("simple_cnn"), distillation=Distillation(share=0.9)
    )
    with pytest.raises(Problem) as caught:
        check_teacher(recipe, None)
    assert caught.value.message.id == "train.no_teacher"
    assert check_teacher(recipe, teacher) == recipe
    plain = load_recipe("simple_cnn")
    assert check_teacher(plain, None) == plain
    assert check_teacher(plain, teacher).distillation == Distillation()


def test_the_columns_follow_the_classes_of_the_training(teacher):
    classes = tuple(reversed(teacher.card.classes))[:2]
    columns = teacher_request(teacher, classes)["columns"]
    assert [teacher.card.classes[column] for column in columns] == list(classes)
    with pytest.raises(Problem, match="blast"):
        teacher_request(teacher, ("blast", *classes))


def test_a_training_resumes_only_with_its_teacher(teacher, tmp_path):
    recipe = msgspec.structs.replace(load_recipe("simple_cnn"), size=32, stored_size=0)
    requests = []

    def fit(job, request):
        requests.append(request)
        (tmp_path / "model-unfinished" / "checkpoint.npz").write_bytes(b"begun")
        raise Problem("train.nothing_yet")

    for number, class_id in enumerate(teacher.card.classes[:2]):
        (tmp_path / "cells" / class_id).mkdir(parents=True)
        for seed in range(6):
            save_class_image(tmp_path / "cells" / class_id / f"{seed}.png", number, seed)
    source = open_source(tmp_path / "cells")
    with pytest.raises(Problem, match="No epoch"):
        train(Job(), source, recipe, tmp_path / "model", teacher=teacher, fit=fit)
    assert requests[0]["teacher"]["classes"] == len(teacher.card.classes)
    with pytest.raises(Problem) as caught:
        train(Job(), source, recipe, tmp_path / "model", resume=True, fit=fit)
    assert caught.value.message.id == "train.other_recipe"
    with pytest.raises(Problem, match="No epoch"):
        train(Job(), source, recipe, tmp_path / "model", teacher=teacher, resume=True, fit=fit)
    assert len(requests) == 2
