"""Relink report: hints on images that changed, are ambiguous or missing since the last time."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.widgets.hints import HintPanel
from gui.words import number, to_sentence

if TYPE_CHECKING:
    from gui.loading.project_tasks import AttachedProject


def report_ambiguous(hints: HintPanel, count: int, resolve: Callable[[], object]) -> None:
    """Show a hint on the images whose decisions a person has to choose with `resolve`; none for 0."""
    if not count:
        hints.hide_hint("ambiguous")
        return
    text = _tr(
        "{count} {count:image matches|images match} several earlier images, so no decision was "
        "carried over to {count:it|them}."
    ).format(count=number(count))
    hints.show_hint("ambiguous", text, (_tr("Choose…"), resolve))


def report_links(
    hints: HintPanel, attached: "AttachedProject", reopen: Callable[[], object]
) -> None:
    """Show a hint for each kind of change; none where all images were found again.

    `reopen` opens the folder again, once no other window has its project open.
    """
    project, links = attached.project, attached.links
    if project.read_only is not None:
        is_elsewhere = project.read_only.id == "project.in_use"
        action = (_tr("Open it again"), reopen) if is_elsewhere else None
        hints.show_hint("read_only", to_sentence(project.read_only), action)
    for key, count, template in (
        (
            "changed",
            len(links.changed),
            _tr(
                "{count} {count:image has|images have} changed under the same name: "
                "{count:it starts|they start} without decisions, and the earlier decisions "
                "are kept."),
        ),
        (
            "missing",
            len(links.missing),
            _tr(
                "{count} {count:image|images} of this project {count:is|are} not in the "
                "folder now; {count:its|their} decisions are kept."),
        ),
    ):  # fmt: skip
        if count:
            text = template.format(count=number(count))
            # Missing images are no fault: a part of a folder may be open.
            hints.show_hint(key, text, is_warning=key != "missing")


def _tr(text: str) -> str:
    return QCoreApplication.translate("linked", text)
