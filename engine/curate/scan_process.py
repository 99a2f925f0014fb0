"""Scan in a child process, so that the GUI stays responsive."""

import contextlib
import dataclasses
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.child.channel import Channel, ChannelJob
from engine.classify.bundle import Bundle
from engine.classify.devices import Device
from engine.curate import findings_cache
from engine.curate.finding import Finding, FindingBatch, FindingKind
from engine.images.record import BadFile, ImageRecord
from engine.jobs import Job, NestedJob
from engine.messages import Message
from engine.processes import run_child
from engine.temporaries import temporary_folder

# Results are cached as the scan goes, so that there is nothing to save when it is stopped.
_GRACE_SECONDS = 0.2


def scan_in_process(
    job: Job,
    path: Path,
    files: Sequence[ImageRecord | BadFile],
    bundle: Bundle,
    device: Device,
    *,
    cached: bool = True,
    fields: bool = False,
    merged: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Return the findings of `engine.curate.scan.scan_images` in the source at `path`.

    With `fields` the images are the cells of its fields. `files` are the files to examine, with their
    current labels and splits; `merged` maps merged classes to those that the labels name. Progress carries
    the stage as its message, partial results are `FindingBatch`es. The findings are cached for
    `findings_cache.load`. Dismissed findings are included; leave them out with
    `finding_keys.without_dismissed`. Raises `Cancelled` and `Problem`.
    """
    with temporary_folder("scan") as folder:
        files_path, findings_path = folder / "found.json", folder / "findings.json"
        files_path.write_bytes(encode_files(files))
        request: dict[str, Any] = {
            "path": os.fsencode(path),
            "found": str(files_path),
            "out": str(findings_path),
            "model": os.fsencode(bundle.folder),
            "device": dataclasses.asdict(device),
            "cached": cached,
            "fields": fields,
            "merged": dict(merged or {}),
        }

        def pass_on(value: dict[str, Any]) -> None:
            job.partial(_decode_batch(value))

        run_child(NestedJob(job, pass_on), "scan", request, grace_seconds=_GRACE_SECONDS)
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
        BadFile(row[0], Message(row[1], row[2])) if len(row) == 3 else _decode_record(row)
        for row in json.loads(data)
    ]


def _decode_record(row: list[Any]) -> ImageRecord:
    record = ImageRecord(*row)
    return dataclasses.replace(record, folder_names=tuple(record.folder_names))


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Run the child task `scan`: scan the files `found` (.json) of the source at `path`.

    Writes the findings to `out` (.json).
    """
    # Imported only in the child: together they take long.
    from engine.classify.reading_cache import ReadingCache
    from engine.classify.runtime import open_runtime
    from engine.curate.scan import scan_images
    from engine.fields.field_source import open_images
    from engine.images.class_set import load_class_set

    bundle = Bundle.open(Path(os.fsdecode(request["model"])))
    class_set = load_class_set(bundle.card.class_set)
    source = open_images(os.fsdecode(request["path"]), class_set, fields=request["fields"])
    files = decode_files(Path(request["found"]).read_bytes())
    note = Message(request["device"]["note"]["id"], request["device"]["note"]["params"])
    device = Device(**{**request["device"], "note": note})
    job = ChannelJob(channel, _encode_batch, Message("scan.measuring"))
    with contextlib.ExitStack() as stack:
        cache = stack.enter_context(ReadingCache(bundle.card)) if request["cached"] else None
        runtime = open_runtime(bundle, device, job)
        stack.callback(runtime.close)
        findings = scan_images(job, source, files, runtime, bundle, cache, merged=request["merged"])
    Path(request["out"]).write_bytes(findings_cache.encode_findings(findings))
    return {}


def _encode_batch(batch: FindingBatch) -> dict[str, Any]:
    findings = findings_cache.encode_findings(batch.findings)
    return {"kinds": list(map(str, batch.kinds)), "findings": findings}


def _decode_batch(value: dict[str, Any]) -> FindingBatch:
    kinds = tuple(FindingKind(kind) for kind in value["kinds"])
    return FindingBatch(kinds, tuple(findings_cache.decode_findings(value["findings"])))
