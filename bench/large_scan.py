"""A scan of 100,000 images: time to cancel while reading and while comparing, resuming, peak memory.

    python bench/large_scan.py FOLDER [--images 100000] [--work DIR]

The images are blends of two cells of FOLDER at 96 × 96 pixels, so that all differ. They are written to DIR
(default: a temporary folder) and removed afterwards.
"""

import argparse
import contextlib
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import termios
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from common import ROOT, machine_description, markdown_table
from planted_faults import JPEG_PARAMETERS, image_files, load_bgr

_EDGE_PIXELS = 96


def main() -> int:
    """Create the images, scan, cancel, resume, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--work", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.work) as name:
        work = Path(name)
        _write_blends(image_files(args.folder), work / "images", args.images)
        reading = _run_scan(work, rb"(\d+)%", 25)
        compared = _run_scan(work, rb"Comparing[^\r]*?(\d+)%", 30)
        rest, _ = _run_scan(work, rb"(never)", 0)
        again, _ = _run_scan(work, rb"(never)", 0)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    rows = [
        ["cancelled while it reads: until it ended", f"{reading[1]:.2f} s"],
        ["cancelled while it compares: until it ended", f"{compared[1]:.2f} s"],
        [
            "the three runs together; nothing changed",
            f"{reading[0] + compared[0] + rest:.0f}; {again:.0f} s",
        ],
        ["the last of the three, which found the readings", f"{rest:.0f} s"],
        ["memory at its highest", f"{peak:.2f} GB"],
    ]
    print(machine_description())
    print(markdown_table([f"scan of {args.images:,} images", "measured"], rows))
    return 0


def _write_blends(files: list[Path], out: Path, count: int) -> None:
    rng = np.random.default_rng(0)
    small = [
        cv2.resize(load_bgr(file), (_EDGE_PIXELS, _EDGE_PIXELS), interpolation=cv2.INTER_AREA)
        for file in files
    ]
    pairs = rng.integers(0, len(files), (count, 2))

    def make(number: int) -> None:
        first, second = pairs[number]
        target = out / files[first].parent.name / f"{number:06}.jpg"
        blend = cv2.addWeighted(small[first], 0.65, small[second][:, ::-1], 0.35, 0)
        cv2.imwrite(str(target), blend, JPEG_PARAMETERS)

    for file in files:
        (out / file.parent.name).mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor() as pool:
        list(pool.map(make, range(count)))


def _run_scan(work: Path, stage: bytes, percent: int) -> tuple[float, float]:
    """Scan, sending Ctrl-C once the progress of a stage reaches `percent`.

    Returns the total seconds and the seconds from Ctrl-C to the end; `stage` captures the percentage.
    """
    env = {**os.environ, "BLOODBENCH_HOME": str(work / "home"), "BLOODBENCH_DOOR": "1"}
    command = [sys.executable, ROOT / "main.py", "scan", work / "images", "--model", "fast"]
    master, slave = os.openpty()  # the progress bar needs a terminal
    termios.tcsetwinsize(slave, (24, 100))
    started, cancelled, output = time.monotonic(), 0.0, b""
    with subprocess.Popen(
        [*command, "--out", work / "findings.csv"], env=env, stdout=slave, stderr=slave
    ) as child:
        os.close(slave)
        with contextlib.suppress(OSError):  # raised when the child closes the terminal
            while part := os.read(master, 65536):
                output = (output + part)[-2000:]
                percents = [int(digits) for digits in re.findall(stage, output) if digits.isdigit()]
                if not cancelled and percents and max(percents) >= percent:
                    cancelled = time.monotonic()
                    child.send_signal(signal.SIGINT)
    os.close(master)
    ended = time.monotonic()
    print(f"ended with {child.returncode} after {ended - started:.0f} s", flush=True)
    return ended - started, ended - cancelled


if __name__ == "__main__":
    sys.exit(main())
