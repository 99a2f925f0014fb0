"""Training: a step here against plain Keras, the share of waiting for data, a new head in seconds.

Both sides fit the same network on the same array with the same augmentation, rounds in turn in one
process; plain Keras is fed by tf.data (parallel map, prefetch). The head is measured apart from the
embedding: 13,000 images of 1,792 numbers, through the child process that the window starts.

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
from common import machine

_CLASSES = 8


def main() -> None:
    """Measure, and print what README.md quotes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--recipe", default="mobilenet_v3_small")
    parser.add_argument("--head-only", action="store_true")
    args = parser.parse_args()
    print(machine())
    _head()
    if not args.head_only:
        _steps(args)


def _head(images: int = 13_000, size: int = 1792) -> None:
    from engine.jobs import Job
    from engine.train.quick import refit

    rng = np.random.default_rng(0)
    labels = rng.integers(0, _CLASSES, images)
    # As embeddings are: most of what they say lies in a few directions.
    mixing = rng.standard_normal((size, size), np.float32) * (1 / np.arange(1, size + 1))[:, None]
    centres = rng.standard_normal((_CLASSES, size)).astype(np.float32)
    points = (centres[labels] + rng.standard_normal((images, size), np.float32)) @ mixing
    began = time.monotonic()
    head = refit(Job(), points.astype(np.float16), labels, tuple(map(str, range(_CLASSES))))
    spent = time.monotonic() - began
    right = (head.logits(points).argmax(1) == labels).mean()
    print(f"head on {images} x {size}: {spent:.1f} s with its process (accuracy {right:.3f})")


def _steps(args: argparse.Namespace) -> None:
    import keras
    import tensorflow as tf

    from engine.train.augment import augment
    from engine.train.child.architectures import build
    from engine.train.child.data import Batches
    from engine.train.child.optimise import compile_phase
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
            batch=args.batch,
            policy=recipe.augmentation,
        )
        targets = np.eye(_CLASSES, dtype=np.float32)[labels]

        def one(row):
            image = augment(images[int(row)], recipe.augmentation, np.random.default_rng(int(row)))
            return image.astype(np.float32)

        def load(row):
            image = tf.numpy_function(one, [row], tf.float32)
            image.set_shape(shape[1:])
            return image, tf.gather(targets, row)

        plain = (
            tf.data.Dataset.range(count)
            .shuffle(count)
            .map(load, num_parallel_calls=tf.data.AUTOTUNE)
            .batch(args.batch, drop_remainder=True)
            .prefetch(tf.data.AUTOTUNE)
        )
        model = build(recipe.architecture, args.size, _CLASSES)
        compile_phase(model, recipe.phases[-1], recipe, args.steps)
        other = build(recipe.architecture, args.size, _CLASSES)
        other.compile(
            keras.optimizers.AdamW(1e-3),
            keras.losses.CategoricalCrossentropy(from_logits=True),
            metrics=["accuracy"],
            jit_compile=False,
        )
        speeds: dict[str, list[float]] = {"ours": [], "keras": []}
        waits = []
        for number in range(args.rounds + 1):
            watch = _Waiting(ours)
            ours.begin(number)
            began = time.monotonic()
            model.fit(ours, verbose=0, shuffle=False, callbacks=[watch])
            middle = time.monotonic()
            other.fit(plain, verbose=0)
            ended = time.monotonic()
            if number:  # the first traces
                speeds["ours"].append(count / (middle - began))
                speeds["keras"].append(count / (ended - middle))
                waits.append(watch.waited / (middle - began))
                print(f"round {number}: {speeds['ours'][-1]:.1f} and {speeds['keras'][-1]:.1f} a s")
    ratio = statistics.median(a / b for a, b in zip(speeds["ours"], speeds["keras"], strict=True))
    print(
        f"{recipe.architecture} {args.size} px, batch {args.batch}: {ratio:.2f} times plain Keras; "
        f"waiting for data {statistics.median(waits):.1%} of the time"
    )


def _Waiting(batches):
    import keras

    class Waiting(keras.callbacks.Callback):
        """Sums the time between asking for a batch and its being there, as training itself does."""

        waited = 0.0

        def on_train_batch_begin(self, batch, logs=None):
            self.asked = time.monotonic()

        def on_train_batch_end(self, batch, logs=None):
            self.waited += max(0.0, batches.ready.get(batch, 0.0) - self.asked)

    return Waiting()


if __name__ == "__main__":
    main()
