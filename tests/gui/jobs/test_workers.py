"""Worker threads: signals arrive on the GUI thread, once and in order."""

import threading

import pytest
from PySide6.QtCore import QThread

from engine.messages import Problem
from gui.jobs.workers import Workers

WAIT_MS = 10_000


@pytest.fixture
def workers(qapp):
    made = Workers()
    yield made
    made.close()


def test_partial_results_arrive_in_order_on_the_gui_thread(workers, qtbot, qapp):
    def work(job):
        assert threading.current_thread() is not threading.main_thread()
        for number in range(5000):
            job.partial(number)
            job.progress(number + 1, 5000)
        return "end"

    got, reports, threads = [], [], set()
    task = workers.start(work)
    task.partial.connect(got.append)
    task.partial.connect(lambda _: threads.add(QThread.currentThread()))
    task.progressed.connect(reports.append)
    with qtbot.waitSignal(task.finished, timeout=WAIT_MS):
        done = qtbot.waitSignal(task.done, timeout=WAIT_MS)
    done.wait()
    assert done.args == ["end"]
    assert got == list(range(5000))
    assert threads == {qapp.thread()}
    assert reports[-1].done == 5000
    assert len(reports) <= 5000


def test_problem_bug_and_cancel_emit_their_signals(workers, qtbot):
    def problem(job):
        raise Problem("image.empty")

    def bug(job):
        raise ZeroDivisionError("oops")

    def endless(job):
        while True:
            job.wait(0.01)

    with qtbot.waitSignal(workers.start(problem).failed, timeout=WAIT_MS) as failed:
        pass
    assert failed.args[0].id == "image.empty"
    with qtbot.waitSignal(workers.start(bug).crashed, timeout=WAIT_MS) as crashed:
        pass
    assert "oops" in crashed.args[0]
    task = workers.start(endless)
    with qtbot.waitSignal(task.stopped, timeout=WAIT_MS):
        task.cancel()


def test_dropped_task_emits_nothing_more(workers, qtbot):
    started, release = threading.Event(), threading.Event()

    def work(job):
        started.set()
        release.wait(5)
        return 1

    results = []
    task = workers.start(work)
    task.done.connect(results.append)
    assert started.wait(5)
    workers.drop(task)
    release.set()
    with qtbot.waitSignal(workers.start(lambda job: 2).done, timeout=WAIT_MS):
        pass
    assert results == []


def test_many_threads_lose_no_message(workers, qtbot):
    def work(job, name):
        for number in range(500):
            job.partial((name, number))

    got, ended = [], []
    for name in range(8):
        task = workers.start(work, name)
        task.partial.connect(got.append)
        task.finished.connect(lambda: ended.append(1))
    qtbot.waitUntil(lambda: len(ended) == 8, timeout=WAIT_MS)
    assert len(got) == 4000
    for name in range(8):
        assert [n for who, n in got if who == name] == list(range(500))


def test_close_waits_for_threads_and_silences_them(qapp):
    workers = Workers()
    results = []

    def work(job):
        while not job.cancelled:
            job.partial(1)

    workers.start(work).partial.connect(results.append)
    workers.close()
    before = len(results)
    qapp.processEvents()
    assert len(results) == before
    assert not [each for each in threading.enumerate() if each.name.startswith("work-")]
