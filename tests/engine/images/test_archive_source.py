import io
import os
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.images import npz
from engine.images.class_set import load_class_set
from engine.images.source import open_source
from engine.images.thumbnails import make_thumbnail
from engine.jobs import Cancelled, Job
from engine.messages import Problem, load_catalogue
from engine.paths import cache_dir

IDS = load_class_set().ids


def cells(count, *shape, dtype=np.uint8, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, *shape)).astype(dtype)


def save(folder, compressed=True, **arrays_):
    path = folder / "cells.npz"
    (np.savez_compressed if compressed else np.savez)(path, **arrays_)
    return path


def records(path, job=None):
    source = open_source(path)
    return source, list(source.scan(job or Job()))


def problem(path):
    with pytest.raises(Problem) as caught:
        records(path)
    assert "{" not in str(caught.value)
    return caught.value.message.id


def unpacked_files():
    return sorted((cache_dir() / "archives").glob("*"))


def test_digest_equals_the_content_hash(tmp_path):
    source, found = records(save(tmp_path, images=cells(3, 9, 7)))
    assert [source.digest(record) for record in found] == [
        source.load(record).content_hash for record in found
    ]


# Layouts


@pytest.mark.parametrize("name", ["images", "data"])
@pytest.mark.parametrize("compressed", [True, False])
def test_images_or_data_with_labels(tmp_path, name, compressed):
    images = cells(20, 9, 7, 3)
    path = save(tmp_path, compressed, **{name: images, "labels": np.arange(20) % 8})
    source, found = records(path)
    assert source.root == tmp_path
    assert [record.path for record in found[:2]] == ["cells.npz/00000", "cells.npz/00001"]
    assert [record.label for record in found] == [IDS[i % 8] for i in range(20)]
    status = path.stat()
    assert {(record.split, record.size, record.mtime_ns) for record in found} == {
        (None, 9 * 7 * 3, status.st_mtime_ns)
    }
    for record, wanted in zip(found, images, strict=True):
        assert np.array_equal(source.load(record).pixels, wanted)


def test_medmnist_layout(tmp_path):
    parts = {"train": cells(5, 28, 28, 3), "val": cells(2, 28, 28, 3), "test": cells(3, 28, 28, 3)}
    arrays_ = {}
    for split, images in parts.items():
        arrays_[f"{split}_images"] = images
        arrays_[f"{split}_labels"] = np.arange(len(images), dtype=np.uint8)[:, None]
    source, found = records(save(tmp_path, **arrays_))
    assert Counter(record.split for record in found) == {"train": 5, "val": 2, "test": 3}
    assert [record.path for record in found][5:8] == [
        "cells.npz/val/00000",
        "cells.npz/val/00001",
        "cells.npz/test/00000",
    ]
    assert [record.label for record in found][7:] == list(IDS[:3])
    assert np.array_equal(source.load(found[6]).pixels, parts["val"][1])


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        (np.array([0, 3, 7]), [IDS[0], IDS[3], IDS[7]]),
        (np.array([[1], [2], [3]], np.uint8), list(IDS[1:4])),
        (np.array([1.0, 2.0, -1.0]), [IDS[1], IDS[2], None]),
        (np.eye(8, dtype=np.float32)[[4, 0, 2]], [IDS[4], IDS[0], IDS[2]]),
        (np.eye(8, dtype=bool)[[4, 0, 2]], [IDS[4], IDS[0], IDS[2]]),
        (np.array(["IG", "Neutrophils", "smudge"]), [IDS[3], IDS[6], "smudge"]),
        (np.array([b"IG", b"platelet", b""]), [IDS[3], IDS[7], None]),
        (np.array([[" lymphocyte "], ["IG"], [""]]), [IDS[4], IDS[3], None]),
        (np.array([0, 8, 10]), ["0", "8", "10"]),
    ],
)
def test_labels_in_all_forms(tmp_path, labels, wanted):
    _, found = records(save(tmp_path, images=cells(3, 4, 4, 3), labels=labels))
    assert [record.label for record in found] == wanted


