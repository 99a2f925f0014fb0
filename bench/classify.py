"""End to end: `classify` of a real folder against a plain Keras script, on the same network.

Each round runs, one after the other and each in a process of its own: Keras
(`image_dataset_from_directory` + `predict`, writing a CSV), and `main.py classify` in the precision
that this computer does best and in float32. The median of the rounds counts. "Reading" leaves out
starting Python, importing, and loading the model; "whole command" is what a person waits for, which
with few images is mostly the start. Nothing is read from the cache of readings.
"""

import json
import re
import statistics
import tempfile
import time
from pathlib import Path

from common import ROOT, arguments, machine, python, some_images, table

_OURS = """
import sys
import engine.classify.openvino_runtime as runtime
if sys.argv[1] == "f32":
    runtime.precision = lambda device: "f32"
from engine.cli.main import run
sys.exit(run(sys.argv[2:]))
"""
_SECONDS = re.compile(r" in ([0-9.]+) s ")


def main() -> None:
    """Run the rounds and print the table."""
    parser = arguments(__doc__.splitlines()[0], 400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[380, 192])
    parser.add_argument("--architecture", default="efficientnet_b4")
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        count = some_images(args.folder, args.images, work / "images")
        for size in args.sizes:
            rows += _size(work, args.architecture, size, count, args.rounds)
    print(f"{args.architecture}, random weights, {count} images, median of {args.rounds} rounds.")
    print(f"{machine()}.\n")
    print(
        table(
            ["input", "what", "reading, images/s", "ratio", "whole command, s", "ratio"],
            rows,
        )
    )


def _size(work: Path, architecture: str, size: int, count: int, rounds: int) -> list[list[str]]:
    model = work / str(size)
    python(ROOT / "bench/keras_side.py", "make", architecture, size, model, home=work / "home")
    runs = {
        "Keras `predict`": lambda: _keras(work, model, size),
        "`classify`": lambda: _ours(work, model, "best"),
        "`classify` in float32": lambda: _ours(work, model, "f32"),
    }
    times: dict[str, list[tuple[float, float]]] = {what: [] for what in runs}
    (
        _ours(work, model, "best"),
        _ours(work, model, "f32"),
    )  # the compiled networks are kept from here on
    for _ in range(rounds):
        for what, run in runs.items():
            times[what].append(run())
    reading = {what: statistics.median(one for one, _ in seen) for what, seen in times.items()}
    whole = {what: statistics.median(one for _, one in seen) for what, seen in times.items()}
    keras = "Keras `predict`"
    return [
        [
            f"{size} px",
            what,
            f"{count / reading[what]:.1f}",
            f"{reading[keras] / reading[what]:.2f}",
            f"{whole[what]:.1f}",
            f"{whole[keras] / whole[what]:.2f}",
        ]
        for what in runs
    ]


def _keras(work: Path, model: Path, size: int) -> tuple[float, float]:
    script = ROOT / "bench/keras_side.py"
    began = time.perf_counter()
    done = python(
        script,
        "classify",
        work / "images",
        model / "model.keras",
        size,
        work / "keras.csv",
        home=work / "home",
    )
    whole = time.perf_counter() - began
    return json.loads(done.stdout.splitlines()[-1])["seconds"], whole


def _ours(work: Path, model: Path, precision: str) -> tuple[float, float]:
    command = ["classify", work / "images", "--model", model / "bundle", "--device", "cpu"]
    began = time.perf_counter()
    done = python(
        "-c",
        _OURS,
        precision,
        *command,
        "--no-cache",
        "--out",
        work / "ours.csv",
        home=work / "home",
    )
    whole = time.perf_counter() - began
    found = _SECONDS.search(done.stderr)
    assert found, done.stderr
    return float(found[1]), whole


if __name__ == "__main__":
    main()
