"""Search for augmentation policies that keep a trained model's loss on held-out images low.

After Lim et al. 2019, "Fast AutoAugment": a sub-policy is good if images changed by it look to a model
like images of the same distribution. No network is trained. Strengths have a lower bound, since otherwise
the identity would win.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from engine.classify.bundle import Bundle
from engine.classify.calibrator import Calibrator
from engine.classify.devices import choose_device
from engine.classify.inference import infer_batches, split_batches
from engine.classify.runtime import open_runtime
from engine.classify.runtime_protocol import Runtime
from engine.images.record import Pixels
from engine.images.resize import resize_to_square
from engine.jobs import Job
from engine.messages import Message
from engine.train.augmentation import apply_policy
from engine.train.augmentation_recipe import Operation, Step, SubPolicy
from engine.train.image_operations import OPERATIONS

POLICIES_KEPT = 10
_STEPS_PER_POLICY = 2
_MIN_STRENGTH = 0.3


def search_policies(
    job: Job,
    model: Bundle,
    images: Sequence[Pixels],
    labels: npt.NDArray[np.intp],
    *,
    tries: int = 60,
    seed: int = 0,
) -> tuple[SubPolicy, ...]:
    """Return the 10 best of `tries` random sub-policies, by mean loss on `images` the model was not trained on.

    `labels` (n,) are indices into the model's classes. The result is the value of `searched` in a
    recipe's augmentation.
    """
    size = model.card.preprocessing.size
    resized = [resize_to_square(policy, size) for policy in images]
    rng = np.random.default_rng(seed)
    drawn = [_draw_policy(rng) for _ in range(tries)]
    losses = []
    runtime = open_runtime(model.with_views(1), choose_device("cpu"), job)
    try:
        for done, policy in enumerate(drawn, 1):
            changed = [
                apply_policy(image, policy, np.random.default_rng((seed, row)))
                for row, image in enumerate(resized)
            ]
            losses.append(_mean_loss(job, runtime, model, np.stack(changed), labels))
            job.progress(done, tries, Message("train.searching"))
    finally:
        runtime.close()
    return tuple(drawn[index] for index in np.argsort(losses, kind="stable")[:POLICIES_KEPT])


def _draw_policy(rng: np.random.Generator) -> SubPolicy:
    names = rng.choice(sorted(OPERATIONS), _STEPS_PER_POLICY, replace=False)
    return tuple(
        Step(
            operation=cast(Operation, str(name)),
            share=round(float(rng.uniform(0.5, 1)), 2),
            strength=round(float(rng.uniform(_MIN_STRENGTH, 1)), 2),
        )
        for name in names
    )


def _mean_loss(
    job: Job, runtime: Runtime, model: Bundle, images: Pixels, labels: npt.NDArray[np.intp]
) -> float:
    outputs = infer_batches(job, runtime, split_batches(images, runtime.batch_size))
    probabilities = Calibrator.of_bundle(model).probabilities(*outputs)
    return float(-np.log(np.maximum(probabilities[np.arange(len(labels)), labels], 1e-7)).mean())
