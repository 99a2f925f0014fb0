"""The task `fit`: train a network as the recipe says, tell how it goes, leave its weights."""

from pathlib import Path
from typing import Any

import keras
import msgspec
import numpy as np
import numpy.typing as npt

from engine.images.resize import square
from engine.messages import Problem
from engine.train.child import checkpoint, weights
from engine.train.child.architectures import build
from engine.train.child.channel import Channel
from engine.train.child.checkpoint import State
from engine.train.child.data import Batches
from engine.train.child.devices import making_processes, strategy
from engine.train.child.imagenet import downloading
from engine.train.child.morph import Morph
from engine.train.child.optimise import (
    calculate_in,
    class_weights,
    compile_phase,
    oversampled,
)
from engine.train.child.probe import device
from engine.train.child.schedule import callbacks
from engine.train.child.statistics import reestimate
from engine.train.child.watch import Watch, Watched
from engine.train.pictures import FULL, open_pictures
from engine.train.recipe import Recipe


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Train on `images` (a file of `engine.train.pictures`) with `labels` (n,), `split` (n,); write `out`.

    `start` is a weights file to begin with, or None for what the recipe says; `morph` is the share of the
    steps over which a grown start's activations change; `beside` are the rows and the share of each other
    folder that is learned from as well. With `resume` it goes on
    from the checkpoint beside `out`, if there is one. Where memory does not suffice the batch is halved
    and the epoch begun again; with `finish` nothing is learned any more. Returns the history: one dict of
    figures an epoch.
    """
    out = Path(request["out"])
    saved = out.with_name("checkpoint.npz")
    state = checkpoint.state_of(saved) if request["resume"] else State()
    if not state.history:
        saved.unlink(missing_ok=True)
    recipe = msgspec.convert(request["recipe"], Recipe)
    state.batch = state.batch or recipe.batch
    while True:
        try:
            fit = _Fit(request, recipe, channel, state)
            fit.run()
            break
        except OSError as error:
            if error.errno in FULL:
                raise Problem("train.disk_full", folder=str(out.parent)) from error
            raise
        except Exception as error:
            if not _out_of_memory(error) or state.batch == 1:
                raise
            batch = state.batch // 2
            state = checkpoint.state_of(saved)
            state.batch = batch
            channel.partial({"batch": batch})
    return {
        "history": state.history,
        "device": device(),
        "backend": keras.backend.backend(),
        "batch": state.batch,
    }


def _out_of_memory(error: BaseException) -> bool:
    # Every backend has an error of its own for this.
    told = f"{type(error).__name__} {error}"
    words = ("ResourceExhausted", "RESOURCE_EXHAUSTED", "OutOfMemory", "out of memory")
    return isinstance(error, MemoryError) or any(word in told for word in words)


class _Fit:
    """One attempt: with one batch size, from one state."""

    def __init__(
        self, request: dict[str, Any], recipe: Recipe, channel: Channel, state: State
    ) -> None:
        self._recipe, self._channel, self._state = recipe, channel, state
        self._classes = int(request["classes"])
        self._images = open_pictures(Path(request["images"]))
        self._labels: npt.NDArray[np.intp] = np.asarray(request["labels"], np.intp)
        self._split: npt.NDArray[np.intp] = np.asarray(request["split"], np.intp)
        self._out = Path(request["out"])
        self._request = request

    def run(self) -> None:
        """Fit all phases that are left, and leave the weights that the recipe keeps in `out`."""
        recipe, state = self._recipe, self._state
        keras.utils.set_random_seed(recipe.seed)
        calculate_in(recipe.precision)
        with strategy():
            model = self._model()
            training = self._training()
            compile_phase(model, recipe.phases[state.phase], recipe, training.num_batches)
            if not self._request.get("finish"):
                self._phases(model, training)
            # What the recipe keeps, which need not be what came last.
            weights.load(model, self._out)
        training.begin(len(state.history))
        reestimate(model, training, self._channel)
        training.close()
        weights.save(model, self._out)

    def _phases(self, model: keras.Model, training: Batches) -> None:
        recipe, state = self._recipe, self._state
        saved = self._out.with_name("checkpoint.npz")
        for number in range(state.phase, len(recipe.phases)):
            phase = recipe.phases[number]
            if number != state.phase:
                state.begin(number)
            compile_phase(model, phase, recipe, training.num_batches)
            if state.history and state.epoch and saved.exists():
                checkpoint.restore(saved, model, optimizer=True)
                # With another batch than before these are other steps.
                model.optimizer.iterations.assign(state.epoch * training.num_batches)
            changes = callbacks(phase, state, training, self._channel)
            if morph := float(self._request.get("morph", 0)):
                batches = training.num_batches
                done = (sum(p.epochs for p in recipe.phases[:number]) + state.epoch) * batches
                changes.append(Morph(model, round(morph * recipe.epochs * batches), done))
            watch = Watch(self._channel, recipe, training, state, self._out, self._watched())
            if not state.stopped:
                model.fit(
                    training,
                    epochs=phase.epochs,
                    initial_epoch=state.epoch,
                    validation_data=self._batches(np.flatnonzero(self._split == 1)),
                    callbacks=[*changes, watch],
                    shuffle=False,
                    verbose=0,
                )

    def _watched(self) -> Watched:
        rows = [int(row) for row, _ in self._request.get("watched", ())]
        size = self._recipe.size
        return Watched(
            images=np.stack([square(image, size) for image in self._images[rows]]).astype(
                np.float32
            )
            if rows
            else np.empty((0, size, size, 3), np.float32),
            labels=self._labels[rows].tolist(),
            paths=[path for _, path in self._request.get("watched", ())],
            names=list(self._request.get("names", ())),
        )

    def _model(self) -> keras.Model:
        recipe, request = self._recipe, self._request
        imagenet = recipe.start == "imagenet" and not request["start"] and not self._state.history
        with downloading(recipe.architecture):
            model = build(
                recipe.architecture,
                recipe.size,
                self._classes,
                recipe.dropout,
                "imagenet" if imagenet else None,
            )
        if request["start"]:
            weights.load(model, Path(request["start"]), skip_head=bool(request["skip_head"]))
        return model

    def _training(self) -> Batches:
        recipe = self._recipe
        beside = [
            (np.asarray(rows, np.intp), float(share))
            for rows, share in self._request.get("beside", ())
        ]
        index = np.flatnonzero(self._split == 0)
        index = np.setdiff1d(index, np.concatenate([[], *(rows for rows, _ in beside)]))
        balance = None
        if recipe.balance == "oversample":
            index = oversampled(index, self._labels, recipe.seed)
        elif recipe.balance == "weights":
            balance = class_weights(self._labels[index], self._classes)
        ramp = recipe.augmentation.ramp * recipe.epochs
        return self._batches(
            index,
            policy=recipe.augmentation,
            passes=recipe.passes,
            beside=beside,
            ramp=ramp,
            seed=recipe.seed,
            balance=balance,
            processes=making_processes(),
        )

    def _batches(self, index: npt.NDArray[np.intp], **options: Any) -> Batches:
        return Batches(
            self._images,
            self._labels,
            index,
            classes=self._classes,
            batch=self._state.batch,
            size=self._recipe.size,
            **options,
        )
