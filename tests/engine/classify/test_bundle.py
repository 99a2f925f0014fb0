"""Model bundles are written completely and opened safely, and every damage is one sentence."""

import stat
import zipfile
from pathlib import Path

import msgspec
import pytest
from tiny_model import make_tiny_bundle

from engine.classify import bundle, card
from engine.classify.bundle import BUNDLE_FILES, Bundle
from engine.messages import Problem, render
from engine.paths import cache_dir

PARTS = ("card.json", *BUNDLE_FILES)


@pytest.fixture
def folder(tmp_path):
    return make_tiny_bundle(tmp_path / "model", classes=("red", "green"))


def zipped(folder: Path, path: Path, prefix: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in PARTS:
            archive.write(folder / name, prefix + name)
    return path


def problem_id(path: Path) -> str:
    """Return the message id of the problem with a bundle, and check that it is one sentence."""
    with pytest.raises(Problem) as caught:
        Bundle.open(path).verify()
    sentence = render(caught.value.message)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return caught.value.message.id


def change_card(folder: Path, **changes: object) -> None:
    card = msgspec.json.decode((folder / "card.json").read_bytes())
    (folder / "card.json").write_bytes(msgspec.json.encode(card | changes))


def test_written_bundle_is_opened_and_verified(folder):
    opened = Bundle.open(folder)
    opened.verify()
    assert opened.card.classes == ("red", "green")
    assert set(opened.card.files) == set(BUNDLE_FILES)
    assert opened.card.model_id == opened.card.files["weights.npz"]


@pytest.mark.parametrize("prefix", ["", "model/", "my model (2)/"])
def test_zip_is_opened_with_or_without_a_folder(folder, tmp_path, prefix):
    path = zipped(folder, tmp_path / "shared by mail.zip", prefix)
    opened = Bundle.open(path)
    opened.verify()
    assert opened.card == Bundle.open(folder).card
    assert opened.folder.is_relative_to(cache_dir())
    assert opened.folder.name == "shared by mail"


def test_zip_is_unpacked_once(folder, tmp_path):
    path = zipped(folder, tmp_path / "model.zip")
    first = Bundle.open(path).folder
    (first / "seen").touch()
    assert (Bundle.open(path).folder / "seen").exists()


def test_macos_metadata_in_a_zip_is_ignored(folder, tmp_path):
    path = zipped(folder, tmp_path / "model.zip", "model/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/model/._card.json", b"")
        archive.writestr("model/.DS_Store", b"")
    assert not (Bundle.open(path).folder / ".DS_Store").exists()


def test_old_unpacked_zips_are_deleted(folder, tmp_path):
    for number in range(12):
        path = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(zipped(folder, path), "a") as archive:
            archive.writestr("note.txt", str(number))
        opened = Bundle.open(path)
    assert opened.folder.exists()
    assert len(list((cache_dir() / "bundles").iterdir())) == 8


@pytest.mark.parametrize("name", PARTS)
def test_missing_file_is_a_problem(folder, name):
    (folder / name).unlink()
    expected = "bundle.no_card" if name == "card.json" else "bundle.file_missing"
    assert problem_id(folder) == expected


@pytest.mark.parametrize("name", BUNDLE_FILES)
@pytest.mark.parametrize("damage", ["flip", "cut", "empty"])
def test_damaged_file_is_a_problem(folder, name, damage):
    data = bytearray((folder / name).read_bytes())
    if damage == "flip":
        data[len(data) // 2] ^= 1
    elif damage == "cut":
        data = data[:-1]
    else:
        data = bytearray()
    (folder / name).write_bytes(data)
    assert problem_id(folder) == "bundle.damaged"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": "1"}', b'{"format": 1}']
)
def test_invalid_card_is_a_problem(folder, content):
    (folder / "card.json").write_bytes(content)
    assert problem_id(folder) == "bundle.bad_card"


@pytest.mark.parametrize(
    "changes",
    [
        {"classes": ["red"], "bias": [0.0]},
        {"classes": ["red", "red"]},
        {"bias": [0.0]},
        {"embedding_size": 0},
        {"map_size": [0, 4]},
        {"files": {}},
        {"files": dict.fromkeys(BUNDLE_FILES, "no hash")},
        {"files": dict.fromkeys((*BUNDLE_FILES, "../../secret"), "0" * 64)},
        {"files": dict.fromkeys((*BUNDLE_FILES, "/etc/passwd"), "0" * 64)},
        {"preprocessing": {"size": 31}},
        {"something_else": 1},
    ],
)
def test_inconsistent_card_is_a_problem(folder, changes):
    change_card(folder, **changes)
    assert problem_id(folder) == "bundle.bad_card"


def test_newer_format_with_unknown_fields_is_refused(folder):
    change_card(folder, format=card.FORMAT + 1, something_new=1, classes=3)
    assert problem_id(folder) == "bundle.newer"


def test_too_large_card_is_refused(folder):
    with (folder / "card.json").open("ab") as file:
        file.truncate(1 << 30)
    assert problem_id(folder) == "bundle.too_large"


def test_link_in_a_bundle_is_refused(folder, tmp_path):
    try:
        (folder / "model.bin").rename(tmp_path / "elsewhere")
        (folder / "model.bin").symlink_to(tmp_path / "elsewhere")
    except OSError:
        pytest.skip("links cannot be made here")
    assert problem_id(folder) == "bundle.file_missing"


def test_missing_path_and_invalid_zip_are_problems(tmp_path):
    assert problem_id(tmp_path / "nowhere") == "bundle.missing"
    (tmp_path / "picture.zip").write_bytes(b"\x89PNG")
    assert problem_id(tmp_path / "picture.zip") == "bundle.bad_zip"


@pytest.mark.parametrize(
    "name",
    [
        "../escaped",
        "a/../../escaped",
        "/escaped",
        "a/b/escaped",
        "..\\escaped",
        "C:escaped",
        ".hidden",
    ],
)
def test_zip_cannot_write_outside_its_folder(folder, tmp_path, name):
    path = zipped(folder, tmp_path / "model.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")
    before = set(tmp_path.rglob("*"))
    assert problem_id(path) == "bundle.unsafe_zip"
    assert set(tmp_path.rglob("*")) == before
    assert not [entry for entry in cache_dir().rglob("*") if entry.is_file()]


def test_link_in_a_zip_is_refused(folder, tmp_path):
    path = zipped(folder, tmp_path / "model.zip")
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert problem_id(path) == "bundle.unsafe_zip"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_repeated_name_in_a_zip_is_refused(folder, tmp_path):
    path = zipped(folder, tmp_path / "model.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("card.json", b"{}")
    assert problem_id(path) == "bundle.unsafe_zip"


def test_zip_bomb_is_refused(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "_MAX_BYTES", 1 << 20)
    path = zipped(folder, tmp_path / "model.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(2 << 20))
    assert problem_id(path) == "bundle.too_large"
    assert not [entry for entry in cache_dir().rglob("*") if entry.is_file()]


def test_zip_of_too_many_files_is_refused(folder, tmp_path):
    path = zipped(folder, tmp_path / "model.zip")
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(100):
            archive.writestr(f"file{number}", b"")
    assert problem_id(path) == "bundle.too_large"


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.999])
def test_truncated_zip_is_a_problem(folder, tmp_path, keep):
    path = zipped(folder, tmp_path / "model.zip")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert problem_id(path) == "bundle.bad_zip"


def test_zip_with_damaged_bytes_is_a_problem(folder, tmp_path):
    path = zipped(folder, tmp_path / "model.zip")
    data = bytearray(path.read_bytes())
    data[200:260] = bytes(60)
    path.write_bytes(data)
    assert problem_id(path).startswith("bundle.")


def test_write_returns_what_open_reads(folder):
    files = [folder / name for name in BUNDLE_FILES]
    card = msgspec.structs.replace(Bundle.open(folder).card, recipe={"phases": ({"epochs": 2},)})
    assert bundle.write_bundle(folder, card, files, replace=True) == Bundle.open(folder)


def test_replacing_a_bundle_leaves_nothing_beside_it(folder, tmp_path):
    old = Bundle.open(folder)
    parts = tmp_path / "parts"
    parts.mkdir()
    for name in BUNDLE_FILES:
        (parts / name).write_bytes(name.encode())
    bundle.write_bundle(folder, old.card, [parts / name for name in BUNDLE_FILES], replace=True)
    assert Bundle.open(folder).card.model_id != old.card.model_id
    assert {entry.name for entry in tmp_path.iterdir()} == {"model", "parts"}


@pytest.mark.parametrize("replace", [False, True])
def test_other_folders_are_not_replaced(folder, tmp_path, replace):
    old = Bundle.open(folder)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "cell.jpg").write_bytes(b"the only copy")
    for place in (mine, folder) if not replace else (mine,):
        with pytest.raises(Problem, match="already exists"):
            bundle.write_bundle(
                place, old.card, [folder / name for name in BUNDLE_FILES], replace=replace
            )
    assert (mine / "cell.jpg").read_bytes() == b"the only copy"
    Bundle.open(folder).verify()


def test_failed_write_keeps_the_old_bundle(folder, tmp_path):
    old = Bundle.open(folder)
    with pytest.raises(OSError, match="nowhere"):
        bundle.write_bundle(folder, old.card, [tmp_path / "nowhere"], replace=True)
    with pytest.raises(Problem, match="files"):
        bundle.write_bundle(folder, old.card, [], replace=True)
    Bundle.open(folder).verify()
    assert [entry.name for entry in tmp_path.iterdir()] == ["model"]


def test_opening_a_bundle_unpickles_nothing(folder):
    """Opening, verifying and loading only parse the card and the network, not the weights."""
    import pickle

    class Trap:
        def __reduce__(self):
            return (pytest.fail, ("a bundle ran code",))

    (folder / "weights.npz").write_bytes(pickle.dumps(Trap()))
    assert problem_id(folder) == "bundle.damaged"
