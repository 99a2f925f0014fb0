"""Scan in a child process, so that the GUI stays responsive."""

import dataclasses
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.classify.bundle import Bundle
from engine.classify.devices import Device
from engine.curate import findings_cache
from engine.curate.finding import Finding, FindingBatch, FindingKind
from engine.images.record import BadFile, ImageRecord
from engine.jobs import Job
from engine.messages import Message
from engine.processes import run_child

_GRACE_SECONDS = (
    0.4  # results are cached as it goes, so there is nothing to save when it is stopped
)


def scan_in_process(
    job: Job,
    path: Path,
    files: Sequence[ImageRecord | BadFile],
    bundle: Bundle,
    device: Device,
    *,
    cached: bool = True,
) -> list[Finding]:
    """Return the findings of `engine.curate.scan.scan_images` in the source at `path`.

    `files` are the files to examine, with their current labels and splits. Progress carries the stage as
    its message, partial results are `FindingBatch`es. The findings are cached for `findings_cache.load`.
    Dismissed findings are included; leave them out with `finding_keys.without_dismissed`. Raises
    `Cancelled` and `Problem`.
    """
    with tempfile.TemporaryDirectory(prefix="bloodbench-scan-") as name:
        files_path, findings_path = Path(name) / "found.json", Path(name) / "findings.json"
        files_path.write_bytes(encode_files(files))
        request: dict[str, Any] = {
            "path": os.fsencode(path),
            "found": str(files_path),
            "out": str(findings_path),
            "model": os.fsencode(bundle.folder),
            "device": dataclasses.asdict(device),
            "cached": cached,
        }
        run_child(_Batches(job), "scan", request, grace_seconds=_GRACE_SECONDS)
        findings = findings_cache.decode_findings(findings_path.read_bytes())
    findings_cache.save(path, files, bundle.card.model_id, findings)
    return findings


def encode_files(files: Sequence[ImageRecord | BadFile]) -> bytes:
    """Return files as JSON, in ASCII, so that paths that are not valid text can be encoded too."""
    rows: list[list[Any]] = [
        list(dataclasses.astuple(file))
        if isinstance(file, ImageRecord)
        else [file.path, file.reason.id, dict(file.reason.params)]
        for file in files
    ]
    return json.dumps(rows).encode("ascii")


def decode_files(data: bytes) -> list[ImageRecord | BadFile]:
    """Return the files encoded by `encode_files`."""
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
        kinds = tuple(FindingKind(kind) for kind in value["kinds"])
        self._outer.partial(
            FindingBatch(kinds, tuple(findings_cache.decode_findings(value["findings"])))
        )
