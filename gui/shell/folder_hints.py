"""Folder hints: what is to be known about the open folder, as lines above the workspace."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.fields.cell_path import file_path
from engine.messages import Message, Param
from engine.project.decisions import MOVED_PREFIX, SETTLED_FIELD
from gui.loading.relink_report import report_ambiguous, report_links
from gui.shell import accuracy_hint
from gui.state.session import Session
from gui.widgets.hints import HintPanel
from gui.words import number, to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.project.decisions import Edit
    from engine.project.link_result import AmbiguousImage
    from gui.loading.project_tasks import AttachedProject


def _do_nothing() -> None:
    pass


class FolderHints(QObject):
    """Shows the hints on one window's open folder, and a warning before it closes."""

    reopening_requested = Signal(object)
    """The path of the open folder."""
    cells_requested = Signal()
    """The open images are to be opened as fields, or, of cells, whole."""
    empty_fields_requested = Signal()
    """The fields without a cell are to be shown."""

    def __init__(self, context: WorkspaceContext, panel: HintPanel) -> None:
        super().__init__(context)
        self._session: Session = context.session
        self._context = context
        self._panel = panel
        self.ambiguous: tuple[AmbiguousImage, ...] = ()
        """The images whose earlier decisions a person has to choose."""
        self.closing_warning = ""
        """The warning that is shown because closing was requested, empty if none is."""
        self._settled: set[str] = set()
        self._resolve: Callable[[], object] = _do_nothing
        self.announces_cells = False
        """True if the next project attached belongs to cells that a person had found."""
        context.quarantine.reopen_requested.connect(self._offer_reopening)
        context.image_analysis.folder_assessed.connect(self._show_assessment)
        context.session.cells_redrawn.connect(self._show_empty_fields)
        context.decisions.saved.connect(self._on_edit)

    def show_links(self, attached: "AttachedProject", resolve: Callable[[], object]) -> None:
        """Show how the images of a project were found again; `resolve` opens the ambiguous ones."""
        self._context.image_analysis.check_for_fields()
        self._show_found_cells()
        if self._show_empty_fields() and not self._session.total:
            self.empty_fields_requested.emit()  # There is nothing else to show.
        self.ambiguous, self._resolve = attached.links.ambiguous, resolve
        self._settled.clear()
        report_links(self._panel, attached, self._reopen)
        self._show_ambiguous()

    def warn_of_closing(self, warning: str, close: Callable[[], object]) -> bool:
        """Show a warning and return True; return False if it was shown before."""
        if not warning or warning == self.closing_warning:
            return False
        self.closing_warning = warning
        self._panel.show_hint(warning, warning, (self.tr("Close anyway"), close))
        return True

    def hide_closing_warning(self) -> None:
        """Hide the warning before closing, which is no longer true."""
        if self.closing_warning:
            self._panel.hide_hint(self.closing_warning)
            self.closing_warning = ""

    def _show_assessment(self, key: str, message: Message | None) -> None:
        if key in accuracy_hint.TOPICS:
            return  # AccuracyHint shows them in one line.
        if message is None:
            self._panel.hide_hint(key)
        elif key == "fields":
            find = (self.tr("Find the cells"), self._request_cells)
            self._panel.show_hint(key, to_sentence(message), find, is_warning=False)
        else:
            self._panel.show_hint(key, to_sentence(message))

    def _request_cells(self) -> None:
        self.cells_requested.emit()

    def _show_found_cells(self) -> None:
        """Say how many cells were found on request, and offer the whole images again."""
        from engine.images.record import ImageRecord

        table = self._session.table
        if table is None or not self._session.holds_fields or not self.announces_cells:
            return
        self.announces_cells = False
        cells = [record.path for record in table.records if isinstance(record, ImageRecord)]
        if not cells:
            return  # `_show_empty_fields` says so.
        params: dict[str, Param] = {
            "cells": len(cells),
            "fields": len({file_path(path) for path in cells}),
        }
        whole = (self.tr("Show the whole images"), self._request_cells)
        text = to_sentence(Message("fields.found", params))
        self._panel.show_hint("cells", text, whole, is_warning=False)

    def _on_edit(self, edit: "Edit") -> None:
        """Hide or change the hints that an edit, an undo or a redo makes untrue."""
        for change in edit.changes:
            if change.path is not None and change.field == SETTLED_FIELD:
                (self._settled.add if change.new else self._settled.discard)(change.path)
            elif change.path is None and change.field.startswith(MOVED_PREFIX) and change.new:
                self._panel.hide_hint("reopen")
        self._show_ambiguous()

    def _show_ambiguous(self) -> None:
        report_ambiguous(self._panel, len(self.unsettled), self._resolve)

    @property
    def unsettled(self) -> "tuple[AmbiguousImage, ...]":
        """The ambiguous images whose decisions nobody has chosen yet."""
        return tuple(image for image in self.ambiguous if image.path not in self._settled)

    def _show_empty_fields(self) -> int:
        """Say in how many fields no cell was found, and offer to show them; return their number."""
        table = self._session.table
        count = len(table.empty_fields()) if table is not None and self._session.holds_fields else 0
        if not count:
            self._panel.hide_hint("empty_fields")
            return 0
        has_cells = bool(self._session.total)
        if has_cells:
            text = self.tr(
                "No cell was found in {n} {n:field|fields}; a cell can be added by hand."
            )
        else:
            text = self.tr(
                "No cell was found in this folder, in {n} {n:field|fields}; a cell can be added by hand."
            )
        show = (self.tr("Show"), self.empty_fields_requested.emit)
        self._panel.show_hint("empty_fields", text.format(n=number(count)), show)
        return count

    def _offer_reopening(self) -> None:
        if self._session.root is not None:
            text = self.tr("Files have returned to the folder since it was opened.")
            action = (self.tr("Reopen it"), self._reopen)
            self._panel.show_hint("reopen", text, action, is_warning=False)

    def _reopen(self) -> None:
        if (root := self._session.root) is not None:
            self.reopening_requested.emit(root)
