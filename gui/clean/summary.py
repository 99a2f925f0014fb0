"""The summary of the cleaning: each class before and after, what was removed and why, and where it is."""

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

from gui import dialogs
from gui.clean import words
from gui.clean.distribution import Distribution
from gui.clean.tally import Tally, tally, write_csv, write_picture
from gui.desk import Desk
from gui.words import number


class SummaryPage(QScrollArea):
    """Counts as sentences and bars; the removed images one click away; their files moved out and back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme = desk.theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.figure = QWidget()
        self.bars = Distribution(theme, desk.session.looks)
        self._title = self._heading(self.tr("What cleaning made of the set"), "title")
        self._said = QLabel(wordWrap=True)
        self._said.setProperty("role", "muted")
        self._removed = self._heading(self.tr("Removed, and why"))
        self._reasons = QGridLayout()
        self.show_buttons: dict[str, QPushButton] = {}
        self._files = self._heading(self.tr("Files of the removed images"))
        self._where = QLabel(wordWrap=True)
        self._where.setProperty("role", "muted")
        self.move = QPushButton(self.tr("Move them out of the folder…"))
        self.move.clicked.connect(self._move)
        self._moves = QGridLayout()
        self.back_buttons: dict[str, QPushButton] = {}
        self.table = QPushButton(self.tr("Save as a table…"))
        self.table.clicked.connect(self._save_table)
        self.picture = QPushButton(self.tr("Save as a picture…"))
        self.picture.clicked.connect(self._save_picture)
        self._compose()
        desk.moving.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Count again, if it is in sight."""
        if self.isVisible():
            self.show_tally(tally(self._desk.session))

    def show_tally(self, said: Tally) -> None:
        """Show these counts."""
        text = self.tr(
            "{files} {files:file|files}: {stay} {stay:stays|stay}, {removed} removed · "
            "relabelled: {relabelled} · findings dismissed: {dismissed}"
        )
        removed = said.files - said.stay
        counts = {
            "files": said.files,
            "stay": said.stay,
            "removed": removed,
            "relabelled": said.relabelled,
            "dismissed": said.dismissed,
        }
        self._said.setText(text.format(**{name: number(n) for name, n in counts.items()}))
        self.bars.set_counts(said.classes, self._desk.session.looks)
        self._show_reasons(said)
        self._show_files(removed)

    def _show_reasons(self, said: Tally) -> None:
        here = set(self._desk.moving.removed().values())
        self.show_buttons.clear()
        _empty(self._reasons)
        for row, (reason, count) in enumerate(said.removed.items()):
            self._reasons.addWidget(QLabel(words.why_removed(reason)), row, 0)
            self._reasons.addWidget(_right(number(count)), row, 1)
            if reason in here:
                button = self.show_buttons[reason] = QPushButton(self.tr("Show"))
                button.setAccessibleName(f"{self.tr('Show')}: {words.why_removed(reason)}")
                button.clicked.connect(partial(self._show, reason))
                self._reasons.addWidget(button, row, 2)
        self._removed.setVisible(bool(said.removed))

    def _show_files(self, removed: int) -> None:
        session, moving = self._desk.session, self._desk.moving
        self.back_buttons.clear()
        _empty(self._moves)
        for row, (name, what) in enumerate(sorted(session.moved.items())):
            where = QLabel(what["folder"])
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._moves.addWidget(where, row, 0)
            files = self.tr("{count} {count:file|files}").format(count=number(what["files"]))
            self._moves.addWidget(_right(files), row, 1)
            button = self.back_buttons[name] = QPushButton(self.tr("Bring back"))
            button.setEnabled(not moving.running)
            button.clicked.connect(partial(self._bring_back, name))
            self._moves.addWidget(button, row, 2)
        self._files.setVisible(bool(removed) and moving.possible)
        self._where.setVisible(self._files.isVisibleTo(self))
        self._where.setText(
            self.tr("Moved to these folders; undo or “Bring back” returns them.")
            if session.moved
            else self.tr(
                "They are still in the folder. Moved out, other programs do not see them either; "
                "undo moves them back."
            )
        )
        waiting = len(moving.removed()) - sum(
            what["files"] for what in session.moved.values() if session.item(what["first"])
        )
        self.move.setVisible(self._files.isVisibleTo(self) and waiting > 0)
        self.move.setEnabled(self._desk.decisions.writable and not moving.running)

    def _show(self, reason: str) -> None:
        removed = self._desk.moving.removed()
        paths = [path for path, why in removed.items() if why == reason]
        text = self.tr("Removed: {reason}").format(reason=words.why_removed(reason))
        self._desk.show_images(paths, text)

    def _bring_back(self, name: str) -> None:
        session = self._desk.session
        what = session.moved.get(name)
        if what is None or session.root is None:
            return
        question = self.tr(
            "{count} {count:file goes|files go} from {folder} back to {root}."
        ).format(count=number(what["files"]), folder=what["folder"], root=str(session.root))
        if dialogs.confirm(self, question):
            self._desk.moving.bring_back(name)

    def _move(self) -> None:
        root = self._desk.session.root
        into = dialogs.ask(self, dialogs.QUARANTINE, root.parent if root else None)
        if into is not None:
            self._desk.moving.move(into)

    def _save_table(self) -> None:
        session = self._desk.session
        file = dialogs.ask(self, dialogs.SAVE_TABLE, self._proposed(".csv"))
        if file is not None:
            with self._desk.saving(file):
                write_csv(tally(session), session.looks, file)

    def _save_picture(self) -> None:
        file = dialogs.ask(self, dialogs.SAVE_PICTURE, self._proposed(".png"))
        if file is not None:
            with self._desk.saving(file):
                write_picture(self.figure.grab(), file)

    def _proposed(self, suffix: str) -> Path | None:
        root = self._desk.session.root
        return root.with_name(f"{root.stem}-cleaned{suffix}") if root else None

    def _heading(self, text: str, size: str = "body") -> QLabel:
        label = QLabel(text)
        label.setFont(self._desk.theme.font(size, strong=True))
        return label

    def _compose(self) -> None:
        theme = self._desk.theme
        large, small = theme.space("large"), theme.space("small")
        inside = QVBoxLayout(self.figure)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(small)
        for widget in (self._title, self._said, self.bars):
            inside.addWidget(widget)
        for grid in (self._reasons, self._moves):
            grid.setHorizontalSpacing(large)
            grid.setVerticalSpacing(theme.space("tight"))
            grid.setColumnStretch(3, 1)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(small)
        rows.addWidget(self.figure)
        rows.addLayout(_row(small, self.table, self.picture))
        rows.addSpacing(large)
        rows.addWidget(self._removed)
        rows.addLayout(self._reasons)
        rows.addSpacing(large)
        rows.addWidget(self._files)
        rows.addWidget(self._where)
        rows.addLayout(self._moves)
        rows.addLayout(_row(small, self.move))
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


def _empty(grid: QGridLayout) -> None:
    while grid.count():
        gone = grid.takeAt(0).widget()
        gone.hide()
        gone.deleteLater()
