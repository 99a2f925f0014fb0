"""Property test of merging: commutative up to conflicts, idempotent, no decision lost, undone as one."""

import random
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.project import journal
from engine.project.backups import list_backups
from engine.project.conflicts import CONFLICT_PREFIX, read_conflicts, settle
from engine.project.decisions import decode_value
from engine.project.earlier_state import restore_backup
from engine.project.merged_journal import read_journal
from engine.project.merging import merge, plan_merge
from engine.project.project import Project
from engine.project.tags import TAG_ACTION, is_tag_field, tag_changes

PATHS = ("a.jpg", "b.jpg", "sub/c.jpg", "sub/\udcff.jpg")
FIELDS = ("label", "removed", "note")
TAGS = ("blast?", "smear 2")
RUNS = 10_000


class Pair:
    """Two projects with random histories: a common beginning, edits apart, sometimes merged before.

    With `restores`, earlier states are restored in between.
    """

    def __init__(self, folder: Path, seed: int, *, restores: bool = False) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.restores = restores
        first = folder / "a.bloodbench"
        with Project.create(first, "a") as project:
            see_images(project)
            self.decide(project)
            with project.snapshot() as database:
                self.common = states(database)
        self.files = [first, folder / "b.bloodbench"]
        if self.random.random() < 0.2:
            self.common = {}
            with Project.create(self.files[1], "b") as project:
                see_images(project)
        else:
            shutil.copy(first, self.files[1])
        self.merged_before = self.random.random() < 0.4
        self.decide_apart()
        if self.merged_before:
            self.merge(self.random.randrange(2))
            self.decide_apart()

    def decide_apart(self) -> None:
        for file in self.files:
            with Project.open(file) as project:
                self.decide(project)

    def decide(self, project: Project) -> None:
        for _ in range(self.random.randrange(5)):
            dice = self.random.random()
            if self.restores and self.random.random() < 0.3:
                backup = self.random.choice(
                    [project.back_up("regular"), *list_backups(project.file)]
                )
                restore_backup(project, backup, "w")
            elif dice < 0.15:
                project.undo("w")
            elif dice < 0.25:
                project.redo("w")
            elif dice < 0.35 and (conflicts := read_conflicts(project)):
                conflict = self.random.choice(conflicts)
                settle(project, conflict, conflict.others[0].value, "chief")
            elif dice < 0.6:
                some = self.random.sample(PATHS, self.random.randrange(1, 4))
                changes = tag_changes(
                    some, [self.random.choice(TAGS)], add=self.random.random() < 0.6
                )
                project.apply(TAG_ACTION, changes, who=self.random.choice("AB"))
            else:
                changes = [
                    (self.random.choice(PATHS), self.random.choice(FIELDS),
                     self.random.choice((None, "x", "y", "z")))
                    for _ in range(self.random.randrange(1, 5))
                ]  # fmt: skip
                project.apply("label", changes, who=self.random.choice("AB"))

    def merge(self, into: int) -> None:
        with Project.open(self.files[into]) as project:
            merge(project, self.files[1 - into], "m")


def see_images(project):
    """Give each path a row, as linking does."""
    project.apply("note", [(path, "note", "x") for path in PATHS], who="w")
    project.undo("w")


def states(database):
    """Return the decisions by path and field; paths are unique here."""
    return {
        (path, field): decode_value(value)
        for path, field, value in database.execute(
            "SELECT path, field, value FROM state JOIN image ON image.id = image WHERE image.id > 0"
        )
    }


def read(file):
    """Return decisions without conflicts, the values in conflict by place, and the journal's keys."""
    with Project.open(file) as project, project.snapshot() as database:
        stored = states(database)
        own = {
            place: value
            for place, value in stored.items()
            if not place[1].startswith(CONFLICT_PREFIX)
        }
        conflicts = defaultdict(set)
        for (path, field), others in stored.items():
            if field.startswith(CONFLICT_PREFIX):
                name = field.removeprefix(CONFLICT_PREFIX)
                conflicts[path, name] = {own.get((path, name))} | {
                    other["value"] for other in others
                }
        replayed = journal.replay(database)
        assert replayed == {
            (image, field): value for image, field, value in database.execute("SELECT * FROM state")
        }
        return own, dict(conflicts), {edit.key for edit in read_journal(database)}


def check(folder: Path, seed: int, *, restores: bool = False) -> None:
    pair = Pair(folder, seed, restores=restores)
    mine, theirs = pair.files
    before, old_conflicts, _ = read(mine)
    other, _, their_keys = read(theirs)
    copies = [folder / "c.bloodbench", folder / "d.bloodbench"]
    for file, copy in zip(pair.files, copies, strict=True):
        shutil.copy(file, copy)
    with Project.open(mine) as project:
        plan = plan_merge(project, theirs)
        merged = merge(project, theirs, "m") is not None
        assert {(c.path, c.field) for c in plan.conflicts} <= {
            (c.path, c.field) for c in read_conflicts(project)
        }
    result, conflicts, keys = read(mine)
    assert keys >= their_keys
    # A tag is never a conflict, and one that either side has is lost only if the other took it away.
    assert not [place for place in conflicts if is_tag_field(place[1])]
    # Commutative up to conflicts.
    with Project.open(copies[1]) as project:
        merge(project, copies[0], "m")
    reverse, reverse_conflicts, _ = read(copies[1])
    assert conflicts == reverse_conflicts
    for place in (result.keys() | reverse.keys()) - conflicts.keys():
        assert result.get(place) == reverse.get(place), place
    # No decision lost: each side's is there, or in conflict, or the other side changed it knowingly.
    if not pair.merged_before:
        for place in before.keys() | other.keys():
            for value, opposite in ((before.get(place), other), (other.get(place), before)):
                if value is not None and value not in {result.get(place)} | conflicts.get(
                    place, set()
                ):
                    assert value == pair.common.get(place) != opposite.get(place)
    # Idempotent; undone as one.
    with Project.open(mine) as project:
        assert merge(project, theirs, "m") is None
        if merged:
            project.undo("m")
    assert read(mine)[:2] == ((before, old_conflicts) if merged else (result, conflicts))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**40))
def test_random_merges(seed):
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), seed)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**40))
def test_random_merges_after_restoring(seed):
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), seed, restores=True)


@pytest.mark.many_merges
@pytest.mark.timeout(0)
def test_ten_thousand_random_merges():
    memory = Path("/dev/shm")
    for seed in range(RUNS):
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
            check(Path(folder), seed)
        if (seed + 1) % 100 == 0:
            print(f"{seed + 1} merges", flush=True)
