"""A small searched policy: operations whose pictures a trained model still takes for what they are.

After Lim et al. 2019, "Fast AutoAugment": a sub-policy is good where held-out images changed by it look
to a model like images of the same distribution, that is where its loss stays low. No network is trained
for it. Strengths have a floor, since doing nothing would win.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from engine.classify.bundle import Bundle
from engine.classify.calibration import softmax
from engine.classify.devices import choose
from engine.classify.runtime import Runtime, open_runtime
from engine.images.record import Pixels
from engine.images.resize import square
from engine.jobs import Job
from engine.messages import Message
from engine.train.augment import follow
from engine.train.policies import OPERATIONS
from engine.train.recipe import Operation, Step, SubPolicy

KEPT = 10
_STEPS = 2
_WEAKEST = 0.3


def search(
    job: Job,
    model: Bundle,
    pictures: Sequence[Pixels],
    labels: npt.NDArray[np.intp],
    *,
    tries: int = 60,
    seed: int = 0,
) -> tuple[SubPolicy, ...]:
    """Return the 10 best of `tries` random sub-policies, by mean loss on `pictures` the model never saw.

    `labels` (n,) are indices into the model's classes. For `searched` of a recipe's augmentation.
    """
    size = model.card.preprocessing.size
    images = [square(one, size) for one in pictures]
    rng = np.random.default_rng(seed)
    drawn = [_draw(rng) for _ in range(tries)]
    losses = []
    runtime = open_runtime(model, choose("cpu"), job)
    try:
        for done, one in enumerate(drawn, 1):
            changed = [
                follow(image, one, np.random.default_rng((seed, row)))
                for row, image in enumerate(images)
            ]
            losses.append(_loss(job, runtime, model, np.stack(changed), labels))
            job.progress(done, tries, Message("train.searching"))
    finally:
        runtime.close()
    return tuple(drawn[at] for at in np.argsort(losses, kind="stable")[:KEPT])


def _draw(rng: np.random.Generator) -> SubPolicy:
    names = rng.choice(sorted(OPERATIONS), _STEPS, replace=False)
    return tuple(
        Step(
            operation=cast(Operation, str(name)),
            share=round(float(rng.uniform(0.5, 1)), 2),
            strength=round(float(rng.uniform(_WEAKEST, 1)), 2),
        )
        for name in names
    )


def _loss(
    job: Job, runtime: Runtime, model: Bundle, images: Pixels, labels: npt.NDArray[np.intp]
) -> float:
    step = runtime.batch_size
    batches = ((at, images[at : at + step]) for at in range(0, len(images), step))
    logits = np.concatenate([outputs.logits for _, outputs in runtime.stream(batches, job)])
    said = softmax(logits, model.card.calibration.temperature)
    return float(-np.log(np.maximum(said[np.arange(len(labels)), labels], 1e-7)).mean())
