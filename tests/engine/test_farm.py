"""Mutated files of every kind that the program reads: a result or a `Problem`, never another exception.

500 cases in every run; `-m farm` runs 10,000.
"""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hostile import HOSTILE_BYTES, encode, mutate, smooth_image
from project_helpers import scan_folder, write_images

from engine.classify.bundle import CARD_FILE, Bundle
from engine.curate import findings_cache, npz_cache
from engine.curate.feature_store import FeatureStore
from engine.curate.finding import Finding, FindingAction, FindingKind
from engine.curate.image_features import measure_features
from engine.curate.quarantine import move_files, restore_files
from engine.images.decoder import decode
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.project.library import Library
from engine.project.project import Project

CASES = 500
MANY = 10_000
RECORD = ImageRecord("a.png", None, None, 10, 1)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory) -> dict[str, bytes]:
    """Return the content of one good file of each kind."""
    from tiny_model import make_tiny_bundle

    base = tmp_path_factory.mktemp("seeds")
    root = base / "cells"
    root.mkdir()
    write_images(root, a=1, b=2, c=3)
    library = Library(base / "projects")
    source, records = scan_folder(root)
    with library.create(source, records, "one") as project:
        project.link(Job(), source, records)
        project.apply("label", [("a.jpg", "label", "m"), ("b.jpg", "note", "n")], who="Ada")
        project.apply("classes", [(None, "classes", [])], who="Ada")
        file = project.file
    library.recent()
    np.savez_compressed(
        base / "cells.npz", images=np.zeros((3, 8, 8, 3), np.uint8), labels=np.arange(3)
    )
    model = make_tiny_bundle(base / "tiny")
    return {
        "project": file.read_bytes(),
        "index": (library.folder / "index.json").read_bytes(),
        "archive": (base / "cells.npz").read_bytes(),
        "card": (model / CARD_FILE).read_bytes(),
        "image": encode(smooth_image(1), "JPEG", progressive=True),
        "png": encode(smooth_image(2), "PNG"),
    }


class Farm:
    """Readers of mutated files, one method for each kind of file."""

    def __init__(self, seeds: dict[str, bytes], folder: Path, seed: int) -> None:
        self._seeds = seeds
        self._folder = folder
        self._rng = np.random.default_rng((7, seed))

    def _file(self, kind: str, name: str) -> Path:
        file = self._folder / name
        file.write_bytes(mutate(self._seeds[kind], self._rng))
        return file

    def project(self) -> None:
        file = self._file("project", "mutated.bloodbench")
        self._open_project(file)

    def value(self) -> None:
        """Change one value in an intact project file."""
        file = self._folder / "value.bloodbench"
        file.write_bytes(self._seeds["project"])
        table, column = [
            ("about", "value"), ("state", "value"), ("change", "old"), ("edit", "at"),
            ("image", "path"), ("image", "size"), ("edit", "who"), ("state", "field"),
        ][int(self._rng.integers(8))]  # fmt: skip
        word = HOSTILE_BYTES[int(self._rng.integers(len(HOSTILE_BYTES)))]
        value: object = word if self._rng.random() < 0.5 else word.decode("latin-1")
        with contextlib.closing(sqlite3.connect(file)) as database, database:
            for trigger in ("edit_kept", "change_kept"):
                database.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            with contextlib.suppress(sqlite3.IntegrityError):
                database.execute(f"UPDATE {table} SET {column} = ?", (value,))
        self._open_project(file)

    def _open_project(self, file: Path) -> None:
        library = Library(self._folder)
        for head in library.recent():
            assert isinstance(head.name, str)
        with contextlib.suppress(Problem), Project.open(file) as project:
            project.decisions()
            project.history("a.jpg")
            project.history(None)
            project.reviewers()
            project.moved_files()
            project.next_undo()

    def index(self) -> None:
        (self._folder / "good.bloodbench").write_bytes(self._seeds["project"])
        self._file("index", "index.json")
        assert len(Library(self._folder).recent()) == 1

    def archive(self) -> None:
        file = self._file("archive", "cells.npz")
        with contextlib.suppress(Problem):
            source = open_source(file)
            for record in source.scan(Job()):
                if isinstance(record, ImageRecord):
                    with contextlib.suppress(Problem):
                        source.load(record)

    def card(self) -> None:
        folder = self._folder / "model"
        folder.mkdir()
        self._file("card", f"model/{CARD_FILE}")
        with contextlib.suppress(Problem):
            Bundle.open(folder).verify()

    def manifest(self) -> None:
        root = self._folder / "cells"
        root.mkdir()
        (root / "a.jpg").write_bytes(b"a")
        moved = move_files(Job(), root, [("a.jpg", "person")], self._folder / "away")
        moved.manifest.write_bytes(mutate(moved.manifest.read_bytes(), self._rng))
        before = {
            path
            for path in self._folder.rglob("*")
            if not path.is_relative_to(self._folder / "away")
        }
        with contextlib.suppress(Problem):
            restore_files(Job(), moved.manifest)
        files = [path for path in self._folder.rglob("*") if path.name == "a.jpg"]
        assert len(files) == 1
        assert files[0].read_bytes() == b"a"
        after = {
            path
            for path in self._folder.rglob("*")
            if not path.is_relative_to(self._folder / "away")
        }
        assert after - before <= {root / "a.jpg"}

    def image(self) -> None:
        kind = "image" if self._rng.random() < 0.5 else "png"
        with contextlib.suppress(Problem):
            decode(mutate(self._seeds[kind], self._rng))

    def features(self) -> None:
        file = self._folder / "features.sqlite"
        expected = measure_features(smooth_image(1))
        with FeatureStore(file) as store:
            store.put(self._folder, RECORD, "ab" * 32, expected)
        file.write_bytes(mutate(file.read_bytes(), self._rng))
        with FeatureStore(file) as store:
            stored = store.get("ab" * 32)
            assert stored is None or stored.tobytes() == expected.tobytes()
            assert store.known_content(self._folder, RECORD) in (None, "ab" * 32)

    def arrays(self) -> None:
        file = self._folder / "kept.npz"
        npz_cache.save(file, {"a": np.arange(9)})
        data = mutate(file.read_bytes(), self._rng)
        unchanged = data == file.read_bytes()
        file.write_bytes(data)
        assert (npz_cache.load(file) is not None) == unchanged

    def findings(self) -> None:
        finding = Finding(
            FindingKind.UNREADABLE, "a.png", 1.0, Message("image.empty"), FindingAction.REMOVE
        )
        findings_cache.save(self._folder, [RECORD], "model", [finding])
        file = findings_cache._cache_file(self._folder)
        data = mutate(file.read_bytes(), self._rng)
        unchanged = data == file.read_bytes()
        file.write_bytes(data)
        assert (findings_cache.load(self._folder, [RECORD], "model") is not None) == unchanged

    KINDS = (project, value, index, archive, card, manifest, image, features, arrays, findings)


def run(seeds: dict[str, bytes], folder: Path, cases: int) -> None:
    for seed in range(cases):
        case_folder = folder / str(seed)
        case_folder.mkdir()
        kind = Farm.KINDS[seed % len(Farm.KINDS)]
        try:
            kind(Farm(seeds, case_folder, seed))
        except Exception as error:
            raise AssertionError(f"case {seed}, {kind.__name__}") from error
        shutil.rmtree(case_folder)


def test_mutated_files_raise_nothing_but_problems(seeds, tmp_path):
    run(seeds, tmp_path, CASES)


@pytest.mark.farm
@pytest.mark.timeout(3600)
def test_many_mutated_files(seeds, tmp_path):
    run(seeds, tmp_path, MANY)
