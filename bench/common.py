"""What the benchmarks share: the images, the machine in words, models of random weights."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

_SUFFIXES = {".jpg", ".jpeg", ".png", ".bmp"}
_DATA = [above / "data" / name for name in ("pbc-native", "pbc192") for above in ROOT.parents]


def arguments(description: str, images: int) -> argparse.ArgumentParser:
    """Return a parser with what every benchmark takes: the folder and how many of its images."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", nargs="?", type=Path, help="class folders of real images")
    parser.add_argument("--images", type=int, default=images, help=f"how many (default {images})")
    return parser


def some_images(folder: Path | None, count: int, out: Path) -> int:
    """Link up to `count` images of a folder, evenly from all its classes, into `out`; say how many.

    Without a folder, the unpacked real images beside the checkout.
    """
    folder = folder or next((known for known in _DATA if known.is_dir()), None)
    if folder is None:
        sys.exit(
            "give a folder with one folder of images a class (unpack shared/data/pbc-native.zip)"
        )
    classes = [
        sorted(file for file in sub.iterdir() if file.suffix.lower() in _SUFFIXES)
        for sub in sorted(folder.iterdir())
        if sub.is_dir()
    ]
    # One of each class in turn, until there are enough.
    turns = (
        files[turn]
        for turn in range(max(map(len, classes)))
        for files in classes
        if turn < len(files)
    )
    chosen = [file for _, file in zip(range(count), turns, strict=False)]
    for file in chosen:
        target = out / file.parent.name / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        _link(file, target)
    return len(chosen)


def _link(file: Path, target: Path) -> None:
    try:
        target.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, target)


def machine() -> str:
    """Return one line on the machine, so that a figure can be judged."""
    from engine.classify.openvino_runtime import core, precision

    name = core().get_property("CPU", "FULL_DEVICE_NAME")
    width = {"bf16": "bfloat16", "f32": "float32"}[precision("CPU")]
    return (
        f"{name}, {os.cpu_count()} cores, OpenVINO in {width}; "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def python(*args: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a Python of its own to its end, with its own cache folder; end the benchmark if it fails."""
    env = {
        **os.environ,
        "BLOODBENCH_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    done = subprocess.run(
        [sys.executable, *map(str, args)], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{args[0]} failed:\n{done.stderr[-3000:]}")
    return done


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return a markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
