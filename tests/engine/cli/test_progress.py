"""Progress bar on a terminal, no output in a pipe, and Ctrl-C."""

import io
import os
import signal
import sys
import threading

import pytest

from engine.cli.progress import progress_job
from engine.jobs import Cancelled
from engine.messages import Message

posix = pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends the process on Windows")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def work(job):
    job.progress(3, 5, Message("read.progress", {"speed": 7.0}))
    job.progress(1, 2)


def test_progress_bar_on_a_terminal(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress_job("image") as job:
        work(job)
    shown = terminal.getvalue()
    assert "image" in shown
    assert "7 images per second" in shown
    assert "/5" in shown
    assert "/2" in shown


def test_no_output_in_a_pipe(capfd):
    with progress_job("image") as job:
        work(job)
    assert capfd.readouterr() == ("", "")


def test_partial_results_are_passed_on():
    results = []
    with progress_job("image", results.append) as job:
        job.partial("x")
    assert results == ["x"]


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_cancels_at_the_next_report(number):
    before = signal.getsignal(number)

    def work():
        with progress_job("image") as job:
            os.kill(os.getpid(), number)
            assert job.cancelled
            job.progress(1)

    with pytest.raises(Cancelled):
        work()
    assert signal.getsignal(number) is before


@posix
def test_second_signal_interrupts_at_once():
    def work():
        with progress_job("image"):
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            signal.pause()

    with pytest.raises(KeyboardInterrupt):
        work()


@posix
def test_ignored_signal_stays_ignored():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with progress_job("image") as job:
            os.kill(os.getpid(), signal.SIGINT)
            assert not job.cancelled
    finally:
        signal.signal(signal.SIGINT, before)


def test_progress_job_outside_the_main_thread():
    results = []

    def work_in_thread():
        with progress_job("image") as job:
            job.progress(1)
            results.append(True)

    thread = threading.Thread(target=work_in_thread)
    thread.start()
    thread.join()
    assert results
