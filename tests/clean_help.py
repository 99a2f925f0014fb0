"""What tests of the Clean workspace have in common."""

from gui_help import WAIT_MS

from engine.curate.finding import Action, Batch, Finding, Kind
from engine.messages import Message
from gui.clean.workspace import CleanWorkspace


def scan(workspace: CleanWorkspace, qtbot: object) -> None:
    """Scan and wait until it is done."""
    workspace.scanning.start()
    assert workspace.scanning.running
    qtbot.waitUntil(lambda: not workspace.scanning.running, timeout=WAIT_MS)


def found(kind: Kind, path: str, better: str) -> Batch:
    """Return the finding of a suspect label, as a scan hands it on."""
    said = {"label": path.partition("/")[0], "better": better, "share": 0.9}
    reason = Message("finding.suspect_label", said)
    one = Finding(kind, path, 0.9, reason, Action.REVIEW, suggested_label=better, key=path)
    return Batch((kind,), (one,))


def near(keeper: str, other: str) -> Batch:
    """Return the findings of two versions of one picture, as a scan hands them on."""
    reason = Message("finding.near", {"size": 2, "labels": "platelet"})
    kind = Kind.NEAR_DUPLICATE
    kept = Finding(kind, keeper, 0.9, reason, Action.KEEP, 1, key=keeper)
    return Batch((kind,), (kept, Finding(kind, other, 0.9, reason, Action.REVIEW, 1, key=other)))
