"""Train on another computer, say one with a graphics card and without TensorFlow, and end it here.

    python bench/elsewhere.py pack FOLDER --parts 2 --out DIR [--exclude CSV] [--recipe NAME]
    python bench/elsewhere.py fit DIR --recipe NAME --out WORK [--start WEIGHTS]
    python bench/elsewhere.py take WORK FOLDER --recipe NAME --out MODEL [--exclude CSV] [--about NAME]

`pack` writes the files that are learned from and watched, in so many zips, with their labels and which is
which: held-out images stay here. `fit`, there, needs Keras, OpenCV, Pillow and msgspec; what it learned
lies in WORK after each epoch. `take` makes a model bundle of that, as `main.py train` would.
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

import common  # noqa: F401  (finds the engine)
import msgspec
import numpy as np

from engine.train.recipe import Recipe, load_recipe

_META = "meta.json"


def main() -> int:
    """Do one of the three."""
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
    given = parser.parse_args()
    recipe = load_recipe(given.recipe)
    {"pack": pack, "fit": fit, "take": take}[given.what](given, recipe)
    return 0


def pack(given: argparse.Namespace, recipe: Recipe) -> None:
    """Write `part-1.zip` and so on."""
    from engine.images.classes import load_class_set
    from engine.images.source import open_source
    from engine.jobs import Job
    from engine.train import dataset
    from engine.train.locked import together
    from engine.train.split import split

    folder = given.folders[0]
    class_set = load_class_set(recipe.class_set)
    with tempfile.TemporaryDirectory() as name:
        data = dataset.build(
            Job(), open_source(folder, class_set), class_set, 32, Path(name), _left_out(given)
        )
    groups = together(data.paths, data.groups)
    parts = split(data.labels, groups, (recipe.validation, recipe.test), recipe.seed)
    rows = np.random.default_rng(0).permutation(np.flatnonzero(parts < 2))
    given.out.mkdir(parents=True, exist_ok=True)
    for number, some in enumerate(np.array_split(rows, given.parts), 1):
        # JPEG shrinks no further.
        with zipfile.ZipFile(given.out / f"part-{number}.zip", "w") as archive:
            told = [(data.paths[row], int(data.labels[row]), int(parts[row])) for row in some]
            archive.writestr(
                f"{number}-{_META}",
                json.dumps(
                    {"classes": data.classes, "rows": told, "fingerprint": data.fingerprint}
                ),
            )
            for path, *_ in told:
                archive.write(folder / path, path)
    print(f"{len(rows)} of {len(parts)} images")


def fit(given: argparse.Namespace, recipe: Recipe) -> None:
    """Learn, saying how it goes, and leave `weights.npz` and `fitted.json` in the folder --out."""
    work = given.out
    work.mkdir(parents=True, exist_ok=True)
    images, labels, split, told_of = _unpacked(given, recipe.size)
    classes = told_of["classes"]
    # Late: it imports Keras.
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
        "start": str(given.start) if given.start else None,
        "skip_head": False,
    }
    told = task.run(request, _Aloud())  # type: ignore[arg-type]  # a channel to nobody
    told["fingerprint"] = told_of["fingerprint"]
    (work / "fitted.json").write_text(json.dumps(told), encoding="utf-8")


def take(given: argparse.Namespace, recipe: Recipe) -> None:
    """Make a bundle: the network for OpenVINO, calibration, figures, statistics."""
    from engine.images.classes import load_class_set
    from engine.images.source import open_source
    from engine.jobs import Job
    from engine.train import dataset
    from engine.train.about import load_about
    from engine.train.train import UNFINISHED, train

    brought, folder = given.folders
    class_set = load_class_set(recipe.class_set)
    source = open_source(folder, class_set)
    exclude = _left_out(given)
    work = given.out.with_name(given.out.name + UNFINISHED)
    work.mkdir(parents=True, exist_ok=True)
    data = dataset.build(Job(), source, class_set, recipe.size, work, exclude)
    shutil.copy(brought / "weights.npz", work)
    told = json.loads((brought / "fitted.json").read_text(encoding="utf-8"))
    if told["fingerprint"] != data.fingerprint:
        sys.exit("it learned from other images: what is held out of these it may have seen")
    same = {
        "recipe": msgspec.to_builtins(recipe),
        "fingerprint": data.fingerprint,
        "parent": None,
        "shares": [],
    }
    (work / "fitted.json").write_text(json.dumps({**told, **same}), encoding="utf-8")
    command = f"python bench/elsewhere.py fit {folder.name} --recipe {recipe.name}"
    about = load_about(given.about)
    model = train(Job(), source, recipe, given.out, about=about, command=command, exclude=exclude)
    print(json.dumps(model.card.metrics, indent=1))


class _Aloud:
    """Stands in for the wire to a parent: says each epoch on standard error, and is never cancelled."""

    def check(self) -> None: ...

    def wait_while_paused(self) -> None: ...

    def progress(self, done: int, total: int, _message: object, told: dict[str, float]) -> None:
        self._say(f"{done} of {total}", told)

    def partial(self, told: dict[str, float]) -> None:
        self._say("epoch", told)

    @staticmethod
    def _say(what: str, told: dict[str, float]) -> None:
        figures = " ".join(f"{name} {value:.4g}" for name, value in told.items())
        print(time.strftime("%H:%M:%S"), what, figures, file=sys.stderr, flush=True)


def _left_out(given: argparse.Namespace) -> set[str]:
    if not given.exclude:
        return set()
    with given.exclude.open(encoding="utf-8", newline="") as file:
        return {row["path"] for row in csv.DictReader(file)}


def _unpacked(
    given: argparse.Namespace, size: int
) -> tuple[Path, np.ndarray, np.ndarray, dict[str, Any]]:
    from engine.images.decode import decode
    from engine.images.resize import square

    rows: list[tuple[zipfile.ZipFile, str, int, int]] = []
    told: dict[str, Any] = {}
    file = given.out / "images.npy"
    archives = [zipfile.ZipFile(one) for one in sorted(given.folders[0].glob("part-*.zip"))]
    for number, archive in enumerate(archives, 1):
        told = json.loads(archive.read(f"{number}-{_META}"))
        rows += [(archive, *one) for one in told["rows"]]
    images = np.lib.format.open_memmap(file, "w+", np.uint8, (len(rows), size, size, 3))

    def put(place: int) -> None:
        archive, name, *_ = rows[place]
        images[place] = square(decode(archive.read(name)).pixels, size)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(put, range(len(rows))))
    images.flush()
    labels, split = (np.array([row[at] for row in rows], np.intp) for at in (2, 3))
    return file, labels, split, told


if __name__ == "__main__":
    sys.exit(main())
