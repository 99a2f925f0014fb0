"""The child's entry point: `main.py --child TASK`; requests on standard input, answers on standard output."""

import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from engine.jobs import Cancelled
from engine.messages import Problem

_TASKS = ("fit", "convert", "export", "read", "probe", "layout", "scan", "head", "curve")
# OpenVINO reads what TensorFlow writes; what other backends export by way of it, it does not.
_TENSORFLOW = ("convert",)


def main(task: str) -> None:
    """Run one task; everything that is printed goes to standard error, so the wire stays clean."""
    from engine.train.child.channel import Channel

    wire_out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    channel = Channel(sys.stdin.buffer, wire_out)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if task in _TENSORFLOW:
        os.environ["KERAS_BACKEND"] = "tensorflow"
    _nice()
    try:
        # The request first: whoever was cancelled before asking need not wait for Keras to load.
        request = channel.request()
        channel.done(_task(task).run(request, channel))
    except Cancelled:
        channel.failed("child.cancelled")
    except Problem as problem:
        channel.failed(problem.message.id, dict(problem.message.params))
    except MemoryError:
        channel.failed("child.memory")
    except Exception as error:
        traceback.print_exc()
        channel.failed("child.bug", {"error": f"{type(error).__name__}: {error}"[:500]})


def _task(name: str) -> Any:
    if name not in _TASKS:
        raise Problem("child.task", task=name)
    try:
        return importlib.import_module(f"engine.train.child.{name}")
    except ModuleNotFoundError as error:
        if error.name == "keras":
            raise Problem("child.no_keras") from error
        raise


def _nice() -> None:
    # The window and what else the person does come first.
    if hasattr(os, "nice"):
        os.nice(5)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    main(sys.argv[1])
    sys.stderr.flush()
    # At once: a thread still waits for the parent's next word, and TensorFlow takes long to tidy up.
    os._exit(0)
