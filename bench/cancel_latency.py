"""Time from a cancel (Ctrl-C or SIGTERM) to the end of a command that reads hostile files."""

import os
import random
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

import cv2
import numpy as np
from common import ROOT, argument_parser, machine_description, markdown_table
from PIL import Image

_COPIES = 4
_EARLIEST, _LATEST = 0.3, 15.0
"""Seconds after the start between which a command is cancelled."""

_COMMANDS = {
    "classify": ["--no-cache", "--model", "fast", "--out", "readings.csv"],
    "scan": ["--no-cache", "--model", "fast", "--out", "findings.csv"],
    "train": ["--recipe", "mobilenet_v3_small", "--out", "model"],
}


def main() -> int:
    """Run the benchmark."""
    parser = argument_parser(__doc__ or "", images=0)
    parser.add_argument("--rounds", type=int, default=10, help="cancels of each command")
    args = parser.parse_args()
    # A shell lets background jobs ignore Ctrl-C, and their children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    chance = random.Random(0)
    rows = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        _write_images(work / "cells")
        for command, options in _COMMANDS.items():
            cancels = [
                seconds
                for _ in range(args.rounds)
                if (seconds := _cancel(work, [command, "cells", *options], chance)) is not None
            ]
            figures = f"{statistics.median(cancels):.2f}; {max(cancels):.2f} s" if cancels else "-"
            row = [command, str(len(cancels)), figures]
            print(row, flush=True)
            rows.append(row)
    print(machine_description())
    print(markdown_table(["command", "cancels", "median; worst"], rows))
    return 0


def _write_images(folder: Path) -> None:
    """Write the drawn sample, and hostile files into one of its classes."""
    subprocess.run(
        [sys.executable, ROOT / "main.py", "sample", folder], check=True, capture_output=True
    )
    hostile = folder / "basophil"
    rng = np.random.default_rng(0)
    noise = np.tile(rng.integers(0, 65535, (500, 500, 3), np.uint16), (15, 16, 1))
    deep = cv2.imencode(".png", noise, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
    large = Image.fromarray((noise >> 8).astype(np.uint8))
    large.save(hostile / "0.jpg", quality=90)
    large.save(hostile / "0.tif", compression="jpeg")
    large.resize((3000, 3000)).save(hostile / "0.webp", quality=80, method=0)
    jpeg = hostile / "0_scans.jpg"
    large.resize((2800, 2800)).save(jpeg, progressive=True)
    data = jpeg.read_bytes()
    start = data.rindex(b"\xff\xda")
    jpeg.write_bytes(data[:-2] + data[start:-2] * 150 + data[-2:])
    bomb = _png_bomb(8000)
    for number in range(_COPIES):
        (hostile / f"{number}_deep.png").write_bytes(deep)
        (hostile / f"{number}_bomb.png").write_bytes(bomb)
        for suffix in (".jpg", ".webp", ".tif", "_scans.jpg"):
            if number:
                (hostile / f"{number}{suffix}").hardlink_to(hostile / f"0{suffix}")


def _png_bomb(edge: int) -> bytes:
    """Return a PNG of some kilobytes with `edge` x `edge` pixels of 64 bits."""
    rows = zlib.compress(bytes(8 * edge + 1) * (edge // 8), 9)
    header = struct.pack(">IIBBBBB", edge, edge // 8, 16, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _cancel(work: Path, command: list[str], chance: random.Random) -> float | None:
    """Start a command and cancel it at a random moment; return the seconds to its end.

    None if it ended by itself.
    """
    environment = {**os.environ, "BLOODBENCH_HOME": str(work / "home")}
    started = time.monotonic()
    with subprocess.Popen(
        [sys.executable, ROOT / "main.py", *command],
        cwd=work,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        time.sleep(chance.uniform(_EARLIEST, _LATEST))
        if child.poll() is not None:
            return None
        signalled = time.monotonic()
        number = chance.choice([signal.SIGINT, signal.SIGTERM])
        child.send_signal(number)
        child.wait()
        seconds = time.monotonic() - signalled
    if seconds > 1:
        print(
            f"{command[0]}, {number.name} at {signalled - started:.1f} s: {seconds:.2f} s, "
            f"status {child.returncode}",
            flush=True,
        )
    return seconds


if __name__ == "__main__":
    sys.exit(main())
