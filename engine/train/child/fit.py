"""Task `fit`: train a network by a recipe, report progress and save the weights."""

from pathlib import Path
from typing import Any

import keras
import msgspec
import numpy as np
import numpy.typing as npt

from engine.child.channel import Channel
from engine.images.resize import resize_to_square
from engine.train.child import checkpoint, weights
from engine.train.child.architectures import build_model
from engine.train.child.batch_norm import reestimate_statistics
from engine.train.child.batches import Batches
from engine.train.child.checkpoint import TrainingState
from engine.train.child.devices import count_batch_processes, distribution_scope
from engine.train.child.imagenet_download import explain_download_errors
from engine.train.child.morph import ActivationMorph
from engine.train.child.optimisation import (
    class_weights,
    compile_phase,
    oversample,
    set_precision,
)
from engine.train.child.phase_callbacks import phase_callbacks
from engine.train.child.probe import detect_device
from engine.train.child.teacher import Teacher
from engine.train.child.training_monitor import MonitoredImages, TrainingMonitor
from engine.train.image_store import DISK_FULL_ERRNOS, disk_full_problem, open_images
from engine.train.recipe import Recipe


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Train on `images` (a file of `engine.train.image_store`) with `labels` (n,), `split` (n,); write `out`.

    `start` is a file of starting weights, None for those of the recipe; `morph` is the share of the steps
    over which the activations of grown weights change; `beside` are the rows and share of each extra
    source; `teacher` is described in `engine.train.child.teacher`. With `resume` it continues from the
    checkpoint next to `out`, if there is one. After running out of memory the batch is halved and the epoch
    repeated. With `finish` no more training is done. Returns the `history` (one dict of metrics per epoch),
    `device`, `backend` and `batch`.
    """
    out = Path(request["out"])
    checkpoint_file = out.with_name("checkpoint.npz")
    state = checkpoint.load_state(checkpoint_file) if request["resume"] else TrainingState()
    if not state.history:
        checkpoint_file.unlink(missing_ok=True)
    recipe = msgspec.convert(request["recipe"], Recipe)
    state.batch = state.batch or recipe.batch
    while True:
        try:
            attempt = _Attempt(request, recipe, channel, state)
            attempt.run()
            break
        except OSError as error:
            if error.errno in DISK_FULL_ERRNOS:
                raise disk_full_problem(out.parent, out.parent) from error
            raise
        except Exception as error:
            if not _is_out_of_memory(error) or state.batch == 1:
                raise
            batch = state.batch // 2
            state = checkpoint.load_state(checkpoint_file)
            state.batch = batch
            channel.partial({"batch": batch})
    return {
        "history": state.history,
        "device": detect_device(),
        "backend": keras.backend.backend(),
        "batch": state.batch,
    }


def _is_out_of_memory(error: BaseException) -> bool:
    # Every backend has its own error for this.
    text = f"{type(error).__name__} {error}"
    words = ("ResourceExhausted", "RESOURCE_EXHAUSTED", "OutOfMemory", "out of memory")
    return isinstance(error, MemoryError) or any(word in text for word in words)


class _Attempt:
    """One attempt to train, with one batch size and from one state."""

    def __init__(
        self, request: dict[str, Any], recipe: Recipe, channel: Channel, state: TrainingState
    ) -> None:
        self._recipe, self._channel, self._state = recipe, channel, state
        self._classes = int(request["classes"])
        self._images = open_images(Path(request["images"]))
        self._labels: npt.NDArray[np.intp] = np.asarray(request["labels"], np.intp)
        self._split: npt.NDArray[np.intp] = np.asarray(request["split"], np.intp)
        self._out = Path(request["out"])
        self._request = request

    def run(self) -> None:
        """Fit the remaining phases and save the weights that the recipe keeps to `out`."""
        recipe, state = self._recipe, self._state
        keras.utils.set_random_seed(recipe.seed)
        set_precision(recipe.precision)
        with distribution_scope():
            # First: building a network resets the layer names of the one before.
            teacher = self._load_teacher()
            model = self._build_model()
            training = self._training_batches(teacher)
            compile_phase(model, recipe.phases[state.phase], recipe, training.num_batches)
            if not self._request.get("finish"):
                self._fit_phases(model, training)
            # The weights to keep, which need not be the last ones.
            weights.load_weights(model, self._out)
        training.begin_epoch(len(state.history))
        reestimate_statistics(model, training, self._channel)
        training.close()
        weights.save_weights(model, self._out)

    def _fit_phases(self, model: keras.Model, training: Batches) -> None:
        recipe, state = self._recipe, self._state
        checkpoint_file = self._out.with_name("checkpoint.npz")
        for number in range(state.phase, len(recipe.phases)):
            phase = recipe.phases[number]
            if number != state.phase:
                state.begin_phase(number)
            compile_phase(model, phase, recipe, training.num_batches)
            if state.history and state.epoch and checkpoint_file.exists():
                checkpoint.restore_checkpoint(checkpoint_file, model, optimizer=True)
                # The batch size, and so the number of steps, may have changed.
                model.optimizer.iterations.assign(state.epoch * training.num_batches)
            callbacks = phase_callbacks(phase, state, training, self._channel)
            if morph := float(self._request.get("morph", 0)):
                batches = training.num_batches
                done = (sum(p.epochs for p in recipe.phases[:number]) + state.epoch) * batches
                callbacks.append(
                    ActivationMorph(model, round(morph * recipe.epochs * batches), done)
                )
            monitor = TrainingMonitor(
                self._channel, recipe, training, state, self._out, self._monitored_images()
            )
            if not state.stopped:
                model.fit(
                    training,
                    epochs=phase.epochs,
                    initial_epoch=state.epoch,
                    validation_data=self._batches(np.flatnonzero(self._split == 1)),
                    callbacks=[*callbacks, monitor],
                    shuffle=False,
                    verbose=0,
                )

    def _monitored_images(self) -> MonitoredImages:
        rows = [int(row) for row, _ in self._request.get("watched", ())]
        size = self._recipe.size
        return MonitoredImages(
            images=np.stack([resize_to_square(image, size) for image in self._images[rows]]).astype(
                np.float32
            )
            if rows
            else np.empty((0, size, size, 3), np.float32),
            labels=self._labels[rows].tolist(),
            paths=[path for _, path in self._request.get("watched", ())],
            names=list(self._request.get("names", ())),
        )

    def _build_model(self) -> keras.Model:
        recipe, request = self._recipe, self._request
        imagenet = recipe.start == "imagenet" and not request["start"] and not self._state.history
        with explain_download_errors(recipe.architecture):
            model = build_model(
                recipe.architecture,
                recipe.size,
                self._classes,
                recipe.dropout,
                "imagenet" if imagenet else None,
            )
        if request["start"]:
            weights.load_weights(
                model, Path(request["start"]), skip_head=bool(request["skip_head"])
            )
        return model

    def _load_teacher(self) -> Teacher | None:
        request, distillation = self._request.get("teacher"), self._recipe.distillation
        return Teacher(request, distillation) if request and distillation else None

    def _training_batches(self, teacher: Teacher | None) -> Batches:
        recipe = self._recipe
        extra_rows = [
            (np.asarray(rows, np.intp), float(share))
            for rows, share in self._request.get("beside", ())
        ]
        index = np.flatnonzero(self._split == 0)
        index = np.setdiff1d(index, np.concatenate([[], *(rows for rows, _ in extra_rows)]))
        balance = None
        if recipe.balance == "oversample":
            index = oversample(index, self._labels, recipe.seed)
        elif recipe.balance == "weights":
            balance = class_weights(self._labels[index], self._classes)
        ramp = recipe.augmentation.ramp * recipe.epochs
        return self._batches(
            index,
            augmentation=recipe.augmentation,
            passes=recipe.passes,
            extra_rows=extra_rows,
            ramp=ramp,
            seed=recipe.seed,
            balance=balance,
            processes=count_batch_processes(),
            teacher=teacher,
        )

    def _batches(self, index: npt.NDArray[np.intp], **options: Any) -> Batches:
        return Batches(
            self._images,
            self._labels,
            index,
            classes=self._classes,
            batch_size=self._state.batch,
            size=self._recipe.size,
            **options,
        )
