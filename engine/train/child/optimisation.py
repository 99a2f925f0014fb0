"""Optimisation settings of a phase in Keras: trainable layers, optimizer, schedule, class balance."""

from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from engine.train.child.probe import detect_device
from engine.train.recipe import Phase, Recipe

_IMAGENET_ONLY_LAYER = "rescaling_1"
"""A layer that EfficientNet only has with ImageNet weights."""


def set_trainable(model: keras.Model, phase: Phase) -> None:
    """Freeze the layers that a phase does not train; takes effect with the next `compile`."""
    frozen = _first_layers(model, phase.frozen)
    for layer in model.layers:
        if layer in _head_layers(model):
            layer.trainable = True
        elif phase.trainable == "head" or layer in frozen:
            layer.trainable = False
        elif phase.trainable == "convolutions":
            kinds = (keras.layers.Conv2D, keras.layers.DepthwiseConv2D)
            layer.trainable = isinstance(layer, kinds)
        else:
            layer.trainable = True


def _head_layers(model: keras.Model) -> list[Any]:
    names = [layer.name for layer in model.layers]
    return list(model.layers[names.index("features") :])


def _first_layers(model: keras.Model, count: int) -> list[Any]:
    names = [layer.name for layer in model.layers]
    # Counted as with ImageNet weights, so that a number always means the same layers.
    missing = model.name == "efficientnet_b4" and _IMAGENET_ONLY_LAYER not in names
    return list(model.layers[: max(0, count - 1) if missing and count > 3 else count])


def compile_phase(model: keras.Model, phase: Phase, recipe: Recipe, steps_an_epoch: int) -> None:
    """Freeze layers and compile with the phase's optimizer and schedule."""
    set_trainable(model, phase)
    steps = steps_an_epoch * phase.epochs
    warmup = round(steps * phase.warmup)
    rate: Any = phase.learning_rate
    if phase.schedule == "cosine":
        rate = keras.optimizers.schedules.CosineDecay(
            rate / 100 if warmup else rate,
            max(1, steps - warmup),
            warmup_target=rate if warmup else None,
            warmup_steps=warmup,
        )
    optimizer_class = {
        "adam": keras.optimizers.Adam,
        "adamw": keras.optimizers.AdamW,
        "lion": keras.optimizers.Lion,
    }[phase.optimizer]
    optimizer = optimizer_class(
        rate,
        weight_decay=phase.weight_decay,
        use_ema=phase.ema > 0,
        ema_momentum=phase.ema or 0.99,
    )
    # Weight decay is for kernels; on biases and normalisation it only hurts.
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(
        optimizer=optimizer,
        loss=keras.losses.CategoricalCrossentropy(
            from_logits=True, label_smoothing=recipe.label_smoothing
        ),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
        # On the CPU, TensorFlow's XLA compiles for minutes and then runs slower; JAX always uses XLA.
        jit_compile="auto"
        if detect_device() != "cpu" or keras.backend.backend() == "jax"
        else False,
    )
    # Built now, so that a checkpoint can be restored into its variables.
    optimizer.build(model.trainable_variables)


def set_precision(precision: str) -> None:
    """Set the precision of networks built from now on; `auto` is half precision on a GPU."""
    half = precision == "mixed_bfloat16" or (precision == "auto" and detect_device() == "gpu")
    keras.config.set_dtype_policy("mixed_bfloat16" if half else "float32")


def class_weights(labels: npt.NDArray[np.intp], classes: int) -> npt.NDArray[np.float32]:
    """Return class weights (c,), inverse to class frequency; the mean over images is 1."""
    counts = np.bincount(labels, minlength=classes)
    present = max(1, int((counts > 0).sum()))
    return (len(labels) / (present * np.maximum(counts, 1))).astype(np.float32)


def oversample(
    index: npt.NDArray[np.intp], labels: npt.NDArray[np.intp], seed: int
) -> npt.NDArray[np.intp]:
    """Return `index` with each class repeated up to the size of the largest."""
    rng = np.random.default_rng(seed)
    rows_by_class = [index[labels[index] == rows] for rows in np.unique(labels[index])]
    largest = max(map(len, rows_by_class))
    # Whole repetitions first, so that counts within a class differ by at most one.
    return np.concatenate(
        [
            np.concatenate(
                [np.tile(rows, largest // len(rows)), rng.permutation(rows)[: largest % len(rows)]]
            )
            for rows in rows_by_class
        ]
    )