@pytest.mark.parametrize("name", ["classes", "class_names", "label_names", "categories"])
@pytest.mark.parametrize("form", [np.array, lambda names: np.array(names).astype("S")])
def test_class_names_of_the_archive_are_used(tmp_path, name, form):
    names = [*IDS[::-1], "blast"]
    wanted = [IDS[7], IDS[0], "blast"]
    for split in ("", "train_"):
        found = records(
            save(
                tmp_path,
                **{f"{split}images": cells(3, 4, 4, 3), name: form(names)},
                **{f"{split}labels": np.array([[0], [7], [8]], np.uint8)},
            )
        )[1]
        assert [record.label for record in found] == wanted


def test_archive_classes_apply_to_one_hot_rows_and_leave_other_numbers(tmp_path):
    own = np.array(["platelets", "IG"])
    hot = np.eye(2, dtype=np.float32)[[1, 0, 1]]
    path = save(tmp_path, images=cells(3, 4, 4, 3), labels=hot, classes=own)
    assert [record.label for record in records(path)[1]] == [IDS[3], IDS[7], IDS[3]]
    path = save(tmp_path, images=cells(3, 4, 4, 3), labels=np.array([1, 5, -1]), classes=own)
    assert [record.label for record in records(path)[1]] == [IDS[3], "5", None]


def test_numeric_class_arrays_are_ignored(tmp_path):
    path = save(tmp_path, images=cells(2, 4, 4, 3), labels=np.array([0, 7]), classes=np.arange(8))
    assert [record.label for record in records(path)[1]] == [IDS[0], IDS[7]]


@pytest.mark.parametrize("names", [["basophil", "basophil"], ["basophil", ""]])
def test_ambiguous_class_names_are_refused(tmp_path, names):
    path = save(tmp_path, images=cells(2, 4, 4, 3), labels=np.array([0, 1]), classes=names)
    assert problem(path) == "archive.classes"


def test_archive_without_labels(tmp_path):
    _, found = records(save(tmp_path, images=cells(3, 4, 4, 3), more=np.zeros(5)))
    assert [record.label for record in found] == [None] * 3


def test_archive_with_zero_images(tmp_path):
    path = save(tmp_path, images=np.zeros((0, 4, 4, 3), np.uint8), labels=np.zeros(0))
    assert records(path)[1] == []


@pytest.mark.parametrize("shape", [(6, 5), (6, 5, 1), (1, 6, 5), (3, 6, 5), (6, 5, 3), (6, 5, 4)])
def test_accepted_image_shapes(tmp_path, shape):
    images = cells(2, *shape)
    source, found = records(save(tmp_path, images=images))
    loaded = source.load(found[1])
    assert loaded.pixels.shape == (6, 5, 3)
    assert loaded.pixels.flags.c_contiguous
    image = images[1]
    if len(shape) == 2:
        assert np.array_equal(loaded.pixels, np.dstack([image] * 3))
    elif shape == (3, 6, 5):
        assert np.array_equal(loaded.pixels, image.transpose(1, 2, 0))
    elif shape[-1] == 4:
        assert [note.id for note in loaded.notes] == ["image.on_white"]


def test_fortran_order(tmp_path):
    images = cells(3, 6, 5, 3)
    source, found = records(save(tmp_path, images=np.asfortranarray(images)))
    assert np.array_equal(source.load(found[2]).pixels, images[2])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int64, np.uint16, ">u2"])
def test_other_dtypes_with_values_up_to_255(tmp_path, dtype):
    images = cells(3, 6, 5, 3)
    source, found = records(save(tmp_path, images=images.astype(dtype)))
    assert np.array_equal(source.load(found[2]).pixels, images[2])


def test_floats_up_to_one(tmp_path):
    images = cells(3, 6, 5, 3)
    images[0, 0, 0, 0] = 255
    source, found = records(save(tmp_path, images=(images / 255).astype(np.float32)))
    loaded = source.load(found[2])
    assert np.array_equal(loaded.pixels, images[2])
    assert [note.id for note in loaded.notes] == ["image.scaled_from_unit"]


def test_one_scale_for_the_whole_archive(tmp_path):
    images = np.zeros((2, 4, 4, 3), np.uint16)
    images[0] = 4095
    images[1] = 100
    source, found = records(save(tmp_path, images=images))
    assert source.load(found[0]).pixels.max() == 255
    assert source.load(found[1]).pixels.max() == 6


