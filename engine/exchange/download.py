"""Fetching a file from the network: resumes after a cut, is what its checksum says, or is not there."""

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

_TIMEOUT = 30.0
_TRIES = 5
_CHUNK = 256 << 10
_SPARE = 256 << 20
_NOBODY_THERE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ECONNREFUSED)
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Remote:
    """One file of the network: where it is, how many bytes it has, and the checksum it must have.

    `checksum` is hexadecimal, by the `algorithm` that its publisher gives ("md5", "sha256"). `size` is
    an upper bound, from which the room on the disk is reckoned.
    """

    url: str
    name: str
    size: int
    algorithm: str
    checksum: str


def fetch(job: Job, remote: Remote, folder: Path, *, timeout: float = _TIMEOUT) -> Path:
    """Fetch a file into `folder` and return it; one that is there and right is not fetched again.

    What came is kept in `<name>.part`, and the next call goes on there. `timeout` (seconds) is how long
    the server may say nothing. Progress is in bytes. Raises `Cancelled` and `Problem` (`fetch.*`):
    offline, cut off again and again, a wrong checksum (then nothing is kept), a full disk.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target, part = folder / remote.name, folder / f"{remote.name}.part"
    if target.is_file() and _digest(job, target, remote) == remote.checksum:
        return target
    if os.path.lexists(target):
        raise Problem("fetch.other", path=str(target))
    if part.is_symlink():
        raise Problem("write.is_link", path=str(part))
    have = part.stat().st_size if part.is_file() else 0
    _need_room(folder, remote.size - have)
    tries = 0
    while True:
        before = part.stat().st_size if part.is_file() else 0
        try:
            _get(job, remote, part, timeout)
            break
        except (OSError, http.client.HTTPException) as error:
            _say_what_is_final(error, remote.url, remote.name)
            # A connection that brings something is as good as new.
            tries = 1 if part.is_file() and part.stat().st_size > before else tries + 1
            if tries >= _TRIES:
                raise Problem("fetch.cut", name=remote.name) from error
            job.progress(before, remote.size or None, Message("fetch.again"))
            job.wait(0.2 * 2**tries if timeout >= _TIMEOUT else 0.01)
    if _digest(job, part, remote) != remote.checksum:
        part.unlink()
        raise Problem("fetch.checksum", name=remote.name)
    move_into_place(part, target)
    return target


def _get(job: Job, remote: Remote, part: Path, timeout: float) -> None:
    have = part.stat().st_size if part.is_file() else 0
    headers = {"User-Agent": "Bloodbench", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    request = urllib.request.Request(remote.url, headers=headers)
    with _opened(request, timeout) as answer:
        if answer is None:
            return  # All of it is here.
        start = _start(answer, have)
        length = answer.headers.get("Content-Length")
        total = start + int(length) if length and length.isdigit() else None
        with part.open("r+b" if start else "wb") as out:
            out.seek(start)
            done = start
            while chunk := answer.read(_CHUNK):
                out.write(chunk)
                done += len(chunk)
                job.progress(done, total or remote.size or None, Message("fetch.fetching"))
            out.truncate()
        if total is not None and done < total:
            raise http.client.IncompleteRead(b"", total - done)


@contextlib.contextmanager
def _opened(request: urllib.request.Request, timeout: float) -> Iterator[Any]:
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            yield answer
    except urllib.error.HTTPError as error:
        if error.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        yield None


def _start(answer: Any, have: int) -> int:
    """Return where the answer goes on: at what is here, or at the beginning."""
    if answer.status != http.HTTPStatus.PARTIAL_CONTENT:
        return 0
    says = str(answer.headers.get("Content-Range", ""))
    if says.startswith(f"bytes {have}-"):
        return have
    raise http.client.HTTPException(f"another part came: {says}")


@contextlib.contextmanager
def explained(url: str, name: str) -> Iterator[None]:
    """Turn what the network raises in the block into a `Problem` (`fetch.*`)."""
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        _say_what_is_final(error, url, name)
        raise Problem("fetch.cut", name=name) from error


def _say_what_is_final(error: Exception, url: str, name: str) -> None:
    """Raise `Problem` where trying again is of no use."""
    if isinstance(error, urllib.error.HTTPError):
        if error.code < 500 and error.code not in (408, 429):
            raise Problem("fetch.refused", name=name, code=error.code) from error
        return
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, socket.gaierror) or getattr(reason, "errno", None) in _NOBODY_THERE:
        host = urllib.parse.urlparse(url).hostname or url
        raise Problem("fetch.offline", host=host) from error
    # What the disk says is no matter of the network.
    if getattr(reason, "errno", None) in _DISK:
        raise error


def _need_room(folder: Path, more: int) -> None:
    if more + _SPARE > shutil.disk_usage(folder).free:
        raise Problem("fetch.no_space", folder=str(folder), megabytes=(more + _SPARE) >> 20)


def _digest(job: Job, file: Path, remote: Remote) -> str:
    digest = hashlib.new(remote.algorithm, usedforsecurity=False)
    size, done = file.stat().st_size, 0
    with file.open("rb") as stream:
        while chunk := stream.read(4 << 20):
            digest.update(chunk)
            done += len(chunk)
            job.progress(done, size, Message("fetch.checking"))
    return digest.hexdigest()
