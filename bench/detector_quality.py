"""Accuracy of the curation detectors on planted faults: off-topic, quality, wrong labels, split leaks.

    python bench/detector_quality.py FOLDER [--peers PYTHON]

FOLDER holds class folders of real images; PYTHON is the interpreter of an environment with cleanlab and
Datalab. The seeds differ from those the thresholds were tuned with. Figures are given for all images and for
every second image; cleanlab gets the same probabilities and embeddings.
"""

import argparse
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

from label_noise import evaluate_labels

from engine.classify.devices import choose_device
from engine.classify.models import open_model
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime import open_runtime
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
                markdown_table(header, evaluate_labels(_subset(folder, selected), args.peers, work))
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
