"""How well single pictures are judged: intruders, faults of quality, wrong labels, leaks over splits.

    python bench/judged.py FOLDER [--peers PYTHON]

FOLDER holds class folders of real images; PYTHON is the interpreter of an environment that has cleanlab with
Datalab. Everything is planted anew with seeds that no threshold was set with, and printed for all images and
for every second one. Peers get the same probabilities and the same embeddings.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from common import ROOT, machine, table
from planted import JPEG, cells, intruder, link, load, near_copies, save
from slides import groups

sys.path.insert(0, str(ROOT))

from engine.classify.cache import ReadingCache
from engine.classify.devices import choose
from engine.classify.models import find
from engine.classify.runtime import open_runtime
from engine.curate import labels
from engine.curate.compare import _whitened
from engine.curate.detector import View
from engine.curate.duplicates import SplitLeaks
from engine.curate.folder import Folder, gather
from engine.curate.scan import look
from engine.curate.single import Quality
from engine.curate.store import FactStore
from engine.curate.unlike import OFF_TOPIC
from engine.images.classes import load_class_set
from engine.images.record import Pixels
from engine.images.source import open_source
from engine.jobs import Job

_SEED = 2026
_FAULTS = 40  # of a kind
_DRAWS = range(_SEED, _SEED + 5)  # of the labels that are made wrong
_LOOK_ALIKE = {
    "immature_granulocyte": "monocyte",
    "monocyte": "immature_granulocyte",
    "neutrophil": "immature_granulocyte",
    "basophil": "immature_granulocyte",
    "lymphocyte": "erythroblast",
    "erythroblast": "lymphocyte",
    "eosinophil": "neutrophil",
    "platelet": "erythroblast",
}
_PEER = """
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
    """Plant, judge and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", type=Path)
    given = parser.parse_args()
    files = cells(given.folder)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        planted = work / "images"
        faults = _plant(files, planted)
        folder = _gather(planted, work)
        clean = [one.path for one in folder.records if one.path not in faults]
        blue = _bluish(planted, clean)
        for what, step in (("all images", 1), ("every second image", 2)):
            kept = set(clean[::step])
            part = _part(folder, (kept | set(faults)).__contains__)
            print(f"\n{what}: {len(kept)} clean\n")
            print(table(["figure", "measured"], _outliers(part, faults, blue, work)))
            print()
            header = [
                "labels",
                "judge",
                "average precision, mean of five draws (least)",
                "precision, recall of its flags",
            ]
            print(table(header, _labels(_part(folder, kept.__contains__), given.peers, work)))
        print()
        print(table(["figure", "measured"], _leaks(files, work)))
    print(machine())
    return 0


def _gather(images: Path, work: Path) -> Folder:
    bundle = find("fast")
    source = open_source(images, load_class_set(bundle.card.class_set))
    runtime = open_runtime(bundle, choose("cpu"), Job())
    store = FactStore(work / "facts.sqlite")
    try:
        with store, ReadingCache(bundle.card) as cache:
            found = list(source.scan(Job()))
            return gather(Job(), source, found, runtime, bundle.card, cache, store)
    finally:
        runtime.close()


def _part(folder: Folder, wanted) -> Folder:  # type: ignore[no-untyped-def]
    """Return a folder of some images alone."""
    keep = [n for n, one in enumerate(folder.records) if wanted(one.path)]
    rows, content = np.unique(folder.content[keep], return_inverse=True)
    hashes = [folder.hashes[row] for row in rows]
    arrays = folder.facts[rows], folder.embeddings[rows], folder.logits[rows]
    return Folder([folder.records[n] for n in keep], [], content, hashes, *arrays, folder.classes)


def _faulty(pixels: Pixels, rng: np.random.Generator) -> dict[str, Pixels]:
    """Return every faulty version of a picture; a pale one is none."""
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


def _plant(files: list[Path], out: Path) -> dict[str, str]:
    rng = np.random.default_rng(_SEED)
    for file in files:
        link(file, out)
    chosen = iter([files[n] for n in rng.permutation(len(files))])
    faults: dict[str, str] = {}
    for kind in _faulty(load(files[0]), rng):
        for _ in range(_FAULTS):
            file = next(chosen)
            path = f"{file.parent.name}/{kind}_{file.stem}.jpg"
            save(out / path, _faulty(load(file), rng)[kind], JPEG)
            faults[path] = kind
    for number in range(len(files) // 100):
        path = f"{next(chosen).parent.name}/intruder_{number}.jpg"
        save(out / path, intruder(number, 192, _SEED)[1], JPEG)
        faults[path] = "intruder"
    return faults


def _bluish(root: Path, paths: list[str]) -> set[str]:
    """Return the group of slides whose glass is bluest."""
    pictures = [load(root / path)[..., ::-1] for path in paths]
    group = groups(pictures)
    return {path for path, one in zip(paths, group, strict=True) if one == group.max()}


def _outliers(
    folder: Folder, faults: dict[str, str], blue: set[str], work: Path
) -> list[list[str]]:
    from sklearn.metrics import roc_auc_score

    view = _view(folder)
    kind = np.array([faults.get(one.path, "") for one in folder.records])
    score = view.compared["unlike"][folder.content]
    off, clean = kind == "intruder", kind == ""
    bluish = np.array([one.path in blue for one in folder.records])
    both = off | clean
    flagged = score >= OFF_TOPIC
    enough = np.sort(score[off])[::-1][int(np.ceil(0.9 * off.sum())) - 1]
    precision = (off & (score >= enough)).sum() / max(1, (both & (score >= enough)).sum())
    blues = f"{flagged[bluish & clean].sum()} of {(bluish & clean).sum()}"
    rows = [
        ["intruders at 1%: AUROC", f"{roc_auc_score(off[both], score[both]):.4f}"],
        ["precision at recall 0.9", f"{precision:.3f}"],
        [
            "at the default threshold: recall; precision",
            f"{flagged[off].mean():.3f}; {(flagged & off).sum() / max(1, flagged[both].sum()):.3f}",
        ],
        [
            "clean cells called off-topic; bluish ones",
            f"{flagged[clean].sum()} of {clean.sum()} ({flagged[clean].mean():.2%}); {blues}",
        ],
    ]
    called = {one.path: one.reason.id.removeprefix("finding.") for one in Quality().find(view)}
    for fault in ("blur", "dark", "bright", "empty", "cut", "size"):
        paths = [path for path, what in faults.items() if what == fault]
        said = [called.get(path) for path in paths]
        rows.append(
            [
                f"quality, {fault}: found; with this reason",
                f"{sum(one is not None for one in said)}; {said.count(fault)} of {len(paths)}",
            ]
        )
    pale = [called.get(path) for path, what in faults.items() if what == "pale"]
    rows.append(["pale smears called blurred", f"{pale.count('blur')} of {len(pale)}"])
    wrong = [
        called[one.path] for n, one in enumerate(folder.records) if clean[n] and one.path in called
    ]
    each = ", ".join(f"{what} {wrong.count(what)}" for what in sorted(set(wrong)))
    rows.append(["clean cells called faulty", f"{len(wrong)} of {clean.sum()} ({each})"])
    return rows


def _view(folder: Folder) -> View:
    return look(Job(), Path("nowhere") / str(len(folder.records)), folder, find("fast"))


def _labels(folder: Folder, peers: Path | None, work: Path) -> list[list[str]]:
    from sklearn.metrics import average_precision_score

    names = sorted({str(folder.records[image].label) for image in folder.first})
    right = np.array([names.index(str(folder.records[image].label)) for image in folder.first])
    reduced = _whitened(folder.embeddings)
    rows = []
    for kind in ("at random", "look-alike"):
        measured: dict[str, list[tuple[float, float, float]]] = {}
        for seed in _DRAWS:
            wrong, given = _mislabelled(right, names, kind, seed)
            for judge, (value, flag) in _judges(reduced, given, peers, work).items():
                average = average_precision_score(wrong, value)
                measured.setdefault(judge, []).append(
                    (average, wrong[flag].mean(), flag[wrong].mean())
                )
        for judge, draws in measured.items():
            average, precision, recall = np.mean(draws, 0)
            least = min(one for one, _, _ in draws)
            said = f"{average:.4f} ({least:.4f})"
            rows.append([kind, judge, said, f"{precision:.3f}, {recall:.3f}"])
    return rows


def _mislabelled(
    right: np.ndarray, names: list[str], kind: str, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return which labels are made wrong, and the labels given."""
    rng = np.random.default_rng(seed)
    wrong = rng.random(len(right)) < 0.05
    given = right.copy()
    for row in np.flatnonzero(wrong):
        other = (right[row] + rng.integers(1, len(names))) % len(names)
        alike = _LOOK_ALIKE.get(names[right[row]])
        given[row] = other if kind == "at random" or alike is None else names.index(alike)
    return wrong, given


