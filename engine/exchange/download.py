"""Download of a file: resumes after interruptions and verifies the checksum."""

import contextlib
import errno
import hashlib
import http
import http.client
import os
import shutil
import socket
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.jobs import Job
from engine.messages import Message, Problem
from engine.outputs import move_into_place

_TIMEOUT_SECONDS = 30.0
_MAX_TRIES = 5
_CHUNK_BYTES = 256 << 10
_SPARE_BYTES = 256 << 20
_UNREACHABLE_ERRNOS = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ECONNREFUSED)
_DISK_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file to download.

    `checksum` is hexadecimal, by the publisher's `algorithm` ("md5", "sha256"). `size` is an upper bound
    in bytes, used to check the free disk space.
    """

    url: str
    name: str
    size: int
    algorithm: str
    checksum: str


def download(
    job: Job, remote: RemoteFile, folder: Path, *, timeout: float = _TIMEOUT_SECONDS
) -> Path:
    """Download a file into `folder` and return its path; an intact existing file is kept.

    Received data is kept in `<name>.part`, where the next call resumes. `timeout` is the longest silence
    of the server in seconds. Progress is in bytes. Raises `Cancelled` and `Problem` (`fetch.*`): offline,
    repeated interruptions, a wrong checksum (the data is deleted), a full disk.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target, partial = folder / remote.name, folder / f"{remote.name}.part"
    if target.is_file() and _digest(job, target, remote) == remote.checksum:
        return target
    if os.path.lexists(target):
        raise Problem("fetch.other", path=str(target))
    if partial.is_symlink():
        raise Problem("write.is_link", path=str(partial))
    received = partial.stat().st_size if partial.is_file() else 0
    _check_free_space(folder, remote.size - received)
    tries = 0
    while True:
        received_before = partial.stat().st_size if partial.is_file() else 0
        try:
            _download_part(job, remote, partial, timeout)
            break
        except (OSError, http.client.HTTPException) as error:
            _raise_if_permanent(error, remote.url, remote.name)
            # Tries are counted anew after every connection that delivered data.
            tries = (
                1 if partial.is_file() and partial.stat().st_size > received_before else tries + 1
            )
            if tries >= _MAX_TRIES:
                raise Problem("fetch.cut", name=remote.name) from error
            job.progress(received_before, remote.size or None, Message("fetch.again"))
            job.wait(0.2 * 2**tries if timeout >= _TIMEOUT_SECONDS else 0.01)
    if _digest(job, partial, remote) != remote.checksum:
        partial.unlink()
        raise Problem("fetch.checksum", name=remote.name)
    move_into_place(partial, target)
    return target


def _download_part(job: Job, remote: RemoteFile, partial: Path, timeout: float) -> None:
    received = partial.stat().st_size if partial.is_file() else 0
    headers = {"User-Agent": "Bloodbench", "Accept-Encoding": "identity"}
    if received:
        headers["Range"] = f"bytes={received}-"
    request = urllib.request.Request(remote.url, headers=headers)
    with _open_url(request, timeout) as response:
        if response is None:
            return  # The file is complete.
        offset = _resume_offset(response, received)
        length = response.headers.get("Content-Length")
        total = offset + int(length) if length and length.isdigit() else None
        with partial.open("r+b" if offset else "wb") as out:
            out.seek(offset)
            done = offset
            while chunk := response.read(_CHUNK_BYTES):
                out.write(chunk)
                done += len(chunk)
                job.progress(done, total or remote.size or None, Message("fetch.fetching"))
            out.truncate()
        if total is not None and done < total:
            raise http.client.IncompleteRead(b"", total - done)


@contextlib.contextmanager
def _open_url(request: urllib.request.Request, timeout: float) -> Iterator[Any]:
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            yield response
    except urllib.error.HTTPError as error:
        if error.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        yield None


def _resume_offset(response: Any, received: int) -> int:
    """Return the offset at which the response starts: after the received data, or 0."""
    if response.status != http.HTTPStatus.PARTIAL_CONTENT:
        return 0
    content_range = str(response.headers.get("Content-Range", ""))
    if content_range.startswith(f"bytes {received}-"):
        return received
    raise http.client.HTTPException(f"unexpected range: {content_range}")


@contextlib.contextmanager
def network_errors_as_problems(url: str, name: str) -> Iterator[None]:
    """Turn network errors of the block into `Problem` (`fetch.*`)."""
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        _raise_if_permanent(error, url, name)
        raise Problem("fetch.cut", name=name) from error


def _raise_if_permanent(error: Exception, url: str, name: str) -> None:
    """Raise `Problem` for an error that another try cannot fix."""
    if isinstance(error, urllib.error.HTTPError):
        if error.code < 500 and error.code not in (408, 429):
            raise Problem("fetch.refused", name=name, code=error.code) from error
        return
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, socket.gaierror) or getattr(reason, "errno", None) in _UNREACHABLE_ERRNOS:
        host = urllib.parse.urlparse(url).hostname or url
        raise Problem("fetch.offline", host=host) from error
    # An error of the disk is not one of the network.
    if getattr(reason, "errno", None) in _DISK_ERRNOS:
        raise error


def _check_free_space(folder: Path, needed: int) -> None:
    if needed + _SPARE_BYTES > shutil.disk_usage(folder).free:
        raise Problem("fetch.no_space", folder=str(folder), megabytes=(needed + _SPARE_BYTES) >> 20)


def _digest(job: Job, file: Path, remote: RemoteFile) -> str:
    digest = hashlib.new(remote.algorithm, usedforsecurity=False)
    size, done = file.stat().st_size, 0
    with file.open("rb") as stream:
        while chunk := stream.read(4 << 20):
            digest.update(chunk)
            done += len(chunk)
            job.progress(done, size, Message("fetch.checking"))
    return digest.hexdigest()
