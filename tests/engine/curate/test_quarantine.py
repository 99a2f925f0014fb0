"""Files go to quarantine and back; killed at any instant, each is in exactly one place."""

import json
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.curate.quarantine import MANIFEST, move, restore
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
    moved = move(Job(), root, [(path, "quality") for path in chosen], into)
    assert (moved.done, moved.stayed) == (20, ())
    assert sorted(there(root)) == sorted(content)[20:]
    assert restore(Job(), moved.manifest).done == 20
    assert there(root) == content
    assert not list(into.iterdir())


def test_nothing_is_moved_over_another_file(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    path = min(content)
    moved = move(Job(), root, [(path, "quality"), ("gone.jpg", "quality")], into)
    assert [name for name, _ in moved.stayed] == ["gone.jpg"]
    (root / path).write_bytes(b"another")
    back = restore(Job(), moved.manifest)
    assert [name for name, _ in back.stayed] == [path]
    assert (root / path).read_bytes() == b"another"
    assert (moved.manifest.parent / path).read_bytes() == content[path]
    (root / path).unlink()
    assert restore(Job(), moved.manifest).done == 1
    assert there(root) == content


def test_cancelled_between_two_files_and_put_back(tmp_path):
    root, into = tmp_path / "cells", tmp_path / "away"
    content = fill(root)
    job = Job(on_progress=lambda progress: job.cancel() if progress.done == 7 else None)
    with pytest.raises(Cancelled):
        move(job, root, [(path, "quality") for path in content], into)
    assert everything(root, into) == sorted(content.values())
    (manifest,) = into.glob(f"*/{MANIFEST}")
    restore(Job(), manifest)
    assert there(root) == content


@pytest.mark.parametrize("path", ["../out.jpg", "/etc/passwd", "", "a/../../b", 3])
def test_a_manifest_that_leads_elsewhere_is_refused(tmp_path, path):
    manifest = tmp_path / MANIFEST
    head = {"format": 1, "root": str(tmp_path)}
    manifest.write_text(f"{json.dumps(head)}\n{json.dumps({'path': path})}\n")
    with pytest.raises(Problem) as refused:
        restore(Job(), manifest)
    assert refused.value.message.id == "quarantine.no_manifest"


@pytest.mark.parametrize(
    "text", ["", "{}\n", "[1]\n", "nonsense\n", '{"format": 2, "root": "/"}\n']
)
def test_what_is_no_manifest_is_refused(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(Problem):
        restore(Job(), tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_comes_back(tmp_path):
    root = tmp_path / "cells"
    root.mkdir()
    name = os.fsdecode(b"caf\xe9.jpg")
    (root / name).write_bytes(b"x")
    moved = move(Job(), root, [(name, "quality")], tmp_path / "away")
    assert not list(root.iterdir())
    restore(Job(), moved.manifest)
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
                restore(Job(), manifest)
        assert there(root) == content
    assert broken_off
