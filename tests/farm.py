"""Farm of mutated files: seeds of every kind of file that the program reads, and their readers."""

import contextlib
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import numpy as np
from datasets_helpers import SET, LabelledCells
from hostile import HOSTILE_BYTES, encode, mutate, smooth_image
from project_helpers import scan_folder, write_images
from tiny_model import make_tiny_bundle

from engine.cache_entries import open_sealed_folder, read_entry, seal_folder, write_entry
from engine.classify.bundle import CARD_FILE, TRAINING_FILE, Bundle
from engine.classify.openvino_network import last_failure
from engine.classify.reading import Reading
from engine.classify.reading_cache import ReadingCache
from engine.classify.training_images import TrainingImages
from engine.cli.main import run as run_command
from engine.curate import findings_cache, npz_cache
from engine.curate.feature_store import FeatureStore
from engine.curate.finding import Finding, FindingAction, FindingKind
from engine.curate.image_features import measure_features
from engine.curate.quarantine import move_files, restore_files
from engine.exchange.formats.dataset_reader import read_dataset
from engine.exchange.unzip import unzip
from engine.images.class_set import load_class_set
from engine.images.decoder import decode
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.paths import cache_dir, config_dir, resources_dir
from engine.project.library import Library
from engine.project.project import Project
from engine.train.image_store import CHECKPOINT_FILE
from engine.train.recipe import load_recipe
from engine.train.training_manifest import TrainingManifest, load_manifest
from gui.settings import load_setting

RECORD = ImageRecord("a.png", None, None, 10, 1)
_LABELS = {
    "csv": "", "npz": "", "hf-jsonl": "train/metadata.jsonl", "hf-csv": "train/metadata.csv",
    "fiftyone": "labels.json", "labelme": "a.json", "folder": "labels.csv",
}  # fmt: skip
"""Formats of labels, and the file of a folder that is mutated."""


