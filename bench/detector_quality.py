"""Accuracy of the curation detectors on planted faults: off-topic, quality, wrong labels, split leaks.

    python bench/detector_quality.py FOLDER [--peers PYTHON]

FOLDER holds class folders of real images; PYTHON is the interpreter of an environment with cleanlab and
Datalab. The seeds differ from those the thresholds were tuned with. Figures are given for all images and for
every second image; cleanlab gets the same probabilities and embeddings.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from common import ROOT, machine_description, markdown_table
from planted_faults import (
    JPEG_PARAMETERS,
    image_files,
    intruder,
    link_into,
    load_bgr,
    near_copies,
    save,
)
from slide_groups import cluster_slides

sys.path.insert(0, str(ROOT))

from engine.classify.devices import choose_device
from engine.classify.models import open_model
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime import open_runtime
from engine.curate import label_issues
from engine.curate.comparison import _whiten
from engine.curate.detectors.base import DetectorContext
from engine.curate.detectors.duplicates import SplitLeaks
from engine.curate.detectors.single_image import Quality
from engine.curate.feature_store import FeatureStore
from engine.curate.image_set import ImageSet, build_image_set
from engine.curate.outliers import OFF_TOPIC_SCORE
from engine.curate.scan import compare_image_set
from engine.images.class_set import load_class_set
from engine.images.record import Pixels
from engine.images.source import open_source
from engine.jobs import Job

_SEED = 2026
_FAULTS_PER_KIND = 40
_LABEL_NOISE_SEEDS = range(_SEED, _SEED + 5)
_CONFUSABLE_CLASS = {
    "immature_granulocyte": "monocyte",
    "monocyte": "immature_granulocyte",
    "neutrophil": "immature_granulocyte",
    "basophil": "immature_granulocyte",
    "lymphocyte": "erythroblast",
    "erythroblast": "lymphocyte",
    "eosinophil": "neutrophil",
    "platelet": "erythroblast",
}
_CLEANLAB_SCRIPT = """
import sys, numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
given = np.load(sys.argv[1]); y, p, x = given["y"], given["p"], given["x"]
out = {}
flagged = find_label_issues(y, p)
quality = get_label_quality_scores(y, p, method="self_confidence")
out["find_label_issues"] = np.stack([1 - quality + flagged, flagged])
from cleanlab import Datalab
both = {"these probabilities": {"pred_probs": p}, "embeddings alone": {"features": x}}
for name, what in both.items():
    lab = Datalab({"y": y}, label_name="y", verbosity=0)
    lab.find_issues(**what, issue_types={"label": {}})
    found = lab.get_issues("label")
    out[f"Datalab, {name}"] = np.stack([1 - found["label_score"], found["is_label_issue"]])
np.savez(sys.argv[2], **out)
"""


def main() -> int:
    """Plant the faults, run the detectors and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", type=Path)
    args = parser.parse_args()
    files = image_files(args.folder)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        planted = work / "images"
        faults = _plant_faults(files, planted)
        folder = _load_image_set(planted, work)
        clean = [record.path for record in folder.records if record.path not in faults]
        bluish = _bluest_group(planted, clean)
        for selection, step in (("all images", 1), ("every second image", 2)):
            selected = set(clean[::step])
            subset = _subset(folder, selected | set(faults))
            print(f"\n{selection}: {len(selected)} clean\n")
            print(
                markdown_table(["figure", "measured"], _evaluate_outliers(subset, faults, bluish))
            )
            print()
            header = [
                "labels",
                "judge",
                "average precision, mean of five draws (least)",
                "precision, recall of its flags",
            ]
            print(
                markdown_table(
                    header, _evaluate_labels(_subset(folder, selected), args.peers, work)
                )
            )
        print()
        print(markdown_table(["figure", "measured"], _evaluate_leaks(files, work)))
    print(machine_description())
    return 0


def _load_image_set(images: Path, work: Path) -> ImageSet:
    bundle = open_model("fast")
    source = open_source(images, load_class_set(bundle.card.class_set))
    runtime = open_runtime(bundle, choose_device("cpu"), Job())
    store = FeatureStore(work / "facts.sqlite")
    try:
        with store, ReadingCache(bundle.card) as cache:
            records = list(source.scan(Job()))
            return build_image_set(Job(), source, records, runtime, bundle.card, cache, store)
    finally:
        runtime.close()


def _subset(folder: ImageSet, paths: set[str]) -> ImageSet:
    """Return the image set restricted to some paths."""
    keep = [index for index, record in enumerate(folder.records) if record.path in paths]
    rows, content = np.unique(folder.content_rows[keep], return_inverse=True)
    hashes = [folder.hashes[row] for row in rows]
    arrays = folder.features[rows], folder.embeddings[rows], folder.logits[rows]
    return ImageSet(
        [folder.records[index] for index in keep], [], content, hashes, *arrays, folder.classes
    )


