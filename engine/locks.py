"""Locks between programs, held by the operating system: a killed program leaves none behind."""

import sys


def try_lock(number: int) -> bool:
    """Lock the open file with this descriptor for this process, if nobody else has; never waits.

    The lock goes with the descriptor. On a disk that knows no locks it is always given.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # a disk without locks: two starts at once are unlikely enough
    return True
