"""Task `head`: a linear head on embeddings (scikit-learn, no Keras)."""

from typing import Any

import numpy as np

from engine.train.child.channel import Channel
from engine.train.heads import fit_kernel


def run(request: dict[str, Any], _channel: Channel) -> dict[str, Any]:
    """Fit to `embeddings` (.npy, (n, d)) with `labels` (n,); writes `kernel` and `bias` to `out`."""
    embeddings = np.load(request["embeddings"], mmap_mode="r", allow_pickle=False)
    kernel, bias = fit_kernel(embeddings, np.asarray(request["labels"], np.intp))
    np.savez(request["out"], kernel=kernel, bias=bias)
    return {}
