"""Task `scan`: the detectors over a folder (no Keras)."""

import contextlib
import os
from pathlib import Path
from typing import Any

from engine.classify.bundle import Bundle
from engine.classify.devices import Device
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime import open_runtime
from engine.curate import findings_cache
from engine.curate.finding import FindingBatch
from engine.curate.scan import scan_images
from engine.curate.scan_process import decode_files
from engine.images.class_set import load_class_set
from engine.images.source import open_source
from engine.jobs import Job, Progress
from engine.messages import Message
from engine.train.child.channel import Channel


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Scan the files `found` (.json) of the source at `path`; writes the findings to `out` (.json)."""
    bundle = Bundle.open(Path(os.fsdecode(request["model"])))
    source = open_source(os.fsdecode(request["path"]), load_class_set(bundle.card.class_set))
    found = decode_files(Path(request["found"]).read_bytes())
    note = Message(request["device"]["note"]["id"], request["device"]["note"]["params"])
    device = Device(**{**request["device"], "note": note})
    job = _Heard(channel)
    with contextlib.ExitStack() as stack:
        cache = stack.enter_context(ReadingCache(bundle.card)) if request["cached"] else None
        runtime = open_runtime(bundle, device, job)
        stack.callback(runtime.close)
        findings = scan_images(job, source, found, runtime, bundle, cache)
    Path(request["out"]).write_bytes(findings_cache.encode_findings(findings))
    return {}


class _Heard(Job):
    """A job whose reports go to the parent, and which stops when the parent says so."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(self._tell, self._hand_out)
        self._channel = channel

    @property
    def cancelled(self) -> bool:
        """True once the parent asked to stop."""
        return self._channel.cancelled

    def _tell(self, one: Progress) -> None:
        says = one.message or Message("scan.measuring")
        self._channel.progress(one.done, one.total or 0, says.id, says.params)

    def _hand_out(self, batch: FindingBatch) -> None:
        says = {
            "kinds": list(map(str, batch.kinds)),
            "findings": findings_cache.encode_findings(batch.findings),
        }
        self._channel.partial(says)
