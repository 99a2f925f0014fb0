"""What tests of the Clean workspace have in common."""

from gui_help import WAIT_MS

from engine.curate.finding import Action, Batch, Finding, Kind
from engine.messages import Message
from gui.clean.findings import queues_of
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


def quality(*paths: str) -> Batch:
    """Return findings of quality, each with a score and words of its own."""
    return Batch(
        (Kind.QUALITY,),
        tuple(
            Finding(
                Kind.QUALITY,
                path,
                0.9 - 0.1 * place,
                Message("finding.blur", {"times": 9.0 - place}),
                Action.REVIEW,
                key=f"quality {path}",
            )
            for place, path in enumerate(paths)
        ),
    )


def near(keeper: str, other: str) -> Batch:
    """Return the findings of two versions of one picture, as a scan hands them on."""
    reason = Message("finding.near", {"size": 2, "labels": "platelet"})
    kind = Kind.NEAR_DUPLICATE
    kept = Finding(kind, keeper, 0.9, reason, Action.KEEP, 1, key=keeper)
    return Batch((kind,), (kept, Finding(kind, other, 0.9, reason, Action.REVIEW, 1, key=other)))


def hand(workspace: CleanWorkspace, batch: Batch) -> None:
    """Hand findings to the workspace, as a scan does."""
    table = workspace._session.table
    assert table is not None
    workspace.scanning.found.emit(queues_of(table, batch))
