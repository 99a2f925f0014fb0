"""The task `fit`: train a network as the recipe says, tell how it goes, leave its weights."""

import time
from pathlib import Path
from typing import Any

import keras
import msgspec
import numpy as np

from engine.train.child import weights
from engine.train.child.architectures import Start, build
from engine.train.child.channel import Channel
from engine.train.child.data import Batches, Ramp
from engine.train.child.probe import device
from engine.train.child.statistics import reestimate
from engine.train.recipe import Phase, Recipe

_SAY_EVERY_SECONDS = 0.5


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Train on `images` (.npy, uint8 (n, s, s, 3)) with `labels` (n,) and `split` (n,); write `out`.

    `start` is a weights file to begin with, or None for what the recipe says. Returns the history:
    one dict of figures an epoch.
    """
    recipe = msgspec.convert(request["recipe"], Recipe)
    classes = int(request["classes"])
    images = np.load(request["images"], mmap_mode="r")
    labels = np.asarray(request["labels"], np.intp)
    split = np.asarray(request["split"], np.intp)
    out = Path(request["out"])
    keras.utils.set_random_seed(recipe.seed)

    imagenet: Start = "imagenet" if recipe.start == "imagenet" and not request["start"] else None
    model = build(recipe.architecture, recipe.size, classes, recipe.dropout, imagenet)
    if request["start"]:
        weights.load(model, Path(request["start"]), skip_head=bool(request["skip_head"]))

    def batches(which: int, **options: Any) -> Batches:
        index = np.flatnonzero(split == which)
        return Batches(images, labels, index, classes=classes, batch=recipe.batch, **options)

    ramp = Ramp()
    training = batches(0, policy=recipe.augmentation, ramp=ramp, seed=recipe.seed)
    watch = _Watch(channel, recipe, ramp, training.num_batches, out)
    for phase in recipe.phases:
        _compile(model, phase, recipe, training.num_batches)
        model.fit(
            training,
            epochs=phase.epochs,
            validation_data=batches(1),
            callbacks=[watch],
            verbose=0,
        )
        channel.check()
    reestimate(model, training, channel)
    weights.save(model, out)
    return {"history": watch.history, "device": device(), "backend": keras.backend.backend()}


def _compile(model: keras.Model, phase: Phase, recipe: Recipe, steps_an_epoch: int) -> None:
    for layer in model.layers:
        layer.trainable = phase.trainable == "all" or layer.name == "classifier"
    steps = steps_an_epoch * phase.epochs
    warmup = round(steps * phase.warmup)
    schedule = keras.optimizers.schedules.CosineDecay(
        phase.learning_rate / 100 if warmup else phase.learning_rate,
        max(1, steps - warmup),
        warmup_target=phase.learning_rate if warmup else None,
        warmup_steps=warmup,
    )
    maker = {
        "adam": keras.optimizers.Adam,
        "adamw": keras.optimizers.AdamW,
        "lion": keras.optimizers.Lion,
    }[phase.optimizer]
    optimizer = maker(
        schedule,
        weight_decay=phase.weight_decay,
        use_ema=phase.ema > 0,
        ema_momentum=phase.ema or 0.99,
    )
    # Decay is for kernels; on biases and normalisation it only hurts.
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(
        optimizer=optimizer,
        loss=keras.losses.CategoricalCrossentropy(
            from_logits=True, label_smoothing=recipe.label_smoothing
        ),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
        # XLA on the CPU compiles for minutes and then runs slower.
        jit_compile="auto" if device() != "cpu" else False,
    )


class _Watch(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Tell the parent how it goes, move the augmentation's ramp, keep weights, stop when asked."""

    def __init__(
        self, channel: Channel, recipe: Recipe, ramp: Ramp, steps_an_epoch: int, out: Path
    ) -> None:
        super().__init__()
        self.history: list[dict[str, float]] = []
        self._channel = channel
        self._steps = steps_an_epoch
        self._total = steps_an_epoch * recipe.epochs
        self._ramp = ramp
        self._ramp_steps = recipe.augmentation.ramp * self._total
        self._batch = recipe.batch
        self._out = out
        self._done = 0
        self._said = 0.0
        self._epoch_began = 0.0

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._epoch_began = time.monotonic()

    def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
        self._done += 1
        self._ramp.strength = min(1.0, self._done / self._ramp_steps) if self._ramp_steps else 1.0
        now = time.monotonic()
        if now - self._said < _SAY_EVERY_SECONDS:
            return
        self._said = now
        self._channel.progress(
            self._done,
            self._total,
            "train.progress",
            {
                "epoch": len(self.history) + 1,
                "loss": float(logs["loss"]),
                "accuracy": float(logs["accuracy"]),
                "speed": (batch + 1) * self._batch / (now - self._epoch_began),
            },
        )

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        figures = {name: float(value) for name, value in logs.items()}
        figures["seconds"] = time.monotonic() - self._epoch_began
        self.history.append(figures)
        self._channel.partial({"epoch": len(self.history), **figures})
        # The last good epoch outlives a crash; the end overwrites it.
        weights.save(self.model, self._out)
