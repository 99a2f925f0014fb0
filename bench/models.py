"""Model evaluation on the held-out fifth of its images: figures as JSON.

    python bench/models.py FOLDER [--model NAME|PATH] [--out JSON] [--corrupted N] [--restained N]

FOLDER holds the images the model was trained on. With --group CSV (of `bench/slide_groups.py --hold`) only the
images of that table are used; the model must have seen none of them. `docs/make_models.py` builds the models
page and the model cards from the output of --out.
"""

import argparse
import csv
import datetime
import shlex
import sys
import time
from pathlib import Path

import common
import model_measures
import msgspec
import numpy as np
from held_out import LabelledImages, ModelReader, load_labelled_images

from engine.atomic_files import atomic_write
from engine.classify.bundle import Bundle
from engine.classify.models import open_model


def main() -> int:
    """Measure one model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", metavar="NAME|PATH")
    parser.add_argument("--out", type=Path, metavar="JSON")
    parser.add_argument("--group", type=Path, metavar="CSV")
    parser.add_argument(
        "--corrupted", type=int, default=10**9, metavar="N", help="images, 0 for none"
    )
    parser.add_argument(
        "--restained", type=int, default=10**9, metavar="N", help="images, 0 for none"
    )
    args = parser.parse_args()
    model = open_model(args.model)
    everything = load_labelled_images(model, args.folder)
    held_out = everything.where(everything.part == 2)
    if args.group:
        held_out = _load_group(everything, args.group)
    started = time.monotonic()
    with ModelReader(model) as reader:
        figures = _measure(reader, held_out, everything, args)
    figures["measured"] = {
        "machine": common.machine_description(),
        "on": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "minutes": round((time.monotonic() - started) / 60, 1),
        "command": shlex.join(["python", "bench/models.py", args.folder.name, *_options(args)]),
    }
    figures["model"] = {
        "name": model.card.name,
        "architecture": model.card.architecture,
        "size": model.card.preprocessing.size,
        "id": model.card.model_id,
        "megabytes": _megabytes(model),
    }
    data = msgspec.json.format(msgspec.json.encode(figures), indent=1)
    if args.out:
        atomic_write(args.out, data)
    print(data.decode())
    return 0


def _measure(
    reader: ModelReader,
    held_out: LabelledImages,
    everything: LabelledImages,
    args: argparse.Namespace,
) -> dict[str, object]:
    figures: dict[str, object] = {}

    def log(message: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {message}", file=sys.stderr, flush=True)

    log(f"clean: {len(held_out.labels)} images")
    figures["clean"] = model_measures.clean(reader, held_out)
    log("off topic")
    figures["off_topic"] = model_measures.off_topic(reader, held_out)
    log("stain groups")
    figures["groups"] = model_measures.stain_groups(reader, held_out, everything)
    if args.restained:
        log("re-stained")
        figures["restained"] = model_measures.restained(reader, held_out.sample(args.restained))
    if args.corrupted:
        log("corrupted")
        figures["corrupted"] = model_measures.corrupted(reader, held_out.sample(args.corrupted))
    log("done")
    return figures


def _load_group(everything: LabelledImages, table: Path) -> LabelledImages:
    with table.open(encoding="utf-8", newline="") as file:
        paths = {row["path"] for row in csv.DictReader(file)}
    inside = np.array([path in paths for path in everything.paths])
    if (everything.part[inside] < 2).any():
        sys.exit("the model was trained on images of this group")
    return everything.where(inside)


def _options(args: argparse.Namespace) -> list[str]:
    text_options = {"--model": args.model, "--group": args.group and args.group.name}
    counts = {"--corrupted": args.corrupted, "--restained": args.restained}
    text_options |= {name: str(count) for name, count in counts.items() if count < 10**9}
    return [
        part for name, value in text_options.items() if value for part in (name, Path(value).name)
    ]


def _megabytes(model: Bundle) -> float:
    files = ("card.json", *model.card.files)
    return round(sum((model.folder / name).stat().st_size for name in files) / 1e6, 2)


if __name__ == "__main__":
    sys.exit(main())
