"""The active model: the bundle in use on a device, and its network loaded once for all jobs."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.jobs import Job

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.classify.card import Card
    from engine.classify.devices import Device
    from engine.images.class_set import ClassSet


@dataclass(frozen=True, slots=True)
class ActiveModel:
    """A model on a device, as the window knows it."""

    name: str
    bundle: "Bundle"
    class_set: "ClassSet"
    device: "Device"
    title: str = ""
    """What people call the model."""

    @property
    def card(self) -> "Card":
        """The model's card."""
        return self.bundle.card


class ModelSession:
    """The loaded network, kept between jobs; safe to use from any thread, by one at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: tuple[Path, Any] | None = None

    def runtime(self, job: Job, engine: ActiveModel) -> Any:
        """Return the network of an engine, loading it if another one or none is loaded.

        The caller holds the room (`with room:`). Raises `Problem` and `Cancelled`.
        """
        from engine.classify.runtime import open_runtime

        if self._loaded and self._loaded[0] != engine.bundle.folder:
            self.close()
        if self._loaded is None:
            self._loaded = (engine.bundle.folder, open_runtime(engine.bundle, engine.device, job))
        return self._loaded[1]

    def close(self) -> None:
        """Free what is loaded."""
        if self._loaded:
            self._loaded[1].close()
            self._loaded = None

    def enter(self, job: Job) -> None:
        """Wait for one's turn; raises `Cancelled`."""
        while not self._lock.acquire(timeout=0.05):
            job.check()

    def leave(self) -> None:
        """Let the next one in."""
        self._lock.release()
