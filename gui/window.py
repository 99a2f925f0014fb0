"""The main window: puts the parts together and owns nothing but them."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from engine.messages import Message
from gui import dialogs
from gui.actions import KeyRow
from gui.asking import ProjectQuestion
from gui.commands import command, words
from gui.decisions import Decisions
from gui.flow import Activity, Flow, Kind, Trouble
from gui.hints import Hints
from gui.jobstrip import JobStrip
from gui.keymap import native
from gui.keys import KeysOverlay
from gui.linked import tell_links
from gui.notice import Notice
from gui.rail import Rail
from gui.review import ReviewWorkspace
from gui.session import Session
from gui.start import StartPage
from gui.theme import Theme
from gui.topbar import TopBar
from gui.words import say
from gui.workers import Workers

if TYPE_CHECKING:
    from gui.work import Attached, Question

_STEPS = {"Left": -1, "Right": 1}


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, theme: Theme, *, model: str | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Bloodbench")
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._model = model
        self.workers = Workers(self)
        self.session = Session(self)
        self.decisions = Decisions(self.session)
        self.flow = Flow(self.session, self.decisions, self.workers)
        self.topbar = TopBar(self.session, theme)
        self.rail = Rail(theme)
        self.notice = Notice(theme)
        self.hints = Hints(theme)
        self.question = ProjectQuestion(theme)
        self.start = StartPage(theme)
        self.review = ReviewWorkspace(self.session, self.decisions, self.workers, theme)
        self.jobstrip = JobStrip(self.flow, self.session, theme)
        self._pages = QStackedWidget()
        self._compose()
        self._connect()
        self.commands = self._make_commands()
        self.keys = KeysOverlay(self.centralWidget(), self._key_rows, theme)
        self.rail.help_asked.connect(self._toggle_keys)
        self.start.open.setFocus()
        # After the first paint: what reading needs loads while the person chooses a folder.
        QTimer.singleShot(0, self, self._prepare)

    def open(self, path: Path) -> None:
        """Open a folder, an archive or an image."""
        self.notice.hide()
        self.flow.open(path)

    def ask_for_folder(self) -> None:
        """Ask for a folder and open it."""
        self._ask(dialogs.FOLDER)

    def ask_for_archive(self) -> None:
        """Ask for an archive or an image and open it."""
        self._ask(dialogs.ARCHIVE)

    def escape(self) -> None:
        """Leave what is in front: the large view, the full screen, or the work that runs."""
        if self.keys.isVisible():
            self.keys.put_away()
        elif self.review.is_large:
            self.review.close_large()
        elif self.notice.isVisible():
            self.notice.hide()
        elif self.isFullScreen():
            self.showNormal()
        else:
            self.flow.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        # The window goes at once; its threads are given the moment they need to stop.
        self.hide()
        self.review.thumbnails.close()
        self.flow.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.open(Path(url.toLocalFile()))
                return

    def _compose(self) -> None:
        for page in (self.start, self.review):
            self._pages.addWidget(page)
        self.rail.add("layout-grid", self.tr("Review"))
        body = QWidget(objectName="window")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(body)
        middle = QHBoxLayout()
        for box in (rows, middle):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._pages, 1)
        rows.addWidget(self.topbar)
        for line in (self.notice, self.hints, self.question):
            rows.addWidget(line)
        rows.addLayout(middle, 1)
        rows.addWidget(self.jobstrip)
        self.setCentralWidget(body)

    def _connect(self) -> None:
        self.start.open_asked.connect(self.ask_for_folder)
        self.start.sample_asked.connect(self.flow.open_sample)
        self.review.gallery.open_asked.connect(self.ask_for_folder)
        self.review.gallery.view.in_sight.connect(self.flow.prioritise)
        self.topbar.model_chosen.connect(self.flow.prepare)
        self.flow.models_known.connect(self.topbar.show_models)
        self.flow.troubled.connect(self.notice.tell)
        self.flow.attached.connect(self._attached)
        self.flow.asked.connect(self._asked)
        self.question.chosen.connect(self.flow.choose_project)
        self.decisions.failed.connect(self._refused)
        self.flow.began.connect(self._began)
        self.flow.rested.connect(self._rested)
        self.session.opened.connect(self._opened)

    def _make_commands(self) -> list[QAction]:
        review, view = self.review, self.review.gallery.view
        opens = [
            command(self, words("Open a folder…"), "Ctrl+O", self.ask_for_folder),
            command(
                self, words("Open an archive or an image…"), "Ctrl+Shift+O", self.ask_for_archive
            ),
            command(self, words("Open the sample"), "Ctrl+Shift+E", self.flow.open_sample),
        ]
        menu = QMenu(self.topbar.folder)
        menu.addActions(opens)
        self.topbar.folder.setMenu(menu)
        self._arrows = [
            command(review.large, key, key, functools.partial(view.step, step), inside=True)
            for key, step in _STEPS.items()
        ]
        review.large.zoomed.connect(self._give_arrows_to_panning)
        for home in (view, review.large):
            large = command(
                home, words("Large view"), ["Space", "Return"], review.toggle_large, inside=True
            )
        return [
            *opens,
            large,
            command(self, words("Grad-CAM"), "G", review.inspector.controls.switch.toggle),
            command(self, words("Larger images"), ["Ctrl++", "Ctrl+="], view.larger),
            command(self, words("Smaller images"), "Ctrl+-", view.smaller),
            command(self, words("Full screen"), "F11", self._toggle_full_screen),
            command(self, words("Back, or stop what runs"), "Esc", self.escape),
            command(self, words("All keys"), "?", self._toggle_keys),
        ]

    def _give_arrows_to_panning(self) -> None:
        for action in self._arrows:
            action.setEnabled(self.review.large.zoom <= 1)

    def _key_rows(self) -> list[KeyRow]:
        return [
            KeyRow(
                "",
                action.text().rstrip("…"),
                native(key.toString() for key in action.shortcuts()),
            )
            for action in self.commands
        ]

    def _toggle_keys(self) -> None:
        self.keys.toggle()

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _ask(self, question: str) -> None:
        root = self.session.root
        path = dialogs.ask(self, question, root.parent if root else None)
        if path is not None:
            self.open(path)

    def _prepare(self) -> None:
        self.flow.prepare(self._model)

    def _began(self, activity: Activity) -> None:
        self.review.gallery.set_scanning(activity.kind is Kind.SCAN)

    def _rested(self) -> None:
        self.review.gallery.set_scanning(False)

    def _attached(self, found: "Attached") -> None:
        tell_links(self.hints, found)

    def _asked(self, question: "Question") -> None:
        self.question.ask(question.choices)

    def _refused(self, message: Message) -> None:
        self.notice.tell(Trouble(say(message)))

    def _opened(self) -> None:
        self.hints.clear()
        self.question.put_away()
        self._pages.setCurrentWidget(self.review)
        self.review.gallery.view.setFocus()
        title = self.session.title
        self.setWindowTitle(f"{title} — Bloodbench" if title else "Bloodbench")