def make_seeds(base: Path) -> dict[str, bytes]:
    """Return the content of one good file of each kind; `base` must remain."""
    root = base / "cells"
    root.mkdir()
    write_images(root, a=1, b=2, c=3)
    library = Library(base / "projects")
    source, records = scan_folder(root)
    with library.create(source, records, "one") as project:
        project.link(Job(), source, records)
        project.apply("label", [("a.jpg", "label", "m"), ("b.jpg", "note", "n")], who="Ada")
        project.apply("classes", [(None, "classes", [])], who="Ada")
        moved = {"folder": "/x", "files": 1, "first": "c.jpg", "classes": {}, "reasons": {}}
        project.apply("move", [(None, "moved.x", moved)], who="Ada")
        file = project.file
    library.recent()
    images = np.random.default_rng(0).integers(0, 255, (3, 8, 8, 3), np.uint8)
    labels, names = np.arange(3), np.array(["platelet", "monocyte", "basophil"])
    np.savez_compressed(base / "cells.npz", images=images, labels=labels, classes=names)
    with zipfile.ZipFile(base / "folder.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in root.iterdir():
            archive.write(path, f"cells/monocyte/{path.name}")
    model = make_tiny_bundle(base / "tiny")
    with zipfile.ZipFile(base / "tiny.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in model.iterdir():
            archive.write(path, f"tiny/{path.name}")
    TrainingImages(np.arange(9, dtype=np.uint64), is_complete=True).save(base / TRAINING_FILE)
    recipe = load_recipe("mobilenet_v3_small")
    training = TrainingManifest(recipe, None, None, ("a", "b"), (("a.jpg", "a", 0),))
    training.save(base)
    recipes, class_sets = (resources_dir() / name for name in ("recipes", "classes"))
    return {
        "project": file.read_bytes(),
        "index": (library.folder / "index.json").read_bytes(),
        "archive": (base / "cells.npz").read_bytes(),
        "card": (model / CARD_FILE).read_bytes(),
        "image": encode(smooth_image(1), "JPEG", progressive=True),
        "png": encode(smooth_image(2), "PNG"),
        "tiff": encode(smooth_image(3), "TIFF", compression="tiff_lzw"),
        "jpeg_tiff": encode(smooth_image(4), "TIFF", compression="jpeg"),
        "webp": encode(smooth_image(5), "WEBP"),
        "zip": (base / "folder.zip").read_bytes(),
        "bundle": (base / "tiny.zip").read_bytes(),
        "training_images": (base / TRAINING_FILE).read_bytes(),
        "training": (base / "begun.json").read_bytes(),
        "recipe": (recipes / "mobilenet_v3_small.toml").read_bytes(),
        "class_set": (class_sets / "blood8.toml").read_bytes(),
        "settings": json.dumps(
            {"language": "it", "keys": {"label": ["1"]}, "names": ["A"]}
        ).encode(),
        "failure": b'["convert.failed",{"reason":"x"}]',
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
        kinds = ("image", "png", "tiff", "jpeg_tiff", "webp")
        kind = kinds[int(self._rng.integers(len(kinds)))]
        with contextlib.suppress(Problem):
            decode(mutate(self._seeds[kind], self._rng))

    def features(self) -> None:
        file = self._folder / "features.sqlite"
        expected = measure_features(smooth_image(1))
        with FeatureStore(file) as store:
            store.put(self._folder, RECORD, "ab" * 32, expected, 90)
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

    def imports(self) -> None:
        """Import mutated labels with `--apply`; one undo gives the decisions back."""
        root = self._folder / "cells"
        images = {f"s/{name}.png": (number, SET.ids[number]) for number, name in enumerate("abc")}
        cells = LabelledCells(root, images)
        kind = list(_LABELS)[int(self._rng.integers(len(_LABELS)))]
        suffix = {"csv": ".csv", "npz": ".npz"}.get(kind, "")
        labels = self._folder / f"labels{suffix}"
        cells.write(kind, labels)
        file = labels / _LABELS[kind] if _LABELS[kind] else labels
        file.write_bytes(mutate(file.read_bytes(), self._rng))
        source, records = scan_folder(root)
        with Project.create(self._folder / "p.bloodbench", "p") as project:
            project.link(Job(), source, records)
            project.apply("label", [("s/a.png", "label", "platelet")], who="Ada")
            before = project.decisions()
        command = ["import", str(self._folder / "p.bloodbench"), str(labels), "--apply"]
        output = io.StringIO()
        with contextlib.redirect_stderr(output), contextlib.redirect_stdout(output):
            status = run_command(command)
        assert status in (0, 1), output.getvalue()
        assert "program error" not in output.getvalue(), output.getvalue()
        with Project.open(self._folder / "p.bloodbench") as project:
            if (edit := project.next_undo()) and edit.action == "import":
                project.undo("Ada")
            assert project.decisions() == before

    def zipped_folder(self) -> None:
        file = self._file("zip", "cells.zip")
        before = set(self._folder.iterdir())
        with contextlib.suppress(Problem):
            read_dataset(Job(), file, SET)
        with contextlib.suppress(Problem):
            unzip(Job(), file, self._folder / "unpacked")
        assert set(self._folder.iterdir()) - before <= {self._folder / "unpacked"}

    def bundle(self) -> None:
        file = self._file("bundle", "tiny.zip")
        with contextlib.suppress(Problem):
            Bundle.open(file).verify()

    def readings(self) -> None:
        bundle = Bundle.open(self._model())
        card, file = bundle.card, self._folder / "readings.sqlite"
        shape = (*card.map_size, len(card.classes))
        reading = Reading(
            np.arange(len(card.classes), dtype=np.float32),
            np.ones(card.embedding_size, np.float16),
            np.ones(shape, np.float16),
        )
        with ReadingCache(card, file) as cache:
            cache.put("ab" * 32, reading)
            cache.remember_file(self._folder, RECORD, "ab" * 32)
        file.write_bytes(mutate(file.read_bytes(), self._rng))
        with ReadingCache(card, file) as cache:
            for stored in (cache.get("ab" * 32), cache.get_by_file(self._folder, RECORD)):
                assert stored is None or np.array_equal(stored.logits, reading.logits)
            cache.put("cd" * 32, reading)

    def entry(self) -> None:
        file = self._folder / "entry"
        write_entry(file, b"value", 9)
        file.write_bytes(mutate(file.read_bytes(), self._rng))
        assert read_entry(file) in (None, b"value")
        folder = self._folder / "sealed"
        assert open_sealed_folder(folder)
        (folder / "network.blob").write_bytes(bytes(999))
        seal_folder(folder)
        changed = list(folder.iterdir())[int(self._rng.integers(2))]
        changed.write_bytes(mutate(changed.read_bytes(), self._rng))
        assert open_sealed_folder(folder)
        left = list(folder.iterdir())
        assert not left or (folder / "network.blob").read_bytes() == bytes(999)

    def training(self) -> None:
        (self._folder / CHECKPOINT_FILE).touch()
        self._file("training", "begun.json")
        load_manifest(self._folder)
        file = self._file("training_images", TRAINING_FILE)
        with contextlib.suppress(ValueError, OSError):
            TrainingImages.load(file)

    def texts(self) -> None:
        """Mutate a recipe, a class set, settings and a stored failure."""
        with contextlib.suppress(Problem):
            load_recipe(self._file("recipe", "recipe.toml"))
        with contextlib.suppress(Problem):
            load_class_set(self._file("class_set", "classes.toml"))
        (config_dir() / "window.json").write_bytes(mutate(self._seeds["settings"], self._rng))
        load_setting("language")
        (config_dir() / "damaged-window.json").unlink(missing_ok=True)
        bundle = Bundle.open(self._model())
        for folder in (cache_dir() / "networks").glob("*.failed"):
            (folder / "failed.json").write_bytes(mutate(self._seeds["failure"], self._rng))
        with contextlib.suppress(KeyError):
            last_failure(bundle)

    def _model(self) -> Path:
        """Return an intact bundle, unpacked once."""
        file = self._folder.parent / "intact.zip"
        if not file.exists():
            file.write_bytes(self._seeds["bundle"])
        return file

    KINDS = (
        project, value, index, archive, card, manifest, image, features, arrays, findings,
        imports, zipped_folder, bundle, readings, entry, training, texts,
    )  # fmt: skip
