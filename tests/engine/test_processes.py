"""Child processes with real children; the tasks fail before Keras is loaded, so they are fast."""

import os
import subprocess
import sys

import pytest

from engine.jobs import Cancelled, Job
from engine.messages import Problem
from engine.processes import ChildProcess, child_command, run_child


def test_child_command_starts_this_program():
    assert child_command("fit")[0] == sys.executable
    assert child_command("fit")[-2:] == ["--child", "fit"]


def test_unknown_task_raises_a_problem():
    with pytest.raises(Problem) as caught:
        run_child(Job(), "nonesuch", {})
    assert caught.value.message.id == "child.task"


def test_dead_child_raises_a_problem():
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


def test_child_exits_when_its_parent_is_gone():
    # Like a killed parent: the child's standard input ends without a cancel message.
    process = subprocess.Popen(
        child_command("fit"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_child_log_contains_its_standard_error(tmp_path):
    with ChildProcess("nonesuch", {}, env={**os.environ, "PYTHONVERBOSE": "1"}) as child:
        with pytest.raises(Problem):
            list(child.messages(Job()))
        assert child._process.wait(60) == 0
        child.close()
        assert "import" in child.log
