"""Files go to quarantine and back; killed at any instant, each is in exactly one place."""

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
from engine.curate.quarantine import MANIFEST, move_files, restore_files
from engine.jobs import Cancelled, Job
from engine.messages import Problem

CHILD = Path(__file__).with_name("moving_child.py")
FILES = 60
KILLS = 30


def fill(root: Path) -> dict[str, bytes]:
    content = {f"class {n % 3}/é{n}.jpg": b"image %d" % n for n in range(FILES)}
    for path, data in content.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return content


def everything(*folders: Path) -> list[bytes]:
    files = [one for folder in folders for one in folder.rglob("*") if one.is_file()]
    return sorted(one.read_bytes() for one in files if one.name != MANIFEST)


def there(root: Path) -> dict[str, bytes]:
    return {
        one.relative_to(root).as_posix(): one.read_bytes()
        for one in root.rglob("*")
        if one.is_file()
    }


def test_moved_and_put_back(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    chosen = sorted(content)[:20]
    moved = move_files(Job(), root, [(path, "quality") for path in chosen], into)
    assert (moved.moved_count, moved.stayed) == (20, ())
    assert sorted(there(root)) == sorted(content)[20:]
    assert restore_files(Job(), moved.manifest).moved_count == 20
    assert there(root) == content
    assert not list(into.iterdir())


def test_nothing_is_moved_over_another_file(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    path = min(content)
    moved = move_files(Job(), root, [(path, "quality"), ("gone.jpg", "quality")], into)
    assert [name for name, _ in moved.stayed] == ["gone.jpg"]
    (root / path).write_bytes(b"another")
    back = restore_files(Job(), moved.manifest)
    assert [name for name, _ in back.stayed] == [path]
    assert (root / path).read_bytes() == b"another"
    assert (moved.manifest.parent / path).read_bytes() == content[path]
    (root / path).unlink()
    assert restore_files(Job(), moved.manifest).moved_count == 1
    assert there(root) == content


def test_cancelled_between_two_files_and_put_back(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    job = Job(on_progress=lambda progress: job.cancel() if progress.done == 7 else None)
    with pytest.raises(Cancelled):
        move_files(job, root, [(path, "quality") for path in content], into)
    assert everything(root, into) == sorted(content.values())
    (manifest,) = into.glob(f"*/{MANIFEST}")
    restore_files(Job(), manifest)
    assert there(root) == content


@pytest.mark.parametrize("path", ["../out.jpg", "/etc/passwd", "", "a/../../b", 3])
def test_a_manifest_that_leads_elsewhere_is_refused(tmp_path, path):
    manifest = tmp_path / MANIFEST
    head = {"format": 1, "root": str(tmp_path)}
    manifest.write_text(f"{json.dumps(head)}\n{json.dumps({'path': path})}\n")
    with pytest.raises(Problem) as refused:
        restore_files(Job(), manifest)
    assert refused.value.message.id == "quarantine.no_manifest"


@pytest.mark.parametrize(
    "text", ["", "{}\n", "[1]\n", "nonsense\n", '{"format": 2, "root": "/"}\n']
)
def test_what_is_no_manifest_is_refused(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(Problem):
        restore_files(Job(), tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_comes_back(tmp_path):
    root = tmp_path / "cells"
    root.mkdir()
    name = os.fsdecode(b"caf\xe9.jpg")
    (root / name).write_bytes(b"x")
    moved = move_files(Job(), root, [(name, "quality")], tmp_path / "away")
    assert not list(root.iterdir())
    restore_files(Job(), moved.manifest)
    assert there(root) == {name: b"x"}


def run_and_kill(root: Path, into: Path, what: str, seed: int) -> None:
    words = [sys.executable, str(CHILD), str(root), str(into), what]
    child = subprocess.Popen(words, stdout=subprocess.PIPE)
    assert child.stdout
    assert child.stdout.readline() == b"ready\n"
    timer = threading.Timer(random.Random(seed).uniform(0, 0.08), child.kill)
    timer.start()
    child.wait(30)
    timer.cancel()
    timer.join()
    child.stdout.close()


def test_killed_at_any_instant_every_file_is_in_exactly_one_place(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    whole = sorted(content.values())
    broken_off = 0
    for seed in range(KILLS):
        run_and_kill(root, into, "move", seed)
        assert everything(root, into) == whole
        broken_off += 0 < len(there(root)) < FILES
        run_and_kill(root, into, "restore", seed + KILLS)
        assert everything(root, into) == whole
        for manifest in sorted(into.glob(f"*/{MANIFEST}")):
            if manifest.read_text().endswith("\n"):
                restore_files(Job(), manifest)
        assert there(root) == content
    assert broken_off


@pytest.fixture
def elsewhere(tmp_path):
    """Return a folder on another disk than the tests' own, if there is one."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK) or shared.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other disk")
    with tempfile.TemporaryDirectory(dir=shared) as folder:
        yield Path(folder)


def test_from_disk_to_disk_and_back(tmp_path, elsewhere):
    root = tmp_path / "cells"
    content = fill(root)
    moved = move_files(Job(), root, [(path, "quality") for path in content], elsewhere)
    assert (moved.moved_count, moved.stayed) == (FILES, ())
    assert not there(root)
    assert restore_files(Job(), moved.manifest).moved_count == FILES
    assert there(root) == content
    assert not list(elsewhere.iterdir())


FULL = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from engine.curate.quarantine import move, restore
from engine.jobs import Job
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
root = Path(sys.argv[2])
names = sorted(one.relative_to(root).as_posix() for one in root.rglob("*.jpg"))
moved = move(Job(), root, [(name, "off_topic") for name in names], Path(sys.argv[3]))
print(moved.done, len(moved.stayed), moved.stayed[0][1])
"""


@pytest.mark.skipif(os.name == "nt", reason="no limit of a file's size there")
def test_a_disk_that_fills_up_leaves_the_rest_where_it_is(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    repository = str(Path(__file__).resolve().parents[3])
    words = [sys.executable, "-c", FULL, repository, str(root), str(into), "1500"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split(
        maxsplit=2
    )
    done, stayed = int(said[0]), int(said[1])
    assert 0 < done < FILES
    assert done + stayed == FILES
    assert "large" in said[2].lower()
    assert len(there(root)) == stayed
    assert everything(root, into) == sorted(content.values())
    (manifest,) = into.glob(f"*/{MANIFEST}")
    assert restore_files(Job(), manifest).moved_count == done
    assert there(root) == content


@pytest.mark.skipif(os.name == "nt", reason="no limit of a file's size there")
def test_where_not_even_the_first_line_fits_nothing_moves(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    repository = str(Path(__file__).resolve().parents[3])
    words = [sys.executable, "-c", FULL, repository, str(root), str(into), "10"]
    failed = subprocess.run(words, capture_output=True, text=True, check=False)
    assert failed.returncode
    assert "quarantine.no_place" in failed.stderr
    assert there(root) == content
    assert not there(into)


def test_a_last_line_that_was_cut_names_nothing_that_moved(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    moved = move_files(Job(), root, [(path, "quality") for path in sorted(content)[:5]], into)
    with moved.manifest.open("a") as log:
        log.write('{"path": "class 0/')
    assert restore_files(Job(), moved.manifest).moved_count == 5
    assert there(root) == content


def test_a_name_too_long_for_the_quarantine_stays(tmp_path):
    root = tmp_path / "cells"
    name = "/".join(["d" * 200] * 4) + "/c.jpg"
    (root / name).parent.mkdir(parents=True)
    (root / name).write_bytes(b"cell")
    into = tmp_path
    while len(str(into)) < 3500:
        into = into / ("q" * 200)
    moved = move_files(Job(), root, [(name, "quality")], into)
    assert moved.moved_count == 0
    assert [path for path, _ in moved.stayed] == [name]
    assert there(root) == {name: b"cell"}


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
@pytest.mark.parametrize("name", [os.fsdecode(b"a\xff\nb.jpg"), "細" * 80 + ".jpg", "-x '\".jpg"])
def test_odd_names_go_to_another_disk_and_back(tmp_path, elsewhere, name):
    root = tmp_path / "cells"
    root.mkdir()
    (root / name).write_bytes(b"cell")
    moved = move_files(Job(), root, [(name, "quality")], elsewhere)
    assert (moved.moved_count, moved.stayed) == (1, ())
    assert restore_files(Job(), moved.manifest).moved_count == 1
    assert there(root) == {name: b"cell"}


def test_killed_from_disk_to_disk_no_file_is_lost(tmp_path, elsewhere):
    root = tmp_path / "cells"
    content = fill(root)
    for seed in range(10):
        run_and_kill(root, elsewhere, "move", seed)
        assert set(everything(root, elsewhere)) >= set(content.values())
        for manifest in sorted(elsewhere.glob(f"*/{MANIFEST}")):
            if manifest.read_text().endswith("\n"):
                assert restore_files(Job(), manifest).stayed == ()
        assert there(root) == content


def test_a_damaged_line_costs_what_it_names_and_nothing_else(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    chosen = sorted(content)[:5]
    moved = move_files(Job(), root, [(path, "quality") for path in chosen], into)
    lines = moved.manifest.read_bytes().split(b"\n")
    lines[2] = lines[2][:7] + b"\xff\xff"
    moved.manifest.write_bytes(b"\n".join(lines))
    back = restore_files(Job(), moved.manifest)
    assert back.moved_count == 4
    assert [path for path, _ in back.stayed] == [chosen[1]]
    assert everything(root, into) == sorted(content.values())
    assert moved.manifest.exists()


def test_a_first_line_that_was_cut_moves_nothing_and_says_so(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    moved = move_files(Job(), root, [(min(content), "quality")], into)
    lines = moved.manifest.read_bytes().split(b"\n")
    lines[0] = lines[0][:12]
    moved.manifest.write_bytes(b"\n".join(lines))
    with pytest.raises(Problem) as refused:
        restore_files(Job(), moved.manifest)
    assert refused.value.message.id == "quarantine.no_manifest"
    assert everything(root, into) == sorted(content.values())


def test_a_path_that_leads_out_of_the_folder_stays(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    (tmp_path / "outside.jpg").write_bytes(b"mine")
    moved = move_files(Job(), root, [("../outside.jpg", "quality"), (min(content), "quality")], into)
    assert [path for path, _ in moved.stayed] == ["../outside.jpg"]
    assert (tmp_path / "outside.jpg").read_bytes() == b"mine"
    assert restore_files(Job(), moved.manifest).moved_count == 1


def test_undone_twice_the_second_says_so_and_moves_nothing(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    moved = move_files(Job(), root, [(path, "quality") for path in content], into)
    restore_files(Job(), moved.manifest)
    with pytest.raises(Problem) as gone:
        restore_files(Job(), moved.manifest)
    assert gone.value.message.id == "quarantine.unreadable"
    assert there(root) == content


def test_where_nothing_can_be_written_nothing_moves(tmp_path):
    root = tmp_path / "cells"
    content = fill(root)
    (tmp_path / "taken").write_bytes(b"a file, no folder")
    for place in (tmp_path / "taken" / "away", Path("/proc/bloodbench")):
        with pytest.raises(Problem) as refused:
            move_files(Job(), root, [(path, "quality") for path in content], place)
        assert refused.value.message.id == "quarantine.no_place"
    assert there(root) == content


def test_a_file_that_comes_in_between_keeps_its_place(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    first = min(content)

    def come(progress):
        (folder,) = into.iterdir()
        place = folder / first
        if progress.done == 0:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(b"came in between")

    moved = move_files(Job(on_progress=come), root, [(first, "quality")], into)
    assert moved.moved_count == 0
    assert [path for path, _ in moved.stayed] == [first]
    assert there(root) == content
    assert (moved.manifest.parent / first).read_bytes() == b"came in between"


@pytest.mark.parametrize("path", ["..\\x", "a\\..\\..\\x", "C:x", "\\x", "C:\\x"])
def test_on_windows_a_manifest_leads_nowhere_else_by_its_own_separators(path, monkeypatch):
    monkeypatch.setattr(manifests, "Path", PureWindowsPath)
    assert not manifests.is_inside(path)
    assert manifests.is_inside("a/b.jpg")
