"""Cache of found cells: what was stored comes back, a damaged entry counts as missing."""

import pytest

from engine.fields import found_cells
from engine.fields.cell_box import CellBox, FieldCells
from engine.fields.found_cells import FoundCells

CELLS = FieldCells(
    (CellBox(3, 4, 50, 60, "white_cell", ("border", "double")), CellBox(9, 90, 8, 8, "platelet")),
    31,
    42.5,
)


@pytest.mark.parametrize("cells", [CELLS, FieldCells(())])
def test_stored_cells_come_back(tmp_path, cells):
    FoundCells(tmp_path).put("ab" * 32, cells)
    assert FoundCells(tmp_path).get("ab" * 32) == cells
    assert FoundCells(tmp_path).get("cd" * 32) is None


def test_a_damaged_or_misplaced_entry_counts_as_missing(tmp_path):
    found = FoundCells(tmp_path)
    found.put("ab" * 32, CELLS)
    (file,) = tmp_path.iterdir()
    data = bytearray(file.read_bytes())
    file.with_name(file.name.replace("ab" * 32, "cd" * 32)).write_bytes(data)
    assert found.get("cd" * 32) is None
    data[-3] ^= 1
    file.write_bytes(data)
    assert found.get("ab" * 32) is None


def test_another_version_of_the_detector_finds_the_cells_again(tmp_path, monkeypatch):
    FoundCells(tmp_path).put("ab" * 32, CELLS)
    monkeypatch.setattr(found_cells, "DETECTOR_VERSION", -1)
    assert FoundCells(tmp_path).get("ab" * 32) is None


def test_an_unusable_folder_is_no_error(tmp_path):
    (tmp_path / "file").write_text("")
    found = FoundCells(tmp_path / "file")
    found.put("ab" * 32, CELLS)
    found.trim()
    assert found.get("ab" * 32) is None
