"""Choices of options that come from registries."""

import subprocess
import sys

import pytest

from engine.exchange.formats.boxes.registry import BOX_FORMATS
from engine.exchange.formats.registry import FORMATS

WITHOUT_REGISTRIES = """
import sys
from engine.cli.main import run
run(["sample", "--help"])
sys.exit("numpy" in sys.modules)
"""


@pytest.mark.parametrize(
    ("arguments", "registry"),
    [
        (("export", "cells", "--out", "out", "--as"), FORMATS),
        (("cells", "fields", "--out", "out.csv", "--boxes-as"), BOX_FORMATS),
    ],
)
def test_options_offer_every_format(cli, arguments, registry):
    done = cli(*arguments, "unheard-of")
    assert done.status == 2
    assert all(f"'{name}'" in done.sentence for name in registry)
    offered = cli(arguments[0], "--help").out
    assert all(name in offered for name in registry)


def test_other_commands_load_no_registry():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_REGISTRIES], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "sample" in done.stdout