def test_invalid_image_does_not_affect_the_others(tmp_path):
    images = np.full((3, 4, 4, 3), 0.5, np.float32)
    images[1, 0, 0, 0] = np.nan
    source, found = records(save(tmp_path, images=images))
    with pytest.raises(Problem) as caught:
        source.load(found[1])
    assert caught.value.message.id == "image.depth"
    assert source.load(found[2]).pixels.shape == (4, 4, 3)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    images=arrays(
        np.uint8,
        st.tuples(st.integers(1, 5), st.integers(1, 6), st.integers(5, 9), st.just(3)),
    ),
    compressed=st.booleans(),
    data=st.data(),
)
def test_round_trip(tmp_path, images, compressed, data):
    numbers = data.draw(st.lists(st.integers(0, 7), min_size=len(images), max_size=len(images)))
    path = save(tmp_path, compressed, images=images, labels=np.array(numbers))
    source, found = records(path)
    assert [record.label for record in found] == [IDS[number] for number in numbers]
    loaded = [source.load(record) for record in found]
    assert np.array_equal([image.pixels for image in loaded], images)
    pairs = {
        (pixels.tobytes(), image.content_hash) for pixels, image in zip(images, loaded, strict=True)
    }
    assert len(pairs) == len({hash_ for _, hash_ in pairs}) == len({pixels for pixels, _ in pairs})
    path.unlink()


# Unpacking


def test_archive_is_unpacked_once_with_progress(tmp_path):
    path = save(tmp_path, images=cells(2000, 40, 40, 3), labels=np.zeros(2000, int))
    seen = []
    records(path, Job(on_progress=seen.append))
    assert any(0 < progress.done < (progress.total or 0) for progress in seen)
    (file,) = unpacked_files()
    inode = file.stat().st_ino
    seen.clear()
    records(path, Job(on_progress=seen.append))
    assert seen[0].total == 2000
    assert [path.stat().st_ino for path in unpacked_files()] == [inode]


def test_replaced_archive_is_unpacked_again(tmp_path):
    path = save(tmp_path, images=cells(3, 4, 4, 3, seed=1))
    records(path)
    second = cells(3, 4, 4, 3, seed=2)
    os.utime(save(tmp_path, images=second), ns=(1, 1))
    source, found = records(path)
    assert np.array_equal(source.load(found[0]).pixels, second[0])


def test_cancel_leaves_no_partial_file(tmp_path):
    path = save(tmp_path, images=cells(3000, 40, 40, 3))
    job = Job(on_progress=lambda _: job.cancel())
    source = open_source(path)
    with pytest.raises(Cancelled):
        list(source.scan(job))
    assert unpacked_files() == []
    assert len(list(source.scan(Job()))) == 3000


def test_cache_size_is_limited(tmp_path, monkeypatch):
    monkeypatch.setattr(npz, "CACHE_BYTES", 3_000)
    for number in range(4):
        path = tmp_path / f"{number}.npz"
        np.savez(path, images=cells(1, 20, 20, 3, seed=number))
        records(path)
    assert len(unpacked_files()) == 2


def test_full_disk_raises_a_problem(tmp_path, monkeypatch):
    path = save(tmp_path, images=cells(3, 4, 4, 3))
    monkeypatch.setattr(npz, "_SPARE_BYTES", 1 << 62)
    assert problem(path) == "archive.no_space"


def test_damaged_cache_file_is_replaced(tmp_path):
    images = cells(3, 4, 4, 3)
    path = save(tmp_path, images=images)
    records(path)
    (file,) = unpacked_files()
    file.write_bytes(b"short")
    source, found = records(path)
    assert np.array_equal(source.load(found[0]).pixels, images[0])


def test_load_without_scan_from_several_threads(tmp_path):
    images = cells(50, 20, 20, 3)
    path = save(tmp_path, images=images)
    _, found = records(path)
    source = open_source(path)
    with ThreadPoolExecutor(8) as pool:
        loaded = list(pool.map(source.load, found * 4))
    for image, wanted in zip(loaded, [*images] * 4, strict=True):
        assert np.array_equal(image.pixels, wanted)
    assert make_thumbnail(source, found[0], 10).shape == (10, 10, 3)


# Untrusted archives


