"""Child processes: launching, messages in both directions, and reliable cancellation.

Keras and TensorFlow run in children only: they would freeze the window while they load, never release
GPU memory, and may be killed when memory runs out; a child that dies ends its job and nothing else.

The parent sends one message `{"task": …, …}` to start, then whatever the task accepts; every task
accepts `{"cancel": True}`. The child sends `{"kind": "progress" | "partial" | "log" | "done" |
"failed", …}`; `failed` carries a message id with its parameters.
"""

import collections
import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from engine import wire
from engine.closing import Closing
from engine.jobs import Cancelled, Job
from engine.messages import Message, Problem
from engine.paths import program_dir

_GRACE_SECONDS = 0.7
_POLL_SECONDS = 0.05


def child_command(name: str) -> list[str]:
    """Return the command line that starts the child `name`, in a checkout or a packaged build."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--child", name]
    return [sys.executable, str(program_dir() / "main.py"), "--child", name]


class ChildProcess(Closing):
    """A running child process, ended when its context manager exits."""

    def __init__(
        self,
        name: str,
        request: dict[str, Any],
        env: dict[str, str] | None = None,
        grace_seconds: float = _GRACE_SECONDS,
    ) -> None:
        self._grace_seconds = grace_seconds
        # On Windows each child would open a console window.
        flags: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(
            child_command(name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
            creationflags=flags,
        )
        self._stderr: collections.deque[str] = collections.deque(maxlen=200)
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        for target in (self._read_messages, self._read_stderr):
            threading.Thread(target=target, daemon=True, name=f"child-{name}").start()
        self.send(request)

    @property
    def log(self) -> str:
        """The last lines that the child printed, for the details of an error."""
        return "\n".join(self._stderr)

    def send(self, message: dict[str, Any]) -> None:
        """Send one message; a dead child is reported by `messages`, not here."""
        with contextlib.suppress(OSError):
            wire.send(cast(BinaryIO, self._process.stdin), message)

    def messages(self, job: Job) -> Iterator[dict[str, Any]]:
        """Yield the child's messages up to and including `done`.

        Raises `Cancelled` when the job is cancelled (the child is asked to stop, then terminated, then
        killed) and `Problem` when the child fails or dies.
        """
        paused = False
        while True:
            if job.cancelled:
                self.cancel()
                raise Cancelled
            if job.paused != paused:
                paused = job.paused
                self.send({"pause": paused})
            message = self.receive(_POLL_SECONDS)
            if message is not None:
                yield message
                if message["kind"] == "done":
                    return

    def receive(self, seconds: float) -> dict[str, Any] | None:
        """Return the child's next message, or None after `seconds`.

        For callers that do other work meanwhile, or keep the child running after a cancel. Raises
        `Problem` when the child fails or dies.
        """
        try:
            message = self._messages.get(timeout=seconds)
        except queue.Empty:
            return None
        if message is None:
            code = self._process.wait()
            raise Problem("child.died", code=code, details=self.log)
        if message["kind"] == "failed":
            raise Problem(message["id"], **message.get("params", {}))
        return message

    def cancel(self) -> None:
        """Ask the child to stop, give it the grace period to save its results, then end it."""
        self.send({"cancel": True})
        deadline = time.monotonic() + self._grace_seconds
        while self._process.poll() is None and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        self.close()

    def close(self) -> None:
        """End the child if it still runs: terminate it, then kill it."""
        if self._process.stdin:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(self._grace_seconds)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.wait()

    def _read_messages(self) -> None:
        stdout = cast(BinaryIO, self._process.stdout)
        with contextlib.suppress(OSError, ValueError):
            while (message := wire.receive(stdout)) is not None:
                self._messages.put(message)
        self._messages.put(None)

    def _read_stderr(self) -> None:
        assert self._process.stderr is not None
        with contextlib.suppress(OSError, ValueError):
            for line in self._process.stderr:
                self._stderr.append(line.decode(errors="replace").rstrip())


def run_child(
    job: Job,
    name: str,
    request: dict[str, Any],
    *,
    on_log: Callable[[str], None] | None = None,
    env: dict[str, str] | None = None,
    grace_seconds: float = _GRACE_SECONDS,
) -> dict[str, Any]:
    """Run one task in a child to its end and return its `done` message.

    `grace_seconds` is the time it has to stop by itself when it is cancelled.
    Progress and partial results go to the job. Raises `Cancelled` or `Problem`.
    """
    with ChildProcess(name, request, env, grace_seconds) as child:
        for message in child.messages(job):
            match message["kind"]:
                case "progress":
                    text = message.get("message")
                    job.progress(
                        message["done"],
                        message.get("total"),
                        Message(text["id"], text.get("params", {})) if text else None,
                    )
                case "partial":
                    job.partial(message["value"])
                case "log" if on_log:
                    on_log(message["line"])
                case "done":
                    return message
    raise AssertionError("the child ended without done or failed")
