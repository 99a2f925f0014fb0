"""Sample of a project's folder: stored when a folder is linked, and compared with the images of others."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.jobs import Job
from engine.project import metadata
from engine.project.fingerprint import SampleMatch, Sampler
from engine.project.store import Store

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source


def store_sample(
    store: Store, job: Job, source: "Source", records: Sequence["ImageRecord"]
) -> None:
    """Store the sample of a folder and the time at which it was opened."""
    from engine.fields.field_source import holds_fields

    sample = Sampler(job, source, records).sample()
    with store.write_transaction() as database:
        name = metadata.name_after_folder(database, source.root.name)
        entries = metadata.linked_folder_entries(
            source.root, sample, name, fields=holds_fields(source)
        )
        metadata.write_entries(database, entries)


def match_sample(
    store: Store, job: Job, source: "Source", records: Sequence["ImageRecord"]
) -> SampleMatch:
    """Compare the stored sample with the images of a folder."""
    from engine.fields.field_source import holds_fields

    with store.read_connection() as database:
        sample = metadata.read_sample(database)
        of_cells = bool(metadata.read_entry(database, "fields", default=False))
    if of_cells != holds_fields(source):
        return SampleMatch(0, len(sample))
    return Sampler(job, source, records).match(sample)
