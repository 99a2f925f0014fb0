"""Signing a report off: who, when, a note, and what exactly was signed, so that a change voids it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from engine.exchange.report.model import Report, SignOff
from engine.messages import Problem
from engine.project.project import Project
from engine.project.values import Decision, Edit

FIELD = "sign_off"
"""The project's field that holds it; a removed one is taken back by undo like any decision."""

SESSION = "session"
"""The project's field with the session: specimen, operator, instrument, stain, and one's own."""


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
