"""End-to-end speed of `classify` on a real folder, against a plain Keras script with the same network.

Each round runs three processes one after the other: Keras (`image_dataset_from_directory` + `predict`,
writing a CSV), and `main.py classify` in this machine's fastest precision and in float32. The table gives
the median over the rounds. "Reading" excludes starting Python, imports and loading the model; "whole
command" includes them, and with few images they dominate. The cache of readings is off.
"""

import json
import re
import statistics
import tempfile
import time
from pathlib import Path

from common import (
    ROOT,
    argument_parser,
    link_sample,
    machine_description,
    markdown_table,
    run_python,
)

_CLASSIFY_SCRIPT = """
import sys
import engine.classify.openvino_runtime as runtime
if sys.argv[1] == "f32":
    runtime.inference_precision = lambda device: "f32"
from engine.cli.main import run
sys.exit(run(sys.argv[2:]))
"""
_SECONDS_PATTERN = re.compile(r" in ([0-9.]+) s ")


def main() -> None:
    """Run the rounds and print the table."""
    parser = argument_parser(__doc__.splitlines()[0], 400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[380, 192])
    parser.add_argument("--architecture", default="efficientnet_b4")
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        count = link_sample(args.folder, args.images, work / "images")
        for size in args.sizes:
            rows += _measure_size(work, args.architecture, size, count, args.rounds)
    print(f"{args.architecture}, random weights, {count} images, median of {args.rounds} rounds.")
    print(f"{machine_description()}.\n")
    print(
        markdown_table(
            ["input", "what", "reading, images/s", "ratio", "whole command, s", "ratio"],
            rows,
        )
    )


def _measure_size(
    work: Path, architecture: str, size: int, count: int, rounds: int
) -> list[list[str]]:
    model = work / str(size)
    run_python(
        ROOT / "bench/keras_baseline.py", "make", architecture, size, model, home=work / "home"
    )
    runs = {
        "Keras `predict`": lambda: _run_keras(work, model, size),
        "`classify`": lambda: _run_classify(work, model, "best"),
        "`classify` in float32": lambda: _run_classify(work, model, "f32"),
    }
    times: dict[str, list[tuple[float, float]]] = {variant: [] for variant in runs}
    # Warm-up: from here on the compiled networks are cached.
    _run_classify(work, model, "best")
    _run_classify(work, model, "f32")
    for _ in range(rounds):
        for variant, run in runs.items():
            times[variant].append(run())
    reading = {
        variant: statistics.median(seconds for seconds, _ in runs)
        for variant, runs in times.items()
    }
    whole = {
        variant: statistics.median(seconds for _, seconds in runs)
        for variant, runs in times.items()
    }
    keras = "Keras `predict`"
    return [
        [
            f"{size} px",
            variant,
            f"{count / reading[variant]:.1f}",
            f"{reading[keras] / reading[variant]:.2f}",
            f"{whole[variant]:.1f}",
            f"{whole[keras] / whole[variant]:.2f}",
        ]
        for variant in runs
    ]


def _run_keras(work: Path, model: Path, size: int) -> tuple[float, float]:
    script = ROOT / "bench/keras_baseline.py"
    started = time.perf_counter()
    process = run_python(
        script,
        "classify",
        work / "images",
        model / "model.keras",
        size,
        work / "keras.csv",
        home=work / "home",
    )
    whole = time.perf_counter() - started
    return json.loads(process.stdout.splitlines()[-1])["seconds"], whole


def _run_classify(work: Path, model: Path, precision: str) -> tuple[float, float]:
    command = ["classify", work / "images", "--model", model / "bundle", "--device", "cpu"]
    started = time.perf_counter()
    process = run_python(
        "-c",
        _CLASSIFY_SCRIPT,
        precision,
        *command,
        "--no-cache",
        "--out",
        work / "ours.csv",
        home=work / "home",
    )
    whole = time.perf_counter() - started
    match = _SECONDS_PATTERN.search(process.stderr)
    assert match, process.stderr
    return float(match[1]), whole


if __name__ == "__main__":
    main()
