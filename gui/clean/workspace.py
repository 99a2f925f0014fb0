"""The Clean workspace: queues on the left, the findings of one of them as images, and why each is there."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget

from engine.curate.finding import Action, Finding, Kind
from engine.messages import Message
from gui import garbage
from gui.actions import Actions
from gui.clean import answers, words
from gui.clean.answers import Answer
from gui.clean.findings import Findings, Queue
from gui.clean.model import QueueModel
from gui.clean.nothing import Nothing
from gui.clean.page import QueuePage
from gui.clean.queues import Queues
from gui.clean.scanning import Scanning
from gui.clean.summary import SummaryPage
from gui.desk import Desk
from gui.gallery.leading import Leading
from gui.gallery.view import GalleryView
from gui.table import Item, Mask
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
        self.page = QueuePage(desk, self.view)
        self.nothing = Nothing(theme)
        self.summary = SummaryPage(desk)
        self._summing = False
        self._compose()
        self._connect()
        desk.insight.also(self._why_found)
        self._refresh()

    def bind(self, actions: Actions) -> None:
        view, add = self.view, actions.add
        add("confirm", view, self.accept, inside=True)
        add("remove", view, self.remove, inside=True)
        add("dismiss", view, self.dismiss, inside=True)
        add("keep_only", view, self.keep_only, inside=True)
        add("not_classed", view, self.not_classed, inside=True)
        actions.add_classes(view, self.label)

    def enter(self) -> None:
        self._leading.take()
        self.scanning.recall()
        scan = self.nothing.scan
        # While it scans there is neither image nor button.
        instead = self.queues.summary if scan.isHidden() else scan
        (self.view if self.model.rowCount() else instead).setFocus()

    def leave(self) -> None:
        self._leading.give_up()

    def escape(self) -> bool:
        if not self.page.bulk.asking:
            return False
        self.page.bulk.rest()
        self.view.setFocus()
        return True

    def return_to(self, paths: Sequence[str], keys: Sequence[str]) -> bool:
        there = {kind: self._places(kind, paths, keys) for kind in self.findings.kinds()}
        kinds = [kind for kind, places in there.items() if len(places)]
        if not kinds:
            return False
        if self._summing or self.kind not in kinds:
            self.show_queue(kinds[0])
        current, queue = self._session.current, self.findings.queue(self.kind)
        assert self.kind is not None
        assert queue is not None
        found = [queue.findings[at].path for at in there[self.kind]]
        shown = [path for path in found if self.model.row(path) is not None]
        if shown and (current is None or current.path not in shown):
            self.view.show_path(shown[0])
        return True

    def _places(self, kind: Kind, paths: Sequence[str], keys: Sequence[str]) -> list[int]:
        """Return the places in a queue of the findings on these images, or with these keys."""
        queue, table = self.findings.queue(kind), self._session.table
        if queue is None or table is None:
            return []
        places = set(np.flatnonzero(np.isin(queue.rows, table.rows(paths))).tolist())
        return sorted(places.union(*(queue.keys.get(key, ()) for key in keys)))

    def show_summary(self) -> None:
        """Show what cleaning made of the set."""
        self._summing = True
        self._refresh()
        self.summary.setFocus()

    def show_queue(self, kind: Kind) -> None:
        """Show the findings of a kind."""
        self.kind, self._summing = kind, False
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
        self._do(answers.chosen(self._found()))

    def dismiss(self) -> None:
        """Say of the selected findings that nothing is wrong; of copies, that all stay."""
        found, conflicts = answers.decidable(self._found())
        keys = dict.fromkeys(one.key for one in found)
        self.page.bulk.tell_left(conflicts)
        self._answer(partial(self._decisions.dismiss, keys), dismissed=keys)

    def keep_only(self) -> None:
        """Remove all copies of the image that is looked at, and keep that one."""
        current = self._session.current
        if current is not None:
            answer = answers.only(current.path, self.model.together(current.path))
            self._decisions.discard(answer.remove, bulk=True)

    def label(self, class_id: str) -> None:
        """Say which class the selected images are."""
        if paths := self._paths():
            self._answer(partial(self._decisions.label, paths, class_id), labelled=paths)

    def not_classed(self) -> None:
        """Say that the selected images belong to no class."""
        if paths := self._paths():
            self._answer(partial(self._decisions.not_classed, paths), labelled=paths)

    def _do(self, answer: Answer) -> None:
        self.page.bulk.tell_left(answer.conflicts)
        if answer.remove:
            decide = partial(self._decisions.discard, answer.remove)
            self._answer(decide, removed=answer.remove)
        if answer.relabel:
            decide = partial(self._decisions.relabel, answer.relabel)
            self._answer(decide, labelled=answer.relabel)

    def _answer(
        self,
        decide: Callable[[], None],
        *,
        removed: Collection[str] = (),
        labelled: Collection[str] = (),
        dismissed: Collection[str] = (),
    ) -> None:
        # The next key is for the next image, also where it comes before the disk has answered.
        queue, alone = self.findings.queue(self.kind), len(self._paths()) == 1
        if queue is None or not (removed or labelled or dismissed):
            return

        def go_on() -> None:
            decide()
            if alone and self._decisions.writable and self.findings.queue(self.kind) is queue:
                left = self.findings.left_after(queue, removed, labelled, dismissed)
                self._step_past(left[self.model.shown()])

        self._decisions.once_named(go_on)

    def _step_past(self, left: Mask) -> None:
        # Only onwards: at the end the view finds who is left once the answer is on the disk.
        row = self.view.currentIndex().row()
        if 0 <= row < len(left) and not left[row]:
            after = np.flatnonzero(left[row:])
            if len(after):
                self.view.setCurrentIndex(self.model.index(row + int(after[0])))

    def _paths(self) -> Sequence[str]:
        return self._session.targets

    def _found(self) -> list[Finding]:
        return [one for path in self._paths() if (one := self.model.finding(path)) is not None]

    def _why_found(self, item: Item) -> list[Message]:
        # The finding that the card tells is not told twice.
        return [
            words.reason(one, self._session.looks)
            for one in self.findings.of(item)
            if one.kind is not Kind.UNREADABLE and not (self.isVisible() and one.kind is self.kind)
        ]

    def _take(self, queues: list[Queue]) -> None:
        garbage.set_aside(sum(len(queue.rows) for queue in queues))
        self.findings.take(queues)
        if self.kind is None or not self.model.rowCount():
            self._show_first()

    def _show_first(self) -> None:
        counts = self.findings.counts()
        kind = next((one for one, count in counts.items() if count), None)
        if kind is not None:
            self.show_queue(kind)

    def _forget(self) -> None:
        self.kind, self._summing = None, False
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
        table = self._session.table
        self.queues.set_counts(
            counts,
            None if self._summing else self.kind,
            len(table.reasons) if table is not None else 0,
            summary=self._summing,
        )
        self.queues.again.setVisible(bool(counts) and not self.scanning.running)
        self.queues.tell_news(self.scanning.news)
        shown = self.findings.queue(self.kind) is not None
        page = self.summary if self._summing else self.page if shown else self.nothing
        self._pages.setCurrentWidget(page)
        self.summary.refresh()
        self.nothing.say(self.scanning, scanned=bool(counts))
        self.page.show_queue(self.model, self.findings)
        self._look()

    def _look(self) -> None:
        current = self._session.current
        path = current.path if current is not None else ""
        self.page.look(self.model.finding(path), self.model.together(path))

    def _connect(self) -> None:
        session = self._session
        self.queues.chosen.connect(self.show_queue)
        self.queues.scan_asked.connect(self.scanning.start)
        self.queues.summary_asked.connect(self.show_summary)
        self.nothing.scan_asked.connect(self.scanning.start)
        self.scanning.found.connect(self._take)
        self.scanning.changed.connect(self._refresh)
        self.page.scores.moved.connect(self._narrow)
        self.page.card.accepted.connect(self.accept)
        self.page.card.kept_only.connect(self.keep_only)
        self.page.card.removed.connect(self.remove)
        self.page.card.dismissed.connect(self.dismiss)
        self.page.bulk.agreed.connect(self._do)
        session.opened.connect(self._forget)
        session.decided.connect(self._refresh)
        session.classes_changed.connect(self._refresh)
        session.engine_changed.connect(self._refresh)
        session.current_changed.connect(self._look)
        self.view.in_sight.connect(self._desk.inspector.neighbours.ask_again)

    def _compose(self) -> None:
        theme = self._desk.theme
        self._pages = QStackedWidget()
        for page in (self.nothing, self.page, self.summary):
            self._pages.addWidget(page)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(theme.space("hair"))
        split.setChildrenCollapsible(False)
        split.addWidget(self.queues)
        split.addWidget(self._pages)
        split.setStretchFactor(1, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
