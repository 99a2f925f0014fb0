import errno
import os
import socket
import threading
import time

import pytest
from hostile import encode, smooth_image

from engine.images import image_files
from engine.images.decoder import decode
from engine.images.image_files import explain_os_error, read_header, read_image_file
from engine.messages import Problem, load_catalogue

JPEG = encode(smooth_image(0), "JPEG")


def test_file_is_read_completely(tmp_path):
    data = JPEG + os.urandom(3_000_000)
    (tmp_path / "1.jpg").write_bytes(data)
    assert read_image_file(tmp_path / "1.jpg") == data


def change_while_read(monkeypatch, path, times):
    """Append to the file between the first and the second `fstat`, `times` times."""
    calls = []
    real = os.fstat

    def fstat(descriptor):
        calls.append(descriptor)
        if len(calls) % 2 == 0 and len(calls) <= 2 * times:
            with path.open("ab") as file:
                file.write(b"more")
        return real(descriptor)

    monkeypatch.setattr(image_files.os, "fstat", fstat)


def test_file_that_changes_once_is_read_again(tmp_path, monkeypatch):
    path = tmp_path / "1.jpg"
    path.write_bytes(JPEG)
    change_while_read(monkeypatch, path, 1)
    assert read_image_file(path) == JPEG + b"more"


def test_file_that_keeps_changing_raises(tmp_path, monkeypatch):
    path = tmp_path / "1.jpg"
    path.write_bytes(JPEG)
    change_while_read(monkeypatch, path, 99)
    with pytest.raises(Problem) as caught:
        read_image_file(path)
    assert caught.value.message.id == "image.changing"


def test_file_under_constant_rewriting_is_never_mixed(tmp_path):
    path = tmp_path / "1.png"
    versions = [encode(smooth_image(seed, 200, 200 + seed), "PNG") for seed in (0, 40)]
    path.write_bytes(versions[0])
    stop = threading.Event()

    def rewrite():
        number = 0
        while not stop.is_set():
            number += 1
            path.write_bytes(versions[number % 2])
            time.sleep(0.002)

    writer = threading.Thread(target=rewrite)
    writer.start()
    complete = reads = 0
    try:
        # Until one read was complete: on a busy computer all may fall into unfinished writes.
        while reads < 300 or not complete:
            reads += 1
            try:
                data = read_image_file(path)
            except Problem:
                continue
            try:
                decode(data)
            except Problem:
                # Opened while it was being written: truncated, and reported.
                assert any(version.startswith(data) for version in versions)
            else:
                complete += data in versions
    finally:
        stop.set()
        writer.join()


def test_huge_file_is_refused(tmp_path):
    with (tmp_path / "1.tif").open("wb") as file:
        file.write(b"II*\0")
        file.truncate(image_files.MAX_BYTES + 1)
    with pytest.raises(Problem) as caught:
        read_image_file(tmp_path / "1.tif")
    assert caught.value.message.id == "image.too_large"


def test_folder_is_not_an_image(tmp_path):
    with pytest.raises(Problem) as caught:
        read_image_file(tmp_path)
    assert caught.value.message.id in {"image.special", "image.denied"}


def test_header_of_an_unreadable_file_is_empty(tmp_path):
    assert read_header(tmp_path / "none") == b""
    assert read_header(tmp_path) == b""


@pytest.mark.parametrize(
    "number", ["ENOENT", "EACCES", "EPERM", "ELOOP", "ENAMETOOLONG", "ENXIO", "EIO", "EMFILE"]
)
def test_every_os_error_has_a_message(number):
    code = getattr(errno, number)
    assert explain_os_error(OSError(code, os.strerror(code))).id in load_catalogue()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("behind_link", [False, True])
def test_a_pipe_or_a_socket_is_never_opened(tmp_path, monkeypatch, behind_link):
    os.mkfifo(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(tmp_path)  # the path of a socket must be short
        listener.bind("socket.jpg")
        monkeypatch.setattr(image_files.os, "open", lambda *_: pytest.fail("it was opened"))
        for name in ("pipe.jpg", "socket.jpg"):
            path = tmp_path / name
            if behind_link:
                path = tmp_path / f"link to {name}"
                path.symlink_to(name)
            with pytest.raises(Problem) as caught:
                read_image_file(path)
            assert caught.value.message.id == "image.special"
            assert read_header(path) == b""
            assert not image_files.is_being_written(path)
