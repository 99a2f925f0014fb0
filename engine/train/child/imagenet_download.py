"""Errors of Keras's download of ImageNet weights."""

import contextlib
import socket
from collections.abc import Iterator

from engine.messages import Problem

_TIMEOUT_SECONDS = 10.0


@contextlib.contextmanager
def explain_download_errors(architecture: str) -> Iterator[None]:
    """Turn download errors into `Problem` (`start.offline`, `start.damaged`), after a short timeout."""
    previous_timeout = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_TIMEOUT_SECONDS)
    try:
        yield
    except Exception as error:
        # Keras raises a bare `Exception` for a download, and a `ValueError` for a wrong checksum.
        text = str(error)
        if "URL fetch failure" in text or isinstance(error, OSError):
            raise Problem("start.offline", name=architecture) from error
        if "corrupted" in text or "hash" in text:
            raise Problem("start.damaged", name=architecture) from error
        raise
    finally:
        socket.setdefaulttimeout(previous_timeout)
