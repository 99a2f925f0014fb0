"""Retraining as in the window: a real project, real files, a real (tiny) model."""

import shutil

import msgspec
import numpy as np
import pytest
from project_helpers import confirm, link_folder, scan_folder
from tiny_model import make_tiny_bundle, save_class_image

from engine.classify import embedding_statistics
from engine.classify.bundle import Bundle
from engine.classify.models import open_model, user_models_dir
from engine.classify.training_images import TrainingImages
from engine.explore import ood
from engine.images.class_set import load_class_set
from engine.images.perceptual_hash import compute_hashes
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.messages import Problem, render
from engine.project.classes import default_classes, merge_classes, merge_map
from engine.project.decisions import NOT_CLASSED
from engine.project.project import Project
from engine.train import turned_views
from engine.train.candidate_evaluation import check_comparable, evaluate_candidate
from engine.train.current_model import (
    adopt_model,
    earlier_models,
    find_adopted_model,
    new_model_dir,
    open_current_model,
    restore_model,
)
from engine.train.holdout import lock_holdout
from engine.train.labelled_set import read_labelled, select_labelled
from engine.train.learning_curve import measure_learning_curve
from engine.train.recipe import Phase, Recipe
from engine.train.retraining import (
    classes_with_images,
    is_unfinished,
    load_unfinished,
    retrain_head,
    retrain_network,
)

FOLDERS = ("basophil", "eosinophil", "monocyte")
EACH = 60


@pytest.fixture
def folder(tmp_path):
    """Three classes; until it is retrained, the model predicts erythroblast (its class 2) for the third."""
    root = tmp_path / "images"
    for number, name in enumerate(FOLDERS):
        (root / name).mkdir(parents=True)
        for index in range(EACH):
            save_class_image(root / name / f"{index}.png", number, seed=1000 * number + index)
    return root


@pytest.fixture
def project(folder, tmp_path):
    with Project.create(tmp_path / "p.bloodbench", "p") as made:
        link_folder(made, folder)
        confirm(made, folder)
        yield made


@pytest.fixture
def model(tmp_path):
    user_models_dir().mkdir(parents=True, exist_ok=True)
    return Bundle.open(make_tiny_bundle(user_models_dir() / "first", name="first"))


def chosen_of(project, folder):
    _, records = scan_folder(folder)
    return select_labelled(records, project.decisions())


def test_removed_and_unclassed_images_are_not_selected(project, folder):
    changes = [
        ("basophil/0.png", "removed", "blurred"),
        ("basophil/1.png", "label", NOT_CLASSED),
        ("basophil/2.png", "label", "smudge"),
    ]
    project.apply("label", changes, who="Ada")
    chosen = {record.path: label for record, label in chosen_of(project, folder)}
    assert len(chosen) == 3 * EACH - 2
    assert "basophil/0.png" not in chosen
    assert "basophil/1.png" not in chosen
    assert chosen["basophil/2.png"] == "smudge"
    assert chosen["basophil/3.png"] == "basophil"


def test_merged_classes_count_as_one_in_training_and_gate(project, folder, model):
    source = open_source(folder)
    entries = default_classes(load_class_set(), (), ["#000000"])
    now = merge_classes(entries, "basophil", "eosinophil")
    _, records = scan_folder(folder)
    chosen = select_labelled(records, project.decisions(), now)
    assert "basophil" not in {label for _, label in chosen}
    assert sum(label == "eosinophil" for _, label in chosen) == 2 * EACH
    some = [label for label in chosen if label[1] == "eosinophil"]
    locked = {source.digest(record) for record, _ in some}
    verdict = evaluate_candidate(
        Job(), source, some, locked, model, model, corrupted_images=2, merged=merge_map(now)
    )
    # The model predicts basophil, which counts as the class it was merged into.
    assert verdict.comparison.current.accuracy == verdict.comparison.candidate.accuracy == 1
    assert "basophil" not in verdict.classes
    assert min(verdict.robustness) > 0


