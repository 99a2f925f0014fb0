"""Steps of the folder loader: at most one task of each, and what ends or drops them."""

import threading

import pytest

from engine.jobs import Job
from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Workers
from gui.loading.load_steps import LoadStep, LoadSteps

WAIT_MS = 10_000


def wait_for(job: Job, event: threading.Event) -> str:
    """Wait for an event in a task that can be cancelled."""
    while not event.wait(0.01):
        job.check()
    return "done"


@pytest.fixture
def finished():
    return []


@pytest.fixture
def steps(qapp, finished):
    workers = Workers()
    yield LoadSteps(workers, ErrorReporter(), lambda: finished.append("finished"))
    workers.close()


def test_a_task_counts_as_running_until_it_ends(steps, finished, qtbot):
    event = threading.Event()
    task = steps.start(LoadStep.SCAN, wait_for, event)
    assert steps.task(LoadStep.SCAN) is task
    assert steps.are_running(LoadStep.READ, LoadStep.SCAN)
    assert not steps.are_running(LoadStep.READ)
    event.set()
    qtbot.waitUntil(lambda: finished == ["finished"], timeout=WAIT_MS)
    assert steps.task(LoadStep.SCAN) is None


def test_a_step_drops_its_earlier_task(steps, finished, qtbot):
    first, second = threading.Event(), threading.Event()
    results = []
    steps.start(LoadStep.READ, wait_for, first).done.connect(lambda _: results.append("first"))
    task = steps.start(LoadStep.READ, wait_for, second)
    task.done.connect(lambda _: results.append("second"))
    first.set()
    second.set()
    qtbot.waitUntil(lambda: finished == ["finished"], timeout=WAIT_MS)
    assert results == ["second"]


def test_dropped_and_finished_steps_do_not_run(steps, finished, qtbot):
    event = threading.Event()
    steps.start(LoadStep.MODEL, wait_for, event)
    steps.start(LoadStep.ATTACH, wait_for, event)
    steps.drop(LoadStep.MODEL, LoadStep.READ)
    steps.mark_done(LoadStep.ATTACH)
    assert not steps.are_running(*LoadStep)
    event.set()
    qtbot.waitUntil(lambda: finished == ["finished"], timeout=WAIT_MS)


def test_a_cancelled_step_ends(steps, finished, qtbot):
    steps.start(LoadStep.SCAN, wait_for, threading.Event())
    steps.cancel(LoadStep.SCAN, LoadStep.READ)
    qtbot.waitUntil(lambda: finished == ["finished"], timeout=WAIT_MS)
    assert not steps.are_running(LoadStep.SCAN)
