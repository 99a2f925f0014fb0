import threading

import pytest

from engine.jobs import Cancelled, Job, Progress
from engine.messages import Message


def test_job_passes_reports_to_its_callbacks():
    progress, partial = [], []
    job = Job(progress.append, partial.append)
    job.progress(1, 2, Message("a.b"))
    job.partial("row")
    assert progress == [Progress(1, 2, Message("a.b"))]
    assert partial == ["row"]


@pytest.mark.parametrize("report", [Job.check, lambda j: j.progress(1), lambda j: j.partial(1)])
def test_cancelled_job_raises_at_its_next_report(report):
    reports = []
    job = Job(reports.append, reports.append)
    job.cancel()
    with pytest.raises(Cancelled):
        report(job)
    assert reports == []


def test_cancel_interrupts_wait():
    job = Job()
    stopped = threading.Event()

    def work():
        with pytest.raises(Cancelled):
            job.wait(60)
        stopped.set()

    thread = threading.Thread(target=work)
    thread.start()
    job.cancel()
    assert stopped.wait(10)
    thread.join()
