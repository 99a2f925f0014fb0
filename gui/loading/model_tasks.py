"""Model tasks: find and load a model, and read images with it; run on worker threads.

Heavy modules are imported inside the functions, so that they load after the window is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.jobs import Job
from engine.messages import Message
from gui import settings
from gui.state.active_model import ActiveModel, ModelSession
from gui.words import to_sentence

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.classify.devices import Device
    from engine.classify.pipeline import ReadSummary
    from engine.classify.read_queue import ReadQueue
    from engine.images.record import ImageRecord
    from engine.images.source import Source

MODEL_SETTING = "model"
"""The setting that holds the name of the model that a person chose."""


@dataclass(frozen=True, slots=True)
class AvailableModels:
    """The models a person can choose from, and the active one."""

    choices: tuple[tuple[str, str], ...]
    """(name, title) of each model."""
    active: ActiveModel
    in_preparation: str = ""
    """The title of the model while its network is being made (once per computer)."""
    notes: tuple[Message, ...] = ()
    """Messages if the active model is not the requested one."""


def load_model(job: Job, model_session: ModelSession, name: str | None) -> AvailableModels:
    """Find the model and load its network; raises `Problem` where there is none.

    Without a name: the model that a person chose last, if it still exists, else the default.
    """
    # Needed soon, partly on the GUI thread, where importing them would block the window.
    from engine.classify import activation_maps, pipeline, reading_cache  # noqa: F401
    from engine.classify.devices import choose_device
    from engine.classify.models import model_title, needs_network, open_model, prepare_model

    model_session.acquire(job)
    try:
        device = choose_device("auto")
        was_named = name is not None
        name = name or _stored_model()
        bundle = open_model(name)
        job.check()
        making = model_title(bundle) if needs_network(bundle, device) else ""
        models = _available_models(bundle, device, in_preparation=making)
        # Reported before the network is loaded: class names need not wait for it.
        job.partial(models)
        if making:
            chosen = prepare_model(job, name, device, retry=was_named)
            models = _available_models(chosen.bundle, device, notes=chosen.notes)
            job.partial(models)
        model_session.runtime(job, models.active)
        return models
    finally:
        model_session.release()


def _stored_model() -> str | None:
    from engine.classify.models import installed_models

    name = settings.load_setting(MODEL_SETTING)
    return name if any(model.name == name and model.card for model in installed_models()) else None


def _available_models(bundle: "Bundle", device: "Device", **details: Any) -> AvailableModels:
    from engine.classify import models
    from engine.classify.calibrator import Calibrator
    from engine.classify.unknown_score import UnknownScore
    from engine.images.class_set import load_class_set

    installed = [model for model in models.installed_models() if model.card]
    titles = {
        model.name: to_sentence(Message("network.fast", {"name": model.title}))
        if model.is_fast and len(installed) > 1
        else model.title
        for model in installed
    }
    # A model outside the models folder is named by its path.
    name = bundle.folder.name if bundle.folder.name in titles else str(bundle.folder)
    titles.setdefault(name, bundle.card.name)
    class_set = load_class_set(bundle.card.class_set)
    calibrator, title = Calibrator.of_bundle(bundle), models.model_title(bundle)
    active = ActiveModel(
        name, bundle, class_set, device, calibrator, title, UnknownScore.of_bundle(bundle)
    )
    return AvailableModels(tuple(titles.items()), active, **details)


def read_images(
    job: Job,
    model_session: ModelSession,
    model: ActiveModel,
    source: "Source",
    records: "Sequence[ImageRecord]",
    order: "ReadQueue",
) -> "ReadSummary":
    """Read images with a model; partial results come from the pipeline. Raises `Problem` and `Cancelled`."""
    from engine.classify import pipeline
    from engine.classify.reading_cache import ReadingCache

    model_session.acquire(job)
    try:
        runtime = model_session.runtime(job, model)
        with ReadingCache(model.card) as cache:
            return pipeline.read_images(job, source, records, runtime, model.card, cache, order)
    finally:
        model_session.release()
