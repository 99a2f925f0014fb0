"""SQLite URI of a file."""

from pathlib import Path


def sqlite_uri(file: Path) -> str:
    """Return a file's SQLite URI, which can hold names that are not valid UTF-8."""
    uri = file.absolute().as_uri()
    if file.drive.startswith("\\\\"):  # SQLite accepts a server name only as part of the path.
        uri = uri.replace("file://", "file:////", 1)
    return uri
