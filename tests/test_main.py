"""main.py: help, wrong usage, Python versions, missing display, and child processes."""

import ast
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import main
from engine import wire

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    # A missing environment: looking for it would create it.
    env = {**os.environ, "BLOODBENCH_VENV": str(ROOT / "no" / "such" / "place"), **variables}
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_lists_every_command_without_an_environment(flag):
    done = run(flag)
    assert (done.returncode, done.stderr) == (0, "")
    for command in (*main.COMMANDS, "test", "--gpu", "--repair"):
        assert f"main.py {command}" in done.stdout


def test_commands_match_the_command_line():
    import argparse

    from engine.cli.main import _make_parser

    kinds = [
        action
        for action in _make_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    assert {name for action in kinds for name in action.choices} == set(main.COMMANDS)


def test_version():
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, "Bloodbench 0.1.0\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["clasify"],
        ["--nonsense"],
        ["--gpu", "now"],
        ["--yes"],
        ["--child"],
        ["--child", "fit", "more"],
        ["--repair", "x"],
        [""],
    ],
)
def test_wrong_usage_is_one_sentence_with_status_2(arguments):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "--help" in done.stderr


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have a display"
)
def test_missing_display_names_the_commands():
    done = run(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "classify" in done.stderr


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9)])
def test_supported_python_versions(version):
    assert main.python_refusal(version) == ""


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 9, 18), (3, 10, 1), (3, 14, 0), (4, 0, 0)])
def test_unsupported_python_versions(version):
    sentence = main.python_refusal(version)
    assert "3.11, 3.12 or 3.13" in sentence
    assert ".".join(map(str, version)) in sentence


def test_main_uses_old_syntax_only():
    source = (ROOT / "main.py").read_bytes()
    assert source.isascii()  # Python 2 refuses anything else without a declaration
    for node in ast.walk(ast.parse(source, feature_version=(3, 4))):
        assert not isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr | ast.Starred)
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None


@pytest.mark.parametrize("name", ["python2.7", "python3.6", "python3.9", "python3.10"])
def test_main_on_an_old_python(name):
    old = shutil.which(name)
    if old is None or subprocess.run([old, "-c", ""], capture_output=True, check=False).returncode:
        pytest.skip(f"{name} is not here")
    done = subprocess.run([old, str(ROOT / "main.py")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "3.11, 3.12 or 3.13" in done.stderr


def test_child_output_contains_messages_only():
    request = io.BytesIO()
    wire.send(request, {"task": "nonsense"})
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--child", "nonsense"],
        input=request.getvalue(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    answer = wire.receive(io.BytesIO(done.stdout))
    assert answer is not None, done.stderr
    assert (answer["kind"], answer["id"]) == ("failed", "child.task")