def test_python_objects_are_never_loaded(tmp_path):
    class Evil:
        def __reduce__(self):
            return (open, (str(tmp_path / "executed"), "w"))

    evil = np.array([Evil()] * 3, dtype=object)
    assert problem(save(tmp_path, images=evil)) == "archive.objects"
    assert problem(save(tmp_path, images=cells(3, 4, 4, 3), labels=evil)) == "archive.objects"
    assert not (tmp_path / "executed").exists()


@pytest.mark.parametrize(
    ("arrays_", "reason"),
    [
        ({"weights": cells(3, 4)}, "archive.layout"),
        ({}, "archive.layout"),
        ({"images": cells(3, 4)}, "archive.shape"),
        ({"images": cells(3, 4, 4, 5)}, "archive.shape"),
        ({"images": cells(3, 4, 4, 3, 2)}, "archive.shape"),
        ({"images": np.zeros((3, 0, 4, 3), np.uint8)}, "archive.shape"),
        ({"images": np.array(7)}, "archive.shape"),
        ({"images": np.zeros((3, 4, 4, 3), np.complex64)}, "archive.dtype"),
        ({"images": np.full((3, 4, 4), "x")}, "archive.dtype"),
        ({"images": np.zeros((3, 4, 4), [("r", "u1"), ("g", "u1")])}, "archive.dtype"),
        ({"images": cells(3, 4, 4, 3), "labels": np.zeros(4, int)}, "archive.lengths"),
        ({"images": cells(3, 4, 4, 3), "labels": np.array(1)}, "archive.labels"),
        ({"images": cells(3, 4, 4, 3), "labels": np.full((3, 8), 0.3)}, "archive.labels"),
        ({"images": cells(3, 4, 4, 3), "labels": np.array([0.5, 1, 2])}, "archive.labels"),
        ({"images": cells(3, 4, 4, 3), "labels": np.array([np.nan, 1, 2])}, "archive.labels"),
        ({"images": cells(3, 4, 4, 3), "labels": np.zeros(3, "M8[s]")}, "archive.labels"),
    ],
)
def test_invalid_arrays_are_refused(tmp_path, arrays_, reason):
    assert problem(save(tmp_path, **arrays_)) == reason
    assert reason in load_catalogue()


def npy(array):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def zipped(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_header_with_too_large_a_shape(tmp_path):
    header = npy(np.zeros((3, 4, 4, 3), np.uint8)).replace(b"(3, 4, 4, 3)", b"(3, 4, 4,99)")
    assert problem(zipped(tmp_path / "a.npz", {"images.npy": header})) == "archive.damaged"


@pytest.mark.parametrize("shape", [b"(10**12, 96, 96, 3)", b"(-1, 4, 4, 3)", b"(3, '4', 4, 3)"])
def test_invalid_header_shapes(tmp_path, shape):
    data = npy(np.zeros((3, 4, 4, 3), np.uint8)).replace(b"(3, 4, 4, 3)", shape)
    assert problem(zipped(tmp_path / "a.npz", {"images.npy": data})) == "archive.damaged"


def test_oversized_member_is_refused_before_unpacking(tmp_path, monkeypatch):
    monkeypatch.setattr(npz, "MAX_UNPACKED_BYTES", 10_000_000)
    path = save(tmp_path, images=np.zeros((1000, 100, 100, 3), np.uint8))
    assert path.stat().st_size < 100_000
    assert problem(path) == "archive.too_large"
    assert unpacked_files() == []


def test_oversized_labels_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(npz, "_MAX_READ_BYTES", 1_000_000)
    path = save(tmp_path, images=cells(3, 4, 4, 3), labels=np.zeros(10_000_000, np.uint8))
    assert problem(path) == "archive.too_large"


@pytest.mark.parametrize("content", [b"", b"words", b"PK\3\4 words", b"PK\5\6" + bytes(18)])
def test_files_that_are_not_archives(tmp_path, content):
    (tmp_path / "a.npz").write_bytes(content)
    assert problem(tmp_path / "a.npz") in {"archive.damaged", "archive.layout"}


def test_truncated_archive(tmp_path):
    path = save(tmp_path, images=cells(30, 40, 40, 3))
    path.write_bytes(path.read_bytes()[:-1000])
    assert problem(path) == "archive.damaged"


def test_changed_bits_give_a_problem_or_correct_images(tmp_path):
    images = cells(20, 10, 10, 3)
    whole = save(tmp_path, images=images, labels=np.zeros(20, int)).read_bytes()
    rng = np.random.default_rng(0)
    path = tmp_path / "broken.npz"
    outcomes = Counter()
    for _ in range(120):
        broken = bytearray(whole)
        broken[rng.integers(len(broken))] ^= 1 << rng.integers(8)
        path.write_bytes(bytes(broken))
        try:
            source, found = records(path)
            assert np.array_equal([source.load(record).pixels for record in found], images)
            outcomes["right"] += 1
        except Problem as caught:
            outcomes[caught.message.id.split(".")[0]] += 1
    assert set(outcomes) <= {"right", "archive"}
    assert outcomes["archive"] > 50


def test_member_that_is_not_an_array(tmp_path):
    path = zipped(tmp_path / "a.npz", {"images.npy": b"words", "labels.npy": b""})
    assert problem(path) == "archive.damaged"


def test_member_paths_are_not_followed(tmp_path):
    members = {"../images.npy": npy(cells(3, 4, 4, 3)), "images.npy": npy(cells(3, 4, 4, 3))}
    source, found = records(zipped(tmp_path / "a.npz", members))
    assert source.load(found[0]).pixels.shape == (4, 4, 3)
    assert list(tmp_path.parent.glob("images.npy")) == []


def test_encrypted_archive(tmp_path):
    path = zipped(tmp_path / "a.npz", {"images.npy": npy(cells(3, 4, 4, 3))})
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + flags] |= 1
    path.write_bytes(bytes(data))
    assert problem(path) == "archive.damaged"


