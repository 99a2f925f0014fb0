"""Files of a competency test: its certificate in the window's language, and its exports."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.jobs import Job
from engine.messages import Problem
from gui import language
from gui.words import document_text

if TYPE_CHECKING:
    from engine.competency.export import TakenTest


def write_result(_: Job, taken: "TakenTest", file: Path) -> Path:
    """Write a test as .pdf (its certificate), .csv or .json, and return the file; raises `Problem`."""
    from engine.competency import export
    from engine.competency.certificate import certificate_pdf

    try:
        out = export.export_file(file)
        match file.suffix.lower():
            case ".pdf":
                out.write(certificate_pdf(*taken, document_text, language.current_language()))
            case ".json":
                export.export_json([taken], out)
            case _:
                export.export_csv([taken], out)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("competency.not_written", file=str(file), reason=reason) from error
    return file
