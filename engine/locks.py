"""File locks between processes, held by the operating system: a killed process leaves none behind."""

import sys


def try_lock(descriptor: int) -> bool:
    """Lock an open file by its descriptor, without waiting; returns whether the lock was obtained.

    The lock ends when the descriptor is closed. On a disk without locks it is always granted.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # disk without locks: two simultaneous starts are unlikely
    return True
