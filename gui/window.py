"""The main window: puts the parts together and owns nothing but them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from engine.messages import Message
from gui import dialogs, language
from gui.actions import Actions
from gui.activities import Activities
from gui.asking import ProjectQuestion
from gui.decisions import Decisions
from gui.desk import Desk
from gui.dropped import local_paths
from gui.fetching import Fetching
from gui.flow import Flow, Kind, Trouble
from gui.hints import Hints
from gui.jobstrip import JobStrip
from gui.keymap import Keymap
from gui.keys import KeysOverlay
from gui.language import LanguageMenu
from gui.leftalone import LeftAlone
from gui.linked import tell_links
from gui.notice import Notice
from gui.place import Place, place_of
from gui.rail import Rail
from gui.recent import RecentMenu
from gui.reviewer import NameBar, Reviewers
from gui.session import Session
from gui.start import StartPage
from gui.theme import Theme
from gui.topbar import TopBar
from gui.words import number, say
from gui.workers import Workers
from gui.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.project.links import Ambiguous
    from gui.work import Attached, Question


_REMARKS = ("project.nothing_to_undo", "project.nothing_to_redo")

_ALONE = (".npz", ".bloodbench", ".zip")
"""What is opened by itself, and not together with images and folders."""


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, theme: Theme, *, model: str | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Bloodbench")
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._ambiguous: tuple[Ambiguous, ...] = ()
        self._model = model
        self._theme = theme
        self.comes_again = False
        self.place: Place | None = None
        """Whether it was closed only to come again in another language."""
        self.workers = Workers(self)
        self.session = Session(self)
        self.decisions = Decisions(self.session)
        self.activities = Activities(self)
        self.flow = Flow(self.session, self.decisions, self.workers, self.activities)
        self.desk = Desk(self.session, self.decisions, self.workers, self.activities, theme)
        self.reviewers = Reviewers(self)
        self.topbar = TopBar(self.session, self.desk.signed, self.reviewers, theme)
        self.rail = Rail(theme)
        self.notice = Notice(theme)
        self.hints = Hints(theme)
        self._told_of_closing = ""
        self.fetching = Fetching(self.desk, self.flow, self.hints)
        self.question = ProjectQuestion(theme)
        self.name_bar = NameBar(self.reviewers, theme)
        self.left_alone = LeftAlone(self.decisions, theme)
        self.start = StartPage(theme)
        self.recent = RecentMenu(self.session, self)
        self.jobstrip = JobStrip(self.activities, self.flow, self.session, theme)
        self.actions = Actions(Keymap(self), self)
        self.workspaces = Workspaces(self.desk, self.rail, self.start, self.actions)
        self.review = self.workspaces.review
        self._compose()
        self._connect()
        self._bind()
        QApplication.instance().focusChanged.connect(self._catch_focus)
        self.keys = KeysOverlay(self.centralWidget(), self.actions.rows, theme)
        self.rail.help_asked.connect(self._toggle_keys)
        self.start.open.setFocus()
        # After the first paint: what reading needs loads while the person chooses a folder.
        QTimer.singleShot(0, self, self._prepare)

    def open(self, path: Path) -> None:
        """Open a folder, an archive, an image or a project."""
        self.notice.hide()
        if path.suffix == ".bloodbench" and path.is_file():
            self.flow.open_project(path)
        else:
            self.flow.open(path)

    def open_dropped(self, paths: "Sequence[Path]") -> None:
        """Open what was dropped together, and say what cannot be open beside it."""
        together = [path for path in paths if path.suffix.lower() not in _ALONE]
        if len(paths) == 1 or not together:
            self.open(paths[0])
            left = len(paths) - 1
        else:
            self.notice.hide()
            self.flow.open_together(tuple(together))
            left = len(paths) - len(together)
        if left:
            words = self.tr(
                "{n} of the dropped {n:file was|files were} left: "
                "archives and projects are opened one at a time."
            )
            self.notice.tell(Trouble(words.format(n=number(left))))

    def ask_for_folder(self) -> None:
        """Ask for a folder and open it."""
        self._ask(dialogs.FOLDER)

    def ask_for_archive(self) -> None:
        """Ask for an archive or an image and open it."""
        self._ask(dialogs.ARCHIVE)

    def ask_for_name(self) -> None:
        """Ask who reviews."""
        self.name_bar.ask()

    def edit_classes(self) -> None:
        """Let a person arrange the classes of the project."""
        table, engine = self.session.table, self.session.engine
        if table is None or not self.decisions.writable:
            self._refused(Message("project.not_yet"))
            return
        from gui.classes_editor import ClassesEditor

        editor = ClassesEditor(
            self.session.known_classes(),
            table.counts(),
            engine.card.classes if engine else (),
            self.actions.keymap,
            self._theme,
            self,
            taken=table.classes,
        )
        editor.saved.connect(self.decisions.set_classes)
        self._show(editor)

    def fetch_public(self) -> None:
        """Offer the public data sets."""
        self._show(self.fetching.dialog(self._theme, self))

    def settle(self) -> None:
        """Let a person say which past ambiguous images have."""
        from gui.settling import Settling

        names = self.review.gallery.model.class_words
        dialog = Settling(self._ambiguous, names, self._theme, self)
        dialog.settled.connect(self.decisions.settle)
        self._show(dialog)

    def change_keys(self) -> None:
        """Let a person change the keys of commands."""
        from gui.key_settings import KeySettings

        self._show(
            KeySettings(self.actions.keymap, self.session.known_classes(), self._theme, self)
        )

    def change_language(self, code: str) -> None:
        """Come again in another language, with what is open."""
        if self.activities.running:
            words = self.tr("Something still runs; choose the language again when it has ended.")
            self.notice.tell(Trouble(words))
            return
        language.choose(code)
        self.comes_again = True
        self.place = place_of(self)
        self.close()

    def save_copy(self) -> None:
        """Ask where to, and save the whole project as one file for another computer or as a backup."""
        project = self.decisions.project
        if project is None:
            self._refused(Message("project.not_yet"))
            return
        file = dialogs.ask(self, dialogs.SAVE_PROJECT, None)
        if file is not None:
            self.flow.save_copy(file)

    def escape(self) -> None:
        """Leave what is in front: the large view, the full screen, or the work that runs."""
        if self.keys.isVisible():
            self.keys.put_away()
        elif self.left_alone.isVisible():
            self.left_alone.leave_alone()
        elif self.workspaces.escape():
            pass
        elif self.name_bar.isVisible():
            self.name_bar.put_away()
        elif self.notice.isVisible():
            self.notice.hide()
        elif self.isFullScreen():
            self.showNormal()
        else:
            self.flow.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        broken_off = self.workspaces.closing()
        if broken_off and broken_off != self._told_of_closing:
            # Once, above the work: who closes again means it.
            self._told_of_closing = broken_off
            self.hints.tell(broken_off, broken_off, (self.tr("Close all the same"), self.close))
            event.ignore()
            return
        # The window goes at once; its threads are given the moment they need to stop.
        self.hide()
        self.workspaces.stop()
        self.desk.close()
        self.flow.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_paths(event.mimeData().urls())
        if paths:
            event.acceptProposedAction()
            self.open_dropped(paths)

    def _compose(self) -> None:
        body = QWidget(objectName="window")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(body)
        middle = QHBoxLayout()
        for box in (rows, middle):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.workspaces, 1)
        rows.addWidget(self.topbar)
        for line in (self.notice, self.hints, self.question, self.name_bar):
            rows.addWidget(line)
        rows.addLayout(middle, 1)
        # Below the images: they stay where they are when it comes.
        rows.addWidget(self.left_alone)
        rows.addWidget(self.jobstrip)
        self.setCentralWidget(body)

    def _connect(self) -> None:
        self.start.open_asked.connect(self.ask_for_folder)
        self.activities.changed.connect(self._withdraw_told)
        self.start.sample_asked.connect(self.flow.open_sample)
        self.start.fetch_asked.connect(self.fetch_public)
        self.fetching.open_asked.connect(self.open)
        self.review.gallery.open_asked.connect(self.ask_for_folder)
        self.review.gallery.view.in_sight.connect(self.flow.prioritise)
        self.topbar.model_chosen.connect(self.flow.choose)
        self.topbar.signing_asked.connect(self.workspaces.show_signing)
        self.flow.models_known.connect(self.topbar.show_models)
        self.flow.troubled.connect(self.notice.tell)
        self.flow.attached.connect(self._attached)
        self.flow.asked.connect(self._asked)
        self.question.chosen.connect(self.flow.choose_project)
        self.question.chosen.connect(self.desk.focus_wanted)
        self.decisions.failed.connect(self._refused)
        self.decisions.name_wanted.connect(self.name_bar.ask)
        self.left_alone.done.connect(self.desk.focus_wanted)
        self.topbar.reviewer.other_wanted.connect(self.ask_for_name)
        self.reviewers.changed.connect(self._take_name)
        self._take_name(self.reviewers.name())
        self.start.chosen.connect(self.open)
        self.flow.recent_known.connect(self.start.set_recent)
        self.flow.recent_known.connect(self.recent.set_recent)
        self.recent.chosen.connect(self.open)
        self.flow.images_wanted.connect(self._ask_for_images)
        self.flow.began.connect(self._began)
        self.flow.rested.connect(self._rested)
        self.desk.moving.reopen_wanted.connect(self._offer_reopening)
        self.session.opened.connect(self._opened)
        self.session.engine_changed.connect(self._classes_changed)
        self.session.classes_changed.connect(self._classes_changed)
        self.desk.insight.judged.connect(self._judged)
        self.desk.troubled.connect(self.notice.tell)
        self.desk.model_asked.connect(self.flow.use)
        self.desk.remarked.connect(self.jobstrip.remark)
        self.review.gallery.map.failed.connect(self._refused)

    def _bind(self) -> None:
        add = self.actions.add
        for key in self.workspaces.keys:
            add(key, self, partial(self.workspaces.go, key))
        opens = [
            add("open_folder", self, self.ask_for_folder),
            add("open_archive", self, self.ask_for_archive),
            add("open_sample", self, self.flow.open_sample),
            add("fetch_public", self, self.fetch_public),
        ]
        whole = [
            add("undo", self, self.decisions.undo),
            add("redo", self, self.decisions.redo),
            add("save_copy", self, self.save_copy),
            add("classes", self, self.edit_classes),
            add("key_settings", self, self.change_keys),
        ]
        add("reviewer", self, self.ask_for_name)
        # A key holds where what it acts on is to be seen: its home is that part of the window.
        inspector = self.desk.inspector
        add("note", inspector.sections["note"], inspector.write_note)
        add("heat", inspector.controls, inspector.controls.switch.toggle)
        add("full_screen", self, self._toggle_full_screen)
        add("back", self, self.escape)
        add("all_keys", self, self._toggle_keys)
        menu = QMenu(self.topbar.folder)
        menu.addActions(opens)
        menu.addSeparator()
        menu.addActions(whole)
        menu.addSeparator()
        menu.addMenu(self.recent)
        menu.addMenu(LanguageMenu(self.change_language, menu))
        self.topbar.folder.setMenu(menu)

    def _catch_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        # Of what vanishes Qt gives the keyboard to whatever is next in line, outside the work.
        vanished = old is not None and not old.isVisible() and self.isAncestorOf(old)
        around = (self.topbar, self.rail, self.notice, self.hints, self.jobstrip)
        strays = new is not None and any(part.isAncestorOf(new) for part in around)
        if vanished and strays and self.isVisible():
            # Not if somebody gives it to another part meanwhile.
            QTimer.singleShot(0, self, partial(self._return_focus, new))

    def _return_focus(self, taker: QWidget) -> None:
        if self.focusWidget() is taker:
            self.desk.focus_wanted.emit()

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
        self.flow.begin(self._model)
        self.flow.find_recent()

    def _began(self, kind: Kind) -> None:
        self.review.gallery.set_scanning(kind is Kind.SCAN)

    def _rested(self) -> None:
        self.review.gallery.set_scanning(False)
        self.review.gallery.settle()

    def _attached(self, found: "Attached") -> None:
        self.desk.insight.look_at_pictures()
        self._ambiguous = found.links.ambiguous
        self.flow.find_recent()
        tell_links(self.hints, found, self.settle)

    def _asked(self, question: "Question") -> None:
        self.question.ask(question.choices)

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _take_name(self, name: str | None) -> None:
        self.decisions.who = name

    def _ask_for_images(self, file: Path) -> None:
        folder = dialogs.ask(self, dialogs.IMAGES, file.parent)
        if folder is not None:
            self.flow.open(folder, file)

    def _withdraw_told(self) -> None:
        if self._told_of_closing and not self.workspaces.closing():
            self.hints.withdraw(self._told_of_closing)
            self._told_of_closing = ""

    def _refused(self, message: Message) -> None:
        if message.id in _REMARKS:
            self.jobstrip.remark(say(message))
        else:
            self.notice.tell(Trouble(say(message)))

    def _classes_changed(self) -> None:
        self.actions.set_classes(self.session.known_classes())

    def _judged(self, key: str, message: Message | None) -> None:
        if message is None:
            self.hints.withdraw(key)
        else:
            self.hints.tell(key, say(message))

    def _offer_reopening(self) -> None:
        root = self.session.root
        if root is not None:
            words = self.tr("Files are back in the folder that were not there when it was opened.")
            again = (self.tr("Open it again"), lambda: self.open(root))
            self.hints.tell("reopen", words, again)

    def _opened(self) -> None:
        self.hints.clear()
        self.question.put_away()
        self.workspaces.go("review")
        title = self.session.title
        self.setWindowTitle(f"{title} — Bloodbench" if title else "Bloodbench")
