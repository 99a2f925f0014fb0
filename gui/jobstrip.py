"""The job strip: what runs, how far it is, how fast, how long still, and cancel."""

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from engine.jobs import Progress
from gui.flow import Activity, Flow, Kind
from gui.session import Session
from gui.theme import Theme
from gui.words import duration, number

_REFRESH_MS = 150
_WARM_SECONDS = 1.0


class JobStrip(QWidget):
    """One line at the foot of the window; says in rest what was done."""

    cancelled = Signal()

    def __init__(self, flow: Flow, session: Session, theme: Theme) -> None:
        super().__init__()
        self._flow = flow
        self._session = session
        self._activity: Activity | None = None
        self._progress: Progress | None = None
        self._started = 0.0
        self.setObjectName("jobstrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLabel()
        self.rate = QLabel()
        self.rate.setProperty("role", "muted")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setFixedWidth(10 * theme.space("wide"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setProperty("role", "flat")
        self.rest = QPushButton(self.tr("Read the rest"))
        self.rest.setProperty("role", "flat")
        row = QHBoxLayout(self)
        tight, large = theme.space("tight"), theme.space("large")
        row.setContentsMargins(large, tight, tight, tight)
        row.setSpacing(large)
        for widget in (self.words, self.rate, None, self.bar, self.cancel, self.rest):
            row.addWidget(widget) if widget else row.addStretch()
        self.setFixedHeight(self.cancel.sizeHint().height() + 2 * tight + 1)
        self.cancel.clicked.connect(flow.cancel)
        self.rest.clicked.connect(flow.read)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        flow.began.connect(self._begin)
        flow.rested.connect(self._end)
        session.opened.connect(self._refresh)
        session.engine_changed.connect(self._refresh)
        self._refresh()

    def _begin(self, activity: Activity) -> None:
        self._activity = activity
        self._progress = None
        self._started = time.monotonic()
        activity.task.progressed.connect(self._note)
        self._timer.start()
        self._refresh()

    def _end(self) -> None:
        self._activity = None
        self._timer.stop()
        self._refresh()

    def _note(self, progress: Progress) -> None:
        self._progress = progress

    def _refresh(self) -> None:
        runs = self._activity is not None
        # A bar that flashes by for a moment only disturbs.
        slow = runs and time.monotonic() - self._started > 2 * _REFRESH_MS / 1000
        self.bar.setVisible(slow)
        self.cancel.setVisible(runs)
        self.rest.setVisible(not runs and self._flow.can_read)
        self.words.setText(self._running() if runs else self._resting())
        self.rate.setText(self._speed() if slow else "")

    def _running(self) -> str:
        progress = self._progress
        done = number(progress.done) if progress else "0"
        total = progress.total if progress else None
        self.bar.setRange(0, total or 0)
        if progress and total:
            self.bar.setValue(progress.done)
        assert self._activity is not None
        match self._activity.kind:
            case Kind.SCAN:
                return self.tr("Looking for images: {done}").format(done=done)
            case Kind.SAMPLE:
                return self.tr("Drawing the sample")
            case Kind.PREPARE:
                return self.tr("Loading the model")
        if not total:
            return self.tr("Reading")
        return self.tr("Reading {done} of {total}").format(done=done, total=number(total))

    def _speed(self) -> str:
        progress = self._progress
        seconds = time.monotonic() - self._started
        if progress is None or not progress.total or not progress.done or seconds < _WARM_SECONDS:
            return ""
        speed = progress.done / seconds
        left = duration((progress.total - progress.done) / speed)
        words = self.tr("{speed} images a second · {left} left")
        return words.format(speed=number(round(speed)), left=left)

    def _resting(self) -> str:
        total, read, bad = self._session.counts()
        if not total:
            return ""
        if read + bad < total:
            words = self.tr("{read} of {total} read").format(read=number(read), total=number(total))
        else:
            words = self.tr("{read} read").format(read=number(read))
        if bad:
            words += " · " + self.tr("{bad} could not be read").format(bad=number(bad))
        return words
