"""Report context of a project: classes, session, reviewers, and the sign-off."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from engine.classify.card import Card
from engine.exchange.report.context import ReportContext, classes_of_project, classes_of_set
from engine.exchange.report.report_data import Report, Reviewer, SignOff
from engine.images.class_set import ClassSet
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Problem
from engine.project.classes import decode_classes
from engine.project.conflicts import read_conflicts
from engine.project.decisions import BOX_FIELD, Decision, Edit, decode_value
from engine.project.folder_names import FOLDER_NAMES_FIELD
from engine.project.project import Project
from engine.project.second_reading import read_round_images, read_rounds
from engine.project.settled_conflicts import read_settled_conflicts

SIGN_OFF_FIELD = "sign_off"
"""Field of the project that holds the sign-off; undo reverts it like any decision."""

SESSION_FIELD = "session"
"""Field of the project that holds the session: specimen, operator, instrument, stain, own fields."""


def project_report_context(card: Card, classes: ClassSet, project: Project | None) -> ReportContext:
    """Return the context of a report; without a project, the class set and no reviewers."""
    if project is None:
        return ReportContext(card, classes_of_set(classes))
    project_classes = decode_classes(project.get("classes") or ())
    listed, merged = (
        classes_of_project(project_classes, classes)
        if project_classes
        else (classes_of_set(classes), {})
    )
    session = project.get(SESSION_FIELD) or {}
    return ReportContext(
        card,
        listed,
        session={str(name): str(text) for name, text in session.items()},
        merged=merged,
        reviewers=tuple(
            Reviewer(reviewer.who, reviewer.images, reviewer.edits, reviewer.first, reviewer.last)
            for reviewer in project.reviewers()
        ),
        last_reviews=project.last_reviews(),
        label_origins=project.label_origins(),
        sign_off=current_sign_off(project),
        second_readings=tuple(
            (reading, read_round_images(project, reading)) for reading in read_rounds(project)
        ),
        settled_conflicts=read_settled_conflicts(project),
        merge_conflicts=len(read_conflicts(project)),
    )


def sign_off(project: Project, report: Report, who: str, note: str = "") -> Edit | None:
    """Sign off the current state of the project, as one edit in the journal.

    Raises `Problem`: `report.not_clean` while a check of the report fails, and `project.*`.
    """
    remaining = sum(check.count for check in report.checks)
    if remaining:
        raise Problem("report.not_clean", count=remaining)
    signed = {
        "who": who,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "note": note,
        "state": _state_digest(project),
    }
    return project.apply("sign_off", [(None, SIGN_OFF_FIELD, signed)], who=who)


def check_contents(job: Job, project: Project, source: Source) -> None:
    """Raise `Problem` unless the content of every linked image is still the one that was decided on.

    Reads all files: size and time may be the same although the content is another. To be called before
    `sign_off`. Raises `Cancelled` and `Problem` (`report.images_*`, `project.*`).
    """
    links = project.verify_links(job, source)
    if count := len(links.moved) + len(links.changed) + len(links.ambiguous):
        raise Problem("report.images_changed", count=count)
    if links.unread:
        raise Problem("report.images_unread", count=len(links.unread), example=links.unread[0])


def current_sign_off(project: Project) -> SignOff | None:
    """Return the project's sign-off, invalid if anything was changed after it; None without one."""
    signed = project.get(SIGN_OFF_FIELD)
    if not isinstance(signed, dict):
        return None
    texts = [str(signed.get(name, "")) for name in ("who", "at", "note")]
    return SignOff(texts[0], texts[1], texts[2], signed.get("state") == _state_digest(project))


def _state_digest(project: Project) -> str:
    """Return a digest of all decisions, drawn boxes, classes, mapped folder names and the session."""
    decisions: Mapping[str, Decision] = project.decisions()
    lines = sorted(
        json.dumps([path, decision.label, decision.removed, decision.note, *decision.tags])
        for path, decision in decisions.items()
    )
    project_fields = [project.get(field) for field in ("classes", SESSION_FIELD)]
    if folder_names := project.get(FOLDER_NAMES_FIELD):
        # Only where there are any, so that older sign-offs stay valid.
        project_fields.append(folder_names)
    if drawn := sorted(
        (path, value)
        for path, values in project.image_fields(BOX_FIELD).items()
        if (value := values.get("")) and decode_value(value)["kind"]
    ):
        project_fields.append(drawn)
    text = "\n".join([*lines, json.dumps(project_fields, sort_keys=True)])
    return hashlib.sha256(text.encode()).hexdigest()
