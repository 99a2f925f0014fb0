"""Task `curve`: heads fitted to growing subsets of embeddings (scikit-learn, no Keras)."""

from typing import Any

import numpy as np

from engine.train.child.channel import Channel
from engine.train.heads import fit_kernel


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Fit to the first of `learn` (rows of `embeddings`), each of `counts`; accuracy on `test` (a mask)."""
    embeddings = np.load(request["embeddings"], mmap_mode="r", allow_pickle=False)
    labels, learn = np.asarray(request["labels"]), np.asarray(request["learn"])
    test = np.flatnonzero(request["test"])
    held = embeddings[test].astype(np.float32)
    points = []
    counts = request["counts"]
    for done, count in enumerate(counts, 1):
        rows = learn[:count]
        names, numbers = np.unique(labels[rows], return_inverse=True)
        if len(names) > 1:
            kernel, bias = fit_kernel(embeddings[rows], numbers)
            said = names[(held @ kernel + bias).argmax(1)]
            points.append([int(count), float((said == labels[test]).mean())])
        channel.progress(done, len(counts))
    return {"points": points}
