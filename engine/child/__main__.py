"""Entry point of a child process: `main.py --child TASK`, requests on stdin, messages on stdout."""

import importlib
import importlib.util
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from engine.jobs import Cancelled
from engine.messages import Problem

_TASK_MODULES = {
    "fit": "engine.train.child.fit",
    "convert": "engine.train.child.convert",
    "export": "engine.train.child.export",
    "read": "engine.train.child.read",
    "probe": "engine.train.child.probe",
    "head": "engine.train.linear_head",
    "curve": "engine.train.learning_curve",
    "layout": "engine.explore.map_process",
    "scan": "engine.curate.scan_process",
}
"""Module of each task, imported by name only when the task runs; its `run(request, channel)` is called."""

_TENSORFLOW_TASKS = ("convert", "export")
"""Tasks that export a SavedModel, which OpenVINO can only read from the TensorFlow backend."""


def main(task: str) -> None:
    """Run one task; prints go to standard error, since standard output carries the messages."""
    from engine.child.channel import Channel

    message_stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    channel = Channel(sys.stdin.buffer, message_stream)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    _lower_priority()
    try:
        # Read first, so that a cancel before the request need not wait for Keras to load.
        request = channel.request()
        channel.done(_load_task(task).run(request, channel))
    except Cancelled:
        channel.failed("child.cancelled")
    except Problem as problem:
        channel.failed(problem.message.id, dict(problem.message.params))
    except MemoryError:
        channel.failed("child.memory")
    except Exception as error:
        traceback.print_exc()
        channel.failed("child.bug", {"error": f"{type(error).__name__}: {error}"[:500]})


def _load_task(name: str) -> Any:
    if name not in _TASK_MODULES:
        raise Problem("child.task", task=name)
    if name in _TENSORFLOW_TASKS and importlib.util.find_spec("tensorflow"):
        os.environ["KERAS_BACKEND"] = "tensorflow"
    try:
        return importlib.import_module(_TASK_MODULES[name])
    except ModuleNotFoundError as error:
        if error.name == "keras":
            raise Problem("child.no_keras") from error
        raise


def _lower_priority() -> None:
    # The window and the user's other programs come first.
    if hasattr(os, "nice"):
        os.nice(5)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main(sys.argv[1])
    sys.stderr.flush()
    # Exit at once: a thread still waits for input, and TensorFlow takes long to shut down.
    os._exit(0)
