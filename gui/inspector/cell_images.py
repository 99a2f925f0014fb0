"""Cell images: decoded images of several cells at full size, which equal scale needs, and drawn cells."""

from collections import OrderedDict, deque
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from engine.jobs import Job
from engine.messages import Message
from gui.gallery.thumbnails import to_qimage
from gui.inspector.image_loader import DecodedImage, decode_image
from gui.jobs.workers import Task, Workers
from gui.state.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.competency.signed_cells import SignedCell

_CACHE_BYTES = 96 << 20
_AT_ONCE = 2


class Cell(NamedTuple):
    """A cell to show: an image of the folder by its path, of another folder, or the drawn cell `number`."""

    path: str
    drawn_class: str = ""
    number: int = 0
    signed: "SignedCell | None" = None

    @property
    def is_here(self) -> bool:
        """True if it is an image of the open folder."""
        return bool(self.path)


class CellImages(QObject):
    """Provides the images of cells, a few decoded at a time, the newest request first."""

    ready = Signal(object)
    """The `Cell` whose image was decoded, or cannot be."""

    def __init__(self, session: Session, workers: Workers) -> None:
        super().__init__(workers)
        self._session = session
        self._workers = workers
        self._images: OrderedDict[Cell, QImage] = OrderedDict()
        self._bytes = 0
        self._requests: deque[Cell] = deque()
        self._tasks: dict[Cell, Task] = {}
        self._failed: set[Cell] = set()
        session.opened.connect(self._reset)

    def get(self, cell: Cell) -> QImage | None:
        """Return the image of a cell, None until `ready` announces it or if it cannot be read."""
        image = self._images.get(cell)
        if image is not None:
            self._images.move_to_end(cell)
        elif cell not in self._tasks and cell not in self._failed:
            if cell in self._requests:
                self._requests.remove(cell)
            self._requests.append(cell)
            self._start()
        return image

    def peek(self, cell: Cell) -> QImage | None:
        """Return the image of a cell without requesting it."""
        return self._images.get(cell)

    def _start(self) -> None:
        while self._requests and len(self._tasks) < _AT_ONCE:
            cell = self._requests.pop()
            task = self._start_task(cell)
            if task is None:
                self._failed.add(cell)
                continue
            self._tasks[cell] = task
            task.done.connect(self._storing(cell))
            task.failed.connect(self._failing(cell))
            task.crashed.connect(self._failing(cell))

    def _start_task(self, cell: Cell) -> Task | None:
        if cell.drawn_class:
            return self._workers.start(draw_cell, cell)
        if cell.signed is not None:
            return self._workers.start(decode_image, cell.signed.source, cell.signed.record)
        item = self._session.item(cell.path)
        if item is None or item.record is None:
            return None
        return self._workers.start(decode_image, self._session.source, item.record)

    def _storing(self, cell: Cell) -> "Callable[[DecodedImage], None]":
        def store(decoded: DecodedImage) -> None:
            self._images[cell] = decoded.image
            self._bytes += decoded.image.sizeInBytes()
            while self._bytes > _CACHE_BYTES and len(self._images) > 1:
                self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()
            self._finish(cell)

        return store

    def _failing(self, cell: Cell) -> "Callable[[Message | str], None]":
        def fail(_: Message | str) -> None:
            self._failed.add(cell)
            self._finish(cell)

        return fail

    def _finish(self, cell: Cell) -> None:
        self._tasks.pop(cell, None)
        self._start()
        self.ready.emit(cell)

    def _reset(self) -> None:
        for task in self._tasks.values():
            self._workers.drop(task)
        self._tasks.clear()
        self._requests.clear()
        self._failed.clear()
        self._images.clear()
        self._bytes = 0


def can_draw(class_id: str) -> bool:
    """Return whether the program can draw cells of a class."""
    from engine.images.sample.cells import CELLS

    return class_id in CELLS


def draw_cell(_: Job, cell: Cell) -> DecodedImage:
    """Draw a cell; the same number draws the same."""
    import numpy as np

    from engine.images.sample.cells import CELLS, render_cell

    random = np.random.default_rng((list(CELLS).index(cell.drawn_class), cell.number))
    return DecodedImage("", to_qimage(render_cell(cell.drawn_class, random)), ())