def test_retrained_head_is_adopted_and_reverted(project, folder, model):
    source = open_source(folder)
    project.apply(
        "label", [(f"basophil/{n}.png", "label", "eosinophil") for n in (0, 1)], who="Ada"
    )
    chosen = chosen_of(project, folder)
    locked = lock_holdout(project, source, chosen, Job(), "Ada")
    assert 0.1 * len(chosen) < len(locked) < 0.3 * len(chosen)
    assert lock_holdout(project, source, chosen, Job(), "Ada") == locked
    assert frozenset(project.get("gate")) == locked

    made = retrain_head(Job(), source, chosen, model, locked, new_model_dir("second"))
    made.verify()
    # These images are no longer out of distribution.
    read = read_labelled(Job(), source, chosen, made)
    assert ood.folder_warning(read.embeddings, embedding_statistics.load_statistics(made)) is None
    assert made.card.classes == FOLDERS
    assert made.card.parent == model.card.model_id
    keys = compute_hashes(Job(), source, [record for record, _ in chosen])
    kept = [source.digest(record) not in locked for record, _ in chosen]
    learned = TrainingImages.from_bundle(made)
    assert learned.contains(keys).tolist() == kept
    # The training images of the parent are not known.
    assert not learned.is_complete
    assert made.card.training_data.images == len(chosen) - len(locked)
    # Few labels: all are learned from, and each is held out once to calibrate.
    assert made.card.metrics["validation"]["n"] == made.card.training_data.images
    # In a small folder: read in several views, here, in the gate and wherever it is opened.
    assert made.card.preprocessing.views == Bundle.open(made.folder).card.preprocessing.views == 8

    verdict = evaluate_candidate(Job(), source, chosen, locked, model, made, corrupted_images=6)
    found = verdict.comparison
    assert found.n == len(locked)
    assert found.candidate.accuracy > 0.9 > found.current.accuracy
    assert len(verdict.won) >= len(locked) // 4
    assert all(path.startswith("monocyte/") for path in verdict.won)
    assert {"basophil", "monocyte", "erythroblast"} <= set(verdict.classes)
    assert all(0 <= share <= 1 for share in verdict.robustness)
    # A gain this large is significant on 36 images.
    assert found.n < 100
    assert (found.verdict, found.reasons[0].id) == ("not_worse", "gate.better")
    assert verdict.excluded_count == 0
    assert verdict.training_images_known == (False, False)
    # With so few images a difference from itself cannot be ruled out: a justification is required.
    verdict = evaluate_candidate(Job(), source, chosen, locked, made, made, corrupted_images=0)
    assert verdict.comparison.verdict == "cannot_tell"
    with pytest.raises(Problem) as caught:
        adopt_model(project, made, verdict, "Ada")
    assert caught.value.message.id == "train.not_adopted"
    with pytest.raises(Problem):
        adopt_model(project, made, verdict, "Ada", justification="  ")
    assert open_current_model(project).card.model_id == open_model().card.model_id
    adopt_model(project, made, verdict, "Ada", justification="It knows monocytes.")
    assert open_current_model(project).card.model_id == made.card.model_id
    entry = project.history(None)[0]
    assert (entry.action, entry.who) == ("adopt_model", "Ada")
    assert entry.reason == "cannot_tell: It knows monocytes."

    restore_model(project, None, "Ada")
    assert open_current_model(project).card.model_id == open_model().card.model_id
    [was] = earlier_models(project)
    assert was.name == "second"
    restore_model(project, was, "Ada")
    assert open_current_model(project).card.model_id == made.card.model_id


def test_few_labels_in_a_large_folder_are_read_once(project, folder, model, monkeypatch):
    source = open_source(folder)
    chosen = chosen_of(project, folder)
    out = new_model_dir("large")
    monkeypatch.setattr(turned_views, "_MAX_READINGS", len(chosen))
    made = retrain_head(Job(), source, chosen, model, frozenset(), out)
    assert made.card.preprocessing.views == 1
    again = retrain_head(
        Job(), source, chosen, model.with_views(8), frozenset(), new_model_dir("again")
    )
    # What the model before read in several views does not matter.
    assert again.card.model_id == made.card.model_id
    assert again.card.preprocessing.views == 1