def _faulty_versions(pixels: Pixels, rng: np.random.Generator) -> dict[str, Pixels]:
    """Return every faulty version of an image; `pale` is a control that is not faulty."""
    height, width = pixels.shape[:2]
    half = np.roll(pixels, width // 2, axis=1)[:, width // 2 :]
    rest = cv2.resize(half, (width, height), interpolation=cv2.INTER_LINEAR)
    pale = 235 - (235 - pixels.astype(float)) * 0.6
    empty = rng.normal(np.median(pixels[:8], (0, 1)), 2, pixels.shape)
    return {
        "blur": cv2.GaussianBlur(pixels, (0, 0), width / 60),
        "dark": (pixels * 0.35).astype(np.uint8),
        "bright": np.clip(pixels.astype(float) * 1.6 + 20, 0, 255).astype(np.uint8),
        "empty": np.clip(empty, 0, 255).astype(np.uint8),
        "cut": np.ascontiguousarray(rest),
        "size": np.ascontiguousarray(pixels[:, : width // 3]),
        "pale": np.clip(pale, 0, 255).astype(np.uint8),
    }


def _plant_faults(files: list[Path], out: Path) -> dict[str, str]:
    rng = np.random.default_rng(_SEED)
    for file in files:
        link_into(file, out)
    selected = iter([files[n] for n in rng.permutation(len(files))])
    faults: dict[str, str] = {}
    for kind in _faulty_versions(load_bgr(files[0]), rng):
        for _ in range(_FAULTS_PER_KIND):
            file = next(selected)
            path = f"{file.parent.name}/{kind}_{file.stem}.jpg"
            save(out / path, _faulty_versions(load_bgr(file), rng)[kind], JPEG_PARAMETERS)
            faults[path] = kind
    for number in range(len(files) // 100):
        path = f"{next(selected).parent.name}/intruder_{number}.jpg"
        save(out / path, intruder(number, 192, _SEED)[1], JPEG_PARAMETERS)
        faults[path] = "intruder"
    return faults


def _bluest_group(root: Path, paths: list[str]) -> set[str]:
    """Return the images of the slide group with the bluest background."""
    images = [load_bgr(root / path)[..., ::-1] for path in paths]
    group = cluster_slides(images)
    return {path for path, number in zip(paths, group, strict=True) if number == group.max()}


def _evaluate_outliers(
    folder: ImageSet, faults: dict[str, str], bluish_paths: set[str]
) -> list[list[str]]:
    from sklearn.metrics import roc_auc_score

    context = _compare(folder)
    kind = np.array([faults.get(record.path, "") for record in folder.records])
    score = context.comparison["outlier_scores"][folder.content_rows]
    off_topic, clean = kind == "intruder", kind == ""
    bluish = np.array([record.path in bluish_paths for record in folder.records])
    both = off_topic | clean
    flagged = score >= OFF_TOPIC_SCORE
    threshold = np.sort(score[off_topic])[::-1][int(np.ceil(0.9 * off_topic.sum())) - 1]
    precision = (off_topic & (score >= threshold)).sum() / max(
        1, (both & (score >= threshold)).sum()
    )
    bluish_share = f"{flagged[bluish & clean].sum()} of {(bluish & clean).sum()}"
    rows = [
        ["intruders at 1%: AUROC", f"{roc_auc_score(off_topic[both], score[both]):.4f}"],
        ["precision at recall 0.9", f"{precision:.3f}"],
        [
            "at the default threshold: recall; precision",
            f"{flagged[off_topic].mean():.3f}; {(flagged & off_topic).sum() / max(1, flagged[both].sum()):.3f}",
        ],
        [
            "clean cells called off-topic; bluish ones",
            f"{flagged[clean].sum()} of {clean.sum()} ({flagged[clean].mean():.2%}); {bluish_share}",
        ],
    ]
    reason_of = {
        finding.path: finding.reason.id.removeprefix("finding.")
        for finding in Quality().find(context)
    }
    for fault in ("blur", "dark", "bright", "empty", "cut", "size"):
        paths = [path for path, kind_of_path in faults.items() if kind_of_path == fault]
        reasons = [reason_of.get(path) for path in paths]
        rows.append(
            [
                f"quality, {fault}: found; with this reason",
                f"{sum(reason is not None for reason in reasons)}; {reasons.count(fault)} of {len(paths)}",
            ]
        )
    pale = [reason_of.get(path) for path, fault in faults.items() if fault == "pale"]
    rows.append(["pale smears called blurred", f"{pale.count('blur')} of {len(pale)}"])
    false_alarms = [
        reason_of[record.path]
        for record, is_clean in zip(folder.records, clean, strict=True)
        if is_clean and record.path in reason_of
    ]
    counts = ", ".join(
        f"{reason} {false_alarms.count(reason)}" for reason in sorted(set(false_alarms))
    )
    rows.append(["clean cells called faulty", f"{len(false_alarms)} of {clean.sum()} ({counts})"])
    return rows


def _compare(folder: ImageSet) -> DetectorContext:
    return compare_image_set(
        Job(), Path("nowhere") / str(len(folder.records)), folder, open_model("fast")
    )


def _evaluate_labels(folder: ImageSet, peers: Path | None, work: Path) -> list[list[str]]:
    from sklearn.metrics import average_precision_score

    names = sorted({str(folder.records[image].label) for image in folder.first_images})
    true_labels = np.array(
        [names.index(str(folder.records[image].label)) for image in folder.first_images]
    )
    reduced = _whiten(folder.embeddings)
    rows = []
    for kind in ("at random", "look-alike"):
        measured: dict[str, list[tuple[float, float, float]]] = {}
        for seed in _LABEL_NOISE_SEEDS:
            is_wrong, labels = _add_label_noise(true_labels, names, kind, seed)
            for method, (score, flag) in _label_scores(reduced, labels, peers, work).items():
                average = average_precision_score(is_wrong, score)
                measured.setdefault(method, []).append(
                    (average, is_wrong[flag].mean(), flag[is_wrong].mean())
                )
        for method, draws in measured.items():
            average, precision, recall = np.mean(draws, 0)
            minimum = min(draw[0] for draw in draws)
            averages = f"{average:.4f} ({minimum:.4f})"
            rows.append([kind, method, averages, f"{precision:.3f}, {recall:.3f}"])
    return rows


def _add_label_noise(
    true_labels: np.ndarray, names: list[str], kind: str, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return a mask of the labels made wrong (5%), and the noisy labels."""
    rng = np.random.default_rng(seed)
    is_wrong = rng.random(len(true_labels)) < 0.05
    labels = true_labels.copy()
    for row in np.flatnonzero(is_wrong):
        other = (true_labels[row] + rng.integers(1, len(names))) % len(names)
        confusable = _CONFUSABLE_CLASS.get(names[true_labels[row]])
        at_random = kind == "at random" or confusable is None
        labels[row] = other if at_random else names.index(confusable)
    return is_wrong, labels


def _label_scores(
    reduced: np.ndarray, labels: np.ndarray, peers: Path | None, work: Path
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return each method's score per label (higher is more suspect, unflagged last) and its flags."""
    probabilities = label_issues.out_of_fold_probabilities(reduced, labels, np.arange(len(labels)))
    score, _, flagged = label_issues.find_label_issues(labels, probabilities)
    scores = {"Bloodbench": (score + flagged, flagged)}
    if peers:
        np.savez(work / "given.npz", y=labels, p=probabilities, x=reduced)
        command = [peers, "-c", _CLEANLAB_SCRIPT, work / "given.npz", work / "judged.npz"]
        subprocess.run(command, check=True, capture_output=True)
        with np.load(work / "judged.npz") as arrays:
            scores |= {name: (arrays[name][0], arrays[name][1] > 0) for name in arrays.files}
    return scores


def _evaluate_leaks(files: list[Path], work: Path) -> list[list[str]]:
    rng = np.random.default_rng(_SEED)
    images = work / "splits"
    order = rng.permutation(len(files))[:4000]
    expected: set[str] = set()
    for number, file in enumerate(files[index] for index in order):
        part = ("train", "train", "train", "val", "test")[number % 5]
        link_into(file, images / part)
        if part != "train" and number < 1000:
            copies = {"exact": None, **near_copies(load_bgr(file), rng)}
            kind = list(copies)[number % len(copies)]
            target = images / "train" / file.parent.name / f"leak_{kind}_{file.stem}.jpg"
            target.parent.mkdir(parents=True, exist_ok=True)
            altered = copies[kind]
            target.write_bytes(file.read_bytes()) if altered is None else save(target, *altered)
            expected.add(target.relative_to(images).as_posix())
    folder = _load_image_set(images, work)
    found = {finding.path for finding in SplitLeaks().find(_compare(folder))}
    return [
        [
            "leaks planted over train, val and test; found",
            f"{len(expected)}; {len(found & expected)}",
        ],
        [
            "recall; precision",
            f"{len(found & expected) / len(expected):.3f}; {len(found & expected) / max(1, len(found)):.3f}",
        ],
    ]


if __name__ == "__main__":
    sys.exit(main())
