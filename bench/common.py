"""Helpers shared by the benchmarks: sample images, a description of the machine, tables."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.matrix_threads import use_one_thread  # noqa: E402

use_one_thread()  # like the program, before NumPy is loaded

_IMAGE_SUFFIXES = {".jpg", ".jpeg", ".png", ".bmp"}
_DEFAULT_FOLDERS = [
    above / "data" / name for name in ("pbc-native", "pbc192") for above in ROOT.parents
]


def argument_parser(description: str, images: int) -> argparse.ArgumentParser:
    """Return a parser with the common arguments: the folder and the number of images."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", nargs="?", type=Path, help="class folders of real images")
    parser.add_argument("--images", type=int, default=images, help=f"how many (default {images})")
    return parser


def link_sample(folder: Path | None, count: int, out: Path) -> int:
    """Link up to `count` images of a folder into `out`, evenly from all classes; return how many.

    Without a folder, `data/pbc-native` or `data/pbc192` beside the checkout is used.
    """
    folder = folder or next((path for path in _DEFAULT_FOLDERS if path.is_dir()), None)
    if folder is None:
        sys.exit("give a folder that has a folder of images for each class")
    classes = [
        sorted(file for file in sub.iterdir() if file.suffix.lower() in _IMAGE_SUFFIXES)
        for sub in sorted(folder.iterdir())
        if sub.is_dir()
    ]
    # Round-robin over the classes until there are enough.
    turns = (
        files[turn]
        for turn in range(max(map(len, classes)))
        for files in classes
        if turn < len(files)
    )
    selected = [file for _, file in zip(range(count), turns, strict=False)]
    for file in selected:
        target = out / file.parent.name / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(file, target)
    return len(selected)


def link_or_copy(file: Path, target: Path) -> None:
    """Hard-link a file, or copy it where the file system has no links."""
    try:
        target.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, target)


def machine_description() -> str:
    """Return one line describing the machine, printed beside every figure."""
    from engine.classify.openvino_library import inference_precision, openvino_core

    name = openvino_core().get_property("CPU", "FULL_DEVICE_NAME")
    width = {"bf16": "bfloat16", "f32": "float32"}[inference_precision("CPU")]
    return (
        f"{name}, {os.cpu_count()} cores, OpenVINO in {width}; "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def run_python(*args: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a separate process with its own cache folder; exit the benchmark if it fails."""
    env = {
        **os.environ,
        "BLOODBENCH_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    process = subprocess.run(
        [sys.executable, *map(str, args)], env=env, capture_output=True, text=True, check=False
    )
    if process.returncode:
        sys.exit(f"{args[0]} failed:\n{process.stderr[-3000:]}")
    return process


def markdown_table(header: list[str], rows: list[list[str]]) -> str:
    """Return a markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
