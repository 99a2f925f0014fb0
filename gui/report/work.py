"""Long work of the Report workspace, to be run by `Workers.start`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from engine.classify.calibration import softmax
from engine.exchange.gather import digests
from engine.exchange.report.build import build, rows
from engine.exchange.report.context import Context, Item, Paths, shown
from engine.exchange.report.evaluation import output_classes, sample
from engine.exchange.report.pictures import picture
from engine.exchange.report.project import SESSION, context_of
from engine.exchange.report.seen import mark_seen
from engine.exchange.report.write import report_folder, write_report
from engine.jobs import Job
from engine.messages import Problem
from engine.project.values import Decision
from gui import language
from gui.report.judged import Judged, judge
from gui.report.places import new_place
from gui.table import NONE

if TYPE_CHECKING:
    from engine.evaluate.scorecard import Scorecard
    from engine.exchange.report.model import Report
    from engine.images.source import Source
    from engine.project.project import Project
    from gui.table import ImageTable
    from gui.work import Engine


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is to be drawn up from; `target` is how many leukocytes to count, None all.

    `robustness` is what was measured of the model on these images, if it was. `keys` has what the pictures
    show, by path, as far as it is known, and gets more.
    """

    source: "Source"
    table: "ImageTable"
    engine: "Engine"
    project: "Project | None"
    target: int | None
    robustness: "Scorecard | None" = None
    keys: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A report, the session as it is kept, and the labelled images of its evaluation."""

    report: "Report"
    session: dict[str, str]
    judged: Judged | None


@dataclass(frozen=True, slots=True)
class Wish:
    """How a report is to be written: into a new folder in `into`, in some of `write.FORMATS`."""

    into: Path
    formats: Sequence[str]
    paths: Paths = "relative"
    title: str = ""


def draw_up(job: Job, asked: Asked) -> Drawn:
    """Draw a report up from what is known now; the images' digests are left out."""
    # It takes half a second to load: not on the GUI thread.
    import pyqtgraph  # noqa: F401

    items = _marked(job, asked)
    context = _context(asked)
    return Drawn(build(items, context), _session(asked), judge(items, context))


def write(job: Job, asked: Asked, wish: Wish) -> list[Path]:
    """Write a report into a new folder; raises `Problem` and `Cancelled`."""
    try:
        return _write(job, asked, wish)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("report.not_written", folder=str(wish.into), reason=reason) from error


def _write(job: Job, asked: Asked, wish: Wish) -> list[Path]:
    # As it was when it was asked for: while the files are hashed another model may be chosen.
    items = _marked(job, asked)
    records = [record for record in asked.table.records if record is not None]
    hashes = digests(job, asked.source, records)
    items = [replace(one, sha256=hashes.get(one.path, "")) for one in items]
    context = replace(_context(asked), title=wish.title, paths=wish.paths)
    report = build(items, context)
    # No name of the folder in that of the report where names are not to be said.
    name = f"{asked.source.root.stem}-report" if wish.paths == "relative" else "report"
    return write_report(
        job,
        report,
        rows(items, context),
        output_classes(context),
        _pictures(asked, items, report, wish.paths),
        report_folder(new_place(wish.into, name), wish.formats),
        formats=wish.formats,
        translate=lambda text: QCoreApplication.translate("engine", text),
        language=language.chosen(),
    )


def _marked(job: Job, asked: Asked) -> list[Item]:
    """Return the images, those that have a label with whether the model learned from them."""
    records = {one.path: one for one in asked.table.records if one is not None}
    items = _items(job, asked)
    return mark_seen(job, asked.source, records, items, asked.engine.bundle, asked.keys)


def _items(job: Job, asked: Asked) -> list[Item]:
    """Return the images as the table has them now, without their digests."""
    table = asked.table
    total = len(table)
    read, removed, labels, noted = (
        table.read.copy(),
        table.column("removed").copy(),
        table.column("label").copy(),
        table.column("noted").copy(),
    )
    values = None
    if table.logits is not None:
        logits = table.logits[:total].copy()
        logits[~read] = 0  # undefined until they are read
        values = softmax(logits, asked.engine.card.calibration.temperature)
    decisions: dict[tuple[int, str | None], Decision] = {}
    items = []
    for row in range(total):
        if row % 4096 == 0:
            job.progress(row, total)
        record, code = table.records[row], int(labels[row])
        reason = table.reasons.get(row, "person") if removed[row] else None
        decision = decisions.get((code, reason))
        if decision is None:
            label = None if code == NONE else table.class_id(code)
            decision = decisions[code, reason] = Decision(label=label, removed=reason)
        if noted[row]:
            decision = replace(decision, note=table.item(row).note)
        items.append(
            Item(
                table.paths[row],
                "",
                record.label if record else None,
                record.split if record else None,
                values[row] if values is not None and read[row] else None,
                decision,
            )
        )
    return items


def _context(asked: Asked) -> Context:
    context = context_of(asked.engine.card, asked.engine.class_set, asked.project)
    return replace(
        context, folder=asked.source.root.name, target=asked.target, robustness=asked.robustness
    )


def robustness(job: Job, asked: Asked, n: int) -> "Scorecard":
    """Read up to `n` of the labelled images spoiled in eleven ways; raises `Problem`."""
    from engine.evaluate.scorecard import scorecard

    items = _marked(job, asked)
    records = {one.path: one for one in asked.table.records if one is not None}
    context = _context(asked)
    some = sample(items, context, n)
    chosen = [(records[path], label) for path, label in some]
    return scorecard(job, asked.engine.bundle, asked.source, chosen, context.merged)


def _session(asked: Asked) -> dict[str, str]:
    kept = asked.project.get(SESSION) if asked.project else None
    return {str(name): str(text) for name, text in (kept or {}).items()}


def _pictures(
    asked: Asked, items: Sequence[Item], report: "Report", paths: Paths
) -> dict[str, tuple[bytes, bytes | None]]:
    if report.evaluation is None:
        return {}
    wanted = {one.image for one in report.evaluation.mistakes}
    found = {}
    for row, item in enumerate(items):
        name, record = shown(item, paths), asked.table.records[row]
        if name in wanted and record is not None:
            reading = asked.table.reading(row)
            made = picture(asked.source, record, reading, asked.engine.card)
            if made:
                found[name] = made
    return found