def test_unlabelled_copies_of_the_holdout_are_left_out(project, folder, model):
    chosen = chosen_of(project, folder)
    locked = lock_holdout(project, open_source(folder), chosen, Job(), "Ada")
    (folder / "more").mkdir()
    for number, (record, _) in enumerate(chosen):
        if open_source(folder).digest(record) in locked:
            shutil.copyfile(folder / record.path, folder / "more" / f"{number}.png")
    source, records = scan_folder(folder)
    copies = [record for record in records if record.path.startswith("more/")]
    assert len(copies) == len(locked)
    save_class_image(folder / "more" / "new.png", 2, seed=9)
    source, records = scan_folder(folder)
    new = [record for record in records if record.path == "more/new.png"]

    def retrain(name, unlabelled):
        out = new_model_dir(name)
        return retrain_head(Job(), source, chosen, model, locked, out, unlabelled).card.model_id

    assert retrain("with", copies) == retrain("without", [])
    assert retrain("both", [*copies, *new]) == retrain("other", new) != retrain("none", [])


def test_corrected_label_of_a_locked_image_changes_the_comparison(project, folder, model):
    source = open_source(folder)
    chosen = chosen_of(project, folder)
    locked = lock_holdout(project, source, chosen, Job(), "Ada")
    made = retrain_head(Job(), source, chosen, model, locked, new_model_dir("second"))
    before = evaluate_candidate(Job(), source, chosen, locked, model, made, corrupted_images=0)
    paths = {source.digest(record): record.path for record, _ in chosen}
    wrong = next(paths[row] for row in sorted(locked) if paths[row].startswith("basophil"))
    project.apply("label", [(wrong, "label", "eosinophil")], who="Ada")
    again = chosen_of(project, folder)
    assert lock_holdout(project, source, again, Job(), "Ada") == locked
    after = evaluate_candidate(Job(), source, again, locked, model, made, corrupted_images=0)
    assert after.robustness is None
    n = before.comparison.n
    for side in ("current", "candidate"):
        was, now = (getattr(item.comparison, side).accuracy for item in (before, after))
        assert was - now == pytest.approx(1 / n)


def test_training_images_are_excluded_from_the_comparison(project, folder, model):
    source = open_source(folder)
    chosen = chosen_of(project, folder)
    locked = lock_holdout(project, source, chosen, Job(), "Ada")
    made = retrain_head(Job(), source, chosen, model, frozenset(), new_model_dir("all"))
    with pytest.raises(Problem) as caught:
        evaluate_candidate(Job(), source, chosen, locked, model, made)
    assert caught.value.message.id == "gate.nothing"


def test_images_that_the_current_model_knows_are_refused_before_a_training(project, folder, model):
    source = open_source(folder)
    chosen = chosen_of(project, folder)
    locked = lock_holdout(project, source, chosen, Job(), "Ada")
    check_comparable(Job(), source, chosen, locked, model)
    made = retrain_head(Job(), source, chosen, model, frozenset(), new_model_dir("all"))
    with pytest.raises(Problem) as caught:
        check_comparable(Job(), source, chosen, locked, made)
    assert caught.value.message.id == "gate.seen"
    assert f"all {len(locked)} locked test images" in render(caught.value.message)


def test_new_classes_follow_those_of_the_model(model):
    there = ["smudge", "monocyte", "blast", "basophil"]
    assert classes_with_images(model, there) == ("basophil", "monocyte", "blast", "smudge")


def test_existing_model_is_left_alone_and_new_model_gets_a_free_folder(project, folder, model):
    source = open_source(folder)
    with pytest.raises(Problem) as caught:
        retrain_head(Job(), source, chosen_of(project, folder), model, frozenset(), model.folder)
    assert caught.value.message.id == "train.out_exists"
    assert new_model_dir("first").name == "first-2"
    assert new_model_dir("../../away").parent == user_models_dir()


def test_missing_model_falls_back_to_the_default(project, tmp_path):
    other = Bundle.open(make_tiny_bundle(tmp_path / "elsewhere", name="elsewhere"))
    project.apply("adopt_model", [(None, "model", str(other.folder))], who="Ada")
    assert open_current_model(project).card.name == "elsewhere"
    assert find_adopted_model(project).problem is None
    (other.folder / "card.json").write_bytes(b"{")  # damaged, then missing
    assert open_current_model(project).card.model_id == open_model().card.model_id
    other.folder.rename(tmp_path / "gone")
    assert open_current_model(project).card.model_id == open_model().card.model_id
    sentence = render(find_adopted_model(project).problem)
    assert "“elsewhere”, which was adopted for these images, is missing" in sentence
    assert f"put it back into {tmp_path}" in sentence


