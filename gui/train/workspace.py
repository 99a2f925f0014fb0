"""The Train workspace: what there is to learn from, the training that runs, and the gate."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout

from gui.actions import Actions
from gui.desk import Desk
from gui.gallery.leading import Leading
from gui.gallery.view import GalleryView
from gui.train.disagreements import PathsModel
from gui.train.gate import GateCard
from gui.train.retraining import Retraining
from gui.train.running import RunningPage
from gui.train.start import StartPage
from gui.workspace import Workspace


class TrainWorkspace(Workspace):
    """One-click retraining that cannot make things worse."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        session = desk.session
        self.retraining = Retraining(desk)
        self.start = StartPage(desk, self.retraining)
        self.running = RunningPage(desk, self.retraining)
        self.card = GateCard(desk)
        self.model = PathsModel(session)
        self.view = GalleryView(session, desk.thumbnails, desk.theme)
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Images on which the models disagree"))
        self._leading = Leading(self.view, session)
        self._leading.give_up()
        self._compose()
        self._connect()
        self._refresh()

    def bind(self, actions: Actions) -> None:
        view, decisions = self.view, self._desk.decisions
        chosen = self._desk.session
        actions.add("confirm", view, lambda: decisions.confirm(chosen.targets), inside=True)
        actions.add("remove", view, lambda: decisions.remove(chosen.targets), inside=True)
        actions.add("clear", view, lambda: decisions.clear(chosen.targets), inside=True)
        actions.add("not_classed", view, lambda: decisions.not_classed(chosen.targets), inside=True)
        actions.add_classes(view, lambda one: decisions.label(chosen.targets, one))

    def enter(self) -> None:
        self._leading.take()
        self._refresh()
        self.start.deep.ask()
        self._focus()

    def leave(self) -> None:
        self._leading.give_up()

    def closing(self) -> str:
        training = self.retraining.asked
        if training is None:
            return ""
        return self.tr(
            "The training “{name}” is running. Closing breaks it off; what its finished epochs learned is "
            "kept, and it can go on once this folder is open again."
        ).format(name=training.out.name)

    def _focus(self) -> None:
        if self.retraining.outcome is not None:
            (self.card.adopt if self.card.adopt.isEnabled() else self.card.word).setFocus()
        else:
            self.start.quick.setFocus()

    def _draw_curve(self) -> None:
        asked = self.retraining.wish() if self.retraining.named(self._draw_curve) else None
        if asked is not None:
            self.start.next.show_curve(asked)

    def _changed(self) -> None:
        outcome = self.retraining.outcome
        self.card.set_stale(stale=False)
        self.model.show_verdict(outcome.verdict if outcome else None)
        if outcome is not None:
            self.card.show_outcome(outcome)
        self._refresh()
        if not self.retraining.running:
            self.start.deep.ask()

    def _decided(self, paths: list[str]) -> None:
        outcome = self.retraining.outcome
        if outcome is not None and not set(paths).isdisjoint(outcome.verdict.paths):
            self.card.set_stale(stale=True)
        self._refresh()

    def _refresh(self) -> None:
        outcome = self.retraining.outcome
        page = self.start if outcome is None else self._gate
        self._pages.setCurrentWidget(self.running if self.retraining.asked else page)
        self.start.refresh()
        self.card.setEnabled(not self.retraining.running)
        self.running.refresh()

    def _connect(self) -> None:
        session = self._desk.session
        self.retraining.changed.connect(self._changed)
        self.start.quick_asked.connect(self.retraining.quick)
        self.retraining.told.connect(self.running.refresh)
        self.start.deep.offered.connect(self.running.prepare)
        self.start.deep.asked.connect(self.retraining.deep)
        self.start.deep.left.resumed.connect(partial(self.retraining.deep, resume=True))
        self.start.deep.left.finished.connect(partial(self.retraining.deep, finish=True))
        self.running.pause_asked.connect(self.retraining.pause)
        self.running.best_asked.connect(self.retraining.keep_best)
        self.running.cancel_asked.connect(self.retraining.cancel)
        self.start.next.curve_asked.connect(self._draw_curve)
        self.start.earlier.chosen.connect(self.retraining.go_back)
        self.card.adopted.connect(self.retraining.adopt)
        self.card.declined.connect(self.retraining.put_away)
        self.card.again.connect(self.retraining.judge_again)
        session.decided.connect(self._decided)
        session.classes_changed.connect(self._refresh)
        session.engine_changed.connect(self._refresh)
        self._desk.decisions.attached.connect(self._refresh)
        self.view.in_sight.connect(self._desk.inspector.neighbours.ask_again)

    def _compose(self) -> None:
        theme = self._desk.theme
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.card)
        self._gate = QSplitter(Qt.Orientation.Vertical)
        self._gate.setHandleWidth(theme.space("hair"))
        self._gate.setChildrenCollapsible(False)
        self._gate.addWidget(scroll)
        self._gate.addWidget(self.view)
        self._gate.setSizes([14 * theme.space("wide"), 14 * theme.space("wide")])
        self._pages = QStackedWidget()
        for page in (self.start, self.running, self._gate):
            self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
