"""Unclean exit: what the next start says after a crash, a power cut or a forced end."""

import contextlib
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from engine.jobs import Job
from engine.messages import Problem
from gui.jobs.error_reporter import ErrorReport
from gui.jobs.workers import Task
from gui.shell.notice import Notice
from gui.shell.run_log import report_details
from gui.words import moment
from gui.workspace.context import WorkspaceContext


def report_unclean_exit(
    context: WorkspaceContext, notice: Notice, logs: Sequence[str]
) -> Task | None:
    """Say that the program did not close properly, and what was kept; nothing if there are no logs."""
    if not logs:
        return None
    task = context.workers.start(_last_decision_and_device)

    def show(found: tuple[datetime | None, str]) -> None:
        last, device = found
        text = _tr("Bloodbench did not close properly last time. Every decision is kept.")
        if last is not None:
            text = _tr(
                "Bloodbench did not close properly last time. Every decision is kept "
                "(the last one: {when})."
            ).format(when=moment(last, datetime.now().astimezone()))
        details = report_details("\n".join(logs), device)
        notice.show_report(ErrorReport(text, details, _tr("Copy details for a report")))

    task.done.connect(show)
    return context.errors.watch(task)


def _last_decision_and_device(_: Job) -> tuple[datetime | None, str]:
    from engine.classify.devices import choose_device

    device = choose_device("auto")
    return _last_decision(), f"{device.name} ({device.backend})"


def _last_decision() -> datetime | None:
    """Return the time of the last edit of the project that was used last."""
    from engine.project.connection import open_read_only
    from engine.project.library import Library
    from engine.project.sqlite_errors import sqlite_errors_as_problems

    for summary in Library().recent()[:1]:
        with (
            contextlib.suppress(Problem, ValueError, TypeError),
            sqlite_errors_as_problems(summary.file),
            closing(open_read_only(summary.file)[0]) as database,
        ):
            return datetime.fromisoformat(
                database.execute("SELECT max(at) FROM edit").fetchone()[0]
            )
    return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("unclean_exit", text)
