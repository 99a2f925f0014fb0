"""Making what large models need, once, while the program is set up; not being able to is no reason to stop."""

import os
import subprocess
from collections.abc import Iterator

from engine.messages import Message
from engine.setup.environment import ROOT, Environment
from engine.setup.saying import say

_MODELS = os.path.join(ROOT, "resources", "models")


def make(environment: Environment, models: str = _MODELS) -> None:
    """Make the networks of shipped models that come without one; what fails is tried at first use."""
    if not any(_without_network(models)):
        return
    say(Message("setup.networks"))
    command = [environment.python, os.path.join(ROOT, "main.py"), "models", "--prepare"]
    # As the door itself goes on: what it looked at a moment ago needs no second look.
    env = {**os.environ, "BLOODBENCH_DOOR": "1"}
    try:
        status = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    except OSError:
        status = 1
    if status:
        say(Message("setup.networks_later"))


def _without_network(models: str) -> Iterator[str]:
    try:
        folders = [os.path.join(models, name) for name in os.listdir(models)]
    except OSError:
        return
    for folder in folders:
        whole = os.path.exists(os.path.join(folder, "model.xml"))
        if not whole and os.path.exists(os.path.join(folder, "check.npz")):
            yield folder
