"""Job strip: the running activity with progress, speed, time left and cancel."""

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from engine.jobs import Progress
from gui.jobs.activities import Activities, Activity
from gui.loading.folder_loader import FolderLoader
from gui.state.session import Session
from gui.theme import Theme
from gui.words import duration, file_size, number, to_sentence

_REFRESH_MS = 150
_MIN_SPEED_SECONDS = 1.0
_BAR_STEPS = 1000
_STATUS_MS = 6000


class JobStrip(QWidget):
    """A line at the foot of the window; when idle it sums up what was read."""

    def __init__(
        self, activities: Activities, loader: FolderLoader, session: Session, theme: Theme
    ) -> None:
        super().__init__()
        self._activities = activities
        self._loader = loader
        self._session = session
        self._activity: Activity | None = None
        self._started = self._step_started = 0.0
        self._step_total: int | None = None
        self._first_done = self._last_done = 0
        self.setObjectName("jobstrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel()
        # A long path does not widen the window.
        self.label.setMinimumWidth(1)
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
        for widget in (self.label, self.rate, None, self.bar, self.cancel, self.rest):
            row.addWidget(widget) if widget else row.addStretch()
        self.setFixedHeight(self.cancel.sizeHint().height() + 2 * tight + 1)
        self.cancel.clicked.connect(self._cancel)
        self.rest.clicked.connect(loader.read)
        self._status = ""
        self._status_timer = QTimer(self, singleShot=True, interval=_STATUS_MS)
        self._status_timer.timeout.connect(self._clear_status)
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        activities.changed.connect(self._on_change)
        loader.became_idle.connect(self._refresh)
        session.opened.connect(self._clear_status)
        session.model_changed.connect(self._refresh)
        self._refresh()

    def show_status(self, text: str) -> None:
        """Show a sentence for a few seconds."""
        self._status = text
        self._status_timer.start()
        self._refresh()

    def _clear_status(self) -> None:
        self._status = ""
        self._refresh()

    def _on_change(self) -> None:
        # The newest: the person started it last.
        newest = self._activities.running[-1] if self._activities.running else None
        if newest is self._activity:
            return
        self._activity = newest
        self._started = self._step_started = time.monotonic()
        self._step_total, self._first_done, self._last_done = None, 0, 0
        self._timer.start() if newest is not None else self._timer.stop()
        self._refresh()

    def _progress(self) -> Progress | None:
        return self._activities.progress(self._activity) if self._activity else None

    def _cancel(self) -> None:
        if self._activity is not None:
            self._activity.cancel()

    def _refresh(self) -> None:
        is_running = self._activity is not None
        # No bar for very short work: it would only flash.
        slow = is_running and time.monotonic() - self._started > 2 * _REFRESH_MS / 1000
        self.bar.setVisible(slow)
        self.cancel.setVisible(is_running)
        self.rest.setVisible(not is_running and self._loader.can_read)
        self.label.setText(
            self._status or (self._running_text() if is_running else self._idle_text())
        )
        self.label.setToolTip(self._status)
        self.rate.setText(self._speed_text() if slow else "")

    def _running_text(self) -> str:
        activity, progress = self._activity, self._progress()
        assert activity is not None
        done, total = (progress.done, progress.total) if progress else (0, None)
        # In thousandths: a bar cannot count beyond 2³¹ bytes.
        self.bar.setRange(0, _BAR_STEPS if total else 0)
        if total:
            self.bar.setValue(done * _BAR_STEPS // total)
        format_count = file_size if activity.in_bytes else number
        text = activity.progress_text if total and activity.progress_text else activity.text
        text = text.format(done=format_count(done), total=format_count(total or 0))
        if activity.names_steps and progress and progress.message:
            text += f" · {to_sentence(progress.message)}"
        more = len(self._activities.running) - 1
        if more:
            text += " · " + self.tr("and {n} more").format(n=number(more))
        return text

    def _speed_text(self) -> str:
        progress = self._progress()
        seconds, done = self._step_progress(progress)
        if (
            progress is None
            or not progress.total
            or not done
            # What follows the last image, such as building a network, has no known end.
            or progress.done >= progress.total
            or seconds < _MIN_SPEED_SECONDS
        ):
            return ""
        speed = done / seconds
        left = duration((progress.total - progress.done) / speed)
        if self._activity is not None and not self._activity.counts_images:
            return self.tr("{left} left").format(left=left)
        text = self.tr("{speed} {speed:image|images} per second · {left} left")
        return text.format(speed=number(round(speed)), left=left)

    def _step_progress(self, progress: Progress | None) -> tuple[float, int]:
        """Return the seconds and the progress since the running step began: a step counts anew."""
        now = time.monotonic()
        if progress is None:
            return now - self._started, 0
        is_same = self._step_total == progress.total and progress.done >= self._last_done
        if not is_same:
            self._step_started, self._first_done = now, progress.done
        self._step_total, self._last_done = progress.total, progress.done
        return now - self._step_started, progress.done - self._first_done

    def _idle_text(self) -> str:
        total, read, bad = self._session.counts()
        if not total:
            return ""
        if read + bad < total:
            text = self.tr("{read} of {total} read").format(read=number(read), total=number(total))
        else:
            text = self.tr("{read} read").format(read=number(read))
        if bad:
            text += " · " + self.tr("{bad} could not be read").format(bad=number(bad))
        return text
