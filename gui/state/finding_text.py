"""Texts of findings: titles and descriptions of kinds, reasons, and class names."""

from PySide6.QtCore import QCoreApplication

from engine.curate.finding import Finding, FindingKind
from engine.messages import Message
from engine.project.decisions import NOT_CLASSED
from gui.state.class_styles import ClassStyles
from gui.state.unknown_limit import unknown_share
from gui.words import percent, to_sentence


def kind_title(kind: FindingKind) -> str:
    """Return the title of a kind."""
    return _KIND_TEXTS[kind]()[0]


def kind_description(kind: FindingKind) -> str:
    """Return a description of a kind and what to do about its findings."""
    return _KIND_TEXTS[kind]()[1]


def unknown_limits_text() -> str:
    """Return which limits a scan and the group in Review use."""
    from engine.classify.unknown_score import FINDING_SHARE

    return _tr(
        "A scan lists them by a limit that flags {finding} of usual cells; “Perhaps "
        "none of these” in Review uses one that flags {review}."
    ).format(finding=percent(FINDING_SHARE), review=percent(unknown_share()))


def localise_reason(finding: Finding, class_styles: ClassStyles) -> Message:
    """Return the reason for a finding, with the class names of this project."""
    params = dict(finding.reason.params)
    for name in ("label", "better", "labels"):
        if name in params:
            params[name] = ", ".join(
                class_styles.find(class_id).name for class_id in str(params[name]).split(", ")
            )
    return Message(finding.reason.id, params)


def cluster_title(finding: Finding, class_styles: ClassStyles) -> str:
    """Return the title of the cluster of a finding."""
    params = finding.reason.params
    if "size" not in params:
        return to_sentence(localise_reason(finding, class_styles))
    return _cluster_title(
        is_exact=finding.kind is FindingKind.EXACT_DUPLICATE,
        has_conflict=finding.reason.id.endswith("_conflict"),
    )


def _cluster_title(*, is_exact: bool, has_conflict: bool) -> str:
    # Without a number: that of all images, the one that stays included, follows in the header.
    if is_exact:
        return _tr("The same image, conflicting labels") if has_conflict else _tr("The same image")
    return (
        _tr("Versions of one image, conflicting labels")
        if has_conflict
        else _tr("Versions of one image")
    )


def removal_reason(reason: str) -> str:
    """Return the text of a reason for removal."""
    return kind_title(FindingKind(reason)) if reason in set(FindingKind) else _tr("Removed by hand")


def class_name(class_id: str | None, class_styles: ClassStyles) -> str:
    """Return the name of a class, or the text for images without one."""
    if class_id is None:
        return _tr("Without a class")
    return _tr("Not classed") if class_id == NOT_CLASSED else class_styles.find(class_id).name


def _tr(text: str) -> str:
    return QCoreApplication.translate("clean", text)


# Functions, so that each text is in the current language.
_KIND_TEXTS = {
    FindingKind.UNREADABLE: lambda: (
        _tr("Unreadable files"),
        _tr("Files from which no image can be read; retraining leaves them out."),
    ),
    FindingKind.EXACT_DUPLICATE: lambda: (
        _tr("Exact copies"),
        _tr("The same image several times; conflicting labels first. One copy stays."),
    ),
    FindingKind.OFF_TOPIC: lambda: (
        _tr("Off topic"),
        _tr("Images that seem to show no stained cell."),
    ),
    FindingKind.UNKNOWN: lambda: (
        _tr("Most likely none of these"),
        " ".join(
            (
                _tr(
                    "Cells that resemble none of the model's classes: a cell of another kind, "
                    "two cells, a smudge."
                ),
                unknown_limits_text(),
            )
        ),
    ),
    FindingKind.SPLIT_LEAK: lambda: (
        _tr("Split leaks"),
        _tr("Images in both the training and the test set: results would be too good."),
    ),
    FindingKind.NEAR_DUPLICATE: lambda: (
        _tr("Near copies"),
        _tr(
            "The same cell in slightly different versions: resized, rotated, compressed, brighter."
        ),
    ),
    FindingKind.SUSPECT_LABEL: lambda: (
        _tr("Suspect labels"),
        _tr("Images that look like a different class than their label."),
    ),
    FindingKind.QUALITY: lambda: (
        _tr("Quality"),
        _tr(
            "Blurred, too dark or bright, nearly empty or of an odd size, compared with "
            "the other images."
        ),
    ),
    FindingKind.UNUSUAL: lambda: (
        _tr("Unusual cells"),
        _tr("Cells unlike the others: rare ones are worth keeping, faulty ones are not."),
    ),
}
