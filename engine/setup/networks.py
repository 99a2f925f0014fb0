"""Inference networks of shipped models, made during setup; a failure does not stop the setup."""

import os
import subprocess
from collections.abc import Iterator

from engine.messages import Message
from engine.setup.environment import ROOT, Environment
from engine.setup.terminal import say

_MODELS = os.path.join(ROOT, "resources", "models")


def make_networks(environment: Environment, models: str = _MODELS) -> None:
    """Make the networks of shipped models that have none; failed ones are made at first use."""
    if not any(_models_without_network(models)):
        return
    say(Message("setup.networks"))
    command = [environment.python, os.path.join(ROOT, "main.py"), "models", "--prepare"]
    # As main.py continues: the environment has just been checked.
    env = {**os.environ, "BLOODBENCH_DOOR": "1"}
    try:
        status = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    except OSError:
        status = 1
    if status:
        say(Message("setup.networks_later"))


def _models_without_network(models: str) -> Iterator[str]:
    try:
        folders = [os.path.join(models, name) for name in os.listdir(models)]
    except OSError:
        return
    for folder in folders:
        has_network = os.path.exists(os.path.join(folder, "model.xml"))
        if not has_network and os.path.exists(os.path.join(folder, "check.npz")):
            yield folder
