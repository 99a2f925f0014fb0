"""The active model: the bundle in use on a device, and its network loaded once for all jobs."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.jobs import Job

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.classify.calibrator import Calibrator
    from engine.classify.card import Card
    from engine.classify.devices import Device
    from engine.classify.unknown_score import UnknownScore
    from engine.images.class_set import ClassSet


@dataclass(frozen=True, slots=True)
class ActiveModel:
    """A model bundle on a device, with its class set."""

    name: str
    bundle: "Bundle"
    class_set: "ClassSet"
    device: "Device"
    calibrator: "Calibrator"
    """The calibrator of its probabilities."""
    title: str = ""
    """The model's name as shown to a person."""
    unknown_score: "UnknownScore | None" = None
    """The score by which cells are none of its classes; None for an older model."""

    @property
    def card(self) -> "Card":
        """The model's card."""
        return self.bundle.card


class ModelSession:
    """The loaded network, kept between jobs; used by one thread at a time.

    A job calls `acquire` first and `release` at its end.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: tuple[Path, Any] | None = None

    def runtime(self, job: Job, model: ActiveModel) -> Any:
        """Return the runtime of a model, loading it unless it is the loaded one.

        The caller holds the session. Raises `Problem` and `Cancelled`.
        """
        from engine.classify.runtime import open_runtime

        if self._loaded and self._loaded[0] != model.bundle.folder:
            self.close()
        if self._loaded is None:
            self._loaded = (model.bundle.folder, open_runtime(model.bundle, model.device, job))
        return self._loaded[1]

    def close(self) -> None:
        """Free the loaded network."""
        if self._loaded:
            self._loaded[1].close()
            self._loaded = None

    def acquire(self, job: Job) -> None:
        """Wait until no other job uses the session; raises `Cancelled`."""
        while not self._lock.acquire(timeout=0.05):
            job.check()

    def release(self) -> None:
        """Hand the session to the next job."""
        self._lock.release()
