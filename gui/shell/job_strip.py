"""The job strip: what runs, how far it is, how fast, how long still, and cancel."""

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from engine.jobs import Progress
from gui.jobs.activities import Activities, Activity
from gui.loading.folder_loader import FolderLoader
from gui.state.session import Session
from gui.theme import Theme
from gui.words import duration, file_size, number

_REFRESH_MS = 150
_WARM_SECONDS = 1.0
_FINE = 1000
_REMARK_MS = 6000


class JobStrip(QWidget):
    """One line at the foot of the window; says in rest what was done."""

    def __init__(
        self, activities: Activities, loader: FolderLoader, session: Session, theme: Theme
    ) -> None:
        super().__init__()
        self._activities = activities
        self._loader = loader
        self._session = session
        self._activity: Activity | None = None
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
        self.cancel.clicked.connect(self._cancel)
        self.rest.clicked.connect(loader.read)
        self._remark = ""
        self._forget = QTimer(self, singleShot=True, interval=_REMARK_MS)
        self._forget.timeout.connect(self._take_back)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        activities.changed.connect(self._change)
        loader.became_idle.connect(self._refresh)
        session.opened.connect(self._refresh)
        session.model_changed.connect(self._refresh)
        self._refresh()

    def show_status(self, words: str) -> None:
        """Say something that needs no answer, for a moment, where nothing moves for it."""
        self._remark = words
        self._forget.start()
        self._refresh()

    def _take_back(self) -> None:
        self._remark = ""
        self._refresh()

    def _change(self) -> None:
        # The newest: a person asked for it last.
        newest = self._activities.running[-1] if self._activities.running else None
        if newest is self._activity:
            return
        self._activity = newest
        self._started = time.monotonic()
        self._timer.start() if newest is not None else self._timer.stop()
        self._refresh()

    def _progress(self) -> Progress | None:
        return self._activities.progress(self._activity) if self._activity else None

    def _cancel(self) -> None:
        if self._activity is not None:
            self._activity.cancel()

    def _refresh(self) -> None:
        runs = self._activity is not None
        # A bar that flashes by for a moment only disturbs.
        slow = runs and time.monotonic() - self._started > 2 * _REFRESH_MS / 1000
        self.bar.setVisible(slow)
        self.cancel.setVisible(runs)
        self.rest.setVisible(not runs and self._loader.can_read)
        self.words.setText(self._remark or (self._running() if runs else self._resting()))
        self.rate.setText(self._speed() if slow else "")

    def _running(self) -> str:
        activity, progress = self._activity, self._progress()
        assert activity is not None
        done, total = (progress.done, progress.total) if progress else (0, None)
        # In thousandths: a bar cannot count beyond 2 GB.
        self.bar.setRange(0, _FINE if total else 0)
        if total:
            self.bar.setValue(done * _FINE // total)
        count = file_size if activity.in_bytes else number
        words = activity.counted if total and activity.counted else activity.words
        words = words.format(done=count(done), total=count(total or 0))
        others = len(self._activities.running) - 1
        if others:
            words += " · " + self.tr("and {n} more").format(n=number(others))
        return words

    def _speed(self) -> str:
        progress = self._progress()
        seconds = time.monotonic() - self._started
        if progress is None or not progress.total or not progress.done or seconds < _WARM_SECONDS:
            return ""
        speed = progress.done / seconds
        left = duration((progress.total - progress.done) / speed)
        if self._activity is not None and not self._activity.counts_images:
            return self.tr("{left} left").format(left=left)
        words = self.tr("{speed} {speed:image|images} a second · {left} left")
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
