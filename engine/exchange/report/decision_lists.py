"""Lists of decisions in a report: images with a note, tags with their numbers, settled conflicts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from engine.exchange.report.context import ReportContext, ReportImage, display_name
from engine.exchange.report.report_data import NotedImage
from engine.project.classes import effective_label
from engine.project.decisions import NOT_CLASSED
from engine.project.settled_conflicts import SettledConflict


def noted_images(images: Sequence[ReportImage], context: ReportContext) -> tuple[NotedImage, ...]:
    """Return the images with a note; none where names are left out, which notes may hold."""
    if context.paths != "relative":
        return ()
    return tuple(
        NotedImage(image.path, _label(image, context), image.decision.tags, image.decision.note)
        for image in images
        if image.decision.note
    )


def count_tags(images: Sequence[ReportImage], context: ReportContext) -> dict[str, int]:
    """Return the number of images with each tag, removed ones too; none where names are left out."""
    if context.paths != "relative":
        return {}
    counts = Counter(tag for image in images for tag in image.decision.tags)
    return dict(sorted(counts.items(), key=lambda item: (item[0].casefold(), item[0])))


def settled_conflicts(
    images: Sequence[ReportImage], context: ReportContext
) -> tuple[SettledConflict, ...]:
    """Return the settled conflicts of the images, without texts of persons where names are left out."""
    shown = {image.path: display_name(image, context.paths) for image in images}
    found = [
        replace(settled, path=shown[settled.path])
        for settled in context.settled_conflicts
        if settled.path in shown
    ]
    if context.paths != "relative":
        found = [
            replace(settled, reason="")
            for settled in found
            if settled.field in ("label", "removed")
        ]
    return tuple(found)


def _label(image: ReportImage, context: ReportContext) -> str:
    if image.decision.label == NOT_CLASSED:
        return NOT_CLASSED
    return effective_label(image.decision.label, image.label, context.merged) or ""
