"""Speed of backups, restoring and merging: two people's projects of the same images."""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from common import ROOT, markdown_table
from project import NamesOnlyFolder, time_step

sys.path.insert(0, str(ROOT))

from engine.jobs import Job
from engine.project.conflicts import read_conflicts
from engine.project.earlier_state import compare_with_backup, restore_backup
from engine.project.merging import merge, plan_merge
from engine.project.project import Project


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where the projects are written")
    args = parser.parse_args()
    place = Path(tempfile.mkdtemp(dir=args.folder))
    os.environ["BLOODBENCH_HOME"] = str(place / "home")
    try:
        measure(place, args.images)
    finally:
        shutil.rmtree(place)


def measure(place: Path, images: int) -> None:
    """Label all images in one project and most of them in a copy, a tenth of those differently."""
    rows: list[list[str]] = []
    folder = NamesOnlyFolder(place / "images", images)
    paths = [record.path for record in folder.records]
    project = Project.create(place / "one.bloodbench", "bench")
    project.link(Job(), folder, folder.records)
    project.verify_links(Job(), folder)
    project.save_copy(place / "two.bloodbench")
    project.apply("label", [(path, "label", "neutrophil") for path in paths], who="Anna")
    with Project.open(place / "two.bloodbench") as other:
        for number in range(0, images, 1000):
            other.apply(
                "label",
                [(path, "label", "monocyte" if row % 10 == 0 else "neutrophil")
                 for row, path in enumerate(paths[number:number + 1000])],
                who="Bob",
            )  # fmt: skip
        file = other.file
    backups = []
    time_step(rows, "backup, verified", lambda: backups.append(project.back_up("regular")))
    time_step(rows, "the same, nothing changed", lambda: project.back_up("regular"))
    time_step(rows, "preview of a merge", lambda: plan_merge(project, file))
    time_step(rows, "merge", lambda: merge(project, file, "Anna"))
    rows.append(["conflicts", f"{len(read_conflicts(project)):,}", ""])
    time_step(rows, "undo of the merge", lambda: project.undo("Anna"))
    project.apply("clear", [(path, "label", None) for path in paths], who="Anna")
    time_step(rows, "compare a backup", lambda: compare_with_backup(project, backups[0]))
    time_step(rows, "restore it", lambda: restore_backup(project, backups[0], "Anna"))
    time_step(rows, "close", project.close)
    time_step(rows, "open", lambda: Project.open(project.file).close())
    print(markdown_table([f"{images:,} images", "time", "processor time"], rows))


if __name__ == "__main__":
    main()
