"""Teacher: soft labels of a trained network for the augmented images of another one's training.

Knowledge distillation (Hinton et al. 2015): the targets are mixed with the teacher's probabilities, softened
by a temperature, for the same augmented view of an image.
"""

from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
from scipy.special import softmax

from engine.images.resize import resize_to_square
from engine.train.child import weights
from engine.train.child.architectures import build_model
from engine.train.child.batch_workers import Batch
from engine.train.recipe import Distillation


class Teacher:
    """A trained network and the share of its probabilities in the targets.

    `request`: `architecture`, `size` and `classes` of the network, its `weights` file, and `columns`, the
    network's output of each class that is trained. Raises `Problem` (`weights.mismatch`).
    """

    def __init__(self, request: dict[str, Any], distillation: Distillation) -> None:
        self._size, self._columns = int(request["size"]), list(request["columns"])
        self._distillation = distillation
        self._network: keras.Model = build_model(
            request["architecture"], self._size, int(request["classes"])
        )
        weights.load_weights(self._network, Path(request["weights"]))
        # Compiled here, in the main thread: batches are fetched in another one.
        self._network.predict_on_batch(np.zeros((1, self._size, self._size, 3), np.float32))

    def teach(self, batch: Batch) -> Batch:
        """Return a batch (images 0-255, targets, …) with the teacher's probabilities mixed into the targets."""
        images, targets, *others = batch
        share = self._distillation.share
        mixed = (1 - share) * np.asarray(targets, np.float32) + share * self.soft_labels(images)
        return images, mixed.astype(np.float32), *others

    def soft_labels(self, images: npt.NDArray[np.generic]) -> npt.NDArray[np.float32]:
        """Return the softened probabilities (n, c) of images (n, s, s, 3)."""
        # Mixed images are no longer whole numbers.
        pixels = np.rint(images).astype(np.uint8)
        inputs = [resize_to_square(image, self._size) for image in pixels]
        logits = np.asarray(
            self._network.predict_on_batch(np.stack(inputs).astype(np.float32)), np.float32
        )
        softened: npt.NDArray[np.float32] = softmax(
            logits[:, self._columns] / self._distillation.temperature, axis=1
        )
        return softened
