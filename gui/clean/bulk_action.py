"""Bulk action: a decision on all shown findings, with a preview before it is applied."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.clean import resolutions
from gui.clean.resolutions import Resolution
from gui.state.session import Session
from gui.theme import Theme
from gui.words import number

_MAX_CLASSES = 3


class BulkAction(QWidget):
    """Button for one decision on all shown findings; it previews the effect and asks for confirmation."""

    confirmed = Signal(object)
    """A `Resolution` to apply."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._count, self._relabels = 0, False
        self._resolve: Callable[[], Resolution] = Resolution
        self._resolution = Resolution()
        self.start = QPushButton()
        self.preview = QLabel(wordWrap=True)
        self.confirm = QPushButton()
        self.confirm.setProperty("role", "primary")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.skipped = QLabel(wordWrap=True)
        self.skipped.setProperty("role", "muted")
        self.skipped.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("small"))
        row.addWidget(self.start)
        row.addWidget(self.preview, 1)
        row.addWidget(self.confirm)
        row.addWidget(self.cancel)
        row.addWidget(self.skipped, 1)
        row.addStretch()
        self.start.clicked.connect(self._show_preview)
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self.reset)
        self.reset()

    @property
    def is_confirming(self) -> bool:
        """True while the preview is shown."""
        return self.confirm.isVisibleTo(self)

    def offer(self, count: int, resolve: Callable[[], Resolution], *, relabels: bool) -> None:
        """Offer to remove or relabel `count` images; `resolve` makes the resolution for the preview.

        An open preview is closed.
        """
        self._resolve = resolve
        if (count, relabels) != (self._count, self._relabels) or self.is_confirming:
            self._count, self._relabels = count, relabels
            self.reset()

    def reset(self) -> None:
        """Close the preview."""
        self.start.setVisible(self._count > 0)
        text = (
            self.tr("Relabel all shown ({count})…")
            if self._relabels
            else self.tr("Remove all shown ({count})…")
        )
        self.start.setText(text.format(count=number(self._count)))
        for widget in (self.preview, self.confirm, self.cancel):
            widget.hide()

    def show_skipped(self, conflicts: int) -> None:
        """Report how many clusters were skipped because their labels conflict."""
        self.skipped.setText(self._skipped_text(conflicts))
        self.skipped.setVisible(bool(conflicts))

    def _skipped_text(self, conflicts: int) -> str:
        text = self.tr(
            "{count} {count:group|groups} of copies with conflicting labels {count:is|are} "
            "left out: choose the right label yourself."
        )
        return text.format(count=number(conflicts)) if conflicts else ""

    def _show_preview(self) -> None:
        resolution = self._resolution = self._resolve()
        self.start.hide()
        # Images that somebody has decided on are skipped here; a second question follows.
        undecided = resolutions.exclude_decided(resolution, self._session.table)
        if resolution.remove:
            template = self.tr(
                "Removes {count} {count:image|images} ({classes}); {kept} "
                "{kept:stays|stay}. One undo reverts all."
            )
            self.confirm.setText(
                self.tr("Remove {count}").format(count=number(len(undecided.remove)))
            )
        else:
            template = self.tr(
                "Relabels {count} {count:image|images} (to {classes}). One undo reverts all."
            )
            self.confirm.setText(
                self.tr("Relabel {count}").format(count=number(len(undecided.relabel)))
            )
        effect = template.format(
            count=number(len(undecided.remove or undecided.relabel)),
            classes=self._class_counts(undecided),
            kept=number(resolution.kept_count),
        )
        decided = (
            len(resolution.remove)
            + len(resolution.relabel)
            - len(undecided.remove)
            - len(undecided.relabel)
        )
        decided_note = self.tr("{count} already decided by a person {count:is|are} left unchanged.")
        decided_note = decided_note.format(count=number(decided)) if decided else ""
        skipped = self._skipped_text(resolution.conflicts)
        self.preview.setText(" ".join(filter(None, (effect, decided_note, skipped))))
        self.skipped.hide()
        for widget in (self.preview, self.confirm, self.cancel):
            widget.show()
        self.confirm.setFocus()

    def _class_counts(self, resolution: Resolution) -> str:
        class_styles, table = self._session.class_styles, self._session.table
        counts: Counter[str | None] = Counter(resolution.relabel.values())
        if table is not None and resolution.remove:
            codes = Counter(table.labelled_classes()[table.rows(resolution.remove)].tolist())
            counts.update({table.class_id(code): count for code, count in codes.items()})
        unlabelled = self.tr("without a label")
        names = [
            f"{number(count)} {class_styles.find(class_id).name if class_id else unlabelled}"
            for class_id, count in counts.most_common(_MAX_CLASSES)
        ]
        return ", ".join(names) + (", …" if len(counts) > _MAX_CLASSES else "")

    def _confirm(self) -> None:
        resolution, self._resolution = self._resolution, Resolution()
        self.reset()
        self.confirmed.emit(resolution)
