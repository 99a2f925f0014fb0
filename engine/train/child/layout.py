"""Task `layout`: the 2-D map of embeddings (scikit-learn, no Keras)."""

from typing import Any

import numpy as np

from engine.explore.embedding_map import place
from engine.train.child.channel import Channel

_STEPS = 1000


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Place `embeddings` (.npy, (n, d)) of `groups` (n,); writes float32 (n, 2) to `out`."""
    embeddings = np.load(request["embeddings"], mmap_mode="r", allow_pickle=False)

    def tell(share: float) -> None:
        channel.progress(round(share * _STEPS), _STEPS, "explore.layout")

    np.save(request["out"], place(embeddings, np.asarray(request["groups"]), tell))
    return {}
