"""What the workspaces of one window share: what is open, who decides, and one inspector beside them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from engine.messages import Message, Problem
from gui.activities import Activities
from gui.decisions import Decisions
from gui.flow import Trouble
from gui.gallery.thumbnails import Thumbnails
from gui.insight import Insight
from gui.inspector.heat import Heat
from gui.inspector.panel import InspectorPanel
from gui.moving import Moving
from gui.pictures import Pictures
from gui.session import Session
from gui.signed import Signed
from gui.theme import Theme
from gui.words import say
from gui.workers import Task, Workers

if TYPE_CHECKING:
    from engine.project.values import Edit


class Desk(QObject):
    """The shared parts, and what one workspace asks of another by signals."""

    images_asked = Signal(object, str)
    """Paths that shall be shown in the gallery alone, and words for what they have in common."""
    image_asked = Signal(object)
    """A path that shall be shown in the gallery."""
    model_asked = Signal(str)
    """A model, by its folder, that shall be the current one of the open project."""
    troubled = Signal(object)
    """A `Trouble` for the person."""
    remarked = Signal(str)
    """A sentence for the foot of the window, which needs no answer."""
    focus_wanted = Signal()
    """The keyboard goes back to the images of the workspace that is shown."""

    def __init__(
        self,
        session: Session,
        decisions: Decisions,
        workers: Workers,
        activities: Activities,
        theme: Theme,
    ) -> None:
        super().__init__(session)
        self.session = session
        self.decisions = decisions
        self.workers = workers
        self.activities = activities
        self.theme = theme
        self.thumbnails = Thumbnails(workers)
        self.pictures = Pictures(session, workers, self.thumbnails)
        self.heat = Heat(session)
        self.insight = Insight(session, workers)
        self.moving = Moving(self)
        self.signed = Signed(decisions, workers)
        self.inspector = InspectorPanel(session, self.pictures, self.heat, self.thumbnail, theme)
        self.thumbnails.ready.connect(self.inspector.neighbours.refresh)
        session.opened.connect(lambda: self.thumbnails.open(session.source))
        self._connect_inspector()

    def thumbnail(self, path: str) -> QImage | None:
        """Return the thumbnail of an image if it is there; else it comes, and `thumbnails.ready` says so."""
        item = self.session.item(path)
        return self.thumbnails.get(item.record) if item and item.record else None

    def show_images(self, paths: Sequence[str], words: str) -> None:
        """Show some images alone in the gallery."""
        self.images_asked.emit(paths, words)

    def watch(self, task: Task) -> Task:
        """Tell the person if a task fails or breaks; return it."""
        task.failed.connect(self.tell)
        task.broke.connect(self.tell_bug)
        return task

    def tell(self, message: Message) -> None:
        """Tell the person what happened."""
        self.troubled.emit(Trouble(say(message)))

    @contextmanager
    def saving(self, file: Path) -> Iterator[None]:
        """Tell the person why a file could not be written in the block."""
        try:
            yield
        except Problem as problem:
            self.tell(problem.message)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.tell(Message("project.no_place", {"file": str(file), "reason": reason}))

    def tell_bug(self, details: str) -> None:
        """Tell the person that the program is at fault."""
        text = self.tr(
            "An error in the program stopped this work. What was finished before is kept; "
            "please report the details, and try again."
        )
        self.troubled.emit(Trouble(text, details))

    def close(self) -> None:
        """Ask nothing more of the workers."""
        self.insight.stop()
        self.signed.stop()
        self.thumbnails.close()

    def _connect_inspector(self) -> None:
        inspector, insight = self.inspector, self.insight
        insight.neighbours.connect(inspector.neighbours.set_groups)
        insight.reasons.connect(inspector.reasons.set_reasons)
        inspector.neighbours.chosen.connect(self.image_asked)
        inspector.note.edited.connect(self.decisions.note)
        self.decisions.releasing.connect(inspector.note.commit)
        inspector.note.done.connect(self.focus_wanted)
        self.session.current_changed.connect(self._tell_inspector)
        self.decisions.attached.connect(self._tell_inspector)

    def _tell_inspector(self) -> None:
        item = self.session.current
        writable = self.decisions.project is not None
        self.inspector.note.set_note(
            item.path if item and writable else None, item.note if item else ""
        )
        if item is None:
            self.inspector.history.set_edits([])
            return

        def take(edits: "list[Edit]") -> None:
            current = self.session.current
            if current is not None and current.path == item.path:
                self.inspector.history.set_edits(edits)

        self.decisions.history(item.path, take)
