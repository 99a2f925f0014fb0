"""Mutated files of every kind this program stores or is given: an answer or a sentence, never a bug of its own.

500 cases in every run; `-m farm` runs 10,000.
"""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hostile import HOSTILE_WORDS, encoded, mutated, picture
from project_help import put, scan

from engine.classify.bundle import CARD, Bundle
from engine.curate import npz_cache, findings_cache
from engine.curate.image_features import measure_features
from engine.curate.finding import FindingAction, Finding, FindingKind
from engine.curate.quarantine import move_files, restore_files
from engine.curate.feature_store import FeatureStore
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
    put(root, a=1, b=2, c=3)
    library = Library(base / "projects")
    source, records = scan(root)
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
        "card": (model / CARD).read_bytes(),
        "image": encoded(picture(1), "JPEG", progressive=True),
        "png": encoded(picture(2), "PNG"),
    }


class Farm:
    """Good files of every kind, mutated and read as the program reads them."""

    def __init__(self, seeds: dict[str, bytes], place: Path, seed: int) -> None:
        self._seeds = seeds
        self._place = place
        self._rng = np.random.default_rng((7, seed))

    def _file(self, kind: str, name: str) -> Path:
        file = self._place / name
        file.write_bytes(mutated(self._seeds[kind], self._rng))
        return file

    def project(self) -> None:
        file = self._file("project", "mutated.bloodbench")
        self._look(file)

    def value(self) -> None:
        """One value of a project, in a file that is whole."""
        file = self._place / "value.bloodbench"
        file.write_bytes(self._seeds["project"])
        table, column = [
            ("about", "value"), ("state", "value"), ("change", "old"), ("edit", "at"),
            ("image", "path"), ("image", "size"), ("edit", "who"), ("state", "field"),
        ][int(self._rng.integers(8))]  # fmt: skip
        word = HOSTILE_WORDS[int(self._rng.integers(len(HOSTILE_WORDS)))]
        value: object = word if self._rng.random() < 0.5 else word.decode("latin-1")
        with contextlib.closing(sqlite3.connect(file)) as database, database:
            for trigger in ("edit_kept", "change_kept"):
                database.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            with contextlib.suppress(sqlite3.IntegrityError):
                database.execute(f"UPDATE {table} SET {column} = ?", (value,))
        self._look(file)

    def _look(self, file: Path) -> None:
        library = Library(self._place)
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
        (self._place / "good.bloodbench").write_bytes(self._seeds["project"])
        self._file("index", "index.json")
        assert len(Library(self._place).recent()) == 1

    def archive(self) -> None:
        file = self._file("archive", "cells.npz")
        with contextlib.suppress(Problem):
            source = open_source(file)
            for one in source.scan(Job()):
                if isinstance(one, ImageRecord):
                    with contextlib.suppress(Problem):
                        source.load(one)

    def card(self) -> None:
        folder = self._place / "model"
        folder.mkdir()
        self._file("card", f"model/{CARD}")
        with contextlib.suppress(Problem):
            Bundle.open(folder).verify()

    def manifest(self) -> None:
        root = self._place / "cells"
        root.mkdir()
        (root / "a.jpg").write_bytes(b"a")
        moved = move_files(Job(), root, [("a.jpg", "person")], self._place / "away")
        moved.manifest.write_bytes(mutated(moved.manifest.read_bytes(), self._rng))
        before = {
            path for path in self._place.rglob("*") if not path.is_relative_to(self._place / "away")
        }
        with contextlib.suppress(Problem):
            restore_files(Job(), moved.manifest)
        files = [path for path in self._place.rglob("*") if path.name == "a.jpg"]
        assert len(files) == 1
        assert files[0].read_bytes() == b"a"
        after = {
            path for path in self._place.rglob("*") if not path.is_relative_to(self._place / "away")
        }
        assert after - before <= {root / "a.jpg"}

    def image(self) -> None:
        kind = "image" if self._rng.random() < 0.5 else "png"
        with contextlib.suppress(Problem):
            decode(mutated(self._seeds[kind], self._rng))

    def facts(self) -> None:
        file = self._place / "facts.sqlite"
        right = measure_features(picture(1))
        with FeatureStore(file) as store:
            store.put(self._place, RECORD, "ab" * 32, right)
        file.write_bytes(mutated(file.read_bytes(), self._rng))
        with FeatureStore(file) as store:
            known = store.get("ab" * 32)
            assert known is None or known.tobytes() == right.tobytes()
            assert store.known_content(self._place, RECORD) in (None, "ab" * 32)

    def arrays(self) -> None:
        file = self._place / "kept.npz"
        npz_cache.save(file, {"a": np.arange(9)})
        data = mutated(file.read_bytes(), self._rng)
        whole = data == file.read_bytes()
        file.write_bytes(data)
        assert (npz_cache.load(file) is not None) == whole

    def findings(self) -> None:
        finding = Finding(FindingKind.UNREADABLE, "a.png", 1.0, Message("image.empty"), FindingAction.REMOVE)
        findings_cache.save(self._place, [RECORD], "model", [finding])
        file = findings_cache._file(self._place)
        data = mutated(file.read_bytes(), self._rng)
        whole = data == file.read_bytes()
        file.write_bytes(data)
        assert (findings_cache.load(self._place, [RECORD], "model") is not None) == whole

    KINDS = (project, value, index, archive, card, manifest, image, facts, npz_cache, findings)


def run(seeds: dict[str, bytes], place: Path, cases: int) -> None:
    for seed in range(cases):
        folder = place / str(seed)
        folder.mkdir()
        kind = Farm.KINDS[seed % len(Farm.KINDS)]
        try:
            kind(Farm(seeds, folder, seed))
        except Exception as error:
            raise AssertionError(f"case {seed}, {kind.__name__}") from error
        shutil.rmtree(folder)


def test_mutated_files_give_an_answer_or_a_sentence(seeds, tmp_path):
    run(seeds, tmp_path, CASES)


@pytest.mark.farm
@pytest.mark.timeout(3600)
def test_very_many_mutated_files(seeds, tmp_path):
    run(seeds, tmp_path, MANY)
