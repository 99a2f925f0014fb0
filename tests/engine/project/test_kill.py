"""Durability: a process killed at any instant loses no acknowledged edit."""

import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.project import journal
from engine.project.project import Project

CHILD = Path(__file__).with_name("writing_child.py")
KILLS = 104
AT_ONCE = 4


def kill_one(file: Path, seed: int) -> tuple[int, int]:
    """Let a process write to the file and kill it; return its last acknowledgement and their number."""
    child = subprocess.Popen(
        [sys.executable, "-S", "-E", str(CHILD), str(file), str(seed)], stdout=subprocess.PIPE
    )
    assert child.stdout
    assert child.stdout.readline() == b"ready\n"
    delay = random.Random(seed).uniform(0, 0.12)
    end = child.terminate if seed % 4 == 0 else child.kill
    timer = threading.Timer(delay, end)
    timer.start()
    # An incomplete line is no acknowledgement.
    acknowledged = [int(line) for line in child.stdout if line.endswith(b"\n")]
    assert child.wait(30) != 0
    timer.join()
    child.stdout.close()
    return (acknowledged[-1] if acknowledged else 0), len(acknowledged)


def check(file: Path, acknowledged: int) -> int:
    """Open the file normally and return its last edit."""
    with Project.open(file) as project:
        assert project.read_only is None
        with project._store.snapshot() as database:
            assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            state = {
                (image, field): value
                for image, field, value in database.execute("SELECT * FROM state")
            }
            assert journal.replay(database) == state
            edits = [number for (number,) in database.execute("SELECT id FROM edit ORDER BY id")]
            half = database.execute(
                "SELECT count(*) FROM edit WHERE id NOT IN (SELECT edit FROM change)"
            ).fetchone()
        assert half == (0,)
        assert edits == list(range(1, len(edits) + 1))
        # Beside the acknowledged edits, at most the one in progress when killed is there.
        assert acknowledged <= len(edits)
        return len(edits)


def rounds(folder: Path, first: int) -> int:
    """Kill repeatedly on one file; return how many edits survived."""
    file = folder / f"{first}.bloodbench"
    Project.create(file, "x").close()
    last = 0
    for seed in range(first, KILLS, AT_ONCE):
        acknowledged, count = kill_one(file, seed)
        now = check(file, acknowledged)
        assert last + count <= now <= last + count + 1
        last = now
    return last


def test_acknowledged_edits_survive_a_hundred_kills(tmp_path):
    begin = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        edits = list(pool.map(lambda first: rounds(tmp_path, first), range(AT_ONCE)))
    print(f"{KILLS} kills, {edits} edits, {time.monotonic() - begin:.1f} s")
    assert all(edits)
