"""Unclean exit: what the next start says after a crash, a power cut or a forced end."""

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

    def show(found: tuple[datetime | None, bool, str]) -> None:
        last, is_damaged, device = found
        text = _tr("Bloodbench did not close properly last time. Every decision is kept.")
        if is_damaged:
            text = _tr(
                "Bloodbench did not close properly last time. A project is damaged; opening its "
                "images says what was kept."
            )
        elif last is not None:
            text = _tr(
                "Bloodbench did not close properly last time. Every decision is kept "
                "(the last one: {when})."
            ).format(when=moment(last, datetime.now().astimezone()))
        details = report_details("\n".join(logs), device)
        notice.show_report(ErrorReport(text, details, _tr("Copy details for a report")))

    task.done.connect(show)
    return context.errors.watch(task)


def _last_decision_and_device(_: Job) -> tuple[datetime | None, bool, str]:
    from engine.classify.devices import choose_device

    # First, before a damaged project is opened and its backup takes its place.
    last, is_damaged = _last_decision()
    device = choose_device("auto")
    return last, is_damaged, f"{device.name} ({device.backend})"


def _last_decision() -> tuple[datetime | None, bool]:
    """Return the time of the last edit of the project that was used last, and whether one is damaged."""
    from engine.project.connection import open_read_only
    from engine.project.library import Library
    from engine.project.sqlite_errors import sqlite_errors_as_problems

    library = Library()
    recent, unreadable = library.recent(), library.unreadable()
    is_damaged = any(message.id == "project.damaged" for message in unreadable.values())
    for summary in recent[:1]:
        try:
            with (
                sqlite_errors_as_problems(summary.file),
                closing(open_read_only(summary.file)[0]) as database,
            ):
                at = database.execute("SELECT max(at) FROM edit").fetchone()[0]
                return (datetime.fromisoformat(at) if at else None), is_damaged
        except (Problem, ValueError, TypeError):
            is_damaged = True
    return None, is_damaged


def _tr(text: str) -> str:
    return QCoreApplication.translate("unclean_exit", text)
