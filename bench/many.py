"""A scan of 100,000 images: cancelled while it reads and while it compares, gone on with, and its memory.

    python bench/many.py FOLDER [--images 100000] [--work DIR]

The images are blends of two cells of FOLDER at 96 pixels, so that all differ; they are made in DIR (else a
temporary folder) and removed afterwards.
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
from common import ROOT, machine, table
from planted import JPEG, cells, load

_EDGE = 96


def main() -> int:
    """Make, scan, cancel, scan, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.work) as name:
        work = Path(name)
        _make(cells(given.folder), work / "images", given.images)
        reading = _run(work, rb"(\d+)%", 25)
        compared = _run(work, rb"Comparing[^\r]*?(\d+)%", 30)
        rest, _ = _run(work, rb"(never)", 0)
        again, _ = _run(work, rb"(never)", 0)
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
    print(machine())
    print(table([f"scan of {given.images:,} images", "measured"], rows))
    return 0


def _make(files: list[Path], out: Path, count: int) -> None:
    rng = np.random.default_rng(0)
    small = [cv2.resize(load(one), (_EDGE, _EDGE), interpolation=cv2.INTER_AREA) for one in files]
    chosen = rng.integers(0, len(files), (count, 2))

    def make(number: int) -> None:
        one, other = chosen[number]
        target = out / files[one].parent.name / f"{number:06}.jpg"
        blend = cv2.addWeighted(small[one], 0.65, small[other][:, ::-1], 0.35, 0)
        cv2.imwrite(str(target), blend, JPEG)

    for one in files:
        (out / one.parent.name).mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor() as pool:
        list(pool.map(make, range(count)))


def _run(work: Path, stage: bytes, percent: int) -> tuple[float, float]:
    """Scan, with Ctrl-C once the bar of a stage has come so far; return seconds in all and after that."""
    env = {**os.environ, "BLOODBENCH_HOME": str(work / "home"), "BLOODBENCH_DOOR": "1"}
    command = [sys.executable, ROOT / "main.py", "scan", work / "images", "--model", "fast"]
    mine, its = os.openpty()  # a bar is drawn on a terminal alone
    termios.tcsetwinsize(its, (24, 100))
    began, asked, seen = time.monotonic(), 0.0, b""
    with subprocess.Popen(
        [*command, "--out", work / "findings.csv"], env=env, stdout=its, stderr=its
    ) as child:
        os.close(its)
        with contextlib.suppress(OSError):  # that is how its end looks
            while part := os.read(mine, 65536):
                seen = (seen + part)[-2000:]
                far = [int(one) for one in re.findall(stage, seen) if one.isdigit()]
                if not asked and far and max(far) >= percent:
                    asked = time.monotonic()
                    child.send_signal(signal.SIGINT)
    os.close(mine)
    ended = time.monotonic()
    print(f"ended with {child.returncode} after {ended - began:.0f} s", flush=True)
    return ended - began, ended - asked


if __name__ == "__main__":
    sys.exit(main())