def test_deleted_archive(tmp_path):
    path = save(tmp_path, images=cells(3, 4, 4, 3))
    source = open_source(path)
    path.unlink()
    with pytest.raises(Problem) as caught:
        list(source.scan(Job()))
    assert caught.value.message.id == "source.missing"


def test_replaced_archive_is_damaged(tmp_path):
    source = open_source(save(tmp_path, images=cells(3, 4, 4, 3)))
    save(tmp_path, images=cells(4, 3, 4, 3))
    with pytest.raises(Problem) as caught:
        list(source.scan(Job()))
    assert caught.value.message.id == "archive.damaged"
    save(tmp_path, data=cells(3, 4, 4, 3))
    with pytest.raises(Problem) as caught:
        list(source.scan(Job()))
    assert caught.value.message.id == "archive.damaged"


def test_missing_record(tmp_path):
    source, found = records(save(tmp_path, images=cells(3, 4, 4, 3)))
    save(tmp_path, images=cells(1, 4, 4, 3))
    other = open_source(tmp_path / "cells.npz")
    with pytest.raises(Problem) as caught:
        other.load(found[2])
    assert caught.value.message.id == "image.gone"
    assert source.load(found[2]).pixels.shape == (4, 4, 3)


@pytest.mark.parametrize(
    "header",
    [
        "(" * 3000 + "\n",
        "{'descr': '<u8', 'fortran_order': False, 'shape': (3,",
        "{'descr': " + "[" * 300 + "'<u1'" + "]" * 300 + ", 'fortran_order': False, 'shape': (1,)}\n",
        "{'descr': '<u1', 'fortran_order': False, 'shape': (-1, 10000000000000000000000)}\n",
        "1\n",
        "\0\n",
    ],
)  # fmt: skip
def test_malformed_headers_are_damage(tmp_path, header):
    import struct
    import zipfile

    text = header.encode()
    data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + bytes(64)
    path = tmp_path / "cells.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("images.npy", data)
    with pytest.raises(Problem) as caught:
        open_source(path)
    assert caught.value.message.id.startswith("archive.")


def test_compression_bomb_is_refused(tmp_path):
    path = tmp_path / "bomb.npz"
    count = 300 * 1024**2 // (1000 * 1000 * 3)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive,
        archive.open("images.npy", "w", force_zip64=True) as stream,
    ):
        header = {"descr": "|u1", "fortran_order": False, "shape": (count, 1000, 1000, 3)}
        np.lib.format.write_array_header_1_0(stream, header)
        for _ in range(count):
            stream.write(bytes(1000 * 1000 * 3))
    assert path.stat().st_size < 10_000
    with pytest.raises(Problem) as caught:
        records(path)
    assert caught.value.message.id == "archive.compression"
    assert not list((cache_dir() / "archives").glob("*"))
