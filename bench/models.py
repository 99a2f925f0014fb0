"""What a model can do, on the fifth of the images that it never saw: figures as JSON and markdown.

    python bench/models.py FOLDER [--model NAME|PATH] [--out JSON] [--corrupted N] [--restained N]

FOLDER holds the images that it was trained on. With --group CSV (of `bench/slides.py --hold`) only the
images of that table are read, of which the model must have seen none. `docs/make_models.py` makes the page
of models and their cards from what --out writes.
"""

import argparse
import csv
import datetime
import shlex
import sys
import time
from pathlib import Path

import common
import measures
import msgspec
import numpy as np
from heldout import Images, Reader, images_of

from engine.classify.bundle import Bundle
from engine.classify.models import find
from engine.writing import write_whole


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
    given = parser.parse_args()
    model = find(given.model)
    everything = images_of(model, given.folder)
    held_out = everything.where(everything.part == 2)
    if given.group:
        held_out = _group(everything, given.group)
    began = time.monotonic()
    with Reader(model) as reader:
        found = _measure(reader, held_out, everything, given)
    found["measured"] = {
        "machine": common.machine(),
        "on": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "minutes": round((time.monotonic() - began) / 60, 1),
        "command": shlex.join(["python", "bench/models.py", given.folder.name, *_options(given)]),
    }
    found["model"] = {
        "name": model.card.name,
        "architecture": model.card.architecture,
        "size": model.card.preprocessing.size,
        "id": model.card.model_id,
        "megabytes": _megabytes(model),
    }
    data = msgspec.json.format(msgspec.json.encode(found), indent=1)
    if given.out:
        write_whole(given.out, data)
    print(data.decode())
    return 0


def _measure(
    reader: Reader, held_out: Images, everything: Images, given: argparse.Namespace
) -> dict[str, object]:
    found: dict[str, object] = {}

    def say(what: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)

    say(f"clean: {len(held_out.labels)} images")
    found["clean"] = measures.clean(reader, held_out)
    say("off topic")
    found["off_topic"] = measures.off_topic(reader, held_out)
    say("stain groups")
    found["groups"] = measures.stain_groups(reader, held_out, everything)
    if given.restained:
        say("re-stained")
        found["restained"] = measures.restained(reader, held_out.some(given.restained))
    if given.corrupted:
        say("corrupted")
        found["corrupted"] = measures.corrupted(reader, held_out.some(given.corrupted))
    say("done")
    return found


def _group(everything: Images, table: Path) -> Images:
    with table.open(encoding="utf-8", newline="") as file:
        wanted = {row["path"] for row in csv.DictReader(file)}
    inside = np.array([path in wanted for path in everything.paths])
    if (everything.part[inside] < 2).any():
        sys.exit("the model was trained on images of this group")
    return everything.where(inside)


def _options(given: argparse.Namespace) -> list[str]:
    named = {"--model": given.model, "--group": given.group and given.group.name}
    counted = {"--corrupted": given.corrupted, "--restained": given.restained}
    named |= {name: str(count) for name, count in counted.items() if count < 10**9}
    return [part for name, value in named.items() if value for part in (name, Path(value).name)]


def _megabytes(model: Bundle) -> float:
    files = ("card.json", *model.card.files)
    return round(sum((model.folder / name).stat().st_size for name in files) / 1e6, 2)


if __name__ == "__main__":
    sys.exit(main())
