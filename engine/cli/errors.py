"""What went wrong, in one sentence; the details of a bug go to a log file."""

import errno
import os
import re
import secrets
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from engine.messages import Message, Problem, render
from engine.paths import cache_dir, is_program_path
from engine.writing import collapse_whitespace, to_printable

_TEMPORARY_NAMES = re.compile(r"\.(export|sample|making)-|\..*\.part$")
"""Names of what is written beside its place first."""

_DISK_FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT)
_PERMISSION_ERRORS = (errno.EACCES, errno.EPERM, errno.EROFS)


def explain(error: Exception, argv: Sequence[str]) -> str:
    """Return the one sentence that tells a person what went wrong."""
    if isinstance(error, Problem):
        try:
            sentence = collapse_whitespace(str(error))
        except LookupError as lookup:  # there is no such sentence, or not all that fills it
            return explain(AssertionError(f"{error.message}: {lookup!r}"), argv)
        # What a helper process printed before it died is for whoever mends it.
        details = str(error.message.params.get("details", ""))
        log = _write_log(argv, details) if details else None
        return (
            render(Message("cli.with_log", {"sentence": sentence, "log": log})) if log else sentence
        )
    if isinstance(error, MemoryError):
        return render(Message("cli.memory"))
    if isinstance(error, OSError):
        return collapse_whitespace(render(_system_error_message(error)))
    details = "".join(traceback.format_exception(error))
    log = _write_log(argv, details)
    what = collapse_whitespace(f"{type(error).__name__}: {error}")[:200]
    if log is None:
        return render(Message("cli.bug", {"error": what}))
    return render(Message("cli.bug_with_log", {"error": what, "log": log}))


def _system_error_message(error: OSError) -> Message:
    says = {"path": _shown_path(error.filename), "reason": error.strerror or str(error)}
    if error.errno in _DISK_FULL_ERRORS:
        return Message("cli.disk_full", says)
    if error.errno in _PERMISSION_ERRORS:
        own = is_program_path(says["path"])
        return Message("cli.no_home" if own else "cli.no_permission", says)
    return Message("cli.os_error", says)


def _shown_path(name: object) -> str:
    """Return the path of an error for a person: of a file that only we know, its folder."""
    if not isinstance(name, str | bytes):
        return "?"
    path = Path(os.fsdecode(name))
    return to_printable(str(path.parent if _TEMPORARY_NAMES.match(path.name) else path))


def _write_log(argv: Sequence[str], details: str) -> str | None:
    # Not on the screen: a person can do nothing with it, whoever mends the bug can.
    try:
        folder = cache_dir() / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}.txt"
        head = f"main.py {' '.join(argv)}\nPython {sys.version}\n{sys.platform}\n\n"
        path.write_text(head + details, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    return str(path)
