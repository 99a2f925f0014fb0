"""ImageNet weights come by Keras's own download, with its checksums; here is what is said if none do."""

import contextlib
import socket
from collections.abc import Iterator

from engine.messages import Problem

_WAIT_SECONDS = 10.0


@contextlib.contextmanager
def downloading(architecture: str) -> Iterator[None]:
    """Give up on a network that does not answer within seconds; raises `Problem` (`start.*`)."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_WAIT_SECONDS)
    try:
        yield
    except Exception as error:
        # Keras raises a bare `Exception` for a download, and a `ValueError` for a wrong checksum.
        told = str(error)
        if "URL fetch failure" in told or isinstance(error, OSError):
            raise Problem("start.offline", name=architecture) from error
        if "corrupted" in told or "hash" in told:
            raise Problem("start.damaged", name=architecture) from error
        raise
    finally:
        socket.setdefaulttimeout(before)
