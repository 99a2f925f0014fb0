"""Temporary files: those of a killed process are deleted by the next, those of a running one are not."""

import ast
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine import temporaries
from engine.atomic_files import atomic_write
from engine.classify.bundle import CARD_FILE, Bundle, write_bundle
from engine.images.source import open_source
from engine.jobs import Job
from engine.outputs import Output
from engine.paths import cache_dir
from engine.project.project import Project
from engine.temporaries import REPLACED, is_temporary, open_temporary_file, temporary_folder

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="a running process's files cannot be deleted")

HOLD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from engine.temporaries import open_temporary_file, temporary_folder
target = Path(sys.argv[2])
with open_temporary_file(target) as (part, stream), temporary_folder(target.name, target.parent) as folder:
    stream.write(b"half")
    stream.flush()
    (folder / "new").write_bytes(b"half")
    print("ready", flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def process_writing(target: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process that holds a temporary file and a temporary folder for `target`."""
    command = [sys.executable, "-c", HOLD, str(ROOT), str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stdout.readline() == b"ready\n"
        yield child
        child.kill()


def temporaries_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if is_temporary(path.name))


def leave_temporaries(target: Path) -> None:
    """Leave what a process killed while writing `target` leaves behind."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with process_writing(target):
        pass
    assert len(temporaries_in(target.parent)) == 2


@posix
def test_next_write_deletes_those_of_a_killed_process(tmp_path):
    target = tmp_path / "labels.csv"
    leave_temporaries(target)
    others = [".labels.csv.part", ".x.bloodbench-part", ".labels.csv.12345678.part", "a.png"]
    for name in others:
        (tmp_path / name).write_bytes(b"mine")
    Output(target).write(b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["labels.csv", *others])


@posix
def test_those_of_a_running_process_stay(tmp_path):
    target = tmp_path / "labels.csv"
    with process_writing(target):
        before = temporaries_in(tmp_path)
        assert len(before) == 2
        atomic_write(target, b"whole")
        assert temporaries_in(tmp_path) == before
    assert target.read_bytes() == b"whole"


@posix
def test_those_of_this_process_stay(tmp_path, monkeypatch):
    with (
        open_temporary_file(tmp_path / "a") as (part, stream),
        temporary_folder("b", tmp_path) as folder,
    ):
        monkeypatch.setattr(temporaries, "_checked_folders", set())
        temporaries.delete_abandoned(tmp_path)
        assert part.exists()
        assert folder.exists()
        stream.close()
        part.replace(tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@posix
def test_links_with_the_name_of_a_temporary_file_are_not_followed(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/a.png").write_bytes(b"image")
    (tmp_path / ".a.12345678.bloodbench-part").symlink_to("mine")
    os.mkfifo(tmp_path / ".b.12345678.bloodbench-part")
    atomic_write(tmp_path / "c", b"")
    assert (tmp_path / "mine/a.png").read_bytes() == b"image"


@posix
@pytest.mark.parametrize("place", ["archives", "settings", "project", "model", "system"])
def test_every_place_is_cleaned_by_the_next_run(tmp_path, home, monkeypatch, place):
    match place:
        case "archives":
            folder = cache_dir() / "archives"
            leave_temporaries(folder / "0.npy")
            np.savez_compressed(tmp_path / "a.npz", images=np.zeros((2, 4, 4, 3), np.uint8))
            list(open_source(tmp_path / "a.npz").scan(Job()))
        case "settings":
            from gui.settings import save_setting

            folder = home / "config"
            leave_temporaries(folder / "window.json")
            save_setting("a", 1)
        case "project":
            folder = tmp_path
            leave_temporaries(tmp_path / "a.bloodbench")
            Project.create(tmp_path / "a.bloodbench", "a").close()
        case "model":
            folder = tmp_path / "models"
            model = Bundle.open(make_tiny_bundle(tmp_path / "tiny"))
            leave_temporaries(folder / "copy")
            files = [model.folder / name for name in model.card.files]
            write_bundle(folder / "copy", model.card, files)
        case _:
            folder = tmp_path / "tmp"
            monkeypatch.setattr(temporaries.tempfile, "gettempdir", lambda: str(folder))
            leave_temporaries(folder / "scan")
            with temporary_folder("map"):
                pass
    assert temporaries_in(folder) == []


@posix
def test_model_being_replaced_is_put_back(tmp_path, monkeypatch):
    """The state after a kill between the two renames of `write_bundle`."""
    model = Bundle.open(make_tiny_bundle(tmp_path / "tiny"))
    leave_temporaries(model.folder)
    (abandoned,) = (path for path in tmp_path.iterdir() if path.is_dir() and path != model.folder)
    (abandoned / REPLACED).mkdir()
    model.folder.rename(abandoned / REPLACED / "tiny")
    monkeypatch.setattr(temporaries, "_checked_folders", set())
    card = model.card
    other = Bundle.open(make_tiny_bundle(tmp_path / "elsewhere" / "tiny"))
    write_bundle(tmp_path / "third", card, [other.folder / name for name in card.files])
    assert (tmp_path / "tiny" / CARD_FILE).is_file()
    Bundle.open(tmp_path / "tiny").verify()
    assert temporaries_in(tmp_path) == []


def test_no_module_makes_temporaries_of_its_own():
    for package in ("engine", "gui"):
        for file in (ROOT / package).rglob("*.py"):
            if file == ROOT / "engine/temporaries.py":
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                modules = [name.name for name in node.names] if isinstance(node, ast.Import) else []
                modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert "tempfile" not in modules, file
