"""Command line: `main.py COMMAND …` (`--help` lists the commands).

Exit status: 0 done (bad files are reported and do not count as failure), 1 failed, 2 wrong usage,
130 cancelled, 141 closed pipe. Every error is one sentence on standard error. Standard output
carries results only.
"""

import argparse
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Sequence

from engine.cli import (
    backups,
    cells,
    classify,
    compare,
    competency,
    evaluate,
    exchange,
    export_model,
    fetch,
    merge,
    models,
    recipes,
    report,
    restore,
    sample,
    scan,
    train,
)
from engine.cli.errors import explain_error
from engine.cli.parser import CommandParser
from engine.cli.progress import say
from engine.jobs import Cancelled
from engine.messages import Message, render
from engine.terminal_output import escaped_stdout

_STATUS_CANCELLED = 130
_STATUS_BROKEN_PIPE = 141


def run(argv: Sequence[str]) -> int:
    """Run one command line (without the program's name) and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal cannot display must not end the command.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        args = _make_parser().parse_args(argv, argparse.Namespace(argv=list(argv)))
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        _handle_termination()
        with escaped_stdout():
            status: int = args.run(args)
            if sys.stdout is not None:
                sys.stdout.flush()
        return status
    except (Cancelled, KeyboardInterrupt):
        say(render(Message("cli.cancelled")))
        return _STATUS_CANCELLED
    except BrokenPipeError:
        return _STATUS_BROKEN_PIPE  # silently, for `… | head`
    except Exception as error:
        say(explain_error(error, argv))
        return 1
    finally:
        _flush_output()


def leave(status: int) -> int:
    """Return the exit status, or end the process at once if the command was cancelled.

    Everything is cleaned up by then; a thread that decodes an image or compiles a network cannot be
    interrupted, and Python would wait for it.
    """
    if status == _STATUS_CANCELLED and threading.active_count() > 1:
        os._exit(status)
    return status


def _handle_termination() -> None:
    # SIGTERM cleans up like Ctrl-C; possible in the main thread only.
    with contextlib.suppress(ValueError):
        if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
            signal.signal(signal.SIGTERM, signal.default_int_handler)


def _flush_output() -> None:
    # Unwritten output stays in the buffer, and Python would fail again when it exits.
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _make_parser() -> argparse.ArgumentParser:
    parser = CommandParser(
        prog="main.py",
        description="Bloodbench: classify folders of single blood-cell images, and see why. "
        "For research and curation, not for diagnosis. Without a command it opens the window.",
        epilog="Exit status: 0 done (unreadable files included), 1 failed, 2 usage error, 130 "
        "cancelled.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (
        classify,
        cells,
        evaluate,
        compare,
        report,
        exchange,
        train,
        recipes,
        scan,
        restore,
        backups,
        merge,
        competency,
        models,
        export_model,
        fetch,
        sample,
    ):
        command.add_command(commands)
    return parser
