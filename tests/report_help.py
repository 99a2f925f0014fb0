"""What tests of the Report workspace have in common."""

from collections.abc import Callable

from gui.report.workspace import ReportWorkspace


def drawn(workspace: ReportWorkspace) -> Callable[[], bool]:
    """Return a condition: a report is there that nothing has changed since."""
    reporting = workspace.reporting
    return lambda: reporting.report is not None and not reporting.is_stale
