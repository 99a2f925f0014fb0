"""Trained images: which images of the open folder a model was trained on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.state.session import Session

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.images.record import ImageRecord
    from engine.images.source import Source
    from engine.jobs import Job
    from gui.state.image_columns import Mask


class TrainedImages(QObject):
    """Recognises images by perceptual hashes, which are computed once for each image of the open folder."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.keys: dict[str, int | None] = {}
        """The hashes so far, by path; those that a task computes elsewhere may be added."""
        session.opened.connect(self._forget)

    def find(
        self, job: "Job", model: "Bundle", source: "Source", records: "Sequence[ImageRecord]"
    ) -> "Mask":
        """Return which images (n,) the model was trained on; call it on a worker thread.

        Raises `Problem` where the model is damaged, and `Cancelled`.
        """
        from engine.classify.training_images import TrainingImages
        from engine.images.perceptual_hash import compute_hashes

        keys = self.keys  # Another folder replaces them.
        training_images = TrainingImages.from_bundle(model)
        if len(training_images.keys):
            unhashed = [record for record in records if record.path not in keys]
            hashes = compute_hashes(job, source, unhashed)
            keys.update(zip([record.path for record in unhashed], hashes, strict=True))
        job.check()
        return training_images.contains([keys.get(record.path) for record in records])

    def _forget(self) -> None:
        self.keys = {}
