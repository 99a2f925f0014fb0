"""Helpers for tests of the Clean workspace."""

from gui_helpers import WAIT_MS

from engine.curate.finding import Finding, FindingAction, FindingBatch, FindingKind
from engine.messages import Message
from gui.clean.finding_queues import build_queues
from gui.clean.workspace import CleanWorkspace


def scan(workspace: CleanWorkspace, qtbot: object) -> None:
    """Scan and wait until it is done."""
    workspace.scanning.start()
    assert workspace.scanning.is_running
    qtbot.waitUntil(lambda: not workspace.scanning.is_running, timeout=WAIT_MS)


def suspect_label_batch(kind: FindingKind, path: str, better: str) -> FindingBatch:
    """Return a batch with one suspect label, as a scan delivers it."""
    params = {"label": path.partition("/")[0], "better": better, "share": 0.9}
    reason = Message("finding.suspect_label", params)
    finding = Finding(
        kind, path, 0.9, reason, FindingAction.REVIEW, suggested_label=better, key=path
    )
    return FindingBatch((kind,), (finding,))


def quality_batch(*paths: str) -> FindingBatch:
    """Return a batch of quality findings with different scores and messages."""
    return FindingBatch(
        (FindingKind.QUALITY,),
        tuple(
            Finding(
                FindingKind.QUALITY,
                path,
                0.9 - 0.1 * place,
                Message("finding.blur", {"times": 9.0 - place}),
                FindingAction.REVIEW,
                key=f"quality {path}",
            )
            for place, path in enumerate(paths)
        ),
    )


def near_duplicate_batch(keeper: str, other: str) -> FindingBatch:
    """Return a batch with a near-duplicate pair, as a scan delivers it."""
    reason = Message("finding.near", {"size": 2, "labels": "platelet"})
    kind = FindingKind.NEAR_DUPLICATE
    kept = Finding(kind, keeper, 0.9, reason, FindingAction.KEEP, 1, key=keeper)
    return FindingBatch(
        (kind,), (kept, Finding(kind, other, 0.9, reason, FindingAction.REVIEW, 1, key=other))
    )


def deliver_batch(workspace: CleanWorkspace, batch: FindingBatch) -> None:
    """Deliver findings to the workspace, as a scan does."""
    table = workspace._session.table
    assert table is not None
    workspace.scanning.queues_found.emit(build_queues(table, batch))
