"""Training speed: steps against plain Keras, share of time waiting for data, seconds for a new head.

Both sides fit the same network on the same array with the same augmentation, in alternating rounds of one
process; plain Keras is fed by tf.data (parallel map, prefetch). The head is fitted to 13,000 random
embeddings of 1,792 numbers, in the child process that the window uses.

    python bench/training.py [--size 128] [--batch 32] [--steps 20] [--rounds 5] [--head-only]
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from common import machine_description

_CLASSES = 8


def main() -> None:
    """Measure and print the figures of README.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--recipe", default="mobilenet_v3_small")
    parser.add_argument("--head-only", action="store_true")
    args = parser.parse_args()
    print(machine_description())
    _measure_head()
    if not args.head_only:
        _measure_steps(args)


def _measure_head(images: int = 13_000, size: int = 1792) -> None:
    from engine.jobs import Job
    from engine.train.linear_head import fit_linear_head

    rng = np.random.default_rng(0)
    labels = rng.integers(0, _CLASSES, images)
    # Like real embeddings: most of the variance lies in a few directions.
    mixing = rng.standard_normal((size, size), np.float32) * (1 / np.arange(1, size + 1))[:, None]
    centres = rng.standard_normal((_CLASSES, size)).astype(np.float32)
    points = (centres[labels] + rng.standard_normal((images, size), np.float32)) @ mixing
    started = time.monotonic()
    head = fit_linear_head(
        Job(), points.astype(np.float16), labels, tuple(map(str, range(_CLASSES)))
    )
    seconds = time.monotonic() - started
    accuracy = (head.logits(points).argmax(1) == labels).mean()
    print(f"head on {images} x {size}: {seconds:.1f} s with its process (accuracy {accuracy:.3f})")


def _measure_steps(args: argparse.Namespace) -> None:
    import keras
    import tensorflow as tf

    from engine.train.augmentation import augment
    from engine.train.child.architectures import build_model
    from engine.train.child.batches import Batches
    from engine.train.child.optimisation import compile_phase
    from engine.train.recipe import load_recipe

    recipe = load_recipe(args.recipe)
    count = args.steps * args.batch
    rng = np.random.default_rng(0)
    shape = (count, args.size, args.size, 3)
    labels = rng.integers(0, _CLASSES, count)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "images.npy"
        np.save(file, rng.integers(0, 256, shape, np.uint8))
        images = np.load(file, mmap_mode="r")
        ours = Batches(
            images,
            labels,
            np.arange(count),
            classes=_CLASSES,
            batch_size=args.batch,
            augmentation=recipe.augmentation,
        )
        targets = np.eye(_CLASSES, dtype=np.float32)[labels]

        def augmented(row):
            image = augment(images[int(row)], recipe.augmentation, np.random.default_rng(int(row)))
            return image.astype(np.float32)

        def load(row):
            image = tf.numpy_function(augmented, [row], tf.float32)
            image.set_shape(shape[1:])
            return image, tf.gather(targets, row)

        keras_data = (
            tf.data.Dataset.range(count)
            .shuffle(count)
            .map(load, num_parallel_calls=tf.data.AUTOTUNE)
            .batch(args.batch, drop_remainder=True)
            .prefetch(tf.data.AUTOTUNE)
        )
        model = build_model(recipe.architecture, args.size, _CLASSES)
        compile_phase(model, recipe.phases[-1], recipe, args.steps)
        keras_model = build_model(recipe.architecture, args.size, _CLASSES)
        keras_model.compile(
            keras.optimizers.AdamW(1e-3),
            keras.losses.CategoricalCrossentropy(from_logits=True),
            metrics=["accuracy"],
            jit_compile=False,
        )
        speeds: dict[str, list[float]] = {"ours": [], "keras": []}
        waits = []
        for number in range(args.rounds + 1):
            wait_timer = _make_wait_timer(ours)
            ours.begin_epoch(number)
            started = time.monotonic()
            model.fit(ours, verbose=0, shuffle=False, callbacks=[wait_timer])
            middle = time.monotonic()
            keras_model.fit(keras_data, verbose=0)
            ended = time.monotonic()
            if number:  # the first round traces the functions
                speeds["ours"].append(count / (middle - started))
                speeds["keras"].append(count / (ended - middle))
                waits.append(wait_timer.waited / (middle - started))
                print(f"round {number}: {speeds['ours'][-1]:.1f} and {speeds['keras'][-1]:.1f} a s")
    ratio = statistics.median(a / b for a, b in zip(speeds["ours"], speeds["keras"], strict=True))
    print(
        f"{recipe.architecture} {args.size} px, batch {args.batch}: {ratio:.2f} times plain Keras; "
        f"waiting for data {statistics.median(waits):.1%} of the time"
    )


def _make_wait_timer(batches):
    import keras

    class WaitTimer(keras.callbacks.Callback):
        """Sums the time from the request of a batch until it is ready, as training does."""

        waited = 0.0

        def on_train_batch_begin(self, batch, logs=None):
            self.requested = time.monotonic()

        def on_train_batch_end(self, batch, logs=None):
            self.waited += max(0.0, batches.ready_at.get(batch, 0.0) - self.requested)

    return WaitTimer()


if __name__ == "__main__":
    main()
