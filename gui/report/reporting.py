"""The report as it stands: drawn up again off the GUI thread when something changed and it is in sight."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.messages import Message
from gui.desk import Desk
from gui.words import say
from gui.workers import Task

if TYPE_CHECKING:
    from engine.evaluate.scorecard import Scorecard
    from engine.exchange.report.model import Report
    from engine.project.project import Project
    from engine.project.values import Edit
    from gui.report.work import Asked, Drawn

_REST_MS = 250


class Reporting(QObject):
    """Holds what was drawn up last, and says when it is of the past."""

    changed = Signal()
    """Another report is there, or none, or what is there is stale."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._task: Task | None = None
        self._in_sight = False
        self.drawn: Drawn | None = None
        self.stale = True
        """Whether something changed since it was drawn up."""
        self.at: datetime | None = None
        """When it was drawn up, by this computer's clock."""
        self.trouble = ""
        """Why it could not be drawn up the last time, as a sentence."""
        self._again = False
        self.target: int | None = None
        """How many leukocytes are counted, None for all."""
        self.robustness: Scorecard | None = None
        """How the model bears spoiled images, if that was measured."""
        self._keys: dict[str, int | None] = {}
        # Keys come quickly one after another: it is drawn up when they rest.
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._draw_up)
        session = desk.session
        session.opened.connect(self._forget)
        session.decided.connect(self._outdate)
        session.updated.connect(self._outdate)
        session.classes_changed.connect(self._outdate)
        session.engine_changed.connect(self._change_engine)
        desk.decisions.attached.connect(self._outdate)

    @property
    def report(self) -> "Report | None":
        """The report that was drawn up last."""
        return self.drawn.report if self.drawn else None

    def asked(self) -> "Asked | None":
        """Return what a report is to be drawn up from, None while nothing is read."""
        from gui.report.work import Asked

        session = self._desk.session
        if session.source is None or session.table is None or session.engine is None:
            return None
        if not len(session.table):
            return None
        project = self._desk.decisions.project
        return Asked(
            session.source,
            session.table,
            session.engine,
            project,
            self.target,
            self.robustness,
            self._keys,
        )

    def show(self) -> None:
        """Draw up what is of the past, from now on."""
        self._in_sight = True
        if self.stale and self._task is None:
            self._draw_up()

    def rest(self) -> None:
        """Draw nothing up until `show`."""
        self._in_sight = False
        self._rest.stop()

    def set_target(self, target: int | None) -> None:
        """Count this many leukocytes, None for all."""
        if target != self.target:
            self.target = target
            self._outdate()

    def take_robustness(self, found: "Scorecard") -> None:
        """Have the report say how the model bears spoiled images."""
        self.robustness = found
        self._outdate()

    def keep_session(self, fields: dict[str, str]) -> None:
        """Keep what is said of the session in the project."""
        from engine.exchange.report.project import SESSION

        def keep(project: "Project", who: str) -> "Edit | None":
            return project.apply("session", [(None, SESSION, fields or None)], who=who)

        self._desk.decisions.ask(keep)

    def sign(self, note: str) -> None:
        """Sign what the project holds now."""
        report = self.report
        if report is None or self.stale:
            return
        from engine.exchange.report.project import sign_off

        self._desk.decisions.ask(lambda project, who: sign_off(project, report, who, note))

    def take_back(self) -> None:
        """Take the sign-off back."""
        from engine.exchange.report.project import FIELD

        def take(project: "Project", who: str) -> "Edit | None":
            return project.apply("sign_off", [(None, FIELD, None)], who=who)

        self._desk.decisions.ask(take)

    def _change_engine(self) -> None:
        self.robustness = None
        self._outdate()

    def _outdate(self, *_: Any) -> None:
        self._again = True
        if not self.stale:
            self.stale = True
            self.changed.emit()
        if self._in_sight:
            self._rest.start()

    def _draw_up(self) -> None:
        asked = self.asked()
        if self._task is not None or asked is None:
            return
        from gui.report import work

        self._again = False
        # A failure stands beside the report until one is drawn up: a notice could be put away.
        self._task = task = self._desk.workers.start(work.draw_up, asked)
        task.done.connect(self._take)
        task.failed.connect(self._fail)
        task.broke.connect(self._break)
        task.finished.connect(self._end)

    def _take(self, drawn: "Drawn") -> None:
        self.drawn, self.stale = drawn, self._again
        self.at, self.trouble = datetime.now().astimezone(), ""
        self.changed.emit()

    def _fail(self, message: Message) -> None:
        self.trouble = say(message)
        self.changed.emit()

    def _break(self, details: str) -> None:
        self.trouble = self.tr("there is an error in the program, and what was decided is kept.")
        self._desk.tell_bug(details)
        self.changed.emit()

    def _end(self) -> None:
        self._task = None
        if self._again and self._in_sight:
            self._rest.start()

    def _forget(self) -> None:
        self._desk.workers.drop(self._task)
        self._task, self.drawn, self.stale, self.target = None, None, True, None
        self.robustness, self.at, self.trouble = None, None, ""
        self._keys = {}
        self.changed.emit()
