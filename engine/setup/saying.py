"""Talking to the person at the terminal while the program is set up: sentences, and an exit status."""

import errno
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from engine.messages import Message, Problem, render


def sentence(message: Message) -> str:
    """Return a message's sentence."""
    return render(message)


def say(message: Message) -> None:
    """Say one sentence on standard error; standard output is for results."""
    print(sentence(message), file=sys.stderr, flush=True)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what can go wrong during the set-up into one sentence and an exit status."""
    with _stoppable():
        try:
            yield
        except KeyboardInterrupt:
            _leave(Message("setup.interrupted"), 130)
        except Problem as problem:
            _leave(problem.message, 1)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                _leave(Message("setup.disk_full"), 1)
            reason = (error.strerror or str(error)).lower()
            _leave(
                Message("setup.os_error", {"path": str(error.filename or "?"), "reason": reason}), 1
            )


def refuse(message: Message) -> int:
    """Say why not, and return the status for it."""
    say(message)
    return 1


def _leave(message: Message, status: int) -> NoReturn:
    say(message)
    raise SystemExit(status)


@contextmanager
def _stoppable() -> Iterator[None]:
    # A closed terminal or a shutdown ends the installer too, as Ctrl-C does.
    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    ours = [number for number in signals if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
