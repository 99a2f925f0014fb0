"""What the kinds of findings are called, and what each is."""

from PySide6.QtCore import QCoreApplication

from engine.curate.finding import Finding, Kind
from engine.messages import Message
from engine.project.values import NOT_CLASSED
from gui.classes import ClassLooks
from gui.words import number, say


def title(kind: Kind) -> str:
    """Return what a queue is called."""
    return _KINDS[kind]()[0]


def about(kind: Kind) -> str:
    """Return what its findings are and what to do about them."""
    return _KINDS[kind]()[1]


def reason(finding: Finding, looks: ClassLooks) -> Message:
    """Return why a finding is one, with the classes as this project calls them."""
    said = dict(finding.reason.params)
    for name in ("label", "better", "labels"):
        if name in said:
            said[name] = ", ".join(looks.find(one).name for one in str(said[name]).split(", "))
    return Message(finding.reason.id, said)


def cluster(finding: Finding, looks: ClassLooks) -> str:
    """Return what findings that belong together have in common, in a few words."""
    said = finding.reason.params
    if "size" not in said:
        return say(reason(finding, looks))
    return _copies(int(said["size"]), finding.reason.id.endswith("_conflict"))


def _copies(count: int, conflict: bool) -> str:
    words = _tr("{count} copies, several labels") if conflict else _tr("{count} copies")
    return words.format(count=number(count))


def why_removed(reason: str) -> str:
    """Return a reason of removal in words."""
    return title(Kind(reason)) if reason in set(Kind) else _tr("Removed by hand")


def class_name(class_id: str | None, looks: ClassLooks) -> str:
    """Return what a class is called, or images of none."""
    if class_id is None:
        return _tr("Without a class")
    return _tr("Not classed") if class_id == NOT_CLASSED else looks.find(class_id).name


def _tr(text: str) -> str:
    return QCoreApplication.translate("clean", text)


# Functions, so that each asks for the language that holds now.
_KINDS = {
    Kind.UNREADABLE: lambda: (
        _tr("Unreadable files"),
        _tr("No image can be read from these files. A retraining has to do without them."),
    ),
    Kind.EXACT_DUPLICATE: lambda: (
        _tr("Exact copies"),
        _tr("The same picture several times, those under different labels first. One stays."),
    ),
    Kind.OFF_TOPIC: lambda: (
        _tr("Off topic"),
        _tr("Pictures that seem to show no stained cell at all."),
    ),
    Kind.SPLIT_LEAK: lambda: (
        _tr("Split leaks"),
        _tr("Pictures that are among the training and the test images: results would be too good."),
    ),
    Kind.NEAR_DUPLICATE: lambda: (
        _tr("Near copies"),
        _tr("The same cell in slightly other versions: resized, turned, compressed, brighter."),
    ),
    Kind.SUSPECT_LABEL: lambda: (
        _tr("Suspect labels"),
        _tr("Images that look like another class than the one they are labelled with."),
    ),
    Kind.QUALITY: lambda: (
        _tr("Quality"),
        _tr(
            "Blurred, too dark or bright, nearly empty or of an odd size, against the others here."
        ),
    ),
    Kind.UNUSUAL: lambda: (
        _tr("Unusual cells"),
        _tr("Cells unlike the others: rare ones are worth keeping, faulty ones are not."),
    ),
}
