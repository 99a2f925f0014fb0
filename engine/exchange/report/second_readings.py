"""Second readings in a report: what was read again, how far the readers agree, what is left to settle."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from engine.evaluate.agreement import ReaderAgreement, compare_readers
from engine.project.reader_comparison import conflicts, first_readers, reader_pairs
from engine.project.second_reading import ReadingRound, RoundImage


class SecondReading(Struct, frozen=True):
    """One second reading.

    `read` of the `drawn` images are labelled; `agreement` compares them with the labels that held when
    they were drawn, given by `first_readers` (an empty name: by the folder). `settled` conflicts were
    decided by a person, `open_conflicts` are left. `resumed` counts how often the reading was continued
    after its end.
    """

    id: str
    reader: str
    method: str
    started: str
    ended: str
    drawn: int
    read: int
    settled: int
    open_conflicts: int
    agreement: ReaderAgreement
    resumed: int = 0
    first_readers: tuple[str, ...] = ()


def summarise_round(
    reading: ReadingRound,
    images: Sequence[RoundImage],
    labels: Mapping[str, str | None],
    merged: Mapping[str, str],
    class_order: Sequence[str] = (),
) -> SecondReading:
    """Return the figures of a round; `labels` are the labels that hold now, by path."""
    return SecondReading(
        id=reading.id,
        reader=reading.reader,
        method=reading.method,
        started=reading.started,
        ended=reading.ended or "",
        drawn=len(images),
        read=sum(image.is_read for image in images),
        settled=sum(image.settled is not None for image in images),
        open_conflicts=len(conflicts(images, labels, merged)),
        agreement=compare_readers(reader_pairs(images, merged), class_order),
        resumed=reading.resumed,
        first_readers=first_readers(images),
    )
