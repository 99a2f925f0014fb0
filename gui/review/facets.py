"""Facets: filters for the gallery by class, review state, finding and the like, with live counts."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.project.decisions import NOT_CLASSED
from gui.deletion import delete_later
from gui.gallery.bands import LABELLED_UNREAD, UNKNOWN_KEY
from gui.gallery.model import GalleryModel
from gui.review.facet_row import FacetRow
from gui.state.doubtful import doubtful_explanation
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets.click_focus import leave_keyboard_on_click

_RECOUNT_MS = 250
_GROUPS = ("class", "review", "found", "folder", "confidence", "marks", "tag")


class Facets(QWidget):
    """The facets of a gallery model, in groups."""

    relabel_requested = Signal(object, object)
    """Paths, and the class on which they were dropped."""
    show_all_requested = Signal()
    """All filters are to be removed, those outside the facets too."""

    def __init__(self, model: GalleryModel, session: Session, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self._session = session
        self._theme = theme
        self.setObjectName("facets")
        self.setMaximumWidth(12 * theme.space("wide"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows: dict[tuple[str, str], FacetRow] = {}
        # Not read from the layouts: see `FlowLayout`.
        self._keys: dict[str, list[str]] = {group: [] for group in _GROUPS}
        self._heads: dict[str, QLabel] = {}
        self._boxes: dict[str, QVBoxLayout] = {}
        self.show_all_button = QPushButton(self.tr("Show all"))
        self.show_all_button.setProperty("role", "flat")
        leave_keyboard_on_click(self.show_all_button)
        # Names may be elided, counts never.
        self.setMinimumWidth(7 * theme.space("wide"))
        self.show_all_button.clicked.connect(self.show_all_requested)
        self._fill()
        self._timer = QTimer(self, singleShot=True, interval=_RECOUNT_MS)
        self._timer.timeout.connect(model.recount)
        model.counted.connect(self._count)
        session.updated.connect(self._recount_soon)
        session.added.connect(self._recount_soon)
        session.findings_changed.connect(self._recount_soon)
        session.classes_changed.connect(model.recount)
        session.assessments_changed.connect(self._recount_soon)
        theme.changed.connect(self.update)

    def focus_first(self) -> None:
        """Move the keyboard focus to the first facet."""
        self._focus(self._ordered_rows()[0])

    def _step(self, step: int) -> None:
        rows = self._ordered_rows()
        index = next((index for index, row in enumerate(rows) if row.hasFocus()), 0)
        self._focus(rows[min(max(index + step, 0), len(rows) - 1)])

    def _ordered_rows(self) -> list[FacetRow]:
        return [self.rows[group, key] for group, keys in self._keys.items() for key in keys]

    def _focus(self, row: FacetRow) -> None:
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(row)

    def _fill(self) -> None:
        theme = self._theme
        inner = QWidget()
        inner.setObjectName("scrolled")
        whole = QVBoxLayout(inner)
        small, large = theme.space("small"), theme.space("large")
        whole.setContentsMargins(small, small, small, small)
        whole.setSpacing(0)
        titles = {
            "class": self.tr("Class"),
            "folder": self.tr("Folder"),
            "confidence": self.tr("Confidence"),
            "review": self.tr("Review"),
            "found": self.tr("Findings"),
            "marks": self.tr("Marks"),
            "tag": self.tr("Tags"),
        }
        for group in _GROUPS:
            head = self._heads[group] = QLabel(titles[group])
            head.setProperty("role", "muted")
            head.setFont(theme.font("small", strong=True))
            head.setContentsMargins(small, large if group != _GROUPS[0] else small, 0, 0)
            box = self._boxes[group] = QVBoxLayout()
            box.setSpacing(0)
            whole.addWidget(head)
            whole.addLayout(box)
        whole.addStretch()
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        foot = QHBoxLayout()
        foot.setContentsMargins(small, small, small, small)
        foot.addWidget(self.show_all_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._scroll, 1)
        rows.addLayout(foot)

    def _recount_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _count(self, counts: dict[str, dict[str, int]]) -> None:
        query = self._model.query
        class_styles = self._session.class_styles
        chosen = query.facets if query is not None else frozenset()
        for group in _GROUPS:
            found = counts.get(group, {})
            keys = list(found)
            if group in ("class", "folder"):
                # Empty classes are shown too: images can be dropped on them.
                if group == "class" and self._session.total:
                    keys += [class_id for class_id in class_styles.ids if class_id not in found]
                positions = {
                    class_id: position for position, class_id in enumerate(class_styles.ids)
                }
                positions[UNKNOWN_KEY] = -1
                keys.sort(key=lambda key: (positions.get(key, len(positions)), not key, key))
            elif group == "review":
                keys = _review_keys(found, {key for name, key in chosen if name == group})
            elif group in ("found", "marks", "tag"):
                keys = [
                    key for key in keys if found[key] or (query and (group, key) in query.facets)
                ]
            self._heads[group].setVisible(bool(keys))
            self._arrange(group, keys)
            for key in keys:
                self.rows[group, key].show_count(
                    self._text(group, key),
                    found.get(key, 0),
                    self._explanation(group, key, found),
                )
        for facet, row in self.rows.items():
            row.setChecked(facet in chosen)
        self.show_all_button.setVisible(bool(query and query.is_filtered))

    def _arrange(self, group: str, keys: list[str]) -> None:
        box = self._boxes[group]
        present, self._keys[group] = self._keys[group], keys
        if present == keys:
            return
        for key in present:
            if key not in keys:
                gone = self.rows.pop((group, key))
                box.removeWidget(gone)
                delete_later(gone)
        for place, key in enumerate(keys):
            row = self.rows.get((group, key))
            if row is None:
                row = self.rows[group, key] = FacetRow(group, key, self._theme, self._session)
                row.clicked.connect(partial(self._toggle, group, key))
                row.stepped.connect(self._step)
                row.isolated.connect(partial(self._only, group, key))
                row.dropped.connect(partial(self._dropped, key))
            box.insertWidget(place, row)

    def _toggle(self, group: str, key: str) -> None:
        if self._model.query is not None:
            self._model.set_query(self._model.query.toggle(group, key))

    def _only(self, group: str, key: str) -> None:
        if self._model.query is not None:
            self._model.set_query(self._model.query.with_only(group, key))

    def _dropped(self, key: str, paths: list[str]) -> None:
        self.relabel_requested.emit(paths, key)

    def _text(self, group: str, key: str) -> str:
        match group:
            case "tag":
                return key
            case "class":
                return self._model.texts.class_title(key)
            case "folder":
                return self._session.class_styles.find(key).name if key else self.tr("None")
            case "confidence":
                return {
                    "99": self.tr("99% and above"),
                    "95": self.tr("95 to 99%"),
                    "80": self.tr("80 to 95%"),
                    "0": self.tr("below 80%"),
                }[key]
            case "review":
                return self._model.texts.review_title(key)
            case "found":
                return self._model.texts.finding_title(key)
        return {
            "doubtful": self.tr("Doubtful"),
            "note": self.tr("With a note"),
            "relabelled": self.tr("Relabelled"),
            "unlike_folder": self.tr("Folder label differs"),
            "several_possible": self.tr("Several possible classes"),
            "unlike_training": self.tr("Unlike the training images"),
            "bad": self.tr("Could not be read"),
        }[key]

    def _explanation(self, group: str, key: str, counts: dict[str, int]) -> str:
        match group, key:
            case "class", _:
                return self._class_explanation(key, counts)
            case "found", _:
                from engine.curate.finding import FindingKind
                from gui.state.finding_text import kind_description

                return kind_description(FindingKind(key))
            case "review", "confirmed":
                return self.tr("A person gave the predicted class, whatever the folder says.")
            case "review", "corrected":
                return self.tr("A person gave another class than the predicted one.")
            case "marks", "doubtful":
                return f"{doubtful_explanation()} " + self.tr(
                    "“Confirm” with several images selected leaves them for single decisions."
                )
            case "marks", "relabelled":
                return self.tr(
                    "A person gave another class than the folder, or than the prediction where the "
                    "folder gives none; counted as relabelled in Clean and Train too."
                )
        return ""

    def _class_explanation(self, key: str, counts: dict[str, int]) -> str:
        if key == UNKNOWN_KEY:
            from gui.state.finding_text import unknown_limits_text

            return (
                self.tr(
                    "Not reviewed yet, and like none of the classes. Until a person decides, each "
                    "also counts in its predicted class, here and in the report."
                )
                + f" {unknown_limits_text()}"
            )
        if not key:
            return self.tr("Without a prediction, because not read yet or not readable.")
        if key == NOT_CLASSED:
            return self.tr("A person decided that these belong to no class.")
        text = self.tr("Reviewed as this class, or predicted and not reviewed yet.")
        if UNKNOWN_KEY in counts:
            text += " " + self.tr(
                "Includes cells that are perhaps none of these, as the report does."
            )
        return text


def _review_keys(counts: dict[str, int], chosen: set[str]) -> list[str]:
    """Return the review states to show: while labelled images are unread, no 0 that may be wrong."""
    has_unread = counts.get(LABELLED_UNREAD, 0) > 0
    uncertain = {"confirmed", "corrected"} if has_unread else {LABELLED_UNREAD}
    return [key for key in counts if counts[key] or key in chosen or key not in uncertain]
