"""Possible classes: a line below the probabilities that names the prediction set, or "none of these"."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from gui.state.session import Session
from gui.theme import Theme

_MAX_NAMES = 3


class PossibleClasses(QLabel):
    """The classes of the current image that together reach 95%, where there are several."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self.setWordWrap(True)
        self.setFont(theme.font(strong=True))
        for signal in (session.current_changed, session.model_changed, session.classes_changed):
            signal.connect(self._refresh)
        session.assessments_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        item, text = self._session.current, ""
        if item is not None and item.is_unknown:
            text = self.tr("Perhaps none of these")
        elif item is not None and item.label is None and len(item.possible) > 1:
            styles = self._session.class_styles
            text = join_names([styles.find(class_id).name for class_id in item.possible])
        self.setText(text)
        self.setVisible(bool(text))


def join_names(names: list[str]) -> str:
    """Return class names as alternatives: "Monocyte or Lymphocyte"; only the number where there are many."""
    if len(names) > _MAX_NAMES:
        return _tr("{count} classes are possible").format(count=len(names))
    first, last = ", ".join(names[:-1]), names[-1]
    return _tr("{first} or {last}").format(first=first, last=last) if first else last


def _tr(text: str) -> str:
    return QCoreApplication.translate("PossibleClasses", text)
