"""EfficientNet training on a CPU, several times as fast as TensorFlow.

    python bench/processor/train.py FOLDER --recipe NAME --out MODEL [all options of `main.py train`]

Works like `main.py train` with another training loop: same recipe, images, split, augmentation and order, but
PyTorch with custom kernels for CPUs with AVX-512 and bfloat16, and a checkpoint of the averaged weights after
each epoch. Needs torch, ninja, setuptools and a C++ compiler in addition to the program's packages.

On one core of a Xeon with AMX, EfficientNet-Lite0 at 129 px trains on 63 images a second with augmentation and
EfficientNetB4 on 13 to 17; TensorFlow, on both cores and without augmentation, on 37 and 11. Start it with
`LD_PRELOAD` of jemalloc and
`MALLOC_CONF=oversize_threshold:0,dirty_decay_ms:-1,muzzy_decay_ms:-1,thp:always`; otherwise half of the time
goes into page faults. BENCH_THREADS sets the number of threads (1); BENCH_STEPS ends each epoch after so many
steps, for a budget of less than a pass over the images.
"""

import math
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec
import numpy as np
import torch
from network import MIXED, RELU6, SWISH, Network
from torch.nn import functional

from engine import wire
from engine.cli import train as command
from engine.jobs import Job
from engine.train.child.batch_workers import BatchMaker, start_workers
from engine.train.child.epoch_order import EpochOrder
from engine.train.image_store import open_images
from engine.train.recipe import Recipe

_MAX_GRADIENT_NORM = 5.0
_STATISTICS_BATCHES = 60
_LOG_EVERY_STEPS = 100
_FIT, _FIT_PRELOAD = "--fit", "BENCH_FIT_PRELOAD"


def main() -> int:
    """Run `main.py train` with its options and this training loop."""
    if sys.argv[1:2] == [_FIT]:
        return _run_fit(Path(sys.argv[2]))
    if preload := os.environ.pop("LD_PRELOAD", None):
        # Only the fit may preload jemalloc: TensorFlow and OpenVINO, which follow it, abort with it.
        os.environ[_FIT_PRELOAD] = preload
        os.execv(sys.executable, [sys.executable, *sys.argv])
    return command.run(command.parse_options(sys.argv[1:]), fit=fit_in_child)


def fit_in_child(_: Job, request: dict[str, Any]) -> dict[str, Any]:
    """Replace the child task `fit` (`engine.train.child.fit`); same request and result."""
    environment = dict(os.environ)
    if preload := environment.pop(_FIT_PRELOAD, None):
        environment["LD_PRELOAD"] = preload
    file = Path(request["out"]).with_name("request.msgpack")
    _write_message(file, request)
    subprocess.run([sys.executable, __file__, _FIT, str(file)], env=environment, check=True)
    result = _read_message(file)
    file.unlink()
    return result


def _run_fit(file: Path) -> int:
    """Fit in this process; the request in `file` is replaced by the result."""
    torch.set_num_threads(int(os.environ.get("BENCH_THREADS", "1")))
    _write_message(file, fit(Job(), _read_message(file)))
    return 0


def _write_message(file: Path, message: dict[str, Any]) -> None:
    with file.open("wb") as stream:
        wire.send(stream, message)


