"""Growth of `classify` with the number of images: CPU time, total time and memory of N and 10 N images."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
from common import ROOT, argument_parser, machine_description, markdown_table

from engine.images.file_signatures import has_image_suffix

_EDGE_PIXELS = 64
_CONTENT_COUNT = 400


def main() -> int:
    """Run the benchmark."""
    parser = argument_parser(__doc__ or "", images=10_000)
    parser.add_argument("--model", default="fast")
    args = parser.parse_args()
    if args.folder is None:
        parser.error("give a folder of real images")
    rows, costs = [], []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        contents = _write_contents(args.folder, work / "contents")
        for count in (args.images, 10 * args.images):
            folder = work / str(count)
            folder.mkdir()
            for number in range(count):
                (folder / f"{number:06}.png").hardlink_to(contents[number % len(contents)])
            cpu, total, memory = _classify(folder, work, args.model)
            costs.append(cpu)
            rows.append([f"{count:,}", f"{cpu:.0f} s", f"{total:.0f} s", f"{memory:.2f} GB"])
            print(rows[-1], flush=True)
    print(machine_description())
    print(markdown_table(["images", "CPU time", "total time", "peak memory"], rows))
    print(f"ten times the images cost {costs[1] / costs[0]:.1f} times the CPU time")
    return 0


def _write_contents(folder: Path, out: Path) -> list[Path]:
    """Write small PNGs of different cells; links to them make a large folder of little size."""
    out.mkdir()
    files = sorted(file for file in folder.rglob("*") if has_image_suffix(file.name))
    step = max(1, len(files) // _CONTENT_COUNT)
    contents = []
    for number, file in enumerate(files[::step][:_CONTENT_COUNT]):
        target = out / f"{number:03}.png"
        pixels = cv2.resize(
            cv2.imread(str(file)), (_EDGE_PIXELS, _EDGE_PIXELS), interpolation=cv2.INTER_AREA
        )
        cv2.imwrite(str(target), pixels)
        contents.append(target)
    return contents


def _classify(folder: Path, work: Path, model: str) -> tuple[float, float, float]:
    """Return CPU seconds, total seconds and peak memory (GB) of one `classify --no-cache`."""
    command = [sys.executable, ROOT / "main.py", "classify", folder, "--no-cache"]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [*command, "--model", model, "--out", work / f"{folder.name}.csv"],
        env={**os.environ, "BLOODBENCH_HOME": str(work / "home")},
        stderr=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - started, after.ru_maxrss / 1e6


if __name__ == "__main__":
    sys.exit(main())
