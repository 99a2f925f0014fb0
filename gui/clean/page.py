"""One queue on the page: what its findings are, the one that is looked at, the threshold, the images."""

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.curate.finding import Finding, Kind
from gui.clean import answers, words
from gui.clean.bulk import Bulk
from gui.clean.card import FindingCard
from gui.clean.compare import Compare
from gui.clean.findings import Findings
from gui.clean.model import QueueModel
from gui.clean.scores import Scores
from gui.desk import Desk
from gui.gallery.selected import SelectedLabel
from gui.gallery.view import GalleryView
from gui.theme import Theme


class QueuePage(QWidget):
    """The findings of one kind: words above, images below."""

    def __init__(self, desk: Desk, view: GalleryView) -> None:
        super().__init__()
        session, theme = desk.session, desk.theme
        self.view = view
        self.compare = Compare(desk)
        self.card = FindingCard(session, theme)
        self.scores = Scores(theme)
        self.bulk = Bulk(session, theme)
        self.selected = SelectedLabel(session)
        self.title = QLabel()
        self.title.setFont(theme.font("title", strong=True))
        self.about = QLabel(wordWrap=True)
        self.done = QLabel(self.tr("Nothing is left to decide here."))
        for label in (self.about, self.done):
            label.setProperty("role", "muted")
        self._compose(theme)

    def show_queue(self, model: QueueModel, findings: Findings) -> None:
        """Show what is left of the queue of `model`, if it has one."""
        kind = model.queue_kind
        queue = findings.queue(kind)
        if kind is None or queue is None:
            return
        self.title.setText(words.title(kind))
        self.about.setText(words.about(kind))
        left = findings.left(queue)
        scores = queue.scores[left & ~queue.keeps]
        # A threshold parts nothing where all are equally sure.
        self.scores.setVisible(len(scores) > 1 and bool(np.ptp(scores) > 0))
        self.scores.set_scores(scores, model.threshold)
        shown = model.shown()
        relabels = kind is Kind.SUSPECT_LABEL
        self.bulk.offer(
            int((~queue.keeps[shown] & ~queue.conflicts[shown]).sum()),
            lambda: answers.everything(queue.findings[at] for at in shown.tolist()),
            relabels=relabels,
        )
        self.done.setVisible(not left.any())
        self.card.setVisible(bool(left.any()))

    def look(self, finding: Finding | None, together: list[Finding]) -> None:
        """Tell why the image that is looked at is here, beside those it belongs together with."""
        self.card.set_finding(finding)
        self.compare.show_pair(finding, together)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= self._least
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._head.direction() != way:
            self._head.setDirection(way)

    def _compose(self, theme: Theme) -> None:
        large, small = theme.space("large"), theme.space("small")
        said = QVBoxLayout()
        said.setSpacing(small)
        for widget in (self.title, self.about, self.done, self.card):
            said.addWidget(widget)
        said.addStretch()
        beside = QVBoxLayout()
        beside.addWidget(self.compare)
        beside.addWidget(self.scores)
        beside.addStretch()
        # One below the other until there is room for both side by side.
        head = self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._least = 20 * theme.space("wide")
        head.setContentsMargins(large, large, large, small)
        head.setSpacing(2 * large)
        head.addLayout(said, 2)
        head.addLayout(beside, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(large, 0, large, small)
        foot.addWidget(self.bulk, 1)
        foot.addWidget(self.selected)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addLayout(foot)
        rows.addWidget(self.view, 1)