def _read_message(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        message = wire.receive(stream)
    if message is None:
        raise SystemExit(f"{file} is not complete")
    return message


def fit(job: Job, request: dict[str, Any]) -> dict[str, Any]:
    """Train by the recipe of a request, and write the weights to its `out`."""
    recipe = msgspec.convert(request["recipe"], Recipe)
    if len(recipe.phases) != 1 or recipe.phases[0].trainable != "all":
        raise SystemExit("only recipes of one phase that trains all layers")
    return _Trainer(job, request, recipe).run()


class _Trainer:
    def __init__(self, job: Job, request: dict[str, Any], recipe: Recipe) -> None:
        self._job, self._request, self._recipe = job, request, recipe
        self._phase = recipe.phases[0]
        torch.manual_seed(recipe.seed)
        self.network = Network(recipe.architecture, request["classes"], recipe.dropout)
        if request["start"]:
            with np.load(request["start"], allow_pickle=False) as arrays:
                weights = dict(arrays)
            if request["skip_head"]:
                weights = {
                    name: value for name, value in weights.items() if "classifier" not in name
                }
            self.network.set_arrays(weights)
        self._parameters = list(self.network.parameters())
        self._average = [parameter.detach().clone() for parameter in self._parameters]
        labels = np.asarray(request["labels"], np.intp)
        split = np.asarray(request["split"], np.intp)
        extra_sets = [
            (np.asarray(rows, np.intp), share) for rows, share in request.get("beside", ())
        ]
        index = np.setdiff1d(
            np.flatnonzero(split == 0), np.concatenate([[], *(rows for rows, _ in extra_sets)])
        )
        self._order = EpochOrder(
            index.astype(np.intp), labels, recipe.seed, recipe.passes, extra_sets
        )
        self._labels, self._split = labels, split
        self._images = open_images(Path(request["images"]))
        targets = np.eye(request["classes"], dtype=np.float32)[labels]
        maker = BatchMaker(self._images, targets, None, recipe.augmentation, recipe.size)
        self._pool, self._make, self._ahead = start_workers(maker, processes=1)
        self._validation_maker = BatchMaker(self._images, targets, None, None, recipe.size)

    def run(self) -> dict[str, Any]:
        """Train, then save the averaged weights with re-estimated batch statistics."""
        recipe, phase = self._recipe, self._phase
        batches = len(self._order.epoch_rows(0)) // recipe.batch
        batches = min(batches, int(os.environ.get("BENCH_STEPS", batches)))
        steps, warm = batches * phase.epochs, round(batches * phase.epochs * phase.warmup)
        optimizer = self._optimizer()
        history: list[dict[str, float]] = []
        started, step, recent = time.monotonic(), 0, []
        for epoch in range(phase.epochs):
            total = 0.0
            for number, (images, targets) in enumerate(self._batches(epoch, batches)):
                rate = self._rate(step, steps, warm)
                for group in optimizer.param_groups:
                    group["lr"] = rate
                self._morph(step, steps)
                total += self._step(optimizer, images, targets)
                self._keep_average(step)
                recent = [*recent, images][-_STATISTICS_BATCHES:]
                step += 1
                if step % _LOG_EVERY_STEPS == 0:
                    speed = step * recipe.batch / (time.monotonic() - started)
                    print(
                        f"{step}/{steps} loss {total / (number + 1):.4f} {speed:.1f}/s", flush=True
                    )
            history.append({"epoch": epoch + 1, "loss": total / batches})
            if epoch + 1 < phase.epochs:
                self._save_checkpoint()
                continue
            for parameter, average in zip(self._parameters, self._average, strict=True):
                parameter.data.copy_(average)
            self._reestimate(recent)
            history[-1] |= self._validate()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._save(Path(self._request["out"]))
        return {"history": history, "device": "cpu", "backend": "torch", "batch": recipe.batch}

    def _optimizer(self) -> torch.optim.Optimizer:
        named = list(self.network.named_parameters())
        kernels = [parameter for name, parameter in named if name.endswith("kernel")]
        others = [parameter for name, parameter in named if not name.endswith("kernel")]
        groups = [
            {"params": kernels, "weight_decay": self._phase.weight_decay},
            {"params": others, "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, self._phase.learning_rate, fused=True)

    def _batches(self, epoch: int, count: int) -> Any:
        rows, size = self._order.epoch_rows(epoch), self._recipe.batch
        ramp = self._recipe.augmentation.ramp * self._recipe.epochs
        pending: dict[int, Any] = {}
        for number in range(count):
            for ahead in range(number, min(number + self._ahead, count)):
                if ahead not in pending:
                    strength = min(1.0, (epoch + ahead / count) / ramp) if ramp else 1.0
                    batch_rows = rows[ahead * size : (ahead + 1) * size]
                    seed = (self._recipe.seed, epoch, ahead)
                    pending[ahead] = self._pool.submit(self._make, batch_rows, seed, strength)
            images, targets = pending.pop(number).result()
            self._job.check()
            yield torch.from_numpy(images), torch.from_numpy(targets)

    def _step(self, optimizer: torch.optim.Optimizer, images: Any, targets: Any) -> float:
        self.network.train()
        smooth = self._recipe.label_smoothing
        loss = functional.cross_entropy(
            self.network(images.float()), targets, label_smoothing=smooth
        )
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._parameters, _MAX_GRADIENT_NORM)
        optimizer.step()
        return float(loss.detach())

    def _rate(self, step: int, steps: int, warm: int) -> float:
        rate = self._phase.learning_rate
        if step < warm:
            return rate * (step + 1) / warm
        return rate * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))

    def _morph(self, step: int, steps: int) -> None:
        morph = float(self._request.get("morph", 0))
        if morph:
            share = min(1.0, step / (morph * steps))
            mode = RELU6 if share == 0 else SWISH if share == 1 else MIXED
            self.network.activation = (mode, share)

    def _keep_average(self, step: int) -> None:
        # A low momentum at first, so that the initial weights do not bias the average.
        momentum = min(self._phase.ema, (1 + step) / (10 + step))
        torch._foreach_lerp_(
            self._average, [parameter.data for parameter in self._parameters], 1 - momentum
        )

    @torch.no_grad()
    def _reestimate(self, batches: list[torch.Tensor]) -> None:
        norms = self.network.norms()
        sums = [
            (torch.zeros_like(norm.moving_mean), torch.zeros_like(norm.moving_mean))
            for norm in norms
        ]
        self.network.train()
        for norm in norms:
            norm.momentum = 1.0
        for images in batches:
            self.network(images.float())
            for norm, (mean, variance) in zip(norms, sums, strict=True):
                mean.add_(norm.moving_mean / len(batches))
                variance.add_(norm.moving_variance / len(batches))
        for norm, (mean, variance) in zip(norms, sums, strict=True):
            norm.moving_mean.copy_(mean)
            norm.moving_variance.copy_(variance)

    @torch.no_grad()
    def _validate(self) -> dict[str, float]:
        self.network.eval()
        rows = np.flatnonzero(self._split == 1)
        correct = 0
        for part in np.array_split(rows, max(1, len(rows) // 64)):
            images, _ = self._validation_maker.make_batch(part, (0,), 1.0)
            logits = self.network(torch.from_numpy(np.asarray(images)).float())
            correct += int((logits.argmax(1).numpy() == self._labels[part]).sum())
        return {"val_accuracy": correct / max(1, len(rows))}

    def _save_checkpoint(self) -> None:
        """Write the averaged weights, in case the run has to be stopped."""
        current = [parameter.detach().clone() for parameter in self._parameters]
        for parameter, average in zip(self._parameters, self._average, strict=True):
            parameter.data.copy_(average)
        self._save(Path(self._request["out"]).with_name("checkpoint.npz"))
        for parameter, value in zip(self._parameters, current, strict=True):
            parameter.data.copy_(value)

    def _save(self, path: Path) -> None:
        arrays = self.network.arrays()
        if self._recipe.architecture == "efficientnet_b4":
            # The program's network has a normalisation layer; here it is part of `forward`.
            arrays["normalization/mean"] = np.full(3, 127 / 255, np.float32)
            arrays["normalization/variance"] = np.full(3, (128 / 255) ** 2, np.float32)
            arrays["normalization/count"] = np.zeros((), np.float32)
        halved = {
            name: value.astype(np.float16) if value.ndim > 1 else value
            for name, value in arrays.items()
        }
        np.savez(path, allow_pickle=False, **halved)


if __name__ == "__main__":
    sys.exit(main())
