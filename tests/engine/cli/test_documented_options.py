"""The options of the commands, their help and the pages that document them agree."""

import argparse
import re
from pathlib import Path

import pytest

from engine.cli import main

DOCS = Path(__file__).resolve().parents[3] / "docs"
PARSER = main._make_parser()
(COMMANDS,) = (
    action.choices for action in PARSER._actions if isinstance(action, argparse._SubParsersAction)
)


def documented_options():
    """Return the options in the code blocks of the pages, by command."""
    found = {}
    for page in sorted(DOCS.glob("*.md")):
        for block in page.read_text(encoding="utf-8").split("```")[1::2]:
            for line in re.split(r"\n(?=\S)", block):
                if match := re.match(r"python3 main\.py ([a-z][a-z-]*) (.*)", line, re.DOTALL):
                    options = re.findall(r"--[a-z][a-z-]*", match[2])
                    found.setdefault(match[1], set()).update(options)
    return found


DOCUMENTED = documented_options()


@pytest.mark.parametrize("command", COMMANDS)
def test_options_are_documented(command):
    options = {
        option
        for action in COMMANDS[command]._actions
        if action.help != argparse.SUPPRESS
        for option in action.option_strings
    }
    assert DOCUMENTED.get(command, set()) == options - {"-h", "--help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command(cli, command):
    done = cli(command, "--help")
    assert done.status == 0
    assert "%" not in done.out.replace("95%", "")
    for action in COMMANDS[command]._actions:
        assert action.help, action
