"""Inference of arrays: logits and embeddings of model inputs that are already in memory."""

from collections.abc import Iterable, Iterator

import numpy as np

from engine.classify.reading import Float16, Float32
from engine.classify.runtime_protocol import Runtime
from engine.images.record import Pixels
from engine.jobs import Job

_FLOAT16_MAX = float(np.finfo(np.float16).max)


def infer_batches(job: Job, runtime: Runtime, batches: Iterable[Pixels]) -> tuple[Float32, Float16]:
    """Return logits (n, c) and embeddings (n, d) of batches of uint8 (m, size, size, 3), in their order.

    Raises `Cancelled` and `Problem`; the caller closes the runtime.
    """
    logits, embeddings = [], []
    for _, outputs in runtime.stream(((None, batch) for batch in batches), job):
        logits.append(outputs.logits)
        embeddings.append(outputs.embedding.clip(-_FLOAT16_MAX, _FLOAT16_MAX).astype(np.float16))
        job.check()
    return np.concatenate(logits), np.concatenate(embeddings)


def infer_logits(job: Job, runtime: Runtime, images: Pixels) -> Float32:
    """Return the logits (n, c) of images of the network's size, uint8 (n, size, size, 3)."""
    logits, _ = infer_batches(job, runtime, split_batches(images, runtime.batch_size))
    return logits


def split_batches(images: Pixels, batch_size: int) -> Iterator[Pixels]:
    """Yield consecutive batches of at most `batch_size` images."""
    for start in range(0, len(images), batch_size):
        yield images[start : start + batch_size]
