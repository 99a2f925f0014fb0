"""Recall and precision of `scan` on planted faults, with CleanVision for comparison.

    python bench/curation.py FOLDER [--peers PYTHON] [--seed 0]

The faults: exact copies of two pictures, near-duplicates and off-topic images. FOLDER holds class folders
of real images; PYTHON is the interpreter of an environment with cleanvision. Times are whole `scan`
commands with empty caches, run one after the other.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from common import ROOT, machine_description, markdown_table
from planted_faults import (
    JPEG_PARAMETERS,
    image_files,
    intruder,
    link_into,
    load_bgr,
    near_copies,
    save,
    write_copies,
    write_resized,
)

_CELL_COUNT = 11_959
_CLEANVISION_SCRIPT = """
import sys
from cleanvision import Imagelab
lab = Imagelab(data_path=sys.argv[1]); lab.find_issues()
print(int(lab.issues["is_exact_duplicates_issue"].sum()), int(lab.issues["is_near_duplicates_issue"].sum()))
"""


def main() -> int:
    """Plant the faults, scan and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--seed", type=int, default=0, help="selects the cells to alter")
    args = parser.parse_args()
    files = image_files(args.folder)
    rng = np.random.default_rng(args.seed)
    rng.shuffle(files)  # type: ignore[arg-type]
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        rows += _contamination(files[:_CELL_COUNT], work, args.peers)
        rows += _faults(files[:_CELL_COUNT], work, rng)
    print(machine_description())
    print(markdown_table(["figure", "measured"], rows))
    return 0


def _scan(folder: Path, home: Path) -> tuple[list[dict[str, str]], float]:
    out = home / "findings.csv"
    home.mkdir()
    env = {**os.environ, "BLOODBENCH_HOME": str(home), "BLOODBENCH_DOOR": "1"}
    command = [sys.executable, ROOT / "main.py", "scan", folder, "--out", out]
    started = time.monotonic()
    subprocess.run(command, env=env, check=True, capture_output=True)
    seconds = time.monotonic() - started
    with out.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream)), seconds


def _contamination(files: list[Path], work: Path, peers: Path | None) -> list[list[str]]:
    folder = work / "report"
    for file in files:
        write_resized(file, folder / file.parent.name / file.name, 96)
    names = sorted({file.parent.name for file in files})
    everywhere = [
        folder / name / f"copy_a{n}.jpg" for name in names for n in range(1600 // len(names))
    ]
    write_copies(intruder(0, 96)[1], everywhere)
    write_copies(intruder(1, 96)[1], [folder / "monocyte" / f"copy_b{n}.jpg" for n in range(200)])
    findings, seconds = _scan(folder, work / "home-report")
    again = _scan_again(folder, work / "home-report")
    exact = [row for row in findings if row["kind"] == "exact_duplicate"]
    first = [Path(row["path"]).name.startswith("copy_") for row in findings[:1800]]
    clusters = {row["cluster"] for row in findings[:1800]}
    rows = [
        ["the report's 1,800 copies among the first 1,800 findings", f"{sum(first)}"],
        [
            "clusters they are in; all of them to remove",
            f"{len(clusters)}; {_all_removed(findings[:1800])}",
        ],
        ["other exact duplicates", str(len(exact) - 1800)],
        ["whole scan of 13,759 images of 96 px; again", f"{seconds:.1f}; {again:.1f} s"],
    ]
    if peers:
        started = time.monotonic()
        process = subprocess.run(
            [peers, "-c", _CLEANVISION_SCRIPT, folder], check=True, capture_output=True, text=True
        )
        peer = time.monotonic() - started
        counts = process.stdout.split()[-2:]
        rows.append(
            ["CleanVision: time; exact, near duplicates", f"{peer:.1f} s; {', '.join(counts)}"]
        )
    return rows


def _scan_again(folder: Path, home: Path) -> float:
    (home / "findings.csv").unlink()
    cached_home = home.rename(home.with_name("kept"))
    env = {**os.environ, "BLOODBENCH_HOME": str(cached_home), "BLOODBENCH_DOOR": "1"}
    command = [
        sys.executable,
        ROOT / "main.py",
        "scan",
        folder,
        "--out",
        cached_home / "findings.csv",
    ]
    started = time.monotonic()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return time.monotonic() - started


def _all_removed(findings: list[dict[str, str]]) -> bool:
    return all(row["action"] == "remove" for row in findings)


def _faults(files: list[Path], work: Path, rng: np.random.Generator) -> list[list[str]]:
    folder = work / "faults"
    for file in files:
        link_into(file, folder)
    original_of: dict[str, str] = {}
    off_topic: set[str] = set()
    kinds = list(near_copies(load_bgr(files[0]), rng))
    for number, file in enumerate(files[: 40 * len(kinds)]):
        kind = kinds[
            number % len(kinds)
        ]  # one copy of each cell: copies must not chain to each other
        pixels, parameters = near_copies(load_bgr(file), rng)[kind]
        path = f"{file.parent.name}/near_{kind}_{file.stem}.jpg"
        save(folder / path, pixels, parameters)
        original_of[path] = file.relative_to(file.parents[1]).as_posix()
    for number in range(120):
        path = f"{files[number].parent.name}/intruder_{number}.jpg"
        save(folder / path, intruder(number, 192)[1], JPEG_PARAMETERS)
        off_topic.add(path)
    findings, _ = _scan(folder, work / "home-faults")
    cluster = {row["path"]: row["cluster"] for row in findings if row["kind"] == "near_duplicate"}
    is_found = {
        path: path in cluster and cluster.get(original) == cluster[path]
        for path, original in original_of.items()
    }
    duplicates = set(original_of) | set(original_of.values())
    reported = [path for path in cluster if path not in off_topic]
    flagged = {row["path"] for row in findings if row["kind"] == "off_topic"}
    recall_by_kind = ", ".join(
        f"{kind} {np.mean([is_found[path] for path in original_of if f'near_{kind}_' in path]):.2f}"
        for kind in kinds
    )
    return [
        ["near-duplicates: recall", f"{np.mean(list(is_found.values())):.3f} ({recall_by_kind})"],
        [
            "near-duplicates: precision",
            f"{len(duplicates & set(reported)) / max(1, len(reported)):.3f}",
        ],
        ["intruders: recall", f"{len(flagged & off_topic) / len(off_topic):.3f}"],
        ["intruders: precision", f"{len(flagged & off_topic) / max(1, len(flagged)):.3f}"],
        [
            "clean cells flagged off-topic",
            f"{len(flagged - off_topic - set(original_of))} of {len(files)}",
        ],
    ]


if __name__ == "__main__":
    sys.exit(main())
