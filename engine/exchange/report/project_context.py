"""What a project gives a report: classes, session, reviewers, and the sign-off that a change voids."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from engine.classify.card import Card
from engine.exchange.report.context import Context, of_class_set, of_project
from engine.exchange.report.report_data import Report, Reviewer, SignOff
from engine.images.class_set import ClassSet
from engine.messages import Problem
from engine.project.classes import decode_classes
from engine.project.decisions import Decision, Edit
from engine.project.project import Project

FIELD = "sign_off"
"""The project's field that holds it; a removed one is taken back by undo like any decision."""

SESSION = "session"
"""The project's field with the session: specimen, operator, instrument, stain, and one's own."""


def context_of(card: Card, classes: ClassSet, project: Project | None) -> Context:
    """Return what a report says beside its images; without a project, the class set and nobody."""
    if project is None:
        return Context(card, of_class_set(classes))
    own = decode_classes(project.get("classes") or ())
    listed, merged = of_project(own, classes) if own else (of_class_set(classes), {})
    session = project.get(SESSION) or {}
    return Context(
        card,
        listed,
        session={str(name): str(text) for name, text in session.items()},
        merged=merged,
        reviewers=tuple(
            Reviewer(one.who, one.images, one.edits, one.first, one.last)
            for one in project.reviewers()
        ),
        decided=project.last_reviews(),
        given=project.label_origins(),
        sign_off=standing(project),
    )


def sign_off(project: Project, report: Report, who: str, note: str = "") -> Edit | None:
    """Sign what the project holds now, as one journalled edit.

    Raises `Problem`: `report.not_clean` while the report's check list is not, and `project.*`.
    """
    left = sum(check.count for check in report.checks)
    if left:
        raise Problem("report.not_clean", count=left)
    signed = {
        "who": who,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "note": note,
        "state": _state(project),
    }
    return project.apply("sign_off", [(None, FIELD, signed)], who=who)


def standing(project: Project) -> SignOff | None:
    """Return the sign-off as it stands: not valid once anything was changed after it."""
    signed = project.get(FIELD)
    if not isinstance(signed, dict):
        return None
    said = [str(signed.get(name, "")) for name in ("who", "at", "note")]
    return SignOff(said[0], said[1], said[2], signed.get("state") == _state(project))


def _state(project: Project) -> str:
    """Return a digest of all that is decided: the images, the classes and the session."""
    decisions: Mapping[str, Decision] = project.decisions()
    lines = sorted(
        json.dumps([path, one.label, one.removed, one.note]) for path, one in decisions.items()
    )
    about = [project.get(field) for field in ("classes", SESSION)]
    text = "\n".join([*lines, json.dumps(about, sort_keys=True)])
    return hashlib.sha256(text.encode()).hexdigest()
