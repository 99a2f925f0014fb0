"""The launcher and the wire with real child processes; tasks that fail before Keras is loaded are quick."""

import os
import subprocess
import sys

import pytest

from engine.jobs import Cancelled, Job
from engine.messages import Problem
from engine.processes import ChildProcess, child_command, run_child


def test_the_command_starts_this_program():
    assert child_command("fit")[0] == sys.executable
    assert child_command("fit")[-2:] == ["--child", "fit"]


def test_an_unknown_task_is_refused_in_a_sentence():
    with pytest.raises(Problem) as caught:
        run_child(Job(), "nonesuch", {})
    assert caught.value.message.id == "child.task"


def test_a_child_that_dies_costs_only_its_job():
    with ChildProcess("read", {}) as child:
        child._process.kill()
        with pytest.raises(Problem) as caught:
            list(child.messages(Job()))
    assert caught.value.message.id == "child.died"


def test_cancel_ends_the_child():
    job = Job()
    with ChildProcess("fit", {"recipe": {}}) as child:
        job.cancel()
        with pytest.raises(Cancelled):
            list(child.messages(job))
        assert child._process.poll() is not None


def test_a_child_without_a_parent_goes_by_itself():
    # The parent was killed: the child's standard input ends, and nobody asks it to stop.
    process = subprocess.Popen(
        child_command("fit"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_what_the_child_prints_is_kept_for_the_details(tmp_path):
    with ChildProcess("nonesuch", {}, env={**os.environ, "PYTHONVERBOSE": "1"}) as child:
        with pytest.raises(Problem):
            list(child.messages(Job()))
        assert child._process.wait(60) == 0
        child.close()
        assert "import" in child.log
