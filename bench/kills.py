"""Durability: processes killed in the middle of merging, backing up, restoring and recovering projects."""

import argparse
import contextlib
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

from common import ROOT, markdown_table

sys.path.insert(0, str(ROOT))

from engine.project import journal
from engine.project.backups import is_good, list_backups
from engine.project.conflicts import read_conflicts
from engine.project.earlier_state import restore_backup
from engine.project.merged_journal import read_journal
from engine.project.merging import merge
from engine.project.project import Project
from engine.project.recovery import opening_recovered

IMAGES = 400
TASKS = ("merge", "backup", "restore", "recover")
PAGE = 4096


def main() -> None:
    """Kill children, check after each, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where the projects are written")
    args = parser.parse_args()
    place = Path(tempfile.mkdtemp(dir=args.folder))
    os.environ["BLOODBENCH_HOME"] = str(place / "home")
    counts: Counter[str] = Counter()
    try:
        files = make_projects(place)
        for number in range(args.kills):
            task = TASKS[number % len(TASKS)]
            counts += kill(task, *files, args.seed + number)
    finally:
        shutil.rmtree(place)
    rows = [[name, f"{count:,}"] for name, count in counts.items()]
    print(markdown_table(["what", "number"], [["kills", f"{args.kills:,}"], *rows]))


def make_projects(place: Path) -> tuple[Path, Path]:
    """Create a project and another person's copy of it, with a backup of the first."""
    file, other = place / "one.bloodbench", place / "two.bloodbench"
    with Project.create(file, "one") as project:
        project.apply("note", [(path(n), "note", "x") for n in range(IMAGES)], who="Anna")
        project.back_up("regular")
        project.save_copy(other)
    return file, other


def path(number: int) -> str:
    """Return the path of an image."""
    return f"class_{number % 8}/cell_{number:06}.jpg"


def kill(task: str, file: Path, other: Path, seed: int) -> Counter[str]:
    """Let a child do its task, kill it, and check that every acknowledged edit is there once."""
    chance = random.Random(seed)
    if task == "merge":
        with Project.open(other) as project:
            chosen = chance.sample(range(IMAGES), 100)
            label = chance.choice("xyz")
            project.apply("label", [(path(n), "label", label) for n in chosen], who="Bob")
    with Project.open(file) as project:
        before = edit_keys(project)
    if task == "recover":
        damage(file)
    readable, writable = os.pipe()
    # Forked: a new Python would spend most of the time on imports.
    child = os.fork()
    if child == 0:
        os.close(readable)
        with contextlib.suppress(BaseException):
            work(task, file, other, random.Random(seed), writable)
        os._exit(1)  # Only by a mistake of the child, which has to be killed.
    os.close(writable)
    timer = threading.Timer(chance.uniform(0, 0.15), os.kill, (child, signal.SIGKILL))
    acknowledged: set[str] = set()
    with os.fdopen(readable, "rb") as lines:
        assert lines.readline() == b"ready\n"
        for _ in range(chance.randrange(5)):
            acknowledged.add(lines.readline().decode().rstrip("\n"))
        timer.start()
        # An incomplete line is no acknowledgement.
        acknowledged |= {line.decode().rstrip("\n") for line in lines if line.endswith(b"\n")}
    timer.join()
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status), f"{task}, seed {seed}: the child failed"
    project, recovery = opening_recovered(file, check_state)
    with project:
        keys = edit_keys(project)
    assert len(keys) == len(set(keys)), "an edit was replayed twice"
    lost = (set(before) | acknowledged) - set(keys)
    assert not lost, f"{task}, seed {seed}: {len(lost)} edits lost"
    broken = [backup for backup in list_backups(file)[:3] if not is_good(backup.file)]
    assert not broken, broken
    return Counter({
        f"killed in the middle of {task}": 1,
        "edits checked": len(keys),
        "edits acknowledged by the killed": len(acknowledged),
        "recovered afterwards": int(recovery is not None),
    })  # fmt: skip


def edit_keys(project: Project) -> list[str]:
    """Return what identifies each edit of the journal."""
    with project.snapshot() as database:
        return [edit.at + edit.who + edit.action for edit in read_journal(database) if edit.id > 0]


def check_state(project: Project) -> Project:
    """Check that the state follows from the journal, and the file's integrity."""
    assert project.read_only is None
    with project.snapshot() as database:
        state = {
            (image, field): value for image, field, value in database.execute("SELECT * FROM state")
        }
        assert journal.replay(database) == state
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    return project


def damage(file: Path) -> None:
    """Overwrite the root page of the decisions."""
    database = sqlite3.connect(file)
    (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'state'").fetchone()
    database.close()
    with file.open("r+b") as stream:
        stream.seek((page - 1) * PAGE)
        stream.write(b"\xa5" * PAGE)


def work(task: str, file: Path, other: Path, chance: random.Random, output: int) -> None:
    """Decide, and do the task again and again until killed; write each edit that is on the disk."""
    os.write(output, b"ready\n")
    if task == "recover":
        opening_recovered(file, check_state)[0].close()
    project = Project.open(file)
    while True:
        number = chance.randrange(IMAGES)
        change = (path(number), "label", chance.choice("mno"))
        edits = [project.apply("label", [change], who="Anna")]
        if task == "merge":
            edits += [merge(project, other, "Anna"), project.undo("Anna")]
            read_conflicts(project)
        elif task == "backup":
            project.back_up("regular")
        elif task == "restore":
            edits.append(restore_backup(project, chance.choice(list_backups(file)), "Anna"))
        for edit in filter(None, edits):
            at = edit.at.isoformat(timespec="microseconds")
            os.write(output, f"{at}{edit.who}{edit.action}\n".encode())


if __name__ == "__main__":
    main()
