"""Training on another computer, for example one with a GPU and without TensorFlow.

    python bench/remote_training.py pack FOLDER --parts 2 --out DIR [--exclude CSV] [--recipe NAME]
    python bench/remote_training.py fit DIR --recipe NAME --out WORK [--start WEIGHTS]
    python bench/remote_training.py take WORK FOLDER --recipe NAME --out MODEL [--exclude CSV] [--about NAME]

`pack` writes the training and validation files with their labels and split into `--parts` zips; held-out
images stay here. `fit` runs on the other computer and needs Keras, OpenCV, Pillow and msgspec; it saves the
weights to WORK after each epoch. `take` turns them into a model bundle, as `main.py train` would.
"""

import argparse
import csv
import json
import os
import shutil
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import common  # noqa: F401  (adds the engine to the path)
import msgspec
import numpy as np

from engine.train.recipe import Recipe, load_recipe

_META_FILE = "meta.json"


def main() -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("pack", "fit", "take"))
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--recipe", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--exclude", type=Path, metavar="CSV")
    parser.add_argument("--start", type=Path, metavar="WEIGHTS")
    parser.add_argument("--about", default="pbc")
    args = parser.parse_args()
    recipe = load_recipe(args.recipe)
    {"pack": pack, "fit": fit, "take": take}[args.what](args, recipe)
    return 0


def pack(args: argparse.Namespace, recipe: Recipe) -> None:
    """Write `part-1.zip`, `part-2.zip`, …"""
    from engine.images.class_set import load_class_set
    from engine.images.source import open_source
    from engine.jobs import Job
    from engine.train import dataset
    from engine.train.data_split import split_images
    from engine.train.holdout import group_images

    folder = args.folders[0]
    class_set = load_class_set(recipe.class_set)
    with tempfile.TemporaryDirectory() as name:
        data = dataset.build_dataset(
            Job(), open_source(folder, class_set), class_set, 32, Path(name), _excluded_paths(args)
        )
    groups = group_images(data.paths, data.groups)
    parts = split_images(data.labels, groups, (recipe.validation, recipe.test), recipe.seed)
    rows = np.random.default_rng(0).permutation(np.flatnonzero(parts < 2))
    args.out.mkdir(parents=True, exist_ok=True)
    for number, part_rows in enumerate(np.array_split(rows, args.parts), 1):
        # Stored uncompressed: JPEG files do not shrink further.
        with zipfile.ZipFile(args.out / f"part-{number}.zip", "w") as archive:
            entries = [
                (data.paths[row], int(data.labels[row]), int(parts[row])) for row in part_rows
            ]
            archive.writestr(
                f"{number}-{_META_FILE}",
                json.dumps(
                    {"classes": data.classes, "rows": entries, "fingerprint": data.fingerprint}
                ),
            )
            for path, *_ in entries:
                archive.write(folder / path, path)
    print(f"{len(rows)} of {len(parts)} images")


def fit(args: argparse.Namespace, recipe: Recipe) -> None:
    """Train, printing progress, and write `weights.npz` and `fitted.json` to the folder --out."""
    work = args.out
    work.mkdir(parents=True, exist_ok=True)
    images, labels, split, meta = _unpack(args, recipe.size)
    classes = meta["classes"]
    # Imported late because it loads Keras.
    from engine.train.child import fit as task

    request = {
        "resume": True,
        "recipe": msgspec.to_builtins(recipe),
        "names": classes,
        "classes": len(classes),
        "images": str(images),
        "labels": labels,
        "split": split,
        "out": str(work / "weights.npz"),
        "start": str(args.start) if args.start else None,
        "skip_head": False,
    }
    result = task.run(request, _PrintingChannel())  # type: ignore[arg-type]  # has no parent process
    result["fingerprint"] = meta["fingerprint"]
    (work / "fitted.json").write_text(json.dumps(result), encoding="utf-8")


def take(args: argparse.Namespace, recipe: Recipe) -> None:
    """Write a bundle: OpenVINO network, calibration, metrics, embedding statistics."""
    from engine.images.class_set import load_class_set
    from engine.images.source import open_source
    from engine.jobs import Job
    from engine.train import dataset
    from engine.train.dataset_card import load_dataset_card
    from engine.train.training import UNFINISHED_SUFFIX, train

    fitted_folder, folder = args.folders
    class_set = load_class_set(recipe.class_set)
    source = open_source(folder, class_set)
    exclude = _excluded_paths(args)
    work = args.out.with_name(args.out.name + UNFINISHED_SUFFIX)
    work.mkdir(parents=True, exist_ok=True)
    data = dataset.build_dataset(Job(), source, class_set, recipe.size, work, exclude)
    shutil.copy(fitted_folder / "weights.npz", work)
    result = json.loads((fitted_folder / "fitted.json").read_text(encoding="utf-8"))
    if result["fingerprint"] != data.fingerprint:
        sys.exit("the weights were trained on other images, which may include held-out ones")
    expected = {
        "recipe": msgspec.to_builtins(recipe),
        "fingerprint": data.fingerprint,
        "parent": None,
        "shares": [],
    }
    (work / "fitted.json").write_text(json.dumps({**result, **expected}), encoding="utf-8")
    command = f"python bench/remote_training.py fit {folder.name} --recipe {recipe.name}"
    about = load_dataset_card(args.about)
    model = train(
        Job(), source, recipe, args.out, dataset_card=about, command=command, exclude=exclude
    )
    print(json.dumps(model.card.metrics, indent=1))


class _PrintingChannel:
    """Stand-in for the channel to a parent process: prints each epoch to stderr, never cancels."""

    def check(self) -> None: ...

    def wait_while_paused(self) -> None: ...

    def progress(self, done: int, total: int, _message: object, values: dict[str, float]) -> None:
        self._print(f"{done} of {total}", values)

    def partial(self, values: dict[str, float]) -> None:
        self._print("epoch", values)

    @staticmethod
    def _print(label: str, values: dict[str, float]) -> None:
        figures = " ".join(f"{name} {value:.4g}" for name, value in values.items())
        print(time.strftime("%H:%M:%S"), label, figures, file=sys.stderr, flush=True)


def _excluded_paths(args: argparse.Namespace) -> set[str]:
    if not args.exclude:
        return set()
    with args.exclude.open(encoding="utf-8", newline="") as file:
        return {row["path"] for row in csv.DictReader(file)}


def _unpack(
    args: argparse.Namespace, size: int
) -> tuple[Path, np.ndarray, np.ndarray, dict[str, Any]]:
    from engine.images.decoder import decode
    from engine.images.resize import resize_to_square

    rows: list[tuple[zipfile.ZipFile, str, int, int]] = []
    meta: dict[str, Any] = {}
    file = args.out / "images.npy"
    archives = [zipfile.ZipFile(path) for path in sorted(args.folders[0].glob("part-*.zip"))]
    for number, archive in enumerate(archives, 1):
        meta = json.loads(archive.read(f"{number}-{_META_FILE}"))
        rows += [(archive, *entry) for entry in meta["rows"]]
    images = np.lib.format.open_memmap(file, "w+", np.uint8, (len(rows), size, size, 3))

    def load(index: int) -> None:
        archive, name, *_ = rows[index]
        images[index] = resize_to_square(decode(archive.read(name)).pixels, size)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(load, range(len(rows))))
    images.flush()
    labels, split = (np.array([row[column] for row in rows], np.intp) for column in (2, 3))
    return file, labels, split, meta


if __name__ == "__main__":
    sys.exit(main())
