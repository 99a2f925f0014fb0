import errno
import os
import threading
import time

import pytest
from hostile import encoded, picture

from engine.images import image_files
from engine.images.decoder import decode
from engine.images.image_files import read_head, read_image_file, reason
from engine.messages import Problem, load_catalogue

JPEG = encoded(picture(0), "JPEG")


def test_a_file_is_read_whole(tmp_path):
    data = JPEG + os.urandom(3_000_000)
    (tmp_path / "1.jpg").write_bytes(data)
    assert read_image_file(tmp_path / "1.jpg") == data


def change_while_read(monkeypatch, path, times):
    """Append to the file between the first and the second look at it, `times` times."""
    looks = []
    real = os.fstat

    def fstat(descriptor):
        looks.append(descriptor)
        if len(looks) % 2 == 0 and len(looks) <= 2 * times:
            with path.open("ab") as file:
                file.write(b"more")
        return real(descriptor)

    monkeypatch.setattr(image_files.os, "fstat", fstat)


def test_a_file_that_changes_once_while_being_read_is_read_again(tmp_path, monkeypatch):
    path = tmp_path / "1.jpg"
    path.write_bytes(JPEG)
    change_while_read(monkeypatch, path, 1)
    assert read_image_file(path) == JPEG + b"more"


def test_a_file_that_keeps_changing_is_a_problem(tmp_path, monkeypatch):
    path = tmp_path / "1.jpg"
    path.write_bytes(JPEG)
    change_while_read(monkeypatch, path, 99)
    with pytest.raises(Problem) as caught:
        read_image_file(path)
    assert caught.value.message.id == "image.changing"


def test_a_file_that_is_rewritten_all_the_time_is_never_read_torn(tmp_path):
    path = tmp_path / "1.png"
    versions = [encoded(picture(seed, 200, 200 + seed), "PNG") for seed in (0, 40)]
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
    whole = reads = 0
    try:
        # Until one was whole too: on a busy computer all may fall between two halves of one writing.
        while reads < 300 or not whole:
            reads += 1
            try:
                data = read_image_file(path)
            except Problem:
                continue
            try:
                decode(data)
            except Problem:
                # Opened while it was being written: cut off, and said so.
                assert any(version.startswith(data) for version in versions)
            else:
                whole += data in versions
    finally:
        stop.set()
        writer.join()


def test_a_huge_file_is_refused_unread(tmp_path):
    with (tmp_path / "1.tif").open("wb") as file:
        file.write(b"II*\0")
        file.truncate(image_files.MAX_BYTES + 1)
    with pytest.raises(Problem) as caught:
        read_image_file(tmp_path / "1.tif")
    assert caught.value.message.id == "image.too_large"


def test_a_folder_is_no_image(tmp_path):
    with pytest.raises(Problem) as caught:
        read_image_file(tmp_path)
    assert caught.value.message.id in {"image.special", "image.denied"}


def test_the_head_of_what_cannot_be_read_is_empty(tmp_path):
    assert read_head(tmp_path / "none") == b""
    assert read_head(tmp_path) == b""


@pytest.mark.parametrize(
    "number", ["ENOENT", "EACCES", "EPERM", "ELOOP", "ENAMETOOLONG", "ENXIO", "EIO", "EMFILE"]
)
def test_each_error_of_the_system_has_a_sentence(number):
    code = getattr(errno, number)
    assert reason(OSError(code, os.strerror(code))).id in load_catalogue()
