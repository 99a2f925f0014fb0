"""Similar images: the labelled images of some classes that are most similar to one image."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.jobs.workers import Task, Workers
from gui.state.image_analysis_tasks import find_nearest
from gui.state.session import Session

if TYPE_CHECKING:
    import numpy as np

    from gui.state.image_columns import Rows


class SimilarImages(QObject):
    """Looks for them in the background; only the newest request counts."""

    found = Signal(object)
    """A list of (class id, list of (path, cosine similarity)), in the order of the request."""

    def __init__(self, session: Session, workers: Workers, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._workers = workers
        self._task: Task | None = None

    def find(self, path: str, class_ids: Iterable[str]) -> None:
        """Look for images similar to one; nothing is found while it is not read."""
        self.drop()
        item, table = self._session.item(path), self._session.table
        if (
            item is None
            or item.prediction is None
            or table is None
            or table.readings.embeddings is None
        ):
            self.found.emit([])
            return
        import numpy as np

        # Unread images have no embedding to compare.
        labels, read = table.labelled_classes(), table.read
        groups = []
        for class_id in dict.fromkeys(class_ids):
            rows = np.flatnonzero((labels == table.code(class_id)) & read)
            groups.append((class_id, rows[rows != item.row]))
        self._task = self._workers.start(find_nearest, item.row, table.readings.embeddings, groups)
        self._task.done.connect(self._on_found)

    def drop(self) -> None:
        """Drop the request that is being worked on."""
        self._workers.drop(self._task)
        self._task = None

    def _on_found(self, groups: "list[tuple[str, Rows, np.ndarray]]") -> None:
        table = self._session.table
        if table is not None:
            self.found.emit(
                [
                    (
                        class_id,
                        [
                            (table.paths[row], float(similarity))
                            for row, similarity in zip(rows, similarities, strict=True)
                        ],
                    )
                    for class_id, rows, similarities in groups
                ]
            )
