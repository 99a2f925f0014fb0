"""What a phase of a recipe means to Keras: what learns, how fast, and with which weights to each class."""

from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from engine.train.child.probe import device
from engine.train.recipe import Phase, Recipe

_EXTRA = "rescaling_1"
"""The layer that EfficientNet has with ImageNet weights alone."""


def set_trainable(model: keras.Model, phase: Phase) -> None:
    """Freeze what a phase does not train; takes effect with the next `compile`."""
    frozen = _first(model, phase.frozen)
    for layer in model.layers:
        if layer in _head(model):
            layer.trainable = True
        elif phase.trainable == "head" or layer in frozen:
            layer.trainable = False
        elif phase.trainable == "convolutions":
            kinds = (keras.layers.Conv2D, keras.layers.DepthwiseConv2D)
            layer.trainable = isinstance(layer, kinds)
        else:
            layer.trainable = True


def _head(model: keras.Model) -> list[Any]:
    names = [layer.name for layer in model.layers]
    return list(model.layers[names.index("features") :])


def _first(model: keras.Model, count: int) -> list[Any]:
    names = [layer.name for layer in model.layers]
    # The layers are counted as with ImageNet weights, so that a number means the same ones always.
    missing = model.name == "efficientnet_b4" and _EXTRA not in names
    return list(model.layers[: max(0, count - 1) if missing and count > 3 else count])


def compile_phase(model: keras.Model, phase: Phase, recipe: Recipe, steps_an_epoch: int) -> None:
    """Freeze, and compile with the phase's optimizer and schedule."""
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
    maker = {
        "adam": keras.optimizers.Adam,
        "adamw": keras.optimizers.AdamW,
        "lion": keras.optimizers.Lion,
    }[phase.optimizer]
    optimizer = maker(
        rate,
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
        # TensorFlow's XLA on the CPU compiles for minutes and then runs slower; JAX has nothing else.
        jit_compile="auto" if device() != "cpu" or keras.backend.backend() == "jax" else False,
    )
    # Made now, so that a checkpoint can be put back into them.
    optimizer.build(model.trainable_variables)


def calculate_in(precision: str) -> None:
    """Set what networks calculate in: `auto` is half precision on a graphics card."""
    half = precision == "mixed_bfloat16" or (precision == "auto" and device() == "gpu")
    keras.config.set_dtype_policy("mixed_bfloat16" if half else "float32")


def class_weights(labels: npt.NDArray[np.intp], classes: int) -> npt.NDArray[np.float32]:
    """Return the weight of each class (c,), inverse to its images; the mean over images is 1."""
    counts = np.bincount(labels, minlength=classes)
    present = max(1, int((counts > 0).sum()))
    return (len(labels) / (present * np.maximum(counts, 1))).astype(np.float32)


def oversampled(
    index: npt.NDArray[np.intp], labels: npt.NDArray[np.intp], seed: int
) -> npt.NDArray[np.intp]:
    """Return the images at `index`, each class repeated up to the size of the largest."""
    rng = np.random.default_rng(seed)
    classes = [index[labels[index] == one] for one in np.unique(labels[index])]
    most = max(map(len, classes))
    # Whole rounds first: no image is seen twice more often than another of its class.
    return np.concatenate(
        [
            np.concatenate(
                [np.tile(one, most // len(one)), rng.permutation(one)[: most % len(one)]]
            )
            for one in classes
        ]
    )
