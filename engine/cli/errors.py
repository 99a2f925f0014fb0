"""Error messages: one sentence for the user; the details of a bug go to a log file."""

import errno
import os
import secrets
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from engine.messages import Message, Problem, render
from engine.paths import cache_dir, is_program_path
from engine.temporaries import is_temporary
from engine.text import collapse_whitespace, to_printable

_DISK_FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT)
_PERMISSION_ERRORS = (errno.EACCES, errno.EPERM, errno.EROFS)


def explain_error(error: Exception, argv: Sequence[str]) -> str:
    """Return one sentence that tells the user what went wrong."""
    if isinstance(error, Problem):
        try:
            sentence = collapse_whitespace(str(error))
        except LookupError as lookup:  # an unknown message id or a missing parameter
            return explain_error(AssertionError(f"{error.message}: {lookup!r}"), argv)
        # The output of a helper process that died is for the developer.
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
    summary = collapse_whitespace(f"{type(error).__name__}: {error}")[:200]
    if log is None:
        return render(Message("cli.bug", {"error": summary}))
    return render(Message("cli.bug_with_log", {"error": summary, "log": log}))


def _system_error_message(error: OSError) -> Message:
    params = {"path": _shown_path(error.filename), "reason": error.strerror or str(error)}
    if error.errno in _DISK_FULL_ERRORS:
        # The error of a full disk often names no file.
        return Message("cli.disk_full" if error.filename else "cli.disk_full_somewhere", params)
    if error.errno in _PERMISSION_ERRORS:
        is_own = is_program_path(params["path"])
        return Message("cli.no_home" if is_own else "cli.no_permission", params)
    return Message("cli.os_error", params)


def _shown_path(name: object) -> str:
    """Return the path of an error to show: for a temporary file or folder, the folder it lies in."""
    if not isinstance(name, str | bytes):
        return "?"
    path = Path(os.fsdecode(name))
    outermost = next((part for part in [*path.parents][::-1] if is_temporary(part.name)), path)
    return to_printable(str(outermost.parent if is_temporary(outermost.name) else path))


def _write_log(argv: Sequence[str], details: str) -> str | None:
    # Not on the screen: the details help only the developer.
    try:
        folder = cache_dir() / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}.txt"
        head = f"main.py {' '.join(argv)}\nPython {sys.version}\n{sys.platform}\n\n"
        path.write_text(head + details, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    return str(path)
