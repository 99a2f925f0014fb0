"""The Clean workspace: queues on the left, the findings of one of them as images, and why each is there."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.curate.finding import Action, Batch, Finding, Kind
from gui.actions import Actions
from gui.clean import answers, words
from gui.clean.answers import Answer
from gui.clean.bulk import Bulk
from gui.clean.card import FindingCard
from gui.clean.findings import Findings
from gui.clean.model import QueueModel
from gui.clean.queues import Queues
from gui.clean.scanning import Scanning
from gui.clean.scores import Scores
from gui.desk import Desk
from gui.gallery.leading import Leading
from gui.gallery.view import GalleryView
from gui.workspace import Workspace


class CleanWorkspace(Workspace):
    """Finding and removing what does not belong."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._session, self._decisions = desk.session, desk.decisions
        session, theme = desk.session, desk.theme
        self._thresholds: dict[Kind, float] = {}
        self.kind: Kind | None = None
        self.findings = Findings(session)
        self.scanning = Scanning(desk)
        self.model = QueueModel(session, self.findings)
        self.view = GalleryView(session, desk.thumbnails, theme)
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Images of the findings"))
        self._leading = Leading(self.view, session)
        self._leading.give_up()
        self.queues = Queues(session, theme)
        self.scores = Scores(theme)
        self.card = FindingCard(session, theme)
        self.bulk = Bulk(session, theme)
        self._compose()
        self._connect()
        self._refresh()

    def bind(self, actions: Actions) -> None:
        view, add = self.view, actions.add
        add("confirm", view, self.accept, inside=True)
        add("remove", view, self.remove, inside=True)
        add("dismiss", view, self.dismiss, inside=True)
        add("keep_only", view, self.keep_only, inside=True)
        add("not_classed", view, lambda: self._decisions.not_classed(self._paths()), inside=True)
        actions.add_classes(view, self.label)

    def enter(self) -> None:
        self._leading.take()
        self.scanning.recall()
        (self.view if self.model.rowCount() else self._scan).setFocus()

    def leave(self) -> None:
        self._leading.give_up()

    def escape(self) -> bool:
        if not self.bulk.asking:
            return False
        self.bulk.rest()
        self.view.setFocus()
        return True

    def show_queue(self, kind: Kind) -> None:
        """Show the findings of a kind."""
        self.kind = kind
        self.model.show_queue(kind, self._thresholds.get(kind, 0.0))
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))
            self.view.scrollToTop()
        self._refresh()
        self.view.setFocus()

    def accept(self) -> None:
        """Do what is suggested for the selected findings; the keeper of copies stays alone."""
        found = self._found()
        if len(found) == 1 and found[0].action is Action.KEEP:
            self.keep_only()
            return
        self._do(answers.suggested(found))

    def remove(self) -> None:
        """Remove the selected images, each for what was found on it."""
        self._decisions.discard({one.path: str(one.kind) for one in self._found()})

    def dismiss(self) -> None:
        """Say of the selected findings that nothing is wrong; of copies, that all stay."""
        self._decisions.dismiss(dict.fromkeys(one.key for one in self._found()))

    def keep_only(self) -> None:
        """Remove all copies of the image that is looked at, and keep that one."""
        current = self._session.current
        if current is not None:
            self._do(answers.only(current.path, self.model.together(current.path)))

    def label(self, class_id: str) -> None:
        """Say which class the selected images are."""
        if paths := self._paths():
            self._decisions.label(paths, class_id)

    def _do(self, answer: Answer) -> None:
        if answer.remove:
            self._decisions.discard(answer.remove)
        if answer.relabel:
            self._decisions.relabel(answer.relabel)

    def _paths(self) -> Sequence[str]:
        return self._session.selected

    def _found(self) -> list[Finding]:
        return [one for path in self._paths() if (one := self.model.finding(path)) is not None]

    def _take(self, batch: Batch) -> None:
        self.findings.take(batch.kinds, batch.findings)
        if self.kind is None or not self.model.rowCount():
            self._show_first()

    def _show_first(self) -> None:
        counts = self.findings.counts()
        kind = next((one for one, count in counts.items() if count), None)
        if kind is not None:
            self.show_queue(kind)

    def _forget(self) -> None:
        self.kind = None
        self._thresholds.clear()
        self.model.show_queue(None)
        self._refresh()

    def _narrow(self, threshold: float) -> None:
        if self.kind is not None:
            self._thresholds[self.kind] = threshold
            self.model.show_queue(self.kind, threshold)
            self._refresh()

    def _refresh(self) -> None:
        counts = self.findings.counts()
        self.queues.set_counts(counts, self.kind)
        self.queues.again.setVisible(bool(counts) and not self.scanning.running)
        queue = self.findings.queue(self.kind)
        self._pages.setCurrentWidget(self._page if queue is not None else self._nothing)
        self._say_nothing(counts)
        if queue is None or self.kind is None:
            return
        self._title.setText(words.title(self.kind))
        self._about.setText(words.about(self.kind))
        left = self.findings.left(queue)
        scores = queue.scores[left & ~queue.keeps]
        self.scores.set_scores(scores, self._thresholds.get(self.kind, 0.0))
        shown = [queue.findings[at] for at in self.model.shown().tolist()]
        self.bulk.set_answer(answers.everything(shown))
        self._done.setVisible(not shown)
        self.card.setVisible(bool(left.any()))
        # A threshold parts nothing where all are equally sure.
        self.scores.setVisible(len(scores) > 1 and bool(np.ptp(scores) > 0))
        self._look()

    def _look(self) -> None:
        current = self._session.current
        self.card.set_finding(self.model.finding(current.path) if current is not None else None)

    def _say_nothing(self, counts: dict[Kind, int]) -> None:
        if self.scanning.running:
            self._why.setText(self.tr("Looking for what does not belong…"))
        elif not self.scanning.possible:
            self._why.setText(self.tr("The images have to be read first."))
        elif counts:
            self._why.setText(self.tr("Nothing was found that does not belong."))
        else:
            self._why.setText(
                self.tr(
                    "Find files that cannot be read, copies, pictures that show no cell, faulty "
                    "images and labels that look wrong. Nothing is changed by looking."
                )
            )
        self._scan.setVisible(not self.scanning.running)
        self._scan.setEnabled(self.scanning.possible)
        self._scan.setText(self.tr("Scan again") if counts else self.tr("Scan the folder"))

    def _connect(self) -> None:
        session = self._session
        self.queues.chosen.connect(self.show_queue)
        self.queues.scan_asked.connect(self.scanning.start)
        self._scan.clicked.connect(self.scanning.start)
        self.scanning.found.connect(self._take)
        self.scanning.changed.connect(self._refresh)
        self.scores.moved.connect(self._narrow)
        self.card.accepted.connect(self.accept)
        self.card.kept_only.connect(self.keep_only)
        self.card.removed.connect(self.remove)
        self.card.dismissed.connect(self.dismiss)
        self.bulk.agreed.connect(self._do)
        session.opened.connect(self._forget)
        session.decided.connect(self._refresh)
        session.classes_changed.connect(self._refresh)
        session.engine_changed.connect(self._refresh)
        session.current_changed.connect(self._look)
        self.view.in_sight.connect(self._desk.inspector.neighbours.ask_again)

    def _compose(self) -> None:
        theme = self._desk.theme
        large, small = theme.space("large"), theme.space("small")
        self._title = QLabel()
        self._title.setFont(theme.font("title", strong=True))
        self._about = QLabel(wordWrap=True)
        self._about.setProperty("role", "muted")
        self._done = QLabel(self.tr("Nothing is left to decide here."))
        self._done.setProperty("role", "muted")
        words_and_card = QVBoxLayout()
        words_and_card.setSpacing(small)
        for widget in (self._title, self._about, self._done, self.card):
            words_and_card.addWidget(widget)
        words_and_card.addStretch()
        beside = QVBoxLayout()
        beside.setSpacing(small)
        beside.addWidget(self.scores)
        beside.addStretch()
        head = QHBoxLayout()
        head.setContentsMargins(large, large, large, small)
        head.setSpacing(2 * large)
        head.addLayout(words_and_card, 2)
        head.addLayout(beside, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(large, 0, large, small)
        foot.addWidget(self.bulk, 1)
        self._page = QWidget()
        rows = QVBoxLayout(self._page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addLayout(foot)
        rows.addWidget(self.view, 1)
        self._nothing = QWidget()
        self._why = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._why.setFixedWidth(18 * theme.space("wide"))
        self._scan = QPushButton()
        self._scan.setProperty("role", "primary")
        empty = QVBoxLayout(self._nothing)
        empty.setSpacing(large)
        empty.addStretch()
        empty.addWidget(self._why, 0, Qt.AlignmentFlag.AlignHCenter)
        empty.addWidget(self._scan, 0, Qt.AlignmentFlag.AlignHCenter)
        empty.addStretch()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self._page)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(theme.space("hair"))
        split.setChildrenCollapsible(False)
        split.addWidget(self.queues)
        split.addWidget(self._pages)
        split.setStretchFactor(1, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
