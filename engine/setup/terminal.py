"""Terminal messages during setup: sentences on standard error and exit statuses."""

import errno
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from engine.messages import Message, Problem, render


def sentence(message: Message) -> str:
    """Return the sentence of a message."""
    return render(message)


def say(message: Message) -> None:
    """Print one sentence on standard error; standard output is for results."""
    print(sentence(message), file=sys.stderr, flush=True)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn errors of the setup in the block into one sentence and an exit status."""
    with _interrupted_by_signals():
        try:
            yield
        except KeyboardInterrupt:
            _exit_with(Message("setup.interrupted"), 130)
        except Problem as problem:
            _exit_with(problem.message, 1)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                _exit_with(Message("setup.disk_full"), 1)
            reason = (error.strerror or str(error)).lower()
            _exit_with(
                Message("setup.os_error", {"path": str(error.filename or "?"), "reason": reason}), 1
            )


def refuse(message: Message) -> int:
    """Print the reason for a failure and return its exit status."""
    say(message)
    return 1


def _exit_with(message: Message, status: int) -> NoReturn:
    say(message)
    raise SystemExit(status)


@contextmanager
def _interrupted_by_signals() -> Iterator[None]:
    # A closed terminal or a shutdown ends the installer too, like Ctrl-C.
    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    default_signals = [number for number in signals if signal.getsignal(number) is signal.SIG_DFL]
    for number in default_signals:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in default_signals:
            signal.signal(number, signal.SIG_DFL)
