"""Durability: a process killed in the middle of a competency test loses no answer."""

import random
import subprocess
import sys
import threading
from pathlib import Path

from engine.competency.store import CompetencyStore

CHILD = Path(__file__).with_name("answering_child.py")
KILLS = 20


def answer_until_killed(file, seed):
    """Let a process answer and kill it; return its acknowledged answers."""
    child = subprocess.Popen(
        [sys.executable, str(CHILD), str(file), str(seed)], stdout=subprocess.PIPE
    )
    assert child.stdout
    assert child.stdout.readline() == b"ready\n"
    timer = threading.Timer(random.Random(seed).uniform(0, 0.1), child.kill)
    timer.start()
    # An incomplete line is no acknowledgement.
    lines = [line.decode().split() for line in child.stdout if line.endswith(b"\n")]
    assert child.wait(30) != 0
    timer.join()
    child.stdout.close()
    return [(int(place), answer) for place, answer in lines]


def test_acknowledged_answers_survive_kills(store, start):
    test, total, expected = start(), 0, {}
    store.close()
    for seed in range(KILLS):
        answers = answer_until_killed(store.file, seed)
        total += len(answers)
        expected.update(answers)
        with CompetencyStore(store.file) as again:
            stored = {cell.place: cell.answer for cell in again.cells(test) if cell.answer}
        # At most the answer that was being written when it was killed is there besides.
        other = {place for place, answer in stored.items() if answer != expected.get(place)}
        assert set(expected) <= set(stored)
        assert len(other) <= 1
        expected = stored
    print(f"{KILLS} kills, {total} answers")
    assert total
