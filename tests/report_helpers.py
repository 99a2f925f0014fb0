"""Helpers for tests of the Report workspace."""

from collections.abc import Callable

from gui.report.workspace import ReportWorkspace


def is_report_current(workspace: ReportWorkspace) -> Callable[[], bool]:
    """Return a condition: the report is drawn and up to date."""
    reporting = workspace.reporting
    return lambda: reporting.report is not None and not reporting.is_stale
