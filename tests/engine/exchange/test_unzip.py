"""Untrusted archives: nothing is written outside the folder."""

import stat
import zipfile

import pytest

from engine.exchange.unzip import unzip
from engine.jobs import Cancelled, Job
from engine.messages import Problem


def archive(path, *names, data=b"x"):
    with zipfile.ZipFile(path, "w") as made:
        for name in names:
            made.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../a", "a/../../b", "/a", "a//b", "./a", "C:/a", "C:a", "a\\..\\b", "\\\\host\\a", "a/./b",
        "a:stream", "dir./a", "a /b", "a\x01",
    ],
)  # fmt: skip
def test_unsafe_names_are_rejected(tmp_path, name):
    with pytest.raises(Problem) as caught:
        unzip(Job(), archive(tmp_path / "a.zip", "good", name), tmp_path / "deep/out")
    assert caught.value.message.id == "unzip.unsafe"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip"] or not list(
        (tmp_path / "deep").iterdir()
    )


def test_entries_equal_on_other_systems_are_rejected(tmp_path):
    with pytest.raises(Problem, match="another file"):
        unzip(Job(), archive(tmp_path / "a.zip", "a/B", "A/b"), tmp_path / "out")


def test_links_and_devices_are_rejected(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(info, "/etc/passwd")
    with pytest.raises(Problem):
        unzip(Job(), tmp_path / "a.zip", tmp_path / "out")


def test_only_subfolder_is_returned_and_macos_files_skipped(tmp_path):
    path = archive(tmp_path / "a.zip", "top/a", "top/b/c", "__MACOSX/top/._a", "top/.DS_Store")
    assert unzip(Job(), path, tmp_path / "out") == tmp_path / "out/top"
    assert sorted(file.name for file in (tmp_path / "out/top").rglob("*")) == ["a", "b", "c"]


def test_damage_and_cancel_leave_nothing(tmp_path):
    path = archive(tmp_path / "a.zip", "a", "b", data=bytes(100_000))
    data = bytearray(path.read_bytes())
    data[len(data) // 4] ^= 0xFF
    (tmp_path / "b.zip").write_bytes(data)
    with pytest.raises(Problem, match="damaged"):
        unzip(Job(), tmp_path / "b.zip", tmp_path / "out")
    (tmp_path / "c.zip").write_bytes(bytes(data)[: len(data) // 2])
    with pytest.raises(Problem, match="damaged"):
        unzip(Job(), tmp_path / "c.zip", tmp_path / "out")
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        unzip(job, path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_entry_at_an_impossible_place_is_damage(tmp_path):
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.png", b"x")
    data = bytearray(file.read_bytes())
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = (2**31).to_bytes(4, "little")  # where the directory begins
    file.write_bytes(data)
    with pytest.raises(Problem) as caught:
        unzip(Job(), file, tmp_path / "out")
    assert caught.value.message.id == "unzip.damaged"
