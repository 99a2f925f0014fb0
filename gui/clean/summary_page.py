"""Summary page: each class before and after cleaning, removals by reason, and the removed files."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.clean.class_distribution import ClassDistribution
from gui.clean.cleaning_summary import (
    CleaningSummary,
    summarise_cleaning,
    write_png,
    write_summary_csv,
)
from gui.deletion import clear_layout
from gui.state import finding_text
from gui.widgets import dialogs
from gui.words import number
from gui.workspace.context import WorkspaceContext


class SummaryPage(QScrollArea):
    """Counts as text and bars, links to the removed images, and buttons to move their files out and back."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.figure = QWidget()
        self.bars = ClassDistribution(theme, context.session.class_styles)
        self._legend = QLabel(self.tr("Images of each class: before → after cleaning"))
        self._legend.setProperty("role", "muted")
        self._title = self._heading(self.tr("The set after cleaning"), "title")
        self._counts_label = QLabel(wordWrap=True)
        self._counts_label.setProperty("role", "muted")
        self._reasons_heading = self._heading(self.tr("Removed images by reason"))
        self._reasons_grid = QGridLayout()
        self.show_buttons: dict[str, QPushButton] = {}
        self._files_heading = self._heading(self.tr("Files of the removed images"))
        self._files_note = QLabel(wordWrap=True)
        self._files_note.setProperty("role", "muted")
        self.move_out = QPushButton(self.tr("Move them out of the folder…"))
        self.move_out.clicked.connect(self._move_out)
        self._moved_grid = QGridLayout()
        self.restore_buttons: dict[str, QPushButton] = {}
        self.save_table = QPushButton(self.tr("Save as a table…"))
        self.save_table.clicked.connect(self._save_table)
        self.save_image = QPushButton(self.tr("Save as an image…"))
        self.save_image.clicked.connect(self._save_png)
        self._compose()
        context.quarantine.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Count again if the page is visible."""
        if self.isVisible():
            self.show_summary(summarise_cleaning(self._context.session))

    def show_summary(self, summary: CleaningSummary) -> None:
        """Show the counts of a cleaning summary."""
        text = self.tr(
            "{files} {files:file|files}: {stay} {stay:stays|stay}, {removed} removed · "
            "relabelled: {relabelled} · findings dismissed: {dismissed}"
        )
        removed = summary.files - summary.remaining
        counts = {
            "files": summary.files,
            "stay": summary.remaining,
            "removed": removed,
            "relabelled": summary.relabelled,
            "dismissed": summary.dismissed,
        }
        self._counts_label.setText(text.format(**{name: number(n) for name, n in counts.items()}))
        self.bars.set_counts(summary.classes, self._context.session.class_styles)
        self._legend.setVisible(self.bars.has_changes)
        self._show_reasons(summary)
        self._show_moved_files(removed)

    def _show_reasons(self, summary: CleaningSummary) -> None:
        present_reasons = set(self._context.quarantine.removed_files().values())
        self.show_buttons.clear()
        clear_layout(self._reasons_grid)
        for row, (reason, count) in enumerate(summary.removed.items()):
            self._reasons_grid.addWidget(QLabel(finding_text.removal_reason(reason)), row, 0)
            self._reasons_grid.addWidget(_right(number(count)), row, 1)
            if reason in present_reasons:
                button = self.show_buttons[reason] = QPushButton(self.tr("Show"))
                button.setAccessibleName(
                    f"{self.tr('Show')}: {finding_text.removal_reason(reason)}"
                )
                button.clicked.connect(partial(self._show, reason))
                self._reasons_grid.addWidget(button, row, 2)
        self._reasons_heading.setVisible(bool(summary.removed))

    def _show_moved_files(self, removed: int) -> None:
        session, moving = self._context.session, self._context.quarantine
        self.restore_buttons.clear()
        clear_layout(self._moved_grid)
        for row, (name, move) in enumerate(sorted(session.moved.items())):
            folder = QLabel(move["folder"])
            folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._moved_grid.addWidget(folder, row, 0)
            files = self.tr("{count} {count:file|files}").format(count=number(move["files"]))
            self._moved_grid.addWidget(_right(files), row, 1)
            button = self.restore_buttons[name] = QPushButton(self.tr("Bring back"))
            button.setEnabled(not moving.is_running)
            button.clicked.connect(partial(self._bring_back, name))
            self._moved_grid.addWidget(button, row, 2)
        self._files_heading.setVisible(bool(removed) and moving.is_possible)
        self._files_note.setVisible(self._files_heading.isVisibleTo(self))
        self._files_note.setText(
            self.tr("Moved to these folders; undo or “Bring back” returns them.")
            if session.moved
            else self.tr(
                "They are still in the folder. Move them out so that other programs skip "
                "them too; undo moves them back."
            )
        )
        waiting = len(moving.removed_files()) - sum(
            move["files"] for move in session.moved.values() if session.item(move["first"])
        )
        self.move_out.setVisible(self._files_heading.isVisibleTo(self) and waiting > 0)
        self.move_out.setEnabled(self._context.decisions.writable and not moving.is_running)

    def _show(self, reason: str) -> None:
        removed = self._context.quarantine.removed_files()
        paths = [path for path, why in removed.items() if why == reason]
        text = self.tr("Removed: {reason}").format(reason=finding_text.removal_reason(reason))
        self._context.show_images(paths, text)

    def _bring_back(self, name: str) -> None:
        session = self._context.session
        move = session.moved.get(name)
        if move is None or session.root is None:
            return
        question = self.tr(
            "{count} {count:file goes|files go} from {folder} back to {root}."
        ).format(count=number(move["files"]), folder=move["folder"], root=str(session.root))
        if dialogs.confirm(self, question):
            self._context.quarantine.restore(name)

    def _move_out(self) -> None:
        root = self._context.session.root
        target = dialogs.ask(self, dialogs.QUARANTINE, root.parent if root else None)
        if target is not None:
            self._context.quarantine.move_out(target)

    def _save_table(self) -> None:
        session = self._context.session
        file = dialogs.ask(self, dialogs.SAVE_TABLE, self._proposed(".csv"))
        if file is not None:
            with self._context.errors.saving(file):
                write_summary_csv(summarise_cleaning(session), session.class_styles, file)

    def _save_png(self) -> None:
        file = dialogs.ask(self, dialogs.SAVE_PICTURE, self._proposed(".png"))
        source = self._context.session.source
        if file is not None:
            with self._context.errors.saving(file):
                write_png(self.figure.grab(), file, source.folders if source else ())

    def _proposed(self, suffix: str) -> Path | None:
        root = self._context.session.root
        return root.with_name(f"{root.stem}-cleaned{suffix}") if root else None

    def _heading(self, text: str, size: str = "body") -> QLabel:
        label = QLabel(text)
        label.setFont(self._context.theme.font(size, strong=True))
        return label

    def _compose(self) -> None:
        theme = self._context.theme
        large, small = theme.space("large"), theme.space("small")
        figure_rows = QVBoxLayout(self.figure)
        figure_rows.setContentsMargins(0, 0, 0, 0)
        figure_rows.setSpacing(small)
        for widget in (self._title, self._counts_label, self._legend, self.bars):
            figure_rows.addWidget(widget)
        for grid in (self._reasons_grid, self._moved_grid):
            grid.setHorizontalSpacing(large)
            grid.setVerticalSpacing(theme.space("tight"))
            grid.setColumnStretch(3, 1)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(small)
        rows.addWidget(self.figure)
        rows.addLayout(_row(small, self.save_table, self.save_image))
        rows.addSpacing(large)
        rows.addWidget(self._reasons_heading)
        rows.addLayout(self._reasons_grid)
        rows.addSpacing(large)
        rows.addWidget(self._files_heading)
        rows.addWidget(self._files_note)
        rows.addLayout(self._moved_grid)
        rows.addLayout(_row(small, self.move_out))
        rows.addStretch()
        page.setMaximumWidth(40 * theme.space("wide"))
        self.setWidget(page)


def _row(spacing: int, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row


def _right(text: str) -> QLabel:
    return QLabel(text, alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
