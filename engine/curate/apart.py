"""A scan in a process of its own, for who has a window to keep moving: no analysis touches this process."""

import dataclasses
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.classify.bundle import Bundle
from engine.classify.devices import Device
from engine.curate import kept
from engine.curate.finding import Batch, Finding, Kind
from engine.images.record import BadFile, ImageRecord
from engine.jobs import Job
from engine.messages import Message
from engine.processes import run_child

_GRACE_SECONDS = 0.4  # what it did is kept as it goes: it has nothing to save when it is stopped


def scan_apart(
    job: Job,
    path: Path,
    found: Sequence[ImageRecord | BadFile],
    bundle: Bundle,
    device: Device,
    *,
    cached: bool = True,
) -> list[Finding]:
    """Return what `engine.curate.scan.scan` finds in the source at `path`; raises `Cancelled`, `Problem`.

    `found` are the files to look at, with the labels and splits that hold now. Progress carries the stage
    as its message, partial results are `Batch`es. What is found is kept for `engine.curate.kept.last`.
    Nothing is left out: a dismissal is applied with `engine.curate.keys.without`, and so is its undo.
    """
    with tempfile.TemporaryDirectory(prefix="bloodbench-scan-") as name:
        listed, out = Path(name) / "found.json", Path(name) / "findings.json"
        listed.write_bytes(write_found(found))
        request: dict[str, Any] = {
            "path": os.fsencode(path),
            "found": str(listed),
            "out": str(out),
            "model": os.fsencode(bundle.folder),
            "device": dataclasses.asdict(device),
            "cached": cached,
        }
        run_child(_Batches(job), "scan", request, grace=_GRACE_SECONDS)
        findings = kept.decode(out.read_bytes())
    kept.keep(path, found, bundle.card.model_id, findings)
    return findings


def write_found(found: Sequence[ImageRecord | BadFile]) -> bytes:
    """Return files as JSON; ASCII, so that paths which are no text travel too."""
    rows: list[list[Any]] = [
        list(dataclasses.astuple(one))
        if isinstance(one, ImageRecord)
        else [one.path, one.reason.id, dict(one.reason.params)]
        for one in found
    ]
    return json.dumps(rows).encode("ascii")


def read_found(data: bytes) -> list[ImageRecord | BadFile]:
    """Return the files that `write_found` wrote."""
    return [
        BadFile(row[0], Message(row[1], row[2])) if len(row) == 3 else ImageRecord(*row)
        for row in json.loads(data)
    ]


class _Batches(Job):
    """A job that hands the child's partial results on as `Batch`es."""

    def __init__(self, outer: Job) -> None:
        super().__init__(
            lambda one: outer.progress(one.done, one.total, one.message), self._hand_on
        )
        self._outer = outer

    @property
    def cancelled(self) -> bool:
        """True once cancel of the outer job was asked for."""
        return self._outer.cancelled

    def _hand_on(self, value: dict[str, Any]) -> None:
        kinds = tuple(Kind(kind) for kind in value["kinds"])
        self._outer.partial(Batch(kinds, tuple(kept.decode(value["findings"]))))
