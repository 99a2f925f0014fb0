"""Downloads from a local server that cuts, corrupts, stalls and refuses."""

import hashlib
import io
import json
import tomllib
import zipfile

import pytest
from fetch_server import DATA, Server
from tiny_model import class_image

from engine.exchange import download as fetching
from engine.exchange.download import download
from engine.exchange.public_datasets import (
    DatasetVariant,
    download_dataset,
    find_variant,
    load_public_datasets,
)
from engine.jobs import Cancelled, Job
from engine.messages import Problem
from engine.train.dataset_card import load_dataset_card


@pytest.fixture
def server():
    made = Server()
    yield made
    made.close()


def get_it(server, folder, **more):
    return download(Job(), server.remote(**more), folder, timeout=0.5)


def problem(call):
    with pytest.raises(Problem) as caught:
        call()
    assert str(caught.value)
    return caught.value.message.id


def test_file_is_downloaded_completely_and_once(server, tmp_path):
    seen = []
    job = Job(lambda progress: seen.append(progress.done))
    assert download(job, server.remote(), tmp_path).read_bytes() == DATA
    assert max(seen) == len(DATA)
    assert get_it(server, tmp_path).read_bytes() == DATA
    assert server.ranges == [None]
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.parametrize("fault", ["cut", "stall", "nothing", "500", "503", "elsewhere"])
def test_download_resumes_after(server, tmp_path, fault):
    server.behaviours = ["cut", fault, "well"]
    assert get_it(server, tmp_path).read_bytes() == DATA
    assert server.ranges[1] == f"bytes={len(DATA) // 2}-"


def test_server_without_range_support(server, tmp_path):
    server.behaviours = ["cut", "whole"]
    assert get_it(server, tmp_path).read_bytes() == DATA


def test_partial_data_is_kept_for_the_next_call(server, tmp_path):
    server.behaviours = ["cut", "nothing"]
    assert problem(lambda: get_it(server, tmp_path)) == "fetch.cut"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin.part"]
    server.behaviours, server.ranges = ["well"], []
    assert get_it(server, tmp_path).read_bytes() == DATA
    assert server.ranges == [f"bytes={len(DATA) // 2}-"]


def test_corrupt_data_is_deleted(server, tmp_path):
    server.behaviours = ["corrupt"]
    assert problem(lambda: get_it(server, tmp_path)) == "fetch.checksum"
    assert not list(tmp_path.iterdir())
    server.behaviours = ["well"]
    assert get_it(server, tmp_path).read_bytes() == DATA


@pytest.mark.parametrize("name", ["a.bin", "a.bin.part"])
def test_foreign_file_is_not_overwritten(server, tmp_path, name):
    mine = tmp_path / "mine.jpg"
    mine.write_bytes(b"something else")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).symlink_to(mine)
    assert problem(lambda: get_it(server, folder)) in ("fetch.other", "write.is_link")
    assert mine.read_bytes() == b"something else"
    (folder / "a.bin").unlink(missing_ok=True)
    (folder / "a.bin").write_bytes(b"another file of this name")
    assert problem(lambda: get_it(server, folder)) == "fetch.other"
    assert (folder / "a.bin").read_bytes() == b"another file of this name"


def test_overlong_partial_file_is_repaired(server, tmp_path):
    (tmp_path / "a.bin.part").write_bytes(DATA + b"more")
    assert problem(lambda: get_it(server, tmp_path)) == "fetch.checksum"
    assert get_it(server, tmp_path).read_bytes() == DATA


@pytest.mark.parametrize("code", ["403", "404"])
def test_missing_file_fails_at_once(server, tmp_path, code):
    server.behaviours = [code]
    assert problem(lambda: get_it(server, tmp_path)) == "fetch.refused"
    assert len(server.ranges) == 1


def test_offline_fails_at_once(server, tmp_path):
    closed = server.address
    server.close()
    assert problem(lambda: get_it(server, tmp_path, url=f"{closed}/a")) == "fetch.offline"
    nowhere = "http://nowhere.invalid/a"
    assert problem(lambda: get_it(server, tmp_path, url=nowhere)) == "fetch.offline"


def test_too_little_disk_space(server, tmp_path):
    assert problem(lambda: get_it(server, tmp_path, size=1 << 60)) == "fetch.no_space"
    assert not server.ranges


def test_cancel_keeps_partial_data(server, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "_CHUNK_BYTES", 64 << 10)
    job = Job(lambda progress: job.cancel() if progress.done > 100_000 else None)
    with pytest.raises(Cancelled):
        download(job, server.remote(), tmp_path)
    assert 0 < (tmp_path / "a.bin.part").stat().st_size < len(DATA)
    assert get_it(server, tmp_path).read_bytes() == DATA


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in ("basophil", "ig"):
            made.writestr(f"PBC/{name}/a.png", class_image(1).tobytes())
        made.writestr("__MACOSX/PBC/._a", b"x")
    return out.getvalue()


def test_zip_is_unpacked_with_licence_file(server, tmp_path):
    server.data = archive()
    digest = hashlib.sha256(server.data).hexdigest()
    details = {"size": len(server.data), "sha256_hash": digest, "content_type": "application/zip"}
    server.listing = json.dumps(
        [{"filename": "p.zip", "id": "1", "content_details": details}]
    ).encode()
    known, _ = find_variant("pbc")
    variant = DatasetVariant(
        f"{server.address}/a", "p.zip", 10**6, "sha256", "", f"{server.address}/listing"
    )
    done = download_dataset(Job(), known, variant, tmp_path)
    assert done.images == tmp_path / "p/PBC"
    assert sorted(path.name for path in done.images.iterdir()) == ["basophil", "ig"]
    assert not (tmp_path / "p.zip").exists()
    assert load_dataset_card(done.about).attribution == known.attribution
    assert download_dataset(Job(), known, variant, tmp_path) == done
    assert len(server.ranges) == 1
    server.listing = b"<html>"
    assert (
        problem(lambda: download_dataset(Job(), known, variant, tmp_path / "other"))
        == "fetch.listing"
    )


def test_catalogue_entries_are_complete():
    for known in load_public_datasets().values():
        assert known.licence == "CC BY 4.0"
        assert known.attribution
        for variant in known.variants.values():
            assert variant.url.startswith("https://")
            assert variant.checksum or variant.listing
            assert variant.size > 10**7
    assert list(load_public_datasets()["bloodmnist"].variants) == ["28", "64", "128", "224"]
    assert problem(lambda: find_variant("x")) == "public.unknown"
    assert problem(lambda: find_variant("pbc", "x")) == "public.no_variant"
    assert tomllib.loads('a = "\\u00e8"')
