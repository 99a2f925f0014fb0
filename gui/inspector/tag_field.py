"""Tag field: the tags of the images that a key acts on, and a line to give or take away tags."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from engine.project.tags import (
    FILE_SEPARATORS,
    MAX_TAG_LENGTH,
    spelt_as_before,
    split_tags,
    too_long,
)
from gui.deletion import delete_later
from gui.shortcuts.function_keys import is_function_key
from gui.theme import Theme
from gui.widgets.flow_layout import FlowLayout
from gui.words import number, without_mnemonic

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TagLine(QLineEdit):
    """Line with completion; Enter submits it, Esc closes the list of completions or leaves the line."""

    submitted = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = QStringListModel(self)
        completer = QCompleter(self.words, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        popup = completer.popup()
        assert popup is not None
        self.popup = popup
        # Queued: the line takes over the text of a clicked completion first.
        completer.activated.connect(self.submitted, Qt.ConnectionType.QueuedConnection)

    def event(self, event: QEvent) -> bool:
        # Claim all keys but function keys before the shortcuts of the window; without text, undo is that of the
        # project.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if is_function_key(event) or (control and not self.text()):
                event.ignore()
                return False
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.popup.hide()
            self.submitted.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            if self.popup.isVisible():
                self.popup.hide()
            else:
                self.clear()
                self.left.emit()
        else:
            super().keyPressEvent(event)
        # Keys that the line does not know must not become shortcuts.
        event.accept()


class TagField(QWidget):
    """Tags of one or several images; a tag that all of them have is taken away, any other is given."""

    changed = Signal(object, object, bool)
    """Paths, tags, and whether the images get them."""
    finished = Signal()
    """The keyboard focus should return to the images."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._paths: Sequence[str] = ()
        self._counts: Mapping[str, int] = {}
        self._project_tags: Sequence[str] = ()
        self.chips: dict[str, QToolButton] = {}
        self.count = QLabel(wordWrap=True)
        self.count.setProperty("role", "muted")
        self.problem = QLabel(wordWrap=True)
        self.problem.setProperty("role", "warning")
        self.line = TagLine()
        self.line.setAccessibleName(self.tr("Tags"))
        self.line.submitted.connect(self._submit)
        self.line.left.connect(self.finished)
        self.line.textChanged.connect(self.hide_problem)
        self._chip_area = QWidget()
        self._chip_layout = FlowLayout(theme.space("tight"))
        self._chip_area.setLayout(self._chip_layout)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("tight"))
        for part in (self.count, self._chip_area, self.line, self.problem):
            rows.addWidget(part)
        theme.changed.connect(self._restyle)
        self.problem.hide()
        self._refusal = ""
        self.set_refusal("")
        self.set_images((), {}, ())

    def set_refusal(self, refusal: str) -> None:
        """Set why no tag can be changed now, empty if it can: what is typed must not be lost."""
        self._refusal = refusal
        self.line.setPlaceholderText(
            self.tr("No tag can be given now")
            if refusal
            else self.tr("A tag, or several with commas")
        )
        self.line.setToolTip(
            refusal
            or self.tr(
                "Enter gives the tag, or takes it away if it is there already; Esc returns to the images"
            )
        )
        self.line.setEnabled(bool(self._paths) and not refusal)
        self._chip_area.setEnabled(not refusal)

    def hide_problem(self, *_: object) -> None:
        """Hide why no tag was given: the person has gone on."""
        self.problem.hide()

    def set_images(
        self, paths: Sequence[str], counts: Mapping[str, int], project_tags: Sequence[str]
    ) -> None:
        """Show images: how many of them have each tag; `project_tags` are offered while typing."""
        if not _are_same(paths, self._paths):
            # What was typed but not entered was meant for other images.
            self.line.clear()
            self.hide_problem()
        self._paths, self._counts = paths, counts
        if project_tags != self._project_tags:
            self._project_tags = project_tags
            self.line.words.setStringList(list(project_tags))
        self.line.setEnabled(bool(paths) and not self._refusal)
        several = len(paths) > 1
        self.count.setVisible(several)
        self.count.setText(
            self.tr("Tags of the {n} selected images").format(n=number(len(paths)))
            if several
            else ""
        )
        self._show_chips()

    def _show_chips(self) -> None:
        focused = next((tag for tag, chip in self.chips.items() if chip.hasFocus()), None)
        for tag in [tag for tag in self.chips if tag not in self._counts]:
            chip = self.chips.pop(tag)
            self._chip_layout.removeWidget(chip)
            delete_later(chip)
        if focused is not None and focused not in self.chips:
            self.line.setFocus()
        for tag, count in self._counts.items():
            chip = self.chips.get(tag) or self._add_chip(tag)
            elided = chip.fontMetrics().elidedText(
                tag, Qt.TextElideMode.ElideRight, 6 * self._theme.space("wide")
            )
            shown = without_mnemonic(elided)
            chip.setText(shown if count == len(self._paths) else f"{shown} ({number(count)})")
        self._chip_area.setVisible(bool(self.chips))
        self._chip_area.updateGeometry()

    def _add_chip(self, tag: str) -> QToolButton:
        chip = self.chips[tag] = QToolButton()
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setIcon(self._theme.icon("x", "muted"))
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setAccessibleName(self.tr("Take the tag “{tag}” away").format(tag=tag))
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(partial(self._take_away, tag))
        self._chip_layout.addWidget(chip)
        return chip

    def _take_away(self, tag: str, *_: object) -> None:
        self.changed.emit(self._paths, [tag], False)

    def _submit(self, text: str) -> None:
        tags = [spelt_as_before(tag, self._project_tags) for tag in split_tags(text)]
        problem = ""
        if any(separator in text for separator in FILE_SEPARATORS):
            problem = self.tr(
                "A tag has no “;” and no “|”, so no tag was given; separate several tags with commas."
            )
        elif too_long(tags) is not None:
            template = self.tr("A tag has at most {n} characters, so no tag was given; shorten it.")
            problem = template.format(n=number(MAX_TAG_LENGTH))
        if problem:
            self.problem.setText(problem)
            self.problem.show()
            return
        self.line.clear()
        if not tags:
            self.finished.emit()
        elif self._paths:
            on_all = all(self._counts.get(tag) == len(self._paths) for tag in tags)
            self.changed.emit(self._paths, tags, not on_all)

    def _restyle(self) -> None:
        for chip in self.chips.values():
            chip.setIcon(self._theme.icon("x", "muted"))


def _are_same(paths: Sequence[str], other_paths: Sequence[str]) -> bool:
    # A selection of 100,000 images finds its paths only when they are asked for.
    return paths is other_paths or (
        len(paths) == len(other_paths) and all(map(str.__eq__, paths, other_paths))
    )
