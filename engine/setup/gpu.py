"""GPU packages: what an NVIDIA card needs, installed after the user agrees."""

import platform
import sys

from engine.messages import Message, Problem
from engine.setup.environment import APP, find_environment
from engine.setup.preparation import DOWNLOAD_MEGABYTES, prepare_environment
from engine.setup.terminal import say, sentence

GROUP = "gpu"


def add_gpu_packages(agreed: bool) -> int:
    """Install the GPU packages after stating their size and asking; returns the exit status."""
    system = (sys.platform, platform.machine())
    if system not in {("linux", "x86_64"), ("win32", "AMD64")}:
        say(Message("setup.gpu_none"))
        return 0
    if find_environment([APP, GROUP]):
        say(Message("setup.gpu_there"))
        return 0
    say(Message(f"setup.gpu_{sys.platform}", {"gigabytes": DOWNLOAD_MEGABYTES[GROUP] / 1000}))
    if not agreed and not _ask():
        say(Message("setup.gpu_declined"))
        return 0
    prepare_environment([APP, GROUP])
    say(Message("setup.gpu_done"))
    return 0


def _ask() -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise Problem("setup.gpu_unasked")
    print(sentence(Message("setup.gpu_asks")), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
