"""Kills at random moments: no image, no decision and no acknowledged edit is lost, none is half there.

A few in every run; `-m kills` runs 1,000, and prints how many it has done with `-s`.
"""

import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import killed_work
import pytest
from killed_work import IMAGES
from project_helpers import image_bytes, scan_folder

from engine import temporaries
from engine.csv_files import write_csv
from engine.curate.quarantine import move_files, restore_files
from engine.jobs import Job
from engine.project import journal
from engine.project.project import Project
from engine.project.second_reading import read_round_images, read_rounds

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a fork server")
KILLS, MANY = 12, 1000
SECONDS = 0.15
"""Most seconds until the kill; each kind of work takes about as long."""
CONTENTS = {f"cell_{number}.jpg": image_bytes(number) for number in range(IMAGES)}


class Killer:
    """Starts work in processes and kills them; counts the kills that came before the end."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["killed_work"])
        self.interrupted = 0

    def run(self, chance: random.Random, work: Callable[..., None], *args: Any) -> list[Any]:
        """Kill some work at a random moment after it is ready; return what it sent before."""
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(target=work, args=(sender, *args))
        process.start()
        sender.close()
        sent = [receiver.recv()]
        time.sleep(chance.uniform(0, SECONDS))
        process.kill()
        process.join()
        self.interrupted += process.exitcode != 0
        try:
            while True:
                sent.append(receiver.recv())
        except (EOFError, OSError):
            return sent[1:]


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    # The fork server itself starts with the environment only.
    paths = os.pathsep.join(filter(None, sys.path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", paths)
        yield Killer()


class Bench:
    """A folder of images with a project, and one check for each kind of work."""

    def __init__(self, folder: Path, killer: Killer, seed: int, other_disk: Path | None) -> None:
        self.folder, self.killer = folder, killer
        self.chance = random.Random(seed)
        self.root = folder / "cells"
        self.root.mkdir()
        for name, data in CONTENTS.items():
            (self.root / name).write_bytes(data)
        self.into = other_disk if other_disk and seed % 2 else folder / "away"

    def label(self) -> None:
        self._make_project()
        acknowledged = self.killer.run(
            self.chance, killed_work.label, self.folder, self.chance.random()
        )
        edits = self._check_project()
        assert set(acknowledged) <= set(edits)
        assert len(edits) <= 2 + len(acknowledged)

    def quarantine(self) -> None:
        self.killer.run(self.chance, killed_work.quarantine, self.folder, self.into)
        self._check_images()
        # The next move heals what the kill left half done, then everything can be brought back.
        name = sorted(file.name for file in self.root.glob("*.jpg"))[:1]
        move_files(Job(), self.root, [(path, "person") for path in name], self.into)
        self._check_images(healed=True)
        self._restore_all()

    def restore(self) -> None:
        move_files(Job(), self.root, [(name, "person") for name in CONTENTS], self.into)
        self.killer.run(self.chance, killed_work.restore, self.into)
        self._check_images()
        self._restore_all()

    def import_labels(self) -> None:
        self._make_project()
        rows = [[name, "monocyte"] for name in CONTENTS]
        write_csv(self.folder / "labels.csv", ["path", "label"], rows)
        self.killer.run(self.chance, killed_work.import_labels, self.folder)
        self._check_project()
        with Project.open(self.folder / "p.bloodbench") as project:
            labels = [decision.label for decision in project.decisions().values()]
        assert labels in (["platelet"], ["monocyte"] * IMAGES)

    def back_up(self) -> None:
        self._make_project()
        (self.folder / "copy").mkdir()
        self.killer.run(self.chance, killed_work.back_up, self.folder)
        file = self.folder / "copy" / "backup.bloodbench"
        with Project.open(self.folder / "p.bloodbench") as project:
            before = project.decisions()
            if file.exists():
                with Project.open(file) as copy:
                    assert copy.read_only is None
                    assert copy.decisions() == before
                file.unlink()
            temporaries._checked_folders.clear()
            project.save_copy(file)
        assert [path.name for path in file.parent.iterdir()] == [file.name]
        self._check_project()

    def second_reading(self) -> None:
        self._make_project()
        with Project.open(self.folder / "p.bloodbench") as project:
            project.apply("label", [(name, "label", "platelet") for name in CONTENTS], who="Ada")
        acknowledged = self.killer.run(
            self.chance, killed_work.second_reading, self.folder, self.chance.random()
        )
        edits = self._check_project()
        assert set(acknowledged) <= set(edits)
        # At most the edit that was being made is there without having been acknowledged.
        assert len(edits) <= 3 + len(acknowledged)
        with Project.open(self.folder / "p.bloodbench") as project:
            settled: dict[str, set[str]] = {name: set() for name in CONTENTS}
            for reading in read_rounds(project):
                images = read_round_images(project, reading)
                assert [image.place for image in images] == list(range(IMAGES))
                for image in images:
                    assert image.settled in (None, image.label)
                    settled[image.path] |= {image.settled} - {None}
            # The first reader's decision holds until somebody settles another.
            for name, decision in project.decisions().items():
                assert decision.label in (settled[name] or {"platelet"})

    KINDS = (label, quarantine, restore, import_labels, back_up, second_reading)

    def _make_project(self) -> None:
        source, records = scan_folder(self.root)
        with Project.create(self.folder / "p.bloodbench", "p") as project:
            project.link(Job(), source, records)
            project.apply("label", [("cell_0.jpg", "label", "platelet")], who="Ada")

    def _check_project(self) -> list[int]:
        """Check the whole project; return the numbers of its edits."""
        with Project.open(self.folder / "p.bloodbench") as project:
            assert project.read_only is None
            with project._store.snapshot() as database:
                assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert database.execute("PRAGMA foreign_key_check").fetchall() == []
                state = {
                    (image, field): value
                    for image, field, value in database.execute("SELECT * FROM state")
                }
                assert journal.replay(database) == state
                edits = [number for (number,) in database.execute("SELECT id FROM edit")]
            assert project.decisions()
        return edits

    def _files(self, folder: Path) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in folder.rglob("*.jpg")}

    def _check_images(self, *, healed: bool = False) -> None:
        here, away = self._files(self.root), self._files(self.into)
        assert {**away, **here} == CONTENTS
        assert {**here, **away} == CONTENTS
        twice = here.keys() & away.keys()
        # Between two disks a kill may leave one file in both places, until the next move.
        assert len(twice) <= (0 if healed or self.into.parent == self.folder else 1)

    def _restore_all(self) -> None:
        for manifest in sorted(self.into.glob("*/manifest.jsonl")):
            if manifest.stat().st_size:
                assert restore_files(Job(), manifest).not_moved == ()
        assert {file.name: file.read_bytes() for file in self.root.iterdir()} == CONTENTS
        assert not self._files(self.into)
        if self.into.exists():
            shutil.rmtree(self.into)


def run(
    folder: Path, killer: Killer, kills: int, kinds: Sequence[Callable[[Bench], None]] = Bench.KINDS
) -> None:
    disk_here = folder.stat().st_dev
    places = [Path(name) for name in ("/dev/shm", "/var/tmp") if os.access(name, os.W_OK)]
    shared = next((place for place in places if place.stat().st_dev != disk_here), None)
    killer.interrupted = 0
    started = time.monotonic()
    for seed in range(kills):
        case_folder = folder / str(seed)
        case_folder.mkdir()
        kind = kinds[seed % len(kinds)]
        with tempfile.TemporaryDirectory(dir=shared or folder) as disk:
            other_disk = Path(disk) / "away" if shared else None
            try:
                kind(Bench(case_folder, killer, seed // len(kinds), other_disk))
            except Exception as error:
                raise AssertionError(f"kill {seed}, {kind.__name__}") from error
        shutil.rmtree(case_folder)
        if seed + 1 == kills or (seed + 1) % 50 == 0:
            seconds = time.monotonic() - started
            count = f"{seed + 1} kills, {killer.interrupted} before the end of the work"
            print(f"{count}, {seconds:.0f} s", flush=True)
    assert killer.interrupted


def test_kills_lose_nothing(tmp_path, killer):
    run(tmp_path, killer, KILLS)


@pytest.mark.kills
@pytest.mark.timeout(0)
def test_thousand_kills_lose_nothing(tmp_path, killer):
    run(tmp_path, killer, MANY)


@pytest.mark.kills
@pytest.mark.timeout(0)
def test_thousand_kills_of_second_readings_lose_nothing(tmp_path, killer):
    run(tmp_path, killer, MANY, (Bench.second_reading,))
