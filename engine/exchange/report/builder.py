"""Report builder: from images, predictions and decisions to a report."""

from collections.abc import Container, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from engine.classify.card import Card
from engine.classify.reading import Float32
from engine.evaluate.agreement import measure_agreement
from engine.evaluate.differential import CountedImage, Differential, count_differential
from engine.exchange.export_row import ExportRow, RowStatus, dataset_fingerprint
from engine.exchange.report.context import ReportContext, ReportImage, software_versions
from engine.exchange.report.decision_lists import (
    count_tags,
    noted_images,
    settled_conflicts,
)
from engine.exchange.report.evaluation import (
    current_label,
    evaluate_images,
    is_single_decision,
    merge_outputs,
)
from engine.exchange.report.field_counts import (
    PLATELET_FACTOR,
    count_per_field,
    count_per_slide,
    parse_platelet_factor,
)
from engine.exchange.report.report_data import (
    BulkAgreement,
    ClassStyle,
    DataFacts,
    DecidedCells,
    ModelFacts,
    Report,
    SignOffCheck,
)
from engine.exchange.report.second_readings import SecondReading, summarise_round
from engine.exchange.report.trust import describe_trust
from engine.images.class_set import DifferentialGroup
from engine.project.classes import effective_label
from engine.project.decisions import NOT_CLASSED
from engine.project.reader_comparison import first_label

_UNKNOWN_COLOUR = "#8f8f8f"


def build_report(images: Sequence[ReportImage], context: ReportContext) -> Report:
    """Build the report on images; the differential count takes them in this order."""
    names, merge_matrix = merge_outputs(context)
    groups: dict[str, DifferentialGroup] = {
        report_class.id: report_class.group for report_class in context.classes
    }
    counted = [_counted_image(image, names, merge_matrix, context) for image in images]
    listed = _ordered_classes(names, context)
    count = count_differential(counted, listed, groups, context.target)
    factor = parse_platelet_factor(context.session.get(PLATELET_FACTOR, ""))
    decided = _count_decided(counted, set(count.cells), context)
    fields = count_per_field([image.path for image in images], count, context.red_cells, factor)
    slides = count_per_slide(counted, listed, groups, context.target, context.red_cells, factor)
    if context.paths == "ids":
        count = _without_names(count, images)
        slides = tuple(replace(slide, name=str(n)) for n, slide in enumerate(slides, 1))
    reviewed_pairs = [
        (image.path, (counted_image.predicted, counted_image.reviewed))
        for image, counted_image in zip(images, counted, strict=True)
        if counted_image.predicted and counted_image.reviewed and not counted_image.removed
    ]
    seen = {image.path for image in images if image.seen}
    single_pairs = [entry for entry in reviewed_pairs if is_single_decision(entry[0], context)]
    bulk_pairs = [pair for path, pair in reviewed_pairs if not is_single_decision(path, context)]
    return Report(
        title=context.title,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        software=software_versions(),
        session={name: text for name, text in context.session.items() if text},
        model=_model_facts(context.card),
        data=DataFacts(
            name=context.folder if context.paths == "relative" else "",
            images=len(images),
            unreadable=sum(image.probabilities is None for image in images),
            labelled=sum(current_label(image, context) is not None for image in images),
            removed=sum(image.decision.removed is not None for image in images),
            fingerprint=dataset_fingerprint(image.sha256 for image in images if image.sha256),
        ),
        classes=_class_styles(counted, names, context),
        differential=count,
        agreement=measure_agreement(pair for _, pair in single_pairs),
        agreement_seen=sum(path in seen for path, _ in single_pairs),
        together=BulkAgreement(
            len(bulk_pairs), sum(predicted == reviewed for predicted, reviewed in bulk_pairs)
        ),
        reviewers=tuple(context.reviewers),
        checks=_checks(counted, count),
        sign_off=context.sign_off,
        evaluation=evaluate_images(images, context),
        trust=describe_trust(images, context, listed),
        fields=fields,
        slides=slides,
        second_readings=_second_readings(images, context),
        tags=count_tags(images, context),
        noted_images=noted_images(images, context),
        settled_conflicts=settled_conflicts(images, context),
        merge_conflicts=context.merge_conflicts,
        decided=decided,
    )


def _second_readings(
    images: Sequence[ReportImage], context: ReportContext
) -> tuple[SecondReading, ...]:
    labels = {
        image.path: first_label(image.decision.label, image.label, context.merged)
        for image in images
    }
    order = [report_class.id for report_class in context.classes]
    return tuple(
        summarise_round(reading, drawn, labels, context.merged, order)
        for reading, drawn in context.second_readings
    )


