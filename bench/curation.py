"""Planted faults found, beside CleanVision: the report's contamination, near-copies, intruders, wrong labels.

    python bench/curation.py FOLDER [--peers PYTHON] [--seed 0]

FOLDER holds class folders of real images; PYTHON is the interpreter of an environment that has cleanvision.
Only `scan` itself is timed, whole commands with empty caches, one after the other.
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
from common import ROOT, machine, table
from planted import JPEG, cells, copies, intruder, link, load, near_copies, save, shrunk

_CELLS = 11_959
_PEER = """
import sys
from cleanvision import Imagelab
lab = Imagelab(data_path=sys.argv[1]); lab.find_issues()
print(int(lab.issues["is_exact_duplicates_issue"].sum()), int(lab.issues["is_near_duplicates_issue"].sum()))
"""


def main() -> int:
    """Plant, scan and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--seed", type=int, default=0, help="another one plants on other cells")
    given = parser.parse_args()
    files = cells(given.folder)
    rng = np.random.default_rng(given.seed)
    rng.shuffle(files)  # type: ignore[arg-type]
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        rows += _contamination(files[:_CELLS], work, given.peers)
        rows += _faults(files[:_CELLS], work, rng)
    print(machine())
    print(table(["figure", "measured"], rows))
    return 0


def _scan(folder: Path, home: Path) -> tuple[list[dict[str, str]], float]:
    out = home / "findings.csv"
    home.mkdir()
    env = {**os.environ, "BLOODBENCH_HOME": str(home), "BLOODBENCH_DOOR": "1"}
    command = [sys.executable, ROOT / "main.py", "scan", folder, "--out", out]
    began = time.monotonic()
    subprocess.run(command, env=env, check=True, capture_output=True)
    seconds = time.monotonic() - began
    with out.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream)), seconds


def _contamination(files: list[Path], work: Path, peers: Path | None) -> list[list[str]]:
    folder = work / "report"
    for file in files:
        shrunk(file, folder / file.parent.name / file.name, 96)
    names = sorted({file.parent.name for file in files})
    everywhere = [
        folder / one / f"copy_a{n}.jpg" for one in names for n in range(1600 // len(names))
    ]
    copies(intruder(0, 96)[1], everywhere)
    copies(intruder(1, 96)[1], [folder / "monocyte" / f"copy_b{n}.jpg" for n in range(200)])
    found, seconds = _scan(folder, work / "home-report")
    _, again = _scan_again(folder, work / "home-report")
    exact = [one for one in found if one["kind"] == "exact_duplicate"]
    first = [Path(one["path"]).name.startswith("copy_") for one in found[:1800]]
    clusters = {one["cluster"] for one in found[:1800]}
    rows = [
        ["the report's 1,800 copies among the first 1,800 findings", f"{sum(first)}"],
        [
            "clusters they are in; all of them to remove",
            f"{len(clusters)}; {_removed(found[:1800])}",
        ],
        ["other exact duplicates", str(len(exact) - 1800)],
        ["whole scan of 13,759 images of 96 px; again", f"{seconds:.1f}; {again:.1f} s"],
    ]
    if peers:
        began = time.monotonic()
        said = subprocess.run(
            [peers, "-c", _PEER, folder], check=True, capture_output=True, text=True
        )
        peer = time.monotonic() - began
        counts = said.stdout.split()[-2:]
        rows.append(
            ["CleanVision: time; exact, near duplicates", f"{peer:.1f} s; {', '.join(counts)}"]
        )
    return rows


def _scan_again(folder: Path, home: Path) -> tuple[list[dict[str, str]], float]:
    (home / "findings.csv").unlink()
    home.rename(home.with_name("kept"))
    kept = home.with_name("kept")
    env = {**os.environ, "BLOODBENCH_HOME": str(kept), "BLOODBENCH_DOOR": "1"}
    command = [sys.executable, ROOT / "main.py", "scan", folder, "--out", kept / "findings.csv"]
    began = time.monotonic()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return [], time.monotonic() - began


def _removed(found: list[dict[str, str]]) -> bool:
    return all(one["action"] == "remove" for one in found)


def _faults(files: list[Path], work: Path, rng: np.random.Generator) -> list[list[str]]:
    folder = work / "faults"
    for file in files:
        link(file, folder)
    root: dict[str, str] = {}
    off: set[str] = set()
    kinds = list(near_copies(load(files[0]), rng))
    for number, file in enumerate(files[: 40 * len(kinds)]):
        kind = kinds[number % len(kinds)]  # one copy of a cell: none helps another to be found
        pixels, how = near_copies(load(file), rng)[kind]
        path = f"{file.parent.name}/near_{kind}_{file.stem}.jpg"
        save(folder / path, pixels, how)
        root[path] = file.relative_to(file.parents[1]).as_posix()
    for number in range(120):
        path = f"{files[number].parent.name}/intruder_{number}.jpg"
        save(folder / path, intruder(number, 192)[1], JPEG)
        off.add(path)
    found, _ = _scan(folder, work / "home-faults")
    cluster = {one["path"]: one["cluster"] for one in found if one["kind"] == "near_duplicate"}
    hit = {path: path in cluster and cluster.get(at) == cluster[path] for path, at in root.items()}
    right = set(root) | set(root.values())
    shown = [path for path in cluster if path not in off]
    called = {one["path"] for one in found if one["kind"] == "off_topic"}
    each = ", ".join(
        f"{kind} {np.mean([hit[path] for path in root if f'near_{kind}_' in path]):.2f}"
        for kind in kinds
    )
    return [
        ["near-duplicates: recall", f"{np.mean(list(hit.values())):.3f} ({each})"],
        ["near-duplicates: precision", f"{len(right & set(shown)) / max(1, len(shown)):.3f}"],
        ["intruders: recall", f"{len(called & off) / len(off):.3f}"],
        ["intruders: precision", f"{len(called & off) / max(1, len(called)):.3f}"],
        ["clean cells flagged off-topic", f"{len(called - off - set(root))} of {len(files)}"],
    ]


if __name__ == "__main__":
    sys.exit(main())
