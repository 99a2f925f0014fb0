"""Readings: the result of one forward pass for one image, from which everything else is derived."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.messages import Message

Float32 = npt.NDArray[np.float32]
Float16 = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class NetworkOutputs:
    """The outputs of a runtime for a batch of n images and c classes.

    `logits` (n, c), before temperature; `embedding` (n, d), the pooled features; `maps`
    (n, h, w, c), class activation maps before the ReLU and without the bias, so that
    `maps.mean((1, 2)) + bias == logits`.
    """

    logits: Float32
    embedding: Float32
    maps: Float32


@dataclass(frozen=True, slots=True)
class Reading:
    """One image's part of `NetworkOutputs`, as cached: logits (c,), embedding (d,), maps (h, w, c).

    Logits are stored rather than probabilities, so that a new calibration needs no inference. `notes` are
    the choices made in decoding (`LoadedImage.notes`).
    """

    logits: Float32
    embedding: Float16
    maps: Float16
    notes: tuple[Message, ...] = ()
