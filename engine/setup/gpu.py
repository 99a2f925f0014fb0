"""The packages that an NVIDIA card needs: which computers have any, how large they are, and asking first."""

import platform
import sys

from engine.messages import Message, Problem
from engine.setup.environment import APP, find
from engine.setup.prepare import FETCHED, prepare
from engine.setup.saying import say, sentence

GROUP = "gpu"


def add(agreed: bool) -> int:
    """Add the packages after saying their size and asking, and return the exit status."""
    kind = (sys.platform, platform.machine())
    if kind not in {("linux", "x86_64"), ("win32", "AMD64")}:
        say(Message("setup.gpu_none"))
        return 0
    if find([APP, GROUP]):
        say(Message("setup.gpu_there"))
        return 0
    say(Message(f"setup.gpu_{sys.platform}", {"gigabytes": FETCHED[GROUP] / 1000}))
    if not agreed and not _asked():
        say(Message("setup.gpu_declined"))
        return 0
    prepare([APP, GROUP])
    say(Message("setup.gpu_done"))
    return 0


def _asked() -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise Problem("setup.gpu_unasked")
    print(sentence(Message("setup.gpu_asks")), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
