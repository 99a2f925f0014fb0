"""Child end of the message channel: requests and cancel in, progress, partial and final results out."""

import queue
import threading
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from engine import wire
from engine.jobs import Cancelled, Job, Progress
from engine.messages import Message, Param


class Channel:
    """Messages to and from the parent process; end of input counts as a cancel."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink
        self._inbox: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._cancelled = threading.Event()
        self._runs = threading.Event()
        self._runs.set()
        self._sending = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def cancelled(self) -> bool:
        """True once the parent has cancelled or gone away."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if the parent has cancelled."""
        if self.cancelled:
            raise Cancelled

    def wait_while_paused(self) -> None:
        """Block while paused; return at once when the parent cancels."""
        self._runs.wait()

    def request(self) -> dict[str, Any]:
        """Return the next message from the parent; raises `Cancelled` at the end of input."""
        message = self._inbox.get()
        if message is None:
            raise Cancelled
        return message

    def progress(
        self,
        done: int,
        total: int,
        message: str | None = None,
        params: Mapping[str, Param] | None = None,
    ) -> None:
        """Report progress; raises `Cancelled` if the parent has cancelled."""
        self.check()
        described = {"id": message, "params": dict(params or {})} if message else None
        self._send({"kind": "progress", "done": done, "total": total, "message": described})

    def partial(self, value: Any) -> None:
        """Send a partial result; raises `Cancelled` if the parent has cancelled."""
        self.check()
        self._send({"kind": "partial", "value": value})

    def log(self, line: str) -> None:
        """Send a line for the log."""
        self._send({"kind": "log", "line": line})

    def done(self, result: Mapping[str, Any] | None) -> None:
        """Report that the task is done, with its result."""
        self._send({"kind": "done", **(result or {})})

    def failed(self, message: str, params: Mapping[str, Param] | None = None) -> None:
        """Report a failure by message id and parameters."""
        self._send({"kind": "failed", "id": message, "params": dict(params or {})})

    def _send(self, message: dict[str, Any]) -> None:
        try:
            with self._sending:
                wire.send(self._sink, message)
        except OSError:
            self._cancelled.set()

    def _listen(self) -> None:
        while (message := wire.receive(self._source)) is not None:
            if message.get("cancel"):
                break
            if "pause" in message:
                (self._runs.clear if message["pause"] else self._runs.set)()
                continue
            self._inbox.put(message)
        self._cancelled.set()
        self._runs.set()
        self._inbox.put(None)


class ChannelJob(Job):
    """A job that reports to the parent process and is cancelled by it.

    `encode` turns partial results into messages; `default` describes progress reported without a message.
    """

    def __init__(self, channel: Channel, encode: Callable[[Any], Any], default: Message) -> None:
        super().__init__(self._report, lambda value: channel.partial(encode(value)))
        self._channel, self._default = channel, default

    @property
    def cancelled(self) -> bool:
        """True once the parent has cancelled or gone away."""
        return self._channel.cancelled

    def _report(self, progress: Progress) -> None:
        message = progress.message or self._default
        self._channel.progress(progress.done, progress.total or 0, message.id, message.params)
