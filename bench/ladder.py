"""Ladder of systems: what each step buys, trained on one split with one budget of processor time each.

    python bench/ladder.py HOME CHULA BCCD --out DIR [--budget 4] [--only SYSTEM …] [--corrupted 120]

HOME holds the class folders to train on, CHULA and BCCD those of two other laboratories. The budget is in
minutes of one processor core at the speeds of `_SYSTEMS`, roughly those of a Xeon with AMX; it is spent
as a number of passes over the images, so that a slower machine trains the same and takes longer. Models that
DIR already holds are not trained again, and the table names only systems that were measured. Prints a markdown
table and writes the figures to DIR/ladder.json. The systems of `bench/processor/train.py` need its packages,
and jemalloc in BENCH_FIT_PRELOAD instead of LD_PRELOAD; EfficientNet-Lite0 needs its ImageNet weights
(docs/training.md).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import common
import model_measures
import msgspec
from held_out import LabelledImages, ModelReader
from other_laboratories import accuracy_among_present, load_unseen

from engine.atomic_files import atomic_write
from engine.classify.bundle import Bundle
from engine.classify.models import open_model
from main import CHECKED_VARIABLE

_SHARE_OF_OTHER = 0.2
_TURNED = {"geometry": {"flip": True, "rotation": 180, "shift": 0.1, "zoom": 1.25}}
_PHASE = {
    "optimizer": "adamw",
    "learning_rate": 1e-3,
    "weight_decay": 0.03,
    "warmup": 0.04,
    "ema": 0.998,
}
_HEAD = {"optimizer": "adamw", "learning_rate": 1e-3, "trainable": "head"}
# Without an average of the weights, which in Keras begins with the random ones.
_SHORT = {"optimizer": "adamw", "learning_rate": 3e-3, "weight_decay": 0.02, "warmup": 0.06}
_STAIN = {"start": "lite", "phases": [_PHASE]}


@dataclass(frozen=True, slots=True)
class System:
    """One row of the table.

    `speed` is in training images a second on one core; `changes` replaces fields of the recipe. With
    `kernels` it is trained by `bench/processor/train.py`, which can end within a pass.
    """

    title: str
    recipe: str
    speed: float
    changes: dict[str, Any]
    kernels: bool = False
    start: str | None = None
    other: str | None = None


_SYSTEMS = {
    "simple_cnn": System("four convolutional layers", "simple_cnn", 35, {"size": 129}),
    "vgg_half": System("VGG16 with half its filters", "vgg_half", 9, {"size": 129}),
    "mobilenet_v3_small": System(
        "MobileNetV3Small, random weights", "mobilenet_v3_small", 60, {"phases": [_SHORT]}
    ),
    "lite0_frozen": System(
        "EfficientNet-Lite0, ImageNet layers frozen, new head",
        "efficientnet_lite0",
        80,
        {"augmentation": _TURNED, "phases": [_HEAD]},
    ),
    "lite0_fine_tuned": System(
        "EfficientNet-Lite0, all layers fine-tuned",
        "efficientnet_lite0",
        63,
        {"augmentation": _TURNED},
        kernels=True,
    ),
    "lite0_stain": System(
        "the same, with stain and camera augmentation",
        "efficientnet_lite0_2_cameras",
        63,
        _STAIN,
        kernels=True,
    ),
    "lite0_with_bccd": System(
        "with stain augmentation, and a fifth of the images from bccd",
        "efficientnet_lite0_2_cameras",
        63,
        _STAIN,
        kernels=True,
        other="bccd",
    ),
    "lite0_with_chula": System(
        "with stain augmentation, and a fifth of the images from chula-wbc",
        "efficientnet_lite0_2_cameras",
        63,
        _STAIN,
        kernels=True,
        other="chula",
    ),
    "efficientnet_b4": System(
        "EfficientNetB4, grown from the Lite0 with stain augmentation",
        "efficientnet_b4_cameras",
        17,
        {"size": 129, "morph": 0.2, "phases": [_PHASE | {"learning_rate": 6e-4}]},
        kernels=True,
        start="lite0_stain",
    ),
}


def main() -> int:
    """Train and measure the systems that are missing, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("chula", type=Path)
    parser.add_argument("bccd", type=Path)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--budget", type=float, default=4, metavar="MINUTES")
    parser.add_argument("--only", nargs="+", choices=_SYSTEMS, default=list(_SYSTEMS))
    parser.add_argument("--corrupted", type=int, default=120, metavar="N", help="images")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    file = args.out / "ladder.json"
    figures: dict[str, Any] = json.loads(file.read_bytes()) if file.exists() else {}
    held_out: LabelledImages | None = None
    for name in args.only:
        model, row = args.out / name, figures.setdefault(name, {})
        if not model.exists():
            if (trained := _train(name, args)) is None:
                continue
            row |= trained
            _save(file, figures)
        if "clean" not in row:
            bundle = open_model(model)
            if held_out is None:
                held_out, _ = load_unseen(bundle, args.home)
            row |= _measure(bundle, held_out, args)
        _save(file, figures)
        print(_table(figures), flush=True)
    print(common.machine_description())
    return 0


