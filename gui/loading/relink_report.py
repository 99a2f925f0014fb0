"""What became of a project's images in the folder, told in hints."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.widgets.hints import HintPanel
from gui.words import number, say

if TYPE_CHECKING:
    from gui.loading.tasks import AttachedProject


def report_links(hints: HintPanel, found: "AttachedProject", settle: Callable[[], object]) -> None:
    """Say what a person should know before going on: nothing where all is as it was.

    `settle` lets them say which past ambiguous images have.
    """
    project, links = found.project, found.links
    if project.read_only is not None:
        hints.show_hint("read_only", say(project.read_only))
    for key, count, words in (
        (
            "changed",
            len(links.changed),
            _tr(
                "{count} {count:image has|images have} changed under the same name: "
                "{count:it starts|they start} without decisions, and the earlier decisions "
                "are kept."),
        ),
        (
            "ambiguous",
            len(links.ambiguous),
            _tr(
                "{count} {count:image matches|images match} several earlier images, so no "
                "decision was carried over to {count:it|them}."),
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
            action = (_tr("Choose…"), settle) if key == "ambiguous" else None
            hints.show_hint(key, words.format(count=number(count)), action)


def _tr(text: str) -> str:
    return QCoreApplication.translate("linked", text)
