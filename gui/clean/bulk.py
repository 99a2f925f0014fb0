"""One action on all findings that are shown: first what it will do, then the deed."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.clean import answers
from gui.clean.answers import Answer
from gui.session import Session
from gui.theme import Theme
from gui.words import number

_MOST_CLASSES = 3


class Bulk(QWidget):
    """A button that says what it would do; pressed, it tells in full and asks once more in place."""

    agreed = Signal(object)
    """An `Answer` that shall be done."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._count, self._relabels = 0, False
        self._make: Callable[[], Answer] = Answer
        self._answer = Answer()
        self.begin = QPushButton()
        self.preview = QLabel(wordWrap=True)
        self.go = QPushButton()
        self.go.setProperty("role", "primary")
        self.no = QPushButton(self.tr("Cancel"))
        self.left = QLabel(wordWrap=True)
        self.left.setProperty("role", "muted")
        self.left.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("small"))
        row.addWidget(self.begin)
        row.addWidget(self.preview, 1)
        row.addWidget(self.go)
        row.addWidget(self.no)
        row.addWidget(self.left, 1)
        row.addStretch()
        self.begin.clicked.connect(self._ask)
        self.go.clicked.connect(self._do)
        self.no.clicked.connect(self.rest)
        self.rest()

    @property
    def asking(self) -> bool:
        """Whether the preview is shown."""
        return self.go.isVisibleTo(self)

    def offer(self, count: int, make: Callable[[], Answer], *, relabels: bool) -> None:
        """Offer to remove, or relabel, so many images; `make` gives the answer once it is asked for.

        A preview of something else is put away.
        """
        self._make = make
        if (count, relabels) != (self._count, self._relabels) or self.asking:
            self._count, self._relabels = count, relabels
            self.rest()

    def rest(self) -> None:
        """Ask no more."""
        self.begin.setVisible(self._count > 0)
        words = (
            self.tr("Relabel all shown ({count})…")
            if self._relabels
            else self.tr("Remove all shown ({count})…")
        )
        self.begin.setText(words.format(count=number(self._count)))
        for widget in (self.preview, self.go, self.no):
            widget.hide()

    def tell_left(self, conflicts: int) -> None:
        """Say how many clusters of copies an action left out, because their labels differ."""
        self.left.setText(self._left_words(conflicts))
        self.left.setVisible(bool(conflicts))

    def _left_words(self, conflicts: int) -> str:
        words = self.tr(
            "{count} {count:group|groups} of copies under several labels {count:is|are} left out: "
            "which label holds is yours to say."
        )
        return words.format(count=number(conflicts)) if conflicts else ""

    def _ask(self) -> None:
        answer = self._answer = self._make()
        self.begin.hide()
        # What a person decided is left alone at first, and asked about afterwards.
        free = answers.undecided(answer, self._session.table)
        if answer.remove:
            words = self.tr(
                "Removes {count} {count:image|images} ({classes}); {kept} {kept:stays|stay}. One undo for all."
            )
            self.go.setText(self.tr("Remove {count}").format(count=number(len(free.remove))))
        else:
            words = self.tr(
                "Relabels {count} {count:image|images} (to {classes}). One undo for all."
            )
            self.go.setText(self.tr("Relabel {count}").format(count=number(len(free.relabel))))
        said = words.format(
            count=number(len(free.remove or free.relabel)),
            classes=self._classes(free),
            kept=number(answer.kept),
        )
        decided = len(answer.remove) + len(answer.relabel) - len(free.remove) - len(free.relabel)
        alone = self.tr("{count} that a person decided {count:is|are} left alone.")
        alone = alone.format(count=number(decided)) if decided else ""
        left = self._left_words(answer.conflicts)
        self.preview.setText(" ".join(filter(None, (said, alone, left))))
        self.left.hide()
        for widget in (self.preview, self.go, self.no):
            widget.show()
        self.go.setFocus()

    def _classes(self, answer: Answer) -> str:
        looks, table = self._session.looks, self._session.table
        found: Counter[str | None] = Counter(answer.relabel.values())
        if table is not None and answer.remove:
            codes = Counter(table.labelled()[table.rows(answer.remove)].tolist())
            found.update({table.class_id(code): count for code, count in codes.items()})
        unlabelled = self.tr("without a label")
        names = [
            f"{number(count)} {looks.find(one).name if one else unlabelled}"
            for one, count in found.most_common(_MOST_CLASSES)
        ]
        return ", ".join(names) + (", …" if len(found) > _MOST_CLASSES else "")

    def _do(self) -> None:
        answer, self._answer = self._answer, Answer()
        self.rest()
        self.agreed.emit(answer)
