"""Cache entries are used only if their checksums match; changed ones count as missing."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import cache_entries


@given(st.binary(max_size=40), st.binary(max_size=200), st.data())
def test_unseal_rejects_changed_bits_and_other_keys(key, value, data):
    sealed = cache_entries.seal(key, value)
    assert cache_entries.unseal(key, sealed) == value
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    changed = bytearray(sealed)
    changed[bit // 8] ^= 1 << bit % 8
    assert cache_entries.unseal(key, bytes(changed)) is None
    assert cache_entries.unseal(key + b"x", sealed) is None
    assert cache_entries.unseal(key, sealed[: data.draw(st.integers(0, len(sealed) - 1))]) is None


def test_read_entry_returns_none_for_missing_and_damaged_files(tmp_path):
    file = tmp_path / "new/entry.bin"
    assert cache_entries.read_entry(file) is None
    cache_entries.write_entry(file, b"value", 3)
    assert cache_entries.read_entry(file) == b"value"
    file.rename(file.with_name("other.bin"))
    assert cache_entries.read_entry(file.with_name("other.bin")) is None  # an entry of another name
    cache_entries.write_entry(file, b"value", 3)
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    assert cache_entries.read_entry(file) is None
    for number in range(9):
        cache_entries.write_entry(tmp_path / f"new/{number}", b"", 3)
    assert len(list((tmp_path / "new").iterdir())) == 3


@pytest.mark.parametrize("seed", range(20))
def test_open_sealed_folder_empties_a_changed_folder(tmp_path, seed):
    folder = tmp_path / "compiled"
    assert cache_entries.open_sealed_folder(folder)
    (folder / "a.blob").write_bytes(b"network" * 99)
    assert cache_entries.open_sealed_folder(folder)
    assert not list(folder.iterdir()), "a file without a checksum"
    (folder / "a.blob").write_bytes(b"network" * 99)
    (folder / "b.blob").write_bytes(b"kernels" * 99)
    cache_entries.seal_folder(folder)
    assert cache_entries.open_sealed_folder(folder)
    assert {path.name for path in folder.iterdir()} == {"a.blob", "b.blob", "sums"}
    files = sorted(folder.iterdir())
    rng = random.Random(seed)
    file = rng.choice(files)
    match rng.choice(["flip", "cut", "gone", "more", "link"]):
        case "flip":
            data = bytearray(file.read_bytes())
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            file.write_bytes(data)
        case "cut":
            file.write_bytes(file.read_bytes()[:-1])
        case "gone":
            file.unlink()
        case "more":
            (folder / "c.blob").touch()
        case "link":
            file.unlink()
            file.symlink_to("/nowhere")
    assert cache_entries.open_sealed_folder(folder)
    assert not list(folder.iterdir())