def _save(file: Path, figures: dict[str, Any]) -> None:
    atomic_write(file, json.dumps(figures, indent=1).encode())


def _train(name: str, args: argparse.Namespace) -> dict[str, Any] | None:
    """Train one system in another process; return passes and minutes of processor time, None if it failed."""
    system = _SYSTEMS[name]
    recipe = common.ROOT / "resources/recipes" / f"{system.recipe}.toml"
    fields = tomllib.loads(recipe.read_text(encoding="utf-8")) | system.changes
    wanted = args.budget * 60 * system.speed
    images = sum(1 for file in args.home.glob("*/*")) * (1 - fields["test"] - fields["validation"])
    passes = max(1, round(wanted / images))
    fields["phases"] = [fields["phases"][0] | {"epochs": passes}]
    file = args.out / f"{name}.toml"
    file.write_text(
        "".join(f"{key} = {_toml(value)}\n" for key, value in fields.items()), encoding="utf-8"
    )
    # This Python has all packages: `main.py` must not look after, or even rebuild, its environment.
    environment = {**os.environ, CHECKED_VARIABLE: "1"}
    command = [common.ROOT / "main.py", "train"]
    if system.kernels:
        command = [common.ROOT / "bench/processor/train.py"]
        steps = max(1, round(wanted / passes / fields["batch"]))
        environment["BENCH_STEPS"] = str(steps)
        trained = steps * passes * fields["batch"] / images
    else:
        trained = passes
    command += [args.home, "--recipe", file, "--out", args.out / name]
    if system.start:
        command += ["--from", args.out / system.start]
    if system.other:
        command += ["--beside", f"{getattr(args, system.other)}={_SHARE_OF_OTHER}"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, *map(str, command)], env=environment, check=False)
    if done.returncode:
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"passes": trained, "minutes": seconds / 60}


def _toml(value: Any) -> str:
    """Return a value as TOML; tables in braces."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


def _measure(model: Bundle, held_out: LabelledImages, args: argparse.Namespace) -> dict[str, Any]:
    """Return all figures of a model; exits if its held-out images are others than those of the first."""
    if abs(model.card.metrics["test"]["n"] - len(held_out.labels)) > len(held_out.labels) / 100:
        sys.exit(f"{model.card.name} was trained on another split")
    with ModelReader(model) as reader:
        row = {
            "clean": msgspec.to_builtins(model_measures.clean(reader, held_out)["metrics"]),
            "corrupted": model_measures.corrupted(reader, held_out.sample(args.corrupted)),
        }
        for name in ("chula", "bccd"):
            if name != _SYSTEMS[model.card.name].other:
                row[name] = accuracy_among_present(reader, getattr(args, name))
    return row


def _table(figures: dict[str, Any]) -> str:
    header = ["system", "passes", "minutes", "clean", "corrupted, error", "chula-wbc", "bccd"]
    rows = []
    for name, system in _SYSTEMS.items():
        if "clean" not in (row := figures.get(name, {})):
            continue
        foreign = [f"{row[key]:.1%}" if key in row else "" for key in ("chula", "bccd")]
        budget = [f"{row['passes']:.1f}", f"{row['minutes']:.0f}"]
        clean = f"{row['clean']['accuracy']:.1%}"
        rows.append([system.title, *budget, clean, f"{row['corrupted']['mean']:.1%}", *foreign])
    return common.markdown_table(header, rows)


if __name__ == "__main__":
    sys.exit(main())
