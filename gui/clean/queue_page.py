"""Queue page: one queue with its description, current finding, score filter and images."""

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.curate.finding import Finding
from gui.clean import resolutions
from gui.clean.bulk_action import BulkAction
from gui.clean.finding_card import FindingCard
from gui.clean.finding_queues import FindingQueues
from gui.clean.pair_comparison import PairComparison
from gui.clean.queue_model import QueueModel
from gui.clean.score_filter import ScoreFilter
from gui.gallery.selection_label import SelectionLabel
from gui.gallery.view import GalleryView
from gui.state import finding_text
from gui.theme import Theme
from gui.workspace.context import WorkspaceContext


class QueuePage(QWidget):
    """The findings of one kind: texts above, images below."""

    def __init__(self, context: WorkspaceContext, view: GalleryView) -> None:
        super().__init__()
        session, theme = context.session, context.theme
        self.view = view
        self.compare = PairComparison(context)
        self.card = FindingCard(session, theme)
        self.scores = ScoreFilter(theme)
        self.bulk = BulkAction(session, theme)
        self.selected = SelectionLabel(session)
        self.title = QLabel()
        self.title.setFont(theme.font("title", strong=True))
        self.about = QLabel(wordWrap=True)
        self.nothing_left = QLabel(self.tr("Nothing is left to decide here."))
        for label in (self.about, self.nothing_left):
            label.setProperty("role", "muted")
        self._compose(theme)

    def show_queue(self, model: QueueModel, findings: FindingQueues) -> None:
        """Show the unresolved findings of the queue of `model`, if it has one."""
        kind = model.queue_kind
        queue = findings.queue(kind)
        if kind is None or queue is None:
            return
        self.title.setText(finding_text.kind_title(kind))
        self.about.setText(finding_text.kind_description(kind))
        unresolved = findings.unresolved(queue)
        scores = queue.scores[unresolved & ~queue.keeps]
        # A threshold is useless when all scores are equal, as they are printed.
        self.scores.setVisible(len(np.unique(np.round(scores, 2))) > 1)
        self.scores.set_scores(scores, model.threshold)
        shown_indices = model.shown_indices()
        relabels = kind.is_about_label
        self.bulk.offer(
            int((~queue.keeps[shown_indices] & ~queue.conflicts[shown_indices]).sum()),
            lambda: resolutions.resolve_all(
                queue.findings[index] for index in shown_indices.tolist()
            ),
            relabels=relabels,
        )
        self.nothing_left.setVisible(not unresolved.any())
        self.card.setVisible(bool(unresolved.any()))

    def show_finding(self, finding: Finding | None, cluster: list[Finding]) -> None:
        """Show the finding of the current image and its cluster."""
        self.card.set_finding(finding)
        self.compare.show_pair(finding, cluster)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= self._wide_layout_width
        direction = (
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
        if self._header.direction() != direction:
            self._header.setDirection(direction)
            # The buttons beside it must not move under the pointer when the last but one finding is
            # decided; above it they stay.
            policy = self.scores.sizePolicy()
            policy.setRetainSizeWhenHidden(is_wide)
            self.scores.setSizePolicy(policy)

    def _compose(self, theme: Theme) -> None:
        large, small = theme.space("large"), theme.space("small")
        texts = QVBoxLayout()
        texts.setSpacing(small)
        for widget in (self.title, self.about, self.nothing_left, self.card):
            texts.addWidget(widget)
        texts.addStretch()
        side = QVBoxLayout()
        side.addWidget(self.compare)
        side.addWidget(self.scores)
        side.addStretch()
        # Stacked until both fit side by side.
        header = self._header = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._wide_layout_width = 26 * theme.space("wide")
        header.setContentsMargins(large, large, large, small)
        header.setSpacing(2 * large)
        header.addLayout(texts, 2)
        header.addLayout(side, 1)
        footer = QHBoxLayout()
        footer.setContentsMargins(large, 0, large, small)
        footer.addWidget(self.bulk, 1)
        footer.addWidget(self.selected)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(header)
        rows.addLayout(footer)
        rows.addWidget(self.view, 1)