def report_rows(images: Sequence[ReportImage], context: ReportContext) -> list[ExportRow]:
    """Return the images as table rows; with `paths` "ids" without paths, notes and tags."""
    names, merge_matrix = merge_outputs(context)
    rows = []
    for image in images:
        counted = _counted_image(image, names, merge_matrix, context)
        probabilities = (
            ()
            if image.probabilities is None
            else tuple(map(float, image.probabilities @ merge_matrix))
        )
        is_decided = image.decision.label is not None or image.decision.removed is not None
        reviewer, time = context.last_reviews.get(image.path, ("", "")) if is_decided else ("", "")
        rows.append(
            ExportRow(
                path=image.path if context.paths == "relative" else "",
                sha256=image.sha256,
                label=effective_label(image.decision.label, image.label, context.merged),
                original=image.label,
                predicted=counted.predicted,
                confidence=counted.confidence,
                probabilities=probabilities,
                status=_row_status(image, counted),
                reason=image.decision.removed or "",
                split=image.split,
                reviewer=reviewer,
                time=time,
                model=context.card.model_id if counted.predicted else "",
                note=image.decision.note if context.paths == "relative" else "",
                tags=image.decision.tags if context.paths == "relative" else (),
                seen=image.seen,
                unknown_ratio=image.unknown_ratio,
            )
        )
    return rows


def _counted_image(
    image: ReportImage, names: tuple[str, ...], merge_matrix: Float32, context: ReportContext
) -> CountedImage:
    label, removed = image.decision.label, image.decision.removed is not None
    predicted = confidence = None
    if image.probabilities is not None:
        values = image.probabilities @ merge_matrix
        index = int(values.argmax())
        predicted, confidence = names[index], float(values[index])
    reviewed = effective_label(label, None, context.merged)
    return CountedImage(
        image.path,
        predicted,
        confidence,
        reviewed,
        label == NOT_CLASSED,
        removed,
        is_unknown=image.unknown_ratio is not None and image.unknown_ratio > 1,
    )


def _ordered_classes(names: tuple[str, ...], context: ReportContext) -> list[str]:
    # The order of the project or class set comes first.
    listed = [report_class.id for report_class in context.classes]
    return listed + [name for name in names if name not in listed]


def _class_styles(
    cells: Sequence[CountedImage], names: tuple[str, ...], context: ReportContext
) -> dict[str, ClassStyle]:
    styles = {
        report_class.id: ClassStyle(report_class.name, report_class.colour)
        for report_class in context.classes
    }
    used = sorted({name for cell in cells for name in (cell.predicted, cell.reviewed) if name})
    all_names = dict.fromkeys([*_ordered_classes(names, context), *used])
    return {name: styles.get(name) or ClassStyle(name, _UNKNOWN_COLOUR) for name in all_names}


def _without_names(count: Differential, images: Sequence[ReportImage]) -> Differential:
    ids = {image.path: image.sha256[:12] for image in images}
    return replace(count, cells=tuple(ids[path] for path in count.cells))


def _count_decided(
    counted: Sequence[CountedImage], cells: Container[str], context: ReportContext
) -> DecidedCells:
    decided = [cell.path for cell in counted if cell.reviewed and cell.path in cells]
    single = sum(is_single_decision(path, context) for path in decided)
    return DecidedCells(single, len(decided) - single)


def _checks(cells: Sequence[CountedImage], count: Differential) -> tuple[SignOffCheck, ...]:
    unreviewed = [cell for cell in cells if cell.counted_as and not cell.reviewed]
    unread = [cell for cell in cells if cell.predicted is None and cell.counted_as is None]
    missing = 0 if count.target is None else max(0, count.target - count.leukocytes)
    return (
        SignOffCheck("check_reviewed", len(unreviewed)),
        SignOffCheck("check_identified", count.unidentified),
        SignOffCheck("check_read", sum(not (cell.removed or cell.not_classed) for cell in unread)),
        SignOffCheck("check_target", missing),
    )


def _model_facts(card: Card) -> ModelFacts:
    training_data = card.training_data
    return ModelFacts(
        card.name,
        card.architecture,
        card.model_id,
        card.created,
        training_data.licence,
        training_data.attribution,
        card.preprocessing.views,
    )


def _row_status(image: ReportImage, cell: CountedImage) -> RowStatus:
    if cell.removed:
        return "removed"
    if cell.not_classed:
        return "not_classed"
    if cell.reviewed:
        return "reviewed"
    if image.label is not None:
        return "labelled"
    return "predicted" if cell.predicted else "unread"
