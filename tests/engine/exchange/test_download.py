"""Fetching from a real server on this computer that cuts, corrupts, stalls and refuses."""

import hashlib
import io
import json
import tomllib
import zipfile

import pytest
from fetch_server import DATA, Server
from tiny_model import picture

from engine.exchange import download as fetching
from engine.exchange.download import fetch
from engine.exchange.public_datasets import Variant, find_variant, get, public_sets
from engine.jobs import Cancelled, Job
from engine.messages import Problem
from engine.train.dataset_card import load_dataset_card


@pytest.fixture
def server():
    made = Server()
    yield made
    made.close()


def get_it(server, folder, **more):
    return fetch(Job(), server.remote(**more), folder, timeout=0.5)


def problem(call):
    with pytest.raises(Problem) as caught:
        call()
    assert str(caught.value)
    return caught.value.message.id


def test_a_file_comes_whole_and_once(server, tmp_path):
    seen = []
    job = Job(lambda progress: seen.append(progress.done))
    assert fetch(job, server.remote(), tmp_path).read_bytes() == DATA
    assert max(seen) == len(DATA)
    assert get_it(server, tmp_path).read_bytes() == DATA
    assert server.asked == [None]
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.parametrize("fault", ["cut", "stall", "nothing", "500", "503", "elsewhere"])
def test_it_goes_on_after(server, tmp_path, fault):
    server.behave = ["cut", fault, "well"]
    assert get_it(server, tmp_path).read_bytes() == DATA
    assert server.asked[1] == f"bytes={len(DATA) // 2}-"


def test_a_server_that_knows_no_parts(server, tmp_path):
    server.behave = ["cut", "whole"]
    assert get_it(server, tmp_path).read_bytes() == DATA


def test_what_came_is_kept_for_the_next_time(server, tmp_path):
    server.behave = ["cut", "nothing"]
    assert problem(lambda: get_it(server, tmp_path)) == "fetch.cut"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin.part"]
    server.behave, server.asked = ["well"], []
    assert get_it(server, tmp_path).read_bytes() == DATA
    assert server.asked == [f"bytes={len(DATA) // 2}-"]


def test_what_is_corrupt_is_not_kept(server, tmp_path):
    server.behave = ["corrupt"]
    assert problem(lambda: get_it(server, tmp_path)) == "fetch.checksum"
    assert not list(tmp_path.iterdir())
    server.behave = ["well"]
    assert get_it(server, tmp_path).read_bytes() == DATA


@pytest.mark.parametrize("name", ["a.bin", "a.bin.part"])
def test_what_another_put_there_is_left(server, tmp_path, name):
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


def test_a_part_that_is_too_long(server, tmp_path):
    (tmp_path / "a.bin.part").write_bytes(DATA + b"more")
    assert problem(lambda: get_it(server, tmp_path)) == "fetch.checksum"
    assert get_it(server, tmp_path).read_bytes() == DATA


@pytest.mark.parametrize("code", ["403", "404"])
def test_a_file_that_is_gone_is_said_at_once(server, tmp_path, code):
    server.behave = [code]
    assert problem(lambda: get_it(server, tmp_path)) == "fetch.refused"
    assert len(server.asked) == 1


def test_offline_is_said_at_once(server, tmp_path):
    closed = server.address
    server.close()
    assert problem(lambda: get_it(server, tmp_path, url=f"{closed}/a")) == "fetch.offline"
    nowhere = "http://nowhere.invalid/a"
    assert problem(lambda: get_it(server, tmp_path, url=nowhere)) == "fetch.offline"


def test_too_little_room(server, tmp_path):
    assert problem(lambda: get_it(server, tmp_path, size=1 << 60)) == "fetch.no_space"
    assert not server.asked


def test_cancel_keeps_what_came(server, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "_CHUNK", 64 << 10)
    job = Job(lambda progress: job.cancel() if progress.done > 100_000 else None)
    with pytest.raises(Cancelled):
        fetch(job, server.remote(), tmp_path)
    assert 0 < (tmp_path / "a.bin.part").stat().st_size < len(DATA)
    assert get_it(server, tmp_path).read_bytes() == DATA


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in ("basophil", "ig"):
            made.writestr(f"PBC/{name}/a.png", picture(1).tobytes())
        made.writestr("__MACOSX/PBC/._a", b"x")
    return out.getvalue()


def test_a_zip_is_unpacked_with_its_licence_beside_it(server, tmp_path):
    server.data = archive()
    digest = hashlib.sha256(server.data).hexdigest()
    details = {"size": len(server.data), "sha256_hash": digest, "content_type": "application/zip"}
    server.listing = json.dumps(
        [{"filename": "p.zip", "id": "1", "content_details": details}]
    ).encode()
    known, _ = find_variant("pbc")
    variant = Variant(
        f"{server.address}/a", "p.zip", 10**6, "sha256", "", f"{server.address}/listing"
    )
    done = get(Job(), known, variant, tmp_path)
    assert done.images == tmp_path / "p/PBC"
    assert sorted(path.name for path in done.images.iterdir()) == ["basophil", "ig"]
    assert not (tmp_path / "p.zip").exists()
    assert load_dataset_card(done.about).attribution == known.attribution
    assert get(Job(), known, variant, tmp_path) == done
    assert len(server.asked) == 1
    server.listing = b"<html>"
    assert problem(lambda: get(Job(), known, variant, tmp_path / "other")) == "fetch.listing"


def test_what_is_known_of_each_set():
    for known in public_sets().values():
        assert known.licence == "CC BY 4.0"
        assert known.attribution
        for variant in known.variants.values():
            assert variant.url.startswith("https://")
            assert variant.checksum or variant.listing
            assert variant.size > 10**7
    assert list(public_sets()["bloodmnist"].variants) == ["28", "64", "128", "224"]
    assert problem(lambda: find_variant("x")) == "public.unknown"
    assert problem(lambda: find_variant("pbc", "x")) == "public.no_variant"
    assert tomllib.loads('a = "\\u00e8"')