def _judges(
    reduced: np.ndarray, given: np.ndarray, peers: Path | None, work: Path
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return for each judge how wrong each label seems, what it does not flag last, and its flags."""
    found = labels.out_of_fold(reduced, given, np.arange(len(given)))
    score, _, flagged = labels.issues(given, found)
    judged = {"Bloodbench": (score + flagged, flagged)}
    if peers:
        np.savez(work / "given.npz", y=given, p=found, x=reduced)
        command = [peers, "-c", _PEER, work / "given.npz", work / "judged.npz"]
        subprocess.run(command, check=True, capture_output=True)
        with np.load(work / "judged.npz") as them:
            judged |= {name: (them[name][0], them[name][1] > 0) for name in them.files}
    return judged


def _leaks(files: list[Path], work: Path) -> list[list[str]]:
    rng = np.random.default_rng(_SEED)
    images = work / "splits"
    order = rng.permutation(len(files))[:4000]
    expected: set[str] = set()
    for number, file in enumerate(files[n] for n in order):
        part = ("train", "train", "train", "val", "test")[number % 5]
        link(file, images / part)
        if part != "train" and number < 1000:
            copies = {"exact": None, **near_copies(load(file), rng)}
            kind = list(copies)[number % len(copies)]
            target = images / "train" / file.parent.name / f"leak_{kind}_{file.stem}.jpg"
            target.parent.mkdir(parents=True, exist_ok=True)
            made = copies[kind]
            target.write_bytes(file.read_bytes()) if made is None else save(target, *made)
            expected.add(target.relative_to(images).as_posix())
    folder = _gather(images, work)
    found = {one.path for one in SplitLeaks().find(_view(folder))}
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