def test_learning_curve_rises_with_the_labels(project, folder, model):
    source = open_source(folder)
    chosen = chosen_of(project, folder)
    locked = lock_holdout(project, source, chosen, Job(), "Ada")
    cells = read_labelled(Job(), source, chosen, model)
    points = measure_learning_curve(Job(), cells, locked)
    assert [point.labels for point in points] == sorted({point.labels for point in points})
    assert points[-1].labels == len(chosen) - len(locked)
    assert points[-1].accuracy > 0.95
    # In labelling order there is no head at first, with a single class.
    order = [record.path for record, _ in chosen]
    late = measure_learning_curve(Job(), cells, locked, order)
    assert late[0].accuracy < 0.9
    with pytest.raises(Problem):
        measure_learning_curve(Job(), cells, frozenset())


def test_cancel_stops_reading(project, folder, model):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        read_labelled(job, open_source(folder), chosen_of(project, folder), model)


RECIPE = Recipe(
    version=1,
    name="tiny",
    title="Tiny",
    architecture="simple_cnn",
    size=32,
    batch=8,
    phases=(Phase(epochs=50, optimizer="adam", learning_rate=1e-3),),
)


@pytest.mark.keras
def test_cancelled_training_resumes_and_finishes(project, folder, model):
    source = open_source(folder)
    chosen = chosen_of(project, folder)
    locked = lock_holdout(project, source, chosen, Job(), "Ada")
    out = new_model_dir("deep")
    arguments = (source, chosen, RECIPE, locked, out)
    with pytest.raises(Problem) as caught:
        retrain_network(Job(), *arguments, finish=True)
    assert caught.value.message.id == "train.nothing_yet"

    def stop_after_second_epoch(partial):
        if partial.get("epoch") == 2:
            job.cancel()

    job = Job(on_partial=stop_after_second_epoch)
    with pytest.raises(Cancelled):
        retrain_network(job, *arguments)
    assert is_unfinished(out)
    assert not out.exists()

    # Meanwhile images are labelled, also with a new class, one is removed and the file of one is deleted.
    learned = [record.path for record, _ in chosen if source.digest(record) not in locked]
    project.apply(
        "label",
        [(learned[0], "label", "smudge"), (learned[1], "label", "lymphocyte")],
        who="Ada",
    )
    project.apply("remove", [(learned[2], "removed", "person")], who="Ada")
    (folder / learned[3]).unlink()
    again = chosen_of(project, folder)
    arguments = (open_source(folder), again, RECIPE, locked, out)
    epochs = []

    def note_epoch(partial):
        if "val_loss" in partial:
            epochs.append(partial["epoch"])
            job.cancel()

    job = Job(on_partial=note_epoch)
    with pytest.raises(Cancelled):
        retrain_network(job, *arguments, resume=True)
    # It resumes after the epochs done so far.
    assert epochs[0] >= 2
    other = msgspec.structs.replace(RECIPE, batch=4)
    with pytest.raises(Problem) as caught:
        retrain_network(Job(), *arguments[:2], other, *arguments[3:], resume=True)
    assert caught.value.message.id == "train.other_recipe"
    assert load_unfinished(out).recipe.phases == RECIPE.phases
    assert is_unfinished(out)
    made = retrain_network(Job(), *arguments, finish=True)
    made.verify()
    assert not is_unfinished(out)
    assert made.card.classes == FOLDERS
    # Some images outside the holdout are held out for testing.
    learned = TrainingImages.from_bundle(made)
    assert learned.is_complete
    there = [record for record, _ in chosen if (folder / record.path).exists()]
    seen = learned.contains(compute_hashes(Job(), source, there))
    held = [source.digest(record) in locked for record in there]
    assert not seen[held].any()
    assert 0.6 * len(chosen) < seen.sum() < len(chosen) - len(locked)
    assert np.isfinite(made.card.metrics["test"]["accuracy"])
