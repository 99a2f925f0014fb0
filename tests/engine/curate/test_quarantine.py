"""Files are moved to quarantine and back; after a kill at any time each is in exactly one place."""

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from pathlib import Path, PureWindowsPath

import pytest

from engine.curate import manifest as manifests
from engine.curate.interrupted_moves import hold_manifest, partial_path
from engine.curate.quarantine import MANIFEST_NAME, move_files, restore_files
from engine.jobs import Cancelled, Job
from engine.messages import Problem

CHILD = Path(__file__).with_name("moving_child.py")
FILE_COUNT = 60
KILL_COUNT = 30


def make_files(root: Path) -> dict[str, bytes]:
    content = {f"class {n % 3}/é{n}.jpg": b"image %d" % n for n in range(FILE_COUNT)}
    for path, data in content.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return content


def all_contents(*folders: Path) -> list[bytes]:
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return sorted(file.read_bytes() for file in files if file.name != MANIFEST_NAME)


def files_in(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
    }


def test_move_and_restore(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    chosen = sorted(content)[:20]
    moved = move_files(Job(), root, [(path, "quality") for path in chosen], into)
    assert (moved.moved_count, moved.not_moved) == (20, ())
    assert sorted(files_in(root)) == sorted(content)[20:]
    assert restore_files(Job(), moved.manifest).moved_count == 20
    assert files_in(root) == content
    assert not list(into.iterdir())


def test_nothing_is_moved_into_the_folder_itself(tmp_path):
    root = tmp_path / "cells"
    content = make_files(root)
    for into in (root, root / "class 1", root / "new/deeper"):
        with pytest.raises(Problem) as caught:
            move_files(Job(), root, [(path, "quality") for path in content], into)
        assert caught.value.message.id == "quarantine.inside"
    assert files_in(root) == content


@pytest.mark.parametrize("exists", [True, False])
def test_no_folder_remains_if_nothing_is_moved(tmp_path, exists):
    root, into = tmp_path / "cells", tmp_path / "away"
    make_files(root)
    if exists:
        into.mkdir()
    moved = move_files(Job(), root, [("gone.jpg", "quality")], into)
    assert [path for path, _ in moved.not_moved] == ["gone.jpg"]
    assert into.exists() is exists
    assert not list(tmp_path.glob("away/*"))


def test_existing_files_are_not_overwritten(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    path = min(content)
    moved = move_files(Job(), root, [(path, "quality"), ("gone.jpg", "quality")], into)
    assert [name for name, _ in moved.not_moved] == ["gone.jpg"]
    (root / path).write_bytes(b"another")
    back = restore_files(Job(), moved.manifest)
    assert [name for name, _ in back.not_moved] == [path]
    assert (root / path).read_bytes() == b"another"
    assert (moved.manifest.parent / path).read_bytes() == content[path]
    (root / path).unlink()
    assert restore_files(Job(), moved.manifest).moved_count == 1
    assert files_in(root) == content


def test_cancelled_move_can_be_restored(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    job = Job(on_progress=lambda progress: job.cancel() if progress.done == 7 else None)
    with pytest.raises(Cancelled):
        move_files(job, root, [(path, "quality") for path in content], into)
    assert all_contents(root, into) == sorted(content.values())
    (manifest,) = into.glob(f"*/{MANIFEST_NAME}")
    restore_files(Job(), manifest)
    assert files_in(root) == content


@pytest.mark.parametrize("path", ["../out.jpg", "/etc/passwd", "", "a/../../b", 3])
def test_manifest_with_outside_path_is_refused(tmp_path, path):
    manifest = tmp_path / MANIFEST_NAME
    head = {"format": 1, "root": str(tmp_path)}
    manifest.write_text(f"{json.dumps(head)}\n{json.dumps({'path': path})}\n")
    with pytest.raises(Problem) as refused:
        restore_files(Job(), manifest)
    assert refused.value.message.id == "quarantine.no_manifest"


@pytest.mark.parametrize(
    "text", ["", "{}\n", "[1]\n", "nonsense\n", '{"format": 2, "root": "/"}\n']
)
def test_invalid_manifest_is_refused(tmp_path, text):
    (tmp_path / MANIFEST_NAME).write_text(text)
    with pytest.raises(Problem):
        restore_files(Job(), tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="file names are always valid text there")
def test_undecodable_name_is_restored(tmp_path):
    root = tmp_path / "cells"
    root.mkdir()
    name = os.fsdecode(b"caf\xe9.jpg")
    (root / name).write_bytes(b"x")
    moved = move_files(Job(), root, [(name, "quality")], tmp_path / "away")
    assert not list(root.iterdir())
    restore_files(Job(), moved.manifest)
    assert files_in(root) == {name: b"x"}


def run_and_kill(root: Path, into: Path, action: str, seed: int) -> None:
    command = [sys.executable, str(CHILD), str(root), str(into), action]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert child.stdout
    assert child.stdout.readline() == b"ready\n"
    timer = threading.Timer(random.Random(seed).uniform(0, 0.08), child.kill)
    timer.start()
    child.wait(30)
    timer.cancel()
    timer.join()
    child.stdout.close()


def test_kill_at_any_time_leaves_every_file_in_one_place(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    all_data = sorted(content.values())
    interrupted = 0
    for seed in range(KILL_COUNT):
        run_and_kill(root, into, "move", seed)
        assert all_contents(root, into) == all_data
        interrupted += 0 < len(files_in(root)) < FILE_COUNT
        run_and_kill(root, into, "restore", seed + KILL_COUNT)
        assert all_contents(root, into) == all_data
        for manifest in sorted(into.glob(f"*/{MANIFEST_NAME}")):
            if manifest.read_text().endswith("\n"):
                restore_files(Job(), manifest)
        assert files_in(root) == content
    assert interrupted


@pytest.fixture
def other_disk(tmp_path):
    """Return a folder on another disk than the test's, if there is one."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK) or shared.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other disk")
    with tempfile.TemporaryDirectory(dir=shared) as folder:
        yield Path(folder)


def test_move_to_another_disk_and_back(tmp_path, other_disk):
    root = tmp_path / "cells"
    content = make_files(root)
    moved = move_files(Job(), root, [(path, "quality") for path in content], other_disk)
    assert (moved.moved_count, moved.not_moved) == (FILE_COUNT, ())
    assert not files_in(root)
    assert restore_files(Job(), moved.manifest).moved_count == FILE_COUNT
    assert files_in(root) == content
    assert not list(other_disk.iterdir())


MOVE_WITH_SIZE_LIMIT = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from engine.curate.quarantine import move_files
from engine.jobs import Job
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
root = Path(sys.argv[2])
names = sorted(file.relative_to(root).as_posix() for file in root.rglob("*.jpg"))
moved = move_files(Job(), root, [(name, "off_topic") for name in names], Path(sys.argv[3]))
print(moved.moved_count, len(moved.not_moved), moved.not_moved[0][1])
"""


@pytest.mark.skipif(os.name == "nt", reason="no file size limit there")
def test_full_disk_leaves_the_remaining_files(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    repository = str(Path(__file__).resolve().parents[3])
    command = [sys.executable, "-c", MOVE_WITH_SIZE_LIMIT, repository, str(root), str(into), "1500"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split(
        maxsplit=2
    )
    moved_count, remaining_count = int(output[0]), int(output[1])
    assert 0 < moved_count < FILE_COUNT
    assert moved_count + remaining_count == FILE_COUNT
    assert "large" in output[2].lower()
    assert len(files_in(root)) == remaining_count
    assert all_contents(root, into) == sorted(content.values())
    (manifest,) = into.glob(f"*/{MANIFEST_NAME}")
    assert restore_files(Job(), manifest).moved_count == moved_count
    assert files_in(root) == content


@pytest.mark.skipif(os.name == "nt", reason="no file size limit there")
def test_nothing_moves_without_room_for_the_manifest_header(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    repository = str(Path(__file__).resolve().parents[3])
    command = [sys.executable, "-c", MOVE_WITH_SIZE_LIMIT, repository, str(root), str(into), "10"]
    failed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert failed.returncode
    assert "cannot be used for quarantine" in failed.stderr
    assert files_in(root) == content
    assert not files_in(into)


def test_truncated_last_line_is_ignored(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    moved = move_files(Job(), root, [(path, "quality") for path in sorted(content)[:5]], into)
    with moved.manifest.open("a") as log:
        log.write('{"path": "class 0/')
    assert restore_files(Job(), moved.manifest).moved_count == 5
    assert files_in(root) == content


def test_too_long_path_is_not_moved(tmp_path):
    root = tmp_path / "cells"
    name = "/".join(["d" * 200] * 4) + "/c.jpg"
    (root / name).parent.mkdir(parents=True)
    (root / name).write_bytes(b"cell")
    into = tmp_path
    while len(str(into)) < 3500:
        into = into / ("q" * 200)
    moved = move_files(Job(), root, [(name, "quality")], into)
    assert moved.moved_count == 0
    assert [path for path, _ in moved.not_moved] == [name]
    assert files_in(root) == {name: b"cell"}


@pytest.mark.skipif(os.name == "nt", reason="file names are always valid text there")
@pytest.mark.parametrize("name", [os.fsdecode(b"a\xff\nb.jpg"), "細" * 80 + ".jpg", "-x '\".jpg"])
def test_odd_names_move_to_another_disk_and_back(tmp_path, other_disk, name):
    root = tmp_path / "cells"
    root.mkdir()
    (root / name).write_bytes(b"cell")
    moved = move_files(Job(), root, [(name, "quality")], other_disk)
    assert (moved.moved_count, moved.not_moved) == (1, ())
    assert restore_files(Job(), moved.manifest).moved_count == 1
    assert files_in(root) == {name: b"cell"}


def test_kill_between_disks_loses_no_file(tmp_path, other_disk):
    root = tmp_path / "cells"
    content = make_files(root)
    for seed in range(10):
        run_and_kill(root, other_disk, "move", seed)
        assert set(all_contents(root, other_disk)) >= set(content.values())
        for manifest in sorted(other_disk.glob(f"*/{MANIFEST_NAME}")):
            if manifest.read_text().endswith("\n"):
                assert restore_files(Job(), manifest).not_moved == ()
        assert files_in(root) == content


@pytest.mark.parametrize("is_complete", [True, False])
def test_file_left_in_two_places_is_in_one_again(tmp_path, other_disk, is_complete):
    """The state after a kill on the way to another disk, before the old file was deleted."""
    root = tmp_path / "cells"
    content = make_files(root)
    first, second, *_ = sorted(content)
    killed = move_files(Job(), root, [(first, "quality")], other_disk).manifest.parent
    (root / first).write_bytes(content[first])
    if not is_complete:
        (killed / first).rename(partial_path(killed / first))
    moved = move_files(Job(), root, [(second, "quality")], other_disk)
    assert moved.moved_count == 1
    assert files_in(root) == {path: data for path, data in content.items() if path != second}
    assert all_contents(other_disk) == [content[second]]
    assert [path for path in killed.rglob("*") if path.is_file()] == [killed / MANIFEST_NAME]


def test_running_and_other_moves_are_not_healed(tmp_path, other_disk):
    root = tmp_path / "cells"
    content = make_files(root)
    first, second, third, *_ = sorted(content)
    running = move_files(Job(), root, [(first, "quality")], other_disk).manifest
    changed = move_files(Job(), root, [(second, "quality")], other_disk).manifest.parent
    (root / first).write_bytes(content[first])
    (root / second).write_bytes(b"another image that came later")
    with hold_manifest(running):
        move_files(Job(), root, [(third, "quality")], other_disk)
    assert (running.parent / first).read_bytes() == content[first]
    assert (changed / second).read_bytes() == content[second]


def test_damaged_line_affects_only_its_file(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    chosen = sorted(content)[:5]
    moved = move_files(Job(), root, [(path, "quality") for path in chosen], into)
    lines = moved.manifest.read_bytes().split(b"\n")
    lines[2] = lines[2][:7] + b"\xff\xff"
    moved.manifest.write_bytes(b"\n".join(lines))
    back = restore_files(Job(), moved.manifest)
    assert back.moved_count == 4
    assert [path for path, _ in back.not_moved] == [chosen[1]]
    assert all_contents(root, into) == sorted(content.values())
    assert moved.manifest.exists()


def test_truncated_header_is_refused(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    moved = move_files(Job(), root, [(min(content), "quality")], into)
    lines = moved.manifest.read_bytes().split(b"\n")
    lines[0] = lines[0][:12]
    moved.manifest.write_bytes(b"\n".join(lines))
    with pytest.raises(Problem) as refused:
        restore_files(Job(), moved.manifest)
    assert refused.value.message.id == "quarantine.no_manifest"
    assert all_contents(root, into) == sorted(content.values())


def test_path_outside_the_folder_is_not_moved(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    (tmp_path / "outside.jpg").write_bytes(b"mine")
    moved = move_files(
        Job(), root, [("../outside.jpg", "quality"), (min(content), "quality")], into
    )
    assert [path for path, _ in moved.not_moved] == ["../outside.jpg"]
    assert (tmp_path / "outside.jpg").read_bytes() == b"mine"
    assert restore_files(Job(), moved.manifest).moved_count == 1


def test_second_restore_is_refused(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    moved = move_files(Job(), root, [(path, "quality") for path in content], into)
    restore_files(Job(), moved.manifest)
    with pytest.raises(Problem) as gone:
        restore_files(Job(), moved.manifest)
    assert gone.value.message.id == "quarantine.unreadable"
    assert files_in(root) == content


def test_unwritable_quarantine_moves_nothing(tmp_path):
    root = tmp_path / "cells"
    content = make_files(root)
    (tmp_path / "taken").write_bytes(b"a file, no folder")
    for place in (tmp_path / "taken" / "away", Path("/proc/bloodbench")):
        with pytest.raises(Problem) as refused:
            move_files(Job(), root, [(path, "quality") for path in content], place)
        assert refused.value.message.id == "quarantine.no_place"
    assert files_in(root) == content


def test_file_created_during_the_move_is_not_overwritten(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = make_files(root)
    first = min(content)

    def create_file(progress):
        (folder,) = into.iterdir()
        path = folder / first
        if progress.done == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"came in between")

    moved = move_files(Job(on_progress=create_file), root, [(first, "quality")], into)
    assert moved.moved_count == 0
    assert [path for path, _ in moved.not_moved] == [first]
    assert files_in(root) == content
    assert (moved.manifest.parent / first).read_bytes() == b"came in between"


@pytest.mark.parametrize("path", ["..\\x", "a\\..\\..\\x", "C:x", "\\x", "C:\\x"])
def test_windows_paths_outside_the_folder_are_rejected(path, monkeypatch):
    monkeypatch.setattr(manifests, "Path", PureWindowsPath)
    assert not manifests.is_inside(path)
    assert manifests.is_inside("a/b.jpg")
