"""Sentence on findings for which nothing is suggested: which keys act on them."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication

from engine.curate.finding import Finding


def no_suggestion_text(findings: Iterable[Finding], key_text: Callable[[str], str]) -> str:
    """Return why accepting changed nothing; `key_text` returns the keys of a command."""
    if any(finding.is_label_conflict for finding in findings):
        template = _tr(
            "Nothing changed: the labels conflict. The key of a class labels all that are selected, "
            "{keep} keeps only this copy, {dismiss} dismisses the finding."
        )
    else:
        template = _tr(
            "Nothing changed: there is no suggestion to accept. {remove} removes, {dismiss} says "
            "that nothing is wrong, the key of a class labels."
        )
    return template.format(
        keep=key_text("keep_only"), dismiss=key_text("dismiss"), remove=key_text("remove")
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("no_suggestion", text)
