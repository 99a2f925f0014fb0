"""What tests of the Clean workspace have in common."""

from gui_help import WAIT_MS

from engine.curate.finding import FindingAction, FindingBatch, Finding, FindingKind
from engine.messages import Message
from gui.clean.finding_queues import build_queues
from gui.clean.workspace import CleanWorkspace


def scan(workspace: CleanWorkspace, qtbot: object) -> None:
    """Scan and wait until it is done."""
    workspace.scanning.start()
    assert workspace.scanning.is_running
    qtbot.waitUntil(lambda: not workspace.scanning.is_running, timeout=WAIT_MS)


def found(kind: FindingKind, path: str, better: str) -> FindingBatch:
    """Return the finding of a suspect label, as a scan hands it on."""
    said = {"label": path.partition("/")[0], "better": better, "share": 0.9}
    reason = Message("finding.suspect_label", said)
    one = Finding(kind, path, 0.9, reason, FindingAction.REVIEW, suggested_label=better, key=path)
    return FindingBatch((kind,), (one,))


def quality(*paths: str) -> FindingBatch:
    """Return findings of quality, each with a score and words of its own."""
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


def near(keeper: str, other: str) -> FindingBatch:
    """Return the findings of two versions of one picture, as a scan hands them on."""
    reason = Message("finding.near", {"size": 2, "labels": "platelet"})
    kind = FindingKind.NEAR_DUPLICATE
    kept = Finding(kind, keeper, 0.9, reason, FindingAction.KEEP, 1, key=keeper)
    return FindingBatch((kind,), (kept, Finding(kind, other, 0.9, reason, FindingAction.REVIEW, 1, key=other)))


def hand(workspace: CleanWorkspace, batch: FindingBatch) -> None:
    """Hand findings to the workspace, as a scan does."""
    table = workspace._session.table
    assert table is not None
    workspace.scanning.queues_found.emit(build_queues(table, batch))
